"""Columns that are never narrower than their headings, in whichever language and size of letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHeaderView

_SORT_MARK: Final = 16


class Fitted(QObject):
    """Keeps columns of a header wide enough. widths: of columns at first; their headings may ask for more.

    It is measured when the header comes to be seen, and when letters change: before that nobody knows how large they are.
    """

    def __init__(self, head: QHeaderView, widths: Mapping[int, int]) -> None:
        super().__init__(head)
        self._head, self._widths = head, widths
        head.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Widen what has become too narrow."""
        if event.type() in {QEvent.Type.Show, QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            for column, width in self._widths.items():
                needed = max(width if event.type() == QEvent.Type.Show else 0, self._head.sectionSizeHint(column) + _SORT_MARK)
                if self._head.sectionSize(column) < needed:
                    self._head.resizeSection(column, needed)
        return super().eventFilter(watched, event)
