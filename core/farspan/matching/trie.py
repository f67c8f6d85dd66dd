"""Plan two: all names as a trie that the whole corpus walks level by level. Wins on large lists of frequent words.

A state is a number for a prefix of names. The first level is a dense table by token; each further level is the sorted array of
its keys (state << 32 | token), behind a bit filter that turns most tokens away before the binary search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from farspan.matching.names import NameBlock
from farspan.matching.postings import joined_places
from farspan.matching.stream import Stream
from farspan.model import BoolArray, IntArray, LongArray

_FILTER_BITS = 20
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """keys: int64[k], sorted; the state that a key leads to is its index. filter: bool[2**20], by hashed key.

    first, names: the names that end in each state, as CSR: names[first[state]:first[state + 1]].
    """

    keys: LongArray
    filter: BoolArray
    first: LongArray
    names: IntArray


def build_trie(blocks: Sequence[NameBlock]) -> list[Level]:
    """The levels of the trie over all names of `blocks` (ascending in length)."""
    if not blocks:
        return []
    states = [block.tokens[:, 0].astype(np.int64) for block in blocks]  # the key of level 0 is the token itself
    levels = []
    for depth in range(1, blocks[-1].length + 1):
        alive = [index for index, block in enumerate(blocks) if block.length >= depth]
        keys, reached = np.unique(np.concatenate([states[index] for index in alive]), return_inverse=True)
        ending = [index for index in alive if blocks[index].length == depth]
        bounds = np.cumsum([0, *(len(states[index]) for index in alive)])
        pieces = dict(zip(alive, np.split(reached, bounds[1:-1]), strict=True))
        levels.append(_make_level(keys, [pieces[i] for i in ending], [blocks[i].names for i in ending]))
        for index in alive:
            if blocks[index].length > depth:
                states[index] = pieces[index] << 32 | blocks[index].tokens[:, depth]
    return levels


def _make_level(keys: LongArray, states: list[LongArray], names: list[IntArray]) -> Level:
    ending = np.concatenate(states) if states else np.empty(0, np.int64)
    order = np.argsort(ending, kind="stable")
    first = np.concatenate([[0], np.cumsum(np.bincount(ending, minlength=len(keys)))])
    bits = np.zeros(1 << _FILTER_BITS, np.bool_)
    bits[_hashed(keys)] = True
    return Level(keys, bits, first, (np.concatenate(names) if names else np.empty(0, np.int32))[order])


def _hashed(keys: LongArray) -> npt.NDArray[np.uint64]:
    return (keys.view(np.uint64) * _GOLDEN) >> np.uint64(64 - _FILTER_BITS)


def match_trie(stream: Stream, levels: Sequence[Level]) -> tuple[IntArray, IntArray, IntArray]:
    """Every place of every name: (starts, ends, names), int32, token ranges in the corpus, in no particular order."""
    found = []
    starts, states = np.empty(0, np.int32), np.empty(0, np.int64)
    for depth, level in enumerate(levels):
        starts, states = _descend(stream, level, depth, starts, states) if depth else _enter(stream, level)
        found.append(_ending_here(level, starts, states, depth + 1))
    return joined_places(found)


def _enter(stream: Stream, level: Level) -> tuple[IntArray, LongArray]:
    wanted = np.zeros(len(stream.table), np.bool_)
    wanted[level.keys] = True
    starts, tokens = stream.occurrences(wanted)
    state_of = np.zeros(len(stream.table), np.int32)
    state_of[level.keys] = np.arange(len(level.keys), dtype=np.int32)
    return starts, state_of[tokens].astype(np.int64)


def _descend(stream: Stream, level: Level, depth: int, starts: IntArray, states: LongArray) -> tuple[IntArray, LongArray]:
    inside = starts < len(stream) - depth
    starts, states = starts[inside], states[inside]
    rows, tokens = stream.read_at(starts + depth)
    starts, states = starts[rows], states[rows]
    keys = states << 32 | tokens
    likely = np.flatnonzero(level.filter[_hashed(keys)])
    keys = keys[likely]
    where = np.minimum(np.searchsorted(level.keys, keys), len(level.keys) - 1)
    right = level.keys[where] == keys
    return starts[likely[right]], where[right]


def _ending_here(level: Level, starts: IntArray, states: LongArray, length: int) -> tuple[IntArray, IntArray, IntArray]:
    repeats = level.first[states + 1] - level.first[states]
    begins = np.repeat(starts, repeats)
    skipped = np.concatenate([[0], np.cumsum(repeats)[:-1]]) if len(repeats) else np.empty(0, np.int64)
    rows = np.repeat(level.first[states] - skipped, repeats) + np.arange(repeats.sum())
    return begins, begins + np.int32(length), level.names[rows]
