"""The runs of a project: written batch by batch, never rewritten, read whole, by document or by page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import orjson
from sqlalchemy import Connection

from farspan.errors import ProjectError
from farspan.job import SILENT, Job
from farspan.model import IntArray, LongArray
from farspan.store.columns import CANDIDATE_TYPES, DECISION_TYPES, EXTENT_TYPES, LAST_SPAN_STATUS, RunColumns
from farspan.store.database import Database, now
from farspan.store.name_counts import NameCounts, read_counts
from farspan.store.packing import pack_columns, unpack_columns
from farspan.store.rules import read_rules

_REMEMBERED: Final = 8
"""Documents whose candidates stay unpacked, for paging back and forth."""


@dataclass(frozen=True, slots=True)
class RunSource:
    """A source as it was when a run was made. own_labels: whether the labels of its names counted before `label`."""

    id: int
    name: str
    label: str
    own_labels: bool


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as the project lists it."""

    id: int
    rule_set_id: int
    tokenizer: str
    sources: Sequence[RunSource]
    candidates: int
    kept: int
    report: Mapping[str, Any]
    made_at: str


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """The place of a candidate in the order of pages: the document's position and number, then the candidate's number in it."""

    position: int
    document: int
    candidate: int


@dataclass(frozen=True, slots=True)
class Page:
    """Candidates that follow one another.

    columns: a document each, and before it the number of its first candidate here; next: where to go on, None at the end.
    """

    columns: Sequence[tuple[int, RunColumns]]
    next: Key | None

    def __len__(self) -> int:
        return sum(len(part) for _first, part in self.columns)


class Runs:
    """The room of the runs. A run is machine output: it can be made again, so it is no action to be undone."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._unpacked: OrderedDict[tuple[int, int], RunColumns] = OrderedDict()

    def save(
        self,
        rule_set: int,
        tokenizer: str,
        sources: Sequence[int],
        batches: Iterable[RunColumns],
        *,
        report: Callable[[], Mapping[str, Any]] = dict,
        job: Job = SILENT,
    ) -> StoredRun:
        """Store a run of the rule set numbered `rule_set`, a transaction a batch; it shows when the last one is there.

        tokenizer: whose tokens the ranges count, as given to `Texts.save_tokens`. sources: their numbers in the order of the run.
        A document comes in one batch. report: gives counts, seconds, versions; asked when all batches are there.
        """
        with self._database.writing() as connection:
            described = [asdict(source) for source in _described(connection, rule_set, sources)]
            values = (rule_set, tokenizer, orjson.dumps(described).decode(), now())
            number = int(connection.exec_driver_sql(_INSERT_RUN, values).lastrowid)
        try:
            self._fill(number, sources, batches, job)
            self._complete(number, report())
        except BaseException:
            self.remove(number)
            raise
        return self.get(number)

    def _fill(self, number: int, sources: Sequence[int], batches: Iterable[RunColumns], job: Job) -> None:
        done = 0
        stats = {source: NameCounts() for source in sources}
        for columns in batches:
            with self._database.writing() as connection:
                _write(connection, number, sources, columns)
            for source, counts in stats.items():
                counts.add(columns, source)
            done += len(columns)
            job.progress(done, None, "storing the run")
        with self._database.writing() as connection:
            rows = [(number, source, *counts.row()) for source, counts in stats.items()]
            if rows:
                connection.exec_driver_sql(_INSERT_STATS, rows)

    def _complete(self, number: int, report: Mapping[str, Any]) -> None:
        with self._database.writing() as connection:
            counts = (
                'SELECT ifnull(sum(c."count"), 0), ifnull(sum(d.kept), 0) FROM candidate_blob c'
                " JOIN decision_blob d ON d.id = c.id WHERE c.run_id = ?"
            )
            candidates, kept = connection.exec_driver_sql(counts, (number,)).one()
            text = orjson.dumps(dict(report), option=orjson.OPT_SORT_KEYS).decode()
            # Its time is that of its end: whatever texts it saw were there before.
            query = "UPDATE run SET state = 'complete', candidates = ?, kept = ?, report = ?, made_at = ? WHERE id = ?"
            connection.exec_driver_sql(query, (candidates, kept, text, now(), number))

    def all(self) -> list[StoredRun]:
        """The complete runs, the oldest first."""
        with self._database.reading() as connection:
            return _runs(connection, "", ())

    def get(self, number: int) -> StoredRun:
        """The run with this number. Raises ProjectError if there is none."""
        with self._database.reading() as connection:
            found = _runs(connection, "AND id = ?", (number,))
        if not found:
            remedy = "`farspan project info` lists the runs"
            raise ProjectError(f"no run has the number {number}", where=self._database.where, remedy=remedy)
        return found[0]

    def latest(self) -> StoredRun | None:
        """The newest run; None before the first."""
        found = self.all()
        return found[-1] if found else None

    def remove(self, number: int) -> None:
        """Delete a run and its candidates."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM run WHERE id = ?", (number,))

    def forget_partial(self) -> None:
        """Remove what a killed process left of a run."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM run WHERE state = 'partial'")

    def load(self, number: int, documents: Sequence[int] | None = None) -> RunColumns:
        """The columns of a run: of all documents that have candidates, in order, or of `documents`."""
        self.get(number)
        with self._database.reading() as connection:
            if documents is None:
                return _read(connection, number)
            return RunColumns.together([_read_one(connection, number, document) for document in documents])

    def page(self, number: int, after: Key | None = None, limit: int = 200) -> Page:
        """Up to `limit` candidates of a run in the order of the text, from where the page before said `next`."""
        key = after or Key(-1, -1, 0)
        parts: list[tuple[int, RunColumns]] = []
        with self._database.reading() as connection:
            while limit > 0:
                found = _document_at(connection, number, key)
                if found is None:
                    return Page(parts, None)
                position, document = found
                begin = key.candidate if document == key.document else 0
                columns = self._columns(connection, number, document)
                part = columns.rows(begin, min(len(columns), begin + limit))
                parts += [(begin, part)] if len(part) else []
                limit -= len(part)
                key = Key(position, document, begin + len(part))
            return Page(parts, key)

    def candidates_of(self, number: int, document: int) -> RunColumns:
        """The candidates of one document."""
        with self._database.reading() as connection:
            return self._columns(connection, number, document)

    def counts(self, number: int) -> dict[int, tuple[int, int, int, int, int]]:
        """Of each source in the run: names that matched, candidates, kept, lost, blocked."""
        query = "SELECT source_id, matched, candidates, kept, lost, blocked FROM name_stat WHERE run_id = ?"
        with self._database.reading() as connection:
            return {row[0]: (row[1], row[2], row[3], row[4], row[5]) for row in connection.exec_driver_sql(query, (number,))}

    def name_counts(self, number: int, source: int) -> tuple[IntArray, IntArray, IntArray]:
        """Names of `source` that have a candidate in the run, their candidates, how many of these are kept."""
        query = "SELECT data, matched FROM name_stat WHERE run_id = ? AND source_id = ?"
        with self._database.reading() as connection:
            row = connection.exec_driver_sql(query, (number, source)).first()
        nothing = np.empty(0, np.int32)
        return (nothing, nothing, nothing) if row is None else read_counts(row[0], row[1])

    def _columns(self, connection: Connection, number: int, document: int) -> RunColumns:
        key = number, document
        if key not in self._unpacked:
            self._unpacked[key] = _read_one(connection, number, document)
            if len(self._unpacked) > _REMEMBERED:
                self._unpacked.popitem(last=False)
        return self._unpacked[key]


_INSERT_RUN: Final = (
    "INSERT INTO run (rule_set_id, tokenizer, sources, state, candidates, kept, report, made_at)"
    " VALUES (?, ?, ?, 'partial', 0, 0, '{}', ?)"
)
_INSERT_CANDIDATES: Final = (
    'INSERT INTO candidate_blob (id, run_id, document_id, source_id, text_id, list_id, "count", data)'
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_STATS: Final = (
    "INSERT INTO name_stat (run_id, source_id, matched, candidates, kept, lost, blocked, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_DECISIONS: Final = "INSERT INTO decision_blob (id, kept, data) VALUES (?, ?, ?)"


def _runs(connection: Connection, where: str, values: tuple[Any, ...]) -> list[StoredRun]:
    columns = "id, rule_set_id, tokenizer, sources, candidates, kept, report, made_at"
    query = f"SELECT {columns} FROM run WHERE state = 'complete' {where} ORDER BY id"  # noqa: S608
    rows = connection.exec_driver_sql(query, values).all()
    return [
        replace(
            StoredRun(*row),
            report=orjson.loads(row.report),
            sources=tuple(RunSource(**source) for source in orjson.loads(row.sources)),
        )
        for row in rows
    ]


def _described(connection: Connection, rule_set: int, sources: Sequence[int]) -> Iterator[RunSource]:
    text = connection.exec_driver_sql("SELECT rules FROM rule_set WHERE id = ?", (rule_set,)).scalar_one()
    rules = read_rules(text)
    for number in sources:
        name, label = connection.exec_driver_sql("SELECT name, label FROM source WHERE id = ?", (number,)).one()
        override = rules.of(name).label
        yield RunSource(number, name, override or label, not override)


def _document_at(connection: Connection, number: int, key: Key) -> tuple[int, int] | None:
    """Position and number of the first document from `key` on that has candidates left there."""
    query = (
        "SELECT d.position, d.id FROM document d WHERE (d.position, d.id) >= (?, ?) AND d.removed = 0 AND"
        ' (SELECT sum(c."count") FROM candidate_blob c WHERE c.run_id = ? AND c.document_id = d.id)'
        " > CASE WHEN d.id = ? THEN ? ELSE 0 END ORDER BY d.position, d.id LIMIT 1"
    )
    values = (key.position, key.document, number, key.document, key.candidate)
    row = connection.exec_driver_sql(query, values).first()
    return None if row is None else (row[0], row[1])


def _write(connection: Connection, number: int, sources: Sequence[int], columns: RunColumns) -> None:
    texts = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT id, text_id FROM document")}
    lists = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT id, list_id FROM source")}
    first = int(connection.exec_driver_sql("SELECT ifnull(max(id), 0) + 1 FROM candidate_blob").scalar_one())
    candidates, decisions = [], []
    for row, (document, source, rows) in enumerate(_groups(columns, sources), first):
        found = [getattr(columns, name)[rows] for name in ("starts", "ends", "names", "scores", "blocked")]
        made = [getattr(columns, name)[rows] for name in ("winners", "status", "criterion")]
        extents = b""
        if columns.char_starts is not None and columns.char_ends is not None:
            extents = pack_columns([columns.char_starts[rows], columns.char_ends[rows]], EXTENT_TYPES)
        head = (row, number, document, source, texts[document], lists[source], len(rows))
        candidates.append((*head, pack_columns(found, CANDIDATE_TYPES)))
        decisions.append((row, int((made[1] <= LAST_SPAN_STATUS).sum()), pack_columns(made, DECISION_TYPES) + extents))
    if candidates:
        connection.exec_driver_sql(_INSERT_CANDIDATES, candidates)
        connection.exec_driver_sql(_INSERT_DECISIONS, decisions)


def _groups(columns: RunColumns, sources: Sequence[int]) -> Iterator[tuple[int, int, LongArray]]:
    """(document, source, rows of its candidates) for every pair that has any; documents as they come, sources in their order."""
    if not len(columns):
        return
    place = np.full(max(sources) + 1, -1)
    place[list(sources)] = np.arange(len(sources))
    documents = np.repeat(np.arange(len(columns.documents)), np.diff(columns.offsets))
    keys = documents * len(sources) + place[columns.sources]
    order = np.argsort(keys, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(keys[order])) + 1):
        yield int(columns.documents[documents[rows[0]]]), int(columns.sources[rows[0]]), rows


_BLOBS: Final = (
    'SELECT c.document_id, c.source_id, c."count", c.data, d.data FROM candidate_blob c JOIN decision_blob d ON d.id = c.id'
)


def _read(connection: Connection, number: int) -> RunColumns:
    query = (
        f"{_BLOBS} JOIN document o ON o.id = c.document_id WHERE c.run_id = ? AND o.removed = 0 ORDER BY o.position, o.id, c.id"
    )
    return _unpack(connection.exec_driver_sql(query, (number,)).all())


def _read_one(connection: Connection, number: int, document: int) -> RunColumns:
    query = f"{_BLOBS} WHERE c.run_id = ? AND c.document_id = ? ORDER BY c.id"
    found = _unpack(connection.exec_driver_sql(query, (number, document)).all())
    return found if len(found.documents) else RunColumns.without_candidates([document])


_DECISION_BYTES: Final = sum(np.dtype(kind).itemsize for kind in DECISION_TYPES)


def _unpack(blobs: Sequence[Any]) -> RunColumns:
    """The columns of blobs that come ordered by document, then number: the order of the sources in the run."""
    parts = []
    numbers = []
    for document, source, count, found, made in blobs:
        types = DECISION_TYPES if len(made) == count * _DECISION_BYTES else (*DECISION_TYPES, *EXTENT_TYPES)
        parts.append((*unpack_columns(found, [count] * 5, CANDIDATE_TYPES), *unpack_columns(made, [count] * len(types), types)))
        numbers.append((document, source, count))
    if not parts:
        return RunColumns.without_candidates([])
    starts, ends, names, scores, blocked, winners, status, criterion, *extents = (
        np.concatenate(item) for item in zip(*parts, strict=True)
    )
    documents, sources, counts = np.array(numbers, np.int64).T
    opens = np.flatnonzero(np.diff(documents, prepend=documents[:1] - 1))
    offsets = np.append(np.append(0, np.cumsum(counts))[opens], len(starts)).astype(np.int64)
    each_source = np.repeat(sources, counts).astype(np.int32)
    order = _in_text_order(offsets, starts, ends)
    return RunColumns(
        documents[opens], offsets, starts[order], ends[order], each_source[order], names[order], scores[order],
        blocked[order], status[order], winners[order], criterion[order], *(extent[order] for extent in extents),
    )  # fmt: skip


def _in_text_order(offsets: LongArray, starts: IntArray, ends: IntArray) -> LongArray:
    """Sources side by side, each sorted already, merged by start and end inside every document: a stable sort only merges."""
    places = starts.astype(np.int64) << 32 | ends
    order = np.argsort(places, kind="stable")
    if len(offsets) == 2:
        return order
    documents = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
    return order[np.argsort(documents[order], kind="stable")]
