"""Lists changed by hand: names added, taken out and written anew, several lists made one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from farspan.errors import InputError, OptionError
from farspan.sources.arguments import check_label
from farspan.sources.lists import EntityList
from farspan.sources.names import clean_name
from farspan.sources.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a list. label: "" is that of the list. is_alias: only a second name of its entity."""

    surface: str
    ids: tuple[str, ...] = ()
    label: str = ""
    is_alias: bool = False
    pattern: Pattern | None = None


def names_of(names: EntityList) -> list[Name]:
    """The rows of a list; labels that are the list's own are said too."""
    labels = names.labels or [""] * len(names)
    columns = zip(names.surfaces, names.ids, labels, names.is_alias.tolist(), strict=True)
    return [Name(*row, names.patterns.get(number)) for number, row in enumerate(columns)]


def edited(
    names: EntityList,
    changed: Mapping[int, Name] | None = None,
    removed: Collection[int] = (),
    added: Iterable[Name] = (),
) -> EntityList:
    """`names` with the rows `changed` written anew, those `removed` gone and `added` at the end; equal names become one.

    Raises InputError for a name that cannot be matched, and where no name is left; OptionError for a faulty label and for names
    among patterns.
    """
    taken, new = set(removed), list(added)
    rows = [
        row for number, row in enumerate({**dict(enumerate(names_of(names))), **(changed or {})}.values()) if number not in taken
    ]
    if names.patterns and (new or changed):
        raise OptionError("this is a list of patterns", remedy="change them in their file, and import it again")
    clean = {id(row): _clean(row) for row in [*(changed or {}).values(), *new]}
    return _made(names, [clean.get(id(row), row) for row in [*rows, *new]])


def merged(lists: Sequence[EntityList]) -> EntityList:
    """The names of all `lists` as the first of them; those of the others keep their labels. Raises OptionError for patterns."""
    first = lists[0]
    if any(one.patterns for one in lists):
        raise OptionError("a list of patterns cannot be merged", remedy="merge lists of names")
    rows = [
        replace(row, label=row.label or ("" if one.label == first.label else one.label)) for one in lists for row in names_of(one)
    ]
    return _made(first, rows)


def _clean(row: Name) -> Name:
    surface, fault = clean_name(row.surface)
    if not surface:
        raise InputError(f"{row.surface!r} cannot be a name: {fault}", remedy="write a name that can stand in a text")
    if row.label:
        check_label(row.label)
    ids = tuple(dict.fromkeys(part.strip() for part in row.ids if part.strip()))
    return replace(row, surface=surface, ids=ids)


def _made(names: EntityList, rows: Iterable[Name]) -> EntityList:
    """The list of `rows`: those with one spelling and label are one, with the ids of all."""
    known: dict[tuple[str, str], Name] = {}
    count = 0
    for row in rows:
        count += 1
        key = row.surface, row.label or names.label
        before = known.get(key)
        if before is None:
            known[key] = row
        else:
            ids = tuple(dict.fromkeys((*before.ids, *row.ids)))
            known[key] = replace(before, ids=ids, is_alias=before.is_alias and row.is_alias)
    if not known:
        raise InputError("no name would be left", remedy="remove the list itself")
    found = list(known.values())
    labels = [row.label or names.label for row in found]
    return replace(
        names,
        surfaces=[row.surface for row in found],
        ids=[row.ids for row in found],
        labels=labels if set(labels) != {names.label} else None,
        is_alias=np.array([row.is_alias for row in found], np.bool_),
        problems=(),
        rows=count,
        duplicates=count - len(found),
        sha256="",
        patterns={number: row.pattern for number, row in enumerate(found) if row.pattern is not None},
    )


def table_rows(text: str) -> list[Name]:
    """The names in what was copied out of a spreadsheet: name, id, aliases (between |) and label, unless a first row says else.

    Aliases follow their name. Lines without a name are left out.
    """
    lines = [[cell.strip() for cell in line.split("\t")] for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    columns: tuple[str, ...] = ("name", "id", "aliases", "label")
    if lines and "name" in (heads := [cell.lower() for cell in lines[0]]) and set(heads) - {""} <= set(columns):
        columns, lines = tuple(heads), lines[1:]
    found: list[Name] = []
    for cells in lines:
        said = dict(zip(columns, cells, strict=False))
        if said.get("name"):
            ids = (said["id"],) if said.get("id") else ()
            found.append(Name(said["name"], ids, said.get("label", "")))
            others = (part.strip() for part in said.get("aliases", "").split("|"))
            found += [Name(part, ids, said.get("label", ""), is_alias=True) for part in others if part]
    return found
