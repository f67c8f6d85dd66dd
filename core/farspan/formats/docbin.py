"""spaCy's DocBin: entities, span groups, sentences, lemmas and parts of speech.

Tokens that are only white space are left out; the text is the Doc's. Entities become gold spans with their ids (``kb_id``,
``ent_id``, ``id``), and so do those of span groups that are not entities too; a group's name other than ``sc`` is kept as the
span's source.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from farspan.errors import InputError, Place
from farspan.files import BytesFile
from farspan.formats.loss import ReadReport
from farspan.model import Document, Span, Tokens
from farspan.unpacking import Limits

GROUP: Final = "sc"  # what spaCy's own span categoriser reads
ID: Final = "farspan_id"
_COLUMNS: Final = {"LEMMA": ("lemma", "lemma_"), "POS": ("upos", "pos_"), "TAG": ("xpos", "tag_")}
_PIECE: Final = 1 << 20


def read_docbin(file: BytesFile, name: str, report: ReadReport) -> Iterator[Document]:  # noqa: ARG001  (as of all readers)
    """The documents of the file. Raises InputError for what is no DocBin."""
    from spacy.tokens import DocBin  # noqa: PLC0415  (start-up)
    from spacy.vocab import Vocab  # noqa: PLC0415

    data = file.content()
    _check(data, file.path)
    try:
        documents = DocBin().from_bytes(data).get_docs(Vocab())
        for number, doc in enumerate(documents, 1):
            yield _document(doc, f"{name}-{number}", file.meta)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, AssertionError, zlib.error) as error:
        said = str(error).split("\n", 1)[0][:200]
        raise InputError(
            f"this is no sound DocBin: {said}", where=Place(file.path), remedy="save it anew with DocBin.to_disk"
        ) from error


def _check(data: bytes, path: str) -> None:
    """Raise InputError if `data` is not compressed as a DocBin is, or expands beyond the bound."""
    limits, engine, made = Limits.of_environment(), zlib.decompressobj(), 0
    where = Place(path)
    try:
        piece = engine.decompress(data, _PIECE)
        while piece:
            made += len(piece)
            limits.check(made, len(data), where)
            piece = engine.decompress(engine.unconsumed_tail, _PIECE)
    except zlib.error as error:
        raise InputError(f"this is no DocBin: {error}", where=where, remedy="give what DocBin.to_disk has written") from error
    if not engine.eof:
        raise InputError("the file ends too early", where=where, remedy="get the whole file again")


def _document(doc: Any, name: str, meta: dict[str, object]) -> Document:
    words: list[Any] = []
    firsts: list[int] = []
    is_cut = doc.has_annotation("SENT_START")
    begins = True
    for token in doc:
        begins = begins or bool(is_cut and token.is_sent_start)
        if token.text and not token.text.isspace():
            if begins:
                firsts.append(len(words))
            begins = False
            words.append(token)
    starts = np.array([token.idx for token in words], np.int32)
    ends = np.array([token.idx + len(token.text) for token in words], np.int32)
    columns = {
        column: [getattr(token, attribute) for token in words]
        for known, (column, attribute) in _COLUMNS.items()
        if doc.has_annotation(known)
    }
    tokens = Tokens(starts, ends, np.array(firsts, np.int32), columns=columns)
    said = doc.user_data.get(ID)
    return Document(said if isinstance(said, str) else name, doc.text, meta, tokens, _spans(doc))


def _spans(doc: Any) -> list[Span]:
    """Entities first, then the spans of groups that are not among them."""
    found: dict[tuple[int, int, str], Span] = {}
    for group, spans in (("", doc.ents), *doc.spans.items()):
        source = "" if group == GROUP else str(group)
        for span in spans:
            key = (span.start_char, span.end_char, span.label_)
            if span.start_char < span.end_char and key not in found:
                # An entity ruler puts the id of its pattern elsewhere than an entity linker does.
                ids = dict.fromkeys(known for known in (span.kb_id_, span.ent_id_, span.id_) if known)
                found[key] = Span(*key, source=source, ids=tuple(ids), kind="gold")
    return list(found.values())
