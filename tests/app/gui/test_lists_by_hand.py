"""The Lists tab: order by drag, merging, names by hand, extraction from a dump; all of it undone again."""

import bz2
import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from farspan.job import SILENT, Cancelled
from farspan.sources.kb.extraction import Extraction, Plan, WantedClass
from farspan.sources.kb.preview import first_names
from farspan_app.gui.dialogs import FaultDialog
from farspan_app.gui.dropping import sorted_out
from farspan_app.gui.extracting import Request, extract, look, resume_file
from farspan_app.gui.models.names import COMPARED, FOUND, IDS, NAME
from farspan_app.gui.widgets.dump_import import DumpImportDialog
from farspan_app.gui.widgets.names_dialog import NamesDialog


@pytest.fixture
def panel(window, scripts_copy, wait, settled):
    wait(window.workspace.open_project(scripts_copy))
    settled(window.workspace)
    window.show_tab("lists")
    return window.panels["lists"]


def names(panel):
    return [source.name for source in panel.workspace.sources]


def surfaces(panel, name):
    return next(source.entity_list.surfaces for source in panel.workspace.sources if source.name == name)


def test_lists_are_dragged_into_another_order_and_back(panel, settled):
    assert names(panel) == ["loc", "per", "org"]
    table = panel.table
    bottom = table.visualRect(table.model().index(2, 1)).bottom()
    assert table.place_at(0, bottom - 1) == 2
    assert table.place_at(0, bottom + 50) == 2
    assert table.place_at(2, 1) == 0
    assert table.place_at(1, table.visualRect(table.model().index(1, 1)).center().y() + 2) == 1
    table.moved.emit(0, 2)
    settled(panel.workspace)
    assert names(panel) == ["per", "org", "loc"]
    panel.workspace.undo()
    settled(panel.workspace)
    assert names(panel) == ["loc", "per", "org"]


def test_lists_are_merged_after_a_word_about_it_and_in_one_step(panel, settled):
    panel.table.clearSelection()
    for row in (0, 2):
        panel.table.choose(row)
    assert panel.chosen_names == ["loc", "org"]
    box = panel.ask_to_merge()
    assert "loc: 14" in box.informativeText()
    assert "org: 2" in box.informativeText()
    labels = sorted(panel.workspace.run.rules.labels)
    box.button(box.StandardButton.Ok).click()
    settled(panel.workspace)
    assert names(panel) == ["loc", "per"]
    assert len(surfaces(panel, "loc")) == 16
    assert sorted(panel.workspace.run.rules.labels) == labels
    panel.workspace.undo()
    settled(panel.workspace)
    assert names(panel) == ["loc", "per", "org"]


def row_of(panel, name):
    return next(row for row in range(panel.model.rowCount()) if panel.model.index(row, NAME).data() == name)


def test_a_name_and_its_ids_are_changed_in_the_table(panel, settled):
    before = list(surfaces(panel, "loc"))
    model = panel.model
    assert model.setData(model.index(row_of(panel, "Berlin"), NAME), "Berlino")
    settled(panel.workspace)
    assert "Berlino" in surfaces(panel, "loc")
    assert model.setData(model.index(row_of(panel, "አዲስ አበባ"), IDS), "Q3624, Q1")
    settled(panel.workspace)
    assert model.index(row_of(panel, "አዲስ አበባ"), IDS).data() == "Q3624, Q1"
    for _ in range(2):
        panel.workspace.undo()
        settled(panel.workspace)
    assert surfaces(panel, "loc") == before


def test_names_are_pasted_with_their_columns_and_taken_out(panel, settled, qtbot):
    QGuiApplication.clipboard().setText("Lima\tQ2868\tLIM|Ciudad de los Reyes\r\nالإسكندرية\tQ87\r\n")
    panel.names.paste()
    [dialog] = panel.findChildren(NamesDialog)
    assert dialog.table.rowCount() == 4
    assert dialog.table.item(1, 2).text()
    dialog.accept()
    settled(panel.workspace)
    assert surfaces(panel, "loc")[-4:] == ["Lima", "LIM", "Ciudad de los Reyes", "الإسكندرية"]
    panel.names.view.selectRow(row_of(panel, "LIM"))
    panel.names.remove()
    settled(panel.workspace)
    assert "LIM" not in surfaces(panel, "loc")


def test_a_name_is_shown_as_it_is_compared(panel, settled, wait):
    model = panel.model
    at = row_of(panel, "New York")
    assert model.index(at, COMPARED).data() == "New York"
    panel.workspace.set_options("loc", {"case": "ignore", "diacritics": "fold"})
    settled(panel.workspace)
    wait(panel.workspace.apply())
    assert model.index(row_of(panel, "New York"), COMPARED).data() == "new york"
    assert model.index(row_of(panel, "Sa\u0303o Paulo"), COMPARED).data() == "sao paulo"


def test_names_are_sorted_by_their_headings(panel):
    model = panel.model
    panel.names.sort_by(NAME)
    shown = [model.index(row, NAME).data() for row in range(model.rowCount())]
    assert shown == sorted(shown, key=str.casefold)
    panel.names.sort_by(FOUND)
    found = [int(model.index(row, FOUND).data()) for row in range(model.rowCount())]
    assert found == sorted(found, reverse=True)
    assert "▾" in model.headerData(FOUND, Qt.Orientation.Horizontal)


def test_a_faulty_name_is_told_and_nothing_changes(panel, settled, window):
    before = list(surfaces(panel, "loc"))
    panel.model.setData(panel.model.index(0, NAME), "...")
    settled(panel.workspace)
    assert surfaces(panel, "loc") == before
    [dialog] = window.findChildren(FaultDialog)
    dialog.close()


def item(key, kind, labels, others=()):
    return json.dumps(
        {
            "id": key,
            "type": "item",
            "labels": {lang: {"language": lang, "value": text} for lang, text in labels.items()},
            "aliases": {"am": [{"language": "am", "value": text} for text in others]},
            "claims": {"P31": [{"rank": "normal", "mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": kind}}}}]},
        },
        ensure_ascii=False,
    )


@pytest.fixture
def dump(tmp_path):
    rows = [
        item("Q3624", "Q515", {"am": "አዲስ አበባ", "en": "Addis Ababa"}, ["አዲስ"]),
        item("Q85", "Q515", {"en": "Cairo"}),
        item("Q42", "Q5", {"en": "Ann Taylor"}),
    ]
    path = tmp_path / "cities.json.bz2"
    path.write_bytes(bz2.compress(("[\n" + ",\n".join(rows) + "\n]\n").encode()))
    return path


def test_the_first_names_are_those_of_the_extraction(dump, tmp_path):
    request = Request(str(dump), "wikidata", "cities", "LOC", "Q515 Q5=PER", "am, en", aliases=True)
    shown = [name.name for _list, name in look(request, tmp_path, SILENT).names]
    [made] = extract(request, tmp_path, SILENT)
    assert shown == [name for name, alias in zip(made.surfaces, made.is_alias, strict=True) if not alias]
    assert made.labels == ["LOC", "LOC", "LOC", "LOC", "PER"]
    assert made.origin["query"]["types"] == {"Q515": "LOC", "Q5": "PER"}
    assert not resume_file(request, tmp_path).exists()


def test_a_preview_stops_when_it_has_enough(dump):
    plan = Plan((Extraction("", (WantedClass("Q515"),), ("en",)),))
    found = first_names(dump, plan, most=1)
    assert [name.id for _, name in found.names] == ["Q3624"]
    assert not found.is_all
    assert first_names(dump, plan).is_all


class Stopping:
    """Stops when the reading has come to an end, and all is kept that was found."""

    def progress(self, _done, _total, note):
        if note == "cities":
            raise Cancelled


def test_an_extraction_that_was_stopped_goes_on(dump, tmp_path):
    request = Request(str(dump), "wikidata", "cities", "LOC", "Q515", "am,en")
    assert not look(request, tmp_path, SILENT).goes_on
    with pytest.raises(Cancelled):
        extract(request, tmp_path, Stopping())
    assert look(request, tmp_path, SILENT).goes_on
    assert not look(replace(request, langs="en"), tmp_path, SILENT).goes_on
    [made] = extract(request, tmp_path, SILENT)
    assert made.surfaces == ["አዲስ አበባ", "Cairo"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".farspan-")]


def test_a_specification_makes_several_lists(dump, tmp_path):
    (tmp_path / "spec.tsv").write_text("Q515\tam,en\tLOC\nQ5\ten\tPER\n", encoding="utf-8")
    request = Request(str(dump), "wikidata", "cities", "X", spec=str(tmp_path / "spec.tsv"))
    assert [(one.name, one.label, one.surfaces) for one in extract(request, tmp_path, SILENT)] == [
        ("LOC", "LOC", ["አዲስ አበባ", "Cairo"]),
        ("PER", "PER", ["Ann Taylor"]),
    ]


def test_a_dump_that_is_dropped_becomes_a_list_of_the_project(panel, window, dump, settled, qtbot):
    window.take_in([dump])
    settled(panel.workspace)
    [dialog] = panel.findChildren(DumpImportDialog)
    assert dialog.request.is_dump
    dialog.label.setText("X")
    dialog.classes.setText("Q515")
    qtbot.waitUntil(lambda: "which" in dialog.status.text() or "language" in dialog.status.text(), timeout=5000)
    dialog.langs.setText("am,en")
    dialog.name.setText("loc")  # a name that is taken gets a number
    dialog.label.setText("CITY")
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    qtbot.waitUntil(ok.isEnabled, timeout=5000)
    assert dialog.names.item(0, 0).text() == "አዲስ አበባ"
    dialog.accept()
    settled(panel.workspace)
    qtbot.waitUntil(lambda: "loc 2" in names(panel), timeout=5000)
    settled(panel.workspace)
    made = panel.workspace.sources[-1].entity_list
    assert made.origin["from"] == "Wikidata"
    assert made.surfaces == ["አዲስ አበባ", "አዲስ", "Addis Ababa", "Cairo"]


TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://e/1> a skos:Concept ; skos:prefLabel "Lima"@es, "リマ"@ja ; skos:altLabel "Ciudad de los Reyes"@es .
"""


def test_a_vocabulary_is_imported_in_the_language_one_asks_for(panel, tmp_path, settled, qtbot):
    (tmp_path / "places.ttl").write_text(TURTLE, encoding="utf-8")
    dialog = panel.ask_about(tmp_path / "places.ttl")
    dialog.langs.setText("ja")
    dialog.langs.textEdited.emit("ja")
    qtbot.waitUntil(lambda: dialog.names.rowCount() == 1 and dialog.names.item(0, 0).text() == "リマ", timeout=20_000)
    dialog.accept()
    settled(panel.workspace)
    assert surfaces(panel, "places") == ["リマ"]


def test_what_is_dropped_is_told_apart(tmp_path, dump):
    files = {
        "a.farspan": "", "b.csv": "name\nLima\n", "c.lst": "Lima\n", "d.regex": "\\d+\n", "e.labels": "GPE\n", "f.txt": "Lima is big.",
        "g.jsonl": '{"name": "Lima"}\n', "h.jsonl": '{"id": "1", "text": "Lima"}\n', "i.jsonl": '{"label":"LOC","pattern":"Lima"}\n',
        "j.json": '["Lima", "Cusco"]', "k.ttl": TURTLE,
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = sorted_out([*(tmp_path / name for name in files), dump, tmp_path])
    assert found.project == tmp_path / "a.farspan"
    assert [path.name[0] for path in found.lists] == ["b", "c", "d", "e", "g", "i", "j", "k"]
    assert [path.name for path in found.texts] == ["f.txt", "h.jsonl", tmp_path.name]
    assert found.dumps == (dump,)
