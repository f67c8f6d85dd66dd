"""Drawing what a person should judge, and what the judgements say: precision without gold, before and after a rule change.

Kept candidates are stratified by their risk and drawn with known inclusion probabilities, so a judgement stays usable when the
rules change: it then speaks for the part of the new result that was in the old one (Särndal, Swensson, Wretman 1992).
Recall is estimated by reading randomly drawn sentences whole: `draw_units`, then `entities.entity_estimates`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from farspan.errors import OptionError
from farspan.model import BoolArray, IntArray, LongArray
from farspan.noise.clusters import FloatArray
from farspan.noise.intervals import LEVEL, NOTHING, Estimate, wilson

STRATA: Final = 5
AT_LEAST: Final = 10
_MOST_GAIN: Final = 3.0  # stratification never counts for more than this many times the judgements made


@dataclass(frozen=True, slots=True, eq=False)
class AuditSample:
    """Items drawn to be judged, in the order to judge them: whoever stops early has still judged every stratum alike.

    items: int64[m], indices into what was sampled. strata: int32[m], the stratum of each, 0 of the lowest risk. inclusion:
    float64[m], the probability with which each was drawn. sizes: int64[h], how many items each stratum has. seed: of the draw.
    """

    items: LongArray
    strata: IntArray
    inclusion: FloatArray
    sizes: LongArray
    seed: int

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class DomainEstimate:
    """Precision of a new result from judgements on an old one.

    estimate: for those items of the new result that the old one had. covered: which share of the new result that is, None where
    it is empty; what is new can only be judged anew.
    """

    estimate: Estimate
    covered: float | None


def risk_strata(risk: FloatArray, strata: int = STRATA, at_least: int = AT_LEAST) -> IntArray:
    """int32[n]: the stratum of each item, 0 of the lowest risk; equal risks share one, and none has fewer than `at_least` items.

    There may be fewer strata than asked for, and is at least one unless there are no items.
    """
    if not len(risk):
        return np.zeros(0, dtype=np.int32)
    ordered = np.sort(risk)
    wanted = np.array([len(risk) * i // strata for i in range(1, strata)], dtype=np.int64)
    first, last = (np.searchsorted(ordered, ordered[wanted], side=side) for side in ("left", "right"))
    cuts = np.unique(np.where(wanted - first <= last - wanted, first, last))  # the end of a run of equals that is nearer
    cuts = cuts[(cuts > 0) & (cuts < len(risk))]
    number = np.searchsorted(cuts, np.searchsorted(ordered, risk, side="left"), side="right")
    sizes = np.bincount(number, minlength=len(cuts) + 1)
    return _merged(sizes, at_least)[number].astype(np.int32)


def draw_audit(risk: FloatArray, size: int, seed: int, *, strata: int = STRATA, at_least: int = AT_LEAST) -> AuditSample:
    """A sample of `size` items (all, if there are fewer), stratified by `risk`, the same for the same seed.

    Each stratum gets its share of the sample and at least `at_least` items; a small sample has fewer strata.
    Raises OptionError for a size below 1.
    """
    if size < 1:
        raise OptionError(f"a sample of {size} is not possible", remedy="draw at least one")
    number = risk_strata(risk, max(1, min(strata, size // max(at_least, 1))), at_least)
    sizes = np.bincount(number).astype(np.int64)
    shares = _allocated(sizes, min(size, len(risk)), at_least)
    chosen = _chosen(number, np.ones(len(risk), dtype=bool), shares, np.random.default_rng(seed))
    inclusion = (shares / np.maximum(sizes, 1))[number[chosen]]
    return AuditSample(chosen, number[chosen], inclusion, sizes, seed)


def extend_audit(strata: IntArray, drawn: BoolArray, size: int, seed: int, *, at_least: int = AT_LEAST) -> AuditSample:
    """`size` further items (all that are left, if there are fewer), so that old and new ones together are one stratified sample.

    strata: int32[n], the stratum of each item as in the first draw. drawn: bool[n], which were drawn before. inclusion: of being
    in one of the draws, given the strata. Raises OptionError for a size below 1.
    """
    if size < 1:
        raise OptionError(f"a sample of {size} is not possible", remedy="draw at least one")
    sizes = np.bincount(strata).astype(np.int64)
    before = np.bincount(strata[drawn], minlength=len(sizes)).astype(np.int64)
    size = min(size, int((sizes - before).sum()))
    wanted = np.maximum(_allocated(sizes, int(before.sum()) + size, at_least) - before, 0)
    shares = np.minimum(_in_proportion(wanted, size), sizes - before)
    shares += _in_proportion(sizes - before - shares, size - int(shares.sum()))
    chosen = _chosen(strata, ~drawn, shares, np.random.default_rng(seed))
    inclusion = (before + shares) / np.maximum(sizes, 1)
    return AuditSample(chosen, strata[chosen].astype(np.int32), inclusion[strata[chosen]], sizes, seed)


def draw_units(count: int, size: int, seed: int) -> LongArray:
    """int64: `size` of `count` units (all, if there are fewer) drawn at random without replacement, ascending."""
    return np.sort(np.random.default_rng(seed).choice(count, min(size, count), replace=False)).astype(np.int64)


def precision_estimate(sample: AuditSample, verdicts: Sequence[bool | None], level: float = LEVEL) -> Estimate:
    """The share of right items among all that were sampled from, from the verdicts on the first of them (None: unsure or open).

    The stratified mean with Wilson's interval at the effective sample size m V(simple) / V(stratified), within m and 3m. Strata
    with fewer than two verdicts are merged with a neighbour.
    """
    judged, right = _decided(sample, verdicts)
    m = int(judged.sum())
    if m == 0:
        return NOTHING
    number = sample.strata[judged]
    merged = _merged(np.bincount(number, minlength=len(sample.sizes)), 2)
    weights = np.bincount(merged, weights=sample.sizes) / sample.sizes.sum()
    made = np.bincount(merged[number], minlength=len(weights)).astype(np.float64)
    shares = np.bincount(merged[number], weights=right[judged], minlength=len(weights)) / made
    share = float(weights @ shares)
    stratified = float((weights**2 * shares * (1 - shares) / np.maximum(made - 1, 1)).sum())
    simple = share * (1 - share) / max(m - 1, 1)
    return Estimate(share, wilson(share, _effective(m, simple, stratified), level), m)


def domain_estimate(
    sample: AuditSample,
    verdicts: Sequence[bool | None],
    in_domain: BoolArray,
    *,
    domain_size: int,
    common: int,
    level: float = LEVEL,
) -> DomainEstimate:
    """The precision of a changed result from the verdicts on a sample of the old one.

    in_domain: bool[m], which sampled items the new result still has. domain_size: how many items the new result has; common: how
    many of these were in the old one. The weighted (Hájek) mean of the domain, its variance by linearisation over strata.
    """
    judged, right = _decided(sample, verdicts)
    covered = common / domain_size if domain_size else None
    number = sample.strata[judged]
    inside, verdict = in_domain[judged], right[judged]
    n = int(inside.sum())
    if n == 0:
        return DomainEstimate(NOTHING, covered)
    merged = _merged(np.bincount(number, minlength=len(sample.sizes)), 2)
    sizes = np.bincount(merged, weights=sample.sizes)
    made = np.bincount(merged[number], minlength=len(sizes)).astype(np.float64)
    weight = (sizes / made)[merged[number]]
    total = float(weight[inside].sum())
    share = float((weight * verdict)[inside].sum()) / total
    residual = np.where(inside, verdict - share, 0.0) / total
    mean = np.bincount(merged[number], weights=residual, minlength=len(sizes)) / made
    spread = np.bincount(merged[number], weights=(residual - mean[merged[number]]) ** 2, minlength=len(sizes))
    variance = float((sizes**2 / made * spread / np.maximum(made - 1, 1)).sum())
    effective = min(_MOST_GAIN * n, share * (1 - share) / variance) if variance > 0 else _kish(weight[inside])
    return DomainEstimate(Estimate(share, wilson(share, effective, level), n), covered)


def forecast(estimate: Estimate, more: int, level: float = LEVEL) -> float | None:
    """How wide the interval is likely to be after `more` judgements; None before there is one to go by."""
    if estimate.value is None or estimate.interval is None or estimate.n == 0:
        return None
    now = wilson(estimate.value, estimate.n, level)
    then = wilson(estimate.value, estimate.n + more, level)
    assert now is not None and then is not None  # noqa: S101, PT018  (n is above 0)
    return then.width * estimate.interval.width / now.width


def _chosen(strata: IntArray, free: BoolArray, shares: LongArray, random: np.random.Generator) -> LongArray:
    """`shares[h]` free items of each stratum h, in an order in which every stratum comes along in proportion."""
    drawn = [random.permutation(np.flatnonzero((strata == h) & free))[:share] for h, share in enumerate(shares.tolist())]
    turn = np.concatenate([(np.arange(len(part)) + random.random(len(part))) / len(part) for part in drawn] or [np.zeros(0)])
    items = np.concatenate(drawn or [np.zeros(0, dtype=np.int64)])
    return items[np.argsort(turn, kind="stable")].astype(np.int64)


def _decided(sample: AuditSample, verdicts: Sequence[bool | None]) -> tuple[BoolArray, FloatArray]:
    """Which items have a verdict, and 1.0 for those that are right."""
    if len(verdicts) > len(sample):
        raise OptionError(
            f"{len(verdicts)} verdicts on a sample of {len(sample)} are not possible", remedy="give one for each item"
        )
    judged = np.zeros(len(sample), dtype=bool)
    judged[: len(verdicts)] = [verdict is not None for verdict in verdicts]
    right = np.zeros(len(sample))
    right[: len(verdicts)] = [verdict is True for verdict in verdicts]
    return judged, right


def _effective(m: int, simple: float, stratified: float) -> float:
    if simple <= 0 or m < 2:
        return float(m)
    gain = simple / stratified if stratified > 0 else _MOST_GAIN
    return m * float(np.clip(gain, 1.0, _MOST_GAIN))


def _kish(weights: FloatArray) -> float:
    """How many equally weighted items unequally weighted ones are worth."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def _merged(sizes: npt.NDArray[np.integer], at_least: int) -> LongArray:
    """int64[h]: the new number of each stratum when those below `at_least` join the next one, the last ones the one before."""
    number, current, filled = np.zeros(len(sizes), dtype=np.int64), 0, 0
    for index, size in enumerate(sizes.tolist()):
        if filled >= at_least and filled > 0:
            current, filled = current + 1, 0
        number[index] = current
        filled += size
    if current and filled < max(at_least, 1):
        number[number == current] = current - 1
    return number


def _allocated(sizes: LongArray, total: int, at_least: int) -> LongArray:
    """How many items each stratum gives to a sample of `total`: in proportion, at least `at_least`, at most what it has."""
    least = np.minimum(sizes, at_least)
    if total <= least.sum():
        return _in_proportion(least, total)
    return least + _in_proportion_to_target(sizes, least, total)


def _in_proportion(sizes: LongArray, total: int) -> LongArray:
    """`total` divided in proportion to `sizes`, by largest remainders; no part above its size."""
    if not sizes.sum():
        return np.zeros_like(sizes)
    exact = total * sizes / sizes.sum()
    parts = np.floor(exact).astype(np.int64)
    for index in np.argsort(parts - exact, kind="stable")[: total - int(parts.sum())]:
        parts[index] += 1
    capped: LongArray = np.minimum(parts, sizes)
    return capped


def _in_proportion_to_target(sizes: LongArray, least: LongArray, total: int) -> LongArray:
    """What each stratum gets beyond `least`, so that all together come as near to proportion as can be."""
    wanted: LongArray = np.maximum(_in_proportion(sizes, total) - least, 0)
    return _in_proportion(wanted, total - int(least.sum()))
