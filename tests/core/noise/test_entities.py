"""Precision, recall and F1 of entities from sentences or documents that were read whole, against a truth that is known."""

import numpy as np
import pytest

from farspan.noise.clusters import pooled_effect, ratio
from farspan.noise.comparison import Comparison
from farspan.noise.entities import entity_estimates
from farspan.noise.intervals import wilson
from farspan.noise.scoring import labelled_spans, score

LABELS = ("PER", "LOC", "DATE")


def compared(gold, predicted, labels=LABELS):
    sides = (
        labelled_spans(*(np.array([row[i] for row in rows], dtype=np.int64) for i in range(3))) for rows in (gold, predicted)
    )
    return Comparison(*sides, labels, None, None)


def corpus(random, sentences, miss=0.4, add=0.3, alike=0.7):
    """Entities of one token in sentences of ten; whole sentences are good or bad, so that entities are not independent."""
    gold, predicted = [], []
    for sentence in range(sentences):
        rate = miss if random.random() > alike else random.choice([0.0, 1.0], p=[1 - miss, miss])
        for token in range(random.integers(0, 5)):
            span = (sentence * 10 + token, sentence * 10 + token + 1, int(random.random() < 0.3))
            gold.append(span)
            if random.random() >= rate:
                predicted.append(span)
        if random.random() < add:
            predicted.append((sentence * 10 + 9, sentence * 10 + 10, 0))
    return gold, predicted


def test_values_are_those_of_the_strict_score():
    comparison = compared(*corpus(np.random.default_rng(0), 60))
    found = entity_estimates(comparison, np.arange(60) * 10)
    scores = score(comparison.gold, comparison.predicted, comparison.labels)

    for label in ("PER", "LOC"):
        strict = scores.by_label[label]["strict"]
        values = (found.precision[label].value, found.recall[label].value, found.f1[label].value)
        assert values == pytest.approx((strict.precision, strict.recall, strict.f1))
        assert found.recall[label].n == strict.support
    assert found.overall[2].value == pytest.approx(scores.overall["strict"].f1)


def test_intervals_from_sentences_cover_the_truth_where_naive_ones_do_not():
    random = np.random.default_rng(4)
    truth = 1 - 0.4
    covered = {True: [], False: []}
    for _ in range(300):
        comparison = compared(*corpus(random, 60))
        for clustered, results in covered.items():
            interval = entity_estimates(comparison, np.arange(60) * 10, clustered=clustered).overall[1].interval
            results.append(interval.lower <= truth <= interval.upper)

    assert np.mean(covered[True]) >= 0.92
    assert np.mean(covered[False]) < 0.87


def test_the_interval_of_f1_covers_the_truth():
    random = np.random.default_rng(5)
    whole = compared(*corpus(np.random.default_rng(99), 20_000))
    truth = entity_estimates(whole, np.arange(20_000) * 10).overall[2].value
    intervals = [entity_estimates(compared(*corpus(random, 60)), np.arange(60) * 10).overall[2].interval for _ in range(300)]

    assert np.mean([interval.lower <= truth <= interval.upper for interval in intervals]) >= 0.92


def test_a_label_that_never_occurs_has_no_number():
    found = entity_estimates(compared(*corpus(np.random.default_rng(0), 20)), np.arange(20) * 10)

    for column in (found.precision, found.recall, found.f1):
        assert (column["DATE"].value, column["DATE"].interval, column["DATE"].n) == (None, None, 0)


def test_all_right_and_all_wrong_are_never_certain():
    gold = [(10 * i, 10 * i + 1, 0) for i in range(8)]
    right = entity_estimates(compared(gold, gold), np.arange(8) * 10).f1["PER"]
    wrong = entity_estimates(compared(gold, [(s + 5, e + 5, x) for s, e, x in gold]), np.arange(8) * 10).f1["PER"]

    assert (right.value, wrong.value) == (1.0, 0.0)
    assert 0 < right.interval.lower < right.interval.upper == 1
    assert 0 == wrong.interval.lower < wrong.interval.upper < 1


def test_entities_of_one_sentence_give_a_value_without_an_interval():
    found = entity_estimates(compared([(0, 1, 0), (2, 3, 0)], [(0, 1, 0)]), np.array([0, 10, 20]))

    assert found.recall["PER"].value == 0.5
    assert found.recall["PER"].interval is None


def test_nothing_at_all_is_no_number_and_no_error():
    found = entity_estimates(compared([], []), np.array([0, 10]))

    assert [estimate.value for estimate in found.overall] == [None, None, None]


def slow_ratio_variance(hits, items):
    total = sum(items)
    share = sum(hits) / total
    return sum((h - share * x) ** 2 / (1 - x / total) for h, x in zip(hits, items, strict=True)) / total**2


def test_the_variance_of_a_ratio_is_its_plain_sum():
    hits, items = np.array([1.0, 0, 3, 2]), np.array([2.0, 0, 3, 4])
    found = ratio(hits, items)

    assert found.variance == pytest.approx(slow_ratio_variance(hits, items))
    assert ratio(hits, items, drawn_share=0.5).variance == pytest.approx(found.variance / 2)
    assert (found.groups, found.items) == (pytest.approx(81 / 29), 9)
    assert found.estimate(clustered=False).interval == wilson(6 / 9, 9)
    assert found.estimate(floor=3).interval.width > found.estimate().interval.width
    assert pooled_effect([found, ratio(np.zeros(4), np.zeros(4))]) == max(1.0, found.variance / found.expected)
    assert pooled_effect([]) == 1.0
