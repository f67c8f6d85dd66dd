"""What a reading has found so far, in a file beside its output: with it an interrupted reading goes on where it stood.

The file is an SQLite database. Rows and the place in the dump are committed together, so whenever the process ends the file
says exactly what was read; a row is in it once.
"""

from __future__ import annotations

import errno
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson

from farspan.aside import output_error
from farspan.errors import OutputError, Place
from farspan.job import Cancelled
from farspan.sources.kb.lines import Mark

VERSION: Final = 1
_APPLICATION: Final = 0x46535052  # "FSPR": tells our file from any other
_BATCH: Final = 1 << 14
PROBLEMS_KEPT: Final = 20
_INTERRUPTIONS: Final = (Cancelled, KeyboardInterrupt, SystemExit, OutputError, MemoryError)
_TABLES: Final = """
CREATE TABLE state (key TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE edge (child TEXT NOT NULL, parent TEXT NOT NULL);
CREATE TABLE name (naming INTEGER NOT NULL, id TEXT NOT NULL, types TEXT NOT NULL, name TEXT NOT NULL, aliases BLOB NOT NULL);
CREATE TABLE triple (subject TEXT NOT NULL, relation TEXT NOT NULL, object TEXT NOT NULL, types TEXT NOT NULL);
"""


class Spool:
    """The rows found, the place that reading has come to, and what was counted on the way.

    stage: which reading of the dump this is, from 0. resumed: whether an earlier process left something to go on from.
    """

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self._connection = connection
        self._path = path
        self.stage = 0
        self.mark = Mark()
        self.counts: Counter[str] = Counter()
        self.problems: list[tuple[int, str]] = []
        self.facts: dict[str, Any] = {}
        self.resumed = False
        self.is_kept = False  # whether there is something that a later process could go on from

    def add(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows to one of the tables edge, name or triple."""
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            with self._errors():
                self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608  (ours)

    def add_all(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Add any number of rows, some at a time."""
        remaining = iter(rows)
        while batch := list(islice(remaining, _BATCH)):
            self.add(table, batch)

    def rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """What a query finds."""
        with self._errors():
            yield from self._connection.execute(query, values)

    def index(self, table: str, column: str) -> None:
        """Make looking up rows by `column` quick."""
        with self._errors():
            self._connection.execute(f"CREATE INDEX IF NOT EXISTS by_{column} ON {table} ({column})")

    def complain(self, line: int, what: str) -> None:
        """Count a line that cannot be used; the first few are kept. A second reading meets the same ones."""
        if self.stage:
            return
        self.counts["problems"] += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append((line, what))

    def checkpoint(self, mark: Mark) -> None:
        """Keep everything found before `mark`, for good."""
        self.mark = mark
        self._write_state()
        self.is_kept = True

    def next_stage(self) -> None:
        """The dump was read to its end; what follows reads it once more."""
        self.stage += 1
        self.checkpoint(Mark())

    def start(self, query: bytes) -> None:
        """Begin, or go on if the file was made for the same query over the same dump."""
        with self._errors():
            known = dict(self._connection.execute("SELECT key, value FROM state"))
            if known.get("query") == query:
                self._read_state(known)
            elif known:
                for table in ("state", "edge", "name", "triple"):
                    self._connection.execute(f"DELETE FROM {table}")  # noqa: S608  (ours)
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("INSERT OR REPLACE INTO state VALUES ('query', ?)", (query,))

    def _read_state(self, known: dict[str, bytes]) -> None:
        if "reading" not in known:
            return
        state = orjson.loads(known["reading"])
        self.stage, self.mark = state["stage"], Mark(*state["mark"])
        self.counts = Counter(state["counts"])
        self.problems = [(line, what) for line, what in state["problems"]]
        self.facts = state["facts"]
        self.resumed = self.is_kept = True

    def _write_state(self) -> None:
        mark = [self.mark.at, self.mark.skip, self.mark.line]
        state = {"stage": self.stage, "mark": mark, "counts": self.counts, "problems": self.problems, "facts": self.facts}
        with self._errors():
            self._connection.execute("INSERT OR REPLACE INTO state VALUES ('reading', ?)", (orjson.dumps(state),))
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN IMMEDIATE")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OutputError(
                f"what was found cannot be kept: {error}",
                where=Place(self._path) if self._path else None,
                remedy="make room on the disk; the same command then goes on from here",
            ) from error


@contextmanager
def open_spool(path: str, query: Any) -> Iterator[Spool]:
    """The spool in the file `path` ("": one that nobody can go on from), for `query`, which says what is read and how.

    The file is removed when the block ends well or finds the data wrong; an interruption leaves it, if there is something in it.
    """
    connection = _connected(path)
    spool = Spool(connection, path)
    try:
        spool.start(orjson.dumps(query, option=orjson.OPT_SORT_KEYS))
        yield spool
    except BaseException as error:
        _close(connection, path, keep=spool.is_kept and isinstance(error, _INTERRUPTIONS))
        raise
    _close(connection, path, keep=False)


def _close(connection: sqlite3.Connection, path: str, *, keep: bool) -> None:
    with suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    connection.close()
    if path and not keep:
        for name in (path, path + "-journal"):
            with suppress(OSError):
                Path(name).unlink()


def _connected(path: str) -> sqlite3.Connection:
    """The database, ours alone. Raises OutputError if another process uses it, or the file is something else."""
    if path and not Path(path).parent.is_dir():
        raise output_error(path.removesuffix(".resume"), FileNotFoundError(errno.ENOENT, ""))
    is_new = not path or not Path(path).exists()
    try:
        # An empty name is a temporary database on the disk, which vanishes with the connection.
        connection = sqlite3.connect(path, timeout=1, isolation_level=None)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = NORMAL")
        if is_new or not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.executescript(f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {VERSION}; {_TABLES}")
        known = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    except sqlite3.Error as error:
        is_used = "locked" in str(error)
        raise OutputError(
            "another import writes here" if is_used else f"what was found cannot be kept here: {error}",
            where=Place(path),
            remedy="wait for it to end" if is_used else "remove the file, or choose another output",
        ) from error
    if known != [_APPLICATION, VERSION]:
        connection.close()
        raise OutputError("this is no file of an interrupted import", where=Place(path), remedy="move it away")
    return connection
