"""UIMA JSON CAS, the form that INCEpTION prefers: one document a file; see `cas` for what is made of it.

`{"%TYPES": {...}, "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [...]}}, "%FEATURE_STRUCTURES": [{"%ID",
"%TYPE", "begin", "end", "@sofa", ...}]}`; features that begin with ``@`` refer to other structures, which may be arrays of more
(``"%TYPE": "webanno.custom.LinkType[]", "%ELEMENTS": [...]``).
Older files have an object of structures by number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from farspan.errors import InputError, Place
from farspan.files import TextFile
from farspan.formats.cas import Cas, Sofa, Structure, choose_sofa, is_primitive_array
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
    sofas = [_sofa(item) for item in structures.values() if item.type == "uima.cas.Sofa"]
    sofa, text, others = choose_sofa(sofas, where)
    yield Cas(structures, text, sofa, _members(record, sofa), where, others).document(name, report)


def _sofa(item: Structure) -> Sofa:
    text = item.features.get("sofaString")
    return item.number, str(item.features.get("sofaID", "")), text if isinstance(text, str) else None


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
        kind = item.string("%TYPE")
        features, references = _features(item.record)
        elements = item.record.get("%ELEMENTS")
        if isinstance(elements, list) and not is_primitive_array(kind):
            references["elements"] = _numbers(elements)
        elif elements is not None:
            features["elements"] = elements
        yield Structure(key, kind, features, references, record.where)


def _features(record: Mapping[str, Any]) -> tuple[dict[str, object], dict[str, list[int]]]:
    """The values of a structure, and its references (``@``). ``#`` marks numbers that JSON cannot hold, as ``NaN``."""
    features: dict[str, object] = {}
    references: dict[str, list[int]] = {}
    for name, value in record.items():
        if name.startswith("@"):
            references[name[1:]] = _numbers(value if isinstance(value, list) else [value])
        elif name.startswith("#"):
            features[name[1:]] = math.nan
        elif not name.startswith("%"):
            features[name.removeprefix("^")] = value
    # A reference to nothing is none.
    return features, {name: numbers for name, numbers in references.items() if numbers}


def _numbers(values: list[Any]) -> list[int]:
    return [value for value in values if isinstance(value, int) and not isinstance(value, bool)]


def _members(record: Fields, sofa: int) -> frozenset[int]:
    """The structures in the index of the view of `sofa`; none where all are."""
    views = record.record.get("%VIEWS")
    for view in views.values() if isinstance(views, dict) else ():
        if isinstance(view, dict) and view.get("%SOFA") == sofa and isinstance(view.get("%MEMBERS"), list):
            return frozenset(number for number in view["%MEMBERS"] if isinstance(number, int))
    return frozenset()
