"""The page of numbers: how many relations are right, by sentence and by bag, and how many negatives are wrong."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.noise.intervals import Estimate
from farspan_app.gui.icons import icon
from farspan_app.gui.numbers import numeral
from farspan_app.gui.relating import Relating
from farspan_app.gui.relations.quotes import quoted
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.interval import RANGE, IntervalDelegate

_WHAT, _VALUE, _INTERVAL, _BAR, _N = range(5)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RelationEstimatesPage(QWidget):
    """What is known, and the three queues to know more. judging_asked: the purpose of a queue."""

    judging_asked = Signal(str)

    def __init__(self, relating: Relating, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relating = relating
        self.rows: list[tuple[str, str, Estimate]] = []
        heading, self.lead, self.quote = QLabel(self.tr("How many are right?")), QLabel(), QLabel()
        heading.setProperty("heading", True)
        for label in (self.lead, self.quote):
            label.setWordWrap(True)
        self.quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = self._table()
        self.copy_button = QPushButton(icon("copy"), self.tr("Copy the sentence"))
        self.copy_button.setAccessibleName(self.copy_button.text())
        self.copy_button.clicked.connect(lambda _=False: self._copy())
        below = QHBoxLayout()
        below.addWidget(self.copy_button)
        below.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self.lead)
        column.addLayout(self._steps())
        column.addWidget(self.table, 100)
        column.addWidget(self.quote)
        column.addLayout(below)
        column.addStretch()
        relating.changed.connect(self.refresh)
        relating.judged.connect(self.refresh)
        self.table.itemSelectionChanged.connect(self._show_quote)
        self.refresh()

    def _steps(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        said = {
            "sentence": (self.tr("Judge sentences"), self.tr("Tells how many pairs are right in the sentence they stand in")),
            "bag": (self.tr("Judge bags"), self.tr("Tells how many bags have at least one sentence that supports them")),
            "negative": (self.tr("Judge negatives"), self.tr("Tells how many negatives do stand in a relation")),
        }
        self.buttons: dict[str, QPushButton] = {}
        for name, (text, told) in said.items():
            is_first = name == "sentence"
            button = QPushButton(icon("accept", on_accent=is_first), text)
            button.setAccessibleName(text)
            button.setToolTip(told)
            button.setProperty("primary", is_first)
            button.clicked.connect(lambda _=False, name=name: self.judging_asked.emit(name))
            self.buttons[name] = button
            row.addWidget(button)
        row.addStretch()
        return row

    def _table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(self.tr("What is measured"))
        table.setHeaderLabels(
            [self.tr("Measured"), self.tr("Estimate"), self.tr("95% interval"), "0 … 1", self.tr("Judged")]
        )  # fmt: skip
        table.setRootIsDecorated(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setItemDelegateForColumn(_BAR, IntervalDelegate(table))
        head = table.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(_BAR, 220)
        return table

    def refresh(self) -> None:
        """Show what is known by now; where nothing is judged there is no number."""
        self.rows = list(self._known())
        self.table.clear()
        self.table.addTopLevelItems([self._row(*one) for one in self.rows])
        for column in (_VALUE, _INTERVAL, _N):
            self.table.resizeColumnToContents(column)
        for widget in (self.table, self.quote, self.copy_button):
            widget.setVisible(bool(self.rows))
        self.lead.setText(
            self.tr("Every number comes from pairs of its queue that people judged; verdicts given elsewhere do not count.")
            if self.rows
            else self.tr(
                "Nothing is measured yet. Judge thirty sentences, and you know how many relations are right and how sure that "
                "number is. In bags one right sentence is enough; among negatives you find those that are none."
            )
        )
        pairs = self.relating.pairs
        for name, button in self.buttons.items():
            has_negatives = pairs is not None and bool(pairs.is_negative.any())
            button.setEnabled(pairs is not None and (has_negatives or name != "negative"))
        first = self.table.topLevelItem(0)
        if first is not None:
            self.table.setCurrentItem(first)

    def _known(self) -> Iterator[tuple[str, str, Estimate]]:
        """Purpose, relation ("": all) and what its judgements say."""
        found = self.relating.estimates
        if found is None:
            return
        for purpose, shares in (("sentence", found.sentences), ("bag", found.bags)):
            for relation, estimate in shares.items():
                # Of a single relation, all of them say the same.
                if relation or len(shares) != 2:
                    yield purpose, relation, estimate
        if found.false_negatives.n:
            yield "negative", "", found.false_negatives

    def _row(self, purpose: str, relation: str, estimate: Estimate) -> QTreeWidgetItem:
        of = relation or self.tr("all relations")
        names = {
            "sentence": self.tr("Sentence precision of {}").format(of),
            "bag": self.tr("Bag precision of {}").format(of),
            "negative": self.tr("False negatives"),
        }
        value, interval = estimate.value, estimate.interval
        item = QTreeWidgetItem([
            displayable(names[purpose]),
            "" if value is None else numeral(value, 2),
            self.tr("not known") if interval is None else f"{numeral(interval.lower, 2)}–{numeral(interval.upper, 2)}",
            "",
            numeral(estimate.n),
        ])  # fmt: skip
        ends = (None, None) if interval is None else (interval.lower, interval.upper)
        item.setData(_BAR, RANGE, None if value is None else (value, *ends))
        for column in (_VALUE, _INTERVAL, _N):
            item.setTextAlignment(column, _RIGHT)
        return item

    def _show_quote(self) -> None:
        number = self.table.indexOfTopLevelItem(self.table.currentItem())  # type: ignore[arg-type]
        if 0 <= number < len(self.rows):
            self.quote.setText(displayable(quoted(*self.rows[number])))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.quote.text())
        self.relating.workspace.message.emit(self.tr("The sentence is on the clipboard"))
