"""Many strings at once: every answer is that of a plain loop over them."""

from __future__ import annotations

import numpy as np
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.text.alike import first_alike
from farspan.text.capitals import are_all_capitals, big_types, capitalised_types, is_capitalised, small_types
from farspan.text.columns import column_of, first_same
from farspan.text.graphemes import cluster_counts
from farspan.text.normalize import Profile, casefolded, normal_forms
from farspan.text.slices import byte_offsets, distinct_slices
from farspan.text.vocabulary import Vocabulary

profiles = st.builds(Profile, st.sampled_from(["keep", "first", "fold"]), st.booleans(), st.booleans(), st.booleans())
# Words that meet under some profile, letters that change their length, marks that may run into a neighbour, line ends.
words = st.text("aAbBiIıİßſKΣσςéÉe\u0301\u0308\u0307ـ\u200dक\u093f한🇪🇹👍🏽-' \n\r\0\x1f", max_size=5) | st.text(max_size=4)


def first_rows(forms: list[str]) -> list[int]:
    return [forms.index(form) for form in forms]


@settings(max_examples=200, deadline=None)
@given(st.lists(words, max_size=12), profiles)
def test_the_first_alike_is_the_first_with_the_same_form(strings: list[str], profile: Profile) -> None:
    assert first_alike(strings, profile).tolist() == first_rows([normal_forms([string], profile)[0] for string in strings])


def test_words_in_any_case_are_alike_whatever_stands_between_them() -> None:
    names = ["Straße", "Paris", "STRASSE", "PARIS", "éa", "Éa", "strasse", "paris"]
    assert first_alike(names, Profile("fold")).tolist() == [0, 1, 0, 1, 4, 4, 0, 1]
    assert first_alike(["ISPARTA", "ısparta", "isparta"], Profile("fold", turkic=True)).tolist() == [0, 0, 2]


@settings(max_examples=100, deadline=None)
@given(st.lists(words | st.just("\ud800"), max_size=12))
def test_columns_answer_as_loops_do(strings: list[str]) -> None:
    assert first_same(strings).tolist() == first_rows(strings)
    assert casefolded(strings) == [string.casefold() for string in strings]
    assert are_all_capitals(strings).tolist() == [string.isupper() for string in strings]


@settings(max_examples=100, deadline=None)
@given(st.lists(words.filter(bool), unique=True, max_size=12))
def test_capitals_of_types_are_those_of_each_word(strings: list[str]) -> None:
    vocabulary = Vocabulary(strings)
    assert capitalised_types(vocabulary).tolist() == [is_capitalised(string) for string in strings]
    assert small_types(vocabulary).tolist() == [string.islower() for string in strings]
    assert big_types(vocabulary).tolist() == [string != string.lower() for string in strings]


@settings(max_examples=150, deadline=None)
@given(st.lists(words, max_size=8))
def test_clusters_are_those_of_each_string_alone(strings: list[str]) -> None:
    assert cluster_counts(strings).tolist() == [len(regex.findall(r"\X", string)) for string in strings]


@pytest.mark.parametrize("strings", [["a\nb"], ["\ud800"], ["", "\n"]])
def test_what_makes_no_column_is_told_so(strings: list[str]) -> None:
    assert column_of(strings) is None


@settings(max_examples=100, deadline=None)
@given(st.lists(words, max_size=12), words)
def test_beginnings_and_ends_are_told_as_by_a_loop(strings: list[str], part: str) -> None:
    column = column_of([string.replace("\n", "") for string in strings])
    assert column is not None
    assert column.begins_with(part).tolist() == [string.replace("\n", "").startswith(part) for string in strings]
    assert column.ends_with(part).tolist() == [string.replace("\n", "").endswith(part) for string in strings]


@settings(max_examples=100, deadline=None)
@given(st.text("aé한😀 ", max_size=40), st.data())
def test_bytes_before_a_character_are_those_of_the_text_before_it(text: str, data: st.DataObject) -> None:
    places = np.array(sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8))), np.int32)
    [found] = byte_offsets(text.encode(), len(text), places)
    assert found.tolist() == [len(text[:place].encode()) for place in places.tolist()]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abé😀", min_size=1, max_size=2), min_size=1, max_size=30), st.sampled_from(["", " ", "  "]))
def test_distinct_slices_are_numbered_as_they_first_appear(pieces: list[str], gap: str) -> None:
    ends = np.cumsum([len(piece) + len(gap) for piece in pieces]) - len(gap)
    starts = ends - [len(piece) for piece in pieces]
    strings, numbers = distinct_slices(gap.join(pieces), starts.astype(np.int32), ends.astype(np.int32))
    assert strings == list(dict.fromkeys(pieces))
    assert [strings[number] for number in numbers] == pieces
