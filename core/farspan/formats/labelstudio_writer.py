"""Writing tasks for Label Studio, and the labeling configuration that shows them; see `labelstudio`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import IO, Any, Final
from xml.sax.saxutils import quoteattr

from farspan.formats.offsets import OffsetMap
from farspan.formats.output import WRITTEN, ListWriter, count_unsaid, shown
from farspan.model import Document, Span

_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHITE: Final = re.compile(r"\s")


class LabelStudioWriter(ListWriter):
    """Writes documents as a list of tasks: gold spans as an annotation, the others as a prediction.

    Ids are notes of a region, which its panel shows. What stands `beside` the file is the labeling configuration, with all labels
    and relations that were written.
    """

    def __init__(self, stream: IO[bytes], *, kinds: Collection[str] = WRITTEN) -> None:
        super().__init__(stream, kinds=kinds)
        self._labels: dict[str, None] = {}
        self._relations: dict[str, None] = {}

    @property
    def beside(self) -> dict[str, bytes]:
        """The labeling configuration."""
        return {"*_config.xml": labeling_config(self._labels, self._relations).encode()}

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError for what JSON cannot hold."""
        spans = self._chosen(document)
        count_unsaid(self.loss, document, spans.values(), {"meta", "ids", "scores", "kinds"})
        if "\r\n" in document.text:
            self.loss.add("units", f"{document.id}: browsers show CR LF as one character, and spans behind it shifted")
        gold = {index: span for index, span in spans.items() if span.kind == "gold"}
        made = {index: span for index, span in spans.items() if span.kind != "gold"}
        self.loss.add("kinds", document.id, sum(span.kind == "nested" for span in made.values()))
        relations = dict(self._held(document, spans))
        for number, relation in list(relations.items()):
            if (relation.subject in gold) != (relation.object in gold):
                self.loss.add("relations", f"{document.id}: {relation.relation} between gold and other spans")
                del relations[number]
        task: dict[str, Any] = {"data": {"text": document.text, "id": document.id}, "predictions": []}
        if document.meta:
            task["meta"] = dict(document.meta)
        for key, group in (("annotations", gold), ("predictions", made)):
            if group:
                result = self._regions(document, group)
                result += [
                    {
                        "type": "relation",
                        "from_id": f"s{relation.subject}",
                        "to_id": f"s{relation.object}",
                        "direction": "right",
                        "labels": [relation.relation],
                    }
                    for relation in relations.values()
                    if relation.subject in group
                ]
                task[key] = [{"result": result} if key == "annotations" else {"model_version": "farspan", "result": result}]
        self._labels |= dict.fromkeys(span.label for span in spans.values())
        self._relations |= dict.fromkeys(relation.relation for relation in relations.values())
        self._item(document, task)

    def _regions(self, document: Document, group: Mapping[int, Span]) -> list[dict[str, Any]]:
        units = OffsetMap(document.text, "utf-16").to_units([[span.start, span.end] for span in group.values()]).tolist()
        regions = []
        for (index, span), (start, end) in zip(group.items(), units, strict=True):
            text = document.text[span.start : span.end]
            region: dict[str, Any] = {
                "id": f"s{index}",
                "from_name": "label",
                "to_name": "text",
                "type": "labels",
                "value": {"start": start, "end": end, "text": text, "labels": [span.label]},
            }
            if span.score is not None:
                region["score"] = span.score
            ids = [key for key in span.ids if key and not _WHITE.search(key)]
            if ids:
                region["meta"] = {"text": ids}
            if len(ids) < len(span.ids):
                self.loss.add("ids", f"{shown(document, span)}: {', '.join(span.ids)}")
            regions.append(region)
        return regions


def labeling_config(labels: Iterable[str], relations: Iterable[str] = ()) -> str:
    """The labeling configuration that shows spans with `labels`, and `relations` between them."""
    tags = [f"    <Label value={_quoted(label)}/>" for label in labels]
    names = [f"    <Relation value={_quoted(name)}/>" for name in relations]
    lines = ["<View>"]
    if names:
        lines += ["  <Relations>", *names, "  </Relations>"]
    lines += ['  <Labels name="label" toName="text">', *tags, "  </Labels>"]
    lines += ['  <Text name="text" value="$text" granularity="symbol"/>', "</View>"]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    return quoteattr(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value))
