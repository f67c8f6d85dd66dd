"""The columns that the tables of a project file are made of."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text, text
from sqlalchemy.types import Float

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Kind = Literal["content", "machine", "human", "log"]


def id_column() -> Column[int]:
    """The number of a row, its key."""
    return Column("id", Integer, primary_key=True, comment="number of the row; never used again after a removal")


def integer(name: str, comment: str, *more: Any, **options: Any) -> Column[Any]:
    """A column of whole numbers."""
    return Column(name, Integer, *more, nullable=options.pop("nullable", False), comment=comment, **options)


def string(name: str, comment: str, *more: Any, **options: Any) -> Column[Any]:
    """A column of text."""
    return Column(name, Text, *more, nullable=options.pop("nullable", False), comment=comment, **options)


def real(name: str, comment: str, **options: Any) -> Column[Any]:
    """A column of fractions."""
    return Column(name, Float, nullable=options.pop("nullable", False), comment=comment, **options)


def blob(name: str, comment: str, **options: Any) -> Column[Any]:
    """A column of bytes."""
    return Column(name, LargeBinary, nullable=options.pop("nullable", False), comment=comment, **options)


def made_at() -> Column[Any]:
    """When a row was made."""
    return string("made_at", "when, in UTC: 2026-11-21T09:30:00.000Z")


def flag(name: str, comment: str) -> Column[Any]:
    """A column of 0 and 1, by default 0."""
    return integer(name, comment, server_default=text("0"))


def table(name: str, kind: Kind, comment: str, *items: Any, undo: str = "delete", mark: str = "", counted: bool = True) -> Table:
    """A table; kind, undo and mark go into its info."""
    info = {"kind": kind, "undo": undo, "mark": mark}
    return Table(name, metadata, *items, comment=comment, info=info, sqlite_autoincrement=counted)


def anchor_columns() -> tuple[Column[Any], ...]:
    """Where in which text a piece of human work belongs, and what is needed to find the place again."""
    return (
        integer("document_id", "the document", ForeignKey("document.id")),
        integer("start", "first character, counted in code points from 0"),
        integer("end", "one past the last character"),
        string("surface", "the characters themselves"),
        string("left", "up to 40 characters before, to find the place again in a changed text"),
        string("right", "up to 40 characters after"),
        integer(
            "attached", "1: stands in the present text; 0: the place is gone; start and end: the last one", server_default="1"
        ),
    )
