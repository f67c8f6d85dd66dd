"""Scores against the tools whose numbers people quote: seqeval (strict) and nervaluate (partial, type, exact boundary)."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nervaluate import Evaluator
from seqeval.metrics.sequence_labeling import get_entities, precision_recall_fscore_support  # noqa: TID251

from farspan.formats.schemes import decode
from farspan.noise.scoring import MODES, Score, labelled_spans, score

TAGS = ["O", *(f"{place}-{label}" for place in "BIES" for label in ("PER", "LOC", "A-B"))]
SENTENCES = st.lists(st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(TAGS)), max_size=9), min_size=1, max_size=6)
IOB = st.sampled_from(["O", "O", "B-PER", "I-PER", "B-LOC", "I-LOC"])
IOB_SENTENCES = st.lists(st.lists(st.tuples(IOB, IOB), max_size=12), min_size=1, max_size=5)


def chunked(sentences):
    """Spans with label names, over all sentences on one line of token positions."""
    flat = [tag for sentence in sentences for tag in sentence]
    firsts = np.cumsum([0, *map(len, sentences)])[:-1]
    found = decode(flat, firsts[firsts < len(flat)])
    rows = zip(found.starts.tolist(), found.ends.tolist(), found.label_ids.tolist(), strict=True)
    return [(start, end, found.labels[label]) for start, end, label in rows]


def scored(gold, predicted):
    labels = sorted({label for *_, label in [*gold, *predicted]})

    def columns(rows):
        starts, ends, names = ([row[i] for row in rows] for i in range(3))
        return labelled_spans(
            np.array(starts, dtype=np.int64),
            np.array(ends, dtype=np.int64),
            np.array([labels.index(n) for n in names], dtype=np.int32),
        )

    return score(columns(gold), columns(predicted), labels)


def seqeval_scores(gold, predicted, average):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return precision_recall_fscore_support(gold, predicted, average=average)


def nervaluate_scores(gold, predicted):
    as_dicts = [[[{"start": s, "end": e - 1, "label": x} for s, e, x in side]] for side in (gold, predicted)]
    labels = sorted({label for *_, label in [*gold, *predicted]})
    return Evaluator(*as_dicts, tags=labels, loader="dict").evaluate()


@given(SENTENCES)
@settings(max_examples=300, deadline=None)
def test_chunks_are_those_of_seqeval_even_where_tags_are_broken(sentences):
    gold = [[g for g, _ in sentence] for sentence in sentences]
    expected, offset = [], 0
    for sentence in gold:
        expected += [(offset + start, offset + end + 1, label) for label, start, end in get_entities(sentence)]
        offset += len(sentence)

    assert chunked(gold) == expected


@given(SENTENCES)
@settings(max_examples=200, deadline=None)
def test_strict_scores_equal_seqeval_to_the_last_digit(sentences):
    gold = [[g for g, _ in sentence] for sentence in sentences]
    predicted = [[p for _, p in sentence] for sentence in sentences]
    ours = scored(chunked(gold), chunked(predicted))

    micro = ours.overall["strict"]
    assert (micro.precision, micro.recall, micro.f1, micro.support) == seqeval_scores(gold, predicted, "micro")
    each = [ours.by_label[label]["strict"] for label in ours.by_label]
    assert [(s.precision, s.recall, s.f1, s.support) for s in each] == list(
        zip(*(column.tolist() for column in seqeval_scores(gold, predicted, None)), strict=True)
    )


@given(IOB_SENTENCES)
@settings(max_examples=300, deadline=None)
def test_partial_type_and_boundary_scores_equal_nervaluate(sentences):
    gold = chunked([[g for g, _ in sentence] for sentence in sentences])
    predicted = chunked([[p for _, p in sentence] for sentence in sentences])
    ours, theirs = scored(gold, predicted), nervaluate_scores(gold, predicted)

    names = {"strict": "strict", "partial": "partial", "type": "ent_type", "exact_boundary": "exact"}
    for mode in MODES:
        _assert_same(ours.overall[mode], theirs["overall"][names[mode]])
        for label, result in theirs["entities"].items():
            _assert_same(ours.by_label[label][mode], result[names[mode]])


def _assert_same(ours: Score, theirs) -> None:
    assert (ours.precision, ours.recall, ours.f1) == (theirs.precision, theirs.recall, theirs.f1)
    assert ours.tp == theirs.correct + 0.5 * theirs.partial
    assert (ours.tp + ours.fp, ours.support) == (theirs.actual, theirs.possible)


NESTED = st.lists(
    st.tuples(st.integers(0, 8), st.integers(1, 4), st.sampled_from("AB")).map(lambda t: (t[0], t[0] + t[1], t[2])), max_size=6
)


@given(NESTED, NESTED)
@settings(max_examples=200, deadline=None)
def test_overlapping_spans_score_like_sets_of_spans(gold, predicted):
    ours = scored(gold, predicted).overall
    both = len(set(gold) & set(predicted))

    assert (ours["strict"].tp, ours["strict"].support) == (both, len(set(gold)))
    assert both <= ours["exact_boundary"].tp <= ours["partial"].tp <= min(len(set(gold)), len(set(predicted)))
    assert both <= ours["type"].tp


def test_an_exact_match_is_not_taken_by_a_near_miss_before_it():
    ours = scored([(0, 4, "PER")], [(0, 2, "PER"), (0, 4, "PER")]).overall

    assert (ours["exact_boundary"].tp, ours["type"].tp, ours["partial"].tp) == (1, 1, 1)


@pytest.mark.parametrize(
    "tags",
    [
        ["B-PER", "I-PER", "O", "B-LOC", "B-LOC", "I-LOC", "I-LOC"],
        ["I-PER", "I-PER", "O", "I-LOC", "B-LOC", "I-LOC", "I-LOC"],
        ["B-PER", "E-PER", "O", "S-LOC", "B-LOC", "I-LOC", "E-LOC"],
        ["B-PER", "L-PER", "O", "U-LOC", "B-LOC", "I-LOC", "L-LOC"],
    ],
    ids=["IOB2", "IOB1", "BIOES", "BILOU"],
)
def test_the_same_entities_are_read_from_every_scheme(tags):
    assert chunked([tags]) == [(0, 2, "PER"), (3, 4, "LOC"), (4, 7, "LOC")]


def test_io_tags_with_and_without_a_prefix_join_neighbours_of_one_label():
    expected = [(0, 2, "PER"), (3, 4, "LOC")]

    assert chunked([["I-PER", "I-PER", "O", "I-LOC"]]) == chunked([["PER", "PER", "O", "LOC"]]) == expected
    assert chunked([["ORG", "O"]]) == [(0, 1, "ORG")]


def test_a_chunk_never_crosses_a_sentence_break():
    assert chunked([["O", "I-PER"], ["I-PER"]]) == [(1, 2, "PER"), (2, 3, "PER")]


def test_nothing_to_score_is_zero_and_not_an_error():
    empty = scored([], [])

    assert empty.overall["strict"] == Score(0.0, 0.0, 0.0, 0, 0, 0, 0)
    assert empty.by_label == {}


def test_all_right_and_all_wrong():
    gold = [(0, 2, "PER"), (5, 6, "LOC")]

    assert scored(gold, gold).overall["strict"].f1 == 1.0
    wrong = scored(gold, [(3, 4, "PER")]).overall
    assert {score.f1 for score in wrong.values()} == {0.0}
    assert (wrong["strict"].fp, wrong["strict"].fn) == (1, 2)
