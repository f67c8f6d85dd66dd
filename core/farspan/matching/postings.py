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
    return joined_places([_match_block(stream, probe, places, tokens) for probe in probes])


def joined_places(found: Sequence[tuple[IntArray, IntArray, IntArray]]) -> tuple[IntArray, IntArray, IntArray]:
    """The columns of several tables of places, one after the other."""
    if not found:
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int32)
    starts, ends, names = (np.concatenate(column) for column in zip(*found, strict=True))
    return starts, ends, names


def _match_block(stream: Stream, probe: Probe, places: IntArray, tokens: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    block, length = probe.block, probe.block.length
    where, rows = _join(places, tokens, probe.tokens, len(stream.table))
    starts = where - probe.columns[rows]
    inside = (starts >= 0) & (starts <= len(stream) - length)
    starts, rows = starts[inside], rows[inside]
    for column in range(length if length > 1 else 0):
        same = stream.reads(starts + column, block.tokens[rows, column]) | (probe.columns[rows] == column)
        starts, rows = starts[same], rows[same]
    return starts, starts + np.int32(length), block.names[rows]


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
