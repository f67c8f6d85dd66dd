"""`farspan annotate` as a person meets it: streams, exit codes, files, and what stands in them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from farspan.errors import InputError, OptionError, OutputError
from farspan_app.cli.main import app, main

TEXT = "Ada Lovelace wrote to Charles Babbage.\nAda was in London."
KEYS = {"documents", "sentences", "tokens", "candidates", "spans", "by_label", "by_list", "seconds", "recipe_hash", "outputs"}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with a text and two lists, where the command is run."""
    monkeypatch.chdir(tmp_path)
    Path("letter.txt").write_text(TEXT, "utf-8")
    Path("people.txt").write_text("Ada Lovelace\nCharles Babbage\nAda\n", "utf-8")
    Path("places.txt").write_text("london\n", "utf-8")
    return tmp_path


def farspan(*arguments, **more):
    """The command in a process of its own."""
    more.setdefault("timeout", 60)
    return subprocess.run([sys.executable, "-m", "farspan_app.cli.main", *arguments], capture_output=True, check=False, **more)


def names_here():
    """What stands in the folder, hidden files too."""
    return sorted(path.name for path in Path().iterdir())


def annotate(*arguments):
    """The exit code of `farspan annotate` on the letter."""
    return main(["annotate", "letter.txt", "--list", "PER=people.txt", *arguments])


def test_a_letter_becomes_tokens_and_tags(desk, capsys):
    assert annotate("-o", "out.conll", "-q") == 0
    first, second = Path("out.conll").read_text("utf-8").rstrip("\n").split("\n\n")
    assert first == "Ada\tB-PER\nLovelace\tI-PER\nwrote\tO\nto\tO\nCharles\tB-PER\nBabbage\tI-PER\n.\tO"
    assert second == "Ada\tB-PER\nwas\tO\nin\tO\nLondon\tO\n.\tO"
    assert capsys.readouterr() == ("", "")


def test_json_is_one_object_on_stdout_and_nothing_else(desk):
    done = farspan("annotate", "letter.txt", "--list", "PER=people.txt", "-o", "out.jsonl", "--json")
    value = json.loads(done.stdout)
    assert (done.returncode, set(value), value["spans"], value["by_label"]) == (0, KEYS, 3, {"PER": 3})
    assert value["by_list"]["people"] == {
        "names": 3,
        "matched_names": 3,
        "candidates": 4,
        "kept": 3,
        "lost": 1,
        "blocked": 0,
    }
    assert set(value["seconds"]) == {"read", "tokenize", "match", "decide", "write"}
    assert value["outputs"] == ["out.jsonl"]


def test_the_hash_of_a_recipe_depends_on_content_and_options_and_not_on_the_text(desk, capsys):
    hashes = []
    for text, names, flags in [
        ("one", "Ada\n", []),
        ("two", "Ada\n", []),
        ("one", "Bob\n", []),
        ("one", "Ada\n", ["--set", "case=ignore"]),
        ("one", "Ada\n", ["--lang", "en"]),
        ("one", "Ada\n", ["--nested"]),
    ]:
        Path("letter.txt").write_text(text, "utf-8")
        Path("people.txt").write_text(names, "utf-8")
        assert annotate("-o", "out.jsonl", "--json", "-q", *flags) == 0
        hashes.append(json.loads(capsys.readouterr().out)["recipe_hash"])
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 5


def test_stdin_to_stdout(desk):
    done = farspan("annotate", "-", "--list", "PER=people.txt", "-o", "-", "-q", input=b"Ada sang.")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"Ada\tB-PER\nsang\tO\n.\tO\n", b"")


def test_a_folder_is_walked(desk, capsys):
    Path("texts/deep").mkdir(parents=True)
    for number, path in enumerate(["texts/a.txt", "texts/deep/b.txt"]):
        Path(path).write_text(f"Ada {number}", "utf-8")
    assert main(["annotate", "texts", "--list", "PER=people.txt", "-o", "out.jsonl", "-q"]) == 0
    documents = [json.loads(line) for line in Path("out.jsonl").read_text("utf-8").rstrip("\n").split("\n")]
    assert [(document["id"], document["spans"][0]["name"]) for document in documents] == [("a", "Ada"), ("deep/b", "Ada")]


def test_token_input_keeps_its_tokens_and_sentences(desk):
    Path("given.conll").write_text("Ada-Lovelace\tO\nAda\tB-X\n\nAda\tO\nLovelace,\tO\n", "utf-8")
    assert main(["annotate", "given.conll", "--list", "PER=people.txt", "-o", "out.conll", "-q"]) == 0
    assert Path("out.conll").read_text("utf-8") == "Ada-Lovelace\tO\nAda\tB-PER\n\nAda\tB-PER\nLovelace,\tO\n"


def test_settings_for_all_lists_for_a_label_and_for_one_list(desk, capsys):
    Path("more").mkdir()
    Path("more/people.txt").write_text("babbage\n", "utf-8")
    lists = ["--list", "LOC=places.txt", "--list", "NAME=more/people.txt"]
    assert annotate("-o", "o.jsonl", "--json", "-q", *lists) == 0
    assert json.loads(capsys.readouterr().out)["by_label"] == {"PER": 3}
    assert annotate("-o", "o.jsonl", "--json", "-q", *lists, "--set", "LOC.case=ignore") == 0
    assert json.loads(capsys.readouterr().out)["by_label"] == {"LOC": 1, "PER": 3}
    flags = ["--set", "case=ignore", "--set", "people-2.priority=1", "--criteria", "priority,length", "--set", "places.active=no"]
    assert annotate("-o", "o.jsonl", "--json", "-q", *lists, *flags) == 0
    assert json.loads(capsys.readouterr().out)["by_label"] == {"NAME": 1, "PER": 2}


def test_a_list_setting_may_come_from_a_file(desk, capsys):
    Path("never.txt").write_text("Ada\n\nCharles Babbage\n", "utf-8")
    assert annotate("-o", "o.jsonl", "--json", "-q", "--set", "exclude=@never.txt") == 0
    assert json.loads(capsys.readouterr().out)["by_list"]["people"]["blocked"] == 3


@pytest.mark.parametrize("scheme", ["iob1", "iob2", "bioes", "bilou", "io"])
def test_every_scheme(desk, scheme):
    assert annotate("-o", "o.conll", "-q", "--scheme", scheme) == 0
    assert (
        Path("o.conll")
        .read_text("utf-8")
        .startswith(
            {"bioes": "Ada\tB-PER\nLovelace\tE-PER", "bilou": "Ada\tB-PER\nLovelace\tL-PER"}.get(
                scheme, "Ada\tI-PER\nLovelace\tI-PER" if scheme in {"io", "iob1"} else "Ada\tB-PER\nLovelace\tI-PER"
            )
        )
    )


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--set", "colour=red"], "no option is called 'colour'"),
        (["--set", "case=loud"], "case=loud is not possible; case takes exact, first, ignore or smart"),
        (["--set", "case"], "sets nothing"),
        (["--set", "films.case=ignore"], "no list or label is called 'films'; choose one of: people, PER"),
        (["--set", "label=A B"], "contains white space"),
        (["--list", "A PERSON=people.txt"], "contains white space"),
        (["--list", "-PER=people.txt"], "begins with a dash"),
        (["--list", "people.txt"], "has no label"),
        (["--conflicts", "dice"], "no conflict policy is called 'dice'"),
        (["--criteria", "beauty"], "no criterion is called 'beauty'"),
        (["--tokenizer", "knife"], "--tokenizer 'knife' is not possible"),
        (["--name-tokenizer", "given"], "--name-tokenizer 'given' is not possible"),
        (["--tokenizer", "given"], "brings no tokens"),
        (["--scheme", "xyz"], "--scheme 'xyz' is not possible"),
        (["--format", "xyz"], "no format is called 'xyz'"),
        (["--format", "docx"], "can be read but not written"),
        (["--input-format", "xyz"], "no format is called 'xyz'"),
        (["--encoding", "klingon"], "no encoding is called 'klingon'"),
        (["--lang", "!!"], "is not a language tag"),
        (["--workers", "0"], "--workers"),
        (["--no-such-flag"], "--no-such-flag"),
    ],
)
def test_wrong_usage_is_told_and_exits_with_2(desk, capsys, flags, says):
    assert annotate("-o", "o.conll", *flags) == 2
    out, err = capsys.readouterr()
    assert (out, says in err, "Traceback" in err) == ("", True, False), err
    assert not Path("o.conll").exists()


def test_json_and_data_do_not_share_stdout(desk, capsys):
    assert annotate("-o", "-", "--json") == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.txt", "--list", "PER=people.txt", "-o", "o.conll"], "nowhere.txt: there is no such file"),
        (["letter.txt", "--list", "PER=nowhere.txt", "-o", "o.conll"], "nowhere.txt: "),
        (["letter.txt", "--list", "PER=people.txt", "-o", "no/folder/o.conll"], "no/folder/o.conll: its folder does not exist"),
        (["letter.txt", "--list", "PER=people.txt", "-o", "."], ".: it is a folder"),
        (["empty.txt", "--list", "PER=people.txt", "-o", "o.conll"], "empty.txt: the file holds no text"),
        (["picture.txt", "--list", "PER=people.txt", "-o", "o.conll"], "picture.txt: this is a PNG picture"),
        (["letter.txt", "--list", "PER=empty.txt", "-o", "o.conll"], "empty.txt: "),
    ],
)
def test_wrong_files_are_told_and_exit_with_1(desk, capsys, arguments, says):
    Path("empty.txt").touch()
    Path("picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    before = names_here()
    assert main(["annotate", *arguments]) == 1
    out, err = capsys.readouterr()
    assert (out, err.startswith(says), err.count("\n"), "Traceback" in err) == ("", True, 1, False), err
    assert names_here() == before


def test_an_output_that_may_not_be_written(desk, capsys, monkeypatch):
    Path("o.conll").write_text("earlier", "utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere, so permissions alone would not do
    assert annotate("-o", "o.conll") == 1
    assert capsys.readouterr().err.startswith("o.conll: it may not be written; ")
    assert Path("o.conll").read_text("utf-8") == "earlier"


def test_the_output_is_never_an_input(desk, capsys):
    for path in ["letter.txt", "people.txt", "./letter.txt"]:
        assert annotate("-o", path) == 2
        assert "is also an input" in capsys.readouterr().err
    assert Path("letter.txt").read_text("utf-8") == TEXT


def test_the_first_ten_bad_rows_are_told_even_when_quiet(desk, capsys):
    Path("people.txt").write_text("Ada\n" + "...\n" * 12, "utf-8")
    assert annotate("-o", "o.conll", "-q") == 0
    lines = capsys.readouterr().err.rstrip("\n").split("\n")
    assert [line.split(": ")[0] for line in lines[:10]] == [f"people.txt:{number}" for number in range(2, 12)]
    assert lines[10] == "... and 2 more in people.txt: `farspan lists check people.txt` shows all"
    assert len(lines) == 11


def test_an_encoding_that_had_to_be_guessed_is_told(desk, capsys):
    Path("letter.txt").write_bytes(("Señor Muñoz vivía en la montaña con Ada. " * 30).encode("cp1252"))
    assert annotate("-o", "o.jsonl", "-q") == 0
    assert "letter.txt: not UTF-8; read as " in capsys.readouterr().err


def test_the_summary_goes_to_stderr(desk, capsys):
    assert annotate("-o", "o.conll") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("1 document, 2 sentences, 12 tokens, 3 spans in ")
    assert "written to o.conll" in err


def test_through_the_runner_of_typer(desk):
    result = CliRunner().invoke(app, ["annotate", "letter.txt", "--list", "PER=people.txt", "-o", "o.jsonl", "--json", "-q"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["documents"] == 1


def test_the_errors_name_their_kind():
    assert (InputError("").exit_code, OutputError("").exit_code, OptionError("").exit_code) == (1, 1, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals between processes")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_in_the_middle_leaves_nothing_behind(desk, number):
    Path("o.conll").write_text("earlier", "utf-8")
    os.mkfifo("slow.txt")
    before = names_here()
    command = [sys.executable, "-m", "farspan_app.cli.main", "annotate", "slow.txt", "--list", "PER=people.txt", "-o", "o.conll"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with Path("slow.txt").open("wb") as pipe:
        pipe.write(b"Ada " * 1000)
        pipe.flush()
        deadline = time.monotonic() + 30
        while not any(name.endswith(".part") for name in names_here()) and time.monotonic() < deadline:
            time.sleep(0.05)
        is_writing = any(name.endswith(".part") for name in names_here())
        while process.poll() is None:
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=1.5)
    _, err = process.communicate(timeout=30)
    assert is_writing
    assert (process.returncode, b"Traceback" in err) == (130, False), err
    assert names_here() == before
    assert Path("o.conll").read_text("utf-8") == "earlier"


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is another error there")
def test_a_closed_pipe_ends_quietly(desk):
    Path("letter.txt").write_text("Ada Lovelace sang. " * 50_000, "utf-8")
    command = [
        sys.executable,
        "-m",
        "farspan_app.cli.main",
        "annotate",
        "letter.txt",
        "--list",
        "PER=people.txt",
        "-o",
        "-",
        "-q",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), err) == (141, b"")
