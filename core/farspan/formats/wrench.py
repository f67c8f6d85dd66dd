"""Weak labels as WRENCH and CHMM have them: one JSON object, a tokenised text under each key, and what every source says of it.

`{"0": {"data": {"text": [word, ...]}, "label": [[first, end, LABEL], ...], "weak_labels": [[[first, end, LABEL], ...], ...]}}`:
token numbers, half-open; one list of spans a source. In WRENCH's own files `label` has a tag a word and `weak_labels` a list of
tags a word, one a source. The names of sources are ``lf`` in ``meta.json`` (or ``STEM_meta.json``) beside the file; else they are
numbered. What a source says is a span of kind ``candidate`` with that `source`; labels are gold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import orjson

from farspan.errors import InputError, Place
from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.records import Fields, fields_of, read_members
from farspan.formats.schemes import decode
from farspan.formats.tokenised import text_of
from farspan.model import Document, Span, Tokens


def read_wrench(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The texts of the file as documents, with gold spans and those of all sources. Raises InputError with file and line."""
    sources = _source_names(file)
    for key, value, where in read_members(file):
        record = fields_of(value, where, f"text {key}")
        data = record.fields("data")
        words = data.strings("text")
        if not all(words):
            raise data.error('"text" must be a list of words, none of them empty')
        text, tokens = text_of([words])
        row = _Row(record, tokens, report, sources)
        meta = {name: value for name, value in data.record.items() if name not in {"text", "id"}}
        yield Document(data.name("id", f"{name}-{key}"), text, meta, tokens, [*row.gold(), *row.weak()])


def _source_names(file: TextFile) -> list[str]:
    """The names of the sources, from the file beside; none if there is none."""
    for name in ("meta.json", f"{PurePath(file.path).stem}_meta.json"):
        data = file.beside(name)
        if data is None:
            continue
        where = Place(str(PurePath(file.path).with_name(name)))
        try:
            names = fields_of(orjson.loads(data), where, "it").strings("lf")
        except orjson.JSONDecodeError as error:
            raise InputError(f"this is not JSON: {error.msg}", where=where, remedy="repair it, or take it away") from error
        if names:
            return names
    return []


@dataclass(frozen=True, slots=True)
class _Row:
    """What is said of one text."""

    record: Fields
    tokens: Tokens
    report: ReadReport
    sources: list[str]

    def gold(self) -> list[Span]:
        rows = self.record.rows("label")
        if rows and all(isinstance(row, str) for row in rows):
            return self._tagged(rows, "", "gold")
        return [self._span(row, "", "gold") for row in rows]

    def weak(self) -> list[Span]:
        rows = self.record.rows("weak_labels")
        if not all(isinstance(row, list) for row in rows):
            raise self.record.error(
                '"weak_labels" must have a list for each source, or one for each word', "is this about spans?"
            )
        if any(isinstance(value, str) for row in rows for value in row):
            return self._tag_columns(rows)
        return [self._span(span, self._source(number), "candidate") for number, row in enumerate(rows) for span in row]

    def _tag_columns(self, rows: list[list[Any]]) -> list[Span]:
        width = len(rows[0])
        if len(rows) != len(self.tokens) or any(len(row) != width for row in rows):
            raise self.record.error(f'"weak_labels" must have {len(self.tokens)} lists of tags, one a word, of one length')
        columns = ([row[number] for row in rows] for number in range(width))
        return [span for number, tags in enumerate(columns) for span in self._tagged(tags, self._source(number), "candidate")]

    def _source(self, number: int) -> str:
        return self.sources[number] if number < len(self.sources) else f"source {number + 1}"

    def _tagged(self, tags: list[Any], source: str, kind: str) -> list[Span]:
        if len(tags) != len(self.tokens) or not all(isinstance(tag, str) for tag in tags):
            raise self.record.error(f"there must be {len(self.tokens)} tags, one a word")
        chunks = decode(tags, self.tokens.sentences)
        if chunks.counts.repaired:
            what = f"{self.record.what}: tags continue an entity that never began"
            self.report.add("orphan", self.record.where, what, chunks.counts.repaired)
        rows = zip(chunks.starts.tolist(), chunks.ends.tolist(), chunks.label_ids.tolist(), strict=True)
        return [self._span([start, end, chunks.labels[label]], source, kind) for start, end, label in rows]

    def _span(self, row: Any, source: str, kind: str) -> Span:
        if not isinstance(row, list) or len(row) != 3 or not isinstance(row[2], str):
            raise self.record.error(f"a span must be [first, end, label], not {row}", "is this a file about spans?")
        first, end, label = row
        if type(first) is not int or type(end) is not int or not 0 <= first < end <= len(self.tokens):
            raise self.record.error(f"{first} to {end} are no tokens of a text of {len(self.tokens)}", "ends are half-open")
        return Span(int(self.tokens.starts[first]), int(self.tokens.ends[end - 1]), label, source, kind=kind)
