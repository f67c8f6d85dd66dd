"""Samples that were drawn to be judged, and the estimates of noise that came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from farspan.errors import InputError
from farspan.store import schema
from farspan.store.database import Database, now
from farspan.store.history import History, Operation
from farspan.store.work import anchored_rows


@dataclass(frozen=True, slots=True)
class Design:
    """How a sample was drawn: `drawn` of `population` units, by `method`, with the random numbers of `seed`.

    rule_set: the rules whose result was sampled. details: strata, their sizes and whatever else an estimate needs.
    """

    method: str
    population: int
    drawn: int
    seed: int
    rule_set: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a sample: `[start, end)` of a document in code points, and the probability with which it was drawn."""

    document: int
    start: int
    end: int
    probability: float
    label: str = ""
    stratum: str = ""
    id: int = 0
    attached: bool = True


@dataclass(frozen=True, slots=True)
class Estimate:
    """A stored report on noise: its figures never change. stale: other rules are in force than those it speaks of."""

    method: str
    rule_set: int
    figures: Mapping[str, Any]
    design: int | None = None
    id: int = 0
    made_at: str = ""
    stale: bool = False


class Audits:
    """The room of samples and estimates. Storing one is an action that can be undone."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history

    def draw(self, design: Design, units: Sequence[Unit]) -> int:
        """The number of the stored sample. Raises InputError for a probability outside (0, 1] or a place outside its text."""
        for unit in units:
            if not 0 < unit.probability <= 1:
                raise InputError(f"a unit drawn with probability {unit.probability}", remedy="give one above 0 and up to 1")
        with self._history.action("draw_sample", f"Sample of {len(units):,} ({design.method})") as action:
            number = action.insert(schema.audit_design, [_design_row(design)])[0]
            rows = anchored_rows(
                action.connection,
                units,
                lambda item: {
                    "design_id": number, "label": item.label, "stratum": item.stratum, "probability": item.probability,
                },
            )  # fmt: skip
            action.insert(schema.audit_draw, rows)
        return number

    def designs(self) -> list[Design]:
        """The samples, the oldest first."""
        query = (
            "SELECT method, population, drawn, seed, rule_set_id, details, id, made_at FROM audit_design"
            " WHERE removed = 0 ORDER BY id"
        )
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(query).all()
        return [replace(Design(*row), details=orjson.loads(row.details)) for row in rows]

    def units(self, design: int) -> list[Unit]:
        """The units of a sample in the order in which they were drawn."""
        query = (
            'SELECT document_id, start, "end", probability, label, stratum, id, attached FROM audit_draw'
            " WHERE design_id = ? ORDER BY id"
        )
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(query, (design,)).all()
        return [replace(Unit(*row), attached=bool(row.attached)) for row in rows]

    def add_estimate(self, estimate: Estimate) -> Operation | None:
        """Store an estimate. It is stale at once if other rules are in force by now."""
        with self._history.action("store_estimate", f"Estimate: {estimate.method}") as action:
            query = "SELECT value FROM setting WHERE name = 'rule_set'"
            present = action.connection.exec_driver_sql(query).scalar()
            row = {
                "method": estimate.method,
                "rule_set_id": estimate.rule_set,
                "design_id": estimate.design,
                "figures": _json(estimate.figures),
                "made_at": now(),
                "stale": int(present != str(estimate.rule_set)),
            }
            action.insert(schema.noise_estimate, [row])
        return action.operation

    def estimates(self) -> list[Estimate]:
        """The stored estimates, the oldest first."""
        query = (
            "SELECT method, rule_set_id, figures, design_id, id, made_at, stale FROM noise_estimate WHERE removed = 0 ORDER BY id"
        )
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(query).all()
        return [replace(Estimate(*row), figures=orjson.loads(row.figures), stale=bool(row.stale)) for row in rows]


def _design_row(design: Design) -> dict[str, Any]:
    return {
        "method": design.method,
        "rule_set_id": design.rule_set,
        "population": design.population,
        "drawn": design.drawn,
        "seed": design.seed,
        "details": _json(design.details),
        "made_at": now(),
    }


def _json(value: Mapping[str, Any]) -> str:
    return orjson.dumps(dict(value), option=orjson.OPT_SORT_KEYS | orjson.OPT_SERIALIZE_NUMPY).decode()
