"""What a run labels, as characters: candidates with their places, labels and names, and spans after manual edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from farspan.errors import ProjectError
from farspan.model import IntArray, Span, Tokens
from farspan.sources.lists import EntityList
from farspan.spans import KINDS
from farspan.store import schema
from farspan.store.columns import LAST_SPAN_STATUS, PART, RunColumns
from farspan.store.database import Database
from farspan.store.edited import apply_edits
from farspan.store.history import value_at
from farspan.store.lists import read_names
from farspan.store.runs import Runs, RunSource, StoredRun
from farspan.store.tokens import token_columns
from farspan.store.work import HumanWork


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The candidates of one document as characters. starts, ends: int32[c], code points in `text`; columns: the rest."""

    document: int
    text: str
    starts: IntArray
    ends: IntArray
    columns: RunColumns

    @property
    def surfaces(self) -> list[str]:
        """What stands at each place."""
        return [self.text[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]


class Results:
    """What one run found, in terms a person knows. Keeps the names of the sources in memory while it lives."""

    def __init__(self, database: Database, runs: Runs, work: HumanWork, run: StoredRun) -> None:
        self._database = database
        self._runs = runs
        self._work = work
        self.run = run
        self.sources: Mapping[int, RunSource] = {source.id: source for source in run.sources}
        self._lists: dict[int, EntityList] = {}

    def documents(self) -> list[int]:
        """The documents of the project in which the run found something, in order."""
        query = (
            "SELECT d.id FROM document d WHERE d.removed = 0 AND EXISTS"
            " (SELECT 1 FROM candidate_blob c WHERE c.run_id = ? AND c.document_id = d.id) ORDER BY d.position, d.id"
        )
        with self._database.reading() as connection:
            return list(connection.exec_driver_sql(query, (self.run.id,)).scalars())

    def placed(self, document: int) -> Placed:
        """The candidates of `document`, in the text they were found in."""
        with self._database.reading() as connection:
            columns = self._runs.candidates_of(self.run.id, document)
            _text_id, text = _text_of(connection, self.run.id, document)
            tokens = self.tokens(document)
        starts, ends = tokens.starts[columns.starts], tokens.ends[columns.ends - 1]
        if columns.char_starts is not None and columns.char_ends is not None:
            is_own = columns.char_ends != PART
            starts, ends = np.where(is_own, columns.char_starts, starts), np.where(is_own, columns.char_ends, ends)
        return Placed(document, text, starts, ends, columns)

    def labelled(self) -> list[int]:
        """The documents in which the run found something or a person edited something, in order."""
        query = (
            "SELECT d.id FROM document d WHERE d.removed = 0 AND (EXISTS"
            " (SELECT 1 FROM candidate_blob c WHERE c.run_id = ? AND c.document_id = d.id)"
            " OR EXISTS (SELECT 1 FROM span_edit e WHERE e.document_id = d.id AND e.attached = 1)) ORDER BY d.position, d.id"
        )
        with self._database.reading() as connection:
            return list(connection.exec_driver_sql(query, (self.run.id,)).scalars())

    def is_current(self, document: int) -> bool:
        """Whether the text of `document` is still the one the run saw."""
        query = (
            "SELECT 1 FROM candidate_blob c JOIN document d ON d.id = c.document_id"
            " WHERE c.run_id = ? AND c.document_id = ? AND c.text_id <> d.text_id LIMIT 1"
        )
        with self._database.reading() as connection:
            return connection.exec_driver_sql(query, (self.run.id, document)).first() is None

    def saw(self, document: int) -> bool:
        """Whether the run read `document` with the text that it has now, also where it found nothing in it."""
        with self._database.reading() as connection:
            query = "SELECT text_id FROM candidate_blob WHERE run_id = ? AND document_id = ? LIMIT 1"
            then = connection.exec_driver_sql(query, (self.run.id, document)).scalar()
            if then is None:
                then = value_at(connection, schema.document, document, "text_id", self.run.made_at, action="add_documents")
            return bool(then == connection.exec_driver_sql("SELECT text_id FROM document WHERE id = ?", (document,)).scalar())

    def check_seen(self, document: int, name: str) -> None:
        """Raise ProjectError where the run has not read `document`, called `name`, with the text that it has now."""
        if not self.saw(document):
            what = f"document {name!r} has been added or changed since run {self.run.id}"
            raise ProjectError(what, where=self._database.where, remedy="run the project again with `farspan project run`")

    def tokens(self, document: int) -> Tokens:
        """The tokens of `document` in the text that the run saw. Raises ProjectError if they are not stored."""
        with self._database.reading() as connection:
            text_id, _text = _text_of(connection, self.run.id, document)
            tokens = token_columns(connection, self.run.tokenizer, text_id)
        if tokens is None:
            what = f"the tokens of document {document} by {self.run.tokenizer} are not stored"
            raise ProjectError(what, where=self._database.where, remedy="run the project again")
        _ids, starts, ends, sentences = tokens
        return Tokens(starts, ends, sentences)

    def names(self, source: int) -> EntityList:
        """The names of a source as they were when the run was made."""
        if source not in self._lists:
            known = self.sources[source]
            query = "SELECT list_id FROM candidate_blob WHERE run_id = ? AND source_id = ? LIMIT 1"
            with self._database.reading() as connection:
                list_id = connection.exec_driver_sql(query, (self.run.id, source)).scalar()
                if list_id is None:  # it found nothing, so nothing says which names it had
                    query = "SELECT list_id FROM source WHERE id = ?"
                    list_id = connection.exec_driver_sql(query, (source,)).scalar_one()
                self._lists[source] = read_names(connection, list_id, known.name, known.label)
        return self._lists[source]

    def label(self, source: int, name: int) -> str:
        """What a match of the name numbered `name` is called."""
        known = self.sources[source]
        labels = self.names(source).labels if known.own_labels else None
        return (labels[name] if labels is not None else "") or known.label

    def spans(self, document: int) -> list[Span]:
        """The spans of `document`: what the run keeps, after the manual edits. By start, the longest first."""
        machine = self.machine_spans(document) if self.is_current(document) else []
        return apply_edits(machine, self._work.edits(document))

    def machine_spans(self, document: int) -> list[Span]:
        """The spans of `document` as the run left them, in the text it saw."""
        placed = self.placed(document)
        is_span = placed.columns.status <= LAST_SPAN_STATUS
        if placed.columns.char_ends is not None:
            is_span &= placed.columns.char_ends != PART
        rows = np.flatnonzero(is_span)
        order = np.lexsort((-placed.ends[rows], placed.starts[rows]))
        return [self._span(placed, int(row)) for row in rows[order]]

    def _span(self, placed: Placed, row: int) -> Span:
        columns = placed.columns
        source, name = int(columns.sources[row]), int(columns.names[row])
        names = self.names(source)
        return Span(
            int(placed.starts[row]), int(placed.ends[row]), self.label(source, name), names.name, names.surfaces[name],
            names.ids[name], KINDS[columns.status[row]], round(float(columns.scores[row]), 4),
        )  # fmt: skip


def _text_of(connection: Connection, run: int, document: int) -> tuple[int, str]:
    """Number and text of what the run saw of `document`; the present text where it found nothing."""
    query = (
        "SELECT t.id, t.text FROM document_text t WHERE t.id = coalesce("
        "(SELECT text_id FROM candidate_blob WHERE run_id = ? AND document_id = ? LIMIT 1),"
        " (SELECT text_id FROM document WHERE id = ?))"
    )
    number, text = connection.exec_driver_sql(query, (run, document, document)).one()
    return int(number), str(text)
