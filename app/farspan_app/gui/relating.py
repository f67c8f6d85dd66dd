"""Relations in the window: plans, runs, pairs, judging and stories. Starts tasks and tells of their results.

What people say and what is read of relations goes over the database's thread; finding relations is work of the engine's.
`farspan.relations` does it all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Signal

from farspan.job import Job
from farspan.relations.browsing import ProjectRelations, RelationEstimates
from farspan.relations.kb import KnowledgeBase, knowledge_base
from farspan.relations.negative_plans import NegativePlan
from farspan.relations.options import RelationRules
from farspan.relations.project import plan_from_dict, project_story, put_plan, relate_project, story_relater
from farspan.relations.reading import load_kb
from farspan.relations.relating import Relater, RelationPlan
from farspan.relations.splits import SplitPlan
from farspan.relations.stories import PairStory
from farspan.store.project import Project
from farspan.store.relation_work import Purpose
from farspan.store.relations import StoredPlan, StoredRelationRun, StoredTriples
from farspan.store.work import Verdict
from farspan_app.gui.models.pairs import Pairs
from farspan_app.gui.opened import OpenProject, State
from farspan_app.gui.own_work import OwnWork
from farspan_app.gui.parting import Parted, part_project
from farspan_app.gui.relation_queue import RelationQueue, standing_of
from farspan_app.gui.samples import RelationSample, relation_sample
from farspan_app.gui.tasks import Task
from farspan_app.gui.workspace import Workspace

_Made = TypeVar("_Made")
_ACTIONS: Final = frozenset({"judge_relation", "set_relation_plan"})
"""The actions that change what there is of relations."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is of relations. plan: in force; made: what it says; triples: its knowledge base.

    relations: names that have options of their own to set. run: the newest of the plan. is_stale: it was found with other spans,
    or not yet. sample: the triples that came with a sample project and are not taken in yet.
    """

    plan: StoredPlan | None = None
    made: RelationPlan | None = None
    triples: StoredTriples | None = None
    relations: Sequence[str] = ()
    run: StoredRelationRun | None = None
    is_stale: bool = False
    sample: RelationSample | None = None


class Relating(OwnWork):
    """The relations of the open project. changed: other pairs or none; judged: the same pairs with other verdicts."""

    changed = Signal()
    judged = Signal()
    queue_changed = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.standing = Standing()
        self.pairs: Pairs | None = None
        self.estimates: RelationEstimates | None = None
        self.queue: RelationQueue | None = None
        self._found: tuple[ProjectRelations, object] | None = None
        self._relater: tuple[int, Relater] | None = None
        self._names: dict[int, list[str]] = {}
        self._later: set[int] = set()
        self._answering: Task | None = None
        workspace.project_changed.connect(self._forget)
        workspace.documents_changed.connect(self.refresh)
        workspace.run_changed.connect(self.refresh)
        workspace.history_changed.connect(self._history_changed)

    def _forget(self) -> None:
        self.standing, self.pairs, self.estimates, self.queue = Standing(), None, None, None
        self._found, self._relater, self._names = None, None, {}
        self._later.clear()
        self.workspace.show_relations(None)
        self.changed.emit()
        self.refresh()

    def _history_changed(self) -> None:
        last = self.workspace.undo_operation, self.workspace.redo_operation
        if not self.is_own and any(one is not None and one.action in _ACTIONS for one in last):
            self.refresh()

    # ---- what there is

    def refresh(self) -> Task | None:
        """Read the plan in force, what it found and what was said of it: `changed` or `judged`."""
        opened, state, held = self.workspace.opened, self.workspace.state, self.pairs
        if opened is None:
            return None
        if not state.documents:
            self._take((Standing(), None, None))
            return None

        def work(job: Job) -> tuple[Standing, Pairs | None, RelationEstimates | None]:
            standing = self._standing(opened, state, job)
            if standing.run is None:
                return standing, None, None
            found = self._read(opened.project, standing.run.id, state)
            is_held = held is not None and held.run.id == found.run.id and held.corpus is state.corpus
            pairs = held.judged(found) if is_held and held is not None else Pairs(found, state)
            return standing, pairs, found.estimates()

        def take(made: tuple[Standing, Pairs | None, RelationEstimates | None]) -> None:
            if self.workspace.opened is opened:  # and not closed by now
                self._take(made)

        title = self.tr("Reading relations")
        return self.workspace.tasks.start(title, work, kind="relations", lane="database", then=take)

    def _standing(self, opened: OpenProject, state: State, job: Job) -> Standing:
        project = opened.project
        stored = project.relations.in_force()
        if stored is None:
            return Standing(sample=relation_sample(project.path))
        opened.record(state, job)
        newest = project.runs.latest()
        spans = None if newest is None else newest.id
        runs = [one for one in project.relations.all() if one.plan == stored.id]
        fitting = [one for one in runs if one.run == spans]
        run = next(reversed(fitting or runs), None)
        triples = next((one for one in project.relations.triple_lists() if one.id == stored.triples), None)
        made = plan_from_dict(stored.plan)
        return Standing(stored, made, triples, self._relations(project, stored, made), run, not fitting)

    def _relations(self, project: Project, stored: StoredPlan, made: RelationPlan) -> list[str]:
        if stored.triples is not None and stored.triples not in self._names:
            self._names[stored.triples] = list(dict.fromkeys(one.relation for one in project.relations.triples(stored.triples)))
        names = [] if stored.triples is None else self._names[stored.triples]
        cues = [name for one in made.cues for name in one.relations]
        inverses = [one.inverse for one in made.rules.options.values()]
        return [name for name in dict.fromkeys([*names, *cues, *made.rules.options, *inverses]) if name]

    def _read(self, project: Project, run: int, state: State) -> ProjectRelations:
        """The relation run, read again only where it is another one or the texts are."""
        if self._found is None or self._found[0].run.id != run or self._found[1] is not state.documents:
            self._found = ProjectRelations(project, run), state.documents
        else:
            self._found[0].refresh()
        return self._found[0]

    def _take(self, made: tuple[Standing, Pairs | None, RelationEstimates | None]) -> None:
        before, (self.standing, self.pairs, self.estimates) = self.pairs, made
        same = before is not None and self.pairs is not None and before.run.id == self.pairs.run.id
        self.workspace.show_relations(self.pairs)
        if same and before is not None and self.pairs is not None and before.corpus is self.pairs.corpus:
            self.judged.emit()
        else:
            self._later.clear()
        self.changed.emit()
        if self.queue is not None and self.pairs is not None:
            self.open_queue(self.queue.purpose, self.queue.relation)
        elif self.queue is not None:
            self.queue = None
            self.queue_changed.emit(None)

    # ---- triples and rules

    def read_triples(self, paths: Sequence[Path]) -> Task:
        """The knowledge base in `paths` as it would come in. Succeeds with it; nothing is changed."""
        return self.workspace.tasks.start(
            self.tr("Reading triples"), lambda job: load_triples(paths, job), kind="read triples", lane="database"
        )

    def take_triples(self, found: KnowledgeBase, *, with_present: bool = False) -> Task | None:
        """Let `found` be the knowledge base, together with the one that is there if asked for; relations follow."""
        present = self.standing.plan.triples if self.standing.plan is not None else None
        plan = self.standing.made or RelationPlan()

        def base(project: Project, job: Job) -> KnowledgeBase:
            if not with_present or present is None:
                return found
            before = next(one.name for one in project.relations.triple_lists() if one.id == present)
            return knowledge_base(chain(project.relations.triples(present), found.triples()), f"{before} + {found.name}", job)

        return self._put(plan, base)

    def take_sample(self) -> Task | None:
        """Take in the lists and triples that came with the sample project; relations follow."""
        sample = self.standing.sample
        if sample is None:
            return None
        there = {one.name for one in self.workspace.sources}
        tasks = [self.workspace.import_list(one) for one in sample.lists if Path(one.path).stem not in there]
        plan = RelationPlan(RelationRules(level="window:1"), (NegativePlan("same_types"),))

        def go_on() -> None:
            self._put(plan, lambda _project, job: load_triples(sample.triples, job))

        if not tasks:
            go_on()
            return None
        tasks[-1].succeeded.connect(lambda _: go_on())
        return tasks[-1]

    def apply(self, plan: RelationPlan) -> Task | None:
        """Let `plan` count from now on, over the same triples; relations follow."""
        triples = self.standing.plan.triples if self.standing.plan is not None else None
        return self._put(plan, lambda _project, _job: triples)

    def _put(self, plan: RelationPlan, base: Callable[[Project, Job], KnowledgeBase | int | None]) -> Task | None:
        if self.workspace.opened is None or self.workspace.read_only:
            return None

        def work(opened: OpenProject, job: Job) -> StoredPlan:
            return put_plan(opened.project, plan, base(opened.project, job), job)

        task = self.write(self.tr("Taking the plan in"), work)
        task.succeeded.connect(lambda _: self.relate())
        return task

    def relate(self) -> Task | None:
        """Find the relations of the plan in force, once the labels are stored. Can be cancelled; then those found before stay."""
        opened, state = self.workspace.opened, self.workspace.state
        if opened is None or self.workspace.read_only:
            return None

        def work(job: Job) -> StoredRelationRun:
            opened.record(state, job)
            made = relate_project(opened.project, job)
            for one in opened.project.relations.all():
                if one.plan == made.plan and one.id != made.id:
                    opened.project.relations.remove(one.id)
            return made

        task = self.workspace.tasks.start(self.tr("Finding relations"), work, kind="relate")
        task.finished.connect(self.refresh)
        return task

    # ---- judging

    def judge(self, rows: Sequence[int], verdict: Verdict) -> Task | None:
        """Say of pairs that were looked up whether they are right; counts for no estimate. One action."""
        if self.pairs is None or self.workspace.read_only or not rows:
            return None
        run = self.pairs.run.id

        def work(opened: OpenProject, _job: Job) -> None:
            found = self._held(opened.project, run)
            found.judge_all(rows, verdict)

        task = self.write(self.tr("Saving"), work)
        task.succeeded.connect(lambda _: self.refresh())
        return task

    def open_queue(self, purpose: Purpose, relation: str | None = None) -> Task | None:
        """Go on with a queue: `queue_changed`."""
        opened, pairs, later = self.workspace.opened, self.pairs, frozenset(self._later)
        if opened is None or pairs is None:
            return None

        def work(_: Job) -> RelationQueue:
            return standing_of(self._held(opened.project, pairs.run.id), purpose, relation, later)

        title = self.tr("Opening the queue")
        return self.workspace.tasks.start(title, work, kind="relation queue", lane="database", then=self._take_queue)

    def decide(self, verdict: Verdict, *, right_relation: str | None = None) -> Task | None:
        """Say what the present pair of the queue is, and go on."""
        queue, pairs = self.queue, self.pairs
        if queue is None or queue.row is None or pairs is None or self.workspace.read_only:
            return None
        if self._answering is not None and self._answering.is_running:
            return None  # a key pressed twice must not judge one pair twice
        row, later = queue.row, frozenset(self._later)

        def work(opened: OpenProject, _job: Job) -> tuple[RelationQueue, Pairs, RelationEstimates]:
            found = self._held(opened.project, pairs.run.id)
            found.judge(row, verdict, purpose=queue.purpose, right_relation=right_relation)
            return standing_of(found, queue.purpose, queue.relation, later), pairs.judged(found), found.estimates()

        def take(made: tuple[RelationQueue, Pairs, RelationEstimates]) -> None:
            following, self.pairs, self.estimates = made
            self.workspace.show_relations(self.pairs)
            self.judged.emit()
            self._take_queue(following)

        self._answering = self.write(self.tr("Saving"), work)
        self._answering.succeeded.connect(take)
        return self._answering

    def skip(self) -> Task | None:
        """Leave the present pair for later."""
        if self.queue is None or self.queue.row is None:
            return None
        self._later.add(self.queue.row)
        return self.open_queue(self.queue.purpose, self.queue.relation)

    def _take_queue(self, queue: RelationQueue) -> None:
        if queue.row is None and self._later and queue.done < queue.total and queue.purpose != "bag":
            self._later.clear()  # what was left for later is all that is left
            self.open_queue(queue.purpose, queue.relation)
            return
        self.queue = queue
        self.queue_changed.emit(queue)

    def _held(self, project: Project, run: int) -> ProjectRelations:
        if self._found is None or self._found[0].run.id != run:
            self._found = ProjectRelations(project, run), None
        return self._found[0]

    # ---- stories

    def tell(self, row: int) -> Task | None:
        """Why a pair is a relation, or why not. Succeeds with a `PairStory`; None without relations."""
        opened, pairs, plan = self.workspace.opened, self.pairs, self.standing.plan
        if opened is None or pairs is None or plan is None:
            return None
        document = self.workspace.state.stored_documents[int(pairs.documents[row])].id
        (one, _), (other, _) = pairs.places(row)

        def work(job: Job) -> PairStory:
            if self._relater is None or self._relater[0] != plan.id:
                self._relater = plan.id, story_relater(opened.project, job)
            return project_story(opened.project, document, one, other, job, self._relater[1])

        task = self.workspace.tasks.start(self.tr("Telling why"), work, kind="relation story", lane="database")
        task.error_shown = True  # in the story's own place
        return task

    # ---- writing

    def split(self, plan: SplitPlan, seed: int, path: Path, format: str) -> Task | None:
        """Write the relations in three parts beside `path`. Succeeds with `Parted`."""
        opened = self.workspace.opened
        if opened is None:
            return None

        def work(job: Job) -> Parted:
            return part_project(opened.project, plan, seed, path, format, job)

        return self.workspace.tasks.start(self.tr("Writing three files"), work, kind="split")


def load_triples(paths: Sequence[Path], job: Job) -> KnowledgeBase:
    """The knowledge base in all of `paths` together. Raises InputError for a file without a triple."""
    parts = [load_kb(str(path), job=job) for path in paths]
    if len(parts) == 1:
        return parts[0]
    made = knowledge_base(chain.from_iterable(part.triples() for part in parts), " + ".join(part.name for part in parts), job)
    problems = [problem for part in parts for problem in part.problems]
    return replace(made, problems=problems)
