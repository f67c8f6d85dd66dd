"""List files -> rows: the suffix says the form, the first bytes the encoding."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from farspan.encodings import SAMPLE, find_encoding, first_fault, undecodable
from farspan.errors import InputError, place
from farspan.files import read_bytes
from farspan.sources.arguments import Columns
from farspan.sources.delimited import read_csv, read_names, read_tsv
from farspan.sources.json_rows import read_json, read_jsonl

if TYPE_CHECKING:
    from farspan.sources.rows import Rows

FORMS: Final = (".txt", ".csv", ".tsv", ".json", ".jsonl")


def read_rows(path: str, columns: Columns = Columns(), encoding: str | None = None) -> tuple[Rows, str]:  # noqa: B008
    """The rows of a list file and the SHA-256 of its bytes. Raises InputError."""
    text, digest = _read_text(path, encoding)
    if not text.strip():
        raise InputError("the list is empty", where=place(path), remedy="give at least one name")
    match Path(path).suffix.lower():
        case ".csv":
            return read_csv(text, path, columns), digest
        case ".tsv" | ".tab":
            return read_tsv(text, path, columns), digest
        case ".json":
            return read_json(text, path, columns), digest
        case ".jsonl" | ".ndjson":
            return read_jsonl(text, path, columns), digest
        case ".txt" | ".list" | ".lst" | "":
            return _plain(text, path, columns), digest
    raise InputError("not a known form of list", where=place(path), remedy=f"save it as one of {', '.join(FORMS)}")


def _plain(text: str, path: str, columns: Columns) -> Rows:
    if columns != Columns():
        raise InputError("a .txt list has no columns", where=place(path), remedy="save it as .csv or .tsv with a header")
    return read_names(text, path)


def _read_text(path: str, encoding: str | None) -> tuple[str, str]:
    """The text of the file, less a byte order mark, and the SHA-256 of its bytes. Raises InputError, NotText if binary.

    A few NUL characters in what is otherwise text spoil their rows, not the list.
    """
    data = read_bytes(path)
    where = place(path)
    found = find_encoding(data[:SAMPLE].replace(b"\0", b"?") if _is_text_with_nul(data) else data[:SAMPLE], where, given=encoding)
    body = data[len(found.bom) :]
    try:
        return body.decode(found.name), hashlib.sha256(data).hexdigest()
    except UnicodeDecodeError as error:
        line = body[: error.start].decode(found.name, "replace").count("\n") + 1
        fault = body[error.start : error.start + 1]
        raise undecodable(where.path, found.name, line, len(found.bom) + error.start, fault) from error


def _is_text_with_nul(data: bytes) -> bool:
    """Whether there are NUL bytes, but so few that this is text with faults and neither binary data nor UTF-16."""
    sample = data[:SAMPLE]
    return 0 < sample.count(b"\0") <= 1 + len(sample) // 100 and first_fault(sample, "utf-8", whole=False) is None
