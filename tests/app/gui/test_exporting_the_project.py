"""The Export tab beyond corpora: recipe, report and archive; an archive opens in the window."""

import json
import zipfile

import pytest

from farspan.recipe.reading import load_recipe
from farspan_app.gui.beside import BESIDE


@pytest.fixture
def panel(window, film_news, wait, settled):
    wait(window.workspace.open_project(film_news))
    settled(window.workspace)
    window.show_tab("export")
    return window.panels["export"]


def test_what_each_will_hold_is_shown_before_it_is_written(panel, qtbot, settled):
    for name, shown in (("recipe", "farspan = 1"), ("report", "# "), ("archive", "README.txt")):
        panel.formats.choose(name)
        qtbot.waitUntil(lambda shown=shown: shown in panel.beginning.toPlainText(), timeout=20_000)
        assert panel.scheme.isHidden()
        assert panel.losses.isHidden()
    panel.formats.choose("conll")
    qtbot.waitUntil(lambda: "B-MOVIE" in panel.beginning.toPlainText() or "\tO" in panel.beginning.toPlainText(), timeout=20_000)
    assert not panel.scheme.isHidden()


def test_recipe_and_report_are_written(panel, wait, tmp_path):
    panel.formats.choose("recipe")
    wait(panel.export(tmp_path / "film-news-recipe"))
    recipe = load_recipe(tmp_path / "film-news-recipe" / "recipe.toml")
    assert [table.label for table in recipe.lists] == ["MOVIE"]
    panel.formats.choose("report")
    for suffix in BESIDE["report"].suffixes:
        wait(panel.export(tmp_path / f"report{suffix}"))
    assert (tmp_path / "report.html").read_text().startswith("<!")
    assert json.loads((tmp_path / "report.json").read_text())
    assert (tmp_path / "report.md").read_text().startswith("#")


def test_an_archive_opens_in_the_window_beside_itself(panel, window, wait, settled, tmp_path):
    workspace = window.workspace
    rows = [row for row in range(len(workspace.run.contest)) if workspace.run.decisions.status[row] == 0][:3]
    wait(workspace.judge(rows, "accepted"))
    judged = dict(workspace.judgements)
    panel.formats.choose("archive")
    (tmp_path / "sent").mkdir()
    wait(panel.export(tmp_path / "sent" / "films.zip"))
    with zipfile.ZipFile(tmp_path / "sent" / "films.zip") as file:
        assert "film-news.farspan" in file.namelist()
    window.take_in([tmp_path / "sent" / "films.zip"])
    settled(workspace)
    assert workspace.path == tmp_path / "sent" / "films" / "film-news.farspan"
    assert dict(workspace.judgements) == judged
    assert workspace.path in window.preferences.recent


def test_formats_of_several_files_offer_an_archive_and_a_folder(panel):
    panel.formats.choose("brat")
    assert [suffix for _title, suffix in panel._kinds()] == [".zip", ""]
    panel.formats.choose("recipe")
    assert [suffix for _title, suffix in panel._kinds()] == [""]
