"""The candidates that compete with each other, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from farspan.model import IntArray, LongArray


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """The candidates of all sources of one corpus, by ascending start, end, source and name.

    starts, ends: int32[c], half-open token ranges. sources, names: int32[c]. priorities: int32[c], the source's. scores:
    float32[c]. blocked: uint8[c], 0 where a candidate may compete. standings, ties: int32[c], what settles the last ties: the
    place of the source and of the name in alphabetical order, so that the order in which equals are listed changes nothing.
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

    def __len__(self) -> int:
        return len(self.starts)

    def take(self, rows: LongArray) -> Contest:
        """The candidates `rows` alone."""
        return Contest(
            self.starts[rows], self.ends[rows], self.sources[rows], self.names[rows],
            self.priorities[rows], self.scores[rows], self.blocked[rows], self.standings[rows], self.ties[rows],
        )  # fmt: skip
