"""Which format a file is in: by its suffix, and where that says little by its first lines."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

import orjson

from farspan.errors import InputError, place

SUFFIXES: Final = {
    "text": (".txt", ".text", ".md"),
    "jsonl": (".jsonl", ".ndjson"),
    "conll": (".conll", ".iob", ".iob2", ".iob1", ".bio", ".bioes", ".bilou", ".conll02", ".conll03", ".tsv", ".ck"),
}
TAG: Final = re.compile(r"O|[BIESLUM](?:-.+)?")
TYPED_TAG: Final = re.compile(r"[BIESLUM]-.+")
DOCSTART: Final = "-DOCSTART-"
_TITLE: Final = re.compile(r"\s*[^|\t\n]+\|[ta]\|")


def detect_format(path: str, head: str) -> str:
    """The name of the format of the file `path` that begins with `head`.

    .pubtator and files that begin with ``ID|t|`` are PubTator; .jsonl and .ndjson are JSONL; .conll, .conll2003, .iob, .bio,
    .bioes, .bilou, .tsv, .ck and the like are token formats. Any other file, ``.txt`` too, is looked at: it is JSONL if its first
    line is a JSON object with a `text`, a token format if at least 95 of 100 lines that are not blank have the same number of
    columns (two or more, between tabs if there are any, else between spaces) and a last column such as ``O``, ``B-PER`` or
    ``I-PER``; else it is plain text.
    Raises InputError for JSON and CoNLL-U files, which would make no sense as plain text.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix == ".pubtator" or (suffix not in SUFFIXES["jsonl"] and _TITLE.match(head)):
        return "pubtator"
    if suffix == ".conll2003" or suffix in SUFFIXES["conll"]:
        return "conll"
    if suffix in SUFFIXES["jsonl"] or _is_jsonl(head):
        return "jsonl"
    if suffix in {".json", ".conllu", ".conllup"}:
        raise InputError(
            f"there is no reader for {suffix} files",
            where=place(path),
            remedy='give text, JSON lines with a "text" or one token a line; or name a format with --input-format',
        )
    return "conll" if _is_tagged(head) else "text"


def _is_jsonl(head: str) -> bool:
    first = head.lstrip().split("\n", 1)[0]
    if not first.startswith("{"):
        return False
    if '"text"' in first and len(head) >= 60_000 and "\n" not in head:
        return True  # the first line is longer than what was read of it
    try:
        record = orjson.loads(first)
    except orjson.JSONDecodeError:
        return False
    return isinstance(record, dict) and "text" in record


def _is_tagged(head: str) -> bool:
    lines = [line.rstrip("\r") for line in head.split("\n")]
    lines = [line for line in lines if line.strip(" \t") and not line.startswith((DOCSTART, "# "))]
    if not lines:
        return False
    separator = "\t" if sum("\t" in line for line in lines) * 2 > len(lines) else None
    rows = [line.split(separator) if separator else [part for part in line.split(" ") if part] for line in lines]
    width = max(set(map(len, rows)), key=list(map(len, rows)).count)
    fitting = sum(len(row) == width and TAG.fullmatch(row[-1]) is not None for row in rows)
    named = sum(TYPED_TAG.fullmatch(row[-1]) is not None or row[-1] == "O" for row in rows if row)
    return width > 1 and fitting >= 0.95 * len(rows) and named >= 0.5 * len(rows)
