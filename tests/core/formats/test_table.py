"""The table of formats: what a file is taken for, folders, empty files, and options that nobody takes."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import InputError, OptionError
from farspan.files import TextFile
from farspan.formats import FORMATS, ReadReport, format_for_output, read_documents, writer_for
from farspan.formats.detect import detect_format

PROSE = "Lima es la capital del Perú.\nO no.\nB-PER es una etiqueta.\n"


@pytest.mark.parametrize(
    ("path", "head", "format"),
    [
        ("a.txt", PROSE, "text"),
        ("a.txt", "Lima\tB-LOC\nes\tO\n\nla\tO\n", "conll"),
        ("a.test", "Lima B-LOC\nes O\n", "conll"),
        ("a.train", "-DOCSTART- -X- -X- O\n\nLima NNP B-NP S-LOC\r\nes VB B-VP O\r\n", "conll"),
        ("a.txt", "Lima\nes\n", "text"),
        ("a.txt", "name\tlabel\nLima\tLOC\n", "text"),
        ("a.txt", "dijo O\n", "conll"),
        ("a.txt", "", "text"),
        ("a", '{"text": "x"}\n', "jsonl"),
        ("a.json", '{"text": "x"}\n{', "jsonl"),
        ("a.txt", '{"text": "' + "x" * 65_000, "jsonl"),
        ("a.txt", "{curly}\n", "text"),
        ("A.JSONL", "", "jsonl"),
        ("a.ck", "x O None\n", "conll"),
        ("a.conll2003", "", "conll"),
        ("-", PROSE, "text"),
    ],
)
def test_a_file_is_taken_for_what_its_name_and_content_say(path: str, head: str, format: str) -> None:
    assert detect_format(path, head) == format


@pytest.mark.parametrize(
    ("path", "head", "why"),
    [
        ("a.json", "[1, 2]\n", "there is no reader for this JSON: .*--input-format"),
        ("a.json", '{"words": ["x"]}', "its records have the keys words"),
        ("a.json", "hello", "does not begin with"),
        ("a.html", "<!DOCTYPE html>\n<html><body>", "this is HTML; save its text"),
    ],
)
def test_files_that_make_no_sense_as_text_are_refused(path: str, head: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        detect_format(path, head)


def test_a_folder_of_many_formats(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfLima\r\n")
    (tmp_path / "b.jsonl").write_text('{"text": "x", "id": "7"}\n{"text": ""}\n')
    (tmp_path / "c.conll").write_text("Lima\tB-LOC\n")
    (tmp_path / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "e.txt").write_bytes(b" \n")
    report = ReadReport()
    documents = list(read_documents([tmp_path], report=report))
    assert [document.id for document in documents] == ["a", "7", "b-2", "c"]
    assert documents[0].text == "Lima\r\n"
    assert documents[0].meta == {"path": str(tmp_path / "a.txt"), "encoding": "utf-8", "bom": True}
    assert report.counts == {"skipped": 2}
    assert report.notices["skipped"][0] == f"{tmp_path}/d.png: passed over: this is a PNG picture, not text"


def test_a_folder_without_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(InputError, match="the folder holds no text"):
        list(read_documents([tmp_path]))


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.conll"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\n"])
def test_an_empty_file_is_an_error_in_every_format(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=rf"{name}: the file holds no text"):
        list(read_documents([tmp_path / name]))


def test_a_guessed_encoding_is_reported_and_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(("El niño español soñó con la mañana y el otoño en España.\n" * 9).encode("latin-1"))
    report = ReadReport()
    (guessed,) = read_documents([tmp_path / "a.txt"], report=report)
    assert "niño español soñó" in guessed.text
    assert "a.txt: not UTF-8; read as" in report.notices["encoding"][0]
    (named,) = read_documents([tmp_path / "a.txt"], encoding="latin-1")
    assert (named.text, named.meta["encoding"]) == (guessed.text, "iso8859-1")
    with pytest.raises(InputError, match="is not utf-8 text"):
        list(read_documents([tmp_path / "a.txt"], encoding="utf-8"))


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"hola\n")))
    (document,) = read_documents(["-"])
    assert (document.id, document.text, document.meta["path"]) == ("stdin", "hola\n", "<stdin>")


def test_documents_stream_before_a_later_fault(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n{"text": "y"}\n{\n')
    documents: Iterator[object] = iter(read_documents([tmp_path / "a.jsonl"]))
    next(documents)
    next(documents)
    with pytest.raises(InputError, match=r"a.jsonl:3: this is not JSON"):
        next(documents)


def test_names_and_options_that_do_not_exist_are_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="no format is called 'pdf'; choose one of: text, jsonl"):
        read_documents([tmp_path], input_format="pdf")
    with pytest.raises(OptionError, match="the reader has no option colour"):
        read_documents([tmp_path], colour="red")
    with pytest.raises(OptionError, match="docx can be read but not written"):
        writer_for("docx", io.BytesIO())
    with pytest.raises(OptionError, match="format jsonl has no option scheme; it takes: columns"):
        writer_for("jsonl", io.BytesIO(), scheme="io")
    with pytest.raises(OptionError, match="scheme=iob3 is not possible"):
        writer_for("conll", io.BytesIO(), scheme="iob3")
    assert writer_for("jsonl", io.BytesIO(), scheme=None).loss.counts == {}


def test_the_format_to_write_is_told_by_the_suffix() -> None:
    assert [format_for_output(path) for path in ("a.jsonl", "a.BIO", "x/a.conll2003")] == ["jsonl", "conll", "conll2003"]
    assert format_for_output("-", "conll") == "conll"
    for path in ("a.txt", "-", "a"):
        with pytest.raises(OptionError, match="say --format with one of: text, jsonl, conll, conll2002"):
            format_for_output(path)


PIECES = [
    b"\n",
    b"\r\n",
    b"\t",
    b" ",
    b"-DOCSTART-",
    b"# ",
    b"--",
    b"O",
    b"B-X",
    b"I-X",
    b"a",
    b"\xc3\xa9",
    b"\xff",
    b"\xef\xbb\xbf",
]
PIECES += [
    b"\xff\xfe",
    b"{",
    b"}",
    b'{"text":"ab"',
    b',"spans":[',
    b',"tokens":[[0,1]]',
    b',"sentences":[]',
    b"[",
    b"]",
    b'"a":',
    b"1",
]
PIECES += [b"null", b"\xe2\x80\xa8", b"\xc2\x85", b'"\\ud800"', b"1e400", b"\0"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map(b"".join), st.sampled_from(["text", "jsonl", "conll"]))
def test_no_content_makes_anything_but_documents_or_an_error_for_people(data: bytes, format: str) -> None:
    read = FORMATS[format].read
    assert read is not None
    try:
        with TextFile("x", io.BytesIO(data), None, None) as file:
            detect_format("x", file.peek())
            documents = list(read(file, "x", ReadReport()))
    except InputError as error:
        assert str(error).startswith("x")  # noqa: PT017  (either outcome is right)
    else:
        assert all(isinstance(document.text, str) for document in documents)


def test_every_format_says_what_it_is() -> None:
    for name, item in FORMATS.items():
        assert item.name == name
        assert item.unit in {"code point", "token", "UTF-16"}
        assert item.description
        assert item.read or item.write
