"""Pairs of mentions against triples: a million sentences and a million triples, beside a pandas merge and a naive loop."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations

import numpy as np
import pandas as pd

from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import in_turn
from farspan.model import Document, Triple
from farspan.relations.candidates import find_in
from farspan.relations.facts import facts_of
from farspan.relations.kb import KnowledgeBase, knowledge_base
from farspan.relations.mentions import Mentions
from farspan.relations.options import RelationRules
from farspan.text.corpus import Corpus
from farspan.text.vocabulary import Vocabulary

SECTION = "Relations: pairs of mentions in one sentence that stand in a triple (mentions are linked)"
TOKENS = 20  # of a sentence
SENTENCES = 50  # of a document
RULES = RelationRules()


def measure(setting: Setting, results: Results) -> None:
    """The join at a tenth and at the full size; the naive loop at a hundredth, where it ends in time."""
    full = 1_000_000 if setting.full else 100_000
    for size in (full // 10, full):
        kb, mentions = world(size)
        sides = {"farspan": lambda kb=kb, mentions=mentions: join(kb, mentions)}
        sides["pandas merge"] = lambda kb=kb, mentions=mentions: merged(kb, mentions)
        if size < 200_000:
            sides["naive loop"] = lambda kb=kb, mentions=mentions: looped(kb, mentions)
        found = {name: checksum(work()) for name, work in sides.items()}
        note = "the same pairs" if len(set(found.values())) == 1 else "not the same pairs"
        results.compare(SECTION, f"{size:,} sentences x {size:,} triples", in_turn(sides, setting.rounds), found, note)


def world(size: int) -> tuple[KnowledgeBase, Mentions]:
    """`size` triples over as many entities, and `size` sentences with three mentions each; few entities are named often."""
    random = np.random.default_rng(7)
    common = (size ** random.random(4 * size)).astype(np.int64) - 1  # the entity of rank r is named as often as 1 / r
    names = [f"Q{number}" for number in range(size)]
    ends = random.permutation(np.concatenate([common[: size // 2], random.integers(0, size, 2 * size - size // 2)]))
    kinds = random.integers(0, 40, size)
    kb = knowledge_base(Triple(names[s], f"P{k}", names[o]) for s, o, k in zip(ends[:size], ends[size:], kinds, strict=True))
    ids = np.where(random.random(3 * size) < 0.5, common[: 3 * size], random.integers(0, size, 3 * size))
    return kb, mentions_of_numbers(kb, kb.entities.intern([names[number] for number in ids.tolist()]), size)


def mentions_of_numbers(kb: KnowledgeBase, entities: np.ndarray, size: int) -> Mentions:
    """Three mentions of one token in each of `size` sentences."""
    sentences = np.repeat(np.arange(size, dtype=np.int32), 3)
    starts = (sentences * TOKENS + np.tile([2, 8, 15], size)).astype(np.int32)
    documents = max(size // SENTENCES, 1)
    bounds = np.arange(documents + 1) * SENTENCES * TOKENS
    corpus = Corpus(
        [Document(str(number), "") for number in range(documents)], Vocabulary(), np.zeros(size * TOKENS, np.int32),
        np.zeros(size * TOKENS, np.int32), np.zeros(size * TOKENS, np.int32), bounds, np.arange(size) * TOKENS,
    )  # fmt: skip
    nothing = np.zeros(len(starts), np.int32)
    return Mentions(
        corpus, sentences // SENTENCES, sentences, starts, starts + 1, nothing, nothing, Vocabulary(["X"]),
        np.arange(len(starts) + 1), entities, kb.entities,
    )  # fmt: skip


def join(kb: KnowledgeBase, mentions: Mentions) -> np.ndarray:
    """Facts and pairs, as the command finds them."""
    table = find_in(mentions, kb, facts_of(kb, RULES), RULES)
    table = table.take(table.kept)
    return np.stack([table.subjects, table.objects, table.relations], axis=1)


def merged(kb: KnowledgeBase, mentions: Mentions) -> np.ndarray:
    """The same by pandas: mentions joined with themselves by sentence, then with the triples."""
    one = pd.DataFrame({"sentence": mentions.sentences, "mention": np.arange(len(mentions)), "entity": mentions.entity_ids})
    pairs = one.merge(one, on="sentence", suffixes=("_s", "_o"))
    pairs = pairs[(pairs.mention_s != pairs.mention_o) & (pairs.entity_s != pairs.entity_o)]
    triples = pd.DataFrame({"entity_s": kb.subjects, "entity_o": kb.objects, "relation": kb.relation_ids}).drop_duplicates()
    found = pairs.merge(triples, on=["entity_s", "entity_o"])
    return found[["mention_s", "mention_o", "relation"]].to_numpy()


def looped(kb: KnowledgeBase, mentions: Mentions) -> np.ndarray:
    """The same by a loop over sentences and a dictionary of triples."""
    relations = defaultdict(set)
    for subject, relation, object_ in zip(kb.subjects.tolist(), kb.relation_ids.tolist(), kb.objects.tolist(), strict=True):
        relations[subject, object_].add(relation)
    groups = defaultdict(list)
    for mention, (sentence, entity) in enumerate(zip(mentions.sentences.tolist(), mentions.entity_ids.tolist(), strict=True)):
        groups[sentence].append((mention, entity))
    found = []
    for group in groups.values():
        for (one, subject), (other, object_) in permutations(group, 2):
            if subject != object_:
                found += [(one, other, relation) for relation in relations.get((subject, object_), ())]
    return np.array(found)


def checksum(rows: np.ndarray) -> str:
    """How many pairs there are, and a number that only the same pairs give."""
    mixed = (rows.astype(np.uint64) * np.array([1_000_003, 7_919, 31], np.uint64)).sum(axis=1)
    return f"{len(rows):,} pairs ({int(np.bitwise_xor.reduce(mixed * mixed)) % 10**6})"
