"""One cause for every wrong and every missed span, decided from the list, the text and what people said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from farspan.errors import InputError
from farspan.model import Document, Span
from farspan.noise.causes import Cause, ErrorCase, find_causes
from farspan.noise.evidence import Verdict, gold_evidence, joined_evidence, judged_evidence, outcome_of
from farspan.noise.given import run_of_labels
from farspan.options import MatchingOptions
from farspan.run import Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary


def session_over(texts: Sequence[str], lang: str = "xx") -> Session:
    tokenizer = make_tokenizer("unicode", lang, Vocabulary())
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    return Session(build_corpus(documents, tokenizer, lang), Lexicon(tokenizer, lang))


def source(label: str, names: Any, name: str | None = None, **options: Any) -> Source:
    return Source(EntityList.from_names(label, names, name=name or label.lower()), MatchingOptions().changed(options))


def gold(number: int, text: str, *marked: tuple[str, str]) -> Document:
    """A gold document whose entities are given by their text, each the first of it."""
    spans = [Span(text.index(part), text.index(part) + len(part), label, kind="gold") for part, label in marked]
    return Document(str(number), text, spans=spans)


def causes(text: str, sources: Sequence[Source], *marked: tuple[str, str], lang: str = "xx") -> list[ErrorCase]:
    session = session_over([text], lang)
    evidence = gold_evidence(session.corpus, [gold(0, text, *marked)])
    return find_causes(session.run(sources), evidence, sources, lang=lang)


def only(cases: Sequence[ErrorCase], kind: str) -> ErrorCase:
    [case] = [case for case in cases if case.kind == kind]
    return case


def test_other_borders_are_a_boundary_error_on_both_sides() -> None:
    cases = causes("We flew to New York City.", [source("LOC", ["New York"])], ("New York City", "LOC"))

    assert [(case.kind, case.cause, case.text) for case in cases] == [
        ("wrong", Cause.BOUNDARY, "New York"),
        ("missed", Cause.BOUNDARY, "New York City"),
    ]
    assert cases[0].option == "extend"
    assert cases[1].name == "New York"


def test_the_same_borders_under_another_label_are_a_wrong_type() -> None:
    cases = causes("Paris won.", [source("LOC", ["Paris"])], ("Paris", "PER"))

    assert {(case.kind, case.cause, case.given, case.true) for case in cases} == {
        ("wrong", Cause.TYPE, "LOC", "PER"),
        ("missed", Cause.TYPE, "LOC", "PER"),
    }


def test_a_name_inside_an_entity_of_another_label_is_a_part_of_a_longer_name() -> None:
    cases = causes("The New York Times wrote.", [source("LOC", ["New York"])], ("New York Times", "ORG"))

    assert only(cases, "wrong").cause is Cause.PART
    assert only(cases, "missed").cause is Cause.NOT_LISTED


def test_a_capitalised_neighbour_shows_a_part_of_a_longer_name_without_gold_on_it() -> None:
    case = only(causes("So Michael Keaton said.", [source("PER", ["Michael"])]), "wrong")

    assert case.cause is Cause.PART
    assert "'Keaton'" in case.why


def test_a_word_written_small_elsewhere_is_a_common_word() -> None:
    case = only(causes("we will go. They will stay. Will he?", [source("PER", ["Will"])]), "wrong")

    assert case.cause is Cause.COMMON_WORD
    assert case.why == "67% of the uses of its words are lower-case"


@pytest.mark.parametrize(
    ("name", "text", "options", "cause"),
    [
        ("US", "they saw us there", {"case": "ignore"}, Cause.CASE),
        ("Łódź", "a Lodz of it", {"diacritics": "fold"}, Cause.SPELLING),
        ("Anderson", "an Andersen tale", {"fuzzy": 1}, Cause.SPELLING),
        ("Tallinn", "the Tallinnas", {"suffixes": ("as",)}, Cause.INFLECTED),
        ("Ann Lee", "then Lee fell", {"split": "parts"}, Cause.PART),
    ],
)
def test_a_wrong_span_that_the_rule_forgave_something_says_what(name, text, options, cause) -> None:
    assert only(causes(text, [source("X", [name], **options)]), "wrong").cause is cause


@pytest.mark.parametrize(
    ("names", "missed", "cause", "note"),
    [
        (["NATO"], "Nato", Cause.CASE, ""),
        (["Tallinn"], "Tallinnas", Cause.INFLECTED, "-as"),
        (["ኢትዮጵያ"], "የኢትዮጵያ", Cause.INFLECTED, "የ-"),
        (["Łódź"], "Lodz", Cause.SPELLING, ""),
        (["Anderson"], "Andersen", Cause.SPELLING, ""),
        (["Marilyn Monroe"], "Monroe", Cause.ALIAS, ""),
        (["United Nations"], "UN", Cause.ALIAS, ""),
        (["Somewhere"], "Elsewhere", Cause.NOT_LISTED, ""),
    ],
)
def test_a_missed_span_is_explained_by_the_nearest_name_of_a_list_of_its_label(names, missed, cause, note) -> None:
    case = only(causes(f"then {missed} came", [source("X", names)], (missed, "X")), "missed")

    assert (case.cause, case.note) == (cause, note)
    assert case.name == ("" if cause is Cause.NOT_LISTED else names[0])


def test_what_a_filter_blocked_is_said_to_be_blocked_by_it() -> None:
    case = only(causes("then Ob came", [source("LOC", ["Ob"], min_length=3)], ("Ob", "LOC")), "missed")

    assert (case.cause, case.option, case.why) == (Cause.COMMON_WORD, "min_length", "it was blocked by min_length")


def test_an_alias_that_is_off_is_a_missing_alias_and_a_list_that_is_off_is_none() -> None:
    city = {"name": "New York", "aliases": ["Gotham"]}
    assert only(causes("in Gotham", [source("LOC", [city], aliases=False)], ("Gotham", "LOC")), "missed").cause is Cause.ALIAS
    off = source("LOC", ["Gotham"], name="off", active=False)
    case = only(causes("in Gotham", [source("LOC", ["Rome"]), off], ("Gotham", "LOC")), "missed")
    assert (case.cause, case.option, case.source) == (Cause.NOT_LISTED, "active", "off")


def test_gold_inside_a_token_is_tokenisation() -> None:
    case = only(causes("a Berlinreise", [source("LOC", ["Berlin"])], ("Berlin", "LOC")), "missed")
    assert case.cause is Cause.TOKENISATION


def test_verdicts_on_single_spans_show_wrong_ones_and_nothing_of_what_nobody_looked_at() -> None:
    session = session_over(["Will he? we will, they will. Rome and Paris."])
    run = session.run([source("X", ["Will", "Rome", "Paris"])])
    said = [
        Verdict(0, 0, 4, "X", right=True),
        Verdict(0, 0, 4, "X", right=False),  # the last one counts
        Verdict(0, 29, 33, "X", right=True),
        Verdict(0, 38, 43, "X", right=None),
    ]
    evidence = judged_evidence(session.corpus, said)

    assert outcome_of(run, evidence).verdict.tolist() == [0, 1, -1]
    [case] = find_causes(run, evidence)
    assert (case.text, case.cause) == ("Will", Cause.COMMON_WORD)
    assert not evidence.is_complete


def test_what_should_stand_there_instead_is_a_missed_span_too() -> None:
    session = session_over(["We flew to New York City."])
    run = session.run([source("LOC", ["New York"])])
    evidence = judged_evidence(session.corpus, [Verdict(0, 11, 19, "LOC", right=False, instead=((11, 24, "LOC"),))])

    assert [(case.kind, case.cause) for case in find_causes(run, evidence)] == [
        ("wrong", Cause.BOUNDARY),
        ("missed", Cause.BOUNDARY),
    ]


def test_read_texts_and_single_verdicts_go_together() -> None:
    texts = ["Rome is old.", "Paris is old."]
    session = session_over(texts)
    run = session.run([source("LOC", ["Rome", "Paris"])])
    read = gold_evidence(session.corpus, [gold(0, texts[0])])
    both = joined_evidence(read, judged_evidence(session.corpus, [Verdict(1, 0, 5, "LOC", right=True)]))

    assert outcome_of(run, both).verdict.tolist() == [0, 1]
    assert both.is_complete


def test_every_error_against_gold_has_exactly_one_cause() -> None:
    text = "Ann Lee met US troops in New York City; will Rome or Tallinnas fall, June?"
    session = session_over([text])
    sources = [source("PER", ["Ann", "June"]), source("LOC", ["New York", "Tallinn", "us"], case="ignore")]
    evidence = gold_evidence(
        session.corpus, [gold(0, text, ("Ann Lee", "PER"), ("New York City", "LOC"), ("Rome", "LOC"), ("Tallinnas", "LOC"))]
    )
    run = session.run(sources)
    outcome, cases = outcome_of(run, evidence), find_causes(run, evidence, sources)

    assert sorted(case.row for case in cases if case.kind == "wrong") == sorted(outcome.rows[outcome.verdict == 0].tolist())
    assert sorted(case.row for case in cases if case.kind == "missed") == [
        row for row, found in enumerate(outcome.found) if not found
    ]


def test_gold_on_another_text_is_refused() -> None:
    session = session_over(["Rome."])
    with pytest.raises(InputError, match="not among the texts"):
        gold_evidence(session.corpus, [gold(0, "Paris.")])


def test_given_labels_are_a_run_of_lists_called_like_them() -> None:
    text = "Rome and rome; New York."
    session = session_over([text])
    spans = [
        Span(0, 4, "LOC"),
        Span(9, 13, "PER", source="rules", name="Rome"),
        Span(15, 23, "LOC"),
        Span(15, 18, "LOC", kind="lost"),
    ]
    run = run_of_labels(session.corpus, [Document("0", text, spans=spans)])

    assert [source.name for source in run.rules.sources] == ["LOC", "rules"]
    starts, ends = run.characters_of(slice(None))
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == [(0, 4), (9, 13), (15, 23)]
    assert run.rules.sources[1].entity_list.surfaces == ["Rome"]


def test_between_two_files_what_is_labelled_elsewhere_takes_the_place_of_lists() -> None:
    text = "Rome or Rome or ROME or Athens"
    session = session_over([text])
    run = run_of_labels(session.corpus, [Document("0", text, spans=[Span(0, 4, "LOC")])])
    truth = [Span(start, end, "LOC", kind="gold") for start, end in ((0, 4), (8, 12), (16, 20), (24, 30))]
    cases = find_causes(run, gold_evidence(session.corpus, [Document("0", text, spans=truth)]), knows_lists=False)

    assert [(case.cause, case.why) for case in cases] == [
        (Cause.NOT_LISTED, "it is labelled elsewhere, and not here"),
        (Cause.CASE, "it is labelled elsewhere as 'Rome', in another case"),
        (Cause.NOT_LISTED, "nothing like it is labelled elsewhere with this label"),
    ]
