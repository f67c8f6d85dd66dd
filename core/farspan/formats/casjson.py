"""UIMA JSON CAS, the form that INCEpTION prefers: one document a file; see `cas` for what is made of it.

`{"%TYPES": {...}, "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [...]}}, "%FEATURE_STRUCTURES": [{"%ID",
"%TYPE", "begin", "end", "@sofa", ...}]}`; features that begin with ``@`` refer to other structures.
Older files have an object of structures by number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from farspan.errors import InputError, Place
from farspan.files import TextFile
from farspan.formats.cas import Cas, Structure, choose_sofa
from farspan.formats.loss import ReadReport
from farspan.formats.records import Fields, fields_of, half_surrogate
from farspan.model import Document


def read_casjson(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The one document of the file. Raises InputError."""
    where = Place(file.path)
    try:
        record = fields_of(orjson.loads(file.text()), where, "the file")
    except orjson.JSONDecodeError as error:
        if "surrogate" in error.msg:
            raise half_surrogate(where) from error
        at = Place(file.path, error.lineno)
        raise InputError(f"this is not JSON: {error.msg}", where=at, remedy="export the file again") from error
    structures = {item.number: item for item in _structures(record)}
    sofas = [
        (item.number, str(item.features.get("sofaID", "")), item.features.get("sofaString"))
        for item in structures.values()
        if item.type == "uima.cas.Sofa"
    ]
    sofa, text = choose_sofa(sofas, where)
    yield Cas(structures, text, sofa, _members(record, sofa), where).document(name, report)


def _structures(record: Fields) -> Iterator[Structure]:
    given = record.record.get("%FEATURE_STRUCTURES")
    items: Iterator[tuple[Any, Any]]
    if isinstance(given, dict):
        items = (
            (int(key) if key.isascii() and key.isdecimal() and len(key) < 10 else None, value) for key, value in given.items()
        )
    else:
        items = ((None, value) for value in record.rows("%FEATURE_STRUCTURES"))
    for number, value in items:
        item = fields_of(value, record.where, "a feature structure")
        key = item.whole("%ID") if number is None else number
        features = {name.removeprefix("@").removeprefix("^"): found for name, found in item.record.items() if name[:1] != "%"}
        if "%ELEMENTS" in item:
            features["elements"] = item.record["%ELEMENTS"]
        kind = item.string("%TYPE").replace("[]", "Array")
        yield Structure(key, "uima.cas.FSArray" if kind == "uima.cas.TOPArray" else kind, features, record.where)


def _members(record: Fields, sofa: int) -> frozenset[int]:
    """The structures in the index of the view of `sofa`; none where all are."""
    views = record.record.get("%VIEWS")
    for view in views.values() if isinstance(views, dict) else ():
        if isinstance(view, dict) and view.get("%SOFA") == sofa and isinstance(view.get("%MEMBERS"), list):
            return frozenset(number for number in view["%MEMBERS"] if isinstance(number, int))
    return frozenset()
