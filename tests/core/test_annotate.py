"""The main job as a user of the engine sees it: given a text and lists, which spans come out."""

from __future__ import annotations

import sys
import unicodedata
from typing import Any

import pytest

from farspan.annotate import Annotator, Source
from farspan.errors import OptionError
from farspan.model import Document
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.sources.lists import EntityList

Found = list[tuple[str, str]]


def spans_of(
    text: str,
    names: list[Any],
    *,
    lang: str = "xx",
    tokenizer: str = "unicode",
    policy: ConflictPolicy | None = None,
    **options: Any,
) -> Found:
    """What is found of `names` in `text`: (surface, name in the list)."""
    source = Source(EntityList.from_names("X", names), MatchingOptions().changed(options))
    annotator = Annotator([source], lang=lang, tokenizer=tokenizer, policy=policy)
    (document,) = annotator.annotate([Document("d", text)])
    return [(text[span.start : span.end], span.name) for span in document.spans]


def test_names_are_found_with_their_offsets_and_ids() -> None:
    source = Source(EntityList.from_names("LOC", [{"name": "Addis Abeba", "id": "Q3624"}], name="cities"))
    (document,) = Annotator([source], tokenizer="unicode").annotate([Document("d", "Von Addis Abeba nach Rom.")])
    (span,) = document.spans
    assert (span.start, span.end, span.label, span.source, span.ids, span.kind, span.score) == (
        4,
        15,
        "LOC",
        "cities",
        ("Q3624",),
        "kept",
        1.0,
    )


@pytest.mark.parametrize(
    ("text", "name", "options", "lang"),
    [
        ("In ROMA today", "Roma", {"case": "ignore"}, "xx"),
        ("Die STRASSE", "Straße", {"case": "ignore"}, "de"),
        ("İSTANBUL'da", "İstanbul", {"case": "ignore"}, "tr"),
        ("Lodz is big", "Łódź", {"diacritics": "fold"}, "xx"),
        ("ni ilu Ibadan", "Ìbàdàn", {"diacritics": "fold"}, "yo"),
        ("قال مُحَمَّد", "محمد", {"marks": "fold"}, "ar"),
        ("እኔ አዲስ አበባ ነኝ", "አዲስ አበባ", {}, "am"),
        ("New\nYork and", "New York", {}, "en"),
        ("New  York and", "New York", {}, "en"),
        ("Anne\u0301 came", "Ann\u00e9", {}, "fr"),
        ("the beatles sang", "The beatles", {"case": "first"}, "en"),
        ("Gen therapy works", "gen", {"case": "smart"}, "en"),
        ("in new delhi now", "New Delhi", {"case": "smart"}, "en"),
    ],
)
def test_what_an_option_lets_match(text: str, name: str, options: dict[str, Any], lang: str) -> None:
    assert [found for _, found in spans_of(text, [name], lang=lang, **options)] == [name]


@pytest.mark.parametrize(
    ("text", "name", "options", "lang"),
    [
        ("In ROMA today", "Roma", {}, "xx"),
        ("ISTANBUL'da", "İstanbul", {"case": "ignore"}, "tr"),
        ("Anné came", "Ann", {}, "fr"),
        ("the Beatles sang", "The beatles", {"case": "first"}, "en"),
        ("who came", "WHO", {"case": "smart"}, "en"),
        ("a nato base", "NATO", {"case": "smart"}, "en"),
        ("he is it man", "It", {"case": "smart"}, "en"),
        ("I saw New. York burns.", "New. York", {}, "en"),
    ],
)
def test_what_an_option_keeps_from_matching(text: str, name: str, options: dict[str, Any], lang: str) -> None:
    assert spans_of(text, [name], lang=lang, **options) == []


def test_a_match_crosses_a_sentence_only_when_asked() -> None:
    assert spans_of("I saw New. York burns.", ["New. York"], across_sentences=True) == [("New. York", "New. York")]


@pytest.mark.parametrize(
    "options",
    [{"min_length": 4}, {"min_tokens": 2}, {"exclude": ["Rom"]}, {"stopwords": "en", "names": ["The"]}, {"active": False}],
)
def test_names_that_are_filtered_give_no_span(options: dict[str, Any]) -> None:
    names = options.pop("names", ["Rom"])
    assert spans_of("The Rom", names, **options) == []


def test_length_is_counted_in_characters_as_a_reader_counts_them() -> None:
    assert spans_of("कि है", ["कि"], lang="hi", min_length=2) == []
    assert spans_of("ab", ["ab"], min_length=2) != []


def test_blocked_candidates_are_counted_not_dropped() -> None:
    source = Source(EntityList.from_names("LOC", ["Rom", "Paris"], name="cities"), MatchingOptions(min_length=4))
    annotator = Annotator([source], tokenizer="unicode")
    list(annotator.annotate([Document("d", "Rom Paris Rom")]))
    counts = annotator.report.as_dict()["by_list"]["cities"]
    assert counts == {"names": 2, "matched_names": 2, "candidates": 3, "kept": 1, "lost": 0, "blocked": 2}


def test_aliases_match_unless_switched_off() -> None:
    names = [{"name": "Deutschland", "aliases": ["Germany"], "id": "Q183"}]
    assert spans_of("Germany", names) == [("Germany", "Germany")]
    assert spans_of("Germany", names, aliases=False) == []


def test_of_two_lists_the_one_with_higher_priority_wins_then_the_earlier() -> None:
    text, lists = "Washington spoke", [EntityList.from_names("LOC", ["Washington"]), EntityList.from_names("PER", ["Washington"])]
    for priority, label in ((0, "LOC"), (1, "PER")):
        sources = [Source(lists[0]), Source(lists[1], MatchingOptions(priority=priority))]
        annotator = Annotator(sources, tokenizer="unicode")
        (document,) = annotator.annotate([Document("d", text)])
        assert [span.label for span in document.spans] == [label]
        assert annotator.report.candidates == 2


def test_nested_names_are_a_second_layer() -> None:
    source = Source(EntityList.from_names("X", ["University of Oslo", "Oslo"]))
    (document,) = Annotator([source], tokenizer="unicode", policy=ConflictPolicy(nested=True)).annotate(
        [Document("d", "University of Oslo")]
    )
    assert [(span.name, span.kind) for span in document.spans] == [("University of Oslo", "kept"), ("Oslo", "nested")]


def test_offsets_survive_letters_that_change_length_when_folded() -> None:
    text = "İİİ ßßß 😀 Rom"
    assert spans_of(text, ["ROM"], case="ignore", diacritics="fold") == [("Rom", "ROM")]


def test_a_document_without_a_hit_is_a_document_without_spans() -> None:
    annotator = Annotator([Source(EntityList.from_names("X", ["Rom"]))], tokenizer="unicode")
    assert [
        len(document.spans)
        for document in annotator.annotate([Document("a", "nothing"), Document("b", ""), Document("c", "Rom")])
    ] == [0, 0, 1]


def test_neither_batches_nor_workers_change_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [Document(str(i), f"Von Rom nach Paris {i} und New York. " * (i % 7)) for i in range(60)]
    lists = [EntityList.from_names("LOC", ["Rom", "New York"]), EntityList.from_names("CITY", ["York", "paris"])]

    def run(**how: Any) -> list[Any]:
        sources = [Source(lists[0]), Source(lists[1], MatchingOptions(case="ignore"))]
        annotator = Annotator(sources, tokenizer="unicode", **how)
        return [list(document.spans) for document in annotator.annotate(documents)] + [annotator.report.by_label]

    whole = run()
    monkeypatch.setattr(sys.modules[Annotator.__module__], "BATCH_CHARACTERS", 300)
    assert run() == whole
    assert run(workers=3) == whole


def test_documents_with_tokens_keep_them() -> None:
    plain = Annotator([Source(EntityList.from_names("X", ["a b"]))], tokenizer="whitespace")
    (tokenised,) = plain.annotate([Document("d", "a b c")])
    annotator = Annotator([Source(EntityList.from_names("X", ["b c"]))], tokenizer="given")
    (document,) = annotator.annotate([tokenised])
    assert document.tokens is not None
    assert document.tokens.starts.tolist() == [0, 2, 4]
    assert [span.name for span in document.spans] == ["b c"]


def test_given_tokens_are_asked_for_where_there_are_none() -> None:
    annotator = Annotator([Source(EntityList.from_names("X", ["a"]))], tokenizer="given")
    with pytest.raises(OptionError, match="brings no tokens"):
        list(annotator.annotate([Document("d", "a")]))


def test_nfd_text_keeps_its_offsets() -> None:
    text = unicodedata.normalize("NFD", "Ìbàdàn àti Ọ̀yọ́")
    assert [surface for surface, _ in spans_of(text, ["Ọ̀yọ́", "Ìbàdàn"], lang="yo")] == [
        text[: text.index(" ")],
        text[text.rindex(" ") + 1 :],
    ]
