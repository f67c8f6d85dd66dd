"""The type vocabulary: every distinct string of a run and its number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from threading import RLock
from typing import Final

import numpy as np

from farspan.model import IntArray
from farspan.text.slices import distinct_slices
from farspan.text.tokens import whole_characters

# Fewer are interned sooner one by one.
MANY_SLICES: Final = 500


class _Numbers(dict[str, int]):
    """string -> number; a string that is not there yet gets the next number."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self._strings = strings
        self._lock = RLock()

    def __missing__(self, string: str) -> int:
        with self._lock:
            number = self.get(string)
            if number is None:
                number = self[string] = len(self._strings)
                self._strings.append(string)
        return number


class Vocabulary:
    """Distinct strings and their int32 ids, in order of first appearance. It only grows; ids never change."""

    def __init__(self, strings: Collection[str] = ()) -> None:
        self.strings: Final[list[str]] = []
        self._numbers = _Numbers(self.strings)
        self._tables: dict[Hashable, IntArray] = {}
        self.intern(strings)

    def __len__(self) -> int:
        return len(self.strings)

    def __getitem__(self, number: int) -> str:
        return self.strings[number]

    def __contains__(self, string: object) -> bool:
        return string in self._numbers

    def id_of(self, string: str) -> int:
        """The id of `string`, or -1 if it is unknown; nothing is added."""
        return self._numbers.get(string, -1)

    def intern(self, strings: Collection[str]) -> IntArray:
        """The ids of `strings`, int32[n]; unknown ones are added in the order they stand in."""
        return np.fromiter(map(self._numbers.__getitem__, strings), np.int32, len(strings))

    def intern_slices(self, text: str, starts: IntArray, ends: IntArray) -> IntArray:
        """The ids of the stretches `[start, end)` of `text`, int32[n]; unknown ones are added in the order they stand in.

        starts, ends: int32[n], code points. A lone surrogate counts as U+FFFD.
        """
        text = whole_characters(text)
        if len(starts) < MANY_SLICES or bool((starts[1:] < ends[:-1]).any()):
            return self.intern([text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)])
        strings, numbers = distinct_slices(text, starts, ends)
        return self.intern(strings)[numbers]

    def table(self, key: Hashable, classify: Callable[[list[str]], IntArray]) -> IntArray:
        """`classify(strings)` of every string so far, int32[len(self)]; kept under `key`, so that only new ones are classified.

        `classify` must judge each string by itself, and always alike for one `key`.
        """
        known = self._tables.get(key, np.empty(0, np.int32))
        if len(known) < len(self.strings):
            known = np.concatenate([known, classify(self.strings[len(known) :])])
            self._tables[key] = known
        return known
