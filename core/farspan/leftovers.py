"""What a killed process left beside an output: known by its name, cleared by the next one that writes there.

A file that is being written is called ``.NAME.0123abcd.part`` and locked by its writer. The operating system frees the lock of a
process that dies, so a file that nobody holds, and that nobody has touched for a while, is waste.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

GRACE: Final = 60.0  # seconds that a file stays untouched before it is looked at: one just made is not locked yet

_NAME_KEPT: Final = 80  # characters of the output's name, so that the whole stays a possible name

if sys.platform == "win32":  # pragma: no cover

    def hold(descriptor: int) -> None:
        """Nothing is to be done: an open file cannot be deleted."""

    def _is_held(path: Path) -> bool:  # noqa: ARG001  (the form of the other one)
        return False

else:
    import fcntl

    def hold(descriptor: int) -> None:
        """Lock the open file, so that it is known to be in use until it is closed or its process ends."""
        with suppress(OSError):  # a file system without locks: the file is then left to lie
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _is_held(path: Path) -> bool:
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False


def part_of(target: Path) -> Path:
    """A name beside `target` under which it is written until it is whole; no two are equal."""
    return target.with_name(f"{_stem(target)}.{secrets.token_hex(4)}.part")


def clear_leftovers(target: Path) -> None:
    """Delete what dead processes left of writing `target`; what anybody may still be writing is not touched."""
    for files in _abandoned(target):
        for file in files:
            with suppress(OSError):
                file.unlink()


def _abandoned(target: Path) -> Iterator[list[Path]]:
    """The files of each unfinished `target` that nobody holds: itself, and the side files of a database."""
    known = re.compile(re.escape(_stem(target)) + r"\.[0-9a-f]{8}\.part")
    groups: dict[str, list[Path]] = {}
    with suppress(OSError), os.scandir(target.parent) as listing:
        for entry in listing:
            if (found := known.match(entry.name)) is not None:
                groups.setdefault(found[0], []).append(Path(entry.path))
    for files in groups.values():
        # The lock file of a database comes first: while it is held, the database itself must not even be opened.
        ordered = sorted(files, key=lambda file: not file.name.endswith("-lock"))
        if _is_old(ordered) and not any(map(_is_held, ordered)):
            yield ordered


def _is_old(files: list[Path]) -> bool:
    try:
        return max(file.stat().st_mtime for file in files) < time.time() - GRACE
    except OSError:
        return False


def _stem(target: Path) -> str:
    return f".{target.name[:_NAME_KEPT]}"
