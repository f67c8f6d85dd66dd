"""A corpus as characters, for names that may begin and end inside a token: scripts without spaces, and compounds.

The plans are the same: a character (grapheme cluster) is a token of its own, and names are made of characters too. White space
is no character: it may stand inside a match only where the name has it, or where a line breaks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from farspan.errors import OptionError
from farspan.matching.names import NameTokens, Patterns, PreparedList
from farspan.matching.profiles import Profiles, View
from farspan.matching.stream import Stream
from farspan.model import BoolArray, IntArray, LongArray
from farspan.options import MatchingOptions
from farspan.text.corpus import Corpus
from farspan.text.normalize import is_only_marks
from farspan.text.plain_tokenizers import CharacterTokenizer
from farspan.text.vocabulary import Vocabulary

_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")


def check_anywhere(options: MatchingOptions) -> None:
    """Raise OptionError where options that compare words are set beside `boundary=anywhere`."""
    words = {
        "lemma": options.lemma != "off",
        "prefixes": bool(options.prefixes),
        "suffixes": bool(options.suffixes),
        "fuzzy": options.fuzzy > 0,
    }
    for option in (name for name, is_set in words.items() if is_set):
        raise OptionError(f"boundary=anywhere compares characters, {option} compares words", remedy="leave one of the two out")


def character_bases(corpus: Corpus) -> LongArray:
    """int64[documents]: where the text of each document begins when all stand one after the other, with a gap of one."""
    sizes = np.array([len(document.text) + 1 for document in corpus.documents], np.int64)
    return np.cumsum(sizes) - sizes


def in_characters(patterns: Patterns, drop_marks: bool) -> Callable[[PreparedList], Patterns]:
    """What makes `patterns` into characters; with `drop_marks` less those that are marks alone (tatweel, zero-width space)."""

    def make(prepared: PreparedList) -> Patterns:
        batch = CharacterTokenizer(prepared.vocabulary)(patterns.surfaces)
        kept = ~_marks(prepared.vocabulary)[batch.ids] if drop_marks else np.ones(len(batch), np.bool_)
        offsets = np.concatenate([[0], np.cumsum(kept)])[batch.offsets]
        spaces = _spaces(batch.starts, batch.ends, batch.offsets, kept)
        return Patterns(patterns.surfaces, NameTokens(batch.ids[kept], offsets, spaces), patterns.owners, patterns.tokens.lengths)

    return make


def _marks(vocabulary: Vocabulary) -> BoolArray:
    table = vocabulary.table("only marks", lambda strings: np.fromiter(map(is_only_marks, strings), np.int32, len(strings)))
    marks: BoolArray = table > 0
    return marks


def _spaces(starts: IntArray, ends: IntArray, offsets: LongArray, kept: BoolArray) -> BoolArray:
    """bool[kept characters]: whether white space stands before each in its text, dropped characters looked through."""
    gaps = np.zeros(len(starts) + 1, np.int64)
    gaps[1:-1] = starts[1:] > ends[:-1]
    gaps[offsets[:-1]] = 0
    upto = np.cumsum(gaps[:-1])[kept]
    spaces: BoolArray = np.diff(upto, prepend=0) > 0
    return spaces


@dataclass(frozen=True, slots=True, eq=False)
class CharacterCorpus:
    """A corpus whose tokens are characters. spaces: bool[characters], whether white space stands before each."""

    corpus: Corpus
    spaces: BoolArray

    def has_same_spaces(self, starts: IntArray, ends: IntArray, rows: IntArray, names: NameTokens) -> BoolArray:
        """Whether white space stands inside each place where it does in the pattern, and beside that at line breaks only."""
        same = np.ones(len(starts), np.bool_)
        if names.spaces is None:
            return same
        for depth in range(1, int((ends - starts).max(initial=0))):
            here = np.flatnonzero(same & (ends - starts > depth))
            text, name = self.spaces[starts[here] + depth], names.spaces[names.offsets[rows[here]] + depth]
            same[here[name & ~text]] = False
            odd = here[text & ~name]
            same[odd] = [self._is_line_break(place) for place in (starts[odd] + depth).tolist()]
        return same

    def _is_line_break(self, place: int) -> bool:
        document = self.corpus.documents[int(self.corpus.document_of(np.array([place]))[0])]
        gap = document.text[int(self.corpus.ends[place - 1]) : int(self.corpus.starts[place])]
        return not _LINE_ENDS.isdisjoint(gap)

    def in_tokens(
        self, corpus: Corpus, starts: IntArray, ends: IntArray
    ) -> tuple[IntArray, IntArray, IntArray, IntArray, BoolArray]:
        """Places of characters as columns: start, end in the document, start, end in tokens, whether a token is there."""
        char_starts, char_ends = self.corpus.starts[starts], self.corpus.ends[ends - 1]
        bases = character_bases(corpus)
        own = bases[self.corpus.document_of(starts)]
        of_token = np.repeat(bases, np.diff(corpus.doc_offsets))
        first = np.searchsorted(of_token + corpus.ends, own + char_starts, "right").astype(np.int32)
        last = np.searchsorted(of_token + corpus.starts, own + char_ends, "left").astype(np.int32)
        return char_starts, char_ends, first, last, last > first


def character_stream(corpus: Corpus, profiles: Profiles, view: View) -> Stream:
    """The characters of `corpus` under `view`."""
    characters = _characters_of(corpus, view)
    forms = profiles.forms(view)
    table = forms.table()
    ids = characters.corpus.ids
    return Stream(ids if forms.is_identity else table[ids], table, ids, characters=characters)


def _characters_of(corpus: Corpus, view: View) -> CharacterCorpus:
    """The characters that the tokens of `corpus` cover, in their sentences."""
    batch = CharacterTokenizer(corpus.vocabulary)([document.text for document in corpus.documents])
    owners = np.repeat(np.arange(len(corpus.documents)), np.diff(batch.offsets))
    bases = character_bases(corpus)
    of_token = np.repeat(bases, np.diff(corpus.doc_offsets))
    places = bases[owners] + batch.starts
    token = np.searchsorted(of_token + corpus.ends, places, "right")
    kept = token < len(corpus)
    kept[kept] = (of_token + corpus.starts)[token[kept]] < places[kept] + batch.ends[kept] - batch.starts[kept]
    if view.profile.marks:
        kept &= ~_marks(corpus.vocabulary)[batch.ids]
    offsets = np.concatenate([[0], np.cumsum(kept)])[batch.offsets]
    spaces = _spaces(batch.starts, batch.ends, batch.offsets, kept)
    sentences = np.unique(np.searchsorted(token[kept], corpus.sentences))
    found = Corpus(corpus.documents, corpus.vocabulary, batch.ids[kept], batch.starts[kept], batch.ends[kept], offsets, sentences)
    return CharacterCorpus(found, spaces)
