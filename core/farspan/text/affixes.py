"""Chunks that need no tokenizer: letters with nothing to cut off, or with prefixes and suffixes around such letters.

spaCy peels a chunk by its prefix and suffix rules until neither finds anything, then looks for infixes in what is left. Most
chunks of a text are words with some punctuation around them. Where a language's rules provably find nothing in letters alone,
peeling with those same rules down to letters, or down to what has no affix and is cut at its infixes, gives spaCy's tokens
at a third of the cost. Every chunk in doubt is left to spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from farspan.text.special_cases import orths

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer as Rules

# Letters behind this code point are left to spaCy.
_LETTERS_END: Final = 0x3000
_LAST_LETTER: Final = chr(_LETTERS_END - 1)
_LONGEST: Final = 64


class AffixPeeler:
    """Peels chunks by the rules of one spaCy tokenizer. `pairs`: the tokens that stand side by side in some special case."""

    def __init__(self, rules: Rules, pairs: Iterable[tuple[str, str]]) -> None:
        self._special_cases = frozenset(rules.rules)
        # The others are one token that is replaced by itself.
        self._altering = frozenset(case for case, tokens in rules.rules.items() if orths(tokens) != [case])
        self._pairs = frozenset(pairs)
        self._begin_pairs = frozenset(left for left, _ in self._pairs)
        self._token_match = rules.token_match
        self._url_match = rules.url_match
        self._prefix = rules.prefix_search or _find_nothing
        self._suffix = rules.suffix_search or _find_nothing
        self._infixes = rules.infix_finditer
        searches = (rules.prefix_search, rules.suffix_search, rules.infix_finditer)
        self._is_sure = all(map(_finds_nothing_in_letters, searches))

    def peel(self, chunk: str) -> list[str] | None:
        """The tokens of `chunk`, or None where only spaCy knows them."""
        if self._is_plain(chunk):
            return [chunk]
        if not self._is_sure or len(chunk) > _LONGEST:
            return None
        prefixes: list[str] = []
        suffixes: list[str] = []
        middle = chunk
        while middle and not self._is_plain(middle):
            widths = self._widths(middle)
            if widths is None:
                return None
            before, behind = widths
            if not before and not behind:
                break
            end = len(middle) - behind
            if before:
                prefixes.append(middle[:before])
            if behind:
                suffixes.append(middle[end:])
            middle = middle[before:end]
        suffixes.reverse()
        tokens = [*prefixes, *self._cut_inside(middle), *suffixes]
        return None if self._may_be_replaced(tokens) else tokens

    def _widths(self, middle: str) -> tuple[int, int] | None:
        """Widths of the prefix and of the suffix of `middle` that are cut off together; None where spaCy would stop otherwise."""
        special = self._special_cases
        if middle in special or " " in middle or (self._token_match and self._token_match(middle)):
            return None
        before = found.end() - found.start() if (found := self._prefix(middle)) else 0
        rest = middle[before:] if before else middle
        behind = found.end() - found.start() if (found := self._suffix(rest)) else 0
        if (before and rest in special) or (behind and middle[: len(middle) - behind] in special):
            return None
        return before, behind

    def _cut_inside(self, middle: str) -> list[str]:
        """The tokens of a chunk without affixes: it is cut at its infixes."""
        if self._is_plain(middle) or self._infixes is None or (self._url_match and self._url_match(middle)):
            return [middle] if middle else []
        tokens: list[str] = []
        start = 0
        for found in self._infixes(middle):
            first, last = found.span()
            if first == 0:
                continue  # as spaCy has it: what the rest begins with is no infix
            tokens += (middle[start:first], middle[first:last])
            start = last
        return [token for token in (*tokens, middle[start:]) if token]

    def _is_plain(self, chunk: str) -> bool:
        is_letters = chunk.isalpha() and (chunk.isascii() or max(chunk) <= _LAST_LETTER)
        return is_letters and self._is_sure and chunk not in self._special_cases

    def _may_be_replaced(self, tokens: list[str]) -> bool:
        if not self._altering.isdisjoint(tokens):
            return True
        return not self._begin_pairs.isdisjoint(tokens) and any(pair in self._pairs for pair in pairwise(tokens))


def _find_nothing(_: str) -> None:
    return None


def _finds_nothing_in_letters(search: Any) -> bool:
    """Whether the compiled pattern that `search` is a method of provably finds nothing in a chunk of letters below U+3000."""
    if search is None:
        return True
    pattern = getattr(search, "__self__", None)
    try:
        parsed = import_module("re._parser").parse(pattern.pattern, pattern.flags)  # type: ignore[union-attr]
        return not _Letters(ignores_case=bool(pattern.flags & 2)).may_match(parsed)  # type: ignore[union-attr]
    except (ImportError, AttributeError):
        return False


class _Letters:
    """Decides whether a parsed pattern may match within letters below U+3000; what it does not know may."""

    def __init__(self, *, ignores_case: bool) -> None:
        self._ignores_case = ignores_case
        is_letter = np.array([chr(point).isalpha() for point in range(_LETTERS_END)])
        self._letters_before = np.concatenate([[0], np.cumsum(is_letter)])

    def may_match(self, parsed: Iterable[tuple[Any, Any]]) -> bool:
        """Whether all parts of a sequence may."""
        return all(self._part_may_match(str(operation), argument) for operation, argument in parsed)

    def _part_may_match(self, operation: str, argument: Any) -> bool:
        match operation:
            case "LITERAL":
                return self._has_letter(argument, argument)
            case "IN":
                return any(self._item_has_letter(str(kind), value) for kind, value in argument)
            case "BRANCH":
                return any(self.may_match(branch) for branch in argument[1])
            case "SUBPATTERN":
                return bool(argument[1]) or bool(argument[2]) or self.may_match(argument[3])
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return argument[0] == 0 or self.may_match(argument[2])
            case "ASSERT":
                return self.may_match(argument[1])
            case "ATOMIC_GROUP":
                return self.may_match(argument)
        return True

    def _item_has_letter(self, kind: str, value: Any) -> bool:
        match kind:
            case "LITERAL":
                return self._has_letter(value, value)
            case "RANGE":
                return self._has_letter(*value)
            case "CATEGORY":
                return str(value) not in {"CATEGORY_DIGIT", "CATEGORY_SPACE", "CATEGORY_NOT_WORD"}
        return True

    def _has_letter(self, low: int, high: int) -> bool:
        if self._ignores_case and high >= _LETTERS_END:
            return True
        low, high = min(low, _LETTERS_END), min(high + 1, _LETTERS_END)
        return bool(self._letters_before[high] > self._letters_before[low])
