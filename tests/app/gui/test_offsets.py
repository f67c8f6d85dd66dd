"""Given text of any script, when Qt counts its places in UTF-16 units, then every code point finds its way there and back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan_app.gui.views.offsets import Offsets, displayable

REAL = [
    "",
    "Addis Abeba",
    "አዲስ አበባ ዋና ከተማ ናት።",
    "القاهرة عاصمة مصر",
    "יְרוּשָׁלַיִם",
    "दिल्ली भारत की राजधानी है।",
    "e\u0301 caf\u0065\u0301",
    "👩‍👩‍👧 lives in 𝔅𝔢𝔯𝔩𝔦𝔫 🇪🇹",
    "北京是中国的首都𠮷野家",
    "שלום 🌍 world",
]


def units_one_by_one(text: str) -> list[int]:
    """The slow twin: the length of every beginning of the text in UTF-16."""
    return [len(text[:point].encode("utf-16-le")) // 2 for point in range(len(text) + 1)]


@pytest.mark.parametrize("text", REAL)
def test_real_scripts_are_counted_as_utf_16_does(text):
    offsets, points = Offsets(text), np.arange(len(text) + 1)
    assert offsets.units(points).tolist() == units_one_by_one(text)
    assert offsets.points(offsets.units(points)).tolist() == points.tolist()


@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("😀𝔅\u0301אa")), max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_is_counted_as_utf_16_does(text):
    offsets, expected = Offsets(text), units_one_by_one(text)
    assert [offsets.units(point) for point in range(len(text) + 1)] == expected
    assert [offsets.points(unit) for unit in expected] == list(range(len(text) + 1))


def test_the_middle_of_a_pair_is_its_beginning():
    offsets = Offsets("a😀b")
    assert [offsets.points(unit) for unit in range(5)] == [0, 1, 1, 2, 3]


def test_a_lone_surrogate_stays_one_character():
    assert displayable("a\ud800b") == "a\ufffdb"
    assert Offsets("a\ud800😀b").units(3) == 4


def test_plain_numbers_come_back_as_plain_numbers():
    assert type(Offsets("😀").units(1)) is int
    assert type(Offsets("😀").points(2)) is int
