"""WebAnno TSV 3: one document a file, its tokens with the annotations of every layer beside them. INCEpTION reads and writes it.

    #FORMAT=WebAnno TSV 3.3
    #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value|identifier
    #T_RL=webanno.custom.Relation|label|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity


    #Text=Lima is in Peru .
    1-1	0-4	Lima	LOC	Q2868	_	_
    1-4	11-15	Peru	LOC	Q419	capital of	1-1

Offsets count UTF-16 units. What stands between two sentences is not in the file: it is read as a line feed, longer gaps with
spaces before it. Every span layer gives gold spans, their label being the feature ``value`` (or ``label``, or the first, words
before numbers), their ids the feature ``identifier``; where there are several layers, `source` names them. Relations go from the
unit named to the one whose row it is; slots are relations too. Part of speech, lemma and the like are columns of the tokens;
chains are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from farspan.errors import InputError, Place
from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.offsets import OffsetMap
from farspan.formats.surfaces import agree
from farspan.formats.webanno_annotations import Annotation, Annotations, Row
from farspan.formats.webanno_cells import (
    LEMMA,
    POS,
    Layer,
    Value,
    is_old_webanno,
    name_words,
    read_cell,
    read_layer,
    unescape_text,
)
from farspan.formats.webanno_links import Link, Links
from farspan.model import Document, Relation, Span, Tokens

_DKPRO: Final = "de.tudarmstadt.ukp.dkpro.core.api."
_FORMAT: Final = re.compile(r"#FORMAT=WebAnno TSV ([0-9]+)(?:\.([0-9]+))?")
_ROW: Final = re.compile(r"([0-9]+)-([0-9]+)(?:\.([0-9]+))?\t([0-9]{1,10})-([0-9]{1,10})\t")
# Layers that are columns of the tokens: the column, and the feature that it holds.
_COLUMNS: Final = {
    POS: ("pos", "PosValue"),
    LEMMA: ("lemma", "value"),
    f"{_DKPRO}segmentation.type.Stem": ("stem", "value"),
    f"{_DKPRO}lexmorph.type.morph.MorphologicalFeatures": ("morph", "value"),
}


@dataclass(slots=True)
class _Sentence:
    """The lines of text and the rows of one sentence."""

    texts: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def read_webanno(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The one document of the file. Raises InputError with file and line."""
    layers: list[Layer] = []
    sentences = [_Sentence()]
    version = (3, 3)
    meta: dict[str, list[str]] = {}
    for number, line in enumerate(file.lines(), 1):
        where, line = Place(file.path, number), line.removesuffix("\r")  # noqa: PLW2901
        if number == 1:
            version = _version(line, where, file.peek())
        elif line.startswith("#Text="):
            if sentences[-1].rows:
                sentences.append(_Sentence())
            sentences[-1].texts.append(unescape_text(line[6:], version))
        elif line.startswith("#T_") and not sentences[-1].texts:
            layer = read_layer(line, sum(known.width for known in layers))
            layers += [layer] if layer is not None else []
        elif line.startswith("#Sentence.id="):
            meta.setdefault("sentence_ids", []).append(unescape_text(line[13:], version))
        elif line and not line.startswith("#"):
            sentences[-1].rows.append(_row(line, where))
    yield _Builder(layers, sentences, report, file.path).document(name, meta)


def _version(line: str, where: Place, head: str) -> tuple[int, int]:
    """The version that the first line names; `head` is the beginning of the file."""
    found = _FORMAT.match(line)
    if found is not None and found[1] == "3":
        return 3, int(found[2] or 0)
    if is_old_webanno(head):
        raise InputError(
            "this is WebAnno TSV 1 or 2, and only version 3 is read", where=where, remedy="export it again as WebAnno TSV 3"
        )
    raise InputError(
        "this is not WebAnno TSV 3",
        where=where,
        remedy="its first line must be #FORMAT=WebAnno TSV 3.3; export it again in that version",
    )


def _row(line: str, where: Place) -> Row:
    found = _ROW.match(line)
    if found is None:
        raise InputError(
            f"this is no token: {line[:60]!r}", where=where, remedy="a row is SENTENCE-TOKEN, BEGIN-END, the word and its columns"
        )
    form, *cells = line[found.end() :].split("\t")
    unit = line[: line.index("\t")]
    return Row(where, unit, int(found[4]), int(found[5]), form, cells[:-1] if cells and cells[-1] == "" else cells)


class _Builder:
    """Puts a document together from the sentences of a file."""

    def __init__(self, layers: list[Layer], sentences: list[_Sentence], report: ReadReport, path: str) -> None:
        self._layers = layers
        self._sentences = sentences
        self._report = report
        self._path = path
        self._annotations = Annotations()
        self._columns: dict[str, list[str]] = {}
        self._places: dict[str, int] = {}

    def document(self, name: str, meta: Mapping[str, object]) -> Document:
        text = self._text()
        units = OffsetMap(text, "utf-16")
        rows = [row for sentence in self._sentences for row in sentence.rows]
        tokens = self._tokens(text, units, rows)
        for row in rows:
            self._add_row(row)
        spans, index = self._spans(text, units)
        return Document(name, text, dict(meta), tokens, spans, self._relations(rows, index))

    def _text(self) -> str:
        """The text: sentences at their offsets, what is between them made up."""
        pieces: list[str] = []
        length = 0
        for sentence in self._sentences:
            text = "\n".join(sentence.texts)
            if not sentence.rows:
                continue
            first = sentence.rows[0]
            if not text:
                raise InputError("a sentence without its #Text= line", where=first.where, remedy="export the file again")
            skipped = 0 if agree(text, 0, len(first.form), first.form) else max(0, text.find(first.form))
            begin = first.begin - _utf16(text[:skipped])
            if begin < length:
                raise InputError(
                    f"a sentence begins at {begin}, before the end of the one above it at {length}",
                    where=first.where,
                    remedy="export the file again",
                )
            gap = begin - length
            if gap > 1 or (gap and not pieces):
                self._report.add(
                    "gaps", first.where, f"{gap} characters before the sentence are not in the file; they are spaces here"
                )
            if gap > (1 << 24):
                raise InputError(f"{gap} characters are missing before it", where=first.where, remedy="export the file again")
            pieces += [" " * (gap - 1), "\n" if pieces else " "] if gap else []
            pieces.append(text)
            length = begin + _utf16(text)
        return "".join(pieces)

    def _tokens(self, text: str, units: OffsetMap, rows: list[Row]) -> Tokens:
        tokens = [row for row in rows if row.is_token]
        starts = units.to_points([row.begin for row in tokens])
        ends = units.to_points([row.end for row in tokens])
        last = 0
        for row, start, end in zip(tokens, starts.tolist(), ends.tolist(), strict=True):
            if not last <= start < end or not agree(text, start, end, row.form):
                raise InputError(
                    f"the token {row.form!r} does not stand at {row.begin} to {row.end}, or not behind the one before it",
                    where=row.where,
                    remedy="offsets count UTF-16 units; export the file again",
                )
            last = end
        firsts = np.cumsum([0, *(sum(row.is_token for row in sentence.rows) for sentence in self._sentences)])[:-1]
        firsts = np.unique(firsts[firsts < len(tokens)])
        self._places = {row.unit: place for place, row in enumerate(tokens)}
        return Tokens(starts.astype(np.int32), ends.astype(np.int32), firsts.astype(np.int32), columns=self._columns)

    def _add_row(self, row: Row) -> None:
        """Add what one row says to the annotations, the columns and the relations."""
        width = sum(layer.width for layer in self._layers)
        if len(row.cells) < width:
            raise InputError(f"{len(row.cells)} columns where the header has {width}", where=row.where, remedy="export it again")
        for layer in self._layers:
            cells = [read_cell(cell) for cell in row.cells[layer.column : layer.column + layer.width]]
            if layer.type in _COLUMNS:
                self._add_column(layer, row, cells)
            elif layer.kind == "span":
                self._annotations.add(layer, row, cells)
            elif layer.kind == "chain" and any(cells):
                self._report.add("skipped", row.where, f"the chain layer {layer.short} is passed over")

    def _add_column(self, layer: Layer, row: Row, cells: list[list[Value]]) -> None:
        name, feature = _COLUMNS[layer.type]
        values = cells[layer.features.index(feature) if feature in layer.features else 0]
        if values and row.is_token:
            self._columns.setdefault(name, ["_"] * len(self._places))[self._places[row.unit]] = values[0].text or "_"

    def _spans(self, text: str, units: OffsetMap) -> tuple[list[Span], dict[int, int]]:
        """The spans, and the index of each annotation's."""
        items = self._annotations.items
        several = len({item.layer.type for item in items}) > 1
        spans: list[Span] = []
        index: dict[int, int] = {}
        places = units.to_points([[item.begin, item.end] for item in items]).reshape(-1, 2).tolist()
        for number, (item, (start, end)) in enumerate(zip(items, places, strict=True)):
            if start >= end or start < 0 or end > len(text):
                kind = "has no width" if item.begin == item.end else "does not lie in the text"
                self._report.add("skipped", item.where, f"a {item.layer.short} at {item.begin} to {item.end} {kind}; passed over")
                continue
            index[number] = len(spans)
            spans.append(self._span(item, (start, end), several=several))
        return spans, index

    def _span(self, item: Annotation, place: tuple[int, int], *, several: bool) -> Span:
        label, ids, extra = name_words(item.values, item.layer.plain)
        if extra:
            self._report.add("features", item.where, f"a {item.layer.short}: not kept: {', '.join(extra)}")
        return Span(*place, label or item.layer.short, item.layer.short if several else "", ids=ids, kind="gold")

    def _relations(self, rows: list[Row], index: Mapping[int, int]) -> list[Relation]:
        """All relations and slots; `index` gives the spans of annotations."""
        found: list[Relation] = []
        for link in self._links(rows):
            if link.subject in index and link.object in index:
                found.append(Relation(link.label, index[link.subject], index[link.object]))
            else:
                self._report.add("skipped", link.where, f"{link.what} begins or ends at what is no span here; passed over")
        return found

    def _links(self, rows: list[Row]) -> Iterator[Link]:
        links = Links(self._annotations, self._report)
        for layer in self._layers:
            if layer.kind == "relation" and layer.base in _COLUMNS:
                count = sum(len(row.cells[layer.column + layer.width - 1].split("|")) for row in rows if _is_linked(layer, row))
                what = f"{count} relations of the layer {layer.short} between tokens are passed over"
                self._report.add("skipped", Place(self._path), what, count)
            elif layer.kind == "relation":
                for row in rows:
                    yield from links.relations(layer, row)
            elif layer.kind == "span" and layer.targets:
                for row in rows:
                    yield from links.slots(layer, row)


def _is_linked(layer: Layer, row: Row) -> bool:
    """Whether relations of `layer` end in `row`."""
    return row.cells[layer.column + layer.width - 1] not in {"_", ""}


def _utf16(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
