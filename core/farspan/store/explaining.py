"""The story of one word out of a stored run: its candidates and decisions as they were kept, and what people did there since.

Nothing is matched again to tell it. What would change the outcome is tried on the sentence of the word and its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from farspan.errors import FarspanError, InputError
from farspan.explain import (
    Explanation,
    Flip,
    Remark,
    Story,
    blocked,
    changes,
    kept,
    kind_of,
    lost,
    said,
    words_at,
)
from farspan.matching.filters import BLOCKERS
from farspan.matching.risk import NameRisks
from farspan.model import LongArray, Span
from farspan.run import Source
from farspan.session import Lexicon, Session
from farspan.store.columns import PART
from farspan.store.project import Project
from farspan.store.results import Placed, Results
from farspan.store.running import ran_on, tokenizer_of_names
from farspan.store.work import Edit, Judgement
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary


def explain_stored(
    project: Project, document: str, character: int, end: int | None = None, run: int | None = None
) -> Explanation:
    """The story of the word at `character` (a code point) of the document called `document`, or of all words up to `end`.

    run: the number of a run; by default the newest. An empty name means the only document. Raises InputError for a document
    or a word that is not there, ProjectError where there is no such run, or where it saw another text.
    """
    results = ran_on(project, run)
    number = _number_of(project, document)
    results.check_seen(number, document)
    return _Teller(project, results, number).explanation(character, end)


def _number_of(project: Project, name: str) -> int:
    stored = project.documents.all()
    found = [one.id for one in stored if one.name == name] or [one.id for one in stored if not name and len(stored) == 1]
    if found:
        return found[0]
    names = ", ".join(one.name for one in stored[:8]) + (f" and {len(stored) - 8:,} more" if len(stored) > 8 else "")
    raise InputError(f"there is no document {name!r}", where=project.database.where, remedy=f"there are: {names or 'none'}")


class _Teller:
    """One document of one run, and the words that are told of."""

    def __init__(self, project: Project, results: Results, number: int) -> None:
        self._project = project
        self._results = results
        self._number = number
        self._placed = results.placed(number)
        document = next(project.documents.read([number]))
        self._tokens = document.tokens or results.tokens(number)
        self._document = replace(document, tokens=self._tokens)

    def explanation(self, character: int, end: int | None) -> Explanation:
        """The story of the words at `character`."""
        text, tokens = self._document.text, self._tokens
        try:
            words = words_at(tokens.starts, tokens.ends, character, end)
        except IndexError:
            remedy = f"choose one from 0 to {len(text) - 1}"
            what = f"document {self._document.id!r} has no word at character {character}"
            raise InputError(what, where=self._project.database.where, remedy=remedy) from None
        start, stop = int(tokens.starts[words[0]]), int(tokens.ends[words[-1]])
        stories = [self._story(int(row)) for row in _covering(self._placed, words, start, stop)]
        outcome = self._outcome(self._results.spans(self._number), start, stop)
        by_rules = self._outcome(self._results.machine_spans(self._number), start, stop)
        remarks = sorted(_remarks(self._project, self._number, text, start, stop), key=lambda one: one.made_at)
        flips, untried = self._flips(words)
        return Explanation(
            self._document.id, start, stop, text[start:stop], outcome, stories, flips, by_rules, self._results.run.id, remarks,
            untried,
        )  # fmt: skip

    def _outcome(self, spans: Sequence[Span], start: int, stop: int) -> str:
        text = self._document.text
        return said((span.label, text[span.start : span.end]) for span in spans if span.start < stop and span.end > start)

    def _story(self, row: int) -> Story:
        columns, (span, text) = self._placed.columns, self._candidate(row)
        if span.kind == "blocked":
            return blocked(span, text, BLOCKERS[int(columns.blocked[row])])
        if span.kind == "lost":
            return lost(span, text, int(columns.criterion[row]), *self._candidate(int(columns.winners[row])))
        if columns.char_ends is not None and columns.char_ends[row] == PART:
            return kept(span, text, "")
        return kept(span, text, self._document.text[self._placed.starts[row] : self._placed.ends[row]])

    def _candidate(self, row: int) -> tuple[Span, str]:
        """A candidate, without what it has grown to, and its text."""
        columns, placed = self._placed.columns, self._placed
        first, last = int(self._tokens.starts[columns.starts[row]]), int(self._tokens.ends[columns.ends[row] - 1])
        # What a match labels goes beyond its tokens only if it has grown.
        start, end = max(first, int(placed.starts[row])), min(last, int(placed.ends[row]))
        source, name = int(columns.sources[row]), int(columns.names[row])
        names = self._results.names(source)
        span = Span(
            start, end, self._results.label(source, name), names.name, names.surfaces[name], names.ids[name],
            kind_of(int(columns.status[row])), round(float(columns.scores[row]), 4),
        )  # fmt: skip
        return span, self._document.text[start:end]

    def _flips(self, words: range) -> tuple[list[Flip], str]:
        """What would change the label, and what kept it from being tried: a file or a model of the rules may be gone."""
        try:
            return self._tried(words), ""
        except FarspanError as error:
            return [], str(error)

    def _tried(self, words: range) -> list[Flip]:
        rules = self._project.rules.get(self._results.run.rule_set_id)
        vocabulary = Vocabulary()
        texts = make_tokenizer("whitespace" if rules.tokenizer == "given" else rules.tokenizer, rules.lang, vocabulary)
        names = make_tokenizer(tokenizer_of_names(self._project, rules), rules.lang, vocabulary)
        sources = self._sources()
        corpus = build_corpus([self._document], texts, rules.lang)
        session = Session(corpus, Lexicon(names, rules.lang), self._risks(sources))
        return changes(session, list(sources.values()), rules.policy, words)

    def _sources(self) -> dict[int, Source]:
        """By number: the sources of the run as they were then, and those it left out, switched off, each where it stands now."""
        rules = self._project.rules.get(self._results.run.rule_set_id)
        found = {known.id: Source(self._results.names(known.id), rules.of(known.name)) for known in self._results.run.sources}
        order = list(found)
        place = 0
        for stored in self._project.lists.all():
            if stored.id in self._results.sources:
                place = order.index(stored.id) + 1
            else:
                names = self._project.lists.load(stored.name)
                found[stored.id] = Source(names, replace(rules.of(stored.name), active=False))
                order.insert(place, stored.id)
                place += 1
        return {number: found[number] for number in order}

    def _risks(self, sources: Mapping[int, Source]) -> dict[int, NameRisks]:
        """A risk is that of the whole corpus: names that the run found too risky are so here, all others are not."""
        columns = self._placed.columns
        risky = columns.blocked == BLOCKERS.index("max_risk")
        risks = {}
        for number, source in sources.items():
            found = np.zeros(len(source.entity_list), np.float32)
            found[columns.names[risky & (columns.sources == number)]] = 1.0
            risks[id(source.entity_list)] = NameRisks(source.entity_list.surfaces, {}, {}, found)
        return risks


def _covering(placed: Placed, words: range, start: int, stop: int) -> LongArray:
    """The candidates on one of `words` (at the code points start:stop), or grown over one, in the order of the text."""
    columns = placed.columns
    matching = (columns.starts < words.stop) & (columns.ends > words.start)
    return np.flatnonzero(matching | ((placed.starts < stop) & (placed.ends > start)))


def _remarks(project: Project, document: int, text: str, start: int, stop: int) -> Iterator[Remark]:
    """What people did at the code points start:stop of a document."""
    work = project.work
    for judgement in work.judgements(document):
        if judgement.attached and judgement.start < stop and judgement.end > start:
            yield Remark("judgement", judgement.start, judgement.end, _judged(judgement, text), judgement.made_at)
    for edit in work.edits(document):
        begin = min(edit.start, edit.start if edit.new_start is None else edit.new_start)
        if edit.attached and begin < stop and max(edit.end, edit.new_end or 0) > start:
            yield Remark("edit", edit.start, edit.end, _edited(edit, text), edit.made_at)
    for gold in work.gold(document):
        if gold.attached and gold.start < stop and gold.end > start:
            by = "came with the text" if gold.origin == "imported" else "a person labelled it"
            yield Remark("gold", gold.start, gold.end, f"gold: {gold.label} {text[gold.start : gold.end]!r} ({by})")


def _judged(one: Judgement, text: str) -> str:
    what = f"{one.label or 'no label'} {text[one.start : one.end]!r} judged {one.verdict}"
    by = f" by {one.judge}" if one.judge else ""
    right = {None: "", "": "; it names nothing"}.get(one.right_label, f"; rightly {one.right_label}")
    begin, end = (given if other is None else other for given, other in ((one.start, one.right_start), (one.end, one.right_end)))
    border = f"; rightly {text[begin:end]!r}" if (begin, end) != (one.start, one.end) else ""
    return f"{what}{by}{right}{border}{f' ({one.note})' if one.note else ''}"


def _edited(one: Edit, text: str) -> str:
    place = repr(text[one.start : one.end])
    match one.action:
        case "add":
            return f"{one.label} {place} added by hand"
        case "delete":
            return f"{one.label} {place} deleted by hand"
        case "relabel":
            return f"{one.label} {place} called {one.new_label} by hand"
        case "move":
            return f"{one.label} {place} moved by hand to {text[one.new_start : one.new_end]!r}"
        case "never_here":
            return f"never here: no list labels {place} at this place"
