"""Linked mentions of a corpus as columns: where each stands, what it is labelled, which entities it may name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from farspan.model import BoolArray, Document, IntArray, LongArray, Span
from farspan.spans import SpanTable
from farspan.text.corpus import Corpus
from farspan.text.vocabulary import Vocabulary

KINDS: Final = frozenset({"kept", "nested", "gold"})
"""Spans that are mentions; candidates that lost or were blocked are none."""


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """The mentions of a corpus in the order of the text, those of one start the longest first.

    documents, sentences: int32[m], counted through the corpus. starts, ends: int32[m], tokens of the corpus that the mention
    touches, half-open. spans: int32[m], the number of the span in its document. label_ids: int32[m] into `labels`. offsets:
    int64[m + 1]; the entities that mention `i` may name are `entity_ids[offsets[i]:offsets[i + 1]]`, numbers in `entities`.
    """

    corpus: Corpus
    documents: IntArray
    sentences: IntArray
    starts: IntArray
    ends: IntArray
    spans: IntArray
    label_ids: IntArray
    labels: Vocabulary
    offsets: LongArray
    entity_ids: IntArray
    entities: Vocabulary

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def readings(self) -> IntArray:
        """int32[m]: how many entities each mention may name."""
        return np.diff(self.offsets).astype(np.int32)

    @property
    def owners(self) -> IntArray:
        """int32[r]: the mention of each reading, ascending."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.offsets))

    def span(self, mention: int) -> Span:
        """The span behind a mention."""
        return self.document(mention).spans[int(self.spans[mention])]

    def document(self, mention: int) -> Document:
        """The document of a mention."""
        return self.corpus.documents[int(self.documents[mention])]

    def words(self, mention: int) -> str:
        """The words of a mention."""
        span = self.span(mention)
        return self.document(mention).text[span.start : span.end]

    def present(self) -> BoolArray:
        """bool[entities]: which of the entities known by now a mention names."""
        there = np.zeros(len(self.entities), np.bool_)
        there[self.entity_ids] = True
        return there


def mentions_of(corpus: Corpus, entities: Vocabulary, labels: Vocabulary | None = None) -> Mentions:
    """The mentions of `corpus`: its spans that are kept, nested or gold and touch a token.

    A span without ids names the entity called as its name in the list, or else as its words stand. entities: grows.
    """
    labels = Vocabulary() if labels is None else labels
    parts: list[tuple[IntArray, ...]] = []
    ids: list[Sequence[str]] = []
    names: list[str] = []
    for number, document in enumerate(corpus.documents):
        tokens = document.tokens
        if tokens is None or not len(tokens) or not len(document.spans):
            continue
        spans, begins, stops = _places(document.spans)
        first, last = np.searchsorted(tokens.ends, begins, "right"), np.searchsorted(tokens.starts, stops, "left")
        touching = np.flatnonzero(last > first)
        base = np.int32(corpus.doc_offsets[number])
        mine = spans[touching]
        parts.append((np.full(len(mine), number, np.int32), first[touching] + base, last[touching] + base, mine))
        found_names, found_ids = _named(document, mine)
        names += found_names
        ids += found_ids
    nothing = np.empty(0, np.int32)
    columns = [np.concatenate([nothing, *column]).astype(np.int32) for column in zip(*parts, strict=True)] or [nothing] * 4
    documents, starts, ends, spans = columns
    offsets = np.append(0, np.cumsum([len(one) for one in ids], dtype=np.int64))
    entity_ids = entities.intern([name for one in ids for name in one])
    sentences = corpus.sentence_of(starts).astype(np.int32)
    numbers = labels.intern(names)
    return Mentions(corpus, documents, sentences, starts, ends, spans, numbers, labels, offsets, entity_ids, entities)


def _places(spans: Sequence[Span]) -> tuple[IntArray, IntArray, IntArray]:
    """Number, start and end of the spans that are mentions, by start, of one start the longest first."""
    if isinstance(spans, SpanTable):  # holds nothing but kept and nested ones
        numbers, begins, stops = np.arange(len(spans), dtype=np.int32), spans.starts, spans.ends
    else:
        rows = [(number, span.start, span.end) for number, span in enumerate(spans) if span.kind in KINDS]
        numbers, begins, stops = np.array(rows, np.int32).reshape(-1, 3).T
    order = np.lexsort((-stops, begins))
    return numbers[order], begins[order], stops[order]


def _named(document: Document, mine: IntArray) -> tuple[list[str], list[Sequence[str]]]:
    """The label and the ids of each of the spans `mine`."""
    table = document.spans
    if not isinstance(table, SpanTable):
        spans = [table[number] for number in mine.tolist()]
        return [span.label for span in spans], [_ids(span.ids, span.name, document.text[span.start : span.end]) for span in spans]
    origins: dict[tuple[int, int], Sequence[str]] = {}
    ids = []
    for key in zip(table.sources[mine].tolist(), table.names[mine].tolist(), strict=True):
        if key not in origins:
            _, name, known = table.origin(*key)
            origins[key] = _ids(known, name, "")
        ids.append(origins[key])
    return [table.labels[number] for number in table.label_ids[mine].tolist()], ids


def _ids(ids: Sequence[str], name: str, words: str) -> Sequence[str]:
    return tuple(dict.fromkeys(ids)) if ids else (name or words,)
