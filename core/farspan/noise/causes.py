"""One cause for every wrong and every missed span, each decided from evidence by tests in a fixed order.

The first test that holds counts.

A span that is wrong, against what is known to be right:

1. tokenisation: it overlaps a right one whose borders lie inside tokens;
2. wrong type: a right one has its borders and another label;
3. boundary: a right one of its label overlaps it;
4. part of a longer name: it lies inside a right one of another label; wrong type: it overlaps one otherwise;
then, where nothing right is near, against the list and the corpus:
5. case, inflected form, spelling variant: it matched only because the rule forgives that;
6. part of a longer name: only a part of the listed name stands there, or another capitalised word stands beside it;
7. wrong type: a list of another label has the name too;
8. common word: what is left. Its words are written small elsewhere, or are stop words, or the evidence shows nothing more.

A span that was missed:

1. tokenisation: its borders lie inside tokens;
2. wrong type: it is labelled, with its borders, as something else;
3. boundary: a span of its label overlaps it; part of a longer name: a longer span of another label hides it;
4. what blocked or hid it, where the listed name itself stands there: common word for a filter, tokenisation where the name is cut
   otherwise, missing alias where aliases are off;
5. case, inflected form, spelling variant, missing alias: how the nearest name of an active list with its label differs from it;
6. not in any list: what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal

import numpy as np

from farspan.decide.conflicts import Status
from farspan.job import SILENT, Job
from farspan.matching.filters import BLOCKERS
from farspan.noise.evidence import Evidence, outcome_of
from farspan.noise.held import Held
from farspan.noise.nearest import How, Nearest, nearest_names
from farspan.noise.scoring import LabelledSpans
from farspan.run import Run, Source
from farspan.text.capitals import big_types, capitalised_types
from farspan.text.normalize import Profile, normal_forms


class Cause(StrEnum):
    """Why a span is wrong or missed."""

    BOUNDARY = "boundary"
    TYPE = "wrong type"
    COMMON_WORD = "common word"
    PART = "part of a longer name"
    CASE = "case"
    INFLECTED = "inflected form"
    SPELLING = "spelling variant"
    ALIAS = "missing alias"
    NOT_LISTED = "not in any list"
    TOKENISATION = "tokenisation"


@dataclass(frozen=True, slots=True)
class ErrorCase:
    """One error with its cause. kind: wrong (a span that should not be there as it is) or missed (one that should).

    document: its number in the corpus; start, end: code points in it. given, true: the labels, None where there is none. source,
    name: the list and name it comes from, or that come nearest to what was missed; "" if none does. why: the evidence in words.
    row: of `run.spans` for a wrong one, of the evidence's gold for a missed one. option: what the rule forgave or blocked by.
    unit: the number of the unit of the evidence in which it lies.
    """

    kind: Literal["wrong", "missed"]
    cause: Cause
    document: int
    start: int
    end: int
    text: str
    given: str | None
    true: str | None
    source: str
    name: str
    why: str
    row: int
    option: str = ""
    note: str = ""
    unit: int = 0


@dataclass(frozen=True, slots=True)
class _Finding:
    """A cause before it is put together: with the list, the name, the option and the affix it speaks of."""

    cause: Cause
    why: str
    source: str = ""
    name: str = ""
    option: str = ""
    note: str = ""


_CUT_OTHERWISE: Final = "the list has it, but the text is cut otherwise than the name"

_BY_HOW: Final = {
    How.CASE: (Cause.CASE, "case", "the list has it as {0!r}, in another case"),
    How.INFLECTED: (Cause.INFLECTED, "suffixes", "the list has {0!r}, of which it is a form{1}"),
    How.SPELLING: (Cause.SPELLING, "fuzzy", "the list has {0!r}, spelled otherwise"),
    How.PART: (Cause.ALIAS, "split", "the list has {0!r}, but not this part of it"),
    How.INITIALS: (Cause.ALIAS, "", "the list has {0!r}, whose initials these are"),
}


def find_causes(
    run: Run,
    evidence: Evidence,
    sources: Sequence[Source] | None = None,
    *,
    lang: str = "xx",
    knows_lists: bool = True,
    job: Job = SILENT,
) -> list[ErrorCase]:
    """Every error that the evidence shows in `run`, in the order of the text, wrong ones before missed ones at one place.

    sources: all lists, those that are switched off too (default: those of the run). knows_lists: off where the run is made of
    labels that were given (`run_of_labels`): its lists are what is labelled elsewhere. What nobody looked at is no error.
    """
    held = Held(run, outcome_of(run, evidence), evidence)
    wrong = [_wrong(held, int(row)) for row in np.flatnonzero(held.outcome.verdict == 0)]
    rows = np.flatnonzero(~held.outcome.found)
    questions = [held.question(int(row)) for row in rows]
    given = list(run.rules.sources if sources is None else sources)
    nearest = nearest_names(questions, given, lang, job) if questions else {}
    missed = [_missed(held, int(row), nearest.get(question), given) for row, question in zip(rows, questions, strict=True)]
    cases = wrong + missed if knows_lists else [_without_list(case) for case in wrong + missed]
    return sorted(cases, key=lambda case: (case.document, case.start, case.kind != "wrong", case.end))


def _without_list(case: ErrorCase) -> ErrorCase:
    """The case of a run of given labels: what it says of lists is said of what is labelled elsewhere."""
    if case.why == _CUT_OTHERWISE:
        return replace(case, cause=Cause.NOT_LISTED, why="it is labelled elsewhere, and not here", option="")
    why = case.why.replace("the list has it as", "it is labelled elsewhere as").replace("the list has", "labelled elsewhere is")
    why = why.replace("it is as its list has it, and here it names nothing", "here it names nothing")
    return replace(case, why=why.replace("no list has the name, or one like it,", "nothing like it is labelled elsewhere"))


def _wrong(held: Held, row: int) -> ErrorCase:
    spans, run = held.outcome.spans, held.run
    start, end, label = int(spans.starts[row]), int(spans.ends[row]), int(spans.labels[row])
    number, first, last, text = held.place(start, end)
    own = int(held.outcome.rows[row])
    candidate = int(run.spans.rows[own])
    source, name, _ = run.rules.origin(int(run.contest.sources[candidate]), int(run.contest.names[candidate]))
    near = held.gold.rows(start, end)
    finding = (
        _beside_gold(held, start, end, label, near)
        or _by_the_rule(held, candidate, text, name)
        or _by_the_corpus(held, own, text)
    )
    true = _true_label(held, near)
    unit = int(held.evidence.unit_of(np.array([start]))[0])
    given = held.outcome.labels[label]
    return ErrorCase(
        "wrong", finding.cause, number, first, last, text, given, true, source, name, finding.why, own, finding.option,
        finding.note, unit,
    )  # fmt: skip


def _true_label(held: Held, near: Sequence[int]) -> str | None:
    return held.evidence.labels[held.evidence.gold.labels[near[0]]] if near else None


def _beside_gold(held: Held, start: int, end: int, label: int, near: Sequence[int]) -> _Finding | None:
    """The cause of a wrong span that something right overlaps."""
    gold, labels = held.evidence.gold, held.evidence.labels
    for row in near:
        if not held.is_on_tokens(int(gold.starts[row]), int(gold.ends[row])):
            return _Finding(Cause.TOKENISATION, f"{_shown(held, gold, row)} begins or ends inside a token", option="boundary")
    for row in near:
        if (gold.starts[row], gold.ends[row]) == (start, end):
            return _Finding(Cause.TYPE, f"it is {labels[gold.labels[row]]}", option="label")
    for row in near:
        if gold.labels[row] == label:
            return _Finding(
                Cause.BOUNDARY, f"the right borders are those of {_shown(held, gold, row)}", option=_border(gold, row, start, end)
            )
    for row in near:
        if gold.starts[row] <= start and end <= gold.ends[row]:
            return _Finding(Cause.PART, f"it lies inside {_shown(held, gold, row)}")
    return _Finding(Cause.TYPE, f"{_shown(held, gold, near[0])} stands there") if near else None


def _border(gold: LabelledSpans, row: int, start: int, end: int) -> str:
    """The option that makes a span longer to the right, or joins it with its neighbour, where that is what is wrong."""
    if gold.starts[row] == start and gold.ends[row] > end:
        return "extend"
    return "join" if gold.starts[row] <= start and gold.ends[row] >= end else ""


def _by_the_rule(held: Held, candidate: int, text: str, name: str) -> _Finding | None:
    """The cause of a wrong span that is not just as its list has it."""
    if text == name or int(held.run.contest.names[candidate]) in _patterns(held, candidate):
        return None
    same, folded, plain = ([form.split() for form in normal_forms([text, name], profile)] for profile in _PROFILES)
    if same[0] == same[1]:
        return None
    if folded[0] == folded[1]:
        return _Finding(Cause.CASE, f"the list has it as {name!r}, in another case", option="case")
    if plain[0] == plain[1]:
        return _Finding(Cause.SPELLING, f"the list has it as {name!r}, with other accents or marks", option="diacritics")
    options = held.run.rules.sources[int(held.run.contest.sources[candidate])].options
    if options.split != "off" and len(plain[0]) < len(plain[1]):
        return _Finding(Cause.PART, f"only a part of the listed {name!r} stands there", option="split")
    if options.fuzzy and held.run.contest.scores[candidate] < 0.95:
        return _Finding(Cause.SPELLING, f"the list has {name!r}, spelled otherwise", option="fuzzy")
    if options.lemma != "off" or options.prefixes or options.suffixes:
        option = "lemma" if options.lemma != "off" else "suffixes" if options.suffixes else "prefixes"
        return _Finding(Cause.INFLECTED, f"it was taken for a form of the listed {name!r}", option=option)
    return None


_PROFILES: Final = (Profile(), Profile("fold"), Profile("fold", diacritics=True, marks=True))


def _patterns(held: Held, candidate: int) -> Sequence[int]:
    return tuple(held.run.rules.sources[int(held.run.contest.sources[candidate])].entity_list.patterns)


def _by_the_corpus(held: Held, row: int, text: str) -> _Finding:
    """The cause of a wrong span that is as its list has it, from how the corpus and other lists use it."""
    run, spans = held.run, held.run.spans
    small, every = _small_uses(held, int(spans.starts[row]), int(spans.ends[row]))
    if every and 2 * small >= every:
        return _Finding(Cause.COMMON_WORD, f"{small / every:.0%} of the uses of its words are lower-case", option="case")
    if neighbour := _capital_neighbour(held, row):
        return _Finding(Cause.PART, f"beside it stands {neighbour!r}, capitalised too", option="extend")
    others = held.labels_of_names.get(text.casefold(), {})
    mine = run.rules.labels[spans.label_ids[row]]
    for label, source in others.items():
        if label != mine:
            return _Finding(Cause.TYPE, f"it is also in list {source}, as {label}", option="priority")
    if small:
        return _Finding(Cause.COMMON_WORD, f"{small / every:.0%} of the uses of its words are lower-case", option="exclude")
    return _Finding(Cause.COMMON_WORD, "it is as its list has it, and here it names nothing", option="exclude")


def _small_uses(held: Held, first: int, last: int) -> tuple[int, int]:
    """How often the corpus writes the words of a stretch small, and at all, over the word written big most often."""
    table = held.small_share
    rows = [table[number] for number in held.run.corpus.ids[first:last].tolist()]
    return min(rows, key=lambda row: row[0] / max(row[1], 1))


def _capital_neighbour(held: Held, row: int) -> str:
    """A capitalised word without a label beside the span, unless it begins the sentence; "" if there is none."""
    corpus, spans = held.run.corpus, held.run.spans
    start, end = int(spans.starts[row]), int(spans.ends[row])
    capital = capitalised_types(corpus.vocabulary)
    sentence = int(corpus.sentence_of(np.array([start]))[0])
    first = int(corpus.sentences[sentence])
    last = int(corpus.sentences[sentence + 1]) if sentence + 1 < len(corpus.sentences) else len(corpus)
    for token, inside in ((start - 1, start - 1 > first), (end, end < last)):
        is_name = inside and capital[corpus.ids[token]] and big_types(corpus.vocabulary)[corpus.ids[start]]
        if is_name and not held.spans.rows(int(held.token_starts[token]), int(held.token_ends[token])):
            return corpus.vocabulary[int(corpus.ids[token])]
    return ""


def _missed(held: Held, row: int, nearest: Nearest | None, sources: Sequence[Source]) -> ErrorCase:
    gold = held.evidence.gold
    start, end, label = int(gold.starts[row]), int(gold.ends[row]), int(gold.labels[row])
    number, first, last, text = held.place(start, end)
    near = held.spans.rows(start, end)
    finding = _beside_spans(held, start, end, label, near) or _by_the_list(held, start, end, label, nearest, sources)
    given = held.outcome.labels[held.outcome.spans.labels[near[0]]] if near else None
    unit = int(held.evidence.unit_of(np.array([start]))[0])
    return ErrorCase(
        "missed", finding.cause, number, first, last, text, given, held.evidence.labels[label], finding.source, finding.name,
        finding.why, row, finding.option, finding.note, unit,
    )  # fmt: skip


def _beside_spans(held: Held, start: int, end: int, label: int, near: Sequence[int]) -> _Finding | None:
    """The cause of a missed span where something else is labelled, or where no span can stand."""
    if not held.is_on_tokens(start, end):
        return _Finding(Cause.TOKENISATION, "it begins or ends inside a token", option="boundary")
    spans, labels = held.outcome.spans, held.outcome.labels
    for row in near:
        if (spans.starts[row], spans.ends[row]) == (start, end) and spans.labels[row] != label:
            return _Finding(Cause.TYPE, f"it is labelled {labels[spans.labels[row]]}", *_origin(held, row), option="label")
    for row in near:
        if spans.labels[row] == label:
            return _Finding(Cause.BOUNDARY, f"{_shown(held, spans, row)} is labelled instead", *_origin(held, row))
    for row in near:
        if spans.starts[row] <= start and end <= spans.ends[row]:
            return _Finding(Cause.PART, f"{_shown(held, spans, row)} is labelled instead", *_origin(held, row), option="priority")
    return None


def _origin(held: Held, row: int) -> tuple[str, str]:
    candidate = int(held.run.spans.rows[held.outcome.rows[row]])
    contest = held.run.contest
    return held.run.rules.origin(int(contest.sources[candidate]), int(contest.names[candidate]))[:2]


def _by_the_list(  # noqa: PLR0917
    held: Held, start: int, end: int, label: int, nearest: Nearest | None, sources: Sequence[Source]
) -> _Finding:
    """The cause of a missed span where nothing of use is labelled."""
    run = held.run
    for candidate in held.candidates_at(start, end):
        if run.rules.labels[run.label_ids[candidate]] != held.evidence.labels[label]:
            continue
        origin = run.rules.origin(int(run.contest.sources[candidate]), int(run.contest.names[candidate]))[:2]
        if Status(run.decisions.status[candidate]) is Status.BLOCKED:
            option = BLOCKERS[run.contest.blocked[candidate]]
            return _Finding(Cause.COMMON_WORD, f"it was blocked by {option}", *origin, option=option)
        return _Finding(Cause.PART, "it lost to a match that overlaps it", *origin, option="priority")
    if nearest is None:
        return _Finding(Cause.NOT_LISTED, "no list has the name, or one like it, with this label")
    source = sources[nearest.source]
    origin = source.name, nearest.surface
    if not source.options.active:
        return _Finding(Cause.NOT_LISTED, f"only list {source.name} has it, which is switched off", *origin, option="active")
    if nearest.how is How.SAME:
        if source.entity_list.is_alias[nearest.name] and not source.options.aliases:
            return _Finding(Cause.ALIAS, "the list has it as an alias, and aliases are off", *origin, option="aliases")
        return _Finding(Cause.TOKENISATION, _CUT_OTHERWISE, *origin, option="boundary")
    cause, option, why = _BY_HOW[nearest.how]
    option = "prefixes" if nearest.note.endswith("-") else option
    form = f" ({nearest.note})" if nearest.note else ""
    return _Finding(cause, why.format(nearest.surface, form), *origin, option=option, note=nearest.note)


def _shown(held: Held, spans: LabelledSpans, row: int) -> str:
    labels = held.outcome.labels
    return f"{labels[spans.labels[row]]} {held.place(int(spans.starts[row]), int(spans.ends[row]))[3]!r}"
