r"""brat: a text and its annotations in a file beside it, ``x.txt`` and ``x.ann`` (``x.a1`` and ``x.a2`` in BioNLP's tasks).

    T1	Location 0 5;16 23	North America      words by offsets, several where they are apart
    R1	CapitalOf Arg1:T1 Arg2:T2
    E1	Attack:T3 Target:T1                    an event: its trigger, and roles
    *	Equiv T1 T2
    A1	Negation T1                            an attribute; so does M1
    N1	Reference T1 Wikidata:Q49	North America
    #1	AnnotatorNotes T1	a note

Offsets are half-open code points. A span whose pieces are apart by line ends and white space alone is one span; any other
becomes one from its first to its last word, and its pieces stay in meta as ``fragments``. The roles of an event are relations
from its trigger; `Equiv` is a relation from each to the next. N lines give ids (``KB:`` stands before those that have no other
name). Attributes and notes stay in meta as ``attributes`` and ``notes``, by the number of the span. Types that brat's
configuration could not hold are written with their code points (`escape_type`), and read again by the names in ``visual.conf``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePath
from typing import Any, Final

from farspan.errors import InputError, Place
from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.surfaces import LineEnds, agree, checked, outside
from farspan.model import Document, Relation, Span

KB: Final = "KB"
_BOUND: Final = re.compile(r"(\S+) ([0-9]{1,10} [0-9]{1,10}(?:;[0-9]{1,10} [0-9]{1,10})*)\s*")
_REFERENCE: Final = re.compile(r"(\S+) (\S+) ([^\s:]+):(\S+)\s*")
_UNSAFE: Final = re.compile(r"[^a-zA-Z0-9_-]")
_ENDINGS: Final = ((".ann",), (".a1", ".a2"))


def escape_type(name: str) -> str:
    """`name` as brat's configuration can hold it: anything but ASCII letters, digits, ``_`` and ``-`` as ``U`` and its number."""
    return _UNSAFE.sub(lambda found: f"U{ord(found[0]):04X}", name) or "_"


def read_brat(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The one document that a text and its annotations are. Raises InputError with file and line."""
    text = file.text()
    lines = list(_annotation_lines(file))
    yield _Reader(text, _types(file), report).document(name, lines, file)


def _annotation_lines(file: TextFile) -> Iterator[tuple[Place, str]]:
    """The lines of the files with annotations beside `file`, each with its place."""
    path = PurePath(file.path)
    for endings in _ENDINGS:
        found = [(ending, file.beside(path.stem + ending)) for ending in endings]
        for ending, data in found:
            beside = str(path.with_suffix(ending))
            for number, line in enumerate(_decoded(data or b"", beside).split("\n"), 1):
                bare = line.removesuffix("\r")
                if bare and not bare.isspace():
                    yield Place(beside, number), bare
        if any(data is not None for _, data in found):
            return


def _decoded(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("this is not UTF-8, as brat's files are", where=Place(path, line), remedy="convert the file") from error


def _types(file: TextFile) -> dict[str, str]:
    """The names of types that were escaped, by the names in ``visual.conf``."""
    data = file.beside("visual.conf")
    rows = (line.split("|") for line in (data or b"").decode("utf-8", "replace").split("\n"))
    pairs = [(row[0].strip(), row[1].strip()) for row in rows if len(row) > 1]
    return {stored: shown for stored, shown in pairs if stored != shown and escape_type(shown) == stored}


@dataclass(slots=True)
class _Reader:
    """One text, and what is known of it so far."""

    text: str
    types: Mapping[str, str]
    report: ReadReport
    spans: list[Span] = field(default_factory=list)
    by_id: dict[str, int] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    meta: dict[str, list[Any]] = field(default_factory=dict)
    ends: LineEnds | None = None

    def document(self, name: str, lines: list[tuple[Place, str]], file: TextFile) -> Document:
        parsed = [self._parsed(where, line) for where, line in lines]
        for where, key, body, tail in parsed:
            if key[0] == "T":
                self._add_span(where, key, body, tail)
        for where, key, body, _ in parsed:
            if key[0] == "E":
                self._add_trigger(where, key, body)
        for where, key, body, tail in parsed:
            if key[0] in "RE*":
                self._add_relations(where, key, body)
            elif key[0] != "T":
                self._add_about(where, key, body, tail)
        meta = {**self.meta, **({"bom": True} if file.bom else {})}
        return Document(name, self.text, meta, spans=self.spans, relations=self.relations)

    def _parsed(self, where: Place, line: str) -> tuple[Place, str, str, str]:
        key, tab, rest = line.partition("\t")
        if not tab or not key or key[0] not in "TREAMN#*":
            raise InputError(
                f"this is no annotation: {line[:60]!r}",
                where=where,
                remedy="a line is an id such as T1, R1 or E1, a tab, and what it says",
            )
        body, _, tail = rest.partition("\t")
        return where, key, body, tail

    def _type(self, name: str) -> str:
        return self.types.get(name, name)

    def _add_span(self, where: Place, key: str, body: str, tail: str) -> None:
        found = _BOUND.fullmatch(body)
        if found is None:
            raise InputError(f"this is no span: {body[:60]!r}", where=where, remedy="write TYPE START END")
        pairs = [tuple(map(int, part.split(" "))) for part in found[2].split(";")]
        pieces = [(first, last) for first, last in pairs]
        if key in self.by_id:
            self.report.add("duplicates", where, f"{key} is there twice; what refers to it means the first")
        self.by_id.setdefault(key, len(self.spans))
        start, end = self._placed(pieces, tail, where)
        self.spans.append(Span(start, end, self._type(found[1]), kind="gold"))

    def _placed(self, pieces: list[tuple[int, int]], surface: str, where: Place) -> tuple[int, int]:
        """The range that `pieces` cover, checked against the words beside them."""
        if len(pieces) == 1:
            return self._one(pieces[0], surface, where)
        size = len(self.text)
        for start, end in pieces:
            if not 0 <= start < end <= size:
                raise outside(self.text, start, end, where)
        pieces = sorted(pieces)
        words = " ".join(self.text[start:end] for start, end in pieces)
        if surface and re.sub(r"\s+", "", words) != re.sub(r"\s+", "", surface):
            raise InputError(
                f"the words should be {surface!r}, but {words!r} stand there",
                where=where,
                remedy="give the text they were made on",
            )
        start, end = pieces[0][0], max(last for _, last in pieces)
        gaps = [self.text[last:first] for (_, last), (first, _) in pairwise(pieces)]
        if any(gap and not gap.isspace() for gap in gaps):
            self.report.add("discontinuous", where, f"the words {words!r} are apart; the span covers what is between them")
            self.meta.setdefault("fragments", []).append([len(self.spans), [list(piece) for piece in pieces]])
        return start, end

    def _one(self, piece: tuple[int, int], surface: str, where: Place) -> tuple[int, int]:
        start, end = piece
        inside = 0 <= start < end <= len(self.text)
        if inside and (not surface or agree(self.text, start, end, surface)):
            return piece
        if "\r\n" in self.text and surface:
            self.ends = self.ends or LineEnds(self.text)
            place = self.ends.range(start, end)
            if place is not None and agree(self.text, *place, surface):
                self.report.add("line ends", where, "offsets count each CR LF as one character; they were mapped")
                return place
        return checked(self.text, piece, surface, where, self.report)

    def _add_trigger(self, where: Place, key: str, body: str) -> None:
        trigger = body.split(" ", 1)[0].rpartition(":")[2]
        if trigger not in self.by_id:
            self.report.add("skipped", where, f"the event {key} has no trigger {trigger}; passed over")
        else:
            self.by_id.setdefault(key, self.by_id[trigger])

    def _add_relations(self, where: Place, key: str, body: str) -> None:
        head, *parts = body.split() or [""]
        if not head:
            raise InputError("this relation has no type", where=where, remedy="write TYPE Arg1:T1 Arg2:T2")
        if key[0] == "*":
            pairs = [(head, first, second) for first, second in pairwise(parts)]
        elif key[0] == "R":
            ends = [part.partition(":")[2] for part in parts]
            if len(ends) < 2:
                raise InputError(
                    f"this relation has not two ends: {body[:60]!r}", where=where, remedy="write TYPE Arg1:T1 Arg2:T2"
                )
            pairs = [(head, ends[0], ends[1])]
        else:
            self.report.add("events", where, f"the event {key} becomes relations from its trigger")
            trigger = head.rpartition(":")[2]
            pairs = [(part.partition(":")[0], trigger, part.partition(":")[2]) for part in parts]
        for label, subject, obj in pairs:
            if subject in self.by_id and obj in self.by_id:
                self.relations.append(Relation(self._type(label) or "_", self.by_id[subject], self.by_id[obj]))
            else:
                self.report.add("skipped", where, f"{label} joins {subject} and {obj}, which are not both there; passed over")

    def _add_about(self, where: Place, key: str, body: str, tail: str) -> None:
        """Add a reference, an attribute or a note about a span."""
        name, _, rest = body.strip().partition(" ")
        target, _, value = rest.partition(" ")
        index = self.by_id.get(target)
        if index is None:
            self.report.add("skipped", where, f"{key} is about {target or 'nothing'}, which is no span; passed over")
        elif key[0] == "N":
            self._add_id(where, index, body, tail)
        elif key[0] == "#":
            self.meta.setdefault("notes", []).append([index, name, tail])
        else:
            self.meta.setdefault("attributes", []).append([index, name, *([value] if value else [])])

    def _add_id(self, where: Place, index: int, body: str, tail: str) -> None:
        found = _REFERENCE.fullmatch(body)
        if found is None:
            raise InputError(f"this is no reference: {body[:60]!r}", where=where, remedy="write Reference T1 DATABASE:ID")
        key = found[4] if found[3] == KB else f"{found[3]}:{found[4]}"
        span = self.spans[index]
        name = span.name or ("" if agree(self.text, span.start, span.end, tail) else tail)
        self.spans[index] = replace(span, ids=(*span.ids, key) if key not in span.ids else span.ids, name=name)
