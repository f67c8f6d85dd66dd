"""What is open, chosen and pending: plain values to be read at any time, and the signals that tell of news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QObject, Signal

from farspan.diff import Difference
from farspan.model import Document, LongArray, Span
from farspan.noise.signals import RunSignals
from farspan.options import ConflictPolicy
from farspan.run import Run, Source
from farspan.spans import KINDS
from farspan.store.edited import apply_edits
from farspan.store.history import Operation
from farspan.store.project import Project
from farspan.store.rules import Rules
from farspan_app.gui.models.facets import Chosen
from farspan_app.gui.models.pairs import Pairs
from farspan_app.gui.opened import OpenProject, Place, State, Verdict
from farspan_app.gui.tasks import Tasks

EMPTY: Final = State(Path())


@dataclass(frozen=True, slots=True)
class Selection:
    """What the person looks at: a stretch of a document (its number in `documents`, code points), its row in `run.contest`."""

    document: int
    start: int
    end: int
    row: int | None = None


class Holdings(QObject):
    """The open project as the window sees it. Only `Workspace`, which adds the work, changes it."""

    project_changed = Signal()
    documents_changed = Signal()
    sources_changed = Signal()
    run_changed = Signal()
    preview_changed = Signal()
    judgements_changed = Signal()
    selection_changed = Signal()
    facets_changed = Signal()
    passing_changed = Signal()
    signals_changed = Signal()
    sort_asked = Signal(str)
    relations_changed = Signal()
    history_changed = Signal()
    task_started = Signal(object)
    message = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = Tasks(self)
        self.tasks.started.connect(self.task_started)
        self._opened: OpenProject | None = None
        self._state = EMPTY
        self._pending: tuple[tuple[Source, ...], ConflictPolicy] | None = None
        self._preview: Difference | None = None
        self._selection: Selection | None = None
        self._facets: Chosen = {}
        self._only: tuple[str, LongArray] | None = None
        self._passing: LongArray | None = None
        self._signals: RunSignals | None = None
        self._relations: Pairs | None = None

    # ---- what is there

    @property
    def project(self) -> Project | None:
        """The open project."""
        return None if self._opened is None else self._opened.project

    @property
    def opened(self) -> OpenProject | None:
        """The open project with what is dear to make; for work on other threads only."""
        return self._opened

    @property
    def path(self) -> Path | None:
        """Its file."""
        return None if self._opened is None else self._state.path

    @property
    def state(self) -> State:
        """Everything that was loaded, in one frozen value: worker threads may keep it."""
        return self._state

    @property
    def read_only(self) -> bool:
        """Whether the file cannot be changed."""
        return self._state.read_only

    @property
    def documents(self) -> Sequence[Document]:
        """The documents with their tokens, in order."""
        return self._state.documents

    @property
    def corpus(self) -> Any:
        """The `Corpus` of the documents; None without any."""
        return self._state.corpus

    @property
    def sources(self) -> tuple[Source, ...]:
        """The lists with the options in force, in order, those that are switched off too."""
        return self._state.sources

    @property
    def policy(self) -> ConflictPolicy:
        """The conflict policy in force."""
        return self._state.rules.policy

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self._state.rules

    @property
    def run(self) -> Run | None:
        """The run of the rules in force over the corpus."""
        return self._state.run

    @property
    def signals(self) -> RunSignals | None:
        """What speaks against the spans of the run; None until `Workspace.find_signals` has found it."""
        return self._signals

    @property
    def relations(self) -> Pairs | None:
        """The pairs of the newest relation run; None before the first."""
        return self._relations

    def show_relations(self, pairs: Pairs | None) -> None:
        """Say which relations there are."""
        if pairs is not self._relations:
            self._relations = pairs
            self.relations_changed.emit()

    @property
    def pending_sources(self) -> tuple[Source, ...]:
        """The lists with the options that are being tried; those in force if none are."""
        return self.sources if self._pending is None else self._pending[0]

    @property
    def pending_policy(self) -> ConflictPolicy:
        """The conflict policy that is being tried; the one in force if none is."""
        return self.policy if self._pending is None else self._pending[1]

    @property
    def has_pending(self) -> bool:
        """Whether a rule change waits to be applied or discarded."""
        return self._pending is not None

    @property
    def preview(self) -> Difference | None:
        """What the pending rule change does to the run; None while it is being computed or there is none."""
        return self._preview

    @property
    def judgements(self) -> Mapping[Place, Verdict]:
        """(document id, start, end, label) -> accepted or rejected."""
        return self._state.judgements

    @property
    def versions(self) -> Mapping[str, Rules]:
        """The rule sets that were saved under a name, the oldest first."""
        return self._state.versions

    @property
    def undo_operation(self) -> Operation | None:
        """The action that undo takes back."""
        return self._state.undo

    @property
    def redo_operation(self) -> Operation | None:
        """The action that redo does again."""
        return self._state.redo

    @property
    def selection(self) -> Selection | None:
        """What the person looks at."""
        return self._selection

    @property
    def facets(self) -> Chosen:
        """What the candidates are narrowed down to: facet -> values; empty: nothing is left out."""
        return self._facets

    def choose(self, chosen: Chosen) -> None:
        """Narrow the candidates down to `chosen`; the concordance follows, and what passes is known when it has."""
        wanted = {name: values for name, values in chosen.items() if values}
        if wanted != self._facets:
            self._facets = wanted
            self.facets_changed.emit()

    @property
    def only(self) -> tuple[str, LongArray] | None:
        """Candidates that are looked at in particular, and what they are; beside the facets."""
        return self._only

    def look_at(self, what: str, rows: LongArray | None) -> None:
        """Narrow the candidates down to `rows` of the run (None: no longer); `what` says in words which they are."""
        if rows is not None or self._only is not None:
            self._only = None if rows is None else (what, rows)
            self.facets_changed.emit()

    @property
    def passing(self) -> LongArray | None:
        """int64, ascending: the candidates of the run that pass the facets; None: all do."""
        return self._passing

    def let_pass(self, rows: LongArray | None) -> None:
        """Say which candidates pass the facets."""
        if rows is not None or self._passing is not None:
            self._passing = rows
            self.passing_changed.emit()

    def select(self, selection: Selection | None) -> None:
        """Look at `selection`."""
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit()

    def spans(self, number: int, run: Run | None = None) -> list[Span]:
        """The spans of the document `number` after the manual edits, as they are exported; of `run` if given, else of the run."""
        return apply_edits(document_spans(run or self.run, number), self.edits_of(number))

    def edits_of(self, number: int) -> Sequence[Any]:
        """The manual edits (`store.work.Edit`) in the document `number`."""
        if number >= len(self._state.stored_documents):
            return ()
        return self._state.edits.get(self._state.stored_documents[number].id, ())

    def verdict(self, row: int) -> Verdict | None:
        """The verdict on the candidate `row` of the run; None if there is none."""
        return None if self.run is None else self.judgements.get(place_of(self.run, row))

    def _forget_pending(self) -> None:
        self._pending = self._preview = None

    def _adopt(self, state: State) -> None:
        """Show `state`; the signals say what of it is new."""
        old, self._state = self._state, state
        if state.documents is not old.documents:
            self._selection = None
            self.documents_changed.emit()
            self.selection_changed.emit()
        if state.sources != old.sources or state.rules != old.rules or state.versions != old.versions:
            self.sources_changed.emit()
        if state.run is not old.run:
            self._passing = self._signals = self._only = None  # these speak of the old run
            self.run_changed.emit()
            self.preview_changed.emit()
        if state.judgements != old.judgements or state.edits != old.edits:
            self.judgements_changed.emit()
        if (state.undo, state.redo) != (old.undo, old.redo):
            self.history_changed.emit()


def place_of(run: Run, row: int) -> Place:
    """The place of a candidate, as judgements know it."""
    number = int(run.corpus.document_of(run.contest.starts[row : row + 1])[0])
    start, end = (int(side[0]) for side in run.characters(np.array([row])))
    return run.corpus.documents[number].id, start, end, run.rules.labels[run.label_ids[row]]


def document_spans(run: Run | None, number: int) -> list[Span]:
    """What `run` labels in the document `number`, before any edit."""
    if run is None:
        return []
    spans, (first, last) = run.spans, run.corpus.doc_offsets[number : number + 2]
    begin, end = np.searchsorted(spans.starts, (first, last))
    chosen = slice(int(begin), int(end))
    rows = spans.rows[chosen]
    starts, ends = run.characters_of(chosen)
    labels, kinds = spans.label_ids[chosen].tolist(), spans.kinds[chosen].tolist()
    sources, names = run.contest.sources[rows].tolist(), run.contest.names[rows].tolist()
    scores = run.contest.scores[rows].tolist()
    return [
        Span(start, end, run.rules.labels[label], *run.rules.origin(source, name), KINDS[kind], round(score, 4))
        for start, end, label, source, name, kind, score in zip(
            starts.tolist(), ends.tolist(), labels, sources, names, kinds, scores, strict=True
        )
    ]
