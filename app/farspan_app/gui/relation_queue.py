"""A queue of relations as it stands: what comes next, how much is judged, what that says."""

from __future__ import annotations

from dataclasses import dataclass

from farspan.noise.intervals import Estimate
from farspan.relations.browsing import ProjectRelations
from farspan.store.relation_work import Purpose


@dataclass(frozen=True, slots=True)
class RelationQueue:
    """A queue as it stands. relation: None for all. row: what comes next, None: nothing is left.

    bag: of the queue ``bag``, which sentence of how many this is of its bag. so_far: None without a judgement.
    """

    purpose: Purpose
    relation: str | None
    row: int | None
    done: int
    total: int
    bag: tuple[int, int] = (0, 0)
    so_far: Estimate | None = None


def standing_of(found: ProjectRelations, purpose: Purpose, relation: str | None, later: frozenset[int]) -> RelationQueue:
    """The queue of `found` as it stands; later: pairs that are left for later."""
    row = found.next(purpose, relation, later)
    estimates = found.estimates()
    shares = {"sentence": estimates.sentences, "bag": estimates.bags}.get(purpose)
    so_far = estimates.false_negatives if shares is None else shares.get(relation or "")
    bag = (0, 0)
    if purpose == "bag" and row is not None:
        members = found.bags.members(int(found.bags.bag_of_rows(len(found))[row])).tolist()
        bag = 1 + sum(found.judged_in(one, "bag") is not None for one in members), len(members)
    total = len(found.queue(purpose, relation))
    known = so_far if so_far is not None and so_far.n else None
    return RelationQueue(purpose, relation, row, found.done(purpose, relation), total, bag, known)
