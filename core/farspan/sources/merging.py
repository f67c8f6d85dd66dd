"""Rows -> one row a distinct name: names cleaned, aliases laid out after their name, equal names merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from farspan.errors import place
from farspan.sources.arguments import label_fault
from farspan.sources.names import clean_names
from farspan.sources.rows import RowProblem, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from farspan.model import BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class NameColumns:
    """Names as columns of equal length: ids and labels None where there are none. is_alias: bool[n]."""

    surfaces: list[str]
    ids: list[tuple[str, ...]] | None
    labels: list[str] | None
    is_alias: BoolArray

    def __len__(self) -> int:
        return len(self.surfaces)


def name_columns(rows: Rows, label: str, problems: list[RowProblem]) -> NameColumns:
    """All usable names and aliases of `rows` in their order; what is wrong with the others is added to `problems`."""
    names, faults = clean_names(rows.names, rows.lines, rows.path)
    problems.extend(faults)
    labels = _row_labels(rows, names, label, problems)
    return _lay_out(names, _row_ids(rows, problems), labels, _row_aliases(rows, problems))


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
    if set(map(type, rows.ids)) == {str}:
        stripped = list(map(str.strip, rows.ids))
        return list(zip(stripped, strict=True)) if all(stripped) else [(item,) if item else () for item in stripped]
    ids: list[tuple[str, ...]] = []
    for value, line in zip(rows.ids, rows.lines, strict=True):
        items = value if isinstance(value, list) else [] if value is None else [value]
        good = [str(item).strip() for item in items if isinstance(item, (str, int)) and not isinstance(item, bool)]
        if len(good) < len(items):
            problems.append(RowProblem(place(rows.path, line), "an id is neither text nor a whole number", "repaired"))
        ids.append(tuple(dict.fromkeys(item for item in good if item)))
    return ids


def _lay_out(
    names: list[str], ids: list[tuple[str, ...]] | None, labels: list[str] | None, aliases: list[list[str]] | None
) -> NameColumns:
    """Each name followed by its aliases; blank names go with their aliases."""
    if aliases is None and all(names):
        return NameColumns(names, ids, labels, np.zeros(len(names), np.bool_))
    used = [i for i, name in enumerate(names) if name]
    sizes = np.array([1 if aliases is None else 1 + len(aliases[i]) for i in used], np.int64)
    surfaces = [names[i] for i in used] if aliases is None else [s for i in used for s in (names[i], *aliases[i])]
    row_of = np.repeat(np.array(used, np.int64), sizes).tolist()
    is_alias = np.ones(len(surfaces), np.bool_)
    is_alias[np.cumsum(sizes) - sizes] = False
    return NameColumns(
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


def merge(columns: NameColumns) -> NameColumns:
    """`columns` with rows of equal name and label merged into the first: ids united in order, a name beats an alias."""
    keys: Sequence[Any] = columns.surfaces
    if columns.labels is not None:
        keys = list(zip(columns.surfaces, columns.labels, strict=True))
    first: dict[Any, int] = {}
    targets = [first.setdefault(key, i) for i, key in enumerate(keys)]
    if len(first) == len(keys):
        return columns
    ids = None if columns.ids is None else list(columns.ids)
    is_alias = columns.is_alias.copy()
    for i, target in enumerate(targets):
        if i != target:
            is_alias[target] &= is_alias[i]
            if ids is not None:
                ids[target] = tuple(dict.fromkeys(ids[target] + ids[i]))
    keep = list(first.values())
    return NameColumns(
        [columns.surfaces[i] for i in keep],
        None if ids is None else [ids[i] for i in keep],
        None if columns.labels is None else [columns.labels[i] for i in keep],
        is_alias[keep],
    )
