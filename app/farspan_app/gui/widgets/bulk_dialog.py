"""Before something is done to many rows at once: how many of which label and list they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.model import IntArray, LongArray
from farspan.run import Run
from farspan_app.gui.numbers import numeral
from farspan_app.gui.views.offsets import displayable

MANY: Final = 100
"""Rows that are changed without a word."""


class BulkDialog(QDialog):
    """Accepted, what `said` says is to be done to `rows` of `run`."""

    def __init__(self, said: str, run: Run, rows: LongArray, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(said)
        self.resize(420, 360)
        heading, hint = (
            QLabel(self.tr("{} candidates").format(numeral(len(rows)))),
            QLabel(self.tr("One step: undo takes all of it back.")),
        )
        heading.setProperty("heading", True)
        hint.setProperty("quiet", True)
        self.counts = QTreeWidget()
        self.counts.setAccessibleName(self.tr("Labels and lists of the candidates"))
        self.counts.setHeaderLabels([self.tr("What"), self.tr("How many")])
        self.counts.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.counts.header().setStretchLastSection(False)
        self._add(self.tr("Label"), counted(run.label_ids[rows], run.rules.labels))
        self._add(self.tr("List"), counted(run.contest.sources[rows], [source.name for source in run.rules.sources]))
        self.counts.expandAll()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(said)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (heading, self.counts, hint, self.buttons):
            column.addWidget(widget)

    def _add(self, title: str, found: Iterable[tuple[str, int]]) -> None:
        group = QTreeWidgetItem([title])
        self.counts.addTopLevelItem(group)
        for name, count in found:
            row = QTreeWidgetItem([displayable(name), numeral(count)])
            row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            group.addChild(row)


def after_a_word(said: str, run: Run, rows: LongArray, act: Callable[[Sequence[int]], object], parent: QWidget) -> None:
    """Do `act` on `rows`: few at once, many when a person who was told which they are agrees."""
    if len(rows) > MANY:
        dialog = BulkDialog(said, run, rows, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: act(rows.tolist()))
        dialog.open()
    elif len(rows):
        act(rows.tolist())


def counted(numbers: IntArray | LongArray, names: Iterable[str]) -> list[tuple[str, int]]:
    """How often each name stands behind `numbers`, the most frequent first; those that never do are left out."""
    listed = list(names)
    counts = np.bincount(numbers, minlength=len(listed)).tolist()
    found = [(name, count) for name, count in zip(listed, counts, strict=True) if count]
    return sorted(found, key=lambda item: -item[1])
