"""The controls of the conflict policy: what decides, in which order, over what, and whether matches may nest."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from farspan.options import CRITERIA, SCOPES, ConflictPolicy
from farspan_app.gui.widgets.option_control import ChoiceBox


class PolicyForm(QWidget):
    """Shows a policy; tells of every other that a person makes of it."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.criteria, self.scope, self.nested = QListWidget(), ChoiceBox(), QCheckBox(self.tr("keep them too"))
        self.up, self.down = QPushButton(self.tr("Up")), QPushButton(self.tr("Down"))
        self._make_criteria()
        self.scope.setAccessibleName(self.tr("Scope"))
        for name, hint in self._scopes().items():
            self.scope.addItem(name, name)
            self.scope.setItemData(self.scope.count() - 1, hint, Qt.ItemDataRole.ToolTipRole)
        self.nested.setToolTip(self.tr("Matches inside a kept one are kept as a second layer"))
        self.nested.setAccessibleName(self.tr("Nested: keep matches inside a kept one"))
        self.criteria.itemChanged.connect(lambda _: self._tell())
        self.scope.activated.connect(lambda _: self._tell())
        self.nested.clicked.connect(lambda _: self._tell())
        self._lay_out()

    @property
    def policy(self) -> ConflictPolicy:
        """What the controls say."""
        items = [self.criteria.item(row) for row in range(self.criteria.count())]
        chosen = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
        return ConflictPolicy(tuple(chosen), self.scope.currentData(), self.nested.isChecked())

    def show_policy(self, policy: ConflictPolicy) -> None:
        """Show `policy`; the criteria that it leaves out come last, unticked."""
        if policy == self.policy and self.criteria.count():
            return
        with QSignalBlocker(self.criteria), QSignalBlocker(self.scope), QSignalBlocker(self.nested):
            self.criteria.clear()
            for name in (*policy.criteria, *(name for name in CRITERIA if name not in policy.criteria)):
                self._add(name, is_used=name in policy.criteria)
            self.criteria.setCurrentRow(0)
            self.scope.setCurrentIndex(self.scope.findData(policy.scope))
            self.nested.setChecked(policy.nested)

    def move_chosen(self, step: int) -> None:
        """Let the chosen criterion decide earlier or later."""
        row = self.criteria.currentRow()
        if 0 <= row + step < self.criteria.count() and row >= 0:
            with QSignalBlocker(self.criteria):
                self.criteria.insertItem(row + step, self.criteria.takeItem(row))
                self.criteria.setCurrentRow(row + step)
            self._tell()

    def _tell(self) -> None:
        self.edited.emit(self.policy)

    def _add(self, name: str, *, is_used: bool) -> None:
        item = QListWidgetItem(self._criteria()[name])
        item.setData(Qt.ItemDataRole.UserRole, name)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if is_used else Qt.CheckState.Unchecked)
        self.criteria.addItem(item)

    def _make_criteria(self) -> None:
        self.criteria.setAccessibleName(self.tr("Criteria, the first decides first"))
        self.criteria.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.criteria.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.criteria.setFixedHeight(len(CRITERIA) * (self.criteria.fontMetrics().lineSpacing() + 9) + 6)
        for button, step, name in (
            (self.up, -1, self.tr("Let the criterion decide earlier")),
            (self.down, 1, self.tr("Let the criterion decide later")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(lambda _=False, step=step: self.move_chosen(step))

    def _lay_out(self) -> None:
        moves = QVBoxLayout()
        moves.addWidget(self.up)
        moves.addWidget(self.down)
        moves.addStretch()
        order = QHBoxLayout()
        order.addWidget(self.criteria, 1)
        order.addLayout(moves)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        scope, nested = QLabel(self.tr("Scope")), QLabel(self.tr("Matches inside others"))
        scope.setMinimumWidth(scope.fontMetrics().averageCharWidth() * 19)
        form.addRow(scope, self.scope)
        form.addRow(nested, self.nested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        rule = QLabel(self.tr("The first ticked criterion that tells two matches apart decides:"))
        rule.setWordWrap(True)
        column.addWidget(rule)
        column.addLayout(order)
        column.addLayout(form)

    def _criteria(self) -> dict[str, str]:
        said = {
            "length": self.tr("length: the longer match"),
            "priority": self.tr("priority: the list's priority"),
            "source": self.tr("source: the upper list"),
            "score": self.tr("score: the more exact match"),
            "left": self.tr("left: the earlier match"),
        }
        return {name: said.get(name, name) for name in CRITERIA}

    def _scopes(self) -> dict[str, str]:
        said = {
            "greedy": self.tr("the best, then the best of what is left, and so on"),
            "optimal": self.tr("the set with the best total"),
            "cluster": self.tr("one for each chain of overlaps"),
        }
        return {name: said.get(name, name) for name in SCOPES}
