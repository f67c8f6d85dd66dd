"""Importing triples: the first rows, the relations and the problems by row, before anything is taken in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.relations.kb import KnowledgeBase
from farspan_app.gui.numbers import numeral
from farspan_app.gui.relating import Relating
from farspan_app.gui.told import told_fault
from farspan_app.gui.views.offsets import displayable, isolated

SHOWN: Final = 200
_COLUMNS: Final = ("subject", "relation", "object", "subject_type", "object_type", "source")
_NEEDED: Final = 3
_RELATIONS: Final = 8


class TripleImportDialog(QDialog):
    """What is shown is what will be imported: `found`, together with what is there if `is_added`."""

    def __init__(self, relating: Relating, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import triples from {}").format(", ".join(path.name for path in paths)))
        self.resize(760, 560)
        self.relating = relating
        self.found: KnowledgeBase | None = None
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("Subject"), self.tr("Relation"), self.tr("Object"), self.tr("Type of subject"),
                self.tr("Type of object"), self.tr("Source"),
            ]
        )  # fmt: skip
        self.table.setAccessibleName(self.tr("The first triples"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for side in (0, 2):
            self.table.horizontalHeader().setSectionResizeMode(side, QHeaderView.ResizeMode.Stretch)
        self.status, self.problems = QLabel(self.tr("Reading ...")), QPlainTextEdit()
        self.status.setWordWrap(True)
        self.problems.setReadOnly(True)
        self.problems.setMaximumHeight(110)
        self.problems.setAccessibleName(self.tr("Problems by row"))
        self.problems.hide()
        self.added = QCheckBox(self.tr("Together with the triples that are there; otherwise these take their place"))
        self.added.setVisible(relating.standing.triples is not None)
        self.added.setChecked(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setEnabled(False)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.table, 1)
        column.addWidget(self.status)
        column.addWidget(self.problems)
        column.addWidget(self.added)
        column.addWidget(self.buttons)
        task = relating.read_triples(paths)
        task.error_shown = True
        task.succeeded.connect(self._show)
        task.failed.connect(self._refuse)

    @property
    def is_added(self) -> bool:
        """Whether the triples that are there stay."""
        return not self.added.isHidden() and self.added.isChecked()

    def accept(self) -> None:
        """Take them in."""
        if self.found is not None:
            self.relating.take_triples(self.found, with_present=self.is_added)
        super().accept()

    def _refuse(self, error: BaseException) -> None:
        self.status.setText(displayable(told_fault(error)))

    def _show(self, found: KnowledgeBase) -> None:
        self.found = found
        self.table.setRowCount(min(len(found), SHOWN))
        used = set(range(_NEEDED))
        for row in range(self.table.rowCount()):
            triple = found.triple(row)
            for column, name in enumerate(_COLUMNS):
                text = getattr(triple, name)
                self.table.setItem(row, column, QTableWidgetItem(displayable(text)))
                used |= {column} if text else set()
        for column in range(len(_COLUMNS)):
            self.table.setColumnHidden(column, column not in used)
        counts = np.bincount(found.relation_ids, minlength=len(found.relations))
        order = np.argsort(-counts, kind="stable")[:_RELATIONS].tolist()
        relations = ", ".join(f"{isolated(found.relations[number])} {numeral(counts[number])}" for number in order)
        relations += " ..." if len(found.relations) > _RELATIONS else ""
        said = self.tr("{} triples: {}").format(numeral(len(found)), relations)
        if found.problems:
            said += self.tr("; rows with problems: {}; the rest is imported").format(numeral(len(found.problems)))
        self.status.setText(displayable(said))
        lines = [str(problem) for problem in found.problems[:SHOWN]]
        if len(found.problems) > SHOWN:
            lines.append(self.tr("... and {} more").format(numeral(len(found.problems) - SHOWN)))
        self.problems.setPlainText(displayable("\n".join(lines)))
        self.problems.setVisible(bool(lines))
        self._ok.setText(self.tr("Import {} triples").format(numeral(len(found))))
        self._ok.setEnabled(True)
