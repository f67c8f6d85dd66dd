"""Lists of patterns in a project: what they find is what they find without one, and they come back as they were read."""

import json
import shutil
from pathlib import Path

import pytest

from farspan.annotate import Annotator, Source
from farspan.errors import InputError
from farspan.model import Document, Span
from farspan.options import MatchingOptions
from farspan.sources.lists import EntityList, load_list
from farspan.store.project import Project
from farspan.store.replay import replay
from farspan.store.running import labelled_documents, run_project
from farspan.store.work import GoldSpan

KEPT = Path(__file__).resolve().parents[2] / "data" / "project_v1.farspan"

# Leopoldo Alas, La Regenta (1885), in the public domain; the dates are added.
TEXTS = [
    Document("regenta-1", "La heroica ciudad dormía la siesta. Vetusta, 3 de mayo de 1885.\n"),
    Document(
        "regenta-2",
        "Don Fermín de Pas, en Vetusta desde 1870, miraba la ciudad.\n",
        spans=(Span(4, 17, "PERSONA", kind="gold"), Span(22, 29, "LUGAR", kind="lost")),
    ),
]


def written(folder, name, *lines):
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / name


@pytest.fixture
def lists(tmp_path):
    ruler = [
        {"label": "LOC", "pattern": "Vetusta", "id": "oviedo"},
        {"label": "LOC", "pattern": [{"LOWER": "la"}, {"ORTH": "ciudad"}]},
    ]
    return [
        load_list(written(tmp_path, "fechas.regex", "", r"\d{1,2} de mayo de \d{4}", r"\b1[89]\d\d\b"), "DATE"),
        load_list(written(tmp_path, "lugares.jsonl", *map(json.dumps, ruler)), "LOC"),
        load_list(written(tmp_path, "ajenos.labels", "PERSONA\tPER", "LUGAR\tLOC"), "X"),
        EntityList.from_names("PER", ["Fermín"]),
    ]


@pytest.fixture
def project(tmp_path, lists):
    with Project.create(tmp_path / "regenta.farspan") as made:
        made.add_documents(TEXTS)
        for one in lists:
            made.add_source(one)
        yield made


def spans_of(project):
    return {document.id: list(document.spans) for document in labelled_documents(project)}


def test_patterns_come_back_as_they_were_read(project, lists):
    for one in lists:
        back = project.lists.load(one.name)
        assert (back.surfaces, back.ids, back.labels) == (one.surfaces, one.ids, one.labels)
        assert back.patterns == one.patterns
    assert project.lists.load("fechas").patterns[0].place.line == 2


def test_a_run_finds_what_annotate_finds(project, lists):
    run_project(project)
    expected = {document.id: list(document.spans) for document in Annotator([Source(one) for one in lists]).annotate(TEXTS)}
    assert spans_of(project) == expected
    found = {(span.label, TEXTS[1].text[span.start : span.end]) for span in expected["regenta-2"]}
    assert found == {("PER", "Fermín de Pas"), ("LOC", "Vetusta"), ("DATE", "1870"), ("LOC", "la ciudad")}
    assert set(project.spans()["source"]) == {"fechas", "lugares", "ajenos"}
    assert project.names().set_index("name").loc[r"/\b1[89]\d\d\b/", "candidates"] == 2


def test_replay_keeps_them(project, tmp_path):
    run_project(project)
    expected = spans_of(project)
    project.close()
    assert replay(tmp_path / "regenta.farspan", tmp_path / "again.farspan").differing == ()
    with Project.open(tmp_path / "again.farspan") as again:
        assert spans_of(again) == expected
        run_project(again)
        assert spans_of(again) == expected


def test_a_run_never_repeats_the_gold_that_a_person_made(project):
    run_project(project)
    expected = spans_of(project)
    first = project.documents.all()[0].id
    project.work.add_gold([GoldSpan(first, 3, 10, "PERSONA")])
    run_project(project)
    assert spans_of(project) == expected


def test_equal_lists_are_kept_once_and_an_expression_is_no_name(project, tmp_path):
    lines = ("", r"\d{1,2} de mayo de \d{4}", r"\b1[89]\d\d\b")
    again = load_list(written(tmp_path, "otra.regex", *lines), "DATE")
    names = EntityList.from_names("DATE", again.surfaces, name="nombres")
    stored = {one.name: one.list_id for one in (project.add_source(again), project.add_source(names))}
    assert stored["otra"] == project.lists.get("fechas").list_id
    assert stored["nombres"] != stored["otra"]


def test_names_take_the_place_of_patterns_and_back(project, tmp_path):
    project.lists.replace_names("fechas", EntityList.from_names("DATE", ["siesta"]))
    assert project.lists.load("fechas").patterns == {}
    project.undo()
    assert len(project.lists.load("fechas").patterns) == 2


def test_an_expression_that_takes_too_long_is_named_by_its_file(tmp_path, monkeypatch):
    monkeypatch.setattr("farspan.matching.expressions._TIMEOUT", 0.05)
    with Project.create(tmp_path / "p.farspan") as made:
        made.add_documents([Document("d", "a" * 40 + "!")])
        made.add_source(load_list(written(tmp_path, "slow.regex", "(a|aa)+$"), "X"))
        with pytest.raises(InputError, match=r"slow\.regex:1: .*takes too long"):
            run_project(made)
        assert made.runs.all() == []


def test_a_project_of_the_first_schema_takes_patterns(tmp_path, lists):
    with Project.open(shutil.copy(KEPT, tmp_path / "old.farspan")) as old:
        old.add_source(lists[0], MatchingOptions(case="ignore"))
        run_project(old)
        assert old.check() == []
        assert old.lists.load("fechas").patterns == lists[0].patterns
