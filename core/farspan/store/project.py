"""The project: one file, one writer, and a room for each kind of thing in it."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from farspan.store import schema
from farspan.store.database import Database, check_readable, create_file, is_writable, read_version
from farspan.store.documents import Documents
from farspan.store.history import History
from farspan.store.locking import WriterLock
from farspan.store.rules import RuleSets
from farspan.store.runs import Runs
from farspan.store.sources import Sources
from farspan.store.tokens import TokenStore
from farspan.store.work import HumanWork


class Project:
    """An open project file. Use it as a context, or call `close`.

    Every method that changes something has it on the disk when it returns. One process writes; any number may read.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.history = History(database)
        self.documents = Documents(database, self.history)
        self.sources = Sources(database, self.history)
        self.rules = RuleSets(database, self.history)
        self.tokens = TokenStore(database)
        self.runs = Runs(database)
        self.work = HumanWork(database, self.history)

    @classmethod
    def create(cls, path: str | PathLike[str]) -> Project:
        """A new, empty project in the file `path`. Raises ProjectError if the file exists or cannot be made."""
        create_file(Path(path))
        return cls.open(path)

    @classmethod
    def open(cls, path: str | PathLike[str], *, read_only: bool = False) -> Project:
        """The project in the file `path`, brought up to date first if an older Farspan made it.

        Raises ProjectError if the file is no project, damaged, from a newer Farspan, or open for writing elsewhere. Where the
        file or its folder cannot be written to, the project opens read-only, whatever `read_only` says.
        """
        file = Path(path)
        version = read_version(file)
        if read_only or not is_writable(file):
            check_readable(file, version)
            return cls(Database(file, read_only=True, lock=None))
        project = cls(Database(file, read_only=False, lock=WriterLock(file)))
        try:
            project._make_ready(read_version(file))
        except BaseException:
            project.close()
            raise
        return project

    def _make_ready(self, version: int) -> None:
        """Bring an older file up to date and clear away what a killed process left half done."""
        if version < schema.SCHEMA_VERSION:
            from farspan.store.migrate import migrate  # noqa: PLC0415  (Alembic takes longer to load than a project to open)

            migrate(self._database, version)
        self.documents.forget_pending()
        self.sources.forget_pending()
        self.runs.forget_partial()

    def close(self) -> None:
        """Close the file. Does nothing the second time."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
