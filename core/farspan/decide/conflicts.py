"""Which of several overlapping candidates are kept: ordered criteria, settled in whole arrays at once.

Greedy selection keeps the best candidate, drops what overlaps it, and goes on. In arrays: a candidate that is the best on every
one of its tokens is kept whatever the others do, so all of these are kept in one round, what they touch is dropped, and the next
round looks at what is left. The result is that of the loop, one candidate at a time (held by a property test).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from farspan.decide.contest import Contest
from farspan.decide.optimal import best_set
from farspan.model import BoolArray, IntArray, LongArray
from farspan.options import CRITERIA, ConflictPolicy


class Status(IntEnum):
    """What became of a candidate. Stored in projects: the numbers do not change."""

    KEPT = 0
    NESTED = 1
    LOST = 2
    BLOCKED = 3


TIE: Final = 254
"""The number for a loss that no criterion decided: the fixed order did."""

TOTAL: Final = 253
"""The number for a loss to a better total, where the winner alone is no better (scope optimal)."""

NOBODY: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """One row a candidate. status: uint8, a `Status`. winner: int32, the candidate it lost to, else -1.

    criterion: uint8, which of `CRITERIA` decided, or `TIE` or `TOTAL`; 255 where nothing was lost.
    """

    status: npt.NDArray[np.uint8]
    winner: IntArray
    criterion: npt.NDArray[np.uint8]


def decide(contest: Contest, policy: ConflictPolicy) -> Decisions:
    """What becomes of each candidate under `policy`."""
    contest, size = contest.by_extent(), len(contest)
    decisions = Decisions(np.full(size, Status.KEPT, np.uint8), np.full(size, NOBODY, np.int32), np.full(size, 255, np.uint8))
    decisions.status[contest.blocked > 0] = Status.BLOCKED
    competing = np.flatnonzero(contest.blocked == 0)
    kind = Status.KEPT
    while len(competing):
        rivals, clusters = _in_clusters(contest.starts[competing], contest.ends[competing])
        rows = competing[rivals]
        decisions.status[competing] = kind
        decisions.winner[competing] = NOBODY
        decisions.criterion[competing] = 255
        losers = _settle(contest.take(rows), clusters, rows, policy, decisions)
        if not policy.nested:
            break
        competing, kind = _inside_winner(contest, losers, decisions), Status.NESTED
    return decisions


def _in_clusters(starts: IntArray, ends: IntArray) -> tuple[LongArray, LongArray]:
    """The candidates that overlap another one, and for each the number of its chain of overlaps, from 0."""
    reach = np.maximum.accumulate(ends)
    opens = np.ones(len(starts), np.bool_)
    opens[1:] = starts[1:] >= reach[:-1]
    cluster = np.cumsum(opens) - 1
    alone = opens & np.append(opens[1:], True)
    rivals = np.flatnonzero(~alone)
    numbers = cluster[rivals]
    return rivals, np.cumsum(np.diff(numbers, prepend=numbers[:1]) > 0)


def _settle(rivals: Contest, clusters: LongArray, rows: LongArray, policy: ConflictPolicy, decisions: Decisions) -> LongArray:
    """Decide among `rivals` (candidates `rows`), all of which overlap another; give back the rows that lost."""
    if not len(rows):
        return rows
    keys = _keys(rivals, policy)
    rank = np.empty(len(rows), np.int64)
    rank[np.lexsort(packed_keys(keys)[::-1])] = np.arange(len(rows))
    match policy.scope:
        case "cluster":
            best = _best_of_cluster(rank, clusters)
        case "optimal":
            best = _best_overlapping(rivals, rank, best_set(rivals, policy))
        case _:
            best = _best_overlapping(rivals, rank)
    by_rank = np.argsort(rank)
    lost = np.flatnonzero(best != rank)
    winners = by_rank[best[lost]]
    decisions.status[rows[lost]] = Status.LOST
    decisions.winner[rows[lost]] = rows[winners]
    decisions.criterion[rows[lost]] = _deciding(keys[: len(policy.criteria)], lost, winners, policy)
    decisions.criterion[rows[lost[rank[winners] > rank[lost]]]] = TOTAL
    return rows[lost]


def _keys(rivals: Contest, policy: ConflictPolicy) -> list[npt.NDArray[np.generic]]:
    """The sort keys, first the most important, smaller is better: the criteria, then the order that settles every tie."""
    length = rivals.ends - rivals.starts
    by_name = {
        "length": -length,
        "priority": -rivals.priorities,
        "source": rivals.sources,
        "score": -rivals.scores,
        "left": rivals.starts,
    }
    last = (rivals.starts, -length, rivals.standings, -rivals.scores, rivals.ties, rivals.sources, rivals.names)
    return [*(by_name[name] for name in policy.criteria), *last]


def packed_keys(keys: Sequence[npt.NDArray[Any]]) -> list[npt.NDArray[Any]]:
    """Fewer sort keys that give the same order: those that are alike for all rows left out, whole numbers side by side in one."""
    packed: list[npt.NDArray[Any]] = []
    room = 0  # bits left in the last one
    for key in keys:
        least, most = key.min(), key.max()
        if least == most:
            continue
        width = (int(most) - int(least)).bit_length() if key.dtype.kind in "iu" else 64
        if width <= room:
            packed[-1] = packed[-1] << width | (key.astype(np.int64) - int(least))
            room -= width
        else:
            packed.append(key.astype(np.int64) - int(least) if width < 64 else key)
            room = 63 - width
    return packed or [np.zeros(len(keys[0]), np.int8)]


def _best_of_cluster(rank: LongArray, clusters: LongArray) -> LongArray:
    first = np.flatnonzero(np.diff(clusters, prepend=-1))
    return np.minimum.reduceat(rank, first)[clusters]


def _best_overlapping(rivals: Contest, rank: LongArray, kept: BoolArray | None = None) -> LongArray:
    """For each rival the rank of the best of `kept` (by default the greedy choice) on its tokens: its own where it is kept."""
    candidates, tokens, first = _incidence(rivals)
    if kept is None:
        kept = _keep_by_rounds(rank, candidates, tokens, first)
    nobody = len(rank)
    on_token = np.full(int(tokens.max()) + 1, nobody)
    mine = kept[candidates]
    on_token[tokens[mine]] = rank[candidates[mine]]
    return np.minimum.reduceat(on_token[tokens], first)


def _incidence(rivals: Contest) -> tuple[LongArray, LongArray, LongArray]:
    """Every pair (candidate, token it covers), and where each candidate's pairs begin. Tokens are numbered without gaps."""
    length = (rivals.ends - rivals.starts).astype(np.int64)
    first = np.cumsum(length) - length
    candidates = np.repeat(np.arange(len(rivals)), length)
    tokens = np.arange(int(length.sum())) - first[candidates] + rivals.starts[candidates]
    reach = np.maximum.accumulate(rivals.ends)
    gaps = np.maximum(rivals.starts[1:] - reach[:-1], 0)
    shift = np.concatenate([[int(rivals.starts[0])], int(rivals.starts[0]) + np.cumsum(gaps)])
    return candidates, tokens - shift[candidates], first


def _keep_by_rounds(rank: LongArray, candidates: LongArray, tokens: LongArray, first: LongArray) -> BoolArray:
    kept = np.zeros(len(rank), np.bool_)
    nobody = len(rank)
    open_ = np.arange(len(rank))  # the candidates not settled yet
    best = np.full(int(tokens.max()) + 1, nobody)
    while len(open_):
        best[tokens] = nobody
        np.minimum.at(best, tokens, rank[candidates])
        wins = np.logical_and.reduceat(best[tokens] == rank[candidates], first)
        kept[open_[wins]] = True
        pair_wins = np.repeat(wins, np.diff(first, append=len(tokens)))
        taken = np.zeros(len(best), np.bool_)
        taken[tokens[pair_wins]] = True
        touched = np.logical_or.reduceat(taken[tokens], first)
        open_, candidates, tokens, first = _without(touched, open_, candidates, tokens, first)
    return kept


def _without(
    settled: BoolArray, open_: LongArray, candidates: LongArray, tokens: LongArray, first: LongArray
) -> tuple[LongArray, LongArray, LongArray, LongArray]:
    lengths = np.diff(first, append=len(tokens))
    pairs = np.repeat(~settled, lengths)
    left = lengths[~settled]
    return open_[~settled], candidates[pairs], tokens[pairs], np.cumsum(left) - left


def _deciding(
    keys: list[npt.NDArray[np.generic]], losers: LongArray, winners: LongArray, policy: ConflictPolicy
) -> npt.NDArray[np.uint8]:
    criterion = np.full(len(losers), TIE, np.uint8)
    for name, key in reversed(list(zip(policy.criteria, keys, strict=True))):
        criterion[key[losers] != key[winners]] = CRITERIA.index(name)
    return criterion


def _inside_winner(contest: Contest, losers: LongArray, decisions: Decisions) -> LongArray:
    """The losers that lie inside the one they lost to and are smaller: what the next layer is made of."""
    winners = decisions.winner[losers]
    inside = (contest.starts[losers] >= contest.starts[winners]) & (contest.ends[losers] <= contest.ends[winners])
    smaller = (contest.ends - contest.starts)[losers] < (contest.ends - contest.starts)[winners]
    return losers[inside & smaller]
