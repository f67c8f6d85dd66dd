"""What a run counted and how long its steps took."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from farspan.decide.conflicts import Contest, Decisions, Status
from farspan.model import BoolArray, IntArray


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

    def add(
        self, contest: Contest, decisions: Decisions, label_ids: IntArray, labels: Sequence[str], lists: Sequence[str]
    ) -> None:
        """Count the decided candidates of one corpus; lists: names of the sources by number."""
        kept = decisions.status <= Status.NESTED
        self.candidates += len(contest)
        self.spans += int(kept.sum())
        for label, count in zip(labels, np.bincount(label_ids[kept], minlength=len(labels)), strict=True):
            if count:
                self.by_label[label] = self.by_label.get(label, 0) + int(count)
        for number, name in enumerate(lists):
            mine = contest.sources == number
            counts, status = self.by_list[name], decisions.status[mine]
            counts.matched[contest.names[mine]] = True
            counts.candidates += int(mine.sum())
            counts.kept += int((status <= Status.NESTED).sum())
            counts.lost += int((status == Status.LOST).sum())
            counts.blocked += int((status == Status.BLOCKED).sum())

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
