"""What a token may be read as beside its own normal form: without an affix, or as a name that it differs from by an edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from farspan.model import BoolArray, IntArray, LongArray

ByteArray = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Readings:
    """The further readings of every kind of token (see `Stream.kinds`), by kind and normal id; no kind has one twice.

    first: int64[kinds + 1]; the readings of kind i are rows first[i]:first[i + 1]. tokens: int32[m], normal ids.
    edits: uint8[m], letters changed. stripped: bool[m], whether an affix was taken away.
    """

    first: LongArray
    tokens: IntArray
    edits: ByteArray
    stripped: BoolArray

    def __len__(self) -> int:
        return len(self.first) - 1

    @cached_property
    def owners(self) -> IntArray:
        """int32[m]: the kind that each reading belongs to."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.first))

    @cached_property
    def has_any(self) -> BoolArray:
        """bool[kinds]: whether a kind has a further reading."""
        some: BoolArray = np.diff(self.first) > 0
        return some

    @cached_property
    def _keys(self) -> LongArray:
        return self.owners.astype(np.int64) << 32 | self.tokens

    def find(self, kinds: IntArray, tokens: IntArray) -> LongArray:
        """int64: the row by which each of `kinds` is read as the normal id beside it, or -1."""
        if not len(self.tokens):
            return np.full(len(kinds), -1)
        wanted = kinds.astype(np.int64) << 32 | tokens
        rows = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return np.where(self._keys[rows] == wanted, rows, -1)

    def expand(self, kinds: IntArray) -> tuple[LongArray, IntArray]:
        """Every further reading of each of `kinds`: (index into `kinds`, normal id)."""
        repeats = self.first[kinds + 1] - self.first[kinds]
        skipped = np.cumsum(repeats) - repeats
        rows = np.repeat(self.first[kinds] - skipped, repeats) + np.arange(int(repeats.sum()))
        return np.repeat(np.arange(len(kinds)), repeats), self.tokens[rows]

    def only(self, wanted: BoolArray) -> Readings:
        """The readings whose normal id is marked in `wanted` (bool[types])."""
        kept = wanted[self.tokens]
        first = np.concatenate([[0], np.cumsum(kept)])[self.first]
        return Readings(first, self.tokens[kept], self.edits[kept], self.stripped[kept])


@dataclass(frozen=True, slots=True, eq=False)
class LooseReadings:
    """Readings in no order, each perhaps twice: columns as in `Readings`, and owners int32[m], the kind of each."""

    owners: IntArray
    tokens: IntArray
    edits: ByteArray
    stripped: BoolArray


def collect_readings(loose: Sequence[LooseReadings], base: IntArray) -> Readings:
    """One table of `loose` ones; of equal readings the one with fewest edits stays, then one with its affixes.

    base: int32[kinds], the first reading of each kind, which is left out. Readings as normal id -1, no type, are dropped.
    """
    owners = np.concatenate([part.owners for part in loose])
    tokens = np.concatenate([part.tokens for part in loose])
    edits = np.concatenate([part.edits for part in loose])
    stripped = np.concatenate([part.stripped for part in loose])
    order = np.lexsort((stripped, edits, tokens, owners))
    order = order[(tokens[order] >= 0) & (tokens[order] != base[owners[order]])]
    keys = owners[order].astype(np.int64) << 32 | tokens[order]
    order = order[np.diff(keys, prepend=-1) > 0]
    first = np.concatenate([[0], np.cumsum(np.bincount(owners[order], minlength=len(base)))])
    return Readings(first, tokens[order], edits[order], stripped[order])
