"""Normal forms: what counts as the same word, in scripts where it matters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farspan.text.normalize import Profile, normal_forms

EXACT = Profile()
FOLD = Profile("fold")
PLAIN = Profile("keep", diacritics=True)
BARE = Profile("keep", marks=True)


def same(a: str, b: str, profile: Profile) -> bool:
    one, other = normal_forms([a, b], profile)
    return one == other


@pytest.mark.parametrize("profile", [EXACT, FOLD, PLAIN, BARE, Profile("first")])
def test_composed_and_decomposed_spellings_are_one_word(profile: Profile) -> None:
    for word in ("Anné", "Ẹ̀kọ́", "Nguyễn", "한국", "कि", "ぱ"):
        assert same(unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word), profile)


@pytest.mark.parametrize(
    ("a", "b", "profile"),
    [
        ("PARIS", "paris", FOLD),
        ("STRASSE", "Straße", FOLD),
        ("ΟΔΟΣ", "οδός", Profile("fold", diacritics=True)),
        ("ΟΔΟΣ", "οδος", FOLD),
        ("Łódź", "Lodz", PLAIN),
        ("Ødegård", "Odegard", PLAIN),
        ("Đà Nẵng", "Da Nang", PLAIN),
        ("Ħal Qormi", "Hal Qormi", PLAIN),
        ("Ƙano", "Kano", PLAIN),
        ("ọba", "oba", PLAIN),
        ("مُحَمَّد", "محمد", BARE),
        ("مـحـمـد", "محمد", BARE),
        ("שָׁלוֹם", "שלום", BARE),
        ("می\u200cخواهم", "میخواهم", BARE),
        ("ˈlɑndən", "lɑndən", BARE),
        ("new", "New", Profile("first")),
        ("İstanbul", "istanbul", Profile("fold", turkic=True)),
        ("ISPARTA", "ısparta", Profile("fold", turkic=True)),
    ],
)
def test_words_that_a_profile_takes_as_one(a: str, b: str, profile: Profile) -> None:
    assert same(a, b, profile)


@pytest.mark.parametrize(
    ("a", "b", "profile"),
    [
        ("Paris", "paris", EXACT),
        ("NEW", "New", Profile("first")),
        ("ISPARTA", "isparta", Profile("fold", turkic=True)),
        ("कि", "क", PLAIN),  # a vowel sign is a mark in Unicode and no diacritic in Hindi
        ("Anné", "Anne", BARE),
        ("شَرِكة", "شريك", BARE),
    ],
)
def test_words_that_a_profile_keeps_apart(a: str, b: str, profile: Profile) -> None:
    assert not same(a, b, profile)


def test_a_word_of_marks_alone_does_not_vanish() -> None:
    assert normal_forms(["\u0640", "\u200d", "\u0301"], Profile("fold", diacritics=True, marks=True)) == [
        "\u0640",
        "\u200d",
        "\u0301",
    ]


@given(
    st.lists(st.text(alphabet="aAßİıIΣςé\u0301\u0640\u05b8ł\n北ከ😀ǅ", max_size=6), max_size=12),
    st.builds(Profile, st.sampled_from(["keep", "first", "fold"]), st.booleans(), st.booleans(), st.booleans()),
)
def test_many_strings_at_once_are_as_one_by_one(strings: list[str], profile: Profile) -> None:
    assert normal_forms(strings, profile) == [normal_forms([string], profile)[0] for string in strings]


@given(st.text(max_size=8), st.builds(Profile, st.sampled_from(["keep", "first", "fold"]), st.booleans(), st.booleans()))
def test_a_normal_form_is_its_own_normal_form(string: str, profile: Profile) -> None:
    once = normal_forms([string], profile)
    assert normal_forms(once, profile) == once
