"""Two annotations laid side by side: the same tokens cut into other documents and sentences, JSONL beside tokens, tags compared."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seqeval.metrics import accuracy_score  # noqa: TID251

from farspan.errors import InputError, TokenMismatch
from farspan.formats.schemes import decode
from farspan.model import Document, Span, Tokens
from farspan.noise.alignment import Side
from farspan.noise.comparison import OUTSIDE, compare, token_labels

TAGS = st.sampled_from(["O", "O", "B-PER", "I-PER", "B-LOC", "I-LOC"])
ROWS = st.lists(st.tuples(st.sampled_from(["Riia", "ja", "Tartu", "."]), TAGS, TAGS), min_size=1, max_size=25)
CUTS = st.sets(st.integers(1, 24))


def document(name, words, tags, sentences=(0,), kind="gold"):
    """A document as a token format is read: one space between tokens, gold spans, the tags as a column."""
    ends = np.cumsum([len(word) + 1 for word in words]) - 1
    starts = ends - np.array([len(word) for word in words])
    firsts = np.array(sentences, dtype=np.int32)
    tokens = Tokens(starts.astype(np.int32), ends.astype(np.int32), firsts, columns={"tag": list(tags)})
    chunks = decode(list(tags), firsts)
    spans = [
        Span(int(starts[b]), int(ends[e - 1]), chunks.labels[x], kind=kind)
        for b, e, x in zip(chunks.starts, chunks.ends, chunks.label_ids, strict=True)
    ]
    return Document(name, " ".join(words), {}, tokens, spans)


def cut(rows, column, borders):
    """The rows as several documents that end at `borders`, one sentence each."""
    bounds = [0, *sorted(b for b in borders if b < len(rows)), len(rows)]
    parts = [rows[a:b] for a, b in pairwise(bounds)]
    return [document(f"d{i}", [row[0] for row in part], [row[column] for row in part]) for i, part in enumerate(parts)]


def side(documents, name="gold.conll"):
    return Side(name, documents)


@given(ROWS, CUTS, CUTS)
@settings(max_examples=150, deadline=None)
def test_documents_may_be_cut_differently(rows, gold_cuts, predicted_cuts):
    found = compare(side(cut(rows, 1, gold_cuts)), side(cut(rows, 2, predicted_cuts)), by_tokens=True)
    expected, offset = [], 0
    for part in cut(rows, 1, gold_cuts):
        chunks = decode(part.tokens.columns["tag"], [0])
        rows_of_part = zip(chunks.starts.tolist(), chunks.ends.tolist(), chunks.label_ids.tolist(), strict=True)
        expected += [(offset + b, offset + e, chunks.labels[x]) for b, e, x in rows_of_part]
        offset += len(part.tokens)

    spans = zip((found.gold.starts >> 32).tolist(), (found.gold.ends >> 32).tolist(), found.gold.labels.tolist(), strict=True)
    assert [(b, e, found.labels[x]) for b, e, x in spans] == expected
    assert len(found.grid) == len(rows)
    assert len(found.grid.sentences) == len(found.grid.documents) == len(cut(rows, 1, gold_cuts))


@given(ROWS)
@settings(max_examples=100, deadline=None)
def test_tags_agree_as_seqeval_counts_them(rows):
    found = compare(side(cut(rows, 1, ())), side(cut(rows, 2, ())), by_tokens=True)

    assert found.same_tags / len(rows) == accuracy_score([[row[1] for row in rows]], [[row[2] for row in rows]])


@given(ROWS)
@settings(max_examples=100, deadline=None)
def test_token_labels_equal_a_loop_over_spans(rows):
    part = cut(rows, 1, ())[0]
    found = compare(side([part]), side([part]), by_tokens=True)
    slow = [OUTSIDE] * len(rows)
    for span in part.spans:
        for i, (start, end) in enumerate(zip(part.tokens.starts, part.tokens.ends, strict=True)):
            if start < span.end and span.start < end:
                slow[i] = found.labels.index(span.label)

    assert token_labels(found.gold, found.grid).tolist() == slow


def test_of_nested_spans_the_longest_labels_a_token():
    text = Document("a", "New York City", {}, document("a", ["New", "York", "City"], "OOO").tokens)
    spans = [Span(4, 8, "CITY", kind="gold"), Span(0, 13, "LOC", kind="gold"), Span(0, 3, "ADJ", kind="gold")]
    gold = Document(text.id, text.text, {}, text.tokens, spans)
    found = compare(side([gold]), side([text]), by_tokens=False)

    assert [found.labels[label] for label in token_labels(found.gold, found.grid)] == ["LOC"] * 3


def test_tags_of_another_family_are_compared_by_meaning():
    gold = document("a", ["Tartu", "Riia", "."], ["B-LOC", "B-LOC", "O"])
    predicted = document("a", ["Tartu", "Riia", "."], ["S-LOC", "S-LOC", "O"])

    assert compare(side([gold]), side([predicted]), by_tokens=True).same_tags == 3


def test_a_span_off_the_token_borders_equals_none():
    gold = document("a", ["Tartu", "linn"], ["B-LOC", "O"])
    other = Document("a", gold.text, {}, gold.tokens, [Span(0, 4, "LOC"), Span(0, 6, "LOC")])
    found = compare(side([gold]), side([other], "pred.jsonl"), by_tokens=True)

    assert (found.predicted.ends[0], found.predicted.ends[1]) == (4, found.gold.ends[0])


@pytest.mark.parametrize("where", [0, 3, 5])
def test_the_first_token_that_differs_is_named(where):
    words = ["a", "b", "c", "d", "e", "f"]
    other = [*words]
    other[where] = "x"
    documents = [document("1", other[:4], "OOOO"), document("2", other[4:], "OO")]

    with pytest.raises(TokenMismatch, match=rf"'{words[where]}' stands here, but 'x' in pred \(token {where + 1}\)"):
        compare(side([document("1", words, "O" * 6)]), side(documents, "pred"), by_tokens=True)


def test_a_document_without_tokens_beside_a_token_file_is_an_error():
    with pytest.raises(InputError, match="has no tokens"):
        compare(side([document("a", ["x"], "O")]), side([Document("a", "x")]), by_tokens=True)


def test_texts_without_ids_that_fit_are_paired_in_order():
    gold = [Document("gold-1", "Tartu", {}, None, [Span(0, 5, "LOC", kind="gold")]), Document("gold-2", "Riia")]
    predicted = [Document("pred-1", "Tartu", {}, None, [Span(0, 5, "LOC")]), Document("pred-2", "Riia")]
    found = compare(side(gold), side(predicted), by_tokens=False)

    assert found.gold.starts.tolist() == found.predicted.starts.tolist() == [0]
    assert found.grid is None


def test_two_documents_of_one_name_are_an_error():
    with pytest.raises(InputError, match="two documents are called"):
        compare(side([Document("a", "x"), Document("a", "y")]), side([Document("a", "x")]), by_tokens=False)


def test_an_empty_side_beside_a_full_one_is_an_error():
    with pytest.raises(TokenMismatch):
        compare(side([document("a", ["x"], "O")]), side([]), by_tokens=True)
