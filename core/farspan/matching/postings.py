"""Plan one: every name looks up its rarest token. Wins while the rarest tokens of the names occur seldom.

The number of places to look at is known before any is looked at: the sum of the corpus counts of the rarest tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from farspan.matching.names import NameBlock
from farspan.matching.stream import Stream
from farspan.model import IntArray, LongArray


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """Where the names of one block are looked up.

    columns: int32[k], which token of each name is its rarest; tokens: int32[k], its normal id; cost: places to look at.
    """

    block: NameBlock
    columns: IntArray
    tokens: IntArray
    cost: int


def choose_probes(block: NameBlock, counts: LongArray) -> Probe:
    """The rarest token of each name of `block`."""
    rows = np.arange(len(block.names))
    columns = counts[block.tokens].argmin(axis=1).astype(np.int32) if block.length > 1 else np.zeros(len(rows), np.int32)
    tokens = block.tokens[rows, columns]
    return Probe(block, columns, tokens, int(counts[tokens].sum()))


def match_postings(stream: Stream, probes: Sequence[Probe]) -> tuple[IntArray, IntArray, IntArray]:
    """Every place of every name: (starts, ends, names), int32, token ranges in the corpus, in no particular order."""
    wanted = np.zeros(len(stream.table), np.bool_)
    for probe in probes:
        wanted[probe.tokens] = True
    places, tokens = stream.occurrences(wanted)
    single = [_match_words(stream, probe, places, tokens) for probe in probes if probe.block.length == 1]
    longer = [probe for probe in probes if probe.block.length > 1]
    return joined_places([*single, *([_match_longer(stream, longer, places, tokens)] if longer else ())])


def joined_places(found: Sequence[tuple[IntArray, IntArray, IntArray]]) -> tuple[IntArray, IntArray, IntArray]:
    """The columns of several tables of places, one after the other."""
    if not found:
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int32)
    starts, ends, names = (np.concatenate(column) for column in zip(*found, strict=True))
    return starts, ends, names


def _match_words(stream: Stream, probe: Probe, places: IntArray, tokens: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    where, rows = _join(places, tokens, probe.tokens, len(stream.table))
    return where, where + np.int32(1), probe.block.names[rows]


def _match_longer(
    stream: Stream, probes: Sequence[Probe], places: IntArray, tokens: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """The places of the names of several tokens, of all lengths together: the rarest tokens of most stand nowhere near."""
    lengths = np.concatenate([np.full(len(probe.tokens), probe.block.length, np.int32) for probe in probes])
    first = np.cumsum(lengths, dtype=np.int64) - lengths
    flat = np.concatenate([probe.block.tokens.ravel() for probe in probes])
    columns = np.concatenate([probe.columns for probe in probes])
    where, rows = _join(places, tokens, np.concatenate([probe.tokens for probe in probes]), len(stream.table))
    starts = where - columns[rows]
    good = np.flatnonzero((starts >= 0) & (starts <= len(stream) - lengths[rows]))
    starts, rows = starts[good], rows[good]
    for column in range(int(lengths.max(initial=0))):  # none: an option may leave out all names of several tokens
        asked = np.flatnonzero((lengths[rows] > column) & (columns[rows] != column))
        same = np.ones(len(rows), np.bool_)
        same[asked] = stream.reads(starts[asked] + column, flat[first[rows[asked]] + column])
        starts, rows = starts[same], rows[same]
    return starts, starts + lengths[rows], np.concatenate([probe.block.names for probe in probes])[rows]


def _join(places: IntArray, tokens: IntArray, wanted: IntArray, size: int) -> tuple[IntArray, LongArray]:
    """All pairs (place, row) with tokens[place] == wanted[row], as two parallel arrays."""
    counts = np.bincount(wanted, minlength=size)
    mine = counts[tokens] > 0
    places, tokens = places[mine], tokens[mine]
    rows_by_token = np.argsort(wanted, kind="stable")
    first = np.concatenate([[0], np.cumsum(counts)])
    repeats = counts[tokens]
    pairs = np.repeat(first[tokens] - np.concatenate([[0], np.cumsum(repeats)[:-1]]), repeats) + np.arange(repeats.sum())
    return np.repeat(places, repeats), rows_by_token[pairs]
