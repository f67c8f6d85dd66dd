"""One corpus and its lists, ready for one rule set after another: what tuning and comparing run on.

A changed option re-runs only what it touches: places are kept for each list and the options up to matching, candidates for each
list and the options up to filtering, and only the chains of overlaps that a change touches are decided again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

import numpy as np

from farspan.decide.again import decide_again
from farspan.decide.conflicts import Decisions, decide
from farspan.decide.contest import Contest
from farspan.job import SILENT, Job
from farspan.matching.matcher import Candidates, Places, SourceMatcher, stream_of
from farspan.matching.names import PreparedList
from farspan.matching.profiles import Profiles, View, coarse_view
from farspan.matching.risk import NameRisks
from farspan.matching.stream import Stream
from farspan.options import OPTIONS, ConflictPolicy, MatchingOptions, Step
from farspan.run import RuleSet, Run, Source, one_contest, without_risky
from farspan.sources.lists import EntityList
from farspan.text.corpus import Corpus
from farspan.text.tokenizers import Tokenizer

_NEUTRAL: Final = MatchingOptions()
_FOLDED: Final = MatchingOptions(case="ignore")
_REMEMBERED: Final = 24


class Lexicon:
    """Entity lists over one vocabulary, each prepared once, and the normal forms of its types: what sessions share.

    name_tokenizer: makes tokens of the names; corpora are over its vocabulary. lang: BCP-47. ahead: what options will ask of the
    names, whatever their values, is worked out before they are changed.
    """

    def __init__(self, name_tokenizer: Tokenizer, lang: str, *, ahead: bool = False) -> None:
        self.profiles = Profiles(name_tokenizer.vocabulary, lang)
        self._tokenizer = name_tokenizer
        self._looks_ahead = ahead
        self._prepared: dict[int, PreparedList] = {}

    def prepared(self, entity_list: EntityList) -> PreparedList:
        """`entity_list`, tokenised."""
        # The prepared list holds on to the entity list, so its id() stays its own.
        if id(entity_list) not in self._prepared:
            self._prepared[id(entity_list)] = PreparedList(entity_list, self._tokenizer)
            if self._looks_ahead:
                self._prepared[id(entity_list)].look_ahead()
                self.profiles.forms(coarse_view(_FOLDED, self.profiles.lang)).table()
        return self._prepared[id(entity_list)]


class Session:
    """Runs rule sets over one corpus. Not for several threads at a time.

    risks: of the names of lists, by `id()` of the list, where they are those of a larger corpus.
    """

    def __init__(self, corpus: Corpus, lexicon: Lexicon, risks: Mapping[int, NameRisks] | None = None) -> None:
        self.corpus = corpus
        self.lexicon = lexicon
        self._streams: dict[View, Stream] = {}
        self._places: dict[tuple[int, MatchingOptions], Places] = {}
        self._candidates: dict[tuple[int, MatchingOptions], Candidates] = {}
        self._risks: Mapping[int, NameRisks] = risks or {}
        self._last: Run | None = None

    def run(self, sources: Sequence[Source], policy: ConflictPolicy | None = None, job: Job = SILENT) -> Run:
        """The run of `sources` under `policy` over the corpus: the same as from scratch, at the price of what changed."""
        rules = RuleSet([source for source in sources if source.options.active], policy or ConflictPolicy())
        found = []
        for number, source in enumerate(rules.sources):
            job.progress(number, len(rules.sources), source.name)
            found.append(self._found(source))
        known = {n: self._risks[id(s.entity_list)] for n, s in enumerate(rules.sources) if id(s.entity_list) in self._risks}
        left, risks = without_risky(self.corpus, rules, found, known)
        contest = one_contest(left, rules.sources, self.corpus)
        self._last = Run(self.corpus, rules, left, contest, self._decided(contest, rules), risks)
        return self._last

    def near(self, token: int) -> tuple[Session, int]:
        """A session over the sentence of `token` and its neighbours in the document alone, and the number of its first token."""
        corpus, where = self.corpus, np.array([token])
        sentence, document = int(corpus.sentence_of(where)[0]), int(corpus.document_of(where)[0])
        bounds = np.append(corpus.sentences, len(corpus))
        first = max(int(bounds[max(sentence - 1, 0)]), int(corpus.doc_offsets[document]))
        last = min(int(bounds[min(sentence + 2, len(bounds) - 1)]), int(corpus.doc_offsets[document + 1]))
        return Session(_part(corpus, document, first, last), self.lexicon, self._known_risks()), first

    def _known_risks(self) -> Mapping[int, NameRisks]:
        """The risks of the last run: a risk is that of the whole corpus."""
        if self._last is None:
            return self._risks
        sources = self._last.rules.sources
        return {id(sources[number].entity_list): risks for number, risks in self._last.risks.items()}

    def _decided(self, contest: Contest, rules: RuleSet) -> Decisions:
        last = self._last
        if last is None:
            return decide(contest, rules.policy)
        return decide_again(contest, rules.policy, last.contest, last.decisions, last.rules.policy)

    def _found(self, source: Source) -> Candidates:
        key = id(source.entity_list), _up_to(source.options, Step.FILTER)
        if key not in self._candidates:
            _make_room(self._candidates)
            matcher = SourceMatcher(self.lexicon.prepared(source.entity_list), source.options, self.lexicon.profiles)
            self._candidates[key] = matcher.filter(self.corpus, self._find(source, matcher))
        return self._candidates[key]

    def _find(self, source: Source, matcher: SourceMatcher) -> Places:
        key = id(source.entity_list), _up_to(source.options, Step.MATCH)
        if key not in self._places:
            _make_room(self._places)
            self._places[key] = matcher.places(self.corpus, self._stream(matcher.coarse))
        return self._places[key]

    def _stream(self, view: View) -> Stream:
        # A list that came later brought types that an earlier stream's table does not know.
        known = self._streams.get(view)
        if known is None or len(known.table) < len(self.corpus.vocabulary):
            self._streams[view] = stream_of(self.corpus, self.lexicon.profiles, view)
        return self._streams[view]


def _part(corpus: Corpus, document: int, first: int, last: int) -> Corpus:
    """The tokens first:last of one document as a corpus of their own; offsets stay those of the document."""
    inside = corpus.sentences[(corpus.sentences >= first) & (corpus.sentences < last)] - first
    return Corpus(
        documents=[corpus.documents[document]],
        vocabulary=corpus.vocabulary,
        ids=corpus.ids[first:last],
        starts=corpus.starts[first:last],
        ends=corpus.ends[first:last],
        doc_offsets=np.array([0, last - first]),
        sentences=inside,
    )


def _up_to(options: MatchingOptions, step: Step) -> MatchingOptions:
    """`options` with all that only later steps look at set to its default: equal where the steps up to `step` do the same."""
    later: Mapping[str, Any] = {
        item.name: getattr(_NEUTRAL, item.name) for item in fields(options) if OPTIONS[item.name].touches > step
    }
    return replace(options, **later)


def _make_room(cache: dict[tuple[int, MatchingOptions], Any]) -> None:
    """Forget the oldest entry when the cache is full; a dict keeps the order of insertion."""
    if len(cache) >= _REMEMBERED:
        del cache[next(iter(cache))]
