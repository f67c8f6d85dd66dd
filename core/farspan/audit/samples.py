"""Samples as the project keeps them: what was drawn, in the order to judge it, with what was drawn later to extend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from farspan.audit.population import Place
from farspan.errors import InputError
from farspan.noise.sampling import AuditSample
from farspan.store.audits import Design, Unit
from farspan.store.project import Project
from farspan.store.work import Judgement

Method = Literal["spans", "sentences", "tokens"]

SPANS: Final = "spans"
SENTENCES: Final = "sentences"
TOKENS: Final = "tokens"
SHOWN: Final[Mapping[str, str]] = {
    SPANS: "spans stratified by risk",
    SENTENCES: "random sentences",
    TOKENS: "unlabelled tokens stratified by score",
}
"""The methods in words."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: a first design and those that extend it, and their units in the order to judge them."""

    designs: tuple[Design, ...]
    units: tuple[Unit, ...]

    @property
    def first(self) -> Design:
        """The design that the others extend."""
        return self.designs[0]

    @property
    def number(self) -> int:
        """What the sample is called: the number of its first design."""
        return self.first.id

    @property
    def method(self) -> str:
        """`SPANS`, `SENTENCES` or `TOKENS`."""
        return self.first.method

    @property
    def label(self) -> str:
        """The label it was drawn of; empty: all."""
        return str(self.first.details.get("label", ""))

    @property
    def source(self) -> str:
        """The list it was drawn of; empty: all."""
        return str(self.first.details.get("source", ""))

    @property
    def population(self) -> str:
        """The hash of what it was drawn from."""
        return str(self.first.details.get("population", ""))

    @property
    def title(self) -> str:
        """The sample in words."""
        of = " ".join(name for name in (self.label, self.source and f"by {self.source}") if name)
        return SHOWN[self.method] + (f" of {of}" if of else "")

    def notes(self) -> list[Mapping[str, Any]]:
        """What is known of each unit: source, name, risk, reasons; empty for sentences."""
        return [note for design in self.designs for note in design.details.get("notes", ())]

    def as_audit(self) -> AuditSample:
        """The sample as the mathematics knows it; items are its units."""
        return AuditSample(
            np.arange(len(self.units), dtype=np.int64),
            np.array([int(unit.stratum or 0) for unit in self.units], np.int32),
            np.array([unit.probability for unit in self.units]),
            np.array(self.first.details["strata"], np.int64),
            self.first.seed,
        )


def samples(project: Project, method: str = "") -> list[Sample]:
    """The samples, the oldest first; of one method, if it is named."""
    chains: dict[int, list[Design]] = {}
    for design in project.audits.designs():
        if design.method in SHOWN and method in {"", design.method}:
            chains.setdefault(int(design.details.get("extends") or design.id), []).append(design)
    return [
        Sample(tuple(chain), tuple(_units(project, chain))) for chain in chains.values() if not chain[0].details.get("extends")
    ]


def sample(project: Project, number: int) -> Sample:
    """The sample that has this number, or a design of this number. Raises InputError if there is none."""
    found = samples(project)
    for one in found:
        if number in {design.id for design in one.designs}:
            return one
    known = ", ".join(str(one.number) for one in found)
    raise InputError(
        f"no sample has the number {number}",
        where=project.database.where,
        remedy=f"choose one of: {known}" if known else "draw one with `farspan sample`",
    )


def _units(project: Project, chain: Sequence[Design]) -> list[Unit]:
    return [unit for design in chain for unit in project.audits.units(design.id)]


def verdicts(project: Project) -> dict[Place, Judgement]:
    """The newest verdict that stands on each place, whatever it was given for: what a person said of a place once counts."""
    found: dict[Place, Judgement] = {}
    for one in sorted(project.work.judgements(), key=lambda item: item.id):
        if one.attached:
            found[one.document, one.start, one.end, one.label] = one
    return found


def place_of(unit: Unit) -> Place:
    """How judgements know a unit."""
    return unit.document, unit.start, unit.end, unit.label


def counted(sample: Sample, known: Mapping[Place, Judgement]) -> list[Judgement | None]:
    """For each unit of a sample of spans or tokens the verdict that counts in an estimate, None if there is none.

    The units come in random order, so those up to where judging has come are a random choice. A verdict that was given to a unit
    further on, because somebody happened to look there, waits until judging comes to it: people look where things are wrong.
    """
    found = [known.get(place_of(unit)) if unit.attached else None for unit in sample.units]
    own = {unit.id for unit in sample.units}
    if all(one is not None for one, unit in zip(found, sample.units, strict=True) if unit.attached):
        return found
    reached = max((row for row, one in enumerate(found) if one is not None and one.draw in own), default=-1)
    return [one if row <= reached else None for row, one in enumerate(found)]
