"""Words of names within one or two edits of words of the text: a deletion neighbourhood in arrays, checked by RapidFuzz.

Two words within d edits (Levenshtein: a letter inserted, left out or replaced) become equal when at most d letters are left
out of each. So every word has the hashes of itself with up to d letters left out, words that share a hash are compared, and none
is missed (Mor and Fraenkel 1982; held to brute force by a property test). Two swapped letters are two edits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from farspan.matching.readings import ByteArray
from farspan.model import BoolArray, IntArray, LongArray
from farspan.text.columns import is_digit, tell

ONE_FROM: Final = 5
TWO_FROM: Final = 9
LONGEST: Final = 60

Hashes = npt.NDArray[np.uint64]

_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xD6E8FEB86659FD93)
_UNBASE: Final = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_OWNER_BITS: Final = np.uint64(27)
_OWNER: Final = np.uint64((1 << 27) - 1)
_FILTER_BITS: Final = 26
_AT_ONCE: Final = 200_000  # pairs compared at a time


def allowed_edits(word: str, most: int) -> int:
    """The edits that a word of a name may be away by: scaled by its length; none in numbers and in overlong words."""
    if not ONE_FROM <= len(word) <= LONGEST or any(map(str.isdigit, word)):
        return 0
    return min(most, 1 if len(word) < TWO_FROM else 2)


class FuzzyIndex:
    """Words of names, filed for looking up what is near them. words: distinct normal forms. most: 1 or 2 edits."""

    def __init__(self, words: Sequence[str], most: int) -> None:
        self._words = words
        letters = _Letters(words)
        allowed = _allowed(words, letters.lengths, most)
        self._filed = [
            (edits, np.unique(letters.lengths[rows]), [*letters.keys(rows, edits)])
            for edits in (1, 2)
            if len(rows := np.flatnonzero(allowed == edits))
        ]

    def near(self, texts: Sequence[str]) -> tuple[IntArray, IntArray, ByteArray]:
        """Every pair of a text and a word that are one or more allowed edits apart: (index of text, index of word, edits)."""
        letters = _Letters(texts)
        found = [self._near(texts, letters, *filed) for filed in self._filed]
        none = np.empty(0, np.int32)
        columns = list(zip(*found, strict=True)) or [(none,), (none,), (none,)]
        queries, words, edits = (np.concatenate(column) for column in columns)
        return queries.astype(np.int32), words.astype(np.int32), edits.astype(np.uint8)

    def _near(
        self, texts: Sequence[str], letters: _Letters, edits: int, lengths: LongArray, filed: Sequence[Hashes]
    ) -> tuple[LongArray, LongArray, LongArray]:
        fits = np.zeros(LONGEST + 2 * edits + 1, np.bool_)
        for change in range(-edits, edits + 1):
            fits[lengths + change] = True
        fitting = np.flatnonzero(fits[np.minimum(letters.lengths, len(fits) - 1)] & (letters.lengths < len(fits)))
        asked = _Asked(np.concatenate([np.empty(0, np.uint64), *letters.keys(fitting, edits)]))
        found = [self._compared(texts, pairs, edits) for keys in filed for pairs in asked.shared(keys)]
        pairs = np.concatenate([np.empty((0, 3), np.int64), *found])
        pairs = pairs[np.argsort(pairs[:, 0] << 32 | pairs[:, 1])]
        pairs = pairs[_is_new(pairs[:, 0] << 32 | pairs[:, 1])]
        return pairs[:, 0], pairs[:, 1], pairs[:, 2]

    def _compared(self, texts: Sequence[str], pairs: LongArray, edits: int) -> LongArray:
        """The pairs (packed in one number) that are 1 to `edits` apart, int64[k, 3]: text, word, edits."""
        queries, words = pairs >> 32, pairs & 0xFFFFFFFF
        distances = cpdist(
            [texts[row] for row in queries.tolist()],
            [self._words[row] for row in words.tolist()],
            scorer=Levenshtein.distance,
            score_cutoff=edits,
            dtype=np.int64,
        )
        near = (distances > 0) & (distances <= edits)
        return np.stack([queries[near], words[near], distances[near]], axis=1)


def _allowed(words: Sequence[str], lengths: LongArray, most: int) -> LongArray:
    """int64[n]: `allowed_edits` of each word."""
    allowed = np.where(lengths < TWO_FROM, min(most, 1), min(most, 2))
    has_digit = tell(words, lambda column: column.has(is_digit), lambda word: any(map(str.isdigit, word)))
    allowed[(lengths < ONE_FROM) | (lengths > LONGEST) | has_digit] = 0
    return allowed


class _Asked:
    """What is looked up, under each of its hashes with some letters left out.

    Keys are hashes whose last bits are the number of what has them: one column to sort. Other words under a shorter hash cost a
    comparison more, nothing else.
    """

    def __init__(self, keys: Hashes) -> None:
        keys.sort()
        keys = keys[_is_new(keys)]
        hashes = keys >> _OWNER_BITS
        first = np.flatnonzero(_is_new(hashes))
        self._hashes = hashes[first]
        self._first = np.append(first, len(keys))
        self._owners = (keys & _OWNER).astype(np.int64)
        bits = min(max(len(keys).bit_length() + 3, 10), _FILTER_BITS)
        self._to_filter = np.uint64(64 - bits)
        self._likely = np.zeros(1 << bits, np.bool_)
        self._likely[keys >> self._to_filter] = True

    def shared(self, keys: Hashes) -> Iterator[LongArray]:
        """Every pair (asker << 32 | word) of one hash, none twice within a portion, in portions of bounded size."""
        if not len(self._hashes):
            return
        keys = keys[self._likely[keys >> self._to_filter]]
        keys.sort()  # neighbours are looked up together, which is several times as fast
        hashes = keys >> _OWNER_BITS
        where = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        known = self._hashes[where] == hashes
        words, where = (keys[known] & _OWNER).astype(np.int64), where[known]
        first, repeats = self._first[where], self._first[where + 1] - self._first[where]
        for begin, end in zip(*_bounds(np.cumsum(repeats) // _AT_ONCE), strict=True):
            times = repeats[begin:end]
            skipped = np.cumsum(times) - times
            askers = self._owners[np.repeat(first[begin:end] - skipped, times) + np.arange(int(times.sum()))]
            pairs = askers << 32 | np.repeat(words[begin:end], times)
            pairs.sort()
            yield pairs[_is_new(pairs)]


def _is_new(column: npt.NDArray[Any]) -> BoolArray:
    """bool[n]: the first of each run of equal values."""
    new = np.ones(len(column), np.bool_)
    np.not_equal(column[1:], column[:-1], out=new[1:])
    return new


def _bounds(portion: LongArray) -> tuple[list[int], list[int]]:
    edges = np.flatnonzero(np.diff(portion, prepend=-1, append=-2)) if len(portion) else np.empty(0, np.int64)
    return edges[:-1].tolist(), edges[1:].tolist()


class _Letters:
    """Words as mixed code points, one behind the other. lengths: int64[n]."""

    def __init__(self, words: Sequence[str]) -> None:
        self.lengths: LongArray = np.fromiter(map(len, words), np.int64, len(words))
        self._begins = np.cumsum(self.lengths) - self.lengths
        points = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
        mixed = (points + np.uint64(1)) * _MIX
        self._mixed: Hashes = mixed ^ (mixed >> np.uint64(29))

    def keys(self, rows: LongArray, edits: int) -> Iterator[Hashes]:
        """The hashes of the words `rows`, each with up to `edits` letters left out and its row in the last bits, in portions."""
        lengths = self.lengths[rows]
        for length in np.flatnonzero(np.bincount(lengths)).tolist():
            mine = rows[lengths == length]
            owners = mine.astype(np.uint64)
            letters = self._mixed[self._begins[mine][:, None] + np.arange(length)]
            yield np.concatenate([hashes & ~_OWNER | owners for hashes in _neighbourhood(letters, edits)])


def _neighbourhood(letters: Hashes, edits: int) -> Iterator[Hashes]:
    """The hash of each word whole, then less one letter, then less two, place by place.

    A hash is the sum of letter times base to the power of its place. Behind a letter left out every place is one lower, so that
    sum is divided by the base, which has an inverse modulo 2**64.
    """
    length = letters.shape[1]
    powers = np.cumprod(np.full(length, _BASE))
    sums = np.zeros((len(letters), length + 1), np.uint64)
    np.cumsum(letters * powers, axis=1, out=sums[:, 1:])
    whole = sums[:, length]
    yield whole
    for i in range(length):
        yield sums[:, i] + (whole - sums[:, i + 1]) * _UNBASE
    for i in range(length if edits > 1 else 0):
        for j in range(i + 1, length):
            yield sums[:, i] + (sums[:, j] - sums[:, i + 1]) * _UNBASE + (whole - sums[:, j + 1]) * _UNBASE * _UNBASE
