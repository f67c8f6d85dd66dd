"""Recall without whole documents of gold: by reading sentences, by an audit of unlabelled tokens, by hiding part of a list.

The first is `sampling.draw_units` and `entities.entity_estimates`. The second is here: tokens without a label are drawn by strata
of a score of "looks like an entity" (`tagger.token_scores`), and a person says of each whether it belongs to a missed entity. The
third is relative: it says how much of a list is found again without it, and nothing of names that no list has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt
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

    scores, labelled: of every token of the corpus. Strata hold equal sums of the square root of the score, so that the many
    unlikely tokens are few in the sample, and each gives an equal share of it. Raises OptionError for a size below 1.
    """
    if size < 1:
        raise OptionError(f"a sample of {size} is not possible", remedy="draw at least one")
    open_ = np.flatnonzero(~labelled)
    worth = scores[open_].astype(np.float64)
    number = _score_strata(worth, min(strata, max(size // 10, 1)))
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
    order = np.argsort(scores, kind="stable")
    upto = np.cumsum(np.sqrt(np.maximum(scores[order], 1e-6)))
    cuts = np.unique(scores[order][np.searchsorted(upto, upto[-1] * np.arange(1, strata) / strata)])
    return np.unique(np.searchsorted(cuts, scores, side="left"), return_inverse=True)[1].astype(np.int64)


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
    audit: TokenAudit, parts: Sequence[float | None], right: Estimate, spans: int, level: float = LEVEL
) -> AuditedRecall:
    """Recall of entities from what people said of the first tokens of an audit.

    parts: for each token looked at, 1 / the tokens of the missed entity it belongs to, 0 if it belongs to none, None if unsure.
    right: precision of the result's `spans` spans, or how many tokens of them are right, with its interval. Recall is
    right / (right + missed); its interval joins those of both (method of variance estimates recovery, on the log of their ratio).
    """
    looked = np.array([value is not None for value in parts], np.bool_)
    m = int(looked.sum())
    if m == 0 or right.value is None or right.interval is None or spans == 0:
        return AuditedRecall(NOTHING, NOTHING)
    values = np.array([value or 0.0 for value in parts], np.float64)[looked]
    missed = _missed(audit, values, audit.strata[: len(parts)][looked], level)
    assert missed.value is not None and missed.interval is not None  # noqa: S101, PT018  (m is above 0)
    found, low, high = (spans * part for part in (right.value, right.interval.lower, right.interval.upper))
    if found + missed.value == 0:
        return AuditedRecall(NOTHING, missed)
    share = found / (found + missed.value)
    return AuditedRecall(Estimate(share, _ratio_interval((found, low, high), missed), m), missed)


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
    steps = log(far / value), log(middle / other)
    reach = sqrt(steps[0] ** 2 + steps[1] ** 2)
    ratio = value / middle * exp(reach if far >= value and other <= middle else -reach)
    return ratio / (1 + ratio)


def _missed(audit: TokenAudit, values: FloatArray, strata: IntArray, level: float) -> Estimate:
    """How much is missed among the unlabelled tokens: the stratified sum, and the interval of its posterior.

    In each stratum the share has a beta posterior; its prior weighs one token and says what the scores say, brought to the level
    that the sample shows, so that a large stratum in which nothing was seen is neither nothing nor anything.
    """
    size = len(audit.sizes)
    made = np.bincount(strata, minlength=size).astype(np.float64)
    seen = np.bincount(strata, values, minlength=size).astype(np.float64)
    squares = np.bincount(strata, values**2, minlength=size)
    level_of = _calibrated(audit, made, seen)
    share = np.where(made > 0, seen / np.maximum(made, 1), level_of)
    total = float(audit.sizes @ share)
    # A token of a long entity counts for less than one: as many fewer whole ones, each of less worth.
    with np.errstate(invalid="ignore", divide="ignore"):
        worth = np.where(squares > 0, squares / seen, float(values.sum() and (values**2).sum() / values.sum()) or 1.0)
    hits = seen / worth
    left = np.maximum(audit.sizes - made, 0)
    drawn = np.random.default_rng(_SEED).beta(hits + level_of + 1e-9, np.maximum(made - hits, 0) + 1 - level_of, (_DRAWS, size))
    sums = (drawn * worth * left + seen).sum(axis=1)
    lower, upper = np.quantile(sums, [(1 - level) / 2, (1 + level) / 2]).tolist()
    return Estimate(total, Interval(min(lower, total), max(upper, total)), int(made.sum()))


def _calibrated(audit: TokenAudit, made: FloatArray, seen: FloatArray) -> FloatArray:
    """float64[h]: what the mean score of each stratum means, by one factor that makes scores and sample agree; within 0..1/2."""
    means = audit.weights / np.maximum(audit.sizes, 1)
    expected = float(made @ means)
    factor = (float(seen.sum()) + 0.5) / (expected + 0.5) if expected > 0 else 1.0
    return np.clip(means * factor, 1e-4, 0.5)


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
