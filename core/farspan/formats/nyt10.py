"""NYT10 and OpenNRE: JSON lines, each a sentence with a head, a tail and the relation between them.

`{"text" or "token", "h": {"id", "name", "pos": [start, end]}, "t": {...}, "relation"}`. Positions are half-open and count code
points of `text`, or words of `token`; files with inclusive ends are told by the name and put right. Lines that follow each
other with the same text are one document. The ids of head and tail are those of the spans and of the relation, so a
bag is all relations with the same two ids. ``NA`` is no relation. The type of an entity, which some files have, is its label,
else ``ENTITY``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.records import Fields, read_records
from farspan.formats.surfaces import agree, checked, outside
from farspan.formats.tokenised import text_of
from farspan.model import Document, Relation, Span, Tokens

LABEL: Final = "ENTITY"
_TAKEN: Final = frozenset({"text", "token", "h", "t", "relation"})


def read_nyt10(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The sentences of the file as documents, with gold spans, ids and relations. Raises InputError with file and line."""
    number = 0
    for _, group in groupby(read_records(file), key=_sentence):
        lines = list(group)
        yield _document(lines, f"{name}-{number + 1}", report)
        number += len(lines)


def _sentence(record: Fields) -> tuple[object, object]:
    if "token" in record:
        words = record.strings("token")
        if not words or not all(words):
            raise record.error('"token" must have words, none of them empty')
        return record.record.get("docid"), words
    return record.record.get("docid"), record.string("text")


def _document(lines: list[Fields], name: str, report: ReadReport) -> Document:
    first = lines[0]
    tokens: Tokens | None = None
    if "token" in first:
        text, tokens = text_of([first.strings("token")])
    else:
        text = first.string("text")
    ends = _Ends(text, tokens, report)
    spans: dict[Span, int] = {}
    relations = []
    for line in lines:
        subject, obj = (ends.span(line.fields(side)) for side in ("h", "t"))
        places = [spans.setdefault(span, len(spans)) for span in (subject, obj)]
        keys = [span.ids[0] if span.ids else None for span in (subject, obj)]
        relations.append(Relation(line.string("relation"), places[0], places[1], keys[0], keys[1]))
    meta: dict[str, Any] = {key: value for key, value in first.record.items() if key not in _TAKEN}
    return Document(name, text, meta, tokens, list(spans), relations)


@dataclass(frozen=True, slots=True)
class _Ends:
    """Where the heads and tails of one text stand."""

    text: str
    tokens: Tokens | None
    report: ReadReport

    def span(self, given: Fields) -> Span:
        pos = given.rows("pos")
        if len(pos) != 2 or any(type(number) is not int for number in pos):
            raise given.error(f'"pos" must be [start, end], not {pos}')
        name = given.string("name", "")
        start, end = self._range((pos[0], pos[1]), name, given)
        ids = (given.name("id"),) if "id" in given else ()
        shown = "" if name == self.text[start:end] else name
        return Span(start, end, given.string("type", LABEL), name=shown, ids=ids, kind="gold")

    def _range(self, pos: tuple[int, int], name: str, given: Fields) -> tuple[int, int]:
        """The range in code points, by the name where the positions alone do not say it."""
        half_open, inclusive = self._points(*pos), self._points(pos[0], pos[1] + 1)
        if half_open is not None and (not name or agree(self.text, *half_open, name)):
            return half_open
        if inclusive is not None and name and agree(self.text, *inclusive, name):
            self.report.add("inclusive", given.where, f"{given.what}: {pos[1]} is the last place of {name!r} itself")
            return inclusive
        if name and name in self.text:
            return checked(self.text, half_open or pos, name, given.where, self.report)
        if half_open is None:
            raise outside(self.text, *pos, given.where)
        found = self.text[half_open[0] : half_open[1]]
        self.report.add("names", given.where, f"{given.what}: {found!r} stands there, and its name is {name!r}")
        return half_open

    def _points(self, start: int, end: int) -> tuple[int, int] | None:
        """Half-open positions of the file as code points; None outside the text."""
        if self.tokens is None:
            return (start, end) if 0 <= start < end <= len(self.text) else None
        if not 0 <= start < end <= len(self.tokens):
            return None
        return int(self.tokens.starts[start]), int(self.tokens.ends[end - 1])
