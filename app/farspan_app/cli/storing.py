"""`farspan annotate --project`: the texts, lists, rules and run of one command, in a project file or not at all."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from farspan.errors import FarspanError, OptionError, place
from farspan.job import Job

if TYPE_CHECKING:
    from farspan.model import Document
    from farspan.report import Report
    from farspan.run import Run, Source
    from farspan.store.columns import RunColumns
    from farspan.store.project import Project
    from farspan.store.runs import StoredRun
    from farspan_app.cli.request import Request


Passed = tuple["Run", "list[Document]"]
"""What was found in some documents, and these as they were read."""

_DATABASE: Final = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class StoredIn:
    """Where a run was stored: the project, the run's number, and the lists of the project that it left out."""

    path: str
    run: int
    left_out: tuple[str, ...]

    def __str__(self) -> str:
        others = f"; its other lists are now switched off: {', '.join(self.left_out)}" if self.left_out else ""
        return f"run {self.run} stored in {self.path}{others}"


class Storing:
    """A project that takes in what a command reads. Nothing of it shows before the block of `storing` ends well."""

    def __init__(self, project: "Project", path: str, job: Job) -> None:
        self._project = project
        self._path = path
        self._job = job
        self._left_out: tuple[str, ...] = ()

    def take_lists(self, sources: "Sequence[Source]", request: "Request") -> None:
        """Put `sources` and the rules of `request` in force; other lists of the project stay in it, switched off."""
        from farspan.store.rules import Rules

        lists = self._project.lists
        known = {stored.name: stored.label for stored in lists.all()}
        for source in sources:
            names = source.entity_list
            if source.name not in known:
                lists.add(names, source.options, self._job)
                continue
            lists.replace_names(source.name, names, self._job)
            lists.relabel(source.name, names.label)
        given = {source.name: source.options for source in sources}
        others = [name for name in known if name not in given]
        lists.reorder([*given, *others])
        before = self._project.rules.in_force()
        self._left_out = tuple(name for name in others if before.of(name).active)
        off = {name: replace(before.of(name), active=False) for name in others}
        rules = Rules({**given, **off}, request.policy, request.lang, request.tokenizer, request.name_tokenizer)
        self._project.rules.put_in_force(rules, "Rules by command")

    def take_texts(self, passed: "Iterable[Passed]", sources: "Sequence[Source]") -> StoredIn:
        """Take documents in, as they were read, and what was found in them as a run: nothing is matched twice.

        Other texts of the project are run as well. Where what is found depends on them, everything is run again.
        """
        from farspan.report import Report
        from farspan.store.running import run_project, told

        project, report = self._project, Report.over([source.entity_list for source in sources])
        rules, number = project.rules.in_force(), project.rules.number_in_force()
        assert number is not None  # noqa: S101  (take_lists put rules in force)
        numbers = {stored.name: stored.id for stored in project.lists.all()}
        active = [numbers[source.name] for source in sources if source.options.active]
        made: StoredRun | None = None
        columns = self._columns(passed, active, report)
        with suppress(_DependsOnOthers):
            name = f"{rules.tokenizer}/{rules.lang}"
            made = project.runs.save(number, name, active, columns, report=lambda: told(report), job=self._job)
        return StoredIn(self._path, (made or run_project(project, self._job)).id, self._left_out)

    def _columns(self, passed: "Iterable[Passed]", active: "Sequence[int]", report: "Report") -> "Iterator[RunColumns]":
        """What was found in the documents that pass, which are taken in, and then in the others of the project."""
        from farspan.store.columns import RunColumns

        taken, names_cut = set[int](), ""
        rules = self._project.rules.in_force()
        with self._project.documents.adding() as adding:
            for run, documents in passed:
                if not taken:
                    names_cut = rules.name_tokenizer or ("whitespace" if documents[0].tokens is not None else rules.tokenizer)
                ids = adding.take(documents)
                taken.update(ids)
                self._project.tokens.save(run.corpus, f"{rules.tokenizer}/{rules.lang}", ids)
                report.count_texts(run.corpus)
                report.add(run)
                yield RunColumns.of(run, ids, active)
        yield from self._of_others(taken, names_cut, active, report)

    def _of_others(
        self, taken: "AbstractSet[int]", names_cut: str, active: "Sequence[int]", report: "Report"
    ) -> "Iterator[RunColumns]":
        """What is found in the documents that were not `taken`. Raises _DependsOnOthers where that changes the rest."""
        from farspan.store.running import ProjectRunner, tokenizer_of_names

        project, rules = self._project, self._project.rules.in_force()
        others = {stored.id for stored in project.documents.all()} - taken
        is_risky = any(options.max_risk < 1 for options in rules.options.values())
        if tokenizer_of_names(project, rules) != names_cut or (others and is_risky):
            raise _DependsOnOthers
        if others:
            runner = ProjectRunner(project, rules, self._job, others)
            runner.report = report
            yield from runner.columns(active)


class _DependsOnOthers(Exception):
    """Other texts of a project have a part in what is found in those that were given."""


@contextmanager
def storing(path: str, job: Job) -> Iterator[Storing]:
    """The project `path`, made if there is none, in one transaction: a block that fails leaves what was there before.

    A new project gets its name when it is whole. Raises ProjectError.
    """
    from farspan.store.project import Project

    if os.path.lexists(path):
        with Project.open(path) as project, project.database.writing():
            yield Storing(project, path, job)
    else:
        with _new_project(Path(path)) as project, project.database.writing():
            yield Storing(project, path, job)


@contextmanager
def _new_project(path: Path) -> "Iterator[Project]":
    from farspan.leftovers import clear_leftovers, part_of
    from farspan.store.database import put_in_place, remove_file
    from farspan.store.project import Project

    clear_leftovers(path)
    aside = part_of(path)
    try:
        with Project.create(aside) as project:
            yield project
        put_in_place(aside, path)
    except FarspanError as error:
        if error.where == place(aside):
            error.where = place(path)
        raise
    finally:
        for name in (aside, aside.with_name(aside.name + ".part")):  # the second: a project cut off while it was made
            remove_file(name)


def is_project(path: str) -> bool:
    """Whether `path` is a project, or was meant as one; told without opening it as a database."""
    if path.lower().endswith(".farspan"):
        return True
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except (OSError, ValueError):
        return False


def check_project(path: str, read: Iterable[str], written: Iterable[str]) -> None:
    """Raise OptionError if the project file has another part in the command."""
    if path == "-":
        raise OptionError("a project cannot be standard output", remedy="name a file: --project P.farspan")
    from farspan.files import is_same_file

    for what, names in (("input", read), ("output", written)):
        if any(is_same_file(name, path) for name in names):
            raise OptionError(f"the project {path} is also an {what}", remedy="choose another name with --project")


class Passing:
    """Remembers documents on their way into the engine, until each comes out."""

    def __init__(self, documents: "Iterable[Document]") -> None:
        self._documents = documents
        self._inside: deque[Document] = deque()

    def __iter__(self) -> "Iterator[Document]":
        for document in self._documents:
            self._inside.append(document)
            yield document

    def next_out(self) -> "Document":
        """The one that went in first and has not come out, as it went in."""
        return self._inside.popleft()
