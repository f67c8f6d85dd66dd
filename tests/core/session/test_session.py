"""Tuning: whatever options change, in whatever order, a session gives what a run from scratch gives."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.model import Document
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.run import Run, Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

TEXT = (
    "The June rain in New York. New York City Hall stood; the city of York, and NEW YORK! Ann Lee met Łukasz in Lodz, and Lukasz"
    " went to Łódź in june. Is It the it? YORK city, new york, Ann\u00e9, Anne\u0301.\n\n" * 3
)
LISTS = [
    EntityList.from_names(
        "LOC", ["New York", "York", "New York City Hall", "Łódź", {"name": "Big Apple", "aliases": ["NEW YORK"]}], name="places"
    ),
    EntityList.from_names("PER", ["Ann Lee", "June", "Lukasz", "Anné", "It"], name="people"),
    EntityList.from_names("MISC", ["City Hall", "rain in New York", "june", "York"], name="other"),
]

changes: dict[str, st.SearchStrategy[Any]] = {
    "case": st.sampled_from(["exact", "first", "ignore", "smart"]),
    "diacritics": st.sampled_from(["keep", "fold"]),
    "min_length": st.integers(0, 5),
    "min_tokens": st.integers(0, 2),
    "exclude": st.sampled_from([(), ("York",), ("june", "It")]),
    "stopwords": st.sampled_from(["", "en"]),
    "aliases": st.booleans(),
    "active": st.booleans(),
    "priority": st.integers(-1, 1),
    "label": st.sampled_from(["", "X"]),
    "across_sentences": st.booleans(),
}
change = st.tuples(
    st.integers(0, 2), st.sampled_from(sorted(changes)).flatmap(lambda name: st.tuples(st.just(name), changes[name]))
)
policy = st.builds(ConflictPolicy, scope=st.sampled_from(["greedy", "cluster"]), nested=st.booleans())


def make_session() -> Session:
    tokenizer = make_tokenizer("unicode", "en", Vocabulary())
    return Session(build_corpus([Document("a", TEXT), Document("b", TEXT[40:])], tokenizer, "en"), Lexicon(tokenizer, "en"))


def story(run: Run) -> list[Any]:
    contest, decisions, spans = run.contest, run.decisions, run.spans
    rows = (contest.starts, contest.ends, contest.sources, contest.names, decisions.status, decisions.winner, decisions.criterion)
    labels = [run.rules.labels[number] for number in spans.label_ids]
    return [*(column.tolist() for column in rows), spans.starts.tolist(), spans.ends.tolist(), labels]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(change, policy), min_size=1, max_size=6))
def test_a_session_gives_what_a_run_from_scratch_gives(steps: list[tuple[tuple[int, tuple[str, Any]], ConflictPolicy]]) -> None:
    session = make_session()
    options = [MatchingOptions()] * len(LISTS)
    for (number, (name, value)), policy in steps:
        options[number] = options[number].changed({name: value})
        sources = [Source(names, how) for names, how in zip(LISTS, options, strict=True)]
        assert story(session.run(sources, policy)) == story(make_session().run(sources, policy))
