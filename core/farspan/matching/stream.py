"""The corpus as one view of it sees it: normal ids instead of types, with the counts that both plans are chosen by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from farspan.matching.profiles import NormalForms
from farspan.matching.readings import Readings
from farspan.model import BoolArray, IntArray, LongArray

if TYPE_CHECKING:
    from farspan.matching.characters import CharacterCorpus


@dataclass(frozen=True, eq=False)
class Stream:
    """What every token of a corpus may be read as.

    base: int32[n], the normal id of every token. table: int32[types], type id -> normal id, for names. kinds: int32[n], what
    `readings` counts tokens by: their types, or pairs of type and lemma. readings: what tokens of each kind may also be read as
    (without an affix, say), or None. lemmas: int32[n], types, where the input has a column of them. characters: the corpus that
    `base` is over, where it is not the corpus of tokens.
    """

    base: IntArray
    table: IntArray
    kinds: IntArray
    readings: Readings | None = None
    lemmas: IntArray | None = None
    characters: CharacterCorpus | None = None

    def __len__(self) -> int:
        return len(self.base)

    @cached_property
    def kind_counts(self) -> LongArray:
        """int64[kinds]: tokens of each kind."""
        size = len(self.readings) if self.readings is not None else len(self.table)
        counts: LongArray = np.bincount(self.kinds, minlength=size)
        return counts

    @cached_property
    def counts(self) -> LongArray:
        """int64[types]: how often each normal id can be read."""
        total: LongArray = np.bincount(self.base, minlength=len(self.table))
        if self.readings is not None:
            weights = self.kind_counts[self.readings.owners]
            total = total + np.bincount(self.readings.tokens, weights, minlength=len(self.table)).astype(np.int64)
        return total

    @cached_property
    def present(self) -> BoolArray:
        """bool[types]: whether a normal id can be read anywhere."""
        return self.counts > 0

    def reads(self, places: IntArray, tokens: IntArray) -> BoolArray:
        """Whether the token at each of `places` can be read as the normal id beside it."""
        same: BoolArray = self.base[places] == tokens
        if self.readings is not None:
            same |= self.readings.find(self.kinds[places], tokens) >= 0
        return same

    def occurrences(self, wanted: BoolArray) -> tuple[IntArray, IntArray]:
        """Every (place, normal id) where a normal id marked in `wanted` (bool[types]) can be read; base readings come first."""
        places = np.flatnonzero(wanted[self.base]).astype(np.int32)
        tokens = self.base[places]
        if self.readings is None:
            return places, tokens
        few = self.readings.only(wanted)
        further = np.flatnonzero(few.has_any[self.kinds]).astype(np.int32)
        rows, more = few.expand(self.kinds[further])
        return np.concatenate([places, further[rows]]), np.concatenate([tokens, more])

    def read_at(self, places: IntArray) -> tuple[LongArray | slice, IntArray]:
        """Every reading at each of `places`: (index into `places`, normal id); base readings come first."""
        tokens = self.base[places]
        if self.readings is None:
            return slice(None), tokens
        rows, more = self.readings.expand(self.kinds[places])
        return np.concatenate([np.arange(len(places)), rows]), np.concatenate([tokens, more])


def make_stream(ids: IntArray, forms: NormalForms) -> Stream:
    """The corpus `ids` (type ids) under one profile. One gather, or none where every type is its own normal form."""
    table = forms.table()
    return Stream(ids if forms.is_identity else table[ids], table, ids)
