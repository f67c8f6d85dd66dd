"""The command `farspan`: one table of commands, and the one place that turns whatever goes wrong into a message and an exit code.

Exit codes: 0 done; 1 the data, a file or the program is wrong; 2 wrong usage; 130 stopped by Ctrl+C or SIGTERM; 141 whoever
read our output has stopped reading (what a shell reports of any tool that dies of a closed pipe).

Command modules keep imports of the engine inside their functions, so that `farspan --help` starts at once.
"""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any, Final, Never

import typer
from typer.core import TyperGroup

from farspan.errors import FarspanError
from farspan.job import Cancelled
from farspan_app.cli import (
    annotate,
    convert,
    demo,
    desktop,
    diff,
    errors,
    evaluate,
    explain,
    gui,
    judge,
    kb,
    leakage,
    lists,
    noise,
    project,
    project_archive,
    recipe,
    relate,
    report,
    sample,
)
from farspan_app.cli.console import forgive_encodings, warn

DONE: Final = 0
FAILED: Final = 1
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141


class _PipeClosed(Exception):
    """Nobody reads our stdout any more."""


class _Commands(TyperGroup):
    """The commands; a closed pipe is ours to handle, before Typer turns it into exit code 1."""

    def make_context(self, *arguments: Any, **named: Any) -> Any:
        """Read the command line, which also prints ``--help``."""
        try:
            return super().make_context(*arguments, **named)
        except BrokenPipeError as error:
            raise _PipeClosed from error

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _PipeClosed from error


app = typer.Typer(
    name="farspan",
    cls=_Commands,
    add_completion=False,
    rich_markup_mode=None,  # plain help: the same on every terminal, and no Rich to import
    pretty_exceptions_enable=False,
    help="Turn raw text and lists of names into annotated corpora.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"farspan {version('farspan')}")
        raise typer.Exit


@app.callback()
def _start(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Turn raw text and lists of names into annotated corpora."""


# The commands, in the order in which `farspan --help` shows them: app.command("name")(module.function), or for a command
# with commands of its own app.add_typer(module.app, name="name").
app.command("annotate")(annotate.annotate)
app.add_typer(recipe.app, name="recipe")
app.command("convert")(convert.convert)
app.command("evaluate")(evaluate.evaluate)
app.command("noise")(noise.noise)
app.command("errors")(errors.errors)
app.command("sample")(sample.sample)
app.command("judge")(judge.judge)
app.command("report")(report.report)
app.command("explain")(explain.explain)
app.command("diff")(diff.diff)
app.command("relate")(relate.relate)
app.command("leakage")(leakage.leakage)
app.add_typer(lists.app, name="lists")
app.add_typer(kb.app, name="kb")
project.app.command("pack")(project_archive.pack)
project.app.command("unpack")(project_archive.unpack)
app.add_typer(project.app, name="project")
app.command("demo")(demo.demo)
app.command("gui")(gui.gui)
app.command("desktop")(desktop.desktop)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `farspan` with `arguments` (default: those of the process) and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    forgive_encodings()
    signal.signal(signal.SIGTERM, _terminated)
    if arguments is None:
        gc.set_threshold(100_000, 20, 20)  # a command makes much, and little of it in circles
    try:
        code = _run(given or ["gui" if gui.has_display() else "--help"])
        sys.stdout.flush()
    except (_PipeClosed, BrokenPipeError):
        code = _let_go_of_stdout()
    except (Cancelled, KeyboardInterrupt):
        code = INTERRUPTED
    except FarspanError as error:
        warn(str(error))
        code = error.exit_code
    except Exception as error:  # noqa: BLE001  (the one hook that catches everything)
        code = _report_unexpected(error, verbose=_wants_detail(given))
    if code == INTERRUPTED:
        if arguments is None:  # the process ends here: one more Ctrl+C has nothing left to stop
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        warn("Stopped; nothing half-written was left behind.")
    return code


def _run(arguments: list[str]) -> int:
    try:
        app(arguments, prog_name="farspan")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE
    return DONE


def _terminated(*_: object) -> Never:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not interrupt the tidying up
    raise KeyboardInterrupt


def _let_go_of_stdout() -> int:
    """Point stdout at nothing, so that the flush at exit does not fail a second time."""
    with suppress(OSError):  # a stdout that is no file has no flush at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_CLOSED


def _report_unexpected(error: Exception, *, verbose: bool) -> int:
    if verbose:
        import traceback

        traceback.print_exception(error)
    match error:
        case OSError(filename=str(path), strerror=str(reason)):
            warn(f"{path}: {reason}")
        case OSError(strerror=str(reason)):  # of a stream, not of a file: standard output on a full disk
            _let_go_of_stdout()
            warn(f"standard output or another stream failed: {reason}")
        case MemoryError():
            warn("there is not enough memory for this; split the input or close other programs")
        case _:
            warn(f"unexpected {type(error).__name__}: {error}; this is a fault in Farspan: please report what -v shows")
    return FAILED


def _wants_detail(arguments: list[str]) -> bool:
    """Whether -v was given; read here because the command that would know may never have started."""
    return any(text == "--verbose" or ("v" in text and text[0] == "-" and set(text[1:]) <= set("qv")) for text in arguments)


if __name__ == "__main__":
    sys.exit(main())
