"""The table of pairs: sentences with subject and object marked, judged by keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from farspan_app.gui.models.pairs import PairLine
from farspan_app.gui.models.pairs_table import (
    CONTEXT,
    DISTANCE,
    DOCUMENT,
    JUDGED,
    LINE_ROLE,
    OBJECT,
    RELATION,
    STATUS,
    SUBJECT,
    TYPES,
    PairsModel,
)
from farspan_app.gui.theme import label_colour
from farspan_app.gui.views.block import font_for, is_mostly_right_to_left
from farspan_app.gui.views.offsets import Offsets, displayable
from farspan_app.gui.views.rows_view import RowsView

_WIDTHS: Final = {RELATION: 9, TYPES: 17, DISTANCE: 7, STATUS: 16, JUDGED: 9, SUBJECT: 16, OBJECT: 16, DOCUMENT: 10}
_DISPENSABLE: Final = (DOCUMENT, OBJECT, SUBJECT, TYPES)
_LEAST_CONTEXT: Final = 60
_PADDING: Final = 6


class SentenceDelegate(QStyledItemDelegate):
    """Draws a sentence with its subject underlined and its object over a dotted line, both in the colours of their types."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw a cell; the style draws all of it but the text."""
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        cell.text = ""
        cell.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        line: PairLine = index.data(LINE_ROLE)
        is_chosen = bool(cell.state & QStyle.StateFlag.State_Selected)
        room = QRectF(cell.rect).adjusted(_PADDING, 0, -_PADDING, 0)
        layout = self._layout(line, cell, is_chosen=is_chosen, width=room.width())
        painter.save()
        painter.setClipRect(room)
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        painter.setPen(cell.palette.color(role))
        drawn = layout.lineAt(0)
        layout.draw(painter, QPointF(room.left(), room.center().y() - drawn.height() / 2))
        painter.restore()

    @staticmethod
    def _layout(line: PairLine, cell: QStyleOptionViewItem, *, is_chosen: bool, width: float) -> QTextLayout:
        offsets, formats = Offsets(line.text), []
        styles = (QTextCharFormat.UnderlineStyle.SingleUnderline, QTextCharFormat.UnderlineStyle.DotLine)
        for (start, end), label, style in zip((line.subject, line.object), line.types, styles, strict=True):
            mark = QTextLayout.FormatRange()
            mark.start, mark.length = offsets.units(start), offsets.units(end) - offsets.units(start)
            shape = QTextCharFormat()
            shape.setFontWeight(QFont.Weight.Bold)
            shape.setUnderlineStyle(style)
            if not is_chosen:
                shape.setForeground(label_colour(label))
            mark.format = shape
            formats.append(mark)
        layout = QTextLayout(displayable(line.text), font_for(line.text, cell.font))
        turned = is_mostly_right_to_left(line.text)
        wanted = QTextOption(
            Qt.AlignmentFlag.AlignAbsolute | (Qt.AlignmentFlag.AlignRight if turned else Qt.AlignmentFlag.AlignLeft)
        )
        wanted.setTextDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
        wanted.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(wanted)
        layout.setFormats(formats)
        layout.beginLayout()
        made = layout.createLine()
        made.setLineWidth(width)
        layout.endLayout()
        # Where the object would be cut off, the beginning is cut off instead.
        last = max(offsets.units(line.subject[1]), offsets.units(line.object[1]))
        edge: tuple[float, int] = made.cursorToX(last)  # type: ignore[assignment]
        overhang = min(edge[0] - 8, 0.0) if turned else max(edge[0] + 8 - width, 0.0)
        made.setPosition(QPointF(-overhang, 0))
        return layout


class PairsView(RowsView):
    """Rows of pairs. Keys that mean something here are sent as signals; nothing is changed by the view itself.

    judged: right, wrong or unsure. opened: the number of a row.
    """

    judged = Signal(str)

    def __init__(self, model: PairsModel, parent: QWidget | None = None) -> None:
        super().__init__(model, CONTEXT, parent)
        self.pairs_model = model
        self._delegate = SentenceDelegate(self)
        self.setItemDelegateForColumn(CONTEXT, self._delegate)
        self.setAccessibleName(self.tr("Pairs"))
        self.spread()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Judge, copy, go on; the rest is the table's."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif plain and key in VERDICT_KEYS:
            self.judged.emit(VERDICT_KEYS[key])
        elif plain and key in {Qt.Key.Key_N, Qt.Key.Key_P}:
            self.go(1 if key == Qt.Key.Key_N else -1)
        elif plain and key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def spread(self) -> None:
        """The sentence gets what the other columns leave; where that is little, columns that the story tells too are left out."""
        letter = self.fontMetrics().averageCharWidth()
        hidden: set[int] = set()

        def taken() -> int:
            return sum(letters * letter + 16 for column, letters in _WIDTHS.items() if column not in hidden)

        for column in _DISPENSABLE:
            if self.viewport().width() - taken() >= _LEAST_CONTEXT * letter:
                break
            hidden.add(column)
        for column, letters in _WIDTHS.items():
            self.setColumnHidden(column, column in hidden)
            self.setColumnWidth(column, letters * letter + 16)
        self.setColumnWidth(CONTEXT, max(self.viewport().width() - taken(), 30 * letter))


VERDICT_KEYS: Final = {
    Qt.Key.Key_A: "right",
    Qt.Key.Key_Return: "right",
    Qt.Key.Key_Enter: "right",
    Qt.Key.Key_R: "wrong",
    Qt.Key.Key_Delete: "wrong",
    Qt.Key.Key_U: "unsure",
}
