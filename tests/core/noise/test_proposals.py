"""Rule changes from causes, and what they do on the judged sample and on folds that had no say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.model import Document, Span
from farspan.noise.causes import Cause
from farspan.noise.changes import count_kinds, effect_of, f1_change, held_out_gain, precision_change, recall_change
from farspan.noise.effects import Tried, errors_and_proposals
from farspan.noise.evidence import Evidence, Verdict, gold_evidence, judged_evidence, outcome_of
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.run import Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

# "us" is wrong in each text, "US" right; Mai is a month in some and a person in others.
TEXTS = [f"Then us two met the US and Mai{'kuu' if number % 3 else ''} number {number} came." for number in range(30)]


def session_over(texts: Sequence[str]) -> Session:
    tokenizer = make_tokenizer("unicode", "en", Vocabulary())
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    return Session(build_corpus(documents, tokenizer, "en"), Lexicon(tokenizer, "en"))


def gold_of(texts: Sequence[str]) -> list[Document]:
    def spans(text: str) -> list[Span]:
        found = [(text.index("US"), "US")] + ([(text.index("Mai"), "Mai")] if "Mai " in text else [])
        return [Span(start, start + len(part), "X", kind="gold") for start, part in found]

    return [Document(str(number), text, spans=spans(text)) for number, text in enumerate(texts)]


def tried(sources: Sequence[Source], session: Session, evidence: Evidence) -> dict[str, Tried]:
    _, found = errors_and_proposals(session, sources, ConflictPolicy(), evidence, lang="en")
    return {str(one.proposal): one for one in found}


def test_a_proposal_says_how_many_wrong_and_right_spans_it_takes_away() -> None:
    session = session_over(TEXTS)
    sources = [Source(EntityList.from_names("X", ["US", "Mai"], name="names"), MatchingOptions(case="ignore"))]
    found = tried(sources, session, gold_evidence(session.corpus, gold_of(TEXTS)))

    exact = found["case=exact on names"]
    assert str(exact.effect) == "-30 wrong, +0 right"
    assert exact.proposal.changes == (("names", "case", "exact"),)
    assert exact.proposal.causes[Cause.CASE] == 30
    assert exact.effect is not None
    assert exact.effect.precision.value == pytest.approx(1 - 40 / 70)
    assert exact.effect.precision.interval is not None
    assert exact.effect.precision.interval.lower > 0.25
    assert exact.effect.recall.value == 0
    assert exact.effect.held_out is not None
    assert (exact.effect.held_out.sign, exact.effect.overfits) == ("helps", False)
    assert exact.effect.p == pytest.approx(2 * 0.5**30)


def test_an_effect_is_that_of_running_the_changed_rules_from_scratch() -> None:
    session = session_over(TEXTS)
    sources = [Source(EntityList.from_names("X", ["US", "Mai"], name="names"), MatchingOptions(case="ignore"))]
    evidence = gold_evidence(session.corpus, gold_of(TEXTS))
    before = outcome_of(session.run(sources), evidence)
    for one in tried(sources, session, evidence).values():
        if one.effect is not None:
            after = outcome_of(session_over(TEXTS).run(one.proposal.applied(sources)), evidence)
            assert one.effect.wrong == int((after.verdict == 0).sum()) - int((before.verdict == 0).sum())
            assert one.effect.right == int(after.found.sum()) - int(before.found.sum())


def test_names_learned_by_heart_are_shown_to_hurt_held_out_folds() -> None:
    # Every name is rare: wrong once in the sample, right elsewhere. Excluding it helps the sample and nothing else.
    texts = [f"There Name{chr(97 + n)}{chr(97 + k)} spoke." for n in range(8) for k in range(2)]
    session = session_over(texts)
    names = sorted({text.split()[1] for text in texts})
    sources = [Source(EntityList.from_names("X", names, name="names"))]
    evidence = gold_evidence(session.corpus, [Document(str(n), text) for n, text in enumerate(texts)])
    effect = tried(sources, session, evidence)
    exclude = next(one for name, one in effect.items() if name.startswith("exclude="))

    assert exclude.proposal.is_learned
    assert exclude.effect is not None
    assert str(exclude.effect) == "-16 wrong, +0 right"
    assert exclude.effect.held_out is not None
    assert exclude.effect.held_out.sign == "no difference"


def test_verdicts_alone_measure_precision_and_leave_recall_open() -> None:
    session = session_over(TEXTS)
    sources = [Source(EntityList.from_names("X", ["US"], name="names"), MatchingOptions(case="ignore"))]
    said = []
    for number, text in enumerate(TEXTS[:20]):
        said += [
            Verdict(number, 5, 7, "X", right=False),
            Verdict(number, text.index("US"), text.index("US") + 2, "X", right=True),
        ]
    one = tried(sources, session, judged_evidence(session.corpus, said))["case=exact on names"]

    assert one.effect is not None
    assert (one.effect.wrong, one.effect.right, one.effect.unjudged_removed) == (-20, 0, 10)
    assert one.effect.precision.value == pytest.approx(0.5)
    assert one.effect.recall.value is one.effect.f1.value is None


def test_a_change_that_is_chosen_on_one_part_and_hurts_the_rest_is_said_to_hurt() -> None:
    helps, hurts = np.array([10, 0, 0, 0, 0, 5, 0.0]), np.array([9, 1, 0, 0, 5, 0, 0.0])
    found = held_out_gain(np.stack([helps, helps, hurts]), complete=True)
    learned = [np.stack([helps * 2, hurts]) for _ in range(3)]

    assert (found.sign, found.chosen) == ("helps", 3)
    assert held_out_gain(np.stack([helps] * 3), complete=True, learned=learned).sign == "hurts"


@given(st.lists(st.lists(st.integers(0, 9), min_size=7, max_size=7), min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_differences_are_those_of_precision_recall_and_f1_counted_twice(rows) -> None:
    counts = np.array(rows, np.float64)
    kept, lost, gained, never, same, removed, added = counts.sum(axis=0)

    def scores(right: float, wrong: float) -> tuple[float, float, float]:
        gold = kept + lost + gained + never
        with np.errstate(invalid="ignore", divide="ignore"):
            return (
                float(np.divide(right, right + wrong)), float(np.divide(right, gold)), float(np.divide(2 * right, gold + right + wrong)),
            )  # fmt: skip

    before, after = scores(kept + lost, same + removed), scores(kept + gained, same + added)
    for number, change in enumerate((precision_change, recall_change, f1_change)):
        np.testing.assert_allclose(change(counts.sum(axis=0)), after[number] - before[number], atol=1e-12)
    effect = effect_of(counts, complete=True)
    for estimate in (effect.precision, effect.recall, effect.f1):
        if estimate.interval is not None and estimate.value is not None:
            assert -1 <= estimate.interval.lower <= estimate.value + 1e-9
            assert estimate.value - 1e-9 <= estimate.interval.upper <= 1


def test_intervals_of_differences_hold_the_truth_where_hardly_anything_changes() -> None:
    shares = np.array([70, 1, 0, 10, 18, 1, 0]) / 100
    truth, random, inside = float(f1_change(shares)), np.random.default_rng(3), []
    for _ in range(150):
        counts = random.multinomial(4, shares, size=30).astype(np.float64)
        interval = effect_of(counts, complete=True).f1.interval
        assert interval is not None
        inside.append(interval.lower <= truth <= interval.upper)
    assert np.mean(inside) >= 0.93


def test_nobody_looked_means_no_interval() -> None:
    effect = effect_of(np.zeros((4, 7)), complete=True)
    assert effect.precision.value is effect.recall.value is effect.f1.interval is effect.decisions.interval is effect.p is None
    one_unit = effect_of(np.array([[5, 0, 0, 1, 2, 3, 0.0]]), complete=True)
    assert one_unit.precision.value is not None
    assert one_unit.precision.interval is None


def test_kinds_are_counted_by_unit() -> None:
    before, after = np.array([True, True, False, False]), np.array([True, False, True, False])
    wrong = np.array([[True, True, False], [True, False, True]])
    counts = count_kinds(before, after, np.array([0, 0, 1, 1]), wrong, np.array([1, 1, 0]), 2)

    assert counts.tolist() == [[1, 1, 0, 0, 0, 0, 1], [0, 0, 1, 1, 1, 1, 0]]
