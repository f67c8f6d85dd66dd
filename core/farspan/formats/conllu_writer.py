"""Writing CoNLL-U and CoNLL-U Plus; see `conllu` for what stands where."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import IO, Any, Final
from unicodedata import is_normalized, normalize
from urllib.parse import quote

import numpy as np

from farspan.errors import OptionError, OutputError
from farspan.formats.conllu import (
    COLUMNS,
    GLOBAL,
    MISC_IDS,
    MISC_TAG,
    NER,
    NER_IDS,
    NER_RELATIONS,
    NEWDOC,
    spaces_of,
)
from farspan.formats.flat import flatten_rows
from farspan.formats.output import ORIGIN, WRITTEN, StreamWriter
from farspan.formats.schemes import SCHEMES, FlatSpans, Scheme, encode, find_touching
from farspan.model import Document, Tokens

_BREAKS: Final = re.compile(r"[\t\n\r]")
_SPACING: Final = frozenset({"SpaceAfter", "SpacesAfter", "SpacesBefore"})
_LABELS: Final = frozenset({MISC_TAG, MISC_IDS})
_UNSAFE: Final = re.compile(r"[|=,%\s]")
_ID: Final = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
_NAMESPACED: Final = re.compile(r"\w+:[\w:-]+")
_ESCAPES: Final = {"\\": "\\\\", " ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p"}


class ConlluWriter(StreamWriter):
    """Writes documents as CoNLL-U, with spans in MISC. scheme: of their tags; kinds: of spans that are written.

    The format wants NFC: a document with other forms counts as ``normalised``.
    """

    def __init__(self, stream: IO[bytes], *, scheme: Scheme = "iob2", kinds: Collection[str] = WRITTEN) -> None:
        super().__init__(stream, kinds=kinds)
        if scheme not in SCHEMES:
            raise OptionError(f"scheme={scheme} is not possible", remedy=f"choose one of: {', '.join(SCHEMES)}")
        self._scheme: Scheme = scheme

    def write(self, document: Document) -> None:
        """Write one document. Raises OutputError if it has no tokens, and for half surrogates."""
        tokens = document.tokens
        if tokens is None:
            raise OutputError(
                f"document {document.id!r} has no tokens to write", remedy="annotate it first, which finds its tokens"
            )
        rows, flat = flatten_rows(document, tokens, self._kinds, self.loss, self._keeps)
        if self._scheme == "io":
            self.loss.add("merged", document.id, len(find_touching(flat, tokens.sentences)))
        columns = self._columns(document, tokens)
        self._label(document, tokens, flat, columns)
        self._link(document, tokens, dict(zip(rows.tolist(), flat.starts.tolist(), strict=True)), columns)
        self._put(document, self._begin(columns) + "".join(self._sentences(document, tokens, columns)))

    _keeps = frozenset({"ids", "meta"})

    def _begin(self, columns: Mapping[str, Sequence[str]]) -> str:  # noqa: ARG002  (CoNLL-U Plus names its columns)
        return ""

    def _order(self, columns: Collection[str]) -> tuple[str, ...]:  # noqa: ARG002
        return COLUMNS

    def _columns(self, document: Document, tokens: Tokens) -> dict[str, list[str]]:
        """All columns of the file by name, without labels."""
        known = tokens.columns
        count = len(tokens)
        order = self._order(known)
        columns = {name: _fields(known[name]) if name in known else ["_"] * count for name in order}
        if not is_numbered(known.get("id", ()), tokens):
            columns["id"] = [str(number) for size in sizes(tokens) for number in range(1, size + 1)]
            columns |= {name: ["_"] * count for name in ("head", "deprel", "deps") if name in columns}
        columns["form"] = self._forms(document, tokens)
        columns["misc"] = self._misc(document, tokens)
        unsaid = sorted(known.keys() - columns.keys() - {"tag", "nodes"})
        self.loss.add("columns", f"{document.id}: {', '.join(unsaid)}", int(bool(unsaid)))
        unsaid = sorted(document.meta.keys() - ORIGIN - {"comments"})
        self.loss.add("meta", f"{document.id}: {', '.join(unsaid)}", int(bool(unsaid)))
        return columns

    def _forms(self, document: Document, tokens: Tokens) -> list[str]:
        text = document.text
        words = [text[start:end] for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]
        changed = 0
        for index, word in enumerate(words):
            if "\t" in word or "\n" in word or "\r" in word:
                words[index] = _BREAKS.sub(" ", word)
                changed += 1
        self.loss.add("tokens", document.id, changed)
        if not is_normalized("NFC", text):
            self.loss.add("normalised", document.id)
            words = [normalize("NFC", word) for word in words]
        return words

    def _misc(self, document: Document, tokens: Tokens) -> list[str]:
        """MISC as read, with the white space of the text; counted where what stands between tokens is more than that."""
        text, starts, ends = document.text, tokens.starts.tolist(), tokens.ends.tolist()
        known = tokens.columns.get("misc", ("_",) * len(starts))
        lasts = {first - 1 for first in tokens.sentences.tolist()}
        misc, is_kept = [], bool(starts) or not text
        for index, end in enumerate(ends):
            is_last = index + 1 == len(starts)
            before = text[: starts[0]] if not index else ""
            after = text[end:] if is_last else text[end : starts[index + 1]]
            usual = "" if is_last else "\n" if index in lasts else " "
            misc.append(_spaced(known[index], before, after, usual))
            is_kept &= not (before + after).strip()
        if not is_kept:
            self.loss.add("text", document.id)
        return misc

    def _label(self, document: Document, tokens: Tokens, flat: FlatSpans, columns: dict[str, list[str]]) -> None:  # noqa: ARG002
        """Put the tags into MISC."""
        misc = columns["misc"]
        for place, tag in tags_of(flat, self._scheme, tokens):
            misc[place] = _joined(misc[place], f"{MISC_TAG}={_quoted(tag)}")

    def _link(self, document: Document, tokens: Tokens, firsts: Mapping[int, int], columns: dict[str, list[str]]) -> None:  # noqa: ARG002
        """Put the ids into MISC; firsts: the first token of each written span by its number."""
        misc = columns["misc"]
        for row, first in firsts.items():
            ids = document.spans[row].ids
            if ids:
                misc[first] = _joined(misc[first], f"{MISC_IDS}={','.join(map(_quoted, ids))}")

    def _sentences(self, document: Document, tokens: Tokens, columns: Mapping[str, Sequence[str]]) -> list[str]:
        """Each sentence with its comments, and what stands inside its ranges."""
        rows = ["\t".join(row) for row in zip(*columns.values(), strict=True)]
        nodes = tokens.columns.get("nodes", ())
        lines = [line for node in nodes for line in node.split("\n") if line]
        tabs = len(columns) - 1
        if lines and not (is_numbered(tokens.columns.get("id", ()), tokens) and all(line.count("\t") == tabs for line in lines)):
            self.loss.add("columns", f"{document.id}: words in ranges and empty nodes")
            nodes = ()
        given = document.meta.get("comments")
        comments = given if isinstance(given, list) and len(given) == len(tokens.sentences) else [()] * len(tokens.sentences)
        written = []
        for number, (begin, end) in enumerate(pairwise([*tokens.sentences.tolist(), len(rows)]), 1):
            lines = self._comments(document, number, comments[number - 1], columns, slice(begin, end))
            for index in range(begin, end):
                before, after = _around(nodes[index]) if nodes and nodes[index] else ((), ())
                lines += (*before, rows[index], *after)
            written.append("\n".join(lines) + "\n\n")
        return written or [f"{NEWDOC} id = {_line(document.id)}\n\n"]

    def _comments(
        self, document: Document, number: int, given: Any, columns: Mapping[str, Sequence[str]], place: slice
    ) -> list[str]:
        """The comments of a sentence: those it had, its text as it is now, and where it had no id one."""
        lines = [_line(line) for line in given if isinstance(line, str) and line.startswith("#")]
        kept = [line for line in lines if not line.startswith(("# text =", GLOBAL))]
        if number == 1 and not any(line.startswith(NEWDOC) for line in kept):
            kept.insert(0, f"{NEWDOC} id = {self._id(document)}")
        if not any(line.startswith("# sent_id") for line in kept):
            kept.append(f"# sent_id = {self._id(document)}-{number}")
        words = zip(columns["form"][place], columns["misc"][place], strict=True)
        text = "".join(form + ("" if "SpaceAfter=No" in said else " ") for form, said in words)
        return [*kept, f"# text = {text.strip()}"]

    def _id(self, document: Document) -> str:
        written = _line(document.id).strip()
        if written != document.id:
            self.loss.add("document_ids", document.id)
        return written


class ConllupWriter(ConlluWriter):
    """Writes documents as CoNLL-U Plus, with spans, their ids and relations in columns of their own.

    The columns are those of CoNLL-U, and those with a namespace (``proj:x``) of the first document.
    """

    _keeps = frozenset({"ids", "relations", "meta"})

    def __init__(self, stream: IO[bytes], *, scheme: Scheme = "iob2", kinds: Collection[str] = WRITTEN) -> None:
        super().__init__(stream, scheme=scheme, kinds=kinds)
        self._names: tuple[str, ...] = ()
        self._is_begun = False

    def _order(self, columns: Collection[str]) -> tuple[str, ...]:
        if not self._names:
            own = (NER, NER_IDS, NER_RELATIONS)
            foreign = [name for name in columns if _NAMESPACED.fullmatch(name) and name not in own]
            self._names = (*COLUMNS, *foreign, *own)
        return self._names

    def _begin(self, columns: Mapping[str, Sequence[str]]) -> str:
        begun, self._is_begun = self._is_begun, True
        return "" if begun else f"{GLOBAL} {' '.join(name.upper() for name in columns)}\n"

    def _label(self, document: Document, tokens: Tokens, flat: FlatSpans, columns: dict[str, list[str]]) -> None:  # noqa: ARG002
        columns[NER] = ["O"] * len(tokens)
        for place, tag in tags_of(flat, self._scheme, tokens):
            columns[NER][place] = _BREAKS.sub("_", tag)
            if columns[NER][place] != tag:
                self.loss.add("labels", tag)

    def _link(self, document: Document, tokens: Tokens, firsts: Mapping[int, int], columns: dict[str, list[str]]) -> None:
        columns[NER_IDS], columns[NER_RELATIONS] = (["*"] * len(tokens) for _ in range(2))
        for row, first in firsts.items():
            columns[NER_IDS][first] = ",".join(map(_quoted, document.spans[row].ids)) or "*"
        numbers = np.repeat(np.arange(1, len(tokens.sentences) + 1), sizes(tokens)).tolist()
        for relation in document.relations:
            if relation.subject not in firsts or relation.object not in firsts:
                self.loss.add("relations", f"{document.id}: {relation.relation} between spans that are not both written")
                continue
            subject, target = firsts[relation.subject], firsts[relation.object]
            item = f"{_quoted(relation.relation)}={numbers[target]}:{columns['id'][target]}"
            column = columns[NER_RELATIONS]
            column[subject] = item if column[subject] == "*" else f"{column[subject]}|{item}"
            self.loss.add("ids", document.id, int(relation.subject_id is not None or relation.object_id is not None))
            self.loss.add("sources", document.id, int(bool(relation.source)))


def tags_of(flat: FlatSpans, scheme: Scheme, tokens: Tokens) -> Iterator[tuple[int, str]]:
    """The tokens that are not ``O`` and their tags."""
    if len(flat.starts):
        places, numbers, tags = encode(flat, scheme, tokens.sentences)
        yield from zip(places.tolist(), map(tags.__getitem__, numbers.tolist()), strict=True)


def sizes(tokens: Tokens) -> list[int]:
    """The number of tokens of each sentence."""
    return np.diff(np.append(tokens.sentences, len(tokens))).tolist() if len(tokens.sentences) else []


def is_numbered(ids: Sequence[str], tokens: Tokens) -> bool:
    """Whether `ids` number the words of each sentence from 1, ranges as ``3-4``."""
    if len(ids) != len(tokens):
        return False
    firsts = set(tokens.sentences.tolist())
    expected = 1
    for index, key in enumerate(ids):
        expected = 1 if index in firsts else expected
        found = _ID.fullmatch(key)
        if found is None or int(found[1]) != expected or int(found[2] or found[1]) < expected:
            return False
        expected = int(found[2] or found[1]) + 1
    return True


def _around(node: str) -> tuple[list[str], list[str]]:
    """The lines before a token and behind it, as the reader put them together."""
    lines = node.split("\n")
    cut = lines.index("") if "" in lines else -1
    return ([], lines) if cut < 0 else (lines[:cut], [line for line in lines[cut + 1 :] if line])


def _fields(values: Sequence[str]) -> list[str]:
    """Values as fields can hold them."""
    if _BREAKS.search("".join(values)):
        values = [_BREAKS.sub(" ", value) for value in values]
    return [value or "_" for value in values]


def _line(value: str) -> str:
    return re.sub(r"[\r\n]", " ", value)


def _spaced(misc: str, before: str, after: str, usual: str) -> str:
    """`misc` as read, without labels, and with the white space around the token; as it stood there where that has not changed."""
    if misc in {"_", ""} and not before and after == usual:
        return "_"
    plain = _BREAKS.sub(" ", misc)
    items = [item for item in plain.split("|") if item not in {"", "_"} and item.partition("=")[0] not in _LABELS]
    if spaces_of(misc, usual) != (before, after):
        items = [item for item in items if item.partition("=")[0] not in _SPACING]
        if after != usual:
            items.append(f"SpacesAfter={_escaped(after)}" if after else "SpaceAfter=No")
        if before:
            items.append(f"SpacesBefore={_escaped(before)}")
    return "|".join(items) or "_"


def _joined(misc: str, item: str) -> str:
    return item if misc == "_" else f"{misc}|{item}"


def _quoted(value: str) -> str:
    """`value` with percent signs for what would end it; letters of every script stay as they are."""
    return _UNSAFE.sub(lambda found: quote(found[0], safe=""), value)


def _escaped(gap: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in gap)
