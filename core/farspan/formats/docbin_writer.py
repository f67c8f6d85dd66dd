"""Writing spaCy's DocBin; see `docbin`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import IO, Any, Final

import numpy as np

from farspan.errors import OutputError
from farspan.formats.docbin import GROUP, ID
from farspan.formats.output import WRITTEN, StreamWriter, count_unsaid, shown
from farspan.model import Document, Span, Tokens

_ATTRIBUTES: Final = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "SENT_START", "LEMMA", "POS", "TAG")
_GAP: Final = re.compile(r"\s+|\S+")
_COLUMNS: Final = {"lemma": "lemmas", "upos": "pos", "xpos": "tags"}
_UPOS: Final = frozenset(
    """
    ADJ ADP ADV AUX CONJ CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE
    """.split()  # noqa: SIM905  (a word list reads better)
)


class DocBinWriter(StreamWriter):
    """Writes one DocBin with all documents, which it holds until the end.

    Entities are the outermost spans; where there are others, all spans together form the group ``sc``. White space is kept as
    spaCy keeps it, in tokens of its own.
    """

    def __init__(self, stream: IO[bytes], *, kinds: Collection[str] = WRITTEN) -> None:
        super().__init__(stream, kinds=kinds)
        from spacy.tokens import DocBin  # noqa: PLC0415  (start-up)
        from spacy.vocab import Vocab  # noqa: PLC0415

        self._bin = DocBin(attrs=_ATTRIBUTES, store_user_data=True)
        self._vocab = Vocab()

    def finish(self) -> None:
        """Write the DocBin."""
        self._stream.write(self._bin.to_bytes())

    def write(self, document: Document) -> None:
        """Take in one document. Raises OutputError without tokens, and for half surrogates."""
        if document.tokens is None:
            raise OutputError(
                f"document {document.id!r} has no tokens to write", remedy="annotate it first, which finds its tokens"
            )
        try:
            document.text.encode()
        except UnicodeEncodeError as error:
            raise OutputError(
                f"document {document.id!r} holds half of a surrogate pair, which no file can hold", remedy="repair the text"
            ) from error
        doc, numbers = self._doc(document, document.tokens)
        self._label(document, doc, numbers)
        doc.user_data[ID] = document.id
        self._bin.add(doc)

    def _doc(self, document: Document, tokens: Tokens) -> tuple[Any, list[int]]:
        """The Doc, and where in it each token of ours stands."""
        from spacy.tokens import Doc  # noqa: PLC0415

        words: list[str] = []
        spaces: list[bool] = []
        numbers: list[int] = []
        for piece, is_token in _pieces(document.text, tokens):
            if not is_token and piece.startswith(" ") and words and not spaces[-1]:
                spaces[-1] = True
                piece = piece[1:]  # noqa: PLW2901
            if piece:
                if is_token:
                    numbers.append(len(words))
                    self.loss.add("tokens", f"{document.id}: a token of white space alone", int(piece.isspace()))
                elif not piece.isspace():
                    self.loss.add("tokens", f"{document.id}: {piece!r} stands between tokens")
                words.append(piece)
                spaces.append(False)
        starts = np.full(len(words), -1)
        # White space before the first token belongs to its sentence.
        starts[[numbers[first] if first else 0 for first in tokens.sentences.tolist()]] = 1
        more: dict[str, Any] = self._columns(document, tokens, numbers, len(words))
        return Doc(self._vocab, words=words, spaces=spaces, sent_starts=starts.tolist(), **more), numbers

    def _columns(self, document: Document, tokens: Tokens, numbers: list[int], count: int) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for column, argument in _COLUMNS.items():
            values = tokens.columns.get(column)
            if values is None or (column == "upos" and not _UPOS.issuperset({*values} - {"", "_"})):
                continue
            filled = [""] * count
            for number, value in zip(numbers, values, strict=True):
                filled[number] = "" if value == "_" and column == "upos" else value
            found[argument] = filled
        unsaid = sorted(tokens.columns.keys() - {"tag"} - {column for column, name in _COLUMNS.items() if name in found})
        self.loss.add("columns", f"{document.id}: {', '.join(unsaid)}", int(bool(unsaid)))
        return found

    def _label(self, document: Document, doc: Any, numbers: list[int]) -> None:
        """Put the spans into `doc`."""
        from spacy.tokens import SpanGroup  # noqa: PLC0415

        tokens = document.tokens
        assert tokens is not None  # noqa: S101  (checked by the caller)
        begins = dict(zip(tokens.starts.tolist(), numbers, strict=True))
        ends = dict(zip(tokens.ends.tolist(), numbers, strict=True))
        taken: dict[tuple[int, int, str], Any] = {}
        chosen = self._chosen(document)
        written = []
        for span in chosen.values():
            first, last = begins.get(span.start), ends.get(span.end)
            if first is None or last is None or last < first or not span.label:
                self.loss.add("borders" if span.label else "labels", shown(document, span))
            elif (first, last + 1, span.label) in taken:
                self.loss.add("overlapping", f"{shown(document, span)}, twice")
            else:
                self.loss.add("ids", f"{shown(document, span)}: {', '.join(span.ids[1:])}", int(len(span.ids) > 1))
                kb_id = span.ids[0] if span.ids else ""
                taken[first, last + 1, span.label] = doc.char_span(span.start, span.end, label=span.label, kb_id=kb_id)
                written.append(span)
        self._count(document, written)
        spans = list(taken.values())
        doc.ents = list(_outermost(spans))
        if len(doc.ents) < len(spans):
            doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans)

    def _count(self, document: Document, written: list[Span]) -> None:
        count_unsaid(self.loss, document, written, {"ids", "tokens"})
        self.loss.add("relations", document.id, len(document.relations))


def _pieces(text: str, tokens: Tokens) -> Iterator[tuple[str, bool]]:
    """The text cut into tokens (True) and what is between them (False), white space apart from the rest."""
    last = 0
    for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True):
        yield from ((piece, False) for piece in _GAP.findall(text[last:start]))
        yield text[start:end], True
        last = end
    yield from ((piece, False) for piece in _GAP.findall(text[last:]))


def _outermost(spans: list[Any]) -> Iterator[Any]:
    """Of overlapping spans the one that begins first, of those the longest."""
    last = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= last:
            last = span.end
            yield span
