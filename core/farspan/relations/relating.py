"""Relations of a corpus from beginning to end: mentions, pairs, connectives, negatives, and the documents that say so.

    documents with linked spans ──> Mentions ──> pairs in a triple + pairs with a connective ──> negatives ──> documents
                                          join, options                                 draw

Documents pass through in batches of whole documents; only negatives and splits look at all of them, which then are one batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from farspan.annotate import in_batches
from farspan.job import SILENT, Job
from farspan.model import Document, IntArray, LongArray, Relation
from farspan.relations.aliases import groups_of
from farspan.relations.candidates import find_in, pairs_looked_at
from farspan.relations.contradictions import Contradiction, contradictions, count_implied
from farspan.relations.cues import CueSet, find_cues, with_cues
from farspan.relations.facts import WAYS, Facts, distinct, facts_of, key_of, needs_mentions
from farspan.relations.kb import KnowledgeBase, knowledge_base
from farspan.relations.mentions import Mentions, mentions_of
from farspan.relations.negative_plans import NegativePlan
from farspan.relations.negatives import Pool, draw_negatives
from farspan.relations.options import RelationRules
from farspan.relations.scoring import Fact
from farspan.relations.table import NEGATIVE, REASONS, SOURCES, RelationTable, together
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

NO_KB = knowledge_base(())


@dataclass(frozen=True, slots=True)
class RelationPlan:
    """All that says which relations are found. aliases: ids of one entity; seed: of every draw."""

    rules: RelationRules = field(default_factory=RelationRules)
    negatives: tuple[NegativePlan, ...] = ()
    cues: tuple[CueSet, ...] = ()
    aliases: tuple[tuple[str, ...], ...] = ()
    seed: int = 0
    lang: str = "xx"
    tokenizer: str = "spacy"


@dataclass(frozen=True, slots=True, eq=False)
class Related:
    """The relations of one batch. table: in the order of the text, left-out pairs with their reasons too."""

    mentions: Mentions
    table: RelationTable
    drawn: tuple[tuple[NegativePlan, int], ...] = ()

    def documents(self, kb: KnowledgeBase, rows: LongArray | None = None) -> Iterator[Document]:
        """The documents with the relations that are kept; rows: those of them that are wanted."""
        wanted = self.table.kept if rows is None else rows
        number = self.mentions.documents[self.table.subjects[wanted]]
        bounds = np.searchsorted(number, np.arange(len(self.mentions.corpus.documents) + 1))
        for index, document in enumerate(self.mentions.corpus.documents):
            mine = wanted[bounds[index] : bounds[index + 1]]
            yield replace(document, relations=[self.relation(int(row), kb) for row in mine])

    def relation(self, row: int, kb: KnowledgeBase) -> Relation:
        """A row of the table as a relation of its document."""
        table, mentions = self.table, self.mentions
        return Relation(
            table.names[table.relations[row]],
            int(mentions.spans[table.subjects[row]]),
            int(mentions.spans[table.objects[row]]),
            mentions.entities[table.subject_ids[row]],
            mentions.entities[table.object_ids[row]],
            self.source(row, kb),
        )

    def source(self, row: int, kb: KnowledgeBase) -> str:
        """Where a relation comes from: the knowledge base and how it says so, connectives, or that it is drawn as a negative."""
        triple = int(self.table.triples[row])
        if triple < 0:
            return SOURCES[self.table.sources[row]]
        way = WAYS[self.table.ways[row]]
        return f"kb:{kb.name}" if way == "triple" else f"kb:{kb.name} ({way})"

    def facts(self) -> set[Fact]:
        """(document, subject id, object id, relation) of all that is kept, negatives aside."""
        table, mentions = self.table, self.mentions
        return {
            (
                mentions.document(table.subjects[row]).id,
                mentions.entities[table.subject_ids[row]],
                mentions.entities[table.object_ids[row]],
                table.names[table.relations[row]],
            )
            for row in table.kept.tolist()
            if table.names[table.relations[row]] != NEGATIVE
        }


@dataclass(slots=True)
class RelationReport:
    """What was found so far. left_out: by relation and reason."""

    documents: int = 0
    sentences: int = 0
    tokens: int = 0
    mentions: int = 0
    linked: int = 0
    pairs: int = 0
    ambiguous: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, Counter[str]] = field(default_factory=dict)
    bags: dict[str, LongArray] = field(default_factory=dict)  # of each relation the pairs of entities, subject << 32 | object
    negatives: Counter[str] = field(default_factory=Counter)
    wanted_negatives: Counter[str] = field(default_factory=Counter)
    contradictions: list[Contradiction] = field(default_factory=list)
    implied: int = 0

    def add(self, related: Related, rules: RelationRules, linked: int) -> None:
        """Count one batch."""
        mentions, table = related.mentions, related.table
        self.documents += len(mentions.corpus.documents)
        self.sentences += len(mentions.corpus.sentences)
        self.tokens += len(mentions.corpus)
        self.mentions += len(mentions)
        self.linked += linked
        self.pairs += pairs_looked_at(mentions, rules)
        kept = table.kept
        self.ambiguous += int((table.readings[kept] > 1).sum())
        for number, name in enumerate(table.names):
            mine = table.relations == number
            rows = kept[mine[kept]]
            self.kept[name] += len(rows)
            pairs = key_of(table.subject_ids[rows], table.object_ids[rows])
            self.bags[name] = distinct(np.concatenate([self.bags.get(name, pairs[:0]), pairs]))
            counts = np.bincount(table.reasons[mine], minlength=len(REASONS))
            reasons = {REASONS[reason]: int(count) for reason, count in enumerate(counts) if reason and count}
            self.left_out.setdefault(name, Counter()).update(reasons)
        for plan, wanted in related.drawn:
            self.wanted_negatives[str(plan)] += wanted
        self.contradictions += contradictions(table, mentions, rules)
        self.implied += count_implied(table, mentions, rules)

    def relations(self) -> list[str]:
        """The relations of which anything was found, kept or left out, negatives last."""
        names = [name for name in self.kept if (self.kept[name] or self.left_out[name]) and name != NEGATIVE]
        return [*sorted(names), *([NEGATIVE] if self.kept[NEGATIVE] else [])]


class Relater:
    """Finds the relations of documents; `report` counts what was found."""

    def __init__(self, kb: KnowledgeBase | None, plan: RelationPlan, job: Job = SILENT) -> None:
        self.kb = NO_KB if kb is None else kb
        self.plan = plan
        self.rules = with_cues(plan.rules, plan.cues)
        self.report = RelationReport()
        self._job = job
        self._labels = Vocabulary()
        self._facts: Facts | None = None

    def relate(self, documents: Iterable[Document], *, whole: bool = False) -> Iterator[Related]:
        """The relations of `documents` (tokenised if they bring no tokens), batch by batch; `whole`: in one batch."""
        vocabulary: Vocabulary | None = None
        for batch in in_batches(documents, whole=whole or bool(self.plan.negatives)):
            if vocabulary is None:
                first = batch[0].tokens
                vocabulary = (first.vocabulary if first is not None else None) or Vocabulary()
            name = "whitespace" if self.plan.tokenizer == "given" else self.plan.tokenizer
            corpus = build_corpus(batch, make_tokenizer(name, self.plan.lang, vocabulary), self.plan.lang)
            yield self.related(mentions_of(corpus, self.kb.entities, self._labels))

    def related(self, mentions: Mentions, *, every: bool = False) -> Related:
        """The relations between `mentions`, negatives and all; `every`: pairs for which nearer ones stand are there too."""
        plan = self.plan
        facts = self.facts(mentions)
        table = find_in(mentions, self.kb, facts, self.rules, lang=plan.lang, job=self._job, every=every)
        names = list(dict.fromkeys([*facts.names, *(name for cues in plan.cues for name in cues.relations), NEGATIVE]))
        table = replace(table, names=names)
        parts = [table, *(find_cues(mentions, cues, names, self.rules, plan.lang) for cues in plan.cues)]
        table = together(names, parts)
        table, drawn = self._with_negatives(mentions, facts, table)
        related = Related(mentions, table, drawn)
        linked = len(distinct(mentions.owners[_known(mentions.entity_ids, facts)].astype(np.int64)))
        self.report.add(related, self.rules, linked)
        return related

    def facts(self, mentions: Mentions) -> Facts:
        """What the knowledge base says; made anew where it depends on what is mentioned."""
        if needs_mentions(self.kb, self.rules):
            return facts_of(self.kb, self.rules, mentions.present())
        if self._facts is None:
            self._facts = facts_of(self.kb, self.rules)
        return self._facts

    def groups(self, mentions: Mentions) -> IntArray:
        """int32[entities]: which are aliases of each other."""
        return groups_of(mentions, self.plan.aliases)

    def _with_negatives(
        self, mentions: Mentions, facts: Facts, table: RelationTable
    ) -> tuple[RelationTable, tuple[tuple[NegativePlan, int], ...]]:
        if not self.plan.negatives:
            return table, ()
        positives = table.take(table.kept)
        pool = Pool(mentions, self.kb, facts, self.rules, self.groups(mentions), positives)
        parts: list[RelationTable] = []
        wanted = []
        for number, plan in enumerate(self.plan.negatives):
            taken = together(table.names, [positives, *parts])
            parts.append(draw_negatives(pool, plan, self.plan.seed + number, taken=taken, job=self._job))
            self.report.negatives[str(plan)] += len(parts[-1])
            wanted.append((plan, round(plan.ratio * len(positives))))
        return together(table.names, [table, *parts]), tuple(wanted)


def _known(ids: IntArray, facts: Facts) -> LongArray:
    known = facts.is_subject | facts.is_object
    inside = ids < len(known)
    inside[inside] = known[ids[inside]]
    return np.flatnonzero(inside)
