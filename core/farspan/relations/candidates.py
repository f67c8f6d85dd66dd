"""Distant supervision: two mentions that stand near each other and whose entities stand in a triple are a relation.

Mintz et al. 2009. A block of pairs of readings is looked up in the sorted keys of the facts at once; what is found is then held
against the options of its relation, and a pair that is left out keeps the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from farspan.job import SILENT, Job
from farspan.model import BoolArray, Document, IntArray, LongArray
from farspan.relations.facts import Facts, facts_of
from farspan.relations.kb import KnowledgeBase
from farspan.relations.mentions import Mentions, mentions_of
from farspan.relations.options import Level, RelationRules
from farspan.relations.pairs import count_pairs, pair_blocks, reaches
from farspan.relations.phrases import PhraseFinder
from farspan.relations.rules import Ground, Tested, reasons_of, together_tested
from farspan.relations.table import REASONS, RelationTable, concatenated, in_order, together
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

_NEARER = REASONS.index("nearer")


def find(
    documents: list[Document],
    kb: KnowledgeBase,
    rules: RelationRules,
    *,
    lang: str = "xx",
    tokenizer: str = "spacy",
    job: Job = SILENT,
) -> tuple[Mentions, RelationTable]:
    """The relations between the linked mentions of `documents`, which are tokenised if they bring no tokens."""
    mentions = mentions_of(build_corpus(documents, make_tokenizer(tokenizer, lang, Vocabulary()), lang), kb.entities)
    return mentions, find_in(mentions, kb, facts_of(kb, rules, mentions.present()), rules, lang=lang, job=job)


def find_in(
    mentions: Mentions,
    kb: KnowledgeBase,
    facts: Facts,
    rules: RelationRules,
    *,
    lang: str = "xx",
    job: Job = SILENT,
    every: bool = False,
) -> RelationTable:
    """All pairs of mentions that a fact joins, kept or with the reason why not.

    At document level the nearest pair of mentions that fits stands for its entities; `every`: the others are there too, left out
    as ``nearer``.
    """
    ground = Ground(mentions, kb, facts, rules, PhraseFinder(mentions.corpus, lang))
    tables = []
    for level in sorted({rules.level_of(name) for name in facts.names}, key=str):
        wanted = np.array([rules.level_of(name) == level for name in facts.names], np.bool_)
        blocks = [in_order(_tested(block, ground)) for block in _joined(ground, level, wanted, job)]
        table = concatenated(facts.names, blocks)
        tables.append(_nearest(table, mentions, rules, every=every) if level.is_document else table)
    return together(facts.names, tables)


def _joined(ground: Ground, level: Level, wanted: BoolArray, job: Job) -> Iterator[Tested]:
    """Every pair of readings of mentions within `level` that a fact of a wanted relation joins, either way round, by blocks."""
    mentions, facts = ground.mentions, ground.facts
    rows, owners = _useful_readings(ground)
    reach = reaches(mentions.documents[owners], mentions.sentences[owners], level)
    ids = mentions.entity_ids[rows]
    has_several = bool((owners[1:] == owners[:-1]).any())
    for first, second in pair_blocks(reach):
        job.progress(int(first[0]), len(rows), "joining")
        if has_several:
            other = owners[first] != owners[second]
            first, second = first[other], second[other]  # noqa: PLW2901
        yield together_tested(
            [_hits(facts, wanted, owners, ids, pair) for pair in ((first, second), (second, first))],
        )


def _hits(facts: Facts, wanted: BoolArray, owners: IntArray, ids: IntArray, pair: tuple[LongArray, LongArray]) -> Tested:
    """The pairs of readings, the first of each the subject, of which a fact of a wanted relation is known; once for each fact."""
    one, two = pair
    keys = facts.find(ids[one], ids[two])
    hit = np.flatnonzero(keys >= 0)
    begin = facts.offsets[keys[hit]]
    counts = facts.offsets[keys[hit] + 1] - begin
    again = np.repeat(hit, counts)
    fact = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(begin, counts)
    if not wanted.all():
        mine = wanted[facts.relations[fact]]
        again, fact = again[mine], fact[mine]
    one, two = one[again], two[again]
    return Tested(owners[one], owners[two], ids[one], ids[two], fact)


def _useful_readings(ground: Ground) -> tuple[LongArray, IntArray]:
    """The readings whose entity any fact knows, and their mentions."""
    known = ground.facts.is_subject | ground.facts.is_object
    ids = ground.mentions.entity_ids
    useful = ids < len(known)
    useful[useful] = known[ids[useful]]
    rows = np.flatnonzero(useful)
    return rows, ground.mentions.owners[rows]


def _tested(pairs: Tested, ground: Ground) -> RelationTable:
    mentions, facts = ground.mentions, ground.facts
    table = RelationTable(
        facts.names,
        pairs.subjects,
        pairs.objects,
        pairs.subject_ids,
        pairs.object_ids,
        facts.relations[pairs.facts],
        facts.triples[pairs.facts],
        facts.ways[pairs.facts],
        reasons_of(pairs, ground),
        pairs.distances(mentions),
        ground.readings[pairs.subjects] * ground.readings[pairs.objects],
        np.zeros(len(pairs.facts), np.uint8),
    )
    twice = _said_twice(table, ground.rules)
    return table.take(~twice) if twice.any() else table


def _said_twice(table: RelationTable, rules: RelationRules) -> BoolArray:
    """bool[n]: rows of a symmetric relation whose subject stands second: the same pair is there with its first mention first."""
    symmetric = np.array([rules.of(name).symmetric for name in table.names], np.bool_)
    turned: BoolArray = symmetric[table.relations] & (table.subjects > table.objects)
    return turned


def _nearest(table: RelationTable, mentions: Mentions, rules: RelationRules, *, every: bool) -> RelationTable:
    """At document level: of all mentions of a pair of entities, the nearest that fit; where none does, the nearest."""
    symmetric = np.array([rules.of(name).symmetric for name in table.names], np.bool_)[table.relations]
    low = np.where(symmetric, np.minimum(table.subject_ids, table.object_ids), table.subject_ids)
    high = np.where(symmetric, np.maximum(table.subject_ids, table.object_ids), table.object_ids)
    documents = mentions.documents[table.subjects]
    order = np.lexsort(
        (table.objects, table.subjects, table.distances, table.reasons != 0, high, low, table.relations, documents)
    )
    columns = (documents, table.relations, low, high)
    is_first = np.zeros(len(order), np.bool_)
    if len(order):
        is_first[0] = True
    for column in columns:
        is_first[1:] |= column[order][1:] != column[order][:-1]
    if not every:
        return table.take(order[is_first])
    reasons = table.reasons.copy()
    others = order[~is_first]
    reasons[others[reasons[others] == 0]] = _NEARER
    return replace(table, reasons=reasons)


def pairs_looked_at(mentions: Mentions, rules: RelationRules) -> int:
    """How many pairs of mentions stand near enough for the widest level in use."""
    levels = {rules.level_of("")} | {rules.level_of(name) for name in rules.options}
    return max(count_pairs(reaches(mentions.documents, mentions.sentences, level)) for level in levels)
