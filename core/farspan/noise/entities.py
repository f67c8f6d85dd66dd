"""Precision, recall and F1 of entities with intervals that know that whole sentences or documents were labelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from farspan.model import BoolArray, LongArray
from farspan.noise.clusters import Ratio, pooled_effect, ratio
from farspan.noise.comparison import Comparison
from farspan.noise.intervals import LEVEL, Estimate
from farspan.noise.scoring import LabelledSpans, is_found


@dataclass(frozen=True, slots=True)
class EntityEstimates:
    """Precision, recall and F1 by label, and over all labels; the value is None where nothing can be estimated.

    n counts what was judged: predicted entities for precision, gold ones for recall, and for F1 those in either.
    """

    precision: Mapping[str, Estimate]
    recall: Mapping[str, Estimate]
    f1: Mapping[str, Estimate]
    overall: tuple[Estimate, Estimate, Estimate]


@dataclass(frozen=True, slots=True, eq=False)
class _Items:
    """The predicted or gold entities: the group of each, its label, and whether the other side has it too."""

    groups: LongArray
    labels: LongArray
    right: BoolArray


def entity_estimates(
    comparison: Comparison, groups: LongArray, *, clustered: bool = True, drawn_share: float = 0.0, level: float = LEVEL
) -> EntityEstimates:
    """Estimates from a sample of groups. groups: the position of each drawn group's first token, ascending (see `grid`).

    clustered: off where items were drawn one by one. drawn_share: groups drawn among the groups of the corpus.
    """
    gold = _items(comparison.gold, comparison.predicted, groups)
    predicted = _items(comparison.predicted, comparison.gold, groups)
    rows = [_ratios(gold, predicted, len(groups), label, drawn_share) for label in range(len(comparison.labels))]
    columns = [_estimates([row[i] for row in rows], comparison.labels, clustered=clustered, level=level) for i in range(3)]
    overall = _ratios(gold, predicted, len(groups), None, drawn_share)
    one, two, three = (item.estimate(level=level, clustered=clustered) for item in overall)
    return EntityEstimates(columns[0], columns[1], columns[2], (one, two, three))


def _items(spans: LabelledSpans, others: LabelledSpans, groups: LongArray) -> _Items:
    group = np.maximum(np.searchsorted(groups, spans.starts, side="right") - 1, 0)
    return _Items(group, spans.labels.astype(np.int64), is_found(spans, others))


def _ratios(gold: _Items, predicted: _Items, count: int, label: int | None, drawn_share: float) -> tuple[Ratio, Ratio, Ratio]:
    """Precision, recall and F1 of one label, or of all."""
    found, wanted, right = (
        np.bincount(items.groups[chosen], minlength=count).astype(np.float64)
        for items, chosen in (
            (predicted, _of(predicted, label)),
            (gold, _of(gold, label)),
            (predicted, _of(predicted, label) & predicted.right),
        )
    )
    both = found + wanted
    either = float(both.sum() - right.sum())
    f1 = ratio(2 * right, both, drawn_share=drawn_share)
    # F1 = 2J / (1 + J) for the share J of right ones in either file: the delta method gives the independent items it is worth.
    jaccard = float(right.sum()) / either if either else 0.0
    f1 = Ratio(f1.share, round(either), f1.variance, f1.groups, either * (1 + jaccard) ** 2 / 2)
    return ratio(right, found, drawn_share=drawn_share), ratio(right, wanted, drawn_share=drawn_share), f1


def _of(items: _Items, label: int | None) -> BoolArray:
    return np.ones(len(items.labels), dtype=bool) if label is None else items.labels == label


def _estimates(ratios: list[Ratio], labels: Sequence[str], *, clustered: bool, level: float) -> dict[str, Estimate]:
    floor = pooled_effect(ratios)
    made = {
        label: item.estimate(floor=floor, level=level, clustered=clustered) for label, item in zip(labels, ratios, strict=True)
    }
    return dict(sorted(made.items()))
