"""A corpus as a stream of what its tokens may be read as: normal forms, lemmas, words without affixes, words an edit away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz.distance import Levenshtein

from farspan.errors import OptionError
from farspan.matching.characters import character_stream
from farspan.matching.fuzzy import FuzzyIndex, allowed_edits
from farspan.matching.profiles import Profiles, View
from farspan.matching.readings import LooseReadings, collect_readings
from farspan.matching.stream import Stream
from farspan.model import BoolArray, IntArray, LongArray
from farspan.text.corpus import Corpus
from farspan.text.lemmas import COLUMN

_LEMMA_COLUMNS = ("lemma", "LEMMA", "lemmas")


def stream_of(corpus: Corpus, profiles: Profiles, view: View) -> Stream:
    """`corpus` under `view`. Raises OptionError where lemmas are to come from a column that a document lacks."""
    if view.anywhere:
        return character_stream(corpus, profiles, view)
    if view.lemma == COLUMN:
        return _lemma_stream(corpus, profiles, view)
    readings = profiles.affixes(view).readings() if view.has_affixes else None
    forms = profiles.forms(view)
    table = forms.table()
    return Stream(corpus.ids if forms.is_identity else table[corpus.ids], table, corpus.ids, readings)


def _lemma_stream(corpus: Corpus, profiles: Profiles, view: View) -> Stream:
    """Each token read as its lemma, and as its form as well: a list may hold either."""
    lemmas = _lemma_ids(corpus)
    affixes = profiles.affixes(view).readings() if view.has_affixes else None
    table = profiles.forms(view).table()
    pairs, kinds = np.unique(corpus.ids.astype(np.int64) << 32 | lemmas, return_inverse=True)
    types = (pairs >> 32).astype(np.int32)
    base = table[pairs & 0xFFFFFFFF]
    loose = [_exact(np.arange(len(pairs), dtype=np.int32), table[types])]
    if affixes is not None:
        rows, tokens = affixes.expand(types)
        loose.append(replace(_exact(rows.astype(np.int32), tokens), stripped=np.ones(len(rows), np.bool_)))
    kinds = kinds.astype(np.int32)
    return Stream(base[kinds], table, kinds, collect_readings(loose, base), lemmas)


def _exact(owners: IntArray, tokens: IntArray) -> LooseReadings:
    return LooseReadings(owners, tokens, np.zeros(len(owners), np.uint8), np.zeros(len(owners), np.bool_))


def _lemma_ids(corpus: Corpus) -> IntArray:
    """int32[n]: the lemma of every token as a type; a token without one is its own lemma."""
    ids = corpus.ids.copy()
    for number in range(len(corpus.documents)):
        begin, end = int(corpus.doc_offsets[number]), int(corpus.doc_offsets[number + 1])
        lemmas = column_of(corpus, number, _LEMMA_COLUMNS)
        if lemmas is None:
            raise OptionError(
                f"document {corpus.documents[number].id!r} has no lemmas",
                remedy="lemma=column needs input with a column named lemma; choose lemma=on or a table for plain text",
            )
        given = np.fromiter((lemma not in {"", "_"} for lemma in lemmas), np.bool_, end - begin)
        ids[begin:end][given] = corpus.vocabulary.intern([lemma for lemma in lemmas if lemma not in {"", "_"}])
    return ids


def column_of(corpus: Corpus, number: int, names: Sequence[str]) -> Sequence[str] | None:
    """The first column called one of `names` of document `number`, for its tokens in the corpus; None without one."""
    tokens = corpus.documents[number].tokens
    found = next((tokens.columns[name] for name in names if name in tokens.columns), None) if tokens is not None else None
    if found is None or tokens is None:
        return None
    begin, end = int(corpus.doc_offsets[number]), int(corpus.doc_offsets[number + 1])
    if end - begin == len(tokens):
        return found
    first = int(np.searchsorted(tokens.starts, corpus.starts[begin])) if end > begin else 0
    return found[first : first + end - begin]


@dataclass(frozen=True, slots=True, eq=False)
class ViewedCorpus:
    """A corpus, a view of it, and the stream that the view makes of it."""

    corpus: Corpus
    profiles: Profiles
    view: View
    stream: Stream

    def with_fuzzy(self, words: IntArray, index: FuzzyIndex) -> ViewedCorpus:
        """The same where tokens may also be read as words of names that they are a few edits from.

        words: int32[k], normal ids of what `index` holds, in its order.
        """
        stream = self.stream
        base = np.full(len(stream.readings) if stream.readings is not None else len(stream.table), -1, np.int32)
        base[stream.kinds] = stream.base
        owners, texts, stripped = self._texts(base)
        distinct = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        queries, found, edits = index.near(list(distinct))
        by_text = np.fromiter(map(distinct.__getitem__, texts), np.int32, len(texts))
        pairs, rows = _joined(queries, by_text)
        loose = [LooseReadings(owners[rows], words[found[pairs]], edits[pairs], stripped[rows])]
        if (known := stream.readings) is not None:
            loose.append(LooseReadings(known.owners, known.tokens, known.edits, known.stripped))
        return replace(self, stream=replace(stream, readings=collect_readings(loose, base)))

    def _texts(self, base: IntArray) -> tuple[IntArray, list[str], BoolArray]:
        """Every string that a kind of token can be read as, also those that no type is: (kinds, strings, stripped)."""
        there = np.flatnonzero(base >= 0).astype(np.int32)
        owners, tokens, stripped = [there], [base[there]], [np.zeros(len(there), np.bool_)]
        if (known := self.stream.readings) is not None:
            used = np.flatnonzero(base[known.owners] >= 0)
            owners.append(known.owners[used])
            tokens.append(known.tokens[used])
            stripped.append(known.stripped[used])
        distinct, back = np.unique(np.concatenate(tokens), return_inverse=True)
        strings = self.profiles.forms(self.view).strings(distinct.astype(np.int32))
        texts = [strings[row] for row in back.tolist()]
        if self.view.has_affixes:
            more, rests = self._unknown_rests(len(base))
            owners.append(more)
            stripped.append(np.ones(len(more), np.bool_))
            texts += rests
        return np.concatenate(owners), texts, np.concatenate(stripped)

    def _unknown_rests(self, size: int) -> tuple[IntArray, list[str]]:
        """What kinds of token are without affixes where that is no type: (kinds, strings)."""
        types, rests = self.profiles.affixes(self.view).loose()
        unknown = np.flatnonzero(self.profiles.forms(self.view).ids_of(rests) < 0)
        kind_types = np.full(size, -1, np.int32)
        kind_types[self.stream.kinds] = self.corpus.ids
        pairs, kinds = _joined(types[unknown], kind_types)
        return kinds.astype(np.int32), [rests[row] for row in unknown[pairs].tolist()]

    def has_same(self, places: IntArray, names: IntArray, fuzzy: int) -> BoolArray:
        """Whether the token at each of `places` may be read under `view` as the type of a name beside it."""
        types = self.corpus.ids[places]
        lemmas = types if self.stream.lemmas is None else self.stream.lemmas[places]
        affixes = self.profiles.affixes(self.view).readings() if self.view.has_affixes else None
        forms = self.profiles.forms(self.view)
        same = forms.are_same(types, names)
        if lemmas is not types:
            same |= forms.are_same(lemmas, names)
        if affixes is not None:
            same |= affixes.find(types, forms.table()[names]) >= 0
        if fuzzy:
            rest = np.flatnonzero(~same)
            same[rest] = self._has_near(types[rest], lemmas[rest], names[rest], fuzzy)
        return same

    def _has_near(self, types: IntArray, lemmas: IntArray, names: IntArray, fuzzy: int) -> BoolArray:
        triples, back = np.unique(np.stack([types, lemmas, names]), axis=1, return_inverse=True)
        forms = self.profiles.forms(self.view)
        rests = self._rests_of(set(triples[0].tolist()))
        near = []
        for number, *words in zip(triples[0].tolist(), *(forms.strings(column) for column in triples), strict=True):
            name = words.pop()
            most = allowed_edits(name, fuzzy)
            texts = {*words, *rests.get(number, ())}
            near.append(any(Levenshtein.distance(name, text, score_cutoff=most) <= most for text in texts))
        found: BoolArray = np.array(near, np.bool_)[back.reshape(-1)]
        return found

    def _rests_of(self, wanted: set[int]) -> dict[int, list[str]]:
        """What the types `wanted` are without their affixes."""
        rests: dict[int, list[str]] = {}
        if self.view.has_affixes:
            owners, left = self.profiles.affixes(self.view).loose()
            for row in np.flatnonzero(np.isin(owners, list(wanted))).tolist():
                rests.setdefault(int(owners[row]), []).append(left[row])
        return rests

    def costs(self, places: IntArray, tokens: IntArray) -> tuple[IntArray, BoolArray]:
        """By how many edits, and whether less an affix, the token at each of `places` is read as the normal id beside it."""
        edits, stripped = np.zeros(len(places), np.int32), np.zeros(len(places), np.bool_)
        other = np.flatnonzero(self.stream.base[places] != tokens)
        if self.stream.readings is not None and len(other):
            rows = self.stream.readings.find(self.stream.kinds[places[other]], tokens[other])
            edits[other], stripped[other] = self.stream.readings.edits[rows], self.stream.readings.stripped[rows]
        return edits, stripped


def _joined(asked: IntArray, held: IntArray) -> tuple[LongArray, LongArray]:
    """Every pair of indices (i, j) with asked[i] == held[j]."""
    order = np.argsort(held, kind="stable")
    first = np.searchsorted(held[order], asked)
    repeats = np.searchsorted(held[order], asked, "right") - first
    skipped = np.cumsum(repeats) - repeats
    where = np.repeat(first - skipped, repeats) + np.arange(int(repeats.sum()))
    return np.repeat(np.arange(len(asked)), repeats), order[where]
