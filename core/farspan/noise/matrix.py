"""The noise matrix P(given label | true label) over tokens, from a labelled sample, with intervals for every cell.

Hedderich, Zhu, Klakow 2021, "Analysing the Noise Model Error for Realistic Noisy Label Data", for random tokens; where sentences
or whole documents were labelled the error is 1.4 to 2.2 times larger, and the cluster-corrected variance says how much.
"""

from dataclasses import dataclass

import numpy as np

from farspan.model import LongArray
from farspan.noise.clusters import FloatArray
from farspan.noise.intervals import LEVEL, quantile


@dataclass(frozen=True, slots=True, eq=False)
class GroupedCounts:
    """How often each true label (row) was given each label (column), and how the counts vary between the groups drawn.

    counts: int64[k, k]. squares: float[k, k], the sum over groups of a cell's count squared. products: float[k, k], of a cell's
    count times its row's. row_squares: float[k], of a row's count squared. row_groups: int64[k], groups that hold the class.
    groups: how many were drawn.
    """

    counts: LongArray
    squares: FloatArray
    products: FloatArray
    row_squares: FloatArray
    row_groups: LongArray
    groups: int


@dataclass(frozen=True, slots=True, eq=False)
class NoiseMatrix:
    """The estimated matrix with its intervals and variances, all float[k, k]; nan where there is nothing to estimate from.

    A row is nan where its class never occurs; lower and upper also where it occurs in one group only. variance: of each cell as
    groups were drawn; nan with fewer than two groups. effect: the design effect used for the intervals.
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
    row_sizes = np.bincount(row_index, weights=sizes, minlength=len(row_of_key))
    row = row_of_key % classes
    shape = (classes, classes)

    def summed(weights: FloatArray) -> FloatArray:
        return np.bincount(cell, weights=weights, minlength=classes * classes).astype(np.float64).reshape(shape)

    plain = sizes.astype(np.float64)
    return GroupedCounts(
        summed(plain).astype(np.int64),
        summed(plain**2),
        summed(plain * row_sizes[row_index]),
        np.bincount(row, weights=row_sizes**2, minlength=classes).astype(np.float64),
        np.bincount(row, minlength=classes),
        groups,
    )


def noise_matrix(
    counted: GroupedCounts, *, clustered: bool = True, drawn_share: float = 0.0, level: float = LEVEL
) -> NoiseMatrix:
    """The matrix estimated from `counted`, with Wilson intervals.

    clustered: off where tokens were drawn one by one; each then counts as independent. drawn_share: groups drawn among the groups
    of the corpus. A cell's design effect is its own or its row's pooled one (of all rows where the row has no error), whichever
    is larger, and never below 1; Student's t has as many degrees of freedom as groups hold the class, less one.
    """
    sizes = counted.counts.sum(axis=1).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        matrix = counted.counts / sizes[:, None]
        simple = matrix * (1 - matrix) / sizes[:, None]
    variance = _variance(counted, matrix, sizes, drawn_share) if clustered else simple
    effect = _effects(variance, simple) if clustered else np.ones_like(matrix)
    reach = _reach(counted.row_groups, clustered=clustered, level=level)
    lower, upper = _wilson(matrix, sizes[:, None] / effect, reach[:, None])
    return NoiseMatrix(counted.counts, matrix, lower, upper, variance, effect, counted.row_groups, counted.groups)


def _variance(counted: GroupedCounts, matrix: FloatArray, sizes: FloatArray, drawn_share: float) -> FloatArray:
    m = counted.groups
    if m < 2:
        return np.full_like(matrix, np.nan)
    spread = counted.squares - 2 * matrix * counted.products + matrix**2 * counted.row_squares[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        return (1 - drawn_share) * m / (m - 1) * np.maximum(spread, 0.0) / sizes[:, None] ** 2


def _effects(variance: FloatArray, simple: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        rows = np.nansum(variance, axis=1) / np.nansum(simple, axis=1)
        everything = np.nansum(variance) / np.nansum(simple)
        own = variance / simple
    floor = np.fmax(np.where(np.isfinite(rows), rows, everything), 1.0)
    return np.fmax(np.where(np.isfinite(own), own, 1.0), floor[:, None])


def _reach(row_groups: LongArray, *, clustered: bool, level: float) -> FloatArray:
    """How many standard errors the intervals of each row reach; nan where a single group holds the class."""
    if not clustered:
        return np.full(len(row_groups), quantile(level))
    return np.array([quantile(level, groups - 1) if groups > 1 else np.nan for groups in row_groups.tolist()])


def _wilson(share: FloatArray, n: FloatArray, z: FloatArray) -> tuple[FloatArray, FloatArray]:
    """`intervals.wilson` on arrays."""
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        middle, scale = share + z * z / (2 * n), 1 + z * z / n
        lower, upper = (middle - spread) / scale, (middle + spread) / scale
    known = np.isfinite(lower)
    lower[known & (share <= 0)] = 0.0
    upper[known & (share >= 1)] = 1.0
    return lower, upper
