"""What a run counted and how long its steps took."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from farspan.decide.conflicts import Status
from farspan.model import BoolArray
from farspan.run import Run
from farspan.sources.lists import EntityList
from farspan.text.corpus import Corpus


@dataclass(slots=True)
class ListCounts:
    """The counts of one list. matched: bool[names], which of its names stand somewhere in the text, wanted or not."""

    names: int
    matched: BoolArray
    candidates: int = 0
    kept: int = 0
    lost: int = 0
    blocked: int = 0

    def as_dict(self) -> dict[str, int]:
        """The counts under their names in the command's JSON."""
        return {
            "names": self.names,
            "matched_names": int(self.matched.sum()),
            "candidates": self.candidates,
            "kept": self.kept,
            "lost": self.lost,
            "blocked": self.blocked,
        }


@dataclass(slots=True)
class Report:
    """Counts over all documents so far, and seconds a step. A nested span counts as kept."""

    documents: int = 0
    sentences: int = 0
    tokens: int = 0
    candidates: int = 0
    spans: int = 0
    by_label: dict[str, int] = field(default_factory=dict)
    by_list: dict[str, ListCounts] = field(default_factory=dict)
    seconds: dict[str, float] = field(
        default_factory=lambda: {"read": 0.0, "tokenize": 0.0, "match": 0.0, "decide": 0.0, "write": 0.0}
    )

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Add the time spent inside to `step`."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] += time.perf_counter() - begin

    @classmethod
    def over(cls, lists: Iterable[EntityList]) -> Report:
        """An empty report with a row for each of `lists`."""
        return cls(by_list={names.name: ListCounts(len(names), np.zeros(len(names), np.bool_)) for names in lists})

    def count_texts(self, corpus: Corpus) -> None:
        """Count the documents, sentences and tokens of `corpus`."""
        self.documents += len(corpus.documents)
        self.sentences += len(corpus.sentences)
        self.tokens += len(corpus)

    def add(self, run: Run) -> None:
        """Count the candidates and spans of `run`."""
        status, sources = run.decisions.status, run.contest.sources
        self.candidates += len(run.contest)
        self.spans += len(run.spans)
        for label, count in zip(run.rules.labels, np.bincount(run.spans.label_ids, minlength=len(run.rules.labels)), strict=True):
            if count:
                self.by_label[label] = self.by_label.get(label, 0) + int(count)
        by_source = np.bincount(sources * len(Status) + status, minlength=len(run.rules.sources) * len(Status)).reshape(
            -1, len(Status)
        )
        for source, found, row in zip(run.rules.sources, run.found, by_source, strict=True):
            counts = self.by_list[source.name]
            counts.matched[found.names] = True
            counts.candidates += len(found)
            counts.kept += int(row[Status.KEPT] + row[Status.NESTED])
            counts.lost += int(row[Status.LOST])
            counts.blocked += int(row[Status.BLOCKED])

    def as_dict(self) -> Mapping[str, Any]:
        """The report under the names of the command's JSON."""
        return {
            "documents": self.documents,
            "sentences": self.sentences,
            "tokens": self.tokens,
            "candidates": self.candidates,
            "spans": self.spans,
            "by_label": dict(sorted(self.by_label.items())),
            "by_list": {name: counts.as_dict() for name, counts in self.by_list.items()},
            "seconds": {step: round(seconds, 6) for step, seconds in self.seconds.items()},
        }
