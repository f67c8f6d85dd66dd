"""The command as a whole: what it starts with, and what it does when something goes wrong."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from farspan.errors import InputError, Place
from farspan.job import Cancelled
from farspan_app.cli import main as command
from farspan_app.cli.console import Console, table
from farspan_app.cli.main import app, main
from farspan_app.cli.progress import TerminalJob

HEAVY = ("spacy", "numpy", "pandas", "pyarrow", "sqlalchemy", "PySide6", "rich", "charset_normalizer")
PROGRAM = f"""
import sys
from farspan_app.cli.main import main
code = main(sys.argv[1:])
print(code, *[name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
"""


def commands():
    """The names of all commands there are."""
    return [item.name for item in app.registered_commands] + [item.name for item in app.registered_groups]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], *([name, "--help"] for name in commands())])
def test_help_imports_nothing_heavy(arguments):
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.split() == ["0"]
    assert done.stdout.startswith("farspan 0." if arguments == ["--version"] else "Usage: farspan")


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n  {name} " in shown for name in commands())


def test_an_unknown_command_is_wrong_usage(capsys):
    assert main(["anotate"]) == 2
    assert "No such command 'anotate'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [
        (InputError("no column", where=Place("a.csv", 3), remedy="name one"), 1, "a.csv:3: no column; name one\n"),
        (Cancelled(), 130, "Stopped"),
        (KeyboardInterrupt(), 130, "Stopped"),
        (OSError(5, "Input/output error", "a.txt"), 1, "a.txt: Input/output error\n"),
        (MemoryError(), 1, "not enough memory"),
        (ZeroDivisionError("by zero"), 1, "unexpected ZeroDivisionError: by zero"),
    ],
)
def test_whatever_goes_wrong_becomes_a_message_and_a_code(monkeypatch, capsys, fault, code, says):
    def fail(*_, **__):
        raise fault

    monkeypatch.setattr(command, "app", fail)
    assert main([]) == code
    out, err = capsys.readouterr()
    assert (out, says in err, "Traceback" in err) == ("", True, False)


def test_a_traceback_only_when_asked(monkeypatch, capsys):
    monkeypatch.setattr(command, "app", lambda *_, **__: 1 / 0)
    assert main(["annotate", "-v"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is another error there")
def test_help_into_a_closed_pipe_ends_quietly():
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "farspan_app.cli.main", "--help"], stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_result_that_nobody_can_take_is_told_plainly(tmp_path):
    command_line = [sys.executable, "-m", "farspan_app.cli.main", "annotate", "a.txt", "--list", "PER=a.txt", "-q"]
    (tmp_path / "a.txt").write_text("Ada\n", "utf-8")
    with Path("/dev/full").open("wb") as full:
        arguments = [*command_line, "-o", "b.conll", "--json"]
        done = subprocess.run(arguments, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"standard output or another stream failed: No space left on device\n")
    script = 'exec "$@" >&-'
    arguments = ["sh", "-c", script, "sh", *command_line, "-o", "-"]
    done = subprocess.run(arguments, cwd=tmp_path, stderr=subprocess.PIPE, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"there is no standard output; name a file\n")


def test_streams_that_know_only_ascii(tmp_path):
    (tmp_path / "names.txt").write_text("አዲስ አበባ\n", "utf-8")
    (tmp_path / "ሀገር.txt").write_text("አዲስ አበባ", "utf-8")
    command_line = [
        sys.executable,
        "-m",
        "farspan_app.cli.main",
        "annotate",
        "ሀገር.txt",
        "--list",
        "ከተማ=names.txt",
        "-o",
        "o.jsonl",
    ]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*command_line, "--json"], cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.isascii(), done.stderr.isascii()) == (0, True, True), done.stderr
    assert json.loads(done.stdout)["by_label"] == {"ከተማ": 1}


def test_json_is_not_escaped_where_stdout_can_show_it(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr(sys, "stdout", stream)
    Console(json=True).result({"label": "ከተማ"})
    stream.flush()
    assert stream.buffer.getvalue() == '{"label": "ከተማ"}\n'.encode()


def test_tables_line_up_in_any_script():
    assert table(("label", "n"), [("PER", 1200), ("地名", 3)], indent="") == "label      n\nPER    1,200\n地名       3"


def test_a_job_stops_at_the_next_progress_call_after_ctrl_c():
    with TerminalJob(shown=False) as job:
        job.progress(0, 10, "reading")
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(Cancelled):
            job.progress(1, 10, "reading")


def test_a_second_ctrl_c_does_not_wait():
    with TerminalJob(shown=False) as job:
        job.progress(0, 10, "reading")
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_job_gives_ctrl_c_back():
    before = signal.getsignal(signal.SIGINT)
    with TerminalJob(shown=False):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_progress_is_shown_on_stderr(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    with TerminalJob(shown=True) as job:
        job.progress(0, 100, "reading")
        job.progress(50, 100, "matching films")
        job.progress(100, 100, "writing")
    out, err = capsys.readouterr()
    assert (out, "writing" in err, "100%" in err) == ("", True, True)


def test_the_engine_never_imports_the_window_or_the_commands(tmp_path):
    program = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6", "farspan_app"}:
            raise ImportError(f"{name} is blocked")
sys.meta_path.insert(0, Blocker())
import importlib, pkgutil, farspan
for module in pkgutil.walk_packages(farspan.__path__, "farspan."):
    if ".migrations." not in module.name:
        importlib.import_module(module.name)
[document] = farspan.annotate("Ada met Bob.", {"PER": ["Ada", "Bob"]})
print([document.text[s.start:s.end] for s in document.spans])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=120)
    assert (done.returncode, done.stdout) == (0, "['Ada', 'Bob']\n"), done.stderr


def test_no_module_of_the_engine_names_qt():
    import farspan

    sources = list(Path(farspan.__file__).parent.rglob("*.py"))
    assert len(sources) > 20
    assert [
        str(path) for path in sources if "import PySide6" in path.read_text("utf-8") or "from PySide6" in path.read_text("utf-8")
    ] == []
