"""The first names that an extraction would find, soon, without reading the dump to its end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import orjson

from farspan.job import SILENT, Job
from farspan.sources.kb.entities import aliases, label, values
from farspan.sources.kb.extraction import Extraction, KbName, Plan
from farspan.sources.kb.lines import batches
from farspan.sources.kb.streams import open_dump
from farspan.sources.kb.wikidata import INSTANCE_OF

if TYPE_CHECKING:
    from farspan.files import StrPath
    from farspan.sources.kb.streams import Dump

SECONDS: Final = 5.0
"""How long a person waits for it at most."""


@dataclass(frozen=True, slots=True)
class FirstNames:
    """Names as they stand in the dump, with their lists; bytes of the file read for them, and all it has (None: not known).

    entities: looked at. is_all: whether the dump ended there.
    """

    names: tuple[tuple[str, KbName], ...]
    read: int
    size: int | None
    entities: int
    is_all: bool


def first_names(
    path: StrPath, plan: Plan, *, most: int = 100, seconds: float = SECONDS, workers: int | None = None, job: Job = SILENT
) -> FirstNames:
    """The first `most` names that `plan` finds in the dump `path`, or those found within `seconds`.

    Only direct items of the classes: what stands below a class is known when the whole dump was read. Raises InputError.
    """
    with open_dump(path, workers=workers) as dump:
        reading = _Reading(dump, plan, time.monotonic() + seconds, job)
        names = tuple(islice(reading.names(), most))
        return FirstNames(names, reading.done, dump.size, reading.entities, reading.ended)


class _Reading:
    def __init__(self, dump: Dump, plan: Plan, until: float, job: Job) -> None:
        self._dump, self._plan, self._until, self._job = dump, plan, until, job
        self._ids = [b'"%s"' % key.encode() for key in sorted(plan.roots)]
        self.done = self.entities = 0
        self.ended = False

    def names(self) -> Iterator[tuple[str, KbName]]:
        for batch in batches(self._dump):
            self.done = batch.done
            self._job.progress(batch.done, self._dump.size, "reading the beginning")
            for line in batch.lines:
                self.entities += line.startswith(b'{"')
                if b'"P31"' in line and any(key in line for key in self._ids):
                    yield from self._of(line)
                if time.monotonic() > self._until:
                    return
        self.ended = True

    def _of(self, line: bytes) -> Iterator[tuple[str, KbName]]:
        try:
            entity: Any = orjson.loads(line.strip(b" \t\r,[]"))
        except orjson.JSONDecodeError:
            return
        if not isinstance(entity, dict) or not isinstance(entity.get("id"), str) or entity.get("type", "item") != "item":
            return
        types = values(entity, INSTANCE_OF, best=self._plan.best)
        for item in self._plan.extractions:
            wanted = next((own for own in item.classes if own.id in types), None)
            name = label(entity, item.langs)
            if wanted is not None and name:
                yield item.name, KbName(name, entity["id"], self._others(entity, item, name), wanted.label)

    def _others(self, entity: dict[str, Any], item: Extraction, name: str) -> tuple[str, ...]:
        return tuple(aliases(entity, item.langs, name)) if self._plan.aliases else ()
