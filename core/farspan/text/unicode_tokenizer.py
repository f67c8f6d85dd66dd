"""Words without rules of any language, by the properties Unicode gives to characters."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import regex

from farspan.text.block_tokenizer import BlockTokenizer, Cut
from farspan.text.chunks import space_mask
from farspan.text.graphemes import grapheme_starts
from farspan.text.tokens import code_points

GAP: Final = 0
WORD: Final = 1
SINGLE: Final = 2

_TABLE_SIZE: Final = 0x110000
# Unicode gives no letters between these planes, but for tags and selectors.
_LETTERS_END: Final = 0x40000
_TAGS: Final = (0xE0000, 0xE1000)
_PRIVATE_PLANES: Final = 0xF0000
_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{N}\p{Co}\u00ad]+")
_SINGLE: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\u30fc]+")
_GAP: Final = regex.compile(r"(?:\s|[\u200c\u200d]|(?!\u00ad)\p{Grapheme_Cluster_Break=Control})+")


class UnicodeTokenizer(BlockTokenizer):
    """Runs of letters, marks and digits; every other visible character by itself.

    Grapheme clusters (emoji with their modifiers, letters with marks) are never cut; soft hyphens and joiners inside a word
    stay in it, apostrophes and hyphens stand alone. Han characters and kana, which are written without spaces, are one token
    each. Control and format characters stand between tokens like white space.
    """

    def cut(self, text: str) -> Cut:
        """ids, starts and ends of the words and symbols of `text`."""
        begins = np.flatnonzero(grapheme_starts(text, space_mask(text)))
        classes = _classes()[code_points(text)[begins]]
        is_first = np.ones(len(begins), np.bool_)
        is_first[1:] = (classes[1:] != WORD) | (classes[:-1] != WORD)
        firsts = np.flatnonzero(is_first)
        bounds = np.append(begins[firsts], len(text)).astype(np.int32)
        kept = classes[firsts] != GAP
        starts, ends = bounds[:-1][kept], bounds[1:][kept]
        return self.vocabulary.intern_slices(text, starts, ends), starts, ends


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """uint8 for every code point: GAP, WORD or SINGLE."""
    table = np.full(_TABLE_SIZE, SINGLE, np.uint8)
    table[_PRIVATE_PLANES:] = WORD
    points = np.array([*range(0xD800), *range(0xE000, _LETTERS_END), *range(*_TAGS)])
    characters = "".join(map(chr, points.tolist()))
    for pattern, value in ((_WORD, WORD), (_SINGLE, SINGLE), (_GAP, GAP)):
        for match in pattern.finditer(characters):
            table[points[match.start() : match.end()]] = value
    return table
