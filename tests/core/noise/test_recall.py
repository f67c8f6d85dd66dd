"""Recall without whole documents of gold: an audit of unlabelled tokens held to a truth that is known, and hidden names."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import OptionError
from farspan.model import Document
from farspan.noise.intervals import NOTHING, proportion
from farspan.noise.recall import audited_recall, draw_tokens, relative_recall
from farspan.run import Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary


@given(
    st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.1, 0.9]), st.booleans()), max_size=60), st.integers(1, 80), st.integers(0, 3)
)
@settings(max_examples=100, deadline=None)
def test_only_unlabelled_tokens_are_drawn_each_once_with_the_probability_it_carries(rows, size, seed) -> None:
    scores, labelled = np.array([row[0] for row in rows], np.float64), np.array([row[1] for row in rows], np.bool_)
    audit = draw_tokens(scores, labelled, size, seed)
    open_ = int((~labelled).sum())

    assert len(audit) == min(size, open_) == len(set(audit.tokens.tolist()))
    assert not labelled[audit.tokens].any()
    assert audit.sizes.sum() == open_
    for stratum, count in enumerate(audit.sizes.tolist()):
        drawn = audit.strata == stratum
        np.testing.assert_allclose(audit.inclusion[drawn], drawn.sum() / max(count, 1))
    assert draw_tokens(scores, labelled, size, seed).tokens.tolist() == audit.tokens.tolist()


def world(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """3,000 tokens, of which 200 are labelled and about 80 of the others are missed entities; scores tell something."""
    labelled = np.arange(3000) < 200
    missed = ~labelled & (random.random(3000) < 0.028)
    return np.clip(random.normal(size=3000) * 0.2 + 0.3 + 0.35 * missed, 0, 1), labelled, missed


def test_intervals_of_recall_hold_the_truth() -> None:
    inside, errors = [], []
    for seed in range(150):
        random = np.random.default_rng(seed)
        scores, labelled, missed = world(random)
        audit = draw_tokens(scores, labelled, 150, seed)
        right = proportion(int(random.hypergeometric(160, 40, 100)), 100)
        found = audited_recall(audit, missed[audit.tokens].astype(float).tolist(), right, 200).recall
        truth = 160 / (160 + missed.sum())
        assert found.value is not None
        assert found.interval is not None
        assert found.interval.lower <= found.value <= found.interval.upper
        inside.append(found.interval.lower <= truth <= found.interval.upper)
        errors.append(abs(found.value - truth))
    assert np.mean(inside) >= 0.92
    assert np.mean(errors) < 0.08


def test_awkward_audits_give_intervals_that_make_sense_or_none() -> None:
    scores, labelled, _ = world(np.random.default_rng(0))
    audit = draw_tokens(scores, labelled, 60, 1)
    nothing_missed = audited_recall(audit, [0.0] * 60, proportion(90, 100), 200).recall
    nothing_right = audited_recall(audit, [1.0] * 60, proportion(0, 100), 200).recall

    assert nothing_missed.value == 1
    assert nothing_missed.interval is not None
    assert nothing_missed.interval.lower < 0.99
    assert nothing_right.value == 0
    assert audited_recall(audit, [None] * 60, proportion(90, 100), 200).recall == NOTHING
    assert audited_recall(audit, [0.0] * 60, NOTHING, 200).recall == NOTHING
    assert audited_recall(audit, [0.0, None], proportion(9, 10), 20).recall.n == 1


def test_entities_under_wrong_spans_lower_recall() -> None:
    scores, labelled, missed = world(np.random.default_rng(0))
    audit = draw_tokens(scores, labelled, 60, 1)
    parts = missed[audit.tokens].astype(float).tolist()
    without = audited_recall(audit, parts, proportion(80, 100), 200).recall
    with_ = audited_recall(audit, parts, proportion(80, 100), 200, beside=proportion(15, 100)).recall

    assert with_.value is not None
    assert without.value is not None
    assert 1 / with_.value == pytest.approx(1 / without.value + 15 / 80)


def session_over(text: str) -> Session:
    tokenizer = make_tokenizer("whitespace", "xx", Vocabulary())
    return Session(build_corpus([Document("a", text)], tokenizer, "xx"), Lexicon(tokenizer, "xx"))


def test_a_list_that_another_repeats_is_found_again_and_a_lonely_one_is_not() -> None:
    names = [f"Name{number}" for number in range(20)]
    session = session_over(" ".join(names * 3))
    lonely = [Source(EntityList.from_names("X", names, name="one"))]
    both = [*lonely, Source(EntityList.from_names("X", names[:10], name="two"))]

    alone = relative_recall(session, lonely, None, "one", 0.5)
    assert (alone.hidden, alone.spans, alone.found_again, alone.estimate.value) == (10, 30, 0, 0.0)
    helped = relative_recall(session, both, None, "one", 0.5)
    assert 0 < helped.found_again < helped.spans
    assert helped == relative_recall(session, both, None, "one", 0.5)


@pytest.mark.parametrize(("source", "share", "said"), [("one", 1.5, "cannot be hidden"), ("none", 0.5, "gives no span")])
def test_what_cannot_be_hidden_is_refused(source, share, said) -> None:
    session = session_over("Name1 Name2")
    with pytest.raises(OptionError, match=said):
        relative_recall(session, [Source(EntityList.from_names("X", ["Name1"], name="one"))], None, source, share)


def test_a_sample_of_nothing_is_refused() -> None:
    with pytest.raises(OptionError, match="draw at least one"):
        draw_tokens(np.zeros(3), np.zeros(3, np.bool_), 0, 1)
