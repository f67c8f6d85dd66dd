"""Tag schemes against seqeval, against a plain twin, and there and back."""

from __future__ import annotations

import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from seqeval.metrics.sequence_labeling import get_entities  # noqa: TID251  (the oracle)

from farspan.formats.schemes import SCHEMES, FlatSpans, Scheme, TagCounts, decode, encode, find_touching

LABELS = ("PER", "LOC", "person-actor")
TAGS = st.sampled_from(
    ["O", "O", *(f"{prefix}-{label}" for prefix in "BIES" for label in LABELS), "B", "I", "E", "S", "B-_", "I-"]
)
Range = tuple[int, int, str]


def decoded(tags: list[str], sentences: list[int]) -> list[Range]:
    chunks = decode(tags, sentences)
    return [
        (s, e, chunks.labels[i])
        for s, e, i in zip(chunks.starts.tolist(), chunks.ends.tolist(), chunks.label_ids.tolist(), strict=True)
    ]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(TAGS, min_size=1, max_size=12), max_size=4))
def test_decoding_equals_seqeval(sentences: list[list[str]]) -> None:
    expected, bounds, offset = [], [], 0
    for sentence in sentences:
        expected += [(offset + s, offset + e + 1, label) for label, s, e in get_entities(sentence)]
        bounds.append(offset)
        offset += len(sentence)
    assert decoded([tag for sentence in sentences for tag in sentence], bounds) == expected


def test_bilou_and_bmes_are_bioes_with_other_letters() -> None:
    bilou = ["B-PER", "I-PER", "L-PER", "U-LOC", "U-LOC", "O"]
    expected = [(0, 3, "PER"), (3, 4, "LOC"), (4, 5, "LOC")]
    assert decoded(bilou, [0]) == expected
    assert decoded([tag.replace("L-", "E-").replace("U-", "S-") for tag in bilou], [0]) == expected
    assert decoded(["B-PER", "M-PER", "E-PER", "S-LOC", "S-LOC", "O"], [0]) == expected


def test_bare_types_are_read_as_io() -> None:
    assert decoded(["person-actor", "person-actor", "O", "LOC", "PER"], [0]) == [
        (0, 2, "person-actor"),
        (3, 4, "LOC"),
        (4, 5, "PER"),
    ]


@pytest.mark.parametrize(
    ("tags", "scheme", "repaired"),
    [
        ("O B-PER I-PER B-PER O", "iob2", 0),
        ("O I-PER I-PER B-PER O I-LOC", "iob1", 0),
        ("O I-PER I-PER O", "io", 0),
        ("O B-PER E-PER S-LOC", "bioes", 0),
        ("O B-PER L-PER U-LOC", "bilou", 0),
        ("B-PER O B-PER O I-LOC", "iob2", 1),
        ("I-PER O I-PER O B-LOC", "iob1", 1),
        ("S-PER O I-LOC E-LOC", "bioes", 1),
        ("O O", None, 0),
    ],
)
def test_the_scheme_is_told_by_its_tags(tags: str, scheme: Scheme | None, repaired: int) -> None:
    counts = decode(tags.split(), [0]).counts
    assert (counts.scheme, counts.repaired) == (scheme, repaired)


def test_counts_of_parts_add_up() -> None:
    first, second = decode(["B-PER", "O"], [0]).counts, decode(["I-PER", "L-LOC"], [0]).counts
    assert first + second == TagCounts(free=1, orphans=2, single=1, last=1)


def test_orphans_are_named() -> None:
    assert decode(["O", "I-PER", "O", "B-PER", "I-LOC", "I-LOC"], [0]).orphans.tolist() == [1, 4]


@st.composite
def spans_in_sentences(draw: st.DrawFn) -> tuple[int, list[Range], list[int]]:
    """Number of tokens, spans that do not overlap nor leave their sentence, indices of first tokens."""
    spans: list[Range] = []
    sentences: list[int] = []
    place = 0
    for _ in range(draw(st.integers(0, 3))):
        sentences.append(place)
        for _ in range(draw(st.integers(0, 4))):
            place += draw(st.integers(0, 2))
            length = draw(st.integers(1, 3))
            spans.append((place, place + length, draw(st.sampled_from(LABELS))))
            place += length
        place += place == sentences[-1]
    return place, spans, sentences


def flat(spans: list[Range]) -> FlatSpans:
    starts, ends, labels = ([span[i] for span in spans] for i in range(3))
    return FlatSpans(
        np.array(starts, np.int32), np.array(ends, np.int32), np.array([LABELS.index(x) for x in labels], np.int32), LABELS
    )


def encoded(count: int, spans: list[Range], sentences: list[int], scheme: Scheme) -> list[str]:
    tags = ["O"] * count
    tokens, numbers, strings = encode(flat(spans), scheme, sentences)
    for token, number in zip(tokens.tolist(), numbers.tolist(), strict=True):
        tags[token] = strings[number]
    return tags


def plainly_encoded(count: int, spans: list[Range], sentences: list[int], scheme: Scheme) -> list[str]:
    tags = ["O"] * count
    before: Range = (-1, -1, "")
    for span in spans:
        start, end, label = span
        for token in range(start, end):
            first, last = token == start, token == end - 1
            if scheme == "iob2":
                prefix = "B" if first else "I"
            elif scheme == "io":
                prefix = "I"
            elif scheme == "iob1":
                prefix = "B" if first and before[1:] == (start, label) and start not in sentences else "I"
            else:
                letters = "BIES" if scheme == "bioes" else "BILU"
                prefix = letters[3] if first and last else letters[0] if first else letters[2] if last else letters[1]
            tags[token] = f"{prefix}-{label}"
        before = span
    return tags


@settings(max_examples=150, deadline=None)
@given(spans_in_sentences(), st.sampled_from(SCHEMES))
def test_encoding_equals_its_plain_twin(case: tuple[int, list[Range], list[int]], scheme: Scheme) -> None:
    assert encoded(*case, scheme) == plainly_encoded(*case, scheme)


@settings(max_examples=150, deadline=None)
@given(spans_in_sentences(), st.sampled_from([scheme for scheme in SCHEMES if scheme != "io"]))
def test_what_is_encoded_is_decoded(case: tuple[int, list[Range], list[int]], scheme: Scheme) -> None:
    assert decoded(encoded(*case, scheme), case[2]) == case[1]


@settings(max_examples=150, deadline=None)
@given(spans_in_sentences())
def test_io_loses_touching_spans_and_says_how_many(case: tuple[int, list[Range], list[int]]) -> None:
    _, spans, sentences = case
    touching = find_touching(flat(spans), sentences).tolist()
    assert touching == [
        i for i, (a, b) in enumerate(pairwise(spans), 1) if a[1] == b[0] and a[2] == b[2] and b[0] not in sentences
    ]
    assert len(decoded(encoded(*case, "io"), sentences)) == len(spans) - len(touching)


@pytest.mark.parametrize(
    "tags",
    [
        ["O", "I-PER", "E-PER", "E-LOC", "O", "I-LOC", "E-LOC", "E-LOC"],  # IOE2: every end is marked
        ["O", "I-PER", "I-PER", "I-LOC", "O", "I-LOC", "E-LOC", "I-LOC"],  # IOE1: an end before one of its own kind is
    ],
)
def test_schemes_that_mark_ends_are_read_without_a_repair(tags: list[str]) -> None:
    chunks = decode(tags, [0])
    found = zip(chunks.starts.tolist(), chunks.ends.tolist(), chunks.label_ids.tolist(), strict=True)
    assert [(start, end, chunks.labels[label]) for start, end, label in found] == [
        *((1, 3, "PER"), (3, 4, "LOC"), (5, 7, "LOC"), (7, 8, "LOC")),
    ]
    assert (chunks.counts.scheme, chunks.counts.repaired) == ("ioe", 0)
