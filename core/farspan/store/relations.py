"""The relations of a project: knowledge bases, plans, what a plan found, and what people say of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

import numpy as np
import orjson

from farspan.errors import InputError, ProjectError
from farspan.job import SILENT, Job
from farspan.model import Relation, Span, Triple
from farspan.store import schema
from farspan.store.database import Database, now
from farspan.store.history import History, Operation
from farspan.store.packing import pack_strings, unpack_strings
from farspan.store.pairs import SOURCES, PairColumns, read_pairs, write_pairs
from farspan.store.relation_work import COLUMNS, Purpose, RelationJudgement, judgement_of, judgement_row
from farspan.store.rules import set_value
from farspan.store.triples import PART, keep_triples, read_part, read_triples
from farspan.store.work import Verdict, anchored_rows

IN_FORCE: Final = "relation_plan"
"""The setting that holds the number of the plan in force."""

_REMEMBERED: Final = 4

Names = tuple[Sequence[str], Sequence[str], Sequence[str]]
"""Relations, labels and entities, in the order of their numbers."""


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan as the project keeps it: number, knowledge base (None: connectives alone) and plain values."""

    id: int
    triples: int | None
    plan: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredTriples:
    """A knowledge base as the project lists it."""

    id: int
    name: str
    triples: int


@dataclass(frozen=True, slots=True)
class StoredRelationRun:
    """A relation run as the project lists it. names, labels: what the numbers in its columns mean."""

    id: int
    plan: int
    run: int | None
    kept: int
    names: Sequence[str]
    labels: Sequence[str]
    report: Mapping[str, Any]
    made_at: str


class Relations:
    """The room of the relations. Plans and judgements are actions that can be undone; runs can be made again."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history
        self._parts: dict[tuple[int, int], list[Triple]] = {}

    # Knowledge bases and plans

    def put_in_force(
        self, plan: Mapping[str, Any], triples: Iterable[Triple] | int | None, name: str = "", *, job: Job = SILENT
    ) -> StoredPlan:
        """Let `plan` count from now on. triples: those of its knowledge base, its number if it is there, None for none."""
        with self._history.action("set_relation_plan", f"Relations by {name or 'the same triples'}") as action:
            number = (
                triples if triples is None or isinstance(triples, int) else keep_triples(action.connection, triples, name, job)
            )
            text = orjson.dumps(dict(plan), option=orjson.OPT_SORT_KEYS).decode()
            sha256 = hashlib.sha256(f"{number}\n{text}".encode()).hexdigest()
            known = action.connection.exec_driver_sql("SELECT id FROM relation_plan WHERE sha256 = ?", (sha256,)).scalar()
            if known is None:
                row = {"sha256": sha256, "list_id": number, "plan": text, "made_at": now()}
                known = action.insert(schema.relation_plan, [row])[0]
            set_value(action, IN_FORCE, int(known))
        return self.plan(int(known))

    def in_force(self) -> StoredPlan | None:
        """The plan that counts now; None before the first."""
        with self._database.reading() as connection:
            value = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (IN_FORCE,)).scalar()
        return None if value is None else self.plan(int(value))

    def plan(self, number: int) -> StoredPlan:
        """The plan with this number. Raises ProjectError if there is none."""
        with self._database.reading() as connection:
            row = connection.exec_driver_sql("SELECT list_id, plan FROM relation_plan WHERE id = ?", (number,)).first()
        if row is None:
            raise ProjectError(f"no relation plan has the number {number}", where=self._database.where)
        return StoredPlan(number, row[0], orjson.loads(row[1]))

    def triple_lists(self) -> list[StoredTriples]:
        """The knowledge bases there are."""
        with self._database.reading() as connection:
            return [
                StoredTriples(*row) for row in connection.exec_driver_sql("SELECT id, name, triples FROM triple_list ORDER BY id")
            ]

    def triples(self, number: int) -> Iterator[Triple]:
        """The triples of a knowledge base in order."""
        with self._database.reading() as connection:
            yield from read_triples(connection, number)

    def triple(self, number: int, row: int) -> Triple:
        """One triple of a knowledge base, by its row. A few parts stay unpacked, for looking at one after the other."""
        key = number, row - row % PART
        if key not in self._parts:
            with self._database.reading() as connection:
                self._parts[key] = read_part(connection, *key)
            if len(self._parts) > _REMEMBERED:
                del self._parts[next(iter(self._parts))]
        return self._parts[key][row % PART]

    # Runs

    def save(
        self,
        plan: int,
        run: int | None,
        batches: Iterable[PairColumns],
        *,
        names: Callable[[], Names],
        report: Callable[[], Mapping[str, Any]] = dict,
        job: Job = SILENT,
    ) -> StoredRelationRun:
        """Store a relation run, a transaction a batch; it shows when the last one is there.

        run: the run whose spans are the mentions. names: gives relations, labels and entities once all batches are there.
        """
        with self._database.writing() as connection:
            query = (
                "INSERT INTO relation_run (plan_id, run_id, state, kept, names, entities, report, made_at)"
                " VALUES (?, ?, 'partial', 0, '{}', x'', '{}', ?)"
            )
            number = int(connection.exec_driver_sql(query, (plan, run, now())).lastrowid)
        try:
            self._fill(number, batches, job)
            self._complete(number, names(), report())
        except BaseException:
            self.remove(number)
            raise
        return self.get(number)

    def _fill(self, number: int, batches: Iterable[PairColumns], job: Job) -> None:
        done = 0
        for columns in batches:
            with self._database.writing() as connection:
                write_pairs(connection, number, columns)
            done += len(columns)
            job.progress(done, None, "storing relations")

    def _complete(
        self, number: int, names: tuple[Sequence[str], Sequence[str], Sequence[str]], report: Mapping[str, Any]
    ) -> None:
        relations, labels, entities = names
        with self._database.writing() as connection:
            query = "UPDATE relation_run SET state = 'complete', kept = ?, names = ?, entities = ?, report = ? WHERE id = ?"
            described = orjson.dumps({"relations": list(relations), "labels": list(labels)}).decode()
            said = orjson.dumps(dict(report), option=orjson.OPT_SORT_KEYS).decode()
            kept = int(report.get("relations", 0))
            connection.exec_driver_sql(query, (kept, described, pack_strings(entities), said, number))

    def remove(self, number: int) -> None:
        """Delete a relation run and its pairs."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM relation_run WHERE id = ?", (number,))

    def forget_partial(self) -> None:
        """Remove what a killed process left of a relation run."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM relation_run WHERE state = 'partial'")

    def all(self) -> list[StoredRelationRun]:
        """The complete relation runs, the oldest first."""
        return self._runs("", ())

    def get(self, number: int) -> StoredRelationRun:
        """The relation run with this number. Raises ProjectError if there is none."""
        found = self._runs("AND id = ?", (number,))
        if not found:
            raise ProjectError(f"no relation run has the number {number}", where=self._database.where)
        return found[0]

    def latest(self) -> StoredRelationRun | None:
        """The newest relation run; None before the first."""
        found = self.all()
        return found[-1] if found else None

    def _runs(self, where: str, values: tuple[Any, ...]) -> list[StoredRelationRun]:
        columns = "id, plan_id, run_id, kept, names, report, made_at"
        query = f"SELECT {columns} FROM relation_run WHERE state = 'complete' {where} ORDER BY id"  # noqa: S608
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(query, values).all()
        found = []
        for row in rows:
            names = orjson.loads(row.names)
            numbers = (row.id, row.plan_id, row.run_id, row.kept)
            found.append(StoredRelationRun(*numbers, names["relations"], names["labels"], orjson.loads(row.report), row.made_at))
        return found

    def entities(self, number: int) -> list[str]:
        """The ids of the entities that the columns of a relation run number."""
        with self._database.reading() as connection:
            data = connection.exec_driver_sql("SELECT entities FROM relation_run WHERE id = ?", (number,)).scalar_one()
        return unpack_strings(data)

    def load(self, number: int, documents: Sequence[int] | None = None) -> PairColumns:
        """The pairs of a relation run: of all documents of the project in order, or of `documents`."""
        query = (
            'SELECT b.document_id, b."count", b.data FROM relation_blob b JOIN document d ON d.id = b.document_id'
            " WHERE b.run_id = ? AND d.removed = 0 AND b.text_id = d.text_id"
        )
        with self._database.reading() as connection:
            if documents is None:
                rows = connection.exec_driver_sql(f"{query} ORDER BY d.position, d.id", (number,)).all()
            else:
                rows = [
                    row for one in documents for row in connection.exec_driver_sql(f"{query} AND d.id = ?", (number, one)).all()
                ]
        return read_pairs(rows)

    def found_with(self, run: int) -> FoundRelations | None:
        """What the plan in force found in its newest relation run over the spans of `run`; None if there is none."""
        plan = self.in_force()
        stored = [one for one in self.all() if one.run == run and plan is not None and one.plan == plan.id]
        return FoundRelations(self, stored[-1]) if stored else None

    # Judgements

    def judge(self, judgements: Sequence[RelationJudgement], *, withdraw: Sequence[int] = ()) -> Operation | None:
        """Add verdicts and take those back that they replace, as one action. Raises InputError for a place outside its text."""
        for judgement in judgements:
            if judgement.verdict not in get_args(Verdict) or judgement.purpose not in get_args(Purpose):
                raise InputError(f"no verdict is called {judgement.verdict!r}", remedy="choose right, wrong or unsure")
        count = len(judgements)
        with self._history.action("judge_relation", f"Judgement of {count:,} relation{'' if count == 1 else 's'}") as action:
            action.update(schema.relation_judgement, ["withdrawn"], [(number, 1) for number in withdraw])
            made_at = now()
            rows = anchored_rows(action.connection, judgements, lambda item: judgement_row(item, made_at))
            action.insert(schema.relation_judgement, rows)
        return action.operation

    def judgements(self, document: int | None = None) -> list[RelationJudgement]:
        """The verdicts that stand, of each relation and queue the newest; in the order in which they were made."""
        where = "document_id IN (SELECT id FROM document WHERE removed = 0)" if document is None else "document_id = ?"
        query = f"SELECT {COLUMNS} FROM relation_judgement WHERE withdrawn = 0 AND {where} ORDER BY id"  # noqa: S608
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(query, () if document is None else (document,)).all()
        newest = {(judgement.key, judgement.purpose): judgement for judgement in map(judgement_of, rows)}
        return sorted(newest.values(), key=lambda item: item.id)


class FoundRelations:
    """The relations of one run, to be put between spans again. Keeps the names of entities while it lives."""

    def __init__(self, room: Relations, stored: StoredRelationRun) -> None:
        self._room = room
        self._stored = stored
        self._entities = room.entities(stored.id)

    def between(self, spans: Sequence[Span], document: int) -> list[Relation]:
        """The relations in `document`, after the judgements, between those of `spans` that are still there.

        One that was judged wrong is left out, or stands as the relation that is right.
        """
        columns = self._room.load(self._stored.id, [document])
        index = {(span.start, span.end): position for position, span in reversed(list(enumerate(spans)))}
        verdicts = {judgement.key: judgement for judgement in self._room.judgements(document) if judgement.attached}
        found = []
        for row in np.flatnonzero(columns.reasons == 0).tolist():
            subject = int(columns.subject_starts[row]), int(columns.subject_ends[row])
            object_ = int(columns.object_starts[row]), int(columns.object_ends[row])
            ids = self._entities[columns.subject_ids[row]], self._entities[columns.object_ids[row]]
            name = self._stored.names[columns.relations[row]]
            judged = verdicts.get((document, *subject, *object_, *ids, name))
            if judged is not None and judged.verdict == "wrong":
                name = judged.right_relation or ""
            if name and subject in index and object_ in index:
                found.append(Relation(name, index[subject], index[object_], *ids, SOURCES[columns.sources[row]]))
        return found
