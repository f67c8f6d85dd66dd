"""The set of candidates with the best total, none overlapping another: weighted interval scheduling, exact.

What counts towards the total are the criteria in their order: the second counts only between sets that are equal in the first.
A candidate gives its length in tokens; one more than its priority (below zero 1/2, 1/3, ...); 1, 1/2, 1/3 ... for the first,
second, third list; its score. Every gift is above zero, so a set is always better than the same set without one of its members;
no gift looks at other candidates, so parts of a corpus can be settled by themselves.
After the criteria longer matches count more than several short ones; sets equal in all of this are settled from the left.
"""

from __future__ import annotations

import numpy as np

from farspan.decide.contest import Contest
from farspan.model import BoolArray, LongArray
from farspan.options import ConflictPolicy

_DIGITS = 96  # bits for each criterion: more than a sum over any corpus needs
_WHOLE = 1 << 32  # what stands for one, so that fractions are whole numbers


def best_set(rivals: Contest, policy: ConflictPolicy) -> BoolArray:
    """bool[rivals]: the members of the best set (Kleinberg and Tardos, Algorithm Design, section 6.1)."""
    order = np.lexsort((rivals.names, rivals.sources, rivals.ties, -rivals.scores, rivals.standings, rivals.starts, rivals.ends))
    ends = rivals.ends[order]
    before = np.searchsorted(ends, rivals.starts[order], "right").tolist()
    values = _values(rivals, policy, order)
    best = [0]
    for value, room in zip(values, before, strict=True):
        best.append(max(best[-1], value + best[room]))
    chosen = np.zeros(len(rivals), np.bool_)
    number = len(values)
    while number:
        if best[number] == best[number - 1]:
            number -= 1
        else:
            chosen[order[number - 1]] = True
            number = before[number - 1]
    return chosen


def _values(rivals: Contest, policy: ConflictPolicy, order: LongArray) -> list[int]:
    """What each candidate gives: one whole number with a group of digits for each criterion, the first criterion in front."""
    lengths = (rivals.ends - rivals.starts).astype(np.int64)
    priorities = rivals.priorities.astype(np.int64)
    gifts = {
        "length": lengths,
        "priority": np.where(priorities < 0, _WHOLE // (1 - np.minimum(priorities, 0)), (priorities + 1) * _WHOLE),
        "source": _WHOLE // (1 + rivals.sources.astype(np.int64)),
        "score": np.maximum(np.rint(rivals.scores * _WHOLE).astype(np.int64), 1),
    }
    values = [0] * len(rivals)
    for gift in (*(gifts[name] for name in policy.criteria if name in gifts), lengths, lengths * lengths):
        values = [value << _DIGITS | one for value, one in zip(values, gift[order].tolist(), strict=True)]
    return values
