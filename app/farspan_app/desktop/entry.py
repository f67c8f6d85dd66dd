"""What the systems have in common: the program to start, its icon, and files that are put in place and taken away again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from shutil import rmtree, which
from subprocess import run
from typing import Final

from farspan.aside import written_aside
from farspan.errors import InputError, place

NAME: Final = "Farspan"
ABOUT: Final = "Turn raw text and lists of names into annotated corpora"
SUFFIX: Final = ".farspan"
WHOLE: Final = ("Farspan", "Farspan-window", "Farspan-window.exe")
"""The window in the folder that `make app` makes."""
_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """What was done. paths: what was written or removed; notes: what a person has to know or do besides."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def program() -> tuple[str, ...]:
    """The command that opens the window without a terminal: `farspan-window` beside this Python, else this Python itself.

    In the folder that needs no Python it is the program beside the command.
    """
    folder = Path(sys.executable).parent  # not resolved: in an environment of its own this is the environment's folder
    is_whole = bool(getattr(sys, "frozen", False))
    for name in WHOLE if is_whole else ("farspan-window", "farspan-window.exe"):
        if (folder / name).is_file():
            return (str(folder / name),)
    quiet = folder / "pythonw.exe"  # Windows: a Python without a console
    return (str(quiet if quiet.is_file() else sys.executable), "-m", "farspan_app.desktop.start")


def icon(suffix: str) -> bytes:
    """The program's icon as a file with this suffix: .svg, .png, .ico or .icns."""
    return (files("farspan_resources") / "desktop" / f"farspan{suffix}").read_bytes()


def write(path: Path, data: bytes | str, *, runs: bool = False) -> Path:
    """Write a file with the folders it needs; runs: it is to be started. Raises InputError and OutputError where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise InputError(what, where=place(path), remedy="check the rights of the folder") from error
    with written_aside(path) as stream:
        stream.write(data.encode() if isinstance(data, str) else data)
    if runs:
        path.chmod(0o755)
    return path


def remove(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Remove those of `paths` that are there, and say which they were."""
    there = tuple(path for path in paths if path.exists() or path.is_symlink())
    for path in there:
        if path.is_dir():
            rmtree(path)
        else:
            path.unlink()
    return there


def tell(*command: str) -> bool:
    """Run a program of the system, if it is there; whether it was there and succeeded."""
    found = which(command[0])
    if found is None:
        return False
    done = run([found, *command[1:]], capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603  (our own words)
    return done.returncode == 0
