"""What relations of a document say against each other: circles of a transitive relation, pairs that exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from farspan.relations.mentions import Mentions
from farspan.relations.options import RelationRules
from farspan.relations.table import RelationTable

Edge = tuple[str, str, str]
"""Subject, relation, object."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What cannot all be so: the entities in a circle, or the two of a pair that has relations which exclude each other.

    kind: ``circle`` (A before B, B before C, C before A) or ``excluded`` (A before B and A during B).
    """

    document: str
    kind: str
    relations: tuple[str, ...]
    entities: tuple[str, ...]

    def __str__(self) -> str:
        if self.kind == "circle":
            return f"{self.document}: {self.relations[0]} runs in a circle: {' > '.join((*self.entities, self.entities[0]))}"
        return f"{self.document}: {' and '.join(self.relations)} cannot both hold of {self.entities[0]} and {self.entities[1]}"


def contradictions(table: RelationTable, mentions: Mentions, rules: RelationRules) -> list[Contradiction]:
    """All contradictions inside a document, in the order of the documents; none where no relation has anything to contradict."""
    if not any(rules.of(name).transitive or rules.of(name).excludes for name in table.names):
        return []
    by_document = _by_document(table, mentions)
    return [
        found
        for number, edges in sorted(by_document.items())
        for found in check(edges, rules, mentions.corpus.documents[number].id)
    ]


def count_implied(table: RelationTable, mentions: Mentions, rules: RelationRules) -> int:
    """How many relations follow inside documents from transitive ones (and inverses) and are not said there."""
    if not any(rules.of(name).transitive for name in table.names):
        return 0
    return sum(len(implied(edges, rules)) for edges in _by_document(table, mentions).values())


def _by_document(table: RelationTable, mentions: Mentions) -> dict[int, list[Edge]]:
    edges: dict[int, list[Edge]] = defaultdict(list)
    for row in table.kept.tolist():
        names = mentions.entities[table.subject_ids[row]], mentions.entities[table.object_ids[row]]
        edges[int(mentions.documents[table.subjects[row]])].append((names[0], table.names[table.relations[row]], names[1]))
    return edges


def check(edges: Sequence[Edge], rules: RelationRules, document: str = "") -> Iterator[Contradiction]:
    """The contradictions among `edges`; the inverse of an edge and the other way round of a symmetric one are said with it."""
    said = set(edges)
    said |= {(o, rules.inverse_of(r), s) for s, r, o in edges if rules.inverse_of(r)}
    relations = sorted({relation for _, relation, _ in said})
    yield from _excluded(said, relations, rules, document)
    seen: set[frozenset[str]] = set()
    for relation in relations:
        if rules.of(relation).transitive and not rules.of(relation).symmetric:
            for circle in _circles({(s, o) for s, r, o in said if r == relation}):
                if frozenset(circle) not in seen:  # the inverse runs in the same circle
                    seen.add(frozenset(circle))
                    yield Contradiction(document, "circle", (relation,), circle)


def _excluded(said: set[Edge], relations: Sequence[str], rules: RelationRules, document: str) -> Iterator[Contradiction]:
    seen = set()
    for relation in relations:
        for other in rules.of(relation).excludes:
            for subject, name, object_ in sorted(said):
                key = (frozenset((subject, object_)), frozenset((relation, other)))
                if name == relation and (subject, other, object_) in said and key not in seen:
                    seen.add(key)
                    yield Contradiction(document, "excluded", (relation, other), (subject, object_))


def _circles(edges: set[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """The shortest circle through the first entity of every knot of entities that reach each other."""
    after: dict[str, list[str]] = defaultdict(list)
    for subject, object_ in sorted(edges):
        after[subject].append(object_)
    known: set[str] = set()
    for start in sorted(after):
        if start not in known:
            circle = _way_back(start, after)
            known |= set(circle)
            if circle:
                yield circle


def _way_back(start: str, after: dict[str, list[str]]) -> tuple[str, ...]:
    """The entities of a shortest way from `start` back to it; empty if there is none."""
    ways: dict[str, tuple[str, ...]] = {start: (start,)}
    queue = [start]
    for here in queue:
        for there in after.get(here, ()):
            if there == start:
                return ways[here]
            if there not in ways:
                ways[there] = (*ways[here], there)
                queue.append(there)
    return ()


def implied(edges: Iterable[Edge], rules: RelationRules) -> set[Edge]:
    """What follows from `edges` by transitive relations and inverses, and is not among them."""
    said = set(edges)
    known = said | {(o, rules.inverse_of(r), s) for s, r, o in said if rules.inverse_of(r)}
    for relation in sorted({r for _, r, _ in known}):
        if rules.of(relation).transitive:
            after: dict[str, set[str]] = defaultdict(set)
            for s, r, o in known:
                if r == relation:
                    after[s].add(o)
            known |= {(start, relation, end) for start in list(after) for end in _reached(start, after)}
    return known - said


def _reached(start: str, after: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    queue = [start]
    while queue:
        new = after.get(queue.pop(), set()) - seen
        seen |= new
        queue.extend(new)
    return seen - {start}
