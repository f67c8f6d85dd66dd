"""Entity lists: names with a label, read from text, CSV, TSV, JSON and JSON lines, or given from Python."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from farspan.errors import InputError, place
from farspan.job import SILENT, Job
from farspan.sources.arguments import (
    Columns,
    ListArgument,
    check_label,
    label_fault,
    parse_list_argument,
    parse_list_file,
)
from farspan.sources.delimited import read_csv, read_names, read_tsv
from farspan.sources.json_rows import read_json, read_jsonl, rows_of
from farspan.sources.names import clean_names
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
    "read_rows",
]


@dataclass(frozen=True, slots=True, eq=False)
class EntityList:
    """Names with one label: parallel columns, one row a distinct name, in order of first appearance.

    surfaces: the names as they are matched. ids: the entities each may name, often none. labels: each name's own label, or
    None where all have `label`. is_alias: bool[n], whether a name is only ever a second name of its entity.
    problems: rows skipped or repaired. rows: rows read, the skipped ones too. duplicates: names merged into an equal one.
    columns: the columns or keys of the file.
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
    """The list in the file `path`, called `name` (default: the file's name without suffix).

    The suffix says the form: .txt, .csv, .tsv, .json, .jsonl. Rows that cannot be used are in `problems`.
    Raises InputError if the file cannot be read or holds no usable name, OptionError for a label that cannot stand in a tag.
    """
    check_label(label)
    shown = str(path)
    job.progress(0, None, f"reading {Path(shown).name}")
    rows, digest = read_rows(shown, columns, encoding)
    job.progress(len(rows.names), len(rows.names), f"reading {Path(shown).name}")
    return _build(rows, label, name or Path(shown).stem, digest)


def read_rows(path: str, columns: Columns = Columns(), encoding: str | None = None) -> tuple[Rows, str]:  # noqa: B008
    """The rows of a list file and the SHA-256 of its bytes. Raises InputError."""
    text, digest = _read_text(path, encoding)
    if not text.strip():
        raise InputError("the list is empty", where=place(path), remedy="give at least one name")
    match Path(path).suffix.lower():
        case ".csv":
            return read_csv(text, path, columns), digest
        case ".tsv" | ".tab":
            return read_tsv(text, path, columns), digest
        case ".json":
            return read_json(text, path, columns), digest
        case ".jsonl" | ".ndjson":
            return read_jsonl(text, path, columns), digest
        case ".txt" | ".list" | ".lst" | "":
            return _plain(text, path, columns), digest
    raise InputError("not a known form of list", where=place(path), remedy=f"save it as one of {', '.join(FORMS)}")


FORMS: Final = (".txt", ".csv", ".tsv", ".json", ".jsonl")


def _plain(text: str, path: str, columns: Columns) -> Rows:
    if columns != Columns():
        raise InputError("a .txt list has no columns", where=place(path), remedy="save it as .csv or .tsv with a header")
    return read_names(text, path)


def _read_text(path: str, encoding: str | None) -> tuple[str, str]:
    """The text of the file, less a byte order mark, and the SHA-256 of its bytes."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=place(path), remedy="check the path") from None
    try:
        return data.decode(encoding or "utf-8-sig"), hashlib.sha256(data).hexdigest()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("not UTF-8", where=place(path, line), remedy="save it as UTF-8") from None


def _build(rows: Rows, label: str, name: str, digest: str) -> EntityList:
    """The list that the rows make: names cleaned, aliases laid out after their name, equal names merged."""
    problems = list(rows.problems)
    names, faults = clean_names(rows.names, rows.lines, rows.path)
    problems.extend(faults)
    labels = _row_labels(rows, names, label, problems)
    ids = _row_ids(rows, problems)
    columns = _lay_out(rows, names, ids, labels, problems)
    merged = _merge(*columns)
    if not merged[0]:
        first = min(problems, key=_line, default=None)
        what = f"no usable name (the first problem: {first})" if first else "no usable name"
        raise InputError(what, where=place(rows.path), remedy="give at least one name")
    problems.sort(key=_line)
    surfaces, all_ids, all_labels, is_alias = merged
    duplicates = len(columns[0]) - len(surfaces)
    return EntityList(
        name,
        label,
        surfaces,
        all_ids,
        all_labels,
        is_alias,
        tuple(problems),
        rows.total,
        duplicates,
        rows.path,
        digest,
        rows.columns,
    )


def _line(problem: RowProblem) -> int:
    return problem.place.line or 0


def _row_labels(rows: Rows, names: list[str], label: str, problems: list[RowProblem]) -> list[str] | None:
    """Each row's label; a row whose label cannot stand in a tag loses its name. None if no row has its own."""
    if rows.labels is None:
        return None
    labels: list[str] = []
    for i, value in enumerate(rows.labels):
        own = value.strip() if isinstance(value, str) else value
        if own is None or own == "":
            labels.append(label)
            continue
        fault = label_fault(own) if isinstance(own, str) else "is not text"
        if fault and names[i]:
            problems.append(RowProblem(place(rows.path, rows.lines[i]), f"the label {own!r} {fault}"))
            names[i] = ""
        labels.append(label if fault else own)
    return None if set(labels) == {label} else labels


def _row_ids(rows: Rows, problems: list[RowProblem]) -> list[tuple[str, ...]] | None:
    """The ids of each row; a value that is neither text nor a whole number is left out and reported."""
    if rows.ids is None:
        return None
    known: dict[Any, tuple[str, ...]] = {"": ()}
    ids: list[tuple[str, ...]] = []
    for i, value in enumerate(rows.ids):
        if type(value) is str:
            ids.append(known.get(value) or ((value.strip(),) if value.strip() else ()))
            continue
        items = value if isinstance(value, list) else [] if value is None else [value]
        good = [str(item).strip() for item in items if isinstance(item, (str, int)) and not isinstance(item, bool)]
        if len(good) < len(items):
            problems.append(RowProblem(place(rows.path, rows.lines[i]), "an id is neither text nor a whole number", "repaired"))
        ids.append(tuple(dict.fromkeys(item for item in good if item)))
    return ids


def _lay_out(
    rows: Rows, names: list[str], ids: list[tuple[str, ...]] | None, labels: list[str] | None, problems: list[RowProblem]
) -> tuple[list[str], list[tuple[str, ...]] | None, list[str] | None, BoolArray]:
    """Names and, after each, its aliases, as columns; blank names and their aliases are left out."""
    aliases = _row_aliases(rows, problems)
    if aliases is None and all(names):
        return names, ids, labels, np.zeros(len(names), np.bool_)
    used = [i for i, name in enumerate(names) if name]
    sizes = np.ones(len(used), np.int64) if aliases is None else np.array([1 + len(aliases[i]) for i in used], np.int64)
    surfaces = [names[i] for i in used] if aliases is None else [s for i in used for s in (names[i], *aliases[i])]
    row_of = np.repeat(np.array(used, np.int64), sizes).tolist()
    is_alias = np.ones(len(surfaces), np.bool_)
    is_alias[np.cumsum(sizes) - sizes] = False
    return (
        surfaces,
        None if ids is None else [ids[i] for i in row_of],
        None if labels is None else [labels[i] for i in row_of],
        is_alias,
    )


def _row_aliases(rows: Rows, problems: list[RowProblem]) -> list[list[str]] | None:
    """The cleaned aliases of each row; those that are not names are left out and reported."""
    if rows.aliases is None:
        return None
    lists = [_alias_values(value) for value in rows.aliases]
    sizes = [len(values) for values in lists]
    lines = np.repeat(np.asarray(rows.lines, np.int64), sizes).tolist()
    cleaned, faults = clean_names([alias for values in lists for alias in values], lines, rows.path)
    problems.extend(RowProblem(p.place, f"alias: {p.what}", p.handled) for p in faults)
    flat = iter(cleaned)
    return [[alias for alias in (next(flat) for _ in range(size)) if alias] for size in sizes]


def _alias_values(value: Any) -> Sequence[Any]:
    if type(value) is list:
        return value
    return [] if value is None or value == "" else [value]


def _merge(
    surfaces: list[str], ids: list[tuple[str, ...]] | None, labels: list[str] | None, is_alias: BoolArray
) -> tuple[list[str], list[tuple[str, ...]], list[str] | None, BoolArray]:
    """The columns with equal (surface, label) rows merged into the first: ids united in order, a name beats an alias."""
    keys: Sequence[Any] = surfaces if labels is None else list(zip(surfaces, labels, strict=True))
    first: dict[Any, int] = {}
    targets = [first.setdefault(key, i) for i, key in enumerate(keys)]
    all_ids: list[tuple[str, ...]] = ids if ids is not None else [()] * len(surfaces)
    if len(first) == len(keys):
        return surfaces, all_ids, labels, is_alias
    all_ids, is_alias = list(all_ids), is_alias.copy()
    for i, target in enumerate(targets):
        if i != target:
            all_ids[target] = tuple(dict.fromkeys(all_ids[target] + all_ids[i]))
            is_alias[target] &= is_alias[i]
    keep = list(first.values())
    return (
        [surfaces[i] for i in keep],
        [all_ids[i] for i in keep],
        None if labels is None else [labels[i] for i in keep],
        is_alias[keep],
    )
