"""Rules about the words beside a match, and about its parts of speech."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.annotate import Annotator, Source
from farspan.errors import OptionError
from farspan.model import Document, Tokens
from farspan.options import MatchingOptions
from farspan.sources.lists import EntityList


def run(
    document: Document, names: Sequence[str], lang: str = "xx", tokenizer: str = "unicode", **options: Any
) -> tuple[list[str], int]:
    source = Source(EntityList.from_names("X", names), MatchingOptions().changed(options))
    annotator = Annotator([source], lang=lang, tokenizer=tokenizer)
    (result,) = annotator.annotate([document])
    return [document.text[span.start : span.end] for span in result.spans], annotator.report.as_dict()["by_list"]["X"]["blocked"]


def found(text: str, names: Sequence[str], **options: Any) -> list[str]:
    return run(Document("d", text), names, **options)[0]


def test_a_title_before_a_name_can_be_asked_for() -> None:
    text = "El señor Banderas llegó. Las banderas ondean. La Sra. Banderas"
    assert run(Document("d", text), ["Banderas", "banderas"], "es", left=["señor"]) == (["Banderas"], 2)
    assert found(text, ["Banderas", "banderas"], case="ignore", left=["SEÑOR"]) == ["Banderas"]


def test_a_word_before_or_after_can_be_forbidden() -> None:
    text = "the Washington Post in Washington and George Washington"
    assert found(text, ["Washington"], not_right=["Post"]) == ["Washington", "Washington"]
    assert found(text, ["Washington"], not_right=["Post"], not_left=["George"]) == ["Washington"]


def test_the_sides_of_an_amharic_name() -> None:
    text = "አቶ መለስ ወደ ጎንደር ሄደ። መለስ ብሎ"
    assert found(text, ["መለስ"], left=["አቶ", "ወይዘሮ"]) == ["መለስ"]
    assert found(text, ["መለስ"], not_right=["ብሎ"]) == ["መለስ"]


def test_a_star_stands_for_any_letters_and_slashes_for_a_regular_expression() -> None:
    text = "in Paris, ins Paris, inside Paris, at Paris"
    assert len(found(text, ["Paris"], left=["in*"])) == 3
    assert len(found(text, ["Paris"], left=["in", "*s"])) == 2
    assert len(found(text, ["Paris"], left=["/^ins?$/"])) == 2
    assert len(found(text, ["Paris"], not_left=["/^I/"], case="ignore")) == 1


def test_neighbours_are_of_the_same_sentence_and_borders_have_their_own_sign() -> None:
    text = "Paris shines. They saw Paris. Go"
    assert len(found(text, ["Paris"], left=["^"])) == 1
    assert len(found(text, ["Paris"], not_left=["."])) == 2
    assert len(found(text, ["Paris"], right=["Go"])) == 0
    assert len(found("see Paris", ["Paris"], right=["$"])) == 1


def test_neighbours_are_compared_by_lemma_where_names_are() -> None:
    assert found("presidents Kennedy", ["Kennedy"], lang="en", left=["president"]) == []
    assert found("presidents Kennedy", ["Kennedy"], lang="en", left=["president"], lemma="on") == ["Kennedy"]


@pytest.mark.parametrize(
    ("pattern", "message"), [("/(/", "no regular expression"), ("two words", "not one word"), ("", "not one word")]
)
def test_a_bad_pattern_says_what_is_wrong(pattern: str, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        found("Paris", ["Paris"], left=[pattern])


def test_a_pattern_that_takes_for_ever_is_stopped() -> None:
    with pytest.raises(OptionError, match="takes too long"):
        found("a" * 60 + "# Paris", ["Paris"], left=[r"/^(a|a)+$/"], tokenizer="whitespace")


def tagged(columns: dict[str, list[str]]) -> Document:
    words = ["Rose", "saw", "a", "rose", "in", "Rose", "Hill"]
    starts = np.cumsum([0, *(len(word) + 1 for word in words[:-1])]).astype(np.int32)
    tokens = Tokens(starts, starts + np.array([len(w) for w in words], np.int32), np.array([0], np.int32), columns=columns)
    return Document("d", " ".join(words), tokens=tokens)


def test_parts_of_speech_are_asked_of_one_word_of_the_match() -> None:
    upos = ["PROPN", "VERB", "DET", "NOUN", "ADP", "NOUN", "PROPN"]
    how: dict[str, Any] = {"tokenizer": "given", "pos": ["PROPN"], "case": "ignore"}
    assert run(tagged({"upos": upos}), ["rose", "rose hill"], **how) == (["Rose", "Rose Hill"], 2)
    assert run(tagged({"xpos": upos}), ["rose"], **how)[0] == ["Rose"]
    assert run(tagged({"upos": ["_"] * 7, "xpos": upos}), ["rose"], **how)[0] == ["Rose"]


def test_text_without_parts_of_speech_says_so() -> None:
    with pytest.raises(OptionError, match="has no parts of speech"):
        run(tagged({}), ["rose"], tokenizer="given", pos=["PROPN"], case="ignore")


sentences = st.lists(st.lists(st.sampled_from(["x", "a", "ab", "B"]), min_size=1, max_size=5), min_size=1, max_size=4)
patterns = st.lists(st.sampled_from(["a", "a*", "/b/", "B", "^", "x"]), max_size=2)


@settings(max_examples=80, deadline=None)
@given(sentences, patterns, patterns)
def test_the_words_before_are_those_of_a_plain_loop(text: list[list[str]], left: list[str], not_left: list[str]) -> None:
    words = [word for sentence in text for word in sentence]
    starts = np.arange(len(words), dtype=np.int32) * 3
    lengths = np.array([len(word) for word in words], np.int32)
    firsts = np.cumsum([0, *map(len, text[:-1])]).astype(np.int32)
    document = Document("d", "".join(word.ljust(3) for word in words), tokens=Tokens(starts, starts + lengths, firsts))

    def fits(before: str, pattern: str) -> bool:
        if pattern == "/b/":
            return "b" in before
        return before.startswith("a") if pattern == "a*" else before == pattern

    def is_kept(before: str) -> bool:
        good = not left or any(fits(before, pattern) for pattern in left)
        return good and not any(fits(before, pattern) for pattern in not_left)

    expected = [
        word
        for sentence in text
        for before, word in zip(["^", *sentence], sentence, strict=False)
        if word == "x" and is_kept(before)
    ]
    assert run(document, ["x"], tokenizer="given", left=left, not_left=not_left)[0] == expected
