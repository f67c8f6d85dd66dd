"""The columns of a relation run: pairs of mentions of many documents, as plain arrays of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from farspan.model import IntArray, LongArray
from farspan.store.packing import pack_columns, unpack_columns

NEGATIVE: Final = "NA"
"""The relation of a pair that stands in none."""

SOURCES: Final = ("kb", "negative", "cue", "imported")
"""Where a pair comes from: a triple, a draw of negatives, a connective, the file that was read."""

TYPES: Final = ("<i4",) * 13 + ("u1",) * 3
"""How relation_blob holds its columns."""


@dataclass(frozen=True, slots=True, eq=False)
class PairColumns:
    """Pairs of mentions of documents, in the order of the text.

    documents: int64[d], numbers of documents in the project. offsets: int64[d + 1]; the pairs of document `i` are
    `offsets[i]:offsets[i + 1]`. The other columns have a value a pair and are those of relation_blob.
    """

    documents: LongArray
    offsets: LongArray
    subject_starts: IntArray
    subject_ends: IntArray
    object_starts: IntArray
    object_ends: IntArray
    subject_ids: IntArray
    object_ids: IntArray
    relations: IntArray
    subject_labels: IntArray
    object_labels: IntArray
    triples: IntArray
    distances: IntArray
    readings: IntArray
    sentences: IntArray
    ways: npt.NDArray[np.uint8]
    reasons: npt.NDArray[np.uint8]
    sources: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.relations)

    def document_of(self) -> LongArray:
        """int64[n]: the document of each pair, as its number in the project."""
        return np.repeat(self.documents, np.diff(self.offsets))


PAIR_COLUMNS: Final = tuple(item.name for item in fields(PairColumns))[2:]


def write_pairs(connection: Connection, number: int, columns: PairColumns) -> None:
    """Store `columns` as pairs of the relation run with this number."""
    texts = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT id, text_id FROM document")}
    rows = []
    for index, document in enumerate(columns.documents.tolist()):
        mine = slice(int(columns.offsets[index]), int(columns.offsets[index + 1]))
        count = mine.stop - mine.start
        if count:
            data = pack_columns([getattr(columns, name)[mine] for name in PAIR_COLUMNS], TYPES)
            rows.append((number, document, texts[document], count, data))
    if rows:
        query = 'INSERT INTO relation_blob (run_id, document_id, text_id, "count", data) VALUES (?, ?, ?, ?, ?)'
        connection.exec_driver_sql(query, rows)


def read_pairs(rows: Sequence[Any]) -> PairColumns:
    """The columns in rows of document, count, data."""
    parts = [unpack_columns(data, [count] * len(TYPES), TYPES) for _, count, data in rows]
    nothing = [np.empty(0, dtype) for dtype in TYPES]
    columns = [np.concatenate([empty, *found]) for empty, *found in zip(nothing, *parts, strict=True)]
    offsets = np.append(0, np.cumsum([count for _, count, _ in rows])).astype(np.int64)
    documents = np.array([document for document, _, _ in rows], np.int64)
    return PairColumns(documents, offsets, **dict(zip(PAIR_COLUMNS, columns, strict=True)))
