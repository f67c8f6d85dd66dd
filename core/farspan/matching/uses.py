"""How the names of a list are written in a corpus: what the signs of risk are counted from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from farspan.matching.names import Patterns, possible_names
from farspan.matching.plans import find
from farspan.matching.profiles import Profiles, View
from farspan.matching.risk import FloatArray, NameUses
from farspan.matching.views import stream_of
from farspan.model import BoolArray, LongArray
from farspan.sources.stopwords import stop_words
from farspan.text.capitals import before, big_types, small_types
from farspan.text.columns import column_of, is_beyond_ascii
from farspan.text.corpus import Corpus
from farspan.text.languages import primary_language
from farspan.text.normalize import casefolded
from farspan_resources import stop_word_languages


def name_uses(corpus: Corpus, profiles: Profiles, names: Patterns, view: View) -> NameUses:
    """The uses of each name in any case. view: what the names are matched under; its lemmas and affixes do not count here."""
    wide = View(replace(view.profile, case="fold"))
    table = profiles.forms(wide).table()
    uses, small = _counted(corpus, profiles, names, wide)
    return NameUses(uses, small, _small_words(corpus, names, table), _are_stop_words(names, profiles.lang))


def _counted(corpus: Corpus, profiles: Profiles, names: Patterns, wide: View) -> tuple[LongArray, LongArray]:
    """int64[names], twice: places of each name in any case, and those of them without a capital."""
    stream = stream_of(corpus, profiles, wide)
    starts, ends, rows = find(stream, list(possible_names(names.tokens, stream.table, stream.present)))
    inside = corpus.document_of(starts) == corpus.document_of(ends - 1)
    starts, ends, rows = starts[inside], ends[inside], rows[inside]
    small = before(small_types(corpus.vocabulary), corpus.ids)
    big = before(big_types(corpus.vocabulary), corpus.ids)
    is_small = (big[ends] == big[starts]) & (small[ends] > small[starts])
    return np.bincount(rows, minlength=len(names)), np.bincount(rows[is_small], minlength=len(names))


def _small_words(corpus: Corpus, names: Patterns, table: np.ndarray[tuple[int], np.dtype[np.int32]]) -> FloatArray:
    """float64[names]: the mean share of lower-case uses of the words of each name, as the corpus writes them."""
    counts = np.bincount(corpus.ids, minlength=len(table))[: len(table)]
    every = np.bincount(table, counts, minlength=len(table))
    small = np.bincount(table, np.where(small_types(corpus.vocabulary)[: len(table)], counts, 0), minlength=len(table))
    words = table[names.tokens.ids]
    shares = small[words] / np.maximum(every[words], 1)
    owners = np.repeat(np.arange(len(names)), names.tokens.lengths)
    means: FloatArray = np.bincount(owners, shares, minlength=len(names)) / np.maximum(names.tokens.lengths, 1)
    return means


def _are_stop_words(names: Patterns, lang: str) -> BoolArray:
    code = primary_language(lang)
    words = {word.casefold() for word in stop_words(code)} if code in stop_word_languages() else set()
    if not words:
        return np.zeros(len(names), np.bool_)
    return are_among(names.surfaces, words)


def are_among(strings: Sequence[str], folded: Collection[str]) -> BoolArray:
    """bool[n]: which of `strings` are, casefolded, one of `folded`."""
    found = np.zeros(len(strings), np.bool_)
    rows = _may_be_among(strings, folded)
    found[rows] = [string in folded for string in casefolded([strings[row] for row in rows.tolist()])]
    return found


def _may_be_among(strings: Sequence[str], folded: Collection[str]) -> LongArray:
    """The rows of all that are, and few others: they have the length, the first and the last letter of one, or are not ASCII."""
    column = column_of(strings)
    if column is None:
        return np.arange(len(strings))
    raw = [word.encode() for word in folded]
    lengths, last = column.lengths(), np.maximum(column.offsets[1:] - 2, column.offsets[:-1])
    points = np.frombuffer(column.raw.lower(), np.uint8)
    there = np.zeros((max(map(len, raw), default=0) + 1, 256, 256), np.bool_)
    for word in raw:
        ends = word or b"\n"  # what stands in the place of an empty string
        there[len(word), ends[0], ends[-1]] = True
    inside = lengths < len(there)
    found = inside & there[np.where(inside, lengths, 0), points[column.offsets[:-1]], points[last]]
    rows: LongArray = np.flatnonzero(found | column.has(is_beyond_ascii))
    return rows
