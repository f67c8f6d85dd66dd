"""Knowledge bases as files: tables of triples, JSONL, and annotated corpora whose relations are the triples.

A table has the columns ``subject relation object`` and, if it says so, ``subject_type object_type source``, under a header with
these names in any order, or in this order without one. JSONL has an object with these keys a line. Any other format that is read
gives the relations of its documents, each with its document as the source.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import PurePath
from typing import Any, Final

import orjson

from farspan.errors import InputError, Place, place
from farspan.files import TextFile, open_text
from farspan.formats import ReadReport, read_documents
from farspan.job import SILENT, Job
from farspan.model import Document, Triple
from farspan.relations.kb import KnowledgeBase, knowledge_base
from farspan.sources.rows import RowProblem
from farspan.store.pairs import NEGATIVE
from farspan.wording import counted

COLUMNS: Final = tuple(item.name for item in fields(Triple))
_NEEDED: Final = COLUMNS[:3]
_TABLES: Final = {".tsv": "\t", ".csv": ",", ".tab": "\t"}
_PACKED: Final = frozenset({".gz", ".bz2", ".zst"})
NO_RELATION: Final = frozenset({NEGATIVE, "no_relation", "None", "NoRelation"})
"""What corpora call it that a pair stands in no relation."""

_EXAMPLE: Final = "write: subject<TAB>relation<TAB>object"

Complain = Callable[[int, str], None]


def load_kb(path: str, encoding: str | None = None, job: Job = SILENT, report: ReadReport | None = None) -> KnowledgeBase:
    """The knowledge base in the file `path`. Rows that are no triple are left out and stand in its `problems`.

    Raises InputError for a file without a triple.
    """
    problems: list[RowProblem] = []
    kind = _kind(path, encoding)
    if kind is None:
        triples = _of_documents(read_documents([path], encoding=encoding, report=report))
    else:
        triples = _of_file(path, kind, encoding, problems)
    found = replace(knowledge_base(triples, "stdin" if path == "-" else PurePath(path).name, job), problems=problems)
    if not len(found):
        first = problems[0] if problems else None
        raise InputError(
            first.what if first else "there is no triple in it", where=first.place if first else place(path), remedy=_EXAMPLE
        )
    return found


def _kind(path: str, encoding: str | None) -> str | None:
    """What parts the columns of a table, ``{`` for JSONL, None for the documents of a format."""
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes if suffix.lower() not in _PACKED]
    last = suffixes[-1] if suffixes else ""
    if last in _TABLES or path == "-":
        return _TABLES.get(last, "\t")  # standard input can be read once only: it is a table with tabs
    with open_text(path, encoding) as file:
        line = next((line for line in file.peek().split("\n") if line.strip()), "")
    if last in {".jsonl", ".ndjson", ".json"} or line.startswith("{"):
        return "{" if '"subject"' in line and '"text"' not in line else None
    header = [cell.strip().lower() for cell in line.split("\t")]
    return "\t" if set(_NEEDED) <= set(header) else None


def _of_file(path: str, kind: str, encoding: str | None, problems: list[RowProblem]) -> Iterator[Triple]:
    with open_text(path, encoding) as file:

        def complain(line: int, what: str) -> None:
            problems.append(RowProblem(Place(file.path, line), what))

        yield from _of_objects(file, complain) if kind == "{" else _of_rows(file, kind, complain)


def _of_rows(file: TextFile, delimiter: str, complain: Complain) -> Iterator[Triple]:
    order: Sequence[int | None] | None = None
    for number, row in _rows(file, delimiter, complain):
        if order is None:
            order, is_header = _order(row, Place(file.path, number))
            if is_header:
                continue
        cells = [row[at].strip() if at is not None and at < len(row) else "" for at in order]
        if all(cells[:3]):
            yield Triple(*cells)
        elif any(cell.strip() for cell in row):
            missing = next(name for name, cell in zip(COLUMNS, cells, strict=True) if not cell)
            complain(number, f"no {missing} in this row of {counted(len(row), 'column')}")


def _rows(file: TextFile, delimiter: str, complain: Complain) -> Iterator[tuple[int, list[str]]]:
    """Each row with its line; a tab-separated row is a line, a comma-separated one may hold quoted cells."""
    lines = (line.removesuffix("\r") for line in file.lines())
    if delimiter == "\t":
        yield from ((number, line.split("\t")) for number, line in enumerate(lines, 1))
        return
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            complain(reader.line_num, f"not a row of columns ({error})")
            continue
        yield reader.line_num, row


def _order(row: Sequence[str], where: Place) -> tuple[Sequence[int | None], bool]:
    """Where each of COLUMNS stands in a row, and whether `row` is the header that says so. Raises InputError."""
    header = [cell.strip().strip("\ufeff").lower() for cell in row]
    if set(_NEEDED) <= set(header):
        return [header.index(name) if name in header else None for name in COLUMNS], True
    if set(header) & set(_NEEDED):
        missing = ", ".join(name for name in _NEEDED if name not in header)
        raise InputError(f"the header has no column {missing}", where=where, remedy=f"name the columns {', '.join(COLUMNS)}")
    return range(len(COLUMNS)), False


def _of_objects(file: TextFile, complain: Complain) -> Iterator[Triple]:
    for number, line in enumerate(file.lines(), 1):
        if line and not line.isspace():
            triple = _of_object(line, number, complain)
            if triple is not None:
                yield triple


def _of_object(line: str, number: int, complain: Complain) -> Triple | None:
    try:
        value: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        complain(number, f"this is not JSON: {error.msg}")
        return None
    if not isinstance(value, dict):
        complain(number, "a line must be an object")
        return None
    cells = [value.get(name) for name in COLUMNS]
    wrong = next(
        (name for name, cell in zip(COLUMNS, cells, strict=True) if cell is not None and not isinstance(cell, str)), None
    )
    wrong = wrong or next((name for name, cell in zip(_NEEDED, cells, strict=False) if not cell), None)
    if wrong is not None:
        complain(number, f'"{wrong}" must be a string that is not empty')
        return None
    return Triple(*(cell or "" for cell in cells))


def _of_documents(documents: Iterator[Document]) -> Iterator[Triple]:
    for document in documents:
        for subject, relation, object_ in gold_triples(document):
            yield Triple(subject, relation, object_, source=document.id)


def gold_triples(document: Document) -> Iterator[tuple[str, str, str]]:
    """Subject, relation and object of every relation of `document`, by id; by name where a span has none.

    Relations between entities that no span of the document names (PubTator) are among them, negatives are not.
    """
    for relation in document.relations:
        if relation.relation in NO_RELATION:
            continue
        yield (
            relation.subject_id or entity_of(document, relation.subject),
            relation.relation,
            relation.object_id or entity_of(document, relation.object),
        )
    for relation, subject, object_, *_ in document.meta.get("unlinked_relations", ()):
        yield subject, relation, object_


def entity_of(document: Document, span: int) -> str:
    """What the span numbered `span` names: its first id, else its name in the list, else its words."""
    found = document.spans[span]
    return found.ids[0] if found.ids else found.name or document.text[found.start : found.end]
