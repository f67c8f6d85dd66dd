"""Given related spans, when their arcs are laid out, then each runs above its line, from subject to object, in any direction."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QFontMetricsF, QImage

from farspan_app.gui.theme import found_colour, label_colour
from farspan_app.gui.views.arcs import MOST_LEVELS, ShownArcs, lay_out
from farspan_app.gui.views.block import Block, Page
from farspan_app.gui.views.ink import Ink
from farspan_app.gui.views.paragraphs import split_paragraphs
from farspan_app.gui.views.spans import ShownSpans
from farspan_app.gui.views.text_view import TextView

ENGLISH = "Berlin is the capital of Germany, and Paris that of France."
ARABIC = "القاهرة عاصمة مصر، وتقع على نهر النيل."


def arcs(text, *triples):
    """Arcs between the first places of words: (subject, object, name)."""
    places = [(text.index(one), len(one)) for subject, object_, _ in triples for one in (subject, object_)]
    starts = np.array([start for start, _ in places], np.int32).reshape(-1, 2)
    ends = np.array([start + length for start, length in places], np.int32).reshape(-1, 2)
    labels = list(dict.fromkeys(name for *_, name in triples))
    names = np.array([labels.index(name) for *_, name in triples], np.int32)
    verdicts = np.zeros(len(triples), np.uint8)
    return ShownArcs(starts[:, 0], ends[:, 0], starts[:, 1], ends[:, 1], names, verdicts, labels)


def spans(text, *words):
    starts = np.array(sorted(text.index(word) for word in words), np.int32)
    ends = np.array([text.index(word) + len(word) for word in sorted(words, key=text.index)], np.int32)
    zeros = np.zeros(len(words), np.uint8)
    return ShownSpans(starts, ends, zeros.astype(np.int32), zeros, zeros, np.full(len(words), -1, np.int64), ["LOC"])


def page(width=600.0):
    return Page(width, QFont("Noto Sans", 13), QFont("Noto Sans", 8))


def test_an_arc_joins_subject_and_object_on_one_line_and_takes_room_above_it(qapp):
    found = arcs(ENGLISH, ("Germany", "Berlin", "capital"))
    bare, block = Block(ENGLISH, 0, page(), ShownSpans()), Block(ENGLISH, 0, page(), ShownSpans(), found)
    (lane,) = block.lanes.lanes
    assert lane.head < lane.tail, "the object stands left of the subject: the arc points back"
    assert block.height == pytest.approx(bare.height + page().arc_height)


def test_an_arc_in_arabic_points_to_the_object_where_the_eye_finds_it(qapp):
    (lane,) = Block(ARABIC, 0, page(), ShownSpans(), arcs(ARABIC, ("القاهرة", "مصر", "country"))).lanes.lanes
    assert lane.head < lane.tail, "what is read later stands further left"


def test_an_arc_over_two_lines_leaves_at_the_end_of_one_and_comes_back_at_the_beginning_of_the_other(qapp):
    narrow = page(120.0)
    for text, subject, object_, first, second in (
        (ENGLISH, "Berlin", "France", "right", "left"),
        (ENGLISH, "France", "Berlin", "left", "right"),
        (ARABIC, "القاهرة", "النيل", "left", "right"),
    ):
        lanes = Block(text, 0, narrow, ShownSpans(), arcs(text, (subject, object_, "x"))).lanes.lanes
        tail = next(lane for lane in lanes if lane.tail is not None)
        head = next(lane for lane in lanes if lane.head is not None)
        assert tail.line != head.line
        edges = {"left": 0.0, "right": narrow.width}
        assert getattr(tail, first) == edges[first]
        assert getattr(head, second) == edges[second]


def test_arcs_whose_spans_are_hidden_are_not_drawn(qapp, qtbot):
    view = TextView(lambda: Ink(qapp.palette(), label_colour, found_colour()))
    qtbot.addWidget(view)
    view.resize(800, 300)
    view.set_text(split_paragraphs(ENGLISH), spans(ENGLISH, "Berlin", "Germany", "Paris"))
    view.set_arcs(arcs(ENGLISH, ("Berlin", "Germany", "in"), ("Paris", "France", "in")))
    assert len(view.arcs) == 1
    with_arcs = view.grab().toImage()
    view.set_arcs(ShownArcs())
    assert with_arcs != view.grab().toImage()


def test_an_arc_is_painted_in_the_colour_of_its_relation_above_the_words(qapp, qtbot):
    view = TextView(lambda: Ink(qapp.palette(), label_colour, found_colour()))
    qtbot.addWidget(view)
    view.resize(800, 300)
    view.set_text(split_paragraphs(ENGLISH), spans(ENGLISH, "Berlin", "Germany"))
    view.set_arcs(arcs(ENGLISH, ("Berlin", "Germany", "in")))
    picture: QImage = view.grab().toImage()
    wanted = label_colour("in").rgb()
    rows = {y for y in range(picture.height()) for x in range(picture.width()) if picture.pixel(QPoint(x, y)) == wanted}
    assert rows
    assert max(rows) < picture.height() / 3


def test_too_many_arcs_above_a_line_are_counted(qapp):
    many = arcs(ENGLISH, *[("Berlin", "France", f"relation {number}") for number in range(MOST_LEVELS + 5)])
    lanes = Block(ENGLISH, 0, page(900.0), ShownSpans(), many).lanes
    assert len(lanes.lanes) == MOST_LEVELS
    assert lanes.more == {0: 5}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).filter(lambda pair: pair[0] != pair[1]), max_size=12))
def test_no_two_arcs_above_a_line_cross_on_one_level(qapp, pairs):
    columns = np.array(pairs, np.int32).reshape(-1, 2)
    zeros = np.zeros(len(pairs), np.int32)
    found = ShownArcs(columns[:, 0], columns[:, 0] + 1, columns[:, 1], columns[:, 1] + 1, zeros, zeros.astype(np.uint8), ["r"])
    metrics = QFontMetricsF(QFont("Noto Sans", 8))
    numbers = found.touching(0, 51)
    lanes = lay_out(found, numbers, lambda start, _end: (0, start * 10.0), 520.0, metrics, turned=False)
    assert len(lanes.lanes) + sum(lanes.more.values()) == len(pairs)
    for one in lanes.lanes:
        for other in lanes.lanes:
            if one.number < other.number and one.level == other.level:
                assert one.right <= other.left or other.right <= one.left
