"""One rule set applied to one corpus: its candidates, what became of each, and the spans that come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from farspan.decide.conflicts import Decisions, Status, decide
from farspan.decide.contest import Contest
from farspan.decide.grow import Growing, Grown, grow
from farspan.matching.characters import character_bases
from farspan.matching.filters import BLOCKERS
from farspan.matching.matcher import Candidates
from farspan.matching.risk import ListPlaces, NameRisks, name_risks
from farspan.model import IntArray, LongArray
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.sources.lists import EntityList
from farspan.spans import Origin
from farspan.text.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Source:
    """One entity list and how it is matched."""

    entity_list: EntityList
    options: MatchingOptions = field(default_factory=MatchingOptions)

    @property
    def name(self) -> str:
        """What the source is called in results."""
        return self.entity_list.name


@dataclass(frozen=True, eq=False)
class RuleSet:
    """The sources that are switched on, in order, and the conflict policy."""

    sources: Sequence[Source]
    policy: ConflictPolicy

    @cached_property
    def labels(self) -> Sequence[str]:
        """Every label that a match can have, once."""
        return self._label_tables[0]

    @cached_property
    def label_of_name(self) -> IntArray:
        """int32[names of all sources]: the label of each name, as its number in `labels`."""
        return np.concatenate(self._label_tables[1]) if self._label_tables[1] else np.empty(0, np.int32)

    @cached_property
    def first_name(self) -> LongArray:
        """int64[sources + 1]: where the names of each source begin among the names of all sources."""
        return np.cumsum([0, *(len(source.entity_list) for source in self.sources)])

    @cached_property
    def _label_tables(self) -> tuple[list[str], list[IntArray]]:
        numbers: dict[str, int] = {}
        tables = []
        for source in self.sources:
            names, override = source.entity_list, source.options.label
            default = override or names.label
            if names.labels is None or override:
                tables.append(np.full(len(names), numbers.setdefault(default, len(numbers)), np.int32))
            else:
                given = [numbers.setdefault(label or default, len(numbers)) for label in names.labels]
                tables.append(np.array(given, np.int32))
        return list(numbers), tables

    @property
    def needs_all_documents(self) -> bool:
        """Whether decisions about one document look at the others too."""
        return any(source.options.max_risk < 1 for source in self.sources)

    def origin(self, source: int, name: int) -> Origin:
        """(source, name, ids) of the name numbered `name` of the source numbered `source`."""
        entity_list = self.sources[source].entity_list
        return entity_list.name, entity_list.surfaces[name], entity_list.ids[name]


@dataclass(frozen=True, slots=True, eq=False)
class FinalSpans:
    """What a run labels, by ascending start; of spans with one start the longest first.

    rows: int64[n], the candidate behind each. starts, ends: int32[n], half-open token ranges in the corpus. char_starts,
    char_ends: int32[n], code points in their documents. kinds: int32[n] into `spans.KINDS`. label_ids: int32[n].
    """

    rows: LongArray
    starts: IntArray
    ends: IntArray
    char_starts: IntArray
    char_ends: IntArray
    kinds: IntArray
    label_ids: IntArray

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, eq=False)
class Run:
    """All candidates of a rule set in a corpus, decided.

    found: those of each source, in the order of `rules.sources`. risks: those of the names of a source, by its number, where its
    options look at them.
    """

    corpus: Corpus
    rules: RuleSet
    found: Sequence[Candidates]
    contest: Contest
    decisions: Decisions
    risks: Mapping[int, NameRisks] = field(default_factory=dict)

    @cached_property
    def label_ids(self) -> IntArray:
        """int32[candidates]: the label of each, into `rules.labels`."""
        numbers: IntArray = self.rules.label_of_name[self.rules.first_name[self.contest.sources] + self.contest.names]
        return numbers

    @property
    def has_characters(self) -> bool:
        """Whether a candidate may begin or end inside a token."""
        return self.contest.char_starts is not None

    @property
    def is_more_than_tokens(self) -> bool:
        """Whether spans may be something else than the tokens of one candidate."""
        options = [source.options for source in self.rules.sources]
        return self.has_characters or any(item.join or item.extend for item in options)

    def characters(self, rows: LongArray) -> tuple[IntArray, IntArray]:
        """Where the candidates `rows` begin and end in their documents, int32, code points."""
        contest, corpus = self.contest, self.corpus
        starts, ends = contest.starts[rows], contest.ends[rows]
        if contest.char_starts is None or contest.char_ends is None:
            return corpus.starts[starts], corpus.ends[ends - 1]
        bases = character_bases(corpus)[corpus.document_of(starts)].astype(np.int32)
        return contest.char_starts[rows] - bases, contest.char_ends[rows] - bases

    def characters_of(self, chosen: slice | LongArray) -> tuple[IntArray, IntArray]:
        """Where the `chosen` ones of `spans` begin and end in their documents, int32, code points."""
        return self.spans.char_starts[chosen], self.spans.char_ends[chosen]

    def labelled_extents(self) -> tuple[IntArray, IntArray]:
        """int32[candidates], twice: the code points in its document that each candidate labels, if it is kept, after growing.

        A candidate that became part of the span of an earlier one ends at -1.
        """
        starts, ends = self.characters(np.arange(len(self.contest)))
        kept = np.flatnonzero(self.decisions.status <= Status.NESTED)
        ends[kept] = -1
        starts[self.spans.rows], ends[self.spans.rows] = self.characters_of(slice(None))
        return starts, ends

    def _grown(self) -> Grown:
        """All spans, by ascending start."""
        contest, status = self.contest, self.decisions.status
        rows = np.flatnonzero(status <= Status.NESTED)
        options = [source.options for source in self.rules.sources]
        if not any(item.join or item.extend for item in options):
            return rows, contest.starts[rows], contest.ends[rows], *self.characters(rows)
        nested, kept = rows[status[rows] == Status.NESTED], rows[status[rows] == Status.KEPT]
        sources = contest.sources[kept]
        growing = Growing(
            kept,
            contest.starts[kept],
            contest.ends[kept],
            *self.characters(kept),
            self.label_ids[kept],
            joins=np.array([item.join for item in options], np.bool_)[sources],
            extends=np.array([item.extend for item in options], np.int32)[sources],
        )
        grown, *extents = grow(growing, self.corpus)
        rest = contest.starts[nested], contest.ends[nested], *self.characters(nested)
        starts, ends, begins, stops = (np.concatenate(pair) for pair in zip(extents, rest, strict=True))
        order = np.argsort(starts, kind="stable")
        return np.concatenate([grown, nested])[order], starts[order], ends[order], begins[order], stops[order]

    @cached_property
    def spans(self) -> FinalSpans:
        """The kept and nested candidates as spans, grown as the options `join` and `extend` say."""
        rows, starts, ends, begins, stops = self._grown()
        if self.rules.policy.nested:
            order = np.lexsort((-stops, begins, self.corpus.document_of(starts)))
            rows = rows[order]
            starts, ends, begins, stops = (place[order] for place in (starts, ends, begins, stops))
        kinds = self.decisions.status[rows].astype(np.int32)
        return FinalSpans(rows, starts, ends, begins, stops, kinds, self.label_ids[rows])


def settle(corpus: Corpus, rules: RuleSet, found: Sequence[Candidates]) -> Run:
    """The run of `rules` over `corpus`, given the candidates of each of its sources."""
    found, risks = without_risky(corpus, rules, found)
    contest = one_contest(found, rules.sources, corpus)
    return Run(corpus, rules, found, contest, decide(contest, rules.policy), risks)


def without_risky(
    corpus: Corpus, rules: RuleSet, found: Sequence[Candidates], known: Mapping[int, NameRisks] | None = None
) -> tuple[Sequence[Candidates], Mapping[int, NameRisks]]:
    """`found` with the names blocked whose risk is above `max_risk`, and the risks. known: risks that need not be worked out."""
    asked = [number for number, one in enumerate(found) if one.uses is not None]
    if not asked:
        return found, {}
    lists = [list_places(rules, number, one) for number, one in enumerate(found)]
    risks = {number: (known or {}).get(number) or _risks(corpus, lists, number, found) for number in asked}
    blocked = list(found)
    for number in asked:
        is_risky = risks[number].risks[found[number].names] > rules.sources[number].options.max_risk
        numbers = np.where(is_risky & (found[number].blocked == 0), np.uint8(BLOCKERS.index("max_risk")), found[number].blocked)
        blocked[number] = replace(found[number], blocked=numbers)
    return blocked, risks


def _risks(corpus: Corpus, lists: Sequence[ListPlaces], number: int, found: Sequence[Candidates]) -> NameRisks:
    uses = found[number].uses
    assert uses is not None  # noqa: S101  (asked for)
    return name_risks(corpus, lists, number, uses)


def list_places(rules: RuleSet, number: int, found: Candidates) -> ListPlaces:
    """The free candidates `found` of source `number`, as the signs of risk are counted from them."""
    first, last = rules.first_name[number], rules.first_name[number + 1]
    free = found.blocked == 0
    return ListPlaces(
        rules.sources[number].entity_list.surfaces,
        rules.label_of_name[first:last],
        found.starts[free],
        found.ends[free],
        found.names[free],
    )


def one_contest(found: Sequence[Candidates], sources: Sequence[Source], corpus: Corpus) -> Contest:
    """The candidates of all sources side by side, by ascending start, end, source and name."""
    if not found:
        return _NO_CONTEST
    sizes = [len(candidates) for candidates in found]
    alphabetical = np.argsort(np.argsort([source.name for source in sources])).astype(np.int32)
    together = Contest(
        starts=np.concatenate([c.starts for c in found]),
        ends=np.concatenate([c.ends for c in found]),
        sources=np.repeat(np.arange(len(found), dtype=np.int32), sizes),
        names=np.concatenate([c.names for c in found]),
        priorities=np.repeat(np.array([source.options.priority for source in sources], np.int32), sizes),
        scores=np.concatenate([c.scores for c in found]),
        blocked=np.concatenate([c.blocked for c in found]),
        standings=np.repeat(alphabetical, sizes),
        ties=np.concatenate([_ties(c, source.entity_list) for c, source in zip(found, sources, strict=True)]),
    )
    if any(c.char_starts is not None for c in found):
        return _by_characters(together, found, corpus)
    if sum(size > 0 for size in sizes) < 2:
        return together
    # Every source is sorted, so a stable sort only merges; it keeps the order of source and name.
    places = together.starts.astype(np.int64) << 32 | together.ends
    return together.take(np.argsort(places, kind="stable"))


def _by_characters(together: Contest, found: Sequence[Candidates], corpus: Corpus) -> Contest:
    """`together` with the characters of each candidate, by them, source and name."""
    bases = character_bases(corpus)[corpus.document_of(together.starts)].astype(np.int32)
    starts = np.concatenate([corpus.starts[c.starts] if c.char_starts is None else c.char_starts for c in found]) + bases
    ends = np.concatenate([corpus.ends[c.ends - 1] if c.char_ends is None else c.char_ends for c in found]) + bases
    return replace(together, char_starts=starts, char_ends=ends).take(
        np.argsort(starts.astype(np.int64) << 32 | ends, kind="stable")
    )


def _ties(found: Candidates, entity_list: EntityList) -> IntArray:
    """int32[candidates]: where several names of a list stand in one place, their order in the alphabet; else 0."""
    ties = np.zeros(len(found), np.int32)
    starts, ends = found.starts, found.ends
    if found.char_starts is not None and found.char_ends is not None:
        starts, ends = found.char_starts, found.char_ends
    same = (starts[1:] == starts[:-1]) & (ends[1:] == ends[:-1])
    rows = np.flatnonzero(np.append(same, False) | np.append(False, same))
    if len(rows):
        names, inverse = np.unique(found.names[rows], return_inverse=True)
        labels = entity_list.labels
        spelled = [(entity_list.surfaces[name], labels[name] if labels else "") for name in names]
        rank = np.empty(len(names), np.int32)
        rank[sorted(range(len(names)), key=spelled.__getitem__)] = np.arange(len(names), dtype=np.int32)
        ties[rows] = rank[inverse]
    return ties


_NONE = np.empty(0, np.int32)
_NO_CONTEST = Contest(_NONE, _NONE, _NONE, _NONE, _NONE, np.empty(0, np.float32), np.empty(0, np.uint8), _NONE, _NONE)
