"""The texts of a project, and what came with each: tokens, spans, relations."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import numpy as np
import orjson
from sqlalchemy import Connection

from farspan.errors import InputError
from farspan.model import Document, Relation, Span, Tokens

GOLD: Final = "gold"
"""The kind of spans that are rows of their own."""


def texts(connection: Connection, documents: Iterable[int]) -> dict[int, str]:
    """The present texts of `documents` by number."""
    found = {}
    query = "SELECT t.text FROM document d JOIN document_text t ON t.id = d.text_id WHERE d.id = ?"
    for number in documents:
        text = connection.exec_driver_sql(query, (number,)).scalar()
        if text is None:
            raise InputError(f"no document has the number {number}", remedy="choose one that `farspan project info` lists")
        found[number] = text
    return found


def given_with(document: Document) -> bytes | None:
    """What came with the text, as JSON; None if nothing did but gold spans, which are rows of their own."""
    found: dict[str, Any] = {}
    if document.tokens is not None:
        tokens = document.tokens
        found["tokens"] = [tokens.starts.tolist(), tokens.ends.tolist(), tokens.sentences.tolist()]
        found["columns"] = {name: list(values) for name, values in tokens.columns.items()}
    if document.relations or any(span.kind != GOLD for span in document.spans):
        found["spans"] = [[s.start, s.end, s.label, s.source, s.name, list(s.ids), s.kind, s.score] for s in document.spans]
        found["relations"] = [[r.relation, r.subject, r.object, r.subject_id, r.object_id, r.source] for r in document.relations]
    return orjson.dumps(found) if found else None


def with_given(document: Document, data: bytes | None, gold: list[Span]) -> Document:
    """`document` with what came with its text. A relation is left out once a gold span it joins is gone."""
    if data is None:
        return replace(document, spans=gold)
    given = orjson.loads(zlib.decompress(data))
    tokens = None
    if "tokens" in given:
        starts, ends, sentences = (np.array(column, np.int32) for column in given["tokens"])
        tokens = Tokens(starts, ends, sentences, columns=given["columns"])
    imported = [_span(item) for item in given.get("spans", ())]
    present = {(span.start, span.end, span.label) for span in gold}
    stays = [span.kind != GOLD or (span.start, span.end, span.label) in present for span in imported]
    numbers = np.cumsum(stays) - 1
    spans = [span for span, kept in zip(imported, stays, strict=True) if kept]
    seen = {(span.start, span.end, span.label) for span in spans if span.kind == GOLD}
    spans += [span for span in gold if (span.start, span.end, span.label) not in seen]
    relations = [
        Relation(name, int(numbers[subject]), int(numbers[object_]), *rest)
        for name, subject, object_, *rest in given.get("relations", ())
        if stays[subject] and stays[object_]
    ]
    return replace(document, tokens=tokens, spans=spans, relations=relations)


def _span(item: list[Any]) -> Span:
    start, end, label, source, name, ids, kind, score = item
    return Span(start, end, label, source, name, tuple(ids), kind, score)
