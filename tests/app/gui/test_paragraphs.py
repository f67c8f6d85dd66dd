"""Given text of any length, when it is cut for display, then nothing is lost and no character as readers see it is torn."""

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan_app.gui.views.paragraphs import LONGEST, split_paragraphs


def test_paragraphs_are_the_lines_without_their_ends():
    pieces = split_paragraphs("አዲስ አበባ\r\nالقاهرة\n\n北京")
    assert [pieces.text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)] == ["አዲስ አበባ", "القاهرة", "", "北京"]
    assert [pieces.at(point) for point in (0, 6, 9, 17, 18)] == [0, 0, 1, 2, 3]


@given(st.text(alphabet=st.sampled_from("ab \r\n\u0301አא😀"), max_size=80))
@settings(max_examples=100, deadline=None)
def test_short_text_is_cut_at_line_feeds_alone(text):
    pieces = split_paragraphs(text)
    expected = [line.removesuffix("\r") for line in text.split("\n")]
    assert [pieces.text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)] == expected


def test_a_long_paragraph_is_cut_behind_white_space():
    text = "ውሃ ጤና " * 4_000
    pieces = split_paragraphs(text)
    assert "".join(text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)) == text
    assert max(pieces.ends - pieces.starts) <= LONGEST
    assert all(text[cut - 1] == " " for cut in pieces.starts[1:])


def test_without_white_space_no_cluster_is_torn():
    text = "e\u0301" * 1_999 + "👩‍👩‍👧" * 3_000
    pieces = split_paragraphs(text)
    assert "".join(text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)) == text
    begins = {match.start() for match in regex.finditer(r"\X", text)}
    assert len(pieces) > 2
    assert set(pieces.starts.tolist()) <= begins


def test_what_cannot_be_drawn_is_shown_by_as_many_characters():
    pieces = split_paragraphs("a\x00b\x0bc\rd")
    assert pieces.shown(0) == "a\u2400b\u2028c\u2028d"
