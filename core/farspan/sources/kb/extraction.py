"""What to take out of a knowledge base, and what comes out of it: names of entities."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from farspan.errors import InputError, OptionError, Place
from farspan.sources.arguments import check_label, label_fault
from farspan.sources.kb.entities import with_default
from farspan.wording import counted

_CLASS: Final = re.compile(r"Q[1-9][0-9]*")
_PROPERTY: Final = re.compile(r"P[1-9][0-9]*")
_LANG: Final = re.compile(r"[a-z]{2,12}(-[A-Za-z0-9]{1,12})*")


@dataclass(frozen=True, slots=True)
class KbName:
    """An entity's name as a row of a list: the other names it has, its id, and its own label, which may be "" ."""

    name: str
    id: str = ""
    aliases: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class WantedClass:
    """A class whose items are wanted, and what they are called; "" for no label of their own."""

    id: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Which items go into the list called `name`: those of the classes, under their first name in `langs`."""

    name: str
    classes: tuple[WantedClass, ...]
    langs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All extractions of one reading.

    depth: steps of subclasses below each class. best: only preferred statements count where there are some.
    """

    extractions: tuple[Extraction, ...]
    depth: int = 0
    aliases: bool = False
    best: bool = False

    @property
    def namings(self) -> tuple[tuple[str, ...], ...]:
        """The distinct orders of languages, in which names are looked for."""
        return tuple(dict.fromkeys(item.langs for item in self.extractions))

    @property
    def roots(self) -> frozenset[str]:
        """All classes that are named."""
        return frozenset(wanted.id for item in self.extractions for wanted in item.classes)

    def query(self) -> dict[str, Any]:
        """The plan as JSON, as it is kept with lists made by it."""
        lists = [
            {"list": item.name, "types": {wanted.id: wanted.label for wanted in item.classes}, "lang": list(item.langs)}
            for item in self.extractions
        ]
        return {"lists": lists, "depth": self.depth, "aliases": self.aliases, "best_rank": self.best}


def parse_class(text: str) -> WantedClass:
    """The class that ``Q515`` or ``Q515=LOC`` asks for. Raises OptionError."""
    key, _, label = text.partition("=")
    if not _CLASS.fullmatch(key):
        raise OptionError(
            f"{key!r} is no item of Wikidata", remedy="write --type Q515, or Q515=LOC; wikidata.org shows the Q number of a class"
        )
    return WantedClass(key, check_label(label) if label else "")


def parse_property(text: str) -> tuple[str, str]:
    """The property that ``P57`` or ``P57=director`` asks for, and the relation it is written as. Raises OptionError."""
    key, _, relation = text.partition("=")
    if not _PROPERTY.fullmatch(key):
        raise OptionError(f"{key!r} is no property of Wikidata", remedy="write --property P57, or P57=director")
    if any(char in relation for char in "\t\n\r"):
        raise OptionError(f"the relation {relation!r} holds a tab or line end", remedy="choose a name on one line")
    return key, relation or key


def parse_langs(text: str) -> tuple[str, ...]:
    """The languages that ``am,en`` means, in this order. Raises OptionError."""
    langs = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    bad = next((lang for lang in langs if not _LANG.fullmatch(lang)), None)
    if bad is not None or not langs:
        raise OptionError(f"{bad or text!r} is no language code", remedy="write --lang am or --lang am,en")
    return langs


def parse_specification(text: str, path: str) -> tuple[Extraction, ...]:
    """The extractions that ANEA's specification file asks for: ``Q5<TAB>et<TAB>PER`` a line, ``#`` before a comment.

    Lines of one label are one list. Raises InputError with the line that cannot be read.
    """
    found: list[Extraction] = []
    for number, line in enumerate(text.split("\n"), 1):
        content = line.removeprefix("\ufeff").strip()
        if content and not content.startswith("#"):
            found.append(_specified(content.split("\t"), Place(path, number)))
    if not found:
        raise InputError("the specification asks for nothing", where=Place(path), remedy="write lines like Q5<TAB>et<TAB>PER")
    return tuple(found)


def _specified(cells: Sequence[str], where: Place) -> Extraction:
    values = [cell.strip() for cell in cells]
    remedy = "write class, language and label with a tab between them: Q5<TAB>et<TAB>PER"
    if len(values) != 3:
        raise InputError(f"{counted(len(values), 'column')} where three are needed", where=where, remedy=remedy)
    key, lang, label = values
    if not _CLASS.fullmatch(key):
        raise InputError(f"{key!r} is no item of Wikidata", where=where, remedy=remedy)
    if not all(_LANG.fullmatch(part.strip()) for part in lang.split(",")):
        raise InputError(f"{lang!r} is no language code", where=where, remedy=remedy)
    fault = label_fault(label) or ("holds a slash" if "/" in label or "\\" in label else "")
    if fault:
        raise InputError(f"the label {label!r} {fault}", where=where, remedy=remedy)
    return Extraction(label, (WantedClass(key, label),), tuple(part.strip() for part in lang.split(",")))


def shown_langs(langs: Sequence[str]) -> str:
    """The languages as a message names them: ``'am', 'en' or 'mul'``."""
    *first, last = (repr(lang) for lang in with_default(langs))
    return f"{', '.join(first)} or {last}" if first else last


def first_class(types: Sequence[str], ranked: Mapping[str, int]) -> int | None:
    """The number of the first wanted class that one of `types` belongs to; None if none does."""
    return min((ranked[key] for key in types if key in ranked), default=None)
