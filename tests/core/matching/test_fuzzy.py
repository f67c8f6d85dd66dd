"""Fuzzy matching finds all that brute force finds, and nothing that is another name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from farspan.annotate import Annotator, Source
from farspan.matching.fuzzy import FuzzyIndex, allowed_edits
from farspan.matching.grades import is_inside_exact
from farspan.model import Document
from farspan.options import MatchingOptions
from farspan.sources.lists import EntityList


def annotated(text: str, names: Sequence[str], lang: str = "xx", **options: Any) -> tuple[list[Any], Any]:
    annotator = Annotator(
        [Source(EntityList.from_names("X", names), MatchingOptions().changed(options))], lang=lang, tokenizer="unicode"
    )
    (document,) = annotator.annotate([Document("d", text)])
    return [(text[span.start : span.end], span.name, span.score) for span in document.spans], annotator.report.as_dict()[
        "by_list"
    ]["X"]


def found(text: str, names: Sequence[str], lang: str = "xx", **options: Any) -> list[Any]:
    return annotated(text, names, lang, **options)[0]


@pytest.mark.parametrize(
    ("text", "name", "fuzzy", "score"),
    [
        ("in Kathmandu", "Cathmandu", 1, round(1 - 1 / 9, 4)),
        ("Addis Abeba", "Addis Ababa", 1, round(1 - 1 / 11, 4)),
        ("ከኢትዮጲያ", "ከኢትዮጵያ", 1, round(1 - 1 / 6, 4)),
        ("Aleksandr Puschkin", "Alexander Puschkin", 2, None),
        ("Muammar Gaddhafi", "Muammar Gadhafi", 1, round(1 - 1 / 15, 4)),
        ("Johannesbourgh", "Johannesburg", 2, round(1 - 2 / 12, 4)),
    ],
)
def test_spellings_that_are_an_edit_or_two_apart_match(text: str, name: str, fuzzy: int, score: float | None) -> None:
    assert found(text, [name]) == []
    hits = found(text, [name], fuzzy=fuzzy)
    if score is None:  # Aleksandr is three edits from Alexander
        assert hits == []
    else:
        assert [(hit[1], hit[2]) for hit in hits] == [(name, pytest.approx(score, abs=1e-4))]


@pytest.mark.parametrize(
    ("text", "name", "fuzzy"),
    [
        ("Rome", "Roma", 2),
        ("the Alphabetical", "Al", 2),
        ("Parma", "Paris", 1),
        ("Johannesbourgh", "Johannesburg", 1),
        ("in 12345", "12346", 2),
    ],
)
def test_short_words_numbers_and_far_words_do_not_match(text: str, name: str, fuzzy: int) -> None:
    assert found(text, [name], fuzzy=fuzzy) == []


def test_an_exact_match_of_another_name_keeps_fuzzy_ones_away() -> None:
    spans, counts = annotated("Milton and Hiltun", ["Hilton", "Milton"], fuzzy=1)
    assert [(text, name) for text, name, _ in spans] == [("Milton", "Milton"), ("Hiltun", "Hilton")]
    assert counts["blocked"] == 1


def test_an_exact_match_around_a_fuzzy_one_keeps_it_away_too() -> None:
    spans, _ = annotated("John Milton wrote", ["Hilton", "John Milton"], fuzzy=1)
    assert [name for _, name, _ in spans] == ["John Milton"]


def test_fuzzy_goes_with_the_other_options() -> None:
    assert [name for _, name, _ in found("in kathmandu", ["Cathmandu"], fuzzy=1, case="ignore")] == ["Cathmandu"]
    assert [name for _, name, _ in found("in kathmandu", ["Kathmando"], fuzzy=1)] == []
    assert [name for _, name, _ in found("በኢትዮጲያ", ["ኢትዮጵያ"], "am", fuzzy=1, prefixes=["በ"])] == ["ኢትዮጵያ"]
    assert [name for _, name, _ in found("Katmandus", ["Kathmandu"], fuzzy=1, suffixes=["s"], case="smart")] == ["Kathmandu"]
    assert [name for _, name, _ in found("UNESKO", ["UNESCO"], fuzzy=1, case="smart")] == ["UNESCO"]
    assert [name for _, name, _ in found("unesko", ["UNESCO"], fuzzy=1, case="smart")] == []


word = st.text("abcdé", min_size=3, max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(word, unique=True, max_size=25), st.lists(word, unique=True, max_size=25), st.sampled_from([1, 2]))
def test_what_is_near_is_what_brute_force_finds(words: list[str], texts: list[str], most: int) -> None:
    expected = {
        (i, j, distance)
        for i, text in enumerate(texts)
        for j, name in enumerate(words)
        if 0 < (distance := Levenshtein.distance(text, name)) <= allowed_edits(name, most)
    }
    columns = [column.tolist() for column in FuzzyIndex(words, most).near(texts)]
    rows = list(zip(*columns, strict=True))
    assert len(rows) == len(set(rows))
    assert set(rows) == expected


@settings(max_examples=100, deadline=None)
@given(st.text("abcdefgh", min_size=9, max_size=14), st.data())
def test_two_edits_anywhere_are_found(name: str, data: st.DataObject) -> None:
    text = name
    for _ in range(2):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(["x", "yz", ""])) + text[at + data.draw(st.integers(0, 1)) :]
    near = FuzzyIndex([name], 2).near([text])
    distance = Levenshtein.distance(text, name)
    assert near[2].tolist() == ([distance] if 0 < distance <= 2 else [])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 4), st.integers(0, 1)), max_size=20))
def test_shadows_are_those_of_a_plain_loop(places: list[tuple[int, int, int]]) -> None:
    rows = sorted((start, start + length, edits) for start, length, edits in places)
    starts, ends, edits = (np.array([row[i] for row in rows], np.int32) for i in range(3))
    expected = [e > 0 and any(a <= s and t <= b and not c for a, b, c in rows) for s, t, e in rows]
    assert is_inside_exact(starts, ends, edits).tolist() == expected
