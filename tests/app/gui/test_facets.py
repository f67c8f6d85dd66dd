"""Given a project in many scripts, when values are ticked at the left, then table and text show what passes, and counts follow."""

import pytest
from PySide6.QtCore import Qt


def values(dock, facet):
    group = dock.tree.groups[facet]
    return {group.child(at).text(0): group.child(at) for at in range(group.childCount())}


@pytest.fixture
def opened(window, scripts_copy, wait, settled):
    wait(window.workspace.open_project(scripts_copy))
    window.show_tab("concordance")
    settled(window.workspace)
    return window


def test_ticking_a_label_narrows_table_and_text_and_showing_all_takes_it_back(opened, settled, qtbot):
    window = opened
    table, dock, workspace = window.panels["concordance"], window.facets_dock, window.workspace
    assert dock.isVisible()
    everything = table.model.rowCount()
    item = values(dock, "label")["PER"]
    assert item.text(1) == str(sum(label == 1 for label in workspace.run.label_ids))
    item.setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: workspace.passing is not None)
    assert table.model.rowCount() == len(workspace.passing) == int(values(dock, "label")["PER"].text(1))
    assert set(values(dock, "list")) == {"per"}
    assert set(values(dock, "label")) == {"LOC", "PER", "ORG"}, "another label may still be added"
    settled(workspace)
    assert set(window.panels["text"].view.spans.rows.tolist()) <= set(workspace.passing.tolist())
    dock.clear_button.click()
    qtbot.waitUntil(lambda: workspace.passing is None)
    assert table.model.rowCount() == everything


def test_facets_stand_beside_text_and_concordance_only(opened):
    for tab, expected in (("text", True), ("tuning", False), ("concordance", True), ("export", False)):
        opened.show_tab(tab)
        assert opened.facets_dock.isVisible() == expected


def test_a_verdict_is_counted_at_once(opened, wait, settled):
    wait(opened.workspace.judge([0, 1], "rejected"))
    settled(opened.workspace)
    assert values(opened.facets_dock, "verdict")["rejected"].text(1) == "2"


def test_a_folded_facet_is_filled_when_it_is_opened(opened):
    group = opened.facets_dock.tree.groups["name"]
    assert group.childCount() == 1
    group.setExpanded(True)
    assert group.childCount() > 5
    assert all(group.child(at).text(1) for at in range(group.childCount()))


def test_a_verdict_in_the_middle_of_a_tick_does_not_lose_it(opened, settled):
    table, workspace = opened.panels["concordance"], opened.workspace
    workspace.choose({"label": frozenset({"PER"})})
    workspace.judgements_changed.emit()  # drops the task that narrows down, and reads the rows anew
    settled(workspace)
    assert table.model.rowCount() == len(workspace.passing) == int(values(opened.facets_dock, "label")["PER"].text(1))
