"""Moving all human work of a document to its new text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, Table

from farspan.store import schema
from farspan.store.anchors import Anchor, Reattacher, anchor
from farspan.store.history import Action

ANCHORED: Final[tuple[Table, ...]] = tuple(table for table in schema.human_tables() if "attached" in table.columns)
"""The tables whose rows belong to a place in a text."""

_PLACE: Final = ("start", "end", "surface", "left", "right", "attached")


def reattach(action: Action, document: int, old_text: int, new_text: int) -> int:
    """Move what stands in `document` from text `old_text` to text `new_text`; how many places are gone comes back.

    A place that is gone keeps its last position and its context, and is looked for again in the next text.
    """
    new = _text(action.connection, new_text)
    finder = Reattacher(_text(action.connection, old_text), new)
    lost = 0
    for table in ANCHORED:
        query = f'SELECT id, start, "end", surface, "left", "right", attached FROM {table.name} WHERE document_id = ?'  # noqa: S608
        rows = []
        for number, *place, attached in action.connection.exec_driver_sql(query, (document,)):
            row = _moved(Anchor(*place), finder.find if attached else finder.search, new)
            lost += row[-1] == 0
            if row != (*place, attached):
                rows.append((number, *row))
        action.update(table, _PLACE, rows)
    return lost


def _moved(place: Anchor, find: Callable[[Anchor], int | None], new: str) -> tuple[int, int, str, str, str, int]:
    start = find(place)
    if start is None:
        return place.start, place.end, place.surface, place.left, place.right, 0
    found = anchor(new, start, start + len(place.surface))
    return found.start, found.end, found.surface, found.left, found.right, 1


def _text(connection: Connection, number: int) -> str:
    text: str = connection.exec_driver_sql("SELECT text FROM document_text WHERE id = ?", (number,)).scalar_one()
    return text
