"""Writing doccano's JSON lines; see `doccano` for their keys."""

from __future__ import annotations

from collections.abc import Collection
from typing import IO, Any, Final, Literal, get_args

from farspan.errors import OptionError
from farspan.formats.doccano import LABELS, TAKEN, CountedIn, check_unit
from farspan.formats.offsets import OffsetMap
from farspan.formats.output import WRITTEN, StreamWriter, count_unsaid
from farspan.model import Document, Span

Style = Literal["both", "label", "entities"]
_OWN: Final = TAKEN.union(LABELS)


class DoccanoWriter(StreamWriter):
    """Writes documents as JSON lines for doccano.

    style: ``label`` for projects of sequence labelling, ``entities`` for those with relations, ``both`` (the default) for
    either: doccano takes the key of its project, and keeps the other as metadata. unit: what offsets count, ``codepoint`` or
    ``utf-16``. doccano shows spans as UTF-16 units; documents in which that differs are counted as ``units`` if it is not
    asked for.
    """

    def __init__(
        self,
        stream: IO[bytes],
        *,
        style: Style = "both",
        unit: CountedIn = "codepoint",
        kinds: Collection[str] = WRITTEN,
    ) -> None:
        super().__init__(stream, kinds=kinds)
        check_unit(unit)
        if style not in get_args(Style):
            raise OptionError(f"style={style} is not possible", remedy=f"choose one of: {', '.join(get_args(Style))}")
        self._style = style
        self._unit = unit

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError for what JSON cannot hold."""
        spans = self._chosen(document)
        count_unsaid(self.loss, document, spans.values(), document.meta.keys() - _OWN)
        rows = self._rows(document, spans)
        record: dict[str, Any] = {"id": document.id, "text": document.text}
        if self._style != "entities":
            record["label"] = [[start, end, span.label] for span, (start, end) in zip(spans.values(), rows, strict=True)]
        if self._style != "label":
            record["entities"] = [
                {"id": index, "label": span.label, "start_offset": start, "end_offset": end}
                for (index, span), (start, end) in zip(spans.items(), rows, strict=True)
            ]
            record["relations"] = [
                {"id": number, "from_id": relation.subject, "to_id": relation.object, "type": relation.relation}
                for number, relation in self._held(document, spans)
            ]
        elif document.relations:
            self.loss.add("relations", f"{document.id}: they need style=entities", len(document.relations))
        self._dump(document, record | {key: value for key, value in document.meta.items() if key not in _OWN})

    def _rows(self, document: Document, spans: dict[int, Span]) -> list[list[int]]:
        """The start and end of each span in the unit asked for."""
        points = [[span.start, span.end] for span in spans.values()]
        if not points:
            return []
        units: list[list[int]] = OffsetMap(document.text, "utf-16").to_units(points).tolist()
        if self._unit == "utf-16":
            return units
        if units != points:
            self.loss.add("units", f"{document.id}: doccano would show its spans shifted; unit=utf-16 avoids it")
        return points
