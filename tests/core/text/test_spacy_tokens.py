"""The tokenizer `spacy` gives the very tokens of spaCy, in every language and on text made to break it."""

from __future__ import annotations

import random
from functools import cache
from importlib import import_module

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import MissingPart
from farspan.text.languages import languages_with_rules
from farspan.text.spacy_rules import load_rules, tokenizer_of
from farspan.text.spacy_tokenizer import WholeTextTokenizer
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

FROM_OTHER_PACKAGES = {"ja", "ko", "th", "vi"}
LANGUAGES = sorted(languages_with_rules() - FROM_OTHER_PACKAGES)

SPACES = [" ", " ", " ", "", "  ", "\n", "\r\n", "\t", " \n ", "\u00a0", "\u2028", "\x85", "\x1c", "\u3000"]
HOSTILE = [
    *"().,!?:;'\"-–—…“”«»/\\|@#$%&*+=<>[]{}~^_`°€•·।።؟،،。、",
    "'s", "’s", "n't", "'S", "...", "--", "10km", "5%", "$3.50", "1,000.5", "a.b", "A.B", "end.Start", "x-y", "http://a.bc/d?e=f", "me@x.org",
    "😀", "👩\u200d👩\u200d👧", "e\u0301", "\ufffd", "Straße", "İstanbul", "नमस्ते", "ሰላም", "שלום", "中文字", "a", "I", "B.", "C", "p.m", "12", ":)", "(:", ">:(",
]  # fmt: skip


@cache
def spacys(lang: str) -> spacy.language.Language:
    return spacy.blank(lang)


@cache
def ours(lang: str):
    return make_tokenizer("spacy", lang, Vocabulary())


def tokens_of_spacy(lang: str, text: str) -> list[tuple[int, int, str]]:
    doc = spacys(lang).make_doc(text)
    return [(token.idx, token.idx + len(token), token.text) for token in doc if not token.text.isspace()]


def tokens_of(tokenizer, texts: list[str]) -> list[list[tuple[int, int, str]]]:
    batch = tokenizer(texts)
    assert batch.ids.dtype == batch.starts.dtype == batch.ends.dtype == np.int32
    assert len(batch.offsets) == len(texts) + 1
    strings = [tokenizer.vocabulary[number] for number in batch.ids.tolist()]
    rows = list(zip(batch.starts.tolist(), batch.ends.tolist(), strings, strict=True))
    return [rows[begin:end] for begin, end in zip(batch.offsets[:-1], batch.offsets[1:], strict=True)]


def assert_same(lang: str, texts: list[str]) -> None:
    for text, found in zip(texts, tokens_of(ours(lang), texts), strict=True):
        assert found == tokens_of_spacy(lang, text)


def special_cases(lang: str) -> list[str]:
    return sorted(getattr(spacys(lang).tokenizer, "rules", None) or [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_real_sentences_of_the_language(lang):
    try:
        sentences = list(import_module(f"spacy.lang.{lang}.examples").sentences)
    except ModuleNotFoundError:
        sentences = list(import_module("spacy.lang.en.examples").sentences)

    assert_same(lang, [*sentences, " ".join(sentences), "\r\n".join(sentences), "", " \n"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_special_case_in_bad_company(lang):
    rng = random.Random(lang)
    keys = special_cases(lang)
    # twice each, so that several follow one another in other orders too
    parts = [*keys, *keys, *(rng.choice(HOSTILE) for _ in range(600))]
    rng.shuffle(parts)
    text = "".join(part + rng.choice(SPACES) for part in parts)

    assert_same(lang, [text, *(text[at : at + 50] for at in range(0, 5000, 50))])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_special_cases_cut_in_two_by_white_space(lang):
    rng = random.Random(lang)
    keys = [key for key in special_cases(lang) if len(key) > 1]
    rng.shuffle(keys)
    cuts = [(key, rng.randrange(1, len(key))) for key in keys[:1500]]
    text = " ".join(f"{key[:at]} {key[at:]}{rng.choice(['', '', ' ', '.', ')'])}{rng.choice(HOSTILE)}" for key, at in cuts)

    assert_same(lang, [text])


@pytest.mark.parametrize("lang", ["en", "de", "fr", "gd", "ru", "tr"])
def test_any_text_over_a_hostile_alphabet(lang):
    part = st.sampled_from([*HOSTILE, *SPACES, *special_cases(lang)])

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.lists(part, max_size=25).map("".join), max_size=4))
    def check(texts):
        assert_same(lang, texts)

    check()


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_unicode_text(text):
    assert_same("en", [text])


def test_a_long_text_is_cut_into_blocks_without_a_trace(monkeypatch):
    monkeypatch.setattr(ours("es"), "block_characters", 40)
    rng = random.Random(1)
    parts = [*special_cases("es"), *special_cases("es"), *HOSTILE]
    text = " ".join(rng.choice(parts) for _ in range(3000))

    assert_same("es", [text, "", text[:30], text.replace(" ", "\n")])


def test_white_space_of_every_kind_separates():
    spaces = [chr(point) for point in range(0x3001) if chr(point).isspace()]

    assert_same("en", ["He's".join(spaces), *(f"{space}don't{space}{space}go{space}" for space in spaces)])


def test_a_lone_surrogate_counts_as_the_replacement_character():
    assert tokens_of(ours("en"), ["a \ud800b, c"]) == [tokens_of_spacy("en", "a \ufffdb, c")]


def test_a_megabyte_without_white_space():
    text = "abc" * 350_000

    assert tokens_of(ours("en"), [text, "so it's"]) == [[(0, len(text), text)], tokens_of_spacy("en", "so it's")]


def test_a_full_table_is_emptied(monkeypatch):
    monkeypatch.setattr("farspan.text.chunk_table.CHUNKS_KEPT", 3)
    tokenizer = tokenizer_of(load_rules("en"), Vocabulary())
    texts = ["One, two (three) four's", "five; six, two", "one two"]

    assert [tokens_of(tokenizer, [text])[0] for text in texts] == [tokens_of_spacy("en", text) for text in texts]


@pytest.mark.parametrize(
    ("tag", "lang"), [("en-GB", "en"), ("eng", "en"), ("no", "nb"), ("zh-Hans", "zh"), ("pt_BR", "pt"), ("ha", "xx")]
)
def test_tags_find_their_rules(tag, lang):
    text = "I don't (o'clock), z.B. Hr. 10km 我们。Sr. João's"

    assert tokens_of(ours(tag), [text]) == [tokens_of_spacy(lang, text)]


@pytest.mark.parametrize("lang", sorted(FROM_OTHER_PACKAGES))
def test_languages_that_need_another_package_say_so(lang):
    with pytest.raises(MissingPart, match=r"needs .*; choose --tokenizer unicode"):
        make_tokenizer("spacy", lang, Vocabulary())


def test_special_cases_over_line_breaks_are_left_to_spacy():
    rules = load_rules("en")
    rules.add_special_case("(\n)", [{"ORTH": "(\n)"}])
    tokenizer = tokenizer_of(rules, Vocabulary())
    texts = ["So (\n) it's", "", "\ufffd ( )\n a.m."]

    expected = [
        [(token.idx, token.idx + len(token), token.text) for token in rules(text) if not token.text.isspace()] for text in texts
    ]
    assert isinstance(tokenizer, WholeTextTokenizer)
    assert tokens_of(tokenizer, texts) == expected
    assert (3, 6, "(\n)") in expected[0]
