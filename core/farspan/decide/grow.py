"""Spans that grow after the decisions: over the capitalised words that follow them, and into one where they touch.

A list of first names and one of surnames give two spans for `Penélope Cruz`; the reader wants one. A first name before an unknown
surname gives half a span. Both are put right here, inside one sentence. Spans that begin or end inside tokens join where their
characters touch, as in a script without spaces; what ends inside a token grows over no word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from farspan.model import BoolArray, IntArray, LongArray
from farspan.text.capitals import capitalised_types
from farspan.text.corpus import Corpus
from farspan.text.vocabulary import Vocabulary

_HYPHENS: Final = frozenset("-‐‑")


@dataclass(frozen=True, slots=True, eq=False)
class Growing:
    """Kept spans, none overlapping another, by ascending start.

    rows: int64[n], the candidate behind each. starts, ends: int32[n], half-open token ranges. char_starts, char_ends: int32[n],
    code points in the document. labels: int32[n]. joins: bool[n], whether a span may become one with its neighbour. extends:
    int32[n], words that it may grow over.
    """

    rows: LongArray
    starts: IntArray
    ends: IntArray
    char_starts: IntArray
    char_ends: IntArray
    labels: IntArray
    joins: BoolArray
    extends: IntArray


Grown = tuple[LongArray, IntArray, IntArray, IntArray, IntArray]
"""rows, starts, ends, char_starts, char_ends: as in `Growing`."""


def grow(spans: Growing, corpus: Corpus) -> Grown:
    """The spans after growing; of spans that became one the row of the first stands for all.

    First each span grows over up to `extends` capitalised words that follow it and belong to no span; a hyphen without white
    space before such a word is passed. Then spans of one label that touch, or that such a hyphen joins, become one if both may.
    """
    ends = _extended(spans, corpus)
    char_ends = np.where(ends > spans.ends, corpus.ends[ends - 1], spans.char_ends)
    spans = replace(spans, ends=ends, char_ends=char_ends)
    opens = np.ones(len(ends), np.bool_)
    opens[1:] = ~_are_joined(spans, corpus)
    first = np.flatnonzero(opens)
    last = np.append(first[1:], len(ends))[: len(first)] - 1
    return spans.rows[first], spans.starts[first], ends[last], spans.char_starts[first], char_ends[last]


def _extended(spans: Growing, corpus: Corpus) -> IntArray:
    """int32[n]: where each span ends after it has grown."""
    ends = spans.ends.copy()
    left = np.where(spans.char_ends == corpus.ends[ends - 1], spans.extends, 0)
    growing = np.flatnonzero(left > 0)
    if not len(growing):
        return ends
    bounds = np.append(corpus.sentences, len(corpus))
    limits = bounds[corpus.sentence_of(ends[growing] - 1) + 1]
    following = np.append(spans.starts, len(corpus))[growing + 1]
    limits = np.minimum(limits, following)
    while len(growing):
        steps = _steps(ends[growing], limits, corpus)
        ends[growing] += steps
        left[growing] -= 1
        more = (steps > 0) & (left[growing] > 0)
        growing, limits = growing[more], limits[more]
    return ends


def _steps(ends: IntArray, limits: LongArray, corpus: Corpus) -> IntArray:
    """int32: tokens that each span grows by to take in one more word: 1, 2 with a hyphen, 0 if it cannot."""
    capital, hyphen = capitalised_types(corpus.vocabulary), _is_hyphen(corpus.vocabulary)
    steps = np.zeros(len(ends), np.int32)
    one = np.flatnonzero(ends < limits)
    steps[one] = capital[corpus.ids[ends[one]]]
    two = np.flatnonzero((steps == 0) & (ends + 1 < limits))
    at = ends[two]
    reaches = hyphen[corpus.ids[at]] & _is_tight(at, corpus) & capital[corpus.ids[at + 1]]
    steps[two[reaches]] = 2
    return steps


def _are_joined(spans: Growing, corpus: Corpus) -> BoolArray:
    """bool[n - 1]: whether each span and the next become one."""
    starts, ends = spans.starts, spans.ends
    joined: BoolArray = (spans.labels[1:] == spans.labels[:-1]) & spans.joins[1:] & spans.joins[:-1]
    gap = starts[1:] - ends[:-1]
    joined &= gap <= 1
    near = np.flatnonzero(joined)
    joined[near] = corpus.sentence_of(ends[near] - 1) == corpus.sentence_of(starts[near + 1])
    whole = (spans.char_starts[1:] == corpus.starts[starts[1:]]) & (spans.char_ends[:-1] == corpus.ends[ends[:-1] - 1])
    parted = np.flatnonzero(joined & whole & (gap == 1))
    hyphen = _is_hyphen(corpus.vocabulary)
    joined[parted] = hyphen[corpus.ids[ends[parted]]] & _is_tight(ends[parted], corpus)
    inside = np.flatnonzero(joined & ~whole)
    joined[inside] = _are_touching(spans, inside, corpus)
    return joined


def _are_touching(spans: Growing, rows: LongArray, corpus: Corpus) -> BoolArray:
    """bool[rows]: whether no character but a hyphen stands between each of `rows` and the next span."""
    ends, starts = spans.char_ends[rows], spans.char_starts[rows + 1]
    touching: BoolArray = starts == ends
    parted = np.flatnonzero(starts == ends + 1)
    documents = corpus.document_of(spans.starts[rows[parted]]).tolist()
    places = zip(documents, ends[parted].tolist(), strict=True)
    touching[parted] = [corpus.documents[document].text[end] in _HYPHENS for document, end in places]
    return touching


def _is_tight(tokens: IntArray, corpus: Corpus) -> BoolArray:
    """Whether no white space stands around each of `tokens`, all of which have a neighbour on both sides."""
    tight: BoolArray = (corpus.starts[tokens] == corpus.ends[tokens - 1]) & (corpus.ends[tokens] == corpus.starts[tokens + 1])
    return tight


def _is_hyphen(vocabulary: Vocabulary) -> BoolArray:
    table = vocabulary.table("hyphen", lambda strings: np.fromiter((s in _HYPHENS for s in strings), np.int32, len(strings)))
    return table > 0
