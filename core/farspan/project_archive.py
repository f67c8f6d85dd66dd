"""A whole project in one ZIP file, to be kept or sent: the project file, its recipe, its lists and texts, and their hashes."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final
from urllib.parse import quote

from farspan.archives import Archive
from farspan.aside import folder_aside, written_aside
from farspan.errors import FarspanError, InputError, Place, ProjectError, place
from farspan.job import SILENT, Job
from farspan.options import OPTIONS
from farspan.portable import RECIPE, fill_portable, plain_name
from farspan.recipe.reading import load_recipe
from farspan.store.database import is_writable, plain_faults
from farspan.store.project import Project
from farspan.unpacking import Limits

SUMS: Final = "SHA256SUMS"
README: Final = "README.txt"
_PAGES: Final = 2048
_PIECE: Final = 1 << 20
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_SUM: Final = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True)
class Packed:
    """What an archive holds: SHA-256 by the name of the file, and the bytes before compression."""

    hashes: Mapping[str, str]
    size: int


def pack_project(project: Project, path: str | Path, job: Job = SILENT) -> Packed:
    """Write `project`, as it is at this moment, with all that goes with it to the ZIP file `path`.

    Nobody is kept from working on the project meanwhile. Raises OutputError and ProjectError; cancelled, nothing is left.
    """
    with tempfile.TemporaryDirectory(prefix=".farspan-", dir=_room(Path(path))) as name:
        folder = Path(name)
        copy = folder / f"{plain_name(project.path.stem)}.farspan"
        copy_project(project.path, copy, job)
        with Project.open(copy, read_only=True) as still:  # the files are those of this very moment
            fill_portable(still, folder, job)
        return _zip(folder, Path(path), copy.name, job)


def _room(path: Path) -> str | None:
    """Where the parts are gathered: beside the archive, which has the room; None for the system's own place."""
    parent = path.absolute().parent
    return str(parent) if parent.is_dir() and os.access(parent, os.W_OK) else None


def copy_project(path: Path, target: Path, job: Job = SILENT) -> None:
    """Copy the project file `path`, which may be in use, to the new file `target`: all of one moment. Raises ProjectError."""
    mode = "mode=ro" if is_writable(path) else "mode=ro&immutable=1"

    def tell(_status: int, left: int, total: int) -> None:
        job.progress(total - left, total, "copying the project")

    with (
        plain_faults(place(path)),
        closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?{mode}", uri=True, isolation_level=None)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it reads this state, whoever writes
        source.backup(copy, pages=_PAGES, progress=tell)
        copy.execute("PRAGMA journal_mode = DELETE")


def _zip(folder: Path, path: Path, project: str, job: Job) -> Packed:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    total, done = sum(file.stat().st_size for file in files), 0
    hashes: dict[str, str] = {}
    with written_aside(path) as stream, zipfile.ZipFile(stream, "w") as made:
        for file in files:
            name = file.relative_to(folder).as_posix()
            found = hashlib.sha256()
            with file.open("rb") as source, made.open(_entry(name), "w", force_zip64=True) as member:
                while piece := source.read(_PIECE):
                    found.update(piece)
                    member.write(piece)
                    done += len(piece)
                    job.progress(done, total, name)
            hashes[name] = found.hexdigest()
        made.writestr(_entry(SUMS), "".join(f"{digest}  {name}\n" for name, digest in hashes.items()))
        made.writestr(_entry(README), _readme(hashes, project))
    return Packed(hashes, total)


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry without a time of its own: the same content gives the same archive."""
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _readme(hashes: Mapping[str, str], project: str) -> str:
    known = {
        project: "the project: texts, lists, rules, judgements, edits and the log of all actions",
        "recipe.toml": "the rules in force; `farspan annotate --recipe recipe.toml` labels the texts again by them",
        "texts.jsonl": "the texts",
    }
    files = "".join(
        f"{name}\n  {known.get(name, 'a list' if name.startswith('lists/') else 'a file that an option names')}\n"
        f"  SHA-256 {digest}\n"
        for name, digest in hashes.items()
    )
    return (
        "This is a Farspan project.\n\n"
        f"Open the ZIP file in Farspan, or unpack it and open {project}.\n"
        "What people judged and changed by hand is in the project file, not in the recipe.\n"
        f"`sha256sum -c {SUMS}` checks the files.\n\n{files}"
    )


def unpack_project(path: str | Path, parent: str | Path | None = None, job: Job = SILENT) -> Path:
    """Unpack the archive `path` into a new folder in `parent` (default: where it stands), and return the project file in it.

    Nothing that is there is touched: a folder of the same name gets a number. Raises InputError for what is no archive of a
    project, is damaged, or leads out of its folder.
    """
    archive = Archive(str(path), Limits.of_environment())
    try:
        projects = [name for name in archive.names if name.endswith(".farspan") and "/" not in name]
        if len(projects) != 1:
            what = "there are several projects in this archive" if projects else "there is no project in this archive"
            raise InputError(what, where=Place(str(path)), remedy="choose a ZIP file that Farspan made of a project")
        target = _free(Path(parent) if parent is not None else Path(path).absolute().parent, Path(path).stem)
        with folder_aside(target) as folder:
            _unpack(archive, folder, job)
            with Project.open(folder / projects[0], read_only=True):
                pass  # a file that only has the name is found out before anybody relies on it
    finally:
        archive.close()
    _point_at_files(target / projects[0])
    return target / projects[0]


def _point_at_files(path: Path) -> None:
    """Let options name the files that came along, where those they name are not on this machine."""
    if not (path.parent / "files").is_dir() or not (path.parent / RECIPE).is_file():
        return
    lists = {table.title: table.options for table in load_recipe(path.parent / RECIPE).lists}
    with Project.open(path) as project:
        rules = changed = project.rules.in_force()
        for name, options in rules.options.items():
            came = {
                key: str((path.parent / value).absolute())
                for key, value in lists.get(name, {}).items()
                if OPTIONS[key].file and str(value).startswith("files/") and not Path(getattr(options, key)).is_file()
            }
            if came:
                changed = changed.with_source(name, options.changed(came))
        project.rules.put_in_force(changed, "Files that came with the archive")


def is_project_archive(path: str | Path) -> bool:
    """Whether the file `path` is a ZIP archive with a project in it."""
    try:
        with zipfile.ZipFile(path) as file:
            return any(name.endswith(".farspan") and "/" not in name for name in file.namelist())
    except (OSError, ValueError, zipfile.BadZipFile):
        return False


def _free(parent: Path, stem: str) -> Path:
    target, number = parent / stem, 1
    while target.exists():
        number += 1
        target = parent / f"{stem} {number}"
    return target


def _unpack(archive: Archive, folder: Path, job: Job) -> None:
    sums = _sums(archive)
    for number, name in enumerate(archive.names):
        job.progress(number, len(archive.names), name)
        target = folder / Path(*PurePosixPath(name.replace("\\", "/")).parts)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, target.open("xb") as made:
                digest = _copied(source, made, job, number, len(archive.names))
        except FarspanError:
            raise
        except OSError as error:
            raise ProjectError(
                f"{name} cannot be unpacked: {error.strerror or error}",
                where=place(archive.path),
                remedy="make room, or unpack it elsewhere",
            ) from error
        if name in sums and sums[name] != digest:
            raise InputError(
                f"{name} is not what was packed: its SHA-256 differs", where=Place(archive.path), remedy="get the archive again"
            )


def _copied(source: IO[bytes], made: IO[bytes], job: Job, number: int, total: int) -> str:
    found = hashlib.sha256()
    while piece := source.read(_PIECE):
        found.update(piece)
        made.write(piece)
        job.progress(number, total, "unpacking")
    return found.hexdigest()


def _sums(archive: Archive) -> dict[str, str]:
    if not archive.has(SUMS):
        return {}
    with archive.open(SUMS) as stream:
        lines = stream.read().decode("utf-8", "replace").split("\n")
    return {found[2]: found[1] for line in lines if (found := _SUM.fullmatch(line))}
