"""Where spaCy's special cases may reach over white space, so that chunks cannot be tokenised one by one.

spaCy cuts each white-space chunk by itself, then looks for the token sequences of its special cases in the whole text. A found sequence
is replaced only if its text is a special case, but even one that is not keeps shorter ones that overlap it from being replaced
(the longest wins). Both can matter across white space only where the last token of one chunk and the first of the next stand side by
side in some special case, before any replacement. This module knows those pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer as Rules

NOTHING: Final = -1


class SpecialCases:
    """The special cases of one spaCy tokenizer that may be found across chunks."""

    def __init__(self, rules: Rules) -> None:
        self._before_replacing = _without_replacing(rules)
        patterns = _patterns(rules)
        self._lefts = _numbered(token for pattern in patterns for token in pattern[:-1])
        self._rights = _numbered(token for pattern in patterns for token in pattern[1:])
        self._pairs = frozenset(
            (self._lefts[left], self._rights[right])
            for pattern in patterns
            for left, right in zip(pattern, pattern[1:], strict=False)
        )
        self._replaced_firsts, self._replaced_lasts = _outer_tokens(rules)
        self.reach_over_wide_gaps = any(token.isspace() for pattern in patterns if len(pattern) > 1 for token in pattern)

    def borders(self, chunk: str, first: str, last: str) -> tuple[int, int]:
        """What counts at the two borders of `chunk`, whose tokens begin with `first` and end with `last`.

        Numbers for `may_join`: of the first token as the right side of a border, of the last as the left side; NOTHING if it is in no
        special case. They are those of the tokens before replacement, which differ only where a replaced special case is at the border.
        """
        if first in self._replaced_firsts or last in self._replaced_lasts:
            tokens = [token.text for token in self._before_replacing(chunk)]
            first, last = tokens[0], tokens[-1]
        return self._rights.get(first, NOTHING), self._lefts.get(last, NOTHING)

    def may_join(self, left: int, right: int) -> bool:
        """Whether a special case may reach over the single space between two chunks, given their numbers at that border."""
        return (left, right) in self._pairs

    def is_safe(self, left: str, gap: str, right: str) -> bool:
        """Whether no special case can reach over `gap` between the chunks `left` and `right`."""
        if gap != " ":
            return not self.reach_over_wide_gaps
        last = self._before_replacing(left)[-1].text
        first = self._before_replacing(right)[0].text
        return not self.may_join(self._lefts.get(last, NOTHING), self._rights.get(first, NOTHING))


class _Switched:
    """A search that finds nothing until it is switched on."""

    def __init__(self, search: Callable[[str], Any]) -> None:
        self._search = search
        self.is_on = False

    def __call__(self, text: str) -> Any:
        return self._search(text) if self.is_on else None


def _without_replacing(rules: Rules) -> Rules:
    """`rules` without the step that looks for special cases across tokens: it is told of none that holds an affix."""
    searches = [_Switched(rules.prefix_search), _Switched(rules.suffix_search)]
    finder = _SwitchedFinder(rules.infix_finditer)
    made = type(rules)(
        rules.vocab,
        rules={chunk: tokens for chunk, tokens in rules.rules.items() if " " not in chunk},
        prefix_search=searches[0],
        suffix_search=searches[1],
        infix_finditer=finder,
        token_match=rules.token_match,
        url_match=rules.url_match,
    )
    for switched in (*searches, finder):
        switched.is_on = True
    return made


class _SwitchedFinder(_Switched):
    def __call__(self, text: str) -> Any:
        return self._search(text) if self.is_on else ()


def _patterns(rules: Rules) -> list[list[str]]:
    """The token sequences spaCy looks for: each special case that holds an affix or a space, cut without special cases."""
    plain = type(rules)(
        rules.vocab,
        rules={},
        prefix_search=rules.prefix_search,
        suffix_search=rules.suffix_search,
        infix_finditer=rules.infix_finditer,
        token_match=rules.token_match,
        url_match=rules.url_match,
    )
    return [[token.text for token in plain(chunk)] for chunk in rules.rules if _is_looked_for(rules, chunk)]


def _is_looked_for(rules: Rules, chunk: str) -> bool:
    has_affix = rules.find_prefix(chunk) or rules.find_infix(chunk) or rules.find_suffix(chunk)
    return bool(not rules.faster_heuristics or has_affix or " " in chunk)


def _outer_tokens(rules: Rules) -> tuple[frozenset[str], frozenset[str]]:
    """First and last tokens of what special cases are replaced by."""
    from spacy.symbols import ORTH  # noqa: PLC0415

    texts = [
        [token.get(ORTH) or token["ORTH"] for token in tokens]
        for chunk, tokens in rules.rules.items()
        if _is_looked_for(rules, chunk)
    ]
    return frozenset(tokens[0] for tokens in texts), frozenset(tokens[-1] for tokens in texts)


def _numbered(tokens: Collection[str]) -> dict[str, int]:
    return {token: number for number, token in enumerate(dict.fromkeys(tokens))}
