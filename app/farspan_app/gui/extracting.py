"""Lists out of dumps and vocabularies, without widgets: what is asked for, a look at the first names, the extraction itself."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

import orjson

from farspan.errors import InputError, OptionError, Place
from farspan.files import read_text
from farspan.job import Job
from farspan.sources.arguments import check_label
from farspan.sources.kb.extraction import Extraction, KbName, Plan, WantedClass, parse_class, parse_langs, parse_specification
from farspan.sources.kb.forms import FORMS, Wanted, form_of, read_names
from farspan.sources.kb.preview import FirstNames, first_names
from farspan.sources.kb.wikidata import Found, extracted
from farspan.sources.kb.writing import write_list
from farspan.sources.lists import EntityList, load_list
from farspan.store.project import Project

SHOWN: Final = 100
_BETWEEN: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted of a knowledge base, as a person types it. form: "" is found out. depth: -1 is any."""

    path: str
    form: str = ""
    name: str = ""
    label: str = ""
    classes: str = ""
    langs: str = ""
    depth: int = 0
    aliases: bool = False
    ids: bool = True
    best: bool = False
    partial: bool = False
    spec: str = ""
    synonyms: str = "exact"
    features: str = ""
    alternates: str = ""

    @property
    def is_dump(self) -> bool:
        """Whether it is a dump of Wikidata."""
        return self.form == "wikidata"

    def wanted(self) -> Wanted:
        """The request for a vocabulary. Raises OptionError."""
        options = FORMS[self.form].options
        return Wanted(
            parse_langs(self.langs) if self.langs.strip() and "langs" in options else (),
            self.aliases,
            tuple(part.strip() for part in re.split(r"[,;\n]", self.classes) if part.strip()) if "roots" in options else (),
            None if self.depth < 0 or "depth" not in options else self.depth,
            tuple(_BETWEEN.split(self.synonyms.strip())),
            tuple(_parts(self.features)) if "features" in options else (),
            alternates=self.alternates or None,
        )

    def plan(self) -> Plan:
        """The request for a dump. Raises OptionError and InputError."""
        if self.spec:
            return Plan(parse_specification(read_text(self.spec), self.spec), max(0, self.depth), self.aliases, self.best)
        if not self.classes.strip():
            raise OptionError("which items are wanted?", remedy="name a class: Q515 (cities), Q5 (people), Q11424 (films)")
        if not self.langs.strip():
            raise OptionError("in which language are the names wanted?", remedy="name one: am, or am,en where am has none")
        classes = tuple(parse_class(text) for text in _parts(self.classes))
        named = tuple(WantedClass(item.id, item.label or self.label) for item in classes)
        return Plan((Extraction("", named, parse_langs(self.langs)),), max(0, self.depth), self.aliases, self.best)


def _parts(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text.strip()) if part]


@dataclass(frozen=True, slots=True)
class Look:
    """The first names: the list they go into ("" if there is one only), and the name.

    first: of a dump, how they were found. goes_on: whether an earlier extraction of the same was interrupted.
    """

    names: tuple[tuple[str, KbName], ...]
    first: FirstNames | None = None
    goes_on: bool = False


def found_form(path: str) -> str:
    """The name of the form that the file `path` has. Raises InputError."""
    return form_of(path)


def look(request: Request, folder: Path | None, job: Job) -> Look:
    """The first names that `request` would find; `folder` as of `extract`. Raises OptionError and InputError."""
    check_label(request.label or "NAME")
    if request.is_dump:
        found = first_names(request.path, request.plan(), most=SHOWN, job=job)
        return Look(found.names, found, folder is not None and resume_file(request, folder).exists())
    read = read_names(request.path, request.form, request.wanted(), job)
    return Look(tuple(("", name) for name in islice(read.names, SHOWN)))


def resume_file(request: Request, folder: Path) -> Path:
    """The file in `folder` that keeps what an interrupted extraction has found."""
    asked = orjson.dumps([request.path, request.plan().query(), request.partial])
    return folder / f".farspan-{hashlib.sha256(asked).hexdigest()[:12]}.resume"


def extract(request: Request, folder: Path, job: Job) -> list[EntityList]:
    """The lists that `request` asks for; interrupted, it goes on the next time where it stood. Raises InputError, OptionError.

    folder: where what was found is kept meanwhile.
    """
    with tempfile.TemporaryDirectory(prefix=".farspan-", dir=folder) as room:
        if not request.is_dump:
            read = read_names(request.path, request.form, request.wanted(), job)
            return [_made(request, read.names, read.origin, Path(room), job)]
        state = str(resume_file(request, folder))
        with extracted(request.path, request.plan(), state=state, partial=request.partial, job=job) as found:
            return _all_lists(request, found, Path(room), job)


def _all_lists(request: Request, found: Found, room: Path, job: Job) -> list[EntityList]:
    """The lists with names in them. Raises InputError where none has any."""
    made, faults = list[EntityList](), list[InputError]()
    for name in found.lists:
        try:
            origin = found.origin_of(name)
            own = (
                replace(request, name=name, label=name) if name else request
            )  # of a specification: lists are called by their label
            # The names come out of a file that is closed with the block: nobody may go on drawing on them then.
            with closing(cast("Generator[KbName, None, None]", found.names(name))) as names:
                made.append(_made(own, names, origin, room, job))
        except InputError as error:
            faults.append(error)
    if not made:
        raise faults[0]
    return made


def _made(request: Request, names: Iterable[KbName], origin: Mapping[str, Any], room: Path, job: Job) -> EntityList:
    """The list that `request` names, as any other file of names would give it."""
    file = room / "names.jsonl"
    write_list(str(file), _told(names, job, request.name), origin=origin, ids=request.ids)
    found = load_list(file, check_label(request.label), name=request.name, job=job)
    if not len(found):
        raise InputError("there is no name in it", where=Place(request.path), remedy="check what was asked for")
    return replace(found, path=request.path)


def _told(names: Iterable[KbName], job: Job, note: str) -> Iterable[KbName]:
    for number, item in enumerate(names):
        if number % 1024 == 0:
            job.progress(0, None, note)
        yield item


def add_lists(project: Project, lists: Sequence[EntityList], job: Job) -> list[str]:
    """Take `lists` into `project` under names that are free, and return these."""
    taken = {stored.name for stored in project.lists.all()}
    added = []
    for one in lists:
        name, number = one.name, 1
        while name in taken:
            number += 1
            name = f"{one.name} {number}"
        taken.add(name)
        project.add_source(replace(one, name=name), job=job)
        added.append(name)
    return added
