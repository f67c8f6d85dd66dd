"""Results of SPARQL queries: the JSON, XML and CSV forms of the W3C, as rows of names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from farspan.errors import InputError, Place
from farspan.files import read_text
from farspan.sources.kb.extraction import KbName
from farspan.sources.rows import RowProblem

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.sources.kb.forms import Wanted

_NS: Final = "{http://www.w3.org/2005/sparql-results#}"
_ENTITY: Final = re.compile(r"https?://www\.wikidata\.org/(?:entity|prop/direct|wiki)/([QPL][1-9]\d*)")
_USUAL: Final = {
    "name": ("name", "itemLabel", "label", "title"),
    "id": ("id", "item", "entity", "uri"),
    "aliases": ("alias", "aliases", "altLabel", "itemAltLabel"),
}
_REMEDY: Final = "save the result as JSON, XML or CSV, or choose columns: FILE?name=itemLabel&id=item"


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of a result: variables in order, and what each row binds them to; "" for nothing."""

    variables: tuple[str, ...]
    rows: list[dict[str, str]]
    uris: frozenset[str]  # the variables that are addresses of entities


def read_results(path: str, wanted: Wanted, problems: list[RowProblem], _: Job) -> Iterator[KbName]:
    """The names in the result file `path`; ``?name=`` and ``?id=`` after it choose variables."""
    from farspan.sources.arguments import parse_list_file  # noqa: PLC0415

    argument = parse_list_file(path)
    chosen = {role: getattr(argument.columns, role) or "" for role in ("name", "id", "aliases", "label")}
    text = read_text(argument.path, wanted.encoding)
    return names_of_results(text, argument.path, wanted, problems, chosen)


def names_of_results(
    text: str, path: str, wanted: Wanted, problems: list[RowProblem], chosen: dict[str, str] | None = None
) -> Iterator[KbName]:
    """The names in a result: one row an entity; further labels and aliases of it become aliases. Raises InputError."""
    results = parse_results(text, path)
    roles = _roles(results, chosen or {}, path)
    found: dict[str, tuple[str, str, dict[str, None]]] = {}
    for number, row in enumerate(results.rows, 1):
        name, key = row.get(roles["name"], ""), short_id(row.get(roles.get("id", ""), ""))
        if not name:
            problems.append(RowProblem(Place(path), f"row {number} has no {roles['name']}"))
            continue
        if key and name == key:
            problems.append(RowProblem(Place(path), f"row {number}: {key} has no label"))
            continue
        first, _, others = found.setdefault(key or name, (name, row.get(roles.get("label", ""), ""), {}))
        others.update(dict.fromkeys(alias for alias in (name, row.get(roles.get("aliases", ""), "")) if alias and alias != first))
    for key, (name, label, others) in found.items():
        yield KbName(name, "" if "id" not in roles else key, tuple(others) if wanted.aliases else (), label)


def short_id(uri: str) -> str:
    """The id an address of Wikidata ends with; any other address as it is."""
    entity = _ENTITY.fullmatch(uri)
    return entity[1] if entity else uri


def _roles(results: Results, chosen: dict[str, str], path: str) -> dict[str, str]:
    """The variable of each role: the chosen one, else one with the usual name."""
    there = results.variables
    for role, variable in chosen.items():
        if variable and variable not in there:
            raise InputError(
                f"no variable {variable!r} for the {role}", where=Place(path), remedy=f"there is {', '.join(there) or 'none'}"
            )
    texts = [variable for variable in there if variable not in results.uris]
    roles = {role: variable for role, variable in chosen.items() if variable}
    fitting = {
        "name": [v for v in there if v.endswith("Label") and not v.lower().endswith("altlabel")],
        "id": [v for v in there if v in results.uris],
        "aliases": [v for v in there if v.lower().endswith("altlabel")],
    }
    for role, more in fitting.items():
        free = [v for v in (*_USUAL[role], *more) if v in there and v not in roles.values()]
        if free and role not in roles:
            roles[role] = free[0]
    if "name" not in roles and texts:
        roles["name"] = texts[0]
    if "name" not in roles:
        raise InputError("no variable holds names", where=Place(path), remedy=f"there is {', '.join(there) or 'none'}; {_REMEDY}")
    return roles


def parse_results(text: str, path: str) -> Results:
    """The rows of a result in JSON, XML, CSV or TSV. Raises InputError."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "{":
        return _json(text, path)
    return _xml(text, path) if start == "<" and "<sparql" in text[:2000] else _csv(text, path)


def _json(text: str, path: str) -> Results:
    try:
        value = orjson.loads(text.lstrip("\ufeff"))
        variables = tuple(map(str, value["head"]["vars"]))
        bindings = value["results"]["bindings"]
        rows = [{name: str(term["value"]) for name, term in row.items()} for row in bindings]
        uris = {name for row in bindings for name, term in row.items() if term.get("type") == "uri"}
    except orjson.JSONDecodeError as error:
        raise InputError(f"not JSON: {error}", where=Place(path), remedy=_REMEDY) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"this JSON is no result of a query: {error!r}", where=Place(path), remedy=_REMEDY) from error
    return Results(variables, rows, frozenset(uris))


def _xml(text: str, path: str) -> Results:
    from defusedxml import DefusedXmlException  # noqa: PLC0415
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415

    try:
        root: Any = fromstring(text.lstrip("\ufeff"), forbid_dtd=True)
    except ParseError as error:
        raise InputError(f"not XML: {error}", where=Place(path), remedy=_REMEDY) from error
    except (DefusedXmlException, ValueError) as error:
        raise InputError(f"this XML declares entities: {error}", where=Place(path), remedy="take its DOCTYPE out") from error
    variables = tuple(item.get("name", "") for item in root.iter(f"{_NS}variable"))
    rows, uris = [], set()
    for result in root.iter(f"{_NS}result"):
        row = {}
        for binding in result.iter(f"{_NS}binding"):
            name = binding.get("name", "")
            term = next(iter(binding), None)
            if term is not None:
                row[name] = term.text or ""
                uris |= {name} if term.tag == f"{_NS}uri" else set()
        rows.append(row)
    if not variables:
        raise InputError("this XML is no result of a query", where=Place(path), remedy=_REMEDY)
    return Results(variables, rows, frozenset(uris))


def _csv(text: str, path: str) -> Results:
    plain = text.lstrip("\ufeff")
    first = plain.split("\n", 1)[0]
    is_tsv = "\t" in first or (first.startswith("?") and "," not in first)  # a single variable needs no tab
    dialect: Any = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if is_tsv else {}
    reader = csv.reader(io.StringIO(plain, newline=""), **dialect)
    try:
        header = [cell.strip().lstrip("?") for cell in next(reader, [])]
        rows = [dict(zip(header, map(_term, cells) if is_tsv else cells, strict=False)) for cells in reader if cells]
    except csv.Error as error:
        raise InputError(f"not a row of columns ({error})", where=Place(path, reader.line_num), remedy=_REMEDY) from error
    uris = {name for name in header if any(row.get(name) for row in rows)}
    uris = {name for name in uris if all(row.get(name, "").startswith(("http://", "https://")) for row in rows if row.get(name))}
    return Results(tuple(header), rows, frozenset(uris))


def _term(cell: str) -> str:
    """A term of the TSV form, which is written as in Turtle, as plain text."""
    if cell.startswith("<") and cell.endswith(">"):
        return cell[1:-1]
    found = re.fullmatch(r'"(.*)"(?:@[\w-]+|\^\^<.*>)?', cell, re.DOTALL)
    return found[1].replace('\\"', '"').replace("\\\\", "\\") if found else cell
