"""UIMA XMI: one document a file, as INCEpTION, WebAnno and DKPro write it; see `cas` for what is made of it.

A type system file beside it is not needed. Files with a document type declaration are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from lxml import etree

from farspan.errors import InputError, Place
from farspan.files import BytesFile
from farspan.formats.cas import Cas, Structure, choose_sofa
from farspan.formats.loss import ReadReport
from farspan.model import Document

_XMI: Final = "{http://www.omg.org/XMI}"
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))
_BEGINNINGS: Final = (b"<", b"\xef\xbb\xbf<", b" ", b"\n", b"\r")


def read_xmi(file: BytesFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The one document of the file. Raises InputError with file and line."""
    where = Place(file.path)
    structures: dict[int, Structure] = {}
    sofas: list[tuple[int, str, Any]] = []
    views: dict[int, frozenset[int]] = {}
    for element in _elements(file.content(), file.path):
        values = {key: str(value) for key, value in element.attrib.items()}
        item = Structure(_number(values, f"{_XMI}id"), _type_name(element.tag), values, Place(file.path, element.sourceline))
        for child in element:
            if isinstance(child.tag, str):
                values.setdefault(child.tag, "")
        if item.type == "uima.cas.Sofa":
            sofas.append((item.number, values.get("sofaID", ""), values.get("sofaString")))
        elif item.type == "uima.cas.View":
            parts = values.get("members", "").split()
            views[item.whole("sofa") or 0] = frozenset(int(part) for part in parts if part.isascii() and part.isdecimal())
        elif item.type != "uima.cas.NULL":
            structures[item.number] = item
    sofa, text = choose_sofa(sofas, where)
    yield Cas(structures, text, sofa, views.get(sofa, frozenset()), where).document(name, report)


def _elements(data: bytes, path: str) -> Iterator[Any]:
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
