"""Writing DyGIE's JSON lines; see `dygie` for their keys."""

from __future__ import annotations

from typing import Any

from farspan.formats.dygie import TAKEN
from farspan.formats.flat import is_plain
from farspan.formats.output import StreamWriter, count_unsaid, shown
from farspan.formats.tokenised import TokenPlaces
from farspan.model import Document, Span


class DygieWriter(StreamWriter):
    """Writes documents as JSON lines for DyGIE. Spans lie in one sentence, on token borders; so do both ends of a relation."""

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError if it has no tokens, and for what JSON cannot hold."""
        places = TokenPlaces.of(document)
        count = len(places.firsts) - 1
        ner: list[list[Any]] = [[] for _ in range(count)]
        relations: list[list[Any]] = [[] for _ in range(count)]
        held: dict[int, tuple[int, tuple[int, int]]] = {}
        for index, span in self._chosen(document).items():
            sentence, tokens = places.sentence(span), places.range(span)
            if sentence is None or tokens is None:
                self.loss.add("borders", shown(document, span))
                continue
            held[index] = sentence, tokens
            ner[sentence].append([*tokens, span.label])
        self._count_unsaid(document, [document.spans[index] for index in held])
        for _, relation in self._held(document, held):
            (sentence, subject), (other, obj) = held[relation.subject], held[relation.object]
            if sentence == other:
                relations[sentence].append([*subject, *obj, relation.relation])
            else:
                self.loss.add("relations", f"{document.id}: {relation.relation} between two sentences")
        record = {"doc_key": document.id, "sentences": places.sentences, "ner": ner, "relations": relations, "clusters": []}
        self._dump(document, record | {key: value for key, value in document.meta.items() if key not in TAKEN})

    def _count_unsaid(self, document: Document, spans: list[Span]) -> None:
        keeps = {"tokens", *(document.meta.keys() - TAKEN)}
        count_unsaid(self.loss, document, spans, keeps)
        assert document.tokens is not None  # noqa: S101  (the caller has made sure)
        if not is_plain(document.text, document.tokens):
            self.loss.add("text", document.id)
        if document.tokens.columns.keys() - {"tag"}:
            self.loss.add("columns", document.id)
        at: dict[tuple[int, int], str] = {}
        for span in spans:
            if at.setdefault((span.start, span.end), span.label) != span.label and document.relations:
                self.loss.add("merged", f"{shown(document, span)}: relations cannot say which of two labels they mean")
