"""Two exact plans for the same work, and the estimate that chooses between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np

from farspan.matching.names import NameBlock
from farspan.matching.postings import Probe, choose_probes, match_postings
from farspan.matching.stream import Stream
from farspan.matching.trie import build_trie, match_trie
from farspan.model import IntArray

Plan = Literal["auto", "postings", "trie"]

# What one step of each plan costs, in nanoseconds on one core; only their ratios matter.
_PROBE_COST: Final = 30.0
_BUILD_COST: Final = 260.0
_WALK_COST: Final = 45.0


def find(stream: Stream, blocks: Sequence[NameBlock], plan: Plan = "auto") -> tuple[IntArray, IntArray, IntArray]:
    """Every place of every name, by the plan that is cheaper here: (starts, ends, names), unordered."""
    probes = [choose_probes(block, stream.counts) for block in blocks]
    if plan == "auto":
        plan = "postings" if _postings_cost(probes) <= _trie_cost(stream, blocks) else "trie"
    return match_postings(stream, probes) if plan == "postings" else match_trie(stream, build_trie(blocks))


def _postings_cost(probes: Sequence[Probe]) -> float:
    return _PROBE_COST * sum(probe.cost for probe in probes)


def _trie_cost(stream: Stream, blocks: Sequence[NameBlock]) -> float:
    """Building sorts every token of every name; walking visits at most every place of a first token."""
    firsts = np.zeros(len(stream.counts), np.bool_)
    for block in blocks:
        firsts[block.tokens[:, 0]] = True
    return _BUILD_COST * sum(block.tokens.size for block in blocks) + _WALK_COST * float(stream.counts[firsts].sum())
