"""What a rule change does to precision, recall and F1 on one judged sample, with paired intervals.

Every item that somebody judged falls into one of seven kinds by what it is and whether the result has it before and after.
The three differences are functions of the seven counts. Their intervals are those of the posterior of the counts under a weak
Dirichlet prior, so that they need neither many changes nor symmetric ones; the counts are divided by the design effect of the
difference between the units drawn, and the reach is widened by Student's t for few units.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from farspan.model import BoolArray, LongArray
from farspan.noise.clusters import FloatArray, degrees_of_freedom
from farspan.noise.intervals import LEVEL, NOTHING, Estimate, Interval, mcnemar, paired_difference, quantile

KINDS: Final = ("right kept", "right lost", "right gained", "never found", "wrong kept", "wrong removed", "wrong added")
FOLDS: Final = 5
_PRIOR: Final = np.array([0.1, 0.5, 0.5, 0.1, 0.1, 0.5, 0.5])  # Jeffreys' for each kind of change, so that none seen is not none
_DRAWS: Final = 4000
_SEED: Final = 20_210_521

Sign = Literal["helps", "hurts", "no difference"]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What a change does on folds that had no say in it: it is chosen, and its values learned, on the others.

    sign: of the gain. gain: of F1, or of the share of right decisions where nothing is known of what was missed; summed as if the
    folds were one sample. chosen: in how many of `folds` the other folds spoke for it.
    """

    sign: Sign
    gain: float
    chosen: int
    folds: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does on the judged sample.

    wrong, right: by how many spans that are known to be wrong, or right, the result grows. precision, recall, f1: differences
    after less before, with paired intervals; recall and f1 are None where no stretch was read whole. decisions: difference of the
    share of items that are decided rightly, by Tango's interval, and p, McNemar's exact p-value; both take items as independent.
    unjudged_added, unjudged_removed: spans that nobody judged. held_out: None with fewer than two units.
    """

    wrong: int
    right: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    decisions: Estimate
    p: float | None
    unjudged_added: int = 0
    unjudged_removed: int = 0
    held_out: HeldOut | None = None

    def __str__(self) -> str:
        return f"{self.wrong:+d} wrong, {self.right:+d} right"

    @property
    def overfits(self) -> bool:
        """Whether it helps the sample and hurts what it was not made on."""
        helps = (self.f1.value if self.f1.value is not None else self.decisions.value or 0.0) > 0
        return helps and self.held_out is not None and self.held_out.sign == "hurts"


def effect_of(counts: FloatArray, *, complete: bool, level: float = LEVEL) -> Effect:
    """The effect from counts[u, 7] of the kinds of item in each unit drawn. complete: whether what was missed is known."""
    total = counts.sum(axis=0)
    _, lost, gained, _, _, removed, added = (round(value) for value in total.tolist())
    better, worse = removed + gained, lost + added
    return Effect(
        added - removed,
        gained - lost,
        change_of(counts, precision_change, level),
        change_of(counts, recall_change, level) if complete else NOTHING,
        change_of(counts, f1_change, level) if complete else NOTHING,
        paired_difference(better, worse, round(total.sum()), level),
        mcnemar(better, worse),
    )


def precision_change(counts: FloatArray) -> FloatArray:
    """Precision after less before, of counts[..., 7]; nan where one of the two has nothing to divide by."""
    kept, lost, gained, _, same, removed, added = np.moveaxis(counts, -1, 0)
    return _share(kept + gained, same + added) - _share(kept + lost, same + removed)


def recall_change(counts: FloatArray) -> FloatArray:
    """Recall after less before, of counts[..., 7]."""
    kept, lost, gained, never = np.moveaxis(counts, -1, 0)[:4]
    with np.errstate(invalid="ignore", divide="ignore"):
        change: FloatArray = (gained - lost) / (kept + lost + gained + never)
    return change


def f1_change(counts: FloatArray) -> FloatArray:
    """F1 after less before, of counts[..., 7]."""
    kept, lost, gained, never, same, removed, added = np.moveaxis(counts, -1, 0)
    gold = kept + lost + gained + never
    return _share(2 * (kept + gained), gold - kept - gained + same + added) - _share(
        2 * (kept + lost), gold - kept - lost + same + removed
    )


def change_of(counts: FloatArray, change: Callable[[FloatArray], FloatArray], level: float = LEVEL) -> Estimate:
    """One difference with its interval, from counts[u, 7]; n is how many items of the kinds it looks at were judged."""
    total = counts.sum(axis=0)
    value = float(change(total))
    if not np.isfinite(value):
        return NOTHING
    slope = _slope(total, change)
    n = round(float(total[_looks_at(change)].sum()))
    holding = counts[:, _looks_at(change)].sum(axis=1)
    if np.count_nonzero(holding) < 2:
        return Estimate(value, None, n)
    simple, clustered = float(total @ slope**2), float(((counts @ slope) ** 2).sum())
    effect = max(1.0, clustered / simple) if simple > 0 else 1.0
    units = float(holding.sum() ** 2 / (holding @ holding))
    reach = quantile(level, degrees_of_freedom(units)) / quantile(level)
    drawn = change(np.random.default_rng(_SEED).dirichlet(total / effect + _PRIOR, _DRAWS))
    drawn = drawn[np.isfinite(drawn)]
    lower, upper = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2]).tolist()
    lower, upper = value - reach * max(value - lower, 0.0), value + reach * max(upper - value, 0.0)
    return Estimate(value, Interval(max(lower, -1.0), min(upper, 1.0)), n)


def held_out_gain(folds: FloatArray, *, complete: bool, learned: Sequence[FloatArray | None] | None = None) -> HeldOut:
    """What a change does on each fold if the others choose it.

    folds: float[k, 7], the counts of each fold with the change as it is. learned: for a change whose values come from the sample,
    for each fold float[2, 7], the counts of the other folds and of the fold itself with values of the others (None: no values).
    """
    made, chosen = np.zeros(7), 0
    everything = folds.sum(axis=0)
    for number, own in enumerate(folds):
        others, held = everything - own, own
        if learned is not None:
            pair = learned[number]
            others, held = (np.zeros(7), _undone(own)) if pair is None else (pair[0], pair[1])
        if _gain(others, complete=complete) > 0:
            made, chosen = made + held, chosen + 1
        else:
            made = made + _undone(held)
    gain = _gain(made, complete=complete)
    sign: Sign = "helps" if gain > 1e-12 else "hurts" if gain < -1e-12 else "no difference"
    return HeldOut(sign, gain, chosen, len(folds))


def count_kinds(  # noqa: PLR0917  (columns of one table)
    gold_before: BoolArray, gold_after: BoolArray, gold_units: LongArray, wrong: BoolArray, wrong_units: LongArray, units: int
) -> FloatArray:
    """float64[units, 7]: items of each kind. wrong: bool[2, w], whether each known wrong span is in the result before, after."""
    kinds = np.where(gold_before, np.where(gold_after, 0, 1), np.where(gold_after, 2, 3))
    wrong_kinds = np.where(wrong[0], np.where(wrong[1], 4, 5), 6)
    cells = np.concatenate([gold_units * 7 + kinds, wrong_units * 7 + wrong_kinds])
    return np.bincount(cells, minlength=units * 7).reshape(units, 7).astype(np.float64)


def folds_of(units: int, folds: int = FOLDS, seed: int = _SEED) -> LongArray:
    """int64[units]: the fold of each unit, of equal sizes, always the same."""
    return np.random.default_rng(seed).permutation(units) % max(min(folds, units), 1)


def _share(hits: FloatArray, rest: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        share: FloatArray = hits / (hits + rest)
    return share


def _undone(counts: FloatArray) -> FloatArray:
    """The same items if the change is not made."""
    kept, lost, gained, never, same, removed, _ = counts.tolist()
    return np.array([kept + lost, 0, 0, gained + never, same + removed, 0, 0])


def _gain(counts: FloatArray, *, complete: bool) -> float:
    if complete:
        value = float(f1_change(counts))
    else:
        value = float((counts[2] + counts[5] - counts[1] - counts[6]) / max(counts.sum(), 1.0))
    return value if np.isfinite(value) else 0.0


def _looks_at(change: Callable[[FloatArray], FloatArray]) -> LongArray:
    """The kinds of item a difference is about."""
    if change is recall_change:
        return np.arange(4)
    return np.array([0, 1, 2, 4, 5, 6]) if change is precision_change else np.arange(7)


def _slope(total: FloatArray, change: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """How much the difference moves with one item more of each kind."""
    step = max(float(total.sum()), 1.0) * 1e-6
    above, below = change(total + step * np.eye(7)), change(np.maximum(total - step * np.eye(7), 0))
    slope: FloatArray = np.nan_to_num((above - below) / ((total + step) - np.maximum(total - step, 0)))
    return slope
