"""Drawing a sample of a project, judging it, and what comes of it, on real film news whose labels are known."""

import numpy as np
import pytest

from audit_judge import judge_all, short_rules
from farspan.audit.drawing import draw_sentences, draw_spans
from farspan.audit.estimates import Precision, forecasts, sample_precision
from farspan.audit.judging import Judging, open_judging
from farspan.audit.live import make_live
from farspan.audit.population import population_of
from farspan.audit.samples import sample, samples, verdicts
from farspan.errors import InputError, OptionError, ProjectError
from farspan.model import Document
from farspan.store.project import Project
from farspan.store.work import Judgement


def true_precision(project, truth):
    population = population_of(project.results())
    return np.mean([(start, end) in truth for _document, start, end, _label in population.places])


def test_what_a_run_keeps_is_what_it_exports(project):
    population = population_of(project.results())
    spans = project.results().machine_spans(1)
    assert [(s.start, s.end, s.label) for s in spans if s.kind == "kept"] == [place[1:] for place in population.places]
    assert len(population.where(source="film_titles")) + len(population.where(source="spanish_titles")) == len(population)
    assert population.where(label="MOVIE").sha256 == population.sha256 != population.where(source="film_titles").sha256
    with pytest.raises(InputError, match="choose one of: MOVIE"):
        population.where(label="FILM")


def test_a_run_is_made_again_in_memory_as_it_is_stored(project):
    live = make_live(project)
    population = population_of(project.results())
    starts, ends = live.run.characters_of(live.kept)
    assert (starts.tolist(), ends.tolist()) == (population.starts.tolist(), population.ends.tolist())


def test_texts_that_changed_since_the_run_ask_for_a_new_one(project):
    project.add_documents([Document("more", "Dumbo otra vez.")])
    with pytest.raises(ProjectError, match="changed since the newest run; make a new run"):
        draw_spans(project, 10)


def test_sixty_judgements_hold_the_truth(project, truth):
    judge_all(Judging(project, draw_spans(project, 60, seed=1)), truth)
    found = Precision(project).of()
    assert found.estimate.n == 60
    assert found.estimate.interval.lower <= true_precision(project, truth) <= found.estimate.interval.upper
    assert found.estimate.interval.width < 0.3


def test_judging_everything_gives_the_truth(project, truth):
    judge_all(Judging(project, draw_spans(project, 10_000)), truth)
    precision = Precision(project)
    assert precision.of().estimate.value == pytest.approx(true_precision(project, truth))
    for one in precision.by_source():
        mine = population_of(project.results()).where(source=one.source)
        right = np.mean([place[1:3] in truth for place in mine.places])
        assert one.estimate.value == pytest.approx(right)
        assert one.covered == 1


def test_the_same_seed_draws_the_same_spans(films, tmp_path):
    drawn = []
    for name in ("a", "b"):
        (tmp_path / f"{name}.farspan").write_bytes(films.read_bytes())
        with Project.open(tmp_path / f"{name}.farspan") as project:
            drawn.append([(unit.start, unit.stratum, unit.probability) for unit in draw_spans(project, 40, seed=7).units])
    assert drawn[0] == drawn[1]


def test_a_second_sample_extends_the_first_without_repeating_a_span(project):
    first = draw_spans(project, 40)
    both = draw_spans(project, 30)
    assert both.number == first.number
    assert len(samples(project)) == 1
    assert len({(unit.start, unit.end) for unit in both.units}) == len(both.units) == 70
    audit = both.as_audit()
    made = np.bincount(audit.strata, minlength=len(audit.sizes))
    assert (abs(made / audit.sizes - 70 / audit.sizes.sum()) < 0.05).all()
    assert sample(project, both.designs[1].id).number == first.number


def test_nothing_is_drawn_when_everything_is_drawn(project):
    everything = draw_spans(project, 10_000)
    assert len(everything.units) == everything.first.population
    with pytest.raises(InputError, match="drawn already"):
        draw_spans(project, 1)
    with pytest.raises(OptionError, match="draw at least one"):
        draw_spans(project, 0, source="film_titles")


def test_a_sample_of_one_list_speaks_of_that_list(project, truth):
    drawn = draw_spans(project, 20, source="spanish_titles")
    assert {note["source"] for note in drawn.notes()} == {"spanish_titles"}
    judge_all(Judging(project, drawn), truth)
    precision = Precision(project)
    assert precision.of(source="spanish_titles").covered == 1
    assert precision.of(source="film_titles").estimate.value is None
    assert precision.of().covered == pytest.approx(
        len(population_of(project.results()).where(source="spanish_titles")) / len(population_of(project.results()))
    )


def test_a_verdict_given_elsewhere_counts_and_is_not_asked_for_again(project):
    drawn = draw_spans(project, 20)
    queue = Judging(project, drawn)
    item = queue.next()
    queue.decide(item, "right")
    assert Judging(project, drawn).next().number == 2
    other = draw_spans(project, 10_000, label="MOVIE", seed=3)
    assert Judging(project, other).done == 1


def test_the_last_verdict_is_taken_back_and_undone_after_a_restart_too(project, films):
    queue = Judging(project, draw_spans(project, 20))
    first = queue.next()
    queue.decide(first, "right")
    second = queue.next()
    queue.decide(second, "unsure")
    assert queue.done == 2
    again = Judging(project, queue.sample)
    assert again.take_back().unit == second.unit
    assert again.take_back().unit == first.unit
    assert again.take_back() is None
    assert again.done == 0
    project.undo()
    assert Judging(project, queue.sample).done == 1


def test_undoing_a_draw_takes_it_out_of_the_list(project):
    draw_spans(project, 20)
    project.undo()
    assert samples(project) == []
    project.redo()
    assert len(samples(project)[0].units) == 20
    project.undo()
    with pytest.raises(InputError, match=r"draw one with `farspan sample films.farspan -n 100`"):
        open_judging(project)


def test_unsure_verdicts_are_counted_and_left_out(project, truth):
    drawn = draw_spans(project, 30)
    queue = Judging(project, drawn)
    queue.decide(queue.next(), "unsure")
    judge_all(queue, truth)
    found = sample_precision(drawn, verdicts(project))
    assert (found.estimate.n, found.unsure, found.open) == (29, 1, 0)


def test_without_a_verdict_there_is_no_number(project):
    draw_spans(project, 30)
    found = Precision(project).of()
    assert (found.estimate.value, found.estimate.interval, found.estimate.n) == (None, None, 0)
    assert forecasts(found.estimate) == []


def test_after_a_rule_change_the_verdicts_speak_for_what_is_still_there(project, truth):
    judge_all(Judging(project, draw_spans(project, 10_000)), truth)
    before = len(population_of(project.results()))
    short_rules(project, min_length=5)
    found = Precision(project).of()
    assert found.covered == 1
    assert len(population_of(project.results())) < before
    assert found.estimate.value == pytest.approx(true_precision(project, truth))


def test_what_a_rule_change_brings_in_lowers_what_is_covered(project, truth):
    judge_all(Judging(project, draw_spans(project, 60)), truth)
    short_rules(project, case="ignore")
    found = Precision(project).of()
    assert 0.3 < found.covered < 1
    assert found.estimate.interval.lower < found.estimate.value < found.estimate.interval.upper


def test_more_judgements_are_foretold_to_narrow_the_interval(project, truth):
    judge_all(Judging(project, draw_spans(project, 60)), truth)
    now = Precision(project).of().estimate
    steps = forecasts(now)
    assert [step.more for step in steps] == [10, 30, 100]
    assert all(step.low <= step.high for step in steps)
    assert now.interval.width / 2 > steps[0].high * 0.99 > steps[2].high


def test_sentences_are_drawn_in_random_order_and_extended(project):
    first = draw_sentences(project, 20)
    starts = [unit.start for unit in first.units]
    assert starts != sorted(starts)
    both = draw_sentences(project, 10)
    assert both.number == first.number
    assert len({unit.start for unit in both.units}) == 30
    assert both.units[-1].probability == pytest.approx(30 / both.first.population)


def test_a_verdict_on_a_span_found_by_chance_waits_until_judging_comes_to_it(project, truth):
    drawn = draw_spans(project, 40, seed=1)
    by_chance = [unit for unit in drawn.units[10:] if (unit.start, unit.end) not in truth]
    project.work.judge([Judgement(unit.document, unit.start, unit.end, "wrong", unit.label) for unit in by_chance])
    assert Precision(project).of().estimate.value is None
    queue = Judging(project, drawn)
    judge_all(queue, truth, 10)
    first = np.mean([(unit.start, unit.end) in truth for unit in drawn.units[:10]])
    assert sample_precision(drawn, queue.verdicts).estimate.n == 10
    assert abs(sample_precision(drawn, queue.verdicts).estimate.value - first) < 0.1
    judge_all(queue, truth)
    assert sample_precision(drawn, queue.verdicts).estimate.n == 40
