"""Given someone who has never seen the window, when they look round, then keys, headings and numbers are what they expect."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QLabel, QLineEdit, QPushButton

from farspan.errors import InputError, place
from farspan_app.gui import theme
from farspan_app.gui.dialogs import FaultDialog
from farspan_app.gui.numbers import counted, numeral, numeral_range, percent, renumbered
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.tabs import TABS
from farspan_app.gui.told import IN_THE_WINDOW, told, told_fault, told_notice
from farspan_app.gui.translating import LANGUAGES, use_language
from farspan_app.gui.welcome import Welcome
from farspan_app.gui.window import MainWindow

CORE = Path(__file__).resolve().parents[3] / "core" / "farspan"


@pytest.fixture(params=LANGUAGES)
def spoken(request, qapp):
    installed = use_language(request.param, qapp)
    yield request.param
    for translator in installed:
        qapp.removeTranslator(translator)


# ---- lists


@pytest.fixture
def lists(window, scripts_copy, wait, settled):
    wait(window.workspace.open_project(scripts_copy))
    settled(window.workspace)
    window.show_tab("lists")
    return window.panels["lists"]


def being_edited(view):
    return view.state() == QAbstractItemView.State.EditingState


@pytest.mark.parametrize("which", ["names", "lists"])
def test_letters_do_not_overwrite_a_name(qtbot, lists, which):
    view = lists.names.view if which == "names" else lists.table
    view.setCurrentIndex(view.model().index(0, 0 if which == "names" else 1))
    view.setFocus()
    qtbot.keyClicks(view, "ab")
    assert not being_edited(view)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Return):
        qtbot.keyClick(view, key)
        assert being_edited(view)
        editor = next(field for field in view.findChildren(QLineEdit) if field.isVisible())
        assert editor.text() == view.currentIndex().data()
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
        assert not being_edited(view)
    at = view.visualRect(view.currentIndex()).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert being_edited(view)


# ---- no command line in the window


def remedies():
    """(where, text) of every remedy of the engine, with x for what is filled in."""
    for path in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "remedy":
                for text in strings(node.value):
                    yield path.relative_to(CORE).as_posix(), text


def strings(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*strings(node.body), *strings(node.orelse))


OF_A_COMMAND_LINE = re.compile(r"(?<!\w)--\w|`farspan|`annotate|FILE\?|\?\w+=COLUMN")
NOT_IN_THE_WINDOW = {"conversion.py", "sources/arguments.py", "sources/kb/endpoint.py", "audit/sheets.py"}
"""Whose faults only commands meet."""


def test_no_remedy_in_the_window_speaks_of_the_command_line():
    left = {(where, text) for where, text in remedies() if OF_A_COMMAND_LINE.search(told(text))}
    assert {(where, text) for where, text in left if where not in NOT_IN_THE_WINDOW} == set()
    assert not any(OF_A_COMMAND_LINE.search(said) for said in IN_THE_WINDOW.values())


def test_a_note_on_the_encoding_says_what_to_choose(spanish):
    notice = "a/b.txt: not UTF-8; read as cp1252, name another with --encoding if that is wrong"
    assert told_notice(notice) == (
        "a/b.txt: no es UTF-8; se lee como cp1252, que es una conjetura: si no es correcta, elija otra codificación"
    )


def test_faults_are_told_with_their_place(qtbot):
    error = InputError("there is no reader for x", where=place("a.txt", 3), remedy="name another with --input-format")
    assert told_fault(error) == "a.txt:3: there is no reader for x; choose another format"
    box = FaultDialog("x", error)
    qtbot.addWidget(box)
    assert "--" not in box.informativeText()
    assert "Choose another format." in box.informativeText()


# ---- numbers


def test_numbers_are_those_of_the_language_of_the_window(qapp):
    assert [numeral(1234), numeral(13688), numeral(0.5, 2), numeral_range(0.8, 0.925, 2)] == [
        "1,234",
        "13,688",
        "0.50",
        "0.80-0.93",
    ]
    installed = use_language("es", qapp)
    said = [numeral(13688), numeral(0.5, 2), percent(0.871), renumbered("1,010,000 of 0.80-0.92"), told("1,234,567 spans")]
    for translator in installed:
        qapp.removeTranslator(translator)
    assert said == ["13.688", "0,50", "87%", "1.010.000 of 0,80-0,92", "1.234.567 segmentos"]
    assert counted("12000 places", 12000) == "12,000 places"


# ---- room


@pytest.fixture
def narrow(qtbot, spoken, preferences, film_news, settled):
    theme.use("light")
    made = MainWindow(preferences)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.open_path(film_news)
    settled(made.workspace)
    yield made
    made.close()


def widened(window, pixels):
    """`pixels` where the letters are as wide as those of Noto Sans; a system may have none but wider ones."""
    return pixels * max(1.0, window.fontMetrics().horizontalAdvance("The concordance of every document") / 222)


@pytest.mark.parametrize("tab", ["lists", "tuning", "errors", "relations", "export"])
def test_a_tab_leaves_the_window_as_narrow_as_it_is(narrow, settled, tab):
    assert tab in {one.id for one in TABS}
    narrow.show_tab(tab)
    settled(narrow.workspace)
    assert narrow.panels[tab].minimumSizeHint().width() <= widened(narrow, 990)


def test_controls_that_find_no_room_go_on_below(narrow, settled):
    narrow.show_tab("lists")
    settled(narrow.workspace)
    buttons = narrow.panels["lists"].buttons
    inside = narrow.panels["lists"].rect()
    for button in buttons:
        corner = button.mapTo(narrow.panels["lists"], button.rect().bottomRight())
        assert inside.contains(corner)
        assert button.width() >= button.sizeHint().width()


def test_headings_are_whole(narrow, settled):
    narrow.show_tab("lists")
    settled(narrow.workspace)
    for view in (narrow.panels["lists"].names.view, narrow.panels["lists"].table):
        head = view.horizontalHeader()
        for column in range(1, head.count()):
            assert head.sectionSize(column) >= head.sectionSizeHint(column)


def test_groups_of_formats_are_whole(narrow, settled):
    narrow.show_tab("export")
    settled(narrow.workspace)
    tree = narrow.panels["export"].formats.tree
    for number in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(number)
        assert group.isFirstColumnSpanned()
        assert tree.fontMetrics().horizontalAdvance(group.text(0)) < tree.viewport().width() - 30


def test_the_dialog_of_files_speaks_one_language(qtbot, spanish):
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    said = {label.text().replace("&", "") for label in dialog.findChildren(QLabel)}
    assert said >= {"Buscar en:", "Tipo de ficheros:"}
    assert QCoreApplication.translate("QFileDialog", "Computer") == "Equipo"
    assert QCoreApplication.translate("QAbstractFileIconProvider", "Folder", "All other platforms") == "Carpeta"


# ---- before a project is open


def test_enter_presses_the_button_that_has_the_focus(qtbot, preferences):
    welcome = Welcome(preferences)
    qtbot.addWidget(welcome)
    welcome.show()
    first = welcome.findChildren(QPushButton)[0]
    first.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(welcome.new_wanted, timeout=1000):
            qtbot.keyClick(first, key)


def test_projects_opened_last_can_be_pressed_and_show_their_folder(qtbot, preferences, tmp_path):
    path = tmp_path / "held.farspan"
    path.touch()
    preferences.opened(path)
    welcome = Welcome(preferences)
    qtbot.addWidget(welcome)
    link = next(button for button in welcome.findChildren(QPushButton) if button.text() == "held")
    assert link.property("link")
    assert any(label.toolTip() == str(tmp_path) and label.text() for label in welcome.findChildren(QLabel))
    with qtbot.waitSignal(welcome.path_wanted, timeout=1000) as wanted:
        link.click()
    assert wanted.args == [path]


def test_the_next_project_is_asked_for_where_the_last_one_was(window, settled, monkeypatch, tmp_path):
    asked = []
    answers = iter([str(tmp_path / "there" / "one.farspan"), ""])
    (tmp_path / "there").mkdir()

    def ask(_parent, _title, suggested, _kinds):
        asked.append(Path(suggested))
        return next(answers), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    window.new_project()
    settled(window.workspace)
    window.new_project()
    assert asked[1].parent == tmp_path / "there"
    kept = Preferences(QSettings(window.preferences._settings.fileName(), QSettings.Format.IniFormat))
    assert kept.last_folder("projects") == tmp_path / "there"


def test_titles_have_one_dash(window, settled, film_news):
    window.open_path(film_news)
    settled(window.workspace)
    assert window.windowTitle() == "film-news — Farspan"
