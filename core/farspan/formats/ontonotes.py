"""CoNLL-2012, the columns of OntoNotes: names in brackets, ``(PERSON*``, ``*``, ``*)``, ``(ORG)``.

A line has at least 12 columns between any spaces: document, part, number, word, part of speech, a piece of the syntax tree,
lemma, frameset, sense, speaker, names, one column for each predicate of the sentence, coreference. Around a document, or a part
of one, stand ``#begin document (ID); part 000`` and ``#end document``. Corpora of coreference alone, such as LitBank, have the
same columns with ``_`` in those they do not fill.
Source: the CoNLL-2012 shared task, "*_conll File Format".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from farspan.errors import InputError, Place
from farspan.files import LONGEST, TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.tokenised import text_of
from farspan.model import Document, Span, Tokens

BEGIN: Final = "#begin document"
END: Final = "#end document"
_BEGIN: Final = re.compile(r"#begin document\s*\(?(?P<id>[^();]*)\)?\s*(?:;\s*part\s+(?P<part>\d+))?")
_CELL: Final = re.compile(r"(?P<opened>(?:\([^()*\s]+\*?)*)\*?(?P<closed>\)*)")
_UNSAID: Final = frozenset({"_", "-", "*"})
_BLANKED: Final = "[WORD]"
_LEAST: Final = 12
_NUMBER, _WORD, _NAMES = 2, 3, 10
# The columns that are kept; those of predicates differ from sentence to sentence.
_KEPT: Final = {4: "pos", 5: "parse", 6: "lemma", 7: "frameset", 8: "sense", 9: "speaker", -1: "coref"}


def begins_ontonotes(head: Sequence[str]) -> bool:
    """Whether the lines `head` begin a file of CoNLL-2012: a mark, and a first token with its columns."""
    lines = (line for line in head if line.strip())
    if not next(lines, "").startswith(BEGIN):
        return False
    row = next((_cells(line) for line in lines if not line.startswith("#")), [])
    return len(row) >= _LEAST and row[_NUMBER].isdecimal()


def _cells(line: str) -> list[str]:
    """The columns of a line; a word may hold white space beyond ASCII's."""
    return [cell for cell in line.replace("\t", " ").rstrip("\r").split(" ") if cell]


def read_ontonotes(
    file: TextFile, lines: Iterable[str], report: ReadReport, *, token_column: int | None = None, tag_column: int | None = None
) -> Iterator[Document]:
    """The documents in `lines`, with tokens, sentences, gold spans and the columns that every sentence has.

    token_column, tag_column: other columns than the fourth and the eleventh, counted from 1; a tag column of 0: no spans.
    A document is called as the file says, its parts but the first with ``-1``, ``-2`` behind. Brackets that are not closed in
    their sentence, or close nothing, are mended and told (``brackets``); what predicates have is left out and told (``skipped``).
    Raises InputError with file and line.
    """
    if token_column is not None and token_column < 1:
        raise InputError("there is no column 0 for the token", where=Place(file.path), remedy="count columns from 1")
    names = _NAMES if tag_column is None else tag_column - 1
    parser = _Parser(file, report, _WORD if token_column is None else token_column - 1, names)
    for number, line in enumerate(lines, 1):
        if line.startswith((BEGIN, END)) and parser.words:
            yield parser.document()
        parser.take(line, number)
    if parser.words:
        yield parser.document()
    if parser.predicates:
        report.add("skipped", Place(file.path), "the columns of predicates are left out", parser.predicates)


@dataclass(slots=True)
class _Parser:
    """What is known between two lines: the sentences of the document that is being read."""

    file: TextFile
    report: ReadReport
    word: int
    names: int  # -1: no column of names
    words: list[list[str]] = field(default_factory=list)
    columns: dict[str, list[str]] = field(default_factory=dict)
    found: list[tuple[int, int, str]] = field(
        default_factory=list
    )  # of names the first token, the one behind the last, the label
    opened: list[tuple[int, str, int]] = field(default_factory=list)  # names that go on: first token, label, line
    count: int = 0
    id: str = ""
    fresh: bool = True
    predicates: int = 0

    def take(self, line: str, number: int) -> None:
        """Take in a line."""
        fields = _cells(line)
        if not fields or line.startswith("#"):
            self._end_sentence()
            if found := _BEGIN.match(line):
                part = int(found["part"] or 0)
                self.id = (found["id"].strip() or "document") + (f"-{part}" if part else "")
            return
        if len(fields) < max(_LEAST, self.word + 1, self.names + 1):
            raise InputError(
                f"the line has {len(fields)} columns where CoNLL-2012 has at least {_LEAST}",
                where=Place(self.file.path, number),
                remedy="put the line right",
            )
        if self.fresh:
            self.words.append([])
            self.predicates += len(fields) - _LEAST
            self.fresh = False
        self.words[-1].append(fields[self.word])
        for index, name in _KEPT.items():
            cell = fields[index]
            self.columns.setdefault(name, []).append("_" if name == "lemma" and cell == "-" else cell)
        if self.names >= 0:
            self._names(fields[self.names], number)
        self.count += 1

    def _names(self, cell: str, number: int) -> None:
        """Open and close the names that the cell of a token says."""
        if cell in _UNSAID:
            return
        found = _CELL.fullmatch(cell)
        if found is None:
            raise InputError(
                f"{cell!r} is no bracket of a name such as (ORG) or (ORG*",
                where=Place(self.file.path, number),
                remedy="put the line right, or say with --tag-column which column has the names",
            )
        for label in found["opened"].replace("*", "").split("(")[1:]:
            self.opened.append((self.count, label, number))
        for _ in found["closed"]:
            if self.opened:
                first, label, _ = self.opened.pop()
                self.found.append((first, self.count + 1, label))
            else:
                self.report.add("brackets", Place(self.file.path, number), f"{cell} closes no name; passed over")

    def _end_sentence(self) -> None:
        for first, label, line in self.opened:
            self.report.add("brackets", Place(self.file.path, line), f"({label}* is not closed; it ends with the sentence")
            self.found.append((first, self.count, label))
        self.opened, self.fresh = [], True

    def document(self) -> Document:
        """The document that has been read; the next one begins."""
        self._end_sentence()
        if all(word == _BLANKED for sentence in self.words for word in sentence):
            raise InputError(
                "the words of this file are taken out: each is [WORD]",
                where=Place(self.file.path),
                remedy="put them in with the script skeleton2conll and the texts of OntoNotes",
            )
        text, tokens = text_of(self.words, self.columns)
        if len(text) > LONGEST:
            raise InputError("a document is longer than 2,147,483,647 characters", where=Place(self.file.path), remedy="split it")
        document = Document(self.id, text, {**self.file.meta, "format": "conll2012"}, tokens, self._spans(tokens))
        self.words, self.columns, self.found, self.count = [], {}, [], 0
        return document

    def _spans(self, tokens: Tokens) -> list[Span]:
        spans = (
            Span(int(tokens.starts[first]), int(tokens.ends[end - 1]), label, kind="gold") for first, end, label in self.found
        )
        return sorted(spans, key=lambda span: (span.start, -span.end))
