"""The text with its spans, painted: only what is on the screen is laid out, whatever the length of the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from farspan_app.gui.views.arcs import ShownArcs
from farspan_app.gui.views.block import Page
from farspan_app.gui.views.caret import clustered, moved, movement, word_at
from farspan_app.gui.views.column import Column
from farspan_app.gui.views.ink import BlockPainter, Drawing, Ink
from farspan_app.gui.views.paragraphs import Paragraphs, split_paragraphs
from farspan_app.gui.views.spans import Mark, ShownSpans

SMALLEST: Final = 8
LARGEST: Final = 40
_LARGER: Final = 3
_USUAL: Final = 13
_MARGIN: Final = 28
_LINE_EMS: Final = 52
_NEAR_BORDER: Final = 5.0
_FAMILIES: Final = ("Noto Sans", "Charis SIL", "Doulos SIL")

_Finder = Callable[[str], Sequence[tuple[int, int]]]


class TextView(QAbstractScrollArea):
    """Shows one text and its spans. Places are code points of the text, spans are numbers in the `ShownSpans` set last.

    current_changed: the span that is looked at, -1: none. caret_moved: start and end of the selection, equal without one.
    borders_asked: number, start and end: the borders that a person wants the span to have. menu_asked: where, on the screen.
    """

    current_changed = Signal(int)
    caret_moved = Signal(int, int)
    borders_asked = Signal(int, int, int)
    menu_asked = Signal(object)

    def __init__(self, ink: Callable[[], Ink], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = ink
        self._size = _USUAL
        self._find: _Finder | None = None
        self._current: int | None = None
        self._borders: tuple[int, int] | None = None
        self._dragged: str = ""
        self._caret = self._anchor = 0
        self._bar_at = 0
        self._column = Column(split_paragraphs(""), ShownSpans(), self._page())
        self.setAccessibleName(self.tr("Text with its spans"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.viewport().setAutoFillBackground(True)
        self.viewport().setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # ---- what is shown

    @property
    def spans(self) -> ShownSpans:
        """The spans that are shown."""
        return self._column.spans

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self._column.paragraphs.text

    def set_text(self, paragraphs: Paragraphs, spans: ShownSpans) -> None:
        """Show another text from its beginning."""
        self._column = Column(paragraphs, spans, self._page())
        self._current, self._borders, self._caret, self._anchor = None, None, 0, 0
        self._refresh()
        self.current_changed.emit(-1)

    def set_spans(self, spans: ShownSpans) -> None:
        """Show other spans of the same text.

        What is selected is looked at if it is a span now, as a missed word is once it has its label; else the span that was
        looked at stays so if it is still there.
        """
        before = None if self._current is None else self._place(self._current)
        self._column.set_spans(spans)
        start, end = self.selection
        self._current = self._at((start, end)) if start < end else None
        if self._current is None and before is not None:
            self._current = self._at(before)
        self._borders = None
        self._refresh()
        self.current_changed.emit(-1 if self._current is None else self._current)

    @property
    def arcs(self) -> ShownArcs:
        """The relations that are drawn: those between spans that are shown."""
        return self._column.arcs

    def set_arcs(self, arcs: ShownArcs) -> None:
        """Draw relations between the spans that are shown; none of them takes room where there are none."""
        self._column.set_arcs(arcs.between(self.spans))
        self._refresh()

    def set_finder(self, find: _Finder | None) -> None:
        """Mark what `find` gives for a piece of text: code points `[start, end)` in it."""
        self._find = find
        self.viewport().update()

    def _at(self, place: tuple[int, int]) -> int | None:
        """The span that stands at `place`."""
        return next((int(number) for number in self.spans.within(*place) if self._place(int(number)) == place), None)

    def _place(self, number: int) -> tuple[int, int]:
        return int(self.spans.starts[number]), int(self.spans.ends[number])

    # ---- where one is

    @property
    def current(self) -> int | None:
        """The span that is looked at."""
        return self._current

    @property
    def selection(self) -> tuple[int, int]:
        """What is selected, `[start, end)`; both the caret's place if nothing is."""
        return min(self._caret, self._anchor), max(self._caret, self._anchor)

    @property
    def selected_text(self) -> str:
        """The selected text."""
        start, end = self.selection
        return self.text[start:end]

    def set_current(self, number: int | None) -> None:
        """Look at a span: frame it, scroll to it, put the caret there."""
        self._current, self._borders = number, None
        if number is not None:
            self._caret = self._anchor = self._place(number)[0]
            self._show(self._caret)
        self._describe()
        self.viewport().update()
        self.current_changed.emit(-1 if number is None else number)

    def select(self, start: int, end: int) -> None:
        """Select `[start, end)` and scroll to it."""
        self._anchor, self._caret = start, end
        self._show(start)
        self.caret_moved.emit(*self.selection)

    def go(self, step: int, mark: Mark | None = None) -> bool:
        """Look at the next (1) or previous (-1) span, of one kind if `mark` is given; whether there is one."""
        number = self.spans.next(self._caret, self._current, step)
        while number is not None and mark is not None and self.spans.marks[number] != mark:
            number = self.spans.next(self._caret, number, step)
        if number is not None:
            self.set_current(number)
        return number is not None

    def _describe(self) -> None:
        if self._current is None:
            self.setAccessibleDescription("")
        else:
            start, end = self._place(self._current)
            label = self.spans.label_names[self.spans.labels[self._current]]
            self.setAccessibleDescription(f"{label}: {self.text[start:end]}")

    def _show(self, point: int) -> None:
        self._column.show(point, self.viewport().height())
        self._refresh()

    # ---- borders

    def move_border(self, side: str, step: int) -> None:
        """Move the ``start`` or ``end`` of the current span by one character; Enter takes it, Escape leaves it."""
        if self._current is None:
            return
        start, end = self._borders or self._place(self._current)
        if side == "start":
            start = clustered(self._column, start, step)
        else:
            end = clustered(self._column, end, step)
        if start < end:
            self._borders = start, end
            self.viewport().update()

    def settle_borders(self, take: bool) -> bool:
        """End the moving of a border; whether one was being moved."""
        moving, self._borders = self._borders, None
        if moving is None:
            return False
        self.viewport().update()
        if take and self._current is not None and moving != self._place(self._current):
            self.borders_asked.emit(self._current, *moving)
        return True

    # ---- size

    @property
    def point_size(self) -> int:
        """The size of the text in points."""
        return self._size

    def set_point_size(self, size: int) -> None:
        """Show the text in another size, 8 to 40 points."""
        self._size = min(max(size, SMALLEST), LARGEST)
        self._lay_out()

    def _page(self) -> Page:
        font = QFont(self.font())
        font.setFamilies([*_FAMILIES, *QFont(self.font()).families()])
        font.setPointSize(self._size)
        tags = QFont(self.font())
        tags.setPointSizeF(max(self._size * 0.62, 7.0))
        tags.setWeight(QFont.Weight.DemiBold)
        room = self.viewport().width() - 2 * _MARGIN
        return Page(float(max(min(room, _LINE_EMS * self._size * self.logicalDpiY() / 72), 40)), font, tags)

    @property
    def _left(self) -> float:
        return max((self.viewport().width() - self._column.page.width) / 2, 0.0)

    def _lay_out(self) -> None:
        self._column.set_page(self._page())
        self._refresh()

    def _refresh(self) -> None:
        """Bring the scroll bar in line with the column, which alone knows the place, and paint."""
        self._column.visible(self.viewport().height())
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.blockSignals(True)
        bar.setRange(0, max(int(self._column.tops[-1]) - height + _MARGIN, 0))
        if self._column.y > bar.maximum():
            self._column.move(bar.maximum() - self._column.y)
        bar.setPageStep(height)
        bar.setSingleStep(int(self._size * 2))
        bar.setValue(int(self._column.y))
        self._bar_at = bar.value()
        bar.blockSignals(False)
        self.viewport().update()

    def _on_scrolled(self, value: int) -> None:
        # The bar counts whole pixels: from its own last value, so that nothing adds up.
        by = value - self._bar_at
        if abs(by) < 3 * self.viewport().height():
            self._column.move(by)
        else:
            self._column.jump(value)
        self._refresh()

    # ---- events

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for some lines."""
        return QSize(640, 480)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the size of letters that was chosen for the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.font().pointSize() > 0:
            self.set_point_size(self.font().pointSize() + _LARGER)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay out for the new width."""
        super().resizeEvent(event)
        if self._page().width != self._column.page.width:
            self._column.set_page(self._page())
        self._refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the pieces on the screen."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = self._column
        blocks = BlockPainter(painter, column.spans, column.page, self._ink(), column.arcs)
        start, end = self.selection
        for number, y in column.visible(self.viewport().height()):
            block = column.block(number)
            found = [] if self._find is None else [(block.start + a, block.start + b) for a, b in self._find(block.text)]
            drawing = Drawing(
                current=self._current,
                selection=(start, end) if start < end else None,
                caret=self._caret if self.hasFocus() else None,
                borders=self._borders,
                found=found,
            )
            blocks.draw(block, QPointF(self._left, y), drawing)
        painter.end()

    def _point_at(self, at: QPointF) -> int:
        y = at.y()
        visible = self._column.visible(self.viewport().height())
        number, top = next(((n, t) for n, t in reversed(visible) if t <= y), visible[0])
        return self._column.block(number).point_at(at.x() - self._left, y - top)

    def _border_at(self, at: QPointF) -> str:
        """Which border of the current span is under the mouse: start, end or none."""
        if self._current is None:
            return ""
        visible = dict(self._column.visible(self.viewport().height()))
        for side, point in zip(("start", "end"), self._place(self._current), strict=True):
            top = visible.get(number := self._column.paragraphs.at(point))
            if top is None:
                continue
            line, x = self._column.block(number).place_of(point)
            y = at.y() - top - line.y()
            if 0 <= y <= line.height() and abs(at.x() - self._left - x) <= _NEAR_BORDER:
                return side
        return ""

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a selection, or take hold of a border."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = self._border_at(event.position())
            if not self._dragged:
                self._caret = self._point_at(event.position())
                if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                    self._anchor = self._caret
                self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag the selection or the border."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            is_border = bool(self._border_at(event.position()))
            self.viewport().setCursor(Qt.CursorShape.SplitHCursor if is_border else Qt.CursorShape.IBeamCursor)
            return
        point = self._point_at(event.position())
        if self._dragged and self._current is not None:
            start, end = self._borders or self._place(self._current)
            wanted = (point, end) if self._dragged == "start" else (start, point)
            self._borders = wanted if wanted[0] < wanted[1] else self._borders
        else:
            self._caret = point
            outside = min(event.position().y(), 0.0) + max(event.position().y() - self.viewport().height(), 0.0)
            self._column.move(outside)
            self._refresh()
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End the dragging; a click looks at the innermost span there."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._dragged:
            self._dragged = ""
            self.settle_borders(take=True)
        elif self._caret == self._anchor:
            self._current = self.spans.innermost(self._caret)
            self._borders = None
            self._describe()
            self.viewport().update()
            self.current_changed.emit(-1 if self._current is None else self._current)
        self.caret_moved.emit(*self.selection)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select the word."""
        self.select(*word_at(self._column, self._point_at(event.position())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for the menu of what is here."""
        self.menu_asked.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll; with Ctrl change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_point_size(self._size + (1 if event.angleDelta().y() > 0 else -1))
        else:
            super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """What moves the caret or selects is the text's own, whatever else its keys may do in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and movement(event.matches) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move, select, copy, move borders; everything else is the panel's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._anchor, self._caret = 0, len(self.text)
            self._moved()
        elif event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            by = self.viewport().height() * 0.9
            self._column.move(by if event.key() == Qt.Key.Key_PageDown else -by)
            self._refresh()
        elif (found := movement(event.matches)) is not None:
            self._caret = moved(self._column, self._caret, found[0])
            if not found[1]:
                self._anchor = self._caret
            self._show(self._caret)
            self._moved()
        else:
            event.ignore()

    def _moved(self) -> None:
        self.viewport().update()
        self.caret_moved.emit(*self.selection)
