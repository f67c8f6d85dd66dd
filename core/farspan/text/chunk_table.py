"""The tokens of every distinct white-space chunk, worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from farspan.model import IntArray, LongArray
from farspan.text.cutter import ChunkCutter
from farspan.text.special_cases import SpecialCases
from farspan.text.vocabulary import Vocabulary

CHUNKS_AT_ONCE: Final = 1 << 15
CHUNKS_KEPT: Final = 1 << 21
CHARACTERS_KEPT: Final = 1 << 27


class ChunkTable:
    """The tokens of every distinct chunk seen so far.

    `counts`: int32, tokens of each chunk. `firsts`: int64, where they begin in `ids`, `starts` and `ends` (code points in the
    chunk). `lefts`, `rights`: int32, what counts at a border behind and before the chunk (see SpecialCases.borders).
    """

    def __init__(self, cutter: ChunkCutter, special_cases: SpecialCases, vocabulary: Vocabulary) -> None:
        self._cutter = cutter
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
        """Append the tokens of `chunks`, all new: first of those in which nothing is replaced, then of the others."""
        cut = [self._cutter.cut(chunk) if " " not in chunk else [] for chunk in chunks]
        may_replace = self._special_cases.may_replace
        is_easy = np.fromiter((bool(tokens) and not may_replace(tokens) for tokens in cut), np.bool_, len(chunks))
        easy, hard = np.flatnonzero(is_easy), np.flatnonzero(~is_easy)
        counts = np.empty(len(chunks), np.int64)
        counts[easy] = self._add_tokens([cut[place] for place in easy.tolist()])
        counts[hard] = self._add_replaced([(chunks[place], cut[place]) for place in hard.tolist()])
        order = np.concatenate([easy, hard])
        firsts = np.empty(len(chunks), np.int64)
        firsts[order] = len(self.ids) - np.cumsum(counts[order][::-1])[::-1]
        self.counts.append(counts)
        self.firsts.append(firsts)
        # Of chunks that were joined nobody asks for the borders.
        outer = [(tokens[0], tokens[-1]) if tokens else ("", "") for tokens in cut]
        lefts, rights = self._special_cases.borders([first for first, _ in outer], [last for _, last in outer])
        self.lefts.append(lefts)
        self.rights.append(rights)
        self._characters += sum(map(len, chunks))

    def _add_tokens(self, tokens: Sequence[Sequence[str]]) -> LongArray:
        """Append tokens that stand one behind the other in their chunk; the number of tokens in each chunk."""
        counts = np.fromiter(map(len, tokens), np.int64, len(tokens))
        flat = list(chain.from_iterable(tokens))
        ends = np.cumsum(np.fromiter(map(len, flat), np.int64, len(flat)))
        before = np.concatenate([[0], ends])[np.cumsum(counts) - counts]
        ends -= np.repeat(before, counts)
        starts = ends - np.fromiter(map(len, flat), np.int64, len(flat))
        self._append(flat, starts, ends)
        return counts

    def _add_replaced(self, chunks: Sequence[tuple[str, list[str]]]) -> LongArray:
        """Append the tokens of (chunk, its tokens) after special cases are replaced; the number of tokens in each chunk."""
        replaced = [[found for found in self._replaced(*chunk) if not found[0].isspace()] for chunk in chunks]
        flat = [found for tokens in replaced for found in tokens]
        starts = np.fromiter((start for _, start in flat), np.int64, len(flat))
        lengths = np.fromiter((len(token) for token, _ in flat), np.int64, len(flat))
        self._append([token for token, _ in flat], starts, starts + lengths)
        return np.fromiter(map(len, replaced), np.int64, len(chunks))

    def _replaced(self, text: str, known: list[str]) -> Iterator[tuple[str, int]]:
        """The tokens of chunks with single spaces between them, and where they begin. known: those of a single chunk."""
        tokens, starts, begin = list[str](), list[int](), 0
        for chunk in text.split(" "):
            cut = known or self._cutter.cut(chunk)
            tokens += cut
            starts += accumulate(map(len, cut[:-1]), initial=begin)
            begin += len(chunk) + 1
        return self._special_cases.replaced(text, tokens, starts)

    def _append(self, tokens: Sequence[str], starts: LongArray, ends: LongArray) -> None:
        self.ids.append(self._vocabulary.intern(tokens))
        self.starts.append(starts)
        self.ends.append(ends)


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
