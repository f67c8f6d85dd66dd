"""Edits laid over spans by neighbourhoods against one after the other over all spans."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.model import Span
from farspan.store.edited import _apply, apply_edits
from farspan.store.work import Edit
from farspan_app.gui.models import shown
from farspan_app.gui.views.spans import Mark, Verdict

places = st.tuples(st.integers(0, 14), st.integers(1, 3))  # a span is never empty
places = places.map(lambda pair: (pair[0], pair[0] + pair[1]))
labels = st.sampled_from(["A", "B"])
spans = st.lists(st.builds(lambda place, label: Span(*place, label, "list"), places, labels), max_size=8)
edits = st.lists(
    st.builds(
        lambda place, action, label, new_label, new: Edit(
            1, *place, action, label, new_label=new_label,
            new_start=new[0] if action == "move" else None, new_end=new[1] if action == "move" else None,
        ),
        places, st.sampled_from(["add", "delete", "relabel", "move", "never_here"]), labels, labels, places,
    ),
    max_size=8,
)  # fmt: skip


def one_after_the_other(spans, edits):
    found = list(spans)
    for edit in edits:
        found = _apply(found, edit)
    return sorted(found, key=lambda span: (span.start, -span.end))


@settings(max_examples=400)
@given(spans, edits)
def test_neighbourhoods_give_what_one_after_the_other_gives(spans, edits):
    assert apply_edits(spans, edits) == one_after_the_other(spans, edits)


def test_many_edits_far_apart_are_all_applied():
    spans = [Span(10 * n, 10 * n + 4, "A", "list") for n in range(20_000)]
    edits = [Edit(1, span.start, span.end, "delete", "A") for span in spans[::2]]
    assert apply_edits(spans, edits) == spans[1::2]


@settings(max_examples=300)
@given(spans, edits)
def test_the_text_shows_what_the_edits_make_of_it(spans, edits):
    """The painted spans, whose columns are filtered first, against `apply_edits`."""
    labels = ["A", "B"]
    drawn = shown._Drawn()
    drawn.labels = {label: number for number, label in enumerate(labels)}
    columns = [(span.start, span.end, labels.index(span.label), Mark.KEPT, 0, row) for row, span in enumerate(spans)]
    drawn.columns = np.array(columns, np.int64).reshape(-1, 6).T
    drawn.apply(edits)
    found = [tuple(column) for column in drawn.columns[:5].T.tolist()]
    stands = sorted((start, end, labels[label]) for start, end, label, mark, verdict in found if _stands(mark, verdict))
    assert stands == sorted((span.start, span.end, span.label) for span in apply_edits(spans, edits))


def _stands(mark, verdict):
    return mark in {Mark.KEPT, Mark.NESTED, Mark.ADDED} and verdict != Verdict.REJECTED
