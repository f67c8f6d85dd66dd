"""A risk fitted on judgements: logistic regression on the signs, so that what people judged re-orders what they have not.

It is still a signal: it orders spans, and no number of it is an estimate of precision. Fitted anew for every corpus, because a
model fitted on one corpus orders another one badly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from farspan.model import BoolArray, LongArray
from farspan.noise.clusters import FloatArray

Method = Literal["mean of ranks", "logistic regression"]
AT_LEAST: Final = 20
AT_LEAST_EACH: Final = 5
FOLDS: Final = 5
_STRENGTH: Final = 0.3  # of the regression: C of scikit-learn, small for few judgements


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


def fit_risk(
    features: FloatArray, fallback: FloatArray, judged: LongArray, wrong: BoolArray, signs: tuple[str, ...] = ()
) -> FittedRisk:
    """The risk of every span from verdicts on some.

    features: float64[spans, k] and fallback: float64[spans], as `RunSignals.features` and `.risks`. judged: int64[m], rows with a
    verdict; wrong: bool[m]. With fewer than 20 verdicts, or fewer than 5 of either kind, or where the model orders what it has
    not seen worse than the mean of ranks does, the mean of ranks stays. The same input gives the same output.
    """
    many, few = int(wrong.sum()), int(min(wrong.sum(), len(wrong) - wrong.sum()))
    by_ranks = auc(fallback[judged], wrong)
    if len(judged) < AT_LEAST or few < AT_LEAST_EACH:
        why = f"{len(judged)} verdicts, {many} of them wrong: a model needs {AT_LEAST}, and {AT_LEAST_EACH} of each kind"
        return FittedRisk(fallback, "mean of ranks", why, len(judged), many, None, by_ranks, {})
    columns = _columns(features, fallback)
    held_out = _held_out(columns[judged], wrong)
    found = auc(held_out, wrong)
    if found is not None and by_ranks is not None and found < by_ranks:
        why = f"on spans it had not seen, the model orders worse ({found:.2f}) than the mean of ranks ({by_ranks:.2f})"
        return FittedRisk(fallback, "mean of ranks", why, len(judged), many, found, by_ranks, {})
    weights, predicted = _fitted(columns[judged], wrong, columns)
    predicted[judged] = held_out
    named = dict(zip((*signs, "mean of ranks"), weights.tolist(), strict=False))
    why = f"fitted on {len(judged)} verdicts, {many} of them wrong"
    return FittedRisk(predicted, "logistic regression", why, len(judged), many, found, by_ranks, named)


def auc(values: FloatArray, wrong: BoolArray) -> float | None:
    """How often a wrong item has a higher value than a right one, ties half; None without one of either."""
    from scipy.stats import rankdata  # noqa: PLC0415  (slow to import)

    bad, good = int(wrong.sum()), int(len(wrong) - wrong.sum())
    if not bad or not good:
        return None
    return float((rankdata(values)[wrong].sum() - bad * (bad + 1) / 2) / (bad * good))


def _columns(features: FloatArray, fallback: FloatArray) -> FloatArray:
    return np.concatenate([features, fallback[:, None]], axis=1)


def _held_out(columns: FloatArray, wrong: BoolArray) -> FloatArray:
    """What models say of each judged span that were fitted on the other folds; folds hold both kinds in proportion."""
    values = np.zeros(len(wrong))
    turn = np.empty(len(wrong), np.int64)
    for kind in (False, True):
        rows = np.flatnonzero(wrong == kind)
        turn[rows] = np.arange(len(rows)) % FOLDS
    for fold in range(FOLDS):
        out = turn == fold
        values[out] = _fitted(columns[~out], wrong[~out], columns[out])[1]
    return values


def _fitted(known: FloatArray, wrong: BoolArray, asked: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The weights of the columns, and the fitted values of `asked`."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  (slow to import)

    middle, spread = known.mean(axis=0), known.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    model = LogisticRegression(C=_STRENGTH, max_iter=1000).fit((known - middle) / scale, wrong)
    values: FloatArray = model.predict_proba((asked - middle) / scale)[:, 1]
    return model.coef_[0], values
