"""JSONL: the lossless form, and what is said of lines that are not in it."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import InputError, OutputError
from farspan.files import TextFile
from farspan.formats import ReadReport, writer_for
from farspan.formats.jsonl import read_jsonl
from farspan.model import Document, Relation, Span, Tokens
from farspan.spans import SpanTable


def read(data: bytes | str, report: ReadReport | None = None) -> list[Document]:
    file = TextFile("in.jsonl", io.BytesIO(data if isinstance(data, bytes) else data.encode()), None, None)
    return list(read_jsonl(file, "in", report or ReadReport()))


def written(documents: list[Document], **options: Any) -> bytes:
    stream = io.BytesIO()
    with writer_for("jsonl", stream, **options) as writer:
        for document in documents:
            writer.write(document)
    return stream.getvalue()


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """A whole record with hostile text: words with anything between them."""
    text, tokens, sentences = draw(st.sampled_from(["", " ", "\r\n"])), [], []
    for _ in range(draw(st.integers(0, 3))):
        first = len(tokens)
        for word in draw(st.lists(WORDS, min_size=1, max_size=4)):
            tokens.append([len(text), len(text) + len(word)])
            text += word + draw(st.sampled_from([" ", "", "\u2028", "🙂", "\r\n"]))
        sentences.append([tokens[first][0], tokens[-1][1]])
    spans = []
    for _ in range(draw(st.integers(0, 3)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        span = {
            "start": start,
            "end": end,
            "label": "PER",
            "source": draw(WORDS),
            "name": draw(WORDS),
            "ids": draw(st.lists(WORDS)),
        }
        spans.append({**span, "kind": "nested", **({"score": 0.5} if draw(st.booleans()) else {})})
    record: dict[str, Any] = {"id": draw(WORDS), "text": text}
    if draw(st.booleans()):
        record["meta"] = {"año": [1, None, {"deep": 2.5}], "path": "x"}
    record |= {"tokens": tokens, "sentences": sentences, "spans": spans, "relations": []}
    if len(spans) > 1:
        record["relations"] = [{"relation": "born in", "subject": 1, "object": 0, "subject_id": "Q1", "source": "kb"}]
    return record


@settings(max_examples=100, deadline=None)
@given(st.lists(records(), min_size=1, max_size=3))
def test_what_is_read_is_written_again(rows: list[dict[str, Any]]) -> None:
    data = "".join(json.dumps(row) + "\n" for row in rows)
    documents = read(data)
    again = written(documents)
    assert [json.loads(line) for line in again.split(b"\n")[:-1]] == rows
    assert written(read(again)) == again


def test_a_line_with_a_text_is_enough_and_other_keys_are_kept() -> None:
    (document,) = read('\n  \n{"text": "Lima", "title": "x", "meta": {"title": "y"}, "sentences": [[0, 4]]}\r\n')
    assert (document.id, document.text, document.tokens, list(document.spans)) == ("in-3", "Lima", None, [])
    assert document.meta == {"title": "y", "record.title": "x", "sentences": [[0, 4]]}


def test_a_mark_and_a_missing_line_end_do_not_matter() -> None:
    assert [document.id for document in read(b'\xef\xbb\xbf{"text": "a", "id": 7}\n{"text": "b", "id": "x"}')] == ["7", "x"]


def test_columns_are_written_on_request_and_else_counted() -> None:
    tokens = Tokens(np.array([0], np.int32), np.array([4], np.int32), np.array([0], np.int32), columns={"pos": ["NNP"]})
    document = Document("d", "Lima", tokens=tokens)
    assert read(written([document], columns=True))[0].tokens.columns == {"pos": ["NNP"]}
    with writer_for("jsonl", io.BytesIO()) as writer:
        writer.write(document)
    assert dict(writer.loss.counts) == {"columns": 1}


def test_a_table_of_spans_is_written_as_its_spans() -> None:
    def ints(*values: int) -> np.ndarray[Any, np.dtype[np.int32]]:
        return np.array(values, np.int32)

    asked: list[tuple[int, int]] = []

    def origin(source: int, name: int) -> tuple[str, str, tuple[str, ...]]:
        asked.append((source, name))
        return f"list{source}", f"name{name}", ("Q1", "Q2")[:name]

    table = SpanTable(
        ints(0, 5, 5), ints(4, 9, 9), ints(0, 1, 1), ints(1, 2, 2), ints(1, 0, 0), ints(0, 0, 1), ints(0, 1, 1), ints(2, 1, 1),
        np.array([1, 0.3, 1], np.float32), ("PER", "LOC"), origin,
    )  # fmt: skip
    by_table, by_spans = (
        written([Document("d", "Lima Lima", spans=table)]),
        written([Document("d", "Lima Lima", spans=list(table))]),
    )
    assert by_table == by_spans
    assert json.loads(by_table)["spans"][1] == {
        "start": 5, "end": 9, "label": "PER", "source": "list1", "name": "name1", "ids": ["Q1"], "kind": "kept", "score": 0.3,
    }  # fmt: skip


GOOD = '{"text": "Lima en Perú 🇵🇪"}\n'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "this is not JSON"),
        ('{"text": "a", }', "this is not JSON"),
        ("[1]", "a line must be an object, not a list"),
        ("null", "a line must be an object, not missing or null"),
        ('{"body": "x"}', 'there is no "text"'),
        ('{"text": 3}', '"text" must be a string, not a number'),
        ('{"text": "a", "id": []}', '"id" must be a string or a whole number'),
        ('{"text": "a", "meta": "x"}', '"meta" must be an object'),
        ('{"text": "\\ud800"}', "half of a surrogate pair"),
        ('{"text": "a\\udc00b"}', "half of a surrogate pair"),
        ('{"text": "a", "tokens": [[0, 2]]}', '"tokens" number 1, \\[0, 2\\], does not lie in the text of 1 code points'),
        ('{"text": "ab", "tokens": [[1, 2], [0, 1]]}', '"tokens" must stand in order'),
        ('{"text": "ab", "tokens": ["ab"]}', '"tokens" must be \\[\\[start, end\\]'),
        ('{"text": "ab", "tokens": [[0, 1.5]]}', '"tokens" must be'),
        ('{"text": "ab", "tokens": [[0, 1], [2]]}', '"tokens" must be'),
        ('{"text": "ab", "tokens": [[0, 99999999999999999999]]}', '"tokens"'),
        ('{"text": "ab", "tokens": [[true, false]]}', '"tokens" must be'),
        ('{"text": "ab", "tokens": [[0, 1], [1, 2]], "sentences": [[0, 1]]}', '"sentences" do not fit'),
        ('{"text": "ab", "tokens": [[0, 1], [1, 2]], "sentences": []}', '"sentences" do not fit'),
        ('{"text": "ab", "tokens": [], "sentences": [[0, 1]]}', '"sentences" do not fit'),
        ('{"text": "ab", "tokens": [[0, 2]], "columns": {"pos": []}}', 'column "pos" must have 1 strings'),
        ('{"text": "ab", "spans": {}}', '"spans" must be a list, not an object'),
        ('{"text": "ab", "spans": [[0, 2, "PER"]]}', "span 1 must be an object, not a list"),
        ('{"text": "ab", "spans": [{"start": 0, "end": 3, "label": "X"}]}', "span 1, 0 to 3, does not lie in the text"),
        ('{"text": "ab", "spans": [{"start": 1, "end": 1, "label": "X"}]}', "span 1, 1 to 1, does not lie in the text"),
        ('{"text": "ab", "spans": [{"start": "0", "end": 1, "label": "X"}]}', '"start" must be a whole number, not a string'),
        ('{"text": "ab", "spans": [{"start": 0, "end": 1}]}', '"label" must be a string, not missing or null'),
        ('{"text": "ab", "spans": [{"start": 0, "end": 1, "label": "X", "ids": "Q1"}]}', '"ids" must be a list of strings'),
        ('{"text": "ab", "spans": [{"start": 0, "end": 1, "label": "X", "score": true}]}', '"score" must be a number'),
        ('{"text": "🙂ab", "spans": [{"start": 2, "end": 4, "label": "X", "text": "ab"}]}', "does not lie in the text"),
        ('{"text": "🙂abc", "spans": [{"start": 2, "end": 4, "label": "X", "text": "ab"}]}', "not bytes or UTF-16 units"),
        ('{"text": "ab", "relations": [{"relation": "r", "subject": 0, "object": 1}]}', "joins spans 0 and 1, but there are 0"),
        ('{"text": "ab", "relations": [3]}', "relation 1 must be an object"),
    ],
)
def test_a_wrong_line_is_named(line: str, message: str) -> None:
    with pytest.raises(InputError, match=rf"^in.jsonl:2: .*{message}"):
        read(GOOD + line)


def test_span_keys_that_are_not_kept_are_reported() -> None:
    report = ReadReport()
    read('{"text": "ab", "spans": [{"start": 0, "end": 1, "label": "X", "token_start": 0}]}', report)
    assert report.notices == {"keys": ["in.jsonl:1: span 1: not kept: token_start"]}


def test_relations_come_back_as_they_were() -> None:
    spans = [Span(0, 1, "A"), Span(1, 2, "B", "list", "b", ("Q2",), "gold", 0.25)]
    relations = [Relation("r", 1, 0), Relation("s", 0, 1, "Q1", "Q2", "kb")]
    (document,) = read(written([Document("d", "ab", {}, None, spans, relations)]))
    assert (list(document.spans), list(document.relations)) == (spans, relations)


def test_half_surrogates_cannot_be_written() -> None:
    with pytest.raises(OutputError, match="document 'd' cannot be written as JSON"):
        written([Document("d", "a\ud800b")])


def test_a_line_of_two_megabytes_is_fine() -> None:
    text = "ñ 🙂 " * 500_000
    assert read(json.dumps({"text": text}))[0].text == text
