"""Decisions over overlapping candidates: the fast arrays against the loop that anyone can check by eye."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.decide.conflicts import TIE, TOTAL, Status, decide, packed_keys
from farspan.decide.contest import Contest
from farspan.errors import OptionError
from farspan.options import CRITERIA, ConflictPolicy

Row = tuple[int, int, int, int, int, float, int]  # start, end, source, name, priority, score, blocked


def contest_of(rows: list[Row]) -> Contest:
    # Lists and names stand in the alphabet the other way round than they are given.
    ordered = [(*row, 9 - row[2], 9 - row[3]) for row in sorted(rows)]
    columns = list(zip(*ordered, strict=True)) if ordered else [()] * 9
    kinds = (np.int32, np.int32, np.int32, np.int32, np.int32, np.float32, np.uint8, np.int32, np.int32)
    return Contest(*(np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)))


def key_of(contest: Contest, row: int, criteria: tuple[str, ...]) -> tuple[float, ...]:
    start, end = int(contest.starts[row]), int(contest.ends[row])
    values = {
        "length": start - end,
        "priority": -int(contest.priorities[row]),
        "source": int(contest.sources[row]),
        "score": -float(contest.scores[row]),
        "left": start,
    }
    ties = (start, start - end, int(contest.standings[row]), -float(contest.scores[row]), int(contest.ties[row]))
    return (*(values[name] for name in criteria), *ties)


def overlaps(contest: Contest, a: int, b: int) -> bool:
    return bool(contest.starts[a] < contest.ends[b] and contest.starts[b] < contest.ends[a])


def chains(contest: Contest, rows: list[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for row in sorted(rows, key=lambda r: contest.starts[r]):
        if found and contest.starts[row] < max(contest.ends[r] for r in found[-1]):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def loop(contest: Contest, policy: ConflictPolicy) -> tuple[list[int], list[int]]:
    """Statuses and winners by the definition: take the best, drop what overlaps it, go on; then look inside the winners."""
    status = [int(Status.BLOCKED) if blocked else int(Status.KEPT) for blocked in contest.blocked]
    winner = [-1] * len(contest)
    competing = [row for row in range(len(contest)) if not contest.blocked[row]]
    kind = Status.KEPT
    while competing:
        lost = []
        groups = chains(contest, competing) if policy.scope == "cluster" else [competing]
        for group in groups:
            kept: list[int] = []
            for row in sorted(group, key=lambda r: key_of(contest, r, policy.criteria)):
                rivals = kept[:1] if policy.scope == "cluster" else [k for k in kept if overlaps(contest, row, k)]
                status[row] = int(Status.LOST if rivals else kind)
                winner[row] = rivals[0] if rivals else -1
                (lost if rivals else kept).append(row)
        if not policy.nested:
            break
        competing = sorted(
            row
            for row in lost
            if contest.starts[winner[row]] <= contest.starts[row]
            and contest.ends[row] <= contest.ends[winner[row]]
            and contest.ends[row] - contest.starts[row] < contest.ends[winner[row]] - contest.starts[winner[row]]
        )
        for row in competing:
            winner[row] = -1
        kind = Status.NESTED
    return status, winner


rows = st.lists(
    st.tuples(
        st.integers(0, 14), st.integers(1, 5), st.integers(0, 2), st.integers(0, 3), st.integers(-2, 1),
        st.sampled_from([1.0, 0.5]), st.sampled_from([0, 0, 0, 1]),
    ).map(lambda row: (row[0], row[0] + row[1], *row[2:])),
    max_size=30,
    unique_by=lambda row: row[:4],
)  # fmt: skip
policies = st.builds(
    ConflictPolicy,
    criteria=st.permutations(CRITERIA).flatmap(lambda order: st.integers(0, len(order)).map(lambda n: tuple(order[:n]))),
    scope=st.sampled_from(["greedy", "cluster"]),
    nested=st.booleans(),
)


@settings(max_examples=400, deadline=None)
@given(rows, policies)
def test_arrays_decide_as_the_loop_does(rows: list[Row], policy: ConflictPolicy) -> None:
    contest = contest_of(rows)
    decisions = decide(contest, policy)
    status, winner = loop(contest, policy)
    assert decisions.status.tolist() == status
    assert decisions.winner.tolist() == winner


@settings(max_examples=200, deadline=None)
@given(rows, policies)
def test_every_loss_names_the_criterion_in_which_the_two_differ(rows: list[Row], policy: ConflictPolicy) -> None:
    contest = contest_of(rows)
    decisions = decide(contest, policy)
    for row in np.flatnonzero(decisions.status == Status.LOST):
        mine, other = (key_of(contest, int(r), policy.criteria) for r in (row, decisions.winner[row]))
        differing = [name for name, a, b in zip(policy.criteria, mine, other, strict=False) if a != b]
        assert decisions.criterion[row] == (CRITERIA.index(differing[0]) if differing else TIE)
    assert (decisions.criterion[decisions.status != Status.LOST] == 255).all()


def total(contest: Contest, chosen: list[int], criteria: tuple[str, ...]) -> tuple[int, ...]:
    whole = 1 << 32

    def priority(row: int) -> int:
        given = int(contest.priorities[row])
        return (given + 1) * whole if given >= 0 else whole // (1 - given)

    gifts = {
        "length": lambda r: int(contest.ends[r] - contest.starts[r]),
        "priority": priority,
        "source": lambda r: whole // (1 + int(contest.sources[r])),
        "score": lambda r: round(float(contest.scores[r]) * whole),
    }
    counted = [gifts[name] for name in criteria if name in gifts] + [gifts["length"], lambda r: gifts["length"](r) ** 2]
    return tuple(sum(map(gift, chosen)) for gift in counted)


@settings(max_examples=150, deadline=None)
@given(
    rows.map(lambda found: found[:9]),
    st.permutations(CRITERIA).flatmap(lambda order: st.integers(0, 5).map(lambda n: tuple(order[:n]))),
)
def test_optimal_is_the_best_of_all_sets_without_overlap(rows: list[Row], criteria: tuple[str, ...]) -> None:
    contest = contest_of(rows)
    decisions = decide(contest, ConflictPolicy(criteria=criteria, scope="optimal"))
    free = [row for row in range(len(contest)) if not contest.blocked[row]]
    kept = [row for row in free if decisions.status[row] == Status.KEPT]
    assert not any(overlaps(contest, a, b) for a, b in combinations(kept, 2))
    sets = (list(some) for size in range(len(free) + 1) for some in combinations(free, size))
    apart = [some for some in sets if not any(overlaps(contest, a, b) for a, b in combinations(some, 2))]
    if free:
        assert total(contest, kept, criteria) == max(total(contest, some, criteria) for some in apart)
    for row in np.flatnonzero(decisions.status == Status.LOST):
        assert overlaps(contest, int(row), int(decisions.winner[row]))


def test_optimal_keeps_two_short_matches_where_greedy_keeps_one_long_between_them() -> None:
    # A B C D: the middle pair B C is the longest by score, A B and C D together are more.
    contest = contest_of([(0, 2, 0, 0, 0, 0.5, 0), (1, 3, 0, 1, 0, 1.0, 0), (2, 4, 0, 2, 0, 0.5, 0)])
    assert decide(contest, ConflictPolicy(criteria=("length", "score"))).status.tolist() == [2, 0, 2]
    decisions = decide(contest, ConflictPolicy(criteria=("length", "score"), scope="optimal"))
    assert decisions.status.tolist() == [0, 2, 0]
    assert decisions.criterion.tolist() == [255, TOTAL, 255]


def chain_of_five() -> Contest:
    """The names A B, B C, C D, D E and E F on the text A B C D E F."""
    return contest_of([(i, i + 2, 0, i, 0, 1.0, 0) for i in range(5)])


def test_greedy_keeps_three_of_a_chain_of_five() -> None:
    assert decide(chain_of_five(), ConflictPolicy()).status.tolist() == [0, 2, 0, 2, 0]


def test_cluster_keeps_one_of_a_chain_of_five() -> None:
    assert (decide(chain_of_five(), ConflictPolicy(scope="cluster")).status == Status.KEPT).sum() == 1


def test_nested_layers_never_cross_each_other() -> None:
    # New York City Hall > New York City, City Hall > York: the second layer keeps the first of the two that cross.
    contest = contest_of([(0, 4, 0, 0, 0, 1, 0), (0, 3, 0, 1, 0, 1, 0), (2, 4, 0, 2, 0, 1, 0), (1, 2, 0, 3, 0, 1, 0)])
    decisions = decide(contest, ConflictPolicy(nested=True))
    assert decisions.status.tolist() == [Status.NESTED, Status.KEPT, Status.NESTED, Status.LOST]
    assert decisions.winner.tolist() == [-1, -1, -1, 0]


def test_nothing_to_decide_is_no_decision() -> None:
    assert len(decide(contest_of([]), ConflictPolicy(nested=True)).status) == 0


@pytest.mark.parametrize("criteria", [("size",), ("length", "length")])
def test_unknown_or_repeated_criteria_are_refused(criteria: tuple[str, ...]) -> None:
    with pytest.raises(OptionError):
        ConflictPolicy(criteria=criteria)


ANY_INT = st.integers(-3, 3) | st.sampled_from([-(2**31), 2**31 - 1, 2**20])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(ANY_INT, ANY_INT, st.sampled_from([-1.0, -0.9]), ANY_INT, ANY_INT), min_size=1, max_size=12))
def test_packed_sort_keys_give_the_same_order(rows: list[tuple[int, int, float, int, int]]) -> None:
    kinds = (np.int32, np.int32, np.float32, np.int32, np.int32)
    keys = [np.array(column, kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)]
    assert np.lexsort(packed_keys(keys)[::-1]).tolist() == np.lexsort(keys[::-1]).tolist()
