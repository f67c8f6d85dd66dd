"""The spans that a text is shown with, as columns, and on which level below the line each is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from farspan.model import IntArray, LongArray


class Mark(IntEnum):
    """What a shown span is. The first four have the numbers of `farspan.decide.conflicts.Status`."""

    KEPT = 0
    NESTED = 1
    LOST = 2
    BLOCKED = 3
    GOLD = 4
    ADDED = 5


class Verdict(IntEnum):
    """What a person said of a span."""

    NONE = 0
    ACCEPTED = 1
    REJECTED = 2
    UNDECIDED = 3


_NO_NUMBERS = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class ShownSpans:
    """Spans of one text, by ascending start. starts, ends: int32[n], code points. labels: int32[n] into `label_names`.

    marks: uint8[n], a `Mark`. verdicts: uint8[n], a `Verdict`. rows: int64[n], the candidate behind each, -1: none.
    """

    starts: IntArray = field(default_factory=_NO_NUMBERS.copy)
    ends: IntArray = field(default_factory=_NO_NUMBERS.copy)
    labels: IntArray = field(default_factory=_NO_NUMBERS.copy)
    marks: npt.NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    verdicts: npt.NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    rows: LongArray = field(default_factory=lambda: np.empty(0, np.int64))
    label_names: Sequence[str] = ()
    reach: IntArray = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reach", np.maximum.accumulate(self.ends) if len(self.ends) else _NO_NUMBERS)

    def __len__(self) -> int:
        return len(self.starts)

    def within(self, start: int, end: int) -> LongArray:
        """The spans that share a character with `[start, end)`, in order."""
        first, last = int(np.searchsorted(self.reach, start, "right")), int(np.searchsorted(self.starts, end, "left"))
        return first + np.flatnonzero(self.ends[first:last] > start)

    def innermost(self, point: int) -> int | None:
        """The shortest span that covers the code point; None: no span does."""
        rows = self.within(point, point + 1)
        return int(rows[np.argmin(self.ends[rows] - self.starts[rows])]) if len(rows) else None

    def next(self, point: int, number: int | None, step: int) -> int | None:
        """The span after (step 1) or before (step -1) the one numbered `number`, or else the code point; None: no further one."""
        if number is None:
            number = int(np.searchsorted(self.starts, point, "left")) - (step > 0)
        number += step
        return number if 0 <= number < len(self) else None

    def of_row(self, row: int) -> int | None:
        """The number of the span that the candidate `row` is shown as."""
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if len(found) else None


def levels(starts: IntArray, ends: IntArray) -> IntArray:
    """int32[n]: the level below the line on which each span is drawn; what lies inside another is nearer to the text.

    No two that overlap share a level.
    """
    chosen = np.zeros(len(starts), np.int32)
    order = np.argsort(ends - starts, kind="stable")
    for place, number in enumerate(order):
        shorter = order[:place]
        touching = shorter[(starts[shorter] < ends[number]) & (ends[shorter] > starts[number])]
        if len(touching):
            chosen[number] = chosen[touching].max() + 1
    return chosen
