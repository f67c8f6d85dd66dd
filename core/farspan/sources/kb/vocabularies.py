"""Vocabularies as lists: what `farspan annotate --list` takes without an import, by its suffix."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from farspan.errors import InputError, place
from farspan.sources.rows import Rows

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.sources.arguments import Columns

_SUFFIXES: Final = (
    ".lst", ".def", ".obo", ".skos", ".rdf", ".owl", ".ttl", ".nt", ".n3", ".nq", ".trig", ".jsonld", ".srj", ".srx",
)  # fmt: skip
_PACKED: Final = (".gz", ".bz2", ".zst")


def is_vocabulary(path: str) -> bool:
    """Whether the file `path` is a vocabulary, gazetteer or result of a query, by its suffix."""
    name = path.lower()
    for packed in _PACKED:
        name = name.removesuffix(packed)
    return name.endswith(_SUFFIXES)


def read_vocabulary(path: str, columns: Columns, encoding: str | None, job: Job) -> Rows:
    """The names of a vocabulary with aliases, ids and labels, in ``columns.lang`` if it has languages. Raises InputError."""
    from farspan.sources.arguments import Columns as NoColumns  # noqa: PLC0415
    from farspan.sources.kb.extraction import parse_langs  # noqa: PLC0415
    from farspan.sources.kb.forms import Wanted, form_of, read_names  # noqa: PLC0415

    form = form_of(path)
    if replace(columns, lang=None) != NoColumns():
        raise InputError("a vocabulary has no columns", where=place(path), remedy="take what stands after ? away, but for lang=")
    langs = parse_langs(columns.lang) if columns.lang else ()
    found = read_names(path, form, Wanted(langs, aliases=True, encoding=encoding), job)
    names = list(found.names)
    return Rows(
        path,
        [0] * len(names),  # a vocabulary has entities, not lines
        [item.name for item in names],
        [item.id for item in names],
        [list(item.aliases) for item in names],
        [item.label for item in names],
        ("name", "id", "aliases", "label"),
        len(names),
        list(found.problems),
        found.origin,
    )


def hash_of(path: str) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
