"""The table of lists: columns of counts, rows that can be dragged into another order."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QWidget

NUMBERS: Final = 5
"""Columns of counts behind the number of names."""


class SourceTable(QTableWidget):
    """Lists, the upper ones first. moved: a row was dragged, and to which place; nothing is moved by the table itself."""

    moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4 + NUMBERS, parent)
        self.setObjectName("sources")
        self.setHorizontalHeaderLabels(
            [
                self.tr("On"),
                self.tr("List"),
                self.tr("Label"),
                self.tr("Names"),
                self.tr("Names found"),
                self.tr("Candidates"),
                self.tr("Kept"),
                self.tr("Lost"),
                self.tr("Blocked"),
            ]
        )
        for number in range(3, 4 + NUMBERS):
            heading = self.horizontalHeaderItem(number)
            if heading is not None:
                heading.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(self.tr("Lists in the order in which they win ties"))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()

    def choose(self, row: int) -> None:
        """Choose `row` beside those that are chosen."""
        mode = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(self.model().index(row, 0), mode)

    def place_at(self, row: int, y: int) -> int:
        """Where the list in `row` comes to stand when it is dropped at height `y` of the viewport."""
        target = self.rowAt(y)
        if target < 0:
            target = self.rowCount()
        elif y > self.visualRect(self.model().index(target, 1)).center().y():
            target += 1
        return target - 1 if target > row else target

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Say where the row was dropped; what moves it is the project, and the table follows."""
        rows = self.selectionModel().selectedRows()
        if event.source() is not self or len(rows) != 1:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # with Move the table would delete what was dragged
        event.accept()
        self.moved.emit(rows[0].row(), self.place_at(rows[0].row(), int(event.position().y())))
