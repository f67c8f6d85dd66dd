"""Given files of several encodings and forms, when they are to be imported, then how they are read is shown and can be changed."""

import pytest

from farspan_app.gui.widgets.text_import import TextImportDialog


@pytest.fixture
def ask(qtbot, workspace, wait, settled, tmp_path):
    wait(workspace.new_project(tmp_path / "p.farspan"))

    def make(*paths):
        dialog = TextImportDialog(workspace, paths)
        qtbot.addWidget(dialog)
        dialog.show()
        settled(workspace)
        return dialog

    return make


def ready(dialog):
    return dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()


def choose(dialog, qtbot, settled, box, value):
    box.setCurrentIndex(box.findData(value))
    qtbot.wait(260)
    settled(dialog._workspace)


def test_the_encoding_is_found_and_can_be_said(ask, qtbot, settled, tmp_path):
    path = tmp_path / "ru.txt"
    path.write_bytes("Москва стоит на реке.\r\nЭто столица.\r\n".encode("cp1251") * 20)
    dialog = ask(path)
    choose(dialog, qtbot, settled, dialog.encoding, "cp1251")
    assert dialog.preview.toPlainText().startswith("Москва стоит")
    assert "Line ends: CRLF" in dialog.status.text()
    choose(dialog, qtbot, settled, dialog.encoding, "utf-8")
    assert not ready(dialog)
    assert "ru.txt" in dialog.status.text()


def test_columns_of_a_token_format_can_be_chosen(ask, qtbot, settled, tmp_path):
    path = tmp_path / "a.conll"
    path.write_text("1\tTartu\tB-LOC\n2\ton\tO\n3\tlinn\tO\n\n", "utf-8")
    dialog = ask(path)
    choose(dialog, qtbot, settled, dialog.format, "conll")
    assert dialog.token_column.isVisible()
    dialog.token_column.setValue(2)
    dialog.tag_column.setValue(3)
    qtbot.wait(260)
    settled(dialog._workspace)
    assert dialog.preview.toPlainText().split() == ["Tartu", "on", "linn"]
    assert "1 gold labels" in dialog.status.text()
    assert dialog.chosen["token_column"] == 2


def test_a_faulty_file_does_not_keep_the_rest_out(ask, workspace, wait, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.jsonl").write_text('{"text": "Tartu"}\nthis is no JSON\n', "utf-8")
    (tmp_path / "texts" / "b.txt").write_text("አዲስ አበባ", "utf-8")
    dialog = ask(tmp_path / "texts")
    dialog.tolerant.setChecked(True)
    imported = wait(workspace.import_texts([tmp_path / "texts"], **dialog.chosen))
    assert [document.text for document in workspace.documents] == ["Tartu", "አዲስ አበባ"]
    [said] = imported.report.notices["faulty"]
    assert "a.jsonl:2" in said
