"""The page of what may be missed: unlabelled stretches that look like entities. Signals, never estimates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.noise.missed import Missed
from farspan_app.gui.auditing import Auditing
from farspan_app.gui.icons import icon
from farspan_app.gui.numbers import numeral
from farspan_app.gui.told import told
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.workspace import Selection

_CONTEXT: Final = 40
_IN_CONTEXT: Final = 3


class MissedPage(QWidget):
    """The likeliest first; each opens in its text, or is labelled there and then."""

    opened = Signal()

    def __init__(self, auditing: Auditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.auditing = auditing
        self._found: Sequence[Missed] = ()
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("What looks like an entity and has no label"))
        self.tree.setHeaderLabels(
            [self.tr("Text"), self.tr("Looks like"), self.tr("Times"), self.tr("In context"), self.tr("Because")]
        )
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.label_button = QPushButton(icon("label"), self.tr("Label as it looks"))
        self.label_button.setAccessibleName(self.tr("Label the chosen places as they look"))
        self.label_button.clicked.connect(lambda _=False: self._label())
        heading, lead = (
            QLabel(self.tr("What may be missed?")),
            QLabel(
                self.tr(
                    "A small tagger that learns from the labels of other documents finds these unlabelled words most like "
                    "entities. These are signals, not estimates: how many entities are missed is measured by reading."
                )
            ),
        )
        heading.setProperty("heading", True)
        lead.setWordWrap(True)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.label_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(lead)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        auditing.missed_found.connect(self.show_missed)
        self.tree.itemActivated.connect(lambda item, _column: self._open(self.tree.indexOfTopLevelItem(item)))
        self.tree.itemSelectionChanged.connect(self._enable)
        self._enable()

    def show_missed(self, found: Sequence[Missed]) -> None:
        """Show what was found."""
        self._found = found
        self.tree.clear()
        self.tree.addTopLevelItems([self._item(one) for one in found])
        for column in range(3):
            self.tree.resizeColumnToContents(column)
        self.tree.setColumnWidth(_IN_CONTEXT, max(240, self.tree.viewport().width() // 2))
        self._enable()

    def _item(self, one: Missed) -> QTreeWidgetItem:
        text = self.auditing.workspace.documents[one.document].text
        around = (
            f"{text[max(0, one.start - _CONTEXT) : one.start]}[{text[one.start : one.end]}]{text[one.end : one.end + _CONTEXT]}"
        )
        cells = [
            one.text,
            one.label,
            numeral(one.count),
            " ".join(around.split()),
            "; ".join(told(reason) for reason in one.reasons),
        ]
        item = QTreeWidgetItem([displayable(cell) for cell in cells])
        item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _open(self, row: int) -> None:
        one = self._found[row]
        self.auditing.workspace.select(Selection(one.document, one.start, one.end))
        self.opened.emit()

    def _chosen(self) -> list[Missed]:
        return [self._found[self.tree.indexOfTopLevelItem(item)] for item in self.tree.selectedItems()]

    def _enable(self) -> None:
        self.label_button.setEnabled(bool(self.tree.selectedItems()) and not self.auditing.workspace.read_only)

    def _label(self) -> None:
        chosen = self._chosen()
        for label in dict.fromkeys(one.label for one in chosen):
            places = [(one.document, one.start, one.end) for one in chosen if one.label == label]
            self.auditing.workspace.add_spans(places, label)
