"""The text of word processor files: DOCX by python-docx, ODT by odfdo; a paragraph is a line, table cells too.

Tracked insertions are part of the text, tracked deletions, comments, footnotes, headers and footers are not.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

from farspan.errors import InputError, Place
from farspan.files import BytesFile
from farspan.formats.loss import ReadReport
from farspan.model import Document
from farspan.unpacking import Limits

_LARGEST: Final = 1 << 30  # bytes of all parts, which are held in memory
_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    RuntimeError,
    AssertionError,
)
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PLAIN: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011", f"{_W}softHyphen": "\u00ad"}
_T: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ODT_LEFT_OUT: Final = frozenset({f"{_T}note", f"{_T}tracked-changes", f"{_OFFICE}annotation", f"{_T}ruby-text"})


def read_docx(file: BytesFile, name: str, report: ReadReport) -> Iterator[Document]:  # noqa: ARG001  (as of all readers)
    """The one document that the file is. Raises InputError for what is no sound DOCX file."""
    import docx  # noqa: PLC0415  (start-up)
    from lxml import etree  # noqa: PLC0415

    data = _checked(file)
    try:
        body = docx.Document(io.BytesIO(data)).element.body
        lines = [_docx_line(paragraph) for paragraph in body.iter(f"{_W}p") if not _is_inside(paragraph, body)]
    except (*_FAULTS, etree.LxmlError, SyntaxError) as error:
        raise _unsound(file, "DOCX", error) from error
    yield Document(name, "\n".join(lines), file.meta)


def _is_inside(paragraph: Any, body: Any) -> bool:
    """Whether a paragraph stands in another one's text box, or in what is there for older programs only."""
    for above in paragraph.iterancestors():
        if above is body:
            return False
        if above.tag in {f"{_W}p", _FALLBACK, f"{_W}del", f"{_W}moveFrom"}:
            return True
    return False


def _docx_line(paragraph: Any) -> str:
    return "".join(_docx_pieces(paragraph))


def _docx_pieces(element: Any) -> Iterator[str]:
    for inner in element:
        tag = inner.tag
        if tag == f"{_W}t":
            yield inner.text or ""
        elif tag in _PLAIN:
            yield _PLAIN[tag]
        elif tag not in {f"{_W}del", f"{_W}moveFrom", f"{_W}p", _FALLBACK, f"{_W}instrText", f"{_W}pPr", f"{_W}rPr"}:
            yield from _docx_pieces(inner)


def read_odt(file: BytesFile, name: str, report: ReadReport) -> Iterator[Document]:  # noqa: ARG001
    """The one document that the file is. Raises InputError for what is no sound ODT file."""
    import odfdo  # noqa: PLC0415
    from lxml import etree  # noqa: PLC0415  (start-up)

    data = _checked(file)
    try:
        part: Any = odfdo.Document(io.BytesIO(data)).get_part("content.xml")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(part.serialize(), parser)
        lines = list(_odt_lines(root))
    except (*_FAULTS, etree.LxmlError, SyntaxError) as error:
        raise _unsound(file, "ODT", error) from error
    yield Document(name, "\n".join(lines), file.meta)


def _odt_lines(element: Any) -> Iterator[str]:
    for inner in element:
        if inner.tag in {f"{_T}p", f"{_T}h"}:
            yield "".join(_odt_pieces(inner))
        elif inner.tag not in _ODT_LEFT_OUT:
            yield from _odt_lines(inner)


def _odt_pieces(element: Any) -> Iterator[str]:
    yield _collapsed(element.text)
    for inner in element:
        if inner.tag == f"{_T}s":
            count = inner.get(f"{_T}c", "1")
            yield " " * min(int(count) if count.isdecimal() else 1, 10_000)
        elif inner.tag == f"{_T}tab":
            yield "\t"
        elif inner.tag == f"{_T}line-break":
            yield "\n"
        elif inner.tag not in _ODT_LEFT_OUT and isinstance(inner.tag, str):
            yield from _odt_pieces(inner)
        yield _collapsed(inner.tail)


def _collapsed(text: str | None) -> str:
    """White space as ODF counts it: line ends and tabs of the XML are spaces."""
    return (text or "").replace("\n", " ").replace("\t", " ").replace("\r", " ")


def _checked(file: BytesFile) -> bytes:
    """The bytes of `file`, whose parts do not expand beyond a bound. Raises InputError."""
    data = file.content()
    where = Place(file.path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _FAULTS as error:
        raise InputError(f"this is no sound file: {error}", where=where, remedy="save it anew") from error
    made, limits = sum(part.file_size for part in parts), Limits.of_environment()
    Limits(min(limits.total, _LARGEST), limits.ratio, limits.free).check(made, len(data), where)
    return data


def _unsound(file: BytesFile, kind: str, error: Exception) -> InputError:
    said = str(error).split("\n", 1)[0][:200]
    return InputError(f"this is no sound {kind} file: {said}", where=Place(file.path), remedy="save it anew, or as plain text")
