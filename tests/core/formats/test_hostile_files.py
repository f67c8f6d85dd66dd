"""Every reader of the table on damaged bytes: documents or an error for people, never another exception, and bounded memory."""

from __future__ import annotations

import tempfile
import tracemalloc
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farspan.errors import FarspanError, InputError
from farspan.formats import FORMATS, open_target, read_documents, write_companions, writer_for
from farspan.model import Document, Relation, Span, Tokens

READ = sorted(name for name, item in FORMATS.items() if item.read is not None)
TEI = b'<?xml version="1.0"?>\n<TEI><text><p>De <persName ref="#a">Ana</persName> en <placeName>Lima</placeName></p></text></TEI>'
FEWREL = b'{"P17": [{"tokens": ["Ana", "vio", "Lima"], "h": ["ana", "Q1", [[0]]], "t": ["lima", "Q2", [[2]]]}]}'


@cache
def valid_file(name: str) -> tuple[bytes, str]:
    """The bytes of a sound file of the format, and its suffix."""
    tokens = Tokens(np.array([0, 4, 8, 11], np.int32), np.array([3, 7, 10, 15], np.int32), np.array([0, 2], np.int32))
    spans = [Span(0, 3, "PER", ids=("Q1",), kind="gold"), Span(11, 15, "LOC", ids=("Q2",), kind="gold")]
    one = Document("d", "Ana vio\n🏛 Lima.", {}, tokens, spans, [Relation("saw", 0, 1)])
    item = FORMATS[name]
    if item.write is None:
        return {"tei": TEI, "fewrel": FEWREL}.get(name) or _office(name), item.suffixes[0]
    with tempfile.TemporaryDirectory() as folder:
        several = item.content == "pair"
        path = str(Path(folder) / ("a.zip" if several else f"a{item.suffixes[0]}"))
        with open_target(path, item) as target, writer_for(name, target) as writer:
            writer.write(one)
        write_companions(path, writer)
        return Path(path).read_bytes(), ".zip" if several else item.suffixes[0]


def _office(name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{name}"
        if name == "docx":
            import docx

            made = docx.Document()
            made.add_paragraph("Ana vio Lima.")
            made.save(str(path))
        else:
            import odfdo

            text = odfdo.Document("text")
            text.body.append(odfdo.Paragraph("Ana vio Lima."))
            text.save(str(path))
        return path.read_bytes()


MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from(["set", "insert", "cut", "double"]),
        st.integers(0, 1 << 20),
        st.sampled_from(
            [
                b"\0",
                b"\n",
                b"\t",
                b"-1",
                b"9" * 12,
                b'"',
                b"{",
                b"]",
                b"\xff",
                b"\xf0\x9f",
                b"<",
                b"&x;",
                b"|",
                b" ",
                b"1",
                b"null",
            ]
        ),
    ),
    min_size=1,
    max_size=6,
)


def mutated(data: bytes, changes: list[tuple[str, int, bytes]]) -> bytes:
    for kind, where, piece in changes:
        place = where % (len(data) + 1)
        match kind:
            case "set":
                data = data[:place] + piece + data[place + len(piece) :]
            case "insert":
                data = data[:place] + piece + data[place:]
            case "cut":
                data = data[:place]
            case "double":
                data = data[place:] + data[:place] * 2
    return data


@pytest.mark.parametrize("name", READ)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=MUTATIONS)
def test_damaged_files_give_documents_or_an_error_for_people(name: str, changes: list[tuple[str, int, bytes]]) -> None:
    data, suffix = valid_file(name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(mutated(data, changes))
        for given_name in (name, "auto"):
            try:
                documents = list(read_documents([path], input_format=given_name))
            except FarspanError as error:
                place = error.where
                assert place is not None
                assert place.path.startswith(folder)
            else:
                for document in documents:
                    check(document)


def check(document: Document) -> None:
    """What holds for every document that a reader gives."""
    size = len(document.text)
    assert all(0 <= span.start < span.end <= size for span in document.spans)
    assert all(0 <= end < len(document.spans) for one in document.relations for end in (one.subject, one.object))
    if document.tokens is not None and len(document.tokens):
        starts, ends, firsts = document.tokens.starts, document.tokens.ends, document.tokens.sentences
        assert starts[0] >= 0
        assert ends[-1] <= size
        assert (starts < ends).all()
        assert (starts[1:] >= ends[:-1]).all()
        assert firsts[0] == 0
        assert (np.diff(firsts) > 0).all()
        assert firsts[-1] < len(starts)
        assert all(len(column) == len(starts) for column in document.tokens.columns.values())


@pytest.mark.parametrize("name", sorted(set(READ) - {"text", "docbin", "docx", "odt", "parquet", "brat"}))
def test_a_line_that_never_ends_is_read_or_refused_in_bounded_memory(tmp_path: Path, name: str) -> None:
    size = 8 << 20
    path = tmp_path / f"a{FORMATS[name].suffixes[0]}"
    path.write_bytes(b"x" * size)
    tracemalloc.start()
    try:
        documents = list(read_documents([path], input_format=name))
    except InputError as error:
        documents = []
        place = error.where
        assert place is not None
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(len(document.text) for document in documents) in {0, size}
    assert peak < 20 * size  # the text, its bytes, its pieces, and the error that quotes it


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\0\0\0\0", b"[]", b"{}", b"null", b"[[[[", b"<", b"\xff\xfe", b"PK\x03\x04", b"-1\t-1"]
)
def test_what_is_hardly_a_file(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / f"a{FORMATS[name].suffixes[0]}"
    path.write_bytes(data)
    try:
        documents = list(read_documents([path], input_format=name))
    except FarspanError:
        return
    assert "".join(document.text for document in documents).strip()
