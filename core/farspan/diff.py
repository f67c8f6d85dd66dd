"""What changes between two runs over one corpus: spans added, removed, or changed in border or label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np

from farspan.matching.characters import character_bases
from farspan.model import BoolArray, IntArray, LongArray, Span
from farspan.run import FinalSpans, Run

Change = Literal["added", "removed", "border", "label", "border and label"]


@dataclass(frozen=True, slots=True)
class SpanChange:
    """One difference: the span before (None: added) and after (None: removed), with the text around it."""

    change: Change
    document: str
    before: Span | None
    after: Span | None
    left: str
    text: str
    right: str


@dataclass(frozen=True, eq=False)
class Difference:
    """The spans that two runs over the same corpus do not share.

    removed, added: int64, rows of `before.spans` and `after.spans` without a partner. changed: int64[n, 2], pairs of such rows
    that overlap: one span with another border or label. same: how many spans both have.
    """

    before: Run
    after: Run
    removed: LongArray
    added: LongArray
    changed: LongArray
    same: int

    @cached_property
    def by_label(self) -> Mapping[str, Mapping[str, int]]:
        """Label -> how many were added, removed, changed; a changed span counts under its label before."""
        return self._counted(_label_names)

    @cached_property
    def by_list(self) -> Mapping[str, Mapping[str, int]]:
        """List -> how many were added, removed, changed; a changed span counts under its list before."""
        return self._counted(_list_names)

    def _counted(self, names_of: Any) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
        rows = {
            "added": (self.after, self.added),
            "removed": (self.before, self.removed),
            "changed": (self.before, self.changed[:, 0]),
        }
        for change, (run, chosen) in rows.items():
            for name, count in Counter(names_of(run, chosen)).items():
                counts.setdefault(name, {"added": 0, "removed": 0, "changed": 0})[change] = count
        return dict(sorted(counts.items()))

    def changes(self, context: int = 40) -> Iterator[SpanChange]:
        """Every difference in the order of the text, with `context` characters on each side."""
        olds = np.concatenate([self.removed, np.full(len(self.added), -1), self.changed[:, 0]])
        news = np.concatenate([np.full(len(self.removed), -1), self.added, self.changed[:, 1]])
        starts = np.concatenate(
            [
                self.before.spans.starts[self.removed],
                self.after.spans.starts[self.added],
                self.before.spans.starts[self.changed[:, 0]],
            ]
        )
        order = np.lexsort((news, olds, starts))
        for old, new in zip(olds[order], news[order], strict=True):
            yield self._change(int(old), int(new), context)

    def _change(self, old: int, new: int, context: int) -> SpanChange:
        number, before = _span(self.before, old) if old >= 0 else (-1, None)
        number, after = _span(self.after, new) if new >= 0 else (number, None)
        document = self.before.corpus.documents[number]
        spans = [span for span in (before, after) if span]
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        text = document.text
        return SpanChange(
            _kind(before, after),
            document.id,
            before,
            after,
            text[max(0, start - context) : start],
            text[start:end],
            text[end : end + context],
        )


def difference(before: Run, after: Run) -> Difference:
    """What changes from `before` to `after`; both are runs over the same corpus.

    A removed and an added span that overlap are one changed span; each is paired once, the first with the first.
    """
    # Labels are numbered in each rule set by itself.
    numbers = {label: number for number, label in enumerate(before.rules.labels)}
    translation = np.array([numbers.setdefault(label, len(numbers)) for label in after.rules.labels], np.int32)
    by_characters = before.has_characters or after.has_characters
    spans, others = (_by_extent(run) if by_characters else run.spans for run in (before, after))
    old, new = _keyed(spans, spans.label_ids), _keyed(others, translation[others.label_ids])
    removed = np.flatnonzero(~np.isin(old, new, assume_unique=True))
    added = np.flatnonzero(~np.isin(new, old, assume_unique=True))
    changed = _pairs(spans, others, removed, added)
    left_over = np.setdiff1d(removed, changed[:, 0], assume_unique=True), np.setdiff1d(added, changed[:, 1], assume_unique=True)
    return Difference(before, after, *left_over, changed, len(old) - len(removed))


def _by_extent(run: Run) -> FinalSpans:
    """The spans of `run` with code points in the text of all documents as starts and ends."""
    spans = run.spans
    starts, ends = run.characters_of(slice(None))
    bases = character_bases(run.corpus)[run.corpus.document_of(spans.starts)].astype(np.int32)
    return replace(spans, starts=starts + bases, ends=ends + bases)


def _keyed(spans: FinalSpans, labels: IntArray) -> LongArray:
    """A number for place and label; nested spans of one place and label do not exist, so each is the only one of its kind."""
    lengths = (spans.ends - spans.starts).astype(np.int64)
    return spans.starts.astype(np.int64) << 32 | np.minimum(lengths, (1 << 16) - 1) << 16 | labels


def _pairs(before: FinalSpans, after: FinalSpans, removed: LongArray, added: LongArray) -> LongArray:
    """Rows of removed and added spans that overlap, each used once: a sweep over those that overlap any of the other side."""
    old = removed[_overlapping(before, removed, after, added)]
    new = added[_overlapping(after, added, before, old)]
    found, at, used = [], 0, np.zeros(len(new), np.bool_)
    for row in old:
        start, end = before.starts[row], before.ends[row]
        while at < len(new) and after.ends[new[at]] <= start:
            at += 1
        for index in range(at, len(new)):
            if after.starts[new[index]] >= end:
                break
            if not used[index] and after.ends[new[index]] > start:
                used[index] = True
                found.append((row, new[index]))
                break
    return np.array(found, np.int64).reshape(-1, 2)


def _overlapping(mine: FinalSpans, rows: LongArray, others: FinalSpans, other_rows: LongArray) -> BoolArray:
    """bool[rows]: whether a span of `rows` overlaps one of `other_rows`; both ascend by start."""
    if not len(other_rows):
        return np.zeros(len(rows), np.bool_)
    reach = np.maximum.accumulate(others.ends[other_rows])
    last = np.searchsorted(others.starts[other_rows], mine.ends[rows]) - 1
    overlaps: BoolArray = (last >= 0) & (reach[last] > mine.starts[rows])
    return overlaps


def _label_names(run: Run, rows: LongArray) -> list[str]:
    return [run.rules.labels[number] for number in run.spans.label_ids[rows]]


def _list_names(run: Run, rows: LongArray) -> list[str]:
    return [run.rules.sources[number].name for number in run.contest.sources[run.spans.rows[rows]]]


def _span(run: Run, row: int) -> tuple[int, Span]:
    spans, corpus = run.spans, run.corpus
    first, candidate = int(spans.starts[row]), spans.rows[row]
    start, end = (int(place[0]) for place in run.characters_of(np.array([row])))
    source, name, ids = run.rules.origin(int(run.contest.sources[candidate]), int(run.contest.names[candidate]))
    label, score = run.rules.labels[spans.label_ids[row]], float(run.contest.scores[candidate])
    number = int(corpus.document_of(np.array([first]))[0])
    return number, Span(start, end, label, source, name, ids, score=round(score, 4))


def _kind(before: Span | None, after: Span | None) -> Change:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    if (before.start, before.end) == (after.start, after.end):
        return "label"
    return "border" if before.label == after.label else "border and label"
