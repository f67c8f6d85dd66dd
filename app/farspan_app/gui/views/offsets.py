"""Code points to UTF-16 units and back: the engine counts the one, Qt the other, and only this module converts.

A character above U+FFFF takes two units (a surrogate pair), every other one takes one.
"""

from __future__ import annotations

from typing import Final, overload

import numpy as np
import numpy.typing as npt

from farspan.model import LongArray
from farspan.text.tokens import code_points, whole_characters

_LAST_SINGLE: Final = 0xFFFF


def displayable(text: str) -> str:
    """`text` as Qt can hold it: a lone surrogate becomes U+FFFD, the length stays."""
    return whole_characters(text)


def isolated(text: str) -> str:
    """`text` as Qt can hold it, so that its direction does not change that of the sentence it stands in (UAX 9, isolates)."""
    return f"\u2068{displayable(text)}\u2069"


class Offsets:
    """The two ways of counting places in one text. Takes single numbers or arrays of them."""

    def __init__(self, text: str) -> None:
        points = code_points(displayable(text))
        # Only 32 bits can hold one of them, and only such text pays for looking.
        wide: LongArray = np.flatnonzero(points > _LAST_SINGLE) if points.dtype.itemsize == 4 else np.empty(0, np.int64)
        self._wide = wide
        self._wide_units = wide + np.arange(len(wide))

    @overload
    def units(self, points: int) -> int: ...
    @overload
    def units(self, points: npt.NDArray[np.integer]) -> LongArray: ...
    def units(self, points: int | npt.NDArray[np.integer]) -> int | LongArray:
        """The UTF-16 units before the code point numbered `points`."""
        before = np.searchsorted(self._wide, points, "left")
        return int(points + before) if isinstance(points, int) else points + before

    @overload
    def points(self, units: int) -> int: ...
    @overload
    def points(self, units: npt.NDArray[np.integer]) -> LongArray: ...
    def points(self, units: int | npt.NDArray[np.integer]) -> int | LongArray:
        """The code points before the UTF-16 unit numbered `units`; the middle of a pair counts as its beginning."""
        before = np.searchsorted(self._wide_units, units, "left")
        return int(units - before) if isinstance(units, int) else units - before
