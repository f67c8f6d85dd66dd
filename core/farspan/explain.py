"""Why a word is labelled as it is: every name that could stand there, what became of it, and what would change the outcome.

The stories come from the candidates and decisions of a run, as they are stored. The changes come from running the rule set, with
one option changed at a time, on the sentence of the word and its neighbours alone: one word never costs a run over the corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from farspan.decide.conflicts import TIE, TOTAL, Status
from farspan.diff import difference
from farspan.errors import FarspanError
from farspan.matching.filters import BLOCKERS
from farspan.model import IntArray, Span
from farspan.options import CRITERIA, OPTIONS, ConflictPolicy, Option
from farspan.run import Run, Source
from farspan.session import Session
from farspan.spans import KINDS


@dataclass(frozen=True, slots=True)
class Story:
    """One candidate that covers the word. reason: what became of it, in words. winner: the candidate it lost to."""

    span: Span
    text: str
    reason: str
    option: str = ""
    criterion: str = ""
    winner: Span | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """One option of one list that would change what the word is labelled. elsewhere: other spans it changes near the word."""

    source: str
    option: str
    value: Any
    outcome: str
    elsewhere: int

    def __str__(self) -> str:
        return f"{self.outcome} if {self.source}.{self.option} = {shown(self.value)}"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person did at the word, in words. kind: judgement, edit or gold; made_at: when, in UTC, "" where nobody noted it."""

    kind: str
    start: int
    end: int
    text: str
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole story of one word, or of several that follow one another. flips: the smallest change first.

    outcome: what it is labelled. by_rules: what the rules alone label it, before what a person did. run: the stored run that
    is explained, None if it was made for the purpose. remarks: what people did there. untried: why no change could be tried.
    """

    document: str
    start: int
    end: int
    text: str
    outcome: str
    stories: Sequence[Story]
    flips: Sequence[Flip]
    by_rules: str = ""
    run: int | None = None
    remarks: Sequence[Remark] = ()
    untried: str = ""


Words = range
"""The tokens that are explained."""


def explain(
    run: Run, session: Session, sources: Sequence[Source], document: int, character: int, *, end: int | None = None
) -> Explanation:
    """The story of the word at `character` (a code point) of document number `document` of `run`, or of all words up to `end`.

    session: one over the corpus of `run`. sources: those of the run, and those that are switched off. Raises IndexError where no
    word begins at or covers the character.
    """
    corpus = run.corpus
    first, last = corpus.doc_offsets[document], corpus.doc_offsets[document + 1]
    inside = words_at(corpus.starts[first:last], corpus.ends[first:last], character, end)
    words = range(int(first) + inside.start, int(first) + inside.stop)
    begin, stop = int(corpus.starts[words[0]]), int(corpus.ends[words[-1]])
    stories = [_story(run, int(row)) for row in _covering(run, words)]
    found = corpus.documents[document]
    outcome = _outcome(run, words)
    flips = changes(session, sources, run.rules.policy, words)
    return Explanation(found.id, begin, stop, found.text[begin:stop], outcome, stories, flips, outcome)


def words_at(starts: IntArray, ends: IntArray, character: int, end: int | None = None) -> Words:
    """The tokens of a document at `character`, or from there up to `end`. Raises IndexError if there is none."""
    first = int(np.searchsorted(ends, character, "right"))
    if first >= len(ends):
        raise IndexError(character)
    return range(first, first + 1 if end is None else max(first + 1, int(np.searchsorted(starts, end))))


def _covering(run: Run, words: Words) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The candidates that cover one of `words`, or that have grown over one, in the order of the text."""
    contest, spans = run.contest, run.spans
    matching = _overlapping(contest.starts, contest.ends, words)
    return np.union1d(matching, spans.rows[_overlapping(spans.starts, spans.ends, words)])


def _overlapping(starts: IntArray, ends: IntArray, words: Words) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.flatnonzero((starts < words.stop) & (ends > words.start))


def _story(run: Run, row: int) -> Story:
    decisions, status = run.decisions, Status(run.decisions.status[row])
    span, text = _candidate(run, row)
    if status is Status.BLOCKED:
        option = BLOCKERS[run.contest.blocked[row]]
        return blocked(span, text, option, _risks(run, row) if option == "max_risk" else "")
    if status is Status.LOST:
        return lost(span, text, int(decisions.criterion[row]), *_candidate(run, int(decisions.winner[row])))
    mine = np.flatnonzero(run.spans.rows == row)
    if not len(mine):
        return kept(span, text, "")
    start, end = (int(place[0]) for place in run.characters_of(mine))
    document = run.corpus.documents[int(run.corpus.document_of(run.contest.starts[[row]])[0])]
    return kept(span, text, document.text[start:end])


def kept(span: Span, text: str, labelled: str) -> Story:
    """The story of a candidate that is part of the result; `labelled` is what it labels, "" where another has taken it in."""
    if not labelled:
        return Story(span, text, "kept, joined with the span before it")
    grown = f", and grown to {labelled!r}" if len(labelled) > len(text) else ""
    return Story(span, text, f"{'kept inside a longer match' if span.kind == 'nested' else 'kept'}{grown}")


def blocked(span: Span, text: str, option: str, more: str = "") -> Story:
    """The story of a candidate that an option ruled out."""
    return Story(span, text, f"blocked by {option}{more}", option=option)


def lost(span: Span, text: str, number: int, winner: Span, winner_text: str) -> Story:
    """The story of a candidate that lost to `winner`; number: the criterion, as in `Decisions`."""
    criterion = {TIE: "order", TOTAL: "total"}.get(number) or CRITERIA[number]
    rival = f"{winner.label} {winner_text!r} of {winner.source}"
    return Story(span, text, f"lost to {rival} by {criterion}", criterion=criterion, winner=winner)


def _risks(run: Run, row: int) -> str:
    """The risk of the name of a candidate and what speaks most against it, in words."""
    risks, name = run.risks[int(run.contest.sources[row])], int(run.contest.names[row])
    return f" (its risk is {risks.risks[name]:.2f}: {'; '.join(risks.reasons(name)[:3])})"


def _candidate(run: Run, row: int) -> tuple[Span, str]:
    contest, corpus = run.contest, run.corpus
    first = int(contest.starts[row])
    start, end = (int(place[0]) for place in run.characters(np.array([row])))
    source, name, ids = run.rules.origin(int(contest.sources[row]), int(contest.names[row]))
    label = run.rules.labels[run.label_ids[row]]
    kind = kind_of(int(run.decisions.status[row]))
    span = Span(start, end, label, source, name, ids, kind, round(float(contest.scores[row]), 4))
    document = corpus.documents[int(corpus.document_of(np.array([first]))[0])]
    return span, document.text[span.start : span.end]


def kind_of(status: int) -> str:
    """What a span with this `Status` is called."""
    return KINDS[status] if status <= Status.NESTED else Status(status).name.lower()


def _outcome(run: Run, words: Words) -> str:
    spans = run.spans
    rows = _overlapping(spans.starts, spans.ends, words)
    text = run.corpus.documents[int(run.corpus.document_of(np.array([words[0]]))[0])].text
    places = zip(spans.label_ids[rows].tolist(), *(place.tolist() for place in run.characters_of(rows)), strict=True)
    return said((run.rules.labels[label], text[start:end]) for label, start, end in places)


def said(labelled: Iterable[tuple[str, str]]) -> str:
    """What is labelled, in words, from labels and texts: ``LOC 'New York'``, or ``no label``."""
    return ", ".join(f"{label} {text!r}" for label, text in labelled) or "no label"


def changes(session: Session, sources: Sequence[Source], policy: ConflictPolicy, words: Words) -> list[Flip]:
    """What would change the label of `words`, tried on their sentence and its neighbours; the fewest side effects first."""
    return sorted(_flips(session, sources, policy, words), key=lambda flip: flip.elsewhere)


def _flips(session: Session, sources: Sequence[Source], policy: ConflictPolicy, words: Words) -> Iterator[Flip]:
    near, shift = session.near(words[0])
    # Words beyond the neighbouring sentence are not tried: the change is told by those that are.
    here = range(words.start - shift, min(words.stop - shift, len(near.corpus)))
    before = near.run(sources, policy)
    outcome = _outcome(before, here)
    for number, source in enumerate(sources):
        for option in OPTIONS.values():
            for value in _other_values(option, getattr(source.options, option.name), sources):
                changed = list(sources)
                changed[number] = replace(source, options=source.options.changed({option.name: value}))
                try:
                    after = near.run(changed, policy)
                except FarspanError:  # a value that the others, or the input, do not go with
                    continue
                if (now := _outcome(after, here)) != outcome:
                    found = difference(before, after)
                    touched = len(found.added) + len(found.removed) + len(found.changed)
                    yield Flip(source.name, option.name, value, now, touched - 1)


def _other_values(option: Option, value: Any, sources: Sequence[Source]) -> Sequence[Any]:
    """The values of `option` worth trying: the next ones, or the neutral one. Labels are no explanation."""
    if option.name == "label":
        return ()
    if option.name == "priority":
        highest = max(source.options.priority for source in sources)
        return (highest + 1,) if value <= highest else ()
    if option.name in {"fuzzy", "extend"}:
        return tuple(number for number in (value + 1, 0) if number != value and number <= (option.maximum or 0))
    if option.kind == "flag":
        return (not value,)
    if option.kind == "choice":
        return tuple(choice for choice in option.choices if choice != value)
    return (option.default,) if value != option.default else ()


def shown(value: Any) -> str:
    """An option's value as it is typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (",".join(value) if isinstance(value, tuple) else str(value)) or "(none)"
