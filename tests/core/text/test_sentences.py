"""Where sentences begin, in many scripts and with every tokenizer."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.model import Document
from farspan.text.corpus import build_corpus
from farspan.text.sentences import _kinds
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary


@cache
def tokenizer(name: str, lang: str):
    return make_tokenizer(name, lang, Vocabulary())


def sentences(text: str, lang: str, name: str = "spacy") -> list[str]:
    corpus = build_corpus([Document("a", text)], tokenizer(name, lang), lang)
    bounds = [*corpus.sentences.tolist(), len(corpus)]
    return [text[corpus.starts[begin] : corpus.ends[end - 1]] for begin, end in pairwise(bounds)]


CASES = [
    ("en", ["Dr. Smith met J. R. Tolkien.", "Why?", "So do I.", "Yes, No. 5, 3.14 miles."]),
    ("en", ["“Come!” he said.", "(Really?)", "“No.”", "Then he went..."]),
    ("en", ["He waited... and waited.", "What?!", '"I see", she said.', "Done"]),
    ("de", ["Am 3. Oktober kam Hr. Meier z. B. nach Hause.", "„Ja.“", "Es war 1995.", "Er ging."]),
    ("es", ["¿Qué tal?", "¡Bien!", "EE. UU. es grande.", "(Fin.)", "El Sr. Gil ya está."]),
    ("fr", ["« Oui. »", "Il part.", "M. Dupont reste !", "Bien."]),
    ("am", ["ሰላም ነው።", "እንዴት ነህ፧", "ደህና ነኝ።"]),
    ("ti", ["ሰላም።", "ከመይ ኣለኻ፧", "ጽቡቕ።"]),
    ("ar", ["ما اسمك؟", "اسمي علي.", "شكرا!"]),
    ("ur", ["میرا نام علی ہے۔", "شکریہ۔"]),
    ("hi", ["मेरा नाम राम है।", "तुम कौन हो?", "ठीक।"]),
    ("hy", ["Ոչ։", "Այո։", "Լավ։"]),
    ("el", ["Τι κάνεις;", "Καλά.", "Εντάξει."]),
    ("ru", ["Это было в 1995 г. в Москве.", "А. С. Пушкин писал.", "Да."]),
    ("my", ["မင်္ဂလာပါ။", "ကောင်းပါတယ်။"]),
]


@pytest.mark.parametrize("name", ["spacy", "unicode", "whitespace"])
@pytest.mark.parametrize(("lang", "expected"), CASES)
def test_sentences_of_a_text(lang, expected, name):
    assert sentences(" ".join(expected), lang, name) == expected


@pytest.mark.parametrize("name", ["spacy", "unicode"])
def test_chinese_needs_no_space_between_sentences(name):
    assert sentences("你好。我们走吧！“好。”他说：“走。”", "zh", name) == ["你好。", "我们走吧！", "“好。”", "他说：“走。”"]


@pytest.mark.parametrize("blank", ["\n\n", "\r\n\r\n", "\n \t\n", "\r\r", "\n\n\n\n"])
def test_a_blank_line_ends_a_sentence(blank):
    assert sentences(f"CHAPTER I{blank}it began\nso", "en") == ["CHAPTER I", "it began\nso"]


def test_addresses_and_numbers_are_not_torn():
    assert sentences("See www.example.org/a?b=1 or 3.5 of it. Next", "en", "unicode") == [
        "See www.example.org/a?b=1 or 3.5 of it.",
        "Next",
    ]


def test_each_text_begins_a_sentence_of_its_own():
    documents = [Document("a", "no end"), Document("b", ""), Document("c", ") here. There"), Document("d", '." x')]
    corpus = build_corpus(documents, make_tokenizer("unicode", "en", Vocabulary()), "en")

    assert [document.tokens.sentences.tolist() for document in corpus.documents] == [[0], [], [0, 3], [0]]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.text("aA1.!?…\"“”'()« »。,;\n", max_size=20), min_size=1, max_size=5),
    st.sampled_from(["unicode", "whitespace", "spacy"]),
)
def test_a_batch_has_the_sentences_of_its_texts_one_by_one(texts, name):
    documents = [Document(str(at), text) for at, text in enumerate(texts)]
    together = build_corpus(documents, tokenizer(name, "en"), "en")

    for document, text in zip(together.documents, texts, strict=True):
        alone = build_corpus([Document("x", text)], tokenizer(name, "en"), "en")
        assert document.tokens.sentences.tolist() == alone.sentences.tolist()
        assert not alone.sentences.size or alone.sentences[0] == 0


_WORDS = st.sampled_from(["Mr", "mr", "No", "art", "al", "U.S", "I", "x", "5", "12", "word", "Word", "WORD", "été", "x2"])


@settings(max_examples=100, deadline=None)
@given(st.lists(_WORDS | st.text('aZ1é.’"-', min_size=1, max_size=4), max_size=12), st.sampled_from(["en", "de", "xx"]))
def test_plain_words_told_at_once_are_what_they_are_one_by_one(words, lang):
    at_once = _kinds(words, lang=lang, words_hold_points=False)
    one_by_one = _kinds([*words, "\n"], lang=lang, words_hold_points=False)  # a line feed makes no column of them
    assert at_once.tolist() == one_by_one.tolist()[:-1]
