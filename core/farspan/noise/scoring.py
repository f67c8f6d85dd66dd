"""Entity scores: strict as conlleval and seqeval count them; partial, type and exact_boundary as SemEval-2013 task 9 does.

Positions are whole numbers on one line through all documents (token indices, or code points after an offset per document), so
spans of different sentences or documents can never overlap. What cannot be divided is 0.0, as in conlleval and seqeval.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, Self

import numpy as np
import numpy.typing as npt

from farspan.model import BoolArray, IntArray, LongArray

Mode = Literal["strict", "partial", "type", "exact_boundary"]
MODES: Final[tuple[Mode, ...]] = ("strict", "partial", "type", "exact_boundary")

_Triple = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class LabelledSpans:
    """Spans in order of start, end and label, none twice: starts, ends int64[n], half-open; labels int32[n]."""

    starts: LongArray
    ends: LongArray
    labels: IntArray

    def __len__(self) -> int:
        return len(self.starts)

    def where(self, chosen: BoolArray | LongArray) -> "LabelledSpans":
        """The spans chosen by a mask or by ascending indices."""
        return LabelledSpans(self.starts[chosen], self.ends[chosen], self.labels[chosen])


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and f1 in 0..1 with what they were counted from.

    tp is whole except in partial, where a match with other borders counts one half; support is the number of gold spans.
    """

    precision: float
    recall: float
    f1: float
    tp: float
    fp: float
    fn: float
    support: int

    @classmethod
    def of(cls, tp: float, predicted: int, gold: int) -> Self:
        """The score of `tp` right among `predicted` spans for `gold` ones."""
        precision = tp / predicted if predicted else 0.0
        recall = tp / gold if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if tp else 0.0
        whole = int(tp) if tp == int(tp) else tp
        return cls(precision, recall, f1, whole, predicted - whole, gold - whole, gold)


@dataclass(frozen=True, slots=True)
class Scores:
    """The four scores over all labels, and for each label of gold or prediction, in order of name."""

    overall: Mapping[Mode, Score]
    by_label: Mapping[str, Mapping[Mode, Score]]


def labelled_spans(
    starts: npt.NDArray[np.integer], ends: npt.NDArray[np.integer], labels: npt.NDArray[np.integer]
) -> LabelledSpans:
    """Spans in any order and with repetitions, as `LabelledSpans`; what stands twice counts once."""
    order = np.lexsort((labels, ends, starts))
    spans = LabelledSpans(starts[order].astype(np.int64), ends[order].astype(np.int64), labels[order].astype(np.int32))
    distinct = np.ones(len(spans), dtype=bool)
    distinct[1:] = ~_same(spans.starts, spans.ends, spans.labels)
    return spans.where(distinct)


def score(gold: LabelledSpans, predicted: LabelledSpans, labels: Sequence[str]) -> Scores:
    """How well `predicted` agrees with `gold`; the labels of both are indices into `labels`.

    A label's own scores compare its gold spans with its predicted spans and nothing else, as in nervaluate. Strict counts add up
    over labels; the other three need not.
    """
    overall = _all_modes(gold, predicted)
    pairs = zip(_by_label(gold, len(labels)), _by_label(predicted, len(labels)), strict=True)
    each = {name: _all_modes(g, p) for name, (g, p) in zip(labels, pairs, strict=True) if len(g) or len(p)}
    return Scores(overall, dict(sorted(each.items())))


def is_found(wanted: LabelledSpans, among: LabelledSpans) -> BoolArray:
    """bool[len(wanted)]: which spans stand in `among` with the same borders and label."""
    starts = np.concatenate((wanted.starts, among.starts))
    ends = np.concatenate((wanted.ends, among.ends))
    labels = np.concatenate((wanted.labels, among.labels))
    order = np.lexsort((labels, ends, starts))
    twin = _same(starts[order], ends[order], labels[order])
    found = np.zeros(len(order), dtype=bool)
    found[order[:-1][twin]] = True
    return found[: len(wanted)]


def _same(*columns: npt.NDArray[np.integer]) -> BoolArray:
    """bool[n - 1]: which rows equal the row after them."""
    equal = np.ones(max(len(columns[0]) - 1, 0), dtype=bool)
    for column in columns:
        equal &= column[1:] == column[:-1]
    return equal


def _by_label(spans: LabelledSpans, count: int) -> Iterator[LabelledSpans]:
    order = np.argsort(spans.labels, kind="stable")
    bounds = np.searchsorted(spans.labels[order], np.arange(count + 1))
    for first, last in pairwise(bounds):
        yield spans.where(order[first:last])


def _all_modes(gold: LabelledSpans, predicted: LabelledSpans) -> dict[Mode, Score]:
    right = int(is_found(predicted, gold).sum())
    partial, same_type, boundary = _lenient_hits(gold, predicted)
    hits: dict[Mode, float] = {"strict": right, "partial": partial, "type": same_type, "exact_boundary": boundary}
    return {mode: Score.of(hits[mode], len(predicted), len(gold)) for mode in MODES}


def _lenient_hits(gold: LabelledSpans, predicted: LabelledSpans) -> tuple[float, float, float]:
    """What partial, type and exact_boundary count as right.

    Spans are taken by clusters of overlap. A cluster of one gold and one predicted span, by far the usual one, is counted
    in numpy; the rest, where several spans compete, one by one.
    """
    g_cluster, p_cluster, count = _clusters(gold, predicted)
    g_size = np.bincount(g_cluster, minlength=count)
    p_size = np.bincount(p_cluster, minlength=count)
    pair = (g_size == 1) & (p_size == 1)
    g, p = gold.where(pair[g_cluster]), predicted.where(pair[p_cluster])
    boundary = float(np.count_nonzero((g.starts == p.starts) & (g.ends == p.ends)))
    partial = boundary + 0.5 * (len(g) - boundary)
    same_type = float(np.count_nonzero(g.labels == p.labels))
    hard = (g_size > 0) & (p_size > 0) & ~pair
    for gold_part, predicted_part in _groups(gold, predicted, g_cluster, p_cluster, hard):
        partial += _competing(gold_part, predicted_part, _by_borders)
        same_type += _competing(gold_part, predicted_part, _by_type)
        boundary += _competing(gold_part, predicted_part, _by_exact_borders)
    return partial, same_type, boundary


def _clusters(gold: LabelledSpans, predicted: LabelledSpans) -> tuple[LongArray, LongArray, int]:
    """For each gold and each predicted span the number of its chain of overlaps, ascending; and how many chains there are."""
    starts = np.concatenate((gold.starts, predicted.starts))
    ends = np.concatenate((gold.ends, predicted.ends))
    order = np.argsort(starts, kind="stable")
    reach = np.maximum.accumulate(ends[order])
    opens = np.ones(len(order), dtype=bool)
    opens[1:] = starts[order][1:] >= reach[:-1]
    cluster = np.empty(len(order), dtype=np.int64)
    cluster[order] = np.cumsum(opens) - 1
    return cluster[: len(gold)], cluster[len(gold) :], int(opens.sum())


def _groups(
    gold: LabelledSpans, predicted: LabelledSpans, g_cluster: LongArray, p_cluster: LongArray, wanted: BoolArray
) -> Iterator[tuple[list[_Triple], list[_Triple]]]:
    numbers = np.flatnonzero(wanted)
    gold_rows, predicted_rows = _triples(gold, wanted[g_cluster]), _triples(predicted, wanted[p_cluster])
    g_bounds = np.searchsorted(g_cluster[wanted[g_cluster]], numbers, side="right").tolist()
    p_bounds = np.searchsorted(p_cluster[wanted[p_cluster]], numbers, side="right").tolist()
    g_first = p_first = 0
    for g_last, p_last in zip(g_bounds, p_bounds, strict=True):
        yield gold_rows[g_first:g_last], predicted_rows[p_first:p_last]
        g_first, p_first = g_last, p_last


def _triples(spans: LabelledSpans, chosen: BoolArray) -> list[_Triple]:
    part = spans.where(chosen)
    return list(zip(part.starts.tolist(), part.ends.tolist(), part.labels.tolist(), strict=True))


# A claim is what a predicted span is worth on an overlapping gold span: (credit, rank); the lowest rank claims, then the first.
_Claim = Callable[[_Triple, _Triple], tuple[float, float]]


def _by_borders(gold: _Triple, predicted: _Triple) -> tuple[float, float]:
    exact = gold[:2] == predicted[:2]
    return (1.0, 0.0) if exact else (0.5, 1.0)


def _by_exact_borders(gold: _Triple, predicted: _Triple) -> tuple[float, float]:
    exact = gold[:2] == predicted[:2]
    return (1.0, 0.0) if exact else (0.0, 1.0)


def _by_type(gold: _Triple, predicted: _Triple) -> tuple[float, float]:
    if gold[2] != predicted[2]:
        return 0.0, float("inf")
    return 1.0, float(abs(gold[0] - predicted[0]) + abs(gold[1] - predicted[1]))


def _competing(gold: list[_Triple], predicted: list[_Triple], claim: _Claim) -> float:
    """The credit of one cluster: each predicted span, left to right, claims one gold span that overlaps it and is still free.

    Pairs of the lowest possible rank, 0, are settled before everything else, so that a near miss never takes the gold span of
    an exact match. Among spans that do not overlap within one file this changes nothing against nervaluate.
    """
    total = 0.0
    free = list(gold)
    waiting = []
    for span in predicted:
        exact = next((other for other in free if other[:2] == span[:2] and claim(other, span)[1] == 0), None)
        if exact is None:
            waiting.append(span)
        else:
            free.remove(exact)
            total += claim(exact, span)[0]
    for span in waiting:
        rivals = [other for other in free if other[0] < span[1] and span[0] < other[1]]
        if rivals:
            taken = min(rivals, key=lambda other: claim(other, span)[1])
            free.remove(taken)
            total += claim(taken, span)[0]
    return total
