"""Entity lists: names with a label, read from text, CSV, TSV, JSON and JSON lines, or given from Python."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from farspan.errors import InputError, place
from farspan.job import SILENT, Job
from farspan.sources.arguments import (
    Columns,
    ListArgument,
    check_label,
    parse_list_argument,
    parse_list_file,
)
from farspan.sources.json_rows import rows_of
from farspan.sources.kb.vocabularies import hash_of, is_vocabulary, read_vocabulary
from farspan.sources.merging import merge, name_columns
from farspan.sources.origins import read_origin
from farspan.sources.patterns import Pattern, holds_patterns, load_patterns
from farspan.sources.reading import read_rows
from farspan.sources.rows import RowProblem, Rows

if TYPE_CHECKING:
    from farspan.model import BoolArray

__all__ = [
    "Columns",
    "EntityList",
    "ListArgument",
    "RowProblem",
    "load_list",
    "parse_list_argument",
    "parse_list_file",
]


@dataclass(frozen=True, slots=True, eq=False)
class EntityList:
    """Names with one label: parallel columns, one row a distinct name, in order of first appearance.

    surfaces: the names as they are matched. ids: the entities each may name, often none. labels: each name's own label, or
    None where all have `label`. is_alias: bool[n], whether a name is only ever a second name of its entity.
    problems: rows skipped or repaired. rows: rows read, the skipped ones too. duplicates: names merged into an equal one.
    columns: the columns or keys of the file. patterns: the rows that are no names but patterns. origin: where an imported list
    comes from (file, date, hash, what was asked for).
    """

    name: str
    label: str
    surfaces: list[str]
    ids: list[tuple[str, ...]]
    labels: list[str] | None
    is_alias: BoolArray
    problems: tuple[RowProblem, ...] = ()
    rows: int = 0
    duplicates: int = 0
    path: str = ""
    sha256: str = ""
    columns: tuple[str, ...] = ()
    patterns: Mapping[int, Pattern] = field(default_factory=dict)
    origin: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.surfaces)

    @classmethod
    def from_names(cls, label: str, names: Names, *, name: str | None = None) -> EntityList:
        """The list of `names`: strings, mappings with name, id, aliases and label, or one mapping of names to ids.

        Raises InputError if no name is usable and OptionError for a label that cannot stand in a tag.
        """
        check_label(label)
        if isinstance(names, str):
            names = [names]
        values = [{"name": key, "id": item} for key, item in names.items()] if isinstance(names, Mapping) else list(names)
        plain = [dict(value) if isinstance(value, Mapping) else value for value in values]
        where = f"<{name or label}>"
        return _build(rows_of(plain, range(1, len(plain) + 1), where, Columns(), []), label, name or label, "")


Names = Iterable[str | Mapping[str, Any]] | Mapping[str, Any]


def load_list(
    path: str | Path,
    label: str,
    *,
    name: str | None = None,
    columns: Columns = Columns(),  # noqa: B008  (frozen)
    encoding: str | None = None,
    job: Job = SILENT,
) -> EntityList:
    r"""The list in the file `path`, called `name` (default: the file's name without suffix).

    The suffix says the form: .txt, .csv, .tsv, .json, .jsonl, and .regex and .labels for what `sources.patterns` reads; a
    .jsonl file may also hold patterns of spaCy's EntityRuler; .ttl, .rdf, .obo, .lst ... are what `sources.kb` reads.
    Rows that cannot be used are in `problems`.
    Raises InputError if the file cannot be read or holds no usable name, OptionError for a label that cannot stand in a tag.

    >>> import farspan
    >>> from pathlib import Path
    >>> _ = Path("cities.csv").write_text("name,id,aliases\nNew York,Q60,NYC\n,Q61,\n", "utf-8")
    >>> cities = farspan.load_list("cities.csv", "LOC")
    >>> cities.surfaces, cities.ids
    (['New York', 'NYC'], [('Q60',), ('Q60',)])
    >>> [problem.place.line for problem in cities.problems]
    [3]
    """
    check_label(label)
    shown = str(path)
    job.progress(0, None, f"reading {Path(shown).name}")
    found = _load(shown, label, name, columns, encoding, job)
    return replace(found, origin=found.origin or read_origin(shown))


def _load(  # noqa: PLR0917  (what `load_list` was asked)
    shown: str, label: str, name: str | None, columns: Columns, encoding: str | None, job: Job
) -> EntityList:
    if holds_patterns(shown):
        return load_patterns(shown, label, name=name, encoding=encoding)
    if is_vocabulary(shown):
        return _without_lines(
            _build(read_vocabulary(shown, columns, encoding, job), label, name or Path(shown).stem, hash_of(shown))
        )
    if columns.lang:
        raise InputError("this list has no languages to choose from", where=place(shown), remedy="take lang= away")
    with _without_collection():
        rows, digest = read_rows(shown, columns, encoding)
        job.progress(len(rows.names), len(rows.names), f"reading {Path(shown).name}")
        return _build(rows, label, name or Path(shown).stem, digest)


def _build(rows: Rows, label: str, name: str, digest: str) -> EntityList:
    problems = list(rows.problems)
    columns = name_columns(rows, label, problems)
    problems.sort(key=_line)
    if not columns:
        what = f"no usable name: {problems[0].what}" if problems else "no usable name"
        where = problems[0].place if problems else place(rows.path)
        raise InputError(what, where=where, remedy="give at least one name")
    merged = merge(columns)
    return EntityList(
        name,
        label,
        merged.surfaces,
        merged.ids if merged.ids is not None else [()] * len(merged),
        merged.labels,
        merged.is_alias,
        tuple(problems),
        rows.total,
        len(columns) - len(merged),
        rows.path,
        digest,
        rows.columns,
        origin=rows.origin,
    )


def _without_lines(names: EntityList) -> EntityList:
    """A vocabulary has entities, not lines: a name in it that cannot be used has the file as its place."""
    problems = (replace(item, place=place(item.place.path)) if item.place.line == 0 else item for item in names.problems)
    return replace(names, problems=tuple(problems))


def _line(problem: RowProblem) -> int:
    return problem.place.line or 0


@contextmanager
def _without_collection() -> Iterator[None]:
    """Millions of small values are made and none in a circle: looking for circles all the while would double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
