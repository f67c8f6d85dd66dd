"""Many strings as one column of bytes: what can be asked of all of them at once, without touching a Python string for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from farspan.model import BoolArray, IntArray, LongArray
from farspan.text.slices import codes_of

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Strings in UTF-8, a line feed behind each. raw: the bytes; offsets: int64[n + 1], where each string begins and the end."""

    raw: bytes
    offsets: LongArray

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def points(self) -> Bytes:
        """uint8[m]: the bytes, as numbers."""
        return np.frombuffer(self.raw, np.uint8)

    def with_bytes(self, raw: bytes) -> Column:
        """The strings that other bytes make in the same places."""
        return Column(raw, self.offsets)

    def has(self, wanted: Callable[[Bytes], BoolArray]) -> BoolArray:
        """bool[n]: whether `wanted` says yes to any byte of each string; it is asked of the line feeds too."""
        # No string is empty here: each has its line feed.
        found: BoolArray = np.logical_or.reduceat(wanted(self.points), self.offsets[:-1]) if len(self) else np.zeros(0, np.bool_)
        return found

    def first_bytes(self) -> Bytes:
        """uint8[n]: the first byte of each string; of an empty one the line feed."""
        return self.points[self.offsets[:-1]]

    def lengths(self) -> LongArray:
        """int64[n]: bytes in each string."""
        return np.diff(self.offsets) - 1

    def begins_with(self, part: str) -> BoolArray:
        """bool[n]: which strings begin with `part`."""
        return self._has_at(self.offsets[:-1], part.encode())

    def ends_with(self, part: str) -> BoolArray:
        """bool[n]: which strings end with `part`."""
        raw = part.encode()
        return self._has_at(np.maximum(self.offsets[1:] - 1 - len(raw), self.offsets[:-1]), raw)

    def _has_at(self, places: LongArray, part: bytes) -> BoolArray:
        """bool[n]: whether `part` stands at each place; a line feed ends every string and is in none."""
        points = self.points
        found: BoolArray = np.full(len(places), b"\n" not in part)
        for shift, point in enumerate(part):
            rows = np.flatnonzero(found)
            found[rows] = points[places[rows] + shift] == point
        return found

    def as_arrow(self) -> pa.LargeStringArray:
        """The strings, each with its line feed, without a copy."""
        return pa.LargeStringArray.from_buffers(len(self), pa.py_buffer(self.offsets), pa.py_buffer(self.raw))


def column_of(strings: Sequence[str]) -> Column | None:
    """`strings` as one column; None where one holds a line feed or a lone surrogate."""
    try:
        raw = ("\n".join(strings) + "\n").encode() if strings else b""
    except UnicodeEncodeError:
        return None
    ends = np.flatnonzero(np.frombuffer(raw, np.uint8) == ord("\n")) + 1
    return Column(raw, np.concatenate([[0], ends])) if len(ends) == len(strings) else None


def is_big(points: Bytes) -> BoolArray:
    """bool: which are A to Z."""
    return points - np.uint8(ord("A")) < 26


def is_small(points: Bytes) -> BoolArray:
    """bool: which are a to z."""
    return points - np.uint8(ord("a")) < 26


def is_digit(points: Bytes) -> BoolArray:
    """bool: which are 0 to 9."""
    return points - np.uint8(ord("0")) < 10


def is_beyond_ascii(points: Bytes) -> BoolArray:
    """bool: which belong to a character outside ASCII."""
    return points > 127


def tell(strings: Sequence[str], of_ascii: Callable[[Column], BoolArray], of_one: Callable[[str], bool]) -> BoolArray:
    """bool[n]: `of_one` of each string; for those in ASCII told by `of_ascii`, which must say the same, of all at once."""
    column = column_of(strings)
    if column is None:
        return np.fromiter(map(of_one, strings), np.bool_, len(strings))
    told = of_ascii(column)
    others = np.flatnonzero(column.has(is_beyond_ascii))
    told[others] = [of_one(strings[row]) for row in others.tolist()]
    return told


def first_equal(column: pa.LargeStringArray) -> IntArray:
    """int32[n]: the row of the first string that equals each."""
    codes = codes_of(column.dictionary_encode())
    # The last value written stays, so that going backwards leaves the first place of each.
    first = np.empty(len(codes), np.int32)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1, dtype=np.int32)
    rows: IntArray = first[codes]
    return rows


def first_same(strings: Sequence[str]) -> IntArray:
    """int32[n]: the row of the first string that is the same as each."""
    column = column_of(strings)
    if column is not None:
        return first_equal(column.as_arrow())
    first: dict[str, int] = {}
    return np.fromiter(map(first.setdefault, strings, range(len(strings))), np.int32, len(strings))
