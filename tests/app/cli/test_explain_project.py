"""`farspan explain P.farspan`: the story of a word out of a stored run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from farspan.store.project import Project
from farspan.store.work import Edit, Judgement
from farspan_app.cli.main import main

# Two sentences' worth of news: Addis Ababa and Gondar behind the prefixes in- and of-, in Ethiopic script.
TEXT = "በአዲስ አበባ የጎንደር ሰው ተገኘ።\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "zena.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "loc.txt").write_text("አዲስ አበባ\nጎንደር\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    lists = ["--list", "LOC=loc.txt", "--set", "loc.prefixes=በ", "--lang", "am"]
    assert main(["annotate", "zena.txt", *lists, "--project", "p.farspan", "-q"]) == 0
    return tmp_path


def test_a_word_of_a_project_is_explained(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "p.farspan", "--at", "zena:0", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["text"], found["outcome"], found["run"]) == ("በአዲስ", "LOC 'በአዲስ አበባ'", 1)
    assert [one["name"] for one in found["candidates"]] == ["አዲስ አበባ"]
    assert found["work"] == []
    assert main(["explain", "p.farspan", "--at", f":{TEXT.index('የ')}"]) == 0
    assert "no name of any list matches here" in capsys.readouterr().out


def test_what_a_person_said_stands_beside_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Project.open("p.farspan") as project:
        project.work.judge([Judgement(1, 0, 8, "wrong", "LOC", judge="Sara")])
        project.work.edit([Edit(1, 0, 8, "never_here")])
    capsys.readouterr()
    assert main(["explain", "p.farspan", "--at", "zena:0-8", "--run", "1"]) == 0
    told = capsys.readouterr().out
    assert "zena:0  'በአዲስ አበባ': no label  (run 1)" in told
    assert "judged wrong by Sara on 20" in told
    assert "by the rules alone: LOC 'በአዲስ አበባ'" in told


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--at", "news:0"], 1, "there is no document 'news'; there are: zena"),
        (["--at", "zena:999"], 1, "has no word at character 999"),
        (["--at", "zena:5-5"], 2, "ends before it begins"),
        (["--at", "zena:five"], 2, "is no place"),
        (["--at", "zena:0", "--lang", "am"], 2, "--lang has no part"),
        (["--at", "zena:0", "--list", "LOC=loc.txt"], 2, "--list has no part"),
        (["zena.txt", "--at", "zena:0"], 2, "name the project alone"),
        (["--at", "zena:0", "--run", "5"], 1, "no run has the number 5"),
    ],
)
def test_what_cannot_be_explained_is_said(folder: Path, capsys, arguments: list[str], code: int, said: str) -> None:
    assert main(["explain", "p.farspan", *arguments]) == code
    assert said in capsys.readouterr().err


def test_run_is_for_projects(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "zena.txt", "--list", "LOC=loc.txt", "--at", ":0", "--run", "1"]) == 2
    assert "--run is for a project" in capsys.readouterr().err


def test_a_changed_text_asks_for_another_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "zena.txt").write_text("ጎንደር\n", encoding="utf-8")
    assert main(["project", "add", "p.farspan", "zena.txt", "-q"]) == 0
    assert main(["explain", "p.farspan", "--at", "zena:0"]) == 1
    assert "changed since run 1; run the project again" in capsys.readouterr().err


def test_no_project_of_that_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "no.farspan", "--at", "zena:0"]) == 1
    assert "no.farspan: cannot open the project" in capsys.readouterr().err
