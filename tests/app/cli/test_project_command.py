"""`farspan project`: texts, lists and runs in one file, as the manual shows it."""

import json

import pytest

from farspan.store.project import Project
from farspan.store.work import Judgement
from farspan_app.cli.main import main


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Don Quijote de la Mancha.\nSancho Panza en la Mancha.\n", encoding="utf-8")
    (tmp_path / "loc.txt").write_text("la Mancha\nMancha\n", encoding="utf-8")
    (tmp_path / "per.txt").write_text("quijote\nsancho\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ready(folder):
    assert main(["project", "new", "q.farspan"]) == 0
    lists = ["--list", "LOC=loc.txt", "--list", "PER=per.txt", "--set", "per.case=ignore"]
    assert main(["project", "add", "q.farspan", "a.txt", *lists, "--tokenizer", "unicode"]) == 0
    assert main(["project", "run", "q.farspan"]) == 0
    return folder


def printed(capsys, *arguments):
    capsys.readouterr()
    assert main(["project", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_project_exports_what_annotate_writes(ready):
    assert main(["project", "export", "q.farspan", "-o", "project.conll"]) == 0
    lists = ["--list", "LOC=loc.txt", "--list", "PER=per.txt", "--set", "per.case=ignore"]
    assert main(["annotate", "a.txt", *lists, "--tokenizer", "unicode", "-o", "direct.conll"]) == 0
    assert (ready / "project.conll").read_bytes() == (ready / "direct.conll").read_bytes()


def test_run_prints_the_counts_of_annotate(ready, capsys):
    said = printed(capsys, "run", "q.farspan")
    assert (said["run"], said["documents"], said["spans"]) == (2, 1, 4)
    assert said["by_list"]["per"]["kept"] == 2


def test_info_counts_texts_sources_runs_and_work(ready, capsys):
    with Project.open("q.farspan") as project:
        project.work.judge([Judgement(1, 4, 11, "right", "PER")])
    said = printed(capsys, "info", "q.farspan", "--check")
    assert (said["documents"], said["faults"], said["work"]["judgements"]) == (1, [], 1)
    assert [(source["name"], source["candidates"], source["kept"]) for source in said["sources"]] == [
        ("loc", 4, 2),
        ("per", 2, 2),
    ]
    assert main(["project", "info", "q.farspan"]) == 0
    out = capsys.readouterr().out
    assert "Judgement of 1 span\n" in out
    assert "candidates" in out


def test_adding_again_replaces_texts_and_names_and_keeps_judgements(ready, capsys):
    with Project.open("q.farspan") as project:
        project.work.judge([Judgement(1, 4, 11, "right", "PER")])
    (ready / "a.txt").write_text("El buen Don Quijote de la Mancha.\n", encoding="utf-8")
    (ready / "loc.txt").write_text("Mancha\nToboso\nArgel\n", encoding="utf-8")
    said = printed(capsys, "add", "q.farspan", "a.txt", "--list", "LOC=loc.txt", "--nested")
    assert said["documents"] == {"added": 0, "changed": 1, "unchanged": 0, "detached": 0}
    assert said["lists"] == {"loc": 3}
    with Project.open("q.farspan", read_only=True) as project:
        assert [(item.start, item.end) for item in project.work.judgements()] == [(12, 19)]
        assert project.rules.in_force().policy.nested
        assert project.rules.in_force().of("per").case == "ignore"


def test_replay_makes_the_project_again(ready, capsys):
    said = printed(capsys, "replay", "q.farspan", "-o", "again.farspan")
    assert (said["differing"], said["actions"]) == ([], 4)
    assert printed(capsys, "info", "again.farspan")["sources"] == printed(capsys, "info", "q.farspan")["sources"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["info", "nowhere.farspan"], 1, "nowhere.farspan: cannot open the project"),
        (["info", "a.txt"], 1, "a.txt: not a Farspan project"),
        (["new", "q.farspan"], 1, "exists already"),
        (["add", "q.farspan", "--set", "org.case=ignore"], 2, "no list or label is called 'org'"),
        (["add", "q.farspan", "--tokenizer", "best"], 2, "choose one of: spacy"),
        (["add", "q.farspan", "missing.txt"], 1, "missing.txt"),
        (["export", "q.farspan", "-o", "out.conll", "--run", "9"], 1, "no run has the number 9"),
        (["export", "q.farspan", "-o", "-", "--json"], 2, "both want standard output"),
        (["replay", "q.farspan", "-o", "q.farspan"], 1, "exists already"),
    ],
)
def test_what_is_wrong_is_said_with_a_remedy(ready, capsys, arguments, code, message):
    before = (ready / "q.farspan").read_bytes()
    assert main(["project", *arguments]) == code
    assert message in capsys.readouterr().err
    assert (ready / "q.farspan").read_bytes() == before
    assert not (ready / "out.conll").exists()


def test_a_project_in_use_is_refused(ready, capsys):
    with Project.open("q.farspan"):
        assert main(["project", "run", "q.farspan"]) == 1
        assert "open for writing" in capsys.readouterr().err
        assert main(["project", "info", "q.farspan"]) == 0
