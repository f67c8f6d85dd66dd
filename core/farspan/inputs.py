"""Which files are meant: named ones, those in folders, those in archives; and what their faults are called."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Final

from farspan.archives import Archive
from farspan.errors import InputError, place
from farspan.unpacking import Limits, bare_name

StrPath = str | PathLike[str]

_WHY: Final = {
    errno.ENOENT: ("there is no such file or folder", "check the name"),
    errno.EACCES: ("it may not be read", "change its permissions"),
    errno.EPERM: ("it may not be read", "change its permissions"),
    errno.EISDIR: ("it is a folder", "give a file"),
    errno.ENOTDIR: ("part of the path is not a folder", "check the path"),
    errno.ENAMETOOLONG: ("the name is too long", "check the name"),
    errno.ELOOP: ("its symbolic links lead in a circle", "give the file itself"),
}


def input_error(path: StrPath, error: OSError) -> InputError:
    """`error`, met when reading `path`, as an error that a person can use."""
    what, remedy = _WHY.get(error.errno or 0, (f"it cannot be read: {error.strerror or error}", ""))
    return InputError(what, where=place(path), remedy=remedy)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be read: its path, a name that no other input has, and the folder it was found in (empty if it was named).

    A file in an archive has the archive, which is its folder, and its name there as `member`; its path is ARCHIVE/MEMBER.
    """

    path: str
    name: str
    folder: str = ""
    archive: Archive | None = None
    member: str = ""

    def beside(self, name: str) -> InputFile | None:
        """The file `name` in the same folder or archive; None if there is none."""
        if self.archive is not None:
            member = self.member.rpartition("/")[0] + "/" * ("/" in self.member) + name
            found = self.archive.has(member)
            return InputFile(f"{self.archive.path}/{member}", name, self.folder, self.archive, member) if found else None
        if self.path == "-":
            return None
        path = Path(self.path).parent / name
        return InputFile(str(path), name) if path.is_file() else None


def walk_inputs(paths: Iterable[StrPath]) -> list[InputFile]:
    """The files that `paths` mean: files as given, folders walked in the order of their names.

    Hidden files and projects in a folder are left out. Names are the stem of a file, or its path inside the walked folder
    without its suffixes; where two would be equal the later one gets its suffix, then a number. Each real folder is entered
    once, so links that lead in a circle do no harm.
    Raises InputError for what does not exist and for a folder without a file.
    """
    return _named([(path, shown, folder, None) for path, shown, folder in _found(paths)])


def walk_into_archives(paths: Iterable[StrPath], limits: Limits) -> list[InputFile]:
    """As `walk_inputs`, but with the files in each archive whose name ends in ``.zip`` in its place, in the archive's order.

    Raises InputError also for what is no sound archive, or holds archives itself.
    """
    found: list[_Found] = []
    for path, shown, folder in _found(paths):
        if not path.lower().endswith(".zip"):
            found.append((path, shown, folder, None))
            continue
        archive = Archive(path, limits)
        if not archive.names:
            raise InputError("the archive holds no file to read", where=place(path), remedy="give one with text files")
        found += [(f"{path}/{name}", name, folder or path, archive) for name in archive.names]
    return _named(found)


def _found(paths: Iterable[StrPath]) -> list[tuple[str, str, str]]:
    """The path, the name to be shown and the folder of each file that `paths` mean."""
    found: list[tuple[str, str, str]] = []
    for given in paths:
        path = fspath(given)
        if path == "-" or not _is_folder(path):
            found.append((path, "stdin" if path == "-" else Path(path).name, ""))
            continue
        inside = [(file, name, path) for file, name in _walk(path, "", set())]
        if not inside:
            raise InputError("the folder holds no file to read", where=place(path), remedy="give a folder with text files")
        found += inside
    return found


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116  (Path.stat would hide nothing, but a NUL raises here too)
    except OSError as error:
        raise input_error(path, error) from error
    except ValueError as error:
        raise InputError(f"this is no file name: {error}", where=place(path)) from error


def _walk(folder: str, prefix: str, entered: set[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Every file below `folder` and its path inside, with slashes."""
    try:
        known = Path(folder).stat()
        if (known.st_dev, known.st_ino) in entered:
            return
        entered.add((known.st_dev, known.st_ino))
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        raise input_error(folder, error) from error
    for entry in entries:
        if entry.name.startswith(".") or _OF_PROJECT.search(entry.name):
            continue
        if entry.is_dir():
            yield from _walk(entry.path, f"{prefix}{entry.name}/", entered)
        elif entry.is_file():
            yield entry.path, prefix + entry.name


_TEXT, _ANNOTATION = ".txt", ".ann"

_OF_PROJECT: Final = re.compile(r"\.farspan(?:-(?:lock|wal|shm|journal))?$", re.IGNORECASE)
"""A project and what stands beside it while it is open, which lie among the texts of many people."""

TOOLS: Final = frozenset(".cas .doccano .dygie .fewrel .hf .labelstudio .nyt10 .prodigy .tacred .webanno .wrench".split())  # noqa: SIM905
"""What stands before the suffix of a file that was written for a tool, as in letter.webanno.tsv; no part of the text's name."""

_Found = tuple[str, str, str, Archive | None]


def _without_tool(name: str) -> str:
    bare = Path(name)
    return bare.stem if bare.suffix.lower() in TOOLS else name


def _named(found: Iterable[_Found]) -> list[InputFile]:
    taken: set[str] = set()
    files, everything = [], list(found)
    texts = {shown for _path, shown, _folder, _archive in everything if shown.endswith(_TEXT)}
    for path, shown, folder, archive in everything:
        full = os.fsencode(shown).decode("utf-8", "replace")  # a name that is not UTF-8 could not be written again
        stem = full.rsplit("/", 1)
        stem[-1] = _without_tool(Path(bare_name(stem[-1])).stem)
        name = "/".join(stem)
        # brat's annotations are read with their text, which has the name.
        if name in taken or (shown.endswith(_ANNOTATION) and shown.removesuffix(_ANNOTATION) + _TEXT in texts):
            name = full
        number = 2
        while name in taken:
            name = f"{full}-{number}"
            number += 1
        taken.add(name)
        files.append(InputFile(path, name, folder, archive, shown if archive is not None else ""))
    return files
