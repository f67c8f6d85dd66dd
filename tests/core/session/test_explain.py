"""Why a word is labelled as it is, and what would change it."""

from __future__ import annotations

from typing import Any

import pytest

from farspan.explain import Explanation, explain
from farspan.model import Document
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.run import Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

PLACES = EntityList.from_names("LOC", [{"name": "New York", "id": "Q60"}, "York", "Łódź", "Rom"], name="places")
PEOPLE = EntityList.from_names("PER", ["York Minster", "June", "New"], name="people")


def story_of(word: str, text: str, policy: ConflictPolicy | None = None, **options: dict[str, Any]) -> Explanation:
    tokenizer = make_tokenizer("unicode", "en", Vocabulary())
    session = Session(build_corpus([Document("other", "Rom."), Document("d", text)], tokenizer, "en"), Lexicon(tokenizer, "en"))
    sources = [Source(names, MatchingOptions().changed(options.get(names.name, {}))) for names in (PLACES, PEOPLE)]
    return explain(session.run(sources, policy), session, sources, 1, text.index(word))


def test_a_word_that_is_kept_says_by_which_name() -> None:
    found = story_of("York", "I saw New York.")
    assert (found.document, found.text, found.outcome) == ("d", "York", "LOC 'New York'")
    kept = found.stories[0]
    assert (kept.span.name, kept.span.ids, kept.reason) == ("New York", ("Q60",), "kept")


def test_a_loss_names_the_winner_and_the_criterion() -> None:
    lost = [story for story in story_of("York", "I saw New York.").stories if story.span.name == "York"]
    assert [story.reason for story in lost] == ["lost to LOC 'New York' of places by length"]
    assert lost[0].winner is not None
    assert lost[0].winner.name == "New York"


def test_a_blocked_name_names_the_option() -> None:
    found = story_of("Rom", "In Rom.", places={"min_length": 4})
    assert [(story.reason, story.option) for story in found.stories] == [("blocked by min_length", "min_length")]
    assert str(found.flips[0]) == "LOC 'Rom' if places.min_length = 0"


def test_the_smallest_change_that_would_let_a_word_match() -> None:
    found = story_of("june", "The june bride.")
    assert found.outcome == "no label"
    assert found.stories == []
    assert str(found.flips[0]) == "PER 'june' if people.case = first"


def test_folding_diacritics_is_offered_where_it_helps() -> None:
    found = story_of("Lodz", "In Lodz.")
    assert [str(flip) for flip in found.flips] == ["LOC 'Lodz' if places.diacritics = fold"]


def test_a_higher_priority_is_offered_where_it_would_win() -> None:
    # Both cover two tokens, so the earlier list wins until the later one is given more weight.
    found = story_of("York", "New York Minster", policy=ConflictPolicy(criteria=("priority", "length")))
    assert found.outcome == "LOC 'New York'"
    assert "PER 'York Minster' if people.priority = 1" in [str(flip) for flip in found.flips]


def test_a_list_that_is_switched_off_is_part_of_the_story() -> None:
    found = story_of("June", "In June.", people={"active": False})
    assert found.outcome == "no label"
    assert "PER 'June' if people.active = yes" in [str(flip) for flip in found.flips]


def test_the_smallest_side_effect_comes_first() -> None:
    found = story_of("june", "The june bride met june in york and june.")
    assert [flip.elsewhere for flip in found.flips] == sorted(flip.elsewhere for flip in found.flips)


def test_a_place_behind_the_text_has_no_story() -> None:
    tokenizer = make_tokenizer("unicode", "en", Vocabulary())
    session = Session(build_corpus([Document("d", "Rom")], tokenizer, "en"), Lexicon(tokenizer, "en"))
    with pytest.raises(IndexError):
        explain(session.run([Source(PLACES)]), session, [Source(PLACES)], 0, 99)


def test_a_letter_more_or_less_is_offered_where_it_helps() -> None:
    tokenizer = make_tokenizer("unicode", "xx", Vocabulary())
    session = Session(build_corpus([Document("d", "in Cathmandu today")], tokenizer, "xx"), Lexicon(tokenizer, "xx"))
    sources = [Source(EntityList.from_names("LOC", ["Kathmandu"], name="cities"))]
    story = explain(session.run(sources), session, sources, 0, 4)
    assert "LOC 'Cathmandu' if cities.fuzzy = 1" in [str(flip) for flip in story.flips]


def test_an_empty_list_of_prefixes_is_shown_as_none() -> None:
    found = story_of("Lodz", "In Lodz and alRom.", places={"prefixes": ("al",)})
    assert str(found.flips[0]) == "LOC 'Lodz' if places.diacritics = fold"
    found = story_of("alRom", "In alRom.", places={"prefixes": ("al",)})
    assert "no label if places.prefixes = (none)" in [str(flip) for flip in found.flips]
