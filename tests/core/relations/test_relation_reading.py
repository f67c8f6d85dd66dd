"""Knowledge bases as files, and scores against gold relations."""

import pytest

from farspan.errors import InputError
from farspan.model import Triple
from farspan.relations.reading import load_kb
from farspan.relations.scoring import score_relations

GUMP = Triple("gump", "cast", "Tom Hanks")
CORPUS = """{"id": "", "text": "x y", "relations": [{"relation": "cast", "subject": 0, "object": 1}], "spans":
[{"start": 0, "end": 1, "label": "M", "ids": ["gump"]}, {"start": 2, "end": 3, "label": "P", "name": "Tom Hanks"}]}""".replace(
    "\n", " "
)


def kb(tmp_path, text, name="kb.tsv"):
    path = tmp_path / name
    path.write_text(text, "utf-8", newline="")
    return load_kb(str(path))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kb.tsv", "gump\tcast\tTom Hanks\n"),
        ("kb.tsv", "\ufeffsubject\trelation\tobject\r\ngump\tcast\tTom Hanks\r\n"),
        ("kb.tsv", "object\tnote\tRelation\tsubject\nTom Hanks\tx\tcast\tgump"),
        ("kb.csv", 'subject,relation,object\n"gump",cast,"Tom Hanks"\n'),
        ("kb.jsonl", '{"subject":"gump","relation":"cast","object":"Tom Hanks"}\n\n'),
        ("kb.txt", "subject\trelation\tobject\ngump\tcast\tTom Hanks\n"),
        ("corpus.jsonl", CORPUS),
    ],
)
def test_every_form_of_a_knowledge_base(tmp_path, name, text):
    assert list(kb(tmp_path, text, name).triples()) == [GUMP]


def test_types_and_source_come_along(tmp_path):
    positional = kb(tmp_path, "gump\tcast\tTom Hanks\tfilm\tactor\tdoc-1\n")
    assert list(positional.triples()) == [Triple("gump", "cast", "Tom Hanks", "film", "actor", "doc-1")]


def test_rows_that_are_no_triple_are_left_out_and_told(tmp_path):
    found = kb(tmp_path, "gump\tcast\tTom Hanks\n\ngump\tcast\n\t\tX\n")
    assert list(found.triples()) == [GUMP]
    assert [str(problem).removeprefix(str(tmp_path)) for problem in found.problems] == [
        "/kb.tsv:3: no object in this row of 2 columns; skipped",
        "/kb.tsv:4: no subject in this row of 3 columns; skipped",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is no triple in it"),
        ("a b c\n", "no relation in this row"),
        ("subject\tobject\nx\ty\n", "the header has no column relation"),
    ],
)
def test_a_file_without_a_triple(tmp_path, text, message):
    with pytest.raises(InputError, match=message):
        kb(tmp_path, text)


def test_pairs_that_stand_in_no_relation_are_no_triples(tmp_path):
    with pytest.raises(InputError, match="there is no triple in it"):
        kb(tmp_path, CORPUS.replace('"cast"', '"NA"'), "corpus.jsonl")


def test_scores_by_document_subject_object_and_relation():
    gold = {("d1", "a", "b", "r"), ("d1", "a", "c", "r"), ("d2", "x", "y", "s")}
    predicted = [("d1", "a", "b", "r"), ("d1", "a", "b", "r"), ("d2", "y", "x", "s"), ("d3", "p", "q", "r")]
    scores = score_relations(gold, predicted, ["d1", "d2", "d3"])
    assert (scores.overall.tp, scores.overall.fp, scores.overall.fn) == (1, 2, 2)
    assert scores.overall.precision.value == pytest.approx(1 / 3)
    assert scores.overall.f1.interval.lower < 1 / 3 < scores.overall.f1.interval.upper
    assert set(scores.by_relation) == {"r", "s"}
    turned = score_relations(gold, predicted, ["d1", "d2", "d3"], symmetric={"s"})
    assert (turned.overall.tp, turned.by_relation["s"].tp) == (2, 1)


def test_without_a_prediction_there_is_no_precision():
    scores = score_relations({("d", "a", "b", "r")}, [], ["d"])
    assert scores.overall.precision.value is None
    assert scores.overall.recall.value == 0
