"""The table of the concordance: the match in the middle, its context on both sides, whichever way the text reads."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPalette, QTextOption
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionFocusRect,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from farspan_app.gui.models.concordance import (
    COLUMNS,
    DOCUMENT,
    LABEL,
    LEFT,
    LIST,
    MATCH,
    NAME,
    RIGHT,
    RISK,
    STATUS,
    ConcordanceModel,
    ShownRow,
)
from farspan_app.gui.theme import label_colour, muted_colour
from farspan_app.gui.views.rows_view import RowsView

_WIDTHS = {LABEL: 9, STATUS: 11, NAME: 11, LIST: 11, DOCUMENT: 9, RISK: 5}

_DISPENSABLE = (LIST, DOCUMENT, RISK, NAME)
_LEAST_CONTEXT = 26
_PADDING = 6


class _RowDelegate(QStyledItemDelegate):
    """Draws the cells: what is before and behind a match so that both touch it, cut at their far ends, as they read.

    A page of rows has hundreds of cells, and Qt asks the model ten times about each before the style draws it; here a row is
    asked for once, so that scrolling stays smooth beside a busy thread.
    """

    def __init__(self, model: ConcordanceModel, view: QTableView) -> None:
        super().__init__(view)
        self._model, self._view = model, view
        self._bold = QFont()
        self._bold.setBold(True)
        self._cuts: dict[tuple[str, int, int, bool], str] = {}
        self.turn(is_turned=False)

    def turn(self, *, is_turned: bool) -> None:
        """Say on which side what stands before a match is drawn: on the right if `is_turned`."""
        sides = dict.fromkeys(range(len(COLUMNS)), Qt.AlignmentFlag.AlignLeft)
        sides[MATCH] = Qt.AlignmentFlag.AlignHCenter
        sides[RIGHT if is_turned else LEFT] = Qt.AlignmentFlag.AlignRight
        self._shapes = {
            (column, reads_left): _shape(side, reads_left=reads_left and column <= RIGHT)
            for column, side in sides.items()
            for reads_left in (False, True)
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw a cell: the style draws what is behind the text, where that is not the row's own ground."""
        column, shown = index.column(), self._model.shown(index.row())
        cell: Any = option  # whose stubs do not know its fields
        state, room = cell.state.value, cell.rect
        if state & _BEHIND:
            self._view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, self._view)
        text = shown.texts[column]
        if text:
            is_strong = column in _STRONG
            font = self._bold_like(cell.font) if is_strong else cell.font
            width = room.width() - 2 * _PADDING
            painter.setFont(font)
            painter.setPen(self._colour(shown, cell.palette, is_strong=is_strong, is_chosen=bool(state & _SELECTED)))
            place = QRectF(room.x() + _PADDING, room.y(), width, room.height())
            painter.drawText(place, self._cut(text, column, width, font), self._shapes[column, shown.turned])
        if state & _FOCUSED:
            self._draw_focus(painter, cell)

    def _cut(self, text: str, column: int, width: int, font: QFont) -> str:
        """`text` with an ellipsis where it is too long; what stands in many rows is measured once."""
        key = (text, width, font.pointSize(), column == LABEL)
        found = self._cuts.get(key)
        if found is None:
            side = Qt.TextElideMode.ElideLeft if column == LEFT else Qt.TextElideMode.ElideRight
            found = QFontMetrics(font).elidedText(text, side, width)
            if column > RIGHT:
                if len(self._cuts) > _REMEMBERED:
                    self._cuts.clear()
                self._cuts[key] = found
        return found

    def _colour(self, shown: ShownRow, palette: QPalette, *, is_strong: bool, is_chosen: bool) -> QColor:
        if is_chosen:
            return palette.color(QPalette.ColorRole.HighlightedText)
        if is_strong:
            return label_colour(shown.line.label)
        return muted_colour() if shown.is_quiet else palette.color(QPalette.ColorRole.Text)

    def _bold_like(self, font: QFont) -> QFont:
        if self._bold.pointSize() != font.pointSize() or self._bold.family() != font.family():
            self._bold = QFont(font)
            self._bold.setBold(True)
        return self._bold

    def _draw_focus(self, painter: QPainter, cell: Any) -> None:
        focus: Any = QStyleOptionFocusRect()
        focus.rect, focus.state, focus.palette = cell.rect, cell.state, cell.palette
        self._view.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, focus, painter, self._view)


_STRONG = frozenset((MATCH, LABEL))
_SELECTED = QStyle.StateFlag.State_Selected.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value
_BEHIND = _SELECTED | QStyle.StateFlag.State_MouseOver.value
_REMEMBERED = 5000


def _shape(side: Qt.AlignmentFlag, *, reads_left: bool) -> QTextOption:
    shape = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
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
        self._delegate = _RowDelegate(model, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Concordance"))
        self.horizontalHeader().setSectionsMovable(True)
        for news in (model.renewed, model.modelReset):  # the risk may be known now
            news.connect(self.spread)
        self.spread()

    def turn(self, right_to_left: bool) -> None:
        """Put what stands before the match on its right, where texts run from right to left."""
        head = self.horizontalHeader()
        self._delegate.turn(is_turned=right_to_left)
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
