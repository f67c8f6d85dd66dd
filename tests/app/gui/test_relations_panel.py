"""Given the sample project and its triples, when a person finds relations and judges them, then numbers and files come of it."""

import json

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from farspan.relations.options import RelationRules
from farspan.relations.relating import RelationPlan
from farspan_app.gui.models.pairs import PairQuery, bands
from farspan_app.gui.models.searching import Search


@pytest.fixture(scope="module")
def _related(tmp_path_factory, _film_news):
    """The sample with the lists and triples that ship with it, relations found as the window's one click finds them."""
    import shutil

    from farspan.job import SILENT
    from farspan.relations.negative_plans import NegativePlan
    from farspan.relations.project import put_plan, relate_project
    from farspan.sources.lists import load_list
    from farspan.store.project import Project
    from farspan.store.running import run_project
    from farspan_app.gui.relating import load_triples
    from farspan_app.gui.samples import relation_sample

    sample = relation_sample(_film_news)
    path = shutil.copy(_film_news, tmp_path_factory.mktemp("related") / "cast.farspan")
    with Project.open(path) as project:
        for one in sample.lists:
            project.add_source(load_list(one.path, one.label, columns=one.columns))
        run_project(project)
        put_plan(project, RelationPlan(RelationRules(level="window:1"), (NegativePlan("same_types"),)),
                 load_triples(sample.triples, SILENT))  # fmt: skip
        relate_project(project)
    return path


@pytest.fixture
def project(_related, tmp_path):
    import shutil

    return shutil.copy(_related, tmp_path / "cast.farspan")


@pytest.fixture
def relations(window, settled, project):
    window.resize(1280, 720)
    window.open_path(project)
    settled(window.workspace)
    window.show_tab("relations")
    settled(window.workspace)
    return window.panels["relations"]


def table(tree):
    return [
        [tree.topLevelItem(at).text(column) for column in range(tree.columnCount())] for at in range(tree.topLevelItemCount())
    ]


def test_from_the_sample_to_judged_relations_in_a_file(window, settled, wait, qtbot, tmp_path):
    """The whole way with real widgets: open, one click, look, judge by key, take back, export."""
    wait(window.workspace.open_sample("film-news", tmp_path))
    window.show_tab("relations")
    settled(window.workspace)
    panel = window.panels["relations"]
    assert panel.is_empty
    sample_button = panel.empty.buttons[1]
    assert sample_button.isVisible()
    qtbot.mouseClick(sample_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.relating.pairs is not None and not window.workspace.tasks.running, timeout=60_000)
    assert not panel.is_empty
    found = {row[0]: int(row[1]) for row in table(panel.rules.outcome.table)}
    assert found["cast"] > 50
    assert found["country"] > 0
    assert found["negatives, same_types:1"] > 50
    panel.show_page(panel.judging)
    settled(window.workspace)
    first = panel.relating.queue.row
    assert "95%" not in panel.judging.so_far.text(), "nothing is judged yet"
    for key in (Qt.Key.Key_R, Qt.Key.Key_A, Qt.Key.Key_A):
        qtbot.keyClick(panel.judging.view, key)
        settled(window.workspace)
    assert panel.relating.queue.done == 3
    assert panel.judging.so_far.text().startswith("Sentence precision of all relations is 0.67 (95% interval ")
    for _ in range(3):
        window.undo()
        settled(window.workspace)
    assert (panel.relating.queue.done, panel.relating.queue.row) == (0, first)
    assert panel.relating.estimates.sentences == {}
    wrong = panel.relating.pairs.line(first)
    qtbot.keyClick(panel.judging.view, Qt.Key.Key_R)
    settled(window.workspace)
    exported = exported_relations(window, wait, tmp_path)
    assert len(exported) == int((panel.relating.pairs.columns.reasons == 0).sum()) - 1
    loss, _ = wait(window.workspace.measure_loss("conll"))
    assert loss.counts["relations"] == len(exported), "the Export tab says what a format cannot hold"
    place = panel.relating.pairs.places(first)
    assert (wrong.name, *place, wrong.relation) not in exported


def exported_relations(window, wait, tmp_path):
    wait(window.workspace.export(tmp_path / "out.jsonl"))
    found = set()
    for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            document = json.loads(line)
            for one in document.get("relations", ()):
                spans = [document["spans"][one[side]] for side in ("subject", "object")]
                places = [(span["start"], span["end"]) for span in spans]
                found.add((document["id"], *places, one["relation"], one.get("subject_id"), one.get("object_id")))
    return [(one[0], one[1], one[2], one[3]) for one in found]


def test_triples_of_ones_own_are_shown_with_their_faulty_rows_before_they_come_in(relations, window, settled, tmp_path):
    file = tmp_path / "own.tsv"
    file.write_text("subject\trelation\tobject\nForrest_Gump\tstars\tTom Hanks\nno object\tstars\t\n", encoding="utf-8")
    before = relations.relating.standing
    dialog = relations.ask_about([file])
    settled(window.workspace)
    assert dialog.table.item(0, 2).text() == "Tom Hanks"
    assert "own.tsv:3" in dialog.problems.toPlainText()
    assert relations.relating.standing is before, "nothing is taken in yet"
    dialog.added.setChecked(False)
    dialog.accept()
    settled(window.workspace)
    assert relations.relating.standing.triples.triples == 1
    assert next(row[0] for row in table(relations.rules.outcome.table)) == "stars"
    window.undo()
    settled(window.workspace)
    assert relations.relating.standing.triples == before.triples
    assert relations.relating.pairs.run.id == before.run.id, "what the plan found before is there again"


def test_a_changed_option_waits_until_it_is_applied(relations, window, settled):
    rules, count = relations.rules, relations.relating.standing.run.kept
    rules.relation.setCurrentIndex(rules.relation.findData("cast"))
    rules._show()
    rules.controls["max_distance"].box.setValue(3)
    assert relations.relating.standing.run.kept == count
    assert rules.apply_button.isEnabled()
    rules.apply_button.click()
    settled(window.workspace)
    pairs = relations.relating.pairs
    assert relations.relating.standing.made.rules.of("cast").max_distance == 3
    names = list(pairs.run.names)
    kept = (pairs.columns.reasons == 0) & (pairs.columns.relations == names.index("cast"))
    assert pairs.columns.distances[kept].max() <= 3
    assert "too far" in {row[0]: row[3] for row in table(rules.outcome.table)}["cast"]
    window.undo()
    settled(window.workspace)
    assert relations.relating.standing.run.kept == count


def test_pairs_are_narrowed_down_searched_and_told_about(relations, window, settled, qtbot):
    page = relations.pairs
    relations.show_page(page)
    page.choose({"relation": frozenset({"country"})})
    settled(window.workspace)
    assert page.model.rowCount() > 0
    assert {page.model.line(at).relation for at in range(page.model.rowCount())} == {"country"}
    page.choose({"status": frozenset({"kept", "negative"})})
    settled(window.workspace)
    statuses = [page.model.line(at).status for at in range(page.model.rowCount())]
    assert {"kept", "negative"} == set(statuses), "negatives stand beside positives"
    page.field.setText("Forrest Gump")
    page.refresh()
    settled(window.workspace)
    assert 0 < page.model.rowCount() < len(statuses)
    number = next(at for at in range(page.model.rowCount()) if page.model.line(at).status == "kept")
    page.view.choose(number)
    qtbot.waitUntil(lambda: "triple" in page.story.body.text(), timeout=10_000)
    line = page.model.line(number)
    assert line.ids[0] in page.story.body.text()
    assert "token(s) between them" in page.story.body.text()


def test_a_block_of_pairs_is_judged_and_taken_back_at_once_and_counts_for_no_estimate(relations, window, settled, qtbot):
    page = relations.pairs
    relations.show_page(page)
    settled(window.workspace)
    page.view.selectAll()
    qtbot.keyClick(page.view, Qt.Key.Key_R)
    settled(window.workspace)
    assert {page.model.line(at).judged for at in range(page.model.rowCount())} == {"wrong"}
    relations.show_page(relations.estimates)
    assert not relations.estimates.table.isVisible()
    window.undo()
    settled(window.workspace)
    assert {page.model.line(at).judged for at in range(page.model.rowCount())} == {"unjudged"}


def test_a_bag_opens_its_sentences(relations, window, settled):
    bags = relations.bags
    relations.show_page(bags)
    settled(window.workspace)
    sizes = [len(bags.model.members(at)) for at in range(bags.model.rowCount())]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 1
    bags._open(0)
    settled(window.workspace)
    assert relations.stack.currentWidget() is relations.pairs
    assert relations.pairs.model.rows.tolist() == bags.model.members(0).tolist()
    relations.pairs.all_button.click()
    settled(window.workspace)
    assert relations.pairs.model.rowCount() > sizes[0]


def test_a_bag_ends_with_its_first_right_sentence_and_negatives_have_a_queue(relations, window, settled):
    relations.show_page(relations.estimates)
    relations.estimates.buttons["bag"].click()
    settled(window.workspace)
    relating = relations.relating
    bag_of = relating.pairs.bags.bag_of_rows(len(relating.pairs))
    row = relating.queue.row
    relations.judging.press("accepted")
    settled(window.workspace)
    assert bag_of[relating.queue.row] != bag_of[row]
    relations._judge_queue("negative")
    settled(window.workspace)
    assert bool(relating.pairs.is_negative[relating.queue.row])
    relations.judging.press("rejected")
    settled(window.workspace)
    relations.show_page(relations.estimates)
    rows = {row[0]: row for row in table(relations.estimates.table)}
    assert rows["False negatives"][1] == "1.00"
    relations.estimates.copy_button.click()
    assert "judged" in QGuiApplication.clipboard().text()


def test_what_is_left_for_later_comes_back_at_the_end(relations, window, settled):
    relations._judge_queue("sentence")
    relations.judging.relation.setCurrentIndex(relations.judging.relation.findData("country"))
    relations.judging.open()
    settled(window.workspace)
    relating = relations.relating
    first = relating.queue.row
    relations.judging.press("later")
    settled(window.workspace)
    assert relating.queue.row != first
    for _ in range(relating.queue.total - 1):
        relations.judging.press("accepted")
        settled(window.workspace)
    assert relating.queue.row == first


def test_three_files_without_leaks(relations, window, settled, wait, tmp_path):
    dialog = relations.ask_for_split()
    dialog.shares["train"].setValue(0.9)
    assert not dialog.write_button.isEnabled()
    assert "add up to 1" in dialog.said.text()
    dialog.shares["train"].setValue(0.5)
    dialog.shares["dev"].setValue(0.25)
    dialog.shares["test"].setValue(0.25)
    wait(dialog.write(tmp_path / "cast.jsonl"))
    settled(window.workspace)
    assert all((tmp_path / f"cast.{part}.jsonl").exists() for part in ("train", "dev", "test"))
    shared = {(row[0], row[1], row[2]): row[3] for row in table(dialog.table)}
    assert shared["train", "test", "pairs of entities"] == "0"
    assert shared["train", "test", "sentences"] == "0"


def test_arcs_stand_between_spans_that_are_shown_and_go_with_the_tick(relations, window, settled):
    pairs = relations.relating.pairs
    row = int(np.flatnonzero((pairs.columns.reasons == 0) & ~pairs.is_negative)[0])
    number = int(pairs.documents[row])
    window.show_tab("text")
    text = window.panels["text"]
    text.documents.setCurrentIndex(number)
    settled(window.workspace)
    kept = (pairs.columns.reasons == 0) & ~pairs.is_negative & (pairs.documents == number)
    assert len(text.view.arcs) == int(kept.sum())
    window.grab()
    text.relations.setChecked(False)
    settled(window.workspace)
    assert len(text.view.arcs) == 0


def test_relations_of_other_labels_are_said_to_be_stale(relations, window, settled):
    assert relations.stale.isHidden()
    window.workspace.set_active("actors", False)
    settled(window.workspace)
    assert relations.stale.isVisible()
    relations.again_button.click()
    settled(window.workspace)
    assert relations.stale.isHidden()


def test_nothing_is_judged_in_a_file_that_cannot_be_written(window, settled, wait, project):
    wait(window.workspace.open_project(project, read_only=True))
    window.show_tab("relations")
    settled(window.workspace)
    panel = window.panels["relations"]
    panel.show_page(panel.judging)
    settled(window.workspace)
    assert not panel.judging.verdicts.buttons["accepted"].isEnabled()
    assert not panel.rules.import_button.isEnabled()
    assert panel.relating.decide("right") is None


def test_search_and_facets_equal_a_loop_over_all_pairs(relations):
    pairs = relations.relating.pairs
    wanted = PairQuery(Search("Tom Hanks"), {})
    slow = ["tom hanks" in pairs.context(row)[0].casefold() for row in range(len(pairs))]
    assert pairs.found(wanted).tolist() == slow
    counts = {one.facet: dict(one.values) for one in pairs.facets.counts({}, pairs.found(PairQuery(chosen={})))}
    assert sum(counts["distance"].values()) == len(pairs)
    for row in range(0, len(pairs), 7):
        line = pairs.line(row)
        subject, object_ = pairs.words(row)
        assert line.text[slice(*line.subject)] == subject
        assert line.text[slice(*line.object)] == object_
        band = bands()[int(pairs.facets.facet("distance").codes[row])]
        low, _, high = band.removesuffix(" +").partition("–")
        assert int(low) <= line.distance <= (10**9 if band.endswith("+") else int(high or low))
