"""Offsets in UTF-16 units and bytes, against a slow twin that encodes the text before each offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farspan.formats.offsets import OffsetMap, Unit

CODECS = {"utf-16": ("utf-16-le", 2), "utf-8": ("utf-8", 1)}
TEXTS = st.text(st.sampled_from("aé́北🏛\U0010ffff\u2028"), max_size=30)


def units_before(text: str, offset: int, unit: Unit) -> int:
    codec, width = CODECS[unit]
    return len(text[:offset].encode(codec)) // width


@given(TEXTS, st.sampled_from(["utf-16", "utf-8"]))
def test_both_ways_as_the_slow_twin(text: str, unit: Unit) -> None:
    offsets = OffsetMap(text, unit)
    expected = [units_before(text, point, unit) for point in range(len(text) + 1)]
    assert offsets.to_units(range(len(text) + 1)).tolist() == expected
    assert offsets.length == expected[-1]
    points = {number: point for point, number in enumerate(expected)}
    wanted = range(-2, offsets.length + 3)
    assert offsets.to_points(wanted).tolist() == [points.get(number, -1) for number in wanted]


def test_offsets_beyond_the_text_are_refused() -> None:
    with pytest.raises(IndexError, match="beyond the text of 2 code points"):
        OffsetMap("a🏛", "utf-16").to_units([3])
