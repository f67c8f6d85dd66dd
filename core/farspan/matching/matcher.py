"""All candidates of one source in a corpus: every place where a name of it stands, nested and overlapping ones too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from farspan.matching.characters import CharacterCorpus, character_bases, check_anywhere, in_characters
from farspan.matching.context import ContextRules
from farspan.matching.expressions import Hit, PatternMatcher
from farspan.matching.filters import BLOCKERS, block_names
from farspan.matching.fuzzy import FuzzyIndex
from farspan.matching.grades import grade, is_inside_exact
from farspan.matching.names import NameBlock, PreparedList, possible_names
from farspan.matching.parts import split_names
from farspan.matching.plans import Plan, find
from farspan.matching.profiles import Profiles, coarse_view, fine_view
from farspan.matching.risk import NameUses
from farspan.matching.stream import Stream
from farspan.matching.uses import name_uses
from farspan.matching.views import ViewedCorpus, stream_of
from farspan.model import BoolArray, IntArray, LongArray
from farspan.options import MatchingOptions
from farspan.text.corpus import Corpus
from farspan.text.lemmas import OFF

__all__ = ["Candidates", "Places", "SourceMatcher", "stream_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where the names of one source stand, by ascending start, end and name; nothing filtered yet.

    starts, ends: int32[c], half-open token ranges in the corpus. names: int32[c], rows of the list. scores: float32[c], 1.0
    for an exact match. in_sentence: bool[c], whether a place lies in one sentence. patterns: int32[c], what of the name stands
    there (see `Patterns`). is_shadowed: bool[c], whether a fuzzy match lies inside an exact one of the list; None: none does.
    char_starts, char_ends: int32[c], code points in the document, where names may begin and end inside a token; then the token
    ranges are those that cover them, and the order is that of the characters.
    """

    starts: IntArray
    ends: IntArray
    names: IntArray
    scores: npt.NDArray[np.float32]
    in_sentence: BoolArray
    patterns: IntArray
    is_shadowed: BoolArray | None = None
    char_starts: IntArray | None = None
    char_ends: IntArray | None = None

    def __len__(self) -> int:
        return len(self.starts)

    def take(self, rows: LongArray) -> Places:
        """The places `rows` alone."""
        columns: dict[str, Any] = {item.name: getattr(self, item.name) for item in fields(self)}
        taken: dict[str, Any] = {name: None if column is None else column[rows] for name, column in columns.items()}
        return Places(**taken)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The candidates of one source, in the order of its `Places`.

    blocked: uint8[c], a number of `filters.BLOCKERS`, 0: free. char_starts, char_ends: as in `Places`. uses: how the names are
    written in the corpus, where `max_risk` asks for it.
    """

    starts: IntArray
    ends: IntArray
    names: IntArray
    scores: npt.NDArray[np.float32]
    blocked: npt.NDArray[np.uint8]
    char_starts: IntArray | None = None
    char_ends: IntArray | None = None
    uses: NameUses | None = None

    def __len__(self) -> int:
        return len(self.starts)


class SourceMatcher:
    """One entity list under one set of options, for corpora over the vocabulary of `profiles`.

    coarse: the view that `match` wants its stream under. Raises what `load_lemmatizer` does.
    """

    def __init__(self, prepared: PreparedList, options: MatchingOptions, profiles: Profiles, plan: Plan = "auto") -> None:
        self.prepared = prepared
        self.options = options
        self._profiles = profiles
        self._plan = plan
        self.coarse = coarse_view(options, profiles.lang)
        self._fine = fine_view(options, profiles.lang)
        self._context = ContextRules(options, profiles, self.coarse)
        self._patterns = prepared.names
        if options.split != "off":
            self._patterns = prepared.once(("split", options.split, profiles.lang), split_names(options.split, profiles.lang))
        if self.coarse.anywhere:
            check_anywhere(options)
            key = ("characters", options.split, profiles.lang, self.coarse.profile.marks)
            self._patterns = prepared.once(key, in_characters(self._patterns, self.coarse.profile.marks))

    def match(self, corpus: Corpus, stream: Stream) -> Candidates:
        """All candidates in `corpus`. `stream`: the corpus under `coarse`."""
        return self.filter(corpus, self.places(corpus, stream))

    def places(self, corpus: Corpus, stream: Stream) -> Places:
        """Every place where a name of the list stands in `corpus`, within one document."""
        if stream.characters is not None:
            found = self._places_of_characters(corpus, stream, stream.characters)
        else:
            found = self._places(corpus, stream)
        return found if self._pattern_matcher is None else with_hits(found, self._pattern_matcher.find(corpus), corpus)

    def _places_of_characters(self, corpus: Corpus, stream: Stream, characters: CharacterCorpus) -> Places:
        """The places of names as characters, as ranges of tokens."""
        found = self._places(characters.corpus, stream)
        tokens = self._patterns.tokens
        good = characters.has_same_spaces(found.starts, found.ends, found.patterns, tokens)
        char_starts, char_ends, starts, ends, covered = characters.in_tokens(corpus, found.starts, found.ends)
        kept = good & covered
        return Places(
            starts[kept], ends[kept], found.names[kept], found.scores[kept], found.in_sentence[kept], found.patterns[kept],
            None, char_starts[kept], char_ends[kept],
        )  # fmt: skip

    def _places(self, corpus: Corpus, stream: Stream) -> Places:
        viewed = ViewedCorpus(corpus, self._profiles, self.coarse, stream)
        if self.options.fuzzy:
            viewed = viewed.with_fuzzy(*self._fuzzy_words)
            stream = viewed.stream
        blocks = [self._used(block) for block in possible_names(self._patterns.tokens, stream.table, stream.present)]
        starts, ends, rows = _sorted_places(*find(stream, blocks, self._plan))
        in_document, in_sentence = _borders(corpus, starts, ends)
        keep = in_document & self._agrees(viewed, starts, ends, rows)
        if not keep.all():
            starts, ends, rows, in_sentence = starts[keep], ends[keep], rows[keep], in_sentence[keep]
        places = Places(starts, ends, rows, np.ones(len(starts), np.float32), in_sentence, rows)
        return self._graded(viewed, places) if self._grades else places

    def filter(self, corpus: Corpus, places: Places) -> Candidates:
        """`places` with what the options block marked."""
        blocked = self._blocked_names[places.patterns]
        if places.is_shadowed is not None:
            blocked[places.is_shadowed & (blocked == 0)] = BLOCKERS.index("fuzzy")
        for option, broken in self._context.broken(corpus, places.starts, places.ends).items():
            blocked[broken & (blocked == 0)] = BLOCKERS.index(option)
        if not self.options.across_sentences:
            blocked[~places.in_sentence & (blocked == 0)] = BLOCKERS.index("across_sentences")
        uses = None
        if self.options.max_risk < 1:
            uses = name_uses(corpus, self._profiles, self.prepared.names, self.coarse)
        return Candidates(
            places.starts, places.ends, places.names, places.scores, blocked, places.char_starts, places.char_ends, uses
        )

    @cached_property
    def _blocked_names(self) -> npt.NDArray[np.uint8]:
        blocked = block_names(self._patterns, self.options, self.coarse.profile)
        blocked[list(self.prepared.entity_list.patterns)] = 0  # how a pattern is written says nothing of what it matches
        return blocked

    @property
    def _fuzzy_words(self) -> tuple[IntArray, FuzzyIndex]:
        """The distinct words of the names, as normal ids, and the index over them."""

        def make(_: PreparedList) -> tuple[IntArray, FuzzyIndex]:
            forms = self._profiles.forms(self.coarse)
            words = distinct_ids(forms.table()[self._patterns.tokens.ids])
            return words, FuzzyIndex(forms.strings(words), self.options.fuzzy)

        return self.prepared.once(("fuzzy", self.options.fuzzy, self.options.split, self.coarse), make)

    @property
    def _grades(self) -> bool:
        """Whether a match can be less than exact."""
        options = self.options
        return bool(options.split != "off" or options.fuzzy or options.lemma != OFF or self.coarse.has_affixes)

    def _graded(self, viewed: ViewedCorpus, places: Places) -> Places:
        """`places` with their scores; parts as places of the names they belong to, none twice."""
        scores, edits = grade(viewed, self._patterns, places.starts, places.ends, places.patterns)
        owners = self._patterns.owners
        names = places.names if owners is None else owners[places.patterns]
        order = by_place_and_name(places.starts, places.ends, names, scores)
        starts, ends = places.starts[order], places.ends[order]
        shadowed = is_inside_exact(starts, ends, edits[order]) if self.options.fuzzy else None
        return Places(starts, ends, names[order], scores[order], places.in_sentence[order], places.patterns[order], shadowed)

    @cached_property
    def _pattern_matcher(self) -> PatternMatcher | None:
        patterns = self.prepared.entity_list.patterns
        return PatternMatcher(patterns, self.options) if patterns else None

    @cached_property
    def _is_used(self) -> BoolArray | None:
        """bool[names]: names that are compared: no patterns, and no aliases where these are not to match; None: all."""
        entity_list = self.prepared.entity_list
        if self.options.aliases and not entity_list.patterns:
            return None
        used: BoolArray = ~entity_list.is_alias if not self.options.aliases else np.ones(len(entity_list), np.bool_)
        used[list(entity_list.patterns)] = False
        return used

    def _used(self, block: NameBlock) -> NameBlock:
        """`block` without the names that are not compared."""
        if self._is_used is None:
            return block
        owners = self._patterns.owners
        used = self._is_used[block.names if owners is None else owners[block.names]]
        return NameBlock(block.names[used], block.tokens[used])

    def _agrees(self, viewed: ViewedCorpus, starts: IntArray, ends: IntArray, rows: IntArray) -> BoolArray:
        """Whether each place agrees with its name as `case` asks, beyond the coarse form it was found by."""
        agrees = np.ones(len(starts), np.bool_)
        if self.options.case in {"exact", "ignore"} or not len(starts):
            return agrees
        strict = self._patterns.strict[rows] if self.options.case == "smart" else np.ones(len(starts), np.bool_)
        tokens = self._patterns.tokens
        first_tokens = tokens.offsets[rows]
        for depth in range(int((ends - starts).max())):
            here = np.flatnonzero(strict & agrees & (ends - starts > depth))
            places, name = starts[here] + np.int32(depth), tokens.ids[first_tokens[here] + depth]
            same = replace(viewed, view=self._fine).has_same(places, name, self.options.fuzzy)
            if depth == 0:
                loose = replace(viewed, view=self._fine.under(replace(self._fine.profile, case="first")))
                rest = np.flatnonzero(~same & self._first_may_differ(viewed.corpus, places))
                same[rest] = loose.has_same(places[rest], name[rest], self.options.fuzzy)
            agrees[here] = same
        return agrees

    def _first_may_differ(self, corpus: Corpus, starts: IntArray) -> BoolArray:
        """Under `first` every match may differ in its first character, under `smart` only one that begins a sentence."""
        if self.options.case == "first":
            return np.ones(len(starts), np.bool_)
        begins: BoolArray = corpus.sentences[corpus.sentence_of(starts)] == starts
        return begins


def distinct_ids(ids: IntArray) -> IntArray:
    """The distinct ones of `ids`, ascending: marked in a table, which ids are small enough for."""
    there = np.zeros(int(ids.max(initial=-1)) + 1, np.bool_)
    there[ids] = True
    return np.flatnonzero(there).astype(np.int32)


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


def by_place_and_name(starts: IntArray, ends: IntArray, names: IntArray, scores: npt.NDArray[np.float32]) -> LongArray:
    """The rows by start, end and name; of several that share these the one with the best score, then the first."""
    # Places come in order of start and end: a row is at most out of order among those of its own place.
    place = np.cumsum(_differs(starts) | _differs(ends))
    if not len(place) or int(names.max()).bit_length() + int(place[-1]).bit_length() > 63:
        order = np.lexsort((-scores, names, place))
        return order[_differs(place[order]) | _differs(names[order])]
    keys = place << int(names.max()).bit_length() | names
    order = np.argsort(keys, kind="stable") if bool((keys[1:] < keys[:-1]).any()) else np.arange(len(keys))
    keys = keys[order]
    first = np.flatnonzero(_differs(keys))
    if len(first) == len(keys):
        return order
    best = np.maximum.reduceat(scores[order], first)
    group = np.cumsum(_differs(keys)) - 1
    among = np.flatnonzero(scores[order] == best[group])
    return order[among[_differs(group[among])]]


def _differs(column: npt.NDArray[Any]) -> BoolArray:
    """bool[n]: which differ from the one before; the first does."""
    new: BoolArray = np.ones(len(column), np.bool_)
    np.not_equal(column[1:], column[:-1], out=new[1:])
    return new


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


def with_hits(places: Places, hits: Iterable[Hit], corpus: Corpus) -> Places:
    """`places` and the matches of patterns, in their order, none twice."""
    rows = sorted(set(hits))
    starts, ends, names, char_starts, char_ends = (np.array([row[i] for row in rows], np.int32) for i in range(5))
    together = Places(
        np.concatenate([places.starts, starts]),
        np.concatenate([places.ends, ends]),
        np.concatenate([places.names, names]),
        np.concatenate([places.scores, np.ones(len(rows), np.float32)]),
        np.concatenate([places.in_sentence, _borders(corpus, starts, ends)[1]]),
        np.concatenate([places.patterns, names]),
        None if places.is_shadowed is None else np.concatenate([places.is_shadowed, np.zeros(len(rows), np.bool_)]),
        None if places.char_starts is None else np.concatenate([places.char_starts, char_starts]),
        None if places.char_ends is None else np.concatenate([places.char_ends, char_ends]),
    )
    first, last = together.starts, together.ends
    if together.char_starts is not None and together.char_ends is not None:
        bases = character_bases(corpus)[corpus.document_of(first)].astype(np.int32)
        first, last = together.char_starts + bases, together.char_ends + bases
    return together.take(np.lexsort((together.names, last, first)))
