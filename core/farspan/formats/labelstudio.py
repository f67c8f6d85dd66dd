r"""Label Studio: its JSON export and its JSON-MIN, and tasks with predictions as they are imported.

`[{"id", "data": {"text"}, "annotations": [{"result": [...]}], "predictions": [{"result": [...]}]}]`, each result a region
`{"id", "from_name", "to_name", "type": "labels", "value": {"start", "end", "text", "labels"}, "score"?, "meta"?}` or a relation
`{"type": "relation", "from_id", "to_id", "direction", "labels"}`. JSON-MIN has `{"id", "text", "label": [{"start", "end", "text",
"labels"}]}`. Before version 1.0 annotations are called completions.

Offsets count UTF-16 units of the text as a browser shows it, with ``\n`` for every line end; `value.text` says which words are
meant and settles what else could be meant. Annotations become gold spans, predictions kept ones. A word in the region's meta is
an id. Where a task has several annotations or predictions, `source` says whose a span is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.offsets import OffsetMap
from farspan.formats.records import Fields, fields_of, read_records
from farspan.formats.surfaces import LineEnds, agree, checked
from farspan.model import Document, Relation, Span

_LABELS: Final = ("labels", "hypertextlabels")


def read_labelstudio(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The tasks of the file as documents. Raises InputError with file and line."""
    for number, task in enumerate(read_records(file), 1):
        yield _Task(task, report).document(f"{name}-{number}")


@dataclass(slots=True)
class _Task:
    """One task, taken apart."""

    task: Fields
    report: ReadReport
    spans: list[Span] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def document(self, default: str) -> Document:
        task = self.task
        is_full = isinstance(task.record.get("data"), dict)
        data = task.fields("data") if is_full else task
        key = _text_key(data)
        text = data.string(key)
        units = _Units(text)
        if is_full:
            for group, kind in (("annotations", "gold"), ("completions", "gold"), ("predictions", "kept")):
                self._add_group(group, kind, units)
        else:
            self._add_short(units)
        identity = data if is_full and isinstance(data.record.get("id"), (str, int)) else task
        return Document(identity.name("id", default), text, self._meta(data, key), spans=self.spans, relations=self.relations)

    def _meta(self, data: Fields, key: str) -> dict[str, Any]:
        given = self.task.record.get("meta")
        meta = dict(given) if isinstance(given, dict) else {}
        rest = {name: value for name, value in data.record.items() if name not in {key, "id", "meta"} and not _is_regions(value)}
        return rest | meta

    def _add_group(self, group: str, kind: str, units: _Units) -> None:
        """Add what all annotations, or all predictions, of the task say."""
        members = [item for item in self.task.each(group, group.removesuffix("s")) if not item.record.get("was_cancelled")]
        skipped = len(self.task.rows(group)) - len(members)
        if skipped:
            self.report.add("skipped", self.task.where, f"{skipped} of the {group} were cancelled and are passed over", skipped)
        for number, member in enumerate(members, 1):
            self._add_results(member, kind, _author(member, group, number) if len(members) > 1 else "", units)

    def _add_results(self, member: Fields, kind: str, source: str, units: _Units) -> None:
        places: dict[str, int] = {}
        results = list(member.each("result", "result"))
        for item in results:
            if item.record.get("type") == "relation":
                continue
            spans = self._regions(item, kind, source, units)
            if spans:
                places.setdefault(item.name("id", ""), len(self.spans))
                self.spans += spans
        for item in results:
            if item.record.get("type") == "relation":
                self._add_relation(item, places, source)

    def _regions(self, item: Fields, kind: str, source: str, units: _Units) -> list[Span]:
        """The spans of one region, one for each label; none for what is no stretch of text."""
        value = fields_of(item.record.get("value"), item.where, item.what)
        labels = [label for key in _LABELS for label in value.strings(key)]
        if not isinstance(value.record.get("start"), int) or not isinstance(value.record.get("end"), int):
            kind_of_result = item.record.get("type")
            self.report.add("skipped", item.where, f"{item.what} ({kind_of_result}) is no labelled stretch of text; passed over")
            return []
        if not labels:
            if item.record.get("type") in _LABELS:
                self.report.add("unlabelled", item.where, f"{item.what} has no label; it is called _")
                labels = ["_"]
            else:
                self.report.add("skipped", item.where, f"{item.what} ({item.record.get('type')}) has no labels; passed over")
        start, end = units.range(value, self.report)
        ids, score = self._ids(item), item.number("score")
        return [Span(start, end, label, source, ids=ids, kind=kind, score=score) for label in labels]

    def _ids(self, item: Fields) -> tuple[str, ...]:
        given = item.record.get("meta")
        texts = given.get("text") if isinstance(given, dict) else None
        words = [text for text in texts if isinstance(text, str)] if isinstance(texts, list) else []
        ids = tuple(word for word in words if word and not re.search(r"\s", word))
        if len(ids) < len(words):
            self.report.add("keys", item.where, f"{item.what}: not kept: a note, {next(w for w in words if w not in ids)!r}")
        return ids

    def _add_relation(self, item: Fields, places: dict[str, int], source: str) -> None:
        keys = item.name("from_id"), item.name("to_id")
        if not places.keys() >= set(keys):
            self.report.add("skipped", item.where, f"{item.what} joins {keys[0]} and {keys[1]}, which are not both spans")
            return
        direction = item.string("direction", "right")
        pairs = {"left": [keys[::-1]], "bi": [keys, keys[::-1]]}.get(direction, [keys])
        labels = item.strings("labels")
        if not labels:
            self.report.add("unlabelled", item.where, f"{item.what} has no label; it is called _")
        for label in labels or ["_"]:
            self.relations += [Relation(label, places[first], places[second], source=source) for first, second in pairs]

    def _add_short(self, units: _Units) -> None:
        """Add the spans of a task in JSON-MIN."""
        for key, value in self.task.record.items():
            if not _is_regions(value):
                continue
            for item in self.task.each(key, key):
                start, end = units.range(item, self.report)
                labels = [label for name in _LABELS for label in item.strings(name)]
                self.spans += [Span(start, end, label, kind="gold") for label in labels]


class _Units:
    """The offsets of one text as Label Studio counts them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._map = OffsetMap(text, "utf-16")
        self._shown: tuple[LineEnds, OffsetMap] | None = None

    def range(self, value: Fields, report: ReadReport) -> tuple[int, int]:
        """The range of a region in code points. Raises InputError if it is nowhere."""
        units = value.whole("start"), value.whole("end")
        start, end = self._map.to_points(units).tolist()
        surface = value.record.get("text")
        if not isinstance(surface, str):
            surface = self._text[start:end] if start >= 0 else ""
        if not (0 <= start < end and agree(self._text, start, end, surface)) and "\r\n" in self._text:
            shown = self._in_browser(units)
            if shown is not None and agree(self._text, *shown, surface):
                report.add(
                    "line ends", value.where, "offsets count each CR LF as one character, as browsers do; they were mapped"
                )
                return shown
        if start < 0 or end < 0:
            start, end = units
        return checked(self._text, (start, end), surface, value.where, report)

    def _in_browser(self, units: tuple[int, int]) -> tuple[int, int] | None:
        """As if every CR LF were one line feed."""
        if self._shown is None:
            ends = LineEnds(self._text)
            self._shown = ends, OffsetMap(ends.shown, "utf-16")
        ends, points = self._shown
        first, last = points.to_points(units).tolist()
        return ends.range(first, last)


def _text_key(data: Fields) -> str:
    """The key of the text: ``text``, or that of the longest string."""
    strings = {key: len(value) for key, value in data.record.items() if isinstance(value, str)}
    if not strings:
        raise data.error("there is no text", "is this a project about text?")
    return "text" if "text" in strings else max(strings, key=strings.__getitem__)


def _is_regions(value: Any) -> bool:
    """Whether `value` is what JSON-MIN has under the name of a control for labels."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) and "start" in item for item in value)


def _author(member: Fields, group: str, number: int) -> str:
    """Whose annotation or prediction it is."""
    by = member.record.get("model_version" if group == "predictions" else "completed_by")
    if isinstance(by, dict):
        by = by.get("email") or by.get("id")
    return str(by) if isinstance(by, (str, int)) and by != "" else f"{group.removesuffix('s')} {number}"
