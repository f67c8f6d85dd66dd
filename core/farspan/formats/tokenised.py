"""Documents as lists of words, as many corpora are: their text, and which tokens a span covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from farspan.errors import OutputError
from farspan.model import Document, IntArray, Span, Tokens


def text_of(sentences: Sequence[Sequence[str]], columns: Mapping[str, Sequence[str]] | None = None) -> tuple[str, Tokens]:
    """The text that `sentences` of words make, a space between words and a line feed between sentences, and its tokens."""
    kept = [sentence for sentence in sentences if sentence]
    text = "\n".join(" ".join(sentence) for sentence in kept)
    lengths = np.array([len(word) for sentence in kept for word in sentence], np.int64)
    ends = np.cumsum(lengths + 1) - 1
    firsts = np.cumsum([0, *(len(sentence) for sentence in kept)])[:-1] if kept else np.zeros(0)
    return text, Tokens((ends - lengths).astype(np.int32), ends.astype(np.int32), firsts.astype(np.int32), columns=columns or {})


def tokens_of(document: Document) -> Tokens:
    """The tokens of `document`. Raises OutputError if it has none."""
    if document.tokens is None:
        raise OutputError(f"document {document.id!r} has no tokens to write", remedy="annotate it first, which finds its tokens")
    return document.tokens


@dataclass(frozen=True, slots=True)
class TokenPlaces:
    """Which tokens the spans of a document cover.

    words: of all tokens. sentence_of: int32[n], the sentence of each token. firsts: int64[s + 1], the first token of each
    sentence, and the number of tokens.
    """

    tokens: Tokens
    words: list[str]
    sentence_of: IntArray
    firsts: list[int]
    starts: Mapping[int, int]
    ends: Mapping[int, int]

    @classmethod
    def of(cls, document: Document) -> Self:
        """The places in `document`. Raises OutputError if it has no tokens."""
        tokens = tokens_of(document)
        starts, ends = tokens.starts.tolist(), tokens.ends.tolist()
        words = [document.text[start:end] for start, end in zip(starts, ends, strict=True)]
        numbers = np.zeros(len(words), np.int32)
        numbers[tokens.sentences[1:]] = 1
        return cls(
            tokens,
            words,
            np.cumsum(numbers).astype(np.int32),
            [*tokens.sentences.tolist(), len(words)],
            {start: index for index, start in enumerate(starts)},
            {end: index for index, end in enumerate(ends)},
        )

    @property
    def sentences(self) -> list[list[str]]:
        """The words of each sentence."""
        return [self.words[first:last] for first, last in zip(self.firsts, self.firsts[1:], strict=False)]

    def range(self, span: Span) -> tuple[int, int] | None:
        """The first and last token of `span`, both its own; None where its borders are not those of tokens."""
        first, last = self.starts.get(span.start), self.ends.get(span.end)
        return None if first is None or last is None or last < first else (first, last)

    def sentence(self, span: Span) -> int | None:
        """The sentence that `span` lies in; None where it is not on token borders or runs over the end of a sentence."""
        found = self.range(span)
        if found is None:
            return None
        first, last = (int(self.sentence_of[token]) for token in found)
        return first if first == last else None
