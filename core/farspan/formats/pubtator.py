r"""PubTator: a title line, an abstract line, mentions and relations between entities, a blank line after each document.

    6794356|t|Tricuspid valve regurgitation and lithium carbonate toxicity in a newborn infant.
    6794356|a|A newborn with massive tricuspid regurgitation ...
    6794356	0	29	Tricuspid valve regurgitation	Disease	D014262
    6794356	CID	D016651	D003490

The text is title and abstract with one line feed between them (the format counts one character there and does not say which).
Several ids of one mention are parted by ``|``, ``;`` or ``,``; ``-1`` and ``-`` stand for none. Relations hold between entities:
each becomes one relation between the first mention of the one and the first mention of the other, with both ids. What
`Document` has no place for is kept in meta: ``unlinked_relations`` (rows whose ids no mention has), ``composites`` (the names
of the parts of a mention with several ids) and ``relation_columns`` (further columns of relations, such as BioRED's novelty).
Source: PubTator Central and the BioCreative V CDR task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from farspan.errors import InputError, Place
from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.surfaces import checked
from farspan.model import Document, Relation, Span

TEXT_LINE: Final = re.compile(r"([^|\t\n]+)\|([ta])\|(.*)", re.DOTALL)
NO_ID: Final = frozenset({"", "-", "-1"})
_NUMBER: Final = re.compile(r"[0-9]{1,10}")
_VARIANT: Final = re.compile(r"(?:tmVar:)?[cgmnpr]\|")  # c|SUB|A|123|G;RS#:7: one id, whatever stands in it
_SEVERAL: Final = re.compile(r"[\w.:*-]+(?:[;,][\w.:*-]+)+")

_Row = tuple[Place, list[str]]


def read_pubtator(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:  # noqa: ARG001  (the form of all readers)
    """The documents of the file, mentions as gold spans with ids, relations with the ids they hold between.

    Raises InputError with file and line.
    """
    block: _Block | None = None
    for number, line in enumerate(file.lines(), 1):
        where, line = Place(file.path, number), line.removesuffix("\r")  # noqa: PLW2901
        found = TEXT_LINE.fullmatch(line)
        if found is not None:
            key, part, content = found.groups()
            if block is not None and (block.key != key or part in block.parts):
                yield block.document(report)
                block = None
            block = block or _Block(key)
            block.parts[part] = content
        elif line and not line.isspace():
            if block is None:
                raise InputError("a line before any title", where=where, remedy="begin each document with ID|t|TITLE")
            block.rows.append((where, line.split("\t")))
    if block is not None:
        yield block.document(report)


def split_ids(column: str) -> tuple[str, ...]:
    """The ids in the id column of a mention, each once, in order."""
    if column in NO_ID:
        return ()
    if _VARIANT.match(column):
        return (column,)
    parts = column.split("|") if "|" in column else re.split("[;,]", column) if _SEVERAL.fullmatch(column) else [column]
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip() not in NO_ID))


def _is_mention(fields: list[str]) -> bool:
    return len(fields) > 2 and all(_NUMBER.fullmatch(field) for field in fields[1:3])


@dataclass(slots=True)
class _Block:
    """The lines of one document."""

    key: str
    parts: dict[str, str] = field(default_factory=dict)
    rows: list[_Row] = field(default_factory=list)

    def document(self, report: ReadReport) -> Document:
        title, abstract = self.parts.get("t", ""), self.parts.get("a", "")
        text = f"{title}\n{abstract}" if abstract else title
        mentions: list[_Row] = []
        others: list[_Row] = []
        for row in self.rows:
            (mentions if _is_mention(row[1]) else others).append(row)
        spans = [self._span(where, fields, text, report) for where, fields in mentions]
        meta: dict[str, Any] = {}
        composites = [[index, fields[6]] for index, (_, fields) in enumerate(mentions) if len(fields) > 6]
        if composites:
            meta["composites"] = composites
        return Document(self.key, text, meta, spans=spans, relations=self._relations(others, spans, meta, report))

    def _span(self, where: Place, fields: list[str], text: str, report: ReadReport) -> Span:
        self._check(where, fields, 5)
        start, end = checked(text, (int(fields[1]), int(fields[2])), fields[3], where, report)
        return Span(start, end, fields[4], ids=split_ids(fields[5]) if len(fields) > 5 else (), kind="gold")

    def _relations(self, rows: list[_Row], spans: list[Span], meta: dict[str, Any], report: ReadReport) -> list[Relation]:
        first: dict[str, int] = {}
        for index, span in enumerate(spans):
            for key in span.ids:
                first.setdefault(key, index)
        relations: list[Relation] = []
        unlinked, columns = [], []
        for where, fields in rows:
            self._check(where, fields, 4)
            label, subject, obj = fields[1:4]
            if subject in first and obj in first:
                if fields[4:]:
                    columns.append([len(relations), *fields[4:]])
                relations.append(Relation(label, first[subject], first[obj], subject, obj))
            else:
                unlinked.append(fields[1:])
                missing = " and ".join(key for key in (subject, obj) if key not in first)
                report.add("unlinked", where, f"no mention has {missing}; the relation is kept in meta as unlinked_relations")
        meta |= {key: rows for key, rows in (("unlinked_relations", unlinked), ("relation_columns", columns)) if rows}
        return relations

    def _check(self, where: Place, fields: list[str], count: int) -> None:
        if len(fields) < count:
            raise InputError(
                f"{len(fields)} columns where a {'mention has 5 or more' if count == 5 else 'relation has 4 or more'}",
                where=where,
                remedy="write ID, start, end, words, type, id or ID, relation, id, id, with tabs between them",
            )
        if fields[0] != self.key:
            raise InputError(f"a line of document {fields[0]!r} among those of {self.key!r}", where=where, remedy="put it there")
