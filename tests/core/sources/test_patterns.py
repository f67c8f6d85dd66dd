"""Lists of regular expressions and of spaCy's token patterns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from farspan.annotate import Annotator, Source
from farspan.errors import InputError, OptionError
from farspan.model import Document, Span, Tokens
from farspan.options import MatchingOptions
from farspan.sources.lists import EntityList, load_list

RULER = [
    {"label": "ORG", "pattern": "Apple", "id": "apple"},
    {"label": "GPE", "pattern": [{"LOWER": "san"}, {"LOWER": "francisco"}], "id": "san-francisco"},
    {"label": "DATE", "pattern": [{"SHAPE": "dddd"}, {"ORTH": "."}]},
]


def ruler(path: Path, rows: list[Any]) -> EntityList:
    file = path / "patterns.jsonl"
    file.write_text(
        "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8"
    )
    return load_list(file, "X")


def expressions(path: Path, *lines: str) -> EntityList:
    file = path / "dates.regex"
    file.write_text("\n".join(lines), encoding="utf-8")
    return load_list(file, "DATE")


def found(entity_list: EntityList, text: str | Document, tokenizer: str = "unicode", **options: Any) -> list[tuple[str, str]]:
    document = text if isinstance(text, Document) else Document("d", text)
    source = Source(entity_list, MatchingOptions().changed(options))
    (result,) = Annotator([source], tokenizer=tokenizer).annotate([document])
    return [(document.text[span.start : span.end], span.label) for span in result.spans]


def test_a_regular_expression_labels_what_it_matches_on_whole_tokens(tmp_path: Path) -> None:
    dates = expressions(tmp_path, r"\d{1,2} (Januar|Februar|März) \d{4}", r"\b1[89]\d\d\b")
    assert found(dates, "Am 3 März 1923 und 1848, nicht 18480") == [("3 März 1923", "DATE"), ("1848", "DATE")]


def test_the_pattern_stands_as_the_name(tmp_path: Path) -> None:
    (document,) = Annotator([Source(expressions(tmp_path, r"\d{4}"))], tokenizer="unicode").annotate([Document("d", "in 1848")])
    assert [(span.name, span.source, span.score) for span in document.spans] == [(r"/\d{4}/", "dates", 1.0)]


def test_how_a_pattern_is_written_is_never_looked_for(tmp_path: Path) -> None:
    assert found(expressions(tmp_path, "a.c"), "/a.c/ abc", "whitespace") == [("abc", "DATE")]
    assert found(expressions(tmp_path, "[0-9]+"), "12 [0-9]+", min_length=40, split="parts") == [
        ("12", "DATE"),
        ("0", "DATE"),
        ("9", "DATE"),
    ]


def test_a_match_inside_a_token_needs_boundary_anywhere(tmp_path: Path) -> None:
    assert found(expressions(tmp_path, "burg"), "Hamburger Burg") == []
    assert found(expressions(tmp_path, "burg"), "Hamburger Burg", boundary="anywhere", case="ignore") == [
        ("burg", "DATE"),
        ("Burg", "DATE"),
    ]


def test_case_and_context_options_hold_for_patterns_too(tmp_path: Path) -> None:
    assert found(expressions(tmp_path, "märz"), "März") == []
    assert found(expressions(tmp_path, "märz"), "März", case="ignore") == [("März", "DATE")]
    assert found(expressions(tmp_path, r"\d{4}"), "um 1848, Nr 1849", not_left=["Nr"]) == [("1848", "DATE")]


def test_white_space_around_a_match_is_left_out(tmp_path: Path) -> None:
    assert found(expressions(tmp_path, r"\s*\d+\s*"), "um 12 Uhr") == [("12", "DATE")]


def test_bad_expressions_are_told_with_their_line(tmp_path: Path) -> None:
    names = expressions(tmp_path, "a+", "", "(", "x*")
    assert [str(problem).partition("dates.regex")[2] for problem in names.problems] == [
        ":3: no regular expression: missing ) at position 1; skipped",
        ":4: no regular expression: it matches the empty text; skipped",
    ]
    with pytest.raises(InputError, match=r"dates.regex:1: no usable pattern"):
        expressions(tmp_path, "(")


def test_patterns_of_an_entity_ruler_keep_their_labels_and_ids(tmp_path: Path) -> None:
    names = ruler(tmp_path, RULER)
    text = "Apple opens in San Francisco in 1998."
    assert found(names, text) == [("Apple", "ORG"), ("San Francisco", "GPE"), ("1998.", "DATE")]
    (document,) = Annotator([Source(names)], tokenizer="unicode").annotate([Document("d", text)])
    assert [span.ids for span in document.spans] == [("apple",), ("san-francisco",), ()]
    assert list(names.patterns) == [1, 2]


def test_token_patterns_give_what_spacy_gives(tmp_path: Path) -> None:
    import spacy

    rows = [
        {"label": "A", "pattern": [{"IS_TITLE": True, "OP": "+"}]},
        {"label": "B", "pattern": [{"TEXT": {"REGEX": "^o[nf]$"}}, {"LENGTH": {">=": 4}}]},
        {"label": "C", "pattern": "House of Lords"},
    ]
    text = "The House of Lords sat on Monday. Tom Sawyer slept"
    nlp = spacy.blank("xx")
    doc = nlp(text)
    matcher = spacy.matcher.Matcher(nlp.vocab)
    for row in rows[:2]:
        matcher.add(str(row["label"]), [row["pattern"]])  # type: ignore[list-item]
    expected = {(doc[first:last].start_char, doc[first:last].end_char) for _, first, last in matcher(doc)} | {(4, 18)}
    from farspan.session import Lexicon, Session
    from farspan.text.corpus import build_corpus
    from farspan.text.tokenizers import make_tokenizer
    from farspan.text.vocabulary import Vocabulary

    tokenizer = make_tokenizer("spacy", "xx", Vocabulary())
    session = Session(build_corpus([Document("d", text)], tokenizer, "xx"), Lexicon(tokenizer, "xx"))
    run = session.run([Source(ruler(tmp_path, rows), MatchingOptions(across_sentences=True))])
    places = zip(*(column.tolist() for column in run.characters(np.arange(len(run.contest)))), strict=True)
    assert set(places) == expected


def test_token_patterns_can_ask_for_lemma_and_part_of_speech(tmp_path: Path) -> None:
    names = ruler(tmp_path, [{"label": "X", "pattern": [{"LEMMA": "see", "POS": "VERB"}]}])
    starts = np.array([0, 4], np.int32)
    tokens = Tokens(
        starts, starts + np.int32(3), np.array([0], np.int32), columns={"lemma": ["saw", "see"], "upos": ["NOUN", "VERB"]}
    )
    assert found(names, Document("d", "saw saw", tokens=tokens), "given") == [("saw", "X")]
    with pytest.raises(OptionError, match="columns named lemma"):
        found(names, "saw saw")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "not JSON"),
        ({"pattern": 3}, "no string and no list"),
        ({"pattern": []}, "no string and no list"),
        ({"pattern": [{"NOSUCH": 1}]}, "not a token pattern"),
        ({"pattern": [{"IS_ALPHA": True, "OP": "?!"}]}, "not a token pattern"),
        ({"label": "two words", "pattern": "x"}, "cannot stand in a tag"),
        ({"pattern": "..."}, "all punctuation"),
        ({"patterns": "x"}, "no key 'pattern'"),
    ],
)
def test_bad_rows_of_an_entity_ruler_are_told_and_the_rest_is_used(tmp_path: Path, row: Any, message: str) -> None:
    names = ruler(tmp_path, [{"pattern": "Rom"}, row])
    assert names.surfaces == ["Rom"]
    (problem,) = names.problems
    assert message in str(problem)
    assert "patterns.jsonl:2:" in str(problem)


def test_an_expression_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("farspan.matching.expressions._TIMEOUT", 0.2)
    with pytest.raises(InputError, match=r"dates.regex:1: .*takes too long on document 'd'"):
        found(expressions(tmp_path, "^(a|a)+$"), "a" * 60 + "b")


def test_a_list_of_names_in_json_lines_is_still_one(tmp_path: Path) -> None:
    assert ruler(tmp_path, [{"name": "Rom", "pattern": "x"}]).patterns == {}


def labels(path: Path, *lines: str) -> EntityList:
    file = path / "tagger.labels"
    file.write_text("\n".join(lines), encoding="utf-8")
    return load_list(file, "X")


TAGGED = Document(
    "d",
    "Natasha Rostova left Moscow in May",
    spans=[
        Span(0, 15, "PERSON", kind="gold"),
        Span(21, 27, "GPE", kind="kept"),
        Span(31, 34, "GPE", kind="lost"),
        Span(9, 13, "GPE"),
    ],
)


def test_labels_of_another_tool_are_a_source_like_any_other(tmp_path: Path) -> None:
    assert found(labels(tmp_path, "PERSON\tPER", "GPE"), TAGGED) == [("Natasha Rostova", "PER"), ("Moscow", "GPE")]
    assert found(labels(tmp_path, "GPE\tLOC"), TAGGED) == [("Moscow", "LOC")]
    assert found(labels(tmp_path, "GPE\tLOC"), TAGGED, not_left=["left"]) == []


def test_labels_inside_tokens_need_boundary_anywhere(tmp_path: Path) -> None:
    assert found(labels(tmp_path, "GPE"), TAGGED, boundary="anywhere") == [("osto", "GPE"), ("Moscow", "GPE")]


def test_labels_compete_with_names_by_the_same_rules(tmp_path: Path) -> None:
    sources = [
        Source(labels(tmp_path, "PERSON\tPER", "GPE\tLOC"), MatchingOptions(priority=1)),
        Source(EntityList.from_names("CITY", ["Moscow", "Natasha", "May"])),
    ]
    (document,) = Annotator(sources, tokenizer="unicode").annotate([TAGGED])
    assert [(span.label, span.source) for span in document.spans] == [("PER", "tagger"), ("LOC", "tagger"), ("CITY", "CITY")]


def test_a_label_that_cannot_stand_in_a_tag_is_told(tmp_path: Path) -> None:
    names = labels(tmp_path, "PER", "GPE\ttwo words", "PER\tX")
    assert [str(problem).partition("tagger.labels")[2] for problem in names.problems] == [
        ":2: the label 'two words' contains white space; skipped",
        ":3: the label 'X' stands twice; skipped",
    ]
