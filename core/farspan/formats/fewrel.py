"""FewRel: one JSON object with the sentences of each relation under its id. Read only.

`{"P177": [{"tokens": [...], "h": [name, id, [[token, ...], ...]], "t": [...]}]}`. Every place of an entity becomes a span with
its id; the relation holds between the first of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.nyt10 import LABEL
from farspan.formats.records import Fields, fields_of, read_members
from farspan.formats.tokenised import text_of
from farspan.model import Document, Relation, Span, Tokens


def read_fewrel(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The sentences of the file as documents, called after the relation. Raises InputError with file and line."""
    for key, value, where in read_members(file):
        group = fields_of({key: value}, where, f"relation {key}")
        for number, record in enumerate(group.each(key, f"{key}, sentence"), 1):
            words = record.strings("tokens")
            if not words or not all(words):
                raise record.error('"tokens" must have words, none of them empty')
            text, tokens = text_of([words])
            spans: list[Span] = []
            ends = [_add(record, side, tokens, spans, report) for side in ("h", "t")]
            relation = Relation(key, ends[0], ends[1], spans[ends[0]].ids[0], spans[ends[1]].ids[0])
            yield Document(f"{name}-{key}-{number}", text, {}, tokens, spans, [relation])


def _add(record: Fields, side: str, tokens: Tokens, spans: list[Span], report: ReadReport) -> int:
    """Add the places of one entity to `spans`; the index of the first."""
    given: list[Any] = record.rows(side)
    if len(given) != 3 or not isinstance(given[1], str) or not isinstance(given[2], list) or not given[2]:
        raise record.error(f'"{side}" must be [name, id, [[token, ...], ...]]')
    index = len(spans)
    for place in given[2]:
        if (
            not isinstance(place, list)
            or not place
            or not all(type(token) is int and 0 <= token < len(tokens) for token in place)
        ):
            raise record.error(f'"{side}": {place} are no tokens of a sentence of {len(tokens)}')
        first, last = min(place), max(place)
        if len(set(place)) != last - first + 1:
            report.add("discontinuous", record.where, f"{record.what}: the tokens {place} have a gap; the span covers it")
        spans.append(Span(int(tokens.starts[first]), int(tokens.ends[last]), LABEL, ids=(given[1],), kind="gold"))
    return index
