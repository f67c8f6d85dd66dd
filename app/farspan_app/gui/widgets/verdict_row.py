"""The buttons below every surface where spans are judged: accept, reject, undecided, label, never match."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QLabel, QMenu, QPushButton, QWidget

from farspan_app.gui.icons import icon
from farspan_app.gui.widgets.flow import FlowRow, growing

_KEYS: Final = 9


class VerdictRow(QWidget):
    """What is looked at, in words, and what can be said of it.

    judged: accepted, rejected or undecided. labelled: the label that was chosen. never_asked: this name is to match nowhere.
    """

    judged = Signal(str)
    labelled = Signal(str)
    never_asked = Signal()

    def __init__(self, labels: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = labels
        self.about = QLabel()
        self.about.setProperty("quiet", True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setMinimumWidth(80)
        self.buttons = {
            "accepted": small_button("accept", self.tr("Accept"), self.tr("Accept (A)")),
            "rejected": small_button("reject", self.tr("Reject"), self.tr("Reject (R)")),
            "undecided": small_button("undecided", self.tr("Undecided"), self.tr("Leave undecided (U)")),
            "label": small_button("label", self.tr("Label"), self.tr("Give a label (1 to 9)")),
            "never": small_button("never", self.tr("Never match"), self.tr("Never match this name anywhere (X)")),
        }
        for verdict in ("accepted", "rejected", "undecided"):
            self.buttons[verdict].clicked.connect(lambda _=False, verdict=verdict: self.judged.emit(verdict))
        self.buttons["label"].clicked.connect(self._show_labels)
        self.buttons["never"].clicked.connect(lambda _=False: self.never_asked.emit())
        self._row = FlowRow(self)
        self._row.addWidget(growing(self.about))
        for button in self.buttons.values():
            self._row.addWidget(button)

    def add(self, name: str, button: QPushButton) -> None:
        """One more button at the end."""
        self.buttons[name] = button
        self._row.addWidget(button)

    def enable(self, **may: bool) -> None:
        """Let buttons be pressed, or not, by their names."""
        for name, enabled in may.items():
            self.buttons[name].setEnabled(enabled)

    def label_menu(self, parent: QWidget) -> QMenu:
        """The labels to choose from, with their keys, and a further one."""
        menu = QMenu(self.tr("Label"), parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, label in enumerate(self._labels(), 1):
            text = f"{label}\t{number}" if number <= _KEYS else label
            menu.addAction(text).triggered.connect(lambda _=False, label=label: self.labelled.emit(label))
        menu.addSeparator()
        menu.addAction(self.tr("Another label …")).triggered.connect(self._ask_label)
        return menu

    def _show_labels(self) -> None:
        self.label_menu(self).popup(self.buttons["label"].mapToGlobal(QPoint(0, 0)))

    def _ask_label(self) -> None:
        label, given = QInputDialog.getText(self, self.tr("Label"), self.tr("Name of the label"))
        if given and label.strip():
            self.labelled.emit(label.strip())


def small_button(name: str, text: str, described: str) -> QPushButton:
    """A button with the icon `name`; text may be empty. described: what it does and its key, for tooltip and screen readers."""
    button = QPushButton(icon(name), text)
    button.setAccessibleName(described)
    button.setToolTip(described)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
