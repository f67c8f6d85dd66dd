"""Given a table of names, when it is imported, then what each column is taken for is seen, and a label is asked for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from farspan_app.gui.translating import use_language
from farspan_app.gui.widgets.headings import usual_columns
from farspan_app.gui.widgets.list_import import ListImportDialog


@pytest.fixture(autouse=True)
def english(qapp):
    installed = use_language("en", qapp)
    yield
    for translator in installed:
        qapp.removeTranslator(translator)


PEOPLE = "Term;Also;Kind;QID\nGarcía;Gabo|Gabriel;PER;Q5878\nLima;;LOC;Q2868\n"


@pytest.fixture
def opened(scripts, qtbot, tmp_path):
    def open_dialog(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        dialog = ListImportDialog(scripts, path)
        qtbot.addWidget(dialog)
        qtbot.waitUntil(lambda: bool(dialog.status.text()), timeout=20_000)
        return dialog

    yield open_dialog
    qtbot.waitUntil(lambda: not scripts.tasks.running, timeout=20_000)


def ok(dialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def typed(qtbot, dialog, text):
    """`text` typed as the label, and what is shown of it awaited."""
    dialog.label.clear()
    dialog.status.clear()
    qtbot.keyClicks(dialog.label, text)
    qtbot.waitUntil(lambda: bool(dialog.status.text()), timeout=20_000)


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["name", "id", "aliases", "label"], {"name": "name", "id": "id", "aliases": "aliases", "label": "label"}),
        (["Term", "Also", "Kind", "QID"], {"name": "Term", "aliases": "Also", "label": "Kind", "id": "QID"}),
        (["uri", "label", "alt_labels", "type"], {"id": "uri", "name": "label", "aliases": "alt_labels", "label": "type"}),
        (["Title", "CLASS"], {"name": "Title", "label": "CLASS"}),
        (["ciudad", "code"], {"id": "code", "name": "ciudad"}),
        (["id"], {"name": "id"}),
        (["x", "y"], {"name": "x"}),
        ([""], {}),
    ],
)
def test_columns_are_known_by_their_usual_headings(headings, found):
    assert usual_columns(headings) == found


def test_the_boxes_say_which_column_is_taken_for_what(opened, qtbot):
    dialog = opened("people.csv", PEOPLE.encode())
    assert {role: box.currentText() for role, box in dialog.roles.items()} == {
        "name": "Term",
        "aliases": "Also",
        "label": "Kind",
        "id": "QID",
    }
    qtbot.waitUntil(lambda: dialog.names.rowCount() == 4, timeout=20_000)
    shown = [[dialog.names.item(row, column).text() for column in range(3)] for row in range(4)]
    assert shown[:2] == [["García", "Q5878", "PER"], ["Gabo", "Q5878", "PER"]]
    assert shown[3] == ["Lima", "Q2868", "LOC"]
    assert ok(dialog).isEnabled()  # every name has a label of its own
    assert dialog.argument.label == "PER"


def test_a_label_is_asked_for_and_none_is_proposed(opened, qtbot):
    dialog = opened("letters-names.txt", b"Addis\nLima\n")
    assert dialog.label.text() == ""
    assert dialog.label.placeholderText().startswith("PER")
    assert "label" in dialog.status.text()
    assert dialog.names.item(0, 0).text() == "Addis"
    assert dialog.names.item(0, 2).text() == ""
    assert not ok(dialog).isEnabled()
    typed(qtbot, dialog, "L OC")
    assert not ok(dialog).isEnabled()
    assert "white space" in dialog.status.text()
    typed(qtbot, dialog, "LOC")
    assert ok(dialog).isEnabled()
    assert dialog.names.item(0, 2).text() == "LOC"
    assert ok(dialog).text() == "Import 2 names"


def test_names_without_a_label_of_their_own_need_one(opened, qtbot):
    dialog = opened("people.csv", b"name,type\nAnn,PER\nLima,\n")
    assert "1 name without a label of its own" in dialog.status.text()
    assert not ok(dialog).isEnabled()
    typed(qtbot, dialog, "LOC")
    assert [dialog.names.item(row, 2).text() for row in range(2)] == ["PER", "LOC"]
    assert ok(dialog).isEnabled()


def test_the_encoding_can_be_chosen_and_is_no_row_with_a_problem(opened, qtbot, scripts, wait):
    dialog = opened("names.csv", "name;label\nMüller;PER\n\nŠkoda;ORG\n;ORG\n".encode("cp1250"))
    assert "rows with problems: 2;" in dialog.status.text()
    assert "choose another encoding" in dialog.problems.toPlainText()
    dialog.encoding.setCurrentIndex(dialog.encoding.findData("cp1250"))
    dialog.status.clear()
    dialog.encoding.activated.emit(dialog.encoding.currentIndex())
    qtbot.waitUntil(lambda: bool(dialog.status.text()), timeout=20_000)
    assert [dialog.names.item(row, 0).text() for row in range(2)] == ["Müller", "Škoda"]
    assert "UTF-8" not in dialog.problems.toPlainText()
    made = wait(scripts.import_list(dialog.argument, encoding=dialog.encoding.chosen))
    assert made.surfaces == ["Müller", "Škoda"]


def test_headings_stand_over_what_they_head(opened):
    dialog = opened("people.csv", PEOPLE.encode())
    assert dialog.names.horizontalHeader().defaultAlignment() & Qt.AlignmentFlag.AlignLeft


def test_a_column_that_a_person_chooses_is_the_one_that_is_taken(opened, qtbot):
    dialog = opened("people.csv", PEOPLE.encode())
    box = dialog.roles["label"]
    box.setCurrentIndex(box.findText("none"))
    dialog.status.clear()
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: bool(dialog.status.text()), timeout=20_000)
    assert dialog.argument.columns.label == ""
    assert not ok(dialog).isEnabled()
