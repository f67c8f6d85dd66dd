"""A table of rows that are judged: a million cost nothing until they are on the screen, blocks are chosen, rows are copied."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from farspan.model import LongArray

_ROW: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class RowsView(QTableView):
    """Rows of a model that can say them as tab-separated values (`tsv`) and tells when they are to be painted anew (`renewed`).

    main: the column that is scrolled to. opened: the number of a row. Subclasses share the width out in `spread`.
    """

    opened = Signal(int)
    chosen = Signal()

    def __init__(self, model: Any, main: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._main = model, main
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.7))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        # A click on a head is for sorting, not for choosing all; the head asks a million rows whether they are chosen, so that it
        # gets an empty selection of its own.
        self.setSortingEnabled(True)
        head.setSortIndicatorShown(False)
        head.setSelectionModel(QItemSelectionModel(model, head))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().selectionChanged.connect(self.chosen)
        model.renewed.connect(self.viewport().update)

    @property
    def numbers(self) -> LongArray:
        """int64: the numbers of the selected rows, from top to bottom."""
        blocks = self.selectionModel().selection()
        ranges = [np.arange(blocks.at(at).top(), blocks.at(at).bottom() + 1) for at in range(blocks.count())]
        found = np.sort(np.concatenate(ranges)) if ranges else np.empty(0, np.int64)
        # np.unique hashes, which for a million numbers in order takes a second.
        return found[np.diff(found, prepend=-1) > 0]

    def choose(self, number: int) -> None:
        """Choose one row, and scroll to it if it is not on the screen."""
        at = self._model.index(number, self._main)
        self.selectionModel().setCurrentIndex(at, _ROW)
        self.scrollTo(at)

    def go(self, step: int) -> None:
        """Choose the next or previous row."""
        number = self.currentIndex().row() + step
        if 0 <= number < self._model.rowCount():
            self.choose(number)

    def copy(self) -> None:
        """Put the selected rows on the clipboard as tab-separated values."""
        QGuiApplication.clipboard().setText(self._model.tsv(self.numbers.tolist()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the width out: what is read gets what the other columns leave."""
        super().resizeEvent(event)
        self.spread()

    def spread(self) -> None:
        """Give the columns their widths."""
        raise NotImplementedError
