"""The very tokens of spaCy's own tokenizer, many times as fast.

spaCy cuts white-space chunks one by one and context-free, but for special cases that reach over white space (see special_cases.py).
So each distinct chunk goes through spaCy once; the tokens of the text are then put together from the kept ones with numpy.
Neighbouring chunks over which a special case may reach are taken as one chunk with a space in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from farspan.model import BoolArray, IntArray, LongArray
from farspan.text.block_tokenizer import BlockTokenizer, Cut
from farspan.text.chunks import chunk_bounds
from farspan.text.special_cases import NOTHING, SpecialCases
from farspan.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer as Rules

# Three characters of white space that are one token in every language and stand in no special case.
SEPARATOR: Final = "\n\n\n"
CHUNKS_AT_ONCE: Final = 1 << 15
CHUNKS_KEPT: Final = 1 << 21
CHARACTERS_KEPT: Final = 1 << 27


class ChunkTable:
    """The tokens of every distinct chunk seen so far.

    `counts`: int32, tokens of each chunk. `firsts`: int64, where they begin in `ids`, `starts` and `ends` (code points in the chunk).
    `lefts`, `rights`: int32, what counts at a border behind and before the chunk (see SpecialCases.borders).
    """

    def __init__(self, rules: Rules, special_cases: SpecialCases, vocabulary: Vocabulary) -> None:
        self._rules = rules
        self._special_cases = special_cases
        self._vocabulary = vocabulary
        self.forget()

    def forget(self) -> None:
        """Empty the table."""
        self._numbers = _ChunkNumbers()
        self._characters = 0
        self.counts = _Column(np.int32)
        self.firsts = _Column(np.int64)
        self.ids = _Column(np.int32)
        self.starts = _Column(np.int32)
        self.ends = _Column(np.int32)
        self.lefts = _Column(np.int32)
        self.rights = _Column(np.int32)

    @property
    def is_full(self) -> bool:
        """Whether more chunks are kept than should be."""
        return len(self._numbers) > CHUNKS_KEPT or self._characters > CHARACTERS_KEPT

    def numbers(self, chunks: Sequence[str]) -> IntArray:
        """The numbers of `chunks`, int32[n]; unknown ones are tokenised."""
        found = np.fromiter(map(self._numbers.__getitem__, chunks), np.int32, len(chunks))
        new = self._numbers.take_new()
        for begin in range(0, len(new), CHUNKS_AT_ONCE):
            self._add(new[begin : begin + CHUNKS_AT_ONCE])
        return found

    def _add(self, chunks: Sequence[str]) -> None:
        lengths = np.fromiter(map(len, chunks), np.int64, len(chunks))
        begins = np.cumsum(lengths + len(SEPARATOR)) - lengths - len(SEPARATOR)
        self._characters += int(lengths.sum())
        orths, starts, widths = _tokenise(self._rules, SEPARATOR.join(chunks))
        chunk_of = np.searchsorted(begins, starts, side="right") - 1
        starts -= begins[chunk_of]
        kept = starts < lengths[chunk_of]
        chunk_of, starts, widths = chunk_of[kept], starts[kept], widths[kept]
        ids = self._intern(orths[kept])
        counts = np.bincount(chunk_of, minlength=len(chunks))
        firsts = np.cumsum(counts) - counts
        self._mark_borders(chunks, ids[firsts], ids[firsts + counts - 1])
        self.firsts.append(firsts + len(self.ids))
        self.counts.append(counts)
        self.ids.append(ids)
        self.starts.append(starts)
        self.ends.append(starts + widths)

    def _intern(self, orths: npt.NDArray[np.uint64]) -> IntArray:
        distinct, first_seen, places = np.unique(orths, return_index=True, return_inverse=True)
        order = np.argsort(first_seen)
        strings = self._rules.vocab.strings
        ids = np.empty(len(distinct), np.int32)
        ids[order] = self._vocabulary.intern([strings[orth] for orth in distinct[order].tolist()])
        return ids[places]

    def _mark_borders(self, chunks: Sequence[str], firsts: IntArray, lasts: IntArray) -> None:
        strings = self._vocabulary.strings
        borders = [
            self._special_cases.borders(chunk, strings[first], strings[last])
            for chunk, first, last in zip(chunks, firsts.tolist(), lasts.tolist(), strict=True)
        ]
        self.rights.append(np.array([right for right, _ in borders]))
        self.lefts.append(np.array([left for _, left in borders]))


class SpacyTokenizer(BlockTokenizer):
    """Tokens exactly as `spacy.blank(lang).make_doc` cuts them, without those that are only white space."""

    def __init__(self, rules: Rules, vocabulary: Vocabulary) -> None:
        super().__init__(vocabulary)
        self._special_cases = SpecialCases(rules)
        self._table = ChunkTable(rules, self._special_cases, vocabulary)

    def is_safe(self, left: str, gap: str, right: str) -> bool:
        """Whether no special case can reach over the white space `gap` between the chunks `left` and `right`."""
        return self._special_cases.is_safe(left, gap, right)

    def cut(self, text: str) -> Cut:
        """ids, starts and ends of spaCy's tokens of `text`."""
        if self._table.is_full:
            self._table.forget()
        begins, ends = chunk_bounds(text)
        begins, chunks = self._merged(text, begins, ends, self._table.numbers(text.split()))
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


class _ChunkNumbers(dict[str, int]):
    """chunk -> number; a new chunk gets the next number and is remembered as new."""

    def __init__(self) -> None:
        super().__init__()
        self._new: list[str] = []

    def __missing__(self, chunk: str) -> int:
        number = self[chunk] = len(self)
        self._new.append(chunk)
        return number

    def take_new(self) -> list[str]:
        new, self._new = self._new, []
        return new


class _Column:
    """A numpy array that grows at its end."""

    def __init__(self, dtype: npt.DTypeLike) -> None:
        self._held = np.empty(1024, dtype)
        self._used = 0

    def __len__(self) -> int:
        return self._used

    @property
    def values(self) -> npt.NDArray[Any]:
        return self._held[: self._used]

    def append(self, values: npt.NDArray[Any]) -> None:
        needed = self._used + len(values)
        if needed > len(self._held):
            grown = np.empty(max(needed, 2 * len(self._held)), self._held.dtype)
            grown[: self._used] = self.values
            self._held = grown
        self._held[self._used : needed] = values
        self._used = needed


def _tokenise(rules: Rules, text: str) -> tuple[npt.NDArray[np.uint64], LongArray, LongArray]:
    """Hash of the string, start and length of each of spaCy's tokens of `text`, white space included."""
    from spacy.attrs import IDX, LENGTH, ORTH  # noqa: PLC0415

    columns = rules(text).to_array([ORTH, IDX, LENGTH])
    return columns[:, 0], columns[:, 1].astype(np.int64), columns[:, 2].astype(np.int64)
