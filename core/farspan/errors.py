"""Every error that Farspan raises on purpose, in one tree.

    FarspanError                 something a person can put right; never a traceback
    ├── InputError               a file or its content is wrong                       (exit code 1)
    │   └── TokenMismatch        two files that should hold the same tokens do not    (exit code 1)
    ├── OutputError              a result cannot be written                           (exit code 1)
    ├── OptionError              an unknown option or a value it does not take        (exit code 2)
    ├── MissingPart              an optional package is not installed                 (exit code 1)
    └── ProjectError             a project file cannot be opened or used              (exit code 1)
        └── ProjectInUse         another window or command is writing to it           (exit code 1)

    Cancelled (job.py)           not an error: a person asked to stop                 (exit code 130)

A message says what is wrong, where, and what to do: ``names.csv:17: no column 'title'; choose one of: name, id``.
"""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike, fspath


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something is: its path (or ``<stdin>``) and, if known, the line counted from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


def place(path: str | PathLike[str], line: int | None = None) -> Place:
    """The place `line` of the file `path`; ``-`` is shown as ``<stdin>``."""
    name = fspath(path)
    return Place("<stdin>" if name == "-" else name, line)


class FarspanError(Exception):
    """Something is wrong that a person can put right.

    `what` is the fault, `where` its place if it has one, `remedy` what to do about it.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: Place | None = None, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        message = self.what if not self.remedy else f"{self.what}; {self.remedy}"
        return message if self.where is None else f"{self.where}: {message}"


class InputError(FarspanError):
    """A file, or what stands in it, cannot be used."""


class TokenMismatch(InputError):
    """Two files that should hold the same tokens differ; `where` names the first differing line."""


class OutputError(FarspanError):
    """A result cannot be written."""


class OptionError(FarspanError):
    """An option that does not exist, or a value it does not take."""

    exit_code = 2


class MissingPart(FarspanError):
    """An optional package is needed and not installed; the remedy names the line that installs it."""


class ProjectError(FarspanError):
    """A project file cannot be opened, is from a newer version, or is in use."""


class ProjectInUse(ProjectError):
    """Another window or command holds the project for writing; it can still be read."""
