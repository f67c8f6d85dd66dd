"""Writing token formats: one token a line, a blank line between sentences.

`ConllWriter` writes TOKEN<TAB>TAG, `Conll2002Writer` the same with a space, `Conll2003Writer` word, part of speech, chunk and
tag. Documents follow each other as sentences do; a ``-DOCSTART-`` line stands before those that had one when they were read, or
before all on request.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Collection, Sequence
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
import numpy.typing as npt

from farspan.errors import OptionError, OutputError
from farspan.formats.detect import DOCSTART
from farspan.formats.flat import flatten, is_plain
from farspan.formats.loss import Loss
from farspan.formats.schemes import SCHEMES, FlatSpans, Scheme, encode, find_touching
from farspan.model import Document, Tokens
from farspan.text.vocabulary import Vocabulary

Lines = npt.NDArray[np.object_]


class ConllWriter:
    """Writes documents to a binary stream as TOKEN<TAB>TAG.

    scheme: one of `SCHEMES`. docstart: write a ``-DOCSTART-`` line before every document; None: before those that had one.
    kinds: the kinds of spans that are written. A character in a token that would be read as the end of the column or the line is
    written as a space.
    """

    separator = "\t"
    unsafe: re.Pattern[str] = re.compile(r"[\t\n\r]")
    instead = " "
    mark = f"{DOCSTART}\tO"

    def __init__(
        self, stream: IO[bytes], *, scheme: Scheme = "iob2", docstart: bool | None = None, kinds: Collection[str] = ("kept",)
    ) -> None:
        if scheme not in SCHEMES:
            raise OptionError(f"scheme={scheme} is not possible", remedy=f"choose one of: {', '.join(SCHEMES)}")
        self.loss = Loss()
        self._stream = stream
        self._scheme: Scheme = scheme
        self._docstart = docstart
        self._kinds = kinds
        self._types = _TypeLines(self)
        self._is_first = True
        self._documents = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError if it has no tokens, and for half surrogates, which no file can hold."""
        tokens = document.tokens
        if tokens is None:
            raise OutputError(
                f"document {document.id!r} has no tokens to write", remedy="annotate it first, which finds its tokens"
            )
        mark = self._mark(document)
        flat = flatten(document, tokens, self._kinds, self.loss)
        self._count_lost(document, tokens, flat, mark)
        lines = self._lines(document, tokens)
        self._tag(lines, tokens, flat)
        firsts = tokens.sentences[1:]
        lines[firsts] = "\n" + lines[firsts]
        body = "".join(lines.tolist())
        if mark is not None:
            body = f"{mark}\n\n{body}" if body else f"{mark}\n"
        if not body:
            return
        try:
            data = body.encode()
        except UnicodeEncodeError as error:
            raise OutputError(
                f"document {document.id!r} holds half of a surrogate pair, which no file can hold", remedy="repair the text"
            ) from error
        if self._is_first and data.startswith(BOM_UTF8):
            data = BOM_UTF8 + data  # else the beginning of the first token would be read as a byte order mark
        self._stream.write(data if self._is_first else b"\n" + data)
        self._is_first = False

    def _mark(self, document: Document) -> str | None:
        """The line that marks the beginning of `document`; None if none is written."""
        known = document.meta.get("docstart")
        if self._docstart is False or (self._docstart is None and not isinstance(known, str)):
            return None
        return known if isinstance(known, str) and self._is_own(known) else self.mark

    def _is_own(self, mark: str) -> bool:
        """Whether a mark as read is one of this format."""
        return "\n" not in mark and mark.startswith(DOCSTART) and " " not in mark

    def _count_lost(self, document: Document, tokens: Tokens, flat: FlatSpans, mark: str | None) -> None:
        self._documents += 1
        if mark is None and self._documents > 1:
            self.loss.add("documents", document.id)
        if not is_plain(document.text, tokens):
            self.loss.add("text", document.id)
        if tokens.columns.keys() - {"tag"} - self._written_columns(tokens):
            self.loss.add("columns", document.id)
        if self._scheme == "io":
            self.loss.add("merged", document.id, len(find_touching(flat, tokens.sentences)))

    def _written_columns(self, tokens: Tokens) -> set[str]:  # noqa: ARG002  (other formats write some)
        return set()

    def _lines(self, document: Document, tokens: Tokens) -> Lines:
        """The line of every token, as if no span were there."""
        if tokens.ids is not None and tokens.vocabulary is not None:
            return self._types.lines(tokens.vocabulary, tokens.ids)
        text = document.text
        words = [text[start:end] for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]
        types = {word: number for number, word in enumerate(dict.fromkeys(words))}
        lines, changed = self.type_lines(list(types))
        ids = np.fromiter(map(types.__getitem__, words), np.int32, len(words))
        self.loss.add("tokens", "", int(changed[ids].sum()))
        return lines[ids]

    def type_lines(self, strings: Sequence[str]) -> tuple[Lines, npt.NDArray[np.bool_]]:
        """The line of each distinct token without a span, and whether the token had to be changed for it."""
        words = [self.written(string) for string in strings]
        changed = np.fromiter((a != b for a, b in zip(words, strings, strict=True)), np.bool_, len(words))
        return np.array([f"{word}{self.separator}O\n" for word in words] + [None], object)[:-1], changed

    def written(self, token: str) -> str:
        """`token` as it can stand in the file."""
        if token == DOCSTART:
            return "_DOCSTART_"
        return self.unsafe.sub(self.instead, token)

    def _tag(self, lines: Lines, tokens: Tokens, flat: FlatSpans) -> None:
        """Put the tags of `flat` into `lines`."""
        if not len(flat.starts):
            return
        places, numbers, tags = encode(flat, self._scheme, tokens.sentences)
        endings = [f"{self.unsafe.sub('_', tag)}\n" for tag in tags]
        for number, label in enumerate(flat.labels):
            if self.unsafe.search(label):
                self.loss.add("labels", label, int((flat.label_ids == number).sum()))
        old = lines[places].tolist()
        lines[places] = [line[:-2] + endings[number] for line, number in zip(old, numbers.tolist(), strict=True)]


class Conll2002Writer(ConllWriter):
    """Writes TOKEN TAG with one space between, as of the CoNLL-2002 task. White space in a token is written as an underscore."""

    separator = " "
    unsafe = re.compile(r"[ \t\n\r]")
    instead = "_"
    mark = f"{DOCSTART} O"

    def _is_own(self, mark: str) -> bool:
        return "\n" not in mark and mark.count(" ") == 1 and "\t" not in mark


class Conll2003Writer(ConllWriter):
    """Writes word, part of speech, chunk and tag with a space between them.

    Part of speech and chunk are the columns ``pos`` and ``chunk`` where a document has them, else ``-X-`` and ``_``. White
    space in a token is written as an underscore.
    """

    separator = " -X- _ "
    unsafe = re.compile(r"[ \t\n\r]")
    instead = "_"
    mark = f"{DOCSTART} -X- -X- O"

    def _is_own(self, mark: str) -> bool:
        return "\n" not in mark and mark.count(" ") == 3 and "\t" not in mark

    def _written_columns(self, tokens: Tokens) -> set[str]:
        return {"pos", "chunk"} & tokens.columns.keys()

    def _lines(self, document: Document, tokens: Tokens) -> Lines:
        lines = super()._lines(document, tokens)
        if self._written_columns(tokens):
            blank = [""] * len(tokens)
            rows = zip(lines.tolist(), tokens.columns.get("pos", blank), tokens.columns.get("chunk", blank), strict=True)
            filled = [
                f"{line.partition(' ')[0]} {self._filled(pos, '-X-')} {self._filled(chunk, '_')} O\n" for line, pos, chunk in rows
            ]
            lines[:] = filled
        return lines

    def _filled(self, value: str, default: str) -> str:
        return self.unsafe.sub("_", value) or default


class _TypeLines:
    """The lines of a vocabulary's types, made once for each and kept while the vocabulary grows."""

    def __init__(self, writer: ConllWriter) -> None:
        self._writer = writer
        self._vocabulary: Vocabulary | None = None
        self._lines: Lines = np.empty(0, object)
        self._changed: npt.NDArray[np.bool_] = np.empty(0, np.bool_)

    def lines(self, vocabulary: Vocabulary, ids: npt.NDArray[Any]) -> Lines:
        """The line of every token; the array is the caller's own."""
        if vocabulary is not self._vocabulary:
            self._vocabulary, self._lines, self._changed = vocabulary, np.empty(0, object), np.empty(0, np.bool_)
        if len(vocabulary) > len(self._lines):
            lines, changed = self._writer.type_lines(vocabulary.strings[len(self._lines) :])
            self._lines = np.concatenate([self._lines, lines])
            self._changed = np.concatenate([self._changed, changed])
        if self._changed.any():
            self._writer.loss.add("tokens", "", int(self._changed[ids].sum()))
        found: Lines = self._lines[ids]
        return found
