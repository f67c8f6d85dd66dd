"""Recall: sentences that were read whole, unlabelled tokens that were looked at, and gold labels that came with the texts."""

from dataclasses import replace

import numpy as np
import pytest

from audit_judge import judge_all
from farspan.audit.drawing import draw_sentences, draw_spans
from farspan.audit.errors import errors_of, take_proposal
from farspan.audit.estimates import Precision
from farspan.audit.judging import Judging
from farspan.audit.live import make_live
from farspan.audit.notation import read_entities, write_entities
from farspan.audit.quoting import quote
from farspan.audit.reading import read_gold, read_sentences
from farspan.audit.sources import describe_sources
from farspan.audit.storing import measure, store_measurements
from farspan.audit.tokens import draw_unlabelled, unlabelled_recall
from farspan.errors import InputError
from farspan.model import Document, Span
from farspan.noise.intervals import NOTHING
from farspan.options import ConflictPolicy
from farspan.sources.lists import EntityList
from farspan.store.project import Project
from farspan.store.running import run_project
from farspan.store.work import Judgement, Region


def true_recall(project, truth):
    kept = {(span.start, span.end) for span in project.results().machine_spans(1)}
    return len(kept & truth) / len(truth)


def read_all(project, truth, count):
    queue = Judging(project, draw_sentences(project, count, seed=1))
    while (item := queue.next()) is not None:
        queue.read(item, [(s, e, "MOVIE") for s, e in truth if item.unit.start <= s < item.unit.end])
    return queue


def look_at_tokens(project, truth, count):
    said = []
    for unit in draw_unlabelled(project, count, seed=1).units:
        entity = next((place for place in truth if place[0] < unit.end and place[1] > unit.start), None)
        verdict = ("wrong", "", "", "", "MOVIE", *entity) if entity is not None else ("right",)
        said.append(Judgement(unit.document, unit.start, unit.end, *verdict, draw=unit.id))
    project.work.judge(said)


def estimate(read, quantity):
    return next(one for one in read.measured() if one.quantity == quantity and not one.label).estimate


def test_read_sentences_hold_the_true_recall(project, truth):
    read_all(project, truth, 60)
    read = read_sentences(project)
    recall = estimate(read, "recall")
    assert (read.units, read.covered) == (60, 1.0)
    assert recall.interval.lower <= true_recall(project, truth) <= recall.interval.upper
    assert estimate(read, "F1").interval.width < 0.4


def test_reading_everything_gives_the_scores_of_the_gold_labels(project, truth):
    read_all(project, truth, 10_000)
    assert estimate(read_sentences(project), "recall").value == pytest.approx(true_recall(project, truth))
    spans = [Span(s, e, "MOVIE", kind="gold") for s, e in sorted(truth)]
    project.add_documents([Document("gold", project.documents.text(1), spans=spans)])
    run_project(project)
    scores = read_gold(project).scores.overall["strict"]
    assert scores.recall == pytest.approx(true_recall(project, truth))
    assert scores.support == len(truth)
    said = [quote(one, "") for one in read_gold(project).measured()]
    assert all("with gold labels, taken as drawn at random, Wilson, corrected for clusters)." in one for one in said)


def test_the_last_sentence_read_is_open_again(project, truth):
    queue = read_all(project, truth, 10)
    assert queue.done == 10
    assert queue.take_back().number == 10
    assert (queue.done, len(project.work.regions())) == (9, 9)
    assert read_sentences(project).units == 9


def test_a_sentence_read_by_chance_waits_until_judging_comes_to_it(project, truth):
    queue = Judging(project, draw_sentences(project, 20, seed=1))
    last = queue.sample.units[-1]
    project.work.add_gold([], [Region(last.document, last.start - 1, last.end + 1)])
    queue = Judging(project, queue.sample)
    assert queue.done == 1
    assert read_sentences(project) is None
    for _ in range(5):
        queue.read(queue.next(), [])
    assert (queue.done, read_sentences(project).units) == (6, 5)
    while (item := queue.next()) is not None:
        queue.read(item, [])
    assert read_sentences(project).units == 20


def test_all_unlabelled_tokens_with_all_spans_judged_give_the_true_recall(project, truth):
    precision = Precision(project)
    assert unlabelled_recall(project, precision) is None
    judge_all(Judging(project, draw_spans(project, 10_000)), truth)
    look_at_tokens(project, truth, 10_000)
    found = unlabelled_recall(project, Precision(project))
    assert found.estimate.n == found.population > 3000
    assert found.estimate.value == pytest.approx(true_recall(project, truth))
    assert found.estimate.interval.lower < found.estimate.value < found.estimate.interval.upper


def test_a_sample_of_tokens_says_something_of_recall(project, truth):
    judge_all(Judging(project, draw_spans(project, 30)), truth)
    look_at_tokens(project, truth, 40)
    found = unlabelled_recall(project, Precision(project))
    assert (found.estimate.n, found.design) == (40, "unlabelled tokens stratified by score")
    assert 0 < found.estimate.interval.lower < found.estimate.interval.upper < 1


def test_tokens_alone_say_nothing_of_recall(project, truth):
    look_at_tokens(project, truth, 20)
    assert unlabelled_recall(project, Precision(project)).estimate.value is None
    assert measure(project).tokens is None


def test_what_is_measured_is_kept_once(project, truth):
    judge_all(Judging(project, draw_spans(project, 20)), truth)
    read_all(project, truth, 10)
    assert len(store_measurements(project)) == 2
    assert store_measurements(project) == []
    kept = project.audits.estimates()
    assert {one.method for one in kept} == {"precision from judged spans", "recall and F1 from random sentences"}
    assert all(one["n"] for one in kept[0].figures["estimates"])


def test_errors_have_causes_and_a_proposal_is_an_undoable_step(project, truth):
    assert errors_of(project) == ([], [])
    judge_all(Judging(project, draw_spans(project, 10_000)), truth)
    cases, tried = errors_of(project)
    wrong = sum((start, end) not in truth for _document, start, end, _label in Precision(project).population.places)
    assert len([case for case in cases if case.kind == "wrong"]) == wrong
    best = next(one for one in tried if one.effect is not None and one.effect.wrong < 0)
    before = project.rules.in_force()
    assert take_proposal(project, best.proposal).title.startswith("Proposed rule: ")
    assert project.rules.in_force() != before
    project.undo()
    assert project.rules.in_force() == before


def test_missed_entities_of_read_sentences_are_errors_too(project, truth):
    read_all(project, truth, 60)
    read = read_sentences(project)
    cases, _tried = errors_of(project)
    missed = [case for case in cases if case.kind == "missed"]
    recall = estimate(read, "recall")
    assert len(missed) == round(recall.n * (1 - recall.value))


def test_sources_are_described_with_what_only_they_give(project):
    said = describe_sources(project, make_live(project))
    kept = {row["list"]: row["kept"] for row in said["sources"]}
    assert sum(kept.values()) == len(Precision(project).population)
    assert all(row["unique"] <= row["kept"] for row in said["sources"])
    assert np.array(said["overlap"]["agree"]).shape == (2, 2)
    assert said["near_copies"] == []


def test_entities_of_a_sentence_are_written_and_read_back():
    text = "Ann and Ann met Ann Lee in New\nYork."
    spans = [(0, 3, "PER"), (8, 11, "PER"), (16, 23, "PER"), (27, 35, "LOC")]
    line = write_entities(text, spans)
    assert line == "PER=Ann | PER=Ann | PER=Ann Lee | LOC=New York"
    assert read_entities(line, text, ["PER", "LOC"]) == spans
    assert read_entities("Ann", text, ["PER"], 100) == [(100, 103, "PER")]
    assert read_entities("", text, ["PER"]) == []
    with pytest.raises(InputError, match="'Bob' does not stand in the sentence; copy the words"):
        read_entities("PER=Bob", text, ["PER"])
    with pytest.raises(InputError, match="has no label; write it as LABEL=words"):
        read_entities("Ann", text, ["PER", "LOC"])


def test_a_nested_span_of_a_read_sentence_is_no_error(tmp_path):
    with Project.create(tmp_path / "york.farspan") as project:
        project.add_documents([Document("a", "Ann left New York for York.")])
        project.add_source(EntityList.from_names("LOC", ["New York", "York"]))
        project.rules.put_in_force(replace(project.rules.in_force(), policy=ConflictPolicy(nested=True)))
        run_project(project)
        queue = Judging(project, draw_sentences(project, 1))
        item = queue.next()
        queue.read(item, [(span.start, span.end, span.label) for span in item.found])
        assert [span.kind for span in project.results().machine_spans(1)] == ["kept", "nested", "kept"]
        assert errors_of(project)[0] == []
        assert Precision(project).population.surfaces == ["New York", "York"]


def test_entities_under_spans_of_another_label_or_border_are_missed_too(project, truth):
    queue = Judging(project, draw_spans(project, 30))
    while (item := queue.next()) is not None:
        if item.number % 5:
            queue.decide(item, "right")
        else:  # it stands on an entity that goes on
            queue.decide(item, "wrong", right_label="MOVIE", right=(item.unit.start, item.unit.end + 1))
    look_at_tokens(project, truth, 40)
    precision = Precision(project)
    assert precision.beside().value == pytest.approx(1 - precision.of().estimate.value)
    found = unlabelled_recall(project, precision).estimate.value
    precision.beside = lambda: NOTHING
    assert found < unlabelled_recall(project, precision).estimate.value
