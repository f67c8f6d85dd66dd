"""Given the candidates of real texts, when they are filtered and sorted in arrays, then the result is that of plain Python."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.decide.conflicts import Status
from farspan.errors import OptionError
from farspan.model import Document
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.run import Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.store.work import Edit
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary
from farspan_app.gui.models.facets import RISKS
from farspan_app.gui.models.kwic import SORTS, Kwic, Query, _ranked_in_python, ranked
from farspan_app.gui.models.searching import Search
from farspan_app.gui.views.spans import Verdict

TEXTS = {
    "b": "Ann Taylor met Taylor in New York City. In new Berlin, Ann sings.",
    "a": "አዲስ አበባ የኢትዮጵያ ዋና ከተማ ናት። በአዲስ አበባ Taylor አለ። Berlin አዲስ አበባ",
    "c": "القاهرة عاصمة مصر، زار Ann مدينة القاهرة\nمصر",
    "d": "",
}
LISTS = {"LOC": ["New York", "New York City", "Berlin", "አዲስ አበባ", "القاهرة", "مصر"], "PER": ["Ann", "Ann Taylor", "Taylor"]}


def run_over(texts, lists, **options):
    tokenizer = make_tokenizer("unicode", "xx", Vocabulary())
    corpus = build_corpus([Document(name, text) for name, text in texts.items()], tokenizer, "xx")
    sources = [
        Source(EntityList.from_names(label, names, name=label.lower()), MatchingOptions().changed(options))
        for label, names in lists.items()
    ]
    return Session(corpus, Lexicon(tokenizer, "xx")).run(sources, ConflictPolicy())


@pytest.fixture(scope="module")
def run():
    return run_over(TEXTS, LISTS)


@pytest.fixture(scope="module")
def kwic(run):
    return Kwic(run)


def plain_key(run, row, key):
    """The slow twin: what a row is sorted by, read from tokens one by one."""
    contest, corpus = run.contest, run.corpus
    first, last = int(contest.starts[row]), int(contest.ends[row]) - 1
    number = int(corpus.document_of(np.array([first]))[0])
    if key[0] in "LR" and key[1:].isdigit():
        token = first - int(key[1:]) if key[0] == "L" else last + int(key[1:])
        inside = corpus.doc_offsets[number] <= token < corpus.doc_offsets[number + 1]
        word = corpus.vocabulary[int(corpus.ids[token])] if inside else ""
        return word.casefold(), word
    document = corpus.documents[number]
    match = document.text[corpus.starts[first] : corpus.ends[last]].replace("\n", " ")
    source, name, _ids = run.rules.origin(int(contest.sources[row]), int(contest.names[row]))
    text = {"match": match, "name": name, "list": source, "label": run.rules.labels[run.label_ids[row]], "document": document.id}
    if key == "risk":
        return 0.0
    if key == "status":
        return int(run.decisions.status[row])
    return row if key == "place" else (text[key].casefold(), text[key])


@given(st.lists(st.sampled_from(SORTS), min_size=1, max_size=3), st.booleans())
@settings(max_examples=60, deadline=None)
def test_sorting_is_that_of_plain_python(keys, descending):
    run = _RUN or _RUN.append(run_over(TEXTS, LISTS)) or _RUN
    kwic = Kwic(run[0])
    rows, expected = np.arange(len(kwic)), list(range(len(kwic)))
    for key in keys:
        rows = kwic.sorted(rows, key, descending=descending)
        # Equal rows keep their order downwards too.
        expected.sort(key=lambda row, key=key: plain_key(run[0], row, key), reverse=descending)
    if not descending:
        assert rows.tolist() == expected
    else:
        assert [plain_key(run[0], row, keys[-1]) for row in rows] == [plain_key(run[0], row, keys[-1]) for row in expected]


_RUN = []


def asked(search=None, around=False, **facets):
    return Query(search or Search(""), around, {facet: frozenset(values) for facet, values in facets.items()})


def matches(kwic, **query):
    return [kwic.line(int(row)).match for row in kwic.rows(asked(**query))]


def test_a_line_is_the_match_with_its_neighbours_on_one_line(kwic):
    [row] = kwic.rows(asked(Search("القاهرة"), document={"c"}))[-1:]
    line = kwic.line(int(row))
    assert (line.match, line.right, line.label, line.source) == ("القاهرة", " مصر", "LOC", "loc")
    assert line.left.endswith("مدينة ")


def test_filters_combine(kwic):
    assert set(matches(kwic, label={"PER"})) == {"Ann", "Ann Taylor", "Taylor"}
    assert matches(kwic, label={"PER"}, status={"lost"}) == ["Ann", "Taylor"]
    assert matches(kwic, list={"loc"}, document={"b"}, status={"kept"}) == [
        "New York City",
        "Berlin",
    ]


def test_searching_by_case_words_and_expression(kwic):
    assert set(matches(kwic, search=Search("taylor"))) == {"Ann Taylor", "Taylor"}
    assert matches(kwic, search=Search("taylor", match_case=True)) == []
    assert set(matches(kwic, search=Search("York", whole_words=True))) == {"New York", "New York City"}
    assert matches(kwic, search=Search("ork", whole_words=True)) == []
    assert set(matches(kwic, search=Search("^አዲስ|^Berl", regex=True))) == {"አዲስ አበባ", "Berlin"}
    assert matches(kwic, search=Search("A.n")) == []


def test_searching_around_looks_at_the_context_too(kwic):
    assert matches(kwic, search=Search("sings")) == []
    assert matches(kwic, search=Search("sings"), around=True) == matches(kwic, document={"b"})


def test_a_faulty_expression_is_said_to_be_one(kwic):
    with pytest.raises(OptionError, match="no regular expression"):
        kwic.rows(Query(Search("(a", regex=True)))


def test_verdicts_and_labels_of_people_are_shown_and_filtered_by(run):
    place = ("b", 43, 49, "LOC")
    start = TEXTS["b"].index("Berlin")
    edit = Edit(1, 0, 7, "relabel", "LOC", new_label="CITY")
    kwic = Kwic(run, {("b", start, start + 6, "LOC"): "rejected", place: "accepted"}, {1: [edit]})
    assert matches(kwic, verdict={"rejected"}) == ["Berlin"]
    assert matches(kwic, label={"CITY"}) == ["አዲስ አበባ"]
    assert [kwic.line(int(row)).verdict for row in kwic.rows(asked(label={"CITY"}))] == [Verdict.ACCEPTED]
    assert len(matches(kwic, verdict={"unjudged"})) == len(kwic) - 2


def test_names_inside_tokens_are_rows_of_their_own_text():
    kwic = Kwic(run_over({"x": "Berlinreise und Berliner"}, {"LOC": ["Berlin"]}, boundary="anywhere"))
    assert matches(kwic) == ["Berlin", "Berlin"]
    assert matches(kwic, search=Search("Berlin", whole_words=True)) == ["Berlin", "Berlin"]
    assert kwic.line(0).right == "reise und Berliner"


def test_nothing_found_is_no_row():
    kwic = Kwic(run_over({"x": "nothing here"}, {"LOC": ["Berlin"]}))
    assert len(kwic.rows(Query(Search("a")))) == 0
    assert all(len(kwic.sorted(kwic.rows(Query()), key)) == 0 for key in SORTS)


def plain_value(kwic, row, facet):
    """The slow twin of a facet: what a row is counted under, read from the row as a person reads it."""
    line, decisions = kwic.line(row), kwic.run.decisions
    if facet == "rivals":
        lost = int(decisions.status[row]) == int(Status.LOST)
        won = row in {
            int(winner) for winner, status in zip(decisions.winner, decisions.status, strict=True) if status == Status.LOST
        }
        return "lost to another" if lost else "won" if won else "alone"
    document = kwic.run.corpus.documents[line.document].id
    verdict = "unjudged" if line.verdict == Verdict.NONE else line.verdict.name.lower()
    return {"list": line.source, "label": line.label, "status": line.status.name.lower(), "verdict": verdict,
            "document": document, "name": line.name}[facet]  # fmt: skip


CHOICES = st.dictionaries(
    st.sampled_from(["list", "label", "status", "document", "name", "rivals"]),
    st.frozensets(st.sampled_from(["loc", "LOC", "PER", "kept", "lost", "a", "b", "Ann", "Berlin", "won", "alone"]), max_size=3),
    max_size=3,
)


@given(CHOICES)
@settings(max_examples=60, deadline=None)
def test_facets_count_what_passes_all_the_others(chosen):
    run = _RUN or _RUN.append(run_over(TEXTS, LISTS)) or _RUN
    kwic = Kwic(run[0], {("b", TEXTS["b"].index("Berlin"), TEXTS["b"].index("Berlin") + 6, "LOC"): "rejected"})

    def passes(row, facets):
        return all(not wanted or plain_value(kwic, row, facet) in wanted for facet, wanted in facets.items())

    rows = range(len(kwic))
    assert kwic.rows(Query(chosen=chosen)).tolist() == [row for row in rows if passes(row, chosen)]
    for count in kwic.facets.counts(chosen, np.ones(len(kwic), np.bool_)):
        if count.facet == "risk":  # not known here
            assert not count.values
            continue
        others = {facet: wanted for facet, wanted in chosen.items() if facet != count.facet}
        expected = Counter(plain_value(kwic, row, count.facet) for row in rows if passes(row, others))
        assert {value: number for value, number in count.values if number} == dict(expected)


def test_values_of_a_facet_are_found_by_a_part_of_them(kwic):
    [names] = [count for count in kwic.facets.counts({}, np.ones(len(kwic), np.bool_), "york") if count.facet == "name"]
    assert [value for value, _ in names.values] == ["New York", "New York City"]


def test_rows_are_sorted_and_counted_by_their_risk_once_it_is_known(run):
    risks = np.linspace(0.05, 0.95, len(run.contest))
    kwic = Kwic(run, risks=risks)
    assert kwic.sorted(np.arange(len(kwic)), "risk", descending=True).tolist() == list(range(len(kwic)))[::-1]
    riskiest = kwic.rows(asked(risk={"riskiest fifth"}))
    assert riskiest.tolist() == np.flatnonzero(risks > np.quantile(risks, 0.8)).tolist()
    assert len(kwic.rows(asked(risk=set(RISKS)))) == len(kwic)
    assert kwic.line(0).risk == 0.05


@given(st.lists(st.text(st.characters(codec=None), max_size=4), max_size=30))
def test_ranks_are_those_of_pythons_own_order(strings):
    assert ranked(strings).tolist() == _ranked_in_python(strings).tolist()
