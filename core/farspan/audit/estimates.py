"""What judged samples of spans say of precision: overall, by label, by list; after a rule change too. Never without a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from farspan.audit.population import Place, Population, population_of
from farspan.audit.samples import SPANS, Sample, counted, place_of, samples, verdicts
from farspan.noise.intervals import LEVEL, NOTHING, Estimate, wilson
from farspan.noise.sampling import domain_estimate, precision_estimate
from farspan.store.project import Project
from farspan.store.work import Judgement

Quantity = Literal["precision", "recall", "F1"]
STRATIFIED: Final = "stratified by risk"
MORE: Final = (10, 30, 100)
"""After how many further judgements the width of an interval is foretold."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One number that judgements stand behind, about a label, a list, or (both empty) everything.

    unsure: judged as unsure, and left out; open: drawn and not judged yet. design: how the units were drawn; interval: how the
    interval was made. samples: their numbers. population: how many spans (or sentences) it speaks of; covered: which share of
    them could have been drawn: what came with later rules or texts could not; None where that is unknown. rule_set: its SHA-256.
    """

    quantity: Quantity
    label: str
    source: str
    estimate: Estimate
    unsure: int
    open: int
    unit: str
    design: str
    interval: str
    samples: tuple[int, ...]
    population: int
    covered: float | None
    rule_set: str = ""

    def __str__(self) -> str:
        """The sentence to quote."""
        from farspan.audit.quoting import quote  # noqa: PLC0415  (which speaks of this class)

        return quote(self, self.rule_set)


@dataclass(frozen=True, slots=True)
class Forecast:
    """After `more` judgements the interval is likely to reach from `low` to `high` to either side."""

    more: int
    low: float
    high: float


class Precision:
    """Precision of the newest run from all judged samples of spans; made once, asked for as many parts as wanted."""

    def __init__(
        self, project: Project, population: Population | None = None, known: Mapping[Place, Judgement] | None = None
    ) -> None:
        results = project.results()
        self.run = None if results is None else results.run
        self.population = population or (population_of(results) if results is not None else None)
        self._project = project
        self._samples = samples(project, SPANS)
        self._verdicts = verdicts(project) if known is None else known
        self._old: dict[int, Population | None] = {}

    def of(self, label: str = "", source: str = "") -> Measured:
        """Precision of one label, one list, or everything; of several samples that speak of it the one that says most counts."""
        if self.population is None:
            return _nothing(label, source, 0)
        part = self.population.where(
            label if label in self.population.label_names else "", source if source in self.population.source_names else ""
        )
        missing = (label and label not in self.population.label_names) or (source and source not in self.population.source_names)
        found = [] if missing else [self._from(one, part, label, source) for one in self._samples]
        return max(found, key=_weight, default=_nothing(label, source, 0 if missing else len(part)))

    def by_label(self) -> list[Measured]:
        """Precision of each label of the run."""
        return [self.of(label=label) for label in sorted(self._names("label"))]

    def by_source(self) -> list[Measured]:
        """Precision of each list that the run keeps something of."""
        return [self.of(source=source) for source in self._names("source")]

    def beside(self) -> Estimate:
        """Which share of all spans is wrong but stands on an entity with another label or border, as people said.

        From the newest judged sample of just these spans; nothing where there is none.
        """
        whole = "" if self.population is None else self.population.sha256
        for one in reversed(self._samples):
            if one.population == whole:
                found = precision_estimate(one.as_audit(), [_is_beside(said) for said in counted(one, self._verdicts)])
                if found.value is not None:
                    return found
        return NOTHING

    def _names(self, which: str) -> Sequence[str]:
        if self.population is None:
            return ()
        return self.population.label_names if which == "label" else self.population.source_names

    def _from(self, sample: Sample, part: Population, label: str, source: str) -> Measured:
        """What one sample says of `part`: directly if it was drawn from just that, else as a domain of it."""
        mine = set(part.places)
        inside = np.fromiter((place_of(unit) in mine for unit in sample.units), np.bool_, len(sample.units))
        found = counted(sample, self._verdicts)
        said = _said(found)
        covered: float | None
        if sample.population == part.sha256:
            estimate, covered = precision_estimate(sample.as_audit(), said), 1.0
        else:
            common = self._common(sample, part)
            made = domain_estimate(sample.as_audit(), said, inside, domain_size=len(part), common=common or 0)
            estimate, covered = made.estimate, None if common is None else made.covered
        units = [(one, unit) for one, unit, is_in in zip(found, sample.units, inside.tolist(), strict=True) if is_in]
        left = sum(place_of(unit) not in self._verdicts for _one, unit in units)
        return Measured(
            "precision", label, source, estimate, _unsure([one for one, _unit in units]), left, "spans", STRATIFIED, "Wilson",
            (sample.number,), len(part), covered,
        )  # fmt: skip

    def _common(self, sample: Sample, part: Population) -> int | None:
        """How many spans of `part` could have been drawn into `sample`; None if its run is gone."""
        old = self._drawn_from(sample)
        if old is None:
            return None
        return len(set(part.places) & set(old.places))

    def _drawn_from(self, sample: Sample) -> Population | None:
        number = int(sample.first.details["run"])
        if number not in self._old:
            if self.run is not None and number == self.run.id:
                self._old[number] = self.population
            else:
                known = {run.id for run in self._project.runs.all()}
                results = self._project.results(number) if number in known else None
                self._old[number] = None if results is None else population_of(results)
        old = self._old[number]
        if old is None:
            return None
        return old.where(sample.label, sample.source)


def _nothing(label: str, source: str, population: int) -> Measured:
    return Measured("precision", label, source, NOTHING, 0, 0, "spans", "", "", (), population, None)


def _weight(one: Measured) -> tuple[float, int]:
    """How much an estimate says: the newest of those with the most judgements on what they cover."""
    return one.estimate.n * (one.covered if one.covered is not None else 0.5), one.samples[-1] if one.samples else 0


def sample_precision(sample: Sample, known: Mapping[Place, Judgement]) -> Measured:
    """What a sample of spans says of what it was drawn from: the running estimate while it is judged."""
    found = counted(sample, known)
    estimate = precision_estimate(sample.as_audit(), _said(found))
    left = sum(place_of(unit) not in known for unit in sample.units)
    return Measured(
        "precision", sample.label, sample.source, estimate, _unsure(found), left, "spans", STRATIFIED, "Wilson",
        (sample.number,), int(sum(sample.first.details["strata"])), 1.0,
    )  # fmt: skip


def _said(found: Sequence[Judgement | None]) -> list[bool | None]:
    """The verdict on each unit: True, False, or None for unsure or open."""
    return [None if one is None or one.verdict == "unsure" else one.verdict == "right" for one in found]


def _is_beside(said: Judgement | None) -> bool | None:
    """Whether a span was judged wrong because the entity there has another label or border; None: unsure or open."""
    if said is None or said.verdict == "unsure":
        return None
    return said.verdict == "wrong" and bool(said.right_label)


def _unsure(found: Sequence[Judgement | None]) -> int:
    return sum(one is not None and one.verdict == "unsure" for one in found)


def forecasts(estimate: Estimate, more: Sequence[int] = MORE, level: float = LEVEL) -> list[Forecast]:
    """How wide the interval is likely to be after `more` judgements; empty before there is one to go by.

    A range, because the share may turn out to lie anywhere in its present interval; the gain over a simple sample stays.
    """
    if estimate.value is None or estimate.interval is None or estimate.n == 0:
        return []
    plain = wilson(estimate.value, estimate.n, level)
    assert plain is not None  # noqa: S101  (n is above 0)
    gain = estimate.interval.width / plain.width
    low, high = estimate.interval.lower, estimate.interval.upper
    shares = (low, estimate.value, high, min(max(0.5, low), high))
    found = []
    for count in more:
        widths = [made.width for made in (wilson(share, estimate.n + count, level) for share in shares) if made is not None]
        found.append(Forecast(count, min(widths) * gain / 2, max(widths) * gain / 2))
    return found
