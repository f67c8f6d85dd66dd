"""The meeting point of the panels: what is open, what is chosen, what is pending, and the tasks that change it.

Every property is a plain value of the engine that the window's thread may read at any time; nothing here computes. Every method
under "work" starts a Task and returns it at once. Values change on the window's thread, before the signals that tell of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from farspan.diff import Difference
from farspan.errors import ProjectError
from farspan.formats import ReadReport
from farspan.formats.loss import Loss
from farspan.job import Job
from farspan.model import Span
from farspan.noise.signals import RunSignals
from farspan.options import ConflictPolicy
from farspan.project_archive import unpack_project
from farspan.run import Source
from farspan.sources.lists import EntityList, ListArgument, load_list, parse_list_argument
from farspan.store.history import Operation
from farspan.store.project import Project
from farspan.store.rules import Rules
from farspan_app.gui import settling
from farspan_app.gui.exporting import export_project, measure_loss, preview_text
from farspan_app.gui.holdings import EMPTY, Holdings, Selection, place_of
from farspan_app.gui.numbers import numeral
from farspan_app.gui.opened import Imported, OpenProject, State, open_at, read_sample, read_texts
from farspan_app.gui.pauses import collect_rubbish
from farspan_app.gui.samples import make_sample_project
from farspan_app.gui.settling import Settlement
from farspan_app.gui.tasks import Task, Unstoppable
from farspan_app.gui.told import told
from farspan_app.gui.versions import save_version

__all__ = ["Decision", "Imported", "Selection", "Workspace", "place_of"]

Decision = Literal["accepted", "rejected", "undecided"]


_Made = TypeVar("_Made")

_WORK_TABLES: Final = frozenset(
    {
        "judgement",
        "span_edit",
        "gold_span",
        "gold_region",
        "audit_design",
        "audit_draw",
        "noise_estimate",
        "relation_judgement",
    }
)


class Workspace(Holdings):
    """The open project, and the work on it."""

    # ---- work: projects

    def open_project(self, path: str | Path, *, read_only: bool = False) -> Task:
        """Open the project at `path` in place of the present one."""
        return self._opening(
            self.tr("Opening {}").format(Path(path).name), lambda job: open_at(Path(path), job, read_only=read_only)
        )

    def open_archive(self, path: str | Path, folder: Path | None = None) -> Task:
        """Unpack the project in the ZIP file `path` into `folder` (default: beside it) and open it."""
        return self._opening(
            self.tr("Unpacking {}").format(Path(path).name), lambda job: open_at(unpack_project(path, folder, job), job)
        )

    def new_project(self, path: str | Path) -> Task:
        """Make an empty project at `path` and open it."""

        def work(job: Job) -> tuple[OpenProject, State]:
            opened = OpenProject(Project.create(path))
            return opened, opened.load(job)

        return self._opening(self.tr("Making {}").format(Path(path).name), work)

    def open_sample(self, name: str, folder: str | Path) -> Task:
        """Copy the sample `name` into `folder`, make a project of it there (unless it is there) and open that."""
        return self._opening(
            self.tr("Preparing the sample project"), lambda job: open_at(make_sample_project(name, Path(folder), job), job)
        )

    def close_project(self) -> None:
        """Close the project, when what runs has ended."""
        opened, self._opened = self._opened, None
        if opened is not None:
            self.tasks.start(self.tr("Closing"), lambda _: opened.close())
        self._forget_pending()
        self._adopt(EMPTY)
        self.project_changed.emit()

    def shut(self) -> None:
        """End all work and close the file: the window is about to go."""
        self.tasks.close()
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    # ---- work: texts and lists

    def read_sample(self, paths: Sequence[str | Path], **how: Any) -> Task:
        """How the first of `paths` would be read. Succeeds with a `ReadSample`; nothing is changed."""
        asked = {name: value for name, value in how.items() if name != "tolerant"}
        names = [str(path) for path in paths]
        title = self.tr("Reading the first text")
        return self.tasks.start(title, lambda _: read_sample(names, **asked), kind="read sample", lane="database")

    def import_texts(self, paths: Sequence[str | Path], **how: Any) -> Task:
        """Take texts in (files, folders); `how` as of `opened.read_texts`. Succeeds with `Imported`."""

        def work(opened: OpenProject, job: Job) -> Imported:
            report = ReadReport()
            read = read_texts([str(path) for path in paths], report, **how)
            return Imported(opened.add_texts(read, job), report)

        return self._change(self.tr("Importing texts"), work)

    def import_list(self, argument: str | ListArgument, *, encoding: str | None = None) -> Task:
        """Take a list in: ``LABEL=FILE?name=title`` or what that means. Succeeds with the EntityList; see its `problems`."""

        def work(opened: OpenProject, job: Job) -> EntityList:
            asked = parse_list_argument(argument) if isinstance(argument, str) else argument
            names = load_list(asked.path, asked.label, columns=asked.columns, encoding=encoding, job=job)
            opened.project.add_source(names, job=job)
            return names

        return self._change(self.tr("Importing a list"), work)

    def read_list(self, argument: ListArgument, *, encoding: str | None = None) -> Task:
        """The list as it would come in. Succeeds with the EntityList; nothing is changed."""

        def work(job: Job) -> EntityList:
            return load_list(argument.path, argument.label, columns=argument.columns, encoding=encoding, job=job)

        return self.tasks.start(self.tr("Reading a list"), work, kind="read list", lane="database")

    def add_names(self, name: str, label: str, names: Sequence[str]) -> Task:
        """Take `names` in as a list called `name`. Succeeds with the EntityList."""

        def work(opened: OpenProject, job: Job) -> EntityList:
            made = EntityList.from_names(label, list(names), name=name)
            opened.project.add_source(made, job=job)
            return made

        return self._change(self.tr("Adding names"), work)

    def change_lists(self, title: str, work: Callable[[Project, Job], _Made]) -> Task:
        """A task that changes the lists in the project by `work`. Succeeds with what that gave."""
        return self._change(title, lambda opened, job: work(opened.project, job))

    def remove_documents(self, numbers: Sequence[int]) -> Task:
        """Take documents (their numbers in `documents`) out of the corpus."""
        ids = [self._state.stored_documents[number].id for number in numbers]
        return self._change(self.tr("Removing documents"), lambda opened, _: opened.project.documents.remove(ids))

    def remove_source(self, name: str) -> Task:
        """Take a list out of the project."""
        return self._change(self.tr("Removing a list"), lambda opened, _: opened.project.lists.remove(name))

    def reorder_sources(self, names: Sequence[str]) -> Task:
        """Put the lists into another order; earlier ones win where all else is equal."""
        return self._change(self.tr("Ordering the lists"), lambda opened, _: opened.project.lists.reorder(names))

    def rename_source(self, name: str, new_name: str) -> Task:
        """Give a list another name."""
        return self._change(self.tr("Renaming a list"), lambda opened, _: opened.project.lists.rename(name, new_name))

    def relabel_source(self, name: str, label: str) -> Task:
        """Give a list another label."""
        return self._change(self.tr("Changing a label"), lambda opened, _: opened.project.lists.relabel(name, label))

    def set_active(self, name: str, active: bool) -> Task:
        """Switch a list on or off, at once."""
        title = self.tr("Switching {} on").format(name) if active else self.tr("Switching {} off").format(name)

        def work(opened: OpenProject, _: Job) -> Operation | None:
            rules = opened.project.rules.in_force()
            return opened.project.rules.put_in_force(rules.with_source(name, replace(rules.of(name), active=active)), title)

        return self._change(title, work)

    def set_language(self, lang: str, tokenizer: str) -> Task:
        """Read the texts as of language `lang` (BCP-47), cut by `tokenizer`."""

        def work(opened: OpenProject, _: Job) -> Operation | None:
            rules = replace(opened.project.rules.in_force(), lang=lang, tokenizer=tokenizer)
            return opened.project.rules.put_in_force(rules, f"Language {lang}, tokenizer {tokenizer}")

        return self._change(self.tr("Tokenising"), work)

    # ---- work: rules

    def set_options(self, source: str | None, values: Mapping[str, Any]) -> Task | None:
        """Try other options for one list, or for all; the preview follows. Raises OptionError for a value that is none."""
        tried = tuple(
            replace(one, options=one.options.changed(values)) if source in {None, one.name} else one
            for one in self.pending_sources
        )
        return self._try(tried, self.pending_policy)

    def try_sources(self, sources: Sequence[Source]) -> Task | None:
        """Try all lists with the options of `sources`; the preview follows."""
        return self._try(tuple(sources), self.pending_policy)

    def set_policy(self, policy: ConflictPolicy) -> Task | None:
        """Try another conflict policy; the preview follows."""
        return self._try(self.pending_sources, policy)

    def try_rules(self, rules: Rules) -> Task | None:
        """Try other rules, such as a version; the preview follows."""
        return self._try(tuple(replace(one, options=rules.of(one.name)) for one in self.sources), rules.policy)

    def apply(self, title: str = "") -> Task | None:
        """Put the pending change in force; None if there is none."""
        if self._pending is None:
            return None
        found = self._preview
        task = self._put_in_force(self._pending_rules(), title or self.tr("Changed rules"))
        if found is not None:
            counts = [numeral(len(changes)) for changes in (found.added, found.removed, found.changed)]
            said = self.tr("In force: {} added, {} removed, {} changed. Undo takes it back.").format(*counts)
            task.succeeded.connect(lambda _: self.message.emit(said))
        return task

    def discard(self) -> None:
        """Forget the pending change."""
        for task in self.tasks.running:
            if task.kind == "preview":
                task.drop()
        if self._pending is not None:
            self._forget_pending()
            self.preview_changed.emit()

    def save_version(self, name: str) -> Task:
        """Put the pending change in force, if there is one, and keep the rules under `name`."""
        rules = self._pending_rules()
        self._forget_pending()
        return self._change(
            self.tr("Saving version {}").format(name), lambda opened, _: save_version(opened.project, name, rules)
        )

    def exclude_rows(self, rows: Sequence[int]) -> Task | None:
        """Let the names of the candidates `rows` match nowhere any more, each in the list it is from. One action."""
        run = self.run
        if run is None or not rows or self.read_only:
            return None
        names: dict[str, dict[str, None]] = {}
        for row in rows:
            source, name, _ids = run.rules.origin(int(run.contest.sources[row]), int(run.contest.names[row]))
            names.setdefault(source, {})[name] = None
        return self.exclude_all({source: tuple(some) for source, some in names.items()})

    def exclude_all(self, names: Mapping[str, Sequence[str]]) -> Task:
        """Let these names match nowhere any more, those of each list. One action."""
        several = list(dict.fromkeys(name for some in names.values() for name in some))
        said = several[0] if len(several) == 1 else f"{len(several):,} names"

        def work(opened: OpenProject, _: Job) -> Operation | None:
            rules = opened.project.rules.in_force()
            for source, some in names.items():
                options = rules.of(source)
                rules = rules.with_source(source, options.changed({"exclude": (*dict.fromkeys((*options.exclude, *some)),)}))
            return opened.project.rules.put_in_force(rules, f"{said} never anywhere")

        return self._change(self.tr("Excluding {}").format(said), work)

    # ---- work: verdicts

    def judge(self, rows: Sequence[int], verdict: Decision) -> Task | None:
        """Accept, reject or leave open the candidates `rows` of the run; the export follows. One action."""
        numbers = settling.rows_of(rows)
        return self._settle(lambda state: settling.settled(state, numbers, verdict)) if len(numbers) else None

    def relabel(self, rows: Sequence[int], label: str) -> Task | None:
        """Give the candidates `rows` of the run another label. One action."""
        numbers = settling.rows_of(rows)
        return self._settle(lambda state: settling.relabelled(state, numbers, label)) if len(numbers) else None

    def add_spans(self, places: Sequence[tuple[int, int, int]], label: str) -> Task | None:
        """Label every one of `places` (document number, start, end). One action."""
        return self._settle(lambda state: settling.added(state, places, label))

    def add_span(self, document: int, start: int, end: int, label: str) -> Task | None:
        """Label one place."""
        return self.add_spans([(document, start, end)], label)

    def move_span(self, document: int, span: Span, start: int, end: int) -> Task | None:
        """Give `span` of the document other borders."""
        return self._settle(lambda state: settling.moved(state, document, span, start, end))

    def never_here(self, document: int, start: int, end: int) -> Task | None:
        """Let no list label exactly this place."""
        return self._settle(lambda state: settling.barred(state, document, start, end))

    def write_work(self, title: str, work: Callable[[OpenProject, Job], _Made]) -> Task:
        """A task that writes human work by itself, after which it is shown. Succeeds with what `work` gave."""
        opened, state = self._required(), self._state

        def together(job: Job) -> tuple[_Made, State]:
            result = work(opened, job)
            return result, opened.read_work(state)

        return self.tasks.start(title, together, lane="database", then=lambda made: self._take_work(made[1]), result=_first)

    def undo(self) -> Task | None:
        """Take the last action back; None if there is none."""
        return self._step("undo") if self._state.undo is not None else None

    def redo(self) -> Task | None:
        """Do the action undone last again; None if there is none."""
        return self._step("redo") if self._state.redo is not None else None

    # ---- work: asking and writing

    def explain(self, document: int, character: int) -> Task | None:
        """The story of a word. Succeeds with an `Explanation`, or None where no word stands; None before the first run."""
        opened, run, sources = self._opened, self.run, self.sources
        if opened is None or run is None:
            return None
        return self.tasks.start(
            self.tr("Explaining"), lambda _: opened.explain(run, sources, document, character), kind="explain"
        )

    def find_signals(self) -> Task | None:
        """Find what speaks against the spans of the run; None where it is known or there is no run."""
        opened, run = self._opened, self.run
        if opened is None or run is None or self._signals is not None:
            return None

        def take(found: RunSignals) -> None:
            if found.run is self.run:
                self._signals = found
                self.signals_changed.emit()

        return self.tasks.start(self.tr("Looking for signals"), lambda job: opened.signals(run, job), kind="signals", then=take)

    def export(self, path: str | Path, format: str | None = None, scheme: str | None = None) -> Task:
        """Write the corpus as `farspan project export` would. Succeeds with the `Loss`."""
        opened, state = self._required(), self._state

        def work(job: Job) -> Loss:
            opened.record(state, job)
            return export_project(opened.project, Path(path), format, scheme, job)

        return self.tasks.start(self.tr("Exporting {}").format(Path(path).name), work, lane="database")

    def measure_loss(self, format: str, scheme: str | None = None) -> Task:
        """What the format could not express, without writing it. Succeeds with the `Loss` and how the file would begin."""
        opened, state = self._required(), self._state

        def work(job: Job) -> tuple[Loss, str]:
            opened.record(state, job)
            return measure_loss(opened.project, format, scheme, job), preview_text(opened.project, format, scheme, job)

        return self.tasks.start(self.tr("Checking what {} can express").format(format), work, kind="loss", lane="database")

    # ---- inside

    def _required(self) -> OpenProject:
        if self._opened is None:
            raise ProjectError("no project is open", remedy="open one, or make one")
        return self._opened

    def _opening(self, title: str, work: Callable[[Job], tuple[OpenProject, State]]) -> Task:
        # The old project is closed first: a file has one writer, and the new one may be the same.
        old, self._opened = self._opened, None
        if old is not None:
            self._forget_pending()
            self._adopt(EMPTY)
            self.project_changed.emit()

        def together(job: Job) -> tuple[OpenProject, State]:
            if old is not None:
                old.close()
                collect_rubbish()
            return work(job)

        return self.tasks.start(title, together, kind="project", then=self._take_project)

    def _take_project(self, made: tuple[OpenProject, State]) -> None:
        self._opened, state = made
        self._forget_pending()
        self._selection = None
        self._adopt(state)
        self.project_changed.emit()
        self.selection_changed.emit()
        self._record()

    def _change(self, title: str, work: Callable[[OpenProject, Job], Any]) -> Task:
        """A task that changes the project and loads what follows; it succeeds with what `work` gave."""
        opened = self._required()

        def together(job: Job) -> tuple[Any, State]:
            result = work(opened, job)
            return result, opened.load(Unstoppable(job))

        def take(made: tuple[Any, State]) -> None:
            self._forget_pending()
            self._adopt(made[1])
            self._record()

        return self.tasks.start(title, together, then=take, result=_first)

    def _try(self, sources: tuple[Source, ...], policy: ConflictPolicy) -> Task | None:
        before, opened = self.run, self._opened
        if before is None or opened is None:
            return None
        if (sources, policy) == (self.sources, self.policy):
            self.discard()
            return None
        self._pending, self._preview = (sources, policy), None
        self.preview_changed.emit()
        return self.tasks.start(
            self.tr("Preview"), lambda job: opened.preview(before, sources, policy, job), kind="preview", then=self._take_preview
        )

    def _take_preview(self, found: Difference) -> None:
        if self._pending is not None and found.before is self.run:
            self._preview = found
            self.preview_changed.emit()

    def _pending_rules(self) -> Rules:
        options = {one.name: one.options for one in self.pending_sources}
        return replace(self.rules, options=options, policy=self.pending_policy)

    def _put_in_force(self, rules: Rules, title: str) -> Task:
        return self._change(title, lambda opened, _: opened.project.rules.put_in_force(rules, title))

    def _settle(self, plan: Callable[[State], Settlement]) -> Task:
        opened, state = self._required(), self._state
        return self.tasks.start(self.tr("Saving"), lambda _: opened.settle(plan, state), lane="database", then=self._take_work)

    def _take_work(self, fresh: State) -> None:
        """Adopt the human part of `fresh`: the rest may have moved on since."""
        self._adopt(
            replace(
                self._state,
                judgements=fresh.judgements,
                judgement_ids=fresh.judgement_ids,
                edits=fresh.edits,
                undo=fresh.undo,
                redo=fresh.redo,
            )
        )

    def _step(self, which: Literal["undo", "redo"]) -> Task:
        opened, state = self._required(), self._state

        def work(job: Job) -> tuple[Operation | None, State]:
            return opened.step(which, state, _WORK_TABLES, Unstoppable(job))

        def take(made: tuple[Operation | None, State]) -> None:
            operation, fresh = made
            if operation is not None and set(operation.tables) <= _WORK_TABLES:
                self._take_work(fresh)
            else:
                self._forget_pending()
                self._adopt(fresh)
                self._record()
            if operation is not None:
                said = self.tr("Taken back: {}") if which == "undo" else self.tr("Done again: {}")
                self.message.emit(said.format(told(operation.title)))

        return self.tasks.start(self.tr("Undo") if which == "undo" else self.tr("Redo"), work, then=take, result=_first)

    def _record(self) -> None:
        """Keep the run in the file, in the background; a newer one takes its place."""
        opened, state = self._opened, self._state
        if opened is not None and state.run is not None and not state.read_only:
            self.tasks.start(self.tr("Saving the result"), lambda job: opened.record(state, job), kind="record", lane="database")


def _first(made: tuple[Any, Any]) -> Any:
    """Listeners get the result of the work; the state beside it is the workspace's own."""
    return made[0]
