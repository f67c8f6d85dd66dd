"""The whole loop through the real widgets: open the sample, look, judge, undo, change a rule, export; and again after a restart."""

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from farspan_app.gui.widgets.text_import import TextImportDialog


def test_from_the_sample_to_the_export(qtbot, window, settled, wait, tmp_path):
    workspace = window.workspace
    # One click on the sample.
    qtbot.mouseClick(window.findChild(QPushButton, "sample-film-news"), Qt.MouseButton.LeftButton)
    settled(workspace)
    assert len(workspace.documents) == 28
    assert window.panels["corpus"].model.rowCount() == 28
    assert len(workspace.run.spans) == 243
    assert window.windowTitle().startswith("film-news")

    # The second place in the concordance is rejected with the key R.
    window.show_tab("concordance")
    settled(workspace)
    from farspan_app.gui.workspace import Selection, place_of

    row = int(workspace.run.spans.rows[1])
    document, start, end, label = place_of(workspace.run, row)
    number = [one.id for one in workspace.documents].index(document)
    window.show_tab("corpus")
    workspace.select(Selection(number, start, end, row))
    qtbot.keyClick(window, Qt.Key.Key_R)
    settled(workspace)
    assert workspace.judgements == {(document, start, end, label): "rejected"}
    assert (start, end) not in {(span.start, span.end) for span in workspace.spans(number)}

    # Undo by its menu entry, redo by its key.
    assert window.actions_by_id["undo"].text() == "Undo: Rejected 1"
    window.actions_by_id["undo"].trigger()
    settled(workspace)
    assert workspace.judgements == {}
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settled(workspace)
    assert workspace.judgements == {(document, start, end, label): "rejected"}

    # A rule change is previewed, then put in force.
    workspace.set_options("film_titles", {"case": "ignore"})
    settled(workspace)
    assert workspace.preview.by_label["MOVIE"]["added"] == 97
    assert window.pending_bar.said.text() == "Changed rules, not in force yet: 97 added, 0 removed, 1 changed"
    qtbot.mouseClick(window.pending_bar.apply_button, Qt.MouseButton.LeftButton)
    settled(workspace)
    assert len(workspace.run.spans) == 340
    assert workspace.preview is None
    assert not workspace.has_pending
    assert not window.pending_bar.isVisible()

    # The window and the command write the same bytes.
    window.show_tab("export")
    wait(window.panels["export"].export(tmp_path / "window.conll"))
    settled(workspace)
    path = workspace.path
    window.close()
    command = [sys.executable, "-m", "farspan_app.cli.main", "project", "export", str(path), "-q", "-o"]
    subprocess.run([*command, str(tmp_path / "command.conll")], check=True)
    written = (tmp_path / "window.conll").read_bytes()
    assert written.count(b"B-MOVIE") == 339
    assert written == (tmp_path / "command.conll").read_bytes()


def test_what_was_done_is_there_after_a_restart_and_can_be_undone(qtbot, preferences, settled):
    from farspan_app.gui.window import MainWindow

    for turn in range(2):
        window = MainWindow(preferences)
        qtbot.addWidget(window)
        window.open_sample()
        settled(window.workspace)
        if turn == 0:
            window.workspace.judge([0, 1, 2], "rejected")
            settled(window.workspace)
        else:
            assert len(window.workspace.judgements) == 3
            window.actions_by_id["undo"].trigger()
            settled(window.workspace)
            assert not window.workspace.judgements
            assert preferences.recent == [window.workspace.path]
        window.close()


def test_texts_and_a_list_of_ones_own(qtbot, window, settled, wait, tmp_path):
    texts, names = tmp_path / "texts", tmp_path / "towns.csv"
    texts.mkdir()
    (texts / "a.txt").write_text("Tartu and Tallinn are towns. Tartu has a river.", "utf-8")
    (texts / "b.txt").write_text("አዲስ አበባ 😀 Tartu", "utf-8")
    names.write_text("town,qid\nTartu,Q13972\nTallinn,Q1770\n,Q1\n", "utf-8")
    wait(window.workspace.new_project(tmp_path / "towns.farspan"))
    assert window.panels["corpus"].is_empty
    assert window.panels["lists"].is_empty
    window.take_in([texts])
    settled(window.workspace)
    [asked] = window.panels["corpus"].findChildren(TextImportDialog)
    assert "Format: text · Encoding: utf-8" in asked.status.text()
    assert asked.preview.toPlainText().startswith("Tartu and Tallinn")
    asked.accept()
    settled(window.workspace)
    assert window.panels["corpus"].counts.text() == "2 documents, 15 tokens"

    dialog = window.panels["lists"].ask_about(names)
    qtbot.waitUntil(lambda: dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled() or bool(dialog.status.text()))
    settled(window.workspace)
    for role, column in (("name", "town"), ("id", "qid")):
        box = dialog.roles[role]
        if box.count():
            box.setCurrentIndex(box.findData(column))
            box.activated.emit(box.currentIndex())
    qtbot.wait(250)
    settled(window.workspace)
    assert dialog.names.item(0, 0).text() == "Tartu"
    assert dialog.names.item(0, 1).text() == "Q13972"
    assert "towns.csv:4" in dialog.problems.toPlainText()
    dialog.label.setText("LOC")
    dialog.accept()
    settled(window.workspace)
    assert [span.label for span in window.workspace.spans(0)] == ["LOC"] * 3
    assert window.workspace.spans(1)[0].start == 10
    assert window.panels["lists"].table.item(0, 6).text() == "4"
