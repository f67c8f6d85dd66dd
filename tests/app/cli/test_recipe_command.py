"""`farspan recipe`, and `farspan annotate --recipe`: the same bytes again, elsewhere, and a word where something has changed."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from farspan.options import OPTIONS
from farspan.recipe import load_recipe
from farspan_app.cli.main import main

NEWS = "Guillermo del Toro rueda El laberinto del fauno en Madrid.\nDe Madrid a Cádiz se vio Volver, y después volver a casa.\n"
MORE = "En Cádiz no se vio VOLVER.\n"
RECIPE = """\
# Spanish film news
farspan = 1

[text]
inputs = ["texts/*.txt"]
lang = "es"

[[list]]
label = "MOVIE"
file = "lists/films.csv"
columns = {name = "title"}
[list.options]
min_length = 3 # short titles are words
stopwords = "lists/stop.txt"
exclude = "@lists/never.txt"

[[list]]
label = "LOC"
file = "lists/cities.txt"

[[output]]
file = "out.conll"

[[output]]
file = "out.jsonl"
"""


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    folder = tmp_path / "machine one"
    for name, content in {
        "texts/b.txt": NEWS,
        "texts/a.txt": MORE,
        "lists/films.csv": "title,id\nVolver,Q1\nEl laberinto del fauno,Q2\nToro,Q3\nrueda,Q4\n",
        "lists/cities.txt": "Madrid\nCádiz\n",
        "lists/stop.txt": "rueda\n",
        "lists/never.txt": "Toro\n",
        "r.toml": RECIPE,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8", newline="")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def farspan(capsys):
    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def outputs(folder):
    return [(folder / name).read_bytes() for name in ("out.conll", "out.jsonl")]


def names(folder):
    lines = (folder / "out.jsonl").read_text(encoding="utf-8").split("\n")
    return [[(span["label"], span["name"]) for span in json.loads(line)["spans"]] for line in lines if line]


def test_a_recipe_says_all_and_gives_the_same_bytes_wherever_it_is_run(corpus, farspan, monkeypatch, tmp_path):
    assert farspan("annotate", "--recipe", "r.toml")[0] == 0
    first = outputs(corpus)
    assert names(corpus) == [
        [("LOC", "Cádiz")],
        [("MOVIE", "El laberinto del fauno"), ("LOC", "Madrid"), ("LOC", "Madrid"), ("LOC", "Cádiz"), ("MOVIE", "Volver")],
    ]

    farspan("annotate", "--recipe", "r.toml")
    assert outputs(corpus) == first

    monkeypatch.chdir(tmp_path)
    farspan("annotate", "--recipe", "machine one/r.toml")
    assert outputs(corpus) == first

    farspan("annotate", "--recipe", corpus / "r.toml")
    assert outputs(corpus) == first

    other = tmp_path / "second" / "machine"
    shutil.copytree(corpus, other)
    for name in ("out.conll", "out.jsonl"):
        (other / name).unlink()
    monkeypatch.chdir(other / "texts")
    assert farspan("annotate", "--recipe", "../r.toml")[0] == 0
    assert outputs(other) == first


def test_a_recipe_does_what_the_same_flags_do(corpus, farspan):
    farspan("annotate", "--recipe", "r.toml")
    by_recipe = (corpus / "out.conll").read_bytes()
    films = ["--list", "MOVIE=lists/films.csv?name=title", "--list", "LOC=lists/cities.txt"]
    options = ["films.min_length=3", "films.stopwords=lists/stop.txt", "films.exclude=@lists/never.txt"]
    settings = [part for option in options for part in ("--set", option)]
    assert farspan("annotate", "texts", "-o", "by_flags.conll", "--lang", "es", *films, *settings)[0] == 0
    assert (corpus / "by_flags.conll").read_bytes() == by_recipe


def test_flags_win_over_the_recipe(corpus, farspan):
    code, out, _ = farspan(
        "annotate", "texts/a.txt", "--recipe", "r.toml", "--set", "films.case=ignore", "-o", "out.jsonl", "--json"
    )
    assert code == 0
    assert json.loads(out)["outputs"] == ["out.jsonl"]
    assert names(corpus) == [[("LOC", "Cádiz"), ("MOVIE", "Volver")]]
    assert not (corpus / "out.conll").exists()

    (corpus / "lists/verbs.txt").write_text("vio\n", encoding="utf-8")
    farspan("annotate", "--recipe", "r.toml", "--list", "VERB=lists/verbs.txt")
    assert names(corpus) == [[("VERB", "vio")], [("VERB", "vio")]]


def test_without_recipe_and_without_flags_the_usage_is_wrong(corpus, farspan):
    code, _, err = farspan("annotate", "texts", "-o", "x.conll")
    assert code == 2
    assert "--list" in err
    (corpus / "r.toml").write_text("farspan = 1\n[text]\ninputs = ['texts']\n", encoding="utf-8")
    code, _, err = farspan("annotate", "--recipe", "r.toml", "-o", "x.conll")
    assert (code, "r.toml:2: the recipe names no lists" in err) == (1, True)


def test_locking_writes_the_hash_of_every_file_and_nothing_else_changes(corpus, farspan):
    code, out, _ = farspan("recipe", "lock", "r.toml", "--json")
    assert code == 0
    text = (corpus / "r.toml").read_text(encoding="utf-8")
    assert text.startswith(RECIPE)
    files = json.loads(out)["lock"]["files"]
    assert list(files) == [
        "lists/cities.txt",
        "lists/films.csv",
        "lists/never.txt",
        "lists/stop.txt",
        "texts/a.txt",
        "texts/b.txt",
    ]
    assert files["texts/a.txt"] == hashlib.sha256(MORE.encode()).hexdigest()
    assert load_recipe("r.toml").lock.spacy
    assert farspan("recipe", "check", "r.toml")[0] == 0
    farspan("recipe", "lock", "r.toml")
    assert (corpus / "r.toml").read_text(encoding="utf-8") == text


def test_locking_again_takes_the_place_of_the_old_lock(corpus, farspan):
    before = RECIPE.replace("\n", "\r\n").encode()
    (corpus / "r.toml").write_bytes(before)
    farspan("recipe", "lock", "r.toml")
    first = (corpus / "r.toml").read_bytes()
    (corpus / "texts/a.txt").write_text("Otro Madrid.\n", encoding="utf-8")
    farspan("recipe", "lock", "r.toml")
    second = (corpus / "r.toml").read_bytes()
    old, new = (hashlib.sha256(text.encode()).hexdigest().encode() for text in (MORE, "Otro Madrid.\n"))
    assert first.startswith(before)
    assert second == first.replace(old, new) != first
    assert second.count(b"\n") == second.count(b"\r\n")


@pytest.mark.parametrize("name", ["texts/a.txt", "lists/films.csv", "lists/stop.txt", "lists/never.txt"])
def test_a_changed_file_is_reported_with_both_hashes_and_stops_the_run(corpus, farspan, name):
    farspan("recipe", "lock", "r.toml")
    with (corpus / name).open("a", encoding="utf-8") as file:
        file.write("Otro\n")
    code, out, err = farspan("recipe", "check", "r.toml", "--json")
    (change,) = json.loads(out)["files"]
    assert (code, change["file"], change["change"]) == (1, name, "changed")
    assert change["actual"] == hashlib.sha256((corpus / name).read_bytes()).hexdigest()
    line = next(i for i, text in enumerate((corpus / "r.toml").read_text().split("\n"), 1) if text.startswith(f'"{name}"'))
    assert f"r.toml:{line}: {name} has changed" in err

    code, _, err = farspan("annotate", "--recipe", "r.toml")
    assert (code, "farspan recipe lock r.toml" in err) == (1, True)
    assert not (corpus / "out.conll").exists()

    farspan("recipe", "lock", "r.toml")
    assert farspan("annotate", "--recipe", "r.toml")[0] == 0


def test_missing_and_new_files_are_reported(corpus, farspan):
    farspan("recipe", "lock", "r.toml")
    (corpus / "texts/a.txt").rename(corpus / "texts/c.txt")
    (corpus / "lists/cities.txt").unlink()
    code, out, _ = farspan("recipe", "check", "r.toml", "--json")
    changes = {item["file"]: item["change"] for item in json.loads(out)["files"]}
    assert (code, changes) == (1, {"lists/cities.txt": "missing", "texts/a.txt": "missing", "texts/c.txt": "new"})


def test_files_that_flags_replace_are_not_asked_for(corpus, farspan):
    farspan("recipe", "lock", "r.toml")
    (corpus / "texts/a.txt").write_text("Otro Madrid.\n", encoding="utf-8")
    code, _, err = farspan("annotate", "texts/b.txt", "--recipe", "r.toml", "-o", "x.conll")
    assert code == 0, err


def test_another_version_warns_a_run_and_fails_a_check(corpus, farspan):
    farspan("recipe", "lock", "r.toml")
    text = (corpus / "r.toml").read_text(encoding="utf-8")
    (corpus / "r.toml").write_text(text.replace(f'spacy = "{load_recipe("r.toml").lock.spacy}"', 'spacy = "2.0.0"'))
    code, _, err = farspan("recipe", "check", "r.toml")
    assert (code, "locked was 2.0.0" in err) == (1, True)
    code, _, err = farspan("annotate", "--recipe", "r.toml")
    assert (code, "locked was 2.0.0" in err) == (0, True)


def test_check_without_lock_needs_a_lock_only_to_be_sure(corpus, farspan):
    assert farspan("recipe", "check", "r.toml")[0] == 0
    (corpus / "lists/cities.txt").unlink()
    code, _, err = farspan("recipe", "check", "r.toml")
    assert (code, "r.toml:19: there is no file lists/cities.txt" in err) == (1, True)


def test_show_says_what_a_recipe_means(corpus, farspan):
    code, out, _ = farspan("recipe", "show", "r.toml", "--json")
    shown = json.loads(out)
    assert code == 0
    assert shown["inputs"] == ["texts/a.txt", "texts/b.txt"]
    assert set(shown["lists"][0]["options"]) == set(OPTIONS)
    assert shown["lists"][0]["changed_options"] == {
        "min_length": 3,
        "stopwords": str(Path("lists/stop.txt")),
        "exclude": ["Toro"],
    }
    assert "MOVIE" in farspan("recipe", "show", "r.toml")[1]


def test_a_new_recipe_from_nothing_can_be_read_and_names_every_option(corpus, farspan):
    assert farspan("recipe", "new", "empty.toml")[0] == 0
    text = (corpus / "empty.toml").read_text(encoding="utf-8")
    assert not load_recipe("empty.toml").lists
    assert [name for name in OPTIONS if f"# {name} = " not in text] == []
    code, _, err = farspan("recipe", "new", "empty.toml")
    assert (code, "--force" in err) == (2, True)


def test_a_new_recipe_from_flags_does_what_the_flags_do(corpus, farspan):
    (corpus / "sub").mkdir()
    flags = ["--list", "MOVIE=lists/films.csv?name=title", "--list", "LOC=lists/cities.txt", "--lang", "es"]
    flags += ["--set", "case=ignore", "--set", "films.exclude=@lists/never.txt", "--nested", "--criteria", "priority,length"]
    assert farspan("recipe", "new", "sub/r.toml", "--input", "texts", "-o", "by_recipe.conll", *flags)[0] == 0
    code, _, err = farspan("annotate", "--recipe", "sub/r.toml")
    assert code == 0, err
    assert farspan("annotate", "texts", "-o", "by_flags.conll", *flags)[0] == 0
    assert (corpus / "by_recipe.conll").read_bytes() == (corpus / "by_flags.conll").read_bytes()
    assert load_recipe("sub/r.toml").lists[0].options == {"exclude": ("@../lists/never.txt",)}


def test_a_wrong_flag_writes_no_recipe(corpus, farspan):
    code, _, err = farspan("recipe", "new", "x.toml", "--lang", "!!")
    assert (code, "Traceback" in err, (corpus / "x.toml").exists()) == (2, False, False)


@pytest.mark.parametrize(
    "content", ["farspan = 1\n[text\n", "farspan = 2\n", "farspan = 1\n[options]\ncase = 'loud'\n", "\x00", ""]
)
def test_a_bad_recipe_is_one_message_with_its_line(corpus, farspan, content):
    (corpus / "bad.toml").write_text(content, encoding="utf-8")
    for command in (["recipe", "check"], ["recipe", "show"], ["recipe", "lock"], ["annotate", "--recipe"]):
        code, out, err = farspan(*command, "bad.toml")
        assert (code, out) == (1, "")
        assert err.startswith("bad.toml:")
        assert "Traceback" not in err
