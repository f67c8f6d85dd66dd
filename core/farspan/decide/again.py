"""Deciding again after a change: only the chains of overlaps that it touches; the rest keeps its decisions."""

from __future__ import annotations

import numpy as np

from farspan.decide.conflicts import NOBODY, Decisions, decide
from farspan.decide.contest import Contest
from farspan.model import BoolArray, IntArray, LongArray
from farspan.options import ConflictPolicy


def decide_again(
    contest: Contest, policy: ConflictPolicy, old: Contest, old_decisions: Decisions, old_policy: ConflictPolicy
) -> Decisions:
    """The decisions of `decide(contest, policy)`, worked out from those of an earlier contest over the same corpus."""
    if policy != old_policy or (contest.char_starts is None) != (old.char_starts is None):
        return decide(contest, policy)
    contest, old = contest.by_extent(), old.by_extent()
    before = _same_rows(contest, old)
    gone = np.ones(len(old), np.bool_)
    gone[before[before >= 0]] = False
    changed = before < 0
    if 2 * changed.sum() >= len(contest):
        return decide(contest, policy)
    reach = _reach(
        np.concatenate([contest.starts[changed], old.starts[gone]]), np.concatenate([contest.ends[changed], old.ends[gone]])
    )
    rows = np.flatnonzero(_touched(contest, *reach))
    return _patched(contest, rows, decide(contest.take(rows), policy), before, old_decisions)


def _patched(contest: Contest, rows: LongArray, redone: Decisions, before: LongArray, old: Decisions) -> Decisions:
    """The old decisions in their new places, with those of `rows` put in."""
    kept = before >= 0
    status = np.zeros(len(contest), np.uint8)
    winner = np.full(len(contest), NOBODY, np.int32)
    criterion = np.full(len(contest), 255, np.uint8)
    status[kept], criterion[kept] = old.status[before[kept]], old.criterion[before[kept]]
    new_row = np.full(len(old.status) + 1, NOBODY, np.int32)  # one place more: row -1, nobody, stays nobody
    new_row[before[kept]] = np.flatnonzero(kept)
    winner[kept] = new_row[old.winner[before[kept]]]
    status[rows], criterion[rows] = redone.status, redone.criterion
    winner[rows] = np.where(redone.winner < 0, NOBODY, rows[redone.winner])
    return Decisions(status, winner, criterion)


def _same_rows(contest: Contest, old: Contest) -> LongArray:
    """int64[new rows]: the old row that is the same in everything that a decision looks at, or -1."""
    found = np.full(len(contest), -1)
    places, old_places = _packed(contest.starts, contest.ends), _packed(old.starts, old.ends)
    names, old_names = _packed(contest.sources, contest.names), _packed(old.sources, old.names)
    # Few candidates share a place, so the row is found by stepping through those of its place.
    first, last = np.searchsorted(old_places, places), np.searchsorted(old_places, places, "right")
    rows = np.flatnonzero(first < last)
    at = first[rows]
    while len(rows):
        hit = names[rows] == old_names[at]
        found[rows[hit]] = at[hit]
        at = at + 1
        more = ~hit & (at < last[rows])
        rows, at = rows[more], at[more]
    known = np.flatnonzero(found >= 0)
    for column in ("priorities", "scores", "blocked", "standings", "ties"):
        changed = getattr(contest, column)[known] != getattr(old, column)[found[known]]
        found[known[changed]] = -1
        known = known[~changed]
    return found


def _packed(high: IntArray, low: IntArray) -> LongArray:
    return high.astype(np.int64) << 32 | low


def _reach(starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    """Changed stretches by start, each with the furthest end so far."""
    order = np.argsort(starts, kind="stable")
    return starts[order], np.maximum.accumulate(ends[order])


def _touched(contest: Contest, starts: IntArray, reach: IntArray) -> BoolArray:
    """bool[rows]: whether the chain of overlaps that a candidate belongs to overlaps a changed stretch."""
    if not len(contest) or not len(starts):
        return np.zeros(len(contest), np.bool_)
    last = np.searchsorted(starts, contest.ends) - 1
    overlaps = (last >= 0) & (reach[last] > contest.starts)
    opens = np.ones(len(contest), np.bool_)
    opens[1:] = contest.starts[1:] >= np.maximum.accumulate(contest.ends)[:-1]
    chain = np.cumsum(opens) - 1
    touched = np.zeros(int(chain[-1]) + 1, np.bool_)
    touched[chain[overlaps]] = True
    in_touched: BoolArray = touched[chain]
    return in_touched
