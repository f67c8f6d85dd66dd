"""The candidates that compete with each other, as columns."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from farspan.model import IntArray, LongArray


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """The candidates of all sources of one corpus, by ascending start, end, source and name.

    starts, ends: int32[c], half-open token ranges. sources, names: int32[c]. priorities: int32[c], the source's. scores:
    float32[c]. blocked: uint8[c], 0 where a candidate may compete. standings, ties: int32[c], what settles the last ties: the
    place of the source and of the name in alphabetical order, so that the order in which equals are listed changes nothing.
    char_starts, char_ends: int32[c], code points in the text of all documents, where a candidate may begin or end inside a
    token: then they are what overlaps and lengths are told by, and the order is theirs.
    """

    starts: IntArray
    ends: IntArray
    sources: IntArray
    names: IntArray
    priorities: IntArray
    scores: npt.NDArray[np.float32]
    blocked: npt.NDArray[np.uint8]
    standings: IntArray
    ties: IntArray
    char_starts: IntArray | None = None
    char_ends: IntArray | None = None

    def __len__(self) -> int:
        return len(self.starts)

    def take(self, rows: LongArray) -> Contest:
        """The candidates `rows` alone."""
        return Contest(
            self.starts[rows], self.ends[rows], self.sources[rows], self.names[rows],
            self.priorities[rows], self.scores[rows], self.blocked[rows], self.standings[rows], self.ties[rows],
            None if self.char_starts is None else self.char_starts[rows],
            None if self.char_ends is None else self.char_ends[rows],
        )  # fmt: skip

    def by_extent(self) -> Contest:
        """The same with what overlaps and lengths are told by as starts and ends."""
        if self.char_starts is None or self.char_ends is None:
            return self
        return replace(self, starts=self.char_starts, ends=self.char_ends, char_starts=None, char_ends=None)
