"""Names that begin and end inside tokens: compounds, and scripts that do not part words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.annotate import Annotator, Source
from farspan.diff import difference
from farspan.errors import OptionError
from farspan.model import Document, Span
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary


def spans(text: str, names: Sequence[str], tokenizer: str = "unicode", **options: Any) -> list[Span]:
    source = Source(EntityList.from_names("X", names), MatchingOptions(boundary="anywhere").changed(options))
    (document,) = Annotator([source], tokenizer=tokenizer).annotate([Document("d", text)])
    return list(document.spans)


def found(text: str, names: Sequence[str], tokenizer: str = "unicode", **options: Any) -> list[str]:
    return [text[span.start : span.end] for span in spans(text, names, tokenizer, **options)]


def test_german_compounds_hold_names() -> None:
    text = "Eine Berlinreise, die Nordseeküste und Berlin-München-Flüge"
    assert found(text, ["Berlin", "Nordsee", "München"], "whitespace") == ["Berlin", "Nordsee", "Berlin", "München"]
    assert [(span.start, span.end) for span in spans(text, ["Nordsee"])] == [(22, 29)]


def test_thai_and_chinese_need_no_words() -> None:
    assert found("ฉันอยู่กรุงเทพมหานครและเชียงใหม่", ["กรุงเทพมหานคร", "เชียงใหม่", "กรุงเทพ"], "whitespace") == ["กรุงเทพมหานคร", "เชียงใหม่"]
    assert found("我在北京大学读书,他在上海", ["北京", "北京大学", "上海"], "whitespace") == ["北京大学", "上海"]


def test_a_name_may_break_over_a_line_but_not_over_a_space() -> None:
    assert found("我在北\n京,不是北 京", ["北京"], "whitespace") == ["北\n京"]
    assert found("NewYork, New York, New\nYork", ["New York"]) == ["New York", "New\nYork"]


def test_a_character_is_never_cut() -> None:
    assert found("Anne\u0301e", ["Anne"]) == []
    assert found("กำ", ["ก"], "whitespace") == []


def test_marks_and_case_count_as_the_options_say() -> None:
    assert found("محـمد", ["محمد"]) == []
    assert found("والمحـمد", ["محمد"], marks="fold") == ["محـمد"]
    assert found("BERLINreise", ["Berlin"]) == []
    assert found("BERLINreise", ["Berlin"], case="ignore") == ["BERLIN"]
    assert found("die berlinreise", ["Berlin"], case="first") == ["berlin"]
    assert found("panatom", ["NATO", "Pana"], case="smart") == ["pana"]


def test_filters_count_words_and_characters_of_the_name() -> None:
    assert found("Berlinreise", ["Berlin"], min_length=7) == []
    assert found("Berlinreise", ["Berlin"], min_tokens=2) == []
    assert found("Neu Delhireise", ["Neu Delhi"], min_tokens=2) == ["Neu Delhi"]
    assert found("der Berlinreise", ["Berlin"], left=["die"]) == []
    assert found("Almodóvarfilm", ["Pedro Almodóvar"], split="parts") == ["Almodóvar"]


def test_options_that_compare_words_cannot_go_with_it() -> None:
    with pytest.raises(OptionError, match="lemma compares words"):
        found("Berlin", ["Berlin"], lemma="on")


def test_lists_on_tokens_compete_with_it_by_characters() -> None:
    sources = [
        Source(EntityList.from_names("LOC", ["Berlin", "Mitte"]), MatchingOptions(boundary="anywhere")),
        Source(EntityList.from_names("X", ["Berlinreise", "Stadtmitte"])),
    ]
    (document,) = Annotator(sources, tokenizer="unicode").annotate([Document("d", "Berlinreise nach StadtMitte")])
    assert [(span.label, span.start, span.end) for span in document.spans] == [("X", 0, 11), ("LOC", 22, 27)]


def test_what_a_token_format_cannot_hold_is_counted_as_lost() -> None:
    from farspan.formats.flat import flatten
    from farspan.formats.loss import Loss

    source = Source(EntityList.from_names("LOC", ["Berlin"]), MatchingOptions(boundary="anywhere"))
    (document,) = Annotator([source], tokenizer="unicode").annotate([Document("d", "Berlinreise nach Berlin")])
    loss = Loss()
    assert document.tokens is not None
    assert flatten(document, document.tokens, {"kept"}, loss).starts.tolist() == [2]
    assert "borders" in str(loss.counts)


def _session(texts: Sequence[str]) -> Session:
    tokenizer = make_tokenizer("whitespace", "xx", Vocabulary())
    return Session(
        build_corpus([Document(str(i), text) for i, text in enumerate(texts)], tokenizer, "xx"), Lexicon(tokenizer, "xx")
    )


def test_a_session_and_its_differences_know_characters() -> None:
    session, names = _session(["北京上海", "上海 北京"]), EntityList.from_names("X", ["北京", "上海"])
    on_tokens = session.run([Source(names)])
    anywhere = session.run([Source(names, MatchingOptions(boundary="anywhere"))])
    again = session.run([Source(names, MatchingOptions(boundary="anywhere", exclude=("北京",)))])
    assert (len(on_tokens.spans), len(anywhere.spans), len(again.spans)) == (2, 4, 2)
    changes = [(change.change, change.document, change.text) for change in difference(on_tokens, anywhere).changes()]
    assert changes == [("added", "0", "北京"), ("added", "0", "上海")]
    assert len(difference(anywhere, again).removed) == 2


def slow(text: str, names: Sequence[str]) -> set[tuple[int, int, str]]:
    """Every place of every name, found by trying each; white space only as the name has it or with a line break."""

    def ends(at: int, name: str) -> set[int]:
        if not name:
            return {at}
        if name[0] == " ":
            reached = at
            while reached < len(text) and text[reached].isspace():
                reached += 1
            return ends(reached, name[1:]) if reached > at else set()
        if at < len(text) and text[at] == name[0]:
            after = at + 1
            reached = after
            while reached < len(text) and text[reached].isspace():
                reached += 1
            here = ends(after, name[1:])
            return here | (ends(reached, name[1:]) if len(name) > 1 and name[1] != " " and "\n" in text[after:reached] else set())
        return set()

    return {(start, end, name) for name in names for start in range(len(text)) for end in ends(start, name)}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.text("ab \n", max_size=14), min_size=1, max_size=3),
    st.lists(
        st.text("ab ", min_size=1, max_size=4).map(lambda s: " ".join(s.split())).filter(bool),
        min_size=1,
        max_size=5,
        unique=True,
    ),
)
def test_places_are_those_of_a_plain_search(texts: list[str], names: list[str]) -> None:
    session = _session(texts)
    run = session.run([Source(EntityList.from_names("X", names), MatchingOptions(boundary="anywhere", across_sentences=True))])

    rows = np.arange(len(run.contest))
    starts, ends = run.characters(rows)
    documents = run.corpus.document_of(run.contest.starts).tolist()
    surfaces = run.rules.sources[0].entity_list.surfaces
    got = [(d, int(s), int(e), surfaces[n]) for d, s, e, n in zip(documents, starts, ends, run.contest.names, strict=True)]
    assert len(got) == len(set(got))
    assert set(got) == {(number, *place) for number, text in enumerate(texts) for place in slow(text, names)}
    for row, (document, start, end, _) in enumerate(got):
        tokens = run.corpus.documents[document].tokens
        assert tokens is not None
        first = run.contest.starts[row] - run.corpus.doc_offsets[document]
        last = run.contest.ends[row] - run.corpus.doc_offsets[document] - 1
        assert tokens.starts[first] <= start < tokens.ends[first]
        assert tokens.starts[last] < end <= tokens.ends[last]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("ab ", max_size=10), min_size=1, max_size=3),
    st.lists(st.sampled_from(["a", "ab", "ba", "bb"]), unique=True, min_size=1),
)
def test_kept_spans_never_overlap(texts: list[str], names: list[str]) -> None:
    source = Source(EntityList.from_names("X", names), MatchingOptions(boundary="anywhere"))
    for document in Annotator([source], tokenizer="whitespace", policy=ConflictPolicy()).annotate(
        [Document(str(i), text) for i, text in enumerate(texts)]
    ):
        places = [(span.start, span.end) for span in document.spans]
        assert places == sorted(places)
        assert all(end <= start for (_, end), (start, _) in pairwise(places))
