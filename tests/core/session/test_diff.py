"""What a rule change does, span by span."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.diff import difference
from farspan.model import Document
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.run import Run, Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

TEXT = "In June it rained. The june bride of New York City met Ann Lee Smith in new york. Ann Lee saw York."
PLACES = EntityList.from_names("LOC", ["New York", "New York City", "York"], name="places")
PEOPLE = EntityList.from_names("PER", ["June", "Ann Lee", "York City", "Lee Smith"], name="people")


def make_session(text: str = TEXT) -> Session:
    tokenizer = make_tokenizer("unicode", "en", Vocabulary())
    return Session(build_corpus([Document("d", text)], tokenizer, "en"), Lexicon(tokenizer, "en"))


def run(session: Session, policy: ConflictPolicy | None = None, **options: Any) -> Run:
    per_list = {name: MatchingOptions().changed(options.get(name, {})) for name in ("places", "people")}
    return session.run([Source(PLACES, per_list["places"]), Source(PEOPLE, per_list["people"])], policy)


def test_a_span_that_appears_is_added() -> None:
    session = make_session()
    found = difference(run(session), run(session, places={"case": "ignore"}))
    (change,) = found.changes(context=8)
    assert (change.change, change.text, change.left, change.right) == ("added", "new york", "mith in ", ". Ann Le")
    assert found.by_label == {"LOC": {"added": 1, "removed": 0, "changed": 0}}
    assert found.same == 5


def test_a_span_that_goes_is_removed() -> None:
    session = make_session()
    found = difference(run(session), run(session, people={"exclude": ["June"]}))
    assert [(change.change, change.text) for change in found.changes()] == [("removed", "June")]
    assert found.by_list == {"people": {"added": 0, "removed": 1, "changed": 0}}


def test_another_border_is_one_change() -> None:
    session = make_session()
    found = difference(run(session), run(session, people={"active": True}, places={"exclude": ["New York City"]}, policy=None))
    changes = [
        (change.change, change.before and change.before.name, change.after and change.after.name) for change in found.changes()
    ]
    assert changes == [("border", "New York City", "New York")]


def test_another_label_is_one_change() -> None:
    session = make_session()
    found = difference(run(session), run(session, places={"label": "GPE"}))
    assert {change.change for change in found.changes()} == {"label"}
    assert found.by_label == {"LOC": {"added": 0, "removed": 0, "changed": 2}}


def test_a_run_does_not_differ_from_itself() -> None:
    session = make_session()
    found = difference(run(session), run(session))
    assert list(found.changes()) == []
    assert found.same == 5


words = st.lists(st.sampled_from(["New", "York", "City", "Ann", "Lee", "Smith", "June", "june", "x", "."]), max_size=40)
options = st.fixed_dictionaries(
    {}, optional={"case": st.sampled_from(["ignore", "smart"]), "min_tokens": st.just(2), "active": st.booleans(), "label": st.just("Z"), "priority": st.just(1)}
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(words, options, options, st.booleans())
def test_a_difference_applied_to_the_first_run_gives_the_second(
    words: list[str], a: dict[str, Any], b: dict[str, Any], nested: bool
) -> None:
    session = make_session(" ".join(words))
    policy = ConflictPolicy(nested=nested)
    before, after = run(session, policy, places=a), run(session, policy, people=b)

    def triples(one: Run, rows: Any) -> list[tuple[int, int, str]]:
        spans = one.spans
        return [(int(spans.starts[r]), int(spans.ends[r]), one.rules.labels[spans.label_ids[r]]) for r in rows]

    found = difference(before, after)
    old, new = triples(before, range(len(before.spans))), triples(after, range(len(after.spans)))
    gone = triples(before, found.removed) + triples(before, found.changed[:, 0])
    come = triples(after, found.added) + triples(after, found.changed[:, 1])
    assert set(old) - set(gone) | set(come) == set(new)
    assert not set(gone) & set(new)
    assert not set(come) & set(old)
    assert found.same == len(old) - len(gone)
    for one, other in zip(triples(before, found.changed[:, 0]), triples(after, found.changed[:, 1]), strict=True):
        assert one[0] < other[1]
        assert other[0] < one[1]
