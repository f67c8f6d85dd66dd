"""Searching the texts themselves: every place is found, candidate or not, and labelled in one step."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.model import Document, Span
from farspan_app.gui.models.hits import Hits, _touching, find_hits
from farspan_app.gui.models.searching import Finder, Search
from farspan_app.gui.widgets.hits_dialog import HitsDialog


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from("AB")), max_size=12),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=8),
)
@settings(max_examples=60, deadline=None)
def test_what_touches_a_place_is_what_a_slow_look_finds(spans, places):
    made = [Span(start, start + size, label) for start, size, label in spans]
    wanted = [(start, start + size) for start, size in places]
    for (start, end), (labels, same) in zip(wanted, _touching(wanted, made), strict=True):
        here = [span for span in made if span.start < end and span.end > start]
        assert set(labels.split(", ")) - {""} == {span.label for span in here}
        assert same == any((span.start, span.end) == (start, end) for span in here)


def test_places_are_found_in_all_texts_and_cut_off_with_a_word(monkeypatch):
    texts = [Document("a", "Lima, Lima\nኢትዮጵያ"), Document("b", "no"), Document("c", "in Lima")]
    hits = find_hits(texts, None, {}, Finder(Search("lima")))
    assert hits.places.tolist() == [[0, 0, 4], [0, 6, 10], [2, 3, 7]]
    assert not hits.is_more
    monkeypatch.setattr("farspan_app.gui.models.hits.MOST", 2)
    assert find_hits(texts, None, {}, Finder(Search("lima"))).is_more


def test_free_places_are_those_without_the_label():
    import numpy as np

    hits = Hits([], np.zeros((3, 3), np.int64), ["", "LOC", "PER, LOC"], np.array([False, True, False]))
    assert hits.free("LOC", only_bare=True).tolist() == [True, False, False]
    assert hits.free("LOC", only_bare=False).tolist() == [True, False, True]
    assert hits.free("PER", only_bare=False).tolist() == [True, True, True]


@pytest.fixture
def panel(window, scripts_copy, wait, settled):
    wait(window.workspace.open_project(scripts_copy))
    settled(window.workspace)
    window.show_tab("concordance")
    settled(window.workspace)
    return window.panels["concordance"]


def test_every_place_is_labelled_in_one_step_and_taken_back_in_one(panel, settled, qtbot):
    workspace = panel.workspace
    before = [workspace.spans(number) for number in range(len(workspace.documents))]
    panel.field.setText("ዩኒቨርሲቲ|city|capital|عاصمة")
    dialog = panel.search_texts()
    assert isinstance(dialog, HitsDialog)
    dialog.toggles._regex.setChecked(True)
    qtbot.waitUntil(lambda: dialog.model.rowCount() >= 3, timeout=5000)
    bare = dialog.model.rowCount()
    dialog.choice.setEditText("KIND")
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    free = len(dialog.places)
    assert str(free) in ok.text()
    assert 0 < free < bare  # "City" of New York City and the university stand inside labelled names
    dialog.only_bare.setChecked(False)
    assert len(dialog.places) == bare
    dialog.only_bare.setChecked(True)
    dialog.accept()
    settled(workspace)
    added = [span for number in range(len(workspace.documents)) for span in workspace.spans(number) if span.label == "KIND"]
    assert len(added) == free
    workspace.undo()
    settled(workspace)
    assert [workspace.spans(number) for number in range(len(workspace.documents))] == before


def test_a_faulty_expression_or_label_is_told_and_does_nothing(panel, qtbot):
    dialog = panel.search_texts()
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
    dialog.field.setText("(")
    dialog.toggles._regex.setChecked(True)
    qtbot.waitUntil(lambda: "regular expression" in dialog.status.text(), timeout=5000)
    dialog.field.setText("Berlin")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2, timeout=5000)
    dialog.choice.setEditText("two words")
    assert "white space" in dialog.status.text()
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
    dialog.reject()
