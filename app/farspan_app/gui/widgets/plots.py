"""Plots in the colours of the look, which can be saved as pictures: bars, and lines over the corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final

import numpy as np
import pyqtgraph
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPaintDevice, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from farspan.errors import OutputError, place
from farspan_app.gui import theme
from farspan_app.gui.numbers import numeral
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.verdict_row import small_button

_LONGEST: Final = 18
_PICTURE_SCALE: Final = 3
_MOST_BARS: Final = 12
_LEAST_ROWS: Final = 4  # one bar alone would fill the plot
_MOST_LINES: Final = 6


class Plot(QWidget):
    """A plot with its title and a button that saves it. Subclasses draw in `draw`, which is called again for another look."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = pyqtgraph.PlotWidget()
        self.canvas.setAccessibleName(title)
        self.canvas.setMenuEnabled(False)
        self.canvas.setMouseEnabled(False, False)
        self.canvas.hideButtons()
        self.heading = QLabel(title)
        self.heading.setProperty("quiet", True)
        self.save_button = small_button("export", "", self.tr("Save the plot as a picture: PNG or SVG"))
        self.save_button.setFlat(True)
        self.save_button.clicked.connect(lambda _=False: self.ask_and_save())
        row = QHBoxLayout()
        row.addWidget(self.heading)
        row.addStretch()
        row.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.canvas, 1)
        self.setMinimumHeight(120)

    def draw(self) -> None:
        """Draw what is to be seen."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw anew, in the colours in use."""
        look = theme.current()
        self.canvas.clear()
        self.canvas.setBackground(look.base)
        for side in ("left", "bottom"):
            axis = self.canvas.getAxis(side)
            axis.setPen(look.border)
            axis.setTextPen(look.muted)
        self.draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another look asks for other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.redraw()

    def ask_and_save(self) -> None:
        """Ask where, and save the picture."""
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the plot"), "plot.svg", "SVG (*.svg);;PNG (*.png)")
        if path:
            self.save(Path(path))

    def save(self, path: Path) -> None:
        """Write the plot to `path`: SVG, or PNG by the suffix. Raises OutputError."""
        scene = self.canvas.scene()
        size = scene.sceneRect().size().toSize()
        is_drawing = path.suffix.lower() != ".png"
        if is_drawing:
            target: QPaintDevice = QSvgGenerator()
            assert isinstance(target, QSvgGenerator)  # noqa: S101
            target.setFileName(str(path))
            target.setSize(size)
            target.setViewBox(QRect(QPoint(0, 0), size))
        else:
            target = QImage(size * _PICTURE_SCALE, QImage.Format.Format_ARGB32)
            target.fill(QColor(theme.current().base))
        painter = QPainter()
        if not painter.begin(target):
            raise OutputError("the plot cannot be written", where=place(path), remedy="choose another folder")
        scene.render(painter)
        painter.end()
        if isinstance(target, QImage) and not target.save(str(path)):
            raise OutputError("the plot cannot be written", where=place(path), remedy="choose another folder")


class BarPlot(Plot):
    """A bar for each name, the highest at the top; the many low ones are one bar together."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._counts: Mapping[str, int] = {}
        self._coloured = False

    def show_counts(self, counts: Mapping[str, int], *, by_label: bool) -> None:
        """Show `counts`; by_label: the names are labels and have colours of their own."""
        self._counts, self._coloured = counts, by_label
        self.redraw()

    def draw(self) -> None:
        """The bars, their names beside and their counts behind."""
        items = sorted(self._counts.items(), key=lambda item: -item[1])
        if len(items) > _MOST_BARS:
            rest = self.tr("%n other(s)", "", len(items) - _MOST_BARS)
            items = [*items[:_MOST_BARS], (rest, sum(value for _name, value in items[_MOST_BARS:]))]
        items.reverse()
        rows = np.arange(len(items))
        values = [value for _name, value in items]
        colours = [theme.label_colour(name) if self._coloured else theme.current().accent for name, _value in items]
        if items:
            self.canvas.addItem(pyqtgraph.BarGraphItem(x0=0, y=rows, height=0.62, width=values, brushes=colours, pen=None))
        most = max(values, default=1)
        for row, value in zip(rows.tolist(), values, strict=True):
            text = pyqtgraph.TextItem(numeral(value), color=theme.current().text, anchor=(0, 0.5))
            text.setPos(value + most * 0.01, row)
            self.canvas.addItem(text)
        names = [(row, _short(name)) for row, (name, _value) in enumerate(items)]
        self.canvas.getAxis("left").setTicks([names])
        self.canvas.hideAxis("bottom")
        self.canvas.setXRange(0, most * 1.25, padding=0)
        self.canvas.setYRange(len(items) - max(len(items), _LEAST_ROWS) - 0.6, max(len(items) - 0.4, 0.6), padding=0)


class LinePlot(Plot):
    """Counts over the corpus, from its first document to its last: a line for each of the most frequent labels."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._title = title
        self._lines: Mapping[str, Sequence[int]] = {}

    def show_lines(self, lines: Mapping[str, Sequence[int]]) -> None:
        """Show `lines`: label -> the counts of equally many stretches of the corpus."""
        self._lines = lines
        self.redraw()

    def draw(self) -> None:
        """The lines; which is which is said above, in the colour of each."""
        shown = sorted(self._lines.items(), key=lambda item: -sum(item[1]))[:_MOST_LINES]
        self.heading.setText("  ".join([escape(self._title), *(_key(number, label) for number, (label, _) in enumerate(shown))]))
        size = max((len(values) for values in self._lines.values()), default=1)
        top = max((max(values, default=0) for values in self._lines.values()), default=0)
        for number, (label, values) in enumerate(shown):
            pen = pyqtgraph.mkPen(theme.label_colour(label), width=2, style=_STYLES[number % len(_STYLES)])
            self.canvas.plot(np.arange(len(values)), np.array(values), pen=pen)
        self.canvas.getAxis("bottom").setTicks([[(0, self.tr("beginning")), (size - 1, self.tr("end"))]])
        self.canvas.getAxis("left").setTicks(None)
        self.canvas.setXRange(0, max(size - 1, 1), padding=0.04)
        self.canvas.setYRange(0, max(top * 1.08, 1), padding=0)


_STYLES: Final = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
_DASHES: Final = ("━", "╍", "┈", "┅")
"""Colour is never the only sign."""


def _key(number: int, label: str) -> str:
    """What a line looks like, and its label, as rich text."""
    colour, dash = theme.label_colour(label).name(), _DASHES[number % len(_DASHES)]
    return f'<span style="color:{colour}">{dash} {escape(_short(label))}</span>'


def _short(text: str) -> str:
    shown = displayable(text)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
