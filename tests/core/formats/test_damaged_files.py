"""Damaged files of every tool's format: documents that are sound, or an error that says what is wrong; never anything else."""

from __future__ import annotations

import io
import json
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import FarspanError
from farspan.formats import FORMATS, open_target, read_documents, writer_for
from farspan.model import Document, Relation, Span, Tokens

NAMES = sorted(
    [
        *("pubtator", "doccano", "labelstudio", "prodigy", "dygie", "tacred"),
        *("nyt10", "wrench", "webanno", "xmi", "casjson", "brat"),
    ]
)
VALUES: list[Any] = [
    *(None, True, -1, 0, 3, 10**9, 2**31, 2**40, 10**25, 1.5, "", "x", "\u2028", [], {}, [[]], [None], [0, 1], [1, 0]),
    *([[0, 1, "X"]], {"a": 1}, [{}], ["a"]),
]
PIECES = [
    *(b"null", b"-1", b"0", b"1e999", b"99999999999999999999", b'"x"', b"[]", b"{}", b"", b"\t", b"\n", b"\r", b"|", b"[", b"]"),
    *(
        b"{",
        b"}",
        b",",
        b":",
        b'"',
        b"\\",
        b"\\ud800",
        b"\xff",
        b"\xf0\x9f\x98\x80",
        b"-",
        b";",
        b"1-1",
        b"T1",
        b"&#0;",
        b"<x/>",
        b"*",
    ),
]
PARTS = re.compile(rb'-?\d+|"[^"]{0,30}"|\[[^\[\]]{0,40}\]|\{[^{}]{0,60}\}|[^\t\n]+')


def document(key: str) -> Document:
    text = "😀 Lima is in Peru.\r\nשלום Sa\u0303o x|y"
    starts, ends = [0, 2, 7, 10, 13, 17, 20, 25, 29], [1, 6, 9, 12, 17, 18, 24, 28, 32]
    tokens = Tokens(np.array(starts, np.int32), np.array(ends, np.int32), np.array([0, 6], np.int32))
    spans = [
        Span(2, 6, "LOC", "list", "name", ("Q1", "MESH:2"), "gold", 0.5),
        Span(2, 17, "CLAUSE", kind="gold"),
        Span(13, 17, "LOC", ids=("Q2",), kind="gold"),
        Span(13, 17, "LOC", "other", kind="candidate"),
    ]
    return Document(key, text, {"topic": [1]}, tokens, spans, [Relation("cap", 0, 2, "Q1", "Q2"), Relation("r", 2, 2)])


def whole(name: str) -> tuple[bytes, bytes]:
    """A sound file of the format, and for brat the text that it belongs to."""
    if FORMATS[name].content == "pair":
        with tempfile.TemporaryDirectory() as folder:
            with open_target(f"{folder}/out/", FORMATS[name]) as target, writer_for(name, target) as writer:
                writer.write(document("d"))
            return Path(folder, "out", "d.ann").read_bytes(), Path(folder, "out", "d.txt").read_bytes()
    stream = io.BytesIO()
    with writer_for(name, stream) as writer:
        writer.write(document("d"))
        if not FORMATS[name].single:
            writer.write(document("e"))
    return stream.getvalue(), b""


SOUND = {name: whole(name) for name in NAMES}


def damaged(data: bytes, draw: st.DataObject) -> bytes:
    """`data` with one to three things cut, put in, put in another's place or, in JSON, given another value."""
    for _ in range(draw.draw(st.integers(1, 3))):
        how = draw.draw(st.sampled_from(["cut", "put", "part", "end", "value", "value"]))
        place = draw.draw(st.integers(0, len(data)))
        if how == "cut":
            data = data[:place] + data[place + draw.draw(st.integers(1, 30)) :]
        elif how == "put":
            data = data[:place] + draw.draw(st.sampled_from(PIECES)) + data[place:]
        elif how == "end":
            data = data[:place]
        elif how == "value" and data[:1] in {b"{", b"["}:
            data = revalued(data, draw)
        else:
            parts = list(PARTS.finditer(data))
            part = draw.draw(st.sampled_from(parts)) if parts else None
            data = data[: part.start()] + draw.draw(st.sampled_from(PIECES)) + data[part.end() :] if part else data
    return data


def revalued(data: bytes, draw: st.DataObject) -> bytes:
    """JSON with one value taken out or changed; as it is where it cannot be read."""
    try:
        records = [json.loads(line) for line in data.decode().split("\n") if line] if data[:2] != b"[\n" else json.loads(data)
    except ValueError:
        return data
    holders: list[tuple[Any, Any]] = []
    waiting = [records]
    while waiting:
        found = waiting.pop()
        keys = list(found) if isinstance(found, dict) else range(len(found)) if isinstance(found, list) else []
        holders += [(found, key) for key in keys]
        waiting += [found[key] for key in keys]
    if not holders:
        return data
    holder, key = draw.draw(st.sampled_from(holders))
    if draw.draw(st.booleans()):
        holder[key] = draw.draw(st.sampled_from(VALUES))
    else:
        del holder[key]
    lines = (
        [json.dumps(record) for record in records] if isinstance(records, list) and data[:2] != b"[\n" else [json.dumps(records)]
    )
    return "\n".join(lines).encode()


def check(found: Document) -> None:
    for span in found.spans:
        assert 0 <= span.start < span.end <= len(found.text)
        assert all(isinstance(value, str) for value in (span.label, span.source, span.name, span.kind, *span.ids))
        assert span.score is None or isinstance(span.score, (int, float))
    for relation in found.relations:
        assert {relation.subject, relation.object} <= set(range(len(found.spans)))
    with writer_for("jsonl", io.BytesIO(), columns=True) as writer:
        writer.write(found)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None)
@given(draw=st.data())
def test_a_damaged_file_gives_sound_documents_or_an_error(name: str, draw: st.DataObject) -> None:
    data, text = SOUND[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.txt")
        path.write_bytes(text or damaged(data, draw))
        if text:
            path.with_suffix(".ann").write_bytes(damaged(data, draw))
        with suppress(FarspanError):
            for found in read_documents([path], input_format=name):
                check(found)
