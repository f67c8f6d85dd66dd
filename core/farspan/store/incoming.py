"""Documents on their way into a project: stored first, then sorted into new, changed and known ones, then shown."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

import orjson
from sqlalchemy import Connection

from farspan.errors import InputError
from farspan.model import Document
from farspan.store import schema
from farspan.store.anchors import anchor
from farspan.store.database import now
from farspan.store.history import Action
from farspan.store.reattaching import reattach
from farspan.store.texts import GOLD, given_with, texts


@dataclass(slots=True)
class Incoming:
    """A document whose text is stored: its row of texts, its meta as JSON, its gold labels, and what is known under its name."""

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
class Tally:
    """What came of an import, and how many pieces of human work lost their place."""

    added: list[Incoming] = field(default_factory=list)
    changed: list[Incoming] = field(default_factory=list)
    unchanged: int = 0
    detached: int = 0


def check_new(document: Document, names: Container[str]) -> None:
    """Raise InputError if `names` holds the document's."""
    if document.id in names:
        raise InputError(f"two documents are called {document.id!r}", remedy="give each its own id")


def take_in(action: Action, incoming: Sequence[Incoming]) -> Tally:
    """What came of documents whose texts are stored: they show from now on."""
    tally = _sort_out(action.connection, incoming)
    action.connection.exec_driver_sql("UPDATE document_text SET pending = 0 WHERE pending = 1")
    _replace(action, tally)
    _insert(action, tally.added)
    return tally


def store_text(connection: Connection, document: Document) -> Incoming:
    """`document` with its text on the disk, not yet to be seen. Raises InputError for what cannot be stored."""
    try:
        encoded, meta = document.text.encode(), orjson.dumps(dict(document.meta)).decode()
    except (UnicodeEncodeError, TypeError) as error:
        remedy = "a lone surrogate, or something JSON has no form for, stands in its text or meta"
        raise InputError(f"document {document.id!r} cannot be stored", remedy=remedy) from error
    given = given_with(document)
    sha256 = hashlib.sha256(encoded if given is None else encoded + b"\0" + given).hexdigest()
    text_id = connection.exec_driver_sql("SELECT id FROM document_text WHERE sha256 = ?", (sha256,)).scalar()
    if text_id is None:
        values = (sha256, document.text, len(document.text), None if given is None else zlib.compress(given, 1))
        query = "INSERT INTO document_text (sha256, text, characters, given, pending) VALUES (?, ?, ?, ?, 1)"
        text_id = connection.exec_driver_sql(query, values).lastrowid
    gold = [(span.start, span.end, span.label) for span in document.spans if span.kind == GOLD]
    return Incoming(document.id, int(text_id), meta, gold)


def _sort_out(connection: Connection, incoming: Sequence[Incoming]) -> Tally:
    rows = connection.exec_driver_sql("SELECT name, id, text_id, meta, removed FROM document")
    known = {name: _Known(*rest) for name, *rest in rows}
    tally = Tally()
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


def _has_other_gold(connection: Connection, item: Incoming) -> bool:
    """Whether `item` came with gold labels that are not those its text had; a text without any leaves what there is."""
    if not item.gold or item.known is None:
        return False
    query = "SELECT start, end, label FROM gold_span WHERE document_id = ? AND origin = 'imported'"
    return {tuple(row) for row in connection.exec_driver_sql(query, (item.known.id,))} != set(item.gold)


def _is_same(one: str, other: str) -> bool:
    """Whether two JSON objects say the same, in whatever order."""
    return one == other or orjson.loads(one) == orjson.loads(other)


def _insert(action: Action, added: Sequence[Incoming]) -> None:
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


def _replace(action: Action, tally: Tally) -> None:
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


def _insert_gold(action: Action, documents: Iterable[tuple[int, Incoming]]) -> None:
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
