"""Signs that a name is often wrong, counted from the corpus alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.annotate import Annotator, Source
from farspan.explain import explain
from farspan.matching.risk import ListPlaces, _is_inside_longer, labels_at, ranks
from farspan.matching.uses import are_among
from farspan.model import Document
from farspan.options import MatchingOptions
from farspan.run import Run
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

TEXTS = [
    "Natasha met Pierre in Moscow. Will she will it? They will go, and will return.",
    "In May Pierre may leave Moscow. He may stay. Natasha may not. Will Pierre write?",
    "Pierre Bezukhov and Natasha Rostova lived near Moscow. Natasha smiled. Moscow burned.",
]
NAMES = ["Natasha", "Pierre", "Will", "May", "Elsewhere"]


def session_over(texts: Sequence[str], lang: str = "en") -> Session:
    tokenizer = make_tokenizer("unicode", lang, Vocabulary())
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    return Session(build_corpus(documents, tokenizer, lang), Lexicon(tokenizer, lang))


def run(names: Sequence[str], others: Sequence[EntityList] = (), **options: Any) -> Run:
    sources = [
        Source(EntityList.from_names("PER", names, name="names"), MatchingOptions().changed({"max_risk": 0.99, **options}))
    ]
    return session_over(TEXTS).run([*sources, *(Source(other) for other in others)])


def test_words_that_are_mostly_lower_case_are_the_riskiest() -> None:
    risks = run(NAMES).risks[0]
    order = sorted(NAMES, key=lambda name: risks.risks[NAMES.index(name)])
    assert set(order[-2:]) == {"Will", "May"}
    assert risks.values["small"][NAMES.index("Will")] == 3 / 5
    assert risks.values["small_words"][NAMES.index("May")] == 3 / 4
    assert risks.risks[NAMES.index("Elsewhere")] == 0


def test_a_reason_is_told_in_words_the_worst_first() -> None:
    reasons = run(NAMES).risks[0].reasons(NAMES.index("Will"))
    assert "'Will' is lower-case in 60% of its uses" in reasons
    assert "'Will' is a stop word" in reasons


def test_risky_names_are_blocked_and_the_reason_kept() -> None:
    loose, strict = run(NAMES, max_risk=0.99), run(NAMES, max_risk=0.6)
    assert {NAMES[name] for name in loose.contest.names[loose.spans.rows]} == {"Natasha", "Pierre", "Will", "May"}
    assert {NAMES[name] for name in strict.contest.names[strict.spans.rows]} == {"Natasha", "Pierre"}
    from farspan.matching.filters import BLOCKERS

    assert {BLOCKERS[number] for number in strict.contest.blocked} == {"", "max_risk"}


def test_nothing_is_counted_where_nobody_asks() -> None:
    found = session_over(TEXTS).run([Source(EntityList.from_names("PER", NAMES))])
    assert found.risks == {}
    assert found.found[0].uses is None


def test_other_lists_speak_for_and_against_a_name() -> None:
    agreeing = EntityList.from_names("PER", ["Pierre"], name="first names")
    conflicting = EntityList.from_names("LOC", ["Moscow", "Natasha", "Pierre Bezukhov"], name="cities")
    names = ["Natasha", "Pierre", "Moscow"]
    values = run(names, [agreeing, conflicting]).risks[0].values
    assert values["no_agreement"].tolist() == [1, 0, 1]
    assert values["type_conflict"].tolist() == [1, 0, 1]
    assert values["ambiguity"].tolist() == [1, 0, 1]
    assert values["longer_rival"].tolist() == [0, 1 / 4, 0]
    assert values["capital_neighbour"].tolist() == [1 / 4, 2 / 4, 0]


def test_other_spellings_of_a_name_count_as_uses_that_do_not_match() -> None:
    assert run(["Will"]).risks[0].values["unmatched_uses"].tolist() == [3 / 5]
    assert run(["Will"], case="ignore").risks[0].values["unmatched_uses"].tolist() == [0]


def test_a_script_without_case_is_judged_by_the_other_signs() -> None:
    session = session_over(["መለስ ዜናዊ ወደ አዲስ አበባ ሄደ። አዲስ ቤት", "አበባ እና አዲስ አበባ"], "am")
    names = EntityList.from_names("LOC", ["አዲስ አበባ", "አበባ"])
    risks = session.run([Source(names, MatchingOptions(max_risk=0.5))]).risks[0]
    assert not {"small", "small_words", "capital_neighbour"} & set(risks.ranks)
    assert risks.risks[0] < risks.risks[1]


def test_the_whole_corpus_is_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["farspan.annotate"], "BATCH_CHARACTERS", 10)

    def spans(max_risk: float) -> list[str]:
        source = Source(EntityList.from_names("PER", NAMES), MatchingOptions(max_risk=max_risk))
        documents = Annotator([source], lang="en", tokenizer="unicode").annotate(
            [Document(str(i), text) for i, text in enumerate(TEXTS)]
        )
        return [span.name for document in documents for span in document.spans]

    assert set(spans(1.0)) == {"Natasha", "Pierre", "Will", "May"}
    assert set(spans(0.6)) == {"Natasha", "Pierre"}


def test_explaining_one_word_goes_by_the_risk_in_the_whole_corpus() -> None:
    session = session_over(TEXTS)
    sources = [Source(EntityList.from_names("PER", NAMES, name="names"), MatchingOptions(max_risk=0.6))]
    found = session.run(sources)
    story = explain(found, session, sources, 0, TEXTS[0].index("Will"))
    assert [one.option for one in story.stories] == ["max_risk"]
    assert story.stories[0].reason.startswith("blocked by max_risk (its risk is 0.")
    assert "'Will' is lower-case in 60% of its uses" in story.stories[0].reason
    assert any(flip.option == "max_risk" and flip.outcome == "PER 'Will'" for flip in story.flips)


places = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 4), st.integers(0, 2)), max_size=8)


def _list(rows: list[tuple[int, int, int]]) -> ListPlaces:
    rows = sorted(set(rows), key=lambda row: (row[0], row[0] + row[1], row[2]))
    starts, lengths, names = (np.array([row[i] for row in rows], np.int32) for i in range(3))
    return ListPlaces(["a", "b", "c"], np.array([0, 1, 1], np.int32), starts, starts + lengths, names)


@settings(max_examples=150, deadline=None)
@given(st.lists(places, min_size=1, max_size=3))
def test_rivals_are_those_of_a_plain_loop(given_places: list[list[tuple[int, int, int]]]) -> None:
    lists = [_list(rows) for rows in given_places]
    every = [(s, e) for one in lists for s, e in zip(one.starts.tolist(), one.ends.tolist(), strict=True)]
    mine = list(zip(lists[0].starts.tolist(), lists[0].ends.tolist(), strict=True))
    assert _is_inside_longer(lists, lists[0]).tolist() == [
        any(a <= s and e <= b and b - a > e - s for a, b in every) for s, e in mine
    ]
    agrees, conflicts = labels_at(lists, 0)
    for row, (place, name) in enumerate(zip(mine, lists[0].names.tolist(), strict=True)):
        there = {
            int(one.labels[n])
            for one in lists[1:]
            for s, e, n in zip(one.starts.tolist(), one.ends.tolist(), one.names.tolist(), strict=True)
            if (s, e) == place
        }
        label = int(lists[0].labels[name])
        assert (bool(agrees[row]), bool(conflicts[row])) == (label in there, bool(there - {label}))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=12))
def testranks_are_those_of_counting(rows: list[tuple[int, bool]]) -> None:
    values, among = np.array([float(value) for value, _ in rows]), np.array([marked for _, marked in rows])
    chosen = values[among].tolist()
    for value, marked, rank in zip(values.tolist(), among.tolist(), ranks(values, among).tolist(), strict=True):
        below, equal = sum(other < value for other in chosen), sum(other == value for other in chosen)
        assert rank == pytest.approx((below + (equal - 1) / 2) / max(len(chosen) - 1, 1) if marked else 0)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text("aAbsSßİé\n'", max_size=3), max_size=8), st.sets(st.text("abßsé'", max_size=3).map(str.casefold), max_size=5)
)
def test_stop_words_among_names_are_told_as_by_a_loop(names: list[str], words: set[str]) -> None:
    assert are_among(names, words).tolist() == [name.casefold() in words for name in names]
