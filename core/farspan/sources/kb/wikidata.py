"""Lists of names out of a Wikidata dump, all in one reading.

Which classes stand below the wanted ones is known only when the whole dump was read. So the subclasses and the names of all items
that might be wanted go to a file beside the output, and are chosen from at the end: a second decompression of the dump, which
is what takes the time, is saved. Where the subclasses are known before (a saved table, or none wanted), only what is wanted
goes there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from farspan.errors import InputError, Place
from farspan.job import SILENT, Job
from farspan.sources.kb import hierarchy
from farspan.sources.kb.entities import aliases, label, languages, values, with_default
from farspan.sources.kb.extraction import Extraction, KbName, Plan, first_class, shown_langs
from farspan.sources.kb.scanning import CHECKPOINT, dump_date, opened, origin_of, scan
from farspan.sources.kb.seen import Seen

if TYPE_CHECKING:
    from farspan.files import StrPath
    from farspan.sources.kb.entities import Entity
    from farspan.sources.kb.spool import Spool
    from farspan.sources.kb.streams import Dump

INSTANCE_OF: Final = "P31"
SUBCLASS_OF: Final = "P279"
_FEW: Final = 16
"""Classes that are looked for one by one in a line before it is parsed; beyond that parsing is quicker."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a reading found, to be drawn on while the file beside the output is open.

    lists: the names of the lists. classes: the wanted classes with all below them, by list. counts: lines, parsed, problems,
    duplicates, unnamed (items of a wanted class without a name). problems: (line, what), the first few. origin: where
    the names come from, without the number of names. resumed: whether an earlier reading was gone on with.
    """

    plan: Plan
    classes: Mapping[str, int]
    counts: Mapping[str, int]
    problems: list[tuple[int, str]]
    origin: dict[str, Any]
    resumed: bool
    path: str
    _spool: Spool

    def origin_of(self, wanted: str) -> dict[str, Any]:
        """Where the list called `wanted` comes from, and what was asked for."""
        types = {own.id: own.label for item in self.plan.extractions if item.name == wanted for own in item.classes}
        langs = list(dict.fromkeys(lang for item in self.plan.extractions if item.name == wanted for lang in item.langs))
        query = {
            "types": types,
            "lang": langs,
            "depth": self.plan.depth,
            "aliases": self.plan.aliases,
            "best_rank": self.plan.best,
        }
        return {**self.origin, "query": query}

    @property
    def lists(self) -> tuple[str, ...]:
        """The names of the lists, in the order in which they were asked for."""
        return tuple(dict.fromkeys(item.name for item in self.plan.extractions))

    def names(self, wanted: str) -> Iterator[KbName]:
        """The names of the list called `wanted`, in the order of the dump. Raises InputError after the last if there is none."""
        namings = {langs: number for number, langs in enumerate(self.plan.namings)}
        chosen = [item for item in self.plan.extractions if item.name == wanted]
        rows_of: dict[int, list[Extraction]] = {}
        for item in chosen:
            rows_of.setdefault(namings[item.langs], []).append(item)
        ranked = {number: self._ranked(items) for number, items in rows_of.items()}
        labels = {number: [own.label for item in items for own in item.classes] for number, items in rows_of.items()}
        is_empty = True
        marks = ", ".join("?" * len(rows_of))
        query = f"SELECT naming, id, types, name, aliases FROM name WHERE naming IN ({marks}) ORDER BY rowid"  # noqa: S608
        for naming, key, types, name, others in self._spool.rows(query, tuple(rows_of)):
            place = first_class(types.split(), ranked[naming])
            if place is not None:
                is_empty = False
                yield KbName(name, key, tuple(orjson.loads(others)), labels[naming][place])
        if is_empty:
            raise self._nothing(chosen)

    def _ranked(self, items: list[Extraction]) -> dict[str, int]:
        return hierarchy.first_roots((own.id for item in items for own in item.classes), self.plan.depth, self._spool)

    def _nothing(self, chosen: list[Extraction]) -> InputError:
        ids = [own.id for item in chosen for own in item.classes]
        classes = " or ".join(ids)
        seen = sum(self.counts.get(f"items {key}", 0) for key in ids)
        others = {lang: n for lang, n in self._spool.facts.get("other_langs", {}).items() if lang not in chosen[0].langs}
        if not seen:
            what = f"no item of class {classes} is in the dump"
            remedy = "check the Q number, or go deeper with --depth" if self.plan.depth < 2 else "check the Q number"
            return InputError(what, where=Place(self.path), remedy=remedy)
        best = sorted(others.items(), key=lambda item: (-item[1], item[0]))[:3]
        known = ", ".join(f"{count:,} in {lang!r}" for lang, count in best)
        what = f"no item of class {classes} has a label in {shown_langs(chosen[0].langs)}"
        return InputError(
            what + (f"; of {seen:,} direct items there is one for {known}" if known else ""),
            where=Place(self.path),
            remedy=f"try --lang {best[0][0]}" if best else "check the Q number",
        )


@contextmanager
def extracted(
    path: StrPath,
    plan: Plan,
    *,
    state: str = "",
    subclasses: str | None = None,
    partial: bool = False,
    workers: int | None = None,
    checkpoint: int = CHECKPOINT,
    job: Job = SILENT,
) -> Iterator[Found]:
    """What `plan` takes out of the dump `path`, ready to be written while the block runs.

    state: the file that keeps what was found, so that an interrupted call goes on; it is gone after the block. subclasses: a
    saved table of subclasses, which is read if it is there and else written. partial: take what there is of a dump that is
    cut off. workers: threads that decompress. checkpoint: decompressed bytes between two times of keeping what was found.
    Raises InputError for a dump that is damaged or none.
    """
    has_table = hierarchy.is_there(subclasses)
    with opened(path, plan.query(), state=state, subclasses=subclasses, partial=partial, workers=workers) as (dump, spool):
        if spool.stage == 0:
            _read(dump, spool, plan, has_table=has_table, partial=partial, checkpoint=checkpoint, job=job)
        if subclasses and not has_table and plan.depth:
            made_from = {"made by": "farspan", "from": dump.name, "date": dump_date(dump, spool)}
            hierarchy.write_table(subclasses, _edges(spool), made_from)
        classes = hierarchy.below(sorted(plan.roots), plan.depth, hierarchy.children_in(spool))
        origin = origin_of(dump, spool)
        yield Found(plan, classes, spool.counts, spool.problems, origin, spool.resumed, dump.path, spool)


def _read(dump: Dump, spool: Spool, plan: Plan, *, has_table: bool, partial: bool, checkpoint: int, job: Job) -> None:
    known = None
    if has_table or plan.depth == 0:
        known = frozenset(hierarchy.below(plan.roots, plan.depth, hierarchy.children_in(spool)))
    taker = _Names(plan, known)
    if spool.resumed:
        taker.seen.update(key for (key,) in spool.rows("SELECT id FROM name"))
    scan(dump, spool, taker, job, "reading the dump", partial=partial, checkpoint=checkpoint)
    spool.next_stage()


def _edges(spool: Spool) -> Iterator[tuple[str, str]]:
    yield from ((child, parent) for child, parent in spool.rows("SELECT child, parent FROM edge ORDER BY rowid"))


class _Names:
    """Takes names of items and, where the classes below the wanted ones are not known yet, the steps between classes."""

    def __init__(self, plan: Plan, known: frozenset[str] | None) -> None:
        self._plan = plan
        self._known = known
        self._langs = [b'"%s"' % lang.encode() for lang in {lang for langs in plan.namings for lang in with_default(langs)}]
        named = plan.roots if known is None or len(known) > _FEW else known
        self._ids = [b'"%s"' % key.encode() for key in sorted(named)]
        self._only_ids = known is not None and len(known) <= _FEW
        self.seen = Seen()
        self._names: list[tuple[int, str, str, str, bytes]] = []
        self._edges: list[tuple[str, str]] = []

    def wants(self, line: bytes) -> bool:  # called for every line of a dump, so that what is soon found is looked for first
        has_classes = b'"P31"' in line
        if has_classes and not self._only_ids:
            for lang in self._langs:  # labels stand at the begin of a line
                if lang in line:
                    return True
        if self._known is None and b'"P279"' in line:
            return True
        return has_classes and any(key in line for key in self._ids)  # counted even where it has no name in the languages

    def take(self, entity: Entity, spool: Spool) -> None:
        key = entity.get("id")
        if not isinstance(key, str) or entity.get("type", "item") != "item":
            return
        if self._known is None:
            self._edges += [(key, parent) for parent in values(entity, SUBCLASS_OF, best=self._plan.best)]
        types = values(entity, INSTANCE_OF, best=self._plan.best)
        if not types or (self._known is not None and self._known.isdisjoint(types)):
            return
        if key in self.seen:
            spool.counts["duplicates"] += 1
            return
        named = [(number, label(entity, langs)) for number, langs in enumerate(self._plan.namings)]
        self._count(entity, types, spool, is_named=any(name for _, name in named))
        if any(name for _, name in named):
            self.seen.add(key)
        for number, name in named:
            if name:
                others = aliases(entity, self._plan.namings[number], name) if self._plan.aliases else []
                self._names.append((number, key, " ".join(types), name, orjson.dumps(others)))

    def flush(self, spool: Spool) -> None:
        spool.add("name", self._names)
        spool.add("edge", self._edges)
        self._names, self._edges = [], []

    def _count(self, entity: Entity, types: list[str], spool: Spool, *, is_named: bool) -> None:
        """What a message needs where nothing is found: direct items of each wanted class, and the languages that name them."""
        roots = self._plan.roots.intersection(types)
        if not roots:
            return
        for key in roots:
            spool.counts[f"items {key}"] += 1
        if not is_named:
            spool.counts["unnamed"] += 1
            others = spool.facts.setdefault("other_langs", {})
            for lang in languages(entity):
                if lang in others or len(others) < 1000:
                    others[lang] = others.get(lang, 0) + 1
