"""Lists of names as files: JSON lines with where they come from, text, tables, GATE gazetteers, patterns of spaCy's EntityRuler.

Each form says what it cannot hold, and what was left out is counted.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePath
from typing import Any, Final

import orjson

from farspan.aside import written_aside
from farspan.errors import OptionError
from farspan.sources.kb.extraction import KbName
from farspan.sources.origins import write_origin
from farspan.sources.rows import SEPARATOR


@dataclass(slots=True)
class Written:
    """What was written: entities, names with aliases, and what the form could not hold."""

    items: int = 0
    names: int = 0
    lost: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class ListForm:
    """A form of list: its suffixes, what it cannot hold, and what makes its lines."""

    name: str
    suffixes: tuple[str, ...]
    cannot: tuple[str, ...]
    lines: Callable[[Iterable[KbName], Written], Iterator[str]]


def write_list(
    path: str, names: Iterable[KbName], *, form: str | None = None, origin: Mapping[str, Any] | None = None, ids: bool = True
) -> Written:
    """Write `names` to `path` in the form its suffix says, unless `form` does, and return what was written.

    origin: where the names come from; kept in a file beside the list (`sources.origins`). ids: whether the ids are written.
    Raises OutputError, and OptionError for a form that there is not.
    """
    chosen = list_form(path, form)
    written = Written()
    kept = names if ids else (KbName(item.name, "", item.aliases, item.label) for item in names)
    with written_aside(path) as stream:
        for line in chosen.lines(_counted(kept, written, chosen), written):
            stream.write(line.encode("utf-8"))
    if origin and path != "-":
        write_origin(path, origin)
    return written


def list_form(path: str, form: str | None = None) -> ListForm:
    """The form called `form`, or else that of the suffix of `path`; JSON lines for standard output. Raises OptionError."""
    if form is not None:
        if form not in LIST_FORMS:
            raise OptionError(f"no form of list is called {form!r}", remedy=f"choose one of: {', '.join(LIST_FORMS)}")
        return LIST_FORMS[form]
    suffix = PurePath(path).suffix.lower()
    found = next((item for item in LIST_FORMS.values() if suffix in item.suffixes), None)
    if found is None and path != "-":
        known = ", ".join(suffix for item in LIST_FORMS.values() for suffix in item.suffixes)
        raise OptionError(f"what form {path} should have is not clear", remedy=f"give it one of the suffixes {known}")
    return found or LIST_FORMS["jsonl"]


def _counted(names: Iterable[KbName], written: Written, form: ListForm) -> Iterator[KbName]:
    for item in names:
        written.items += 1
        written.names += 1 + len(item.aliases)
        for part, value in (("ids", item.id), ("labels", item.label)):
            if value and part in form.cannot:
                written.lost[part] += 1
        yield item


def _jsonl(names: Iterable[KbName], _: Written) -> Iterator[str]:
    for item in names:
        row: dict[str, Any] = {"name": item.name}
        if item.id:
            row["id"] = item.id
        row["aliases"] = item.aliases
        if item.label:
            row["label"] = item.label
        yield orjson.dumps(row).decode() + "\n"


def _text(names: Iterable[KbName], _: Written) -> Iterator[str]:
    return (name + "\n" for item in names for name in (item.name, *item.aliases))


def _table(delimiter: str) -> Callable[[Iterable[KbName], Written], Iterator[str]]:
    def lines(names: Iterable[KbName], written: Written) -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
        rows = ((item.name, item.id, _joined(item, written), item.label) for item in names)
        for row in chain([("name", "id", "aliases", "label")], rows):
            buffer.seek(0)
            buffer.truncate()
            writer.writerow(row)
            yield buffer.getvalue()

    return lines


def _joined(item: KbName, written: Written) -> str:
    good = [alias for alias in item.aliases if SEPARATOR not in alias]
    written.lost["aliases"] += len(item.aliases) - len(good)
    return SEPARATOR.join(good)


def _gate(names: Iterable[KbName], written: Written) -> Iterator[str]:
    r"""A name a line, with its features behind a tab: ``London\tid=Q84\tlabel=LOC``, as the Extended Gazetteer wants it."""
    for item in names:
        features = "".join(f"\t{key}={value}" for key, value in (("id", item.id), ("label", item.label)) if value)
        for name in (item.name, *item.aliases):
            if "\t" in name or "\n" in name:
                written.lost["names"] += 1
            else:
                yield f"{name}{features}\n"


def _ruler(names: Iterable[KbName], _: Written) -> Iterator[str]:
    for item in names:
        for name in (item.name, *item.aliases):
            row = {"label": item.label or "NAME", "pattern": name, **({"id": item.id} if item.id else {})}
            yield orjson.dumps(row).decode() + "\n"


LIST_FORMS: Final = {
    item.name: item
    for item in (
        ListForm("jsonl", (".jsonl", ".ndjson"), (), _jsonl),
        ListForm("txt", (".txt",), ("ids", "labels"), _text),
        ListForm("csv", (".csv",), (), _table(",")),
        ListForm("tsv", (".tsv", ".tab"), (), _table("\t")),
        ListForm("gate", (".lst",), (), _gate),
        ListForm("ruler", (".patterns",), (), _ruler),
    )
}
"""Every form by its name."""
