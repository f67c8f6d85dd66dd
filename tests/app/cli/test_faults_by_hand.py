"""What a newcomer gets wrong, and what the commands say to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from farspan_app.cli.main import main

TEXT = "Ayer en Castellón. La película de Almodóvar.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "loc.txt").write_text("Castellón\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fails(capsys: pytest.CaptureFixture[str], code: int, says: str, *arguments: str) -> None:
    capsys.readouterr()
    assert main(list(arguments)) == code
    assert says in capsys.readouterr().err


def test_a_project_needs_something_to_add(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["project", "new", "p.farspan"]) == 0
    fails(capsys, 2, "there is nothing to add; name texts", "project", "add", "p.farspan")
    fails(capsys, 2, "there is nothing to add", "project", "add", "p.farspan", "--encoding", "utf-8", "-q")
    assert main(["project", "add", "p.farspan", "--nested", "-q"]) == 0


def test_what_is_no_language_is_refused_before_anything_is_stored(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["project", "new", "p.farspan"]) == 0
    fails(capsys, 2, "'??' is not a language tag", "project", "add", "p.farspan", "a.txt", "--lang", "??")
    fails(capsys, 2, "--tokenizer 'none' is not possible", "project", "add", "p.farspan", "a.txt", "--tokenizer", "none")
    capsys.readouterr()
    assert main(["project", "info", "p.farspan", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 0


@pytest.mark.parametrize("command", [["new", "no/p.farspan"], ["replay", "p.farspan", "-o", "no/q.farspan"]])
def test_a_missing_folder_is_named(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    assert main(["project", "new", "p.farspan"]) == 0
    fails(capsys, 1, "its folder does not exist; make the folder first", "project", *command)


def test_a_project_is_not_written_to_standard_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["project", "new", "p.farspan"]) == 0
    fails(capsys, 2, "a project cannot be standard output", "project", "replay", "p.farspan", "-o", "-")
    assert not (folder / "-").exists()


def test_one_of_a_thing_is_not_called_many(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["project", "new", "p.farspan"]) == 0
    assert main(["project", "add", "p.farspan", "a.txt", "--list", "LOC=loc.txt"]) == 0
    assert main(["project", "run", "p.farspan"]) == 0
    assert main(["project", "export", "p.farspan", "-o", "o.conll"]) == 0
    said = capsys.readouterr().err
    assert "list loc: 1 name\n" in said
    assert "run 1: 1 document, 9 tokens, 1 span\n" in said
    assert "1 document with 1 span written to o.conll" in said
    assert main(["project", "info", "p.farspan"]) == 0
    assert "Import of 1 document\n" in capsys.readouterr().out


def test_a_guessed_encoding_is_told_by_explain_and_diff(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.txt").write_bytes(TEXT.encode("cp1252"))
    assert main(["explain", "a.txt", "--at", ":8", "--list", "LOC=loc.txt"]) == 0
    assert "not UTF-8; read as cp1252" in capsys.readouterr().err
    recipe = 'farspan = 1\n[text]\ninputs = ["a.txt"]\n[[list]]\nlabel = "LOC"\nfile = "loc.txt"\n'
    for name in ("one.toml", "two.toml"):
        (folder / name).write_text(recipe, encoding="utf-8")
    assert main(["diff", "--recipe", "one.toml", "--recipe", "two.toml"]) == 0
    assert "not UTF-8; read as cp1252" in capsys.readouterr().err


def test_a_recipe_that_names_no_texts_or_lists_is_not_ready(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "r.toml").write_text('farspan = 1\n[[list]]\nlabel = "LOC"\nfile = "loc.txt"\n', encoding="utf-8")
    fails(capsys, 1, "the recipe names no inputs", "recipe", "check", "r.toml")
    (folder / "r.toml").write_text('farspan = 1\n[text]\ninputs = ["a.txt"]\n', encoding="utf-8")
    fails(capsys, 1, "the recipe names no lists", "recipe", "check", "r.toml")


def test_two_documents_of_one_id_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.jsonl").write_text('{"id": "x", "text": "Castellón"}\n{"id": "x", "text": "En Castellón"}\n', encoding="utf-8")
    assert main(["annotate", "a.jsonl", "--list", "LOC=loc.txt", "-o", "o.jsonl", "-q"]) == 0
    assert "a.jsonl: another document is called 'x' too" in capsys.readouterr().err
    assert (folder / "o.jsonl").read_text(encoding="utf-8").count('"LOC"') == 2
    fails(capsys, 1, "two documents are called 'x'", "explain", "a.jsonl", "--at", "x:0", "--list", "LOC=loc.txt")


@pytest.mark.parametrize("setting", ["exclude = '@words.txt'", "stopwords = 'words.txt'"])
def test_a_file_that_an_option_of_a_recipe_names_is_not_written_over(folder: Path, capsys, setting: str) -> None:
    (folder / "words.txt").write_text("la\n", encoding="utf-8")
    recipe = f'farspan = 1\n[text]\ninputs = ["a.txt"]\n[options]\n{setting}\n[[list]]\nlabel = "LOC"\nfile = "loc.txt"\n'
    (folder / "r.toml").write_text(recipe, encoding="utf-8")
    fails(capsys, 2, "is also an input", "annotate", "--recipe", "r.toml", "-o", "words.txt")
    Path("link.conll").symlink_to("words.txt")
    fails(capsys, 2, "is also an input", "annotate", "--recipe", "r.toml", "-o", "link.conll")
    fails(capsys, 2, "is also an input", "annotate", "--recipe", "r.toml", "--project", "words.txt")
    assert (folder / "words.txt").read_text(encoding="utf-8") == "la\n"


def test_patterns_are_no_names(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "years.regex").write_text("\\b1[89]\\d\\d\\b\n[0-9]{1,2} de mayo\n", encoding="utf-8")
    (folder / "ruler.jsonl").write_text(
        '{"label":"LOC","pattern":"Vetusta"}\n{"label":"LOC","pattern":[{"LOWER":"x"}]}\n', "utf-8"
    )
    assert main(["lists", "check", "years.regex", "ruler.jsonl"]) == 0
    said = capsys.readouterr().out
    assert "years.regex: 2 rows, 0 names (0 aliases, 0 with an id), 2 patterns" in said
    assert "ruler.jsonl: 2 rows, 1 name (0 aliases, 0 with an id), 1 pattern" in said
    assert main(["lists", "show", "years.regex", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["names"], shown["patterns"], shown["scripts"]) == (0, 2, {})
    assert [item["pattern"] for item in shown["first"]] == [True, True]
    assert main(["lists", "show", "ruler.jsonl"]) == 0
    assert "scripts: Latin 1\n" in capsys.readouterr().out


def test_what_a_run_has_not_seen_is_not_exported_without_labels(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annotate", "a.txt", "--list", "LOC=loc.txt", "--project", "p.farspan", "-q"]) == 0
    (folder / "b.txt").write_text("Castellón.\n", encoding="utf-8")
    assert main(["project", "add", "p.farspan", "b.txt", "-q"]) == 0
    export = ("project", "export", "p.farspan", "-o", "o.jsonl")
    fails(capsys, 1, "document 'b' has been added or changed since run 1; run the project again", *export)
    assert not (folder / "o.jsonl").exists()
    assert main(["project", "run", "p.farspan", "-q"]) == 0
    assert main(["project", "export", "p.farspan", "-o", "o.jsonl", "-q"]) == 0
    fails(capsys, 1, "document 'b' has been added", *export, "--run", "1")
