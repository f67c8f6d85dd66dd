"""A notebook's way from a run to a number it can cite, and to the errors behind it."""

import io
import json

import pytest

import farspan
from audit_judge import judge_all
from farspan.audit.confidence import ConfidentStream, confidences
from farspan.errors import InputError, OptionError
from farspan.formats.jsonl_writer import JsonlWriter
from farspan.store.running import labelled_documents


@pytest.fixture
def notebook(project):
    path = project.path
    project.close()
    with farspan.Project.open(path) as opened:
        yield opened


def test_a_notebook_gets_a_number_with_its_sentence(notebook, truth):
    assert notebook.precision().estimate.value is None
    assert str(notebook.precision("MOVIE")) == "Precision of MOVIE is not known: nothing was judged."
    judge_all(notebook.judging(notebook.sample(40, seed=1)), truth)
    found = notebook.precision("MOVIE")
    interval, rules = found.estimate.interval, notebook.rules.sha256(notebook.runs.latest().rule_set_id)[:12]
    expected = f"Precision of MOVIE is {found.estimate.value:.2f} (95% interval {interval.lower:.2f}-{interval.upper:.2f}, "
    assert str(found) == f"{expected}40 spans judged, stratified by risk, Wilson; rule set {rules})."
    assert notebook.precision("PLANET").estimate.value is None
    assert notebook.precision(source="film_titles").estimate.n < 40


def test_a_notebook_gets_recall_from_sentences(notebook, truth):
    assert notebook.recall() is None
    queue = notebook.judging(notebook.sample_sentences(30, seed=2))
    while (item := queue.next()) is not None:
        queue.read(item, [(s, e, "MOVIE") for s, e in truth if item.unit.start <= s < item.unit.end])
    assert notebook.recall().design == "30 random sentences read whole"
    assert notebook.f1("MOVIE").estimate.interval.lower > 0


def test_a_notebook_gets_tables(notebook, truth):
    assert len(notebook.measured()) == len(notebook.errors()) == len(notebook.proposals()) == 0
    judge_all(notebook.judging(notebook.sample(60, seed=1)), truth)
    measured = notebook.measured()
    assert (measured["lower"] <= measured["estimate"]).all()
    assert set(notebook.errors()["kind"]) == {"wrong"}
    proposals = notebook.proposals()
    assert proposals["change"].is_unique
    assert proposals.iloc[0]["precision"] > 0


def test_a_notebook_writes_the_report(notebook, tmp_path):
    notebook.report(tmp_path / "r.json")
    assert json.loads((tmp_path / "r.json").read_text())["measured"]["estimates"] == []
    with pytest.raises(OptionError, match=r"end it with \.html, \.md or \.json"):
        notebook.report(tmp_path / "r.pdf")


def test_confidence_comes_with_the_export_once_enough_is_judged(notebook, truth):
    queue = notebook.judging(notebook.sample(60, seed=1))
    with pytest.raises(InputError, match="there is no model of confidence: 0 verdicts"):
        confidences(notebook)
    judge_all(queue, truth)
    stream = io.BytesIO()
    with JsonlWriter(ConfidentStream(stream, confidences(notebook))) as writer:
        for document in labelled_documents(notebook):
            writer.write(document)
    spans = json.loads(stream.getvalue())["spans"]
    assert all(0 <= span["confidence"] <= 1 for span in spans)
    right, wrong = ([s["confidence"] for s in spans if ((s["start"], s["end"]) in truth) is kind] for kind in (True, False))
    assert sum(right) / len(right) > sum(wrong) / len(wrong)
