"""The documents of a project: their texts, kept once each, their tokens, and what happens when a text comes in changed."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import orjson
from sqlalchemy import Connection

from farspan.errors import InputError
from farspan.job import SILENT, Job
from farspan.model import Document, Relation, Span, Tokens
from farspan.spans import MANUAL
from farspan.store import schema
from farspan.store.anchors import anchor
from farspan.store.database import Database, now
from farspan.store.history import Action, History, Operation
from farspan.store.reattaching import reattach
from farspan.wording import counted

BATCH_CHARACTERS: Final = 4_000_000
BATCH_DOCUMENTS: Final = 2_000
_GOLD: Final = "gold"


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


@dataclass(slots=True)
class _Incoming:
    name: str
    text_id: int
    meta: str
    gold: list[tuple[int, int, str]]
    known: _Known | None = None
    brings_gold: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    text_id: int
    meta: str
    removed: int


@dataclass(slots=True)
class _Tally:
    added: list[_Incoming] = field(default_factory=list)
    changed: list[_Incoming] = field(default_factory=list)
    unchanged: int = 0
    detached: int = 0


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

    def _store_texts(self, documents: Iterable[Document], job: Job) -> list[_Incoming]:
        incoming: dict[str, _Incoming] = {}
        for batch in in_batches(documents):
            job.progress(len(incoming), None, "storing texts")
            with self._database.writing() as connection:
                for document in batch:
                    _check_new(document, incoming)
                    incoming[document.id] = _store_text(connection, document)
        return list(incoming.values())

    def _take_in(self, incoming: Sequence[_Incoming]) -> Import:
        with self._history.action("add_documents", f"Import of {counted(len(incoming), 'document')}") as action:
            tally = _take_in(action, incoming)
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
            gold = [Span(start, end, label, MANUAL if origin == MANUAL else "", kind=_GOLD) for start, end, label, origin in rows]
        return _with_given(Document(row[0], row[1], orjson.loads(row[2])), row[3], gold)


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
            _check_new(document, self._names)
            self._names.add(document.id)
            incoming.append(_store_text(self._action.connection, document))
        _take_in(self._action, incoming)
        rows = self._action.connection.exec_driver_sql("SELECT name, id FROM document")
        numbers: dict[str, int] = {row[0]: row[1] for row in rows}
        return [numbers[document.id] for document in documents]


def _check_new(document: Document, names: Container[str]) -> None:
    if document.id in names:
        raise InputError(f"two documents are called {document.id!r}", remedy="give each its own id")


def _take_in(action: Action, incoming: Sequence[_Incoming]) -> _Tally:
    """What came of documents whose texts are stored: they show from now on."""
    tally = _sort_out(action.connection, incoming)
    action.connection.exec_driver_sql("UPDATE document_text SET pending = 0 WHERE pending = 1")
    _replace(action, tally)
    _insert(action, tally.added)
    return tally


def texts(connection: Connection, documents: Iterable[int]) -> dict[int, str]:
    """The present texts of `documents` by number."""
    found = {}
    query = "SELECT t.text FROM document d JOIN document_text t ON t.id = d.text_id WHERE d.id = ?"
    for number in documents:
        text = connection.exec_driver_sql(query, (number,)).scalar()
        if text is None:
            raise InputError(f"no document has the number {number}", remedy="choose one that `farspan project info` lists")
        found[number] = text
    return found


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


def _store_text(connection: Connection, document: Document) -> _Incoming:
    try:
        encoded, meta = document.text.encode(), orjson.dumps(dict(document.meta)).decode()
    except (UnicodeEncodeError, TypeError) as error:
        remedy = "a lone surrogate, or something JSON has no form for, stands in its text or meta"
        raise InputError(f"document {document.id!r} cannot be stored", remedy=remedy) from error
    given = _given(document)
    sha256 = hashlib.sha256(encoded if given is None else encoded + b"\0" + given).hexdigest()
    text_id = connection.exec_driver_sql("SELECT id FROM document_text WHERE sha256 = ?", (sha256,)).scalar()
    if text_id is None:
        values = (sha256, document.text, len(document.text), None if given is None else zlib.compress(given, 1))
        query = "INSERT INTO document_text (sha256, text, characters, given, pending) VALUES (?, ?, ?, ?, 1)"
        text_id = connection.exec_driver_sql(query, values).lastrowid
    gold = [(span.start, span.end, span.label) for span in document.spans if span.kind == _GOLD]
    return _Incoming(document.id, int(text_id), meta, gold)


def _given(document: Document) -> bytes | None:
    """What came with the text, as JSON; None if nothing did but gold spans, which are rows of their own."""
    found: dict[str, Any] = {}
    if document.tokens is not None:
        tokens = document.tokens
        found["tokens"] = [tokens.starts.tolist(), tokens.ends.tolist(), tokens.sentences.tolist()]
        found["columns"] = {name: list(values) for name, values in tokens.columns.items()}
    if document.relations or any(span.kind != _GOLD for span in document.spans):
        found["spans"] = [[s.start, s.end, s.label, s.source, s.name, list(s.ids), s.kind, s.score] for s in document.spans]
        found["relations"] = [[r.relation, r.subject, r.object, r.subject_id, r.object_id, r.source] for r in document.relations]
    return orjson.dumps(found) if found else None


def _with_given(document: Document, data: bytes | None, gold: list[Span]) -> Document:
    """`document` with what came with its text. A relation is left out once a gold span it joins is gone."""
    if data is None:
        return replace(document, spans=gold)
    given = orjson.loads(zlib.decompress(data))
    tokens = None
    if "tokens" in given:
        starts, ends, sentences = (np.array(column, np.int32) for column in given["tokens"])
        tokens = Tokens(starts, ends, sentences, columns=given["columns"])
    imported = [_span(item) for item in given.get("spans", ())]
    present = {(span.start, span.end, span.label) for span in gold}
    stays = [span.kind != _GOLD or (span.start, span.end, span.label) in present for span in imported]
    numbers = np.cumsum(stays) - 1
    spans = [span for span, kept in zip(imported, stays, strict=True) if kept]
    seen = {(span.start, span.end, span.label) for span in spans if span.kind == _GOLD}
    spans += [span for span in gold if (span.start, span.end, span.label) not in seen]
    relations = [
        Relation(name, int(numbers[subject]), int(numbers[object_]), *rest)
        for name, subject, object_, *rest in given.get("relations", ())
        if stays[subject] and stays[object_]
    ]
    return replace(document, tokens=tokens, spans=spans, relations=relations)


def _span(item: list[Any]) -> Span:
    start, end, label, source, name, ids, kind, score = item
    return Span(start, end, label, source, name, tuple(ids), kind, score)


def _sort_out(connection: Connection, incoming: Sequence[_Incoming]) -> _Tally:
    rows = connection.exec_driver_sql("SELECT name, id, text_id, meta, removed FROM document")
    known = {name: _Known(*rest) for name, *rest in rows}
    tally = _Tally()
    for item in incoming:
        item.known = known.get(item.name)
        if item.known is None:
            tally.added.append(item)
            continue
        item.brings_gold = item.known.text_id != item.text_id or _has_other_gold(connection, item)
        is_there = (item.known.text_id, item.known.removed) == (item.text_id, 0) and _is_same(item.known.meta, item.meta)
        if is_there and not item.brings_gold:
            tally.unchanged += 1
        else:
            tally.changed.append(item)
    return tally


def _has_other_gold(connection: Connection, item: _Incoming) -> bool:
    """Whether `item` came with gold labels that are not those its text had; a text without any leaves what there is."""
    if not item.gold or item.known is None:
        return False
    query = "SELECT start, end, label FROM gold_span WHERE document_id = ? AND origin = 'imported'"
    return {tuple(row) for row in connection.exec_driver_sql(query, (item.known.id,))} != set(item.gold)


def _is_same(one: str, other: str) -> bool:
    """Whether two JSON objects say the same, in whatever order."""
    return one == other or orjson.loads(one) == orjson.loads(other)


def _insert(action: Action, added: Sequence[_Incoming]) -> None:
    if not added:
        return
    first = action.connection.exec_driver_sql("SELECT ifnull(max(position), -1) + 1 FROM document").scalar_one()
    made_at = now()
    numbers = action.insert(
        schema.document,
        [
            {"name": item.name, "position": first + place, "text_id": item.text_id, "meta": item.meta, "made_at": made_at}
            for place, item in enumerate(added)
        ],
    )
    _insert_gold(action, zip(numbers, added, strict=True))


def _replace(action: Action, tally: _Tally) -> None:
    """Give known documents their new text, and put the work in them where it now belongs."""
    rows, moved = [], []
    for item in tally.changed:
        assert item.known is not None  # noqa: S101  (changed documents are known ones)
        rows.append((item.known.id, item.text_id, item.meta, 0))
        if item.brings_gold:
            moved.append((item.known.id, item))
        if item.known.text_id != item.text_id:
            tally.detached += reattach(action, item.known.id, item.known.text_id, item.text_id)
    action.update(schema.document, ["text_id", "meta", "removed"], rows)
    for number, _ in moved:
        old = action.connection.exec_driver_sql(
            "SELECT id FROM gold_span WHERE document_id = ? AND origin = 'imported'", (number,)
        )
        action.delete(schema.gold_span, [row[0] for row in old])
    _insert_gold(action, moved)


def _insert_gold(action: Action, documents: Iterable[tuple[int, _Incoming]]) -> None:
    rows, made_at = [], now()
    for number, item in documents:
        if not item.gold:
            continue
        text = texts(action.connection, [number])[number]
        for start, end, label in item.gold:
            place = anchor(text, start, end)
            rows.append(
                {
                    "document_id": number, "start": start, "end": end, "surface": place.surface, "left": place.left,
                    "right": place.right, "label": label, "origin": "imported", "made_at": made_at,
                }
            )  # fmt: skip
    action.insert(schema.gold_span, rows)
