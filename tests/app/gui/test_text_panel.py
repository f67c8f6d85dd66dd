"""Given a project in many scripts, when a person reads and corrects in the Text tab, then the project has what they did."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton

from farspan.model import Document, Span
from farspan_app.gui.models.shown import Wanted, shown_spans
from farspan_app.gui.panels.text import TextPanel
from farspan_app.gui.views.ink import tag_text
from farspan_app.gui.views.spans import Mark, Verdict
from farspan_app.gui.workspace import Selection


@pytest.fixture
def panel(qtbot, scripts, settled):
    made = TextPanel(scripts)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    settled(scripts)
    made.grab()
    return made


def look_at(panel, word, nth=0):
    spans = panel.view.spans
    found = [n for n in range(len(spans)) if panel.view.text[spans.starts[n] : spans.ends[n]] == word]
    panel.view.set_current(found[nth])
    return found[nth]


def tags(panel, word):
    spans = panel.view.spans
    return [tag_text(spans, n) for n in range(len(spans)) if panel.view.text[spans.starts[n] : spans.ends[n]] == word]


def test_the_first_document_is_there_with_what_is_labelled(panel, scripts):
    assert panel.view.text == scripts.documents[0].text
    assert tags(panel, "Addis Ababa University") == ["ORG"]
    assert tags(panel, "Addis Ababa") == []
    assert tags(panel, "𝔅𝔢𝔯𝔩𝔦𝔫") == ["LOC"]


def test_what_lost_is_shown_on_request_and_said_to_have_lost(panel, scripts, settled):
    panel.lost.setChecked(True)
    settled(scripts)
    assert tags(panel, "Addis Ababa") == ["LOC lost"]
    assert tags(panel, "Taylor") == ["PER lost"]
    panel.grab()


def test_going_from_document_to_document(panel, scripts, settled):
    panel._turn_page(1)
    settled(scripts)
    assert panel.view.text == scripts.documents[1].text
    assert tags(panel, "مصر") == ["LOC"]


def test_keys_go_judge_and_are_undone(panel, qtbot, scripts, settled):
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_N)
    assert scripts.selection.row is not None
    qtbot.keyClick(panel.view, Qt.Key.Key_R)
    settled(scripts)
    assert list(scripts.judgements.values()) == ["rejected"]
    assert tags(panel, "Addis Ababa University") == ["✗ ORG"]
    assert [span.label for span in scripts.spans(0) if span.start == 0] == []
    assert panel.view.current == 0
    scripts.undo()
    settled(scripts)
    assert tags(panel, "Addis Ababa University") == ["ORG"]


def test_accepting_what_lost_labels_it(panel, scripts, settled):
    panel.lost.setChecked(True)
    settled(scripts)
    look_at(panel, "Taylor")
    panel.judge("accepted")
    settled(scripts)
    assert tags(panel, "Taylor") == ["✓ PER added"]
    assert any(span.label == "PER" and span.end - span.start == len("Taylor") for span in scripts.spans(0))


def test_another_label(panel, qtbot, scripts, settled):
    look_at(panel, "दिल्ली")
    panel.give_label("CITY")
    settled(scripts)
    assert tags(panel, "दिल्ली") == ["✓ CITY"]
    assert "CITY" in {span.label for span in scripts.spans(0)}


def test_what_is_selected_is_labelled_by_a_number(panel, qtbot, scripts, settled):
    start = panel.view.text.index("मुंबई")
    panel.view.select(start, start + len("मुंबई"))
    qtbot.keyClick(panel.view, Qt.Key(int(Qt.Key.Key_1)))
    settled(scripts)
    assert tags(panel, "मुंबई") == ["LOC added"]
    added = [span for span in scripts.spans(0) if span.start == start]
    assert [panel.view.text[span.start : span.end] for span in added] == ["मुंबई"]


def test_a_border_moved_by_keys_is_in_the_project(panel, qtbot, scripts, settled):
    look_at(panel, "New York City")
    alt_shift = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    for _ in range(len(" City")):
        qtbot.keyClick(panel.view, Qt.Key.Key_Left, alt_shift)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    settled(scripts)
    assert tags(panel, "New York") == ["✓ LOC"]
    assert "New York City" not in {panel.view.text[span.start : span.end] for span in scripts.spans(0)}


def test_never_here_and_never_anywhere(panel, scripts, settled):
    look_at(panel, "Berlin")
    panel.never_here()
    settled(scripts)
    assert tags(panel, "Berlin") == ["✗ LOC"]
    look_at(panel, "Müller-Lüdenscheidt")
    panel.exclude()
    settled(scripts)
    assert tags(panel, "Müller-Lüdenscheidt") == []


def test_the_text_follows_what_is_selected_elsewhere(panel, scripts, settled):
    text = scripts.documents[1].text
    start = text.index("ישראל")
    scripts.select(Selection(1, start, start + len("ישראל")))
    settled(scripts)
    assert panel.documents.currentIndex() == 1
    assert panel.view.selected_text == "ישראל"


def test_finding_goes_round_and_every_place_can_be_labelled(panel, scripts, settled, monkeypatch):
    panel.find_bar.start()
    panel.find_bar.field.setText("paulo")
    panel.find_bar.go(1)
    first = panel.view.selection
    assert panel.view.selected_text == "Paulo"
    for step in (1, -1):
        panel.find_bar.go(step)
        assert panel.view.selection == first
    panel.find_bar.field.setText("nowhere at all")
    panel.find_bar.go(1)
    assert panel.find_bar.said.text() == "not found"
    monkeypatch.setattr("farspan_app.gui.panels.text.QInputDialog.getItem", lambda *_: ("LOC", True))
    panel.find_bar.field.setText("በአዲስ")
    panel.find_bar._label_all()
    settled(scripts)
    assert tags(panel, "በአዲስ") == ["LOC added"]


def test_long_texts_are_searched_off_the_windows_thread(panel, scripts, settled, monkeypatch):
    monkeypatch.setattr("farspan_app.gui.widgets.find_bar._AT_ONCE", 10)
    panel.find_bar.start()
    panel.find_bar.field.setText("paulo")
    panel.find_bar.go(-1)
    assert panel.view.selected_text == ""
    settled(scripts)
    assert panel.view.selected_text == "Paulo"


def test_a_faulty_expression_is_said_and_finds_nothing(panel):
    panel.find_bar.start()
    panel.find_bar.toggles._regex.setChecked(True)
    panel.find_bar.field.setText("[")
    assert "no regular expression" in panel.find_bar.said.text()
    panel.find_bar.go(1)
    assert panel.view.selected_text == ""


def test_shown_marks_are_those_of_the_run(panel):
    assert set(panel.view.spans.marks.tolist()) <= {Mark.KEPT, Mark.NESTED}
    assert set(panel.view.spans.verdicts.tolist()) == {Verdict.NONE}


def test_without_texts_the_tab_says_what_to_do(qtbot, workspace):
    made = TextPanel(workspace)
    qtbot.addWidget(made)
    assert made.is_empty


def test_every_control_has_a_name(panel):
    for kind in (QComboBox, QPushButton, QCheckBox):
        for control in panel.findChildren(kind):
            assert control.accessibleName() or control.text(), control
    assert panel.view.accessibleName()


def test_conflicts_are_gone_through_by_their_own_key(panel, qtbot, scripts, settled):
    panel.view.setFocus()
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(panel.view, Qt.Key.Key_N, shift)
    settled(scripts)
    assert panel.lost.isChecked()
    seen = []
    for _ in range(4):
        qtbot.keyClick(panel.view, Qt.Key.Key_N, shift)
        seen.append(panel.verdicts.about.text().split(" · ")[1])
    assert [text.startswith("LOC lost") for text in seen[:2]] == [True, True]
    assert seen[2].startswith("PER lost")


def test_f3_goes_on_to_the_next_span(panel, qtbot, scripts):
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_F3)
    first = panel.view.current
    qtbot.keyClick(panel.view, Qt.Key.Key_F3)
    assert (first, panel.view.current) == (0, 1)
    qtbot.keyClick(panel.view, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert panel.view.current == 0


def test_turning_to_another_document_leaves_the_span_of_the_old_one_behind(panel, scripts, settled):
    look_at(panel, "Berlin")
    assert scripts.selection.row is not None
    panel._turn_page(1)
    settled(scripts)
    assert panel.view.text == scripts.documents[1].text
    assert scripts.selection is None
    assert panel.chosen_rows() == []


@pytest.mark.parametrize("with_lost", [True, False])
def test_what_is_shown_as_labelled_is_what_is_exported(panel, scripts, settled, with_lost):
    panel.lost.setChecked(True)
    settled(scripts)
    start = panel.view.text.index("मुंबई")
    for act in (
        lambda: look_at(panel, "Berlin") is not None and panel.judge("rejected"),
        lambda: look_at(panel, "Taylor") is not None and panel.judge("accepted"),
        lambda: look_at(panel, "भारत") is not None and panel.give_label("ORG"),
        lambda: panel.view.select(start, start + 5) or panel.give_label("PER"),
        lambda: look_at(panel, "𝔅𝔢𝔯𝔩𝔦𝔫") is not None and panel.never_here(),
        lambda: panel._move(look_at(panel, "New York City"), panel.view.text.index("New York"), panel.view.text.index(" City")),
    ):
        act()
        settled(scripts)
    panel.lost.setChecked(with_lost)
    settled(scripts)
    spans = panel.view.spans
    labelled = {
        (int(spans.starts[n]), int(spans.ends[n]), spans.label_names[spans.labels[n]])
        for n in range(len(spans))
        if spans.marks[n] in {Mark.KEPT, Mark.NESTED, Mark.ADDED} and spans.verdicts[n] != Verdict.REJECTED
    }
    assert labelled == {(span.start, span.end, span.label) for span in scripts.spans(0)}


def test_gold_is_drawn_beside_what_was_found():
    document = Document("a", "Berlin lies", spans=[Span(0, 6, "LOC", kind="gold"), Span(7, 11, "X", kind="kept")])
    spans = shown_spans(None, 0, document, {}, (), wanted=Wanted(gold=True))
    assert [tag_text(spans, n) for n in range(len(spans))] == ["LOC gold"]
    assert len(shown_spans(None, 0, document, {}, (), wanted=Wanted())) == 0


def test_keys_typed_into_the_search_judge_nothing(panel, qtbot, scripts, settled):
    look_at(panel, "Berlin")
    panel.find_bar.start()
    panel.find_bar.field.clear()
    qtbot.keyClicks(panel.find_bar.field, "paulor")
    qtbot.keyClick(panel.find_bar.field, Qt.Key.Key_Backspace)
    qtbot.keyClick(panel.find_bar.field, Qt.Key.Key_Return)
    settled(scripts)
    assert panel.view.selected_text == "Paulo"
    look_at(panel, "Berlin")
    qtbot.keyClick(panel.find_bar.field, Qt.Key.Key_Return)
    qtbot.keyClick(panel.find_bar.field, Qt.Key.Key_Enter)
    settled(scripts)
    assert not scripts.judgements


def test_a_missed_word_is_looked_at_once_it_has_its_label(panel, qtbot, scripts, settled):
    look_at(panel, "Berlin")
    start = panel.view.text.index("lies") if "lies" in panel.view.text else panel.view.text.index(" ") + 1
    word = panel.view.text[start : panel.view.text.index(" ", start)]
    panel.view.select(start, start + len(word))
    panel.give_label(panel.labels[0])
    settled(scripts)
    number = panel.view.current
    assert number is not None
    assert panel.view.text[panel.view.spans.starts[number] : panel.view.spans.ends[number]] == word
