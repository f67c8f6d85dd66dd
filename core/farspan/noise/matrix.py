"""The noise matrix P(given label | true label) over tokens, from a labelled sample, with intervals for every cell.

Hedderich, Zhu, Klakow 2021, "Analysing the Noise Model Error for Realistic Noisy Label Data", for random tokens; where sentences
or whole documents were labelled the error is 1.4 to 2.2 times larger, and the cluster-corrected variance says how much.
"""

from dataclasses import dataclass

import numpy as np

from farspan.model import LongArray
from farspan.noise.clusters import FloatArray, degrees_of_freedom
from farspan.noise.intervals import LEVEL, quantile


@dataclass(frozen=True, slots=True, eq=False)
class GroupedCounts:
    """How often each true label (row) was given each label (column), and how the counts vary between the groups drawn.

    counts: int64[k, k]. row_groups: int64[k], groups that hold the class. effective: float[k], how many groups of equal size they
    are worth. groups: how many were drawn. The rest are sums over groups, each group weighted by 1 / (1 - its share of the row):
    squares, float[k, k], of a cell's count squared; products, float[k, k], of a cell's count times its row's; row_squares,
    float[k], of a row's count squared.
    """

    counts: LongArray
    squares: FloatArray
    products: FloatArray
    row_squares: FloatArray
    row_groups: LongArray
    effective: FloatArray
    groups: int


@dataclass(frozen=True, slots=True, eq=False)
class NoiseMatrix:
    """The estimated matrix with its intervals and variances, all float[k, k]; nan where there is nothing to estimate from.

    A row is nan where its class never occurs; all but the matrix itself also where it occurs in one group only, unless tokens
    were drawn one by one. variance: of each cell as drawn. effect: the design effect used for the intervals.
    """

    counts: LongArray
    matrix: FloatArray
    lower: FloatArray
    upper: FloatArray
    variance: FloatArray
    effect: FloatArray
    row_groups: LongArray
    groups: int


def count_pairs(true: LongArray, given: LongArray, group: LongArray, classes: int, groups: int) -> GroupedCounts:
    """The counts of tokens with the classes `true` and `given` (0..classes-1) that stand in `group` (0..groups-1)."""
    cells = (group * classes + true) * classes + given
    keys, sizes = np.unique(cells, return_counts=True)
    cell = keys % (classes * classes)
    row_of_key, row_index = np.unique(keys // classes, return_inverse=True)
    row_sizes = np.bincount(row_index, weights=sizes, minlength=len(row_of_key)).astype(np.float64)
    row = row_of_key % classes
    totals = np.bincount(row, weights=row_sizes, minlength=classes)
    weight = _weights(row_sizes / totals[row])

    def in_cells(values: FloatArray) -> FloatArray:
        return np.bincount(cell, weights=values, minlength=classes * classes).astype(np.float64).reshape(classes, classes)

    def in_rows(values: FloatArray) -> FloatArray:
        return np.bincount(row, weights=values, minlength=classes).astype(np.float64)

    plain = sizes.astype(np.float64)
    return GroupedCounts(
        in_cells(plain).astype(np.int64),
        in_cells(weight[row_index] * plain**2),
        in_cells(weight[row_index] * plain * row_sizes[row_index]),
        in_rows(weight * row_sizes**2),
        np.bincount(row, minlength=classes),
        totals**2 / np.maximum(in_rows(row_sizes**2), 1),
        groups,
    )


def sum_groups(counts: FloatArray) -> GroupedCounts:
    """The same from a table of counts, float[groups, k, k]."""
    rows = counts.sum(axis=2)
    totals = rows.sum(axis=0)
    weight = _weights(rows / np.maximum(totals, 1))
    return GroupedCounts(
        counts.sum(axis=0).astype(np.int64),
        (weight[:, :, None] * counts**2).sum(axis=0),
        ((weight * rows)[:, :, None] * counts).sum(axis=0),
        (weight * rows**2).sum(axis=0),
        (rows > 0).sum(axis=0),
        totals**2 / np.maximum((rows**2).sum(axis=0), 1),
        len(counts),
    )


def _weights(share: FloatArray) -> FloatArray:
    """What a group's squared residual counts, for its share of all items: a large group pulls the estimate towards itself."""
    return np.where(share < 1, 1 / np.maximum(1 - share, 1e-12), 1.0)


def noise_matrix(
    counted: GroupedCounts, *, clustered: bool = True, drawn_share: float = 0.0, level: float = LEVEL
) -> NoiseMatrix:
    """The matrix estimated from `counted`, with Wilson intervals.

    clustered: off where tokens were drawn one by one; each then counts as independent. drawn_share: groups drawn among the groups
    of the corpus. A cell's design effect is its own or its row's pooled one (of all rows where the row has no error), whichever
    is larger, and never below 1; Student's t has as many degrees of freedom as groups of equal size the class is worth, less one.
    """
    sizes = counted.counts.sum(axis=1).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        matrix = counted.counts / sizes[:, None]
        simple = matrix * (1 - matrix) / sizes[:, None]
    variance = _variance(counted, matrix, sizes, drawn_share) if clustered else simple
    effect = _effects(variance, simple) if clustered else np.ones_like(matrix)
    reach = _reach(counted, clustered=clustered, level=level)
    lower, upper = _wilson(matrix, sizes[:, None] / effect, reach[:, None])
    return NoiseMatrix(counted.counts, matrix, lower, upper, variance, effect, counted.row_groups, counted.groups)


def _variance(counted: GroupedCounts, matrix: FloatArray, sizes: FloatArray, drawn_share: float) -> FloatArray:
    spread = counted.squares - 2 * matrix * counted.products + matrix**2 * counted.row_squares[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        variance: FloatArray = (1 - drawn_share) * np.maximum(spread, 0.0) / sizes[:, None] ** 2
    variance[counted.row_groups < 2] = np.nan
    return variance


def _effects(variance: FloatArray, simple: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        rows = np.nansum(variance, axis=1) / np.nansum(simple, axis=1)
        everything = np.nansum(variance) / np.nansum(simple)
        own = variance / simple
    floor = np.fmax(np.where(np.isfinite(rows), rows, everything), 1.0)
    return np.fmax(np.where(np.isfinite(own), own, 1.0), floor[:, None])


def _reach(counted: GroupedCounts, *, clustered: bool, level: float) -> FloatArray:
    """How many standard errors the intervals of each row reach; nan where a single group holds the class."""
    if not clustered:
        return np.full(len(counted.counts), quantile(level))
    rows = zip(counted.effective.tolist(), counted.row_groups.tolist(), strict=True)
    return np.array([quantile(level, degrees_of_freedom(effective)) if groups > 1 else np.nan for effective, groups in rows])


def _wilson(share: FloatArray, n: FloatArray, z: FloatArray) -> tuple[FloatArray, FloatArray]:
    """`intervals.wilson` on arrays."""
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        middle, scale = share + z * z / (2 * n), 1 + z * z / n
        lower, upper = (middle - spread) / scale, (middle + spread) / scale
    # Groups too few or too unequal to tell anything: the interval excludes nothing. Where z is nan there is no interval at all.
    open_ended = ~np.isfinite(lower) & np.isfinite(share) & ~np.isnan(z)
    lower[open_ended], upper[open_ended] = 0.0, 1.0
    known = np.isfinite(lower)
    lower[known & (share <= 0)] = 0.0
    upper[known & (share >= 1)] = 1.0
    return lower, upper
