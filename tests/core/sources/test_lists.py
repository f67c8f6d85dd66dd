"""Entity lists: what every form of file holds, and how equal names are merged."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import InputError, OptionError
from farspan.sources.json_rows import element_lines
from farspan.sources.lists import Columns, EntityList, load_list
from farspan.sources.merging import NameColumns, merge


@pytest.fixture
def save(tmp_path):
    """Write a list file and return its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def columns(names: EntityList) -> list[tuple]:
    return list(zip(names.surfaces, names.ids, names.is_alias.tolist(), strict=True))


def test_a_text_file_is_a_name_a_line(save):
    names = load_list(save("films.txt", "Dumbo\nEl rey león\n#MeToo\n"), "MOVIE")
    assert names.surfaces == ["Dumbo", "El rey león", "#MeToo"]
    assert (names.name, names.label, names.labels, names.rows) == ("films", "MOVIE", None, 3)
    assert names.ids == [(), (), ()]
    assert not names.is_alias.any()
    assert names.problems == ()
    assert len(names.sha256) == 64


def test_csv_columns_have_their_usual_names(save):
    path = save("cities.csv", "name,id,aliases,label\nAddis Ababa,Q3624,Finfinne|Addis,GPE\nParis,Q90,,\n")
    names = load_list(path, "LOC")
    assert columns(names) == [
        ("Addis Ababa", ("Q3624",), False),
        ("Finfinne", ("Q3624",), True),
        ("Addis", ("Q3624",), True),
        ("Paris", ("Q90",), False),
    ]
    assert names.labels == ["GPE", "GPE", "GPE", "LOC"]


def test_csv_columns_can_be_chosen(save):
    path = save("films.csv", "qid,title,alt\nQ1,Alien,\nQ2,Jaws,Tiburón\n")
    names = load_list(path, "MOVIE", columns=Columns(name="title", id="qid", aliases="alt"))
    assert columns(names) == [("Alien", ("Q1",), False), ("Jaws", ("Q2",), False), ("Tiburón", ("Q2",), True)]


def test_a_column_that_is_chosen_for_names_is_not_also_the_label(save):
    names = load_list(
        save("wikidata.csv", "item,label\nQ90,Paris\nQ64,New York\n"), "LOC", columns=Columns(name="label", id="item")
    )
    assert names.surfaces == ["Paris", "New York"]
    assert names.labels is None


def test_a_role_can_be_switched_off(save):
    path = save("words.csv", "name,label\nParis,whatever it is\n")
    assert load_list(path, "LOC", columns=Columns(label="")).surfaces == ["Paris"]


def test_headers_are_found_without_regard_to_case(save):
    assert load_list(save("a.csv", "Name,ID\nParis,Q90\n"), "LOC").ids == [("Q90",)]


def test_a_missing_column_is_an_error_that_names_the_others(save):
    path = save("films.csv", "title,year\nAlien,1979\n")
    with pytest.raises(InputError) as caught:
        load_list(path, "MOVIE")
    assert str(caught.value).startswith(f"{path}:1: no column 'name'; there is 'title', 'year'")
    with pytest.raises(InputError, match="no column 'qid'"):
        load_list(path, "MOVIE", columns=Columns(name="title", id="qid"))


def test_semicolons_and_quotes_as_a_spreadsheet_writes_them(save):
    path = save("films.csv", '"name";"id"\r\n"Kramer vs. Kramer; the film";1\r\n"Say ""Hi""";2\r\n')
    assert load_list(path, "MOVIE").surfaces == ["Kramer vs. Kramer; the film", 'Say "Hi"']


def test_a_cell_over_two_lines_becomes_one_name_and_is_reported(save):
    names = load_list(save("a.csv", 'name,id\n"New\nYork",Q60\nParis,Q90\n'), "LOC")
    assert names.surfaces == ["New York", "Paris"]
    assert [(p.place.line, p.handled) for p in names.problems] == [(2, "repaired")]


def test_a_quotation_mark_that_is_never_closed_costs_one_row(save):
    names = load_list(save("a.csv", 'name,id\nRome,Q220\n"Paris,Q90\nOslo,Q585\n'), "LOC")
    assert names.surfaces == ["Rome", "Oslo"]
    assert [(p.place.line, p.handled) for p in names.problems] == [(3, "skipped")]
    assert "quotation mark" in names.problems[0].what


def test_ragged_rows_are_skipped_and_reported_with_their_line(save):
    names = load_list(save("a.csv", "name,id\nParis,Q90\nOslo\nWashington, D.C.,Q61\n\nRome,Q220,,\n"), "LOC")
    assert names.surfaces == ["Paris", "Rome"]
    assert [p.place.line for p in names.problems] == [3, 4, 5]
    assert names.rows == 5


def test_blanks_where_tabs_should_be_are_an_error_not_silence(save):
    names = load_list(save("a.tsv", "name\tid\nParis   Q90\nOslo\tQ585\n"), "LOC")
    assert names.surfaces == ["Oslo"]
    assert str(names.problems[0]).endswith("a.tsv:2: 1 column where the header has 2; skipped")
    with pytest.raises(InputError, match="no column 'name'"):
        load_list(save("b.tsv", "name   id\nParis   Q90\n"), "LOC")


def test_quotes_in_tsv_are_taken_off_only_as_a_pair(save):
    names = load_list(save("a.tsv", 'name\tid\n"Heroes ""now"""\t1\n"Weird Al" Yankovic\t2\n'), "X")
    assert names.surfaces == ['Heroes "now"', '"Weird Al" Yankovic']


@pytest.mark.parametrize(
    "content",
    [
        '["Paris", {"name": "Oslo", "id": "Q585"}]',
        '{"version": 3, "cities": ["Paris", {"name": "Oslo", "id": "Q585"}]}',
        '{"Paris": null, "Oslo": "Q585"}',
    ],
)
def test_json_is_an_array_or_an_object_that_holds_one_or_names_with_ids(save, content):
    names = load_list(save("a.json", content), "LOC")
    assert columns(names) == [("Paris", (), False), ("Oslo", ("Q585",), False)]


def test_a_json_object_that_says_a_name_twice_keeps_both_ids(save):
    names = load_list(save("a.json", '{"Paris": "Q90", "Paris": "Q830149"}'), "LOC")
    assert columns(names) == [("Paris", ("Q90", "Q830149"), False)]
    assert names.duplicates == 1


@pytest.mark.parametrize("content", ['{"a": ["x"], "b": ["y"]}', '{"a": {"b": 1}}', "3", '"Paris"'])
def test_json_of_which_nobody_knows_where_the_names_are(save, content):
    with pytest.raises(InputError, match="an array"):
        load_list(save("a.json", content), "LOC")


def test_json_keys_can_be_chosen(save):
    path = save("films.json", json.dumps([{"title": "Alien", "year": 1979, "cast": ["Sigourney Weaver"]}]))
    names = load_list(path, "MOVIE", columns=Columns(name="title", id="year"))
    assert columns(names) == [("Alien", ("1979",), False)]
    assert names.columns == ("title", "year", "cast")
    with pytest.raises(InputError, match="no column 'name'; there is 'title', 'year', 'cast'"):
        load_list(path, "MOVIE")


def test_bad_elements_of_an_array_are_reported_with_the_line_they_begin_on(save):
    names = load_list(save("a.json", '[\n  "Paris",\n  17,\n  {"id": "Q1"},\n  {"name": ""},\n  "Oslo"\n]\n'), "LOC")
    assert names.surfaces == ["Paris", "Oslo"]
    assert [p.place.line for p in names.problems] == [3, 4, 5]
    nested = '{"note": "a\\nb",\n"cities": [\n"Paris",\n null,\n"Oslo"]}'
    assert [p.place.line for p in load_list(save("b.json", nested), "LOC").problems] == [4]


def test_json_lines_hold_objects_or_bare_names(save):
    path = save(
        "a.jsonl", '{"name": "Addis Ababa", "id": "Q3624", "aliases": ["Finfinne"]}\n"Paris"\n{"name": "Oslo", "id": 585}\n'
    )
    assert columns(load_list(path, "LOC")) == [
        ("Addis Ababa", ("Q3624",), False),
        ("Finfinne", ("Q3624",), True),
        ("Paris", (), False),
        ("Oslo", ("585",), False),
    ]


def test_lines_that_are_not_json_are_reported_one_by_one(save):
    names = load_list(save("a.jsonl", '{"name": "Paris"}\n{"name": \n\n["a"]\n{"name": "Oslo", "id": [1, {}]}\n'), "LOC")
    assert columns(names) == [("Paris", (), False), ("Oslo", ("1",), False)]
    assert [(p.place.line, p.handled) for p in names.problems] == [
        (2, "skipped"),
        (3, "skipped"),
        (4, "skipped"),
        (5, "repaired"),
    ]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_half_a_surrogate_pair_costs_one_row(save, name):
    rows = ['"Paris"', r'"bad \ud83d"', '"Oslo"']
    content = "[\n" + ",\n".join(rows) + "\n]" if name == "a.json" else "\n".join(rows)
    names = load_list(save(name, content), "LOC")
    assert names.surfaces == ["Paris", "Oslo"]
    assert names.problems[0].what == "half a surrogate pair in the name"


@pytest.mark.parametrize("content", ["not json at all", "[1, 2", "[" * 100_000])
def test_broken_json_is_one_clear_error(save, content):
    with pytest.raises(InputError, match=r"a\.json:1: "):
        load_list(save("a.json", content), "LOC")
    with pytest.raises(InputError):
        load_list(save("a.jsonl", content), "LOC")


def test_equal_names_are_merged_and_counted_and_a_name_beats_an_alias(save):
    path = save(
        "a.jsonl",
        '{"name": "Big Apple", "id": "Q60", "aliases": ["New York"]}\n{"name": "New York", "id": "Q1384"}\n{"name": "New York", "id": "Q60"}\n',
    )
    names = load_list(path, "LOC")
    assert columns(names) == [("Big Apple", ("Q60",), False), ("New York", ("Q60", "Q1384"), False)]
    assert names.duplicates == 2


def test_one_name_under_two_labels_stays_two(save):
    names = load_list(save("a.csv", "name,label\nWashington,PER\nWashington,LOC\nWashington,PER\n"), "X")
    assert list(zip(names.surfaces, names.labels, strict=True)) == [("Washington", "PER"), ("Washington", "LOC")]
    assert names.duplicates == 1


def test_a_label_that_cannot_stand_in_a_tag_costs_its_row(save):
    names = load_list(save("a.csv", "name,label\nParis,GPE\nOslo,a city\nRome,-X\n"), "LOC")
    assert names.surfaces == ["Paris"]
    assert [p.what for p in names.problems] == ["the label 'a city' contains white space", "the label '-X' begins with a dash"]


@pytest.mark.parametrize("label", ["", " ", "a b", "-PER", "PER\n", "P\u2028R", "\x1b[0m"])
def test_a_bad_label_is_wrong_usage(save, label):
    path = save("a.txt", "Paris\n")
    with pytest.raises(OptionError):
        load_list(path, label)
    with pytest.raises(OptionError):
        EntityList.from_names(label, ["Paris"])


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.tsv", "a.json", "a.jsonl"])
@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", " \r\n"])
def test_an_empty_list_is_an_error(save, name, content):
    with pytest.raises(InputError, match="empty"):
        load_list(save(name, content), "LOC")


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", "...\n"), ("a.csv", "name\n"), ("a.json", "[]"), ("a.json", "{}"), ("a.jsonl", '""')]
)
def test_a_list_without_a_usable_name_is_an_error(save, name, content):
    with pytest.raises(InputError, match=r"no usable name|no column"):
        load_list(save(name, content), "LOC")


def test_names_from_python():
    names = EntityList.from_names("LOC", ["Paris", {"name": "Oslo", "id": "Q585", "aliases": ["Christiania"]}, "Paris"])
    assert columns(names) == [("Paris", (), False), ("Oslo", ("Q585",), False), ("Christiania", ("Q585",), True)]
    assert (names.name, names.duplicates, names.rows) == ("LOC", 1, 3)
    assert columns(EntityList.from_names("LOC", {"Paris": "Q90", "Oslo": ["Q585", "Q2"]}, name="towns")) == [
        ("Paris", ("Q90",), False),
        ("Oslo", ("Q585", "Q2"), False),
    ]
    assert EntityList.from_names("LOC", iter(["Paris"])).surfaces == ["Paris"]
    assert EntityList.from_names("LOC", "Paris").surfaces == ["Paris"]


def test_names_from_python_report_the_element():
    names = EntityList.from_names("LOC", ["Paris", "", None, {"id": "Q1"}])
    assert [str(p.place) for p in names.problems] == ["<LOC>:2", "<LOC>:3", "<LOC>:4"]
    with pytest.raises(InputError):
        EntityList.from_names("LOC", [])


def test_fifty_thousand_names_with_everything_wrong_now_and_then(save):
    rows = [f'{{"name":"Name {i % 40_000}","id":"Q{i}"}}' if i % 1000 else "{" for i in range(50_000)]
    names = load_list(save("a.jsonl", "\n".join(rows)), "X")
    assert len(names.problems) == 50
    assert names.rows == 50_000
    assert len(names) + names.duplicates == 49_950
    assert names.surfaces[0] == "Name 1"
    assert names.ids[names.surfaces.index("Name 7")] == ("Q7", "Q40007")


def merged_plainly(columns: NameColumns) -> list[tuple]:
    """The obvious way: a dict by name and label."""
    rows: dict[tuple[str, str], tuple[list[str], bool]] = {}
    labels = columns.labels or [""] * len(columns)
    ids = columns.ids or [()] * len(columns)
    for surface, own, label, alias in zip(columns.surfaces, ids, labels, columns.is_alias.tolist(), strict=True):
        known, was_alias = rows.get((surface, label), ([], True))
        rows[surface, label] = (known + [i for i in own if i not in known], was_alias and alias)
    return [(surface, label, tuple(ids), alias) for (surface, label), (ids, alias) in rows.items()]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from([(), ("1",), ("2",), ("1", "2")]), st.sampled_from("XY"), st.booleans())
    ),
    st.booleans(),
    st.booleans(),
)
def test_merging_equals_the_plain_loop(rows, has_ids, has_labels):
    names = NameColumns(
        [row[0] for row in rows],
        [row[1] for row in rows] if has_ids else None,
        [row[2] for row in rows] if has_labels else None,
        np.array([row[3] for row in rows], np.bool_),
    )
    expected = merged_plainly(names)
    found = merge(names)
    labels = found.labels or [""] * len(found)
    ids = found.ids or [()] * len(found)
    assert list(zip(found.surfaces, labels, ids, found.is_alias.tolist(), strict=True)) == expected


def test_a_cell_may_hold_several_ids(save):
    names = load_list(save("a.tsv", "name\tid\nParis\tQ90|Q830149\nOslo\t Q585 \nRome\t\n"), "LOC")
    assert names.ids == [("Q90", "Q830149"), ("Q585",), ()]


JSON_VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
)


@settings(max_examples=60)
@given(st.lists(JSON_VALUES, max_size=5), st.sampled_from([None, 0, 2]), st.booleans())
def test_lines_of_json_elements_are_found_as_by_counting(values, indent, nested):
    value = {"note": ["in the way"], "names": values} if nested else values
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    expected = []
    for i in range(len(values)):
        marked = [*values[:i], "\uffff mark", *values[i + 1 :]]
        shown = json.dumps({"note": ["in the way"], "names": marked} if nested else marked, indent=indent, ensure_ascii=False)
        expected.append(shown[: shown.index("\uffff mark")].count("\n") + 1)
    assert list(element_lines(text, "names" if nested else None)) == expected
