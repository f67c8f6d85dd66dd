"""Judging a project in the window: drawing samples, the queue of what comes next, and what is known by now.

Everything here starts tasks and tells of their results; the panels of the Errors tab only show them. What needs the run in memory
works on the engine's thread, verdicts are written on the one of the database. `farspan.audit` does the work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from farspan.audit.drawing import draw_sentences, draw_spans
from farspan.audit.errors import errors_of
from farspan.audit.estimates import Measured, forecasts, sample_precision
from farspan.audit.judging import Item, Judging, labels_of, open_judging
from farspan.audit.live import LiveRun
from farspan.audit.report import ReportFormat, report_on
from farspan.audit.samples import SENTENCES, SPANS, Sample, sample, samples
from farspan.audit.sources import describe_sources
from farspan.audit.storing import Measurements, measure, store_measurements
from farspan.audit.tokens import draw_unlabelled
from farspan.files import written_aside
from farspan.job import Job
from farspan.noise.causes import ErrorCase
from farspan.noise.effects import Tried
from farspan.noise.missed import Missed, missed_entities
from farspan.noise.overlap import Overlaps, overlaps
from farspan.noise.proposals import Proposal
from farspan.store.audits import Estimate
from farspan.store.work import Verdict
from farspan_app.gui.opened import OpenProject, State
from farspan_app.gui.own_work import OwnWork
from farspan_app.gui.tasks import Task
from farspan_app.gui.workspace import Workspace

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Queue:
    """One sample as it stands. item: what comes next; None: nothing is left. so_far: precision of the sample, of spans only."""

    sample: Sample
    done: int
    total: int
    item: Item | None
    labels: Sequence[str]
    so_far: Measured | None = None

    @property
    def forecast(self) -> list[Any]:
        """What more verdicts would bring (`farspan.audit.estimates.Forecast`)."""
        return [] if self.so_far is None else forecasts(self.so_far.estimate)


@dataclass(frozen=True, slots=True)
class Known:
    """What is measured, the samples there are: (number, title, done, total), and the numbers that were kept, the newest first."""

    measured: Measurements | None
    samples: Sequence[tuple[int, str, int, int]]
    kept: Sequence[Estimate] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """What each list gives (`farspan.audit.sources`), and the places behind it."""

    described: Mapping[str, Any]
    overlaps: Overlaps


class Auditing(OwnWork):
    """What is known of the open project's noise. Each signal carries what the method of the same name found."""

    known_changed = Signal(object)
    queue_changed = Signal(object)
    errors_found = Signal(object)
    lists_found = Signal(object)
    missed_found = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.known: Known | None = None
        self.queue: Queue | None = None
        self._judging: Judging | None = None
        workspace.project_changed.connect(self._forget)
        workspace.run_changed.connect(self._forget)
        workspace.judgements_changed.connect(self._judged_elsewhere)

    def _forget(self) -> None:
        self.known = self.queue = self._judging = None

    def _judged_elsewhere(self) -> None:
        """A verdict in the table or the text, or one taken back by undo: the queue may have changed."""
        self.known = None
        if self._judging is not None and not self.is_own:
            self.open(self._judging.sample.number)

    # ---- measured

    def refresh(self) -> Task | None:
        """Measure what there is to measure: `known_changed`."""

        def work(opened: OpenProject, _live: LiveRun, job: Job) -> Known:
            project = opened.project
            queues = [Judging(project, one) for one in samples(project)]
            described = [(queue.sample.number, queue.sample.title, queue.done, queue.total) for queue in queues]
            return Known(measure(project, job), described, project.audits.estimates()[::-1])

        def take(found: Known) -> None:
            self.known = found
            self.known_changed.emit(found)

        return self._with_live(self.tr("Measuring"), "measure", work, take)

    def keep(self) -> Task:
        """Keep the present numbers in the project, where they do not change any more."""
        task = self.write(self.tr("Keeping the numbers"), lambda opened, job: store_measurements(opened.project, job))
        task.succeeded.connect(lambda _: self.refresh())
        return task

    def write_report(self, path: Path) -> Task | None:
        """Write the report to `path`: HTML, Markdown or JSON by its suffix."""
        kind = cast("ReportFormat", {".md": "md", ".json": "json"}.get(path.suffix.lower(), "html"))

        def work(opened: OpenProject, _live: LiveRun, job: Job) -> Path:
            data = report_on(opened.project, kind, job)
            with written_aside(str(path)) as stream:
                stream.write(data)
            return path

        def take(made: Path) -> None:
            self.workspace.message.emit(self.tr("Written to {}").format(made))

        return self._with_live(self.tr("Writing the report"), "report", work, take)

    # ---- samples and verdicts

    def draw(self, method: str, size: int, label: str = "") -> Task | None:
        """Draw `size` units by `method` (spans, sentences, tokens), of one label if it is named, and open them for judging."""

        def work(opened: OpenProject, live: LiveRun, job: Job) -> Sample:
            if method == SPANS:
                return draw_spans(opened.project, size, label=label, live=live, job=job)
            if method == SENTENCES:
                return draw_sentences(opened.project, size, job=job)
            return draw_unlabelled(opened.project, size, live=live, job=job)

        return self._with_live(self.tr("Drawing a sample"), "draw", work, lambda made: self.open(made.number))

    def open(self, number: int | None = None) -> Task | None:
        """Go on with the sample called `number`, or with the newest that is not judged yet: `queue_changed`."""

        def work(opened: OpenProject, _job: Job) -> tuple[Judging, Queue]:
            project = opened.project
            judging = open_judging(project, None if number is None else sample(project, number))
            return judging, _standing(judging, judging.next(), labels_of(project))

        def take(made: tuple[Judging, Queue]) -> None:
            self._judging, self.queue = made
            self.queue_changed.emit(self.queue)

        opened = self.workspace.opened
        if opened is None:
            return None
        return self.workspace.tasks.start(
            self.tr("Opening the sample"), lambda job: work(opened, job), kind="sample", lane="database", then=take
        )

    def decide(self, verdict: Verdict, *, right_label: str | None = None, right: tuple[int, int] | None = None) -> Task | None:
        """Say what the present unit is, and go on."""
        return self._answer(lambda judging, item: judging.decide(item, verdict, right_label=right_label, right=right))

    def read(self, entities: Sequence[tuple[int, int, str]]) -> Task | None:
        """Say that the present sentence holds exactly `entities`, and go on."""
        return self._answer(lambda judging, item: judging.read(item, entities))

    def skip(self) -> Task | None:
        """Leave the present unit for later."""
        return self._answer(lambda judging, item: judging.skip(item))

    def take_back(self) -> Task | None:
        """Open the unit that was judged last again."""
        judging = self._judging
        return None if judging is None else self._go_on(judging, judging.take_back)

    def _answer(self, act: Callable[[Judging, Item], None]) -> Task | None:
        judging, item = self._judging, None if self.queue is None else self.queue.item
        if judging is None or item is None:
            return None

        def answer() -> Item | None:
            act(judging, item)
            return None

        return self._go_on(judging, answer)

    def _go_on(self, judging: Judging, act: Callable[[], Item | None]) -> Task:
        """Do `act`, which may say what to look at then; else the next unit is."""
        labels = () if self.queue is None else self.queue.labels

        def work(_opened: OpenProject, _job: Job) -> Queue:
            following = act() or judging.next()
            return _standing(judging, following, labels)

        task = self.write(self.tr("Saving"), work)
        task.succeeded.connect(self._take_queue)
        return task

    def _take_queue(self, queue: Queue) -> None:
        self.queue = queue
        self.queue_changed.emit(queue)

    # ---- why, and what would help

    def find_errors(self) -> Task | None:
        """The errors with their causes, and rule changes tried on them: `errors_found` with (cases, tried)."""

        def work(opened: OpenProject, live: LiveRun, job: Job) -> tuple[list[ErrorCase], list[Tried]]:
            return errors_of(opened.project, live, job=job)

        return self._with_live(self.tr("Looking for causes"), "errors", work, self.errors_found.emit)

    def try_proposal(self, proposal: Proposal) -> None:
        """Show in the Tuning tab what the proposed change does, before it is in force."""
        self.workspace.try_sources(proposal.applied(self.workspace.pending_sources))

    def find_lists(self) -> Task | None:
        """What each list gives, how lists overlap, what switching one off does: `lists_found`."""

        def work(opened: OpenProject, live: LiveRun, job: Job) -> Lists:
            return Lists(describe_sources(opened.project, live, job), overlaps(live.run))

        return self._with_live(self.tr("Comparing the lists"), "lists", work, self.lists_found.emit)

    def find_missed(self) -> Task | None:
        """What is not labelled and looks like an entity: `missed_found`. A signal."""

        def work(_opened: OpenProject, live: LiveRun, job: Job) -> list[Missed]:
            return missed_entities(live.run, job=job)

        return self._with_live(self.tr("Looking for missed entities"), "missed", work, self.missed_found.emit)

    # ---- inside

    def _with_live(
        self,
        title: str,
        kind: str,
        work: Callable[[OpenProject, LiveRun, Job], _Made],
        take: Callable[[_Made], object],
    ) -> Task | None:
        """A task that works on the run in memory, once it is stored; None without a run or in a file that cannot be written."""
        opened, state = self.workspace.opened, self.workspace.state
        if opened is None or state.run is None:
            return None

        def together(job: Job) -> _Made:
            opened.record(state, job)
            return work(opened, opened.live(state), job)

        def then(made: _Made) -> None:
            take(made)

        return self.workspace.tasks.start(title, together, kind=f"audit {kind}", then=then)


def _standing(judging: Judging, item: Item | None, labels: Sequence[str]) -> Queue:
    so_far = sample_precision(judging.sample, judging.verdicts) if judging.sample.method == SPANS else None
    return Queue(judging.sample, judging.done, judging.total, item, labels, so_far)


def texts_of(state: State, case: ErrorCase, width: int = 50) -> tuple[str, str, str]:
    """What stands before an error, the error, and what stands behind it."""
    text = state.documents[case.document].text
    return text[max(0, case.start - width) : case.start], text[case.start : case.end], text[case.end : case.end + width]
