"""How many more tokens and groups would make the intervals of a noise matrix as narrow as wanted.

A plan made from a pilot is off by a factor of two to four, so it is a range; make it again after every batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np

from farspan.noise.clusters import FloatArray
from farspan.noise.intervals import LEVEL, quantile
from farspan.noise.matrix import NoiseMatrix

HALF_WIDTHS: Final = (0.10, 0.05, 0.02)
_DOUBT: Final = 2.0  # a pilot's own estimate of what is needed is wrong by at least this factor


@dataclass(frozen=True, slots=True)
class Need:
    """What it takes that every cell of one row is known to within plus or minus `half_width`.

    have, have_groups: tokens of the class and groups judged so far. tokens, groups: how many are needed in all, as (low, high).
    now: the present half-width of the row's widest cell. The last three are None where the row has no interval.
    """

    label: str
    half_width: float
    now: float | None
    have: int
    have_groups: int
    tokens: tuple[int, int] | None
    groups: tuple[int, int] | None


def plan(
    estimated: NoiseMatrix, labels: Sequence[str], half_widths: Sequence[float] = HALF_WIDTHS, level: float = LEVEL
) -> list[Need]:
    """What each row needs for each of `half_widths`; nothing is said (None) of classes without an interval."""
    rows = [(row, label) for row, label in enumerate(labels) if estimated.counts[row].any() or estimated.counts[:, row].any()]
    return [_need(estimated, row, label, width, level) for row, label in rows for width in half_widths]


def tokens_needed(share: FloatArray, effect: FloatArray, half_width: float, level: float = LEVEL) -> float:
    """How many tokens of a class it takes until the widest of its cells has `half_width`; a cell of 0 or 1 needs some too."""
    square = quantile(level) ** 2
    spread = square * share * (1 - share) / half_width**2
    certain = square * (1 / (2 * half_width) - 1)
    return float((np.maximum(spread, certain) * effect).max())


def _need(estimated: NoiseMatrix, row: int, label: str, half_width: float, level: float) -> Need:
    have = int(estimated.counts[row].sum())
    lower, upper = estimated.lower[row], estimated.upper[row]
    if have == 0 or not np.isfinite(lower).all():
        return Need(label, half_width, None, have, estimated.groups, None, None)
    effect = estimated.effect[row]
    point = tokens_needed(estimated.matrix[row], effect, half_width, level)
    nearest_half, farthest = np.clip(0.5, lower, upper), np.where(abs(lower - 0.5) > abs(upper - 0.5), lower, upper)
    low = min(tokens_needed(farthest, effect, half_width, level), point / _DOUBT)
    high = max(tokens_needed(nearest_half, effect, half_width, level), point * _DOUBT)
    tokens = (max(1, ceil(low)), max(1, ceil(high)))
    groups = (max(2, ceil(tokens[0] * estimated.groups / have)), max(2, ceil(tokens[1] * estimated.groups / have)))
    return Need(label, half_width, float((upper - lower).max() / 2), have, estimated.groups, tokens, groups)
