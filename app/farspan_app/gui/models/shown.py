"""What the text view shows of a document: the run's candidates, gold, and what people changed, as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from farspan.decide.conflicts import Status
from farspan.model import BoolArray, Document, IntArray, LongArray
from farspan.run import Run
from farspan.store.work import Edit
from farspan_app.gui.views.spans import Mark, ShownSpans, Verdict

_VERDICTS = {"accepted": Verdict.ACCEPTED, "rejected": Verdict.REJECTED}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which spans are shown beside those that are labelled. gold: those of the document as it was imported."""

    lost: bool = False
    gold: bool = False


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
    drawn = _Drawn(wanted.lost)
    if run is not None:
        drawn.add_run(run, number)
    if wanted.gold:
        for span in document.spans:
            if span.kind == "gold":
                drawn.add(span.start, span.end, span.label, Mark.GOLD)
    for edit in edits:
        drawn.edit(edit)
    found = drawn.finished()
    for (name, start, end, label), verdict in judgements.items():
        if name == document.id and label in found.label_names:
            first, last = np.searchsorted(found.starts, start), np.searchsorted(found.starts, start, "right")
            here = slice(int(first), int(last))
            meant = (found.ends[here] == end) & (found.labels[here] == found.label_names.index(label))
            found.verdicts[here][meant & (found.marks[here] != Mark.GOLD)] = _VERDICTS[verdict]
    return found


class _Drawn:
    """Columns that are still being filled."""

    def __init__(self, wants_lost: bool) -> None:
        self.wants_lost = wants_lost
        self.labels: dict[str, int] = {}
        self.starts: IntArray = np.empty(0, np.int32)
        self.ends: IntArray = np.empty(0, np.int32)
        self.numbers: IntArray = np.empty(0, np.int32)
        self.marks = np.empty(0, np.uint8)
        self.verdicts = np.empty(0, np.uint8)
        self.rows: LongArray = np.empty(0, np.int64)

    def add_run(self, run: Run, number: int) -> None:
        """What the run labels, as grown as it is, and on request what lost or was blocked."""
        first, last = run.corpus.doc_offsets[number : number + 2]
        self.labels = {label: at for at, label in enumerate(run.rules.labels)}
        kept = slice(*np.searchsorted(run.spans.starts, (first, last)).tolist())
        starts, ends = run.characters_of(kept)
        rows = run.spans.rows[kept]
        if self.wants_lost:
            here = np.arange(*np.searchsorted(run.contest.starts, (first, last)).tolist())
            others = here[run.decisions.status[here] >= Status.LOST]
            more_starts, more_ends = run.characters(others)
            starts, ends = np.concatenate([starts, more_starts]), np.concatenate([ends, more_ends])
            rows = np.concatenate([rows, others])
        self.starts, self.ends, self.rows = starts.astype(np.int32), ends.astype(np.int32), rows.astype(np.int64)
        self.numbers, self.marks = run.label_ids[rows].astype(np.int32), run.decisions.status[rows].astype(np.uint8)
        self.verdicts = np.zeros(len(rows), np.uint8)

    def add(self, start: int, end: int, label: str, mark: Mark) -> None:
        """One more span."""
        self.starts, self.ends = np.append(self.starts, np.int32(start)), np.append(self.ends, np.int32(end))
        self.numbers = np.append(self.numbers, np.int32(self._number(label)))
        self.marks, self.verdicts = np.append(self.marks, np.uint8(mark)), np.append(self.verdicts, np.uint8(0))
        self.rows = np.append(self.rows, np.int64(-1))

    def edit(self, edit: Edit) -> None:
        """What a person changed, in the order in which they did; the outcome is that of `store.edited.apply_edits`."""
        if not edit.attached:
            return
        there = (self.starts == edit.start) & (self.ends == edit.end) & (self.marks != Mark.GOLD)
        meant = there & self._is_labelled & (self.numbers == self.labels.get(edit.label, -1))
        match edit.action:
            case "add":
                self._add_by_hand(edit, there & (self.numbers == self.labels.get(edit.label, -1)))
            case "never_here":
                self.verdicts[there & self._is_labelled] = Verdict.REJECTED
            case "delete":
                self.verdicts[meant] = Verdict.REJECTED
            case "relabel" if edit.new_label:
                self.numbers[meant], self.verdicts[meant] = self._number(edit.new_label), Verdict.ACCEPTED
            case "move" if meant.any() and edit.new_start is not None and edit.new_end is not None:
                self._move(int(np.flatnonzero(meant)[0]), edit.new_start, edit.new_end)

    @property
    def _is_labelled(self) -> BoolArray:
        labelled: BoolArray = np.isin(self.marks, (Mark.KEPT, Mark.NESTED, Mark.ADDED)) & (self.verdicts != Verdict.REJECTED)
        return labelled

    def _give_way(self, start: int, end: int) -> None:
        """What a person says stands for certain: what overlaps it has lost."""
        self.marks[self._is_labelled & (self.starts < end) & (self.ends > start)] = Mark.LOST

    def _add_by_hand(self, edit: Edit, same: BoolArray) -> None:
        self._give_way(edit.start, edit.end)
        if same.any():
            first = int(np.flatnonzero(same)[0])
            self.marks[first], self.verdicts[first] = Mark.ADDED, Verdict.NONE
        else:
            self.add(edit.start, edit.end, edit.label, Mark.ADDED)

    def _move(self, number: int, start: int, end: int) -> None:
        self.marks[number] = Mark.LOST
        self._give_way(start, end)
        self.starts[number], self.ends[number] = start, end
        self.marks[number], self.verdicts[number] = Mark.KEPT, Verdict.ACCEPTED

    def finished(self) -> ShownSpans:
        """The columns in order."""
        order = np.lexsort((-self.ends, self.starts))
        if not self.wants_lost:
            order = order[self.marks[order] != Mark.LOST]
        return ShownSpans(
            self.starts[order], self.ends[order], self.numbers[order],
            self.marks[order], self.verdicts[order], self.rows[order], list(self.labels),
        )  # fmt: skip

    def _number(self, label: str) -> int:
        return self.labels.setdefault(label, len(self.labels))
