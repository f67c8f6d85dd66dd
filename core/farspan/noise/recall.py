"""Recall without whole documents of gold: by reading sentences, by an audit of unlabelled tokens, by hiding part of a list.

The first is `sampling.draw_units` and `entities.entity_estimates`. The second is here: tokens without a label are drawn by strata
of a score of "looks like an entity" (`tagger.token_scores`), and a person says of each whether it belongs to a missed entity. The
third is relative: it says how much of a list is found again without it, and nothing of names that no list has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, hypot, log
from typing import Final

import numpy as np

from farspan.errors import OptionError
from farspan.job import SILENT, Job
from farspan.model import BoolArray, IntArray, LongArray
from farspan.noise.clusters import FloatArray, ratio
from farspan.noise.evidence import run_spans
from farspan.noise.intervals import LEVEL, NOTHING, Estimate, Interval
from farspan.noise.scoring import LabelledSpans, is_found, labelled_spans
from farspan.options import ConflictPolicy
from farspan.run import Run, Source
from farspan.session import Session
from farspan.sources.lists import EntityList

STRATA: Final = 5
_CUTS: Final = {1: (), 2: (0.8,), 3: (0.6, 0.9), 4: (0.6, 0.8, 0.9), 5: (0.6, 0.8, 0.9, 0.95)}
_SHAPE: Final = 0.5  # of the beta prior of a stratum, as Jeffreys'
_DECAY: Final = 1.5  # by how much less is expected of a stratum than of the one above it
_DRAWS: Final = 4000
_SEED: Final = 20_210_522


@dataclass(frozen=True, slots=True, eq=False)
class TokenAudit:
    """Unlabelled tokens drawn to be looked at, in the order to look at them: whoever stops early has looked at all strata alike.

    tokens: int64[m], tokens of the corpus. strata: int32[m], 0 of the lowest score. inclusion: float64[m]. sizes: int64[h],
    unlabelled tokens in each stratum; weights: float64[h], the sum of their scores. seed: of the draw.
    """

    tokens: LongArray
    strata: IntArray
    inclusion: FloatArray
    sizes: LongArray
    weights: FloatArray
    seed: int

    def __len__(self) -> int:
        return len(self.tokens)


def draw_tokens(scores: FloatArray, labelled: BoolArray, size: int, seed: int, *, strata: int = STRATA) -> TokenAudit:
    """`size` unlabelled tokens (all, if there are fewer), stratified by score, the same for the same seed.

    scores, labelled: of every token of the corpus. Three fifths of the tokens, the least likely ones, are the lowest stratum, the
    last twentieth the highest; each gives an equal share of the sample. Raises OptionError for a size below 1.
    """
    if size < 1:
        raise OptionError(f"a sample of {size} is not possible", remedy="draw at least one")
    open_ = np.flatnonzero(~labelled)
    worth = scores[open_].astype(np.float64)
    number = _score_strata(worth, max(1, min(strata, STRATA, size // 10)))
    sizes = np.bincount(number, minlength=1).astype(np.int64)
    shares = _equal_shares(sizes, min(size, len(open_)))
    random = np.random.default_rng(seed)
    drawn = [random.permutation(np.flatnonzero(number == h))[: shares[h]] for h in range(len(sizes))]
    turn = np.concatenate([(np.arange(len(part)) + random.random(len(part))) / max(len(part), 1) for part in drawn])
    order = np.argsort(turn, kind="stable")
    stratum = np.repeat(np.arange(len(sizes), dtype=np.int32), shares)[order]
    inclusion = (shares / np.maximum(sizes, 1))[stratum]
    weights = np.bincount(number, worth, minlength=len(sizes)).astype(np.float64)
    return TokenAudit(open_[np.concatenate(drawn)[order]], stratum, inclusion, sizes, weights, seed)


def _score_strata(scores: FloatArray, strata: int) -> LongArray:
    """The stratum of each score, 0 of the lowest; equal scores share one, and numbers have no gap."""
    if not len(scores):
        return np.zeros(0, np.int64)
    ordered = np.sort(scores)
    cuts = np.unique([ordered[int(share * len(ordered))] for share in _CUTS[strata]])
    return np.unique(np.searchsorted(cuts, scores, side="right"), return_inverse=True)[1].astype(np.int64)


def _equal_shares(sizes: LongArray, total: int) -> LongArray:
    """`total` divided over strata as equally as their sizes allow."""
    shares = np.zeros_like(sizes)
    while (left := total - int(shares.sum())) > 0:
        able = np.flatnonzero(shares < sizes)
        part = max(left // len(able), 1)
        for h in able.tolist():
            shares[h] += min(part, int(sizes[h] - shares[h]), total - int(shares.sum()))
    return shares


@dataclass(frozen=True, slots=True)
class AuditedRecall:
    """Recall from an audit. missed: how many entities (or tokens) are missed, with its interval; n: tokens looked at."""

    recall: Estimate
    missed: Estimate


def audited_recall(
    audit: TokenAudit,
    parts: Sequence[float | None],
    right: Estimate,
    spans: int,
    level: float = LEVEL,
    *,
    beside: Estimate = NOTHING,
) -> AuditedRecall:
    """Recall of entities from what people said of the first tokens of an audit.

    parts: for each token looked at, 1 / the tokens of the missed entity it belongs to, 0 if it belongs to none, None if unsure.
    right: precision of the result's `spans` spans, or how many tokens of them are right, with its interval. Recall is
    right / (right + missed); its interval joins those of both (method of variance estimates recovery, on the log of their ratio).
    beside: which share of the spans is wrong, but stands on an entity that has another border or label. No unlabelled token tells
    of these, so without it recall is that of entities no wrong span lies on, and too high.
    """
    looked = np.array([value is not None for value in parts], np.bool_)
    m = int(looked.sum())
    if m == 0 or right.value is None or right.interval is None or spans == 0:
        return AuditedRecall(NOTHING, NOTHING)
    values = np.array([value or 0.0 for value in parts], np.float64)[looked]
    missed = _missed(audit, values, audit.strata[: len(parts)][looked], level)
    if beside.value is not None and beside.interval is not None:
        missed = _sum(missed, Estimate(spans * beside.value, _times(beside.interval, spans), beside.n))
    assert missed.value is not None  # noqa: S101  (m is above 0)
    found, low, high = (spans * part for part in (right.value, right.interval.lower, right.interval.upper))
    if found + missed.value == 0:
        return AuditedRecall(NOTHING, missed)
    share = found / (found + missed.value)
    return AuditedRecall(Estimate(share, _ratio_interval((found, low, high), missed), m), missed)


def _times(interval: Interval, factor: float) -> Interval:
    return Interval(interval.lower * factor, interval.upper * factor)


def _sum(one: Estimate, other: Estimate) -> Estimate:
    """The sum of two independent estimates, with its interval (method of variance estimates recovery)."""
    assert one.value is not None and one.interval is not None  # noqa: S101, PT018
    assert other.value is not None and other.interval is not None  # noqa: S101, PT018
    value = one.value + other.value
    down = hypot(one.value - one.interval.lower, other.value - other.interval.lower)
    up = hypot(one.interval.upper - one.value, other.interval.upper - other.value)
    return Estimate(value, Interval(max(value - down, 0.0), value + up), one.n + other.n)


def _ratio_interval(found: tuple[float, float, float], missed: Estimate) -> Interval:
    """The interval of found / (found + missed) from those of its two parts."""
    value, low, high = found
    assert missed.value is not None and missed.interval is not None  # noqa: S101, PT018
    middle, least, most = missed.value, missed.interval.lower, missed.interval.upper
    if value <= 0:
        return Interval(0.0, high / (high + least) if high + least > 0 else 1.0)
    upper = _joined(value, high, middle, least)
    lower = _joined(value, low, middle, most)
    return Interval(lower, upper)


def _joined(value: float, far: float, middle: float, other: float) -> float:
    """One end of the interval: `far` is the end of what was found, `other` the opposite end of what was missed."""
    if far <= 0:
        return 0.0
    if middle <= 0 or other <= 0:  # the ratio itself has no logarithm: take both ends at once
        return far / (far + other)
    reach = hypot(log(far / value), log(middle / other))
    ratio = value / middle * exp(reach if far >= value and other <= middle else -reach)
    return ratio / (1 + ratio)


def _missed(audit: TokenAudit, values: FloatArray, strata: IntArray, level: float) -> Estimate:
    """How much is missed among the unlabelled tokens: the stratified sum, and the interval of its posterior."""
    size = len(audit.sizes)
    made = np.bincount(strata, minlength=size).astype(np.float64)
    seen = np.bincount(strata, values, minlength=size).astype(np.float64)
    squares = np.bincount(strata, values**2, minlength=size).astype(np.float64)
    # A token of a long entity counts for less than one: as if there were fewer of them, each a whole hit of less worth.
    overall = float(squares.sum() / seen.sum()) if seen.any() else 1.0
    worth = np.where(seen > 0, squares / np.maximum(seen, 1e-12), overall)
    hits = seen / worth
    prior = _levels(hits, made)
    total = float(audit.sizes @ np.where(made > 0, seen / np.maximum(made, 1), prior * worth))
    random = np.random.default_rng(_SEED)
    drawn = random.beta(hits + _SHAPE, np.maximum(made - hits, 0) + _SHAPE / prior - _SHAPE, (_DRAWS, size))
    sums = (drawn * worth * np.maximum(audit.sizes - made, 0) + seen).sum(axis=1)
    lower, upper = np.quantile(sums, [(1 - level) / 2, (1 + level) / 2]).tolist()
    return Estimate(total, Interval(min(lower, total), max(upper, total)), int(made.sum()))


def _levels(hits: FloatArray, made: FloatArray) -> FloatArray:
    """float64[h]: what each stratum is expected to hold before it is looked at, from the one above it, of the higher score.

    So that a large stratum in which nothing was seen is neither nothing nor anything. Scores order, so less is expected below.
    """
    levels = np.zeros(len(hits))
    for h in range(len(hits) - 1, -1, -1):
        above = (hits[h] + 0.5) / (made[h] + 1) if h == len(hits) - 1 else _mean(hits[h + 1], made[h + 1], levels[h + 1]) / _DECAY
        levels[h] = np.clip(above, 1e-4, 0.5)
    return levels


def _mean(hits: float, made: float, level: float) -> float:
    return float((hits + _SHAPE) / (made + _SHAPE / level))


@dataclass(frozen=True, slots=True)
class RelativeRecall:
    """How much of a hidden part of a list is found again without it. Relative: it says nothing of names outside the lists.

    hidden: names hidden that had given a span. spans: those they had given; found_again: how many of them are labelled alike all
    the same. estimate: of the share, names taken as drawn at random; spans of one name count together.
    """

    source: str
    hidden: int
    spans: int
    found_again: int
    estimate: Estimate


def relative_recall(  # noqa: PLR0917  (a corpus, its rules, a draw)
    session: Session,
    sources: Sequence[Source],
    policy: ConflictPolicy | None,
    source: str,
    share: float = 0.2,
    seed: int = 1,
    job: Job = SILENT,
) -> RelativeRecall:
    """Hide `share` of the names of `source` that give spans, and see how many of those spans the rest labels alike.

    Raises OptionError for a share outside (0, 1) or a source that is not there or gives no span.
    """
    if not 0 < share < 1:
        raise OptionError(f"a share of {share} cannot be hidden", remedy="hide more than 0 and less than 1")
    before = session.run(sources, policy, job)
    number = next((n for n, one in enumerate(before.rules.sources) if one.name == source), None)
    rows = np.zeros(0, np.int64) if number is None else _rows_of(before, number)
    if not len(rows):
        raise OptionError(f"the list {source!r} gives no span", remedy="choose a list that does")
    assert number is not None  # noqa: S101  (it gives spans)
    names = before.contest.names[before.spans.rows[rows]]
    distinct = np.unique(names)
    hidden = np.random.default_rng(seed).permutation(distinct)[: max(1, round(share * len(distinct)))]
    left = [replace(s, entity_list=_without(s.entity_list, hidden)) if s.name == source else s for s in sources]
    again = is_found(_spans_of(before, rows), _spans_of(session.run(left, policy, job)))
    inside = np.isin(names, hidden)
    session.run(sources, policy)
    return _relative(source, names[inside], again[inside])


def _relative(source: str, names: IntArray, again: BoolArray) -> RelativeRecall:
    _, owner = np.unique(names, return_inverse=True)
    found = ratio(np.bincount(owner, again).astype(np.float64), np.bincount(owner).astype(np.float64))
    return RelativeRecall(source, int(owner.max()) + 1, len(names), int(again.sum()), found.estimate())


def _rows_of(run: Run, source: int) -> LongArray:
    return np.flatnonzero(run.contest.sources[run.spans.rows] == source)


def _spans_of(run: Run, rows: LongArray | None = None) -> LabelledSpans:
    starts, ends, labels = run_spans(run)
    if rows is None:
        return labelled_spans(starts, ends, labels)
    return LabelledSpans(starts[rows], ends[rows], labels[rows].astype(np.int32))


def _without(names: EntityList, hidden: IntArray) -> EntityList:
    """The list without the rows `hidden`."""
    gone = set(hidden.tolist())
    kept = [row for row in range(len(names)) if row not in gone]
    number = {row: place for place, row in enumerate(kept)}
    return replace(
        names,
        surfaces=[names.surfaces[row] for row in kept],
        ids=[names.ids[row] for row in kept],
        labels=None if names.labels is None else [names.labels[row] for row in kept],
        is_alias=names.is_alias[kept],
        patterns={number[row]: pattern for row, pattern in names.patterns.items() if row in number},
    )
