"""`farspan annotate --project`: what a command read, and what it found, is in the project or nothing is."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from farspan.job import Cancelled
from farspan.store.project import Project
from farspan.store.runs import Runs
from farspan.store.work import Judgement
from farspan_app.cli import storing
from farspan_app.cli.main import main

TEXT = "Ada Lovelace wrote to Charles Babbage.\nAda was in London."


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with a text and two lists, where the command is run."""
    monkeypatch.chdir(tmp_path)
    Path("letter.txt").write_text(TEXT, "utf-8")
    Path("people.txt").write_text("Ada Lovelace\nCharles Babbage\nAda\n", "utf-8")
    Path("places.txt").write_text("london\n", "utf-8")
    return tmp_path


def annotate(*arguments, text="letter.txt", lists=("PER=people.txt",)):
    """The exit code of `farspan annotate` on a text."""
    flags = [part for one in lists for part in ("--list", one)]
    return main(["annotate", text, *flags, "-q", *arguments])


def names_here():
    """What stands in the folder, hidden files too."""
    return sorted(path.name for path in Path().iterdir())


def labels(project):
    """The spans of the newest run as people see them."""
    return [(row.text, row.label) for row in project.spans().itertuples()]


def state(path):
    """Everything that a project says of itself."""
    with Project.open(path, read_only=True) as project:
        return (
            project.documents.all(),
            project.lists.all(),
            project.rules.in_force(),
            project.runs.all(),
            project.history.entries(),
            project.work.judgements(),
            project.check(),
        )


def test_a_new_project_holds_texts_lists_rules_and_the_run(desk, capsys):
    lists = ("PER=people.txt", "LOC=places.txt")
    assert annotate("--project", "p.farspan", "-o", "o.jsonl", "--json", "--set", "LOC.case=ignore", "--nested", lists=lists) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["outputs"] == ["o.jsonl", "p.farspan"]
    assert names_here() == ["letter.txt", "o.jsonl", "p.farspan", "people.txt", "places.txt"]
    with Project.open("p.farspan", read_only=True) as project:
        assert [stored.name for stored in project.documents.all()] == ["letter"]
        assert [(stored.name, stored.label) for stored in project.lists.all()] == [("people", "PER"), ("places", "LOC")]
        rules = project.rules.in_force()
        assert (rules.of("places").case, rules.of("people").case, rules.policy.nested) == ("ignore", "exact", True)
        report = project.runs.all()[0].report
        assert (report["spans"], report["by_label"]) == (said["spans"], said["by_label"])
        assert report["by_list"] == said["by_list"]
        assert project.check() == []


def test_the_project_alone_may_take_the_result(desk, capsys):
    assert main(["annotate", "letter.txt", "--list", "PER=people.txt", "--project", "p.farspan"]) == 0
    assert "run 1 stored in p.farspan" in capsys.readouterr().err
    assert main(["project", "export", "p.farspan", "-o", "stored.conll", "-q"]) == 0
    assert annotate("-o", "direct.conll") == 0
    assert Path("stored.conll").read_bytes() == Path("direct.conll").read_bytes()


def test_a_recipe_without_an_output_may_name_a_project(desk):
    Path("r.toml").write_text('farspan = 1\n[text]\ninputs = ["letter.txt"]\n[[list]]\nlabel = "PER"\nfile = "people.txt"\n')
    assert main(["annotate", "--recipe", "r.toml", "-q"]) == 1
    assert main(["annotate", "--recipe", "r.toml", "-q", "--project", "p.farspan"]) == 0
    assert [len(part) for part in state("p.farspan")[:2]] == [1, 1]


@pytest.mark.parametrize("suffix", ["conll", "jsonl"])
@pytest.mark.parametrize(("given", "workers"), [("letter.txt", "1"), ("given.conll", "1"), ("given.jsonl", "2")])
def test_outputs_are_the_same_bytes_with_and_without(desk, suffix, given, workers):
    Path("given.conll").write_text("Ada\tB-X\nLovelace\tI-X\n\nAda\tO\n", "utf-8")
    rows = [{"id": name, "text": f"Ada met {name}.", "meta": {"z": 1, "a": [name]}} for name in ("Bob", "Eve")]
    Path("given.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert annotate("-o", f"without.{suffix}", "--workers", workers, text=given) == 0
    assert annotate("-o", f"with.{suffix}", "--project", "p.farspan", "--workers", workers, text=given) == 0
    assert annotate("-o", f"again.{suffix}", "--project", "p.farspan", "--workers", workers, text=given) == 0
    expected = Path(f"without.{suffix}").read_bytes()
    assert b"Ada" in expected
    assert [Path(f"{name}.{suffix}").read_bytes() for name in ("with", "again")] == [expected, expected]


def test_a_second_command_doubles_nothing_and_adds_a_run(desk):
    assert annotate("--project", "p.farspan") == 0
    with Project.open("p.farspan") as project:
        project.work.judge([Judgement(1, 0, 12, "right", "PER")])
    before = state("p.farspan")
    assert annotate("--project", "p.farspan") == 0
    after = state("p.farspan")
    assert (after[:3], after[4:]) == (before[:3], before[4:])
    assert [run.id for run in after[3]] == [1, 2]


def test_new_texts_join_those_that_are_there(desk):
    assert annotate("--project", "p.farspan") == 0
    Path("more.txt").write_text("Ada again.", "utf-8")
    assert annotate("--project", "p.farspan", text="more.txt") == 0
    with Project.open("p.farspan", read_only=True) as project:
        assert [stored.name for stored in project.documents.all()] == ["letter", "more"]
        assert labels(project) == [("Ada Lovelace", "PER"), ("Charles Babbage", "PER"), ("Ada", "PER"), ("Ada", "PER")]


def test_the_lists_of_the_command_count_in_its_order_and_the_others_are_off(desk, capsys):
    Path("towns.txt").write_text("London\n", "utf-8")
    assert annotate("--project", "p.farspan", lists=("PER=people.txt", "LOC=towns.txt")) == 0
    Path("towns.txt").write_text("London\nParis\n", "utf-8")
    Path("films.txt").write_text("London\n", "utf-8")
    capsys.readouterr()
    both = [part for one in ("FILM=films.txt", "TOWN=towns.txt") for part in ("--list", one)]
    assert main(["annotate", "letter.txt", *both, "--project", "p.farspan"]) == 0
    assert "run 2 stored in p.farspan; its other lists are now switched off: people\n" in capsys.readouterr().err
    with Project.open("p.farspan", read_only=True) as project:
        stored = [(one.name, one.label, one.names) for one in project.lists.all()]
        assert stored == [("films", "FILM", 1), ("towns", "TOWN", 2), ("people", "PER", 3)]
        assert not project.rules.in_force().of("people").active
        assert labels(project) == [("London", "FILM")]


@pytest.mark.parametrize("content", [b"", b"some notes", b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_no_project_is_left_alone(desk, capsys, content):
    Path("p.farspan").write_bytes(content)
    before = names_here()
    assert annotate("--project", "p.farspan", "-o", "o.conll") == 1
    out, err = capsys.readouterr()
    assert (out, err.startswith("p.farspan: "), err.count("\n"), "Traceback" in err) == ("", True, 1, False), err
    assert (names_here(), Path("p.farspan").read_bytes()) == (before, content)


def test_a_project_in_a_folder_that_is_not_there(desk, capsys):
    assert annotate("--project", "no/p.farspan", "-o", "o.conll") == 1
    assert capsys.readouterr().err == "no/p.farspan: its folder does not exist; make the folder first\n"
    assert not Path("o.conll").exists()


def test_a_project_that_another_one_writes_to(desk, capsys):
    with Project.create("p.farspan"):
        assert annotate("--project", "p.farspan", "-o", "o.conll") == 1
    assert "open for writing in another window or command" in capsys.readouterr().err
    assert not Path("o.conll").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--project", "-"], "a project cannot be standard output"),
        (["--project", "letter.txt"], "the project letter.txt is also an input"),
        (["--project", "people.txt"], "the project people.txt is also an input"),
        (["--project", "p.farspan", "-o", "./p.farspan"], "the project p.farspan is also an output"),
        (["--project", "p.farspan", "-o", "-", "--json"], "both want standard output"),
        ([], "no output (-o FILE) given"),
    ],
)
def test_wrong_usage(desk, capsys, arguments, says):
    before = names_here()
    assert annotate(*arguments) == 2
    assert says in capsys.readouterr().err
    assert names_here() == before


@pytest.mark.parametrize("is_new", [True, False])
def test_what_a_project_refuses_leaves_everything_as_it_was(desk, capsys, is_new):
    if not is_new:
        assert annotate("--project", "p.farspan") == 0
    Path("letter.txt").unlink()
    Path("letter.txt").mkdir()
    Path("letter.txt/a.jsonl").write_text('{"id": "x", "text": "Ada"}\n{"id": "x", "text": "Bob"}\n', "utf-8")
    before = names_here(), None if is_new else state("p.farspan")
    assert annotate("--project", "p.farspan", "-o", "o.conll") == 1
    assert "two documents are called 'x'" in capsys.readouterr().err
    assert (names_here(), None if is_new else state("p.farspan")) == before


def test_a_list_of_patterns_is_stored_too(desk):
    Path("people.jsonl").write_text('{"label": "PER", "pattern": [{"LOWER": "ada"}]}\n', "utf-8")
    assert annotate("--project", "p.farspan", "-o", "o.conll", lists=["PER=people.jsonl"]) == 0
    assert main(["project", "export", "p.farspan", "-o", "p.conll", "-q"]) == 0
    assert Path("p.conll").read_bytes() == Path("o.conll").read_bytes()
    assert "B-PER" in Path("p.conll").read_text("utf-8")


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("error", [Cancelled(), KeyboardInterrupt(), RuntimeError("a fault")])
def test_stopped_when_all_but_the_run_is_stored(desk, monkeypatch, is_new, error):
    if not is_new:
        assert annotate("--project", "p.farspan") == 0
    Path("letter.txt").write_text("Another text, London.", "utf-8")
    before = names_here(), None if is_new else state("p.farspan")
    real = Runs.save

    def stopped(runs, *arguments, **named):
        real(runs, *arguments, **named)
        raise error

    monkeypatch.setattr(Runs, "save", stopped)
    code = annotate("--project", "p.farspan", "-o", "o.conll", lists=["LOC=places.txt"])
    assert code == (1 if isinstance(error, RuntimeError) else 130)
    assert (names_here(), None if is_new else state("p.farspan")) == before


def test_a_project_of_that_name_that_appears_meanwhile_is_not_replaced(desk, capsys, monkeypatch):
    real = storing.Storing.take_texts

    def slow(self, *arguments):
        Path("p.farspan").write_text("somebody else's", "utf-8")
        return real(self, *arguments)

    monkeypatch.setattr(storing.Storing, "take_texts", slow)
    assert annotate("--project", "p.farspan") == 1
    assert capsys.readouterr().err.startswith("p.farspan: the file exists already; ")
    assert Path("p.farspan").read_text("utf-8") == "somebody else's"
    assert names_here() == ["letter.txt", "p.farspan", "people.txt", "places.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals between processes")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_in_the_middle_leaves_nothing_behind(desk, number):
    os.mkfifo("slow.txt")
    before = names_here()
    flags = ["--list", "PER=people.txt", "-o", "o.conll", "--project", "p.farspan"]
    command = [sys.executable, "-m", "farspan_app.cli.main", "annotate", "slow.txt", *flags]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with Path("slow.txt").open("wb") as pipe:
        pipe.write(b"Ada " * 1000)
        pipe.flush()
        deadline = time.monotonic() + 30
        while not any(name.startswith(".o.conll") for name in names_here()) and time.monotonic() < deadline:
            time.sleep(0.05)
        is_storing = any(name.startswith(".p.farspan") for name in names_here())
        while process.poll() is None and time.monotonic() < deadline:
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=1.5)
    _, err = process.communicate(timeout=30)
    assert is_storing
    assert (process.returncode, b"Traceback" in err) == (130, False), err
    assert names_here() == before
