"""The SQLite file under a project: opening it safely, its transactions, and its faults in plain words."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from farspan.errors import FarspanError, Place, ProjectError, place
from farspan.store import schema
from farspan.store.locking import WriterLock

BUSY_SECONDS: Final = 10
_HEADER_BYTES: Final = 100
_MAGIC: Final = b"SQLite format 3\x00"

_REMEDIES: Final = (
    ("disk is full", "make room on the disk; nothing that was saved is lost"),
    ("malformed", "keep the file as it is, and restore a copy; `farspan project replay` may rebuild what you did"),
    ("not a database", "choose a file that `farspan project new` made"),
    ("locked", "another program holds the file; close it and try again"),
    ("readonly", "copy the project to a place where you may write"),
    ("too big", "split the document into smaller ones"),
    ("disk I/O", "check the disk and the connection to it; nothing that was saved is lost"),
)


def now() -> str:
    """The present time in UTC as the project file writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Database:
    """One connection to a project file. Transactions of several threads follow one another.

    A writer holds the lock file until `close`; a reader sees the last committed state and disturbs nobody.
    """

    def __init__(self, path: Path, *, read_only: bool, lock: WriterLock | None) -> None:
        self.path = path
        self.read_only = read_only
        self._lock = lock
        self._turn = threading.RLock()
        self._engine = _engine(path, read_only=read_only)
        self._connection: Connection | None = None

    @property
    def where(self) -> Place:
        """The file, for messages."""
        return place(self.path)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on the disk when the block ends, or has left nothing if the block fails."""
        if self.read_only:
            raise ProjectError(
                "the project is open read-only", where=self.where, remedy="close it and open it for writing, or copy it"
            )
        with self._transaction() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view of one consistent state."""
        with self._transaction() as connection:
            yield connection

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._turn, plain_faults(self.where):
            connection = self._connected()
            if connection.in_transaction():
                yield connection
                return
            with connection.begin():
                yield connection

    @contextmanager
    def without_foreign_keys(self) -> Iterator[None]:
        """Foreign keys are not held inside the block: for migrations, which rebuild tables and check at the end."""
        with self._turn, plain_faults(self.where):
            raw = self._connected().connection.driver_connection
            raw.execute("PRAGMA foreign_keys = 0")  # type: ignore[union-attr]
            try:
                yield
            finally:
                raw.execute("PRAGMA foreign_keys = 1")  # type: ignore[union-attr]

    @contextmanager
    def attached(self, path: Path) -> Iterator[None]:
        """The tables of the project at `path` can be read inside the block under the name `old`."""
        with self._turn, plain_faults(place(path)):
            raw = self._connected().connection.driver_connection
            mode = "mode=ro" if is_writable(path) else "mode=ro&immutable=1"
            raw.execute("ATTACH DATABASE ? AS old", (f"file:{quote(str(path.absolute()))}?{mode}",))  # type: ignore[union-attr]
            try:
                yield
            finally:
                raw.execute("DETACH DATABASE old")  # type: ignore[union-attr]

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def close(self) -> None:
        """Fold the write-ahead log into the file and let others write. Does nothing the second time."""
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._engine.dispose()
            if self._lock is not None:
                self._lock.release()


@contextmanager
def plain_faults(where: Place) -> Iterator[None]:
    """Turn what SQLite reports inside the block into ProjectError."""
    try:
        yield
    except DBAPIError as error:
        raise _plain(str(error.orig), where) from error
    except sqlite3.Error as error:
        raise _plain(str(error), where) from error
    except OverflowError as error:
        raise _plain("string or blob too big", where) from error


def _plain(said: str, where: Place) -> FarspanError:
    remedy = next((remedy for key, remedy in _REMEDIES if key in said), "report this, with the project file if you can")
    return ProjectError(f"the project file refuses: {said}", where=where, remedy=remedy)


def _engine(path: Path, *, read_only: bool) -> Engine:
    # A reader opens for writing too where it may, or it would leave SQLite's side files behind; query_only keeps it from writing.
    query = "mode=ro&immutable=1" if read_only and not is_writable(path) else "mode=rw" if read_only else "mode=rwc"
    address = f"sqlite:///file:{quote(str(path.absolute()))}?{query}&uri=true"
    engine = create_engine(
        address, poolclass=StaticPool, connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS, "isolation_level": None}
    )
    event.listen(engine, "connect", _prepare_reader if read_only else _prepare_writer)
    # The driver's own transactions start late; these take the write lock at once, so that a conflict shows before any work.
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _prepare_reader(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA query_only = 1")
    connection.execute("PRAGMA cache_size = -65536")


def _prepare_writer(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # FULL: an action that was acknowledged outlives a power cut too; it costs one disk flush an action.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = 1")
    connection.execute("PRAGMA cache_size = -65536")


def is_writable(path: Path) -> bool:
    """Whether the file, and the log and lock beside it, can be written."""
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def create_file(path: Path) -> None:
    """Make an empty project file at `path`, aside and then renamed. Raises ProjectError if something is there already."""
    if path.exists():
        raise ProjectError("the file exists already", where=place(path), remedy="choose another name, or open it")
    if not path.absolute().parent.is_dir():
        raise ProjectError("its folder does not exist", where=place(path), remedy="make the folder first")
    aside = path.with_name(path.name + ".part")
    remove_file(aside)
    with plain_faults(place(path)):
        engine = _engine(aside, read_only=False)
        try:
            with engine.begin() as connection:
                schema.metadata.create_all(connection)
                stamp(connection, schema.SCHEMA_VERSION)
        finally:
            engine.dispose()
    put_in_place(aside, path)


def put_in_place(aside: Path, path: Path) -> None:
    """Give the whole, closed project `aside` its name. Raises ProjectError if a file of that name has appeared meanwhile."""
    try:
        os.link(aside, path)  # unlike a rename, this never replaces anything
    except FileExistsError as error:
        raise ProjectError("the file exists already", where=place(path), remedy="choose another name, or open it") from error
    except OSError:
        aside.rename(path)  # a file system without links
    else:
        aside.unlink()


def stamp(connection: Connection, version: int) -> None:
    """Write into the header that the file is a project of schema `version`; Alembic's own table says the same."""
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    connection.exec_driver_sql(
        "CREATE TABLE IF NOT EXISTS alembic_version"
        " (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("DELETE FROM alembic_version")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (f"{version:04d}",))


def remove_file(path: Path) -> None:
    """Delete the project at `path`, if there is one, with its log."""
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)


def read_version(path: Path) -> int:
    """The schema version of the project at `path`, from its header. Raises ProjectError for anything that is no whole project."""
    where = place(path)
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
            size = file.seek(0, os.SEEK_END)
    except OSError as error:
        remedy = "check the name, or make a project with `farspan project new`"
        raise ProjectError(f"cannot open the project: {error.strerror}", where=where, remedy=remedy) from error
    if header[:16] != _MAGIC[: len(header)] or not header:
        raise ProjectError("not a Farspan project", where=where, remedy="choose a .farspan file that Farspan made")
    wal = path.with_name(path.name + "-wal")
    if (not wal.exists() or wal.stat().st_size == 0) and _is_cut(header, size):
        raise ProjectError("the project file is cut short", where=where, remedy="restore it from a copy")
    if len(header) == _HEADER_BYTES and _number(header, 68) != schema.APPLICATION_ID:
        raise ProjectError("a database of another program", where=where, remedy="choose a .farspan file that Farspan made")
    version = _number(header, 60)
    if version > schema.SCHEMA_VERSION:
        raise ProjectError(
            f"the project was made by a newer Farspan (schema {version}, this one knows {schema.SCHEMA_VERSION})",
            where=where,
            remedy="install the newer version; the file was not touched",
        )
    return version


def check_readable(path: Path, version: int) -> None:
    """Raises ProjectError where reading would need writing first: an older schema, or a log that was never folded in."""
    if version < schema.SCHEMA_VERSION:
        remedy = "bring it up to date with `farspan project run`, or open it in the window; a copy is kept"
        raise ProjectError(f"the project is of an older Farspan (schema {version})", where=place(path), remedy=remedy)
    wal = path.with_name(path.name + "-wal")
    if not is_writable(path) and wal.exists() and wal.stat().st_size > 0:
        remedy = f"copy it together with {wal.name} to a place where you may write, and open it there once"
        raise ProjectError("the last changes are not folded into the project yet", where=place(path), remedy=remedy)


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4], "big")


def _is_cut(header: bytes, size: int) -> bool:
    if len(header) < _HEADER_BYTES:
        return True
    page = int.from_bytes(header[16:18], "big")
    return size < _number(header, 28) * (65536 if page == 1 else page)
