"""Datasets as on the Hugging Face Hub: rows of ``id``, ``tokens`` and ``ner_tags``, as Parquet or as JSON lines.

A row is a sentence; rows that follow each other with one ``document`` are the sentences of a document, any other row is one by
itself. In Parquet tags are numbers, and their names (ClassLabel) stand in the schema's metadata under ``huggingface``; ``O`` is
0. In JSON lines they are names, with the list of them beside the file. Tags that are numbers without names give spans that are
called by the number, which is reported. ``pos_tags`` and ``chunk_tags`` become the columns ``pos`` and ``chunk``; other values
are kept in meta. Rows with a ``text`` and no tokens are documents of running text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

import numpy as np
import orjson

from farspan.errors import InputError, Place
from farspan.files import BytesFile, TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.schemes import decode
from farspan.model import Document, Span, Tokens
from farspan.unpacking import bare_name

TOKENS: Final = ("tokens", "words", "token")
TAGS: Final = ("ner_tags", "tags", "labels", "ner")
COLUMNS: Final = {"pos_tags": "pos", "chunk_tags": "chunk"}
DOCUMENT: Final = "document"
METADATA: Final = b"huggingface"
_ROWS: Final = 1_000

Names = Mapping[str, Sequence[str]]


def read_parquet(file: BytesFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The documents of a Parquet table. Raises InputError for a damaged file and for columns that are not of the form."""
    import pyarrow as pa  # noqa: PLC0415  (start-up)
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        table = pq.ParquetFile(pa.BufferReader(file.content()))
        names = class_names((table.schema_arrow.metadata or {}).get(METADATA, b"{}"))
        rows = (row for batch in table.iter_batches(batch_size=_ROWS) for row in batch.to_pylist())
        yield from _Rows(file.path, name, report, names, file.meta).documents(enumerate(rows, 1))
    except (pa.ArrowException, OSError, OverflowError, UnicodeDecodeError) as error:
        said = str(error).split("\n", 1)[0][:200]
        raise InputError(
            f"this is no sound Parquet table: {said}",
            where=Place(file.path),
            remedy="write it anew, as the datasets library does",
        ) from error


def read_hfjsonl(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The documents of JSON lines; names of numbered tags are looked for beside the file in STEM_labels.json.

    Raises InputError with file and line.
    """
    listed = file.beside(f"{PurePath(bare_name(file.path)).stem}_labels.json")
    names = {tag: _names(listed, file.path) for tag in TAGS} if listed is not None else {}
    yield from _Rows(file.path, name, report, names, file.meta).documents(_records(file))


def _records(file: TextFile) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(file.lines(), 1):
        if not line or line.isspace():
            continue
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise InputError(
                f"this is not JSON: {error.msg}", where=Place(file.path, number), remedy="put one object a line"
            ) from error
        if not isinstance(record, dict):
            raise InputError("a line must be an object", where=Place(file.path, number), remedy='write {"tokens": [...], ...}')
        yield number, record


def _names(data: bytes, path: str) -> list[str]:
    try:
        names = orjson.loads(data)
    except orjson.JSONDecodeError:
        names = None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InputError("the list of labels beside it is no JSON list of strings", where=Place(path), remedy="put it right")
    return names


def class_names(metadata: bytes) -> dict[str, list[str]]:
    """The names of ClassLabel values by column, from the metadata that the datasets library writes; what is none is left out."""
    try:
        features = orjson.loads(metadata)["info"]["features"]
        items = list(features.items())
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return {}
    found = {}
    for column, feature in items:
        inner = (
            feature.get("feature", feature) if isinstance(feature, dict) else feature[0] if isinstance(feature, list) else None
        )
        names = inner.get("names") if isinstance(inner, dict) else None
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            found[str(column)] = names
    return found


@dataclass(slots=True)
class _Rows:
    """Rows as they come, put together to documents."""

    path: str
    name: str
    report: ReadReport
    names: Names
    meta: Mapping[str, object]
    key: str | None = None  # of the document whose sentences are held
    held: list[tuple[list[str], list[str], dict[str, list[str]]]] = field(default_factory=list)
    told: bool = False

    def documents(self, rows: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[Document]:
        for number, row in rows:
            words = next((row[column] for column in TOKENS if isinstance(row.get(column), list)), None)
            key = row.get(DOCUMENT)
            if self.held and not (isinstance(key, str) and key == self.key):
                yield self._document(self.key or "", {})
            if words is None:
                yield self._running(row, number)
                continue
            sentence = self._sentence(row, words, number)
            if isinstance(key, str):
                self.key = key
                self.held.append(sentence)
            else:
                self.held = [sentence]
                yield self._document(self._id(row, number), self._more(row))
        if self.held:
            yield self._document(self.key or "", {})

    def _error(self, what: str, number: int) -> InputError:
        return InputError(what, where=Place(self.path, number), remedy="give each row tokens and as many tags")

    def _id(self, row: Mapping[str, Any], number: int) -> str:
        key = row.get("id")
        return str(key) if isinstance(key, (str, int)) and not isinstance(key, bool) else f"{self.name}-{number}"

    def _more(self, row: Mapping[str, Any]) -> dict[str, Any]:
        known = {"id", DOCUMENT, "text", *TOKENS, *TAGS, *COLUMNS}
        return {key: value for key, value in row.items() if key not in known and isinstance(value, (str, int, float, bool))}

    def _running(self, row: Mapping[str, Any], number: int) -> Document:
        text = row.get("text")
        if not isinstance(text, str):
            raise self._error(f"row {number} has neither tokens nor a text; its columns are {', '.join(map(str, row))}", number)
        return Document(self._id(row, number), text, {**self.meta, **self._more(row)})

    def _sentence(
        self, row: Mapping[str, Any], words: list[Any], number: int
    ) -> tuple[list[str], list[str], dict[str, list[str]]]:
        if not all(isinstance(word, str) and word for word in words):
            raise self._error(f"the tokens of row {number} are not all words", number)
        column = next((column for column in TAGS if row.get(column) is not None), None)
        tags = ["O"] * len(words) if column is None else self._tags(row[column], column, number)
        columns = {name: self._tags(row[key], key, number) for key, name in COLUMNS.items() if isinstance(row.get(key), list)}
        if any(len(values) != len(words) for values in (tags, *columns.values())):
            raise self._error(f"row {number} has {len(words)} tokens and {len(tags)} tags", number)
        return words, tags, columns

    def _tags(self, values: Any, column: str, number: int) -> list[str]:
        """Values as names."""
        if not isinstance(values, list):
            raise self._error(f"{column} of row {number} is no list", number)
        names = self.names.get(column)
        found = []
        for value in values:
            if isinstance(value, str):
                found.append(value)
            elif isinstance(value, bool) or not isinstance(value, int):
                raise self._error(f"{column} of row {number} holds {value!r}, which is no tag", number)
            elif names is not None:
                if not 0 <= value < len(names):
                    raise self._error(f"{column} of row {number} holds {value}, but there are {len(names)} names", number)
                found.append(names[value])
            else:
                self._tell(column)
                found.append(str(value) if value else "O")
        return found

    def _tell(self, column: str) -> None:
        if not self.told:
            self.told = True
            self.report.add("labels", Place(self.path), f"{column} has numbers without names; spans are called by their numbers")

    def _document(self, key: str, more: Mapping[str, Any]) -> Document:
        """The document of the sentences held."""
        words = [word for sentence in self.held for word in sentence[0]]
        firsts = np.cumsum([0, *(len(sentence[0]) for sentence in self.held)])[:-1]
        firsts = np.unique(firsts[firsts < len(words)])
        text = "\n".join(" ".join(sentence[0]) for sentence in self.held if sentence[0])
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        ends = np.cumsum(lengths + 1) - 1
        shared = set.intersection(*(set(sentence[2]) for sentence in self.held))
        columns = {name: [value for sentence in self.held for value in sentence[2][name]] for name in sorted(shared)}
        tokens = Tokens((ends - lengths).astype(np.int32), ends.astype(np.int32), firsts.astype(np.int32), columns=columns)
        chunks = decode([tag for sentence in self.held for tag in sentence[1]], tokens.sentences)
        bounds = zip(chunks.starts.tolist(), chunks.ends.tolist(), chunks.label_ids.tolist(), strict=True)
        spans = [
            Span(int(tokens.starts[first]), int(tokens.ends[end - 1]), chunks.labels[label], kind="gold")
            for first, end, label in bounds
        ]
        self.held = []
        return Document(key, text, {**self.meta, **more}, tokens, spans)
