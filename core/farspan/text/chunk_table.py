"""The tokens of every distinct white-space chunk, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from farspan.model import IntArray, LongArray
from farspan.text.affixes import AffixPeeler
from farspan.text.special_cases import SEPARATOR, SpecialCases
from farspan.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer as Rules

CHUNKS_AT_ONCE: Final = 1 << 15
CHUNKS_KEPT: Final = 1 << 21
CHARACTERS_KEPT: Final = 1 << 27


class ChunkTable:
    """The tokens of every distinct chunk seen so far.

    `counts`: int32, tokens of each chunk. `firsts`: int64, where they begin in `ids`, `starts` and `ends` (code points in the
    chunk). `lefts`, `rights`: int32, what counts at a border behind and before the chunk (see SpecialCases.borders).
    """

    def __init__(self, rules: Rules, special_cases: SpecialCases, vocabulary: Vocabulary) -> None:
        self._rules = rules
        self._special_cases = special_cases
        self._affixes = AffixPeeler(rules, self._special_cases.pairs)
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
        """Append the tokens of `chunks`, all new: those of the plain ones first, then those that spaCy cuts."""
        peeled = [self._affixes.peel(chunk) for chunk in chunks]
        easy = np.array([place for place, tokens in enumerate(peeled) if tokens is not None], np.int64)
        hard = np.array([place for place, tokens in enumerate(peeled) if tokens is None], np.int64)
        counts = np.empty(len(chunks), np.int64)
        counts[easy] = self._add_tokens([tokens for tokens in peeled if tokens is not None])
        counts[hard] = self._add_chunks([chunks[place] for place in hard.tolist()])
        order = np.concatenate([easy, hard])
        firsts = np.empty(len(chunks), np.int64)
        firsts[order] = len(self.ids) - np.cumsum(counts[order][::-1])[::-1]
        self.counts.append(counts)
        self.firsts.append(firsts)
        self._mark_borders(chunks, self.ids.values[firsts], self.ids.values[firsts + counts - 1])
        self._characters += sum(map(len, chunks))

    def _add_tokens(self, tokens: Sequence[Sequence[str]]) -> LongArray:
        """Append tokens that stand one behind the other in their chunk; the number of tokens in each chunk."""
        counts = np.fromiter(map(len, tokens), np.int64, len(tokens))
        flat = [token for chunk in tokens for token in chunk]
        ends = np.cumsum(np.fromiter(map(len, flat), np.int64, len(flat)))
        before = np.concatenate([[0], ends])[np.cumsum(counts) - counts]
        ends -= np.repeat(before, counts)
        starts = ends - np.fromiter(map(len, flat), np.int64, len(flat))
        self._append(self._vocabulary.intern(flat), starts, ends)
        return counts

    def _add_chunks(self, chunks: Sequence[str]) -> LongArray:
        """Append what spaCy makes of `chunks`; the number of tokens in each chunk."""
        lengths = np.fromiter(map(len, chunks), np.int64, len(chunks))
        begins = np.cumsum(lengths + len(SEPARATOR)) - lengths - len(SEPARATOR)
        orths, starts, widths = _tokenise(self._rules, SEPARATOR.join(chunks))
        chunk_of = np.searchsorted(begins, starts, side="right") - 1
        starts -= begins[chunk_of]
        kept = starts < lengths[chunk_of]
        self._append(self._intern(orths[kept]), starts[kept], (starts + widths)[kept])
        return np.bincount(chunk_of[kept], minlength=len(chunks))

    def _append(self, ids: IntArray, starts: LongArray, ends: LongArray) -> None:
        self.ids.append(ids)
        self.starts.append(starts)
        self.ends.append(ends)

    def _intern(self, orths: npt.NDArray[np.uint64]) -> IntArray:
        distinct, first_seen, places = np.unique(orths, return_index=True, return_inverse=True)
        order = np.argsort(first_seen)
        strings = self._rules.vocab.strings
        ids = np.empty(len(distinct), np.int32)
        ids[order] = self._vocabulary.intern([strings[orth] for orth in distinct[order].tolist()])
        return ids[places]

    def _mark_borders(self, chunks: Sequence[str], firsts: IntArray, lasts: IntArray) -> None:
        strings = self._vocabulary.strings
        lefts, rights = self._special_cases.borders(
            chunks, [strings[number] for number in firsts.tolist()], [strings[number] for number in lasts.tolist()]
        )
        self.lefts.append(lefts)
        self.rights.append(rights)


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
