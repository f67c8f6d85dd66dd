"""What people said of a text: gold labels of whole stretches, and verdicts on single spans, on one line of positions.

A position is a code point on the line through all texts of a corpus (`line_starts`), so a span of any run over that corpus is
compared with what people said by two numbers and a label. Nothing here is counted that nobody has looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from farspan.errors import InputError
from farspan.matching.characters import character_bases
from farspan.model import BoolArray, Document, LongArray
from farspan.noise.scoring import LabelledSpans, is_found, labelled_spans
from farspan.run import Run
from farspan.text.corpus import Corpus

Unit = Literal["sentence", "document"]
UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of one span. document: its number in the corpus. right: None if unsure.

    instead: what should stand there, as (start, end, label), where the person said so.
    """

    document: int
    start: int
    end: int
    label: str
    right: bool | None
    instead: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """All that is known to be right or wrong in a corpus.

    labels: what the numbers in `gold` and `judged` mean. gold: spans known to be right. read: int64[r, 2], stretches in which
    `gold` is complete, ascending. judged, right: spans with a verdict, and which of them are right. units: int64[u], where each
    unit that was drawn as a whole begins, ascending; differences are judged between units.
    """

    labels: tuple[str, ...]
    gold: LabelledSpans
    read: LongArray
    judged: LabelledSpans
    right: BoolArray
    units: LongArray

    @property
    def is_complete(self) -> bool:
        """Whether some stretch was read whole, so that something can be said of what was missed."""
        return len(self.read) > 0

    def is_read(self, starts: LongArray, ends: LongArray) -> BoolArray:
        """bool[n]: which stretches lie in one that was read whole."""
        if not len(self.read):
            return np.zeros(len(starts), np.bool_)
        at = np.searchsorted(self.read[:, 0], starts, side="right") - 1
        inside: BoolArray = (at >= 0) & (ends <= self.read[np.maximum(at, 0), 1])
        return inside

    def unit_of(self, starts: LongArray) -> LongArray:
        """int64[n]: the number of the unit in which each position lies."""
        return np.maximum(np.searchsorted(self.units, starts, side="right") - 1, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Spans held against the evidence.

    spans: those of the result in order, labels as in the evidence's (those it does not know come after). verdict: int8[n], 1
    right, 0 wrong, -1 nobody knows. rows: int64[n], where each stands in what was held against it. found: bool[gold], which gold
    spans the result has.
    """

    spans: LabelledSpans
    verdict: np.ndarray[tuple[int], np.dtype[np.int8]]
    rows: LongArray
    found: BoolArray
    labels: tuple[str, ...]


def line_starts(corpus: Corpus) -> LongArray:
    """int64[documents]: where on the line each document's text begins."""
    return character_bases(corpus).astype(np.int64)


def gold_evidence(corpus: Corpus, gold: Iterable[Document], *, unit: Unit = "sentence", kind: str = "gold") -> Evidence:
    """Evidence from documents whose gold labels are complete; other documents of the corpus count as unread.

    A gold document is the one of its id, or of its place where ids differ, and must have the same text. unit: what differences
    are judged between. Raises InputError for a gold document that the corpus does not have.
    """
    bases = line_starts(corpus)
    numbers = {document.id: number for number, document in enumerate(corpus.documents)}
    rows: list[tuple[int, int, int]] = []
    read: list[tuple[int, int]] = []
    labels: dict[str, int] = {}
    for place, document in enumerate(gold):
        number = _partner(corpus, numbers, place, document)
        base = int(bases[number])
        read.append((base, base + len(document.text)))
        spans = [span for span in document.spans if span.kind == kind] or document.spans
        rows += [(base + s.start, base + s.end, labels.setdefault(s.label, len(labels))) for s in spans]
    none = np.zeros(0, np.int64)
    stretches = np.array(sorted(read), np.int64).reshape(-1, 2)
    return Evidence(
        tuple(labels), _spans(rows), stretches, labelled_spans(none, none, none), none.astype(np.bool_), _units(corpus, unit)
    )


def judged_evidence(corpus: Corpus, verdicts: Iterable[Verdict], *, unit: Unit = "sentence") -> Evidence:
    """Evidence from verdicts on single spans; of several on one span the last counts, and unsure takes an earlier one back."""
    bases = line_starts(corpus)
    labels: dict[str, int] = {}
    said: dict[tuple[int, int, int], bool] = {}
    instead: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
    for one in verdicts:
        base = int(bases[one.document])
        key = base + one.start, base + one.end, labels.setdefault(one.label, len(labels))
        said.pop(key, None)
        instead.pop(key, None)
        if one.right is not None:
            said[key] = one.right
            instead[key] = [(base + s, base + e, labels.setdefault(label, len(labels))) for s, e, label in one.instead]
    keys = sorted(said)
    gold = [key for key in keys if said[key]] + [key for keys in instead.values() for key in keys]
    right = np.array([said[key] for key in keys], np.bool_)
    return Evidence(tuple(labels), _spans(gold), np.zeros((0, 2), np.int64), _spans(keys), right, _units(corpus, unit))


def joined_evidence(one: Evidence, other: Evidence) -> Evidence:
    """Both together, over one corpus: sentences read whole, and verdicts on spans elsewhere. What was read whole counts first."""
    labels = {label: number for number, label in enumerate(one.labels)}
    table = np.array([labels.setdefault(label, len(labels)) for label in other.labels], np.int64)
    gold = _joined(one.gold, _renumbered(other.gold, table))
    judged = _renumbered(other.judged, table)
    new = ~is_found(judged, one.judged)
    together = [np.concatenate(pair) for pair in zip(_columns(one.judged), _columns(judged.where(new)), strict=True)]
    order = np.lexsort((together[2], together[1], together[0]))
    right = np.concatenate([one.right, other.right[new]])[order]
    read = np.concatenate([one.read, other.read])
    return Evidence(tuple(labels), gold, read[np.argsort(read[:, 0], kind="stable")], labelled_spans(*together), right, one.units)


def run_spans(run: Run) -> tuple[LongArray, LongArray, LongArray]:
    """int64[spans] each: where the spans of `run.spans` begin and end on the line, and their labels as in `run.rules`."""
    bases = line_starts(run.corpus)[run.corpus.document_of(run.spans.starts)]
    starts, ends = run.characters_of(slice(None))
    return bases + starts, bases + ends, run.spans.label_ids.astype(np.int64)


def outcome_of(run: Run, evidence: Evidence) -> Outcome:
    """The spans of `run` held against what is known; `rows` are those of `run.spans`."""
    return outcome(*run_spans(run), run.rules.labels, evidence)


def outcome(starts: LongArray, ends: LongArray, labels: LongArray, names: Sequence[str], evidence: Evidence) -> Outcome:
    """Spans in any order held against what is known. labels: int[n], into `names`."""
    known = {label: number for number, label in enumerate(evidence.labels)}
    table = np.array([known.setdefault(name, len(known)) for name in names], np.int64)
    own = table[labels] if len(labels) else np.zeros(0, np.int64)
    order = np.lexsort((own, ends, starts))
    spans = LabelledSpans(starts[order], ends[order], own[order].astype(np.int32))
    verdict = np.full(len(spans), UNKNOWN, np.int8)
    verdict[evidence.is_read(spans.starts, spans.ends)] = 0
    for right in (False, True):
        chosen = evidence.judged.where(evidence.right == right)
        said = is_found(spans, chosen) & (verdict == UNKNOWN)
        verdict[said] = right
    verdict[is_found(spans, evidence.gold)] = 1
    return Outcome(spans, verdict, order, is_found(evidence.gold, spans), tuple(known))


def _partner(corpus: Corpus, numbers: Mapping[str, int], place: int, document: Document) -> int:
    for number in (numbers.get(document.id), place):
        if number is not None and number < len(corpus.documents) and corpus.documents[number].text == document.text:
            return number
    raise InputError(
        f"the gold document {document.id!r} is not among the texts, or its text differs",
        remedy="give the texts that the gold labels were made on",
    )


def _units(corpus: Corpus, unit: Unit) -> LongArray:
    """Where each unit begins on the line; the first token of a sentence, the first character of a document."""
    bases = line_starts(corpus)
    if unit == "document":
        return bases
    firsts = corpus.sentences[corpus.sentences < len(corpus)]
    return bases[corpus.document_of(firsts)] + corpus.starts[firsts]


def _spans(rows: Sequence[tuple[int, int, int]]) -> LabelledSpans:
    starts, ends, labels = np.array(rows, np.int64).reshape(-1, 3).T
    return labelled_spans(starts, ends, labels)


def _columns(spans: LabelledSpans) -> tuple[LongArray, LongArray, LongArray]:
    return spans.starts, spans.ends, spans.labels.astype(np.int64)


def _renumbered(spans: LabelledSpans, table: LongArray) -> LabelledSpans:
    numbers = table[spans.labels] if len(spans) else np.zeros(0, np.int64)
    return LabelledSpans(spans.starts, spans.ends, numbers.astype(np.int32))


def _joined(one: LabelledSpans, other: LabelledSpans) -> LabelledSpans:
    return labelled_spans(*(np.concatenate(pair) for pair in zip(_columns(one), _columns(other), strict=True)))
