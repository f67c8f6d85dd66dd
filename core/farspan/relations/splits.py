"""Relations parted for training, development and testing by what must not be on two sides: pairs, entities or documents.

Units (pairs of entities, groups of entities, documents) are shuffled and cut so that relations come near the shares asked for.
By pair and by entity, a sentence with relations of several parts goes to the part that has most of them there, and its other
relations are left out, so that no sentence is on two sides either; sentences that are alike count as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from farspan.errors import OptionError
from farspan.model import IntArray, LongArray
from farspan.relations.aliases import alias_groups, normal_name
from farspan.relations.alike import near_groups
from farspan.relations.mentions import Mentions
from farspan.relations.table import RelationTable
from farspan.text.vocabulary import Vocabulary

By = Literal["pair", "entity", "document"]
PARTS: Final = ("train", "dev", "test")
LEFT_OUT: Final = 255
"""The part of a relation that could stay on no side."""

_FAIR: Final = 0.5  # by entity: each part gets at least half of its share, or entities are parted one by one

Parts = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """What relations are parted by, and the share of each of PARTS."""

    by: By
    shares: tuple[float, float, float] = (0.8, 0.1, 0.1)

    def __post_init__(self) -> None:
        if self.by not in get_args(By):
            raise OptionError(f"no split is called {self.by!r}", remedy=f"choose one of: {', '.join(get_args(By))}")
        if not (min(self.shares) >= 0 and abs(sum(self.shares) - 1) <= 1e-6):  # so that NaN fails
            shown = ", ".join(f"--{name} {share:g}" for name, share in zip(PARTS, self.shares, strict=True))
            raise OptionError(f"the shares {shown} are not possible", remedy="give three shares from 0 to 1 that add up to 1")


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Who goes where. rows: uint8[n], the part of each row of the table, LEFT_OUT for none; documents: uint8[d]."""

    rows: Parts
    documents: Parts

    def counts(self) -> dict[str, int]:
        """How many relations each part has."""
        return {name: int((self.rows == number).sum()) for number, name in enumerate(PARTS)}

    @property
    def left_out(self) -> int:
        """How many relations are in no part."""
        return int((self.rows == LEFT_OUT).sum())


def split_relations(table: RelationTable, mentions: Mentions, plan: SplitPlan, seed: int, groups: IntArray) -> Split:
    """The part of every row of `table` (all of them kept ones). groups: int32[entities], aliases share a group."""
    documents = mentions.documents[table.subjects].astype(np.int64)
    random = np.random.default_rng(seed)
    if plan.by == "document":
        units = np.arange(len(mentions.corpus.documents))
        parts = _cut(units, np.bincount(documents, minlength=len(units)), plan, random)
        return Split(parts[documents], parts)
    one, two = groups[table.subject_ids].astype(np.int64), groups[table.object_ids].astype(np.int64)
    if plan.by == "pair":
        units, numbers = np.unique(np.minimum(one, two) << 32 | np.maximum(one, two), return_inverse=True)
        parts = _cut(units, np.bincount(numbers, minlength=len(units)), plan, random)[numbers]
    else:
        parts = _by_entity(one, two, plan, random)
    parts = _one_part_a_sentence(parts, table, mentions)
    return Split(parts, _of_documents(parts, documents, len(mentions.corpus.documents)))


def _cut(units: LongArray, weights: npt.NDArray[np.integer], plan: SplitPlan, random: np.random.Generator) -> Parts:
    """uint8[units]: the shuffled units cut where the shares of the total weight end; units without weight count a little."""
    order = random.permutation(len(units))
    weight = weights[order] + 1e-6
    middles = (np.cumsum(weight) - weight / 2) / max(weight.sum(), 1e-9)
    parts = np.empty(len(units), np.uint8)
    parts[order] = np.searchsorted(np.cumsum(plan.shares)[:-1], middles, "right")
    return parts


def _by_entity(one: LongArray, two: LongArray, plan: SplitPlan, random: np.random.Generator) -> Parts:
    """Entities that relations join in chains stay together; where one chain is too large, entities are parted one by one."""
    entities, numbers = np.unique(np.concatenate([one, two]), return_inverse=True)
    first, second = numbers[: len(one)].astype(np.int32), numbers[len(one) :].astype(np.int32)
    chains = alias_groups(len(entities), [(first, second)])
    weights = np.bincount(chains[first], minlength=int(chains.max(initial=-1)) + 1)
    parts = _fill(weights, plan, random)[chains[first]]
    got = np.bincount(parts, minlength=3) / max(len(parts), 1)
    if (got >= _FAIR * np.array(plan.shares)).all():
        return parts
    # A relation is within a part with the square of its entities' share: shares are drawn so that the squares are as asked.
    roots = np.sqrt(plan.shares)
    fair = SplitPlan("entity", tuple(roots / roots.sum()))
    of_entity = _cut(np.arange(len(entities)), np.bincount(np.concatenate([first, second])), fair, random)
    return np.where(of_entity[first] == of_entity[second], of_entity[first], np.uint8(LEFT_OUT)).astype(np.uint8)


def _fill(weights: npt.NDArray[np.integer], plan: SplitPlan, random: np.random.Generator) -> Parts:
    """uint8[units]: the largest first, each to the part that is furthest below its share."""
    order = np.lexsort((random.random(len(weights)), -weights))
    total, have = float(weights.sum()), [0.0, 0.0, 0.0]
    parts = np.zeros(len(weights), np.uint8)
    for unit in order.tolist():
        part = max(range(3), key=lambda number: plan.shares[number] * total - have[number])
        parts[unit] = part
        have[part] += float(weights[unit])
    return parts


def _one_part_a_sentence(parts: Parts, table: RelationTable, mentions: Mentions) -> Parts:
    """`parts` with the relations left out whose sentence belongs to another part; the part with most relations there has it."""
    wording = sentence_wordings(mentions)
    one, two = wording[mentions.sentences[table.subjects]], wording[mentions.sentences[table.objects]]
    inside = parts != LEFT_OUT
    votes = np.zeros((int(wording.max(initial=-1)) + 1, len(PARTS)), np.int32)
    for sentences in (one, two):
        np.add.at(votes, (sentences[inside], parts[inside]), 1)
    # Of equal parts the last has it: tests are the smallest and suffer most.
    owners = (len(PARTS) - 1 - votes[:, ::-1].argmax(axis=1)).astype(np.uint8)
    return np.where(inside & (owners[one] == parts) & (owners[two] == parts), parts, np.uint8(LEFT_OUT)).astype(np.uint8)


def sentence_wordings(mentions: Mentions) -> IntArray:
    """int32[sentences]: a number for the wording of each sentence that holds a mention, the same for alike ones; -1: others."""
    corpus = mentions.corpus
    numbers = np.full(len(corpus.sentences), -1, np.int32)
    wordings = Vocabulary()
    lasts = np.append(corpus.sentences[1:], len(corpus)) - 1
    for sentence in np.unique(mentions.sentences).tolist():
        document = corpus.documents[int(corpus.document_of(corpus.sentences[sentence : sentence + 1])[0])]
        text = document.text[int(corpus.starts[corpus.sentences[sentence]]) : int(corpus.ends[lasts[sentence]])]
        numbers[sentence] = wordings.intern([normal_name(text)])[0]
    groups = np.append(near_groups(wordings.strings), np.int32(-1))
    return groups[numbers]


def _of_documents(parts: Parts, documents: LongArray, count: int) -> Parts:
    """uint8[d]: the part of a document whose relations are all in one; LEFT_OUT where it has none or has several."""
    found = np.full(count, LEFT_OUT, np.uint8)
    for part in range(len(PARTS)):
        has = np.zeros(count, np.bool_)
        has[documents[parts == part]] = True
        found[has] = part
    return found
