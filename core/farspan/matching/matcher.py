"""All candidates of one source in a corpus: every place where a name of it stands, nested and overlapping ones too."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from farspan.matching.filters import BLOCKERS, block_names
from farspan.matching.names import NameBlock, NameTokens, possible_names
from farspan.matching.plans import Plan, find
from farspan.matching.profiles import Profiles, coarse_profile, fine_profile
from farspan.matching.stream import Stream, make_stream
from farspan.model import BoolArray, IntArray
from farspan.options import MatchingOptions
from farspan.sources.lists import EntityList
from farspan.text.corpus import Corpus
from farspan.text.normalize import Profile
from farspan.text.tokenizers import Tokenizer


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The candidates of one source, by ascending start, end and name.

    starts, ends: int32[c], half-open token ranges in the corpus. names: int32[c], rows of the list. scores: float32[c], 1.0
    for an exact match. blocked: uint8[c], a number of `filters.BLOCKERS`, 0 where nothing blocks.
    """

    starts: IntArray
    ends: IntArray
    names: IntArray
    scores: npt.NDArray[np.float32]
    blocked: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.starts)


class SourceMatcher:
    """One entity list under one set of options, ready for corpora over the vocabulary of `profiles`."""

    def __init__(
        self,
        entity_list: EntityList,
        options: MatchingOptions,
        name_tokenizer: Tokenizer,
        profiles: Profiles,
        plan: Plan = "auto",
    ) -> None:
        self.entity_list = entity_list
        self.options = options
        self._profiles = profiles
        self._plan = plan
        self.coarse = coarse_profile(options, profiles.lang)
        self._fine = fine_profile(options, profiles.lang)
        batch = name_tokenizer(entity_list.surfaces)
        self.tokens = NameTokens(batch.ids, batch.offsets)
        self._blocked_names = block_names(entity_list.surfaces, self.tokens, options, self.coarse)
        self._unused_names = np.zeros(len(self.tokens), np.bool_) if options.aliases else entity_list.is_alias
        self._strict_names = _strict_names(entity_list.surfaces) if options.case == "smart" else None

    def match(self, corpus: Corpus, stream: Stream) -> Candidates:
        """Every place where a name of the list stands in `corpus`. `stream`: the corpus under `coarse`."""
        blocks = [self._without_unused(block) for block in possible_names(self.tokens, stream.table, stream.present)]
        starts, ends, names = _sorted_places(*find(stream, blocks, self._plan))
        keep = self._agrees(corpus, starts, ends, names)
        inside, same_sentence = _borders(corpus, starts, ends)
        keep &= inside
        starts, ends, names, same_sentence = starts[keep], ends[keep], names[keep], same_sentence[keep]
        blocked = self._blocked_names[names]
        if not self.options.across_sentences:
            blocked[~same_sentence & (blocked == 0)] = BLOCKERS.index("across_sentences")
        return Candidates(starts, ends, names, np.ones(len(starts), np.float32), blocked)

    def _without_unused(self, block: NameBlock) -> NameBlock:
        if not self._unused_names.any():
            return block
        used = ~self._unused_names[block.names]
        return NameBlock(block.names[used], block.tokens[used])

    def _agrees(self, corpus: Corpus, starts: IntArray, ends: IntArray, names: IntArray) -> BoolArray:
        """Whether each place agrees with its name as `case` asks, beyond the coarse form it was found by."""
        agrees = np.ones(len(starts), np.bool_)
        if self.options.case in {"exact", "ignore"} or not len(starts):
            return agrees
        table = self._profiles.forms(self._fine).table()
        strict = np.ones(len(starts), np.bool_) if self._strict_names is None else self._strict_names[names]
        first_tokens = self.tokens.offsets[names]
        for depth in range(int((ends - starts).max())):
            here = np.flatnonzero(strict & agrees & (ends - starts > depth))
            text, name = corpus.ids[starts[here] + depth], self.tokens.ids[first_tokens[here] + depth]
            same = table[text] == table[name]
            if depth == 0:
                same |= self._first_may_differ(corpus, starts[here]) & self._same_but_first(text, name)
            agrees[here] = same
        return agrees

    def _first_may_differ(self, corpus: Corpus, starts: IntArray) -> BoolArray:
        """Under `first` every match may differ in its first character, under `smart` only one that begins a sentence."""
        if self.options.case == "first":
            return np.ones(len(starts), np.bool_)
        return corpus.sentences[np.searchsorted(corpus.sentences, starts, "right") - 1] == starts

    def _same_but_first(self, text: IntArray, name: IntArray) -> BoolArray:
        fine = self._fine
        table = self._profiles.forms(Profile("first", fine.diacritics, fine.marks, fine.turkic)).table()
        return table[text] == table[name]


def _sorted_places(starts: IntArray, ends: IntArray, names: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """The places by start, end and name. One 64-bit key sorts some five times faster than three columns, where it fits."""
    if not len(starts):
        return starts, ends, names
    name_bits = int(names.max()).bit_length()
    length_bits = int((ends - starts).max()).bit_length()
    if name_bits + length_bits + 31 > 63:
        order = np.lexsort((names, ends, starts))
        return starts[order], ends[order], names[order]
    keys = (starts.astype(np.int64) << length_bits | (ends - starts)) << name_bits | names
    keys.sort()
    begins = (keys >> (length_bits + name_bits)).astype(np.int32)
    lengths = (keys >> name_bits & ((1 << length_bits) - 1)).astype(np.int32)
    return begins, begins + lengths, (keys & ((1 << name_bits) - 1)).astype(np.int32)


def _borders(corpus: Corpus, starts: IntArray, ends: IntArray) -> tuple[BoolArray, BoolArray]:
    """For each place, whether it lies in one document, and whether in one sentence. Only places of many tokens are looked up."""
    in_document = np.ones(len(starts), np.bool_)
    in_sentence = np.ones(len(starts), np.bool_)
    many = np.flatnonzero(ends - starts > 1)
    first, last = starts[many], ends[many] - 1
    in_sentence[many] = corpus.sentence_of(first) == corpus.sentence_of(last)
    crossing = many[~in_sentence[many]]
    in_document[crossing] = corpus.document_of(starts[crossing]) == corpus.document_of(ends[crossing] - 1)
    return in_document, in_sentence


def _strict_names(surfaces: list[str]) -> BoolArray:
    """Names that `smart` compares with their case: up to three characters, or all capitals (NATO, not Nato)."""
    flags = (len(surface) <= 3 or surface.isupper() for surface in surfaces)
    return np.fromiter(flags, np.bool_, len(surfaces))


def stream_of(corpus: Corpus, profiles: Profiles, profile: Profile) -> Stream:
    """`corpus` under `profile`."""
    return make_stream(corpus.ids, profiles.forms(profile))
