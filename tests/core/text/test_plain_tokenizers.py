"""The tokenizers without rules of a language."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import OptionError
from farspan.text.tokenizers import TOKENIZERS, make_tokenizer
from farspan.text.vocabulary import Vocabulary

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.lists(
    st.sampled_from([*"aé ا한क्ष्ि中あー\n\r\t,.'’-²१", "e\u0301", "\u200d", "\u200c", "👩\u200d💻", "🇪🇪", "1️⃣", "\u0301", "\xad", "\u2028"]), max_size=30
).map("".join)  # fmt: skip


def words(name: str, *texts: str) -> list[list[str]]:
    vocabulary = Vocabulary()
    batch = make_tokenizer(name, "xx", vocabulary)(texts)
    strings = [vocabulary[number] for number in batch.ids.tolist()]
    found = []
    for text, begin, end in zip(texts, batch.offsets[:-1], batch.offsets[1:], strict=True):
        slices = [text[a:b] for a, b in zip(batch.starts[begin:end].tolist(), batch.ends[begin:end].tolist(), strict=True)]
        assert slices == strings[begin:end]
        found.append(slices)
    return found


def characters_one_by_one(text: str) -> list[str]:
    pieces = re.split(r"(\s)", text)
    return [cluster for piece in pieces if not piece.isspace() for cluster in regex.findall(r"\X", piece)]


def words_one_by_one(text: str) -> list[str]:
    """The rules of the tokenizer `unicode`, cluster by cluster."""
    tokens, last = [], ""
    for cluster in [cluster for piece in re.split(r"(\s)", text) for cluster in regex.findall(r"\X", piece)]:
        if cluster.isspace() or regex.match(r"\u200c|\u200d|(?!\xad)\p{Grapheme_Cluster_Break=Control}", cluster):
            kind = "gap"
        elif regex.match(r"[\p{Han}\p{Hiragana}\p{Katakana}ー]", cluster):
            kind = "single"
        else:
            kind = "word" if regex.match(r"[\p{L}\p{M}\p{N}\p{Co}\xad]", cluster) else "symbol"
        if kind == "word" == last:
            tokens[-1] += cluster
        elif kind != "gap":
            tokens.append(cluster)
        last = kind
    return tokens


@settings(max_examples=200, deadline=None)
@given(st.lists(ANY_TEXT, max_size=4))
def test_whitespace_tokens_are_those_of_split(texts):
    assert words("whitespace", *texts) == [text.split() for text in texts]


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_characters_are_grapheme_clusters(text):
    assert words("characters", text) == [characters_one_by_one(text)]


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_unicode_words_are_those_of_the_rules_applied_one_by_one(text):
    assert words("unicode", text) == [words_one_by_one(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Ann's well-known café, No. 5!", ["Ann", "'", "s", "well", "-", "known", "café", ",", "No", ".", "5", "!"]),
        ("አዲስ አበባ፣ ኢትዮጵያ።", ["አዲስ", "አበባ", "፣", "ኢትዮጵያ", "።"]),
        ("می\u200cخواهم بروم؟", ["می\u200cخواهم", "بروم", "؟"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("东京タワー2024年", ["东", "京", "タ", "ワ", "ー", "2024", "年"]),
        ("Cafe\u0301 👩\u200d👩\u200d👧🇪🇪❤️", ["Cafe\u0301", "👩\u200d👩\u200d👧", "🇪🇪", "❤️"]),
        ("ภาษาไทย", ["ภาษาไทย"]),
        ("\ufeffa\u200bb\x00c", ["a", "b", "c"]),
    ],
)
def test_unicode_words_in_many_scripts(text, tokens):
    assert words("unicode", text) == [tokens]


def test_reader_s_characters():
    assert words("characters", "ne\u0301 क्षि 👩\u200d💻\r\n한") == [
        ["n", "e\u0301", *regex.findall(r"\X", "क्षि"), "👩\u200d💻", "한"]
    ]


@pytest.mark.parametrize("name", TOKENIZERS)
def test_no_text_empty_text_and_blank_text(name):
    assert words(name) == []
    assert words(name, "", " \n\u2028\t", "a") == [[], [], ["a"]]


@pytest.mark.parametrize("name", TOKENIZERS)
def test_blocks_leave_no_trace(name):
    texts = ["Ann's dog,  e\u0301 \u0301x 👩\u200d💻\r\n中文 (a.m.) " * 40, "", "b c"]
    tokenizer = make_tokenizer(name, "en", Vocabulary())
    whole = tokenizer(texts)
    tokenizer.block_characters = 7
    cut = tokenizer(texts)

    for column in ("ids", "starts", "ends", "offsets"):
        assert getattr(whole, column).tolist() == getattr(cut, column).tolist()


@pytest.mark.parametrize("name", TOKENIZERS)
def test_lone_surrogates_count_as_the_replacement_character(name):
    vocabulary = Vocabulary()
    make_tokenizer(name, "en", vocabulary)(["x \udc00 y"])

    assert sorted(vocabulary.strings) == ["x", "y", "\ufffd"]


def test_an_unknown_tokenizer_is_named_with_the_known_ones():
    with pytest.raises(OptionError, match=r"no tokenizer is called 'moses'; choose one of: spacy, unicode"):
        make_tokenizer("moses", "en", Vocabulary())
