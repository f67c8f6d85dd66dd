"""The page of the noise matrix: how often a true label was given as another one, with intervals. From what was read whole."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from farspan.audit.reading import ReadText
from farspan_app.gui import theme
from farspan_app.gui.auditing import Auditing, Known
from farspan_app.gui.numbers import numeral, numeral_range, renumbered
from farspan_app.gui.views.offsets import displayable

_HALF: Final = 0.5


class MatrixPage(QWidget):
    """A heat map of P(given label | true label); a cell's tip has its counts and its interval."""

    def __init__(self, auditing: Auditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.auditing = auditing
        self.lead, self.error = QLabel(), QLabel()
        for label in (self.lead, self.error):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.setProperty("quiet", True)
        self.table = QTableWidget()
        self.table.setAccessibleName(self.tr("Noise matrix: rows are true labels, columns given ones"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        heading = QLabel(self.tr("Which labels are mistaken for which?"))
        heading.setProperty("heading", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        for widget in (heading, self.lead, self.table, self.error):
            column.addWidget(widget, 1 if widget is self.table else 0)
        auditing.known_changed.connect(self.show_known)
        self.show_known(None)

    def show_known(self, known: Known | None) -> None:
        """Show the matrix of the gold documents, else of the sentences read."""
        measured = None if known is None else known.measured
        read = None if measured is None else measured.gold or measured.sentences
        self.table.setVisible(read is not None)
        self.error.setVisible(read is not None)
        if read is None:
            self.lead.setText(
                self.tr("Nothing was read whole yet: read sentences (page Estimates), or import documents with gold labels.")
            )
            return
        self.lead.setText(
            self.tr(
                "Share of the tokens of each true label (row) that got each label (column), from {} sentences read whole."
            ).format(read.units)
        )
        self._fill(read)

    def _fill(self, read: ReadText) -> None:
        found = read.analysis
        names = [displayable(label) for label in found.labels]
        self.table.setRowCount(len(names))
        self.table.setColumnCount(len(names) + 1)
        self.table.setHorizontalHeaderLabels([*names, self.tr("Tokens")])
        self.table.setVerticalHeaderLabels(names)
        counts, matrix, lower, upper = found.matrix.counts, found.matrix.matrix, found.matrix.lower, found.matrix.upper
        for i in range(len(names)):
            for j in range(len(names)):
                self.table.setItem(
                    i, j, self._cell(float(matrix[i, j]), float(lower[i, j]), float(upper[i, j]), int(counts[i, j]))
                )
            total = QTableWidgetItem(numeral(int(counts[i].sum())))
            total.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(i, len(names), total)
        self.table.resizeColumnsToContents()
        self.table.resizeRowsToContents()
        self.error.setText(self._errors(read))

    def _cell(self, value: float, low: float, high: float, count: int) -> QTableWidgetItem:
        if value != value:  # noqa: PLR0124  (not a number: the true label never occurs)
            item = QTableWidgetItem("–")
            item.setToolTip(self.tr("This true label does not occur in what was read"))
            return item
        sure = "" if low != low else f"\n{numeral_range(low, high, 3)}"  # noqa: PLR0124
        item = QTableWidgetItem(numeral(value, 3) + sure)
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        item.setToolTip(self.tr("{} tokens; 95% interval {}").format(numeral(count), numeral_range(low, high, 3)))
        colour = QColor(theme.current().accent)
        colour.setAlphaF(_HALF * value**0.5)
        item.setBackground(QBrush(colour))
        return item

    def _errors(self, read: ReadText) -> str:
        found = read.analysis
        if found.random_error is None:
            return ""
        said = self.tr("Expected squared error of the matrix: {} if tokens were drawn one by one")
        said = said.format(renumbered(f"{found.random_error:.2g}"))
        if found.clustered_error is None:
            return said + "."
        return said + self.tr("; {} as they were drawn, by sentence.").format(renumbered(f"{found.clustered_error:.2g}"))
