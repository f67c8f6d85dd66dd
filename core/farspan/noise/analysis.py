"""What a gold sample says about the noise of a corpus: one function from two annotations to every measured number."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final, Literal

import numpy as np

from farspan.errors import InputError, OptionError
from farspan.model import LongArray
from farspan.noise.alignment import TokenGrid
from farspan.noise.clusters import FloatArray
from farspan.noise.comparison import Comparison, token_labels
from farspan.noise.entities import EntityEstimates, entity_estimates
from farspan.noise.expected import clustered_error, fixed_sizes_error
from farspan.noise.intervals import LEVEL
from farspan.noise.matrix import NoiseMatrix, count_pairs, noise_matrix
from farspan.noise.plan import HALF_WIDTHS, Need, plan

Unit = Literal["token", "sentence", "document"]
NO_ENTITY: Final = "O"


@dataclass(frozen=True, slots=True)
class NoiseAnalysis:
    """Everything measured from one sample.

    labels: the rows and columns of the matrix, O first. unit, units: what was drawn at random, and how many of it. random_error:
    the expected squared error of the matrix for tokens drawn one by one, clustered_error: as they were drawn; None where nothing
    can be said.
    """

    labels: tuple[str, ...]
    unit: Unit
    units: int
    matrix: NoiseMatrix
    random_error: float | None
    clustered_error: float | None
    entities: EntityEstimates
    plan: list[Need]

    def as_dict(self) -> dict[str, Any]:
        """The analysis under the names of the command's JSON; None where there is nothing to estimate."""
        matrix, entities = self.matrix, self.entities
        return {
            "labels": list(self.labels),
            "unit": self.unit,
            "counts": matrix.counts.tolist(),
            "matrix": _cells(matrix.matrix),
            "lower": _cells(matrix.lower),
            "upper": _cells(matrix.upper),
            "expected_error": {"random_tokens": self.random_error, "clustered": self.clustered_error},
            "precision": {label: item.as_dict() for label, item in entities.precision.items()},
            "recall": {label: item.as_dict() for label, item in entities.recall.items()},
            "f1": {label: item.as_dict() for label, item in entities.f1.items()},
            "plan": [self._need(need) for need in self.plan],
        }

    def _need(self, need: Need) -> dict[str, Any]:
        return {
            "label": need.label,
            "half_width": need.half_width,
            "now": need.now,
            "have": {"tokens": need.have, f"{self.unit}s": need.have_groups},
            "tokens": need.tokens,
            **({} if self.unit == "token" else {f"{self.unit}s": need.groups}),
        }


def _cells(values: FloatArray) -> list[list[float | None]]:
    return [[value if isfinite(value) else None for value in row] for row in values.tolist()]


def analyse(
    comparison: Comparison,
    unit: Unit = "sentence",
    *,
    corpus_units: int | None = None,
    half_widths: Sequence[float] = HALF_WIDTHS,
    level: float = LEVEL,
) -> NoiseAnalysis:
    """The noise of the predicted labels, as the gold sample shows it.

    unit: what was drawn at random. corpus_units: how many of it the corpus has, where the sample is a sizeable part of it.
    Raises InputError where there are no tokens, OptionError where the sample has more units than the corpus.
    """
    grid = comparison.grid
    if grid is None or not len(grid):
        raise InputError("there are no tokens to count", remedy="give files of tokens, or JSONL with its tokens")
    firsts = _firsts(grid, unit)
    share = _drawn_share(len(firsts), corpus_units, unit)
    names = sorted(comparison.labels)
    number = np.zeros(len(comparison.labels) + 1, dtype=np.int64)  # the last one is that of OUTSIDE, -1
    number[:-1] = [names.index(name) + 1 for name in comparison.labels]
    true, given = (number[token_labels(spans, grid)] for spans in (comparison.gold, comparison.predicted))
    group = np.searchsorted(firsts, np.arange(len(grid)), side="right") - 1
    clustered = unit != "token"
    estimated = noise_matrix(
        count_pairs(true, given, group, len(names) + 1, len(firsts)), clustered=clustered, drawn_share=share, level=level
    )
    labels = (NO_ENTITY, *names)
    return NoiseAnalysis(
        labels,
        unit,
        len(firsts),
        estimated,
        fixed_sizes_error(estimated.matrix, estimated.counts.sum(axis=1)),
        clustered_error(estimated),
        entity_estimates(comparison, grid.starts[firsts], clustered=clustered, drawn_share=share, level=level),
        plan(estimated, labels, half_widths, level),
    )


def _firsts(grid: TokenGrid, unit: Unit) -> LongArray:
    """The index of the first token of each unit."""
    if unit == "token":
        return np.arange(len(grid), dtype=np.int64)
    firsts = grid.sentences if unit == "sentence" else grid.documents
    return firsts[firsts < len(grid)]


def _drawn_share(units: int, corpus_units: int | None, unit: Unit) -> float:
    if corpus_units is None:
        return 0.0
    if corpus_units < units:
        raise OptionError(
            f"the corpus cannot have {corpus_units:,} {unit}s: the sample has {units:,}",
            remedy="give the size of the whole corpus",
        )
    return units / corpus_units
