"""Words of names within one or two edits of words of the text: a deletion neighbourhood in arrays, checked by RapidFuzz.

Two words within d edits (Levenshtein: a letter inserted, left out or replaced) become equal when at most d letters are left
out of each. So every word is filed under the hashes of itself with up to d letters left out, words that share a hash are
compared, and none is missed (Mor and Fraenkel 1982; held to brute force by a property test). Two swapped letters are two edits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from farspan.matching.readings import ByteArray
from farspan.model import IntArray, LongArray

ONE_FROM: Final = 5
TWO_FROM: Final = 9
LONGEST: Final = 60

Hashes = npt.NDArray[np.uint64]

_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xD6E8FEB86659FD93)
_UNBASE: Final = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_AT_ONCE: Final = 2_000_000  # pairs compared at a time


def allowed_edits(word: str, most: int) -> int:
    """The edits that a word of a name may be away by: scaled by its length; none in numbers and in overlong words."""
    if not ONE_FROM <= len(word) <= LONGEST or any(map(str.isdigit, word)):
        return 0
    return min(most, 1 if len(word) < TWO_FROM else 2)


class FuzzyIndex:
    """Words of names, filed for looking up what is near them. words: distinct normal forms. most: 1 or 2 edits."""

    def __init__(self, words: Sequence[str], most: int) -> None:
        self._words = words
        allowed = np.fromiter((allowed_edits(word, most) for word in words), np.int64, len(words))
        self._filed = [
            (edits, rows, *_filed(words, rows, edits)) for edits in (1, 2) if len(rows := np.flatnonzero(allowed == edits))
        ]

    def near(self, texts: Sequence[str]) -> tuple[IntArray, IntArray, ByteArray]:
        """Every pair of a text and a word that are one or more allowed edits apart: (index of text, index of word, edits)."""
        found = [self._near(texts, *filed) for filed in self._filed]
        none = np.empty(0, np.int32)
        columns = list(zip(*found, strict=True)) or [(none,), (none,), (none,)]
        queries, words, edits = (np.concatenate(column) for column in columns)
        return queries.astype(np.int32), words.astype(np.int32), edits.astype(np.uint8)

    def _near(
        self, texts: Sequence[str], edits: int, rows: LongArray, hashes: Hashes, owners: IntArray
    ) -> tuple[LongArray, LongArray, LongArray]:
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        sizes = {len(self._words[row]) for row in rows.tolist()}
        fitting = np.flatnonzero((lengths >= min(sizes) - edits) & (lengths <= max(sizes) + edits))
        asked, askers = _filed(texts, fitting, edits)
        known = np.isin(asked, hashes)
        found = [self._compared(texts, pairs, edits) for pairs in _shared(asked[known], askers[known], hashes, owners)]
        pairs = np.concatenate([np.empty((0, 3), np.int64), *found])
        pairs = pairs[np.unique(pairs[:, 0] << 32 | pairs[:, 1], return_index=True)[1]]
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


def _shared(asked: Hashes, askers: IntArray, hashes: Hashes, owners: IntArray) -> Iterator[LongArray]:
    """Every pair (asker << 32 | owner) of one hash, none twice within a portion, in portions of bounded size."""
    first = np.searchsorted(hashes, asked)
    repeats = np.searchsorted(hashes, asked, "right") - first
    portion = np.cumsum(repeats) // _AT_ONCE
    for begin, end in zip(*_bounds(portion), strict=True):
        times = repeats[begin:end]
        skipped = np.cumsum(times) - times
        where = np.repeat(first[begin:end] - skipped, times) + np.arange(int(times.sum()))
        yield np.unique(np.repeat(askers[begin:end], times).astype(np.int64) << 32 | owners[where])


def _bounds(portion: LongArray) -> tuple[list[int], list[int]]:
    edges = np.flatnonzero(np.diff(portion, prepend=-1, append=-2)) if len(portion) else np.empty(0, np.int64)
    return edges[:-1].tolist(), edges[1:].tolist()


def _filed(words: Sequence[str], rows: LongArray, edits: int) -> tuple[Hashes, IntArray]:
    """The words `rows` under each of their hashes with up to `edits` letters left out: (hashes, rows), by hash, no pair twice."""
    lengths = np.fromiter((len(words[row]) for row in rows.tolist()), np.int64, len(rows))
    hashes, owners = [np.empty(0, np.uint64)], [np.empty(0, np.int32)]
    for length in np.unique(lengths).tolist():
        mine = rows[lengths == length]
        for found in _neighbourhood(_letters([words[row] for row in mine.tolist()], length), edits):
            hashes.append(found)
            owners.append(mine.astype(np.int32))
    every, owner = np.concatenate(hashes), np.concatenate(owners)
    order = np.lexsort((owner, every))
    every, owner = every[order], owner[order]
    new = np.ones(len(every), np.bool_)
    new[1:] = (every[1:] != every[:-1]) | (owner[1:] != owner[:-1])
    return every[new], owner[new]


def _letters(words: Sequence[str], length: int) -> Hashes:
    """uint64[words, length]: the code points, mixed."""
    points = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    mixed: Hashes = ((points + np.uint64(1)) * _MIX).reshape(len(words), length)
    return mixed ^ (mixed >> np.uint64(29))


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
