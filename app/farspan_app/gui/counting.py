"""What the tables of the window count, computed on a worker's thread: a million candidates take a tenth of a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from farspan.decide.conflicts import Status
from farspan.model import Document, LongArray
from farspan.noise.signals import FloatArray, RunSignals
from farspan.run import Run, Source


@dataclass(frozen=True, slots=True, eq=False)
class ListCounts:
    """What became of one list. found, kept: int64[names], the candidates of each name; order: int64[names], most found first."""

    found: LongArray
    kept: LongArray
    order: LongArray
    candidates: int = 0
    lost: int = 0
    blocked: int = 0

    @property
    def totals(self) -> tuple[int, int, int, int, int]:
        """Names found, candidates, kept, lost, blocked."""
        return int((self.found > 0).sum()), self.candidates, int(self.kept.sum()), self.lost, self.blocked


def count_lists(sources: Sequence[Source], run: Run | None) -> Mapping[str, ListCounts]:
    """The counts of every list by its name; nothing but zeros for those that are switched off."""
    numbers = {} if run is None else {source.name: number for number, source in enumerate(run.rules.sources)}
    return {
        source.name: _empty(len(source.entity_list))
        if run is None or source.name not in numbers
        else _counted(len(source.entity_list), run, numbers[source.name])
        for source in sources
    }


def _counted(names: int, run: Run, number: int) -> ListCounts:
    mine = run.contest.sources == number
    name, status = run.contest.names[mine], run.decisions.status[mine]
    found = np.bincount(name, minlength=names)
    kept = np.bincount(name[status <= Status.NESTED], minlength=names)
    lost, blocked = int((status == Status.LOST).sum()), int((status == Status.BLOCKED).sum())
    return ListCounts(found, kept, np.argsort(-found, kind="stable"), len(name), lost, blocked)


def _empty(names: int) -> ListCounts:
    nothing = np.zeros(names, np.int64)
    return ListCounts(nothing, nothing, np.arange(names, dtype=np.int64))


def count_gold(documents: Sequence[Document]) -> LongArray:
    """int64[documents]: the gold spans of each."""
    return np.array([sum(span.kind == "gold" for span in document.spans) for document in documents], np.int64)


STRETCHES: Final = 40
"""Parts of equally many tokens into which the corpus is cut to show where matches stand."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What a run labels, at a glance. by_label, by_list: kept spans. over_corpus: label -> those of each stretch."""

    by_label: Mapping[str, int] = field(default_factory=dict)
    by_list: Mapping[str, int] = field(default_factory=dict)
    over_corpus: Mapping[str, Sequence[int]] = field(default_factory=dict)


def overview(run: Run | None) -> Overview:
    """The counts of the spans of `run`."""
    if run is None:
        return Overview()
    spans, labels = run.spans, run.rules.labels
    lists = [source.name for source in run.rules.sources]
    parts = spans.starts.astype(np.int64) * STRETCHES // max(len(run.corpus), 1)
    spread = np.bincount(spans.label_ids * STRETCHES + parts, minlength=len(labels) * STRETCHES).reshape(-1, STRETCHES)
    by_list = np.bincount(run.contest.sources[spans.rows], minlength=len(lists))
    return Overview(
        dict(zip(labels, spread.sum(axis=1).tolist(), strict=True)),
        dict(zip(lists, by_list.tolist(), strict=True)),
        dict(zip(labels, spread.tolist(), strict=True)),
    )


def candidate_risks(found: RunSignals) -> FloatArray:
    """float64[candidates]: the signal of each: that of its span, or of its name where it is not labelled."""
    run = found.run
    risks = np.zeros(len(run.contest))
    for source, names in found.names.items():
        mine = run.contest.sources == source
        risks[mine] = names.risks[run.contest.names[mine]]
    risks[run.spans.rows] = found.risks
    return risks
