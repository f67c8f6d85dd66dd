"""The corpus as one profile sees it: normal ids instead of types, with the counts that both plans are chosen by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from farspan.matching.profiles import NormalForms
from farspan.model import BoolArray, IntArray


@dataclass(frozen=True, eq=False)
class Stream:
    """ids: int32[n], the corpus in normal ids. table: int32[types], type id -> normal id.

    counts: int64[types], how often each normal id occurs in the corpus.
    """

    ids: IntArray
    table: IntArray
    counts: IntArray

    @cached_property
    def present(self) -> BoolArray:
        """bool[types]: whether a normal id occurs in the corpus."""
        return self.counts > 0


def make_stream(ids: IntArray, forms: NormalForms) -> Stream:
    """The corpus `ids` (type ids) under one profile. One gather, or none where every type is its own normal form."""
    table = forms.table()
    normal = ids if forms.is_identity else table[ids]
    return Stream(normal, table, np.bincount(normal, minlength=len(table)))
