"""Names that stand in the text but are not wanted: what blocks them, so that nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from farspan.matching.names import Patterns
from farspan.model import BoolArray
from farspan.options import MatchingOptions
from farspan.sources.stopwords import stop_words
from farspan.text.normalize import Profile, normal_forms

BLOCKERS: Final = (
    "", "min_length", "min_tokens", "exclude", "stopwords", "across_sentences", "fuzzy",
    "left", "right", "not_left", "not_right", "pos", "max_risk",
)  # fmt: skip
"""The option that blocked a candidate, by number; 0: nothing did. Stored in projects: only ever append."""


def block_names(patterns: Patterns, options: MatchingOptions, profile: Profile) -> npt.NDArray[np.uint8]:
    """uint8[patterns]: the first option that blocks each name or part of one, as its number in `BLOCKERS`."""
    surfaces = patterns.surfaces
    blocked = np.zeros(len(surfaces), np.uint8)
    if options.stopwords:
        any_case = Profile("fold", turkic=profile.turkic)
        blocked[_are_among(surfaces, stop_words(options.stopwords), any_case)] = BLOCKERS.index("stopwords")
    if options.exclude:
        blocked[_are_among(surfaces, options.exclude, profile)] = BLOCKERS.index("exclude")
    if options.min_tokens > 1:
        blocked[patterns.word_lengths < options.min_tokens] = BLOCKERS.index("min_tokens")
    if options.min_length > 1:
        blocked[patterns.characters < options.min_length] = BLOCKERS.index("min_length")
    return blocked


def _are_among(surfaces: Sequence[str], unwanted: Collection[str], profile: Profile) -> BoolArray:
    forms = set(normal_forms(sorted(unwanted), profile))
    return np.fromiter(map(forms.__contains__, normal_forms(surfaces, profile)), np.bool_, len(surfaces))
