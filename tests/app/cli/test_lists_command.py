"""`farspan lists check` and `farspan lists show`."""

import json

import pytest
from typer.testing import CliRunner

from farspan.errors import FarspanError
from farspan_app.cli.lists import app


@pytest.fixture
def bad_list(tmp_path):
    path = tmp_path / "towns.csv"
    path.write_bytes("name,id,aliases\nParis,Q90,Lutetia\nOslo\n...,Q1,\nParis,Q830149,\nNew\u2028York,Q60,\n".encode())
    return path


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def test_check_reports_every_row_and_ends_well(bad_list):
    result = run("check", str(bad_list))
    assert result.exit_code == 0
    first, *rows = result.stdout.rstrip("\n").split("\n")
    assert first == f"{bad_list}: 5 rows, 3 names (1 alias, 3 with an id), 1 duplicate merged, 2 skipped, 1 repaired"
    assert [row.strip().removeprefix(f"{bad_list}:").split(":")[0] for row in rows] == ["3", "4", "6"]


def test_check_with_json_prints_one_object(bad_list):
    result = run("check", "--json", f"{bad_list}?name=name", f"LOC={bad_list}")
    one, two = json.loads(result.stdout)["lists"]
    assert one == two
    assert one["usable"]
    assert (one["rows"], one["names"], one["aliases"], one["duplicates"]) == (5, 3, 1, 1)
    assert one["problems"][0] == {"line": 3, "what": "1 column where the header has 3", "handled": "skipped"}


def test_check_goes_on_after_a_list_that_cannot_be_used(bad_list, tmp_path):
    result = run("check", str(tmp_path / "none.txt"), str(bad_list))
    assert result.exit_code == 1
    assert "none.txt: there is no such file" in result.stderr
    assert "3 names" in result.stdout
    answer = json.loads(run("check", "--json", str(tmp_path / "none.txt"), str(bad_list)).stdout)
    assert [item["usable"] for item in answer["lists"]] == [False, True]


def test_check_shows_all_problems(tmp_path):
    path = tmp_path / "many.txt"
    path.write_text("Paris\n" + "...\n" * 300)
    assert run("check", str(path)).stdout.count("all punctuation") == 300


def test_wrong_usage_ends_with_two(bad_list):
    assert run("check", f"a b={bad_list}").exit_code == 2
    assert run("check", f"{bad_list}?title=x").exit_code == 2
    assert run("check").exit_code == 2


def test_show_helps_to_find_the_columns(tmp_path):
    path = tmp_path / "films.json"
    path.write_text('[{"title": "Alien", "year": 1979}, {"title": "Пила", "year": 2004}]', encoding="utf-8")
    result = run("show", str(path))
    assert isinstance(result.exception, FarspanError)
    assert "there is 'title', 'year'" in str(result.exception)
    shown = run("show", f"{path}?name=title&id=year").stdout
    assert "columns: title, year" in shown
    assert "scripts: Latin 1, Cyrillic 1" in shown
    assert "Alien  1979" in shown


def test_show_with_json(bad_list):
    answer = json.loads(run("show", "--json", "--limit", "2", f"LOC={bad_list}").stdout)
    assert answer["first"] == [
        {"name": "Paris", "ids": ["Q90", "Q830149"], "label": "LOC", "alias": False, "pattern": False},
        {"name": "Lutetia", "ids": ["Q90"], "label": "LOC", "alias": True, "pattern": False},
    ]
    assert answer["scripts"] == {"Latin": 3}
    assert answer["words"] == {"least": 1, "median": 1.0, "most": 2}
    assert answer["characters"]["most"] == 8


def test_show_limits_what_it_shows(tmp_path):
    path = tmp_path / "many.txt"
    path.write_text("\n".join(f"Name {i}" for i in range(50)) + "\n...\n" * 12)
    result = run("show", str(path), "--limit", "3")
    assert "... and 47 more: --limit 50 shows all" in result.stdout
    assert "Name 3" not in result.stdout
    assert "more: farspan lists check" in result.stderr


def test_show_never_sends_control_characters_to_the_screen(tmp_path):
    path = tmp_path / "ids.csv"
    path.write_text('name,id\nParis,"\x1b[31mQ90\u202e"\n', encoding="utf-8")
    shown = run("show", str(path)).stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown
