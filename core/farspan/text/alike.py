"""Which of many strings share their normal form: told of all at once, and only of letters outside ASCII one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from farspan.model import BoolArray, IntArray, LongArray
from farspan.text.columns import Column, column_of, first_equal, first_same, is_beyond_ascii, is_big
from farspan.text.normalize import Profile, normal_forms


def first_alike(strings: Sequence[str], profile: Profile) -> IntArray:
    """int32[n]: the row of the first string that has the normal form of each, under `profile`."""
    column = column_of(strings)
    if column is None:
        return first_same(normal_forms(strings, profile))
    others = _have_forms_of_their_own(column, profile)
    folded = _folded(column, profile).as_arrow()
    if not others.any():
        return first_equal(folded)
    rows = np.flatnonzero(others)
    forms = column_of(normal_forms([strings[row] for row in rows.tolist()], profile))
    if forms is None:
        return first_same(normal_forms(strings, profile))
    plain = np.flatnonzero(~others)
    together = pa.concat_arrays([_taken(folded, plain), forms.as_arrow()])
    return _in_order(first_equal(together), np.concatenate([plain, rows]))


def _taken(strings: pa.LargeStringArray, rows: LongArray) -> pa.LargeStringArray:
    """Some of the strings; the rows are handed over as memory, for to make an array of them is to import pandas."""
    return strings.take(pa.Int64Array.from_buffers(pa.int64(), len(rows), [None, pa.py_buffer(rows)]))


def _have_forms_of_their_own(column: Column, profile: Profile) -> BoolArray:
    """bool[n]: the strings that folding A to Z does not settle."""
    others = column.has(is_beyond_ascii)
    if profile.turkic and profile.case != "keep":
        others |= column.has(lambda points: points == ord("I"))
    return others


def _folded(column: Column, profile: Profile) -> Column:
    """The strings with A to Z folded as `profile` says; ASCII has neither diacritics nor marks to lose."""
    if profile.case == "fold":
        return column.with_bytes(column.raw.lower())
    if profile.case == "first":
        points = column.points.copy()
        begins = column.offsets[:-1][is_big(column.first_bytes())]
        points[begins] += np.uint8(ord("a") - ord("A"))
        return column.with_bytes(points.tobytes())
    return column


def _in_order(first: IntArray, rows: IntArray) -> IntArray:
    """`first` of strings in another order, `rows`, as the rows themselves: of equal strings the lowest row."""
    lowest = np.full(len(rows), len(rows), np.int32)
    np.minimum.at(lowest, first, rows.astype(np.int32))
    found = np.empty(len(rows), np.int32)
    found[rows] = lowest[first]
    return found
