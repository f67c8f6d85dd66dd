"""Writing weak labels, with the names of their sources beside them; see `wrench`."""

from __future__ import annotations

from collections.abc import Collection
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any, Final, Self

import orjson

from farspan.formats.flat import is_plain
from farspan.formats.output import WRITTEN, StreamWriter, count_unsaid, dumped, shown
from farspan.formats.tokenised import TokenPlaces
from farspan.model import Document, Span

_KINDS: Final = (*WRITTEN, "candidate")


class WrenchWriter(StreamWriter):
    """Writes documents with one list of spans for each source; gold spans are the labels.

    All sources must be known before the first document can be written, so documents wait in a temporary file. A source without a
    name is called ``source``.
    """

    def __init__(self, stream: IO[bytes], *, kinds: Collection[str] = _KINDS) -> None:
        super().__init__(stream, kinds=kinds)
        self._sources: dict[str, int] = {}
        self._labels: dict[str, None] = {}
        self._waiting = TemporaryFile()  # noqa: SIM115  (closed on exit)
        self._lengths: list[int] = []

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            super().__exit__(kind, error, trace)
        finally:
            self._waiting.close()

    def __enter__(self) -> Self:
        return self

    @property
    def beside(self) -> dict[str, bytes]:
        """The names of the sources and labels."""
        count = len(self._lengths)
        known = {
            "lf": list(self._sources),
            "entity_types": list(self._labels),
            "num_lf": len(self._sources),
            "num_labels": 2 * len(self._labels) + 1,
            "size": count,
            "max_length": max(self._lengths, default=0),
            "avg_length": sum(self._lengths) / count if count else 0,
        }
        return {"*_meta.json": orjson.dumps(known, option=orjson.OPT_INDENT_2) + b"\n"}

    def write(self, document: Document) -> None:
        """Take one document. Raises OutputError if it has no tokens, and for what JSON cannot hold."""
        places = TokenPlaces.of(document)
        label: list[list[Any]] = []
        weak: dict[int, list[list[Any]]] = {}
        written = []
        for span in self._chosen(document).values():
            tokens = places.range(span)
            if tokens is None:
                self.loss.add("borders", shown(document, span))
                continue
            written.append(span)
            self._labels.setdefault(span.label)
            rows = label if span.kind == "gold" else weak.setdefault(self._source(span), [])
            rows.append([tokens[0], tokens[1] + 1, span.label])
        self._count_lost(document, places, written)
        data = {
            "text": places.words,
            "id": document.id,
            **{key: value for key, value in document.meta.items() if key not in {"text", "id"}},
        }
        self._lengths.append(len(places.words))
        self._waiting.write(dumped(document, [label, data, list(weak.items())]) + b"\n")

    def _source(self, span: Span) -> int:
        return self._sources.setdefault(span.source or "source", len(self._sources))

    def _count_lost(self, document: Document, places: TokenPlaces, written: list[Span]) -> None:
        weak = [span for span in written if span.kind != "gold"]
        count_unsaid(self.loss, document, written, {"tokens", "sources", "kinds", *(document.meta.keys() - {"text", "id"})})
        self.loss.add("kinds", document.id, sum(span.kind != "candidate" for span in weak))
        for span in written:
            if span.name or (span.kind == "gold" and span.source):
                self.loss.add("sources", f"{shown(document, span)}: {span.source} {span.name}")
        self.loss.add("relations", document.id, len(document.relations))
        if len(places.firsts) > 2:
            self.loss.add("sentences", document.id)
        if not is_plain(document.text, places.tokens):
            self.loss.add("text", document.id)
        if places.tokens.columns.keys() - {"tag"}:
            self.loss.add("columns", document.id)

    def finish(self) -> None:
        """Write all documents that wait."""
        self._waiting.seek(0)
        self._stream.write(b"{")
        for number, line in enumerate(self._waiting):
            label, data, weak = orjson.loads(line)
            rows: list[list[Any]] = [[] for _ in self._sources]
            for source, spans in weak:
                rows[source] = spans
            record = orjson.dumps({"label": label, "data": data, "weak_labels": rows})
            self._stream.write(b'%s\n"%d": %s' % (b"," if number else b"", number, record))
        self._stream.write(b"\n}\n")
