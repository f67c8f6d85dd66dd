"""The pairs that stand in a triple, as columns: which mentions, which relation, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from farspan.model import BoolArray, IntArray, LongArray
from farspan.store.pairs import NEGATIVE, SOURCES

__all__ = ["COLUMNS", "NEGATIVE", "REASONS", "SOURCES", "RelationTable", "concatenated", "empty_table", "in_order", "together"]

REASONS: Final = (
    "", "active", "overlap", "same_entity", "unique", "subject_types", "object_types", "direction", "min_distance",
    "max_distance", "between", "not_between", "triggers", "exclude_evidence", "nearer",
)  # fmt: skip
"""Why a pair was left out; 0: it was not. Most are the option that did it."""

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class RelationTable:
    """Pairs of mentions in the order of the text (the mention that stands first, then the other, then the relation).

    subjects, objects: int32[n], mentions. subject_ids, object_ids: int32[n], entities. relations: int32[n] into `names`. triples:
    int32[n], a triple of the knowledge base behind it, -1: none. ways: uint8[n] into `facts.WAYS`. reasons: uint8[n] into
    REASONS. distances: int32[n], tokens between the mentions. readings: int32[n], how many pairs of entities the two mentions
    may be. sources: uint8[n] into SOURCES.
    """

    names: Sequence[str]
    subjects: IntArray
    objects: IntArray
    subject_ids: IntArray
    object_ids: IntArray
    relations: IntArray
    triples: IntArray
    ways: Bytes
    reasons: Bytes
    distances: IntArray
    readings: IntArray
    sources: Bytes

    def __len__(self) -> int:
        return len(self.subjects)

    @property
    def kept(self) -> LongArray:
        """The rows that nothing left out."""
        return np.flatnonzero(self.reasons == 0)

    def take(self, rows: LongArray | BoolArray) -> RelationTable:
        """The rows chosen, in their order."""
        return replace(self, **{name: getattr(self, name)[rows] for name in COLUMNS})


COLUMNS: Final = tuple(item.name for item in fields(RelationTable))[1:]
_BYTES: Final = frozenset({"ways", "reasons", "sources"})


def empty_table(names: Sequence[str]) -> RelationTable:
    """A table without a row."""
    columns: dict[str, Any] = {name: np.empty(0, np.uint8 if name in _BYTES else np.int32) for name in COLUMNS}
    return RelationTable(names, **columns)


def together(names: Sequence[str], tables: Sequence[RelationTable]) -> RelationTable:
    """The rows of tables over the same mentions and names, in the order of the text."""
    return in_order(concatenated(names, tables))


def concatenated(names: Sequence[str], tables: Sequence[RelationTable]) -> RelationTable:
    """The rows of tables over the same mentions and names, one after the other."""
    filled = [table for table in tables if len(table)]
    if not filled:
        return empty_table(names)
    if len(filled) == 1:
        return filled[0]
    return RelationTable(names, *(np.concatenate([getattr(table, name) for table in filled]) for name in COLUMNS))


def in_order(table: RelationTable) -> RelationTable:
    """The rows in the order of the text."""
    first, second = np.minimum(table.subjects, table.objects), np.maximum(table.subjects, table.objects)
    # Blocks of pairs come sorted, and a stable sort of one key merges them; what is equal keeps the order it was found in.
    keys = first.astype(np.int64) << 32 | second
    return table if bool((keys[1:] >= keys[:-1]).all()) else table.take(np.argsort(keys, kind="stable"))
