"""The very tokens of spaCy's own tokenizer, many times as fast.

spaCy cuts white-space chunks one by one and context-free, but for special cases that reach over white space (see
special_cases.py). So each distinct chunk is cut once, by the same steps (cutter.py); the tokens of the text are then put together
from the kept ones with numpy. Neighbouring chunks over which a special case may reach are taken as one chunk with a space in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from farspan.model import BoolArray, IntArray, LongArray
from farspan.text.block_tokenizer import BlockTokenizer, Cut
from farspan.text.chunk_table import ChunkTable
from farspan.text.chunks import chunk_bounds
from farspan.text.cutter import ChunkCutter
from farspan.text.slices import distinct_slices
from farspan.text.special_cases import NOTHING, SpecialCases
from farspan.text.token_rules import TokenRules
from farspan.text.tokens import TokenBatch, whole_characters
from farspan.text.vocabulary import MANY_SLICES, Vocabulary

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer as SpacyRules


class SpacyTokenizer(BlockTokenizer):
    """Tokens exactly as `spacy.blank(lang).make_doc` cuts them, without those that are only white space.

    No special case of `rules` may hold white space that is a token: see `SpecialCases.reach_over_wide_gaps`.
    """

    def __init__(self, rules: TokenRules, vocabulary: Vocabulary) -> None:
        super().__init__(vocabulary)
        self._cutter = ChunkCutter(rules)
        self._special_cases = SpecialCases(rules)
        self._table = ChunkTable(self._cutter, self._special_cases, vocabulary)

    def is_safe(self, left: str, gap: str, right: str) -> bool:
        """Whether no special case can reach over the white space `gap` between the chunks `left` and `right`."""
        if gap != " ":
            return True
        return not self._special_cases.may_join_tokens(self._cutter.cut(left)[-1], self._cutter.cut(right)[0])

    def cut(self, text: str) -> Cut:
        """ids, starts and ends of spaCy's tokens of `text`."""
        if self._table.is_full:
            self._table.forget()
        begins, ends = chunk_bounds(text)
        begins, chunks = self._merged(text, begins, ends, self._numbers(text, begins, ends))
        counts = self._table.counts.values[chunks]
        last = np.cumsum(counts, dtype=np.int64)
        places = np.repeat(self._table.firsts.values[chunks] - last + counts, counts)
        places += np.arange(len(places))
        moved = np.repeat(begins.astype(np.int32), counts)
        return (
            self._table.ids.values[places],
            self._table.starts.values[places] + moved,
            self._table.ends.values[places] + moved,
        )

    def _numbers(self, text: str, begins: LongArray, ends: LongArray) -> IntArray:
        """The numbers of the chunks of `text`."""
        if len(begins) < MANY_SLICES:
            return self._table.numbers(text.split())
        chunks, places = distinct_slices(text, begins.astype(np.int32), ends.astype(np.int32))
        return self._table.numbers(chunks)[places]

    def _merged(self, text: str, begins: LongArray, ends: LongArray, chunks: IntArray) -> tuple[LongArray, IntArray]:
        """Begins and numbers of chunks, with those over whose border a special case may reach taken as one."""
        joins = self._joins(text, begins, ends, chunks)
        if not len(joins):
            return begins, chunks
        breaks = np.flatnonzero(np.diff(joins) > 1)
        heads = joins[np.concatenate([[0], breaks + 1])]
        tails = joins[np.append(breaks, len(joins) - 1)] + 1
        chunks = chunks.copy()
        chunks[heads] = self._table.numbers([text[begins[head] : ends[tail]] for head, tail in zip(heads, tails, strict=True)])
        keep: BoolArray = np.ones(len(chunks), np.bool_)
        keep[joins + 1] = False
        return begins[keep], chunks[keep]

    def _joins(self, text: str, begins: LongArray, ends: LongArray, chunks: IntArray) -> LongArray:
        """The chunks, int64[n], after which a special case may reach over the white space to the next chunk."""
        lefts = self._table.lefts.values[chunks[:-1]]
        rights = self._table.rights.values[chunks[1:]]
        near = np.flatnonzero((lefts != NOTHING) & (rights != NOTHING) & (begins[1:] - ends[:-1] == 1))
        may_join = self._special_cases.may_join
        return np.array(
            [at for at in near.tolist() if may_join(int(lefts[at]), int(rights[at])) and text[ends[at]] == " "],
            np.int64,
        )


class WholeTextTokenizer:
    """spaCy's tokens, each text through spaCy itself: for rules that are not spaCy's own, or reach over more than a space."""

    words_hold_points = False

    def __init__(self, rules: SpacyRules, vocabulary: Vocabulary) -> None:
        self._rules = rules
        self.vocabulary = vocabulary

    def __call__(self, texts: Sequence[str]) -> TokenBatch:
        """The tokens of `texts`; no token is or holds only white space. A lone surrogate counts as U+FFFD."""
        docs = [
            [(token.text, token.idx) for token in self._rules(whole_characters(text)) if not token.text.isspace()]
            for text in texts
        ]
        tokens = [token for doc in docs for token in doc]
        starts = np.fromiter((start for _, start in tokens), np.int32, len(tokens))
        lengths = np.fromiter((len(string) for string, _ in tokens), np.int32, len(tokens))
        ids = self.vocabulary.intern([string for string, _ in tokens])
        return TokenBatch(ids, starts, starts + lengths, np.cumsum([0, *map(len, docs)], dtype=np.int64))
