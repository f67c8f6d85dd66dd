"""Given spans over real text, when they are laid out, then each stands under its own characters and none on another's level."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont

from farspan_app.gui.views.block import Block, Page, is_mostly_right_to_left, runs_right_to_left
from farspan_app.gui.views.spans import ShownSpans, levels


def shown(*places, labels=("LOC",)):
    places = sorted(places, key=lambda place: (place[0], -place[1]))
    columns = np.array(places, np.int32).reshape(-1, 2)
    zeros = np.zeros(len(places), np.uint8)
    return ShownSpans(
        columns[:, 0], columns[:, 1], np.zeros(len(places), np.int32), zeros, zeros.copy(), np.arange(len(places)), labels
    )


@pytest.fixture
def page(qapp):
    font = QFont("Noto Sans", 13)
    return Page(600.0, font, QFont("Noto Sans", 8))


RANGES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: (pair[0], sum(pair))), max_size=14)


@given(RANGES)
@settings(max_examples=100, deadline=None)
def test_spans_that_overlap_never_share_a_level(places):
    starts, ends = (np.array(side, np.int32) for side in zip(*places, strict=True)) if places else (np.empty(0, np.int32),) * 2
    found = levels(starts, ends)
    for a in range(len(places)):
        for b in range(a):
            if starts[a] < ends[b] and starts[b] < ends[a]:
                assert found[a] != found[b]


def test_what_lies_inside_is_nearer_to_the_text():
    assert levels(np.array([0, 0, 6]), np.array([22, 11, 11])).tolist() == [2, 1, 0]


@given(RANGES, st.integers(0, 30), st.integers(1, 9))
@settings(max_examples=100, deadline=None)
def test_the_spans_of_a_stretch_are_those_that_touch_it(places, start, length):
    spans = shown(*places)
    end = start + length
    slow = [n for n in range(len(spans)) if spans.starts[n] < end and spans.ends[n] > start]
    assert spans.within(start, end).tolist() == slow


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Addis Ababa lies high.", "Ababa"),
        ("አዲስ አበባ ዋና ከተማ ናት።", "አበባ"),
        ("القاهرة عاصمة مصر", "مصر"),
        ("יְרוּשָׁלַיִם היא בירת ישראל", "ישראל"),
        ("दिल्ली भारत की राजधानी है", "भारत"),
        ("𝔅𝔢𝔯𝔩𝔦𝔫 Sa\u0303o Paulo", "Paulo"),
    ],
)
def test_a_span_lies_under_its_word_in_every_script(page, text, word):
    start = text.index(word)
    block = Block(text, 0, page, shown((start, start + len(word))))
    [stretch] = block.stretches
    edges = sorted(block.place_of(point)[1] for point in (start, start + len(word)))
    assert [stretch.left, stretch.right] == pytest.approx(edges, abs=1.5)
    assert stretch.right_to_left is runs_right_to_left(text)


def test_latin_inside_arabic_is_marked_whole_and_where_it_stands(page):
    text = "زار John Smith مدينة القاهرة"
    start = text.index("John")
    block = Block(text, 0, page, shown((start, start + len("John Smith"))))
    [stretch] = block.stretches
    assert not stretch.right_to_left
    middle = (stretch.left + stretch.right) / 2
    assert start < block.point_at(middle, 10) < start + len("John Smith")


def test_a_span_of_two_directions_is_drawn_in_two_pieces(page):
    text = "the word القاهرة مصر stands"
    start = text.index("القاهرة")
    block = Block(text, 0, page, shown((start, len(text))))
    assert [stretch.right_to_left for stretch in block.stretches] == [True, False]
    assert sum(stretch.is_first for stretch in block.stretches) == 1


def test_a_paragraph_runs_as_its_first_letter_says(page):
    assert runs_right_to_left("123 القاهرة in Egypt")
    assert not runs_right_to_left("Cairo القاهرة مصر النيل")
    assert is_mostly_right_to_left("Cairo القاهرة مصر النيل")
    block = Block("القاهرة", 0, page, shown())
    assert block.layout.lineAt(0).naturalTextRect().right() == pytest.approx(page.width)


def test_lines_with_nested_spans_are_higher(page):
    text = "Addis Ababa University"
    flat, nested = Block(text, 0, page, shown((0, 22))), Block(text, 0, page, shown((0, 22), (0, 11), (6, 11)))
    assert nested.height == pytest.approx(flat.height + 2 * page.level_height)
