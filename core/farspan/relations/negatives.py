"""Pairs that stand in no relation, for a model to learn from: drawn from the mentions that stand as near as positives do.

    random            any two mentions
    same_types        labels of subject and object as a positive has them
    corrupt_subject   the object of a positive with another subject of the same label
    corrupt_object    the subject of a positive with another object of the same label
    sibling           the same with one that has a parent in common in the hierarchy of the knowledge base
    near              the same with one whose name shares a word or the beginning of a word of at least four letters

No pair is drawn of which the knowledge base says anything, in either direction, or says it of an alias of either: of another
entity that one of the mentions may name, that bears the same name in the texts, or that a file of aliases puts beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from farspan.errors import OptionError
from farspan.job import SILENT, Job
from farspan.model import BoolArray, IntArray, LongArray
from farspan.relations.aliases import normal_name
from farspan.relations.facts import Facts, distinct, key_of
from farspan.relations.kb import KnowledgeBase
from farspan.relations.mentions import Mentions
from farspan.relations.negative_plans import NegativePlan
from farspan.relations.options import Level, RelationRules
from farspan.relations.pairs import pair_blocks, reaches
from farspan.relations.table import NEGATIVE, SOURCES, RelationTable, empty_table, in_order
from farspan.text.vocabulary import Vocabulary

_BEGINNING: Final = 4
_NO_TRIPLE: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Where negatives come from.

    groups: int32[entities], aliases share a group. positives: the pairs that stand in a relation.
    """

    mentions: Mentions
    kb: KnowledgeBase
    facts: Facts
    rules: RelationRules
    groups: IntArray
    positives: RelationTable


def draw_negatives(
    pool: Pool, plan: NegativePlan, seed: int, *, taken: RelationTable | None = None, job: Job = SILENT
) -> RelationTable:
    """As many negatives as `plan` asks for, or all there are, the same for the same seed. taken: pairs not to be drawn again.

    Their relation is NA, the last of the positives' names. Raises OptionError for siblings without a hierarchy.
    """
    wanted = round(plan.ratio * len(pool.positives))
    level = pool.rules.level_of("")
    reservoir = _Reservoir(pool, wanted, level, seed, taken)
    likeness = _likeness(pool, plan.strategy)
    known = _known_keys(pool)
    mentions = pool.mentions
    reach = reaches(mentions.documents, mentions.sentences, level)
    for first, second in pair_blocks(reach):
        job.progress(int(first[0]), len(mentions), "drawing negatives")
        free = mentions.ends[first] <= mentions.starts[second]
        one, two = first[free], second[free]
        unknown = ~_is_known(mentions, pool.groups, known, one, two)
        one, two = one[unknown], two[unknown]
        forward, backward = likeness.fits(one, two), likeness.fits(two, one)
        chosen = forward | backward
        flip = backward & (~forward | (_mixed(one, two, seed + 1) & np.uint64(1)).astype(np.bool_))
        reservoir.add(np.where(flip, two, one)[chosen], np.where(flip, one, two)[chosen])
    return _table(pool, *reservoir.drawn())


def _known_keys(pool: Pool) -> LongArray:
    """The pairs of groups of which anything is said, the smaller number first, ascending."""
    positives = pool.positives
    subjects = pool.groups[np.concatenate([(pool.facts.keys >> 32).astype(np.int32), positives.subject_ids])]
    objects = pool.groups[np.concatenate([(pool.facts.keys & 0xFFFFFFFF).astype(np.int32), positives.object_ids])]
    return distinct(key_of(np.minimum(subjects, objects), np.maximum(subjects, objects)))


def _is_known(mentions: Mentions, groups: IntArray, known: LongArray, one: LongArray, two: LongArray) -> BoolArray:
    """Whether anything is said of any reading of the two mentions; or whether they may name the same entity."""
    pairs, left, right = _combined(mentions.offsets, one, mentions.offsets, two)
    first, second = groups[mentions.entity_ids[left]], groups[mentions.entity_ids[right]]
    keys = key_of(np.minimum(first, second), np.maximum(first, second))
    found = np.zeros(len(one), np.bool_)
    found[pairs[_is_in(keys, known) | (first == second)]] = True
    return found


def _combined(
    offsets: LongArray, one: LongArray, other_offsets: LongArray, two: LongArray
) -> tuple[LongArray, LongArray, LongArray]:
    """Every item of each of `one` with every item of the one of `two` beside it: the pair's number and both items."""
    left, right = np.diff(offsets)[one], np.diff(other_offsets)[two]
    counts = left * right
    pairs = np.repeat(np.arange(len(one)), counts)
    inside = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    width = right[pairs]
    return pairs, offsets[one][pairs] + inside // np.maximum(width, 1), other_offsets[two][pairs] + inside % np.maximum(width, 1)


def _is_in(keys: LongArray, known: LongArray) -> BoolArray:
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    there: BoolArray = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    return there


@dataclass(frozen=True, slots=True, eq=False)
class _Likeness:
    """Which pairs are like a positive: a feature of the one side with a key of the other that some positive has.

    offsets, features: the features of each mention. keys: int64[m], what the other side is compared by. subjects, objects: int64
    ascending, feature << 32 | key as the subject and as the object of a positive has them; None: that side is not varied.
    everything: every pair is like one.
    """

    offsets: LongArray
    features: LongArray
    keys: LongArray
    subjects: LongArray | None
    objects: LongArray | None
    everything: bool = False

    def fits(self, subjects: LongArray, objects: LongArray) -> BoolArray:
        """bool[n]: whether each pair is like a positive."""
        if self.everything:
            return np.ones(len(subjects), np.bool_)
        found = np.zeros(len(subjects), np.bool_)
        for known, varied, fixed in ((self.subjects, subjects, objects), (self.objects, objects, subjects)):
            if known is not None:
                pairs, left = self.features_of(varied)
                found[pairs[_is_in(left << 32 | self.keys[fixed[pairs]], known)]] = True
        return found

    def features_of(self, mentions: LongArray) -> tuple[LongArray, LongArray]:
        """Each of `mentions` by its position, with its features one by one."""
        counts = np.diff(self.offsets)[mentions]
        pairs = np.repeat(np.arange(len(mentions)), counts)
        inside = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        return pairs, self.features[self.offsets[mentions][pairs] + inside]


def _likeness(pool: Pool, strategy: str) -> _Likeness:
    mentions = pool.mentions
    labels = mentions.label_ids.astype(np.int64)
    alone = np.arange(len(mentions) + 1)
    entities = pool.groups[_first_readings(mentions)].astype(np.int64)
    if strategy == "random":
        return _Likeness(alone, labels, labels, None, None, everything=True)
    if strategy == "same_types":
        bare = _Likeness(alone, labels, labels, None, None)
        return _like(bare, pool, labels, ("subject",))
    if strategy.startswith("corrupt"):
        bare = _Likeness(alone, labels, entities, None, None)
        return _like(bare, pool, entities, (strategy.removeprefix("corrupt_"),))
    offsets, features = _parents(pool) if strategy == "sibling" else _name_pieces(mentions)
    return _like(_Likeness(offsets, features, entities, None, None), pool, entities, ("subject", "object"))


def _like(bare: _Likeness, pool: Pool, keys: LongArray, sides: Sequence[str]) -> _Likeness:
    """`bare` with what the positives have on each of `sides`."""
    subjects, objects = pool.positives.subjects.astype(np.int64), pool.positives.objects.astype(np.int64)
    found: dict[str, LongArray | None] = {"subject": None, "object": None}
    for side in sides:
        varied, fixed = (subjects, objects) if side == "subject" else (objects, subjects)
        pairs, features = bare.features_of(varied)
        found[side] = distinct(features << 32 | keys[fixed[pairs]])
    return _Likeness(bare.offsets, bare.features, bare.keys, found["subject"], found["object"])


def _first_readings(mentions: Mentions) -> IntArray:
    return mentions.entity_ids[mentions.offsets[:-1]]


def _parents(pool: Pool) -> tuple[LongArray, LongArray]:
    """The parents of each mention's entities, in any hierarchy that a relation uses."""
    kb, rules = pool.kb, pool.rules
    names = {rules.of(name).hierarchy for name in (*kb.relations.strings, "")} - {""}
    if not names:
        raise OptionError(
            "siblings need a hierarchy", remedy="say which relation is one: --relation hierarchy=subclass_of, or R.hierarchy=..."
        )
    edges = np.flatnonzero(np.isin(kb.relation_ids, [kb.relations.id_of(name) for name in names]))
    order = np.argsort(kb.subjects[edges], kind="stable")
    children, parents = kb.subjects[edges][order], kb.objects[edges][order]
    ids = pool.mentions.entity_ids
    begin, counts = np.searchsorted(children, ids, "left"), np.searchsorted(children, ids, "right")
    counts = counts - begin
    inside = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    upto = np.append(0, np.cumsum(counts))
    return upto[pool.mentions.offsets], parents[np.repeat(begin, counts) + inside].astype(np.int64)


def _name_pieces(mentions: Mentions) -> tuple[LongArray, LongArray]:
    """The beginnings of the longer words of each mention."""
    pieces = Vocabulary()
    found, counts = [], []
    for mention in range(len(mentions)):
        words = {word[:_BEGINNING] for word in normal_name(mentions.words(mention)).split() if len(word) >= _BEGINNING}
        found.extend(sorted(words))
        counts.append(len(words))
    return np.append(0, np.cumsum(counts, dtype=np.int64)), pieces.intern(found).astype(np.int64)


def _mixed(one: LongArray, two: LongArray, seed: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """A random-looking number for each pair of numbers, the same for the same seed (splitmix64)."""
    value = one.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + two.astype(np.uint64)
    value += np.uint64((seed * 0xD1342543DE82EF95) & 0xFFFFFFFFFFFFFFFF)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: np.ndarray[tuple[int], np.dtype[np.uint64]] = value ^ (value >> np.uint64(31))
    return mixed


class _Reservoir:
    """Keeps the pairs with the smallest random numbers; at document level a pair of entities is one, by its nearest mentions."""

    def __init__(self, pool: Pool, wanted: int, level: Level, seed: int, taken: RelationTable | None) -> None:
        self._mentions = pool.mentions
        self._entities = pool.groups[_first_readings(pool.mentions)].astype(np.int64) if len(pool.mentions) else None
        self._wanted = wanted
        self._by_entity = level.is_document
        self._seed = seed
        nothing = np.empty(0, np.int64)
        self._subjects, self._objects = nothing, nothing
        self._taken = nothing
        if taken is not None and len(taken):
            self._taken = distinct(self._keys(taken.subjects.astype(np.int64), taken.objects.astype(np.int64))[0])

    def add(self, subjects: LongArray, objects: LongArray) -> None:
        """Let these pairs take part."""
        self._subjects = np.concatenate([self._subjects, subjects])
        self._objects = np.concatenate([self._objects, objects])
        if len(self._subjects) > 4 * self._wanted + 10_000:
            self._shrink()

    def drawn(self) -> tuple[LongArray, LongArray]:
        """Subjects and objects of the pairs drawn."""
        self._shrink()
        return self._subjects, self._objects

    def _keys(self, subjects: LongArray, objects: LongArray) -> tuple[LongArray, LongArray]:
        """What makes two pairs the same draw, and its random number."""
        low, high = np.minimum(subjects, objects), np.maximum(subjects, objects)
        if self._by_entity and self._entities is not None:
            one, two = self._entities[low], self._entities[high]
            low, high = np.minimum(one, two), np.maximum(one, two)
            documents = self._mentions.documents[subjects].astype(np.int64)
            return _mixed(low << 32 | high, documents, 0).view(np.int64), _mixed(low << 32 | high, documents, self._seed).view(
                np.int64
            )
        return low << 32 | high, _mixed(low, high, self._seed).view(np.int64)

    def _shrink(self) -> None:
        keys, lots = self._keys(self._subjects, self._objects)
        gaps = np.abs(self._mentions.starts[self._subjects] - self._mentions.starts[self._objects])
        order = np.lexsort((self._objects, self._subjects, gaps, keys, lots))
        order = order[~_is_in(keys[order], self._taken)]
        is_first = np.append(True, keys[order][1:] != keys[order][:-1])[: len(order)]
        rows = order[is_first][: self._wanted]
        self._subjects, self._objects = self._subjects[rows], self._objects[rows]


def _table(pool: Pool, subjects: LongArray, objects: LongArray) -> RelationTable:
    mentions, names = pool.mentions, pool.positives.names
    if not len(subjects):
        return empty_table(names)
    first, second = np.minimum(subjects, objects), np.maximum(subjects, objects)
    ids, readings = _first_readings(mentions), mentions.readings
    count = len(subjects)
    table = RelationTable(
        names,
        subjects.astype(np.int32),
        objects.astype(np.int32),
        ids[subjects],
        ids[objects],
        np.full(count, list(names).index(NEGATIVE), np.int32),
        np.full(count, _NO_TRIPLE, np.int32),
        np.zeros(count, np.uint8),
        np.zeros(count, np.uint8),
        np.maximum(mentions.starts[second] - mentions.ends[first], 0).astype(np.int32),
        readings[subjects] * readings[objects],
        np.full(count, SOURCES.index("negative"), np.uint8),
    )
    return in_order(table)
