"""A risk fitted on judgements: logistic regression on the signs, so that what people judged re-orders what they have not.

It is still a signal: it orders spans, and no number of it is an estimate of precision. Fitted anew for every corpus, because a
model fitted on one corpus orders another one badly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from farspan.model import BoolArray, IntArray, LongArray
from farspan.noise.clusters import FloatArray
from farspan.noise.signals import RunSignals
from farspan.run import Run

Method = Literal["mean of ranks", "logistic regression"]
AT_LEAST: Final = 20
AT_LEAST_EACH: Final = 5
FOLDS: Final = 5
_STRENGTH: Final = 0.02  # of the regression: C of scikit-learn, small because the judgements are few
_TRUST: Final = 2.0  # how many times less the mean of ranks is held back than a single sign
_MARGIN: Final = 0.05  # by so much the model may seem to order worse before it is dropped: with few judgements that is chance


@dataclass(frozen=True, slots=True, eq=False)
class FittedRisk:
    """How risky each span is, by what was judged.

    values: float64[spans], 0..1; that of a judged span comes from judgements on others. method: what orders the spans; why: the
    reason in words. judged, wrong: judgements it rests on. auc: how often it puts a wrong span before a right one, over spans it
    was not fitted on; by_ranks: the same of the mean of ranks. None where it cannot be said. weights: sign -> what it counts.
    """

    values: FloatArray
    method: Method
    why: str
    judged: int
    wrong: int
    auc: float | None
    by_ranks: float | None
    weights: dict[str, float]


def fit_signals(signals: RunSignals, judged: LongArray, wrong: BoolArray) -> FittedRisk:
    """The risk of every span of a run from verdicts on some: its signs, and how often its list, label and name were wrong.

    judged: int64[m], rows of `run.spans`; wrong: bool[m]. See `fit_risk`.
    """
    run = signals.run
    candidates = run.spans.rows
    sources, names = run.contest.sources[candidates], run.contest.names[candidates]
    numbers = run.rules.first_name[sources] + names
    lengths = (run.spans.ends - run.spans.starts).astype(np.float64)
    further = {
        "frequency": np.log(np.bincount(numbers)[numbers]) if len(numbers) else np.zeros(0),
        "tokens": lengths,
        "dissent": _dissent(run),
        **_indicators("list", sources, [source.name for source in run.rules.sources]),
        **_indicators("label", run.spans.label_ids, run.rules.labels),
    }
    columns = np.concatenate([signals.features, np.stack(list(further.values()), axis=1)], axis=1)
    return fit_risk(columns, signals.risks, judged, wrong, (*signals.signs, *further), numbers)


def fit_risk(  # noqa: PLR0917  (columns of one table)
    features: FloatArray,
    fallback: FloatArray,
    judged: LongArray,
    wrong: BoolArray,
    signs: tuple[str, ...] = (),
    names: LongArray | None = None,
) -> FittedRisk:
    """The risk of every span from verdicts on some.

    features: float64[spans, k] and fallback: float64[spans], as `RunSignals.features` and `.risks`. judged: int64[m], rows with a
    verdict; wrong: bool[m]. names: int64[spans], the name of each span, where verdicts on a name speak for its other spans too.
    With fewer than 20 verdicts, or fewer than 5 of either kind, or where the model orders what it has not seen clearly worse than
    the mean of ranks does, the mean of ranks stays. The same input gives the same output.
    """
    many, few = int(wrong.sum()), int(min(wrong.sum(), len(wrong) - wrong.sum()))
    by_ranks = auc(fallback[judged], wrong)
    if len(judged) < AT_LEAST or few < AT_LEAST_EACH:
        why = f"{len(judged)} verdicts, {many} of them wrong: a model needs {AT_LEAST}, and {AT_LEAST_EACH} of each kind"
        return FittedRisk(fallback, "mean of ranks", why, len(judged), many, None, by_ranks, {})
    columns = np.concatenate([features, fallback[:, None]], axis=1)
    owners = np.arange(len(columns)) if names is None else names
    held_out = _held_out(columns[judged], wrong, owners[judged])
    found = auc(held_out, wrong)
    if found is not None and by_ranks is not None and found < by_ranks - _MARGIN:
        why = f"on spans it had not seen, the model orders worse ({found:.2f}) than the mean of ranks ({by_ranks:.2f})"
        return FittedRisk(fallback, "mean of ranks", why, len(judged), many, found, by_ranks, {})
    weights, predicted = _fitted(columns[judged], wrong, owners[judged], columns, owners)
    predicted[judged] = held_out
    named = dict(zip((*signs, "mean of ranks"), weights.tolist(), strict=True)) if signs else {}
    why = f"fitted on {len(judged)} verdicts, {many} of them wrong"
    return FittedRisk(predicted, "logistic regression", why, len(judged), many, found, by_ranks, named)


def auc(values: FloatArray, wrong: BoolArray) -> float | None:
    """How often a wrong item has a higher value than a right one, ties half; None without one of either."""
    from scipy.stats import rankdata  # noqa: PLC0415  (slow to import)

    bad, good = int(wrong.sum()), int(len(wrong) - wrong.sum())
    if not bad or not good:
        return None
    return float((rankdata(values)[wrong].sum() - bad * (bad + 1) / 2) / (bad * good))


def _held_out(columns: FloatArray, wrong: BoolArray, names: LongArray) -> FloatArray:
    """What models say of each judged span that were fitted on the other folds; folds hold both kinds in proportion."""
    values = np.zeros(len(wrong))
    turn = np.empty(len(wrong), np.int64)
    for kind in (False, True):
        rows = np.flatnonzero(wrong == kind)
        turn[rows] = np.arange(len(rows)) % FOLDS
    for fold in range(FOLDS):
        out = turn == fold
        values[out] = _fitted(columns[~out], wrong[~out], names[~out], columns[out], names[out])[1]
    return values


def _fitted(
    known: FloatArray, wrong: BoolArray, names: LongArray, asked: FloatArray, asked_names: LongArray
) -> tuple[FloatArray, FloatArray]:
    """The weights of the columns, and the fitted values of `asked`."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  (slow to import)

    middle, spread = known.mean(axis=0), known.std(axis=0)
    scale = np.where(spread > 1e-9, spread, 1.0)
    scale[-1] /= _TRUST
    model = LogisticRegression(C=_STRENGTH, max_iter=1000).fit((known - middle) / scale, wrong)
    odds = model.decision_function((asked - middle) / scale)
    odds += _of_names(model.predict_proba((known - middle) / scale)[:, 1], wrong, names, asked_names)
    values: FloatArray = 1 / (1 + np.exp(-odds))
    return model.coef_[0], values


def _of_names(expected: FloatArray, wrong: BoolArray, names: LongArray, asked: LongArray) -> FloatArray:
    """How the verdicts on each name move the log odds of its other spans: one Newton step of a random effect of variance 1."""
    distinct, number = np.unique(names, return_inverse=True)
    step = np.bincount(number, wrong - expected) / (1 + np.bincount(number, expected * (1 - expected)))
    place = np.minimum(np.searchsorted(distinct, asked), len(distinct) - 1)
    return np.where(distinct[place] == asked, step[place], 0.0)


def _indicators(what: str, numbers: IntArray, names: Sequence[str]) -> dict[str, FloatArray]:
    """A column for each of several lists or labels."""
    if len(names) < 2:
        return {}
    return {f"{what} {name}": (numbers == number).astype(np.float64) for number, name in enumerate(names)}


def _dissent(run: Run) -> FloatArray:
    """float64[spans]: of the lists that match where a span stands, the share that does not match it just so, with its label."""
    contest = run.contest.by_extent()
    chosen = run.spans.rows
    starts, ends, labels = contest.starts[chosen], contest.ends[chosen], run.label_ids[chosen]
    touching, agreeing = np.zeros(len(chosen)), np.zeros(len(chosen))
    for number in range(len(run.rules.sources)):
        rows = np.flatnonzero((contest.sources == number) & (contest.blocked == 0))
        if len(rows):
            first = np.searchsorted(np.maximum.accumulate(contest.ends[rows]), starts, side="right")
            touching += np.searchsorted(contest.starts[rows], ends, side="left") > first
            for label in np.unique(run.label_ids[rows]).tolist():
                of_label = rows[run.label_ids[rows] == label]
                keys = contest.starts[of_label].astype(np.int64) << 32 | contest.ends[of_label]
                agreeing += (labels == label) & np.isin(starts.astype(np.int64) << 32 | ends, keys)
    return 1 - np.minimum(agreeing, touching) / np.maximum(touching, 1)
