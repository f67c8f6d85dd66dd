"""Given counts, when they are plotted, then every bar and line is there, in both looks, and the picture can be saved."""

import pytest

from farspan_app.gui import theme
from farspan_app.gui.widgets.plots import BarPlot, LinePlot


@pytest.fixture
def bars(qtbot):
    theme.use("light")
    plot = BarPlot("Spans by list")
    qtbot.addWidget(plot)
    plot.resize(500, 300)
    plot.show()
    return plot


def texts(plot):
    return [item.textItem.toPlainText() for item in plot.canvas.plotItem.items if hasattr(item, "textItem")]


def test_each_bar_has_its_count_and_small_ones_are_one_together(bars):
    bars.show_counts({f"list {number}": 1000 - number for number in range(20)}, by_label=False)
    assert texts(bars)[-1] == "1,000"
    assert len(texts(bars)) == 13
    assert texts(bars)[0] == f"{sum(1000 - number for number in range(12, 20)):,}"
    assert bars.canvas.getAxis("left")._tickLevels[0][0][1] == "8 other(s)"


def test_another_look_draws_in_other_colours(bars):
    bars.show_counts({"ቦታ": 3, "PER": 1}, by_label=True)
    light = bars.grab().toImage()
    theme.use("dark")
    assert bars.grab().toImage() != light
    theme.use("light")


@pytest.mark.parametrize("name", ["plot.svg", "plot.png"])
def test_a_plot_is_saved(qtbot, tmp_path, name):
    plot = LinePlot("Where they stand")
    qtbot.addWidget(plot)
    plot.resize(400, 200)
    plot.show_lines({"LOC": [1, 4, 2], "PER": [0, 0, 3]})
    plot.save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    assert data.startswith(b"\x89PNG") if name.endswith("png") else b"<svg" in data
    assert all(label in plot.heading.text() for label in ("LOC", "PER"))


def test_the_corpus_tab_shows_what_the_sample_project_labels(window, settled, film_news):
    window.open_path(film_news)
    settled(window.workspace)
    assert texts(window.panels["corpus"].by_label) == ["243"]
    assert sum(window.workspace.state.overview.over_corpus["MOVIE"]) == 243
