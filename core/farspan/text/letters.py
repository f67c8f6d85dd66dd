"""Whether a tokenizer's patterns provably find nothing in letters alone, so that words need not be asked about one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final

import numpy as np

from farspan.text.token_rules import Pattern

# Letters behind this code point count as not known.
LETTERS_END: Final = 0x3000


def finds_nothing_in_letters(pattern: Pattern) -> bool:
    """Whether `pattern` provably finds nothing in a chunk of letters below U+3000."""
    if pattern is None:
        return True
    try:
        parsed = import_module("re._parser").parse(pattern.pattern, pattern.flags)
    except (ImportError, AttributeError):
        return False
    return not _Letters(ignores_case=bool(pattern.flags & re.IGNORECASE)).may_match(parsed)


class _Letters:
    """Decides whether a parsed pattern may match within letters below U+3000; what it does not know may."""

    def __init__(self, *, ignores_case: bool) -> None:
        self._ignores_case = ignores_case
        is_letter = np.array([chr(point).isalpha() for point in range(LETTERS_END)])
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
        if self._ignores_case and high >= LETTERS_END:
            return True
        low, high = min(low, LETTERS_END), min(high + 1, LETTERS_END)
        return bool(self._letters_before[high] > self._letters_before[low])
