"""Human work belongs to places in texts: it survives new runs, and finds its place again when a text comes in changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import InputError
from farspan.model import Document, Relation, Span
from farspan.store.anchors import Reattacher, anchor
from farspan.store.edited import apply_edits
from farspan.store.project import Project
from farspan.store.work import Edit, GoldSpan, Judgement, Region

TEXT = "Lukas lives in New York. Ann lives in York. Ann likes New York more than York."


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "york.farspan") as project:
        project.add_documents([Document("a", TEXT)])
        yield project


def place(project, changed):
    """Where the judgement of the first document stands after the text has become `changed`."""
    project.add_documents([Document("a", changed)])
    (judgement,) = project.work.judgements()
    text = project.documents.text(1)
    return text[: judgement.start] + "[" + text[judgement.start : judgement.end] + "]" + text[judgement.end :], judgement.attached


def judge(project, surface, number=0):
    at = -1
    for _ in range(number + 1):
        at = TEXT.index(surface, at + 1)
    project.work.judge([Judgement(1, at, at + len(surface), "right", "LOC")])


@pytest.mark.parametrize(
    ("number", "changed", "expected"),
    [
        (1, "Well: " + TEXT, "Well: Lukas lives in New York. Ann lives in [York]. Ann likes New York more than York."),
        (3, TEXT.replace("lives", "dwells"), "Lukas dwells in New York. Ann dwells in York. Ann likes New York more than [York]."),
        (0, TEXT.replace("Lukas", "Nobody"), "Nobody lives in New [York]. Ann lives in York. Ann likes New York more than York."),
        (3, TEXT[44:] + " " + TEXT[:43], "Ann likes New York more than [York]. Lukas lives in New York. Ann lives in York."),
        (2, TEXT.replace("Ann likes", "Ann, of course, likes"), "Lukas lives in New York. Ann lives in York. Ann, of course, likes New [York] more than York."),
    ],
)  # fmt: skip
def test_a_judgement_moves_with_its_words(project, number, changed, expected):
    judge(project, "York", number)
    assert place(project, changed) == (expected, True)


def test_a_judgement_whose_words_are_gone_waits_for_them(project):
    judge(project, "Lukas")
    project.add_documents([Document("a", "Ann lives in York.")])
    assert [(item.attached, item.start) for item in project.work.judgements()] == [(False, 0)]
    assert place(project, "Note. Lukas lives in New York.") == ("Note. [Lukas] lives in New York.", True)


def test_a_word_is_not_found_inside_a_longer_one(project):
    judge(project, "Ann")
    project.add_documents([Document("a", "Zwei Annoncen.")])
    assert [item.attached for item in project.work.judgements()] == [False]


def test_an_import_says_how_many_places_are_gone(project):
    judge(project, "Lukas")
    project.work.add_gold([GoldSpan(1, 25, 28, "PER")], [Region(1, 0, 24)])
    project.work.edit([Edit(1, 25, 28, "never_here")])
    done = project.add_documents([Document("a", "Ann lives in York. Ann likes New York more than York.")])
    assert (done.changed, done.detached) == (1, 2)
    assert [(gold.start, gold.attached) for gold in project.work.gold()] == [(0, True)]
    assert [(edit.start, edit.attached) for edit in project.work.edits()] == [(0, True)]


def test_the_right_borders_move_along(project):
    project.work.judge([Judgement(1, 19, 23, "wrong", "LOC", right_label="LOC", right_start=15, right_end=23)])
    project.add_documents([Document("a", "Oh, " + TEXT)])
    (judgement,) = project.work.judgements()
    assert (judgement.start, judgement.right_start, judgement.right_end) == (23, 19, 27)


def test_removing_a_document_keeps_the_work_in_it_for_its_return(project):
    judge(project, "York")
    project.documents.remove([1])
    assert project.work.judgements() == []
    project.add_documents([Document("a", TEXT)])
    assert len(project.work.judgements()) == 1
    assert [document.id for document in project.documents.all()] == [1]


def test_places_outside_the_text_are_refused(project):
    with pytest.raises(InputError, match=r"no place 70:90 .* 78 characters"):
        project.work.judge([Judgement(1, 70, 90, "right")])
    with pytest.raises(InputError, match="no document has the number 9"):
        project.work.add_gold([GoldSpan(9, 0, 1, "PER")])
    with pytest.raises(InputError, match="no verdict is called 'maybe'"):
        project.work.judge([Judgement(1, 0, 5, "maybe")])
    with pytest.raises(InputError, match="new_label"):
        project.work.edit([Edit(1, 0, 5, "relabel", "PER")])
    assert [entry.action for entry in project.history.entries()] == ["add_documents"]


def test_two_documents_with_one_id_are_refused_and_leave_nothing(project):
    with pytest.raises(InputError, match="two documents are called 'b'"):
        project.add_documents([Document("b", "one"), Document("b", "two")])
    assert [document.name for document in project.documents.all()] == ["a"]


def test_a_document_comes_back_as_it_went_in(tmp_path):
    spans = (
        Span(0, 5, "PER", kind="gold"),
        Span(15, 23, "LOC", "geonames", "New York", ("Q60",), "kept", 0.9),
        Span(19, 23, "LOC"),
    )
    relations = (Relation("lives_in", 0, 1, "Q1", "Q60", "wikidata"),)
    document = Document("a", TEXT, {"path": "a.txt", "n": [1, 2]}, spans=spans, relations=relations)
    with Project.create(tmp_path / "p.farspan") as project:
        project.add_documents([document])
        (back,) = project.documents.read()
        assert (back.id, back.text, back.meta) == (document.id, document.text, document.meta)
        assert tuple(back.spans) == spans
        assert tuple(back.relations) == relations
        project.work.remove_gold([1])
        (back,) = project.documents.read()
        assert tuple(back.spans) == spans[1:]
        assert back.relations == []


def test_text_that_cannot_be_stored_is_a_plain_error(project):
    with pytest.raises(InputError, match="'bad' cannot be stored"):
        project.add_documents([Document("bad", "\ud800")])
    with pytest.raises(InputError, match="'bad' cannot be stored"):
        project.add_documents([Document("bad", "x", {"what": object()})])
    project.add_documents([Document("zero", "a\0b\r\n\ufeff")])
    assert project.documents.text(2) == "a\0b\r\n\ufeff"


SPANS = [Span(0, 8, "LOC", "geo"), Span(4, 8, "LOC", "geo", kind="nested"), Span(10, 13, "PER", "people")]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([Edit(1, 10, 13, "delete", "PER")], [(0, 8, "LOC"), (4, 8, "LOC")]),
        ([Edit(1, 10, 13, "delete", "ORG")], [(0, 8, "LOC"), (4, 8, "LOC"), (10, 13, "PER")]),
        ([Edit(1, 10, 13, "relabel", "PER", "ORG")], [(0, 8, "LOC"), (4, 8, "LOC"), (10, 13, "ORG")]),
        ([Edit(1, 10, 13, "move", "PER", new_start=9, new_end=13)], [(0, 8, "LOC"), (4, 8, "LOC"), (9, 13, "PER")]),
        ([Edit(1, 10, 13, "move", "PER", new_start=6, new_end=13)], [(6, 13, "PER")]),
        ([Edit(1, 2, 5, "add", "MISC")], [(2, 5, "MISC"), (10, 13, "PER")]),
        ([Edit(1, 4, 8, "never_here")], [(0, 8, "LOC"), (10, 13, "PER")]),
        ([Edit(1, 2, 5, "add", "MISC"), Edit(1, 2, 5, "delete", "MISC")], [(10, 13, "PER")]),
        ([Edit(1, 10, 13, "delete", "PER", attached=False)], [(0, 8, "LOC"), (4, 8, "LOC"), (10, 13, "PER")]),
    ],
)
def test_edits_change_what_a_run_says(edits, expected):
    assert [(span.start, span.end, span.label) for span in apply_edits(SPANS, edits)] == expected


WORDS = st.lists(st.sampled_from(["Ann", "York", "New", "lives", "in", "und", "Öl", "😀"]), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(before=WORDS, after=WORDS, middle=WORDS, other=WORDS)
def test_what_stands_outside_the_change_only_moves(before, after, middle, other):
    wall = "|" * 12
    old = " ".join([*before, wall, *middle, wall, *after])
    new = " ".join([*before, wall, *other, wall, *after])
    finder = Reattacher(old, new)
    head, tail = len(" ".join(before)), len(" ".join(after))
    assert finder.find(anchor(old, 0, head)) == 0
    assert finder.find(anchor(old, len(old) - tail, len(old))) == len(new) - tail


@settings(max_examples=60, deadline=None)
@given(old=WORDS, new=WORDS, data=st.data())
def test_a_place_is_found_only_where_its_words_stand(old, new, data):
    old_text, new_text = " ".join(old), " ".join(new)
    start = data.draw(st.integers(0, len(old_text) - 1))
    end = data.draw(st.integers(start + 1, len(old_text)))
    at = Reattacher(old_text, new_text).find(anchor(old_text, start, end))
    if at is not None:
        assert new_text[at : at + end - start] == old_text[start:end]
