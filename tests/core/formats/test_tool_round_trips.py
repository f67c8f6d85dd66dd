"""Documents in the formats of annotation tools and relation corpora, and back: what a format can express comes back the same.

The texts are made to hurt: characters beyond U+FFFF, combining marks, right-to-left words, CR LF, U+2028 inside a word, two spaces;
spans nest, overlap and cut words, and relations hold between them.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.files import BytesFile, TextFile
from farspan.formats import FORMATS, Loss, ReadReport, writer_for
from farspan.model import Document, Relation, Span, Tokens

WORDS = ["Lima", "São", "Sa\u0303o", "🇵🇪", "שלום", "Qo\u2028chi", "a\u00a0b", "አዲስ", "-", "Peru", "x"]
GAPS = [" ", " ", "  ", "", "\r\n", " 😀 "]
LABELS = ["PER", "LOC"]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document with tokens, sentences, gold spans (most on token borders) and relations between them."""
    text = ""
    ranges: list[tuple[int, int]] = []
    firsts = []
    for _ in range(draw(st.integers(1, 3))):
        firsts.append(len(ranges))
        for word in draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)):
            ranges.append((len(text), len(text) + len(word)))
            text += word + draw(st.sampled_from(GAPS))
        text += "\n"
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        first = draw(st.integers(0, len(ranges) - 1))
        last = draw(st.integers(first, len(ranges) - 1))
        cut = draw(st.integers(0, 9)) == 0
        ids = tuple(draw(st.lists(st.sampled_from(["Q1", "Q2"]), unique=True)))
        end = ranges[last][1]
        label = draw(st.sampled_from(LABELS))
        spans.append(Span(ranges[first][0], end + 1 if cut and end < len(text) else end, label, ids=ids, kind="gold"))
    relations = []
    if spans:
        index = st.integers(0, len(spans) - 1)
        pairs = draw(st.lists(st.tuples(st.sampled_from(["born in", "NA"]), index, index), max_size=3))
        relations = [Relation(label, subject, obj) for label, subject, obj in pairs]
    pairs_of = np.array(ranges, np.int32)
    tokens = Tokens(pairs_of[:, 0].copy(), pairs_of[:, 1].copy(), np.array(firsts, np.int32))
    return Document(draw(st.sampled_from(["a", "b c", "ü"])), text, {"topic": "x"}, tokens, spans, relations)


def written(name: str, given: Iterable[Document], **options: Any) -> tuple[bytes, Loss]:
    stream = io.BytesIO()
    with writer_for(name, stream, **options) as writer:
        for document in given:
            writer.write(document)
    return stream.getvalue(), writer.loss


def read(name: str, data: bytes, **options: Any) -> list[Document]:
    reader = FORMATS[name].read
    assert reader is not None
    stream = io.BytesIO(data)
    file = BytesFile("in", stream) if FORMATS[name].content == "bytes" else TextFile("in", stream, None, None)
    return list(reader(file, "in", ReadReport(), **options))


def words_of(document: Document) -> list[list[str]]:
    tokens = document.tokens
    assert tokens is not None
    words = [document.text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    firsts = [*tokens.sentences.tolist(), len(words)]
    return [words[first:last] for first, last in pairwise(firsts)]


def all_words(document: Document) -> list[str]:
    return list(chain.from_iterable(words_of(document)))


def token_spans(document: Document) -> list[tuple[int, int, str] | None]:
    """First and last token and label of each span; None where it is not on token borders or not in one sentence."""
    tokens = document.tokens
    assert tokens is not None
    starts, ends, firsts = tokens.starts.tolist(), tokens.ends.tolist(), tokens.sentences.tolist()
    found: list[tuple[int, int, str] | None] = []
    for span in document.spans:
        if span.start not in starts or span.end not in ends:
            found.append(None)
            continue
        first, last = starts.index(span.start), ends.index(span.end)
        same = sum(number <= first for number in firsts) == sum(number <= last for number in firsts)
        found.append((first, last, span.label) if same and first <= last else None)
    return found


def bare(spans: Iterable[Span]) -> list[tuple[int, int, str, str]]:
    return [(span.start, span.end, span.label, span.kind) for span in spans]


def plain(relations: Iterable[Relation]) -> list[tuple[str, int, int]]:
    return [(relation.relation, relation.subject, relation.object) for relation in relations]


MANY = st.lists(documents(), min_size=1, max_size=3)
OFTEN = settings(max_examples=50, deadline=None)


@pytest.mark.parametrize(
    ("name", "options"),
    [("doccano", {}), ("doccano", {"unit": "utf-16"}), ("labelstudio", {}), ("prodigy", {})],
)
@OFTEN
@given(given_documents=MANY)
def test_texts_spans_and_relations_come_back(name: str, options: dict[str, Any], given_documents: list[Document]) -> None:
    data, loss = written(name, given_documents, **options)
    again = read(name, data, **options)
    for before, after in zip(given_documents, again, strict=True):
        assert (after.id, after.text, dict(after.meta)) == (before.id, before.text, {"topic": "x"})
        assert bare(after.spans) == bare(before.spans)
        assert plain(after.relations) == plain(before.relations)
        if name != "doccano":
            assert [span.ids for span in after.spans] == [span.ids for span in before.spans]
    assert loss.counts["ids"] == (name == "doccano") * sum(bool(span.ids) for one in given_documents for span in one.spans)


@OFTEN
@given(MANY)
def test_prodigy_keeps_tokens_too(given_documents: list[Document]) -> None:
    again = read("prodigy", written("prodigy", given_documents)[0])
    assert [all_words(one) for one in again] == [all_words(one) for one in given_documents]


@OFTEN
@given(MANY)
def test_dygie_keeps_what_lies_in_sentences(given_documents: list[Document]) -> None:
    data, loss = written("dygie", given_documents)
    lost = Counter[str]()
    for before, after in zip(given_documents, read("dygie", data), strict=True):
        places = token_spans(before)
        assert (after.id, words_of(after), dict(after.meta)) == (before.id, words_of(before), {"topic": "x"})
        in_order = sorted((place for place in places if place), key=lambda place: sentence(before, place[0]))
        assert token_spans(after) == in_order
        lost["borders"] += places.count(None)
        ends = [(r.relation, places[r.subject], places[r.object]) for r in before.relations]
        kept = [(label, a[:2], b[:2]) for label, a, b in ends if a and b and sentence(before, a[0]) == sentence(before, b[0])]
        lost["relations"] += len(ends) - len(kept)
        found = [(r.relation, token_spans(after)[r.subject], token_spans(after)[r.object]) for r in after.relations]
        assert Counter((label, a[:2], b[:2]) for label, a, b in found if a and b) == Counter(kept)
    assert (loss.counts["borders"], loss.counts["relations"]) == (lost["borders"], lost["relations"])


def sentence(document: Document, token: int) -> int:
    assert document.tokens is not None
    return int((document.tokens.sentences <= token).sum())


@OFTEN
@given(MANY)
def test_tacred_keeps_relations_within_sentences(given_documents: list[Document]) -> None:
    data, loss = written("tacred", given_documents)
    before, lost = Counter[Any](), 0
    for document in given_documents:
        places = token_spans(document)
        for relation in document.relations:
            ends = [places[relation.subject], places[relation.object]]
            if None in ends or sentence(document, ends[0][0]) != sentence(document, ends[1][0]):  # type: ignore[index]
                lost += 1
            else:
                spans = [document.spans[index] for index in (relation.subject, relation.object)]
                before[relation.relation, *(surface(document, span) for span in spans)] += 1
    assert pairs(read("tacred", data)) == before
    assert loss.counts["relations"] == lost


def surface(document: Document, span: Span) -> tuple[str, str]:
    """The words and the label of `span`, white space aside."""
    return re.sub(r"\s+", "", document.text[span.start : span.end]).replace("😀", ""), span.label


def pairs(given_documents: Iterable[Document]) -> Counter[Any]:
    return Counter(
        (relation.relation, surface(one, one.spans[relation.subject]), surface(one, one.spans[relation.object]))
        for one in given_documents
        for relation in one.relations
    )


@OFTEN
@given(MANY)
def test_nyt10_keeps_every_relation_with_its_ids(given_documents: list[Document]) -> None:
    data, loss = written("nyt10", given_documents)
    again = read("nyt10", data)
    assert pairs(again) == pairs(given_documents)
    for document in again:
        for relation in document.relations:
            span = document.spans[relation.subject]
            assert span.ids == (relation.subject_id,)
            assert relation.subject_id in {"Q1", "Q2", document.text[span.start : span.end]}
    used = [(one, {end for r in one.relations for end in (r.subject, r.object)}) for one in given_documents]
    assert loss.counts["spans"] == sum(len(one.spans) - len(indices) for one, indices in used)


@OFTEN
@given(MANY, st.data())
def test_wrench_keeps_spans_by_source(given_documents: list[Document], data: st.DataObject) -> None:
    several = []
    for document in given_documents:
        kinds = st.sampled_from([("gold", ""), ("candidate", "a"), ("candidate", "b")])
        spans = []
        for span in document.spans:
            kind, source = data.draw(kinds)
            spans.append(Span(span.start, span.end, span.label, source, kind=kind))
        several.append(Document(document.id, document.text, document.meta, document.tokens, spans))
    stream = io.BytesIO()
    with writer_for("wrench", stream) as writer:
        for document in several:
            writer.write(document)
    names = json.loads(writer.beside["*_meta.json"])["lf"]  # type: ignore[attr-defined]
    for before, after in zip(several, read("wrench", stream.getvalue()), strict=True):
        assert (after.id, all_words(after), dict(after.meta)) == (before.id, all_words(before), {"topic": "x"})
        expected = Counter(
            (*whole, span.label, span.kind, span.source) for span in before.spans if (whole := whole_tokens(before, span))
        )
        found = Counter(
            (*(whole_tokens(after, span) or ()), span.label, span.kind, names[int(span.source[7:]) - 1] if span.source else "")
            for span in after.spans
        )
        assert found == expected


def whole_tokens(document: Document, span: Span) -> tuple[int, int] | None:
    assert document.tokens is not None
    starts, ends = document.tokens.starts.tolist(), document.tokens.ends.tolist()
    if span.start not in starts or span.end not in ends:
        return None
    return starts.index(span.start), ends.index(span.end)


@OFTEN
@given(documents())
def test_webanno_keeps_spans_that_begin_and_end_in_tokens(before: Document) -> None:
    data, loss = written("webanno", [before])
    (after,) = read("webanno", data)
    assert words_of(after) == words_of(before)
    inside = {place for token in token_ranges(before) for place in range(*token)}
    kept = [index for index, span in enumerate(before.spans) if {span.start, span.end - 1} <= inside]
    assert Counter((*surface(after, span), span.ids) for span in after.spans) == Counter(
        (*surface(before, before.spans[index]), before.spans[index].ids) for index in kept
    )
    relations = [one for one in before.relations if {one.subject, one.object} <= set(kept)]
    assert pairs([after]) == pairs([Document("", before.text, spans=before.spans, relations=relations)])
    assert loss.counts["borders"] == len(before.spans) - len(kept)
    assert loss.counts["relations"] == len(before.relations) - len(relations)
    if not loss.counts["text"]:
        assert after.text == before.text
        assert sorted(bare(after.spans)) == sorted(bare(before.spans[index] for index in kept))


def token_ranges(document: Document) -> list[tuple[int, int]]:
    assert document.tokens is not None
    return list(zip(document.tokens.starts.tolist(), document.tokens.ends.tolist(), strict=True))


@pytest.mark.parametrize("name", ["xmi", "casjson"])
@settings(max_examples=25, deadline=None)
@given(before=documents())
def test_a_cas_keeps_everything_but_meta(name: str, before: Document) -> None:
    data, loss = written(name, [before])
    (after,) = read(name, data)
    assert (after.id, after.text, words_of(after)) == (before.id, before.text, words_of(before))
    assert (list(after.spans), plain(after.relations)) == (list(before.spans), plain(before.relations))
    assert dict(loss.counts) == {"meta": 1}
