"""Lists of patterns in the window: imported, shown, matched, and explained like lists of names."""

from farspan.sources.arguments import parse_list_argument
from farspan_app.gui.widgets.list_import import ListImportDialog


def written(folder, name, *lines):
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / name


def texts_of(workspace, source):
    run = workspace.state.run
    number = [one.name for one in run.rules.sources].index(source)
    rows = run.spans.rows[run.contest.sources[run.spans.rows] == number]
    documents = run.corpus.documents
    places = zip(run.corpus.document_of(run.contest.starts[rows]), *run.characters(rows), strict=True)
    return {documents[document].text[start:end] for document, start, end in places}


def test_regular_expressions_and_token_patterns_come_in_and_match(scripts, wait, tmp_path):
    years = written(tmp_path, "years.regex", r"\b(19|20)\d\d\b")
    ruler = written(tmp_path, "ruler.jsonl", '{"label": "PER", "pattern": [{"ORTH": "née"}, {"IS_TITLE": true}]}')
    wait(scripts.import_list(f"DATE={years}"))
    wait(scripts.import_list(f"PER={ruler}"))
    assert texts_of(scripts, "years") == {"2021"}
    assert [len(source.entity_list.patterns) for source in scripts.state.sources if source.name in {"years", "ruler"}] == [1, 1]


def test_the_dialog_shows_them_before_they_come_in(scripts, qtbot, tmp_path):
    dialog = ListImportDialog(scripts, written(tmp_path, "years.regex", r"\d{4}", "(", r"\d{2}"))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.names.rowCount() == 2, timeout=20_000)
    assert [dialog.names.item(row, 0).text() for row in range(2)] == [r"/\d{4}/", r"/\d{2}/"]
    assert "years.regex:2" in dialog.problems.toPlainText()
    dialog.label.setText("DATE")
    assert dialog.argument == parse_list_argument(f"DATE={tmp_path / 'years.regex'}")
    qtbot.waitUntil(lambda: not scripts.tasks.running, timeout=20_000)
