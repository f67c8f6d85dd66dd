"""What a person arranged is so again at the next start; what is done to many rows is said before."""

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QSplitter

from farspan_app.gui.models.names import FOUND
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.widgets.bulk_dialog import MANY, BulkDialog
from farspan_app.gui.window import MainWindow


@pytest.fixture
def again(qtbot, preferences):
    """A further window of the same person; the one before is closed."""
    made = []

    def start():
        if made:
            made[-1].close()
        window = MainWindow(preferences)
        qtbot.addWidget(window)
        window.show()
        made.append(window)
        return window

    yield start
    made[-1].close()


def test_columns_splitters_sorts_and_the_tab_are_as_they_were(again, qtbot):
    window = again()
    window.show_tab("lists")
    lists, concordance = window.panels["lists"], window.panels["concordance"]
    lists.names.view.horizontalHeader().resizeSection(FOUND, 137)
    [split] = lists.findChildren(QSplitter)
    split.setSizes([150, 350])
    share = split.sizes()[0] / sum(split.sizes())
    concordance.sorts[0].setCurrentIndex(concordance.sorts[0].findData("document"))
    concordance.descending.setChecked(True)
    window = again()
    lists, concordance = window.panels["lists"], window.panels["concordance"]
    assert window.tabs.currentWidget() is lists
    assert lists.names.view.horizontalHeader().sectionSize(FOUND) == 137
    [split] = lists.findChildren(QSplitter)
    qtbot.waitUntil(lambda: abs(split.sizes()[0] / sum(split.sizes()) - share) < 0.1)
    assert concordance.sorts[0].currentData() == "document"
    assert concordance.descending.isChecked()


def test_a_project_opens_with_the_filter_it_was_left_with(again, scripts_copy, film_news, wait, settled):
    window = again()
    wait(window.workspace.open_project(scripts_copy))
    settled(window.workspace)
    window.workspace.choose({"label": frozenset({"PER"})})
    settled(window.workspace)
    wait(window.workspace.open_project(film_news))
    settled(window.workspace)
    assert not window.workspace.facets
    window = again()
    wait(window.workspace.open_project(scripts_copy))
    settled(window.workspace)
    assert window.workspace.facets == {"label": frozenset({"PER"})}
    model = window.panels["concordance"].model
    assert {model.line(row).label for row in range(model.rowCount())} == {"PER"}


def test_settings_that_somebody_spoilt_do_no_harm(tmp_path, qtbot):
    settings = QSettings(str(tmp_path / "spoilt.ini"), QSettings.Format.IniFormat)
    for name in ("layout/lists/head0x9", "layout/lists/split0x2", "habits/concordance/keep-sort0"):
        settings.setValue(name, b"nonsense" if name.startswith("layout") else "nonsense")
    window = MainWindow(Preferences(settings))
    qtbot.addWidget(window)
    assert window.panels["concordance"].sorts[0].currentData() == "place"
    window.close()


def test_folders_are_remembered_each_for_its_purpose(preferences, tmp_path):
    assert preferences.last_folder("lists", tmp_path / "p.farspan") == tmp_path
    (tmp_path / "lists").mkdir()
    preferences.set_last_folder("lists", tmp_path / "lists")
    assert preferences.last_folder("lists") == tmp_path / "lists"
    assert preferences.last_folder("texts", tmp_path / "p.farspan") == tmp_path
    (tmp_path / "lists").rmdir()
    assert preferences.last_folder("lists", tmp_path / "p.farspan") == tmp_path


def test_before_many_rows_are_changed_it_is_said_which(window, film_news, wait, settled):
    workspace = window.workspace
    wait(workspace.open_project(film_news))
    settled(workspace)
    window.show_tab("concordance")
    settled(workspace)
    panel = window.panels["concordance"]
    panel.view.selectAll()
    rows = len(panel.view.numbers)
    assert rows > MANY
    panel.judge("rejected")
    assert not workspace.judgements
    [dialog] = panel.findChildren(BulkDialog)
    group = dialog.counts.topLevelItem(0)
    assert [group.child(number).text(1) for number in range(group.childCount())] == [f"{rows:,}"]
    dialog.accept()
    settled(workspace)
    places = np.unique([hash(place) for place in workspace.judgements])
    assert len(places) > MANY
    workspace.undo()
    settled(workspace)
    assert not workspace.judgements
