"""What a tab shows while there is nothing in it: what it is for, and the next step as a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

Step = tuple[str, Callable[[], object]]


class EmptyState(QWidget):
    """A heading, a sentence, and steps; the first one stands out."""

    def __init__(self, heading: str, text: str, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title, body = QLabel(heading), QLabel(text)
        title.setProperty("heading", True)
        body.setProperty("quiet", True)
        body.setWordWrap(True)
        body.setFixedWidth(480)  # a label asks for its height only where it knows its width
        for label in (title, body):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.buttons = [self._button(name, act, primary=number == 0) for number, (name, act) in enumerate(steps)]
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in self.buttons:
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(title)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(body)
        middle.addStretch()
        column.addLayout(middle)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch(3)

    def _button(self, name: str, act: Callable[[], object], *, primary: bool) -> QPushButton:
        button = QPushButton(name)
        button.setAccessibleName(name)
        button.setProperty("primary", primary)
        button.setAutoDefault(True)  # outside a dialog only such a button is pressed by Enter
        button.clicked.connect(lambda _=False: act())
        return button
