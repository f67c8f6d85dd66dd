"""Rebuilding a project from its log: every action is made again, in order, in a new file."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from sqlalchemy import Connection, Table

from farspan.errors import ProjectError, place
from farspan.job import SILENT, Job
from farspan.store import schema
from farspan.store.database import Database, check_readable, create_file, plain_faults, put_in_place, read_version, remove_file
from farspan.store.history import apply_all, read_changes


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay did. differing: the human tables in which the old file says something else than its log."""

    actions: int
    steps: int
    rows: int
    differing: tuple[str, ...]


def replay(path: str | PathLike[str], target: str | PathLike[str], job: Job = SILENT) -> Replay:
    """Rebuild the project `path` in the new file `target` from its texts, its lists and its log.

    Actions are made again one by one, undone and redone where they were. Runs are copied: they are machine output. The old
    file is only read. Raises ProjectError if `target` exists or the log does not fit the texts.
    """
    old, new = Path(path), Path(target)
    check_readable(old, read_version(old))
    if new.exists():
        raise ProjectError("the file exists already", where=place(new), remedy="choose another name")
    if not new.absolute().parent.is_dir():
        raise ProjectError("its folder does not exist", where=place(new), remedy="make the folder first")
    aside = new.with_name(new.name + ".part")
    remove_file(aside)
    create_file(aside)
    try:
        database = Database(aside, read_only=False, lock=None)
        try:
            with database.attached(old), database.writing() as connection:
                done = _rebuild(connection, job)
        finally:
            database.close()
        with plain_faults(place(new)):
            put_in_place(aside, new)
    except BaseException:
        remove_file(aside)
        raise
    return done


def _rebuild(connection: Connection, job: Job) -> Replay:
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = 1")
    for table in _tables("content"):
        _copy(connection, table, "WHERE pending = 0" if "pending" in table.columns else "")
    actions, steps, rows = _repeat(connection, job)
    _copy(connection, schema.operation_log)
    for table in _tables("machine"):
        _copy(connection, table)
    differing = tuple(table.name for table in schema.human_tables() if _differs(connection, table))
    return Replay(actions, steps, rows, differing)


def _repeat(connection: Connection, job: Job) -> tuple[int, int, int]:
    """Make every row of the old log happen again; how many actions, undo and redo steps and changed rows there were."""
    actions = steps = rows = 0
    query = "SELECT id, action, state, target_id FROM old.operation_log ORDER BY id"
    log = connection.exec_driver_sql(query).all()
    for number, action, state, target in log:
        job.progress(actions + steps, len(log), "replaying")
        changes = read_changes(connection, number if state != "step" else target, "old.operation_log")
        apply_all(connection, changes, "back" if state == "step" and action == "undo" else "forward")
        actions += state != "step"
        steps += state == "step"
        rows += sum(map(len, changes))
    return actions, steps, rows


def _tables(kind: str) -> list[Table]:
    return [table for table in schema.metadata.sorted_tables if table.info["kind"] == kind]


def _copy(connection: Connection, table: Table, where: str = "") -> None:
    connection.exec_driver_sql(f"INSERT INTO main.{table.name} SELECT * FROM old.{table.name} {where}")  # noqa: S608


def _differs(connection: Connection, table: Table) -> bool:
    one, other = f"SELECT * FROM main.{table.name}", f"SELECT * FROM old.{table.name}"  # noqa: S608
    query = f"SELECT EXISTS ({one} EXCEPT {other}) OR EXISTS ({other} EXCEPT {one})"
    return bool(connection.exec_driver_sql(query).scalar())
