"""Names that stand in the text but are not wanted: what blocks them, so that nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import regex

from farspan.matching.names import NameTokens
from farspan.options import MatchingOptions
from farspan.sources.stopwords import stop_words
from farspan.text.normalize import Profile, normal_forms

BLOCKERS: Final = ("", "min_length", "min_tokens", "exclude", "stopwords", "across_sentences")
"""The option that blocked a candidate, by number; 0: nothing did. Stored in projects: only ever append."""

_CHARACTER: Final = regex.compile(r"\X")


def block_names(surfaces: Sequence[str], tokens: NameTokens, options: MatchingOptions, profile: Profile) -> npt.NDArray[np.uint8]:
    """uint8[names]: the first option that blocks each name, as its number in `BLOCKERS`."""
    blocked = np.zeros(len(surfaces), np.uint8)
    if options.stopwords:
        blocked[_equal_to(surfaces, stop_words(options.stopwords), Profile("fold", turkic=profile.turkic))] = BLOCKERS.index(
            "stopwords"
        )
    if options.exclude:
        blocked[_equal_to(surfaces, options.exclude, profile)] = BLOCKERS.index("exclude")
    if options.min_tokens > 1:
        blocked[tokens.lengths < options.min_tokens] = BLOCKERS.index("min_tokens")
    if options.min_length > 1:
        blocked[_characters(surfaces) < options.min_length] = BLOCKERS.index("min_length")
    return blocked


def _equal_to(surfaces: Sequence[str], unwanted: Sequence[str] | frozenset[str], profile: Profile) -> npt.NDArray[np.bool_]:
    forms = set(normal_forms(sorted(unwanted), profile))
    return np.fromiter(map(forms.__contains__, normal_forms(surfaces, profile)), np.bool_, len(surfaces))


def _characters(surfaces: Sequence[str]) -> npt.NDArray[np.int64]:
    """Length of each name in grapheme clusters (Unicode Standard Annex 29)."""
    sizes = (len(s) if s.isascii() else sum(1 for _ in _CHARACTER.finditer(s)) for s in surfaces)
    return np.fromiter(sizes, np.int64, len(surfaces))
