"""TACRED: one JSON list of sentences, each with one pair of entities and its relation.

`[{"id", "docid", "relation", "token": [...], "subj_start", "subj_end", "obj_start", "obj_end", "subj_type", "obj_type"}]`, the
ends of subject and object being the last token itself. Examples that follow each other with the same words (and docid) are one
document.
``no_relation`` is the relation ``NA`` here, as in other formats. `stanford_pos`, `stanford_ner`, `stanford_head` and
`stanford_deprel` are columns of the tokens: pos, ner, head, deprel.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.records import Fields, read_records
from farspan.formats.tokenised import text_of
from farspan.model import Document, Relation, Span, Tokens

NEGATIVE: Final = "NA"
NO_RELATION: Final = "no_relation"
COLUMNS: Final = ("pos", "ner", "head", "deprel")


def read_tacred(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:  # noqa: ARG001  (the form of all readers)
    """The sentences of the file as documents, with gold spans and relations. Raises InputError with file and line."""
    number = 0
    for _, group in groupby(read_records(file), key=_sentence):
        examples = list(group)
        yield _document(examples, f"{name}-{number + 1}")
        number += len(examples)


def _sentence(record: Fields) -> tuple[object, list[str]]:
    words = record.strings("token")
    if not words or not all(words):
        raise record.error('"token" must have words, none of them empty')
    return record.record.get("docid"), words


def _document(examples: list[Fields], default: str) -> Document:
    first = examples[0]
    words = first.strings("token")
    columns = {}
    for column in COLUMNS:
        values = first.rows(f"stanford_{column}")
        if values and len(values) != len(words):
            raise first.error(f'"stanford_{column}" has {len(values)} values for {len(words)} words')
        if values:
            columns[column] = [str(value) for value in values]
    text, tokens = text_of([words], columns)
    spans: dict[Span, int] = {}
    relations = []
    for example in examples:
        ends = [spans.setdefault(_span(example, side, tokens), len(spans)) for side in ("subj", "obj")]
        label = example.string("relation", NEGATIVE)
        relations.append(Relation(NEGATIVE if label == NO_RELATION else label, ends[0], ends[1]))
    meta: dict[str, Any] = {"docid": first.record["docid"]} if "docid" in first else {}
    return Document(first.name("id", default), text, meta, tokens, list(spans), relations)


def _span(example: Fields, side: str, tokens: Tokens) -> Span:
    first, last = example.whole(f"{side}_start"), example.whole(f"{side}_end")
    if not 0 <= first <= last < len(tokens):
        raise example.error(
            f"{side} from token {first} to {last} does not lie in the sentence of {len(tokens)} tokens",
            "the end is the last token itself",
        )
    return Span(int(tokens.starts[first]), int(tokens.ends[last]), example.name(f"{side}_type", "_"), kind="gold")
