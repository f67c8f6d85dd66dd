"""The other tools, each doing what Farspan does as far as it can, over the same tokens or the same text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import ahocorasick
import numpy as np
import spacy
from flashtext import KeywordProcessor
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from benchmarks.world import Places, World


class SpacyPeer:
    """PhraseMatcher and filter_spans over Docs of the very tokens of a world."""

    def __init__(self, world: World) -> None:
        self._vocab = spacy.blank("xx").vocab
        bounds = world.corpus.doc_offsets.tolist()
        words = world.words
        self.docs = [Doc(self._vocab, words=words[a:b]) for a, b in pairwise(bounds)]
        self._first = bounds
        strings, offsets = world.corpus.vocabulary.strings, world.prepared.batch.offsets.tolist()
        ids = world.prepared.batch.ids.tolist()
        rows = pairwise(offsets)
        self.names = [Doc(self._vocab, words=[strings[number] for number in ids[a:b]]) for a, b in rows]

    def build(self, attr: str) -> PhraseMatcher:
        """The matcher of all names."""
        matcher = PhraseMatcher(self._vocab, attr=attr)
        matcher.add("NAME", self.names)
        return matcher

    def match(self, matcher: PhraseMatcher) -> list[list[Any]]:
        """The spans of each Doc, longest first where they overlap."""
        return [filter_spans(matcher(doc, as_spans=True)) for doc in self.docs]

    def rebuild(self, attr: str) -> list[list[Any]]:
        """Both."""
        return self.match(self.build(attr))

    def places(self, found: Sequence[Sequence[Any]]) -> Places:
        """Where the spans stand, as token ranges in the corpus."""
        pairs = [
            (span.start + first, span.end + first) for first, spans in zip(self._first, found, strict=False) for span in spans
        ]
        return _columns(pairs)


class Text:
    """The documents of a world as strings, with the tokens that begin and end at each character."""

    def __init__(self, world: World) -> None:
        self.texts = [document.text for document in world.corpus.documents]
        self._borders = []
        for document, first in zip(world.corpus.documents, world.corpus.doc_offsets.tolist(), strict=False):
            tokens = document.tokens
            assert tokens is not None
            numbers = range(first, first + len(tokens))
            starts = dict(zip(tokens.starts.tolist(), numbers, strict=True))
            ends = dict(zip(tokens.ends.tolist(), range(first + 1, first + len(tokens) + 1), strict=True))
            self._borders.append((starts, ends))

    def with_borders(self, lower: bool) -> Sequence[tuple[str, dict[str, int], dict[str, int]]]:
        """Each text, and its tokens by first character and by end."""
        return [(text.lower() if lower else text, *borders) for text, borders in zip(self.texts, self._borders, strict=True)]


def flashtext_peer(names: Sequence[str], *, case_sensitive: bool) -> KeywordProcessor:
    """All names, each standing for itself."""
    processor = KeywordProcessor(case_sensitive=case_sensitive)
    for name in names:
        processor.add_keyword(name)
    return processor


def flashtext_match(processor: KeywordProcessor, texts: Sequence[str]) -> Callable[[], list[Any]]:
    """The keywords of every text with their character ranges, the first and longest at each place."""
    return lambda: [processor.extract_keywords(text, span_info=True) for text in texts]


def automaton_peer(names: Sequence[str], *, lower: bool) -> ahocorasick.Automaton:
    """An automaton over the characters of all names; each gives its length."""
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for name in names:
        key = name.lower() if lower else name
        automaton.add_word(key, len(key))
    automaton.make_automaton()
    return automaton


def automaton_match(automaton: ahocorasick.Automaton, texts: Sequence[tuple[str, Any, Any]]) -> Callable[[], list[Any]]:
    """All matches that begin and end with a token, then the longest, then the first, where they overlap."""

    def work() -> list[tuple[int, int]]:
        kept = []
        for text, starts, ends in texts:
            found = []
            for last, length in automaton.iter(text):
                end = ends.get(last + 1)
                if end is not None:
                    start = starts.get(last + 1 - length)
                    if start is not None:
                        found.append((start, end))
            kept += longest_first(found)
        return kept

    return work


def longest_first(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What filter_spans keeps, by start."""
    found.sort(key=lambda pair: (pair[0] - pair[1], pair[0]))
    taken: set[int] = set()
    kept = []
    for start, end in found:
        if start not in taken and end - 1 not in taken:
            kept.append((start, end))
            taken.update(range(start, end))
    kept.sort()
    return kept


def automaton_places(kept: Sequence[tuple[int, int]]) -> Places:
    """The spans as columns."""
    return _columns(kept)


def _columns(pairs: Sequence[tuple[int, int]]) -> Places:
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
