"""Names and text compared by lemma: from simplemma, a column, a table or a spaCy pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import simplemma
from hypothesis import given, settings
from hypothesis import strategies as st
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from farspan.annotate import Annotator, Source
from farspan.errors import InputError, MissingPart, OptionError
from farspan.matching.profiles import Profiles, View
from farspan.model import Document, Tokens
from farspan.options import MatchingOptions
from farspan.sources.lists import EntityList
from farspan.text.lemmas import load_lemmatizer
from farspan.text.normalize import Profile
from farspan.text.vocabulary import Vocabulary

# EstNER (CC BY 4.0), with the lemmas that belong to the forms.
WORDS = ["Moskvas", "kohtus", "Euroopa", "Liidu", "esindaja", "Tallinna", "linnapeaga", "."]
LEMMAS = ["Moskva", "kohtuma", "Euroopa", "liit", "esindaja", "Tallinn", "_", ""]


def found(document: Document, names: Sequence[str], lang: str = "xx", tokenizer: str = "unicode", **options: Any) -> list[Any]:
    source = Source(EntityList.from_names("LOC", names), MatchingOptions().changed(options))
    (result,) = Annotator([source], lang=lang, tokenizer=tokenizer).annotate([document])
    return [(document.text[span.start : span.end], span.name, span.score) for span in result.spans]


def given_tokens(columns: dict[str, list[str]]) -> Document:
    lengths = np.array([len(word) for word in WORDS])
    starts = np.cumsum(lengths + 1) - lengths - 1
    tokens = Tokens(starts.astype(np.int32), (starts + lengths).astype(np.int32), np.array([0], np.int32), columns=columns)
    return Document("d", " ".join(WORDS), tokens=tokens)


def test_estonian_forms_are_found_by_their_lemmas() -> None:
    text = Document("d", "Moskvas ja Helsingist")
    assert found(text, ["Moskva", "Helsingi"], "et") == []
    assert found(text, ["Moskva", "Helsingi"], "et", lemma="on") == [
        ("Moskvas", "Moskva", 0.95),
        ("Helsingist", "Helsingi", 0.95),
    ]


def test_the_form_itself_still_scores_one() -> None:
    assert found(Document("d", "Moskva"), ["Moskva"], "et", lemma="on") == [("Moskva", "Moskva", 1.0)]


def test_names_are_lemmatised_by_the_same_function() -> None:
    assert [name for _, name, _ in found(Document("d", "Moskvas"), ["Moskvast"], "et", lemma="on")] == ["Moskvast"]


def test_the_lemma_column_of_the_input_is_used_token_by_token() -> None:
    document = given_tokens({"lemma": LEMMAS})
    assert found(document, ["Moskva", "Tallinn"], tokenizer="given", lemma="column") == [
        ("Moskvas", "Moskva", 0.95), ("Tallinna", "Tallinn", 0.95),
    ]  # fmt: skip


def test_with_a_lemma_column_names_may_stand_as_forms_too() -> None:
    names = ["Euroopa Liidu", "Euroopa liit", "linnapeaga"]
    assert found(given_tokens({"lemma": LEMMAS}), names, tokenizer="given", lemma="column") == [
        ("Euroopa Liidu", "Euroopa Liidu", 1.0), ("linnapeaga", "linnapeaga", 1.0),
    ]  # fmt: skip


def test_lemmas_and_the_other_options_go_together() -> None:
    document = given_tokens({"lemma": LEMMAS})
    assert [name for _, name, _ in found(document, ["EUROOPA LIIT"], tokenizer="given", lemma="column", case="ignore")] == [
        "EUROOPA LIIT"
    ]
    assert [name for _, name, _ in found(document, ["linnapea"], tokenizer="given", lemma="column", suffixes=["ga"])] == [
        "linnapea"
    ]
    assert [name for _, name, _ in found(document, ["Maskva"], tokenizer="given", lemma="column", fuzzy=1)] == ["Maskva"]
    assert [name for _, name, _ in found(document, ["moskva"], tokenizer="given", lemma="column", case="first", fuzzy=1)] == [
        "moskva"
    ]


def test_one_form_may_have_two_lemmas() -> None:
    starts = np.array([0, 4], np.int32)
    tokens = Tokens(starts, starts + np.int32(3), np.array([0], np.int32), columns={"lemma": ["see", "saw"]})
    document = Document("d", "saw saw", tokens=tokens)
    assert found(document, ["see"], tokenizer="given", lemma="column") == [("saw", "see", 0.95)]


def test_input_without_lemmas_says_so() -> None:
    with pytest.raises(OptionError, match=r"has no lemmas.*lemma=on"):
        found(given_tokens({}), ["Moskva"], tokenizer="given", lemma="column")


def test_a_language_without_lemmas_says_what_to_do() -> None:
    with pytest.raises(OptionError, match=r"'am'.*word<TAB>lemma"):
        found(Document("d", "አበባ"), ["አበባ"], "am", lemma="on")


def test_a_table_of_the_user_is_used(tmp_path: Path) -> None:
    path = tmp_path / "lemmas.tsv"
    path.write_text("Tallinnast\tTallinn\r\n\r\nmoskvas\tMoskva\textra\n", encoding="utf-8", newline="")
    text = Document("d", "Tallinnast Moskvas Riias")
    assert found(text, ["Tallinn", "Moskva", "Riia"], lemma=str(path)) == [
        ("Tallinnast", "Tallinn", 0.95),
        ("Moskvas", "Moskva", 0.95),
    ]


@pytest.mark.parametrize(("content", "message"), [("a\tb\nword\n", "lemmas.tsv:2: no lemma in 'word'"), ("\n", "holds no lemma")])
def test_a_bad_table_names_its_line(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "lemmas.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_lemmatizer(str(path), "xx")


def test_a_table_that_is_not_there_says_so() -> None:
    with pytest.raises(InputError):
        load_lemmatizer("no-such-file.tsv", "xx")


def test_a_pipeline_that_is_not_installed_says_how_to_install_it() -> None:
    with pytest.raises(MissingPart, match="spacy download xx_no_such_model"):
        load_lemmatizer("spacy:xx_no_such_model", "xx")


def test_a_spacy_pipeline_gives_lemmas(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("de")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "berlins"}]], {"LEMMA": "Berlin"})  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "pipeline")
    names = found(Document("d", "Berlins Rom"), ["Berlin", "Rom"], "de", lemma=f"spacy:{tmp_path / 'pipeline'}")
    assert names == [("Berlins", "Berlin", 0.95), ("Rom", "Rom", 1.0)]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["houses", "Paris", "don't", "x-rays", "organized", "12", "CAFE\u0301S", "unbelievable", "."])
        | st.text("aeinrstS'-é", min_size=1, max_size=9),
        max_size=8,
    )
)
def test_lemmas_of_many_words_are_those_simplemma_gives_one_by_one(words: list[str]) -> None:
    from simplemma import lemmatize

    assert load_lemmatizer("on", "en")(words) == [lemmatize(word, "en") for word in words]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("aAbÉée\u0301ſs", min_size=1, max_size=3), unique=True, min_size=1, max_size=30), st.data())
def test_few_types_compared_by_themselves_are_as_the_table_of_all_says(strings: list[str], data: st.DataObject) -> None:
    view = View(Profile(data.draw(st.sampled_from(["keep", "first", "fold"]))))
    vocabulary = Vocabulary(strings)
    numbers = st.lists(st.integers(0, len(strings) - 1), min_size=1, max_size=2)
    types = np.array(data.draw(numbers), np.int32)
    others = np.array([data.draw(st.integers(0, len(strings) - 1)) for _ in types], np.int32)
    few, table = Profiles(vocabulary, "xx").forms(view), Profiles(vocabulary, "xx").forms(view).table()
    assert few.are_same(types, others).tolist() == (table[types] == table[others]).tolist()


FORMS = [
    "houses",
    "Houses",
    "HOUSES",
    "realized",
    "nerves",
    "policies",
    "don't",
    "l'arbre",
    "well-known",
    "Häuser",
    "Straße",
    "12",
    "三",
    "²",
    "can’t",
]
STEMS = st.sampled_from(
    ["hous", "Kind", "gat", "libr", "nation", "kirj", "стол", "maison", "casa", "بيت", "trabaj", "ev", "karanlık", "koš"]
)
ENDINGS = st.sampled_from(
    ["", "es", "er", "o", "os", "isms", "tions", "ized", "а", "ами", "ler", "in", "nya", "ed", "\u0301", "'s", "-me", "1"]
)


@pytest.mark.parametrize("lang", ["en", "de", "fr", "es", "et", "ru", "tr", "ar", "hy", "id", "la", "sv", "ca", "hbs"])
def test_lemmas_in_many_languages_are_those_simplemma_gives(lang: str) -> None:
    lemmatize = load_lemmatizer("on", lang)

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.sampled_from(FORMS)
            | st.builds("{}{}".format, STEMS, ENDINGS)
            | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6),
            max_size=12,
        )
    )
    def check(words: list[str]) -> None:
        assert lemmatize(words) == [simplemma.lemmatize(word, lang) for word in words]

    check()


@pytest.mark.parametrize("lang", ["en", "de", "nl", "it"])
def test_lemmas_of_what_is_in_the_dictionary_are_those_simplemma_gives(lang: str) -> None:
    words = list(DEFAULT_DICTIONARY_FACTORY.get_dictionary(lang))[::997]
    words += [word.capitalize() for word in words] + [word.upper() for word in words] + [word + "x" for word in words]
    assert load_lemmatizer("on", lang)(words) == [simplemma.lemmatize(word, lang) for word in words]
