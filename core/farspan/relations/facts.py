"""What a knowledge base says of which pairs, as sorted keys: triples, their inverses, and what holds of all below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from farspan.model import BoolArray, IntArray, LongArray
from farspan.relations.kb import KnowledgeBase
from farspan.relations.options import RelationRules

WAYS: Final = ("triple", "hierarchy", "symmetric", "inverse")
"""How a fact comes of a triple: as it stands, for what stands below, turned round in a symmetric relation or as the inverse."""

_TRIPLE, _HIERARCHY, _SYMMETRIC, _INVERSE = range(4)
TURNED: Final = _SYMMETRIC
"""From this number on the subject of the triple is the object of the fact."""
_SIEVE: Final = 24
"""Bits of the table that tells most pairs without a fact at once; 16 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """Every fact once, by key and relation.

    keys: int64[k], ascending, subject << 32 | object. offsets: int64[k + 1], where the facts of each key begin. relations,
    triples: int32[f], the relation (into `names`) and a triple of the knowledge base behind it. ways: uint8[f] into WAYS.
    support: int32[f], by how many different sources it is said. evidence: int64[e], ascending, fact << 32 | source. is_subject,
    is_object: bool[entities]. sieve: bool[2 ** _SIEVE], false where no key has that hash.
    """

    names: list[str]
    keys: LongArray
    offsets: LongArray
    relations: IntArray
    triples: IntArray
    ways: np.ndarray[tuple[int], np.dtype[np.uint8]]
    support: IntArray
    evidence: LongArray
    is_subject: BoolArray
    is_object: BoolArray
    sieve: BoolArray

    def __len__(self) -> int:
        return len(self.relations)

    def find(self, subjects: IntArray, objects: IntArray) -> LongArray:
        """int64[n]: the position in `keys` of each pair, -1 where nothing is said of it."""
        found = np.full(len(subjects), -1, np.int64)
        if not len(self.keys):
            return found
        size = len(self.is_subject)
        known = (subjects < size) & (objects < size)
        known[known] = self.is_subject[subjects[known]] & self.is_object[objects[known]]
        rows = np.flatnonzero(known)
        keys = key_of(subjects[rows], objects[rows])
        likely = self.sieve[_slot(keys)]
        rows, keys = rows[likely], keys[likely]
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        hit = self.keys[at] == keys
        found[rows[hit]] = at[hit]
        return found

    def has_other_evidence(self, facts: LongArray, sources: LongArray) -> BoolArray:
        """bool[n]: whether a fact is said by another source than the one beside it (-1: none)."""
        asked = facts << 32 | np.maximum(sources, 0)
        at = np.minimum(np.searchsorted(self.evidence, asked), max(len(self.evidence) - 1, 0))
        here = (self.evidence[at] == asked) & (sources >= 0)
        other: BoolArray = self.support[facts] > here
        return other


def key_of(subjects: IntArray, objects: IntArray) -> LongArray:
    """int64[n]: subject and object in one number."""
    return subjects.astype(np.int64) << 32 | objects


def distinct(keys: LongArray) -> LongArray:
    """The different values of `keys`, ascending. np.unique hashes, which takes ten times as long for keys of this kind."""
    ordered = np.sort(keys, kind="stable")
    found: LongArray = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return found


def _slot(keys: LongArray) -> LongArray:
    mixed = keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(64 - _SIEVE)).astype(np.int64)


def needs_mentions(kb: KnowledgeBase, rules: RelationRules) -> bool:
    """Whether facts depend on which entities are mentioned: what stands below a subject is looked for among these alone."""
    return any(rules.of(name).hierarchy for name in kb.relations.strings)


def facts_of(kb: KnowledgeBase, rules: RelationRules, present: BoolArray | None = None) -> Facts:
    """All that `kb` says under `rules`. present: bool[entities], those that are mentioned; None: all."""
    names = [*kb.relations.strings]
    number_of = {name: number for number, name in enumerate(names)}
    inverses = [rules.inverse_of(name) for name in names]
    for name in inverses:
        if name and name not in number_of:
            number_of[name] = len(names)
            names.append(name)
    rows = np.arange(len(kb), dtype=np.int32)
    parts = [_Part(kb.subjects, kb.relation_ids, kb.objects, rows, _TRIPLE)]
    parts += _below(kb, rules, present)
    parts += [_turned(part, number_of, inverses) for part in list(parts)]
    return _sorted(parts, names, kb)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    subjects: IntArray
    relations: IntArray
    objects: IntArray
    triples: IntArray
    way: int
    ways: np.ndarray[tuple[int], np.dtype[np.uint8]] | None = None

    def all_ways(self) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
        return np.full(len(self.subjects), self.way, np.uint8) if self.ways is None else self.ways


def _turned(part: _Part, number_of: dict[str, int], inverses: list[str]) -> _Part:
    """The facts of `part` with subject and object exchanged, where their relation has an inverse."""
    table = np.array([number_of[name] if name else -1 for name in inverses], np.int32)
    other = table[part.relations]
    rows = np.flatnonzero(other >= 0)
    ways = np.where(other[rows] == part.relations[rows], _SYMMETRIC, _INVERSE).astype(np.uint8)
    return _Part(part.objects[rows], other[rows], part.subjects[rows], part.triples[rows], _INVERSE, ways)


def _below(kb: KnowledgeBase, rules: RelationRules, present: BoolArray | None) -> list[_Part]:
    """What the triples say of the entities below their subject and object."""
    parts = []
    by_hierarchy: dict[str, list[int]] = {}
    for number, name in enumerate(kb.relations.strings):
        if rules.of(name).hierarchy:
            by_hierarchy.setdefault(rules.of(name).hierarchy, []).append(number)
    for hierarchy, relations in by_hierarchy.items():
        lower, upper = below(kb, hierarchy, present)
        rows = np.flatnonzero(np.isin(kb.relation_ids, relations)).astype(np.int32)
        rows, subjects = _replaced(rows, kb.subjects[rows], lower, upper)
        objects = kb.objects[rows]
        at, objects = _replaced(np.arange(len(rows), dtype=np.int32), objects, lower, upper)
        rows, subjects = rows[at], subjects[at]
        is_new = (subjects != kb.subjects[rows]) | (objects != kb.objects[rows])
        rows, subjects, objects = rows[is_new], subjects[is_new], objects[is_new]
        parts.append(_Part(subjects, kb.relation_ids[rows], objects, rows, _HIERARCHY))
    return parts


def _replaced(rows: IntArray, entities: IntArray, lower: IntArray, upper: IntArray) -> tuple[IntArray, IntArray]:
    """Each of `rows` with its entity, and again with every entity below that; lower, upper: sorted by upper."""
    begin, end = np.searchsorted(upper, entities, "left"), np.searchsorted(upper, entities, "right")
    counts = end - begin
    again = np.repeat(np.arange(len(rows)), counts)
    at = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(begin, counts)
    return np.concatenate([rows, rows[again]]), np.concatenate([entities, lower[at]])


def below(kb: KnowledgeBase, hierarchy: str, present: BoolArray | None = None) -> tuple[IntArray, IntArray]:
    """Every pair of an entity and one above it, at any height: lower, upper, int32[n], by upper. Circles do no harm."""
    number = kb.relations.id_of(hierarchy)
    edges = np.flatnonzero(kb.relation_ids == number)
    order = np.argsort(kb.subjects[edges], kind="stable")
    children, parents = kb.subjects[edges][order], kb.objects[edges][order]
    starts = np.unique(children) if present is None else np.flatnonzero(present).astype(np.int32)
    lower = upper = starts.astype(np.int32)
    known = np.empty(0, np.int64)
    while len(lower):
        begin, end = np.searchsorted(children, upper, "left"), np.searchsorted(children, upper, "right")
        counts = end - begin
        at = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(begin, counts)
        lower, upper = np.repeat(lower, counts), parents[at]
        keys = np.setdiff1d(key_of(upper, lower), known)
        known = np.union1d(known, keys)
        lower, upper = (keys & 0xFFFFFFFF).astype(np.int32), (keys >> 32).astype(np.int32)
    known_upper, known_lower = (known >> 32).astype(np.int32), (known & 0xFFFFFFFF).astype(np.int32)
    is_other = known_upper != known_lower
    return known_lower[is_other], known_upper[is_other]


def _sorted(parts: list[_Part], names: list[str], kb: KnowledgeBase) -> Facts:
    subjects = np.concatenate([part.subjects for part in parts])
    objects = np.concatenate([part.objects for part in parts])
    relations = np.concatenate([part.relations for part in parts])
    triples = np.concatenate([part.triples for part in parts])
    ways = np.concatenate([part.all_ways() for part in parts])
    keys = key_of(subjects, objects)
    order = np.lexsort((relations, keys))  # stable: of equal facts the plainest way and the first triple come first
    keys, relations, triples, ways = keys[order], relations[order], triples[order], ways[order]
    is_first = np.append(True, (keys[1:] != keys[:-1]) | (relations[1:] != relations[:-1]))[: len(keys)]
    fact = np.cumsum(is_first) - 1
    evidence = distinct(fact.astype(np.int64) << 32 | kb.source_ids[triples])
    support = np.bincount(evidence >> 32, minlength=int(is_first.sum())).astype(np.int32)
    keys = keys[is_first]
    opens = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    size = len(kb.entities)
    is_subject, is_object = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    is_subject[subjects], is_object[objects] = True, True
    sieve = np.zeros(1 << _SIEVE, np.bool_)
    sieve[_slot(keys)] = True
    return Facts(
        names,
        keys[opens],
        np.append(np.flatnonzero(opens), len(keys)).astype(np.int64),
        relations[is_first],
        triples[is_first],
        ways[is_first],
        support,
        evidence,
        is_subject,
        is_object,
        sieve,
    )
