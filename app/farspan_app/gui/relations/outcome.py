"""What the rules found: relations and bags of each, what was left out and why, negatives, contradictions."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan_app.gui.models.pairs_table import told
from farspan_app.gui.numbers import numeral
from farspan_app.gui.relating import Relating
from farspan_app.gui.views.offsets import displayable

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHOWN: Final = 200


class OutcomeView(QWidget):
    """The counts of the relation run that is shown."""

    def __init__(self, relating: Relating, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relating = relating
        heading = QLabel(self.tr("What was found"))
        heading.setProperty("heading", True)
        self.summary, self.warning = QLabel(), QLabel()
        for label in (self.summary, self.warning):
            label.setWordWrap(True)
        self.warning.setProperty("fault", True)
        self.table = QTreeWidget()
        self.table.setAccessibleName(self.tr("What was found of each relation"))
        self.table.setHeaderLabels([self.tr("Relation"), self.tr("Found"), self.tr("Bags"), self.tr("Left out, why")])
        self.table.setRootIsDecorated(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.said = QPlainTextEdit()
        self.said.setReadOnly(True)
        self.said.setAccessibleName(self.tr("Contradictions"))
        self.said.setMaximumHeight(180)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(self.summary)
        column.addWidget(self.warning)
        column.addWidget(self.table, 1)
        column.addWidget(self.said)
        relating.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the counts of the run."""
        run = self.relating.standing.run
        self.table.clear()
        report = {} if run is None else dict(run.report)
        self.table.setVisible(bool(report))
        found = report.get("contradictions", [])
        self.said.setVisible(bool(found))
        if not report:
            self.summary.setText(self.tr("Nothing yet. Choose the rules at the left, then find relations."))
            self.warning.clear()
            self.warning.hide()
            return
        self.summary.setText(self._summary(report))
        self._warn(report)
        for name, counts in sorted(report["by_relation"].items()):
            self.table.addTopLevelItem(self._row(name, counts))
        for strategy, number in report["negatives"].items():
            item = QTreeWidgetItem([self.tr("negatives, {}").format(strategy), numeral(number), "", ""])
            item.setTextAlignment(1, _RIGHT)
            self.table.addTopLevelItem(item)
        lines = [self._contradiction(one) for one in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append(self.tr("... and {} more").format(numeral(len(found) - _SHOWN)))
        self.said.setPlainText(displayable("\n".join(lines)))

    def _summary(self, report: dict[str, Any]) -> str:
        return self.tr(
            "{} mentions, {} of them known to the triples; {} pairs stand near enough, {} stand in a relation."
        ).format(*(numeral(report[name]) for name in ("mentions", "linked", "pairs", "relations")))

    def _warn(self, report: dict[str, Any]) -> None:
        said = ""
        if report["mentions"] and not report["linked"]:
            said = self.tr(
                "The triples know none of the mentions: subjects and objects must be the ids of your lists, or the names as the "
                "lists spell them."
            )
        elif report["contradictions"]:
            said = self.tr("%n contradiction(s), below", "", len(report["contradictions"]))
        self.warning.setText(said)
        self.warning.setVisible(bool(said))

    def _row(self, name: str, counts: dict[str, Any]) -> QTreeWidgetItem:
        reasons = sorted(counts["left_out"].items(), key=lambda one: -one[1])
        why = ", ".join(f"{told(reason).rpartition(': ')[2]} {numeral(number)}" for reason, number in reasons if number)
        item = QTreeWidgetItem([displayable(name), numeral(counts["relations"]), numeral(counts["bags"]), why])
        for column in (1, 2):
            item.setTextAlignment(column, _RIGHT)
        item.setToolTip(3, why)
        return item

    def _contradiction(self, one: dict[str, Any]) -> str:
        entities, relations = list(one["entities"]), list(one["relations"])
        if one["kind"] == "circle":
            circle = " > ".join([*entities, entities[0]])
            return self.tr("{}: {} runs in a circle: {}").format(one["document"], relations[0], circle)
        said = self.tr("{}: {} cannot all hold of {} and {}")
        return said.format(one["document"], ", ".join(relations), *entities[:2])
