"""The noise matrix, its errors and its plan, on samples whose truth is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from farspan.noise.expected import clustered_error, fixed_sizes_error, random_sizes_error
from farspan.noise.intervals import wilson
from farspan.noise.matrix import count_pairs, noise_matrix, sum_groups
from farspan.noise.plan import plan

TRUE = np.array([[0.98, 0.01, 0.01], [0.2, 0.7, 0.1], [0.3, 0.1, 0.6]])
SHARES = np.array([0.8, 0.12, 0.08])
ROWS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=60)


def slow_variance(rows, classes, groups):
    """The cluster-corrected variance, cell by cell and group by group, as it is written in the book."""
    counts = np.zeros((groups, classes, classes))
    for group, true, given_label in rows:
        counts[group, true, given_label] += 1
    totals = counts.sum(axis=0)
    result = np.full((classes, classes), np.nan)
    for i in range(classes):
        n = totals[i].sum()
        for j in range(classes):
            if n:
                share = totals[i, j] / n
                spread = 0.0
                for c in range(groups):
                    size = counts[c, i].sum()
                    if size < n:
                        spread += (counts[c, i, j] - size * share) ** 2 / (1 - size / n)
                if (counts[:, i].sum(axis=1) > 0).sum() > 1:
                    result[i, j] = spread / n**2
    return totals, result


@given(ROWS)
@settings(max_examples=100, deadline=None)
def test_counts_and_variances_equal_the_plain_sums(rows):
    group, true, label = np.array(rows, dtype=np.int64).T
    estimated = noise_matrix(count_pairs(true, label, group, 3, 5))
    totals, variance = slow_variance(rows, 3, 5)

    assert (estimated.counts == totals).all()
    np.testing.assert_allclose(estimated.variance, variance, atol=1e-12)
    table = np.zeros((5, 3, 3))
    np.add.at(table, (group, true, label), 1)
    from_table = noise_matrix(sum_groups(table))
    for name in ("counts", "matrix", "lower", "upper", "variance", "effect"):
        np.testing.assert_allclose(getattr(from_table, name), getattr(estimated, name), atol=1e-9)


def test_with_groups_of_equal_size_the_variance_is_the_textbooks():
    true, label, group = np.zeros(12, dtype=np.int64), np.array([0, 0, 1] * 3 + [1, 1, 1]), np.repeat(np.arange(4), 3)
    estimated = noise_matrix(count_pairs(true, label, group, 2, 4))
    hits = np.array([2, 2, 2, 0])

    assert estimated.variance[0, 0] == pytest.approx(4 / 3 * ((hits - 3 * 0.5) ** 2).sum() / 12**2)


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_intervals_hold_the_estimate_and_are_never_narrower_than_for_random_tokens(rows):
    group, true, label = np.array(rows, dtype=np.int64).T
    counted = count_pairs(true, label, group, 3, 5)
    clustered, simple = noise_matrix(counted), noise_matrix(counted, clustered=False)
    known = np.isfinite(clustered.lower)

    assert (clustered.lower[known] <= clustered.matrix[known] + 1e-12).all()
    assert (clustered.matrix[known] <= clustered.upper[known] + 1e-12).all()
    assert ((clustered.upper - clustered.lower)[known] >= (simple.upper - simple.lower)[known] - 1e-12).all()
    assert (known == (clustered.row_groups > 1)[:, None]).all()


def test_groups_too_unequal_to_tell_anything_exclude_nothing():
    group, true, label = np.array([(0, 0, 0)] * 5 + [(1, 0, 0)], dtype=np.int64).T
    estimated = noise_matrix(count_pairs(true, label, group, 3, 5))
    assert (estimated.lower[0].tolist(), estimated.upper[0].tolist()) == ([0.0, 0.0, 0.0], [1.0, 1.0, 1.0])
    assert np.isnan(estimated.lower[1]).all()


def test_intervals_of_random_tokens_are_wilsons():
    true, label = np.repeat(0, 40), np.repeat([0, 1], [31, 9])
    estimated = noise_matrix(count_pairs(true, label, np.arange(40), 2, 40), clustered=False)
    expected = wilson(31 / 40, 40)

    assert (estimated.lower[0, 0], estimated.upper[0, 0]) == pytest.approx((expected.lower, expected.upper), abs=1e-12)
    assert np.isnan(estimated.lower[1]).all()


def draw(random, n, matrix=TRUE):
    true = random.choice(3, n, p=SHARES)
    label = (random.random(n)[:, None] > matrix[true].cumsum(axis=1)).sum(axis=1)
    return true, np.minimum(label, 2)


def test_the_formula_predicts_the_error_of_random_tokens():
    random = np.random.default_rng(1)
    errors = []
    for _ in range(500):
        true, label = draw(random, 500)
        found = noise_matrix(count_pairs(true, label, np.zeros(500, dtype=np.int64), 3, 1), clustered=False).matrix
        errors.append(((np.nan_to_num(found) - TRUE) ** 2).sum())

    assert 0.9 <= np.mean(errors) / random_sizes_error(TRUE, SHARES, 500) <= 1.1


def test_the_formula_with_few_tokens_counts_the_chance_of_an_empty_row():
    random = np.random.default_rng(2)
    guess = np.eye(3)
    errors = []
    for _ in range(2000):
        true, label = draw(random, 12)
        found = noise_matrix(count_pairs(true, label, np.zeros(12, dtype=np.int64), 3, 1), clustered=False).matrix
        errors.append(((np.where(np.isnan(found), guess, found) - TRUE) ** 2).sum())

    assert 0.93 <= np.mean(errors) / random_sizes_error(TRUE, SHARES, 12, fallback=guess) <= 1.07


def test_sums_over_class_sizes_equal_scipys_distributions():
    n, r = 30, np.arange(1, 31)
    spread = 1 - (TRUE**2).sum(axis=1)
    plain = sum(spread[i] * (stats.binom.pmf(r, n, SHARES[i]) / r).sum() for i in range(3))
    plain += sum((1 - SHARES[i]) ** n * (TRUE[i] ** 2).sum() for i in range(3))
    totals = np.array([80, 12, 8])
    finite = sum(
        spread[i] * (stats.hypergeom.pmf(r, 100, totals[i], n) * (totals[i] - r) / (r * (totals[i] - 1))).sum() for i in range(3)
    ) + sum(stats.hypergeom.pmf(0, 100, totals[i], n) * (TRUE[i] ** 2).sum() for i in range(3))

    assert random_sizes_error(TRUE, SHARES, n) == pytest.approx(plain, rel=1e-9)
    assert random_sizes_error(TRUE, SHARES, n, class_totals=totals) == pytest.approx(finite, rel=1e-9)


def test_a_whole_corpus_has_no_error_and_a_class_that_never_occurs_only_its_guess():
    totals = np.array([80, 20, 0])

    assert random_sizes_error(TRUE, SHARES, 100, class_totals=totals) == pytest.approx((TRUE[2] ** 2).sum())
    assert random_sizes_error(TRUE, SHARES, 100, fallback=TRUE, class_totals=totals) == pytest.approx(0)


def grouped(random, groups, size=8, repeats=4):
    """Groups in which tokens come in runs that were all labelled alike, so that tokens of a group are not independent."""
    true, label = draw(random, groups * size)
    return np.repeat(true, repeats), np.repeat(label, repeats), np.repeat(np.arange(groups), size * repeats)


def test_clustered_intervals_cover_where_naive_ones_do_not():
    random = np.random.default_rng(5)
    covered = {True: [], False: []}
    for _ in range(250):
        counted = count_pairs(*grouped(random, 60), 3, 60)
        for clustered, results in covered.items():
            found = noise_matrix(counted, clustered=clustered)
            results.append((found.lower <= TRUE) & (found.upper >= TRUE))

    assert np.diagonal(np.mean(covered[True], axis=0)).min() >= 0.92
    assert np.diagonal(np.mean(covered[False], axis=0)).max() < 0.85


def test_the_clustered_error_is_the_error_that_is_seen():
    random = np.random.default_rng(6)
    seen, said, naive = [], [], []
    for _ in range(250):
        found = noise_matrix(count_pairs(*grouped(random, 80), 3, 80))
        seen.append(((found.matrix - TRUE) ** 2).sum())
        said.append(clustered_error(found))
        naive.append(fixed_sizes_error(found.matrix, found.counts.sum(axis=1)))

    assert 0.85 <= np.mean(said) / np.mean(seen) <= 1.15
    assert np.mean(naive) / np.mean(seen) < 0.4


def test_nothing_is_said_where_nothing_was_seen():
    zeros = np.zeros(4, dtype=np.int64)
    one_group = noise_matrix(count_pairs(zeros, zeros, zeros, 2, 1))

    assert one_group.matrix[0, 0] == 1
    assert np.isnan(one_group.lower).all()
    assert clustered_error(one_group) is None
    assert fixed_sizes_error(np.full((2, 2), np.nan), np.zeros(2)) is None


def test_all_right_and_all_wrong_rows_keep_an_interval_inside_0_and_1():
    group = np.arange(6)
    right = noise_matrix(count_pairs(np.zeros(6, dtype=np.int64), np.zeros(6, dtype=np.int64), group, 2, 6))
    wrong = noise_matrix(count_pairs(np.zeros(6, dtype=np.int64), np.ones(6, dtype=np.int64), group, 2, 6))

    assert (right.upper[0, 0], right.lower[0, 1], wrong.lower[0, 0]) == (1.0, 0.0, 0.0)
    assert 0 < right.lower[0, 0] < 1
    assert 0 < wrong.upper[0, 0] < 1


def test_a_plan_is_a_range_that_shrinks_with_the_wish_and_holds_what_was_needed():
    random = np.random.default_rng(7)
    needs = plan(noise_matrix(count_pairs(*grouped(random, 100), 3, 100)), ["O", "PER", "LOC"], [0.1, 0.05])
    wide, narrow = needs[2], needs[3]
    truth = 1.96**2 * 0.7 * 0.3 * 4 / 0.1**2

    assert (wide.label, wide.half_width, narrow.half_width) == ("PER", 0.1, 0.05)
    assert wide.tokens[0] < truth < wide.tokens[1]
    assert narrow.tokens[1] > wide.tokens[1]
    assert 2 * wide.groups[0] <= wide.groups[1]


def test_a_plan_says_nothing_of_a_class_that_was_never_seen():
    true, label = np.zeros(6, dtype=np.int64), np.array([0, 0, 0, 0, 0, 1])
    needs = plan(noise_matrix(count_pairs(true, label, np.arange(6), 3, 6)), ["O", "PER", "LOC"], [0.1])

    assert [(need.label, need.have, need.groups is None) for need in needs] == [("O", 6, False), ("PER", 0, True)]
