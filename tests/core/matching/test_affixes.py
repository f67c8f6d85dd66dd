"""Words of the text may lose clitics and endings before they are compared."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.annotate import Annotator, Source
from farspan.errors import OptionError
from farspan.matching.affixes import Affixes, rests_of, without_affixes
from farspan.matching.matcher import SourceMatcher, stream_of
from farspan.matching.names import PreparedList
from farspan.matching.profiles import NormalForms, Profiles
from farspan.model import Document
from farspan.options import MatchingOptions, option
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.normalize import Profile, normal_forms
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

# From an Amharic almanac (geez.org, CC BY-SA 4.0): the prepositions በ ለ ከ and የ (of) are written on the name.
AMHARIC = "በኢትዮጵያ እና በአዲስ አበባ የትግራይ ክልል ከጎንደር ወደ መቀሌ"
AMHARIC_NAMES = ["ኢትዮጵያ", "አዲስ አበባ", "ትግራይ", "ጎንደር", "መቀሌ"]
AMHARIC_PREFIXES = ["በ-", "የ-", "ለ-", "ከ-"]


def found(text: str, names: Sequence[str], lang: str = "xx", *, tokenizer: str = "unicode", **options: Any) -> list[Any]:
    source = Source(EntityList.from_names("LOC", names), MatchingOptions().changed(options))
    (document,) = Annotator([source], lang=lang, tokenizer=tokenizer).annotate([Document("d", text)])
    return [(text[span.start : span.end], span.name, span.score) for span in document.spans]


def test_amharic_names_are_found_behind_their_prepositions() -> None:
    assert found(AMHARIC, AMHARIC_NAMES, "am") == [("መቀሌ", "መቀሌ", 1.0)]
    assert found(AMHARIC, AMHARIC_NAMES, "am", prefixes=AMHARIC_PREFIXES) == [
        ("በኢትዮጵያ", "ኢትዮጵያ", 0.95),
        ("በአዲስ አበባ", "አዲስ አበባ", 0.95),
        ("የትግራይ", "ትግራይ", 0.95),
        ("ከጎንደር", "ጎንደር", 0.95),
        ("መቀሌ", "መቀሌ", 1.0),
    ]


def test_estonian_case_endings_are_taken_off_every_word() -> None:
    text = "Tallinnas, Tartust ja Kohtla-Järvele; Uues Yorgis ja Riias"
    names = ["Tallinn", "Tartu", "Järve", "Riia"]
    assert [name for _, name, _ in found(text, names, "et", suffixes=["-as", "-st", "-le", "-s"])] == [
        "Tallinn",
        "Tartu",
        "Järve",
        "Riia",
    ]


def test_an_ending_may_hang_on_an_apostrophe_a_hyphen_or_a_colon() -> None:
    text = "İstanbul'da EU:ssa NATO-s"
    source = Source(EntityList.from_names("X", ["İstanbul", "EU", "NATO"]), MatchingOptions(suffixes=("-da", "ssa", "-s")))
    (document,) = Annotator([source], tokenizer="whitespace").annotate([Document("d", text)])
    assert [(text[span.start : span.end], span.name) for span in document.spans] == [
        ("İstanbul'da", "İstanbul"), ("EU:ssa", "EU"), ("NATO-s", "NATO"),
    ]  # fmt: skip


def test_a_prefix_and_a_suffix_can_go_together() -> None:
    assert found("በኢትዮጵያና", ["ኢትዮጵያ"], "am", prefixes=["በ"], suffixes=["ና"]) == [("በኢትዮጵያና", "ኢትዮጵያ", 0.95)]


@pytest.mark.parametrize(("text", "name"), [("As", "A"), ("Tas", "T"), ("ስስ", "ስት")])
def test_too_little_is_never_left(text: str, name: str) -> None:
    assert found(text, [name], suffixes=["s", "as", "ስ"]) == []


def test_one_character_is_enough_in_scripts_where_it_is_a_syllable_or_a_word() -> None:
    assert found("老王 来", ["王"], "zh", tokenizer="whitespace", prefixes=["老"]) == [("老王", "王", 0.95)]
    assert [name for _, name, _ in found("በቤ", ["ቤ"], "am", prefixes=["በ"])] == ["ቤ"]


def test_affixes_are_compared_as_the_other_options_say() -> None:
    assert found("TALLINNAS", ["Tallinn"], suffixes=["as"]) == []
    assert [name for _, name, _ in found("TALLINNAS", ["Tallinn"], suffixes=["as"], case="ignore")] == ["Tallinn"]
    assert [name for _, name, _ in found("Natos", ["NATO"], suffixes=["s"], case="smart")] == []
    assert [name for _, name, _ in found("NATOs in tallinnas", ["NATO", "Tallinn"], suffixes=["s", "as"], case="smart")] == [
        "NATO",
        "Tallinn",
    ]
    assert [name for _, name, _ in found("tallinnas", ["Tallinn"], suffixes=["as"], case="first")] == ["Tallinn"]


def test_only_the_text_loses_affixes_not_the_names() -> None:
    assert found("Tallinn", ["Tallinnas"], suffixes=["as"]) == []


def test_an_exact_match_scores_more_than_a_stripped_one() -> None:
    assert found("Parist", ["Paris", "Parist"], suffixes=["t"]) == [("Parist", "Parist", 1.0)]


def test_the_command_line_writes_affixes_as_a_list() -> None:
    assert option("suffixes").check(option("suffixes").parse("-s, -st,-le")) == ("-s", "-st", "-le")
    with pytest.raises(OptionError, match="takes"):
        option("prefixes").check("በ")


letters = st.text("abBé", max_size=6)


@settings(max_examples=200, deadline=None)
@given(
    letters,
    st.lists(st.text("abé", min_size=1, max_size=2), max_size=3),
    st.lists(st.text("abé", min_size=1, max_size=2), max_size=3),
)
def test_what_is_left_is_what_trying_every_cut_leaves(form: str, prefixes: list[str], suffixes: list[str]) -> None:
    expected = set()
    for prefix, suffix in product(["", *prefixes], ["", *suffixes]):
        rest = form[len(prefix) : len(form) - len(suffix)]
        if (prefix or suffix) and prefix + rest + suffix == form and len(rest) >= 2 and len(prefix) + len(suffix) <= len(form):
            expected.add(rest)
    assert set(without_affixes(form, tuple(prefixes), tuple(suffixes))) == expected


def _slow(words: Sequence[str], names: Sequence[Sequence[str]], options: MatchingOptions) -> set[tuple[int, int, int]]:
    profile = Profile("fold" if options.case == "ignore" else "keep")
    (prefixes, suffixes) = (tuple(normal_forms(affixes, profile)) for affixes in (options.prefixes, options.suffixes))
    forms = normal_forms(words, profile)
    readings = [{form, *normal_forms(list(without_affixes(form, prefixes, suffixes)), profile)} for form in forms]
    return {
        (start, start + len(name), row)
        for row, name in enumerate(names)
        for start in range(len(words) - len(name) + 1)
        if all(token in readings[start + i] for i, token in enumerate(normal_forms(name, profile)))
    }


word = st.text("abB", min_size=1, max_size=5)


@pytest.mark.parametrize("plan", ["postings", "trie"])
@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(word, min_size=1, max_size=12), min_size=1, max_size=3),
    st.lists(st.lists(word, min_size=1, max_size=3), min_size=1, max_size=8),
    st.lists(st.sampled_from(["a", "b", "ab"]), unique=True, min_size=1),
    st.sampled_from(["exact", "ignore"]),
)
def test_matches_are_those_of_a_plain_loop_over_readings(
    plan: Any, batches: list[list[str]], names: list[list[str]], affixes: list[str], case: Any
) -> None:
    vocabulary = Vocabulary()
    profiles, tokenizer = Profiles(vocabulary, "xx"), make_tokenizer("whitespace", "xx", vocabulary)
    entity_list = EntityList.from_names("X", [" ".join(name) for name in names])
    options = MatchingOptions(case=case, prefixes=tuple(affixes), suffixes=tuple(affixes), across_sentences=True)
    matcher = SourceMatcher(PreparedList(entity_list, tokenizer), options, profiles, plan)
    tokens = [surface.split() for surface in entity_list.surfaces]
    for words in batches:  # the vocabulary grows from batch to batch
        corpus = build_corpus([Document("d", " ".join(words))], tokenizer, "xx")
        got = matcher.match(corpus, stream_of(corpus, profiles, matcher.coarse))
        rows = list(zip(got.starts.tolist(), got.ends.tolist(), got.names.tolist(), strict=True))
        assert len(rows) == len(set(rows))
        assert set(rows) == _slow(words, tokens, options)


def test_what_is_left_finds_names_that_come_later() -> None:
    vocabulary = Vocabulary(["Tallinnas"])
    forms = NormalForms(vocabulary, Profile())
    affixes = Affixes(vocabulary, forms, forms, [], ["as"])
    assert affixes.readings().tokens.tolist() == []
    vocabulary.intern(["Tallinn"])
    assert affixes.readings().tokens.tolist() == [1]
    assert affixes.readings().find(np.array([0], np.int32), np.array([1], np.int32)).tolist() == [0]


AFFIXES = st.lists(st.sampled_from(["a", "b", "ab", "-b", "'s", "ስ", "በ", "é"]), unique=True, max_size=3).map(tuple)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("ab-'sስበé\n", max_size=6), max_size=8), AFFIXES, AFFIXES)
def test_rests_of_many_forms_are_those_of_each(forms: list[str], prefixes: tuple[str, ...], suffixes: tuple[str, ...]) -> None:
    expected = {(row, rest) for row, form in enumerate(forms) for rest in without_affixes(form, prefixes, suffixes)}
    assert set(zip(*rests_of(forms, prefixes, suffixes), strict=True)) == expected
