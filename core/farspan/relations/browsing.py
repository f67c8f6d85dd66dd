"""The relations of a project as a person looks at them: pairs and bags as columns, a sentence at a time, verdicts, estimates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from farspan.model import LongArray, Triple
from farspan.relations.facts import WAYS
from farspan.relations.table import REASONS, SOURCES
from farspan.relations.verdicts import STATUS, JudgedRun, RelationEstimates, number_of
from farspan.store.project import Project
from farspan.store.tokens import token_columns

__all__ = ["STATUS", "ProjectRelations", "RelationEstimates", "ShownPair"]


@dataclass(frozen=True, slots=True)
class ShownPair:
    """One pair as a screen shows it: its sentences, and where the two mentions stand in them, in code points of `text`."""

    row: int
    document: int
    name: str
    text: str
    start: int
    subject: tuple[int, int]
    object: tuple[int, int]
    subject_id: str
    object_id: str
    relation: str
    distance: int
    reason: str
    source: str
    way: str
    verdict: str


class ProjectRelations(JudgedRun):
    """The newest relation run of a project (or the one numbered `run`), read once; rows count its pairs in text order."""

    def __init__(self, project: Project, run: int | None = None, seed: int = 0) -> None:
        super().__init__(project, run, seed)
        self._bounds: dict[int, LongArray] = {}

    def rows(
        self,
        *,
        relation: str | None = None,
        types: tuple[str, str] | None = None,
        status: str | None = None,
        reason: str | None = "",
        max_distance: int | None = None,
    ) -> LongArray:
        """The pairs that fit: of a relation, a pair of labels, a STATUS, a reason ("": kept; None: any), a distance."""
        columns = self.columns
        fits = np.ones(len(columns), np.bool_)
        if relation is not None:
            fits &= columns.relations == number_of(relation, self.run.names)
        if types is not None:
            subject, object_ = (number_of(label, self.run.labels) for label in types)
            fits &= (columns.subject_labels == subject) & (columns.object_labels == object_)
        if status is not None:
            fits &= self._status == STATUS.index(status)
        if reason is not None:
            fits &= columns.reasons == REASONS.index(reason)
        if max_distance is not None:
            fits &= columns.distances <= max_distance
        return np.flatnonzero(fits)

    def facets(self) -> dict[str, Counter[str]]:
        """How many pairs have each relation, pair of labels, status, source and reason; the first three of what is kept."""
        columns = self.columns
        kept = np.flatnonzero(columns.reasons == 0)
        names = self.run.labels
        types = columns.subject_labels[kept].astype(np.int64) * len(names) + columns.object_labels[kept]
        return {
            "relation": _counted(columns.relations[kept], self.run.names),
            "types": _counted(types, [f"{one} - {other}" for one in names for other in names]),
            "status": _counted(self._status[kept], STATUS),
            "source": _counted(columns.sources[kept], SOURCES),
            "reason": _counted(columns.reasons, REASONS),
        }

    def shown(self, row: int) -> ShownPair:
        """One pair with its sentences, read from the project when it is asked for."""
        columns, document = self.columns, int(self.documents[row])
        subject = int(columns.subject_starts[row]), int(columns.subject_ends[row])
        object_ = int(columns.object_starts[row]), int(columns.object_ends[row])
        start, end = self._sentences(document, min(subject[0], object_[0]), max(subject[1], object_[1]))
        return ShownPair(
            row,
            document,
            self._names[document],
            self._project.documents.text(document)[start:end],
            start,
            (subject[0] - start, subject[1] - start),
            (object_[0] - start, object_[1] - start),
            self.entities[columns.subject_ids[row]],
            self.entities[columns.object_ids[row]],
            self.run.names[columns.relations[row]],
            int(columns.distances[row]),
            REASONS[columns.reasons[row]],
            SOURCES[columns.sources[row]],
            WAYS[columns.ways[row]],
            STATUS[self._status[row]],
        )

    def triple(self, row: int) -> Triple | None:
        """The triple behind a pair; None for negatives and connectives."""
        number, triples = int(self.columns.triples[row]), self._project.relations.plan(self.run.plan).triples
        if number < 0 or triples is None:
            return None
        return self._project.relations.triple(triples, number)

    def _sentences(self, document: int, start: int, end: int) -> tuple[int, int]:
        """The characters of the sentences that hold `[start, end)`."""
        if document not in self._bounds:
            self._bounds[document] = self._sentence_bounds(document)
        bounds = self._bounds[document]
        first = max(int(np.searchsorted(bounds[0], start, "right")) - 1, 0)
        last = min(int(np.searchsorted(bounds[1], end, "left")), bounds.shape[1] - 1)
        return min(int(bounds[0, first]), start), max(int(bounds[1, last]), end)

    def _sentence_bounds(self, document: int) -> LongArray:
        """int64[2, s]: where each sentence begins and ends."""
        query = "SELECT text_id FROM document WHERE id = ?"
        with self._project.database.reading() as connection:
            text_id = connection.exec_driver_sql(query, (document,)).scalar_one()
            tokens = token_columns(connection, str(self.run.report.get("tokenizer", "")), text_id)
        if tokens is None or not len(tokens[0]):
            return np.array([[0], [len(self._project.documents.text(document))]])
        _, starts, ends, sentences = tokens
        lasts = np.append(sentences[1:], len(starts)) - 1
        return np.stack([starts[sentences], ends[lasts]]).astype(np.int64)


def _counted(numbers: npt.NDArray[np.integer], names: Sequence[str]) -> Counter[str]:
    counts = np.bincount(numbers, minlength=len(names))
    return Counter({name: int(count) for name, count in zip(names, counts, strict=False) if count})
