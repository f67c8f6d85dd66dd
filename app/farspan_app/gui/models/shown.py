"""What the text view shows of a document: the run's candidates, gold, and what people changed, as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from farspan.decide.conflicts import Status
from farspan.model import Document, LongArray, Span
from farspan.run import Run
from farspan.store.edited import neighbourhoods, reach
from farspan.store.work import Edit
from farspan_app.gui.views.spans import Mark, ShownSpans, Verdict

_LABELLED = frozenset({Mark.KEPT, Mark.NESTED, Mark.ADDED})
_VERDICTS = {"accepted": Verdict.ACCEPTED, "rejected": Verdict.REJECTED}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which spans are shown beside those that are labelled. gold: those of the document as it was imported.

    passing: int64, ascending, the candidates that are shown at all; None: no facet leaves any out.
    """

    lost: bool = False
    gold: bool = False
    passing: LongArray | None = None


def shown_spans(
    run: Run | None,
    number: int,
    document: Document,
    judgements: Mapping[tuple[str, int, int, str], str],
    edits: Sequence[Edit],
    *,
    wanted: Wanted,
) -> ShownSpans:
    """The spans of the document `number`, by start; of those with one start the longest first."""
    drawn = _Drawn()
    if run is not None:
        drawn.add_run(run, number, wants_lost=wanted.lost)
    attached = [edit for edit in edits if edit.attached]
    if attached:
        drawn.apply(attached)
    if wanted.passing is not None:
        drawn.keep(wanted.passing)
    if wanted.gold:
        drawn.add_gold([span for span in document.spans if span.kind == "gold"])
    found = drawn.finished(wants_lost=wanted.lost)
    _take_verdicts(found, document.id, judgements)
    return found


def _take_verdicts(found: ShownSpans, document: str, judgements: Mapping[tuple[str, int, int, str], str]) -> None:
    """What people said of these spans. Looks each span up: a project may hold many more judgements than a text has spans."""
    if not judgements:
        return
    names = found.label_names
    places = zip(found.starts.tolist(), found.ends.tolist(), found.labels.tolist(), strict=True)
    for number, (start, end, label) in enumerate(places):
        said = judgements.get((document, start, end, names[label]))
        if said is not None and found.marks[number] != Mark.GOLD:
            found.verdicts[number] = _VERDICTS[said]


@dataclass(slots=True)
class _Row:
    """One span while edits are applied to it."""

    start: int
    end: int
    label: int
    mark: int
    verdict: int
    row: int

    @property
    def is_labelled(self) -> bool:
        return self.mark in _LABELLED and self.verdict != Verdict.REJECTED


def _near(starts: LongArray, ends: LongArray, edits: Sequence[Edit]) -> LongArray:
    """int64: the numbers of the spans that an edit can touch: a text with a million of them need not be walked through."""
    if not edits:
        return np.empty(0, np.int64)
    reaches = np.array([reach(edit) for edit in edits], np.int64)
    reaches = reaches[np.argsort(reaches[:, 0], kind="stable")]
    furthest = np.maximum.accumulate(reaches[:, 1])
    before = np.searchsorted(reaches[:, 0], ends, "right")  # the edits that begin before the span ends, or where it does
    return np.flatnonzero((before > 0) & (furthest[before - 1] >= starts))


class _Drawn:
    """Columns that are still being filled."""

    def __init__(self) -> None:
        self.labels: dict[str, int] = {}
        self.columns: LongArray = np.empty((6, 0), np.int64)  # those of `_Row`

    def add_run(self, run: Run, number: int, *, wants_lost: bool) -> None:
        """What the run labels, as grown as it is, and on request what lost or was blocked."""
        first, last = run.corpus.doc_offsets[number : number + 2]
        self.labels = {label: at for at, label in enumerate(run.rules.labels)}
        kept = slice(*np.searchsorted(run.spans.starts, (first, last)).tolist())
        starts, ends = run.characters_of(kept)
        rows = run.spans.rows[kept]
        if wants_lost:
            here = np.arange(*np.searchsorted(run.contest.starts, (first, last)).tolist())
            others = here[run.decisions.status[here] >= Status.LOST]
            more_starts, more_ends = run.characters(others)
            starts, ends = np.concatenate([starts, more_starts]), np.concatenate([ends, more_ends])
            rows = np.concatenate([rows, others])
        columns = (starts, ends, run.label_ids[rows], run.decisions.status[rows], 0, rows)
        self.columns = np.empty((len(columns), len(rows)), np.int64)
        for column, values in zip(self.columns, columns, strict=True):  # one by one: stacked, they hold up every other thread
            column[:] = values

    def keep(self, rows: LongArray) -> None:
        """Only the spans of these candidates, and those that a person added."""
        mine = self.columns[5]
        self.columns = self.columns[:, (mine < 0) | np.isin(mine, rows)]

    def add_gold(self, spans: Sequence[Span]) -> None:
        """Gold spans, beside the others."""
        self._append([_Row(span.start, span.end, self._number(span.label), Mark.GOLD, Verdict.NONE, -1) for span in spans])

    def apply(self, edits: Sequence[Edit]) -> None:
        """What a person changed, in the order in which they did; the outcome is that of `store.edited.apply_edits`."""
        near = _near(self.columns[0], self.columns[1], edits)
        mine = self.columns[:, near].T.tolist()
        touched: list[int] = []
        edited: list[_Row] = []
        for numbers, own in neighbourhoods([(start, end) for start, end, *_ in mine], edits):
            if not own:
                continue
            some = [_Row(*mine[number]) for number in numbers]
            for edit in own:
                self._apply(some, edit)
            touched += numbers
            edited += some
        self.columns = np.delete(self.columns, near[touched], axis=1)
        self._append(edited)

    def _append(self, rows: Sequence[_Row]) -> None:
        more = np.array([(r.start, r.end, r.label, r.mark, r.verdict, r.row) for r in rows], np.int64).reshape(-1, 6)
        self.columns = np.concatenate([self.columns, more.T], axis=1)

    def _apply(self, some: list[_Row], edit: Edit) -> None:
        there = [one for one in some if (one.start, one.end) == (edit.start, edit.end)]
        same = [one for one in there if one.label == self.labels.get(edit.label, -1)]
        meant = [one for one in same if one.is_labelled]
        match edit.action:
            case "add":
                self._add_by_hand(some, edit, same)
            case "never_here" | "delete":
                for one in [one for one in there if one.is_labelled] if edit.action == "never_here" else meant:
                    one.verdict = Verdict.REJECTED
            case "relabel" if edit.new_label:
                for one in meant:
                    one.label, one.verdict = self._number(edit.new_label), Verdict.ACCEPTED
            case "move" if meant and edit.new_start is not None and edit.new_end is not None:
                meant[0].mark = Mark.LOST
                _give_way(some, edit.new_start, edit.new_end)
                meant[0].start, meant[0].end = edit.new_start, edit.new_end
                meant[0].mark, meant[0].verdict = Mark.KEPT, Verdict.ACCEPTED

    def _add_by_hand(self, some: list[_Row], edit: Edit, same: Sequence[_Row]) -> None:
        _give_way(some, edit.start, edit.end)
        if same:
            same[0].mark, same[0].verdict = Mark.ADDED, Verdict.NONE
        else:
            some.append(_Row(edit.start, edit.end, self._number(edit.label), Mark.ADDED, Verdict.NONE, -1))

    def finished(self, *, wants_lost: bool) -> ShownSpans:
        """The columns in order."""
        starts, ends, labels, marks, verdicts, rows = self.columns
        order = np.lexsort((-ends, starts))
        if not wants_lost:
            order = order[marks[order] != Mark.LOST]
        return ShownSpans(
            starts[order].astype(np.int32), ends[order].astype(np.int32), labels[order].astype(np.int32),
            marks[order].astype(np.uint8), verdicts[order].astype(np.uint8), rows[order], list(self.labels),
        )  # fmt: skip

    def _number(self, label: str) -> int:
        return self.labels.setdefault(label, len(self.labels))


def _give_way(some: Sequence[_Row], start: int, end: int) -> None:
    """What a person says stands for certain: what overlaps it has lost."""
    for one in some:
        if one.is_labelled and one.start < end and one.end > start:
            one.mark = Mark.LOST
