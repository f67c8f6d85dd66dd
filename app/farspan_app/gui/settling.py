"""What a verdict means for the project: judgements, and the manual edits that make the export follow them.

rejected: the place is judged wrong, and a kept span is deleted. accepted: judged right, and a candidate that lost or was blocked
becomes a span. undecided: both are taken back. A newer verdict takes the place of an older one on the same place and label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from farspan.model import LongArray, Span
from farspan.run import Run
from farspan.store.work import Edit, Judgement

if TYPE_CHECKING:
    from farspan_app.gui.opened import Place, State

_TITLES: Final = {"accepted": "Accepted {:,}", "rejected": "Rejected {:,}", "undecided": "Left {:,} undecided"}
_FOLLOWING: Final = frozenset({"delete", "add", "relabel"})
"""Edits that a verdict on their place and label replaces."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is to be written, as one action. withdraw, remove_edits: numbers of what is taken back."""

    title: str
    judgements: Sequence[Judgement] = ()
    edits: Sequence[Edit] = ()
    withdraw: Sequence[int] = ()
    remove_edits: Sequence[int] = ()

    def __bool__(self) -> bool:
        return bool(self.judgements or self.edits or self.withdraw or self.remove_edits)


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate as a person sees it. document: its number in the project; place: as judgements know it."""

    document: int
    place: Place
    source: str
    name: str
    is_span: bool


def judged(state: State, rows: LongArray) -> Iterator[Judged]:
    """The candidates `rows` of the run."""
    run = state.run
    if run is None:
        return
    starts, ends, are_spans = _extents(run, rows)
    numbers = run.corpus.document_of(run.contest.starts[rows]).tolist()
    for row, start, end, is_span, number in zip(rows.tolist(), starts, ends, are_spans, numbers, strict=True):
        place = run.corpus.documents[number].id, start, end, run.rules.labels[run.label_ids[row]]
        source, name, _ids = run.rules.origin(int(run.contest.sources[row]), int(run.contest.names[row]))
        yield Judged(state.stored_documents[number].id, place, source, name, is_span)


def _extents(run: Run, rows: LongArray) -> tuple[list[int], list[int], list[bool]]:
    """Starts and ends in characters, and whether each of `rows` is a span; a span may have grown beyond its candidate."""
    starts, ends = run.characters(rows)
    order = np.argsort(run.spans.rows, kind="stable")
    at = np.searchsorted(run.spans.rows, rows, sorter=order)
    found = order[np.minimum(at, len(order) - 1)] if len(order) else np.zeros(len(rows), np.int64)
    are_spans = run.spans.rows[found] == rows if len(order) else np.zeros(len(rows), np.bool_)
    grown_starts, grown_ends = run.characters_of(found[are_spans])
    starts[are_spans], ends[are_spans] = grown_starts, grown_ends
    return starts.tolist(), ends.tolist(), are_spans.tolist()


def settled(state: State, rows: LongArray, verdict: str) -> Settlement:
    """What accepting, rejecting or leaving open the candidates `rows` writes."""
    found = list(judged(state, rows))
    title = _TITLES[verdict].format(len(found))
    replaced = _replaced(state, found)
    if verdict == "undecided":
        return Settlement(title, (), (), *replaced)
    right = verdict == "accepted"
    judgements = [
        Judgement(
            one.document, one.place[1], one.place[2], "right" if right else "wrong", one.place[3], one.source, one.name,
            right_label=None if right else "",
        )
        for one in found
    ]  # fmt: skip
    edits = [
        Edit(one.document, one.place[1], one.place[2], "add" if right else "delete", one.place[3])
        for one in found
        if one.is_span != right
    ]
    return Settlement(title, judgements, edits, *replaced)


def relabelled(state: State, rows: LongArray, label: str) -> Settlement:
    """What another label for the candidates `rows` writes: each is judged wrong, with the right label said."""
    found = [one for one in judged(state, rows) if one.place[3] != label]
    judgements = [
        Judgement(one.document, one.place[1], one.place[2], "wrong", one.place[3], one.source, one.name, right_label=label)
        for one in found
    ]
    edits = [
        Edit(one.document, one.place[1], one.place[2], "relabel", one.place[3], new_label=label)
        if one.is_span
        else Edit(one.document, one.place[1], one.place[2], "add", label)
        for one in found
    ]
    return Settlement(f"{len(found):,} now {label}", judgements, edits, *_replaced(state, found))


def added(state: State, places: Sequence[tuple[int, int, int]], label: str) -> Settlement:
    """What labelling `places` (document number, start, end) by hand writes."""
    edits = [Edit(state.stored_documents[number].id, start, end, "add", label) for number, start, end in places]
    return Settlement(f"{len(edits):,} labelled {label} by hand", (), edits)


def moved(state: State, document: int, span: Span, start: int, end: int) -> Settlement:
    """What other borders for `span` write."""
    number = state.stored_documents[document].id
    judgement = Judgement(
        number, span.start, span.end, "wrong", span.label, span.source, span.name, span.label, right_start=start, right_end=end
    )
    edit = Edit(number, span.start, span.end, "move", span.label, new_start=start, new_end=end)
    return Settlement("Moved a border", (judgement,) if span.source else (), (edit,))


def barred(state: State, document: int, start: int, end: int) -> Settlement:
    """What "never here" writes."""
    return Settlement("Never here", (), (Edit(state.stored_documents[document].id, start, end, "never_here"),))


def _replaced(state: State, found: Iterable[Judged]) -> tuple[list[int], list[int]]:
    """Numbers of the judgements and edits on the same places and labels."""
    judgements: list[int] = []
    edits: list[int] = []
    for one in found:
        judgements += state.judgement_ids.get(one.place, ())
        _document, start, end, label = one.place
        edits += [
            edit.id
            for edit in state.edits.get(one.document, ())
            if (edit.start, edit.end) == (start, end)
            and edit.action in _FOLLOWING
            and (edit.label == label or edit.action == "add")
        ]
    return sorted(set(judgements)), sorted(set(edits))


def rows_of(rows: Iterable[int]) -> LongArray:
    """`rows` ascending, each once."""
    return np.unique(np.fromiter(rows, np.int64))
