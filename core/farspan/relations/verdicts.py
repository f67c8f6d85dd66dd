"""A relation run and what people said of its pairs: verdicts, the queues to judge, what follows from them.

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
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from farspan.errors import ProjectError
from farspan.model import LongArray
from farspan.noise.intervals import NOTHING, Estimate, proportion
from farspan.relations.bags import Bags, bags_of
from farspan.relations.project import tables_of
from farspan.relations.table import NEGATIVE
from farspan.store.history import Operation
from farspan.store.project import Project
from farspan.store.relation_work import Purpose, RelationJudgement
from farspan.store.work import Verdict

STATUS = ("", "right", "wrong", "unsure")
"""What became of a pair before a person: nothing yet, or the verdict."""


@dataclass(frozen=True, slots=True)
class RelationEstimates:
    """What the judgements of the queues say, by relation and, under "", over all; no entry without a judgement behind it.

    sentences, bags: shares of right ones. false_negatives: the share of negatives that do stand in a relation.
    """

    sentences: Mapping[str, Estimate]
    bags: Mapping[str, Estimate]
    false_negatives: Estimate


class JudgedRun:
    """The newest relation run of a project (or the one numbered `run`), read once, with its verdicts; rows count its pairs.

    Raises ProjectError where there is none.
    """

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
        self._queues: dict[tuple[Purpose, str | None], LongArray] = {}
        self.refresh()

    def __len__(self) -> int:
        return len(self.columns)

    @cached_property
    def bags(self) -> Bags:
        """The pairs that are kept, negatives too, by subject, object and relation."""
        return bags_of(tables_of(self.columns, self.run.names))

    @property
    def status(self) -> npt.NDArray[np.uint8]:
        """uint8[n] into STATUS."""
        return self._status

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
        numbers = self.columns.relations
        fits = (self.columns.reasons == 0) & ((numbers == number_of(NEGATIVE, self.run.names)) == (purpose == "negative"))
        if relation is not None:
            fits &= numbers == number_of(relation, self.run.names)
        chosen = np.flatnonzero(fits)
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


def number_of(name: str, names: Sequence[str]) -> int:
    """The place of `name` among `names`; -1 if it is none of them."""
    return list(names).index(name) if name in names else -1


def _drawn(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
