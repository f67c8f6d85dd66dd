"""TEI, and XML at large, as running text; names that TEI marks are gold spans.

Every TEI element of a corpus is a document; its header, notes, page headers, deletions, and of a `choice` what was corrected,
normalised or abbreviated are left out. White space is one space, and a line feed between blocks (paragraphs, lines, heads ...).
persName, placeName, orgName and the like are spans with the element's name as label (name and rs: their type, if they have one),
with the values of `ref` and `key` as ids. ``<w join="right">`` stands close to what follows. In other XML an element is a block
of its own unless words stand beside it; XML of annotation tools (BioC, GATE), whose annotations would be lost, is refused.

Entities other than XML's own five are not expanded and nothing is fetched. Source: TEI P5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from farspan.errors import InputError, Place
from farspan.files import BytesFile
from farspan.formats.loss import ReadReport
from farspan.model import Document, Span

_XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_NAMES: Final = frozenset(
    """
    persName placeName orgName geogName country region settlement district bloc objectName eventName name rs
    """.split()  # noqa: SIM905  (a word list reads better)
)
_BLOCKS: Final = frozenset(
    """
    TEI text front body back group div div1 div2 div3 div4 div5 div6 div7 p ab head l lg list item label row cell table u
    sp speaker stage opener closer salute signed dateline byline epigraph argument trailer titlePage docTitle titlePart
    docAuthor docImprint docDate docEdition imprimatur castList castItem figure formula listBibl bibl entry sense seg-
    block standOff postscript floatingText set prologue epilogue performance spGrp
    """.split()  # noqa: SIM905  (a word list reads better)
)
_LEFT_OUT: Final = frozenset(
    """
    teiHeader note fw del surplus figDesc facsimile sourceDoc standOff rdg
    """.split()  # noqa: SIM905  (a word list reads better)
)
_BREAKS: Final = frozenset(
    """
    lb pb cb gb milestone
    """.split()  # noqa: SIM905  (a word list reads better)
)
_CHOSEN: Final = (("corr", "sic"), ("reg", "orig"), ("expan", "abbr"))
_WHITE: Final = re.compile(r"[ \t\r\n]+")
_JOINED_BEFORE: Final = frozenset({"left", "both"})
_JOINED_BEHIND: Final = frozenset({"right", "both"})
DEEPEST: Final = 200  # elements inside each other; XML of people has a dozen


def read_tei(file: BytesFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The documents of the file.

    Raises InputError with file and line for what is no sound XML, for entities, and for XML of annotation tools.
    """
    from lxml import etree  # noqa: PLC0415  (start-up)

    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True}
    depth = given = 0
    try:
        found = None
        for event, element in etree.iterparse(file.stream, events=("start", "end"), huge_tree=False, **options):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise InputError(f"elements stand more than {DEEPEST} deep", where=Place(file.path), remedy="make it flatter")
            if event == "start" and not given and (foreign := _foreign(element, depth)):
                raise InputError(
                    f"this is XML of {foreign}, and its annotations would be lost",
                    where=Place(file.path, element.sourceline),
                    remedy="turn it into another format first: PubTator, brat, CoNLL or UIMA XMI",
                )
            if event == "end":
                found = element
                if _local(element) in {"TEI", "TEI.2"}:
                    given += 1
                    yield _Text(file.path, report, is_tei=True).document(element, name, given, file.meta)
                    element.clear()
        if not given and found is not None:
            yield _Text(file.path, report, is_tei=False).document(found, name, 1, file.meta)
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"this is no sound XML: {error.msg}", where=Place(file.path, error.lineno), remedy="put it right there"
        ) from error


def _foreign(element: Any, depth: int) -> str:
    """The tool whose XML begins with `element`, so many elements deep; "" if it is none that is known."""
    if depth == 1:
        return "GATE" if _local(element) == "GateDocument" else ""
    if depth == 4 and _local(element) in {"infon", "offset"}:
        above = [_local(outer) for outer in element.iterancestors()]
        return "BioC" if above == ["passage", "document", "collection"] else ""
    return ""


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@dataclass(slots=True)
class _Text:
    """The text of one document, as it is put together."""

    path: str
    report: ReadReport
    is_tei: bool
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    gap: str = ""  # white space that waits for the next word
    is_joined: bool = False  # spaces before the next word do not count
    spans: list[Span] = field(default_factory=list)

    def document(self, root: Any, name: str, number: int, meta: dict[str, object]) -> Document:
        key = root.get(_XML_ID)
        self._element(root)
        title = " ".join("".join(self._title(root)).split()) if self.is_tei else ""
        spans = sorted(self.spans, key=lambda span: (span.start, -span.end))
        more = {**meta, "title": title} if title else dict(meta)
        return Document(key or (name if number == 1 else f"{name}-{number}"), "".join(self.pieces), more, None, spans)

    def _title(self, root: Any) -> Iterator[str]:
        for element in root.iter():
            if _local(element) == "titleStmt":
                for inner in element:
                    if _local(inner) == "title":
                        yield from (part for part in inner.itertext() if isinstance(part, str))
                        return

    def _add(self, text: str | None) -> None:
        """Add words; white space is held back until it stands between words."""
        if not text:
            return
        parts = _WHITE.split(text)
        for index, part in enumerate(parts):
            if index and not self.gap and not self.is_joined:
                self.gap = " "
            if part:
                if self.length:
                    self._put(self.gap)
                self.gap, self.is_joined = "", False
                self._put(part)

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _element(self, element: Any) -> None:
        name = _local(element)
        if not name:  # an entity
            raise InputError(
                f"the entity {element.text or '?'} is not expanded",
                where=Place(self.path, element.sourceline),
                remedy="write the character itself",
            )
        if self.is_tei and name in _LEFT_OUT:
            if name == "note":
                self.report.add("notes", Place(self.path, element.sourceline), "a note is left out")
            return
        if name in _BREAKS and self.is_tei:
            if element.get("break") != "no" and not self.gap and not self.is_joined:
                self.gap = " "
            return
        joined = element.get("join") if self.is_tei else None
        if joined in _JOINED_BEFORE and self.gap == " ":
            self.gap = ""
        is_block = name in _BLOCKS if self.is_tei else not _is_mixed(element.getparent())
        self.gap = "\n" if is_block else self.gap
        label = self._label(element, name)
        spans = len(self.spans)
        before = self.length
        self._inside(element)
        if label and self.length > before:
            start = before + len(self._leading(before))
            ids = tuple(key for value in (element.get("ref"), element.get("key")) if value for key in value.split())
            self.spans.insert(spans, Span(start, self.length, label, ids=tuple(dict.fromkeys(ids)), kind="gold"))
        self.gap = "\n" if is_block else self.gap
        self.is_joined = not is_block and (self.is_joined or joined in _JOINED_BEHIND)

    def _leading(self, before: int) -> str:
        """The white space that was put down at `before`, where words then begin."""
        length, pieces = self.length, []
        for piece in reversed(self.pieces):
            if length <= before:
                break
            length -= len(piece)
            pieces.append(piece)
        first = pieces[-1]
        return first if first in {" ", "\n"} else ""

    def _label(self, element: Any, name: str) -> str:
        if not self.is_tei or name not in _NAMES:
            return ""
        return (element.get("type") or name) if name in {"name", "rs"} else name

    def _inside(self, element: Any) -> None:
        left_out = _unchosen(element) if self.is_tei and _local(element) == "choice" else set()
        self._add(element.text)
        for inner in element:
            if _local(inner) not in left_out or not _local(inner):
                self._element(inner)
            self._add(inner.tail)


def _unchosen(choice: Any) -> set[str]:
    """Of what stands in a `choice`, what is not part of the text."""
    names = {_local(inner) for inner in choice}
    return {worse for better, worse in _CHOSEN if better in names}


def _is_mixed(parent: Any) -> bool:
    """Whether words stand directly in `parent`, so that the elements in it are parts of a line."""
    if parent is None:
        return False
    return bool((parent.text or "").strip()) or any((inner.tail or "").strip() for inner in parent)
