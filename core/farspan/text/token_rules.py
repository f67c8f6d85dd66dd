"""What a spaCy tokenizer is made of, as a value of our own: its patterns and its special cases, without spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer as SpacyRules

# The searches of a spaCy tokenizer, and the method of a compiled pattern that each is where it can be told by the pattern.
SEARCHES: Final = MappingProxyType(
    {
        "prefix_search": "search",
        "suffix_search": "search",
        "infix_finditer": "finditer",
        "token_match": "match",
        "url_match": "match",
    }
)

Pattern = re.Pattern[str] | None


@dataclass(frozen=True, slots=True, eq=False)
class TokenRules:
    """The rules by which spaCy cuts one language.

    prefix, suffix, infix: what is cut off or cut at; token, url: what stays whole; None finds nothing. cases: special case -> the
    tokens it is replaced by. looked_for: the special cases that are also looked for across tokens -> the tokens they are cut into
    without special cases.
    """

    prefix: Pattern
    suffix: Pattern
    infix: Pattern
    token: Pattern
    url: Pattern
    cases: Mapping[str, tuple[str, ...]]
    looked_for: Mapping[str, tuple[str, ...]]

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """The five patterns, in the order of SEARCHES."""
        return self.prefix, self.suffix, self.infix, self.token, self.url


def rules_of(spacys: SpacyRules) -> TokenRules | None:
    """What `spacys` is made of; None where a value cannot say it: its class or a search is not spaCy's own."""
    from spacy.tokenizer import Tokenizer  # noqa: PLC0415

    searches = [_pattern_of(getattr(spacys, name), method) for name, method in SEARCHES.items()]
    if type(spacys) is not Tokenizer or not all(is_known for _, is_known in searches):
        return None
    cases = {case: tuple(orths(tokens)) for case, tokens in spacys.rules.items()}
    prefix, suffix, infix, token, url = (pattern for pattern, _ in searches)
    return TokenRules(prefix, suffix, infix, token, url, cases, _looked_for(spacys))


def _pattern_of(search: Any, method: str) -> tuple[Pattern, bool]:
    """The pattern that `search` is the method `method` of, and whether it is that or nothing."""
    pattern = getattr(search, "__self__", None)
    if search is None or (isinstance(pattern, re.Pattern) and search.__name__ == method and isinstance(pattern.pattern, str)):
        return pattern, True
    return None, False


def _looked_for(spacys: SpacyRules) -> dict[str, tuple[str, ...]]:
    """The special cases that spaCy looks for across tokens, each cut without special cases."""
    plain = type(spacys)(spacys.vocab, rules={}, **{name: getattr(spacys, name) for name in SEARCHES})
    return {case: tuple(token.text for token in plain(case)) for case in spacys.rules if _is_looked_for(spacys, case)}


def _is_looked_for(spacys: SpacyRules, case: str) -> bool:
    has_affix = spacys.find_prefix(case) or spacys.find_infix(case) or spacys.find_suffix(case)
    return bool(not spacys.faster_heuristics or has_affix or " " in case)


def orths(tokens: Sequence[Mapping[Any, str]]) -> list[str]:
    """The strings of the tokens that a special case is replaced by."""
    from spacy.symbols import ORTH  # noqa: PLC0415

    return [token[ORTH] if ORTH in token else token["ORTH"] for token in tokens]


def as_json(rules: TokenRules) -> dict[str, Any]:
    """`rules` in what JSON can hold."""
    return {
        "patterns": [None if pattern is None else [pattern.pattern, pattern.flags] for pattern in rules.patterns],
        "cases": rules.cases,
        "looked_for": rules.looked_for,
    }


def from_json(held: Any) -> TokenRules:
    """The rules that `as_json` told. Raises ValueError for anything else."""
    match held:
        case {"patterns": [*patterns], "cases": {**cases}, "looked_for": {**looked_for}} if len(patterns) == len(SEARCHES):
            prefix, suffix, infix, token, url = map(_pattern, patterns)
            return TokenRules(prefix, suffix, infix, token, url, _tokens_by_case(cases), _tokens_by_case(looked_for))
    raise ValueError("not the rules of a tokenizer")


def _pattern(held: Any) -> Pattern:
    match held:
        case None:
            return None
        case [str(pattern), int(flags)]:
            try:
                return re.compile(pattern, flags)
            except (re.error, RecursionError, OverflowError) as error:
                raise ValueError(str(error)) from error
    raise ValueError("not a pattern")


def _tokens_by_case(held: Mapping[Any, Any]) -> dict[str, tuple[str, ...]]:
    if not all(isinstance(tokens, list) for tokens in held.values()) or not _are_strings(chain(held, *held.values())):
        raise ValueError("not special cases")
    return {case: tuple(tokens) for case, tokens in held.items()}


def _are_strings(values: Iterable[Any]) -> bool:
    return all(type(value) is str for value in values)
