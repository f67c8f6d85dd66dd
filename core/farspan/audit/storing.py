"""Everything that is measured of a project at one moment, in plain values; and keeping it, so that it can be cited later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from farspan.audit.estimates import STRATIFIED, Measured, Precision, forecasts
from farspan.audit.quoting import quote
from farspan.audit.reading import ReadText, read_gold, read_sentences
from farspan.audit.tokens import unlabelled_recall
from farspan.job import SILENT, Job
from farspan.noise.intervals import LEVEL
from farspan.store.audits import Estimate as StoredEstimate
from farspan.store.history import Operation
from farspan.store.project import Project

JUDGED: Final = "precision from judged spans"
AUDITED: Final = "recall from unlabelled tokens"
SENTENCES: Final = "recall and F1 from random sentences"
GOLD: Final = "scores against gold labels"


@dataclass(frozen=True, slots=True)
class Measurements:
    """What is known of the newest run. Each part is empty or None where nobody has judged or read anything.

    run, rule_set: their numbers; sha256: of the rule set. edits: manual edits, which no number here counts in.
    """

    run: int
    rule_set: int
    sha256: str
    edits: int
    precision: tuple[Measured, ...]
    tokens: Measured | None
    sentences: ReadText | None
    gold: ReadText | None

    def all(self) -> list[Measured]:
        """Every number, those with nothing behind them left out."""
        read = [one.measured() for one in (self.sentences, self.gold) if one is not None]
        tokens = [self.tokens] if self.tokens is not None else []
        rows = (*self.precision, *tokens, *(row for part in read for row in part))
        return [one for one in rows if one.estimate.value is not None]

    def quoted(self, one: Measured) -> str:
        """`one` as the sentence to quote."""
        return quote(one, self.sha256)


def measure(project: Project, job: Job = SILENT) -> Measurements | None:
    """Everything that is measured of the newest run; None before the first run."""
    results = project.results()
    if results is None:
        return None
    run = results.run
    precision = Precision(project)
    rows = [precision.of(), *precision.by_label(), *precision.by_source()]
    tokens = unlabelled_recall(project, precision)
    return Measurements(
        run.id,
        run.rule_set_id,
        project.rules.sha256(run.rule_set_id),
        len(project.work.edits()),
        tuple(one for one in rows if one.estimate.value is not None),
        tokens if tokens is not None and tokens.estimate.value is not None else None,
        read_sentences(project, results, job),
        read_gold(project, results, job),
    )


def measured_json(one: Measured, sha256: str = "") -> dict[str, Any]:
    """A number under the names of the commands' JSON; interval ends are null where there is none."""
    interval = one.estimate.interval
    return {
        "quantity": one.quantity,
        "label": one.label,
        "list": one.source,
        "estimate": one.estimate.value,
        "lower": None if interval is None else interval.lower,
        "upper": None if interval is None else interval.upper,
        "n": one.estimate.n,
        "unsure": one.unsure,
        "open": one.open,
        "unit": one.unit,
        "design": one.design,
        "interval": one.interval,
        "level": LEVEL,
        "samples": list(one.samples),
        "population": one.population,
        "covered": one.covered,
        "forecast": _forecast(one),
        "sentence": quote(one, sha256),
    }  # fmt: skip


def _forecast(one: Measured) -> list[dict[str, Any]]:
    """What more verdicts on spans would bring."""
    steps = forecasts(one.estimate) if one.design == STRATIFIED else []
    return [{"more": step.more, "half_width": [step.low, step.high]} for step in steps]


def store_measurements(project: Project, job: Job = SILENT) -> list[Operation]:
    """Keep what is measured now; what the project has already, figure for figure, is not kept twice. The log's rows come back."""
    found = measure(project, job)
    if found is None:
        return []
    known = [(one.method, one.rule_set, one.figures) for one in project.audits.estimates()]
    done = []
    for method, rows in _by_method(found).items():
        figures: Mapping[str, Any] = {"run": found.run, "estimates": [measured_json(one, found.sha256) for one in rows]}
        if not rows or (method, found.rule_set, figures) in known:
            continue
        designs = sorted({number for one in rows for number in one.samples})
        stored = StoredEstimate(method, found.rule_set, figures, designs[-1] if designs else None)
        operation = project.audits.add_estimate(stored)
        done += [operation] if operation is not None else []
    return done


def _by_method(found: Measurements) -> dict[str, Sequence[Measured]]:
    read = {SENTENCES: found.sentences, GOLD: found.gold}
    rows: dict[str, Sequence[Measured]] = {JUDGED: found.precision, AUDITED: [found.tokens] if found.tokens is not None else []}
    for method, one in read.items():
        rows[method] = [row for row in one.measured() if row.estimate.value is not None] if one is not None else []
    return rows
