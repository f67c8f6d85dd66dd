"""Writing PubTator; see `pubtator` for its lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from farspan.formats.output import StreamWriter, count_unsaid, shown
from farspan.formats.pubtator import NO_ID, split_ids
from farspan.model import Document, Span

_BREAKS: Final = re.compile(r"[\t\r\n]")
_META: Final = ("unlinked_relations", "composites", "relation_columns")


class PubtatorWriter(StreamWriter):
    """Writes documents as PubTator: the first line of a text is its title, the rest its abstract.

    Further line ends in a text become spaces, which moves no offset (counted as ``text``). Relations are written between
    entities: one line for each relation and pair of ids; those between mentions without an id are lost.
    """

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError for half surrogates."""
        key = self._key(document)
        title, abstract = self._parts(document)
        length = len(title) + (1 + len(abstract) if abstract else 0)
        spans = {}
        for index, span in self._chosen(document).items():
            if span.end <= length:
                spans[index] = span
            else:
                self.loss.add("borders", shown(document, span))
        count_unsaid(self.loss, document, spans.values(), {"ids", *_META})
        lines = [f"{key}|t|{title}", f"{key}|a|{abstract}"]
        composites = _rows_by_index(document.meta.get("composites"))
        for index, span in spans.items():
            fields = self._mention(document, span)
            lines.append("\t".join([key, *fields, *composites.get(index, [])[:1]]))
        lines += ["\t".join([key, *fields]) for fields in self._relations(document, spans)]
        self._put(document, "\n".join(lines) + "\n\n")

    def _key(self, document: Document) -> str:
        key = re.sub(r"[|\t\r\n]", "_", document.id) or "_"
        if key != document.id:
            self.loss.add("document_ids", document.id)
        return key

    def _parts(self, document: Document) -> tuple[str, str]:
        title, _, abstract = document.text.partition("\n")
        flat = [_BREAKS.sub(" ", part) for part in (title, abstract)]
        if (f"{flat[0]}\n{flat[1]}" if flat[1] else flat[0]) != document.text:
            self.loss.add("text", document.id)
        return flat[0], flat[1]

    def _mention(self, document: Document, span: Span) -> list[str]:
        surface = _BREAKS.sub(" ", document.text[span.start : span.end])
        return [str(span.start), str(span.end), surface, self._label(span.label), self._ids(document, span)]

    def _label(self, label: str) -> str:
        written = _BREAKS.sub("_", label)
        if written != label:
            self.loss.add("labels", label)
        return written

    def _ids(self, document: Document, span: Span) -> str:
        """The id column of `span`; counted where reading it would give other ids."""
        column = _BREAKS.sub("_", "|".join(span.ids)) or "-1"
        if split_ids(column) != span.ids:
            self.loss.add("ids", f"{shown(document, span)}: {', '.join(span.ids)}")
        return column

    def _relations(self, document: Document, spans: Mapping[int, Span]) -> list[list[str]]:
        columns = _rows_by_index(document.meta.get("relation_columns"))
        rows: dict[tuple[str, ...], None] = {}
        for index, relation in enumerate(document.relations):
            written = relation.subject in spans and relation.object in spans
            subjects = _ends(relation.subject_id, spans[relation.subject]) if written else ()
            objects = _ends(relation.object_id, spans[relation.object]) if written else ()
            if not subjects or not objects:
                self.loss.add("relations", f"{document.id}: {relation.relation} between mentions without an id")
            label = self._label(relation.relation)
            before = len(rows)
            pairs = [(label, first, second, *columns.get(index, ())) for first in subjects for second in objects]
            rows |= dict.fromkeys(pairs)
            if pairs and len(rows) == before:
                self.loss.add("relations", f"{document.id}: {relation.relation} between two more mentions of the same entities")
        unlinked = document.meta.get("unlinked_relations")
        kept = [row for row in unlinked if _is_strings(row) and len(row) > 2] if isinstance(unlinked, list) else []
        return [*map(list, rows), *kept]


def _ends(key: str | None, span: Span) -> tuple[str, ...]:
    """The ids that a relation's end stands for, as they can be written."""
    ids = (key,) if key is not None else span.ids
    return tuple(_BREAKS.sub("_", value) for value in ids if value not in NO_ID)


def _rows_by_index(rows: Any) -> dict[int, list[str]]:
    """[index, value, ...] rows as they stand in meta, by index; what is not of that form is passed over."""
    if not isinstance(rows, list):
        return {}
    return {row[0]: row[1:] for row in rows if isinstance(row, list) and row and type(row[0]) is int and _is_strings(row[1:])}


def _is_strings(row: Any) -> bool:
    return isinstance(row, list) and all(isinstance(value, str) and not _BREAKS.search(value) for value in row)
