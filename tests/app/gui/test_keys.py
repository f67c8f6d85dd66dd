"""The table of keys: each does what it says in the tabs it is for, stands in the menus, and can be given away."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from farspan.decide.conflicts import Status
from farspan_app.gui.actions import ACTIONS
from farspan_app.gui.palette import CommandPalette

TABLE = {  # what the guide says of the keys: action -> keys
    "accept": ("A",), "reject": ("R",), "undecided": ("U",), "next": ("N", "Shift+Right"), "previous": ("P", "Shift+Left"),
    "find_next": ("F3",), "find_previous": ("Shift+F3",), "conflict": ("Shift+N",), "undo": ("Ctrl+Z",),
    "redo": ("Ctrl+Shift+Z", "Ctrl+Y"), "find": ("Ctrl+F",), "palette": ("Ctrl+K",), "help": ("F1",),
    "larger": ("Ctrl++", "Ctrl+="), "smaller": ("Ctrl+-",), "normal": ("Ctrl+0",),
    **{f"label{n}": (str(n),) for n in range(1, 10)},
}  # fmt: skip


@pytest.fixture
def concordance(window, scripts_copy, wait, settled, qtbot):
    wait(window.workspace.open_project(scripts_copy))
    settled(window.workspace)
    window.show_tab("concordance")
    settled(window.workspace)
    panel = window.panels["concordance"]
    window.activateWindow()
    panel.view.setFocus()
    qtbot.waitUntil(panel.view.hasFocus)
    panel.view.choose(0)
    return panel


def row(panel):
    return panel.view.currentIndex().row()


def test_every_key_of_the_table_stands_in_menus_tooltips_and_palette(window, scripts_copy, wait, settled, qtbot):
    wait(window.workspace.open_project(scripts_copy))
    settled(window.workspace)
    known = {action.id: action for action in ACTIONS}
    in_menus = {made for menu in window.menuBar().actions() for made in menu.menu().actions()}
    palette = CommandPalette(list(window.actions_by_id.values()), window)
    qtbot.addWidget(palette)
    titles = " ".join(palette.found.item(number).text() for number in range(palette.found.count()))
    for name, keys in TABLE.items():
        made = window.actions_by_id[name]
        assert known[name].keys == keys
        assert [shortcut.toString() for shortcut in made.shortcuts()] == [QKeySequence(key).toString() for key in keys]
        assert made in in_menus
        assert f"({keys[0]})" in made.toolTip()
        if made.isEnabled():
            assert made.text() in titles
    for number in range(1, window.tabs.count() + 1):
        assert window.actions_by_id[f"tab{number}"].shortcut().toString() == f"Ctrl+{number}"


def test_one_goes_from_row_to_row(concordance, qtbot):
    for key, modifier, step in (
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, 1), (Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier, -1),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, 1), (Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier, -1),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 1), (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, -1),
    ):  # fmt: skip
        before = row(concordance)
        qtbot.keyClick(concordance.view, key, modifier)
        assert row(concordance) == before + step, (key, modifier)


def test_shift_n_goes_to_the_next_conflict(concordance, qtbot):
    run = concordance.workspace.run
    lost = np.flatnonzero(run.decisions.status[concordance.model.rows] == Status.LOST)
    for wanted in lost[lost > 0][:2]:
        qtbot.keyClick(concordance.view, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
        assert row(concordance) == wanted


@pytest.mark.parametrize(
    ("key", "verdict"),
    [
        (Qt.Key.Key_A, "accepted"), (Qt.Key.Key_Return, "accepted"), (Qt.Key.Key_Enter, "accepted"),
        (Qt.Key.Key_R, "rejected"), (Qt.Key.Key_Delete, "rejected"),
    ],
)  # fmt: skip
def test_one_judges_by_a_key_and_takes_it_back(concordance, qtbot, settled, key, verdict):
    workspace = concordance.workspace
    qtbot.keyClick(concordance.view, key)
    settled(workspace)
    assert list(workspace.judgements.values()) == [verdict]
    qtbot.keyClick(concordance.view, Qt.Key.Key_U)
    settled(workspace)
    assert not workspace.judgements
    qtbot.keyClick(concordance.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(workspace)
    assert list(workspace.judgements.values()) == [verdict]
    qtbot.keyClick(concordance.view, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settled(workspace)
    assert not workspace.judgements


def test_a_digit_gives_a_label(concordance, qtbot, settled):
    workspace = concordance.workspace
    labels = list(workspace.run.rules.labels)
    kept = int(np.flatnonzero(workspace.run.decisions.status[concordance.model.rows] == Status.KEPT)[0])
    concordance.view.choose(kept)
    before = concordance.model.line(kept).label
    number = next(number for number, label in enumerate(labels, 1) if label != before)
    qtbot.keyClick(concordance.view, str(number))
    settled(workspace)
    assert concordance.model.line(kept).label == labels[number - 1]


def test_ctrl_f_goes_to_the_search_of_each_tab(concordance, window, qtbot):
    for name in ("concordance", "lists", "text"):
        window.show_tab(name)
        window.actions_by_id["find"].trigger()
        panel = window.panels[name]
        field = panel.query if name == "lists" else panel.find_bar.field if name == "text" else panel.field
        qtbot.waitUntil(field.hasFocus)


def test_a_key_that_was_given_away_does_the_same(concordance, window, qtbot):
    window.preferences.set_key("next", "J")
    window._set_keys()
    qtbot.keyClick(concordance.view, Qt.Key.Key_J)
    assert row(concordance) == 1


def test_letters_and_digits_are_text_while_one_types(concordance, qtbot, settled):
    concordance.field.setFocus()
    qtbot.waitUntil(concordance.field.hasFocus)
    qtbot.keyClicks(concordance.field, "anpru1")
    settled(concordance.workspace)
    assert concordance.field.text() == "anpru1"
    assert not concordance.workspace.judgements


def test_in_the_text_shift_and_an_arrow_select(concordance, window, qtbot):
    window.show_tab("text")
    view = window.panels["text"].view
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.select(3, 3)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection == (3, 4)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
