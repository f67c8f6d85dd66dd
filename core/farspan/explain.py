"""Why a word is labelled as it is: every name that could stand there, what became of it, and what would change the outcome.

The stories come from the candidates and decisions of a run, as they are stored. The changes come from running the rule set, with
one option changed at a time, on the sentence of the word and its neighbours alone: one word never costs a run over the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from farspan.decide.conflicts import NOBODY, TIE, TOTAL, Status
from farspan.diff import difference
from farspan.errors import FarspanError
from farspan.matching.filters import BLOCKERS
from farspan.model import Span
from farspan.options import CRITERIA, OPTIONS, Option
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
class Explanation:
    """The whole story of one word. flips: the smallest change first."""

    document: str
    start: int
    end: int
    text: str
    outcome: str
    stories: Sequence[Story]
    flips: Sequence[Flip]


def explain(run: Run, session: Session, sources: Sequence[Source], document: int, character: int) -> Explanation:
    """The story of the word at `character` (a code point) of document number `document` of `run`.

    session: one over the corpus of `run`. sources: those of the run, and those that are switched off. Raises IndexError where no
    word begins at or covers the character.
    """
    token = _token_at(run, document, character)
    corpus = run.corpus
    start, end = int(corpus.starts[token]), int(corpus.ends[token])
    stories = [_story(run, int(row)) for row in _covering(run, token)]
    flips = sorted(_flips(run, session, sources, token), key=lambda flip: flip.elsewhere)
    found = corpus.documents[document]
    return Explanation(found.id, start, end, found.text[start:end], _outcome(run, token), stories, flips)


def _token_at(run: Run, document: int, character: int) -> int:
    corpus = run.corpus
    first, last = corpus.doc_offsets[document], corpus.doc_offsets[document + 1]
    token = int(first + np.searchsorted(corpus.ends[first:last], character, "right"))
    if token >= last:
        raise IndexError(character)
    return token


def _covering(run: Run, token: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The candidates that cover `token`, in the order of the text."""
    contest = run.contest
    upto = int(np.searchsorted(contest.starts, token, "right"))
    return np.flatnonzero(contest.ends[:upto] > token)


def _story(run: Run, row: int) -> Story:
    decisions, status = run.decisions, Status(run.decisions.status[row])
    span, text = _candidate(run, row)
    if status is Status.BLOCKED:
        option = BLOCKERS[run.contest.blocked[row]]
        return Story(span, text, f"blocked by {option}{_risks(run, row) if option == 'max_risk' else ''}", option=option)
    if status is Status.NESTED:
        return Story(span, text, "kept inside a longer match")
    if status is Status.KEPT or decisions.winner[row] == NOBODY:
        return Story(span, text, "kept")
    winner, winner_text = _candidate(run, int(decisions.winner[row]))
    number = int(decisions.criterion[row])
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
    status = Status(run.decisions.status[row])
    kind = KINDS[status] if status <= Status.NESTED else status.name.lower()
    label = run.rules.labels[run.label_ids[row]]
    span = Span(start, end, label, source, name, ids, kind, round(float(contest.scores[row]), 4))
    document = corpus.documents[int(corpus.document_of(np.array([first]))[0])]
    return span, document.text[span.start : span.end]


def _outcome(run: Run, token: int) -> str:
    """What the word is labelled, in words: ``LOC 'New York'``, or ``no label``."""
    spans = run.spans
    upto = int(np.searchsorted(spans.starts, token, "right"))
    rows = np.flatnonzero(spans.ends[:upto] > token)
    text = run.corpus.documents[int(run.corpus.document_of(np.array([token]))[0])].text
    places = zip(spans.label_ids[rows].tolist(), *(place.tolist() for place in run.characters_of(rows)), strict=True)
    return ", ".join(f"{run.rules.labels[label]} {text[start:end]!r}" for label, start, end in places) or "no label"


def _flips(run: Run, session: Session, sources: Sequence[Source], token: int) -> Iterator[Flip]:
    near, shift = session.near(token)
    before = near.run(sources, run.rules.policy)
    outcome = _outcome(before, token - shift)
    for number, source in enumerate(sources):
        for option in OPTIONS.values():
            for value in _other_values(option, getattr(source.options, option.name), sources):
                changed = list(sources)
                changed[number] = replace(source, options=source.options.changed({option.name: value}))
                try:
                    after = near.run(changed, run.rules.policy)
                except FarspanError:  # a value that the others, or the input, do not go with
                    continue
                if (now := _outcome(after, token - shift)) != outcome:
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
    return ",".join(value) if isinstance(value, tuple) else str(value) or "(none)"
