"""Triples as tables, in and out: tables with other column names, results of queries, RDF; TSV, CSV and JSON lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, fields
from pathlib import PurePath
from typing import Final

import orjson

from farspan.aside import written_aside
from farspan.errors import InputError, OptionError, Place
from farspan.files import read_text
from farspan.job import SILENT, Job
from farspan.model import Triple
from farspan.sources.kb.facts import NamedTriple
from farspan.sources.kb.sparql import parse_results, short_id
from farspan.sources.rows import RowProblem

COLUMNS: Final = tuple(item.name for item in fields(Triple))
NAMES: Final = ("subject_name", "object_name")
SUFFIXES: Final = (".tsv", ".csv", ".jsonl")


def split_columns(text: str) -> tuple[str, dict[str, str]]:
    """The file and the columns that ``FILE?subject=film&object=director`` chooses. Raises OptionError."""
    path, mark, query = text.rpartition("?")
    if not mark or "=" not in query:
        return text, {}
    chosen = dict(part.partition("=")[::2] for part in query.split("&"))
    wrong = next((name for name in chosen if name not in COLUMNS), None)
    if wrong is not None:
        raise OptionError(f"{wrong!r} is no column of triples", remedy=f"choose out of {', '.join(COLUMNS)}")
    return path, chosen


def read_columns(
    path: str, chosen: Mapping[str, str], relation: str, problems: list[RowProblem], encoding: str | None = None
) -> Iterator[NamedTriple]:
    """The triples in a table or the result of a query whose columns are called as `chosen` says.

    relation: of all triples, where no column says it. Rows without a subject or object are problems. Raises InputError.
    """
    results = parse_results(read_text(path, encoding), path)
    columns = {name: chosen.get(name, name) for name in COLUMNS}
    there = [name for name in COLUMNS if columns[name] in results.variables]
    missing = [name for name in COLUMNS[:3] if name not in there and not (name == "relation" and relation)]
    if missing or any(name not in there for name in chosen):
        wrong = next((columns[name] for name in chosen if name not in there), missing[0] if missing else "")
        raise InputError(
            f"no column {wrong!r}",
            where=Place(path, 1),
            remedy=f"there is {', '.join(results.variables) or 'none'}: choose, 'FILE?subject=COLUMN&object=COLUMN', --property",
        )
    for number, row in enumerate(results.rows, 2):
        cells = {name: short_id(row.get(columns[name], "").strip()) if name in there else "" for name in COLUMNS}
        cells["relation"] = cells["relation"] or relation
        if cells["subject"] and cells["object"] and cells["relation"]:
            yield NamedTriple(Triple(**cells))
        else:
            problems.append(RowProblem(Place(path, number), "no subject or no object"))


def read_rdf_relations(path: str, properties: Mapping[str, str], timeout: float, job: Job = SILENT) -> Iterator[NamedTriple]:
    """The statements of an RDF file whose property is wanted, by its address or the last part of it; all if none is named.

    Entities and properties of Wikidata get their short ids. Raises InputError if there is none, with properties that there are.
    """
    from farspan.sources.kb.rdf import read_rdf_triples  # noqa: PLC0415

    seen: dict[str, None] = {}
    is_empty = True
    for triple in read_rdf_triples(path, timeout, job):
        name = triple.relation.replace("#", "/").rsplit("/", 1)[-1]
        seen[name] = None
        if properties and triple.relation not in properties and name not in properties:
            continue
        is_empty = False
        relation = properties.get(triple.relation) or properties.get(name) or name
        yield NamedTriple(Triple(short_id(triple.subject), relation, short_id(triple.object)))
    if is_empty:
        raise InputError(
            "no statement has a wanted property", where=Place(path), remedy=f"there is {', '.join(list(seen)[:10]) or 'none'}"
        )


def write_triples(path: str, triples: Iterable[NamedTriple], *, has_names: bool) -> int:
    """Write triples to `path` as TSV, CSV or JSON lines by its suffix, and return how many. Raises OutputError, OptionError."""
    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES and path != "-":
        raise OptionError(
            f"what form {path} should have is not clear", remedy=f"give it one of the suffixes {', '.join(SUFFIXES)}"
        )
    header = (*COLUMNS, *(NAMES if has_names else ()))
    count = 0
    with written_aside(path, "w") as file:
        if suffix != ".jsonl":
            file.write(_line(header, suffix))
        for item in triples:
            cells = (*astuple(item.triple), *((item.subject_name, item.object_name) if has_names else ()))
            row = {name: cell for name, cell in zip(header, cells, strict=True) if cell}
            file.write(orjson.dumps(row).decode() + "\n" if suffix == ".jsonl" else _line(cells, suffix))
            count += 1
    return count


def _line(cells: Iterable[str], suffix: str) -> str:
    if suffix != ".csv":
        return "\t".join(" ".join(cell.split()) for cell in cells) + "\n"
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()
