"""Lists changed by hand stay lists: no name twice, ids and labels kept, nothing that cannot be matched."""

import pytest

from farspan.errors import InputError, OptionError
from farspan.sources.editing import Name, edited, merged, names_of, table_rows
from farspan.sources.lists import EntityList, load_list
from farspan.store.project import Project


def cities():
    rows = [
        {"name": "አዲስ አበባ", "id": "Q3624", "aliases": ["አዲስ"]},
        {"name": "القاهرة", "id": "Q85"},
        {"name": "Lima", "id": "Q2868"},
    ]
    return EntityList.from_names("LOC", rows, name="cities")


def test_names_are_changed_taken_out_and_added():
    found = edited(
        cities(), {2: Name("Cairo", ("Q85", "Q30895"))}, removed=[1], added=[Name("  Addis  Ababa ", ("Q3624",), "CITY")]
    )
    assert found.surfaces == ["አዲስ አበባ", "Cairo", "Lima", "Addis Ababa"]
    assert found.ids == [("Q3624",), ("Q85", "Q30895"), ("Q2868",), ("Q3624",)]
    assert found.labels == ["LOC", "LOC", "LOC", "CITY"]


def test_a_name_written_like_another_becomes_one_with_it():
    found = edited(cities(), {3: Name("አዲስ", ("Q2868",))})
    assert found.surfaces == ["አዲስ አበባ", "አዲስ", "القاهرة"]
    assert found.ids[1] == ("Q3624", "Q2868")
    assert found.is_alias.tolist() == [False, False, False]


def test_what_cannot_be_a_name_is_refused():
    with pytest.raises(InputError, match="cannot be a name"):
        edited(cities(), {0: Name(" ... ")})
    with pytest.raises(InputError, match="no name would be left"):
        edited(cities(), removed=range(4))
    with pytest.raises(OptionError, match="label"):
        edited(cities(), added=[Name("Quito", (), "a city")])


def test_patterns_may_be_taken_out_but_not_written(tmp_path):
    (tmp_path / "years.regex").write_text("\\d{4}\n[A-Z]{2}\n", encoding="utf-8")
    patterns = load_list(tmp_path / "years.regex", "YEAR")
    left = edited(patterns, removed=[0])
    assert [(row.surface, row.pattern.expression) for row in names_of(left)] == [("/[A-Z]{2}/", "[A-Z]{2}")]
    with pytest.raises(OptionError, match="patterns"):
        edited(patterns, added=[Name("1999")])
    with pytest.raises(OptionError, match="patterns"):
        merged([cities(), patterns])


def test_merged_lists_keep_labels_ids_and_undo_in_one_step(tmp_path):
    people = EntityList.from_names("PER", [{"name": "Lima", "id": "Q1"}, {"name": "Ana"}], name="people")
    more = EntityList.from_names("LOC", [{"name": "Lima", "id": "Q579"}], name="more")
    found = merged([cities(), people, more])
    rows = {(row.surface, row.label): row.ids for row in names_of(found)}
    assert rows["Lima", "LOC"] == ("Q2868", "Q579")
    assert rows["Lima", "PER"] == ("Q1",)
    with Project.create(tmp_path / "p.farspan") as project:
        for one in (cities(), people, more):
            project.add_source(one)
        project.lists.merge("cities", ["people", "more"], found)
        assert [one.name for one in project.lists.all()] == ["cities"]
        assert project.lists.load("cities").surfaces == found.surfaces
        project.undo()
        assert [one.name for one in project.lists.all()] == ["cities", "people", "more"]
        assert project.lists.load("cities").surfaces == cities().surfaces
        project.redo()
        assert [one.name for one in project.lists.all()] == ["cities"]


def test_a_spreadsheet_is_read_by_its_headings_or_in_order():
    assert table_rows("Lima\tQ2868\tCiudad de los Reyes | LIM\tLOC\r\n\r\nCusco\r\n") == [
        Name("Lima", ("Q2868",), "LOC"),
        Name("Ciudad de los Reyes", ("Q2868",), "LOC", is_alias=True),
        Name("LIM", ("Q2868",), "LOC", is_alias=True),
        Name("Cusco"),
    ]
    assert table_rows("id\tname\nQ85\tالقاهرة") == [Name("القاهرة", ("Q85",))]
