"""The sources of a project: lists of names, stored as packed columns, in the order in which they win ties."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import orjson
from sqlalchemy import Connection

from farspan.errors import InputError, place
from farspan.job import SILENT, Job
from farspan.options import MatchingOptions
from farspan.sources.lists import EntityList
from farspan.sources.patterns import Pattern
from farspan.store import schema
from farspan.store.database import Database, now
from farspan.store.history import History, Operation
from farspan.store.packing import pack_strings, unpack_strings
from farspan.store.rules import put_in_force, rules_in_force

NAMES_A_ROW: Final = 65_536
_BETWEEN_IDS: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source as the project lists it, without its names."""

    id: int
    name: str
    label: str
    position: int
    list_id: int
    names: int
    origin: str


class Lists:
    """The room of the sources and their names. Every change is an action that can be undone."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history

    def add(self, entity_list: EntityList, options: MatchingOptions | None = None, job: Job = SILENT) -> StoredSource:
        """Take a list in as the last source, matched by `options`. Raises InputError if a source has its name."""
        with (
            self._stored(entity_list, job) as list_id,
            self._history.action("add_source", f"New list {entity_list.name}") as action,
        ):
            _publish(action.connection, list_id)
            _check_free(action.connection, entity_list.name)
            action.insert(schema.source, [_row(action.connection, entity_list, list_id)])
            rules = rules_in_force(action.connection)
            put_in_force(action, rules.with_source(entity_list.name, options or MatchingOptions()))
            return _one(action.connection, entity_list.name)

    def replace_names(self, source: str, entity_list: EntityList, job: Job = SILENT) -> StoredSource:
        """Give the source called `source` the names of `entity_list`; its own name and its options stay."""
        with self._stored(entity_list, job) as list_id, self._history.action("replace_names", f"Names of {source}") as action:
            _publish(action.connection, list_id)
            stored = _one(action.connection, source)
            if stored.list_id != list_id:
                row = (stored.id, list_id, entity_list.path, _meta(entity_list))
                action.update(schema.source, ["list_id", "origin", "meta"], [row])
            return _one(action.connection, source)

    def merge(self, source: str, others: Sequence[str], entity_list: EntityList, job: Job = SILENT) -> StoredSource:
        """Give `source` the names of `entity_list`, and take the sources `others`, whose names are in it, out; one action."""
        title = f"{', '.join(others)} merged into {source}"
        with self._stored(entity_list, job) as list_id, self._history.action("merge_sources", title) as action:
            _publish(action.connection, list_id)
            stored = _one(action.connection, source)
            action.update(schema.source, ["list_id", "meta"], [(stored.id, list_id, _meta(entity_list))])
            gone = [_one(action.connection, other).id for other in others]
            action.update(schema.source, ["removed"], [(number, 1) for number in gone])
            rules = rules_in_force(action.connection)
            put_in_force(action, replace(rules, options={name: own for name, own in rules.options.items() if name not in others}))
            return _one(action.connection, source)

    def remove(self, source: str) -> Operation | None:
        """Take the source out of the project, and its options out of the rules."""
        with self._history.action("remove_source", f"Removal of list {source}") as action:
            action.update(schema.source, ["removed"], [(_one(action.connection, source).id, 1)])
            rules = rules_in_force(action.connection)
            put_in_force(action, replace(rules, options={name: own for name, own in rules.options.items() if name != source}))
        return action.operation

    def rename(self, source: str, name: str) -> Operation | None:
        """Call the source `name` from now on, in the rules too. Raises InputError if another one is called so."""
        with self._history.action("rename_source", f"List {source} is now {name}") as action:
            stored = _one(action.connection, source)
            if name != source:
                _check_free(action.connection, name)
                action.update(schema.source, ["name"], [(stored.id, name)])
                put_in_force(action, rules_in_force(action.connection).renamed(source, name))
        return action.operation

    def relabel(self, source: str, label: str) -> Operation | None:
        """Let matches of the source be called `label`."""
        with self._history.action("relabel_source", f"List {source} is labelled {label}") as action:
            action.update(schema.source, ["label"], [(_one(action.connection, source).id, label)])
        return action.operation

    def reorder(self, names: Sequence[str]) -> Operation | None:
        """Put the sources into the order of `names`, which names each once."""
        with self._history.action("reorder_sources", "New order of the lists") as action:
            stored = {source.name: source for source in _all(action.connection)}
            if sorted(names) != sorted(stored):
                raise InputError("the new order leaves a list out or names one twice", remedy="name every list once")
            moved = [(stored[name].id, place) for place, name in enumerate(names) if stored[name].position != place]
            action.update(schema.source, ["position"], moved)
        return action.operation

    def all(self) -> list[StoredSource]:
        """The sources in order, without their names."""
        with self._database.reading() as connection:
            return _all(connection)

    def get(self, source: str) -> StoredSource:
        """The source called `source`. Raises InputError if there is none."""
        with self._database.reading() as connection:
            return _one(connection, source)

    def load(self, source: str) -> EntityList:
        """The names of the source called `source`."""
        with self._database.reading() as connection:
            stored = _one(connection, source)
            found = read_names(connection, stored.list_id, stored.name, stored.label, stored.origin)
            meta = connection.exec_driver_sql("SELECT meta FROM source WHERE id = ?", (stored.id,)).scalar_one()
            return replace(found, origin=orjson.loads(meta).get("origin", {}))

    def forget_pending(self) -> None:
        """Remove the names of an import that did not come to its end."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM name_list WHERE pending = 1")

    @contextmanager
    def _stored(self, entity_list: EntityList, job: Job) -> Iterator[int]:
        """The number under which the names of `entity_list` are kept; they are forgotten if the block fails to publish them."""
        try:
            yield self._store_names(entity_list, job)
        except BaseException:
            self.forget_pending()
            raise

    def _store_names(self, entity_list: EntityList, job: Job) -> int:
        blobs = list(_pack(entity_list, job))
        patterns = _pack_patterns(entity_list.patterns)
        sha256 = _hash(blobs, patterns)
        with self._database.writing() as connection:
            number = connection.exec_driver_sql("SELECT id FROM name_list WHERE sha256 = ?", (sha256,)).scalar()
            if number is not None:
                return int(number)
            query = "INSERT INTO name_list (sha256, names, pending) VALUES (?, ?, 1)"
            number = connection.exec_driver_sql(query, (sha256, len(entity_list))).lastrowid
            if blobs:
                connection.exec_driver_sql(_INSERT_BLOB, [(number, *blob) for blob in blobs])
            if patterns:
                connection.exec_driver_sql(_INSERT_PATTERNS, (number, len(entity_list.patterns), zlib.compress(patterns, 1)))
            return int(number)


_INSERT_BLOB: Final = (
    'INSERT INTO name_blob (list_id, first, "count", surfaces, entities, labels, aliases) VALUES (?, ?, ?, ?, ?, ?, ?)'
)
_INSERT_PATTERNS: Final = 'INSERT INTO pattern_blob (list_id, "count", data) VALUES (?, ?, ?)'
_Blob = tuple[int, int, bytes, bytes, bytes | None, bytes | None]


def _pack(entity_list: EntityList, job: Job) -> Iterator[_Blob]:
    for first in range(0, len(entity_list), NAMES_A_ROW):
        job.progress(first, len(entity_list), f"storing {entity_list.name}")
        rows = slice(first, first + NAMES_A_ROW)
        aliases = entity_list.is_alias[rows]
        yield (
            first,
            len(aliases),
            pack_strings(entity_list.surfaces[rows]),
            pack_strings([_BETWEEN_IDS.join(ids) for ids in entity_list.ids[rows]]),
            None if entity_list.labels is None else pack_strings(entity_list.labels[rows]),
            zlib.compress(aliases.astype(np.uint8).tobytes(), 1) if aliases.any() else None,
        )


_PATTERN_KINDS: Final = ("expression", "label", "tokens")


def _pack_patterns(patterns: Mapping[int, Pattern]) -> bytes:
    """What pattern_blob holds of `patterns`, before zlib; empty if there are none."""
    rows = [
        [row, one.place.line, kind, value]
        for row, one in sorted(patterns.items())
        for kind in _PATTERN_KINDS
        if (value := getattr(one, kind))
    ]
    return orjson.dumps(rows) if rows else b""


def _read_patterns(connection: Connection, list_id: int, path: str) -> dict[int, Pattern]:
    data = connection.exec_driver_sql("SELECT data FROM pattern_blob WHERE list_id = ?", (list_id,)).scalar()
    rows = [] if data is None else orjson.loads(zlib.decompress(data))
    found = {}
    for row, line, kind, value in rows:
        said: dict[str, Any] = {kind: tuple(value) if kind == "tokens" else value}
        found[row] = Pattern(place(path, line), **said)
    return found


def _hash(blobs: Sequence[_Blob], patterns: bytes) -> str:
    """Over what the blobs hold, not how zlib wrote it down: the same list has the same hash everywhere."""
    found = hashlib.sha256(patterns)
    for _first, _count, *parts in blobs:
        for part in parts:
            plain = b"" if part is None else zlib.decompress(part)
            found.update(len(plain).to_bytes(8, "little") + plain)
    return found.hexdigest()


def read_names(connection: Connection, list_id: int, name: str, label: str, origin: str = "") -> EntityList:
    """The names kept under `list_id`, as a list called `name`."""
    surfaces, ids, labels, aliases = list[str](), list[tuple[str, ...]](), list[str](), []
    query = 'SELECT "count", surfaces, entities, labels, aliases FROM name_blob WHERE list_id = ? ORDER BY first'
    for count, packed, entities, own_labels, marks in connection.exec_driver_sql(query, (list_id,)):
        surfaces += unpack_strings(packed)
        ids += [tuple(item.split(_BETWEEN_IDS)) if item else () for item in unpack_strings(entities)]
        labels += [] if own_labels is None else unpack_strings(own_labels)
        aliases.append(
            np.zeros(count, np.bool_) if marks is None else np.frombuffer(zlib.decompress(marks), np.uint8).astype(np.bool_)
        )
    is_alias = np.concatenate(aliases) if aliases else np.empty(0, np.bool_)
    patterns = _read_patterns(connection, list_id, origin or name)
    return EntityList(name, label, surfaces, ids, labels or None, is_alias, rows=len(surfaces), path=origin, patterns=patterns)


def _publish(connection: Connection, list_id: int) -> None:
    """The names become visible in the transaction of the action that needs them, or not at all."""
    connection.exec_driver_sql("UPDATE name_list SET pending = 0 WHERE id = ?", (list_id,))


def _row(connection: Connection, entity_list: EntityList, list_id: int) -> dict[str, Any]:
    position = connection.exec_driver_sql("SELECT ifnull(max(position), -1) + 1 FROM source WHERE removed = 0").scalar_one()
    return {
        "name": entity_list.name,
        "label": entity_list.label,
        "position": position,
        "list_id": list_id,
        "origin": entity_list.path,
        "meta": _meta(entity_list),
        "made_at": now(),
    }


def _meta(entity_list: EntityList) -> str:
    meta: dict[str, Any] = {"sha256": entity_list.sha256, "rows": entity_list.rows, "duplicates": entity_list.duplicates}
    if entity_list.origin:
        meta["origin"] = entity_list.origin  # what knowledge base an imported list is from
    return orjson.dumps(meta, option=orjson.OPT_SORT_KEYS).decode()


_QUERY: Final = (
    "SELECT s.id, s.name, s.label, s.position, s.list_id, l.names, s.origin FROM source s JOIN name_list l ON l.id = s.list_id"
    " WHERE s.removed = 0"
)


def _all(connection: Connection) -> list[StoredSource]:
    return [StoredSource(*row) for row in connection.exec_driver_sql(_QUERY + " ORDER BY s.position, s.id")]


def _one(connection: Connection, name: str) -> StoredSource:
    row = connection.exec_driver_sql(_QUERY + " AND s.name = ?", (name,)).first()
    if row is None:
        known = ", ".join(source.name for source in _all(connection)) or "none yet"
        raise InputError(f"no source is called {name!r}", remedy=f"the project has: {known}")
    return StoredSource(*row)


def _check_free(connection: Connection, name: str) -> None:
    if any(source.name == name for source in _all(connection)):
        raise InputError(f"a source is called {name!r} already", remedy="rename one of the two, or replace its names")
