"""Names typed, or pasted out of a spreadsheet: name, id, aliases and label, shown as they will be taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.sources.arguments import label_fault
from farspan.sources.editing import Name, table_rows
from farspan_app.gui.views.offsets import displayable

_SHOWN: Final = 200


class NamesDialog(QDialog):
    """A list of one's own; without `is_new` names for a list that there is."""

    def __init__(self, parent: QWidget | None = None, *, is_new: bool = True) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A list of your own") if is_new else self.tr("Add names"))
        self.resize(820, 520)
        self.name, self.label, self.names = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.name.setAccessibleName(self.tr("Name of the list"))
        self.label.setAccessibleName(self.tr("Label of the matches"))
        self.names.setAccessibleName(self.tr("Names, one a line"))
        self.names.setPlaceholderText(
            self.tr("One name a line, or columns copied from a spreadsheet: name, id, aliases (between |), label")
        )
        self._is_new = is_new
        form = QFormLayout()
        form.addRow(self.tr("Name of the list"), self.name)
        form.addRow(self.tr("Label"), self.label)
        for line in (self.name, self.label):
            form.setRowVisible(line, is_new)
        self.table, self.status = QTableWidget(0, 4), QLabel()
        self.table.setAccessibleName(self.tr("Names as they will be taken"))
        self.table.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Id"), self.tr("Alias"), self.tr("Label")])
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number, width in ((1, 90), (2, 70), (3, 90)):
            self.table.horizontalHeader().resizeSection(number, width)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.status.setProperty("quiet", True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        split = QSplitter()
        split.addWidget(self.names)
        split.addWidget(self.table)
        split.setSizes([360, 440])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(split, 1)
        column.addWidget(self.status)
        column.addWidget(self._buttons)
        for signal in (self.name.textChanged, self.label.textChanged, self.names.textChanged):
            signal.connect(self._check)
        self._check()

    @property
    def rows(self) -> Sequence[Name]:
        """The names with their columns."""
        return table_rows(self.names.toPlainText())

    @property
    def values(self) -> tuple[str, str, Sequence[Name]]:
        """Name of the list, label, names."""
        return self.name.text().strip(), self.label.text().strip(), self.rows

    def _check(self) -> None:
        rows = self.rows
        self.table.setRowCount(min(len(rows), _SHOWN))
        for number, row in enumerate(rows[:_SHOWN]):
            cells = (row.surface, ", ".join(row.ids), self.tr("alias") if row.is_alias else "", row.label)
            for column, text in enumerate(cells):
                self.table.setItem(number, column, QTableWidgetItem(displayable(text)))
        fault = next((fault for row in rows if row.label and (fault := label_fault(row.label))), "")
        if self._is_new and self.label.text().strip():
            fault = fault or label_fault(self.label.text().strip())
        self.status.setText(self.tr("the label {}").format(fault) if fault else self.tr("%n names", "", len(rows)))
        ready = bool(rows) and not fault and (not self._is_new or all(self.values))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ready)
