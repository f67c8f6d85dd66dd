"""The window: every action does something, every control has a name, keys are a person's own, faults are told."""

import pytest
from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from farspan.errors import InputError, place
from farspan.store.project import Project
from farspan_app.desktop.entry import Placed
from farspan_app.gui import theme
from farspan_app.gui.actions import ACTIONS
from farspan_app.gui.dialogs import CrashDialog, FaultDialog, PreferencesDialog
from farspan_app.gui.first import Application
from farspan_app.gui.help import page_text
from farspan_app.gui.palette import CommandPalette, matches
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.tabs import TABS
from farspan_app.gui.theme import DARK, LIGHT
from farspan_app.gui.window import MainWindow


def test_every_action_has_a_method_and_no_two_have_one_key():
    keys = [key for action in ACTIONS for key in action.keys]
    keys += [f"Ctrl+{number}" for number in range(1, 10)]
    assert len(keys) == len(set(keys))
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    for action in ACTIONS:
        assert callable(getattr(MainWindow, action.callback))


def test_actions_are_open_only_when_they_can_be_done(window, settled):
    def enabled():
        return {action.id for action in ACTIONS if window.actions_by_id[action.id].isEnabled()}

    assert not enabled() & {"texts", "list", "export", "undo", "redo", "accept", "apply", "close"}
    window.open_sample()
    settled(window.workspace)
    assert enabled() >= {"texts", "list", "export", "accept", "close", "undo"}
    assert not enabled() & {"apply", "discard", "redo"}
    window.workspace.set_options(None, {"case": "ignore"})
    assert enabled() >= {"apply", "discard"}
    window.close_project()
    settled(window.workspace)
    assert not enabled() & {"texts", "apply", "undo"}


def controls(widget):
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
    for control in widget.findChildren(QWidget):
        inside = any(isinstance(parent, QAbstractItemView | QComboBox | QHeaderView | QLineEdit) for parent in ancestors(control))
        if isinstance(control, kinds) and not isinstance(control, QHeaderView) and not inside:
            yield control


def ancestors(widget):
    while (widget := widget.parentWidget()) is not None:
        yield widget


@pytest.mark.parametrize("tab", [tab.id for tab in TABS])
def test_every_control_of_a_tab_has_a_name_that_can_be_read_aloud(window, settled, tab):
    window.open_sample()
    settled(window.workspace)
    unnamed = [
        f"{type(control).__name__} {control.objectName()}"
        for control in controls(window.panels[tab])
        if not control.accessibleName()
        and not getattr(control, "text", str)()
        and not control.objectName().startswith("qt_")
        and type(control).__name__ != "QTableCornerButton"
    ]
    own = [name for name in unnamed if name.strip() != "QAbstractButton"]
    assert own == []


def test_tabs_by_number(qtbot, window, settled):
    window.open_sample()
    settled(window.workspace)
    for number, tab in enumerate(TABS, 1):
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        assert window.tabs.currentWidget() is window.panels[tab.id]


def test_single_letters_do_nothing_while_typing(qtbot, window, settled):
    window.open_sample()
    settled(window.workspace)
    window.show_tab("lists")
    window.activateWindow()
    query = window.panels["lists"].query
    query.setFocus()
    qtbot.waitUntil(query.hasFocus)
    qtbot.keyClicks(query, "ra")
    settled(window.workspace)
    assert query.text() == "ra"
    assert window.workspace.judgements == {}


def test_the_palette_finds_by_letters_and_leaves_out_what_cannot_be_done(qtbot, window):
    assert matches("opr", "Open project ...")
    assert not matches("rpo", "Open project ...")
    palette = CommandPalette(list(window.actions_by_id.values()), window)
    qtbot.addWidget(palette)
    titles = [palette.found.item(row).text() for row in range(palette.found.count())]
    assert not any(title.startswith("Undo") for title in titles)
    qtbot.keyClicks(palette.query, "dark")
    assert palette.found.item(0).text() == "Dark colours"
    qtbot.keyClick(palette.query, Qt.Key.Key_Return)
    assert palette.chosen is window.actions_by_id["dark"]


def test_a_key_of_ones_own_is_kept_and_a_clash_is_refused(qtbot, tmp_path):
    preferences = Preferences(QSettings(str(tmp_path / "p.ini"), QSettings.Format.IniFormat))
    dialog = PreferencesDialog(preferences)
    qtbot.addWidget(dialog)
    dialog.edits["accept"].setKeySequence("R")
    dialog.accept()
    assert preferences.keys == {}
    dialog.edits["accept"].setKeySequence("Y")
    dialog.size_box.setValue(14)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.accept()
    preferences.sync()
    again = Preferences(QSettings(str(tmp_path / "p.ini"), QSettings.Format.IniFormat))
    assert again.keys == {"accept": "Y"}
    assert (again.text_size, again.theme) == (14, "dark")
    window = MainWindow(again)
    qtbot.addWidget(window)
    assert window.actions_by_id["accept"].shortcut().toString() == "Y"
    window.close()


def test_text_size_and_colours_change_at_once(qapp, window):
    window.enlarge_text()
    assert qapp.font().pointSize() == theme.DEFAULT_TEXT_SIZE + 1
    window.reset_text()
    window.use_dark()
    assert theme.current() is DARK
    assert qapp.palette().window().color().name() == DARK.window
    window.use_light()
    assert theme.current() is LIGHT


def contrast(one, other):
    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_all_colours_can_be_read(look):
    for colour in (look.text, look.muted, look.accent, look.added, look.removed, look.changed, *look.labels):
        assert contrast(colour, look.base) >= 4.5, colour
    assert contrast(look.on_accent, look.accent) >= 4.5
    assert contrast(look.text, look.found) >= 4.5
    assert len(set(look.labels)) == len(look.labels)


def test_labels_keep_their_colours_when_others_come(qapp):
    theme.use("light")
    theme.name_labels(["ONE", "TWO"])
    first = theme.label_colour("ONE").name()
    theme.name_labels(["ZERO", "ONE"])
    assert theme.label_colour("ONE").name() == first
    assert theme.label_colour("TWO").name() != first


def test_a_fault_of_a_file_is_told_with_its_place_and_remedy(qtbot):
    error = InputError("no column 'title'", where=place("names.csv", 17), remedy="choose one of: name, id")
    dialog = FaultDialog("Importing", error)
    qtbot.addWidget(dialog)
    assert dialog.text() == "No column 'title'."
    assert dialog.informativeText() == "names.csv:17\n\nChoose one of: name, id."


def test_a_fault_of_the_program_is_told_with_a_report_and_what_is_safe(qtbot, qapp):
    def broken():
        raise ZeroDivisionError("of our making")

    with pytest.raises(ZeroDivisionError) as caught:
        broken()
    dialog = CrashDialog(caught.value)
    qtbot.addWidget(dialog)
    assert "ZeroDivisionError: of our making" in dialog.report
    assert "in broken" in dialog.report
    assert "numpy" in dialog.report


def test_a_failed_task_opens_a_dialog(qtbot, window, tmp_path):
    window.open_path(tmp_path / "missing.farspan")
    qtbot.waitUntil(lambda: window.findChild(FaultDialog) is not None)
    assert "missing.farspan" in window.findChild(FaultDialog).informativeText()
    window.findChild(FaultDialog).close()


def test_a_project_that_another_holds_can_still_be_read(qtbot, window, settled, tmp_path):
    path = tmp_path / "held.farspan"
    with Project.create(path):
        window.open_path(path)
        settled(window.workspace)
        dialog = window.findChild(FaultDialog)
        assert "open for writing in another window or command" in dialog.text()
        [button] = [button for button in dialog.buttons() if dialog.buttonRole(button) == FaultDialog.ButtonRole.AcceptRole]
        button.click()
        settled(window.workspace)
        assert window.workspace.read_only
        assert window.windowTitle() == "held (read-only) — Farspan"
        window.close_project()
        settled(window.workspace)


def test_help_follows_the_tab(window, settled):
    window.open_sample()
    settled(window.workspace)
    window.show_tab("export")
    window.show_help()
    assert window.help_dock.page == "window/export"
    assert window.help_dock.isVisible()
    window.show_help()
    assert not window.help_dock.isVisible()
    for tab, panel in window.panels.items():
        window.show_tab(tab)
        window.help_dock.hide()
        window.show_help()
        assert window.help_dock.page == panel.help_page == f"window/{tab}"
        assert window.help_dock.widget().toPlainText().startswith(panel.title)
        assert "\ufffc" not in window.help_dock.widget().toPlainText(), "a picture of the window, beside the window"


def test_links_of_the_help_lead_on(window, settled, monkeypatch):
    window.show()
    window.help_dock.show_page("window/export")
    pages = window.help_dock.widget()
    follow = pages.anchorClicked.emit
    follow(QUrl("../formats.md#annotation-tools"))
    assert window.help_dock.page == "formats"
    assert pages.textCursor().block().text() == "Annotation tools"
    follow(QUrl("no-such-page.md"))
    assert window.help_dock.page == "formats"
    follow(QUrl("window/lists.md"))
    assert window.help_dock.page == "window/lists"
    asked = []
    monkeypatch.setattr("farspan_app.gui.help.QDesktopServices.openUrl", asked.append)
    follow(QUrl("https://json-schema.org/"))
    assert asked == [QUrl("https://json-schema.org/")]
    assert page_text("no-such-page") is None


def test_state_is_remembered(qtbot, preferences, settled):
    first = MainWindow(preferences)
    qtbot.addWidget(first)
    first.open_sample()
    settled(first.workspace)
    first.show_tab("export")
    first.close()
    second = MainWindow(preferences)
    qtbot.addWidget(second)
    assert second.tabs.currentWidget() is second.panels["export"]
    assert [path.stem for path in preferences.recent] == ["film-news"]
    second.close()


def test_lists_are_ordered_renamed_and_switched_off(qtbot, window, settled, wait, amharic, tmp_path):
    import shutil

    shutil.copy(amharic, tmp_path / "a.farspan")
    wait(window.open_path(tmp_path / "a.farspan"))
    panel, workspace = window.panels["lists"], window.workspace
    assert [source.name for source in workspace.sources] == ["ethiopian_places", "countries"]
    panel.table.selectRow(1)
    panel.move_chosen(-1)
    settled(workspace)
    assert [source.name for source in workspace.sources] == ["countries", "ethiopian_places"]
    kept = len(workspace.run.spans)
    panel.table.item(0, 0).setCheckState(Qt.CheckState.Unchecked)
    settled(workspace)
    assert not workspace.sources[0].options.active
    assert len(workspace.run.spans) < kept
    panel.table.item(1, 2).setText("PLACE")
    settled(workspace)
    assert workspace.run.rules.labels == ["PLACE"]
    panel.table.item(1, 1).setText("places")
    settled(workspace)
    assert workspace.sources[1].name == "places"
    panel.table.selectRow(1)
    panel.remove_chosen()
    settled(workspace)
    assert [source.name for source in workspace.sources] == ["countries"]
    for _ in range(5):
        window.undo()
        settled(workspace)
    assert [source.name for source in workspace.sources] == ["ethiopian_places", "countries"]
    assert len(workspace.run.spans) == kept


def test_the_table_of_names_puts_those_found_most_often_first(window, settled):
    window.open_sample()
    settled(window.workspace)
    model = window.panels["lists"].model
    found = [int(model.index(row, 1).data().replace(",", "")) for row in range(50)]
    assert found == sorted(found, reverse=True)
    assert found[0] > 0
    window.panels["lists"].query.setText("toy story")
    assert model.rowCount() >= 4
    assert all("toy story" in model.index(row, 0).data().casefold() for row in range(model.rowCount()))


def left_out(panel):
    items = [panel.losses.topLevelItem(row) for row in range(panel.losses.topLevelItemCount())]
    return {(item.text(0), item.text(1)) for item in items}


def test_the_export_tab_says_what_is_lost_and_how_the_file_begins(qtbot, window, settled):
    window.open_sample()
    settled(window.workspace)
    panel = window.panels["export"]
    window.show_tab("export")
    qtbot.waitUntil(lambda: ("ids of entities", "243") in left_out(panel), timeout=10_000)
    assert "Aladdin\tB-MOVIE" in panel.beginning.toPlainText()
    panel.formats.finder.setText("lossless")
    assert [name for name, item in panel.formats._items.items() if not item.isHidden()] == ["jsonl"]
    panel.formats.choose("jsonl")
    qtbot.waitUntil(lambda: panel.verdict.text() == "This format keeps everything.", timeout=10_000)
    assert panel.chosen_scheme is None


def test_the_menu_of_the_computer(window, settled, monkeypatch, tmp_path):
    placed = Placed((tmp_path / "farspan.desktop",), ("install something",))
    asked = []
    monkeypatch.setattr("farspan_app.desktop.freedesktop.put", lambda: asked.append(True) or placed)
    monkeypatch.setattr("sys.platform", "linux")
    window.actions_by_id["desktop"].trigger()
    settled(window.workspace)
    assert asked == [True]
    [box] = window.findChildren(QMessageBox)
    assert "double click" in box.text()
    assert box.informativeText() == f"install something\n{placed.paths[0]}"
    box.close()


def test_a_project_double_clicked_while_the_window_is_open(window, settled, amharic, qapp):
    assert isinstance(qapp, Application)
    qapp.file_opened.connect(window.take_in_one)
    QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(amharic))))
    settled(window.workspace)
    assert window.workspace.path == amharic


def test_the_text_has_the_focus_as_soon_as_its_tab_is_in_front(window, settled, qtbot):
    window.open_sample()
    settled(window.workspace)
    window.show_tab("lists")
    window.panels["lists"].findChildren(QLineEdit)[0].setFocus()
    window.show_tab("text")
    settled(window.workspace)
    assert window.focusWidget() is window.panels["text"].view
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_N)
    assert window.panels["text"].view.current is not None


def test_a_language_is_taken_by_its_name_and_a_wrong_one_changes_nothing(window, settled, qtbot):
    window.open_sample()
    settled(window.workspace)
    corpus = window.panels["corpus"]

    def say(text):
        corpus.language.setText(text)
        corpus.language.editingFinished.emit()
        settled(window.workspace)

    say("deutsch")
    assert (window.workspace.rules.lang, corpus.language.text()) == ("de", "de")
    undo = window.workspace.undo_operation
    say("no such language!")
    [box] = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert "not a language tag" in box.text() + box.informativeText()
    box.close()
    assert (window.workspace.rules.lang, corpus.language.text(), window.workspace.undo_operation) == ("de", "de", undo)
    window.workspace.set_options(None, {"case": "ignore"})
    settled(window.workspace)
    assert window.workspace.preview is not None, "the window goes on as if nothing had been typed"


def test_what_is_put_in_force_is_told(window, settled):
    window.open_sample()
    settled(window.workspace)
    said = []
    window.workspace.message.connect(said.append)
    window.workspace.set_options(None, {"case": "ignore"})
    settled(window.workspace)
    window.apply_rules()
    settled(window.workspace)
    assert any(text.startswith("In force: ") and "added" in text for text in said)
