"""Judging samples: how they are drawn, and estimates from them against a truth that is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import OptionError
from farspan.noise.sampling import (
    domain_estimate,
    draw_audit,
    draw_units,
    extend_audit,
    forecast,
    precision_estimate,
    risk_strata,
)

RISKS = st.lists(st.sampled_from([0.0, 0.1, 0.1, 0.4, 0.9, 1.0]), max_size=80).map(np.array)


@given(RISKS, st.integers(1, 90), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_a_sample_has_the_size_asked_for_and_true_inclusion_probabilities(risk, size, seed):
    sample = draw_audit(risk, size, seed, at_least=4)

    assert len(sample) == min(size, len(risk)) == len(set(sample.items.tolist()))
    assert sample.sizes.sum() == len(risk)
    for stratum, count in enumerate(sample.sizes):
        drawn = sample.strata == stratum
        assert drawn.sum() >= min(4, count) or size < 4 * len(sample.sizes)
        np.testing.assert_allclose(sample.inclusion[drawn], drawn.sum() / count)


@given(RISKS)
@settings(max_examples=100, deadline=None)
def test_equal_risks_share_a_stratum_and_none_is_too_small(risk):
    strata = risk_strata(risk, 5, 4)

    for value in np.unique(risk):
        assert len(set(strata[risk == value].tolist())) == 1
    if len(risk):
        sizes = np.bincount(strata)
        assert sizes.min() >= min(4, len(risk))
        assert (np.diff(strata[np.argsort(risk, kind="stable")]) >= 0).all()


def test_the_same_seed_draws_the_same_items():
    risk = np.random.default_rng(0).random(500)

    assert draw_audit(risk, 60, 7).items.tolist() == draw_audit(risk, 60, 7).items.tolist()
    assert draw_audit(risk, 60, 7).items.tolist() != draw_audit(risk, 60, 8).items.tolist()
    assert draw_units(100, 10, 3).tolist() == draw_units(100, 10, 3).tolist() == sorted(set(draw_units(100, 10, 3).tolist()))
    assert draw_units(4, 10, 3).tolist() == [0, 1, 2, 3]


def test_whoever_stops_early_has_judged_every_stratum_alike():
    sample = draw_audit(np.random.default_rng(0).random(1000), 100, 1)

    assert np.bincount(sample.strata[:50]).tolist() == pytest.approx([10] * 5, abs=1)


def test_items_are_drawn_with_the_probability_they_carry():
    risk = np.concatenate((np.zeros(30), np.linspace(0.5, 1, 20)))
    hits, said = np.zeros(50), np.zeros(50)
    for seed in range(600):
        sample = draw_audit(risk, 20, seed, strata=2, at_least=8)
        hits[sample.items] += 1
        said[sample.items] = sample.inclusion

    assert np.abs(hits / 600 - said).max() < 0.1


def population(random, n=3000, link=3.0):
    """Items of which the riskier are more often wrong."""
    risk = random.random(n)
    right = random.random(n) < 1 / (1 + np.exp(link * (risk - 0.9)))
    return risk, right


@pytest.mark.parametrize(("link", "judged"), [(3.0, 100), (8.0, 100), (0.0, 100), (3.0, 30), (8.0, 12)])
def test_intervals_of_precision_cover_the_truth(link, judged):
    random = np.random.default_rng(11)
    risk, right = population(random, link=link)
    found = [
        precision_estimate(sample, right[sample.items].tolist()) for sample in (draw_audit(risk, judged, s) for s in range(500))
    ]

    assert np.mean([e.interval.lower <= right.mean() <= e.interval.upper for e in found]) >= 0.925
    assert np.mean([e.value for e in found]) == pytest.approx(right.mean(), abs=0.012)


def test_stratified_precision_is_the_weighted_mean_of_the_strata():
    sample = draw_audit(np.repeat([0.1, 0.9], [90, 10]), 20, 5, strata=2, at_least=10)
    verdicts = [bool(stratum == 0 or i % 2) for i, stratum in enumerate(sample.strata.tolist())]
    risky = [v for v, stratum in zip(verdicts, sample.strata.tolist(), strict=True) if stratum == 1]

    assert precision_estimate(sample, verdicts).value == pytest.approx(0.9 * 1 + 0.1 * np.mean(risky))


def test_nothing_judged_or_only_unsure_gives_no_interval():
    sample = draw_audit(np.linspace(0, 1, 100), 20, 1)

    for verdicts in ([], [None] * 20):
        estimate = precision_estimate(sample, verdicts)
        assert (estimate.value, estimate.interval, estimate.n) == (None, None, 0)
        assert forecast(estimate, 10) is None


@pytest.mark.parametrize("answer", [True, False])
@pytest.mark.parametrize("count", [1, 2, 7, 60])
def test_all_right_and_all_wrong_are_never_certain(answer, count):
    sample = draw_audit(np.linspace(0, 1, 600), 60, 1)
    estimate = precision_estimate(sample, [answer] * count)

    assert (estimate.value, estimate.n) == (float(answer), count)
    assert 0 < estimate.interval.width < 1


def test_strata_without_a_verdict_are_merged():
    sample = draw_audit(np.linspace(0, 1, 600), 60, 1)
    verdicts = [True if stratum == 0 else None for stratum in sample.strata.tolist()]

    assert precision_estimate(sample, verdicts).value == 1.0


def test_unsure_verdicts_do_not_count():
    sample = draw_audit(np.zeros(50), 10, 1)

    assert precision_estimate(sample, [True, None, False, None]).n == 2


def test_more_verdicts_than_items_is_an_error():
    with pytest.raises(OptionError, match="not possible"):
        precision_estimate(draw_audit(np.zeros(5), 5, 1), [True] * 6)
    with pytest.raises(OptionError, match="not possible"):
        draw_audit(np.zeros(5), 0, 1)


def test_a_forecast_narrows_as_judgements_come_in():
    sample = draw_audit(np.linspace(0, 1, 600), 60, 1)
    estimate = precision_estimate(sample, [i % 4 > 0 for i in range(30)])
    widths = [forecast(estimate, more) for more in (0, 10, 30, 100)]

    assert widths[0] == pytest.approx(estimate.interval.width)
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("limit", [0.95, 0.7, 0.4])
def test_old_judgements_cover_the_truth_of_a_changed_result(limit):
    random = np.random.default_rng(21)
    risk, right = population(random)
    kept = risk < limit
    truth, inside = right[kept].mean(), []
    for seed in range(500):
        sample = draw_audit(risk, 100, seed)
        found = domain_estimate(
            sample,
            right[sample.items].tolist(),
            kept[sample.items],
            domain_size=int(kept.sum()) + 100,
            common=int(kept.sum()),
        )
        inside.append(found.estimate.interval.lower <= truth <= found.estimate.interval.upper)

    assert np.mean(inside) >= 0.925
    assert found.covered == pytest.approx(kept.sum() / (kept.sum() + 100))


def test_a_domain_that_holds_everything_is_the_whole():
    risk, right = population(np.random.default_rng(2))
    sample = draw_audit(risk, 80, 4)
    verdicts = right[sample.items].tolist()
    whole = domain_estimate(sample, verdicts, np.ones(80, dtype=bool), domain_size=3000, common=3000)

    assert whole.estimate.value == pytest.approx(precision_estimate(sample, verdicts).value)
    assert whole.covered == 1.0


def test_a_domain_without_a_judged_item_has_no_interval():
    sample = draw_audit(np.linspace(0, 1, 100), 20, 4)
    found = domain_estimate(sample, [True] * 20, np.zeros(20, dtype=bool), domain_size=0, common=0)

    assert (found.estimate.value, found.estimate.interval, found.covered) == (None, None, None)


@given(RISKS.filter(len), st.integers(1, 40), st.integers(1, 60), st.integers(0, 3))
@settings(max_examples=100, deadline=None)
def test_a_second_draw_makes_one_stratified_sample_with_the_first(risk, first, more, seed):
    strata = risk_strata(risk, 3, 4)
    sample = draw_audit(risk, first, seed, strata=3, at_least=4)
    drawn = np.zeros(len(risk), bool)
    drawn[sample.items] = True

    added = extend_audit(strata, drawn, more, seed, at_least=4)

    assert len(added) == len(set(added.items.tolist())) == min(more, len(risk) - len(sample))
    assert not drawn[added.items].any()
    assert added.strata.tolist() == strata[added.items].tolist()
    drawn[added.items] = True
    for stratum, size in enumerate(added.sizes.tolist()):
        assert size == (strata == stratum).sum()
        np.testing.assert_allclose(added.inclusion[added.strata == stratum], drawn[strata == stratum].sum() / size)


def test_what_was_drawn_too_seldom_is_drawn_first_when_a_sample_grows():
    strata = np.repeat(np.arange(2, dtype=np.int32), 500)
    drawn = np.zeros(1000, bool)
    drawn[:40] = True

    added = extend_audit(strata, drawn, 40, 1)

    assert np.bincount(added.strata, minlength=2).tolist() == [0, 40]
    with pytest.raises(OptionError, match="draw at least one"):
        extend_audit(strata, drawn, 0, 1)
