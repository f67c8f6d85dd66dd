"""The Tuning tab: every option has a control, and a change is seen before it is in force."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QInputDialog

from farspan.diff import difference
from farspan.model import Document
from farspan.options import CRITERIA, OPTIONS, ConflictPolicy
from farspan.session import Lexicon, Session
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary
from farspan_app.gui.panels.tuning import TuningPanel
from farspan_app.gui.widgets.option_control import DIFFERS

TICK = QPoint(8, 10)  # on the box itself: beside it, a click does nothing


@pytest.fixture
def panel(qtbot, scripts):
    made = TuningPanel(scripts)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


@pytest.fixture
def tried(qtbot, settled):
    """Waits until what was changed is tried and shown."""

    def wait(panel):
        qtbot.waitUntil(lambda: not panel._pause.isActive(), timeout=5_000)
        settled(panel.workspace)

    return wait


def control(panel, name):
    return panel.form.controls[name]


def choose(qtbot, box, value):
    """Choose `value` with the keyboard."""
    box.setFocus()
    while box.currentData() != value:
        before = box.currentIndex()
        qtbot.keyClick(box, Qt.Key.Key_Down if box.findData(value) > before else Qt.Key.Key_Up)
        assert box.currentIndex() != before


def table(view):
    return {
        view.item(row, 0).text(): tuple(int(view.item(row, column).text().replace(",", "")) for column in (1, 2, 3))
        for row in range(view.rowCount())
    }


def counts(by_name):
    return {name: (several["added"], several["removed"], several["changed"]) for name, several in by_name.items()}


def session_from_scratch(workspace):
    rules = workspace.rules
    tokenizer = make_tokenizer(rules.tokenizer, rules.lang, Vocabulary())
    documents = [Document(one.id, one.text) for one in workspace.documents]
    return Session(build_corpus(documents, tokenizer, rules.lang), Lexicon(tokenizer, rules.lang))


def test_every_option_has_a_control_with_its_name_and_help(panel):
    assert set(panel.form.controls) == set(OPTIONS)
    for name, made in panel.form.controls.items():
        assert made.field.accessibleName().replace(" ", "_").lower() == name
        assert made.field.accessibleDescription() == OPTIONS[name].help
        assert made.isVisibleTo(panel)


def test_a_change_is_counted_as_two_runs_say_then_applied_and_taken_back(qtbot, panel, tried, settled):
    workspace = panel.workspace
    before = workspace.run
    choose(qtbot, panel.source, "loc")
    # Exact case becomes ignored diacritics and short names go: something is added, something removed.
    choose(qtbot, control(panel, "case").box, "ignore")
    control(panel, "min_length").box.setValue(4)
    tried(panel)
    session = session_from_scratch(workspace)
    alone = session.run(workspace.sources, workspace.policy)
    after = session.run(workspace.pending_sources, workspace.policy)
    found = difference(alone, after)
    assert len(found.removed) > 0
    assert [one.options.min_length for one in workspace.pending_sources] == [4, 0, 0]
    assert table(panel.effects.lists) == counts(found.by_list)
    assert table(panel.effects.labels) == counts(found.by_label)
    assert panel.effects.shown.totals == (len(found.added), len(found.removed), len(found.changed))
    said = f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed"
    assert panel.bar.said.text().endswith(said)
    assert panel.effects.rows.rowCount() == sum(panel.effects.shown.totals)
    assert workspace.run is before

    qtbot.mouseClick(panel.bar.apply_button, Qt.MouseButton.LeftButton)
    settled(workspace)
    assert len(workspace.run.spans) == len(after.spans)
    assert not workspace.has_pending
    assert control(panel, "min_length").box.value() == 4
    assert not panel.bar.isVisible()
    workspace.undo()
    settled(workspace)
    assert len(workspace.run.spans) == len(alone.spans)
    assert control(panel, "min_length").box.value() == 0


def test_discard_brings_the_controls_back(qtbot, panel, tried):
    workspace = panel.workspace
    qtbot.mouseClick(control(panel, "active").box, Qt.MouseButton.LeftButton, pos=TICK)
    choose(qtbot, control(panel, "case").box, "smart")
    control(panel, "fuzzy").box.setValue(2)
    control(panel, "max_risk").box.setValue(0.5)
    qtbot.keyClicks(control(panel, "label").line, "X")
    control(panel, "exclude").lines.setPlainText("Berlin\nWashington, D.C.")
    qtbot.mouseClick(panel.policy_form.nested, Qt.MouseButton.LeftButton, pos=TICK)
    tried(panel)
    options = workspace.pending_sources[0].options
    assert (options.active, options.case, options.fuzzy, options.max_risk, options.label) == (False, "smart", 2, 0.5, "X")
    assert options.exclude == ("Berlin", "Washington, D.C.")
    assert workspace.pending_policy.nested
    assert panel.form.labels["case"].font().bold()
    qtbot.mouseClick(panel.bar.discard_button, Qt.MouseButton.LeftButton)
    tried(panel)
    assert not workspace.has_pending
    assert control(panel, "active").box.isChecked()
    assert control(panel, "case").box.currentData() == "exact"
    assert control(panel, "fuzzy").box.value() == 0
    assert control(panel, "max_risk").box.value() == 1
    assert control(panel, "label").line.text() == ""
    assert control(panel, "exclude").values == ()
    assert panel.policy_form.policy == ConflictPolicy()
    assert not panel.form.labels["case"].font().bold()


def test_the_policy_is_changed_by_its_controls(qtbot, panel, tried):
    form = panel.policy_form
    form.criteria.setCurrentRow(2)
    qtbot.mouseClick(form.up, Qt.MouseButton.LeftButton)
    form.criteria.item(4).setCheckState(Qt.CheckState.Unchecked)
    choose(qtbot, form.scope, "cluster")
    tried(panel)
    assert panel.workspace.pending_policy == ConflictPolicy(("length", "source", "priority", "score"), "cluster", nested=False)
    qtbot.mouseClick(panel.bar.discard_button, Qt.MouseButton.LeftButton)
    assert form.policy.criteria == CRITERIA


def test_lists_that_differ_are_said_to_and_only_what_is_changed_is_made_equal(qtbot, panel, tried):
    workspace = panel.workspace
    choose(qtbot, panel.source, "per")
    choose(qtbot, control(panel, "case").box, "ignore")
    control(panel, "priority").box.setValue(3)
    control(panel, "left").lines.setPlainText("by")
    qtbot.mouseClick(control(panel, "aliases").box, Qt.MouseButton.LeftButton, pos=TICK)
    tried(panel)
    choose(qtbot, panel.source, None)
    assert control(panel, "case").box.currentIndex() == -1
    assert control(panel, "aliases").box.checkState() == Qt.CheckState.PartiallyChecked
    assert control(panel, "priority").box.text() == "lists differ"
    assert control(panel, "left").values == ()
    control(panel, "min_tokens").box.setValue(1)
    tried(panel)
    assert [one.options.min_tokens for one in workspace.pending_sources] == [1, 1, 1]
    assert {one.name: one.options.priority for one in workspace.pending_sources} == {"loc": 0, "per": 3, "org": 0}
    qtbot.keyClick(control(panel, "priority").box, Qt.Key.Key_Up)
    tried(panel)
    assert len({one.options.priority for one in workspace.pending_sources}) == 1


@pytest.mark.parametrize("name", OPTIONS)
def test_every_control_shows_that_lists_differ_without_telling_anybody(panel, name):
    told = []
    made = control(panel, name)
    made.edited.connect(lambda *what: told.append(what))
    for value in (DIFFERS, OPTIONS[name].default, DIFFERS, OPTIONS[name].default):
        made.show_value(value)
    assert told == []


def test_a_value_that_cannot_be_tried_is_said_beside_the_controls_and_cannot_be_applied(qtbot, panel, tried):
    workspace = panel.workspace
    control(panel, "min_length").box.setValue(4)
    tried(panel)
    good = workspace.pending_sources
    control(panel, "left").lines.setPlainText("/(/")
    tried(panel)
    assert panel.fault.isVisible()
    assert panel.fault.text().startswith("left: /(/ is no regular expression")
    assert control(panel, "left").values == ("/(/",)
    assert workspace.pending_sources == good
    control(panel, "left").lines.setPlainText("by")
    tried(panel)
    assert not panel.fault.isVisible()
    assert workspace.pending_sources[0].options.left == ("by",)


def test_a_row_selects_its_place_and_enter_opens_the_text(qtbot, window, settled, tried):
    window.open_sample()
    settled(window.workspace)
    window.show_tab("tuning")
    panel = window.panels["tuning"]
    choose(qtbot, control(panel, "case").box, "ignore")
    tried(panel)
    assert not window.pending_bar.isVisible()
    assert panel.bar.isVisible()
    rows = panel.effects.rows
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(rows.item(1, 1)).center())
    number, change = panel.effects.shown.rows[1]
    span = change.after or change.before
    chosen = window.workspace.selection
    assert (chosen.document, chosen.start, chosen.end) == (number, span.start, span.end)
    assert window.workspace.documents[number].text[span.start : span.end] in rows.item(1, 1).text()
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert window.tabs.currentWidget() is window.panels["text"]


def test_a_version_is_saved_from_here(qtbot, window, settled, tried, monkeypatch):
    window.open_sample()
    settled(window.workspace)
    window.show_tab("tuning")
    panel = window.panels["tuning"]
    choose(qtbot, control(panel, "case").box, "ignore")
    tried(panel)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("any case", True))
    qtbot.mouseClick(panel.save_button, Qt.MouseButton.LeftButton)
    settled(window.workspace)
    assert window.workspace.versions["any case"].of("film_titles").case == "ignore"
    assert window.workspace.sources[0].options.case == "ignore"
    assert not window.workspace.has_pending


def test_without_a_list_the_tab_says_what_is_missing(panel, workspace, wait, tmp_path):
    assert not panel.is_empty
    wait(workspace.new_project(tmp_path / "new.farspan"))
    assert panel.is_empty


def test_a_change_says_what_it_does_to_precision_where_spans_were_judged(window, settled, wait, film_news):
    window.open_path(film_news)
    settled(window.workspace)
    workspace = window.workspace
    short = [
        row
        for row in range(len(workspace.run.contest))
        if workspace.run.contest.ends[row] - workspace.run.contest.starts[row] == 1
    ]
    wait(workspace.judge(short[:40], "rejected"))
    wait(workspace.judge([row for row in range(len(workspace.run.contest)) if row not in short][:20], "accepted"))
    window.show_tab("tuning")
    panel = window.panels["tuning"]
    workspace.set_options(None, {"min_tokens": 2})
    settled(workspace)
    assert panel.judged.isVisible()
    assert "-" in panel.judged.text().split(";")[0]
    assert "precision +" in panel.judged.text()
    assert "95% interval" in panel.judged.text()
    workspace.discard()


def test_before_and_after_stand_side_by_side_and_scroll_together(window, settled, film_news):
    window.resize(1280, 720)
    window.open_path(film_news)
    settled(window.workspace)
    window.show_tab("tuning")
    panel, workspace = window.panels["tuning"], window.workspace
    workspace.set_options(None, {"min_tokens": 2})
    settled(workspace)
    panel.effects.rows.selectRow(0)
    panel.side_by_side.setChecked(True)
    settled(workspace)
    assert panel.sides.isVisible()
    number, change = panel.effects.shown.rows[0]
    before, after = panel.sides.before, panel.sides.after
    assert before.text == after.text == workspace.documents[number].text
    assert change.before.start in before.spans.starts
    assert change.before.start not in after.spans.starts
    before.verticalScrollBar().setValue(before.verticalScrollBar().maximum())
    bar = after.verticalScrollBar()  # heights are estimated until they are seen
    assert bar.value() > 0.95 * bar.maximum()
    workspace.discard()


def test_a_saved_version_is_compared_with_and_gone_back_to(window, settled, wait, film_news):
    window.open_path(film_news)
    settled(window.workspace)
    workspace, panel = window.workspace, window.panels["tuning"]
    window.show_tab("tuning")
    assert not panel.versions.isEnabled()
    wait(workspace.save_version("as it was"))
    before = len(workspace.run.spans)
    workspace.set_options(None, {"min_tokens": 2})
    settled(workspace)
    wait(workspace.apply())
    settled(workspace)
    assert len(workspace.run.spans) < before
    [action] = panel.versions.menu().actions()
    assert action.text() == "as it was"
    action.trigger()
    settled(workspace)
    assert len(workspace.preview.added) == before - len(workspace.run.spans)
    wait(workspace.apply())
    settled(workspace)
    assert len(workspace.run.spans) == before
