"""One corpus and one list over one vocabulary, and what a new rule set costs on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
import numpy.typing as npt

from benchmarks.data import Material, documents_of_size, names_of_size, with_single_spaces
from farspan.matching.matcher import SourceMatcher, stream_of
from farspan.matching.names import PreparedList
from farspan.matching.profiles import Profiles
from farspan.model import Document
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.run import RuleSet, Run, Source, settle
from farspan.sources.lists import EntityList
from farspan.text.corpus import Corpus, build_corpus
from farspan.text.tokenizers import TokenBatch, Tokenizer, make_tokenizer
from farspan.text.vocabulary import Vocabulary

Places = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
POLICY = ConflictPolicy()


def options(**values: object) -> MatchingOptions:
    """Matching options with `values`, and matches over sentence ends, as the peers have them."""
    return MatchingOptions().changed({"across_sentences": True, **values})


@dataclass(frozen=True, eq=False)
class KeptTokens:
    """A tokenizer that gives tokens made before: what it is called with does not matter."""

    batch: TokenBatch
    vocabulary: Vocabulary
    words_hold_points: bool = False

    def __call__(self, texts: Sequence[str]) -> TokenBatch:
        """The tokens."""
        assert len(texts) == len(self.batch.offsets) - 1
        return self.batch


@dataclass(eq=False)
class World:
    """Tokens and names, ready for any rule set."""

    corpus: Corpus
    entity_list: EntityList
    prepared: PreparedList
    tokenizer: Tokenizer
    lang: str

    @property
    def size(self) -> str:
        """Tokens x names, short."""
        return f"{short(len(self.corpus))} x {short(len(self.entity_list))}"

    @cached_property
    def words(self) -> list[str]:
        """The string of every token."""
        strings = self.corpus.vocabulary.strings
        return [strings[number] for number in self.corpus.ids.tolist()]

    def fresh(self, chosen: MatchingOptions) -> tuple[PreparedList, Profiles, Source]:
        """The list with its tokens alone and nothing that a rule set left behind."""
        bare = PreparedList(self.entity_list, KeptTokens(self.prepared.batch, self.corpus.vocabulary))
        return bare, Profiles(self.corpus.vocabulary, self.lang), Source(self.entity_list, chosen)

    def rebuild(self, chosen: MatchingOptions) -> Run:
        """A new rule set from nothing: normal forms, gather, look-up structures, matches, decisions, spans."""
        prepared, profiles, source = self.fresh(chosen)
        matcher = SourceMatcher(prepared, chosen, profiles)
        found = matcher.match(self.corpus, stream_of(self.corpus, profiles, matcher.coarse))
        run = settle(self.corpus, RuleSet([source], POLICY), [found])
        assert run.spans is not None
        return run

    def rematch(self, chosen: MatchingOptions) -> Callable[[], Run]:
        """Match and decide on a warm corpus: normal forms and the counted stream are there already."""
        prepared, profiles, source = self.fresh(chosen)
        matcher = SourceMatcher(prepared, chosen, profiles)
        stream = stream_of(self.corpus, profiles, matcher.coarse)
        rules = RuleSet([source], POLICY)
        matcher.match(self.corpus, stream)

        def work() -> Run:
            run = settle(self.corpus, rules, [matcher.match(self.corpus, stream)])
            assert run.spans is not None
            return run

        return work


def make_world(material: Material, tokens: int, names: int, *, tokenizer: str = "spacy") -> World:
    """At least `tokens` tokens, white space single, and `names` names, over one vocabulary."""
    cut = make_tokenizer(tokenizer, material.lang, Vocabulary())
    pieces = [with_single_spaces(piece) for piece in material.pieces]
    documents = documents_of_size(pieces, token_counts(pieces, cut), tokens)
    return world_of(documents, names_of_size(material.names, names), cut, material.lang)


def world_of(documents: Sequence[Document], names: Sequence[str], tokenizer: Tokenizer, lang: str) -> World:
    """`documents` and `names`, tokenised."""
    entity_list = EntityList.from_names("NAME", names)
    corpus = build_corpus(documents, tokenizer, lang)
    return World(corpus, entity_list, PreparedList(entity_list, tokenizer), tokenizer, lang)


def token_counts(pieces: Sequence[str], tokenizer: Tokenizer) -> list[int]:
    """The tokens of each piece."""
    return np.diff(tokenizer(pieces).offsets).tolist()


def places_of(run: Run) -> Places:
    """Starts and ends of the kept spans, token ranges in the corpus."""
    return run.spans.starts.astype(np.int64), run.spans.ends.astype(np.int64)


def checksum(places: Places) -> str:
    """How many spans there are, and a sum over where they stand."""
    starts, ends = (np.ascontiguousarray(column, np.int64) for column in places)
    return f"{len(starts):,} #{crc32(ends.tobytes(), crc32(starts.tobytes())):08x}"


def compared(ours: Places, theirs: Places) -> str:
    """ "same spans", or how many only one side has."""
    if np.array_equal(ours[0], theirs[0]) and np.array_equal(ours[1], theirs[1]):
        return "same spans"
    mine, other = (set(zip(*(column.tolist() for column in places), strict=True)) for places in (ours, theirs))
    return f"{len(mine & other):,} same, {len(mine - other):,} only Farspan, {len(other - mine):,} only the peer"


def short(number: int) -> str:
    """1.4M, 100k."""
    for unit, size in (("M", 10**6), ("k", 1000)):
        if number >= size:
            return f"{number / size:.3g}{unit}"
    return str(number)
