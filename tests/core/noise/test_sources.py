"""What sources give, share and contradict, against a count place by place; and the most frequent wrong and missed tokens."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.model import Document, Span
from farspan.noise.evidence import gold_evidence
from farspan.noise.frequent import FrequentError, frequent_errors, frequent_errors_of_run
from farspan.noise.overlap import Overlaps, overlaps, source_table, without_each
from farspan.options import MatchingOptions
from farspan.run import Run, Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

WORDS = ["New", "York", "City", "Ann", "Lee"]


def session_over(text: str) -> Session:
    tokenizer = make_tokenizer("whitespace", "xx", Vocabulary())
    return Session(build_corpus([Document("a", text)], tokenizer, "xx"), Lexicon(tokenizer, "xx"))


names = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join), min_size=1, max_size=4, unique=True)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join), st.lists(names, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_overlaps_are_those_counted_place_by_place(text: str, lists: list[list[str]]) -> None:
    sources = [Source(EntityList.from_names("AB"[n % 2], surfaces, name=f"l{n}")) for n, surfaces in enumerate(lists)]
    run = session_over(text).run(sources)
    found = overlaps(run)
    for one in range(len(lists)):
        for other in range(len(lists)):
            for kind in ("agree", "conflict", "touch"):
                expected = slowly(run, kind, one, other)
                assert found.rows(kind, one, other).tolist() == expected
                assert getattr(found, kind)[one, other] == len(expected)
    for row, source in zip(source_table(run), sources, strict=True):
        free = [c for c in range(len(run.contest)) if run.contest.sources[c] == sources.index(source)]
        assert (row.candidates, row.names) == (len(free), len(source.entity_list))
        assert row.unique <= row.kept <= row.candidates


def slowly(run: Run, kind: str, one: int, other: int) -> list[int]:
    contest = run.contest
    place = [(int(contest.starts[c]), int(contest.ends[c])) for c in range(len(contest))]
    mine = [c for c in range(len(contest)) if contest.sources[c] == one]
    rows = []
    for c in mine:
        if one == other:
            rivals = [d for d in range(len(contest)) if contest.sources[d] != one]
            if not any(place[d][0] < place[c][1] and place[c][0] < place[d][1] for d in rivals):
                rows.append(c)
            continue
        theirs = [d for d in range(len(contest)) if contest.sources[d] == other]
        same = [d for d in theirs if place[d] == place[c]]
        agrees = any(run.label_ids[d] == run.label_ids[c] for d in same)
        conflicts = any(run.label_ids[d] != run.label_ids[c] for d in same)
        touches = any(place[d][0] < place[c][1] and place[c][0] < place[d][1] for d in theirs)
        if {"agree": agrees, "conflict": conflicts, "touch": touches and not agrees and not conflicts}[kind]:
            rows.append(c)
    return rows


def near(found: Overlaps) -> set[tuple[str, str, str]]:
    return {(pair.one, pair.other, pair.of) for pair in found.near_copies()}


def test_lists_that_share_most_of_their_names_are_near_copies() -> None:
    lists = [("one", ["Ann", "Lee", "York"]), ("two", ["Ann", "LEE", "York", "City"]), ("three", ["New"])]
    run = session_over("Ann Lee York New").run([Source(EntityList.from_names("X", rows, name=name)) for name, rows in lists])

    assert ("one", "two", "names") in near(overlaps(run))
    assert not any("three" in pair for pair in near(overlaps(run)))


def test_a_source_table_has_audited_precision_only_where_somebody_judged() -> None:
    text = "Ann Lee went to York ."
    session = session_over(text)
    sources = [
        Source(EntityList.from_names("PER", ["Ann Lee", "York"], name="people")),
        Source(EntityList.from_names("LOC", ["City"], name="places"), MatchingOptions(active=False)),
    ]
    run = session.run(sources)
    evidence = gold_evidence(session.corpus, [Document("a", text, spans=[Span(0, 7, "PER", kind="gold")])])
    plain, judged = source_table(run, None, sources), source_table(run, evidence, sources)

    assert [row.precision.interval for row in plain] == [None, None]
    assert (judged[0].precision.value, judged[0].precision.n) == (0.5, 2)
    assert (judged[1].source, judged[1].kept, judged[1].precision.value) == ("places", 0, None)


def test_switching_a_source_off_lets_its_rivals_in() -> None:
    session = session_over("Ann Lee York")
    sources = [Source(EntityList.from_names("PER", ["Ann Lee"], name="a")), Source(EntityList.from_names("X", ["Lee"], name="b"))]
    before = session.run(sources)
    off = {row.source: row for row in without_each(session, sources)}

    assert (off["a"].removed + off["a"].changed, off["a"].added) == (1, 0)
    assert (off["b"].removed, off["b"].added, off["b"].changed) == (0, 0, 0)
    assert session.run(sources).spans.rows.tolist() == before.spans.rows.tolist()


tags = st.lists(st.tuples(st.sampled_from("abc"), st.integers(-1, 1), st.integers(-1, 1)), max_size=20)


@given(tags)
@settings(max_examples=60, deadline=None)
def test_frequent_errors_are_counted_token_by_token(rows: list[tuple[str, int, int]]) -> None:
    given_labels, true = (np.array([row[i] for row in rows], np.int32) for i in (1, 2))
    found = frequent_errors([row[0] for row in rows], given_labels, true, ["P", "L"], most=99)
    names: dict[int, Any] = {-1: "O", 0: "P", 1: "L"}
    wrong = Counter((t, names[g], names[r]) for t, g, r in rows if g not in (r, -1))
    missed = Counter((t, names[g], names[r]) for t, g, r in rows if r not in (g, -1))

    assert {(e.token, e.given, e.true): e.count for e in found.precision} == dict(wrong)
    assert {(e.token, e.given, e.true): e.count for e in found.recall} == dict(missed)
    assert (found.wrong_tokens, found.missed_tokens) == (wrong.total(), missed.total())
    assert [e.count for e in found.precision] == sorted((e.count for e in found.precision), reverse=True)


def test_a_run_tells_its_most_frequent_errors() -> None:
    text = "Ann saw Ann in York"
    session = session_over(text)
    run = session.run([Source(EntityList.from_names("LOC", ["Ann"], name="l"))])
    spans = [Span(0, 3, "PER", kind="gold"), Span(15, 19, "LOC", kind="gold")]
    found = frequent_errors_of_run(run, gold_evidence(session.corpus, [Document("a", text, spans=spans)]))

    assert found.precision == [FrequentError("Ann", "LOC", "O", 1), FrequentError("Ann", "LOC", "PER", 1)]
    assert found.recall == [FrequentError("Ann", "LOC", "PER", 1), FrequentError("York", "O", "LOC", 1)]
    with pytest.raises(ValueError, match="zip"):
        frequent_errors(["a"], np.zeros(2, np.int32), np.zeros(2, np.int32), ["X"])
