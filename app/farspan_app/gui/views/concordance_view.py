"""The table of the concordance: the match in the middle, its context on both sides, whichever way the text reads."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPalette, QTextOption
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from farspan_app.gui.models.concordance import (
    DOCUMENT,
    LABEL,
    LEFT,
    LIST,
    MATCH,
    NAME,
    RIGHT,
    RISK,
    STATUS,
    TURNED_ROLE,
    ConcordanceModel,
)
from farspan_app.gui.views.rows_view import RowsView

_WIDTHS = {LABEL: 9, STATUS: 11, NAME: 11, LIST: 11, DOCUMENT: 9, RISK: 5}

_DISPENSABLE = (LIST, DOCUMENT, RISK, NAME)
_LEAST_CONTEXT = 26
_PADDING = 6


class _ContextDelegate(QStyledItemDelegate):
    """Draws what is before and behind a match so that both touch it, cut at their far ends, in the direction they read."""

    is_turned = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw a cell; the style draws all of it but the text of the context."""
        column = index.column()
        if column > RIGHT:
            super().paint(painter, option, index)
            return
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        text, cell.text = cell.text, ""
        style = cell.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        is_chosen = bool(cell.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        room = QRectF(cell.rect).adjusted(_PADDING, 0, -_PADDING, 0)
        cut = Qt.TextElideMode.ElideLeft if column == LEFT else Qt.TextElideMode.ElideRight
        painter.save()
        painter.setFont(cell.font)
        painter.setPen(cell.palette.color(role))
        painter.drawText(room, cell.fontMetrics.elidedText(text, cut, int(room.width())), self._shape(column, index))
        painter.restore()

    def _shape(self, column: int, index: QModelIndex | QPersistentModelIndex) -> QTextOption:
        side = Qt.AlignmentFlag.AlignHCenter
        if column != MATCH:
            side = Qt.AlignmentFlag.AlignRight if (column == LEFT) != self.is_turned else Qt.AlignmentFlag.AlignLeft
        shape = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        reads_left = bool(index.data(TURNED_ROLE))
        shape.setTextDirection(Qt.LayoutDirection.RightToLeft if reads_left else Qt.LayoutDirection.LeftToRight)
        shape.setWrapMode(QTextOption.WrapMode.NoWrap)
        return shape


class ConcordanceView(RowsView):
    """Rows of candidates. Keys that mean something here are sent as signals; nothing is changed by the view itself.

    judged: accepted, rejected or undecided. label_asked: 1 to 9. opened: the number of a row.
    conflict_asked: the next one is wanted.
    """

    judged = Signal(str)
    label_asked = Signal(int)
    conflict_asked = Signal()

    def __init__(self, model: ConcordanceModel, parent: QWidget | None = None) -> None:
        super().__init__(model, MATCH, parent)
        self.concordance = model
        self._delegate = _ContextDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Concordance"))
        self.horizontalHeader().setSectionsMovable(True)
        for news in (model.renewed, model.modelReset):  # the risk may be known now
            news.connect(self.spread)
        self.spread()

    def turn(self, right_to_left: bool) -> None:
        """Put what stands before the match on its right, where texts run from right to left."""
        head = self.horizontalHeader()
        self._delegate.is_turned = right_to_left
        is_turned = head.visualIndex(LEFT) > head.visualIndex(RIGHT)
        if is_turned != right_to_left:
            head.swapSections(head.visualIndex(LEFT), head.visualIndex(RIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Judge, label, copy, go on; the rest is the table's."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        key = Qt.Key(event.key())
        verdict = _VERDICT_KEYS.get(key)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif plain and verdict is not None:
            self.judged.emit(verdict)
        elif plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.label_asked.emit(int(key) - int(Qt.Key.Key_0))
        elif plain and key in {Qt.Key.Key_N, Qt.Key.Key_P}:
            self.go(1 if key == Qt.Key.Key_N else -1)
        elif key == Qt.Key.Key_F3:
            self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.conflict_asked.emit()
        elif plain and key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def spread(self) -> None:
        """The context comes first: where it would be squeezed, columns that stand at the sides of the window too are left out."""
        letter = self.fontMetrics().averageCharWidth()
        match = 14 * letter
        rest = self.viewport().width() - match
        kwic = self.concordance.kwic
        for column in _WIDTHS:
            self.setColumnHidden(column, column == RISK and (kwic is None or kwic.risks is None))
        for column in _DISPENSABLE:
            if rest - self._taken(letter) >= 2 * _LEAST_CONTEXT * letter:
                break
            self.setColumnHidden(column, True)
        for column, letters in _WIDTHS.items():
            self.setColumnWidth(column, letters * letter + 16)
        rest -= self._taken(letter)
        more = max(0, int((rest + match) * 0.18) - match)
        self.setColumnWidth(MATCH, match + more)
        for column in (LEFT, RIGHT):
            self.setColumnWidth(column, max((rest - more) // 2, 16 * letter))

    def _taken(self, letter: int) -> int:
        """Pixels of the columns beside the context that are shown."""
        return sum(letters * letter + 16 for column, letters in _WIDTHS.items() if not self.isColumnHidden(column))


_VERDICT_KEYS = {
    Qt.Key.Key_A: "accepted",
    Qt.Key.Key_Return: "accepted",
    Qt.Key.Key_Enter: "accepted",
    Qt.Key.Key_R: "rejected",
    Qt.Key.Key_Delete: "rejected",
    Qt.Key.Key_U: "undecided",
}
