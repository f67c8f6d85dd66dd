"""From one tag a token to labelled chunks, as conlleval and seqeval (default mode) read them, broken tags included."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from farspan.model import BoolArray, IntArray, LongArray

OUTSIDE: Final = "O"
UNTYPED: Final = "_"

# BILOU and BMEWO name the same places as BIOES.
_PLACES: Final = {"B": "B", "I": "I", "E": "E", "S": "S", "L": "E", "U": "S", "M": "I", "W": "S"}


@dataclass(frozen=True, slots=True, eq=False)
class TagTable:
    """What each distinct tag means.

    places: one of the letters O B I E S for each tag (uint8 code points). labels: int32, the tag's label as an index into
    `names`, -1 for O. names: the labels in order of first appearance.
    """

    places: npt.NDArray[np.uint8]
    labels: IntArray
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Chunks:
    """Labelled token ranges that never overlap: starts, ends int64[n], ascending, half-open; labels int32[n]."""

    starts: LongArray
    ends: LongArray
    labels: IntArray


def split_tag(tag: str) -> tuple[str, str]:
    """The place (O B I E S) and the label of `tag`; a tag without a place, as in the IO scheme, is inside its own label."""
    if tag == OUTSIDE:
        return OUTSIDE, ""
    if tag in _PLACES:
        return _PLACES[tag], UNTYPED
    if tag[1:2] == "-" and tag[0] in _PLACES:
        return _PLACES[tag[0]], tag[2:] or UNTYPED
    return "I", tag or UNTYPED


def tag_table(tags: Sequence[str]) -> TagTable:
    """The meaning of each of `tags`, which are distinct."""
    names: dict[str, int] = {}
    split = [split_tag(tag) for tag in tags]
    labels = [-1 if place == OUTSIDE else names.setdefault(label, len(names)) for place, label in split]
    places = np.array([ord(place) for place, _ in split], dtype=np.uint8)
    return TagTable(places, np.array(labels, dtype=np.int32), tuple(names))


def find_chunks(tag_ids: npt.NDArray[np.integer], table: TagTable, sentences: LongArray) -> Chunks:
    """The chunks of a tagged text, their labels indices into `table.names`.

    tag_ids: int[n], a row of `table` for each token. sentences: the index of each sentence's first token; no chunk crosses one.
    A chunk begins at B and S, after E and S, where the label changes, and wherever a tag other than O follows O or a sentence
    break, so that every tag other than O is in a chunk: the reading of conlleval and of seqeval's default mode.
    """
    places = table.places[tag_ids]
    labels = table.labels[tag_ids]
    inside = places != ord("O")
    begins = _begins(places, labels, sentences) & inside
    starts = np.flatnonzero(begins)
    stops = ~inside
    stops |= begins
    bounds = np.flatnonzero(stops)
    following = np.searchsorted(bounds, starts, side="right")
    ends = np.append(bounds, len(tag_ids))[following]
    return Chunks(starts.astype(np.int64), ends.astype(np.int64), labels[starts])


def _begins(places: npt.NDArray[np.uint8], labels: IntArray, sentences: LongArray) -> BoolArray:
    begins: BoolArray = (places == ord("B")) | (places == ord("S"))
    before = places[:-1]
    begins[1:] |= (before == ord("O")) | (before == ord("E")) | (before == ord("S")) | (labels[1:] != labels[:-1])
    begins[:1] = True
    begins[sentences[sentences < len(begins)]] = True
    return begins
