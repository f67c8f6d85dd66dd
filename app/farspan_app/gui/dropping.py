"""What files that were dropped on the window are: a project, lists of names, or texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from farspan.errors import FarspanError
from farspan.files import open_text
from farspan.project_archive import is_project_archive
from farspan.sources.kb.forms import bare_suffix, form_of
from farspan.sources.kb.vocabularies import is_vocabulary

LIST_SUFFIXES: Final = frozenset({".csv", ".tsv", ".regex", ".labels", ".patterns"})
_UNSURE: Final = frozenset({".json", ".jsonl", ".ndjson", ".zip"})


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was dropped. project: to be opened. dumps: knowledge bases to be asked about. lists, texts: to be taken in."""

    project: Path | None = None
    dumps: tuple[Path, ...] = ()
    lists: tuple[Path, ...] = ()
    texts: tuple[Path, ...] = ()


def is_clear(paths: Sequence[Path]) -> bool:
    """Whether the suffixes say it all, so that nothing has to be read."""
    return not any(bare_suffix(str(path)) in _UNSURE for path in paths)


def sorted_out(paths: Sequence[Path]) -> Dropped:
    """What each of `paths` is; the beginnings of files whose suffix does not say it are read."""
    found: dict[str, list[Path]] = {"project": [], "dumps": [], "lists": [], "texts": []}
    for path in paths:
        found[_kind(path)].append(path)
    project = next(iter(found["project"]), None)
    return Dropped(project, tuple(found["dumps"]), tuple(found["lists"]), tuple(found["texts"]))


def _kind(path: Path) -> str:
    suffix = bare_suffix(str(path))
    if suffix == ".farspan":
        return "project"
    if suffix in LIST_SUFFIXES or is_vocabulary(str(path)):
        return "lists"
    if suffix == ".zip":
        return "project" if is_project_archive(path) else "texts"
    return _kind_of_json(path) if suffix in _UNSURE and path.is_file() else "texts"


def _kind_of_json(path: Path) -> str:
    try:
        if (form := form_of(str(path))) in {"wikidata", "sparql"}:
            return "dumps" if form == "wikidata" else "lists"
        with open_text(path) as file:
            head = file.peek()
    except FarspanError:
        return "texts"  # whose import says what is wrong with it
    return "lists" if _is_name(head) else "texts"


def _is_name(head: str) -> bool:
    """Whether JSON begins with a name: a row with a name or pattern and no text, or a plain string."""
    first = next((line.strip() for line in head.split("\n") if line.strip(" \t\r[,")), "")
    row = _loaded(first) or _loaded(first.lstrip("[").rstrip(",]"))
    if isinstance(row, list):
        row = row[0]
    return isinstance(row, str) or (isinstance(row, dict) and bool(row.keys() & {"name", "pattern"}) and "text" not in row)


def _loaded(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
