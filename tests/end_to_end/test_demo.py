"""`farspan demo` from beginning to end, and the commands it proposes, run as they stand."""

import json
import shlex
from pathlib import Path

import pytest

from farspan_app.cli.main import main
from farspan_resources import sample, samples


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_demo_finds_titles_and_says_how_good_they_are(home, capsys):
    assert main(["demo", "--json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert (value["documents"], set(value["by_label"])) == (28, {"MOVIE"})
    untuned, spanish, longer, words = value["scores"]
    assert untuned["support"] == 121
    assert untuned["recall"] < spanish["recall"]
    assert spanish["precision"] < longer["precision"] < words["precision"]
    for path in value["outputs"]:
        assert Path(path).stat().st_size > 0
    spans = sum(
        len(json.loads(line)["spans"]) for line in Path("farspan-demo/corpus.jsonl").read_text("utf-8").split("\n") if line
    )
    assert spans == value["spans"] > 100
    tags = Path("farspan-demo/corpus.conll").read_text("utf-8").count("\tB-MOVIE\n")
    assert tags == spans


@pytest.mark.parametrize("name", [each.name for each in samples()])
def test_every_proposed_command_works(home, name, capsys, monkeypatch):
    assert main(["demo", "here", "--sample", name, "-q"]) == 0
    monkeypatch.chdir("here")
    for line in sample(name).try_next:
        program, *arguments = shlex.split(line)
        assert program == "farspan"
        assert main(arguments) == 0, (line, capsys.readouterr().err)


def test_a_demo_tells_its_story_and_can_be_repeated(home, capsys):
    assert main(["demo"]) == 0
    first = capsys.readouterr().out
    assert "](MOVIE)" in first
    assert "Try next:\n  cd farspan-demo\n" in first
    assert main(["demo"]) == 0
    assert capsys.readouterr().out.split("(0", 1)[0] == first.split("(0", 1)[0]


def test_a_folder_with_other_files_is_left_alone(home, capsys):
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("years of work", "utf-8")
    for flags in [[], ["--force"]]:
        assert main(["demo", "mine", *flags]) == 1
        assert capsys.readouterr().err.startswith("mine: the folder holds other files; ")
    assert [path.name for path in Path("mine").iterdir()] == ["thesis.txt"]


def test_a_changed_file_is_put_back_only_by_force(home, capsys):
    assert main(["demo", "-q"]) == 0
    changed = Path("farspan-demo/lists/spanish_titles.txt")
    changed.write_text("my own titles\n", "utf-8")
    assert main(["demo"]) == 1
    assert "it was changed since the demo made it; --force puts it back" in capsys.readouterr().err
    assert changed.read_text("utf-8") == "my own titles\n"
    assert main(["demo", "--force", "-q"]) == 0
    assert "my own titles" not in changed.read_text("utf-8")


def test_one_folder_holds_one_sample(home, capsys):
    assert main(["demo", "-q", "--sample", "amharic-places"]) == 0
    assert main(["demo", "-q"]) == 1
    assert "holds the demo 'amharic-places'" in capsys.readouterr().err


def test_an_unknown_sample(home, capsys):
    assert main(["demo", "--sample", "none"]) == 2
    assert "choose one of: film-news, amharic-places" in capsys.readouterr().err
