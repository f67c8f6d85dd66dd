"""Intervals against statsmodels, to 1e-9, and what they say where there is little or nothing to say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from scipy.stats import t
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar
from statsmodels.stats.proportion import proportion_confint

from farspan.noise.intervals import METHODS, mcnemar, paired_difference, proportion, quantile, wilson

THEIRS = {"wilson": "wilson", "clopper-pearson": "beta", "jeffreys": "jeffreys"}


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from([0.5, 0.9, 0.95, 0.99]))
@settings(max_examples=80, deadline=None)
def test_intervals_equal_statsmodels(seen, level):
    right, n = seen
    for method in METHODS:
        ours = proportion(right, n, method=method, level=level).interval
        theirs = proportion_confint(right, n, alpha=1 - level, method=THEIRS[method])
        assert (ours.lower, ours.upper) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_all_wrong_and_all_right_stay_inside_0_and_1(method):
    nothing, everything = proportion(0, 5, method=method), proportion(5, 5, method=method)

    assert (nothing.value, everything.value) == (0.0, 1.0)
    assert 0 <= nothing.interval.lower < nothing.interval.upper < 1
    assert 0 < everything.interval.lower < everything.interval.upper <= 1


@pytest.mark.parametrize("method", METHODS)
def test_without_a_judgement_there_is_no_interval(method):
    estimate = proportion(0, 0, method=method)

    assert (estimate.value, estimate.interval, estimate.n) == (None, None, 0)
    assert paired_difference(0, 0, 0).interval is None


def test_few_groups_widen_the_interval_as_students_t_does():
    assert quantile(0.95, 4) == pytest.approx(t.ppf(0.975, 4), abs=1e-9)
    assert wilson(0.8, 40, degrees=4).width > wilson(0.8, 40).width


@given(st.integers(0, 12), st.integers(0, 12))
@settings(max_examples=40, deadline=None)
def test_mcnemar_equals_statsmodels(gained, lost):
    if gained + lost == 0:
        assert mcnemar(gained, lost) is None
    else:
        theirs = statsmodels_mcnemar([[5, gained], [lost, 5]], exact=True).pvalue
        assert mcnemar(gained, lost) == pytest.approx(theirs, abs=1e-9)


def slow_statistic(gained, lost, n, difference):
    """Tango's statistic with the restricted likelihood maximised by search."""

    def minus_log(q):
        p = q + difference
        rest = 1 - p - q
        parts = ((gained, p), (lost, q), (n - gained - lost, rest))
        return -sum(count * np.log(max(share, 1e-300)) for count, share in parts if count)

    low, high = max(0.0, -difference), (1 - difference) / 2
    q = optimize.minimize_scalar(minus_log, bounds=(low, high), method="bounded", options={"xatol": 1e-12}).x
    return (gained - lost - n * difference) / np.sqrt(n * (2 * q + difference * (1 - difference)))


@pytest.mark.parametrize(("gained", "lost", "n"), [(41, 3, 100), (5, 5, 30), (1, 0, 20), (0, 4, 12)])
def test_the_paired_interval_holds_what_a_score_test_does_not_reject(gained, lost, n):
    estimate = paired_difference(gained, lost, n)

    assert estimate.value == (gained - lost) / n
    assert slow_statistic(gained, lost, n, estimate.interval.lower) == pytest.approx(quantile(), abs=1e-3)
    assert slow_statistic(gained, lost, n, estimate.interval.upper) == pytest.approx(-quantile(), abs=1e-3)


@pytest.mark.parametrize(("gained", "lost", "n"), [(0, 0, 10), (10, 0, 10), (0, 10, 10), (0, 0, 1), (1, 0, 1)])
def test_extreme_changes_keep_a_paired_interval_inside_its_range(gained, lost, n):
    estimate = paired_difference(gained, lost, n)

    assert -1 <= estimate.interval.lower <= estimate.value <= estimate.interval.upper <= 1
    assert estimate.interval.width > 0


def test_paired_intervals_cover_the_truth():
    random = np.random.default_rng(3)
    counts = random.multinomial(60, [0.15, 0.05, 0.8], size=800)
    inside = [paired_difference(g, x, 60).interval for g, x, _ in counts.tolist()]

    assert 0.925 <= np.mean([i.lower <= 0.10 <= i.upper for i in inside]) <= 0.975
