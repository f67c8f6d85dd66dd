"""How well relations agree with gold relations: by document, subject id, object id and relation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from farspan.noise.clusters import FloatArray, Ratio, ratio
from farspan.noise.intervals import Estimate

Fact = tuple[str, str, str, str]
"""Document, subject, object, relation."""


@dataclass(frozen=True, slots=True)
class RelationScore:
    """Right, wrong and missed relations, and the estimates they give; documents count as what was drawn."""

    tp: int
    fp: int
    fn: int
    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True)
class RelationScores:
    """The scores over all relations and of each. right, wrong, missed: the facts themselves, in order."""

    overall: RelationScore
    by_relation: Mapping[str, RelationScore]
    right: Sequence[Fact]
    wrong: Sequence[Fact]
    missed: Sequence[Fact]


def score_relations(
    gold: Collection[Fact], predicted: Collection[Fact], documents: Collection[str], symmetric: Collection[str] = ()
) -> RelationScores:
    """The scores of `predicted`; each fact counts once. documents: all that were looked at, also those without a relation.

    symmetric: relations in which subject and object may be exchanged.
    """
    one, other = ({_ordered(fact, symmetric) for fact in facts} for facts in (gold, predicted))
    number = {name: index for index, name in enumerate(dict.fromkeys([*documents, *(fact[0] for fact in one | other)]))}
    relations = sorted({fact[3] for fact in one | other})
    return RelationScores(
        _score(one, other, number),
        {name: _score(_only(one, name), _only(other, name), number) for name in relations},
        sorted(one & other),
        sorted(other - one),
        sorted(one - other),
    )


def _ordered(fact: Fact, symmetric: Collection[str]) -> Fact:
    document, subject, object_, relation = fact
    return (document, *sorted((subject, object_)), relation) if relation in symmetric else fact  # type: ignore[return-value]


def _only(facts: set[Fact], relation: str) -> set[Fact]:
    return {fact for fact in facts if fact[3] == relation}


def _score(gold: set[Fact], predicted: set[Fact], number: Mapping[str, int]) -> RelationScore:
    found, wanted, right = (_counts(facts, number) for facts in (predicted, gold, gold & predicted))
    tp = int(right.sum())
    fp, fn = int(found.sum()) - tp, int(wanted.sum()) - tp
    both = ratio(2 * right, found + wanted)
    # F1 is 2J / (1 + J) for the share J of right facts in either: the delta method gives what it is worth, as for entities.
    jaccard = tp / (tp + fp + fn) if tp + fp + fn else 0.0
    f1 = Ratio(both.share, tp + fp + fn, both.variance, both.groups, (tp + fp + fn) * (1 + jaccard) ** 2 / 2)
    return RelationScore(tp, fp, fn, ratio(right, found).estimate(), ratio(right, wanted).estimate(), f1.estimate())


def _counts(facts: set[Fact], number: Mapping[str, int]) -> FloatArray:
    rows = np.fromiter((number[fact[0]] for fact in facts), np.int64, len(facts))
    return np.bincount(rows, minlength=len(number)).astype(np.float64)
