"""Bad rows and odd characters in lists: nothing is taken silently, nothing stops the rest."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import InputError
from farspan.sources.arguments import Columns
from farspan.sources.delimited import _records, read_csv
from farspan.sources.lists import load_list
from farspan.sources.names import clean_name, clean_names


def load(tmp_path, content: str | bytes, name: str = "list.txt", **more):
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return load_list(path, "LOC", **more)


def problems(names):
    return [(p.place.line, p.handled, p.what) for p in names.problems]


def test_a_nul_costs_its_row(tmp_path):
    names = load(tmp_path, "Paris\nOs\0lo\nRome\n")
    assert names.surfaces == ["Paris", "Rome"]
    assert problems(names) == [(2, "skipped", "a control character (U+0000) in the name")]


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02" * 500, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, b"PK\x03\x04" + b"\0" * 40]
)
def test_a_binary_file_is_an_error(tmp_path, content):
    with pytest.raises(InputError, match="not text"):
        load(tmp_path, content)


def test_a_line_of_a_megabyte_costs_its_row(tmp_path):
    names = load(tmp_path, "Paris\n" + "x" * 1_000_000 + "\nRome\n")
    assert names.surfaces == ["Paris", "Rome"]
    assert problems(names) == [(2, "skipped", "the name has 1,000,000 characters; at most 1,000 are possible")]


def test_a_cell_of_a_megabyte_costs_its_row(tmp_path):
    names = load(tmp_path, "name,id\nParis,1\n" + "x" * 1_000_000 + ',2\n"' + "y" * 300_000 + '",3\nRome,4\n', "list.csv")
    assert names.surfaces == ["Paris", "Rome"]
    assert [line for line, *_ in problems(names)] == [3, 4]


def test_blank_lines_at_the_end_are_nothing_and_elsewhere_a_problem(tmp_path):
    assert load(tmp_path, "Paris\nRome\n\n  \n\n").problems == ()
    names = load(tmp_path, "Paris\n\n \t\nRome\n")
    assert names.surfaces == ["Paris", "Rome"]
    assert problems(names) == [(2, "skipped", "blank name"), (3, "skipped", "blank name")]


@pytest.mark.parametrize("name", [".", "...", "---", "?!", "«»", "+", "( )", "’", "።", "\u0301"])
def test_names_that_are_all_punctuation_are_skipped(tmp_path, name):
    names = load(tmp_path, f"Paris\n{name}\n")
    assert names.surfaces == ["Paris"]
    assert names.problems[0].place.line == 2
    assert names.problems[0].what.endswith("is all punctuation")


@pytest.mark.parametrize(
    "name", ["$", "€", "🎬", "👩‍👩‍👧", "¿Qué?", "!Hola!", "9", "π", "(500) Days", "አ", "שלום", "مصر", "#MeToo", "'n"]
)
def test_names_that_look_odd_but_are_names_are_kept(tmp_path, name):
    names = load(tmp_path, f"{name}\n")
    assert names.surfaces == [name]
    assert names.problems == ()


@pytest.mark.parametrize("space", ["  ", "\u00a0", " \u00a0 ", "\u3000", "\u202f"])
def test_runs_of_white_space_become_one_blank(tmp_path, space):
    names = load(tmp_path, f"  New{space}York \n")
    assert names.surfaces == ["New York"]
    assert names.problems == ()


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\u0085", "\t", "\v", "\f", "\x1c"])
def test_other_line_ends_do_not_cut_a_name_but_are_reported(tmp_path, end):
    names = load(tmp_path, f"Paris\nNew{end}York\nRome\n")
    assert names.surfaces == ["Paris", "New York", "Rome"]
    assert problems(names) == [(2, "repaired", "a line break or tab inside the name")]


@pytest.mark.parametrize("text", ["\ufeffParis\nRome\n", "Paris\r\nRome\r\n", "Paris\rRome", "\ufeffParis\r\nRome"])
def test_byte_order_marks_and_line_ends_are_not_part_of_names(tmp_path, text):
    names = load(tmp_path, text)
    assert names.surfaces == ["Paris", "Rome"]
    assert names.problems == ()


def test_a_byte_order_mark_in_the_middle_is_taken_out_and_reported(tmp_path):
    names = load(tmp_path, "Paris\n\ufeffRome\n")
    assert names.surfaces == ["Paris", "Rome"]
    assert problems(names) == [(2, "repaired", "invisible characters around the name")]


def test_direction_marks_around_a_name_would_keep_it_from_matching(tmp_path):
    names = load(tmp_path, "\u200fمصر\u200e\nשלום\u200fעולם\n")
    assert names.surfaces == ["مصر", "שלום\u200fעולם"]
    assert [line for line, *_ in problems(names)] == [1]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252"])
def test_lists_in_other_encodings(tmp_path, encoding):
    content = "El rey león\nEspaña\nMálaga\nAlmería\nCórdoba\n".encode(encoding)
    if encoding == "utf-16-le":
        content = "\ufeff".encode(encoding) + content
    assert load(tmp_path, content, encoding="cp1252" if encoding == "cp1252" else None).surfaces[:2] == ["El rey león", "España"]


def test_a_wrong_encoding_is_an_error_with_its_line(tmp_path):
    with pytest.raises(InputError, match=r"list\.txt:2: byte 0xf1 .* is not utf-8 text"):
        load(tmp_path, "Málaga\nEspaña\n".encode("cp1252").replace(b"M\xe1", b"M"), encoding="utf-8")


def test_what_is_left_of_a_wrong_encoding_costs_its_row(tmp_path):
    names = load(tmp_path, "Paris\nMa�laga\nA\x96B\n")
    assert names.surfaces == ["Paris"]
    assert [line for line, *_ in problems(names)] == [2, 3]


def test_problems_of_aliases_say_so(tmp_path):
    names = load(tmp_path, "name,aliases\nParis,Lutetia||...|La  Ville\n", "list.csv")
    assert names.surfaces == ["Paris", "Lutetia", "La Ville"]
    assert [what for *_, what in problems(names)] == ["alias: blank name", "alias: the name '...' is all punctuation"]


@pytest.mark.parametrize("name", ["list.xlsx", "list.pdf", "list.gz"])
def test_a_form_nobody_knows(tmp_path, name):
    with pytest.raises(InputError, match=r"save it as one of \.txt, \.csv, \.tsv, \.json, \.jsonl"):
        load(tmp_path, "Paris\n", name)


def test_a_file_that_is_not_there_and_a_folder(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputError, match=str(path)):
            load_list(path, "LOC")


def test_a_text_list_has_no_columns(tmp_path):
    with pytest.raises(InputError, match="has no columns"):
        load(tmp_path, "Paris\n", columns=Columns(name="title"))


NASTY = st.text(st.sampled_from("ab.  \t\0\u0085\u2028\ufeff\u200f\u00a0é🎬�\ud800\x07-1"), max_size=6)


@settings(max_examples=150)
@given(st.lists(NASTY, max_size=5))
def test_cleaning_a_column_equals_cleaning_name_by_name(names):
    cleaned, found = clean_names(names, range(1, len(names) + 1), "f")
    one_by_one = [clean_name(name) for name in names]
    assert cleaned == [name for name, _ in one_by_one]
    assert [(p.place.line, p.what) for p in found] == [(i, what) for i, (_, what) in enumerate(one_by_one, 1) if what]


@settings(max_examples=150)
@given(st.lists(st.text(st.sampled_from('ab",;\t\u2028'), max_size=8), min_size=1, max_size=6))
def test_reading_csv_quickly_equals_reading_it_record_by_record(lines):
    text = "name,id\n" + "\n".join(lines) + "\nend,1\n"
    fast = read_csv(text, "f", Columns())
    found: list = []
    records = list(_records(text.rstrip("\n").split("\n"), ",", "f", found))
    good = [(line, row) for line, row in records[1:] if len(row) == 2]
    wide = [(line, row) for line, row in records[1:] if len(row) > 2 and not any(row[2:])]
    assert [(line, name) for line, name in zip(fast.lines, fast.names, strict=True)] == [
        (line, row[0]) for line, row in sorted(good + wide)
    ]
    assert fast.total == len(records) - 1 + len(found)


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8), min_size=2, max_size=2), max_size=5
    )
)
def test_what_the_csv_module_writes_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name", "id"], *rows, ["the end", "0"]])
    names = load_list(path, "X")
    expected = {clean_name(row[0])[0] for row in rows} - {""} | {"the end"}
    assert set(names.surfaces) == expected


def test_a_guessed_encoding_is_used_and_said(tmp_path):
    text = "El señor de los anillos\nCómo ser John Malkovich\nLa misión imposible\nMuñeco diabólico\nTiburón\n"
    names = load(tmp_path, text.encode("cp1252"))
    assert names.surfaces[0] == "El señor de los anillos"
    assert len(names) == 5
    assert names.problems[0].handled == "repaired"
    assert names.problems[0].what.startswith("not UTF-8; read as cp125")


def test_a_large_list_is_not_taken_for_damaged_where_the_sample_ends(tmp_path):
    names = load(tmp_path, "x" + "é\n" + "é" * 400 + "\n" + ("é" * 499 + "\n") * 9000)
    assert names.duplicates == 8999
    assert names.problems == ()
