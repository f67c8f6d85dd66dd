"""The command palette: every action by a few letters of its name."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget


def matches(query: str, title: str) -> bool:
    """Whether the letters of `query` stand in `title` in this order, ignoring case, accents and blanks."""
    letters = iter(_plain(title))
    return all(letter in letters for letter in _plain(query) if not letter.isspace())


def _plain(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))


class CommandPalette(QDialog):
    """Type, choose with the arrows, Enter. Actions that cannot be done now are not shown."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Commands"))
        self.resize(520, 380)
        self._actions = [action for action in actions if action.isEnabled()]
        self.query, self.found = QLineEdit(), QListWidget()
        self.query.setPlaceholderText(self.tr("Type what you want to do"))
        self.query.setAccessibleName(self.tr("Command"))
        self.found.setAccessibleName(self.tr("Commands found"))
        self.query.textChanged.connect(self._search)
        self.query.returnPressed.connect(self.accept)
        self.query.installEventFilter(self)
        self.found.itemActivated.connect(lambda _: self.accept())
        column = QVBoxLayout(self)
        column.addWidget(self.query)
        column.addWidget(self.found)
        self._search("")
        self.chosen: QAction | None = None

    def accept(self) -> None:
        """Remember what was chosen, if anything was found."""
        item = self.found.currentItem()
        if item is not None:
            self.chosen = self._actions[item.data(Qt.ItemDataRole.UserRole)]
            super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrow keys move in the list while the letters go into the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.found.count():
                self.found.setCurrentRow((self.found.currentRow() + step) % self.found.count())
                return True
        return super().eventFilter(watched, event)

    def _search(self, query: str) -> None:
        self.found.clear()
        for number, action in enumerate(self._actions):
            title = action.text().replace("&", "")
            if matches(query, title):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                item = QListWidgetItem(f"{title}    {keys}" if keys else title)
                item.setData(Qt.ItemDataRole.UserRole, number)
                self.found.addItem(item)
        self.found.setCurrentRow(0)
