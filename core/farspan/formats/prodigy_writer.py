"""Writing Prodigy's JSON lines; see `prodigy` for their keys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from farspan.formats.output import StreamWriter, count_unsaid, shown
from farspan.formats.prodigy import KIND_OF_ANSWER, OF_RECORD
from farspan.formats.tokenised import TokenPlaces
from farspan.model import Document, Relation, Span


class ProdigyWriter(StreamWriter):
    """Writes documents as JSON lines for Prodigy, with all that is known of a span as further keys of it.

    Spans that do not begin and end with tokens are written without token numbers and counted as ``borders``: Prodigy refuses
    them where it shows tokens. A record says "accept" unless the document came with another answer; a rejected one keeps the
    spans that were rejected.
    """

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError for what JSON cannot hold."""
        answer = document.meta.get("answer", "accept")
        spans = self._with_judged(document, KIND_OF_ANSWER.get(answer) if isinstance(answer, str) else None)
        places = None if document.tokens is None else TokenPlaces.of(document)
        count_unsaid(self.loss, document, (), {"tokens", "meta"})
        if document.tokens is not None and len(document.tokens.sentences) > 1:
            self.loss.add("sentences", document.id)
        numbers = {index: number for number, index in enumerate(spans)}
        records = {index: self._span(document, span, places) for index, span in spans.items()}
        record: dict[str, Any] = {"text": document.text, "spans": list(records.values())}
        if places is not None:
            record["tokens"] = _tokens(document, places)
        record["relations"] = [
            _relation(relation, records, numbers) for relation in document.relations if self._is_whole(document, relation, spans)
        ]
        record["answer"] = answer
        record |= {key: document.meta[key] for key in OF_RECORD if key in document.meta}
        rest = {key: value for key, value in document.meta.items() if key not in {"id", "answer", *OF_RECORD}}
        record["meta"] = {"id": document.id, **rest}
        self._dump(document, {"_is_binary": False} | record)

    def _with_judged(self, document: Document, kind: str | None) -> dict[int, Span]:
        """The spans that are to be written, by index: those of `kind` too, which the answer of the whole record is about."""
        if kind is None:
            return self._chosen(document)
        others = replace(document, spans=[span for span in document.spans if span.kind != kind], relations=[])
        self._chosen(others)  # counts what is left out
        return {index: span for index, span in enumerate(document.spans) if span.kind == kind or span.kind in self._kinds}

    def _is_whole(self, document: Document, relation: Relation, spans: dict[int, Span]) -> bool:
        whole = relation.subject in spans and relation.object in spans
        if not whole:
            self.loss.add("relations", f"{document.id}: {relation.relation} of spans that are not written")
        return whole

    def _span(self, document: Document, span: Span, places: TokenPlaces | None) -> dict[str, Any]:
        record: dict[str, Any] = {"start": span.start, "end": span.end, "label": span.label}
        tokens = None if places is None else places.range(span)
        if tokens is not None:
            record |= {"token_start": tokens[0], "token_end": tokens[1]}
        elif places is not None:
            self.loss.add("borders", shown(document, span))
        known = {"source": span.source, "name": span.name, "ids": list(span.ids), "kind": span.kind}
        record |= {key: value for key, value in known.items() if value}
        return record if span.score is None else record | {"score": span.score}


def _tokens(document: Document, places: TokenPlaces) -> list[dict[str, Any]]:
    text = document.text
    ranges = zip(places.tokens.starts.tolist(), places.tokens.ends.tolist(), strict=True)
    return [
        {"text": text[start:end], "start": start, "end": end, "id": number, "ws": text[end : end + 1] == " "}
        for number, (start, end) in enumerate(ranges)
    ]


def _relation(relation: Relation, records: dict[int, dict[str, Any]], numbers: dict[int, int]) -> dict[str, Any]:
    record: dict[str, Any] = {"label": relation.relation}
    for key, index in (("head", relation.subject), ("child", relation.object)):
        span = records[index]
        if "token_end" in span:
            record[key] = span["token_end"]
        named = ("start", "end", "token_start", "token_end", "label")
        record[f"{key}_span"] = {name: span[name] for name in named if name in span} | {"index": numbers[index]}
    known = {"subject_id": relation.subject_id, "object_id": relation.object_id, "source": relation.source}
    return record | {key: value for key, value in known.items() if value}
