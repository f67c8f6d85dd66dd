"""Signals with their reasons, the risk fitted on verdicts, and what may have been missed: hints that order, never estimates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.model import Document
from farspan.noise.fitted import auc, fit_risk, fit_signals
from farspan.noise.missed import missed_entities
from farspan.noise.signals import RunSignals, signals
from farspan.noise.tagger import token_scores
from farspan.run import Run, Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

TEXTS = [
    "In June it rained; june is wet, and june is long. June Carter sang in Berlin.",
    "They say june is warm. Berlin is cold, and Rome is old.",
]
LISTS = [
    EntityList.from_names("PER", ["June", "June Carter"], name="people"),
    EntityList.from_names("DATE", ["June"], name="DATE"),
    EntityList.from_names("LOC", ["Berlin", "Rome"], name="places"),
]


def session_over(texts: Sequence[str]) -> Session:
    tokenizer = make_tokenizer("unicode", "en", Vocabulary())
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    return Session(build_corpus(documents, tokenizer, "en"), Lexicon(tokenizer, "en"))


def made() -> tuple[Run, RunSignals]:
    session = session_over(TEXTS)
    run = session.run([Source(names) for names in LISTS])
    return run, signals(run, session.lexicon)


def test_a_span_tells_why_it_may_be_wrong_the_strongest_reason_first() -> None:
    run, found = made()
    worst = found.of_span(int(found.order[0]))

    assert run.corpus.vocabulary[int(run.corpus.ids[run.spans.starts[found.order[0]]])] == "June"
    assert worst.rank == 1
    assert "'June' is lower-case in 60% of its uses" in worst.reasons
    assert "'June' is also in list DATE" in worst.reasons
    values = [found.of_span(int(row)).value for row in found.order]
    assert values == sorted(values, reverse=True)
    assert all(0 <= value <= 1 for value in values)


def test_a_name_has_a_signal_within_its_list_and_a_name_that_matches_nowhere_has_none() -> None:
    _, found = made()

    assert found.of_name(0, 0).rank == 1
    assert found.of_name(0, 0).reasons
    assert found.of_name(2, 0).rank >= 1


def test_a_run_without_spans_has_no_signals() -> None:
    session = session_over(["Nothing here."])
    found = signals(session.run([Source(LISTS[0])]), session.lexicon)
    assert len(found.risks) == len(found.order) == 0


def test_few_verdicts_or_only_one_kind_leave_the_mean_of_ranks() -> None:
    random = np.random.default_rng(0)
    features, fallback = random.random((50, 3)), random.random(50)
    for judged, wrong in ((np.arange(10), np.arange(10) < 5), (np.arange(40), np.ones(40, np.bool_))):
        found = fit_risk(features, fallback, judged, wrong)
        assert found.method == "mean of ranks"
        assert found.values is fallback
        assert found.why


def test_verdicts_teach_which_signs_count_the_same_each_time() -> None:
    random = np.random.default_rng(1)
    features = random.random((400, 4))
    wrong = features[:, 2] + 0.2 * random.normal(size=400) > 0.6
    fallback = features[:, 0]
    judged = np.arange(100)
    one, other = (fit_risk(features, fallback, judged, wrong[:100], ("a", "b", "c", "d")) for _ in range(2))

    assert one.method == "logistic regression"
    assert max(one.weights, key=lambda sign: one.weights[sign]) == "c"
    assert (auc(one.values[100:], wrong[100:]) or 0) > 0.85
    assert one.auc is not None
    assert one.auc > (one.by_ranks or 1)
    np.testing.assert_array_equal(one.values, other.values)


def test_verdicts_on_a_name_speak_for_its_other_spans() -> None:
    names = np.repeat(np.arange(40), 5)
    wrong = names % 2 == 0
    features = np.random.default_rng(2).random((200, 2))
    judged = np.flatnonzero(np.arange(200) % 5 < 2)  # two spans of each name
    with_names = fit_risk(features, features[:, 0], judged, wrong[judged], names=names)
    rest = np.setdiff1d(np.arange(200), judged)

    assert (auc(with_names.values[rest], wrong[rest]) or 0) > 0.95


def test_signals_of_a_run_can_be_fitted() -> None:
    texts = [f"{TEXTS[0]} {TEXTS[1]}" for _ in range(8)]
    session = session_over(texts)
    run = session.run([Source(names) for names in LISTS])
    found = signals(run, session.lexicon)
    wrong = run.corpus.ids[run.spans.starts] == run.corpus.vocabulary.id_of("June")
    judged = np.arange(40)
    fitted = fit_signals(found, judged, wrong[judged])

    assert fitted.method == "logistic regression"
    assert len(fitted.values) == len(run.spans)
    assert "list places" in fitted.weights
    assert fitted.values[wrong].min() > fitted.values[~wrong].max()


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 1.0]), st.booleans()), max_size=20))
@settings(max_examples=80, deadline=None)
def test_auc_is_the_share_of_pairs_in_the_right_order(rows) -> None:
    values = np.array([value for value, _ in rows], np.float64)
    wrong = np.array([flag for _, flag in rows], np.bool_)
    pairs = [(bad > good) + (bad == good) / 2 for bad in values[wrong] for good in values[~wrong]]

    assert auc(values, wrong) == (pytest.approx(np.mean(pairs)) if pairs else None)


PLACES = ["Berlin", "Hamburg", "Bremen", "Lübeck", "Rostock", "Kiel", "Wismar", "Stralsund"]


def corpus_of_places() -> Session:
    sentences = [f"Then we went to {place} by train and we slept well ." for place in PLACES * 6]
    sentences[9] = sentences[10] = "Then we went to Greifswald by train and we slept well ."
    return session_over([" ".join(sentences[first : first + 6]) for first in range(0, 48, 6)])


def test_a_name_that_no_list_has_is_found_by_its_looks_with_reasons() -> None:
    session = corpus_of_places()
    run = session.run([Source(EntityList.from_names("LOC", PLACES, name="places"))])
    [best, *_] = missed_entities(run, 5)

    assert (best.text, best.label, best.rank, best.count) == ("Greifswald", "LOC", 1, 2)
    assert session.corpus.documents[best.document].text[best.start : best.end] == "Greifswald"
    assert any("written like" in reason or "'to'" in reason for reason in best.reasons)


def test_scores_are_the_same_each_time_and_zero_where_nothing_is_labelled() -> None:
    session = corpus_of_places()
    run = session.run([Source(EntityList.from_names("LOC", PLACES, name="places"))])
    np.testing.assert_array_equal(token_scores(run).scores, token_scores(run).scores)

    empty = session.run([Source(EntityList.from_names("LOC", ["Nowhere"], name="none"))])
    assert not token_scores(empty).scores.any()
    assert missed_entities(empty) == []


def test_a_token_is_scored_by_a_model_that_has_not_seen_its_document() -> None:
    session = corpus_of_places()
    scores = token_scores(session.run([Source(EntityList.from_names("LOC", PLACES, name="places"))]))
    for fold in np.unique(scores.folds):
        sentences = session.corpus.sentence_of(np.flatnonzero(scores.folds == fold))
        others = session.corpus.sentence_of(np.flatnonzero(scores.folds != fold))
        assert not set(sentences.tolist()) & set(others.tolist())
