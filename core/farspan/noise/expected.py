"""How far an estimated noise matrix is from the true one, on average: the sum over cells of the squared error.

Hedderich, Zhu, Klakow 2021 give it for tokens drawn one by one. `clustered_error` is the same number for groups.
"""

import numpy as np
from scipy import special

from farspan.model import LongArray
from farspan.noise.clusters import FloatArray
from farspan.noise.matrix import NoiseMatrix


def fixed_sizes_error(matrix: FloatArray, sizes: LongArray | FloatArray) -> float | None:
    """The expected squared error if `sizes` tokens of each class were drawn one by one; rows without a token are left out.

    matrix: float[k, k], rows sum to 1. None where no class has a token.
    """
    seen = sizes > 0
    if not seen.any():
        return None
    return float(((1 - (matrix[seen] ** 2).sum(axis=1)) / sizes[seen]).sum())


def random_sizes_error(
    matrix: FloatArray, shares: FloatArray, n: int, *, fallback: FloatArray | None = None, class_totals: LongArray | None = None
) -> float:
    """The expected squared error if `n` tokens are drawn at random, so that the class sizes are random too.

    shares: float[k], of each true class. fallback: float[k, k], the rows used where a class was never drawn (default: zeros).
    class_totals: int64[k], how many tokens of each class the corpus has, if it is finite and drawn without replacement.
    """
    guess = np.zeros_like(matrix) if fallback is None else fallback
    spread = 1 - (matrix**2).sum(axis=1)
    missed = ((matrix - guess) ** 2).sum(axis=1)
    total = 0.0
    for row in range(len(matrix)):
        if class_totals is None:
            inverse, empty = _binomial(n, float(shares[row]))
        else:
            inverse, empty = _hypergeometric(n, int(class_totals[row]), int(class_totals.sum()))
        total += inverse * float(spread[row]) + empty * float(missed[row])
    return total


def clustered_error(estimated: NoiseMatrix) -> float | None:
    """The expected squared error as the groups were drawn; None with fewer than two groups or without a token."""
    known = np.isfinite(estimated.variance)
    return float(estimated.variance[known].sum()) if known.any() else None


def _binomial(n: int, share: float) -> tuple[float, float]:
    """The expected 1/r over class sizes r >= 1, and the probability of r = 0."""
    if share <= 0:
        return 0.0, 1.0
    if share >= 1:
        return 1 / n, 0.0
    r = np.arange(1, n + 1, dtype=np.float64)
    log_weight = _log_choose(n, r) + special.xlogy(r, share) + special.xlog1py(n - r, -share)
    return float((np.exp(log_weight) / r).sum()), float((1 - share) ** n)


def _hypergeometric(n: int, of_class: int, corpus: int) -> tuple[float, float]:
    """The same without replacement; 1/r becomes the variance factor (N - r) / (r (N - 1)) of r out of a class of N."""
    if of_class == 0:
        return 0.0, 1.0
    r = np.arange(max(0, n - (corpus - of_class)), min(n, of_class) + 1, dtype=np.float64)
    weight = np.exp(_log_choose(of_class, r) + _log_choose(corpus - of_class, n - r) - _log_choose(corpus, n))
    some = r > 0
    factor = (of_class - r[some]) / (r[some] * max(of_class - 1, 1))
    return float((weight[some] * factor).sum()), float(weight[~some].sum())


def _log_choose(n: float, k: FloatArray | float) -> FloatArray:
    chosen: FloatArray = special.gammaln(n + 1) - special.gammaln(np.asarray(k) + 1) - special.gammaln(n - np.asarray(k) + 1)
    return chosen
