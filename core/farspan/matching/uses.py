"""How the names of a list are written in a corpus: what the signs of risk are counted from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from farspan.matching.names import Patterns, possible_names
from farspan.matching.plans import find
from farspan.matching.profiles import Profiles, View
from farspan.matching.risk import FloatArray, NameUses
from farspan.matching.views import stream_of
from farspan.model import BoolArray, LongArray
from farspan.sources.stopwords import stop_words
from farspan.text.capitals import big_types, small_types
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
    small = np.concatenate([[0], np.cumsum(small_types(corpus.vocabulary)[corpus.ids])])
    big = np.concatenate([[0], np.cumsum(big_types(corpus.vocabulary)[corpus.ids])])
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
    return np.fromiter(map(words.__contains__, casefolded(names.surfaces)), np.bool_, len(names))
