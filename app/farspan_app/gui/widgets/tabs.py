"""The row of tabs, which moves together where docks leave it little room, so that no tab is out of sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabWidget, QWidget

ROOMY, CROWDED = 16, 7
"""Pixels at either side of a tab's title: usually, and where room is short."""


class Tabs(QTabWidget):
    """A QTabWidget whose tabs take less room when they would not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The room has changed."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The size of the text has changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.fit()

    def fit(self) -> None:
        """Move the tabs together if they need it, or apart again."""
        bar = self.tabBar()
        if self._fitting or not bar.count():
            return
        self._fitting = True  # a change of the style is a change event again
        is_crowded = bool(bar.property("crowded"))
        saved = bar.count() * 2 * (ROOMY - CROWDED) if is_crowded else 0
        needed = sum(bar.tabRect(at).width() for at in range(bar.count())) + saved
        if (needed > self.width()) != is_crowded:
            bar.setProperty("crowded", not is_crowded)
            bar.style().unpolish(bar)
            bar.style().polish(bar)
            bar.updateGeometry()
        self._fitting = False
