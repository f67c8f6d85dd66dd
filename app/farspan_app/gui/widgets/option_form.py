"""The controls of all matching options, for one list or for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from farspan.options import OPTIONS, MatchingOptions, Step
from farspan_app.gui.widgets.option_control import DIFFERS, OptionControl, make_control, title


class OptionForm(QWidget):
    """A control for every option, under the step of a run that it belongs to."""

    edited = Signal(str, object)
    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controls: dict[str, OptionControl] = {}
        self.labels: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for step, heading in self._headings().items():
            names = [name for name, option in OPTIONS.items() if option.touches == step]
            if names:
                column.addWidget(group_heading(heading))
                column.addLayout(self._group(names))

    def show_options(self, options: Sequence[MatchingOptions], in_force: Sequence[MatchingOptions], but: str = "") -> None:
        """Show what all of `options` say; what differs from `in_force` is marked. but: a control that is left as it is."""
        for name, control in self.controls.items():
            if name != but:
                values = [getattr(one, name) for one in options]
                control.show_value(values[0] if all(value == values[0] for value in values) else DIFFERS)
            is_changed = any(getattr(one, name) != getattr(old, name) for one, old in zip(options, in_force, strict=True))
            font = self.labels[name].font()
            font.setBold(is_changed)
            self.labels[name].setFont(font)

    def _headings(self) -> dict[Step, str]:
        return {
            Step.NAMES: self.tr("Names"),
            Step.PROFILE: self.tr("How words are compared"),
            Step.MATCH: self.tr("Where names are found"),
            Step.FILTER: self.tr("What is left out"),
            Step.DECIDE: self.tr("What a match becomes"),
        }

    def _group(self, names: Sequence[str]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for name in names:
            control, label = make_control(OPTIONS[name], self), QLabel(title(OPTIONS[name]))
            label.setBuddy(control.field)
            label.setToolTip(control.field.toolTip())
            label.setMinimumWidth(label.fontMetrics().averageCharWidth() * 19)  # the groups line up
            self.controls[name], self.labels[name] = control, label
            control.edited.connect(self._edited)
            control.entered.connect(self.entered)
            form.addRow(label, control)
        return form

    def _edited(self, name: str, value: Any) -> None:
        self.edited.emit(name, value)


def group_heading(text: str) -> QLabel:
    """The heading of a group of controls."""
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    label.setProperty("quiet", True)
    label.setContentsMargins(0, 8, 0, 0)
    return label
