"""Deciding again only what a change touches gives what deciding all of it gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.decide.again import decide_again
from farspan.decide.conflicts import decide
from farspan.decide.contest import Contest
from farspan.options import ConflictPolicy

Row = tuple[int, int, int, int, int, float, int]
KINDS = (np.int32, np.int32, np.int32, np.int32, np.int32, np.float32, np.uint8, np.int32, np.int32)

row = st.tuples(
    st.integers(0, 30), st.integers(1, 4), st.integers(0, 2), st.integers(0, 3), st.integers(0, 1), st.sampled_from([1.0, 0.5]), st.sampled_from([0, 0, 0, 1])
).map(lambda r: (r[0], r[0] + r[1], *r[2:]))  # fmt: skip
rows = st.lists(row, max_size=40, unique_by=lambda r: r[:4])


def contest_of(rows: list[Row]) -> Contest:
    ordered = [(*row, row[2], row[3]) for row in sorted(rows)]
    columns = list(zip(*ordered, strict=True)) if rows else [()] * 9
    return Contest(*(np.array(column, kind) for column, kind in zip(columns, KINDS, strict=True)))


@settings(max_examples=300, deadline=None)
@given(rows, rows, st.sampled_from(["greedy", "optimal", "cluster"]), st.booleans(), st.data())
def test_only_touched_chains_are_decided_again_and_nothing_else_differs(
    old_rows: list[Row], added: list[Row], scope: str, nested: bool, data: st.DataObject
) -> None:
    removed = set(data.draw(st.lists(st.sampled_from(range(len(old_rows))), max_size=5)) if old_rows else [])
    stay = [r for i, r in enumerate(old_rows) if i not in removed]
    places = {r[:4] for r in stay}
    new_rows = stay + [r for r in added[:4] if r[:4] not in places]
    policy = ConflictPolicy(scope=scope, nested=nested)
    old, new = contest_of(old_rows), contest_of(new_rows)
    again = decide_again(new, policy, old, decide(old, policy), policy)
    whole = decide(new, policy)
    assert again.status.tolist() == whole.status.tolist()
    assert again.winner.tolist() == whole.winner.tolist()
    assert again.criterion.tolist() == whole.criterion.tolist()


def test_a_changed_policy_decides_all_again() -> None:
    contest = contest_of([(0, 2, 0, 0, 0, 1.0, 0), (1, 4, 1, 0, 0, 1.0, 0)])
    by_length, by_left = ConflictPolicy(), replace(ConflictPolicy(), criteria=("left",))
    assert decide_again(contest, by_left, contest, decide(contest, by_length), by_length).status.tolist() == [0, 2]
