"""Bags: all sentences that mention the same pair of entities in the same relation. Riedel, Yao, McCallum 2010."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from farspan.model import IntArray, LongArray
from farspan.relations.table import RelationTable


@dataclass(frozen=True, slots=True, eq=False)
class Bags:
    """The bags of a table, in the order in which they first appear.

    subject_ids, object_ids, relations: int32[b], as in the table. offsets: int64[b + 1]; the rows of bag `i` in the table are
    `rows[offsets[i]:offsets[i + 1]]`, in the order of the text.
    """

    subject_ids: IntArray
    object_ids: IntArray
    relations: IntArray
    offsets: LongArray
    rows: LongArray

    def __len__(self) -> int:
        return len(self.relations)

    def members(self, bag: int) -> LongArray:
        """The rows of one bag."""
        return self.rows[self.offsets[bag] : self.offsets[bag + 1]]

    @property
    def sizes(self) -> LongArray:
        """int64[b]: how many rows each bag has."""
        return np.diff(self.offsets)

    def bag_of_rows(self, size: int) -> IntArray:
        """int32[size]: the bag of each row of the table of `size` rows, -1 for rows in none."""
        numbers = np.full(size, -1, np.int32)
        numbers[self.rows] = np.repeat(np.arange(len(self), dtype=np.int32), self.sizes)
        return numbers


def bags_of(table: RelationTable, *, with_relation: bool = True) -> Bags:
    """The bags of what is kept in `table`; without the relation, all relations of a pair of entities are one bag."""
    rows = table.kept
    subjects, objects = table.subject_ids[rows], table.object_ids[rows]
    relations = table.relations[rows] if with_relation else np.zeros(len(rows), np.int32)
    order = np.lexsort((rows, relations, objects, subjects))
    columns = (subjects[order], objects[order], relations[order])
    opens = np.zeros(len(rows), np.bool_)
    opens[:1] = True
    for column in columns:
        opens[1:] |= column[1:] != column[:-1]
    begins = np.flatnonzero(opens)
    sizes = np.diff(np.append(begins, len(rows)))
    appear = np.argsort(rows[order][begins], kind="stable")
    at = np.repeat(begins[appear], sizes[appear])
    inside = np.arange(len(rows)) - np.repeat(np.cumsum(sizes[appear]) - sizes[appear], sizes[appear])
    firsts = begins[appear]
    return Bags(
        columns[0][firsts],
        columns[1][firsts],
        table.relations[rows[order][firsts]],
        np.append(0, np.cumsum(sizes[appear])).astype(np.int64),
        rows[order][at + inside],
    )
