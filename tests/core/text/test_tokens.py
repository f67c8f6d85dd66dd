"""Code points as numbers, whatever the size of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farspan.text import tokens


@given(st.text(st.characters(codec=None) | st.sampled_from("ab\U0001f600"), max_size=40), st.integers(1, 7))
def test_code_points_got_in_pieces_are_those_of_the_whole(text, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "_AT_ONCE", size)
        assert tokens.code_points(text).tolist() == [ord(character) for character in text]
