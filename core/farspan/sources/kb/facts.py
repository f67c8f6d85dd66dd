"""Triples out of a Wikidata dump: which entity stands in which relation to which, with their types and names if they are wanted.

The first reading finds the triples. Types and names of their entities need a second one, as an object may stand in the dump
before what names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from farspan.errors import InputError, Place
from farspan.job import SILENT, Job
from farspan.model import Triple
from farspan.sources.kb import hierarchy
from farspan.sources.kb.entities import aliases, label, values
from farspan.sources.kb.extraction import KbName, WantedClass, first_class
from farspan.sources.kb.scanning import CHECKPOINT, opened, origin_of, scan
from farspan.sources.kb.seen import Seen
from farspan.sources.kb.wikidata import INSTANCE_OF, SUBCLASS_OF

if TYPE_CHECKING:
    from farspan.files import StrPath
    from farspan.sources.kb.entities import Entity
    from farspan.sources.kb.spool import Spool
    from farspan.sources.kb.streams import Dump

_BEGIN: Final = re.compile(rb'\{"type":"item","id":"(Q[1-9]\d*)"')


@dataclass(frozen=True, slots=True)
class FactPlan:
    """Which triples are wanted.

    properties: what each is written as. langs: languages of the names; none: no names. types: classes that are types, the
    first that fits counts; depth: steps of subclasses below them. best: only preferred statements where there are some.
    """

    properties: Mapping[str, str]
    langs: tuple[str, ...] = ()
    aliases: bool = False
    types: tuple[WantedClass, ...] = ()
    depth: int = 0
    best: bool = False

    @property
    def reads_twice(self) -> bool:
        """Whether something is wanted that one reading cannot give."""
        return bool(self.langs or self.types)

    def query(self) -> dict[str, Any]:
        """The plan as JSON."""
        types = {item.id: item.label for item in self.types}
        asked = {"properties": dict(self.properties), "types": types, "lang": list(self.langs)}
        return {**asked, "depth": self.depth, "aliases": self.aliases, "best_rank": self.best}


@dataclass(frozen=True, slots=True)
class NamedTriple:
    """A triple with the names of its ends; "" for an entity that has none in the languages."""

    triple: Triple
    subject_name: str = ""
    object_name: str = ""


@dataclass(frozen=True, slots=True)
class FoundFacts:
    """What was found, to be drawn on while the file beside the output is open; see `wikidata.Found`."""

    plan: FactPlan
    counts: Mapping[str, int]
    problems: list[tuple[int, str]]
    origin: dict[str, Any]
    resumed: bool
    path: str
    _spool: Spool

    def triples(self) -> Iterator[NamedTriple]:
        """The triples in the order of the dump. Raises InputError after the last if there is none."""
        ranked = self._ranked()
        source = " ".join(part for part in ("Wikidata", self.origin["date"]) if part)
        query = (
            "SELECT t.subject, t.relation, t.object, s.types, s.name, o.types, o.name FROM triple t"
            " LEFT JOIN name s ON s.id = t.subject LEFT JOIN name o ON o.id = t.object ORDER BY t.rowid"
        )
        self._spool.index("name", "id")
        is_empty = True
        for subject, relation, object_, types, name, their_types, their_name in self._spool.rows(query):
            is_empty = False
            ends = self._type(types, ranked), self._type(their_types, ranked)
            triple = Triple(subject, self.plan.properties[relation], object_, *ends, source)
            yield NamedTriple(triple, name or "", their_name or "")
        if is_empty:
            asked = " or ".join(self.plan.properties)
            raise InputError(
                f"no item in the dump names another one by {asked}",
                where=Place(self.path),
                remedy="check the P number: the property must have items as its values",
            )

    def names(self) -> Iterator[KbName]:
        """The entities of the triples that have a name, in the order of the dump, each with its type as the label."""
        ranked = self._ranked()
        for key, types, name, others in self._spool.rows(
            "SELECT id, types, name, aliases FROM name WHERE name <> '' ORDER BY rowid"
        ):
            yield KbName(name, key, tuple(orjson.loads(others)), self._type(types, ranked))

    def _type(self, types: str | None, ranked: Mapping[str, int]) -> str:
        place = first_class((types or "").split(), ranked)
        return "" if place is None else self.plan.types[place].label or self.plan.types[place].id

    def _ranked(self) -> dict[str, int]:
        return hierarchy.first_roots((item.id for item in self.plan.types), self.plan.depth, self._spool)


@contextmanager
def facts(
    path: StrPath,
    plan: FactPlan,
    *,
    state: str = "",
    subclasses: str | None = None,
    partial: bool = False,
    workers: int | None = None,
    checkpoint: int = CHECKPOINT,
    job: Job = SILENT,
) -> Iterator[FoundFacts]:
    """What `plan` takes out of the dump `path`, ready to be written while the block runs; arguments as of `wikidata.extracted`.

    Raises InputError for a dump that is damaged or none, and for standard input if it had to be read twice.
    """
    has_table = hierarchy.is_there(subclasses)
    with opened(path, plan.query(), state=state, subclasses=subclasses, partial=partial, workers=workers) as (dump, spool):
        if plan.reads_twice and not dump.is_file:
            raise InputError(
                "types and names need a second reading, and standard input has only one",
                where=Place(dump.path),
                remedy="give a file, or leave out --lang, --type and --names",
            )
        _read(dump, spool, plan, has_table=has_table, partial=partial, checkpoint=checkpoint, job=job)
        origin = {**origin_of(dump, spool), "query": plan.query()}
        yield FoundFacts(plan, spool.counts, spool.problems, origin, spool.resumed, dump.path, spool)


def _read(dump: Dump, spool: Spool, plan: FactPlan, *, has_table: bool, partial: bool, checkpoint: int, job: Job) -> None:
    if spool.stage == 0:
        triples = _Triples(plan, needs_edges=bool(plan.types) and plan.depth > 0 and not has_table)
        triples.seen.update(key for (key,) in spool.rows("SELECT DISTINCT subject FROM triple"))
        scan(dump, spool, triples, job, "reading the triples", partial=partial, checkpoint=checkpoint)
        spool.next_stage()
    if plan.reads_twice and spool.stage == 1:
        ends = _Ends(plan)
        ends.needed.update(key for (key,) in spool.rows("SELECT subject FROM triple UNION SELECT object FROM triple"))
        ends.seen.update(key for (key,) in spool.rows("SELECT id FROM name"))
        scan(dump, spool, ends, job, "reading types and names", partial=partial, checkpoint=checkpoint)
        spool.next_stage()


class _Triples:
    """Takes the triples of the wanted properties and, if need be, the steps between classes."""

    def __init__(self, plan: FactPlan, *, needs_edges: bool) -> None:
        self._plan = plan
        wanted = [*plan.properties, *([SUBCLASS_OF] if needs_edges else [])]
        self._needles = [b'"%s"' % prop.encode() for prop in wanted]
        self._needs_edges = needs_edges
        self.seen = Seen()
        self._triples: list[tuple[str, str, str, str]] = []
        self._edges: list[tuple[str, str]] = []

    def wants(self, line: bytes) -> bool:
        return any(needle in line for needle in self._needles)

    def take(self, entity: Entity, spool: Spool) -> None:
        key = entity.get("id")
        if not isinstance(key, str) or entity.get("type", "item") != "item":
            return
        if self._needs_edges:
            self._edges += [(key, parent) for parent in values(entity, SUBCLASS_OF, best=self._plan.best)]
        found = [(key, prop, other, "") for prop in self._plan.properties for other in values(entity, prop, best=self._plan.best)]
        if found and key in self.seen:
            spool.counts["duplicates"] += 1
        elif found:
            self.seen.add(key)
            self._triples += found

    def flush(self, spool: Spool) -> None:
        spool.add("triple", self._triples)
        spool.add("edge", self._edges)
        self._triples, self._edges = [], []


class _Ends:
    """Takes the types and names of the entities that stand in triples."""

    def __init__(self, plan: FactPlan) -> None:
        self._plan = plan
        self.needed = Seen()
        self.seen = Seen()
        self._rows: list[tuple[int, str, str, str, bytes]] = []

    def wants(self, line: bytes) -> bool:
        begin = _BEGIN.match(line)
        return begin is None or begin[1].decode() in self.needed

    def take(self, entity: Entity, spool: Spool) -> None:
        key = entity.get("id")
        if not isinstance(key, str) or key not in self.needed:
            return
        if key in self.seen:
            spool.counts["duplicates"] += 1
            return
        self.seen.add(key)
        name = label(entity, self._plan.langs) if self._plan.langs else ""
        others = aliases(entity, self._plan.langs, name) if name and self._plan.aliases else []
        types = " ".join(values(entity, INSTANCE_OF, best=self._plan.best))
        self._rows.append((0, key, types, name, orjson.dumps(others)))

    def flush(self, spool: Spool) -> None:
        spool.add("name", self._rows)
        self._rows = []
