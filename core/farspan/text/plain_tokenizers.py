"""Tokens without rules of any language: what white space separates, code points, and characters as a reader counts them."""

from __future__ import annotations

import numpy as np

from farspan.text.block_tokenizer import BlockTokenizer, Cut
from farspan.text.chunks import chunk_bounds, space_mask
from farspan.text.graphemes import grapheme_starts
from farspan.text.tokens import code_points


class WhitespaceTokenizer(BlockTokenizer):
    """Tokens as `str.split()` gives them."""

    words_hold_points = True

    def cut(self, text: str) -> Cut:
        """ids, starts and ends of the white-space chunks of `text`."""
        starts, ends = (bounds.astype(np.int32) for bounds in chunk_bounds(text))
        return self.vocabulary.intern_slices(text, starts, ends), starts, ends


class CodePointTokenizer(BlockTokenizer):
    """One token for each code point that is not white space: what spaCy does with Chinese unless it is told otherwise."""

    def cut(self, text: str) -> Cut:
        """ids, starts and ends of the code points of `text` that are not white space."""
        starts = np.flatnonzero(~space_mask(text)).astype(np.int32)
        points, first_seen, places = np.unique(code_points(text)[starts], return_index=True, return_inverse=True)
        order = np.argsort(first_seen)
        ids = np.empty(len(points), np.int32)
        ids[order] = self.vocabulary.intern([chr(point) for point in points[order].tolist()])
        return ids[places], starts, starts + np.int32(1)


class CharacterTokenizer(BlockTokenizer):
    """One token for each grapheme cluster (UAX 29) that is not white space; a mark after white space stands by itself."""

    def cut(self, text: str) -> Cut:
        """ids, starts and ends of the grapheme clusters of `text`."""
        spaces = space_mask(text)
        bounds = np.append(np.flatnonzero(grapheme_starts(text, spaces)), len(text)).astype(np.int32)
        kept = ~spaces[bounds[:-1]]
        starts, ends = bounds[:-1][kept], bounds[1:][kept]
        return self.vocabulary.intern_slices(text, starts, ends), starts, ends
