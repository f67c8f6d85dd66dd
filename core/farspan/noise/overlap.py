"""What each source gives, and how sources overlap, agree and conflict: counted from the candidates of one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

import numpy as np

from farspan.diff import difference
from farspan.job import SILENT, Job
from farspan.model import BoolArray, LongArray
from farspan.noise.evidence import UNKNOWN, Evidence, outcome_of
from farspan.noise.intervals import Estimate, proportion
from farspan.options import ConflictPolicy
from farspan.run import Run, Source
from farspan.session import Session

NEAR_COPY: Final = 0.5
"""Two lists are near-copies if they share more than this part of the names, or of the places, that either has."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source. names, matched_names: names of the list, and those that stand in the text. candidates: free ones.

    kept: spans it gives. unique: of those, the spans where no other list has a free candidate that overlaps. precision: of its
    spans that people judged, taken as independent and as drawn with equal chances; its value is None where none was.
    """

    source: str
    label: str
    names: int
    matched_names: int
    candidates: int
    kept: int
    unique: int
    precision: Estimate


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Two lists that are nearly one: of what (names, places) either has, the part that both have (Jaccard)."""

    one: str
    other: str
    of: str
    jaccard: float


@dataclass(frozen=True, eq=False)
class Overlaps:
    """How the sources of a run overlap. agree, conflict, touch: int64[s, s], by the order of `run.rules.sources`.

    agree[i, j]: free candidates of i that stand just where one of j does, with its label. conflict: just there with another
    label. touch: those that overlap one of j otherwise. The diagonal counts the free candidates of a source that stand alone.
    """

    run: Run
    names: tuple[str, ...]
    agree: LongArray
    conflict: LongArray
    touch: LongArray

    def rows(self, kind: str, one: int, other: int) -> LongArray:
        """int64: the candidates behind a cell of `kind` (agree, conflict or touch), rows of `run.contest`, in text order."""
        places = self.places
        if one == other:
            alone = np.ones(len(places.rows[one]), np.bool_)
            for number in range(len(self.names)):
                if number != one:
                    alone &= ~places.touches(one, number)
        else:
            alone = _cells(places, one, other)[kind]
        chosen: LongArray = places.rows[one][alone]
        return chosen

    @cached_property
    def places(self) -> _Places:
        """The free candidates of each source."""
        return _Places(self.run)

    def near_copies(self, limit: float = NEAR_COPY) -> list[NearCopy]:
        """Pairs of lists of which more than `limit` is shared, the nearest first."""
        return sorted(self._pairs(limit), key=lambda pair: -pair.jaccard)

    def _pairs(self, limit: float) -> Iterator[NearCopy]:
        sources = self.run.rules.sources
        folded = [{surface.casefold() for surface in source.entity_list.surfaces} for source in sources]
        for i, j in combinations(range(len(sources)), 2):
            shared = len(folded[i] & folded[j])
            either = len(folded[i]) + len(folded[j]) - shared
            if either and shared / either > limit:
                yield NearCopy(self.names[i], self.names[j], "names", shared / either)
            mine, theirs = (np.unique(self.places.keys[number]) for number in (i, j))
            same = len(np.intersect1d(mine, theirs, assume_unique=True))
            union = len(mine) + len(theirs) - same
            if union and same / union > limit:
                yield NearCopy(self.names[i], self.names[j], "places", same / union)


class _Places:
    """The free candidates of each source on the line: rows of the contest, extents, labels."""

    def __init__(self, run: Run) -> None:
        contest = run.contest.by_extent()
        free = np.flatnonzero(contest.blocked == 0)
        self.rows = [free[contest.sources[free] == number] for number in range(len(run.rules.sources))]
        self.starts = [contest.starts[rows].astype(np.int64) for rows in self.rows]
        self.ends = [contest.ends[rows].astype(np.int64) for rows in self.rows]
        self.labels = [run.label_ids[rows].astype(np.int64) for rows in self.rows]
        self.keys = [starts << 32 | ends for starts, ends in zip(self.starts, self.ends, strict=True)]

    def touches(self, one: int, other: int) -> BoolArray:
        """bool[candidates of `one`]: which overlap a candidate of `other`."""
        starts, ends = self.starts[other], self.ends[other]
        if not len(starts):
            return np.zeros(len(self.rows[one]), np.bool_)
        reach = np.maximum.accumulate(ends)
        last = np.searchsorted(starts, self.ends[one], side="left") - 1
        overlaps: BoolArray = (last >= 0) & (reach[np.maximum(last, 0)] > self.starts[one])
        return overlaps


def overlaps(run: Run) -> Overlaps:
    """How the sources of `run` overlap, in whole tables."""
    size = len(run.rules.sources)
    tables = {kind: np.zeros((size, size), np.int64) for kind in ("agree", "conflict", "touch")}
    found = Overlaps(run, tuple(source.name for source in run.rules.sources), *tables.values())
    for one in range(size):
        for other in range(size):
            if one != other:
                for kind, flags in _cells(found.places, one, other).items():
                    tables[kind][one, other] = int(flags.sum())
        alone = len(found.rows("touch", one, one))
        for table in tables.values():
            table[one, one] = alone
    return found


def _cells(places: _Places, one: int, other: int) -> Mapping[str, BoolArray]:
    """Which candidates of `one` agree with, conflict with and otherwise touch those of `other`."""
    same = np.zeros(len(places.keys[one]), np.bool_)
    differs = same.copy()
    for label in np.unique(places.labels[other]).tolist():
        there = np.isin(places.keys[one], places.keys[other][places.labels[other] == label])
        same |= there & (places.labels[one] == label)
        differs |= there & (places.labels[one] != label)
    return {"agree": same, "conflict": differs, "touch": places.touches(one, other) & ~same & ~differs}


def source_table(run: Run, evidence: Evidence | None = None, sources: Sequence[Source] | None = None) -> list[SourceRow]:
    """What each source gives. evidence: what people judged, where they did. sources: further ones, that are switched off."""
    places = _Places(run)
    spans = run.contest.sources[run.spans.rows]
    judged = None if evidence is None else _judged(run, evidence)
    rows = []
    for number, source in enumerate(run.rules.sources):
        names = source.entity_list
        touched = np.zeros(len(places.rows[number]), np.bool_)
        for other in range(len(run.rules.sources)):
            if other != number:
                touched |= places.touches(number, other)
        unique = np.isin(run.spans.rows[spans == number], places.rows[number][~touched])
        counts = np.zeros(2, np.int64) if judged is None else judged[number]
        rows.append(
            SourceRow(
                source.name, source.options.label or names.label, len(names), len(np.unique(run.found[number].names)),
                len(places.rows[number]), int((spans == number).sum()), int(unique.sum()),
                proportion(int(counts[1]), int(counts.sum())),
            )
        )  # fmt: skip
    active = {row.source for row in rows}
    off = [source for source in sources or () if source.name not in active]
    nothing = proportion(0, 0)
    return rows + [
        SourceRow(s.name, s.options.label or s.entity_list.label, len(s.entity_list), 0, 0, 0, 0, nothing) for s in off
    ]


def _judged(run: Run, evidence: Evidence) -> LongArray:
    """int64[sources, 2]: judged spans of each source that are wrong, and right."""
    outcome = outcome_of(run, evidence)
    known = np.flatnonzero(outcome.verdict != UNKNOWN)
    sources = run.contest.sources[run.spans.rows[outcome.rows[known]]].astype(np.int64)
    cells = sources * 2 + outcome.verdict[known]
    return np.bincount(cells, minlength=2 * len(run.rules.sources)).reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """What happens to the result without one source: spans that go, that come instead, and that change border or label."""

    source: str
    removed: int
    added: int
    changed: int


def without_each(
    session: Session, sources: Sequence[Source], policy: ConflictPolicy | None = None, job: Job = SILENT
) -> list[SwitchedOff]:
    """What switching off each active source would do; only conflicts are decided again. With one source all its spans go."""
    before = session.run(sources, policy, job)
    found = []
    for number, source in enumerate(sources):
        if not source.options.active:
            continue
        job.progress(number, len(sources), f"without {source.name}")
        left = [other for place, other in enumerate(sources) if place != number]
        change = difference(before, session.run(left, policy))
        found.append(SwitchedOff(source.name, len(change.removed), len(change.added), len(change.changed)))
    session.run(sources, policy)  # so that what comes next starts from the rules in force
    return found
