"""DyGIE and SciERC: JSON lines of tokenised documents with entities, relations and coreference.

`{"doc_key", "sentences": [[word, ...], ...], "ner": [[[first, last, LABEL], ...], ...], "relations": [[[first, last, first, last,
LABEL], ...], ...], "clusters": [[[first, last], ...], ...]}`. Token numbers count through the document and the last token is the
span's own; `ner` and `relations` have one list a sentence. Predictions (``predicted_ner``, ``predicted_relations``) are read as
kept spans with their probability. Clusters and further keys stay in meta.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.records import Fields, kind_of, read_records
from farspan.formats.tokenised import text_of
from farspan.model import Document, Relation, Span, Tokens

TAKEN: Final = frozenset({"doc_key", "sentences", "ner", "relations", "predicted_ner", "predicted_relations"})
_KINDS: Final = (("", "gold"), ("predicted_", "kept"))


def read_dygie(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The documents of the file, with tokens, sentences, spans and relations. Raises InputError with file and line."""
    for number, record in enumerate(read_records(file), 1):
        sentences = record.rows("sentences")
        if not all(isinstance(row, list) and all(isinstance(word, str) and word for word in row) for row in sentences):
            raise record.error('"sentences" must be [[word, ...], ...] without empty words')
        text, tokens = text_of(sentences)
        spans: list[Span] = []
        relations: list[Relation] = []
        for prefix, kind in _KINDS:
            spans += [_span(row, tokens, kind, record) for row in _rows(record, f"{prefix}ner", 3)]
            ends = _Ends(record, tokens, spans, kind, report)
            rows = _rows(record, f"{prefix}relations", 5)
            relations += [Relation(row[4], ends.index(row[:2]), ends.index(row[2:4])) for row in rows]
        meta = {key: value for key, value in record.record.items() if key not in TAKEN and value != []}
        yield Document(record.name("doc_key", "") or f"{name}-{number}", text, meta, tokens, spans, relations)


def _rows(record: Fields, key: str, width: int) -> Iterator[list[Any]]:
    """The rows of all sentences under `key`: token numbers, then a label, then what else there is."""
    for sentence in record.rows(key):
        if not isinstance(sentence, list):
            raise record.error(f'"{key}" must have one list a sentence, not {kind_of(sentence)}')
        for row in sentence:
            numbers = row[: width - 1] if isinstance(row, list) else []
            whole = len(numbers) == width - 1 and all(type(number) is int for number in numbers)
            if not whole or len(row) < width or not isinstance(row[width - 1], str):
                raise record.error(f'a row of "{key}" must have {width - 1} whole numbers and a label, not {row}')
            yield row


def _range(row: list[Any], tokens: Tokens, record: Fields) -> tuple[int, int]:
    """The code points that a first and a last token mean."""
    first, last = row[:2]
    if not 0 <= first <= last < len(tokens):
        raise record.error(
            f"the span of tokens {first} to {last} does not lie in the document of {len(tokens)} tokens",
            "count tokens from 0 through the whole document, the last one included",
        )
    return int(tokens.starts[first]), int(tokens.ends[last])


def _span(row: list[Any], tokens: Tokens, kind: str, record: Fields) -> Span:
    start, end = _range(row, tokens, record)
    score = row[4] if kind == "kept" and len(row) > 4 and isinstance(row[4], (int, float)) else None
    return Span(start, end, row[2], kind=kind, score=score)


class _Ends:
    """Which spans the relations of one document are between."""

    def __init__(self, record: Fields, tokens: Tokens, spans: list[Span], kind: str, report: ReadReport) -> None:
        self._record = record
        self._tokens = tokens
        self._spans = spans
        self._kind = kind
        self._report = report
        self._at: dict[tuple[int, int], int] = {}
        for index, span in enumerate(spans):
            if span.kind == kind:
                self._at.setdefault((span.start, span.end), index)

    def index(self, row: list[int]) -> int:
        """The index of the span of the tokens `row`, first and last; one is added where there is none."""
        place = _range(row, self._tokens, self._record)
        if place not in self._at:
            what = f"a relation's tokens {row[0]} to {row[1]} are no entity; they become one called _"
            self._report.add("unlabelled", self._record.where, what)
            self._at[place] = len(self._spans)
            self._spans.append(Span(*place, "_", kind=self._kind))
        return self._at[place]
