"""Given a project in many scripts, when a person works in the concordance, then rows are found, sorted, judged and copied."""

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPushButton, QToolButton

from farspan_app.gui.models.concordance import LEFT, MATCH, RIGHT, ConcordanceModel
from farspan_app.gui.models.kwic import Kwic
from farspan_app.gui.panels.concordance import ConcordancePanel
from farspan_app.gui.workspace import Selection


@pytest.fixture
def panel(qtbot, scripts, settled):
    made = ConcordancePanel(scripts)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    settled(scripts)
    made.grab()
    return made


def matches(panel):
    return [panel.model.index(number, MATCH).data() for number in range(panel.model.rowCount())]


def choose(panel, *words):
    panel.view.clearSelection()
    mode = panel.view.selectionModel().SelectionFlag
    for number, match in enumerate(matches(panel)):
        if match in words:
            panel.view.selectionModel().select(panel.model.index(number, MATCH), mode.Select | mode.Rows)


def test_every_candidate_is_a_row(panel, scripts):
    assert panel.model.rowCount() == len(scripts.run.contest)
    assert not panel.is_empty
    assert {"Addis Ababa", "አዲስ አበባ", "القاهرة", "दिल्ली", "𝔅𝔢𝔯𝔩𝔦𝔫"} <= set(matches(panel))


def test_typing_finds_and_a_faulty_expression_is_said(panel, qtbot, scripts, settled):
    qtbot.keyClicks(panel.field, "berlin")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    settled(scripts)
    assert set(matches(panel)) == {"Berlin"}
    panel.field.setText("(")
    panel.toggles._regex.setChecked(True)
    assert "no regular expression" in panel.fault.text()
    assert set(matches(panel)) == {"Berlin"}


def test_a_click_on_a_head_sorts_and_another_turns_it(panel, scripts, settled):
    panel.view.horizontalHeader().sectionClicked.emit(MATCH)
    settled(scripts)
    upwards = matches(panel)
    assert upwards == sorted(upwards, key=lambda text: (text.casefold(), text))
    panel.view.horizontalHeader().sectionClicked.emit(MATCH)
    settled(scripts)
    assert matches(panel) == sorted(upwards, key=lambda text: (text.casefold(), text), reverse=True)


def test_rows_of_one_label_and_status(panel, scripts, settled):
    scripts.choose({"label": frozenset({"PER"}), "status": frozenset({"lost"})})
    settled(scripts)
    assert matches(panel) == ["Taylor"]


def test_judging_a_block_by_key_is_one_action_that_undo_takes_back(panel, qtbot, scripts, settled):
    choose(panel, "Berlin", "አዲስ አበባ")
    rows = panel.chosen_rows()
    assert len(rows) == 3
    qtbot.keyClick(panel.view, Qt.Key.Key_R)
    settled(scripts)
    assert set(scripts.judgements.values()) == {"rejected"}
    assert len(scripts.judgements) == len(rows)
    assert panel.chosen_rows() == rows
    assert sum("rejected" in panel.model._status(panel.model.line(n)) for n in range(panel.model.rowCount())) == len(rows)
    scripts.undo()
    settled(scripts)
    assert not scripts.judgements


def test_accepting_and_leaving_open(panel, qtbot, scripts, settled):
    choose(panel, "दिल्ली")
    qtbot.keyClick(panel.view, Qt.Key.Key_A)
    settled(scripts)
    assert list(scripts.judgements.values()) == ["accepted"]
    qtbot.keyClick(panel.view, Qt.Key.Key_U)
    settled(scripts)
    assert not scripts.judgements


def test_a_number_gives_a_label(panel, qtbot, scripts, settled):
    choose(panel, "مصر")
    number = list(scripts.run.rules.labels).index("PER") + 1
    qtbot.keyClick(panel.view, Qt.Key(int(Qt.Key.Key_0) + number))
    settled(scripts)
    assert [span.label for span in scripts.spans(1) if span.name == "مصر"] == ["PER"]
    assert "PER" in {panel.model.line(n).label for n in range(panel.model.rowCount()) if panel.model.line(n).match == "مصر"}


def test_a_name_excluded_is_gone_everywhere(panel, scripts, settled):
    panel.field.setText("𝔅𝔢𝔯𝔩𝔦𝔫")
    panel.refresh()
    settled(scripts)
    panel.view.choose(0)
    panel.exclude()
    settled(scripts)
    assert {panel.model.line(n).status.name for n in range(panel.model.rowCount())} == {"BLOCKED"}


def test_copying_gives_tab_separated_rows(panel, qtbot):
    choose(panel, "القاهرة")
    qtbot.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, first, second, end = QGuiApplication.clipboard().text().split("\n")
    assert head.split("\t")[:4] == ["left", "match", "right", "label"]
    assert [line.split("\t")[1] for line in (first, second)] == ["القاهرة", "القاهرة"]
    assert end == ""


def test_a_double_click_asks_for_the_text(panel, qtbot, scripts):
    number = matches(panel).index("दिल्ली")
    with qtbot.waitSignal(panel.opened):
        panel.view.doubleClicked.emit(panel.model.index(number, MATCH))
    chosen = scripts.selection
    assert scripts.documents[chosen.document].text[chosen.start : chosen.end] == "दिल्ली"


def test_the_row_of_what_is_looked_at_elsewhere_is_chosen(panel, scripts):
    line = panel.model.line(5)
    scripts.select(Selection(line.document, line.start, line.end, int(panel.model.rows[5])))
    assert panel.view.numbers.tolist() == [5]


def test_context_of_arabic_reads_from_right_to_left(panel):
    panel.view.turn(True)
    head = panel.view.horizontalHeader()
    assert head.visualIndex(LEFT) > head.visualIndex(MATCH) > head.visualIndex(RIGHT)
    panel.view.turn(False)
    assert head.visualIndex(LEFT) < head.visualIndex(RIGHT)


def test_without_a_project_the_tab_says_what_to_do(qtbot, workspace):
    made = ConcordancePanel(workspace)
    qtbot.addWidget(made)
    assert made.is_empty


def test_every_control_has_a_name(panel):
    for kind in (QComboBox, QPushButton, QToolButton):
        for control in panel.findChildren(kind):
            assert control.accessibleName() or control.text(), control
    assert panel.view.accessibleName()


def test_a_million_rows_are_read_only_where_they_are_shown(qtbot, scripts):
    model = ConcordanceModel()
    kwic = Kwic(scripts.run)
    model.show(kwic, np.tile(np.arange(len(kwic)), 1_000_000 // len(kwic)))
    assert model.rowCount() > 990_000
    assert model.index(999_000 - 10_000, MATCH).data()
    assert len(model._shown) == 1
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


def test_a_click_on_a_head_chooses_nothing_and_the_head_asks_no_row(panel, qtbot, scripts, settled):
    head = panel.view.horizontalHeader()
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(head.sectionViewportPosition(MATCH) + 20, 8))
    settled(scripts)
    assert len(panel.view.numbers) == 0
    assert panel.sorts[0].currentData() == "match"
    assert head.selectionModel() is not panel.view.selectionModel()


def test_all_rows_are_chosen_in_order_and_once(panel):
    panel.view.selectAll()
    assert panel.view.numbers.tolist() == list(range(panel.model.rowCount()))
    assert f"{panel.model.rowCount():,} selected" in panel.verdicts.about.text()


def test_the_names_of_several_rows_are_excluded_in_one_action(window, settled, film_news):
    window.open_path(film_news)
    settled(window.workspace)
    window.show_tab("concordance")
    settled(window.workspace)
    panel, run = window.panels["concordance"], window.workspace.run
    first, second = 0, next(n for n in range(1, panel.model.rowCount()) if panel.model.line(n).name != panel.model.line(0).name)
    names = {panel.model.line(first).name, panel.model.line(second).name}
    panel.view.choose(first)
    index = panel.model.index(second, 0)
    panel.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows)
    assert panel.verdicts.buttons["never"].isEnabled()
    window.exclude_name()
    settled(window.workspace)
    excluded = {name for source in window.workspace.sources for name in source.options.exclude}
    assert names <= excluded
    assert window.workspace.undo_operation.title == "2 names never anywhere"
    window.undo()
    settled(window.workspace)
    assert not names & {name for source in window.workspace.sources for name in source.options.exclude}
    assert len(run.contest) == len(window.workspace.run.contest)
