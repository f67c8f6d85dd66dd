"""Proportions of things that were drawn in groups: people label sentences or documents, not single tokens.

Items of one group resemble each other, so a group sample says less than as many items drawn one by one. The variance is that of
a ratio of group totals (Cochran 1977, chapters 6 and 9); the design effect says how many times larger it is. Groups of unequal
size make that variance too small and its degrees of freedom too many, so residuals are corrected for leverage (Bell, McCaffrey
2002) and groups count by what they are worth (Kish 1965). With equal groups both corrections fall away.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from farspan.noise.intervals import LEVEL, NOTHING, Estimate, wilson

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A proportion over groups, before its interval is made.

    share: hits / items. items: how many. variance: of the share between groups; None where fewer than two groups hold an item.
    groups: how many groups of equal size those that hold an item are worth. simple: how many independent items would give the
    share as seen from single items (see `entities`).
    """

    share: float
    items: int
    variance: float | None
    groups: float
    simple: float

    @property
    def expected(self) -> float:
        """The variance that independent items would give."""
        return self.share * (1 - self.share) / self.simple

    def estimate(self, *, floor: float = 1.0, level: float = LEVEL, clustered: bool = True) -> Estimate:
        """The share with Wilson's interval at the effective sample size, by Student's t for what the groups are worth.

        floor: the design effect counts at least this much. With clustered off, items count as independent. No interval is given
        where the items come from a single group: how much groups differ cannot be seen then.
        """
        if self.items == 0:
            return NOTHING
        if not clustered:
            return Estimate(self.share, wilson(self.share, self.simple, level), self.items)
        if self.variance is None:
            return Estimate(self.share, None, self.items)
        effect = max(1.0, floor, self.variance / self.expected if self.expected > 0 else 0.0)
        return Estimate(self.share, wilson(self.share, self.simple / effect, level, degrees_of_freedom(self.groups)), self.items)


def ratio(hits: FloatArray, items: FloatArray, *, drawn_share: float = 0.0, simple: float | None = None) -> Ratio:
    """The ratio of the totals of two columns with one row a group drawn, groups without an item included.

    drawn_share: groups drawn among groups there are, for the finite population correction; 0 for an endless corpus.
    simple: see `Ratio`; by default the number of items.
    """
    total = float(items.sum())
    if total == 0:
        return Ratio(0.0, 0, None, 0, 0.0)
    share = float(hits.sum()) / total
    variance = None
    if np.count_nonzero(items) > 1:
        residuals = hits - share * items
        variance = (1 - drawn_share) * float((residuals**2 / (1 - items / total)).sum()) / total**2
    groups = total**2 / float(items @ items)
    return Ratio(share, round(total), variance, groups, total if simple is None else simple)


def degrees_of_freedom(groups: float) -> float:
    """Of a variance between groups that are worth `groups` of equal size; never below one half."""
    return max(groups - 1, 0.5)


def pooled_effect(ratios: list[Ratio]) -> float:
    """The design effect over several ratios, at least 1: the floor for each of them, whose own value is unsure or unknown."""
    known = [(item.variance, item.expected) for item in ratios if item.variance is not None and item.items]
    expected = sum(simple for _, simple in known)
    return max(1.0, sum(variance for variance, _ in known) / expected) if expected > 0 else 1.0
