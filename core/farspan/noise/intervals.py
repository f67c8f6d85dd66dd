"""Confidence intervals of proportions and of differences between two proportions judged on the same sample.

Wilson is the default, Clopper-Pearson and Jeffreys are there on request; Wald never, because it is too narrow for few judgements.
Without a judgement there is no interval: the functions return None. Brown, Cai, DasGupta 2001, Statistical Science 16(2).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from scipy import special

Method = Literal["wilson", "clopper-pearson", "jeffreys"]
LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A two-sided confidence interval; within 0..1 for a proportion, -1..1 for a difference."""

    lower: float
    upper: float

    @property
    def width(self) -> float:
        """Upper less lower end."""
        return self.upper - self.lower


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval and n, the judgements (or gold items) it rests on; None where nothing can be estimated."""

    value: float | None
    interval: Interval | None
    n: int

    def as_dict(self) -> dict[str, float | int | None]:
        """The estimate under the names of the commands' JSON."""
        lower, upper = (None, None) if self.interval is None else (self.interval.lower, self.interval.upper)
        return {"estimate": self.value, "lower": lower, "upper": upper, "n": self.n}


NOTHING: Final = Estimate(None, None, 0)


def quantile(level: float = LEVEL, degrees: float | None = None) -> float:
    """How many standard errors a two-sided interval of `level` reaches: of the normal, or of Student's t with `degrees`."""
    tail = (1 + level) / 2
    return float(special.ndtri(tail) if degrees is None else special.stdtrit(degrees, tail))


def wilson(share: float, n: float, level: float = LEVEL, degrees: float | None = None) -> Interval | None:
    """Wilson's interval of the proportion `share` seen in `n` trials; n need not be whole (an effective sample size).

    degrees: of freedom of the variance if that was estimated from few groups; then Student's t takes the place of the normal.
    """
    if n <= 0:
        return None
    z = quantile(level, degrees)
    if z == float("inf"):
        return Interval(0.0, 1.0)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    middle = share + z * z / (2 * n)
    scale = 1 + z * z / n
    return Interval(
        0.0 if share <= 0 else max((middle - spread) / scale, 0.0), 1.0 if share >= 1 else min((middle + spread) / scale, 1.0)
    )


def clopper_pearson(share: float, n: float, level: float = LEVEL) -> Interval | None:
    """The exact interval: never covers less than `level`, often more."""
    if n <= 0:
        return None
    right, tail = share * n, (1 - level) / 2
    lower = float(special.betaincinv(right, n - right + 1, tail)) if right > 0 else 0.0
    upper = float(special.betaincinv(right + 1, n - right, 1 - tail)) if right < n else 1.0
    return Interval(lower, upper)


def jeffreys(share: float, n: float, level: float = LEVEL) -> Interval | None:
    """The equal-tailed posterior interval under Jeffreys' prior, Beta(1/2, 1/2)."""
    if n <= 0:
        return None
    a, b, tail = share * n + 0.5, (1 - share) * n + 0.5, (1 - level) / 2
    return Interval(float(special.betaincinv(a, b, tail)), float(special.betaincinv(a, b, 1 - tail)))


METHODS: Final[dict[Method, Callable[[float, float, float], Interval | None]]] = {
    "wilson": wilson,
    "clopper-pearson": clopper_pearson,
    "jeffreys": jeffreys,
}


def proportion(right: int, n: int, *, method: Method = "wilson", level: float = LEVEL) -> Estimate:
    """The share of `right` among `n` independent judgements with its interval."""
    if n == 0:
        return NOTHING
    return Estimate(right / n, METHODS[method](right / n, n, level), n)


def paired_difference(gained: int, lost: int, n: int, level: float = LEVEL) -> Estimate:
    """How much a proportion changes when `gained` of `n` judged items turn right and `lost` turn wrong, with its interval.

    Tango's score interval for paired proportions: it needs no item to have changed. Tango 1998, Statistics in Medicine 17.
    """
    if n == 0:
        return NOTHING
    return Estimate((gained - lost) / n, _tango(gained, lost, n, quantile(level)), n)


def _tango(gained: int, lost: int, n: int, z: float) -> Interval:
    """The differences that a score test for paired proportions does not reject."""
    middle = (gained - lost) / n
    lower = _root(lambda difference: _score(gained, lost, n, difference) - z, -1.0, middle)
    upper = _root(lambda difference: _score(gained, lost, n, difference) + z, middle, 1.0)
    return Interval(lower, upper)


def _score(gained: int, lost: int, n: int, difference: float) -> float:
    """Tango's statistic; falls as the assumed `difference` grows."""
    a = 2 * n
    b = -gained - lost + (2 * n - gained + lost) * difference
    c = -lost * difference * (1 - difference)
    q = (sqrt(max(b * b - 4 * a * c, 0.0)) - b) / (2 * a)
    variance = n * (2 * q + difference * (1 - difference))
    distance = gained - lost - n * difference
    if variance <= 1e-15:
        return 0.0 if abs(distance) < 1e-12 else float("inf") * (1 if distance > 0 else -1)
    return distance / sqrt(variance)


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function crosses zero, to 1e-12; the end of the range it does not cross."""
    for _ in range(60):
        middle = (low + high) / 2
        if falling(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def mcnemar(gained: int, lost: int) -> float | None:
    """The exact two-sided p-value that as many items turn right as turn wrong; None if none changed."""
    changed = gained + lost
    if changed == 0:
        return None
    return min(1.0, 2 * float(special.bdtr(min(gained, lost), changed, 0.5)))
