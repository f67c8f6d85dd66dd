"""What was read whole says of recall, F1 and the noise matrix: random sentences, and documents that came with gold labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from farspan.audit.drawing import sentence_bounds
from farspan.audit.estimates import Measured, Quantity
from farspan.audit.judging import counted_units
from farspan.audit.samples import SENTENCES, Sample, samples
from farspan.job import SILENT, Job
from farspan.model import Document, Span, Tokens
from farspan.noise.alignment import Side
from farspan.noise.analysis import NoiseAnalysis, analyse
from farspan.noise.comparison import Comparison, compare
from farspan.noise.intervals import Estimate
from farspan.noise.scoring import Scores, score
from farspan.store.project import Project
from farspan.store.results import Results

INTERVAL: Final = "Wilson, corrected for clusters"
Origin = Literal["sentences", "gold"]


@dataclass(frozen=True, slots=True)
class ReadText:
    """The run held against text that was read whole.

    origin: random sentences of a sample, or documents that came with gold labels. units: how many of `unit` were read; drawn: how
    many were drawn; corpus_units: how many the corpus has. covered: 1 if the texts are still those it was drawn from, else None.
    tokens: those of the comparison's grid.
    """

    origin: Origin
    unit: str
    units: int
    drawn: int
    corpus_units: int
    covered: float | None
    samples: tuple[int, ...]
    analysis: NoiseAnalysis
    scores: Scores
    comparison: Comparison
    tokens: tuple[str, ...]

    def measured(self) -> list[Measured]:
        """Precision, recall and F1, over all and by label."""
        entities = self.analysis.entities
        by_quantity: tuple[tuple[Quantity, Estimate, Mapping[str, Estimate]], ...] = (
            ("precision", entities.overall[0], entities.precision),
            ("recall", entities.overall[1], entities.recall),
            ("F1", entities.overall[2], entities.f1),
        )
        rows = [(q, label, one) for q, all_, by_label in by_quantity for label, one in (("", all_), *by_label.items())]
        return [self._measured(*row) for row in rows]

    def _measured(self, quantity: Quantity, label: str, estimate: Estimate) -> Measured:
        read = f"{self.units:,} {'random ' if self.origin == 'sentences' else ''}{self.unit}s"
        design = f"{read} read whole" if self.origin == "sentences" else f"{read} with gold labels, taken as drawn at random"
        left = self.drawn - self.units
        unit = {"precision": "spans", "recall": "entities", "F1": "spans and entities"}[quantity]
        return Measured(
            quantity, label, "", estimate, 0, left, unit, design, INTERVAL, self.samples, self.corpus_units, self.covered
        )


def read_sentences(project: Project, results: Results | None = None, job: Job = SILENT) -> ReadText | None:
    """What the sentences that were drawn and read say of the newest run; None if none was read.

    Of several samples the newest with a sentence read counts. Sentences read elsewhere were not drawn at random and do not count.
    """
    results = results or project.results()
    if results is None:
        return None
    for one in reversed(samples(project, SENTENCES)):
        units = counted_units(project, one)
        if units:
            return _from_sample(project, results, one, units, job)
    return None


def _from_sample(project: Project, results: Results, sample: Sample, read: set[int], job: Job) -> ReadText:
    bounds, population = sentence_bounds(project, results.run.tokenizer, job)
    drawn_from = sum(design.population for design in sample.designs[:1])
    covered = 1.0 if population == sample.population else None
    places = sorted((unit.document, unit.start, unit.end) for unit in sample.units if unit.id in read)
    comparison, tokens = _compared(project, results, places, job)
    analysis = analyse(comparison, "sentence", corpus_units=max(drawn_from, len(places)))
    return ReadText(
        "sentences", "sentence", len(places), len(sample.units), len(bounds), covered, (sample.number,), analysis,
        score(comparison.gold, comparison.predicted, comparison.labels), comparison, tokens,
    )  # fmt: skip


def gold_documents(project: Project) -> list[int]:
    """The documents that came with gold labels, or that a person has read from end to end: gold for all they hold."""
    imported = {gold.document for gold in project.work.gold() if gold.attached and gold.origin == "imported"}
    whole = {(one.document, one.end) for one in project.work.regions() if one.attached and one.start == 0}
    return [one.id for one in project.documents.all() if one.id in imported or (one.id, one.characters) in whole]


def read_gold(project: Project, results: Results | None = None, job: Job = SILENT) -> ReadText | None:
    """What documents with gold labels say of the newest run, taken as a sample of sentences; None without any."""
    results = results or project.results()
    documents = gold_documents(project)
    if results is None or not documents:
        return None
    places = []
    for number, document in enumerate(documents):
        job.progress(number, len(documents), "comparing with gold labels")
        text = project.documents.text(document)
        places.append((document, 0, len(text)))
    comparison, tokens = _compared(project, results, places, job)
    if comparison.grid is None or not len(comparison.grid):
        return None
    analysis = analyse(comparison, "sentence")
    total = len(project.documents.all())
    return ReadText(
        "gold", "sentence", analysis.units, analysis.units, total, 1.0, (), analysis,
        score(comparison.gold, comparison.predicted, comparison.labels), comparison, tokens,
    )  # fmt: skip


def _compared(
    project: Project, results: Results, places: Sequence[tuple[int, int, int]], job: Job
) -> tuple[Comparison, tuple[str, ...]]:
    """Gold and kept spans (before manual edits) in stretches of documents, each a text of its own; and their tokens."""
    gold, kept, words = list[Document](), list[Document](), list[str]()
    for one, other in _stretches(project, results, places):
        gold.append(one)
        kept.append(other)
        if one.tokens is not None:
            bounds = zip(one.tokens.starts.tolist(), one.tokens.ends.tolist(), strict=True)
            words += [one.text[start:end] for start, end in bounds]
        job.progress(len(gold), len(places), "comparing with what was read")
    return compare(Side("the gold labels", gold), Side("the run", kept), by_tokens=False), tuple(words)


def _stretches(project: Project, results: Results, places: Sequence[tuple[int, int, int]]) -> Iterator[tuple[Document, Document]]:
    opened: _Opened | None = None
    last = -1
    for document, start, end in places:
        if opened is None or document != last:
            opened, last = _opened(project, results, document), document
        text, gold, kept, tokens = opened
        name = f"{document}:{start}"
        cut = _cut(tokens, start, end)
        one, other = ([_shifted(span, start) for span in spans if start <= span.start < end] for spans in (gold, kept))
        yield Document(name, text[start:end], tokens=cut, spans=one), Document(name, text[start:end], tokens=cut, spans=other)


_Opened = tuple[str, list[Span], list[Span], Tokens]


def _opened(project: Project, results: Results, document: int) -> _Opened:
    text = project.documents.text(document)
    gold = [Span(one.start, one.end, one.label, kind="gold") for one in project.work.gold(document) if one.attached]
    current = results.is_current(document)
    kept = [span for span in results.machine_spans(document) if span.kind == "kept"] if current else []
    starts, ends, firsts = project.tokens.columns(results.run.tokenizer, document)
    return text, gold, kept, Tokens(starts, ends, firsts)


def _cut(tokens: Tokens, start: int, end: int) -> Tokens:
    """The tokens in [start, end), counted from `start`."""
    first, last = (int(np.searchsorted(tokens.starts, border)) for border in (start, end))
    inside = tokens.sentences[(tokens.sentences > first) & (tokens.sentences < last)] - first
    sentences = np.concatenate([[0], inside]) if last > first else np.zeros(0)
    return Tokens(tokens.starts[first:last] - start, tokens.ends[first:last] - start, sentences.astype(np.int32))


def _shifted(span: Span, start: int) -> Span:
    return Span(span.start - start, span.end - start, span.label, span.source, span.name, span.ids, span.kind, span.score)
