"""The JSON Schema that ships: what we write is valid by it, and what it calls wrong is refused when read."""

from __future__ import annotations

import io
import json
from importlib.resources import files
from pathlib import Path

import fastjsonschema
import numpy as np
import pytest

from farspan import annotate
from farspan.errors import InputError
from farspan.formats import read_documents, writer_for
from farspan.model import Document, Relation, Span, Tokens

SCHEMA = json.loads((files("farspan_resources") / "schemas/document-1.schema.json").read_text("utf-8"))
validate = fastjsonschema.compile(SCHEMA)


def lines_of(*documents: Document) -> list[object]:
    stream = io.BytesIO()
    with writer_for("jsonl", stream, columns=True) as writer:
        for document in documents:
            writer.write(document)
    return [json.loads(line) for line in stream.getvalue().split(b"\n")[:-1]]


def test_everything_that_a_document_can_hold_is_valid() -> None:
    tokens = Tokens(np.array([0], np.int32), np.array([4], np.int32), np.array([0], np.int32), columns={"pos": ["PROPN"]})
    spans = [Span(0, 4, "LOC", "cities", "Lima", ("Q2868",), "kept", 0.5), Span(0, 1, "X")]
    relations = [Relation("in", 0, 1, "Q1", None, "kb")]
    for line in lines_of(Document("d", "Lima", {"year": 1999}, tokens, spans, relations), Document("e", "")):
        validate(line)


def test_what_annotate_makes_is_valid() -> None:
    for line in lines_of(*annotate([Document("d", "Lima y Cuzco.")], lists={"LOC": ["Lima"]})):
        validate(line)


WRONG = (
    {"id": "d"},
    {"text": 1},
    {"text": "Lima", "tokens": [[0]]},
    {"text": "Lima", "tokens": [[0, "4"]]},
    {"text": "Lima", "spans": [{"start": 0, "end": 4}]},
    {"text": "Lima", "spans": [{"start": -1, "end": 4, "label": "X"}]},
    {"text": "Lima", "spans": [{"start": 0, "end": 4, "label": "X", "ids": "Q1"}]},
    {"text": "Lima", "relations": [{"relation": "in", "subject": 0}]},
    {"text": "Lima", "columns": {"pos": [1]}, "tokens": [[0, 4]]},
)


@pytest.mark.parametrize("record", WRONG)
def test_what_it_calls_wrong_is_refused(tmp_path: Path, record: dict[str, object]) -> None:
    with pytest.raises(fastjsonschema.JsonSchemaException):
        validate(record)
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    with pytest.raises(InputError):
        list(read_documents([tmp_path / "a.jsonl"], input_format="jsonl"))
