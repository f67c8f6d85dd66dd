"""doccano: JSON lines (or a list) with spans, and relations between them.

Old and plain: `{"text", "label": [[start, end, LABEL], ...]}`. With relations: `{"text", "entities": [{"id", "label",
"start_offset", "end_offset"}], "relations": [{"id", "from_id", "to_id", "type"}]}`. Exports before version 1.0 have ``labels``
or ``annotations``, whose labels are numbers unless a name stands beside them. Other keys are kept in the document's meta.

doccano itself counts UTF-16 units, unless a project counts grapheme clusters; many files about count code points. The file does
not say, so the option `unit` does: ``codepoint`` or ``utf-16``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, get_args

from farspan.errors import OptionError
from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.offsets import OffsetMap
from farspan.formats.records import Fields, fields_of, read_records
from farspan.formats.surfaces import outside
from farspan.model import Document, Relation, Span

CountedIn = Literal["codepoint", "utf-16"]
TAKEN: Final = frozenset({"id", "text", "data", "entities", "relations", "annotations", "meta"})
LABELS: Final = ("label", "labels")


def read_doccano(file: TextFile, name: str, report: ReadReport, *, unit: CountedIn = "codepoint") -> Iterator[Document]:
    """The documents of the file, with gold spans and relations. Raises InputError with file and line, and OptionError."""
    check_unit(unit)
    for number, record in enumerate(read_records(file), 1):
        yield _document(record, f"{name}-{number}", report, unit)


def check_unit(unit: str) -> None:
    """Raises OptionError for a unit that doccano files are not counted in."""
    if unit not in get_args(CountedIn):
        raise OptionError(f"unit={unit} is not possible", remedy=f"choose one of: {', '.join(get_args(CountedIn))}")


def _document(record: Fields, default: str, report: ReadReport, unit: CountedIn) -> Document:
    text = record.string("text" if "text" in record else "data")
    wide = not text.isascii() and max(text) > "\uffff"
    spans, keys = [], {}
    rows = list(_rows(record))
    if rows and wide and unit == "codepoint":
        what = "characters beyond U+FFFF: offsets are taken as code points, unit=utf-16 takes them as doccano's"
        report.add("unit", record.where, what)
    given = [offset for _, start, end, _ in rows for offset in (start, end)]
    points = OffsetMap(text, "utf-16").to_points(given).tolist() if unit == "utf-16" else given
    for index, (key, start, end, label) in enumerate(rows):
        first, last = points[2 * index : 2 * index + 2]
        if not 0 <= first < last <= len(text):
            raise outside(text, start, end, record.where)
        if isinstance(key, (int, str)):
            keys[key] = index
        spans.append(Span(first, last, label, kind="gold"))
    return Document(record.name("id", default), text, _meta(record), spans=spans, relations=_relations(record, keys))


def _rows(record: Fields) -> Iterator[tuple[Any, int, int, str]]:
    """Id, start, end and label of each span."""
    key = next((key for key in ("entities", "annotations") if key in record), None)
    if key is not None and not any(isinstance(row, list) for row in record.rows(key)):
        for item in record.each(key, "entity"):
            label = "label_name" if "label_name" in item else "label"
            yield item.record.get("id"), item.whole("start_offset"), item.whole("end_offset"), item.name(label)
        return
    keys = LABELS if key is None else (key,)
    for row in (row for key in keys for row in _label_rows(record, key)):
        if not isinstance(row, list) or len(row) != 3:
            raise record.error('"label" must be [[start, end, label], ...]', "is this a file for labelling of sequences?")
        item = fields_of(dict(zip(("start", "end", "label"), row, strict=True)), record.where, "label")
        yield None, item.whole("start"), item.whole("end"), item.name("label")


def _label_rows(record: Fields, key: str) -> list[Any]:
    """The spans under `key`; none where it has labels of the whole document."""
    rows = record.record.get(key)
    is_spans = isinstance(rows, list) and not all(isinstance(row, (str, int)) for row in rows)
    return rows if is_spans and isinstance(rows, list) else []


def _relations(record: Fields, keys: dict[Any, int]) -> list[Relation]:
    relations = []
    for item in record.each("relations", "relation"):
        subject, obj = (_entity(item, key, keys) for key in ("from_id", "to_id"))
        relations.append(Relation(item.name("type"), subject, obj))
    return relations


def _entity(item: Fields, key: str, keys: dict[Any, int]) -> int:
    number = item.whole(key)
    if number not in keys:
        raise item.error(f'no entity has the id {number}, its "{key}"')
    return keys[number]


def _meta(record: Fields) -> dict[str, Any]:
    given = record.record.get("meta")
    meta: dict[str, Any] = dict(given) if isinstance(given, dict) else {}
    for key, value in record.record.items():
        is_spans = key in LABELS and ("entities" in record or _label_rows(record, key) or not value)
        if key not in TAKEN and not is_spans and not (key == "Comments" and not value):
            meta[f"record.{key}" if key in meta else key] = value
    return meta
