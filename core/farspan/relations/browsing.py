"""The relations of a project as a person looks at them: pairs and bags as columns, a sentence at a time, verdicts, estimates.

Whoever judges for an estimate takes pairs from a queue, whose order is drawn once by the seed and the pair itself: what is judged
of it is a random sample however far it gets, and it stays one when the relations are found again under other rules. Three queues:

* ``sentence``: is what the sentence says this relation? Their share of right ones is the sentence precision.
* ``bag``: bags in random order, the sentences of each until one supports it: the share of bags that any does is the bag
  precision, which is at least as high.
* ``negative``: does this pair really stand in no relation? The share of wrong ones is that of false negatives.

A verdict given outside a queue shows, and counts for none of these.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from farspan.errors import ProjectError
from farspan.model import LongArray, Triple
from farspan.noise.intervals import NOTHING, Estimate, proportion
from farspan.relations.bags import Bags, bags_of
from farspan.relations.facts import WAYS
from farspan.relations.project import tables_of
from farspan.relations.table import NEGATIVE, REASONS, SOURCES
from farspan.store.history import Operation
from farspan.store.project import Project
from farspan.store.relation_work import Purpose, RelationJudgement
from farspan.store.tokens import token_columns
from farspan.store.work import Verdict

STATUS = ("", "right", "wrong", "unsure")
"""What became of a pair before a person: nothing yet, or the verdict."""


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


@dataclass(frozen=True, slots=True)
class RelationEstimates:
    """What the judgements of the queues say, by relation and, under "", over all; no entry without a judgement behind it.

    sentences, bags: shares of right ones. false_negatives: the share of negatives that do stand in a relation.
    """

    sentences: Mapping[str, Estimate]
    bags: Mapping[str, Estimate]
    false_negatives: Estimate


class ProjectRelations:
    """The newest relation run of a project (or the one numbered `run`), read once; rows count its pairs in text order."""

    def __init__(self, project: Project, run: int | None = None, seed: int = 0) -> None:
        stored = project.relations.latest() if run is None else project.relations.get(run)
        if stored is None:
            raise ProjectError("the project has no relations yet", remedy="find them with `farspan relate --project P --kb KB`")
        self._project = project
        self._seed = seed
        self.run = stored
        self.columns = project.relations.load(stored.id)
        self.entities = project.relations.entities(stored.id)
        self.documents = self.columns.document_of()
        self._names = {document.id: document.name for document in project.documents.all()}
        self._bounds: dict[int, LongArray] = {}
        self._queues: dict[tuple[Purpose, str | None], LongArray] = {}
        self.refresh()

    def __len__(self) -> int:
        return len(self.columns)

    # Looking

    @cached_property
    def bags(self) -> Bags:
        """The pairs that are kept, negatives too, by subject, object and relation."""
        return bags_of(tables_of(self.columns, self.run.names))

    @property
    def status(self) -> npt.NDArray[np.uint8]:
        """uint8[n] into STATUS."""
        return self._status

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
            fits &= columns.relations == self._number(self.run.names, relation)
        if types is not None:
            subject, object_ = (self._number(self.run.labels, label) for label in types)
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

    # Judging

    def refresh(self) -> None:
        """Read the judgements again, after one was made, undone or done again."""
        rows: dict[tuple[object, ...], list[RelationJudgement]] = {}
        for one in self._project.relations.judgements():
            if one.attached:
                rows.setdefault(one.key, []).append(one)
        self._status = np.zeros(len(self.columns), np.uint8)
        self._judged: dict[int, list[RelationJudgement]] = {}
        wanted = list({found[0].document for found in rows.values()})
        for row in np.flatnonzero(np.isin(self.documents, wanted)).tolist():
            found = rows.get(self._key(row))
            if found is not None:
                self._judged[row] = found
                self._status[row] = STATUS.index(found[-1].verdict)

    def judge(
        self,
        row: int,
        verdict: Verdict,
        *,
        right_relation: str | None = None,
        purpose: Purpose = "",
        judge: str = "",
        note: str = "",
    ) -> Operation | None:
        """Say whether a pair is what it is said to be: an action. The verdict from the same queue that was there is replaced."""
        return self.judge_all([row], verdict, right_relation=right_relation, purpose=purpose, judge=judge, note=note)

    def judge_all(
        self,
        rows: Sequence[int],
        verdict: Verdict,
        *,
        right_relation: str | None = None,
        purpose: Purpose = "",
        judge: str = "",
        note: str = "",
    ) -> Operation | None:
        """`judge` of many pairs, as one action."""
        made, before = [], []
        for row in rows:
            document, ss, se, os, oe, subject_id, object_id, relation = self._key(row)
            ids = (subject_id, object_id, relation)
            made.append(RelationJudgement(document, (ss, se), (os, oe), *ids, verdict, right_relation, purpose, judge, note))
            before += [one.id for one in self._judged.get(row, ()) if one.purpose == purpose]
        operation = self._project.relations.judge(made, withdraw=before)
        self.refresh()
        return operation

    def judged(self, row: int) -> RelationJudgement | None:
        """The newest verdict on a pair that stands."""
        return self._judged[row][-1] if row in self._judged else None

    def queue(self, purpose: Purpose, relation: str | None = None) -> LongArray:
        """The pairs of a queue in the order to judge them, judged ones too; drawn when it is first asked for."""
        if (purpose, relation) not in self._queues:
            self._queues[purpose, relation] = self._draw(purpose, relation)
        return self._queues[purpose, relation]

    def _draw(self, purpose: Purpose, relation: str | None) -> LongArray:
        chosen = self.rows(relation=relation)
        is_negative = self.columns.relations[chosen] == self._number(self.run.names, NEGATIVE)
        chosen = chosen[is_negative if purpose == "negative" else ~is_negative]
        lots = [self._lot(purpose, row) for row in chosen.tolist()]
        order: LongArray = chosen[np.array(sorted(range(len(chosen)), key=lots.__getitem__), np.int64)]
        return order

    def next(self, purpose: Purpose, relation: str | None = None, but: Container[int] = ()) -> int | None:
        """The next pair of a queue that has no verdict from it; for ``bag`` a bag ends with the first sentence that is right.

        but: pairs that are left for later.
        """
        settled = self._bag_verdicts() if purpose == "bag" else {}
        bag_of = self.bags.bag_of_rows(len(self))
        for row in self.queue(purpose, relation).tolist():
            if settled.get(int(bag_of[row])) is None and self.judged_in(row, purpose) is None and row not in but:
                return int(row)
        return None

    def done(self, purpose: Purpose, relation: str | None = None) -> int:
        """How many pairs of a queue have a verdict from it."""
        return sum(
            self.judged_in(row, purpose) is not None for row in self.queue(purpose, relation).tolist() if row in self._judged
        )

    def judged_in(self, row: int, purpose: Purpose) -> RelationJudgement | None:
        """The verdict on a pair from one queue."""
        return next((one for one in self._judged.get(row, ()) if one.purpose == purpose), None)

    def estimates(self) -> RelationEstimates:
        """What the judgements of the three queues say."""
        sentences = self._shares("sentence")
        bags: dict[str, list[bool]] = {}
        for bag, verdict in self._bag_verdicts().items():
            if verdict is not None:
                for name in ("", self.run.names[self.bags.relations[bag]]):
                    bags.setdefault(name, []).append(verdict)
        wrong = [not right for right in self._verdicts("negative", NEGATIVE)]
        return RelationEstimates(
            sentences,
            {name: proportion(sum(found), len(found)) for name, found in sorted(bags.items())},
            proportion(sum(wrong), len(wrong)) if wrong else NOTHING,
        )

    def _shares(self, purpose: Purpose) -> dict[str, Estimate]:
        found: dict[str, Estimate] = {}
        for name in ("", *self.run.names):
            verdicts = self._verdicts(purpose, name or None)
            if verdicts:
                found[name] = proportion(sum(verdicts), len(verdicts))
        return found

    def _verdicts(self, purpose: Purpose, relation: str | None) -> list[bool]:
        """Whether each pair judged in a queue is right; unsure ones say nothing, nor do those that are left out by now."""
        return [
            one.verdict == "right"
            for row in self._judged
            if (one := self.judged_in(row, purpose)) is not None
            and one.verdict != "unsure"
            and relation in {None, one.relation}
            and self.columns.reasons[row] == 0
        ]

    def _bag_verdicts(self) -> dict[int, bool | None]:
        """Of each bag that was begun: whether a sentence supports it; None while that is open, or where one is unsure."""
        bag_of = self.bags.bag_of_rows(len(self))
        verdicts: dict[int, list[str]] = {}
        for row in self._judged:
            one = self.judged_in(row, "bag")
            if one is not None and bag_of[row] >= 0:
                verdicts.setdefault(int(bag_of[row]), []).append(one.verdict)
        sizes = self.bags.sizes
        return {
            bag: True if "right" in said else False if said.count("wrong") == sizes[bag] else None
            for bag, said in verdicts.items()
        }

    def _lot(self, purpose: Purpose, row: int) -> tuple[bytes, bytes]:
        """The place of a pair in a queue: drawn for its bag and within it, or for itself."""
        _, ss, se, os, oe, subject_id, object_id, relation = self._key(row)
        place = f"{self._names[int(self.documents[row])]}\x1f{ss}\x1f{se}\x1f{os}\x1f{oe}"
        bag = f"{subject_id}\x1f{object_id}\x1f{relation}"
        own = _drawn(f"{self._seed}\x1f{purpose}\x1f{place}\x1f{bag}")
        return (_drawn(f"{self._seed}\x1f{bag}"), own) if purpose == "bag" else (own, b"")

    def _key(self, row: int) -> tuple[int, int, int, int, int, str, str, str]:
        columns = self.columns
        return (
            int(self.documents[row]),
            int(columns.subject_starts[row]),
            int(columns.subject_ends[row]),
            int(columns.object_starts[row]),
            int(columns.object_ends[row]),
            self.entities[columns.subject_ids[row]],
            self.entities[columns.object_ids[row]],
            self.run.names[columns.relations[row]],
        )

    @staticmethod
    def _number(names: Sequence[str], name: str) -> int:
        return list(names).index(name) if name in names else -1


def _drawn(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _counted(numbers: npt.NDArray[np.integer], names: Sequence[str]) -> Counter[str]:
    counts = np.bincount(numbers, minlength=len(names))
    return Counter({name: int(count) for name, count in zip(names, counts, strict=False) if count})
