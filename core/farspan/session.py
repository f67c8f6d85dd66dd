"""One corpus and its lists, ready for one rule set after another: what tuning and comparing run on.

A changed option re-runs only what it touches: places are kept for each list and the options up to matching, candidates for each
list and the options up to filtering, and only the chains of overlaps that a change touches are decided again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from farspan.decide.again import decide_again
from farspan.job import SILENT, Job
from farspan.matching.matcher import Candidates, Places, SourceMatcher, stream_of
from farspan.matching.names import PreparedList
from farspan.matching.profiles import Profiles
from farspan.matching.stream import Stream
from farspan.options import OPTIONS, ConflictPolicy, MatchingOptions, Step
from farspan.run import RuleSet, Run, Source, one_contest, settle
from farspan.sources.lists import EntityList
from farspan.text.corpus import Corpus
from farspan.text.normalize import Profile
from farspan.text.tokenizers import Tokenizer

_NEUTRAL: Final = MatchingOptions()
_REMEMBERED: Final = 24


class Session:
    """Runs rule sets over one corpus. Not for several threads at a time.

    name_tokenizer: makes tokens of the names; it interns into the vocabulary of `corpus`. lang: BCP-47.
    """

    def __init__(self, corpus: Corpus, name_tokenizer: Tokenizer, lang: str) -> None:
        self.corpus = corpus
        self._tokenizer = name_tokenizer
        self._profiles = Profiles(corpus.vocabulary, lang)
        self._prepared: dict[int, PreparedList] = {}
        self._streams: dict[Profile, Stream] = {}
        self._places: dict[tuple[int, MatchingOptions], Places] = {}
        self._candidates: dict[tuple[int, MatchingOptions], Candidates] = {}
        self._last: Run | None = None

    def run(self, sources: Sequence[Source], policy: ConflictPolicy | None = None, job: Job = SILENT) -> Run:
        """The run of `sources` under `policy` over the corpus: the same as from scratch, at the price of what changed."""
        rules = RuleSet([source for source in sources if source.options.active], policy or ConflictPolicy())
        found = []
        for number, source in enumerate(rules.sources):
            job.progress(number, len(rules.sources), source.name)
            found.append(self._found(source))
        run = settle(self.corpus, rules, found) if self._last is None else self._settle_again(self._last, rules, found)
        self._last = run
        return run

    def _settle_again(self, last: Run, rules: RuleSet, found: Sequence[Candidates]) -> Run:
        contest = one_contest(found, rules.sources)
        decisions = decide_again(contest, rules.policy, last.contest, last.decisions, last.rules.policy)
        return Run(self.corpus, rules, found, contest, decisions)

    def _found(self, source: Source) -> Candidates:
        key = id(source.entity_list), _up_to(source.options, Step.FILTER)
        if key not in self._candidates:
            _make_room(self._candidates)
            matcher = SourceMatcher(self._prepare(source.entity_list), source.options, self._profiles)
            self._candidates[key] = matcher.filter(self.corpus, self._find(source, matcher))
        return self._candidates[key]

    def _find(self, source: Source, matcher: SourceMatcher) -> Places:
        key = id(source.entity_list), _up_to(source.options, Step.MATCH)
        if key not in self._places:
            _make_room(self._places)
            self._places[key] = matcher.places(self.corpus, self._stream(matcher.coarse))
        return self._places[key]

    def _stream(self, profile: Profile) -> Stream:
        # A list that came later brought types that an earlier stream's table does not know.
        known = self._streams.get(profile)
        if known is None or len(known.table) < len(self.corpus.vocabulary):
            self._streams[profile] = stream_of(self.corpus, self._profiles, profile)
        return self._streams[profile]

    def _prepare(self, entity_list: EntityList) -> PreparedList:
        # The prepared list holds on to the entity list, so its id() stays its own.
        if id(entity_list) not in self._prepared:
            self._prepared[id(entity_list)] = PreparedList(entity_list, self._tokenizer)
        return self._prepared[id(entity_list)]


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
