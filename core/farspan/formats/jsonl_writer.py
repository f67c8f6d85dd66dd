"""Writing JSONL, the lossless form; see `jsonl` for its keys."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import IO, Any, Final, Self

import numpy as np
import orjson

from farspan.errors import OutputError
from farspan.formats.loss import Loss
from farspan.model import Document, Relation, Span, Tokens
from farspan.spans import KINDS, SpanTable

_DUMP: Final = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_APPEND_NEWLINE


class JsonlWriter:
    """Writes documents as JSONL to a binary stream. columns: write the further columns of token formats too."""

    def __init__(self, stream: IO[bytes], *, columns: bool = False) -> None:
        self.loss = Loss()
        self._stream = stream
        self._columns = columns

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError for what JSON cannot hold."""
        record: dict[str, Any] = {"id": document.id, "text": document.text}
        if document.meta:
            record["meta"] = dict(document.meta)
        if document.tokens is not None:
            self._add_tokens(record, document.tokens)
        spans = document.spans
        record["spans"] = _table_records(spans) if isinstance(spans, SpanTable) else [_span_record(span) for span in spans]
        record["relations"] = [_relation_record(relation) for relation in document.relations]
        try:
            line = orjson.dumps(record, option=_DUMP)
        except TypeError as error:
            raise OutputError(
                f"document {document.id!r} cannot be written as JSON: {error}",
                remedy="its text, names and meta must be plain Unicode",
            ) from error
        self._stream.write(line)

    def _add_tokens(self, record: dict[str, Any], tokens: Tokens) -> None:
        record["tokens"] = np.ascontiguousarray(np.stack([tokens.starts, tokens.ends], axis=1))
        lasts = np.append(tokens.sentences[1:], len(tokens))[: len(tokens.sentences)] - 1
        record["sentences"] = np.ascontiguousarray(np.stack([tokens.starts[tokens.sentences], tokens.ends[lasts]], axis=1))
        if tokens.columns and self._columns:
            record["columns"] = {name: list(values) for name, values in tokens.columns.items()}
        elif tokens.columns.keys() - {"tag"}:  # the tags are spans, if they were wanted
            self.loss.add("columns", f"{record['id']}: {', '.join(tokens.columns)}")


def _span_record(span: Span) -> dict[str, Any]:
    record: dict[str, Any] = {
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "source": span.source,
        "name": span.name,
        "ids": list(span.ids),
        "kind": span.kind,
    }
    if span.score is not None:
        record["score"] = span.score
    return record


def _table_records(table: SpanTable) -> list[dict[str, Any]]:
    """The records of `table`, made from its columns: each name is asked for its origin once."""
    keys = list(zip(table.sources.tolist(), table.names.tolist(), strict=True))
    origins = {key: table.origin(*key) for key in set(keys)}
    columns = (table.starts, table.ends, table.label_ids, table.kinds)
    rows = zip(keys, *(column.tolist() for column in columns), [round(score, 4) for score in table.scores.tolist()], strict=True)
    labels: Sequence[str] = table.labels
    return [
        {
            "start": start,
            "end": end,
            "label": labels[label],
            "source": origins[key][0],
            "name": origins[key][1],
            "ids": origins[key][2],
            "kind": KINDS[kind],
            "score": score,
        }
        for key, start, end, label, kind, score in rows
    ]


def _relation_record(relation: Relation) -> dict[str, Any]:
    record: dict[str, Any] = {"relation": relation.relation, "subject": relation.subject, "object": relation.object}
    if relation.subject_id is not None:
        record["subject_id"] = relation.subject_id
    if relation.object_id is not None:
        record["object_id"] = relation.object_id
    if relation.source:
        record["source"] = relation.source
    return record
