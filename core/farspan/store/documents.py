"""The documents of a project: their texts, kept once each, their tokens, and what happens when a text comes in changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import orjson

from farspan.errors import InputError
from farspan.job import SILENT, Job
from farspan.model import Document, Span
from farspan.spans import MANUAL
from farspan.store import schema
from farspan.store.database import Database
from farspan.store.history import Action, History, Operation
from farspan.store.incoming import Incoming, check_new, store_text, take_in
from farspan.store.texts import GOLD, texts, with_given
from farspan.wording import counted

BATCH_CHARACTERS: Final = 4_000_000
BATCH_DOCUMENTS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did: documents added, changed and left as they were; detached: places of human work that are gone."""

    operation: Operation | None
    added: int
    changed: int
    unchanged: int
    detached: int


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the project lists it, without its text."""

    id: int
    name: str
    position: int
    text_id: int
    characters: int


class Documents:
    """The room of the documents. Adding and removing are actions that can be undone."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history

    def add(self, documents: Iterable[Document], job: Job = SILENT) -> Import:
        """Take `documents` in. One that is there under the same id is replaced, and human work moves to its new text.

        Texts go to the disk batch by batch and show only when all are there: cancelled or killed, the project is as it was.
        Raises InputError for two documents with one id.
        """
        try:
            incoming = self._store_texts(documents, job)
            return self._take_in(incoming)
        except BaseException:
            self.forget_pending()
            raise

    @contextmanager
    def adding(self) -> Iterator[Adding]:
        """One import, taken in batch by batch inside the block, in one transaction with whatever else the block does."""
        with self._history.action("add_documents", "") as action:
            adding = Adding(action)
            yield adding
            action.title = f"Import of {counted(len(adding), 'document')}"

    def _store_texts(self, documents: Iterable[Document], job: Job) -> list[Incoming]:
        incoming: dict[str, Incoming] = {}
        for batch in in_batches(documents):
            job.progress(len(incoming), None, "storing texts")
            with self._database.writing() as connection:
                for document in batch:
                    check_new(document, incoming)
                    incoming[document.id] = store_text(connection, document)
        return list(incoming.values())

    def _take_in(self, incoming: Sequence[Incoming]) -> Import:
        with self._history.action("add_documents", f"Import of {counted(len(incoming), 'document')}") as action:
            tally = take_in(action, incoming)
        return Import(action.operation, len(tally.added), len(tally.changed), tally.unchanged, tally.detached)

    def forget_pending(self) -> None:
        """Remove the texts of an import that did not come to its end."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM document_text WHERE pending = 1")

    def remove(self, ids: Sequence[int]) -> Operation | None:
        """Take documents out of the corpus. What people did in them is kept for when they come back."""
        with self._history.action("remove_documents", f"Removal of {counted(len(ids), 'document')}") as action:
            action.update(schema.document, ["removed"], [(number, 1) for number in ids])
        return action.operation

    def all(self) -> list[StoredDocument]:
        """The documents in order, without their texts."""
        query = (
            "SELECT d.id, d.name, d.position, d.text_id, t.characters FROM document d JOIN document_text t ON t.id = d.text_id"
            " WHERE d.removed = 0 ORDER BY d.position, d.id"
        )
        with self._database.reading() as connection:
            return [StoredDocument(*row) for row in connection.exec_driver_sql(query)]

    def text(self, document: int) -> str:
        """The present text of the document numbered `document`."""
        return self.texts([document])[document]

    def texts(self, documents: Sequence[int]) -> dict[int, str]:
        """The present texts of `documents` by number. Raises InputError for an unknown number."""
        with self._database.reading() as connection:
            return texts(connection, documents)

    def read(self, documents: Sequence[int] | None = None) -> Iterator[Document]:
        """The documents (all that are there by default) in order, as they came in, with the gold spans they have now."""
        for number in documents if documents is not None else [stored.id for stored in self.all()]:
            yield self._read(number)

    def _read(self, number: int) -> Document:
        query = "SELECT d.name, t.text, d.meta, t.given FROM document d JOIN document_text t ON t.id = d.text_id WHERE d.id = ?"
        gold_query = (
            "SELECT start, end, label, origin FROM gold_span WHERE document_id = ? AND attached = 1 ORDER BY start, end, id"
        )
        with self._database.reading() as connection:
            row = connection.exec_driver_sql(query, (number,)).first()
            if row is None:
                raise InputError(f"no document has the number {number}", where=self._database.where)
            rows = connection.exec_driver_sql(gold_query, (number,)).all()
            gold = [Span(start, end, label, MANUAL if origin == MANUAL else "", kind=GOLD) for start, end, label, origin in rows]
        return with_given(Document(row[0], row[1], orjson.loads(row[2])), row[3], gold)


class Adding:
    """An import under way."""

    def __init__(self, action: Action) -> None:
        self._action = action
        self._names: set[str] = set()

    def __len__(self) -> int:
        return len(self._names)

    def take(self, documents: Sequence[Document]) -> list[int]:
        """Take `documents` in; their numbers in the project. Raises InputError for two documents with one id."""
        incoming = []
        for document in documents:
            check_new(document, self._names)
            self._names.add(document.id)
            incoming.append(store_text(self._action.connection, document))
        take_in(self._action, incoming)
        rows = self._action.connection.exec_driver_sql("SELECT name, id FROM document")
        numbers: dict[str, int] = {row[0]: row[1] for row in rows}
        return [numbers[document.id] for document in documents]


def in_batches(documents: Iterable[Document], *, whole: bool = False) -> Iterator[list[Document]]:
    """`documents` in lists of about BATCH_CHARACTERS, at least one document each; `whole`: in one list."""
    batch, size = list[Document](), 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if not whole and (size > BATCH_CHARACTERS or len(batch) >= BATCH_DOCUMENTS):
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
