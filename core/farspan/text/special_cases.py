"""Where spaCy's special cases may reach over white space, so that chunks cannot be tokenised one by one.

spaCy cuts each white-space chunk by itself, then looks for the token sequences of its special cases in the whole text. A found
sequence is replaced only if its text is a special case, but even one that is not keeps shorter ones that overlap it from being
replaced (the longest wins). Both can matter across white space only where the last token of one chunk and the first of the next
stand side by side in some special case, before any replacement. This module knows those pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from farspan.model import IntArray

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer as Rules

NOTHING: Final = -1

# White space that is a single token in every language and stands in no special case.
SEPARATOR: Final = "\n\n\n"


class SpecialCases:
    """The special cases of one spaCy tokenizer that may be found across chunks.

    pairs: the tokens that are neighbours in some of them, before replacement.
    """

    def __init__(self, rules: Rules) -> None:
        self._before_replacing = _without_replacing(rules)
        patterns = _patterns(rules)
        self._lefts = _numbered(token for pattern in patterns for token in pattern[:-1])
        self._rights = _numbered(token for pattern in patterns for token in pattern[1:])
        self.pairs = frozenset(pair for pattern in patterns for pair in pairwise(pattern))
        self._pairs = frozenset((self._lefts[left], self._rights[right]) for left, right in self.pairs)
        self._cases_begun_by = _by_outer_token(rules, 0)
        self._cases_ended_by = _by_outer_token(rules, -1)
        self.reach_over_wide_gaps = any(token.isspace() for pattern in patterns if len(pattern) > 1 for token in pattern)

    def borders(self, chunks: Sequence[str], firsts: Sequence[str], lasts: Sequence[str]) -> tuple[IntArray, IntArray]:
        """What counts at the borders of `chunks`, whose tokens begin with `firsts` and end with `lasts`, int32[n] each.

        Numbers for `may_join`: of the last token as the left side of a border, of the first as the right side; NOTHING if it is
        in no special case. They are those of the tokens before replacement, which can differ only where what replaces stands at
        a border.
        """
        firsts, lasts = list(firsts), list(lasts)
        begun, ended = self._cases_begun_by, self._cases_ended_by
        doubtful = [
            place
            for place, (chunk, first, last) in enumerate(zip(chunks, firsts, lasts, strict=True))
            if (first in begun and chunk.startswith(begun[first])) or (last in ended and chunk.endswith(ended[last]))
        ]
        outer = self._outer_before_replacing([chunks[place] for place in doubtful])
        for place, (first, last) in zip(doubtful, outer, strict=True):
            firsts[place], lasts[place] = first, last
        return _looked_up(self._lefts, lasts), _looked_up(self._rights, firsts)

    def _outer_before_replacing(self, chunks: Sequence[str]) -> list[tuple[str, str]]:
        """The first and the last token of each of `chunks`, before replacement."""
        lines: list[list[str]] = [[]]
        for token in self._before_replacing(SEPARATOR.join(chunks)) if chunks else ():
            if token.text == SEPARATOR:
                lines.append([])
            else:
                lines[-1].append(token.text)
        return [(line[0], line[-1]) for line in lines if line]

    def may_join(self, left: int, right: int) -> bool:
        """Whether a special case may reach over the single space between two chunks, given their numbers at that border."""
        return (left, right) in self._pairs

    def is_safe(self, left: str, gap: str, right: str) -> bool:
        """Whether no special case can reach over `gap` between the chunks `left` and `right`."""
        if gap != " ":
            return True
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


def _by_outer_token(rules: Rules, place: int) -> dict[str, tuple[str, ...]]:
    """The special cases that are looked for, by the first (`place` 0) or last (-1) token they are replaced by."""
    cases: dict[str, list[str]] = {}
    for case, tokens in rules.rules.items():
        if _is_looked_for(rules, case):
            cases.setdefault(orths(tokens[place : place + 1 or None])[0], []).append(case)
    return {token: tuple(found) for token, found in cases.items()}


def orths(tokens: Sequence[Mapping[Any, str]]) -> list[str]:
    """The strings of the tokens that a special case is replaced by."""
    from spacy.symbols import ORTH  # noqa: PLC0415

    return [token[ORTH] if ORTH in token else token["ORTH"] for token in tokens]


def _looked_up(numbers: Mapping[str, int], tokens: Collection[str]) -> IntArray:
    return np.fromiter(map(numbers.get, tokens, repeat(NOTHING)), np.int32, len(tokens))


def _numbered(tokens: Iterable[str]) -> dict[str, int]:
    return {token: number for number, token in enumerate(dict.fromkeys(tokens))}
