"""Spans as flat formats can hold them: of the kinds asked for, on token borders, in one sentence, the outermost of overlaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import numpy as np

from farspan.formats.loss import Loss
from farspan.formats.output import ORIGIN
from farspan.formats.schemes import FlatSpans
from farspan.model import BoolArray, Document, IntArray, Span, Tokens
from farspan.spans import KINDS, SpanTable

_NONE: Final[IntArray] = np.zeros(0, np.int32)


def flatten(document: Document, tokens: Tokens, kinds: Collection[str], loss: Loss) -> FlatSpans:
    """The spans of `document` that a flat format can hold; the rest is counted in `loss`."""
    return flatten_rows(document, tokens, kinds, loss)[1]


def flatten_rows(
    document: Document, tokens: Tokens, kinds: Collection[str], loss: Loss, keeps: Collection[str] = ()
) -> tuple[IntArray, FlatSpans]:
    """As `flatten`, with the number of each span in the document. keeps: what the format holds of ids, relations and meta."""
    spans = document.spans
    if not len(spans):
        _count_unkept(document, _NONE, loss, keeps)
        return _NONE, FlatSpans(_NONE, _NONE, _NONE, ())
    rows, flat = _of_table(spans, tokens, kinds) if isinstance(spans, SpanTable) else _of_spans(spans, tokens, kinds)
    _count_other_kinds(document, kinds, loss)
    rows = rows[_on_borders(document, rows, flat, tokens, loss)]
    if (flat.starts[rows][1:] < flat.ends[rows][:-1]).any():  # so too where they are out of order
        rows = np.array(_outermost(document, rows, flat, loss), np.int32)
    _count_unkept(document, rows, loss, keeps)
    return rows, FlatSpans(flat.starts[rows], flat.ends[rows], flat.label_ids[rows], flat.labels)


def _of_table(table: SpanTable, tokens: Tokens, kinds: Collection[str]) -> tuple[IntArray, FlatSpans]:
    """Token ranges as the table has them; where a span begins or ends inside a token its range is -1, -1."""
    wanted = np.array([kind in kinds for kind in KINDS])[table.kinds]
    starts, ends = table.token_starts, table.token_ends
    whole = (tokens.starts[starts] == table.starts) & (tokens.ends[ends - 1] == table.ends)
    if not whole.all():
        starts, ends = np.where(whole, starts, np.int32(-1)), np.where(whole, ends, np.int32(-1))
    return np.flatnonzero(wanted).astype(np.int32), FlatSpans(starts, ends, table.label_ids, table.labels)


def _of_spans(spans: Sequence[Span], tokens: Tokens, kinds: Collection[str]) -> tuple[IntArray, FlatSpans]:
    """Token ranges of spans given in code points; where a span is not on token borders its range is -1, -1."""
    labels: dict[str, int] = {}
    label_ids = np.array([labels.setdefault(span.label, len(labels)) for span in spans], np.int32)
    starts = _places([span.start for span in spans], tokens.starts)
    ends = _places([span.end for span in spans], tokens.ends)
    whole = (starts >= 0) & (ends >= 0)
    flat = FlatSpans(np.where(whole, starts, -1), np.where(whole, ends + 1, -1), label_ids, tuple(labels))
    rows = np.array([row for row, span in enumerate(spans) if span.kind in kinds], np.int32)
    return rows, flat


def _places(offsets: list[int], borders: IntArray) -> IntArray:
    """The index of each offset in `borders`; -1 where it is none of them."""
    wanted = np.array(offsets, np.int64)
    if not len(borders):
        return np.full(len(wanted), -1, np.int32)
    found = np.minimum(np.searchsorted(borders, wanted), len(borders) - 1)
    return np.where(borders[found] == wanted, found, -1).astype(np.int32)


def _on_borders(document: Document, rows: IntArray, flat: FlatSpans, tokens: Tokens, loss: Loss) -> BoolArray:
    """Which rows begin and end with tokens of one sentence."""
    starts, ends = flat.starts[rows], flat.ends[rows]
    sentence = np.searchsorted(tokens.sentences, starts, "right")
    good: BoolArray = (starts >= 0) & (sentence == np.searchsorted(tokens.sentences, ends - 1, "right"))
    for row in rows[~good].tolist():
        loss.add("borders", _shown(document, row))
    return good


def _outermost(document: Document, rows: Iterable[int], flat: FlatSpans, loss: Loss) -> list[int]:
    """Of overlapping rows the one that begins first, of those the longest, of those the first."""
    kept: list[int] = []
    last = 0
    for row in sorted(rows, key=lambda row: (flat.starts[row], -flat.ends[row])):
        if flat.starts[row] >= last:
            kept.append(int(row))
            last = flat.ends[row]
        else:
            loss.add("nested" if flat.ends[row] <= last else "overlapping", _shown(document, int(row)))
    return kept


def _count_other_kinds(document: Document, kinds: Collection[str], loss: Loss) -> None:
    spans = document.spans
    if isinstance(spans, SpanTable):
        for number, kind in enumerate(KINDS):
            if kind not in kinds:
                found = np.flatnonzero(spans.kinds == number)
                if len(found):
                    loss.add(kind, _shown(document, int(found[0])), len(found))
        return
    for row, span in enumerate(spans):
        if span.kind not in kinds:
            loss.add(span.kind, _shown(document, row))


def _count_unkept(document: Document, rows: IntArray, loss: Loss, keeps: Collection[str]) -> None:
    """Count what the written spans have beside their range and label, the relations, and what is known of the document."""
    spans = document.spans
    found: Counter[str] = Counter()
    examples: dict[str, str] = {}
    if isinstance(spans, SpanTable):
        names = Counter(zip(spans.sources[rows].tolist(), spans.names[rows].tolist(), strict=True))
        for (source, name), count in names.items():
            origin = spans.origin(source, name)
            found["ids"] += count * bool(origin[2])
            found["sources"] += count * bool(origin[0] or origin[1])
            examples |= {"ids": ", ".join(origin[2])} if origin[2] and "ids" not in examples else {}
        found["scores"] = int((spans.scores[rows] != 1.0).sum())
        kinds = Counter(KINDS[kind] for kind in spans.kinds[rows].tolist())
    else:
        written = [spans[row] for row in rows.tolist()]
        found["ids"] = sum(bool(span.ids) for span in written)
        found["sources"] = sum(bool(span.source or span.name) for span in written)
        found["scores"] = sum(span.score not in {None, 1.0} for span in written)
        kinds = Counter(span.kind for span in written)
        examples = {"ids": ", ".join(next((span.ids for span in written if span.ids), ()))}
    found["kinds"] = kinds.total() - max(kinds.values(), default=0)
    found["relations"] = len(document.relations)
    for kind, count in found.items():
        if kind not in keeps:
            loss.add(kind, examples.get(kind, document.id), count)
    if "meta" not in keeps:
        unsaid = sorted(document.meta.keys() - ORIGIN)
        loss.add("meta", f"{document.id}: {', '.join(unsaid)}", int(bool(unsaid)))


def _shown(document: Document, row: int) -> str:
    span = document.spans[row]
    return f"{document.id}:{span.start}-{span.end} {span.label} {document.text[span.start : span.end][:60]!r}"


def is_plain(text: str, tokens: Tokens) -> bool:
    """Whether `text` is the tokens with one space between them and a line feed between sentences."""
    starts, ends = tokens.starts, tokens.ends
    if not len(starts):
        return not text
    if starts[0] != 0 or ends[-1] != len(text) or (starts[1:] - ends[:-1] != 1).any():
        return False
    gaps = [" "] * (len(starts) - 1)
    for first in tokens.sentences[1:].tolist():
        gaps[first - 1] = "\n"
    return all(text[end] == gap for end, gap in zip(ends[:-1].tolist(), gaps, strict=True))
