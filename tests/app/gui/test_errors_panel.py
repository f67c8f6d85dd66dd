"""Given the sample project, when a person goes from "how good is it" to judging, then a number with its interval can be quoted."""

import json

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from farspan.audit.samples import SENTENCES, SPANS, TOKENS
from farspan_app.gui.workspace import Workspace


@pytest.fixture
def errors(window, settled, film_news):
    window.resize(1280, 720)
    window.open_path(film_news)
    settled(window.workspace)
    window.show_tab("errors")
    settled(window.workspace)
    return window.panels["errors"]


def draw(errors, settled, method, size):
    errors.auditing.draw(method, size)
    settled(errors.workspace)


def rows(tree):
    return [
        [tree.topLevelItem(at).text(column) for column in range(tree.columnCount())] for at in range(tree.topLevelItemCount())
    ]


def test_before_a_judgement_there_is_no_number_and_no_interval(errors):
    assert "Nothing is measured yet" in errors.measure.lead.text()
    assert not errors.measure.table.isVisible()
    assert not errors.measure.quote.isVisible()
    assert errors.judging.nothing.isHidden() is False


def test_thirty_spans_judged_by_key_give_a_sentence_to_quote(errors, window, settled, qtbot):
    errors.measure.draw_buttons[SPANS].click()
    settled(window.workspace)
    assert errors.stack.currentWidget() is errors.judging
    for number in range(30):
        qtbot.keyClick(errors.judging.view, Qt.Key.Key_R if number % 3 == 0 else Qt.Key.Key_A)
        settled(window.workspace)
    assert errors.auditing.queue.item is None
    assert "30 of 30" in errors.judging.heading.text()
    assert "95% interval" in errors.judging.so_far.text()
    errors.show_page(errors.measure)
    settled(window.workspace)
    what, of, estimate, interval, *_ = rows(errors.measure.table)[0]
    assert (what, of, estimate) == ("Precision", "all labels", errors.auditing.queue.so_far.estimate.value.__format__(".2f"))
    assert "-" in interval
    errors.measure.copy_button.click()
    said = QGuiApplication.clipboard().text()
    assert said.startswith("Precision of all labels is 0.")
    assert "30 spans judged, stratified by risk" in said


def test_the_last_verdict_is_taken_back_by_its_key_and_by_undo(errors, window, settled, qtbot):
    draw(errors, settled, SPANS, 30)
    first = errors.auditing.queue.item
    qtbot.keyClick(errors.judging.view, Qt.Key.Key_U)
    settled(window.workspace)
    assert errors.auditing.queue.done == 1
    qtbot.keyClick(errors.judging.view, Qt.Key.Key_B)
    settled(window.workspace)
    assert (errors.auditing.queue.done, errors.auditing.queue.item) == (0, first)
    qtbot.keyClick(errors.judging.view, Qt.Key.Key_A)
    settled(window.workspace)
    window.undo()
    settled(window.workspace)
    assert errors.auditing.queue.done == 0, "the queue follows an undo from elsewhere"


def test_a_sentence_is_read_with_its_marks_put_right(errors, window, settled):
    draw(errors, settled, SENTENCES, 40)
    page = errors.judging
    while not page.entities:
        page.press("later")
        settled(window.workspace)
    unit = errors.auditing.queue.item.unit
    page.view.set_current(0)
    page.answer("rejected")
    page.view.select(0, 3)
    page.give_label("MOVIE")
    assert (0, 3, "MOVIE") in page.entities
    wanted = {(start + unit.start, end + unit.start, label) for start, end, label in page.entities}
    page.press("accepted")
    settled(window.workspace)
    gold = window.workspace.project.work.gold(unit.document)
    assert {(one.start, one.end, one.label) for one in gold if unit.start <= one.start < unit.end} == wanted
    errors.show_page(errors.measure)
    settled(window.workspace)
    assert any(row[0].startswith("Recall") for row in rows(errors.measure.table))
    errors.show_page(errors.matrix)
    settled(window.workspace)
    assert errors.matrix.table.rowCount() >= 1


def test_unlabelled_words_are_checked(errors, window, settled):
    draw(errors, settled, TOKENS, 20)
    assert errors.judging.verdicts.buttons["accepted"].text() == "No entity"
    errors.judging.press("accepted")
    settled(window.workspace)
    errors.judging.give_label("MOVIE")
    settled(window.workspace)
    said = window.workspace.project.work.judgements()
    assert [(one.verdict, one.right_label) for one in said] == [("right", None), ("wrong", "MOVIE")]


def test_a_proposal_is_tried_before_it_is_in_force(errors, window, settled):
    draw(errors, settled, SPANS, 40)
    while errors.auditing.queue.item is not None:
        short = len(errors.auditing.queue.item.surface) < 6
        errors.judging.press("rejected" if short else "accepted")
        settled(window.workspace)
    errors.show_page(errors.causes)
    settled(window.workspace)
    assert errors.causes.cases.topLevelItemCount() > 0
    page = errors.causes
    page.proposals.setCurrentItem(page.proposals.topLevelItem(0))
    wrong = int(page.proposals.topLevelItem(0).text(1))
    assert wrong < 0
    page.try_button.click()
    settled(window.workspace)
    assert window.workspace.has_pending
    assert window.tabs.currentWidget() is window.panels["tuning"]
    assert len(window.workspace.preview.removed) >= -wrong


def test_a_cell_of_the_lists_opens_its_places(errors, window, settled):
    errors.show_page(errors.lists)
    settled(window.workspace)
    assert errors.lists.table.item(0, 0).text() == "film_titles"
    expected = errors.lists.found.overlaps.rows("agree", 0, 0)
    errors.lists._open(0, 0)
    settled(window.workspace)
    assert window.tabs.currentWidget() is window.panels["concordance"]
    assert window.panels["concordance"].model.rows.tolist() == expected.tolist()
    assert "film_titles" in window.facets_dock.only.text()
    window.facets_dock.clear_button.click()
    settled(window.workspace)
    assert window.panels["concordance"].model.rowCount() == len(window.workspace.run.contest)


def test_signals_are_called_signals(errors, window, settled, qtbot):
    errors.show_page(errors.missed)
    settled(window.workspace)
    assert errors.missed.tree.topLevelItemCount() > 10
    headings = [errors.pages.item(row).text() for row in range(errors.pages.count())]
    assert headings.index("Signals, not estimates") < headings.index("What may be missed")
    errors.missed._open(0)
    assert window.workspace.selection is not None
    errors._show_risky()
    qtbot.waitUntil(lambda: window.workspace.signals is not None, timeout=20_000)
    settled(window.workspace)
    risks = window.panels["concordance"].model.kwic.risks[window.panels["concordance"].model.rows]
    assert (np.diff(risks) <= 0).all()


def test_the_report_is_written(errors, window, settled, tmp_path, wait):
    draw(errors, settled, SPANS, 10)
    errors.judging.press("accepted")
    settled(window.workspace)
    for name in ("report.html", "report.md", "report.json"):
        wait(errors.auditing.write_report(tmp_path / name))
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["measured"]["estimates"]
    assert "<svg" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_nothing_is_judged_in_a_file_that_cannot_be_written(window, settled, wait, film_news):
    wait(window.workspace.open_project(film_news, read_only=True))
    window.show_tab("errors")
    settled(window.workspace)
    assert isinstance(window.workspace, Workspace)
    assert not any(button.isEnabled() for button in window.panels["errors"].measure.draw_buttons.values())


def test_kept_numbers_stay_as_they_were_and_say_when_the_rules_are_others(errors, window, settled, wait):
    draw(errors, settled, SPANS, 10)
    for _ in range(10):
        errors.judging.press("accepted")
        settled(window.workspace)
    errors.show_page(errors.measure)
    settled(window.workspace)
    wait(errors.auditing.keep())
    settled(window.workspace)
    [row] = rows(errors.measure.kept)
    assert row[1] == "present rules"
    assert row[2].startswith("Precision of all labels is 1.00")
    window.workspace.set_options(None, {"min_tokens": 2})
    settled(window.workspace)
    wait(window.workspace.apply())
    settled(window.workspace)
    assert rows(errors.measure.kept) == [[row[0], "older rules", row[2]]]
