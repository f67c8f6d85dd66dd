"""How good a match is: 1.0 for the name as it is written, less for what had to be bent to make it fit.

score = (1 - edits / characters of the name) x 0.95 if a word matched by its lemma or less an affix x 0.9 if only a part of the
name stands there. Case, diacritics and marks that an option folds cost nothing: the user called them the same.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from farspan.matching.names import Patterns
from farspan.matching.parts import PART_SCORE
from farspan.matching.profiles import View
from farspan.matching.views import ViewedCorpus
from farspan.model import BoolArray, IntArray

ALTERED_SCORE: Final = 0.95


def grade(
    viewed: ViewedCorpus, patterns: Patterns, starts: IntArray, ends: IntArray, rows: IntArray
) -> tuple[npt.NDArray[np.float32], IntArray]:
    """The score of each place of a pattern, and the edits in it."""
    table = viewed.stream.table
    plain = viewed.profiles.forms(View(viewed.view.profile)).table()
    edits, altered = np.zeros(len(starts), np.int32), np.zeros(len(starts), np.bool_)
    for depth in range(int((ends - starts).max(initial=0))):
        here = np.flatnonzero(ends - starts > depth)
        places, name = starts[here] + np.int32(depth), patterns.tokens.ids[patterns.tokens.offsets[rows[here]] + depth]
        differs = plain[viewed.corpus.ids[places]] != plain[name]
        here, places, name = here[differs], places[differs], name[differs]
        cost, stripped = viewed.costs(places, table[name])
        edits[here] += cost
        altered[here] |= stripped | (cost == 0)
    lengths = np.maximum(patterns.characters[rows], 1)
    scores = np.maximum(1 - edits / lengths, 0) * np.where(altered, ALTERED_SCORE, 1.0)
    if patterns.owners is not None:
        scores[rows != patterns.owners[rows]] *= PART_SCORE
    return scores.astype(np.float32), edits


def is_inside_exact(starts: IntArray, ends: IntArray, edits: IntArray) -> BoolArray:
    """Whether each place with edits lies inside one without; places by ascending start."""
    if not len(starts):
        return np.zeros(0, np.bool_)
    reach = np.maximum.accumulate(np.where(edits == 0, ends, 0))
    upto = np.searchsorted(starts, starts, "right") - 1
    inside: BoolArray = (edits > 0) & (reach[upto] >= ends)
    return inside
