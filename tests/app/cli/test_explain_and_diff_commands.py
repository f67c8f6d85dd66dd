"""`farspan explain` and `farspan diff`: why a word is labelled, and what other rules would change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from farspan_app.cli.main import main

TEXT = "Ayer vi Capitana Marvel en Madrid. La capitana marvel es de Nueva York.\n"
RECIPE = """\
farspan = 1
[text]
inputs = ["*.txt"]
lang = "es"
{text}
[[list]]
label = "MOVIE"
file = "lists/films.csv"
{films}
[[list]]
label = "LOC"
file = "lists/places.csv"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "lists").mkdir()
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "lists/films.csv").write_text("name,id\nCapitana Marvel,Q1\nMarvel,Q2\n", encoding="utf-8")
    (tmp_path / "lists/places.csv").write_text("name\nNueva York\nYork\n", encoding="utf-8")
    (tmp_path / "a.toml").write_text(RECIPE.format(text="", films=""), encoding="utf-8")
    (tmp_path / "b.toml").write_text(RECIPE.format(text="", films='options = {case = "ignore"}'), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


LISTS = ("--list", "MOVIE=lists/films.csv", "--list", "LOC=lists/places.csv", "--lang", "es")


def test_a_word_is_explained_with_its_rivals(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "explain", "news.txt", "--at", f"news:{TEXT.index('York')}", *LISTS)
    assert (found["text"], found["outcome"]) == ("York", "LOC 'Nueva York'")
    assert [one["reason"] for one in found["candidates"]] == ["kept", "lost to LOC 'Nueva York' of places by length"]
    assert found["candidates"][1]["winner"]["name"] == "Nueva York"


def test_the_story_is_told_in_words_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--recipe", "a.toml", "--at", f":{TEXT.index('capitana')}"]) == 0
    assert capsys.readouterr().out.split("\n")[:4] == [
        "news:38  'capitana': no label",
        "  no name of any list matches here",
        "what would change it, the smallest change first:",
        "  MOVIE 'capitana marvel' if films.case = ignore",
    ]


@pytest.mark.parametrize(
    ("at", "code", "says"),
    [
        ("news", 2, "is no place; write DOC:START"),
        ("news:x", 2, "is no place; write DOC:START"),
        ("other:3", 1, "there is no document 'other'; there are: news"),
        ("news:999", 1, "has no word at character 999; choose one from 0 to"),
    ],
)
def test_a_place_that_is_not_there_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], at: str, code: int, says: str
) -> None:
    assert main(["explain", "news.txt", "--at", at, *LISTS]) == code
    assert says in capsys.readouterr().err


def test_two_recipes_are_compared_span_by_span(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "diff", "--recipe", "a.toml", "--recipe", "b.toml")
    assert {name: found[name] for name in ("same", "added", "removed", "changed")} == {
        "same": 2,
        "added": 1,
        "removed": 0,
        "changed": 0,
    }
    assert found["by_label"] == {"MOVIE": {"added": 1, "removed": 0, "changed": 0}}
    assert [(row["change"], row["text"], row["before"]) for row in found["rows"]] == [("added", "capitana marvel", None)]


def test_the_counts_are_of_all_where_rows_are_limited(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--recipe", "b.toml", "--recipe", "a.toml", "--limit", "0"]) == 0
    assert capsys.readouterr().out.split("\n")[0] == "0 added, 1 removed, 0 changed, 2 the same"


def test_rules_over_differently_cut_texts_are_not_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "c.toml").write_text(RECIPE.format(text='tokenizer = "whitespace"', films=""), encoding="utf-8")
    assert main(["diff", "--recipe", "a.toml", "--recipe", "c.toml"]) == 1
    assert "c.toml: tokenizer is 'whitespace' here and 'spacy' in a.toml" in capsys.readouterr().err


def test_one_recipe_is_no_comparison(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--recipe", "a.toml"]) == 2
    assert "give --recipe twice" in capsys.readouterr().err
