r"""Token formats: one token a line, a blank line after a sentence, any columns.

Lines end at ``\n`` alone. Columns are parted by tabs where the file has tabs, else by ASCII spaces, so a token may hold a
no-break space, U+0085 or U+2028 (and, between tabs, a space). The text of a document is its tokens with one space between them
and a line feed between sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from typing import Any, Final

import numpy as np

from farspan.errors import InputError, Place
from farspan.files import LONGEST, TextFile
from farspan.formats.detect import DOCSTART, TAG
from farspan.formats.layout import Layout, find_layout
from farspan.formats.loss import EXAMPLES, ReadReport
from farspan.formats.ontonotes import BEGIN, begins_ontonotes, read_ontonotes
from farspan.formats.schemes import TagCounts, decode
from farspan.model import Document, Span, Tokens

PART: Final = 1_000_000  # tokens; a longer document is given out in parts, at the end of a sentence
HEAD: Final = 5_000  # lines looked at to find the columns


def read_conll(
    file: TextFile,
    name: str,
    report: ReadReport,
    *,
    separator: str | None = None,
    token_column: int | None = None,
    tag_column: int | None = None,
) -> Iterator[Document]:
    """The documents of the file, with tokens, sentences, gold spans and every further column as read.

    separator: ``tab`` or ``space``; token_column, tag_column: counted from 1, a tag column of 0 means there is none; what is None
    is found by looking at the first 5,000 lines. ``-DOCSTART-`` at the start of a sentence begins a document (its line is kept in
    meta as ``docstart``). A line that is only ``--`` ends a sentence where there are several columns. A line with another number
    of columns is an error, unless it begins with ``#`` at the start of a sentence (a comment) or only its separators differ
    (reported as ``columns``). Inside a sentence only ``# key = value`` is a comment. A header is passed over, and where several
    columns may be the tags the report says which one was taken (both ``columns``). A bare ``-DOCSTART-`` at the end begins
    nothing. A file of CoNLL-2012 (``#begin document``) is read as `ontonotes` says.
    A document of more than a million tokens is given out in parts. Raises InputError with file and line.
    """
    lines = file.lines()
    head = list(islice(lines, HEAD))
    if begins_ontonotes(head):
        yield from read_ontonotes(file, chain(head, lines), report, token_column=token_column, tag_column=tag_column)
        return
    layout = find_layout(head, Place(file.path), separator=separator, token_column=token_column, tag_column=tag_column)
    _refuse_coreference(head, layout, file.path, token_column)
    _pass_header_over(head, layout, file.path, report)
    _tell_rivals(layout, file.path, report)
    parser = _Parser(file, name, layout, report)
    yield from parser.documents(chain(head, lines))
    parser.report_repairs()


def _refuse_coreference(head: Sequence[str], layout: Layout, path: str, token_column: int | None) -> None:
    """Raise InputError for a file that marks documents as CoNLL-2012 does, and whose columns are not known."""
    first = next((line for line in head if line.strip()), "")
    if first.startswith(BEGIN) and layout.tag is None and token_column is None:
        raise InputError(
            "this begins like CoNLL-2012 and has other columns",
            where=Place(path, 1),
            remedy="say with --token-column and --tag-column (0: none) which hold the words and the tags",
        )


def _pass_header_over(head: list[str], layout: Layout, path: str, report: ReadReport) -> None:
    """Empty the line of `head` that names the columns, so that lines keep their numbers, and tell of it."""
    for index, line in enumerate(head if layout.header else ()):
        if tuple(layout.split(line)) == layout.header:
            head[index] = ""
            report.add("columns", Place(path, index + 1), f"the line names the columns and is no token: {line.strip()}")
            return


def _tell_rivals(layout: Layout, path: str, report: ReadReport) -> None:
    if layout.rivals and layout.tag is not None:
        others = " and ".join(str(column + 1) for column in sorted(layout.rivals))
        what = f"the tags are those of column {layout.tag + 1}; {others} may be tags too, and --tag-column takes another column"
        report.add("columns", Place(path), what)


@dataclass(slots=True)
class _Parser:
    """What is known between two lines: the rows and sentences of the document that is being read."""

    file: TextFile
    name: str
    layout: Layout
    report: ReadReport
    values: list[str] = field(
        default_factory=list
    )  # of all columns, token by token: no list for each, or collecting garbage slows it all
    count: int = 0  # tokens
    lines: list[int] = field(default_factory=list)  # for each sentence the line of its first token
    sentences: list[int] = field(default_factory=list)
    fresh: bool = True  # the next token begins a sentence
    docstart: str | None = None
    is_bare: bool = False  # that line has no further columns, though tokens do
    marked: bool = False  # the file marks its documents
    given: int = 0
    part: int = 1
    counts: TagCounts = field(default_factory=TagCounts)
    orphans: list[tuple[int, str]] = field(default_factory=list)

    def documents(self, lines: Iterator[str]) -> Iterator[Document]:
        split, width, token = self.layout.split, self.layout.width, self.layout.token
        for number, line in enumerate(lines, 1):
            fields = split(line)
            if len(fields) == width and fields[token] and (not self.fresh or line[0] not in "-#"):
                if self.fresh:
                    if self.count >= PART:
                        yield self._document(is_part=True)
                    self._begin_sentence(number)
                self.values += fields
                self.count += 1
            elif self._ends_document(line, fields):
                if self.count or self.docstart is not None:
                    yield self._document()
                self.docstart, self.marked = line.rstrip("\r"), True
                self.is_bare = len(fields) < width
            else:
                self._other(number, line, fields)
        # A bare mark at the end closes the last document; one with columns is a document without tokens.
        if self.count or (self.docstart is not None and not (self.is_bare and self.given)):
            yield self._document()

    def _ends_document(self, line: str, fields: Sequence[str]) -> bool:
        return self.fresh and line.startswith(DOCSTART) and fields[0].rstrip("\r ") == DOCSTART

    def _other(self, number: int, line: str, fields: list[str]) -> None:
        """Take in a line that is not the usual one."""
        layout = self.layout
        if not line.strip(" \t\r") or (layout.width > 1 and line.strip(" \t\r") == "--"):
            self.fresh = True
        elif self.fresh and layout.is_comment(line, fields):
            return
        elif len(fields) != layout.width and (mended := self._mended(line)):
            self.report.add("columns", Place(self.file.path, number), "other separators than elsewhere; read all the same")
            self._take(mended, number)
        elif layout.is_inner_comment(line, fields):
            return
        elif len(fields) != layout.width:
            raise InputError(
                f"the line has {len(fields)} of {layout.width} columns (parted by {layout.separator}s)",
                where=Place(self.file.path, number),
                remedy="put the line right",
            )
        elif not fields[layout.token]:
            raise InputError("the token is empty", where=Place(self.file.path, number), remedy="put the line right")
        else:
            self._take(fields, number)

    def _take(self, fields: list[str], number: int) -> None:
        """Take in the columns of a token."""
        if self.fresh:
            self._begin_sentence(number)
        self.values += fields
        self.count += 1

    def _mended(self, line: str) -> list[str]:
        """The columns of a line that has separators at its end, or spaces where others have tabs; empty if it is another."""
        for fields in (line.rstrip(" \t\r").split("\t"), [part for part in re.split(r"[ \t\r]+", line) if part]):
            tag = self.layout.tag
            if len(fields) == self.layout.width and fields[self.layout.token] and (tag is None or TAG.fullmatch(fields[tag])):
                return fields
        return []

    def _begin_sentence(self, number: int) -> None:
        self.sentences.append(self.count)
        self.lines.append(number)
        self.fresh = False

    def _document(self, *, is_part: bool = False) -> Document:
        """The document that has been read so far; the next one begins."""
        columns = [self.values[column :: self.layout.width] for column in range(self.layout.width)]
        tokens, text = _tokens(columns[self.layout.token], self.sentences, self._named(columns))
        if len(text) > LONGEST:
            what = "a document, or a sentence, is longer than 2,147,483,647 characters"
            raise InputError(what, where=Place(self.file.path), remedy="put a blank line after each sentence, or split the file")
        gold = self._gold(columns, tokens)
        document = Document(self._next_name(is_part=is_part), text, self._meta(), tokens, gold)
        self.docstart = None
        self.values, self.lines, self.sentences, self.count, self.fresh = [], [], [], 0, True
        return document

    def _next_name(self, *, is_part: bool) -> str:
        if self.part == 1:
            self.given += 1
        name = f"{self.name}-{self.given}" if self.marked else self.name
        shown = f"{name}.part{self.part}" if is_part or self.part > 1 else name
        self.part = self.part + 1 if is_part else 1
        return shown

    def _meta(self) -> dict[str, Any]:
        meta: dict[str, Any] = {**self.file.meta, "format": "conll"}
        if self.docstart is not None:
            meta["docstart"] = self.docstart
        return meta

    def _named(self, columns: list[list[str]]) -> dict[str, list[str]]:
        names = self.layout.names
        return {names[i]: column for i, column in enumerate(columns) if i != self.layout.token}

    def _gold(self, columns: list[list[str]], tokens: Tokens) -> list[Span]:
        if self.layout.tag is None or not self.count:
            return []
        chunks = decode(columns[self.layout.tag], tokens.sentences)
        self.counts += chunks.counts
        for orphan in chunks.orphans[: EXAMPLES - len(self.orphans)].tolist():
            sentence = int(np.searchsorted(tokens.sentences, orphan, "right")) - 1
            line = self.lines[sentence] + orphan - int(tokens.sentences[sentence])
            self.orphans.append((line, columns[self.layout.tag][orphan]))
        begins, ends = tokens.starts[chunks.starts].tolist(), tokens.ends[chunks.ends - 1].tolist()
        labels = map(chunks.labels.__getitem__, chunks.label_ids.tolist())
        return [Span(b, e, label, kind="gold") for b, e, label in zip(begins, ends, labels, strict=True)]

    def report_repairs(self) -> None:
        """Tell of the tags that the file's scheme does not begin a chunk with."""
        scheme, repaired = self.counts.scheme, self.counts.repaired
        if not repaired:
            return
        path = self.file.path
        if scheme == "iob1":
            self.report.add(
                "orphan", Place(path), f"{repaired} chunks begin with B- where IOB1 has I-; taken as they are", repaired
            )
            return
        for count, (line, tag) in enumerate(self.orphans):
            more = repaired - len(self.orphans) + 1 if count == 0 else 1
            self.report.add("orphan", Place(path, line), f"{tag} continues no chunk; taken as the beginning of one", more)


def _tokens(words: list[str], sentences: list[int], columns: dict[str, list[str]]) -> tuple[Tokens, str]:
    """The tokens and the text they make: one space between tokens, a line feed between sentences."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    ends = np.cumsum(lengths + 1) - 1
    starts = ends - lengths
    bounds = [*sentences, len(words)]
    text = "\n".join(" ".join(words[begin:end]) for begin, end in pairwise(bounds))
    return Tokens(starts.astype(np.int32), ends.astype(np.int32), np.array(sentences, np.int32), columns=columns), text
