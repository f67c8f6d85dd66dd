"""What a command says and where: results on stdout, everything else on stderr, and the flags that all commands share."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from farspan.job import Job

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; warnings and errors stay.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more; with an unexpected error, show where it came from.")]


@dataclass(frozen=True, slots=True)
class Console:
    """The two streams of a command, as its flags want them used."""

    json: bool = False
    quiet: bool = False
    verbose: bool = False

    def result(self, value: Mapping[str, Any]) -> None:
        """Print the one JSON object of ``--json``; characters that stdout cannot show are escaped, which JSON allows."""
        print(json.dumps(value, ensure_ascii=not shows_unicode(sys.stdout)), file=sys.stdout)  # noqa: T201

    def out(self, text: str = "") -> None:
        """Print a line of the result for people on stdout; nothing under ``--json``."""
        if not self.json:
            print(text, file=sys.stdout)  # noqa: T201

    def say(self, text: str = "") -> None:
        """Print a line for people on stderr, unless ``-q``."""
        if not self.quiet:
            warn(text)

    def detail(self, text: str) -> None:
        """Print a line on stderr that only ``-v`` asks for."""
        if self.verbose:
            warn(text)

    def job(self) -> "AbstractContextManager[Job]":
        """A Job for the block that follows: progress on stderr where that is a terminal, Ctrl+C stops it in good order."""
        from farspan_app.cli.progress import TerminalJob

        return TerminalJob(shown=not self.quiet and sys.stderr.isatty())


def warn(text: str) -> None:
    """Print a line on stderr whatever the flags."""
    print(text, file=sys.stderr)  # noqa: T201


def table(header: Sequence[str], rows: Sequence[Sequence[str | int | float]], indent: str = "  ") -> str:
    """Rows as aligned text: numbers to the right, fractions with two decimals, the rest to the left. No trailing newline."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(header, *cells, strict=True)]
    right = [all(isinstance(row[i], (int, float)) for row in rows) for i in range(len(header))]
    lines = [
        indent + "  ".join(_padded(text, width, to_right) for text, width, to_right in zip(line, widths, right, strict=True))
        for line in [list(header), *cells]
    ]
    return "\n".join(line.rstrip() for line in lines)


def _cell(value: str | int | float) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else value.replace("\n", " ").replace("\t", " ")


def _padded(text: str, width: int, to_right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if to_right else text + blanks


def _width(text: str) -> int:
    """Columns on a screen: wide characters count two, combining marks none."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def shows_unicode(stream: IO[str]) -> bool:
    """Whether every character can be written to `stream` as it is."""
    return (getattr(stream, "encoding", None) or "").lower().replace("-", "").replace("_", "") in {"utf8", "utf16", "utf32"}


def forgive_encodings() -> None:
    """Make stdout and stderr write what they cannot encode as an escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
