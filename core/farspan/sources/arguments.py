"""What ``LABEL=FILE?name=title&id=qid`` on a command line means."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from farspan.errors import OptionError

_EXAMPLE: Final = "write LABEL=FILE, for example MOVIE=films.csv or 'MOVIE=films.csv?name=title&id=qid'"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column (or JSON key) holds what; None: the column of that very name if there is one, "": none at all.

    lang: not a column, but the languages whose names are wanted of a vocabulary (SKOS, RDF), as ``am,en``.
    """

    name: str | None = None
    id: str | None = None
    aliases: str | None = None
    label: str | None = None
    lang: str | None = None


CHOICES: Final = tuple(item.name for item in fields(Columns))
ROLES: Final = CHOICES[:-1]


@dataclass(frozen=True, slots=True)
class ListArgument:
    """One entity list as it is asked for: its label ("" where the caller allows none), its file and its columns."""

    label: str
    path: str
    columns: Columns


def check_label(label: str) -> str:
    """`label` as it is. Raises OptionError unless it can stand in a tag: not empty, no white space, no leading dash."""
    if not label:
        raise OptionError("the label is empty", remedy=_EXAMPLE)
    fault = label_fault(label)
    if fault:
        raise OptionError(f"the label {label!r} {fault}", remedy="choose one like PER, MOVIE or CREATIVE-WORK")
    return label


def label_fault(label: str) -> str:
    """What keeps `label` from standing in a tag such as B-LABEL; "" if nothing does."""
    if not label or label.isspace():
        return "is blank"
    if any(char.isspace() for char in label):
        return "contains white space"
    if label.startswith("-"):
        return "begins with a dash"
    return "" if label.isprintable() else "contains a character that cannot be shown"


def parse_list_argument(text: str) -> ListArgument:
    """The list that ``LABEL=FILE`` or ``LABEL=FILE?name=title&id=qid&aliases=alt&label=kind`` asks for.

    The label ends at the first ``=``. The file's name may itself hold ``?`` and ``=``: only a last part of the form
    ``?role=column&...`` chooses columns, and a file that has the whole of it as its name is taken as that file.
    Raises OptionError.
    """
    label, equals, rest = text.partition("=")
    if not equals or "?" in label:
        raise OptionError(f"{text!r} has no label", remedy=_EXAMPLE)
    return parse_list_file(rest, check_label(label))


def parse_list_file(text: str, label: str = "") -> ListArgument:
    """The list that ``FILE`` or ``FILE?name=title`` asks for, under `label`. Raises OptionError."""
    path, columns = _split_columns(text)
    if not path:
        raise OptionError(f"no file is named for the label {label}" if label else "no file is named", remedy=_EXAMPLE)
    return ListArgument(label, path, columns)


def _split_columns(text: str) -> tuple[str, Columns]:
    path, mark, query = text.rpartition("?")
    if not mark or not re.match(r"\w+=", query) or _is_file(text):
        return text, Columns()
    chosen: dict[str, str] = {}
    for part in query.split("&"):
        role, _, column = part.partition("=")
        if role not in CHOICES or role in chosen:
            fault = "stands twice" if role in chosen else "is not one of name, id, aliases, label, lang"
            raise OptionError(f"{role!r} in {text!r} {fault}", remedy="choose columns like FILE?name=title&id=qid")
        chosen[role] = column
    if chosen.get("name") == "":
        raise OptionError(f"no column is named in {text!r}", remedy="choose one, for example FILE?name=title")
    return path, Columns(**chosen)


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False
