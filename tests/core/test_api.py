"""The Python API: `import farspan`, a few lines, documents with spans."""

import doctest
import subprocess
import sys
from dataclasses import replace

import pytest

import farspan

TEXT = "Ada Lovelace, then Ada; in LONDON."


def found(documents):
    return [[(document.text[span.start : span.end], span.label) for span in document.spans] for document in documents]


@pytest.mark.parametrize("name", ["annotate", "evaluate", "write_documents", "load_list", "Project", "edit_recipe"])
def test_the_examples_of_a_public_name_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    examples = doctest.DocTestFinder(recurse=False).find(getattr(farspan, name), name)
    results = [doctest.DocTestRunner().run(example) for example in examples]
    assert sum(result.attempted for result in results) >= 2
    assert sum(result.failed for result in results) == 0


def test_importing_farspan_costs_nothing():
    program = "import sys, farspan; print([n for n in ('numpy', 'spacy', 'pyarrow') if n in sys.modules]); print(len(dir(farspan)) > 10)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\nTrue\n"


def test_every_public_name_is_there_and_nothing_else():
    assert all(getattr(farspan, name) is not None for name in farspan.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = farspan.nonsense


def test_annotate_stays_a_function_when_the_module_of_that_name_is_imported():
    from farspan.annotate import Annotator

    assert callable(farspan.annotate)
    assert Annotator.__module__ == "farspan.annotate"


def test_one_text_several_texts_and_documents():
    lists = {"PER": ["Ada"]}
    assert found(farspan.annotate("Ada", lists)) == [[("Ada", "PER")]]
    assert [document.id for document in farspan.annotate(["Ada", "Bob"], lists)] == ["0", "1"]
    [document] = farspan.annotate(farspan.Document("letter", "Ada"), lists)
    assert document.id == "letter"
    assert farspan.annotate([], lists) == []


def test_lists_of_every_kind(tmp_path):
    file = tmp_path / "cities.csv"
    file.write_text("title,qid\nLONDON,Q84\n", "utf-8")
    person = farspan.EntityList.from_names("X", ["Lovelace"])
    lists = {
        "PER": [{"name": "Ada Lovelace", "id": "Q7259", "aliases": ["Ada"]}],
        "LOC": f"{file}?name=title&id=qid",
        "NAME": person,
    }
    [document] = farspan.annotate(TEXT, lists)
    assert found([document]) == [[("Ada Lovelace", "PER"), ("Ada", "PER"), ("LONDON", "LOC")]]
    assert [span.ids for span in document.spans] == [("Q7259",), ("Q7259",), ("Q84",)]
    assert [span.source for span in document.spans] == ["PER", "PER", "LOC"]


def test_options_for_all_lists_and_for_one():
    lists = {"PER": ["ada"], "LOC": {"names": ["london"], "case": "exact"}}
    assert found(farspan.annotate(TEXT, lists, case="ignore")) == [[("Ada", "PER"), ("Ada", "PER")]]


def test_conflicts_criteria_and_the_nested_layer():
    lists = {"PER": ["Ada"], "FULL": ["Ada Lovelace"]}
    [document] = farspan.annotate("Ada Lovelace", lists, nested=True)
    assert [(span.label, span.kind) for span in document.spans] == [("FULL", "kept"), ("PER", "nested")]
    assert found(farspan.annotate("Ada Lovelace", lists, criteria=["source"])) == [[("Ada", "PER")]]


@pytest.mark.parametrize(
    ("lists", "more", "says"),
    [
        ({"PER": ["Ada"]}, {"colour": "red"}, "no option is called 'colour'"),
        ({"PER": ["Ada"]}, {"case": "loud"}, "case=loud is not possible"),
        ({"PER": {"names": ["Ada"], "file": "x.txt"}}, {}, "both names and a file"),
        ({"A PER": ["Ada"]}, {}, "white space"),
        ({"PER": ["Ada"]}, {"conflicts": "dice"}, "no conflict policy"),
        ({"PER": []}, {}, "no usable name"),
        ({"PER": "nowhere.txt"}, {}, "nowhere.txt"),
    ],
)
def test_what_is_wrong_is_told(lists, more, says):
    with pytest.raises(farspan.FarspanError, match=says):
        farspan.annotate("Ada", lists, **more)


def test_evaluate_files_and_documents(tmp_path):
    (tmp_path / "gold.conll").write_text("Ada\tB-PER\nin\tO\nBath\tB-LOC\n", "utf-8")
    (tmp_path / "pred.conll").write_text("Ada\tB-PER\nin\tO\nBath\tO\n", "utf-8")
    scores = farspan.evaluate(tmp_path / "gold.conll", tmp_path / "pred.conll")
    assert (scores.overall["strict"].precision, scores.overall["strict"].recall) == (1.0, 0.5)
    [document] = farspan.annotate("Ada in Bath", {"PER": ["Ada"]})
    gold = replace(document, spans=[farspan.Span(0, 3, "PER"), farspan.Span(7, 11, "LOC")])
    assert farspan.evaluate([gold], [document]).overall["strict"].f1 == pytest.approx(2 / 3)


def test_evaluate_refuses_other_tokens(tmp_path):
    (tmp_path / "gold.conll").write_text("Ada\tB-PER\n", "utf-8")
    (tmp_path / "pred.conll").write_text("Bob\tB-PER\n", "utf-8")
    with pytest.raises(farspan.TokenMismatch):
        farspan.evaluate(tmp_path / "gold.conll", tmp_path / "pred.conll")


@pytest.mark.parametrize("texts", [b"Ada", [b"Ada"], ["Ada", 5]])
def test_what_is_no_text_is_told_plainly(texts):
    with pytest.raises(farspan.OptionError, match=r"a text is a str or a Document, not (bytes|int); decode bytes"):
        farspan.annotate(texts, {"PER": ["Ada"]})


def test_one_criterion_may_be_a_string():
    lists = {"LOC": ["York", "New York"]}
    [document] = farspan.annotate("New York", lists, criteria="length,left")
    assert [span.name for span in document.spans if span.kind == "kept"] == ["New York"]
    assert farspan.annotate("New York", lists, criteria="left")[0].spans[0].name == "New York"
