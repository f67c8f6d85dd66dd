"""The corpus: documents as arrays of token ids, and the way back from a token to its document and sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from farspan.model import Document, IntArray, LongArray, Tokens
from farspan.text.sentences import sentence_starts
from farspan.text.tokens import TokenBatch, Tokenizer
from farspan.text.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The tokens of many documents, one after the other.

    documents: each with `tokens`, whose arrays are views of these. ids: int32[n] into `vocabulary`. starts, ends: int32[n],
    code points in the token's own document. doc_offsets: int64[documents + 1]; the tokens of document `i` are
    `doc_offsets[i]:doc_offsets[i + 1]`. sentences: int64[s], the index of each sentence's first token, ascending; a document
    with tokens begins one. 20 bytes a token at most.
    """

    documents: Sequence[Document]
    vocabulary: Vocabulary
    ids: IntArray
    starts: IntArray
    ends: IntArray
    doc_offsets: LongArray
    sentences: LongArray

    def __len__(self) -> int:
        return len(self.ids)

    def document_of(self, tokens: npt.NDArray[np.integer]) -> LongArray:
        """The number of the document of each of `tokens`, int64 of the same shape."""
        return np.searchsorted(self.doc_offsets, tokens, side="right") - 1

    def sentence_of(self, tokens: npt.NDArray[np.integer]) -> LongArray:
        """The number of the sentence of each of `tokens`, int64 of the same shape; sentences are counted through the corpus."""
        return np.searchsorted(self.sentences, tokens, side="right") - 1


def build_corpus(documents: Sequence[Document], tokenizer: Tokenizer, lang: str) -> Corpus:
    """`documents` as a corpus over the vocabulary of `tokenizer`.

    Documents without tokens are tokenised together and cut into sentences by the rules of `lang` (a BCP-47 tag); those that
    bring tokens keep them, their sentences and columns exactly. Raises OptionError for a malformed tag.
    """
    bare = [document for document in documents if document.tokens is None]
    texts = [document.text for document in bare]
    batch = tokenizer(texts)
    sentences = sentence_starts(texts, batch, tokenizer.vocabulary, lang, words_hold_points=tokenizer.words_hold_points)
    if len(bare) < len(documents):
        batch, sentences = _merged(documents, batch, sentences, tokenizer.vocabulary)
    filled = [
        replace(document, tokens=tokens)
        for document, tokens in zip(documents, _views(documents, batch, sentences, tokenizer.vocabulary), strict=True)
    ]
    return Corpus(filled, tokenizer.vocabulary, batch.ids, batch.starts, batch.ends, batch.offsets, sentences)


def _merged(
    documents: Sequence[Document], batch: TokenBatch, sentences: LongArray, vocabulary: Vocabulary
) -> tuple[TokenBatch, LongArray]:
    """The tokens and sentences of all documents in order: of `batch` for those that bring none, else their own."""
    bare = _views([document for document in documents if document.tokens is None], batch, sentences, vocabulary)
    tokens = [
        next(bare) if document.tokens is None else _interned(document.text, document.tokens, vocabulary) for document in documents
    ]
    offsets = np.cumsum([0, *map(len, tokens)], dtype=np.int64)
    return (
        TokenBatch(
            np.concatenate([part.ids for part in tokens if part.ids is not None]),
            np.concatenate([part.starts for part in tokens], dtype=np.int32),
            np.concatenate([part.ends for part in tokens], dtype=np.int32),
            offsets,
        ),
        np.concatenate([part.sentences + offset for part, offset in zip(tokens, offsets[:-1], strict=True)], dtype=np.int64),
    )


def _interned(text: str, tokens: Tokens, vocabulary: Vocabulary) -> Tokens:
    if tokens.ids is not None and tokens.vocabulary is vocabulary:
        return tokens
    return replace(tokens, ids=vocabulary.intern_slices(text, tokens.starts, tokens.ends), vocabulary=vocabulary)


def _views(documents: Sequence[Document], batch: TokenBatch, sentences: LongArray, vocabulary: Vocabulary) -> Iterator[Tokens]:
    """The tokens of each document as views of the arrays of `batch`; its own columns are kept."""
    borders = pairwise(np.searchsorted(sentences, batch.offsets).tolist())
    for document, (begin, end), (first, last) in zip(documents, pairwise(batch.offsets.tolist()), borders, strict=True):
        yield Tokens(
            batch.starts[begin:end],
            batch.ends[begin:end],
            (sentences[first:last] - begin).astype(np.int32),
            batch.ids[begin:end],
            vocabulary,
            {} if document.tokens is None else document.tokens.columns,
        )
