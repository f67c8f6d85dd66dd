r"""CoNLL-U and CoNLL-U Plus: ten columns, or those that ``# global.columns`` names, between tabs; comments before each sentence.

Tokens are surface tokens: a range (``1-2  vámonos``) is one token. What stands inside it, and empty nodes (``5.1``), are kept as
read in the column ``nodes`` of the token before them, comments in the document's meta as ``comments`` (a list for each sentence).
The text is put together from FORM, ``SpaceAfter=No``, and UDPipe's ``SpacesAfter`` and ``SpacesBefore``; without these one space
follows a token and a line feed a sentence. ``# newdoc`` begins a document.

Spans stand in MISC as ``NER=B-PER`` (any tag scheme), their entities as ``NERId=Q64,Q1055`` on the first token; in CoNLL-U Plus
in the columns FARSPAN:NER and FARSPAN:ID, and relations in FARSPAN:REL, on the first token of the subject: ``RELATION=3:7``
where 3 is the sentence, counted from 1, and 7 the ID of the object's first token. Another column that is called ``NER``, or whose
name ends in ``:NER``, will do too. Stanza's ``ner=B-PER`` in MISC is read, and kept, as ``NER=B-PER``.
Source: universaldependencies.org/format.html and ext-format.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

import numpy as np

from farspan.errors import InputError, Place
from farspan.files import LONGEST, TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.schemes import decode
from farspan.model import Document, Relation, Span, Tokens

COLUMNS: Final = ("id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc")
GLOBAL: Final = "# global.columns ="
NEWDOC: Final = "# newdoc"
PART: Final = 1_000_000  # tokens; a longer document is given out in parts, at the end of a sentence
NER, NER_IDS, NER_RELATIONS = "farspan:ner", "farspan:id", "farspan:rel"
MISC_TAG, MISC_IDS = "NER", "NERId"
_OTHER_TAG: Final = "|ner="  # Stanza's
UNSAID: Final = frozenset({"_", "*", ""})
_SPACES: Final = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|", "\\": "\\"}


def read_conllu(file: TextFile, name: str, report: ReadReport, *, tag_column: int | None = None) -> Iterator[Document]:
    """The documents of the file; a document of more than a million tokens is given out in parts.

    tag_column: the column of the tags, counted from 1, where it is another than the format says; 0: there are no spans.
    Raises InputError with file and line for wrong numbers of columns, ids out of order and the like.
    """
    yield from _Parser(file, name, report, tag_column=tag_column).documents()


@dataclass(slots=True)
class _Parser:
    """What is known between two lines."""

    file: TextFile
    name: str
    report: ReadReport
    columns: tuple[str, ...] = COLUMNS
    rows: list[list[str]] = field(default_factory=list)  # of tokens
    nodes: dict[int, list[str]] = field(default_factory=dict)  # lines of words in ranges and of empty nodes, by token
    sentences: list[int] = field(default_factory=list)
    comments: list[list[str]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)  # comments of the sentence to come
    leading: list[str] = field(default_factory=list)  # empty nodes before its first token
    expected: int = 0  # the next id; 0 between sentences
    inside: int = 0  # the last word of the range
    given: int = 0
    part: int = 0
    tag_column: int | None = None  # counted from 1; 0: none

    def documents(self) -> Iterator[Document]:
        for number, line in enumerate(self.file.lines(), 1):
            line = line[:-1] if line[-1:] == "\r" else line  # noqa: PLW2901
            if not line or line.isspace():
                self.expected = 0
            elif line[0] == "#" and not self.expected:
                if line.startswith(NEWDOC) and self.rows:
                    yield self._document(is_part=False)
                self._comment(line, number)
            else:
                if not self.expected and len(self.rows) >= PART:
                    yield self._document(is_part=True)
                self._row(line, number)
        if self.rows or self.waiting:
            yield self._document(is_part=False)

    def _error(self, what: str, number: int, remedy: str = "put the line right") -> InputError:
        return InputError(what, where=Place(self.file.path, number), remedy=remedy)

    def _comment(self, line: str, number: int) -> None:
        if not line.startswith(GLOBAL):
            self.waiting.append(line)
            return
        columns = tuple(column.lower() for column in line[len(GLOBAL) :].split())
        if "form" not in columns or len(set(columns)) < len(columns):
            raise self._error(
                "global.columns names no FORM, or one column twice", number, "name each column once, FORM among them"
            )
        self.columns = columns

    def _row(self, line: str, number: int) -> None:
        fields = line.split("\t")
        if len(fields) != len(self.columns):
            raise self._error(f"the line has {len(fields)} of {len(self.columns)} columns (parted by tabs)", number)
        if not self.expected:
            self.sentences.append(len(self.rows))
            self.comments.append(self.waiting)
            self.waiting, self.expected, self.inside = [], 1, 0
        if "id" in self.columns and not self._is_token(fields[self.columns.index("id")], line, number):
            return
        if not fields[self.columns.index("form")]:
            raise self._error("the token is empty", number)
        self.rows.append(fields)
        if self.leading:
            self.nodes[len(self.rows) - 1] = [*self.leading, ""]  # an empty line: what stands before it comes before the token
            self.leading = []

    def _is_token(self, key: str, line: str, number: int) -> bool:
        """Whether the line is a surface token; the others are kept with the token before them."""
        first, dash, last = key.partition("-")
        whole, dot, _ = key.partition(".")
        try:
            if dot:
                int(whole)
                if self.expected == 1 and self.sentences[-1] == len(self.rows):
                    self.leading.append(line)
                else:
                    self.nodes.setdefault(len(self.rows) - 1, []).append(line)
                return False
            begin, end = int(first), int(last) if dash else int(first)
        except ValueError:
            raise self._error(f"{key!r} is no ID", number, "number the words of a sentence from 1") from None
        if begin != self.expected or end < begin or (dash and begin <= self.inside):
            raise self._error(f"ID {key} stands where {self.expected} is next", number, "number the words of a sentence from 1")
        if dash:
            self.inside = end
            return True
        self.expected += 1
        if begin <= self.inside:
            self.nodes.setdefault(len(self.rows) - 1, []).append(line)
            return False
        return True

    def _document(self, *, is_part: bool) -> Document:
        """The document that has been read so far; the next one begins."""
        values = {column: [row[index] for row in self.rows] for index, column in enumerate(self.columns)}
        if "misc" in values:
            values["misc"] = [_with_known_keys(misc) for misc in values["misc"]]
        text, starts, ends = _text(values, self.sentences)
        if len(text) > LONGEST:
            raise InputError("a document is longer than 2,147,483,647 characters", where=Place(self.file.path), remedy="split it")
        columns = {name: column for name, column in values.items() if name != "form"}
        if self.nodes:
            columns["nodes"] = ["\n".join(self.nodes.get(index, ())) for index in range(len(self.rows))]
        tokens = Tokens(starts, ends, np.array(self.sentences, np.int32), columns=columns)
        spans, relations = ([], []) if self.tag_column == 0 else _labels(values, tokens, self._chosen())
        document = Document(self._next_name(is_part=is_part), text, self._meta(), tokens, spans, relations)
        self.rows, self.nodes, self.sentences, self.comments, self.expected = [], {}, [], [], 0
        return document

    def _chosen(self) -> str | None:
        """The name of the column that is given for the tags. Raises InputError if there is none."""
        if self.tag_column is None:
            return None
        if self.tag_column > len(self.columns):
            what = f"there is no column {self.tag_column} for the tag: the file has {len(self.columns)}"
            raise InputError(what, where=Place(self.file.path), remedy="count columns from 1")
        return self.columns[self.tag_column - 1]

    def _meta(self) -> dict[str, Any]:
        said = any(self.comments) or bool(self.waiting and not self.rows)
        return {**self.file.meta, "format": "conllu", **({"comments": self.comments} if said else {})}

    def _next_name(self, *, is_part: bool) -> str:
        comments = self.comments[0] if self.comments else self.waiting
        said = next((line for line in comments if line.startswith(NEWDOC)), None)
        if not self.part:
            self.given += said is not None
        named = "" if said is None else said.partition("=")[2].strip()
        name = named or (self.name if said is None and self.given == 0 else f"{self.name}-{max(1, self.given)}")
        self.part = self.part + 1 if is_part or self.part else 0
        shown = f"{name}.part{self.part}" if self.part else name
        self.part = self.part if is_part else 0
        return shown


def _text(values: Mapping[str, Sequence[str]], sentences: Sequence[int]) -> tuple[str, Any, Any]:
    """The text that FORM and the spaces in MISC make, and where its tokens start and end."""
    forms = values["form"]
    if not forms:
        return "", np.zeros(0, np.int32), np.zeros(0, np.int32)
    after = [" "] * len(forms)
    before = [""] * len(forms)
    for first in (*sentences[1:], len(forms)):
        after[first - 1 : first] = ["\n"]
    for index, misc in enumerate(values.get("misc", ())):
        if "Space" in misc:
            before[index], after[index] = spaces_of(misc, after[index])
    if "SpacesAfter" not in (values["misc"][-1] if "misc" in values else ""):
        after[-1] = ""  # nothing is known of what follows the last token
    gaps = np.fromiter(map(len, after), np.int64, len(forms))
    leads = np.fromiter(map(len, before), np.int64, len(forms))
    lengths = np.fromiter(map(len, forms), np.int64, len(forms))
    ends = np.cumsum(leads + lengths + gaps) - gaps
    text = "".join([part for row in zip(before, forms, after, strict=True) for part in row])
    if len(text) > LONGEST:
        return text, ends, ends
    return text, (ends - lengths).astype(np.int32), ends.astype(np.int32)


def spaces_of(misc: str, usual: str) -> tuple[str, str]:
    """What stands before and after a token, as its MISC says; `usual` stands after it where MISC says nothing."""
    before, after = "", usual
    for item in misc.split("|"):
        key, equals, value = item.partition("=")
        if key == "SpaceAfter" and value == "No":
            after = ""
        elif key == "SpacesAfter" and equals:
            after = unescaped(value)
        elif key == "SpacesBefore":
            before = unescaped(value)
    return before, after


def unescaped(value: str) -> str:
    """Spaces written as UDPipe writes them."""
    pieces = value.split("\\\\")
    for key, space in _SPACES.items():
        if key != "\\":
            pieces = [piece.replace(f"\\{key}", space) for piece in pieces]
    return "\\".join(pieces)


def _labels(values: Mapping[str, Sequence[str]], tokens: Tokens, chosen: str | None = None) -> tuple[list[Span], list[Relation]]:
    """The spans and relations that the columns say; `chosen` is the column of the tags, if it is given."""
    column = chosen or next((name for name in (NER, *values) if name in values and _is_ner(name)), None)
    if column is None or column == "misc":
        tags, ids = _misc_labels(values.get("misc", [""] * len(tokens)))
    else:
        tags = ["O" if value in UNSAID else value for value in values[column]]
        ids = ["" if value in UNSAID else value for value in values.get(NER_IDS, [""] * len(tags))]
    if not any(tag != "O" for tag in tags):
        return [], []
    chunks = decode(tags, tokens.sentences)
    spans = [
        Span(
            int(tokens.starts[first]),
            int(tokens.ends[end - 1]),
            chunks.labels[label],
            ids=tuple(unquote(key) for key in ids[first].split(",") if key),
            kind="gold",
        )
        for first, end, label in zip(chunks.starts.tolist(), chunks.ends.tolist(), chunks.label_ids.tolist(), strict=True)
    ]
    return spans, _relations(values, tokens, {first: row for row, first in enumerate(chunks.starts.tolist())})


def _is_ner(column: str) -> bool:
    return column == "ner" or column.endswith(":ner")


def _with_known_keys(misc: str) -> str:
    """A cell of MISC with the key of the tag as it is written here, so that the tag is not written twice."""
    if _OTHER_TAG not in f"|{misc}" or "|NER=" in f"|{misc}":
        return misc
    return f"|{misc}".replace(_OTHER_TAG, f"|{MISC_TAG}=", 1)[1:]


def _misc_labels(miscs: Sequence[str]) -> tuple[list[str], list[str]]:
    tags, ids = ["O"] * len(miscs), [""] * len(miscs)
    for index, misc in enumerate(miscs):
        if "NER" not in misc:
            continue
        for item in misc.split("|"):
            key, _, value = item.partition("=")
            if key == MISC_TAG and value:
                tags[index] = unquote(value)
            elif key == MISC_IDS:
                ids[index] = value
    return tags, ids


def _relations(values: Mapping[str, Sequence[str]], tokens: Tokens, spans: Mapping[int, int]) -> list[Relation]:
    """The relations between `spans` (their numbers by first token); those that lead nowhere are left out."""
    if NER_RELATIONS not in values or "id" not in values:
        return []
    sentence = np.repeat(np.arange(1, len(tokens.sentences) + 1), np.diff(np.append(tokens.sentences, len(tokens)))).tolist()
    places = {f"{number}:{key}": index for index, (number, key) in enumerate(zip(sentence, values["id"], strict=True))}
    found = []
    for index, value in enumerate(values[NER_RELATIONS]):
        for item in () if value in UNSAID else value.split("|"):
            relation, _, place = item.rpartition("=")
            if index in spans and places.get(place) in spans:
                found.append(Relation(unquote(relation), spans[index], spans[places[place]]))
    return found
