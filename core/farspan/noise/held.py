"""A run held against what people said, with what the tests for causes look up."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from farspan.model import LongArray
from farspan.noise.evidence import Evidence, Outcome, line_starts
from farspan.noise.nearest import Question
from farspan.noise.scoring import LabelledSpans
from farspan.run import Run
from farspan.text.capitals import small_types
from farspan.text.normalize import Profile, normal_forms


class Held:
    """A run held against the evidence, with what the tests look up."""

    def __init__(self, run: Run, outcome: Outcome, evidence: Evidence) -> None:
        self.run, self.outcome, self.evidence = run, outcome, evidence
        self.gold, self.spans = Overlaps(evidence.gold), Overlaps(outcome.spans)
        self.bases = line_starts(run.corpus)
        of_token = np.repeat(self.bases, np.diff(run.corpus.doc_offsets))
        self.token_starts, self.token_ends = of_token + run.corpus.starts, of_token + run.corpus.ends

    def place(self, start: int, end: int) -> tuple[int, int, int, str]:
        """Document, start, end and text of a stretch of the line."""
        number = int(np.searchsorted(self.bases, start, side="right")) - 1
        base = int(self.bases[number])
        return number, start - base, end - base, self.run.corpus.documents[number].text[start - base : end - base]

    def question(self, row: int) -> Question:
        """The text and label of gold row `row`."""
        gold = self.evidence.gold
        text = self.place(int(gold.starts[row]), int(gold.ends[row]))[3]
        return " ".join(text.split()), self.evidence.labels[gold.labels[row]]

    def is_on_tokens(self, start: int, end: int) -> bool:
        """Whether a stretch begins and ends with a token."""
        first, last = np.searchsorted(self.token_starts, start), np.searchsorted(self.token_ends, end)
        size = len(self.token_starts)
        return bool(first < size and self.token_starts[first] == start and last < size and self.token_ends[last] == end)

    def candidates_at(self, start: int, end: int) -> list[int]:
        """The candidates of the run that stand exactly there."""
        starts, ends, order = self._extents
        first, last = np.searchsorted(starts, start, side="left"), np.searchsorted(starts, start, side="right")
        return [int(order[row]) for row in range(first, last) if ends[row] == end]

    @cached_property
    def _extents(self) -> tuple[LongArray, LongArray, LongArray]:
        """Starts and ends of all candidates on the line, by ascending start, and the row of each."""
        starts, ends = self.run.characters(np.arange(len(self.run.contest)))
        bases = self.bases[self.run.corpus.document_of(self.run.contest.starts)]
        order = np.argsort(bases + starts, kind="stable")
        return (bases + starts)[order], (bases + ends)[order], order

    @cached_property
    def labels_of_names(self) -> dict[str, dict[str, str]]:
        """Folded text of wrong spans -> label -> a list that has it."""
        wrong = np.flatnonzero(self.outcome.verdict == 0)
        spans = self.outcome.spans
        wanted = {
            self.place(int(spans.starts[row]), int(spans.ends[row]))[3].casefold(): dict[str, str]() for row in wrong.tolist()
        }
        for number, source in enumerate(self.run.rules.sources):
            first = int(self.run.rules.first_name[number])
            for row, surface in enumerate(source.entity_list.surfaces):
                if (holders := wanted.get(surface.casefold())) is not None:
                    holders.setdefault(self.run.rules.labels[self.run.rules.label_of_name[first + row]], source.name)
        return wanted

    @cached_property
    def small_share(self) -> dict[int, tuple[int, int]]:
        """Folded type -> how often the corpus writes it small, and at all."""
        vocabulary = self.run.corpus.vocabulary
        counts = np.bincount(self.run.corpus.ids, minlength=len(vocabulary))
        small, folded = small_types(vocabulary), normal_forms(vocabulary.strings, Profile("fold"))
        numbers: dict[str, int] = {}
        table = np.array([numbers.setdefault(form, len(numbers)) for form in folded], np.int64)
        every = np.bincount(table, counts, minlength=len(numbers))
        few = np.bincount(table, np.where(small, counts, 0), minlength=len(numbers))
        return {number: (int(few[form]), int(every[form])) for number, form in enumerate(table.tolist())}


class Overlaps:
    """Spans in order, asked which of them overlap a stretch."""

    def __init__(self, spans: LabelledSpans) -> None:
        self.spans = spans
        self._reach = np.maximum.accumulate(spans.ends) if len(spans) else spans.ends

    def rows(self, start: int, end: int) -> list[int]:
        """The rows of those that overlap `[start, end)`."""
        first = int(np.searchsorted(self._reach, start, side="right"))
        last = int(np.searchsorted(self.spans.starts, end, side="left"))
        return [row for row in range(first, last) if self.spans.ends[row] > start]
