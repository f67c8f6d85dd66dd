"""The rows of a list file as columns, before names are cleaned; one problem for each row that cannot be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from farspan.errors import InputError, Place, place
from farspan.sources.arguments import ROLES, Columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SEPARATOR: Final = "|"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that was skipped, or used after a repair: where it stands and what is wrong with it."""

    place: Place
    what: str
    handled: Literal["skipped", "repaired"] = "skipped"

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.handled}"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list as columns of equal length, values as read.

    lines: the line each row begins on. names: any value. ids, labels: None where the list has no such column.
    aliases: a list a row, or None. columns: the names of all columns or keys there are. total: rows read, bad ones too.
    origin: what the list says of where it comes from.
    """

    path: str
    lines: Sequence[int]
    names: list[Any]
    ids: list[Any] | None = None
    aliases: list[Any] | None = None
    labels: list[Any] | None = None
    columns: tuple[str, ...] = ()
    total: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    origin: Mapping[str, Any] = field(default_factory=dict)


class ColumnMissing(InputError):
    """A list has no column of the name that is looked for; `there` are those it has."""

    def __init__(self, what: str, there: Sequence[str], *, where: Place, remedy: str) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.there = tuple(there)


def choose_columns(path: str, there: Sequence[str], wanted: Columns, line: int | None = 1) -> dict[str, str]:
    """The column of `there` for each role that has one. Raises InputError where a column that is needed is missing.

    A column is found by its exact name, else by its name without regard to case if only one fits.
    """
    chosen: dict[str, str] = {}
    for role in ROLES:
        column = getattr(wanted, role)
        if column == "":
            continue
        found = _find(there, role if column is None else column)
        if found is None and (role == "name" or column is not None):
            raise ColumnMissing(
                f"no column {column or role!r}",
                there,
                where=place(path, line),
                remedy=f"there is {', '.join(map(repr, there)) or 'none'}: choose one with '{path}?{role}=COLUMN'",
            )
        if found is not None:
            chosen[role] = found
    return {role: column for role, column in chosen.items() if getattr(wanted, role) or not _is_taken(column, role, wanted)}


def _find(there: Sequence[str], column: str) -> str | None:
    if column in there:
        return column
    alike = [other for other in there if other.strip().casefold() == column.strip().casefold()]
    return alike[0] if len(alike) == 1 else None


def _is_taken(column: str, role: str, wanted: Columns) -> bool:
    """Whether `column` was explicitly given another role, so that it does not fill `role` by its name alone."""
    return any(getattr(wanted, other) == column for other in ROLES if other != role)
