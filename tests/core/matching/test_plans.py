"""Both plans find exactly the places that a scan of the text finds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.matching.matcher import by_place_and_name
from farspan.matching.names import NameBlock, NameTokens, possible_names
from farspan.matching.plans import find
from farspan.matching.profiles import NormalForms
from farspan.matching.readings import LooseReadings, collect_readings
from farspan.matching.stream import Stream, make_stream
from farspan.text.normalize import Profile
from farspan.text.vocabulary import Vocabulary

Place = tuple[int, int, int]


def scan(words: Sequence[int], names: Sequence[Sequence[int]]) -> list[Place]:
    return sorted(
        (start, start + len(name), row)
        for row, name in enumerate(names)
        for start in range(len(words) - len(name) + 1)
        if name and list(words[start : start + len(name)]) == list(name)
    )


def stream_over(words: Sequence[int], types: int) -> Stream:
    ids = np.array(words, np.int32)
    return Stream(ids, np.arange(types, dtype=np.int32), ids)


def places(words: Sequence[int], names: Sequence[Sequence[int]], plan: str, types: int = 6) -> list[Place]:
    stream = stream_over(words, types)
    offsets = np.cumsum([0, *map(len, names)])
    tokens = NameTokens(np.array([token for name in names for token in name], np.int32), offsets)
    found = find(stream, list(possible_names(tokens, stream.table, stream.present)), plan)
    return sorted(zip(*(column.tolist() for column in found), strict=True))


words = st.lists(st.integers(0, 5), max_size=40)
names = st.lists(st.lists(st.integers(0, 5), min_size=0, max_size=5), max_size=25)


@pytest.mark.parametrize("plan", ["postings", "trie", "auto"])
@settings(max_examples=150, deadline=None)
@given(words, names)
def test_each_plan_finds_what_a_scan_finds(plan: str, words: list[int], names: list[list[int]]) -> None:
    assert places(words, names, plan) == scan(words, names)


readings = st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True), max_size=30)


@pytest.mark.parametrize("plan", ["postings", "trie", "auto"])
@settings(max_examples=150, deadline=None)
@given(readings, names)
def test_a_token_matches_under_each_of_its_readings(plan: str, text: list[list[int]], names: list[list[int]]) -> None:
    base = np.array([r[0] for r in text], np.int32)
    owners = np.array([kind for kind, r in enumerate(text) for _ in r], np.int32)
    tokens = np.array([token for r in text for token in r], np.int32)
    nothing = np.zeros(len(tokens), np.uint8)
    found = collect_readings([LooseReadings(owners, tokens, nothing, nothing > 0)], base)
    stream = Stream(base, np.arange(6, dtype=np.int32), np.arange(len(text), dtype=np.int32), found)
    tokens = NameTokens(np.array([token for name in names for token in name], np.int32), np.cumsum([0, *map(len, names)]))
    found = find(stream, list(possible_names(tokens, stream.table, stream.present)), plan)
    expected = sorted(
        (start, start + len(name), row)
        for row, name in enumerate(names)
        for start in range(len(text) - len(name) + 1)
        if name and all(token in text[start + i] for i, token in enumerate(name))
    )
    assert sorted(zip(*(column.tolist() for column in found), strict=True)) == expected


@pytest.mark.parametrize("plan", ["postings", "trie"])
def test_nested_overlapping_and_equal_names_are_all_found(plan: str) -> None:
    assert places([1, 2, 3], [[1, 2, 3], [2], [2, 3], [2]], plan) == [(0, 3, 0), (1, 2, 1), (1, 2, 3), (1, 3, 2)]


@pytest.mark.parametrize("plan", ["postings", "trie"])
def test_a_name_longer_than_the_text_and_an_empty_text_are_no_match(plan: str) -> None:
    assert places([1], [[1, 1]], plan) == []
    assert places([], [[1]], plan) == []
    assert places([1, 2], [], plan) == []


def test_normal_ids_stay_valid_while_the_vocabulary_grows() -> None:
    vocabulary = Vocabulary()
    forms = NormalForms(vocabulary, Profile("fold"))
    vocabulary.intern(["Paris", "rome"])
    before = forms.table().tolist()
    vocabulary.intern(["PARIS", "Rome", "oslo"])
    assert forms.table().tolist() == [*before, 0, 1, 4]


def test_a_decomposed_spelling_that_comes_later_joins_the_composed_one() -> None:
    vocabulary = Vocabulary()
    forms = NormalForms(vocabulary, Profile())
    vocabulary.intern(["Ann\u00e9", "Bo"])
    assert forms.table().tolist() == [0, 1]
    assert forms.is_identity
    vocabulary.intern(["Anne\u0301"])
    assert forms.table().tolist() == [0, 1, 0]
    assert not forms.is_identity


def test_counts_are_of_normal_forms() -> None:
    vocabulary = Vocabulary()
    ids = vocabulary.intern(["a", "A", "b", "a"])
    stream = make_stream(ids, NormalForms(vocabulary, Profile("fold")))
    assert stream.base.tolist() == [0, 0, 2, 0]
    assert stream.counts.tolist() == [3, 0, 1]


PLACES = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(0, 3), st.sampled_from([0.5, 0.9, 1.0])), max_size=20
)


@settings(max_examples=200, deadline=None)
@given(PLACES, st.sampled_from([0, 1 << 30]))
def test_of_rows_for_one_name_in_one_place_the_best_stays(places: list[tuple[int, int, int, float]], more: int) -> None:
    places.sort(key=lambda row: row[:2])
    rows = [(start, start + length, name + more, -score, number) for number, (start, length, name, score) in enumerate(places)]
    best: dict[tuple[int, int, int], int] = {}
    for start, end, name, _, number in sorted(rows):
        best.setdefault((start, end, name), number)
    starts, ends, names = (np.array([row[column] for row in rows], np.int32) for column in range(3))
    scores = np.array([score for *_, score in places], np.float32)
    assert by_place_and_name(starts, ends, names, scores).tolist() == list(best.values())


def test_a_block_whose_names_an_option_left_out_finds_nothing() -> None:
    stream = stream_over([1, 2, 3], 6)
    nothing = NameBlock(np.empty(0, np.int32), np.empty((0, 2), np.int32))
    one = NameBlock(np.zeros(1, np.int32), np.array([[2]], np.int32))
    for plan in ("postings", "trie", "auto"):
        found = find(stream, [one, nothing], plan)
        assert [column.tolist() for column in found] == [[1], [2], [0]]
    assert [column.tolist() for column in find(stream, [nothing], "postings")] == [[], [], []]
