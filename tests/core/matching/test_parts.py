"""Names whose parts match too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from farspan.annotate import Annotator, Source
from farspan.model import Document
from farspan.options import MatchingOptions
from farspan.sources.lists import EntityList


def found(text: str, names: Sequence[Any], lang: str = "xx", **options: Any) -> list[Any]:
    source = Source(EntityList.from_names("PER", names), MatchingOptions().changed(options))
    annotator = Annotator([source], lang=lang, tokenizer="unicode")
    (document,) = annotator.annotate([Document("d", text)])
    return [(text[span.start : span.end], span.name, pytest.approx(span.score, abs=1e-4)) for span in document.spans]


def test_a_surname_alone_is_found_by_the_whole_name() -> None:
    text = "Pedro Almodóvar rueda. Almodóvar dice"
    assert found(text, ["Pedro Almodóvar"], "es") == [("Pedro Almodóvar", "Pedro Almodóvar", 1.0)]
    assert found(text, ["Pedro Almodóvar"], "es", split="parts") == [
        ("Pedro Almodóvar", "Pedro Almodóvar", 1.0), ("Almodóvar", "Pedro Almodóvar", 0.9),
    ]  # fmt: skip


def test_first_last_leaves_the_middle_out() -> None:
    text = "Johann, Sebastian, Bach"
    assert [match for match, _, _ in found(text, ["Johann Sebastian Bach"], split="parts")] == ["Johann", "Sebastian", "Bach"]
    assert [match for match, _, _ in found(text, ["Johann Sebastian Bach"], split="first_last")] == ["Johann", "Bach"]


def test_parts_are_what_white_space_parts_less_punctuation() -> None:
    assert [match for match, _, _ in found("Jean-Paul kam, Sartre auch", ["Sartre, Jean-Paul"], split="parts")] == [
        "Jean-Paul",
        "Sartre",
    ]


@pytest.mark.parametrize(
    ("text", "name", "lang"),
    [
        ("the end", "The End", "en"),  # a stop word of the language
        ("van", "Ludwig van Beethoven", "xx"),  # a small word of a capitalised name
        ("J is", "J R Tolkien", "xx"),  # one character
        ("in 2010", "Expo 2010", "xx"),  # no letter
        ("- x", "Foo - Bar", "xx"),
    ],
)
def test_parts_that_are_hardly_ever_the_name_are_left_out(text: str, name: str, lang: str) -> None:
    assert [match for match, _, _ in found(text, [name], lang, split="parts", case="exact") if match != "end"] == []


def test_names_without_capitals_keep_all_their_parts() -> None:
    assert [match for match, _, _ in found("አዲስ እና አበባ", ["አዲስ አበባ"], "am", split="parts")] == ["አዲስ", "አበባ"]


def test_a_part_that_stands_twice_in_a_name_matches_once() -> None:
    source = Source(EntityList.from_names("X", ["Duran Duran"]), MatchingOptions(split="parts"))
    annotator = Annotator([source], tokenizer="unicode")
    list(annotator.annotate([Document("d", "Duran sings")]))
    assert annotator.report.candidates == 1


def test_filters_look_at_the_part_that_stands_there() -> None:
    names = ["Ann Almodóvar"]
    assert [match for match, _, _ in found("Ann, Almodóvar", names, split="parts", min_length=4)] == ["Almodóvar"]
    assert [match for match, _, _ in found("Ann, Almodóvar", names, split="parts", exclude=["Almodóvar"])] == ["Ann"]
    assert [match for match, _, _ in found("Ann Almodóvar, Ann", names, split="parts", min_tokens=2)] == ["Ann Almodóvar"]


def test_parts_of_aliases_go_with_the_aliases() -> None:
    names = [{"name": "Farrokh Bulsara", "aliases": ["Freddie Mercury"], "id": "Q15869"}]
    assert [match for match, _, _ in found("Mercury, Bulsara", names, split="parts")] == ["Mercury", "Bulsara"]
    assert [match for match, _, _ in found("Mercury, Bulsara", names, split="parts", aliases=False)] == ["Bulsara"]


def test_parts_and_the_other_options_go_together() -> None:
    assert found("almodóvars", ["Pedro Almodóvar"], split="parts", case="ignore", suffixes=["s"]) == [
        ("almodóvars", "Pedro Almodóvar", 0.855)
    ]
    assert [name for _, name, _ in found("Almodovar", ["Pedro Almodóvar"], split="parts", fuzzy=1)] == ["Pedro Almodóvar"]
    assert [name for _, name, _ in found("almodóvar", ["Pedro Almodóvar"], split="parts", case="smart")] == ["Pedro Almodóvar"]
