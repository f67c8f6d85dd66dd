"""List files -> rows: the suffix says the form, the first bytes the encoding."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from farspan.encodings import SAMPLE, Encoding, find_encoding, first_fault, undecodable
from farspan.errors import InputError, place
from farspan.files import read_bytes
from farspan.sources.arguments import Columns
from farspan.sources.delimited import read_csv, read_names, read_tsv
from farspan.sources.json_rows import read_json, read_jsonl
from farspan.sources.rows import RowProblem, Rows

FORMS: Final = (".txt", ".csv", ".tsv", ".json", ".jsonl")


def read_rows(path: str, columns: Columns = Columns(), encoding: str | None = None) -> tuple[Rows, str]:  # noqa: B008
    """The rows of a list file and the SHA-256 of its bytes. An encoding that was only guessed is one of their problems.

    Raises InputError.
    """
    data = read_bytes(path)
    text, found = _decode(data, path, encoding)
    if not text.strip():
        raise InputError("the list is empty", where=place(path), remedy="give at least one name")
    rows = _rows(text, path, columns)
    if found.guessed:
        rows.problems.append(RowProblem(place(path), f"not UTF-8; read as {found.name}, which is a guess", "repaired"))
    return rows, hashlib.sha256(data).hexdigest()


def _rows(text: str, path: str, columns: Columns) -> Rows:
    match Path(path).suffix.lower():
        case ".csv":
            return read_csv(text, path, columns)
        case ".tsv" | ".tab":
            return read_tsv(text, path, columns)
        case ".json":
            return read_json(text, path, columns)
        case ".jsonl" | ".ndjson":
            return read_jsonl(text, path, columns)
        case ".txt" | ".list" | "":
            if columns != Columns():
                raise InputError("a .txt list has no columns", where=place(path), remedy="save it as .csv or .tsv with a header")
            return read_names(text, path)
    raise InputError("not a known form of list", where=place(path), remedy=f"save it as one of {', '.join(FORMS)}")


def _decode(data: bytes, path: str, given: str | None) -> tuple[str, Encoding]:
    """The text in `data`, less a byte order mark, and its encoding. Raises InputError, NotText if it is binary.

    A few NUL characters in what is otherwise text spoil their rows, not the list.
    """
    where = place(path)
    head, whole = data[:SAMPLE], len(data) <= SAMPLE
    shown = head.replace(b"\0", b"?") if _is_text_with_nul(head) else head
    found = find_encoding(shown, where, given=given, whole=whole)
    body = data[len(found.bom) :]
    try:
        return body.decode(found.name), found
    except UnicodeDecodeError as error:
        line = body[: error.start].decode(found.name, "replace").count("\n") + 1
        fault = body[error.start : error.start + 1]
        raise undecodable(where.path, found.name, line, len(found.bom) + error.start, fault) from error


def _is_text_with_nul(head: bytes) -> bool:
    """Whether there are NUL bytes, but so few that this is text with faults and neither binary data nor UTF-16."""
    return 0 < head.count(b"\0") <= 1 + len(head) // 100 and first_fault(head, "utf-8", whole=False) is None
