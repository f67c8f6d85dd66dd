"""Judging a sample: what comes next, with its context; a verdict on it; the way back. Every verdict is on the disk at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from farspan.audit.population import Place
from farspan.audit.samples import SENTENCES, Sample, place_of, samples, verdicts
from farspan.errors import InputError
from farspan.model import Span
from farspan.store.audits import Unit
from farspan.store.project import Project
from farspan.store.results import Results
from farspan.store.work import GoldSpan, Judgement, Region, Verdict

CONTEXT: Final = 100
"""Characters shown on either side of what is judged."""


@dataclass(frozen=True, slots=True)
class Item:
    """One unit to be judged. number: its place in the sample, from 1; document: what it is called; before, after: its context.

    source, name, reasons: the list and the name behind a span, and what speaks against it (signals, in words). found: for a
    sentence what the run keeps in it, offsets in the document.
    """

    number: int
    unit: Unit
    document: str
    before: str
    surface: str
    after: str
    source: str = ""
    name: str = ""
    reasons: tuple[str, ...] = ()
    found: tuple[Span, ...] = ()


class Judging:
    """The queue of one sample. judge: who judges, kept with each verdict."""

    def __init__(self, project: Project, sample: Sample, judge: str = "") -> None:
        self.sample = sample
        self._project = project
        self._judge = judge
        self._names = {stored.id: stored.name for stored in project.documents.all()}
        self._notes: Sequence[Mapping[str, Any]] = sample.notes()
        self._results: Results | None = project.results() if sample.method == SENTENCES else None
        self._verdicts = {} if sample.method == SENTENCES else verdicts(project)
        self._read = read_units(project, sample) if sample.method == SENTENCES else set[int]()
        self._skipped: set[int] = set()

    @property
    def total(self) -> int:
        """How many units the sample has that still stand in their texts."""
        return sum(self._stands(unit) for unit in self.sample.units)

    @property
    def done(self) -> int:
        """How many of them are judged, unsure ones too."""
        return sum(self._stands(unit) and self.is_done(unit) for unit in self.sample.units)

    @property
    def verdicts(self) -> Mapping[Place, Judgement]:
        """The verdicts that stand, by place."""
        return self._verdicts

    def is_done(self, unit: Unit) -> bool:
        """Whether `unit` has a verdict, or was read."""
        return unit.id in self._read if self.sample.method == SENTENCES else place_of(unit) in self._verdicts

    def next(self) -> Item | None:
        """The first unit without a verdict; those that were passed over come last; None when all are judged."""
        open_units = [
            (unit.id in self._skipped, number)
            for number, unit in enumerate(self.sample.units)
            if self._stands(unit) and not self.is_done(unit)
        ]
        return self.item(min(open_units)[1]) if open_units else None

    def item(self, number: int) -> Item:
        """The unit at place `number` of the sample, from 0, with what a judge wants to see."""
        unit = self.sample.units[number]
        text = self._project.documents.text(unit.document)
        note: Mapping[str, Any] = self._notes[number] if number < len(self._notes) else {}
        return Item(
            number + 1,
            unit,
            self._names.get(unit.document, ""),
            text[max(0, unit.start - CONTEXT) : unit.start],
            text[unit.start : unit.end],
            text[unit.end : unit.end + CONTEXT],
            str(note.get("source", "")),
            str(note.get("name", "")),
            tuple(note.get("reasons", ())),
            self._found(unit),
        )

    def decide(
        self,
        item: Item,
        verdict: Verdict,
        *,
        right_label: str | None = None,
        right: tuple[int, int] | None = None,
        note: str = "",
    ) -> None:
        """Store a verdict. right_label: the right one if the span is wrong, empty: no entity; right: its right borders."""
        unit = item.unit
        start, end = right if right is not None else (None, None)
        made = Judgement(
            unit.document, unit.start, unit.end, verdict, unit.label, item.source, item.name,
            right_label, start, end, unit.id, self._judge, note,
        )  # fmt: skip
        self._project.work.judge([made])
        self._refresh(unit)

    def read(self, item: Item, entities: Sequence[tuple[int, int, str]]) -> None:
        """Store that a sentence was read and holds exactly `entities`: (start, end, label), offsets in the document."""
        unit = item.unit
        there = {(gold.start, gold.end, gold.label): gold.id for gold in self._gold(unit)}
        wanted = set(entities)
        new = [GoldSpan(unit.document, *place) for place in sorted(wanted - there.keys())]
        gone = [number for place, number in there.items() if place not in wanted]
        self._project.work.add_gold(new, [Region(unit.document, unit.start, unit.end)], instead_of=gone)
        self._read.add(unit.id)

    def skip(self, item: Item) -> None:
        """Leave `item` for later."""
        self._skipped.add(item.unit.id)

    def take_back(self) -> Item | None:
        """The unit that was judged last, open again; None if none is judged."""
        if self.sample.method == SENTENCES:
            return self._unread()
        mine = [
            (self._verdicts[place_of(unit)].id, number) for number, unit in enumerate(self.sample.units) if self.is_done(unit)
        ]
        if not mine:
            return None
        judgement, number = max(mine)
        self._project.work.withdraw([judgement])
        self._refresh(self.sample.units[number])
        return self.item(number)

    def _unread(self) -> Item | None:
        regions = {(one.document, one.start, one.end): one.id for one in self._project.work.regions() if one.attached}
        places = [(unit.document, unit.start, unit.end) for unit in self.sample.units]
        mine = [(regions[place], number) for number, place in enumerate(places) if place in regions]
        if not mine:
            return None
        region, number = max(mine)
        self._project.work.remove_gold([], [region])
        self._read.discard(self.sample.units[number].id)
        return self.item(number)

    def _stands(self, unit: Unit) -> bool:
        return unit.attached and unit.document in self._names

    def _refresh(self, unit: Unit) -> None:
        place = place_of(unit)
        self._verdicts.pop(place, None)
        for one in sorted(self._project.work.judgements(unit.document), key=lambda item: item.id):
            if one.attached and (one.document, one.start, one.end, one.label) == place:
                self._verdicts[place] = one

    def _gold(self, unit: Unit) -> list[GoldSpan]:
        return [gold for gold in self._project.work.gold(unit.document) if gold.attached and unit.start <= gold.start < unit.end]

    def _found(self, unit: Unit) -> tuple[Span, ...]:
        """What stands in a sentence: gold spans, if a person labelled any, else what the run keeps."""
        if self._results is None:
            return ()
        gold = [Span(one.start, one.end, one.label, kind="gold") for one in self._gold(unit)]
        kept = [] if gold else [span for span in self._results.machine_spans(unit.document) if span.kind == "kept"]
        return tuple(gold or (span for span in kept if unit.start <= span.start < unit.end))


def read_units(project: Project, sample: Sample) -> set[int]:
    """The units of a sample of sentences that lie in a region which a person has read."""
    return {unit.id for unit, how in zip(sample.units, _readings(project, sample), strict=True) if how}


def counted_units(project: Project, sample: Sample) -> set[int]:
    """Those of them that count in an estimate: what was read by chance waits until judging comes to it, as in `counted`."""
    how = _readings(project, sample)
    everything = all(one or not unit.attached for one, unit in zip(how, sample.units, strict=True))
    reached = len(how) if everything else max((row for row, one in enumerate(how) if one == "drawn"), default=-1)
    return {unit.id for row, (unit, one) in enumerate(zip(sample.units, how, strict=True)) if one and row <= reached}


def _readings(project: Project, sample: Sample) -> list[Literal["", "drawn", "by chance"]]:
    """How each unit was read: by itself, because it was drawn, or as part of something longer; empty if it was not."""
    regions: dict[int, set[tuple[int, int]]] = {}
    for region in project.work.regions():
        if region.attached:
            regions.setdefault(region.document, set()).add((region.start, region.end))
    found: list[Literal["", "drawn", "by chance"]] = []
    for unit in sample.units:
        near = regions.get(unit.document, set()) if unit.attached else set()
        is_inside = any(start <= unit.start and unit.end <= end for start, end in near)
        found.append("drawn" if (unit.start, unit.end) in near else "by chance" if is_inside else "")
    return found


def open_judging(project: Project, sample: Sample | None = None, judge: str = "") -> Judging:
    """The queue of `sample`; by default of the newest sample that has something left to judge, or of the newest.

    Raises InputError where no sample was drawn.
    """
    if sample is not None:
        return Judging(project, sample, judge)
    queues = [Judging(project, one, judge) for one in reversed(samples(project))]
    if not queues:
        remedy = f"draw one with `farspan sample {project.path.name} -n 100`"
        raise InputError("no sample was drawn yet", where=project.database.where, remedy=remedy)
    return next((queue for queue in queues if queue.done < queue.total), queues[0])


def labels_of(project: Project) -> list[str]:
    """The labels a judge may choose from: those of the lists in their order, then those of gold spans."""
    rules = project.rules.in_force()
    labels: dict[str, None] = {}
    for stored in project.lists.all():
        override = rules.of(stored.name).label
        own = project.lists.load(stored.name).labels if not override else None
        labels |= dict.fromkeys([override or stored.label, *(sorted(set(own)) if own is not None else ())])
    labels |= dict.fromkeys(sorted({gold.label for gold in project.work.gold()}))
    labels.pop("", None)
    return list(labels)
