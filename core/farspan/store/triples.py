"""Knowledge bases in a project: their triples, kept once each, a blob a column for up to 65,536 of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

import orjson
from sqlalchemy import Connection

from farspan.job import Job
from farspan.model import Triple
from farspan.store.packing import pack_strings, unpack_strings

PART: Final = 1 << 16
_COLUMNS: Final = ("subject", "relation", "object", "subject_type", "object_type", "source")
_NEEDED: Final = 3
_INSERT: Final = (
    'INSERT INTO triple_blob (list_id, first, "count", subjects, relations, objects, subject_types, object_types, sources)'
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_SELECT: Final = (
    'SELECT subjects, relations, objects, subject_types, object_types, sources, "count" FROM triple_blob WHERE list_id = ?'
)


def keep_triples(connection: Connection, triples: Iterable[Triple], name: str, job: Job) -> int:
    """The number of the knowledge base of `triples`; equal ones are kept once."""
    number = int(connection.exec_driver_sql("SELECT ifnull(max(id), 0) + 1 FROM triple_list").scalar_one())
    insert = "INSERT INTO triple_list (id, sha256, name, triples) VALUES (?, ?, ?, 0)"
    connection.exec_driver_sql(insert, (number, f"-{number}", name))
    digest, done, remaining = hashlib.sha256(), 0, iter(triples)
    while part := list(islice(remaining, PART)):
        columns = [[getattr(triple, column) for triple in part] for column in _COLUMNS]
        blobs = [pack_strings(column) if at < _NEEDED or any(column) else None for at, column in enumerate(columns)]
        digest.update(orjson.dumps(columns))
        connection.exec_driver_sql(_INSERT, (number, done, len(part), *blobs))
        done += len(part)
        job.progress(done, None, "storing triples")
    known = connection.exec_driver_sql("SELECT id FROM triple_list WHERE sha256 = ?", (digest.hexdigest(),)).scalar()
    if known is not None:
        connection.exec_driver_sql("DELETE FROM triple_list WHERE id = ?", (number,))
        return int(known)
    connection.exec_driver_sql("UPDATE triple_list SET sha256 = ?, triples = ? WHERE id = ?", (digest.hexdigest(), done, number))
    return number


def read_triples(connection: Connection, number: int) -> Iterator[Triple]:
    """The triples of the knowledge base with this number, in order."""
    for row in connection.exec_driver_sql(f"{_SELECT} ORDER BY first", (number,)).all():
        yield from _triples(row)


def read_part(connection: Connection, number: int, first: int) -> list[Triple]:
    """The part of a knowledge base that begins with the triple `first`, a multiple of PART."""
    return list(_triples(connection.exec_driver_sql(f"{_SELECT} AND first = ?", (number, first)).one()))


def _triples(row: Any) -> Iterator[Triple]:
    *blobs, count = row
    return map(Triple, *([""] * count if blob is None else unpack_strings(blob) for blob in blobs))
