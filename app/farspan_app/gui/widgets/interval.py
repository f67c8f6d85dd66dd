"""Intervals drawn in the cells of a table."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLineF, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from farspan_app.gui import theme

RANGE: Final = int(Qt.ItemDataRole.UserRole)
"""The role of (estimate, lower, upper), the last two None where there is no interval."""


class IntervalDelegate(QStyledItemDelegate):
    """Draws an interval on a line from 0 to 1, with the estimate as a dot."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw the cell."""
        super().paint(painter, option, index)
        values = index.data(RANGE)
        if values is None:
            return
        look = theme.current()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        bar, dot, ground = (look.on_accent, look.on_accent, look.accent) if is_chosen else (look.accent, look.text, look.base)
        value, low, high = values
        room = QRectF(option.rect).adjusted(10, 0, -10, 0)
        middle = room.center().y()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(look.border))
        painter.drawLine(QLineF(room.left(), middle, room.right(), middle))
        if low is not None:
            painter.fillRect(
                QRectF(room.left() + low * room.width(), middle - 3, max((high - low) * room.width(), 1), 6), QColor(bar)
            )
        painter.setBrush(QColor(dot))
        painter.setPen(QColor(ground))
        at = room.left() + value * room.width()
        painter.drawEllipse(QRectF(at - 4, middle - 4, 8, 8))
        painter.restore()
