"""The options of relations held against pairs: which was the first to leave a pair out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import cast

import numpy as np

from farspan.model import BoolArray, IntArray, LongArray
from farspan.relations.facts import TURNED, Facts
from farspan.relations.kb import KnowledgeBase
from farspan.relations.mentions import Mentions
from farspan.relations.options import RelationOptions, RelationRules
from farspan.relations.phrases import PhraseFinder
from farspan.relations.table import REASONS, Bytes
from farspan.text.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Tested:
    """Pairs to be tested: mentions and entities of subject and object, int32[n], and their fact, int64[n]."""

    subjects: IntArray
    objects: IntArray
    subject_ids: IntArray
    object_ids: IntArray
    facts: LongArray

    def take(self, rows: LongArray) -> Tested:
        """The rows chosen."""
        return Tested(self.subjects[rows], self.objects[rows], self.subject_ids[rows], self.object_ids[rows], self.facts[rows])

    def gaps(self, mentions: Mentions) -> tuple[IntArray, IntArray]:
        """Where the tokens between the two mentions begin and end; where mentions overlap the end is before the begin."""
        first, second = np.minimum(self.subjects, self.objects), np.maximum(self.subjects, self.objects)
        return mentions.ends[first], mentions.starts[second]

    def distances(self, mentions: Mentions) -> IntArray:
        """int32[n]: tokens between the two mentions, 0 where they touch or overlap."""
        begin, end = self.gaps(mentions)
        between: IntArray = np.maximum(end - begin, 0)
        return between


def together_tested(parts: Sequence[Tested]) -> Tested:
    """`parts` one after the other."""
    return Tested(*(np.concatenate([getattr(part, item.name) for part in parts]) for item in fields(Tested)))


@dataclass(frozen=True, eq=False)
class Ground:
    """What pairs are tested against: their mentions, the knowledge base with all it says, the rules, the words of the text."""

    mentions: Mentions
    kb: KnowledgeBase
    facts: Facts
    rules: RelationRules
    finder: PhraseFinder

    @cached_property
    def readings(self) -> IntArray:
        """int32[m]: how many entities each mention may name."""
        return self.mentions.readings

    @cached_property
    def sources(self) -> LongArray:
        """int64[documents]: the number of each document among the sources of the knowledge base, -1 for none."""
        known = self.kb.sources
        return np.array([known.id_of(document.id) for document in self.mentions.corpus.documents], np.int64)


def reasons_of(pairs: Tested, ground: Ground) -> Bytes:
    """uint8[n]: the first reason that leaves each pair out, 0 where none does."""
    facts = ground.facts
    reasons = np.zeros(len(pairs.facts), np.uint8)
    options = [ground.rules.of(name) for name in facts.names]
    different = list(dict.fromkeys(options))
    kind = np.array([different.index(one) for one in options], np.int32)[facts.relations[pairs.facts]]
    for number, one in enumerate(different):
        rows = np.flatnonzero(kind == number)
        tests = _Tests(pairs if len(rows) == len(kind) else pairs.take(rows), ground, one)
        for reason, breaks in tests.in_turn():
            broken = rows[(reasons[rows] == 0) & breaks()]
            reasons[broken] = REASONS.index(reason)
    return reasons


@dataclass(frozen=True, slots=True, eq=False)
class _Tests:
    """The tests that pairs of one relation must pass."""

    pairs: Tested
    ground: Ground
    options: RelationOptions

    def in_turn(self) -> Iterator[tuple[str, Callable[[], BoolArray]]]:
        """Each reason with what says which pairs it leaves out; only those that options ask for."""
        options, pairs = self.options, self.pairs
        if not options.active:
            yield "active", lambda: np.ones(len(pairs.facts), np.bool_)
        yield "overlap", self._overlaps
        yield "same_entity", lambda: pairs.subject_ids == pairs.object_ids
        if options.unique:
            yield "unique", self._is_ambiguous
        for side in ("subject", "object"):
            if getattr(options, f"{side}_types"):
                yield f"{side}_types", lambda side=side: self._has_other_type(side)  # type: ignore[misc]
        if options.direction != "any":
            yield "direction", lambda: (pairs.subjects > pairs.objects) == (options.direction == "forward")
        if options.min_distance:
            yield "min_distance", lambda: pairs.distances(self.ground.mentions) < options.min_distance
        if options.max_distance >= 0:
            yield "max_distance", lambda: pairs.distances(self.ground.mentions) > options.max_distance
        yield from self._words()
        if self.ground.rules.exclude_evidence:
            yield "exclude_evidence", self._is_evidence

    def _words(self) -> Iterator[tuple[str, Callable[[], BoolArray]]]:
        options = self.options
        begin, end = self.pairs.gaps(self.ground.mentions)
        end = np.maximum(end, begin)
        if options.between:
            yield "between", lambda: ~self.ground.finder.find("between", options.between).cover(begin, end)
        if options.not_between:
            yield "not_between", lambda: self.ground.finder.find("not_between", options.not_between).stand_in(begin, end)
        if options.triggers:
            yield "triggers", lambda: ~self._has_trigger(begin, end)

    def _overlaps(self) -> BoolArray:
        begin, end = self.pairs.gaps(self.ground.mentions)
        return begin > end

    def _is_ambiguous(self) -> BoolArray:
        readings = self.ground.readings
        ambiguous: BoolArray = (readings[self.pairs.subjects] > 1) | (readings[self.pairs.objects] > 1)
        return ambiguous

    def _has_other_type(self, side: str) -> BoolArray:
        wanted = set(getattr(self.options, f"{side}_types"))
        labels = _members(self.ground.mentions.labels, wanted)[self.ground.mentions.label_ids[getattr(self.pairs, f"{side}s")]]
        triples, is_turned = self.ground.facts.triples[self.pairs.facts], self.ground.facts.ways[self.pairs.facts] >= TURNED
        own, other = (self.ground.kb.subject_types, self.ground.kb.object_types)[:: 1 if side == "subject" else -1]
        fits = labels | _members(self.ground.kb.types, wanted)[np.where(is_turned, other[triples], own[triples])]
        return cast("BoolArray", ~fits)

    def _has_trigger(self, begin: IntArray, end: IntArray) -> BoolArray:
        phrases = self.ground.finder.find("triggers", self.options.triggers)
        found = phrases.stand_in(begin, end)
        if self.options.trigger_scope == "between":
            return found
        mentions, pairs = self.ground.mentions, self.pairs
        first, second = np.minimum(pairs.subjects, pairs.objects), np.maximum(pairs.subjects, pairs.objects)
        sentences = np.append(mentions.corpus.sentences, len(mentions.corpus))
        found |= phrases.stand_in(sentences[mentions.sentences[first]], mentions.starts[first])
        after = sentences[mentions.sentences[second] + 1]
        # A mention that runs over the end of its sentence has nothing after it.
        return found | phrases.stand_in(mentions.ends[second], np.maximum(after, mentions.ends[second]))

    def _is_evidence(self) -> BoolArray:
        documents = self.ground.mentions.documents[self.pairs.subjects]
        return ~self.ground.facts.has_other_evidence(self.pairs.facts, self.ground.sources[documents])


def _members(vocabulary: Vocabulary, wanted: set[str]) -> BoolArray:
    return np.fromiter((string in wanted for string in vocabulary.strings), np.bool_, len(vocabulary))
