"""Linked mentions of a corpus as columns: where each stands, what it is labelled, which entities it may name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from farspan.model import BoolArray, Document, IntArray, LongArray, Span
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
    rows: list[tuple[int, int, int, int, int]] = []
    columns: list[IntArray] = []
    names: list[str] = []
    counts: list[int] = []
    for number, document in enumerate(corpus.documents):
        chosen = [(index, span) for index, span in enumerate(document.spans) if span.kind in KINDS]
        chosen.sort(key=lambda pair: (pair[1].start, -pair[1].end))
        tokens = document.tokens
        if not chosen or tokens is None or not len(tokens):
            continue
        begins = np.fromiter((span.start for _, span in chosen), np.int32, len(chosen))
        stops = np.fromiter((span.end for _, span in chosen), np.int32, len(chosen))
        first, last = np.searchsorted(tokens.ends, begins, "right"), np.searchsorted(tokens.starts, stops, "left")
        base = int(corpus.doc_offsets[number])
        for (index, span), start, end in zip(chosen, first.tolist(), last.tolist(), strict=True):
            if end > start:
                ids = _ids(span, document.text)
                rows.append((number, base + start, base + end, index, labels.intern([span.label])[0]))
                names.extend(ids)
                counts.append(len(ids))
    columns = list(np.array(rows, np.int32).reshape(-1, 5).T.copy())
    documents, starts, ends, spans, label_ids = columns
    offsets = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)
    sentences = corpus.sentence_of(starts).astype(np.int32)
    return Mentions(
        corpus, documents, sentences, starts, ends, spans, label_ids, labels, offsets, entities.intern(names), entities
    )


def _ids(span: Span, text: str) -> Sequence[str]:
    return tuple(dict.fromkeys(span.ids)) if span.ids else (span.name or text[span.start : span.end],)
