"""Writing OpenNRE's JSON lines, and the numbers of the relations beside them; see `nyt10`."""

from __future__ import annotations

from collections.abc import Collection
from typing import IO, Any

import numpy as np
import orjson

from farspan.formats.output import WRITTEN, StreamWriter, count_unsaid, shown
from farspan.model import Document, Span

NEGATIVE = "NA"


class Nyt10Writer(StreamWriter):
    """Writes every relation as a line for OpenNRE: the sentence (or sentences) that both its ends lie in, and these.

    A mention without an id gets its own words as one, since bags are made by ids (counted as ``bags``). What is in no relation is
    not in the file: such spans are counted as ``spans``. What stands `beside` is the number of each relation, ``NA`` being 0.
    """

    def __init__(self, stream: IO[bytes], *, kinds: Collection[str] = WRITTEN) -> None:
        super().__init__(stream, kinds=kinds)
        self._numbers = {NEGATIVE: 0}

    @property
    def beside(self) -> dict[str, bytes]:
        """The numbers of the relations."""
        return {"*_rel2id.json": orjson.dumps(self._numbers, option=orjson.OPT_INDENT_2) + b"\n"}

    def write(self, document: Document) -> None:
        """Write the relations of one document. Raises OutputError for what JSON cannot hold."""
        spans = self._chosen(document)
        used: dict[int, Span] = {}
        texts: set[tuple[int, int]] = set()
        for _, relation in self._held(document, spans, ids=True):
            subject, obj = spans[relation.subject], spans[relation.object]
            used |= {relation.subject: subject, relation.object: obj}
            start, end = _stretch(document, subject, obj)
            texts.add((start, end))
            self._numbers.setdefault(relation.relation, len(self._numbers))
            record = {
                "text": document.text[start:end],
                "relation": relation.relation,
                "h": self._end(document, subject, relation.subject_id, start),
                "t": self._end(document, obj, relation.object_id, start),
                "docid": document.id,
            }
            self._dump(document, record)
        self._count_lost(document, spans, used, texts)

    def _end(self, document: Document, span: Span, key: str | None, start: int) -> dict[str, Any]:
        surface = document.text[span.start : span.end]
        known = key if key is not None else next(iter(span.ids), None)
        if known is None:
            self.loss.add("bags", f"{shown(document, span)} has no id: its words stand for one")
        elif span.ids not in {(), (known,)}:
            self.loss.add("ids", f"{shown(document, span)}: {', '.join(span.ids)}")
        place = [span.start - start, span.end - start]
        return {"id": surface if known is None else known, "name": surface, "pos": place, "type": span.label}

    def _count_lost(self, document: Document, spans: dict[int, Span], used: dict[int, Span], texts: set[tuple[int, int]]) -> None:
        count_unsaid(self.loss, document, used.values(), {"ids", "docid"})
        for index, span in spans.items():
            if index not in used:
                self.loss.add("spans", shown(document, span))
        self.loss.add("document_ids", document.id)
        if texts != {(0, len(document.text))}:
            self.loss.add("text", f"{document.id}: only sentences with relations are written, each on its own")


def _stretch(document: Document, first: Span, second: Span) -> tuple[int, int]:
    """The sentences that hold both spans, in code points; the whole text where no sentences are known."""
    tokens = document.tokens
    start, end = min(first.start, second.start), max(first.end, second.end)
    if tokens is None or not len(tokens):
        return 0, len(document.text)
    begins = tokens.starts[tokens.sentences]
    stops = tokens.ends[np.append(tokens.sentences[1:], len(tokens)) - 1]
    begin = int(np.searchsorted(begins, start, "right")) - 1
    stop = int(np.searchsorted(stops, end, "left"))
    low = 0 if begin < 0 else int(begins[begin])
    high = len(document.text) if stop == len(stops) else int(stops[stop])
    return min(low, start), max(high, end)
