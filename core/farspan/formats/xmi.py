"""UIMA XMI: one document a file, as INCEpTION, WebAnno and DKPro write it; see `cas` for what is made of it.

All that is in it are strings. Which of them are words, numbers or references says the file ``TypeSystem.xml`` beside it; without
one it is made out from the values. Files with a document type declaration are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Final, cast

from lxml import etree

from farspan.errors import InputError, Place
from farspan.files import BytesFile
from farspan.formats.cas import Cas, Sofa, Structure, choose_sofa
from farspan.formats.cas_types import NOTHING, TypeSystem, read_ids, read_types, with_types
from farspan.formats.loss import ReadReport
from farspan.model import Document

_XMI: Final = "{http://www.omg.org/XMI}"
_TYPES: Final = "TypeSystem.xml"
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))
_BEGINNINGS: Final = (b"<", b"\xef\xbb\xbf<", b" ", b"\n", b"\r")


def read_xmi(file: BytesFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The one document of the file. Raises InputError with file and line."""
    where = Place(file.path)
    items: list[Structure] = []
    sofas: list[Sofa] = []
    views: dict[int, frozenset[int]] = {}
    for element in _elements(file.content(), file.path):
        values = {str(key): str(value) for key, value in element.attrib.items()}
        number, kind = _number(values, f"{_XMI}id"), _type_name(element.tag)
        if kind == "uima.cas.Sofa":
            sofas.append((number, values.get("sofaID", ""), values.get("sofaString")))
        elif kind == "uima.cas.View":
            views[_number(values, "sofa")] = frozenset(read_ids(values.get("members", "")))
        elif kind != "uima.cas.NULL":
            number = number if number >= 0 else -1 - len(items)  # without an id nothing refers to it
            at = Place(file.path, cast("int | None", element.sourceline))
            items.append(Structure(number, kind, {**values, **_lists(element)}, {}, at))
    sofa, text, others = choose_sofa(sofas, where)
    structures = {item.number: item for item in with_types(items, _types(file, report))}
    yield Cas(structures, text, sofa, views.get(sofa, frozenset()), where, others).document(name, report)


def _lists(element: etree._Element) -> dict[str, list[str]]:
    """The features that are lists of strings, each a child."""
    found: dict[str, list[str]] = {}
    for child in element:
        if isinstance(child.tag, str):
            found.setdefault(child.tag, []).append(child.text or "")
    return found


def _types(file: BytesFile, report: ReadReport) -> TypeSystem:
    """The type system beside `file`; one that declares nothing where there is none, or where it is no XML, which is told."""
    data = file.beside(_TYPES)
    if data is None:
        return NOTHING
    try:
        return read_types(data)
    except etree.XMLSyntaxError as error:
        report.add("skipped", Place(file.path), f"the {_TYPES} beside it is not XML: {error.msg}")
        return NOTHING


def _elements(data: bytes, path: str) -> Iterator[etree._Element]:
    """The children of the root. Raises InputError."""
    if any(mark in data for mark in _DOCTYPES):
        raise InputError("it declares a document type", where=Place(path), remedy="take the <!DOCTYPE ...> out; XMI needs none")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=data.startswith(_BEGINNINGS), remove_comments=True
    )
    try:
        root = etree.parse(BytesIO(data), parser).getroot()
    except etree.XMLSyntaxError as error:
        line = error.lineno or None
        raise InputError(f"this is not XML: {error.msg}", where=Place(path, line), remedy="export the file again") from error
    if root.tag != f"{_XMI}XMI":
        raise InputError(f"the root is {root.tag}, not xmi:XMI", where=Place(path), remedy="give a file in XMI")
    return (element for element in root if isinstance(element.tag, str))


def _number(values: dict[str, str], key: str) -> int:
    value = values.pop(key, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else -1


def _type_name(tag: str) -> str:
    """``{http:///uima/cas.ecore}Sofa`` as ``uima.cas.Sofa``."""
    space, _, name = tag.rpartition("}")
    package = space.removeprefix("{http:///").removesuffix(".ecore").replace("/", ".")
    return name if package in {"", "uima.noNamespace"} else f"{package}.{name}"
