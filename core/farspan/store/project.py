"""The project: one file, one writer, and a room for each kind of thing in it."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from farspan.job import SILENT, Job
from farspan.model import Document
from farspan.options import MatchingOptions
from farspan.sources.lists import EntityList
from farspan.store import frames, schema
from farspan.store.audits import Audits
from farspan.store.database import Database, check_readable, create_file, is_writable, read_version
from farspan.store.documents import Documents, Import
from farspan.store.history import History, Operation
from farspan.store.lists import Lists, StoredSource
from farspan.store.locking import WriterLock
from farspan.store.relations import Relations
from farspan.store.results import Results
from farspan.store.rules import RuleSets
from farspan.store.runs import Runs, StoredRun
from farspan.store.tokens import TokenStore
from farspan.store.work import HumanWork

if TYPE_CHECKING:
    import pandas as pd

    from farspan.explain import Explanation


class Project:
    """An open project file. Use it as a context, or call `close`.

    Every method that changes something has it on the disk when it returns. One process writes; any number may read.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.history = History(database)
        self.documents = Documents(database, self.history)
        self.lists = Lists(database, self.history)
        self.rules = RuleSets(database, self.history)
        self.tokens = TokenStore(database)
        self.runs = Runs(database)
        self.work = HumanWork(database, self.history)
        self.audits = Audits(database, self.history)
        self.relations = Relations(database, self.history)

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
        self.lists.forget_pending()
        self.runs.forget_partial()
        self.relations.forget_partial()

    @property
    def database(self) -> Database:
        """The file under the project."""
        return self._database

    @property
    def path(self) -> Path:
        """The project file."""
        return self._database.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self._database.read_only

    def add_documents(self, documents: Iterable[Document], job: Job = SILENT) -> Import:
        """Take documents in; see `Documents.add`."""
        return self.documents.add(documents, job)

    def add_source(self, entity_list: EntityList, options: MatchingOptions | None = None, job: Job = SILENT) -> StoredSource:
        """Take a list in; see `Lists.add`."""
        return self.lists.add(entity_list, options, job)

    def undo(self) -> Operation | None:
        """The last action, taken back; None if there is none."""
        return self.history.undo()

    def redo(self) -> Operation | None:
        """The action undone last, done again; None if there is none or something else was done since."""
        return self.history.redo()

    def results(self, run: int | None = None) -> Results | None:
        """What the run numbered `run` found (by default the newest); None before the first run."""
        stored = self._run(run)
        return None if stored is None else Results(self._database, self.runs, self.work, stored)

    def explain(self, document: str, character: int, end: int | None = None, *, run: int | None = None) -> Explanation:
        """The story of a word in a run (by default the newest); see `explaining.explain_stored`."""
        from farspan.store.explaining import explain_stored  # noqa: PLC0415  (it needs the whole engine, and a Project)

        return explain_stored(self, document, character, end, run)

    def spans(self, run: int | None = None) -> pd.DataFrame:
        """The spans of a run (by default the newest) after the manual edits: `frames.SPAN_COLUMNS`."""
        return frames.span_frame(self.results(run), self.documents)

    def candidates(self, run: int | None = None) -> pd.DataFrame:
        """All candidates of a run (by default the newest) and what became of them: `frames.CANDIDATE_COLUMNS`."""
        return frames.candidate_frame(self.results(run), self.documents)

    def sources(self, run: int | None = None) -> pd.DataFrame:
        """The sources with their counts in a run (by default the newest): `frames.SOURCE_COLUMNS`."""
        return frames.source_frame(self.lists, self.runs, self._run(run))

    def names(self, run: int | None = None) -> pd.DataFrame:
        """The names of all sources with their counts in a run (by default the newest): `frames.NAME_COLUMNS`."""
        return frames.name_frame(self.lists, self.runs, self._run(run))

    def _run(self, number: int | None) -> StoredRun | None:
        return self.runs.latest() if number is None else self.runs.get(number)

    def check(self) -> list[str]:
        """Every fault that SQLite finds in the file, in its words; empty if the file is whole."""
        with self._database.reading() as connection:
            said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        return [line for line in said if line != "ok"] + [f"{row[0]} row {row[1]} points at a missing {row[2]}" for row in broken]

    def close(self) -> None:
        """Close the file. Does nothing the second time."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
