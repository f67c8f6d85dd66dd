"""Writing brat's pairs of files, and its configuration with all types; see `brat`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from farspan.filesets import FileSet
from farspan.formats.brat import KB, escape_type
from farspan.formats.output import WRITTEN, SpanWriter, count_unsaid, encoded, shown
from farspan.model import Document, Relation, Span

_META: Final = ("fragments", "attributes", "notes")
# Where brat takes a line to end; in the text only LF is one, and CR is an error.
_BREAKS: Final = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BETWEEN: Final = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_WHITE: Final = re.compile(r"\s")


class BratWriter(SpanWriter):
    """Writes each document as ``ID.txt`` and ``ID.ann``, and at the end ``annotation.conf`` and ``visual.conf``.

    Texts are UTF-8 with LF: carriage returns, and a byte order mark at the beginning, become spaces, which moves no offset. Spans
    that run over line ends are written in pieces, as brat does. Ids are references; one without a database gets ``KB:``.
    """

    def __init__(self, files: FileSet, *, kinds: Collection[str] = WRITTEN) -> None:
        super().__init__(kinds=kinds)
        self._files = files
        self._types: dict[str, dict[str, None]] = {"entities": {}, "relations": {}}
        self._stored: dict[str, str] = {}
        self._attributes: dict[str, dict[str, None]] = {}

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError for half surrogates."""
        stem = self._files.stem(document.id)
        if stem != document.id:
            self.loss.add("document_ids", document.id)
        text = self._text(document)
        spans = self._spans(document, text)
        relations = dict(self._held(document, spans))
        count_unsaid(self.loss, document, [_without_name(span) for span in spans.values()], {"ids", *_META})
        lines = [*self._bound(document, text, spans), *self._relations(relations, stem)]
        lines += self._about(document, spans)
        lines += self._references(document, text, spans)
        self._files.add(f"{stem}.txt", encoded(document, text))
        self._files.add(f"{stem}.ann", encoded(document, "".join(f"{line}\n" for line in lines)))

    def finish(self) -> None:
        """Write the configuration."""
        self._files.add("annotation.conf", self._annotation_conf().encode())
        lines = ["[labels]", *(f"{stored} | {_BREAKS.sub(' ', name)}" for stored, name in self._stored.items() if name)]
        self._files.add("visual.conf", ("\n".join([*lines, "", "[drawing]"]) + "\n").encode())

    def _annotation_conf(self) -> str:
        relations = [f"{escape_type(name)}\tArg1:<ENTITY>, Arg2:<ENTITY>" for name in self._types["relations"]]
        attributes = []
        for name, values in self._attributes.items():
            given = "|".join(value for value in values if value)
            attributes.append(f"{name}\tArg:<ENTITY>" + (f", Value:{given}" if given else ""))
        overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
        entities = [escape_type(name) for name in self._types["entities"]]
        blocks = {"entities": entities, "relations": [*relations, overlap], "events": [], "attributes": attributes}
        return "\n".join("\n".join([f"[{name}]", *lines, ""]) for name, lines in blocks.items())

    def _text(self, document: Document) -> str:
        text = document.text.replace("\r", " ")
        if text.startswith("\ufeff"):
            text = " " + text[1:]
        if text != document.text:
            self.loss.add("text", f"{document.id}: carriage returns or a byte order mark")
        return text

    def _spans(self, document: Document, text: str) -> dict[int, Span]:
        """The spans that can be written: those of more than white space, which brat refuses."""
        spans = {}
        for index, span in self._chosen(document).items():
            if text[span.start : span.end].strip():
                spans[index] = span
            else:
                self.loss.add("borders", shown(document, span))
        return spans

    def _type(self, section: str, name: str, stem: str = "") -> str:
        """`name` as it is written."""
        self._types[section].setdefault(name)
        stored = escape_type(name)
        is_taken = self._stored.setdefault(stored, name) != name
        is_kept = stored == name or ("/" not in stem and name.strip() == name and name and not re.search(r"[|\n\r]", name))
        if is_taken or not is_kept or _BREAKS.search(name):
            self.loss.add("labels", name)
        return stored

    def _bound(self, document: Document, text: str, spans: Mapping[int, Span]) -> Iterator[str]:
        apart = {row[0]: row[1] for row in _rows(document, "fragments") if len(row) == 2}
        for index, span in spans.items():
            pieces = _pieces(apart.get(index), text, span)
            if (pieces[0][0], pieces[-1][1]) != (span.start, span.end):
                self.loss.add("borders", f"{shown(document, span)}: written without the line ends around it")
            places = ";".join(f"{start} {end}" for start, end in pieces)
            words = " ".join(text[start:end] for start, end in pieces)
            yield f"T{index + 1}\t{self._type('entities', span.label, document.id)} {places}\t{words}"

    def _relations(self, relations: Mapping[int, Relation], stem: str) -> Iterator[str]:
        for number, relation in relations.items():
            label = self._type("relations", relation.relation, stem)
            yield f"R{number + 1}\t{label} Arg1:T{relation.subject + 1} Arg2:T{relation.object + 1}"

    def _about(self, document: Document, spans: Collection[int]) -> Iterator[str]:
        """The lines of attributes and notes."""
        for number, row in enumerate(_rows(document, "attributes"), 1):
            words = [word for word in row[1:] if isinstance(word, str) and word and not _WHITE.search(word)]
            if row[0] in spans and words and len(words) == len(row) - 1:
                self._attributes.setdefault(words[0], {}).setdefault(words[1] if len(words) > 1 else "")
                yield " ".join([f"A{number}\t{words[0]} T{row[0] + 1}", *words[1:2]])
            else:
                self.loss.add("attributes", f"{document.id}: {row}")
        for number, row in enumerate(_rows(document, "notes"), 1):
            if row[0] in spans and len(row) == 3 and all(isinstance(word, str) for word in row[1:]):
                yield f"#{number}\t{_WHITE.sub('_', row[1]) or 'AnnotatorNotes'} T{row[0] + 1}\t{_BREAKS.sub(' ', row[2])}"
            else:
                self.loss.add("notes", f"{document.id}: {row}")

    def _references(self, document: Document, text: str, spans: Mapping[int, Span]) -> Iterator[str]:
        number = 0
        for index, span in spans.items():
            for key in span.ids:
                base, colon, rest = key.partition(":")
                full = key if colon and base and rest and base != KB else f"{KB}:{key}"
                if not key or _WHITE.search(key):
                    self.loss.add("ids", f"{shown(document, span)}: {key}")
                    continue
                number += 1
                name = _BREAKS.sub(" ", span.name or text[span.start : span.end])
                yield f"N{number}\tReference T{index + 1} {full}\t{name}"


def _without_name(span: Span) -> Span:
    """`span` without what a reference says of it, so that only the rest counts as lost."""
    said = bool(span.ids) and not _BREAKS.search(span.name) and span.name.strip() == span.name
    return replace(span, ids=(), name="" if said else span.name)


def _pieces(apart: Any, text: str, span: Span) -> list[tuple[int, int]]:
    """The pieces that `span` is written in: `apart` if they fit it, cut where a line would end."""
    pieces = [(span.start, span.end)]
    if isinstance(apart, list) and all(isinstance(row, list) and len(row) == 2 for row in apart) and apart:
        given = [(row[0], row[1]) for row in apart if all(type(place) is int for place in row)]
        ordered = all(first < last for first, last in given) and all(a[1] < b[0] for a, b in pairwise(given))
        if len(given) == len(apart) and ordered and (given[0][0], given[-1][1]) == (span.start, span.end):
            pieces = given
    lines = [
        (start + match.start(), start + match.end()) for start, end in pieces for match in _BETWEEN.finditer(text[start:end])
    ]
    return [(start, end) for start, end in lines if text[start:end].strip()]


def _rows(document: Document, key: str) -> list[list[Any]]:
    """The rows about spans under `key` of the document's meta; what is not of that form is passed over."""
    rows = document.meta.get(key)
    return [row for row in rows if isinstance(row, list) and row and type(row[0]) is int] if isinstance(rows, list) else []
