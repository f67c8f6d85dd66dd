"""Rule changes that the causes of errors speak for, as plain values: (list, option, value), ready for a rule set.

A proposal says nothing of what it is worth; `effects.measure` tries it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from farspan.errors import FarspanError
from farspan.explain import shown
from farspan.noise.causes import Cause, ErrorCase
from farspan.options import MatchingOptions
from farspan.run import Source
from farspan.sources.stopwords import stop_words
from farspan.text.languages import primary_language
from farspan.text.lemmas import ON, load_lemmatizer

EVERY: Final = ""
"""The name of a source that stands for all of them."""

_AFFIXES: Final = 8  # at most so many are proposed at once
_AFFIX_SEEN: Final = 2  # times, before an affix is proposed


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How often the spans of one name were right and wrong; unit: the number of the unit in which they stand."""

    source: str
    name: str
    right: bool
    unit: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What proposals are made from: the errors with their causes, and every judged span with its name."""

    cases: Sequence[ErrorCase]
    verdicts: Sequence[Verdicts]

    def within(self, units: frozenset[int]) -> Sample:
        """The part of the sample that lies in `units`."""
        return Sample([c for c in self.cases if c.unit in units], [v for v in self.verdicts if v.unit in units])


@dataclass(frozen=True, slots=True)
class Proposal:
    """One rule change. source: the list, or "" for all of them. causes: what speaks for it, with how many errors each.

    is_learned: whether the value comes from the sample, as names and endings do, and not from the option's own few values.
    """

    source: str
    option: str
    value: Any
    causes: Mapping[Cause, int]
    is_learned: bool = False

    @property
    def changes(self) -> tuple[tuple[str, str, Any], ...]:
        """(list, option, value), ready for a rule set; the list "" is all of them."""
        return ((self.source, self.option, self.value),)

    def __str__(self) -> str:
        value = shown(self.value)
        return f"{self.option}={value if len(value) <= 60 else value[:59] + '…'} on {self.source or 'all lists'}"

    def applied(self, sources: Sequence[Source]) -> list[Source]:
        """`sources` with the change made; added names and affixes join those that are there."""
        return [self._changed(source) if self.source in {EVERY, source.name} else source for source in sources]

    def _changed(self, source: Source) -> Source:
        return replace(source, options=source.options.changed({self.option: self.value_for(source)}))

    def value_for(self, source: Source) -> Any:
        """The value that the option of `source` takes: lists grow by what is proposed."""
        if not isinstance(self.value, tuple):
            return self.value
        return tuple(dict.fromkeys((*getattr(source.options, self.option), *self.value)))


def propose(sample: Sample, sources: Sequence[Source], *, lang: str = "xx", most: int = 60) -> list[Proposal]:
    """The changes that the sample speaks for, those for the most errors first; each is for one list, or for all of several.

    sources: all lists, those that are switched off too. At most `most` are returned.
    """
    found: dict[tuple[str, str, Any], tuple[Counter[Cause], bool]] = {}
    for source in sources:
        mine = [case for case in sample.cases if case.source == source.name]
        by_cause = Counter((case.kind, case.cause) for case in mine)
        for (kind, cause), count in by_cause.items():
            part = [case for case in mine if (case.kind, case.cause) == (kind, cause)]
            for option, value in _CHANGES[kind].get(cause, _nothing)(source.options, part, lang):
                causes, _ = found.setdefault((source.name, option, value), (Counter(), False))
                causes[cause] += count
        for option in ("exclude", "suffixes", "prefixes"):
            value, causes = learned_value(option, sample, source)
            if value:
                found[source.name, option, value] = causes, True
    for (_, option, value), (causes, learned) in list(found.items()):
        if len(sources) > 1 and not learned and option not in {"active", "priority"}:
            everywhere, _ = found.setdefault((EVERY, option, value), (Counter(), False))
            everywhere.update(causes)
    made = [
        Proposal(source, option, value, dict(causes), learned) for (source, option, value), (causes, learned) in found.items()
    ]
    made = [proposal for proposal in made if _changes_something(proposal, sources)]
    return sorted(made, key=lambda proposal: -sum(proposal.causes.values()))[:most]


def learned_value(option: str, sample: Sample, source: Source) -> tuple[tuple[str, ...], Counter[Cause]]:
    """What the sample has to say of an option whose values are names or affixes, and the errors that speak for it."""
    mine = [case for case in sample.cases if case.source == source.name]
    if option == "exclude":
        return _never_right(sample, source, mine)
    wanted = [case for case in mine if case.cause is Cause.INFLECTED and case.kind == "missed" and case.option == option]
    seen = Counter(case.note for case in wanted if case.note)
    affixes = tuple(affix for affix, count in seen.most_common(_AFFIXES) if count >= _AFFIX_SEEN)
    new = tuple(affix for affix in affixes if affix not in getattr(source.options, option))
    return new, Counter({Cause.INFLECTED: sum(seen[affix] for affix in new)} if new else {})


def _never_right(sample: Sample, source: Source, mine: Sequence[ErrorCase]) -> tuple[tuple[str, ...], Counter[Cause]]:
    """Names of the list that were wrong whenever somebody looked, but not for their borders or through case or spelling alone."""
    right: dict[str, int] = defaultdict(int)
    for verdict in sample.verdicts:
        if verdict.source == source.name:
            right[verdict.name] += verdict.right
    spoken = {Cause.COMMON_WORD, Cause.PART, Cause.TYPE}
    bad = Counter(case.name for case in mine if case.kind == "wrong" and case.cause in spoken and not right[case.name])
    names = tuple(sorted(name for name in bad if "," not in name and not name.startswith("@")))
    return names, Counter(case.cause for case in mine if case.kind == "wrong" and case.name in set(names))


_Values = Iterable[tuple[str, Any]]
_Rule = Callable[[MatchingOptions, Sequence[ErrorCase], str], _Values]


def _nothing(_: MatchingOptions, __: Sequence[ErrorCase], ___: str) -> _Values:
    return ()


def _stricter_case(options: MatchingOptions, _: Sequence[ErrorCase], __: str) -> _Values:
    order = ("ignore", "smart", "first", "exact")
    yield from (("case", value) for value in order[order.index(options.case) + 1 :])


def _looser_case(options: MatchingOptions, _: Sequence[ErrorCase], __: str) -> _Values:
    order = ("exact", "first", "smart", "ignore")
    yield from (("case", value) for value in order[order.index(options.case) + 1 :])


def _common_word(options: MatchingOptions, cases: Sequence[ErrorCase], lang: str) -> _Values:
    yield from _stricter_case(options, cases, lang)
    if not options.stopwords and _has_stop_words(lang):
        yield "stopwords", primary_language(lang)
    yield from (("min_length", size) for size in (3, 4, 5) if size > options.min_length)
    yield from (("max_risk", risk) for risk in (0.8, 0.7, 0.6) if risk < options.max_risk)
    if options.min_tokens < 2:
        yield "min_tokens", 2


def _part_of_longer(options: MatchingOptions, cases: Sequence[ErrorCase], lang: str) -> _Values:
    yield from _wider(options, cases, lang)
    if options.min_tokens < 2:
        yield "min_tokens", 2
    if options.split != "off":
        yield "split", "off"
    yield from (("max_risk", risk) for risk in (0.8, 0.7) if risk < options.max_risk)


def _wider(options: MatchingOptions, _: Sequence[ErrorCase], __: str) -> _Values:
    yield from (("extend", words) for words in (1, 2, 3) if words > options.extend)
    if not options.join:
        yield "join", True


def _other_type(options: MatchingOptions, _: Sequence[ErrorCase], __: str) -> _Values:
    yield "priority", options.priority - 1
    yield from (("max_risk", risk) for risk in (0.8, 0.7) if risk < options.max_risk)


def _stricter_spelling(options: MatchingOptions, _: Sequence[ErrorCase], __: str) -> _Values:
    if options.fuzzy:
        yield "fuzzy", options.fuzzy - 1
    yield from ((name, "keep") for name in ("diacritics", "marks") if getattr(options, name) == "fold")


def _looser_spelling(options: MatchingOptions, _: Sequence[ErrorCase], __: str) -> _Values:
    yield from ((name, "fold") for name in ("diacritics", "marks") if getattr(options, name) == "keep")
    if options.boundary == "token":
        yield from (("fuzzy", edits) for edits in (1, 2) if edits > options.fuzzy)


def _fewer_forms(options: MatchingOptions, _: Sequence[ErrorCase], __: str) -> _Values:
    if options.lemma != "off":
        yield "lemma", "off"


def _more_forms(options: MatchingOptions, _: Sequence[ErrorCase], lang: str) -> _Values:
    if options.lemma == "off" and options.boundary == "token" and _has_lemmas(lang):
        yield "lemma", "on"


def _more_names(options: MatchingOptions, _: Sequence[ErrorCase], __: str) -> _Values:
    if not options.aliases:
        yield "aliases", True
    yield from (("split", value) for value in ("first_last", "parts") if options.split == "off")


def _unblocked(options: MatchingOptions, cases: Sequence[ErrorCase], __: str) -> _Values:
    """What would let pass what a filter blocked: the option's neutral value."""
    neutral = MatchingOptions()
    for option in dict.fromkeys(case.option for case in cases):
        if option in {"min_length", "min_tokens"} and getattr(options, option) > 1:
            yield option, getattr(options, option) - 1
        elif option in {"stopwords", "max_risk", "across_sentences"}:
            yield option, getattr(neutral, option) if option != "across_sentences" else True


def _cut_otherwise(options: MatchingOptions, _: Sequence[ErrorCase], __: str) -> _Values:
    if options.boundary == "token" and options.lemma == "off" and not (options.prefixes or options.suffixes or options.fuzzy):
        yield "boundary", "anywhere"


def _switched_off(options: MatchingOptions, _: Sequence[ErrorCase], __: str) -> _Values:
    if not options.active:
        yield "active", True


def _hidden(options: MatchingOptions, _: Sequence[ErrorCase], __: str) -> _Values:
    yield "priority", options.priority + 1


_CHANGES: Final[Mapping[str, Mapping[Cause, _Rule]]] = {
    "wrong": {
        Cause.BOUNDARY: _wider,
        Cause.TYPE: _other_type,
        Cause.COMMON_WORD: _common_word,
        Cause.PART: _part_of_longer,
        Cause.CASE: _stricter_case,
        Cause.INFLECTED: _fewer_forms,
        Cause.SPELLING: _stricter_spelling,
        Cause.TOKENISATION: _cut_otherwise,
    },
    "missed": {
        Cause.BOUNDARY: _wider,
        Cause.TYPE: _other_type,
        Cause.COMMON_WORD: _unblocked,
        Cause.PART: _hidden,
        Cause.CASE: _looser_case,
        Cause.INFLECTED: _more_forms,
        Cause.SPELLING: _looser_spelling,
        Cause.ALIAS: _more_names,
        Cause.NOT_LISTED: _switched_off,
        Cause.TOKENISATION: _cut_otherwise,
    },
}


def _has_stop_words(lang: str) -> bool:
    try:
        return bool(stop_words(lang))
    except FarspanError:
        return False


def _has_lemmas(lang: str) -> bool:
    try:
        load_lemmatizer(ON, lang)
    except FarspanError:
        return False
    return True


def _changes_something(proposal: Proposal, sources: Sequence[Source]) -> bool:
    pairs = zip(sources, proposal.applied(sources), strict=True)
    return any(before.options != after.options for before, after in pairs)
