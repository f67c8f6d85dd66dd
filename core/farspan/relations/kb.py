"""A knowledge base in memory: entities, relations and sources interned, triples as columns of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import numpy as np

from farspan.job import SILENT, Job
from farspan.model import IntArray, Triple
from farspan.sources.rows import RowProblem
from farspan.text.vocabulary import Vocabulary

BATCH: Final = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class KnowledgeBase:
    """Triples as columns, in the order in which they were read; nothing is merged.

    entities, relations, types, sources: what the numbers mean; entities grow as texts are linked. subjects, relation_ids,
    objects, subject_types, object_types, source_ids: int32[t]. name: what it is called. problems: rows that were left out.
    """

    entities: Vocabulary
    relations: Vocabulary
    types: Vocabulary
    sources: Vocabulary
    subjects: IntArray
    relation_ids: IntArray
    objects: IntArray
    subject_types: IntArray
    object_types: IntArray
    source_ids: IntArray
    name: str = ""
    problems: Sequence[RowProblem] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.subjects)

    def triple(self, row: int) -> Triple:
        """The triple numbered `row`."""
        return Triple(
            self.entities[self.subjects[row]],
            self.relations[self.relation_ids[row]],
            self.entities[self.objects[row]],
            self.types[self.subject_types[row]],
            self.types[self.object_types[row]],
            self.sources[self.source_ids[row]],
        )

    def triples(self) -> Iterator[Triple]:
        """All triples in order."""
        return map(self.triple, range(len(self)))


def knowledge_base(triples: Iterable[Triple], name: str = "", job: Job = SILENT) -> KnowledgeBase:
    """The knowledge base of `triples`, which are taken in one by one."""
    vocabularies = [Vocabulary() for _ in range(4)]
    entities, relations, types, sources = vocabularies
    columns: list[list[IntArray]] = [[] for _ in range(6)]
    remaining, done = iter(triples), 0
    while batch := list(islice(remaining, BATCH)):
        columns[0].append(entities.intern([triple.subject for triple in batch]))
        columns[1].append(relations.intern([triple.relation for triple in batch]))
        columns[2].append(entities.intern([triple.object for triple in batch]))
        columns[3].append(types.intern([triple.subject_type for triple in batch]))
        columns[4].append(types.intern([triple.object_type for triple in batch]))
        columns[5].append(sources.intern([triple.source for triple in batch]))
        done += len(batch)
        job.progress(done, None, "reading triples")
    nothing = [np.empty(0, np.int32)]
    subjects, relation_ids, objects, *others = (np.concatenate(parts or nothing) for parts in columns)
    subject_types, object_types, source_ids = others
    return KnowledgeBase(
        entities, relations, types, sources, subjects, relation_ids, objects, subject_types, object_types, source_ids, name
    )
