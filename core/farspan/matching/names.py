"""The names of a list as arrays over the type vocabulary, and the part of them that a corpus can hold at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from farspan.model import BoolArray, IntArray, LongArray
from farspan.sources.lists import EntityList
from farspan.text.capitals import are_all_capitals
from farspan.text.columns import is_big, tell
from farspan.text.graphemes import cluster_counts
from farspan.text.tokens import TokenBatch, Tokenizer

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, eq=False)
class NameTokens:
    """The tokens of n names. ids: int32[m], type ids; offsets: int64[n + 1], name i holds ids[offsets[i]:offsets[i + 1]].

    spaces: bool[m], whether white space stands before a token, where that is looked at.
    """

    ids: IntArray
    offsets: LongArray
    spaces: BoolArray | None = None

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> IntArray:
        """int32[n]: tokens in each name."""
        return np.diff(self.offsets).astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class NameBlock:
    """The names of one length: names int32[k], the row of each; tokens int32[k, length], normal ids."""

    names: IntArray
    tokens: IntArray

    @property
    def length(self) -> int:
        """Tokens in each name of this block."""
        return int(self.tokens.shape[1])


def possible_names(tokens: NameTokens, table: IntArray, present: BoolArray) -> Iterator[NameBlock]:
    """The names all of whose tokens occur in the corpus, in one block a length, shortest first.

    table: type id -> normal id; present: bool[types], by normal id, what the corpus holds.
    """
    lengths = tokens.lengths
    normal = table[tokens.ids]
    absent = np.zeros(len(normal) + 1, np.int32)
    np.cumsum(~present[normal], out=absent[1:])
    possible = (absent[tokens.offsets[1:]] == absent[tokens.offsets[:-1]]) & (lengths > 0)
    names = np.flatnonzero(possible).astype(np.int32)
    kept_lengths = lengths[names]
    for length in np.flatnonzero(np.bincount(kept_lengths)) if len(names) else ():
        block = names[kept_lengths == length]
        where = tokens.offsets[block][:, None] + np.arange(length)
        yield NameBlock(block, normal[where])


@dataclass(frozen=True, eq=False)
class Patterns:
    """What of a list is looked for: its names, after them perhaps parts of names, one row each.

    surfaces: as written. owners: int32[patterns], the name that each belongs to; None where every pattern is a name. words: int32
    [patterns], tokens in each, where `tokens` holds something else than words. names: the patterns that the first of these are.
    """

    surfaces: Sequence[str]
    tokens: NameTokens
    owners: IntArray | None = None
    words: IntArray | None = None
    names: Patterns | None = None

    def __len__(self) -> int:
        return len(self.surfaces)

    @property
    def word_lengths(self) -> IntArray:
        """int32[patterns]: words in each."""
        return self.tokens.lengths if self.words is None else self.words

    @cached_property
    def characters(self) -> LongArray:
        """int64[patterns]: length of each in grapheme clusters (Unicode Standard Annex 29)."""
        if self.names is None:
            return cluster_counts(self.surfaces)
        return np.concatenate([self.names.characters, cluster_counts(self.surfaces[len(self.names) :])])

    @cached_property
    def strict(self) -> BoolArray:
        """bool[patterns]: those that `case=smart` compares with their case: up to three characters, or all capitals (NATO)."""
        return are_all_capitals(self.surfaces) | (self.characters <= 3)

    @cached_property
    def have_capitals(self) -> BoolArray:
        """bool[patterns]: those with a capital."""
        return tell(self.surfaces, lambda column: column.has(is_big), lambda one: one != one.lower())


class PreparedList:
    """One entity list over a vocabulary: tokenised once, and what follows from its names alone worked out once."""

    def __init__(self, entity_list: EntityList, tokenizer: Tokenizer) -> None:
        self.entity_list = entity_list
        self.vocabulary = tokenizer.vocabulary
        self.batch: TokenBatch = tokenizer(entity_list.surfaces)
        self.names = Patterns(entity_list.surfaces, NameTokens(self.batch.ids, self.batch.offsets))
        self._made: dict[object, Any] = {}

    def look_ahead(self) -> None:
        """Work out what many options ask of the names alone, so that the first change of one need not wait for it."""
        _ = self.names.strict, self.names.have_capitals

    def once(self, key: object, make: Callable[[PreparedList], Made]) -> Made:
        """`make(self)`, made once for each `key`: what follows from the names and a few options alone."""
        if key not in self._made:
            self._made[key] = make(self)
        made: Made = self._made[key]
        return made
