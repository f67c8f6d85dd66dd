"""The page of lists: what each gives alone, how they overlap and conflict, what switching one off does. Counts, not estimates."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan_app.gui import theme
from farspan_app.gui.auditing import Auditing, Lists
from farspan_app.gui.numbers import numeral, percent
from farspan_app.gui.views.offsets import displayable

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ListsPage(QWidget):
    """A table of the lists, and a heat map of pairs of them whose cells open the places behind them."""

    opened = Signal()

    def __init__(self, auditing: Auditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.auditing = auditing
        self.found: Lists | None = None
        self.table, self.heat = QTableWidget(), QTableWidget()
        self.table.setAccessibleName(self.tr("What each list gives"))
        self.heat.setAccessibleName(self.tr("How lists overlap; Enter opens the places"))
        for table in (self.table, self.heat):
            table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
            table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("What the cells count"))
        self.kind.addItem(self.tr("same place, same label"), "agree")
        self.kind.addItem(self.tr("same place, another label"), "conflict")
        self.kind.addItem(self.tr("overlapping places"), "touch")
        self.warnings = QLabel()
        self.warnings.setWordWrap(True)
        self.warnings.setProperty("fault", True)
        self._lay_out()
        auditing.lists_found.connect(self.show_lists)
        self.kind.currentIndexChanged.connect(lambda _: self._fill_heat())
        self.heat.itemActivated.connect(lambda item: self._open(item.row(), item.column()))

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("What does each list give?"))
        heading.setProperty("heading", True)
        caption = QLabel(self.tr("Pairs of lists; double click a cell to see its places"))
        caption.setProperty("quiet", True)
        row = QHBoxLayout()
        row.addWidget(caption)
        row.addStretch()
        row.addWidget(self.kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(self.table, 1)
        column.addWidget(self.warnings)
        column.addLayout(row)
        column.addWidget(self.heat, 1)

    def show_lists(self, found: Lists) -> None:
        """Show what was found."""
        self.found = found
        rows = found.described["sources"]
        headings = [
            self.tr("List"), self.tr("Label"), self.tr("Names"), self.tr("Names found"), self.tr("Kept"), self.tr("Only here"),
            self.tr("Without it: lost"), self.tr("new"), self.tr("changed"),
        ]  # fmt: skip
        self.table.setColumnCount(len(headings))
        self.table.setHorizontalHeaderLabels(headings)
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            self._fill_row(number, row)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        copies = found.described["near_copies"]
        self.warnings.setText(
            "\n".join(
                self.tr("{} and {} share {} of their {}: nearly copies of each other").format(
                    one["one"],
                    one["other"],
                    percent(one["jaccard"]),
                    self.tr("names") if one["of"] == "names" else self.tr("places"),
                )
                for one in copies
            )
        )
        self.warnings.setVisible(bool(copies))
        self._fill_heat()

    def _fill_row(self, number: int, row: dict[str, Any]) -> None:
        off = row.get("switched_off") or {}
        values = [row["list"], row["label"], row["names"], row["matched_names"], row["kept"], row.get("unique"),
                  off.get("removed"), off.get("added"), off.get("changed")]  # fmt: skip
        for column, value in enumerate(values):
            text = displayable(value) if isinstance(value, str) else "" if value is None else numeral(value)
            item = QTableWidgetItem(text)
            if column > 1:
                item.setTextAlignment(_RIGHT)
            self.table.setItem(number, column, item)

    def _fill_heat(self) -> None:
        if self.found is None:
            return
        names = self.found.overlaps.names
        counts = getattr(self.found.overlaps, str(self.kind.currentData()))
        self.heat.setRowCount(len(names))
        self.heat.setColumnCount(len(names))
        self.heat.setHorizontalHeaderLabels([displayable(name) for name in names])
        self.heat.setVerticalHeaderLabels([displayable(name) for name in names])
        most = max((int(counts[i, j]) for i in range(len(names)) for j in range(len(names)) if i != j), default=0)
        for i in range(len(names)):
            for j in range(len(names)):
                self.heat.setItem(i, j, self._cell(int(counts[i, j]), most, alone=i == j))
        self.heat.resizeColumnsToContents()

    def _cell(self, count: int, most: int, *, alone: bool) -> QTableWidgetItem:
        item = QTableWidgetItem(self.tr("{} alone").format(numeral(count)) if alone else numeral(count))
        item.setTextAlignment(_RIGHT)
        if alone:
            item.setForeground(theme.muted_colour())
        elif most:
            colour = QColor(theme.current().accent)
            colour.setAlphaF(0.55 * (count / most) ** 0.5)
            item.setBackground(QBrush(colour))
        return item

    def _open(self, row: int, column: int) -> None:
        if self.found is None:
            return
        names, kind = self.found.overlaps.names, str(self.kind.currentData())
        what = names[row] if row == column else f"{names[row]} × {names[column]}: {self.kind.currentText()}"
        self.auditing.workspace.look_at(what, self.found.overlaps.rows(kind, row, column))
        self.opened.emit()
