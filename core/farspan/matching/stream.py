"""The corpus as one profile sees it: normal ids instead of types, with the counts that both plans are chosen by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from farspan.matching.profiles import NormalForms
from farspan.model import BoolArray, IntArray, LongArray


@dataclass(frozen=True, eq=False)
class Stream:
    """What every token of a corpus may be read as.

    layers: int32[n] each; the first holds the normal id of every token, further ones its other readings (without an affix,
    say), -1 where it has none; no token has the same reading twice. table: int32[types], type id -> normal id, for names.
    """

    layers: tuple[IntArray, ...]
    table: IntArray

    def __len__(self) -> int:
        return len(self.layers[0])

    @cached_property
    def counts(self) -> LongArray:
        """int64[types + 1]: how often each normal id can be read; the last place takes the readings that are not there."""
        size = len(self.table)
        total = np.bincount(self.layers[0], minlength=size + 1)
        for layer in self.layers[1:]:
            total += np.bincount(np.where(layer < 0, size, layer), minlength=size + 1)
        total[size] = 0
        return total

    @cached_property
    def present(self) -> BoolArray:
        """bool[types + 1]: whether a normal id can be read anywhere."""
        return self.counts > 0

    def reads(self, places: IntArray, tokens: IntArray) -> BoolArray:
        """Whether the token at each of `places` can be read as the normal id beside it."""
        same: BoolArray = self.layers[0][places] == tokens
        for layer in self.layers[1:]:
            same |= layer[places] == tokens
        return same


def make_stream(ids: IntArray, forms: NormalForms) -> Stream:
    """The corpus `ids` (type ids) under one profile. One gather, or none where every type is its own normal form."""
    table = forms.table()
    return Stream((ids if forms.is_identity else table[ids],), table)
