"""Documents become arrays, and those that bring tokens keep them."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import OptionError
from farspan.model import Document, Tokens
from farspan.text.corpus import build_corpus
from farspan.text.languages import has_own_rules, primary_language, rules_language
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary


def given_tokens(text: str, bounds: list[tuple[int, int]], sentences: list[int], **columns) -> Document:
    starts, ends = (np.array(column, np.int32) for column in zip(*bounds, strict=True))
    return Document("given", text, tokens=Tokens(starts, ends, np.array(sentences, np.int32), columns=columns))


def corpus_of(*documents: Document, name: str = "spacy", lang: str = "en"):
    return build_corpus(documents, make_tokenizer(name, lang, Vocabulary()), lang)


def test_documents_become_views_of_one_array():
    corpus = corpus_of(Document("a", "One dog. Two cats."), Document("empty", " "), Document("b", "One cat."))

    assert [corpus.vocabulary[number] for number in corpus.ids] == ["One", "dog", ".", "Two", "cats", ".", "One", "cat", "."]
    assert corpus.doc_offsets.tolist() == [0, 6, 6, 9]
    assert corpus.sentences.tolist() == [0, 3, 6]
    assert len(corpus) == 9
    last = corpus.documents[2].tokens
    assert last.starts.tolist() == [0, 4, 7]
    assert last.sentences.tolist() == [0]
    assert last.vocabulary is corpus.vocabulary
    assert all(np.shares_memory(getattr(last, column), getattr(corpus, column)) for column in ("ids", "starts", "ends"))
    assert len(corpus.documents[1].tokens) == 0
    assert corpus.documents[1].tokens.sentences.tolist() == []


def test_given_tokens_sentences_and_columns_are_kept_exactly():
    text = "I am . Not you"
    document = given_tokens(text, [(0, 1), (2, 6), (7, 14)], [0, 2], POS=["P", "V", "X"])
    corpus = corpus_of(Document("a", "I am."), document, Document("b", "Not you."))

    kept = corpus.documents[1].tokens
    assert [corpus.vocabulary[number] for number in kept.ids] == ["I", "am .", "Not you"]
    assert (kept.starts.tolist(), kept.ends.tolist(), kept.sentences.tolist()) == ([0, 2, 7], [1, 6, 14], [0, 2])
    assert kept.columns == {"POS": ["P", "V", "X"]}
    assert corpus.doc_offsets.tolist() == [0, 3, 6, 9]
    assert corpus.sentences.tolist() == [0, 3, 5, 6]
    assert corpus.documents[2].tokens.starts.tolist() == [0, 4, 7]


def test_ids_over_another_vocabulary_are_not_taken_over():
    other = corpus_of(Document("a", "zero one two")).documents[0]
    corpus = corpus_of(Document("b", "two"), other)

    assert [corpus.vocabulary[number] for number in corpus.documents[1].tokens.ids] == ["zero", "one", "two"]


def test_no_documents_and_only_empty_ones():
    assert len(corpus_of()) == 0
    corpus = corpus_of(Document("a", ""), Document("b", "\n"))
    assert (len(corpus), corpus.doc_offsets.tolist(), corpus.sentences.tolist()) == (0, [0, 0, 0], [])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ab .\n!", max_size=12), min_size=1, max_size=6))
def test_a_token_knows_its_document_and_sentence(texts):
    corpus = corpus_of(*(Document(str(at), text) for at, text in enumerate(texts)), name="unicode")
    owners = [at for at, document in enumerate(corpus.documents) for _ in range(len(document.tokens))]
    sentences = np.cumsum(np.isin(np.arange(len(corpus)), corpus.sentences)) - 1

    assert corpus.document_of(np.arange(len(corpus))).tolist() == owners
    assert corpus.sentence_of(np.arange(len(corpus))).tolist() == sentences.tolist()


def test_a_corpus_takes_at_most_forty_bytes_a_token():
    corpus = corpus_of(Document("a", "The cat sat on the mat. " * 20_000))
    columns = (corpus.ids, corpus.starts, corpus.ends, corpus.doc_offsets, corpus.sentences)

    assert sum(column.nbytes for column in columns) <= 40 * len(corpus)
    assert corpus.ids.dtype == corpus.starts.dtype == corpus.ends.dtype == np.int32


def test_the_vocabulary_numbers_strings_as_they_come():
    vocabulary = Vocabulary(["b", "a"])

    assert vocabulary.intern(["a", "c", "b", "c"]).tolist() == [1, 2, 0, 2]
    assert (vocabulary.strings, len(vocabulary), vocabulary[2]) == (["b", "a", "c"], 3, "c")
    assert (vocabulary.id_of("c"), vocabulary.id_of("nowhere"), len(vocabulary)) == (2, -1, 3)
    assert "a" in vocabulary
    assert "nowhere" not in vocabulary


@settings(max_examples=100, deadline=None)
@given(st.text("aé中😀", max_size=60), st.data())
def test_slices_are_interned_like_strings(text, data):
    marks = sorted(data.draw(st.sets(st.integers(0, len(text)))))
    bounds = [pair for pair in pairwise(marks) if data.draw(st.booleans())]
    starts, ends = (np.array([pair[side] for pair in bounds], np.int32) for side in (0, 1))
    twin = Vocabulary(["a"])
    expected = twin.intern([text[begin:end] for begin, end in bounds]).tolist()

    for at_once in (0, 500):
        vocabulary = Vocabulary(["a"])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("farspan.text.vocabulary.MANY_SLICES", at_once)
            assert vocabulary.intern_slices(text, starts, ends).tolist() == expected
        assert vocabulary.strings == twin.strings


def test_overlapping_slices_are_interned_too(monkeypatch):
    monkeypatch.setattr("farspan.text.vocabulary.MANY_SLICES", 0)
    vocabulary = Vocabulary()
    vocabulary.intern_slices("a\ud800b", np.array([0, 1, 0], np.int32), np.array([2, 3, 1], np.int32))

    assert vocabulary.strings == ["a\ufffd", "\ufffdb", "a"]


def test_a_table_over_types_grows_with_the_vocabulary():
    vocabulary = Vocabulary(["a", "bb"])
    asked = []

    def lengths(strings):
        asked.extend(strings)
        return np.array([len(string) for string in strings], np.int32)

    assert vocabulary.table("length", lengths).tolist() == [1, 2]
    vocabulary.intern(["ccc", "a"])
    assert vocabulary.table("length", lengths).tolist() == [1, 2, 3]
    assert asked == ["a", "bb", "ccc"]


@pytest.mark.parametrize(
    ("tag", "primary", "rules"),
    [("en-GB", "en", "en"), ("am", "am", "am"), ("zh-Hans-CN", "zh", "zh"), ("deu", "de", "de"), ("no", "nb", "nb"), ("HA", "ha", "xx"), ("bam", "bam", "xx")],
)  # fmt: skip
def test_language_tags(tag, primary, rules):
    assert (primary_language(tag), rules_language(tag)) == (primary, rules)
    assert has_own_rules(tag) is (rules != "xx")


@pytest.mark.parametrize("tag", ["", "e", "english", "12", "en--GB", "../x", "en GB"])
def test_what_is_not_a_language_tag_is_refused(tag):
    with pytest.raises(OptionError, match="is not a language tag"):
        corpus_of(Document("a", "b"), name="unicode", lang=tag)


def test_spacy_is_imported_only_for_its_tokenizer():
    code = (
        "import sys; from farspan.text import corpus, sentences, languages, tokenizers, vocabulary;"
        "from farspan.model import Document;"
        "tokenizer = tokenizers.make_tokenizer('unicode', 'de', vocabulary.Vocabulary());"
        "corpus.build_corpus([Document('a', 'Ja. Nein.')], tokenizer, 'de');"
        "assert 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
