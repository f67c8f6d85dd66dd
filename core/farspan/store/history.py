"""What a person did, in order: undo, redo and replay of every action, also after a restart.

An action is one transaction. Its row in operation_log holds every human row it changed, before and after, so that any
action can be taken back and done again without knowing what it meant; undo and redo are rows of the log as well.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal

import orjson
from sqlalchemy import Connection, Table

from farspan.errors import InputError
from farspan.store import schema
from farspan.store.database import Database, now

Row = tuple[Any, ...]
Direction = Literal["forward", "back"]

_AT_ONCE: Final = 1000  # rows that stand on one line of the log
_BATCH: Final = 500
"""Rows fetched by one SELECT ... IN; SQLite allows 999 parameters everywhere."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the log. `tables`: whose rows it changed, for views that show them."""

    id: int
    action: str
    title: str
    state: str
    rows: int
    made_at: str
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of one table, `columns` (the first is id) before and after; before is None for rows added, after for rows deleted."""

    table: str
    columns: tuple[str, ...]
    before: Sequence[Row] | None
    after: Sequence[Row] | None

    def __len__(self) -> int:
        return len(self.after if self.after is not None else self.before or ())


class Action:
    """Collects the changes of one action while it makes them."""

    def __init__(self, connection: Connection, title: str) -> None:
        self.connection = connection
        self.title = title
        self.changes: list[Change] = []
        self.operation: Operation | None = None

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> range:
        """The numbers of the new `rows`; every row has the same columns."""
        first = next_id(self.connection, table)
        if not rows:
            return range(first, first)
        names = tuple(rows[0])
        added = [(first + offset, *(row[name] for name in names)) for offset, row in enumerate(rows)]
        self._make(Change(table.name, ("id", *names), None, added))
        return range(first, first + len(rows))

    def update(self, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Give rows new values: each of `rows` is (id, a value for each of `columns`). Raises InputError for an unknown id."""
        wanted = list(rows)
        present = self._present(table, ("id", *columns), [row[0] for row in wanted])
        pairs = [(old, new) for old, new in zip(present, wanted, strict=True) if old != new]
        self._make(Change(table.name, ("id", *columns), [old for old, _ in pairs], [new for _, new in pairs]))

    def delete(self, table: Table, ids: Sequence[int]) -> None:
        """Delete rows for good; only for tables whose insertion is undone by deletion."""
        columns = tuple(column.name for column in table.columns)
        self._make(Change(table.name, columns, self._present(table, columns, ids), None))

    def _present(self, table: Table, columns: Sequence[str], ids: Sequence[int]) -> list[Row]:
        found: dict[int, Row] = {}
        for start in range(0, len(ids), _BATCH):
            batch = tuple(ids[start : start + _BATCH])
            query = f"SELECT {_quoted(columns)} FROM {table.name} WHERE id IN ({_marks(batch)})"  # noqa: S608
            found.update((row[0], tuple(row)) for row in self.connection.exec_driver_sql(query, batch))
        missing = next((number for number in ids if number not in found), None)
        if missing is not None:
            raise InputError(f"no {table.name} has the number {missing}", remedy="look again: it may have been removed since")
        return [found[number] for number in ids]

    def _make(self, change: Change) -> None:
        if len(change):
            apply(self.connection, change, "forward")
            self.changes.append(change)


class History:
    """The log of a project and the way back and forth in it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def action(self, action: str, title: str) -> Iterator[Action]:
        """One undoable action: what the block changes is on the disk, with its log row, when the block ends.

        A block that changes nothing leaves no row. `Action.operation` is the log row afterwards.
        """
        with self._database.writing() as connection:
            made = Action(connection, title)
            yield made
            if made.changes:
                connection.exec_driver_sql("UPDATE operation_log SET state = 'cut' WHERE state = 'undone'")
                made.operation = _log(connection, action, made.title, "done", made.changes)

    def undo(self) -> Operation | None:
        """The action that was taken back: the last one that stands; None if there is none."""
        return self._step("done", "max", "undone", "undo", "back")

    def redo(self) -> Operation | None:
        """The action that was done again: the last one undone; None if there is none or something else was done since."""
        return self._step("undone", "min", "done", "redo", "forward")

    def _step(self, state: str, which: str, new_state: str, action: str, direction: Direction) -> Operation | None:
        with self._database.writing() as connection:
            query = f"SELECT {which}(id) FROM operation_log WHERE state = ?"  # noqa: S608
            target = connection.exec_driver_sql(query, (state,)).scalar()
            if target is None:
                return None
            changes = read_changes(connection, target)
            apply_all(connection, changes, direction)
            connection.exec_driver_sql("UPDATE operation_log SET state = ? WHERE id = ?", (new_state, target))
            row = connection.exec_driver_sql("SELECT title FROM operation_log WHERE id = ?", (target,)).one()
            _log(connection, action, row[0], "step", target=target)
            return _with_tables(_operations(connection, "WHERE id = ?", (target,))[0], changes)

    def entries(self, limit: int = 200, before: int | None = None) -> list[Operation]:
        """The last `limit` actions older than number `before`, newest first, without the undo and redo steps."""
        with self._database.reading() as connection:
            where = "WHERE state <> 'step' AND id < ? ORDER BY id DESC LIMIT ?"
            return _operations(connection, where, (before if before is not None else 2**62, limit))


def apply_all(connection: Connection, changes: Sequence[Change], direction: Direction) -> None:
    """Make `changes` in their order, or take them back in the opposite order."""
    for change in changes if direction == "forward" else reversed(changes):
        apply(connection, change, direction)


def apply(connection: Connection, change: Change, direction: Direction) -> None:
    """Make one change, or take it back."""
    table = schema.metadata.tables[change.table]
    if change.before is not None and change.after is not None:
        _set(connection, table, change.columns, change.after if direction == "forward" else change.before)
    elif (change.before is None) == (direction == "forward"):
        _put(connection, table, change.columns, (change.after if change.before is None else change.before) or ())
    else:
        _take_out(connection, table, [row[0] for row in (change.before if change.after is None else change.after) or ()])


def _set(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    values = ", ".join(f'"{name}" = ?' for name in columns[1:])
    query = f"UPDATE {table.name} SET {values} WHERE id = ?"  # noqa: S608
    connection.exec_driver_sql(query, [(*row[1:], row[0]) for row in rows])


def _put(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    mark = table.info["mark"]
    values = [f'"{name}" = excluded."{name}"' for name in columns[1:]] + ([f"{mark} = 0"] if mark and mark not in columns else [])
    query = (
        f"INSERT INTO {table.name} ({_quoted(columns)}) VALUES ({_marks(columns)})"  # noqa: S608
        f" ON CONFLICT (id) DO UPDATE SET {', '.join(values)}"
    )
    connection.exec_driver_sql(query, [tuple(row) for row in rows])


def _take_out(connection: Connection, table: Table, ids: Sequence[int]) -> None:
    match table.info["undo"]:
        case "delete":
            query = f"DELETE FROM {table.name} WHERE id = ?"  # noqa: S608
        case "mark":
            query = f"UPDATE {table.name} SET {table.info['mark']} = 1 WHERE id = ?"  # noqa: S608
        case _:
            return
    connection.exec_driver_sql(query, [(number,) for number in ids])


def next_id(connection: Connection, table: Table) -> int:
    """A number that no row of `table` has or ever had."""
    query = f"SELECT max(ifnull((SELECT seq FROM sqlite_sequence WHERE name = ?), 0), ifnull(max(id), 0)) + 1 FROM {table.name}"  # noqa: S608
    return int(connection.exec_driver_sql(query, (table.name,)).scalar_one())


def write_changes(changes: Sequence[Change]) -> bytes:
    """`changes` as the log keeps them: a JSON array, compressed.

    A change of many rows becomes several, each a line of its own: reading a hundred thousand rows in one call would hold up the
    window's thread.
    """
    rows = [
        {"table": item.table, "columns": item.columns, "before": item.before, "after": item.after}
        for change in changes
        for item in _pieces(change)
    ]
    return zlib.compress(b"[\n" + b",\n".join(map(orjson.dumps, rows)) + b"\n]", 1)


def read_changes(connection: Connection, number: int, log: str = "operation_log") -> list[Change]:
    """The changes of row `number` of the table `log`."""
    data = connection.exec_driver_sql(f"SELECT changes FROM {log} WHERE id = ?", (number,)).scalar_one()  # noqa: S608
    text = zlib.decompress(data)
    if text.startswith(b"[\n"):
        items = [orjson.loads(line.removesuffix(b",")) for line in text.split(b"\n")[1:-1] if line]
    else:  # as written on one line by earlier versions
        items = orjson.loads(text)
    return [Change(**{**item, "columns": tuple(item["columns"])}) for item in items]


def _pieces(change: Change) -> Iterator[Change]:
    most = max(len(change.before or ()), len(change.after or ()), 1)
    for at in range(0, most, _AT_ONCE):
        before, after = (None if rows is None else rows[at : at + _AT_ONCE] for rows in (change.before, change.after))
        yield Change(change.table, change.columns, before, after)


def value_at(connection: Connection, table: Table, row: int, column: str, moment: str, *, action: str) -> Any:
    """What `column` of a row said at `moment`, where only actions called `action` change it; None if the row was not there."""
    query = (
        "SELECT o.id, o.action, o.target_id FROM operation_log o LEFT JOIN operation_log t ON t.id = o.target_id"
        " WHERE o.made_at > ? AND ifnull(t.action, o.action) = ? ORDER BY o.id"
    )
    for number, step, target in connection.exec_driver_sql(query, (moment, action)).all():
        for change in read_changes(connection, number if target is None else target):
            if change.table == table.name and column in change.columns:
                before, after = (change.after, change.before) if step == "undo" else (change.before, change.after)
                known = {found[0]: found[change.columns.index(column)] for found in before or ()}
                if row in known or any(found[0] == row for found in after or ()):
                    return known.get(row)
    return connection.exec_driver_sql(f'SELECT "{column}" FROM {table.name} WHERE id = ?', (row,)).scalar()  # noqa: S608


def _log(
    connection: Connection,
    action: str,
    title: str,
    state: str,
    changes: Sequence[Change] | None = None,
    *,
    target: int | None = None,
) -> Operation:
    count = sum(map(len, changes or ()))
    number = next_id(connection, schema.operation_log)
    made_at = now()
    data = None if changes is None else write_changes(changes)
    connection.exec_driver_sql(
        "INSERT INTO operation_log (id, action, title, state, target_id, rows, changes, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, action, title, state, target, count, data, made_at),
    )
    return _with_tables(Operation(number, action, title, state, count, made_at), changes or ())


def _with_tables(operation: Operation, changes: Sequence[Change]) -> Operation:
    tables = tuple(dict.fromkeys(change.table for change in changes))
    return Operation(operation.id, operation.action, operation.title, operation.state, operation.rows, operation.made_at, tables)


def _operations(connection: Connection, where: str, values: Row) -> list[Operation]:
    query = f"SELECT id, action, title, state, rows, made_at FROM operation_log {where}"  # noqa: S608
    return [Operation(*row) for row in connection.exec_driver_sql(query, values)]


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _marks(items: Sequence[Any]) -> str:
    return ", ".join("?" * len(items))
