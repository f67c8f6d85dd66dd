"""Locking a recipe: the SHA-256 of every file it reads and the versions that make its tokens, and whether they are still so."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from farspan.errors import InputError
from farspan.files import input_error, walk_inputs
from farspan.job import SILENT, Job
from farspan.recipe.model import Recipe
from farspan.recipe.tables import LockTable

Part = Literal["inputs", "lists"]
PARTS: tuple[Part, ...] = ("inputs", "lists")


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is not as it was locked. expected, actual: SHA-256; "" where the file was not locked, or is not there."""

    file: str
    expected: str
    actual: str

    @property
    def what(self) -> str:
        """changed, missing or new."""
        return "new" if not self.expected else "changed" if self.actual else "missing"

    def __str__(self) -> str:
        match self.what:
            case "new":
                return f"{self.file} is not in the lock (now {self.actual[:12]})"
            case "missing":
                return f"{self.file} is missing, or the recipe no longer reads it (locked {self.expected[:12]})"
            case _:
                return f"{self.file} has changed (locked {self.expected[:12]}, now {self.actual[:12]})"


@dataclass(frozen=True, slots=True)
class VersionChange:
    """A version that is not the locked one; "" where there is none."""

    part: str
    expected: str
    actual: str

    def __str__(self) -> str:
        return f"{self.part} is {self.actual or 'not used'}, locked was {self.expected or 'none'}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a recipe compares with its lock; as it was locked if both are empty."""

    files: tuple[Change, ...]
    versions: tuple[VersionChange, ...]

    def __bool__(self) -> bool:
        return not self.files and not self.versions


def make_lock(recipe: Recipe, job: Job = SILENT) -> LockTable:
    """What the recipe is locked to at this moment. Raises InputError for a file that cannot be read."""
    files = _locked_files(recipe, PARTS)
    return LockTable(files=_digests(files, job), **_versions(recipe))


def check_lock(recipe: Recipe, parts: Iterable[Part] = PARTS, job: Job = SILENT) -> Verdict:
    """What is no longer as the recipe was locked, of the files in `parts` (lists: with the files that options name).

    Raises InputError if the recipe has no lock.
    """
    if recipe.lock is None:
        remedy = f"run: farspan recipe lock {recipe.path}"
        raise InputError("the recipe is not locked", where=recipe.where(), remedy=remedy)
    wanted = set(parts)
    now = _locked_files(recipe, wanted, missing_ok=True)
    digests = _digests({name: path for name, path in now.items() if Path(path).is_file()}, job)
    others = set(_locked_files(recipe, set(PARTS) - wanted, missing_ok=True))
    locked = {name: digest for name, digest in recipe.lock.files.items() if name in now or name not in others}
    if wanted != set(PARTS):  # a file that is gone cannot be told to belong to the parts not asked for
        locked = {name: digest for name, digest in locked.items() if name in now}
    names = [*locked, *(name for name in digests if name not in locked)]
    changes = [Change(name, locked.get(name, ""), digests.get(name, "")) for name in names]
    return Verdict(tuple(item for item in changes if item.expected != item.actual), _version_changes(recipe))


def require_lock(recipe: Recipe, parts: Iterable[Part] = PARTS, job: Job = SILENT) -> tuple[VersionChange, ...]:
    """The versions that differ from the lock, which is worth a warning. Raises InputError if a file differs."""
    verdict = check_lock(recipe, parts, job)
    if verdict.files:
        more = f" and {len(verdict.files) - 1} more" if len(verdict.files) > 1 else ""
        raise InputError(
            f"{verdict.files[0]}{more}",
            where=recipe.where("lock", "files", verdict.files[0].file),
            remedy=f"put the file back, or if the change is wanted run: farspan recipe lock {recipe.path}",
        )
    return verdict.versions


def _locked_files(recipe: Recipe, parts: Iterable[Part], *, missing_ok: bool = False) -> dict[str, str]:
    """Every file read, as the recipe calls it (sorted), and its path."""
    paths: set[str] = set()
    if "inputs" in parts:
        try:
            paths.update(found.path for found in walk_inputs(recipe.input_paths()))
        except InputError:
            if not missing_ok:
                raise
            paths.update(_inputs_there(recipe))
    if "lists" in parts:
        paths.update(recipe.resolve(table.file) for table in recipe.lists)
        paths.update(option_files(recipe))
        paths.update(recipe.relation_files())
    return dict(sorted((recipe.relative(path), path) for path in paths))


def _inputs_there(recipe: Recipe) -> Iterable[str]:
    """The input files that can be found while others cannot."""
    for name in recipe.text.inputs:
        one = recipe.with_inputs((name,))
        try:
            yield from (found.path for found in walk_inputs(one.input_paths()))
        except InputError:
            continue


def option_files(recipe: Recipe) -> Iterable[str]:
    """The paths of all files that the options of the recipe name."""
    for options in (recipe.options, *(table.options for table in recipe.lists)):
        for name, value in options.items():
            for part in value if isinstance(value, tuple) else (value,):
                path = recipe.file_of(name, part) if isinstance(part, str) else None
                if path is not None:
                    yield path


def _digests(files: dict[str, str], job: Job) -> dict[str, str]:
    digests = {}
    for done, (name, path) in enumerate(files.items()):
        job.progress(done, len(files), f"checking {name}")
        try:
            with Path(path).open("rb") as stream:
                digests[name] = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise input_error(path, error) from error
    return digests


def _versions(recipe: Recipe) -> dict[str, str]:
    """What makes tokens and normal forms what they are."""
    versions = {"farspan": version("farspan"), "unicode": unicodedata.unidata_version}
    if "spacy" in {recipe.text.tokenizer, recipe.text.name_tokenizer}:
        versions["spacy"] = version("spacy")
    return versions


def _version_changes(recipe: Recipe) -> tuple[VersionChange, ...]:
    locked = recipe.lock.model_dump(exclude={"files"}, exclude_none=True) if recipe.lock else {}
    now = _versions(recipe)
    parts = dict.fromkeys((*locked, *now))
    return tuple(
        VersionChange(part, locked.get(part, ""), now.get(part, ""))
        for part in parts
        if locked.get(part, "") != now.get(part, "")
    )
