"""Spans that grow: first name and surname in one, and surnames that no list has."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.annotate import Annotator, Source
from farspan.decide.grow import Growing, grow
from farspan.diff import difference
from farspan.model import Document
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.capitals import is_capitalised
from farspan.text.corpus import Corpus, build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

FIRST_NAMES = ["Penélope", "Javier", "Pedro", "Jean", "Paul", "Olivia", "Harrison"]
SURNAMES = ["Cruz", "Bardem", "Almodóvar"]


def found(text: str, policy: ConflictPolicy | None = None, tokenizer: str = "unicode", **options: Any) -> list[str]:
    how = MatchingOptions().changed(options)
    sources = [
        Source(EntityList.from_names("PER", names, name=name), how)
        for name, names in (("first", FIRST_NAMES), ("last", SURNAMES))
    ]
    (document,) = Annotator(sources, lang="es", tokenizer=tokenizer, policy=policy).annotate([Document("d", text)])
    return [text[span.start : span.end] for span in document.spans]


def test_first_name_and_surname_become_one_person() -> None:
    text = "Penélope Cruz y Javier Bardem ruedan con Pedro Almodóvar. Almodóvar dice"
    assert found(text)[:2] == ["Penélope", "Cruz"]
    assert found(text, join=True) == ["Penélope Cruz", "Javier Bardem", "Pedro Almodóvar", "Almodóvar"]


def test_a_hyphen_joins_but_a_dash_between_spaces_or_a_comma_does_not() -> None:
    assert found("Jean-Paul Cruz", join=True) == ["Jean-Paul Cruz"]
    assert found("Jean - Paul, Cruz", join=True) == ["Jean", "Paul", "Cruz"]


def test_nothing_is_joined_across_a_sentence() -> None:
    assert found("Vino Pedro. Cruz vino.", join=True) == ["Pedro", "Cruz"]
    assert found("Vino con Pedro\n\nCruz vino.", join=True)[0].startswith("Pedro")


def test_a_first_name_grows_over_surnames_that_no_list_has() -> None:
    text = "Olivia Wilde habló con Harrison Ford Junior ayer. Olivia Se fue"
    assert found(text, extend=1)[:2] == ["Olivia Wilde", "Harrison Ford"]
    assert found(text, extend=2)[:2] == ["Olivia Wilde", "Harrison Ford Junior"]


def test_what_does_not_begin_with_a_capital_or_is_all_capitals_stops_growing() -> None:
    assert found("Olivia de Havilland", extend=3) == ["Olivia"]
    assert found("Olivia OTAN", extend=3) == ["Olivia"]
    assert found("Olivia, Wilde", extend=3) == ["Olivia"]
    assert found("Olivia Wilde-Cooper", extend=2) == ["Olivia Wilde-Cooper"]
    assert found("Harrison J Ford", extend=2) == ["Harrison J Ford"]


def test_growing_stops_at_the_next_match_and_then_joins_it() -> None:
    assert found("Pedro Luis Cruz", extend=3) == ["Pedro Luis", "Cruz"]
    assert found("Pedro Luis Cruz", extend=3, join=True) == ["Pedro Luis Cruz"]


def test_a_script_without_case_never_grows() -> None:
    source = Source(EntityList.from_names("PER", ["መለስ"]), MatchingOptions(extend=3))
    (document,) = Annotator([source], tokenizer="unicode").annotate([Document("d", "መለስ ዜናዊ አሉ")])
    assert [(span.start, span.end) for span in document.spans] == [(0, 3)]


def test_only_lists_of_one_label_that_both_say_so_are_joined() -> None:
    def run(label: str, join: bool) -> int:
        sources = [
            Source(EntityList.from_names("PER", ["Pedro"], name="a"), MatchingOptions(join=True)),
            Source(EntityList.from_names(label, ["Cruz"], name="b"), MatchingOptions(join=join)),
        ]
        (document,) = Annotator(sources, tokenizer="unicode").annotate([Document("d", "Pedro Cruz")])
        return len(document.spans)

    assert (run("PER", True), run("PER", False), run("LOC", True)) == (1, 2, 2)


def test_nested_matches_stay_beside_what_grew() -> None:
    policy = ConflictPolicy(nested=True)
    sources = [Source(EntityList.from_names("PER", ["Pedro Cruz", "Cruz"], name="a"), MatchingOptions(extend=1))]
    (document,) = Annotator(sources, tokenizer="unicode", policy=policy).annotate([Document("d", "Pedro Cruz Gil")])
    assert [(span.start, span.end, span.kind) for span in document.spans] == [(0, 14, "kept"), (6, 10, "nested")]


def test_what_ends_inside_a_word_does_not_grow() -> None:
    assert found("Pedrocruz Gil Cruz Gil", boundary="anywhere", extend=1) == ["Pedro", "Cruz Gil"]
    assert found("exPedro Gil", boundary="anywhere", extend=1) == ["Pedro Gil"]


def test_matches_inside_words_join_where_their_characters_touch() -> None:
    assert found("PedroCruz, exPedro Cruz", boundary="anywhere", join=True) == ["PedroCruz", "Pedro Cruz"]
    assert found("PedroyCruz, PedroX Cruz", boundary="anywhere", join=True) == ["Pedro", "Cruz", "Pedro", "Cruz"]
    assert found("xJean-PaulCruz Gil", boundary="anywhere", join=True, extend=1, tokenizer="whitespace") == ["Jean-PaulCruz Gil"]


def test_surname_and_given_name_join_in_a_script_without_spaces() -> None:
    text = "昨天王小明和李华在北京见面。"
    sources = [
        Source(EntityList.from_names("PER", names, name=name), MatchingOptions(boundary="anywhere", join=True))
        for name, names in (("surnames", ["王", "李", "张"]), ("given", ["小明", "华"]))
    ]
    for tokenizer in ("unicode", "whitespace", "characters"):
        (document,) = Annotator(sources, lang="zh", tokenizer=tokenizer).annotate([Document("d", text)])
        assert [text[span.start : span.end] for span in document.spans] == ["王小明", "李华"]


def test_a_difference_sees_the_border_move() -> None:
    tokenizer = make_tokenizer("unicode", "xx", Vocabulary())
    session = Session(build_corpus([Document("d", "Olivia Wilde vino")], tokenizer, "xx"), Lexicon(tokenizer, "xx"))
    names = EntityList.from_names("PER", FIRST_NAMES)
    (change,) = difference(session.run([Source(names)]), session.run([Source(names, MatchingOptions(extend=1))])).changes()
    assert (change.change, change.text) == ("border", "Olivia Wilde")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Ford", True),
        ("ford", False),
        ("NATO", False),
        ("J", True),
        ("McDonald", True),
        ("ǅ", True),
        ("2nd", False),
        ("አ", False),
        ("-", False),
    ],
)
def test_what_a_capitalised_word_is(word: str, expected: bool) -> None:
    assert is_capitalised(word) is expected


WORDS = ["A", "b", "-", "Cd", "EF"]


def slow(spans: list[list[Any]], words: list[str], tight: list[bool], sentence: list[int]) -> list[tuple[int, int, int]]:
    """Step by step. spans: [start, end, label, joins, extends]; tight[i]: no white space before word i."""

    def is_tight_hyphen(at: int) -> bool:
        return words[at] == "-" and tight[at] and at + 1 < len(words) and tight[at + 1]

    for number, span in enumerate(spans):
        limit = spans[number + 1][0] if number + 1 < len(spans) else len(words)
        for _ in range(span[4]):
            end = span[1]
            free = [at for at in (end, end + 1) if at < limit and sentence[at] == sentence[span[0]]]
            if free[:1] == [end] and is_capitalised(words[end]):
                span[1] += 1
            elif len(free) == 2 and is_tight_hyphen(end) and is_capitalised(words[end + 1]):
                span[1] += 2
            else:
                break
    result: list[list[Any]] = []
    for number, span in enumerate(spans):
        before = result[-1] if result else None
        if (
            before is not None
            and before[2] == span[2]
            and spans[number - 1][3]
            and span[3]
            and sentence[before[1] - 1] == sentence[span[0]]
        ):
            gap = span[0] - before[1]
            if gap == 0 or (gap == 1 and is_tight_hyphen(before[1])):
                before[1] = span[1]
                continue
        result.append([span[0], span[1], span[2], number])
    return [(row[3], row[0], row[1]) for row in result]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_growing_is_what_a_plain_loop_does(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
    tight = [False, *data.draw(st.lists(st.booleans(), min_size=len(words) - 1, max_size=len(words) - 1))]
    breaks = sorted({0, *data.draw(st.lists(st.integers(0, len(words) - 1), max_size=2))})
    starts, at = [], 0
    for word, is_tight in zip(words, tight, strict=True):
        at += 0 if is_tight or not starts else 1
        starts.append(at)
        at += len(word)
    vocabulary = Vocabulary()
    begins = np.array(starts, np.int32)
    corpus = Corpus(
        [], vocabulary, vocabulary.intern(words), begins, begins + np.array([len(word) for word in words], np.int32),
        np.array([0, len(words)]), np.array(breaks),
    )  # fmt: skip
    spans, at = [], 0
    while at < len(words):
        start = at + data.draw(st.integers(0, 3))
        at = end = start + data.draw(st.integers(1, 2))
        if end <= len(words):
            spans.append([start, end, data.draw(st.integers(0, 1)), data.draw(st.booleans()), data.draw(st.integers(0, 3))])
    sentence = [sum(first <= token for first in breaks) for token in range(len(words))]
    spans = [span for span in spans if sentence[span[0]] == sentence[span[1] - 1]]
    columns = list(zip(*spans, strict=True)) or [()] * 5
    growing = Growing(
        np.arange(len(spans)), np.array(columns[0], np.int32), np.array(columns[1], np.int32),
        corpus.starts[list(columns[0])], corpus.ends[[end - 1 for end in columns[1]]], np.array(columns[2], np.int32),
        joins=np.array(columns[3], np.bool_), extends=np.array(columns[4], np.int32),
    )  # fmt: skip
    rows, begins, ends, char_starts, char_ends = grow(growing, corpus)
    assert char_starts.tolist() == corpus.starts[begins].tolist()
    assert char_ends.tolist() == corpus.ends[ends - 1].tolist()
    got = [tuple(int(value) for value in row) for row in zip(rows, begins, ends, strict=True)]
    assert got == slow([list(span) for span in spans], words, tight, sentence)


def slow_anywhere(text: str, names: list[str], extend: int, join: bool) -> list[str]:
    """The longest name first from the left, then over capitalised words after a match that ends its word, then joined."""
    words, found, at = [(m.start(), m.end()) for m in re.finditer(r"\w+|[^\w\s]", text)], list[list[int]](), 0
    while at < len(text):
        name = max((name for name in names if text.startswith(name, at)), key=len, default="")
        found += [[at, at + len(name)]] if name else []
        at += len(name) or 1
    for number, span in enumerate(found):
        following = found[number + 1][0] if number + 1 < len(found) else len(text)
        for _ in range(extend):
            after = [(start, end) for start, end in words if start >= span[1]][:1]
            if not any(end == span[1] for _, end in words) or not after or after[0][1] > following:
                break
            start, end = after[0]
            if not text[start].isupper():
                break
            span[1] = end
    result: list[list[int]] = []
    for span in found:
        gap = text[result[-1][1] : span[0]] if result else None
        borders = {end for _, end in words} if result else set()
        if join and gap is not None and (gap == "" or (gap.isspace() and result[-1][1] in borders)):
            result[-1][1] = span[1]
        else:
            result.append(span)
    return [text[start:end] for start, end in result]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["Ana", "Be", "x", "Cd", " ", " "]), max_size=12).map("".join),
    st.integers(0, 2),
    st.booleans(),
)
def test_growing_inside_words_is_what_a_plain_loop_does(text: str, extend: int, join: bool) -> None:
    options = MatchingOptions(boundary="anywhere", extend=extend, join=join)
    source = Source(EntityList.from_names("PER", ["Ana", "Be", "AnaBe"]), options)
    (document,) = Annotator([source], tokenizer="unicode", policy=ConflictPolicy(("left", "length"))).annotate(
        [Document("d", text)]
    )
    got = [text[span.start : span.end] for span in document.spans]
    assert got == slow_anywhere(text, ["Ana", "Be", "AnaBe"], extend, join)
