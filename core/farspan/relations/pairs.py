"""Pairs of mentions that stand near enough to each other, without a loop over them: blocks of positions in two arrays."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from farspan.model import LongArray
from farspan.relations.options import Level

BLOCK = 1 << 20
"""Pairs that are looked at together; about 100 bytes each."""

Numbers = npt.NDArray[np.integer]


def reaches(documents: Numbers, sentences: Numbers, level: Level) -> LongArray:
    """int64[m]: for each mention, one past the last that a pair with it as the first may reach. Mentions stand in order."""
    ends = np.searchsorted(documents, documents, "right")
    if level.sentences is None:
        return ends
    return np.minimum(ends, np.searchsorted(sentences, sentences + level.sentences, "right"))


def pair_blocks(reach: LongArray, block: int = BLOCK) -> Iterator[tuple[LongArray, LongArray]]:
    """All pairs (i, j), i < j < reach[i], in order of i and j, in blocks of about `block`: two arrays int64[p]."""
    numbers = np.arange(len(reach))
    counts = np.maximum(reach - numbers - 1, 0)
    upto = np.cumsum(counts)
    begin = 0
    while begin < len(reach):
        done = int(upto[begin - 1]) if begin else 0
        end = max(int(np.searchsorted(upto, done + block, "right")), begin + 1)
        mine = counts[begin:end]
        first = np.repeat(numbers[begin:end], mine)
        second = np.arange(int(mine.sum())) - np.repeat(np.cumsum(mine) - mine, mine) + first + 1
        if len(first):
            yield first, second
        begin = end


def count_pairs(reach: LongArray) -> int:
    """How many pairs there are."""
    return int(np.maximum(reach - np.arange(len(reach)) - 1, 0).sum())
