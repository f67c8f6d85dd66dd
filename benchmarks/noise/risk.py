"""How well signals order wrong spans before right ones, before and after judgements, on runs whose truth is known."""

from collections.abc import Iterator

import numpy as np

from benchmarks.noise.resampling import Result
from benchmarks.noise.runs import Known
from farspan.noise.evidence import outcome_of
from farspan.noise.fitted import auc, fit_signals
from farspan.noise.signals import signals

JUDGED = 100
DRAWS = 20


def risk_order(known: Known, draws: int = DRAWS) -> Iterator[Result]:
    """The area under the curve of the gold-free signal, and of the risk fitted on 100 verdicts, over the spans not judged."""
    found = signals(known.run, known.session.lexicon)
    outcome = outcome_of(known.run, known.evidence)
    judged = np.flatnonzero(outcome.verdict >= 0)
    rows, wrong = outcome.rows[judged], outcome.verdict[judged] == 0
    size = min(JUDGED, len(rows) // 2)  # small corpora: half of them, so that there is something left to order
    after, before = [], []
    for seed in range(draws):
        order = np.random.default_rng(seed).permutation(len(rows))
        drawn, rest = order[:size], order[size:]
        fitted = fit_signals(found, rows[drawn], wrong[drawn])
        after.append(auc(fitted.values[rows[rest]], wrong[rest]) or np.nan)
        before.append(auc(found.risks[rows[rest]], wrong[rest]) or np.nan)
    figures = {
        "gold-free": auc(found.risks[rows], wrong) or np.nan,
        "rest": float(np.nanmean(before)),
        "fitted": float(np.nanmean(after)),
        "spans": float(len(rows)),
        "wrong": float(wrong.mean()),
    }
    yield Result(known.name, f"{size} verdicts", figures)
