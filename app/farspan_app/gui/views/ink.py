"""Drawing a block: text, tinted spans, underlines with tags. Shape and word tell what a span is, colour comes on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen, QTextCharFormat, QTextLayout

from farspan_app.gui.views.arcs import ArcPainter, ShownArcs
from farspan_app.gui.views.block import Block, Page, Stretch
from farspan_app.gui.views.spans import Mark, ShownSpans, Verdict

_PENS: Final = {Mark.LOST: Qt.PenStyle.DotLine, Mark.BLOCKED: Qt.PenStyle.DashLine}
_LABELLING: Final = (Mark.KEPT, Mark.ADDED)
_TINT: Final = 0.16
_TINT_CURRENT: Final = 0.32


@dataclass(frozen=True, slots=True)
class Ink:
    """What a view is drawn with: the palette, the colour of a label, the colour of what was found by a search."""

    palette: QPalette
    label: Callable[[str], QColor]
    found: QColor


@dataclass(frozen=True, slots=True)
class Drawing:
    """What of a block is special at the moment; code points of the whole text. borders: a border being moved, for `current`."""

    current: int | None = None
    selection: tuple[int, int] | None = None
    caret: int | None = None
    borders: tuple[int, int] | None = None
    found: Sequence[tuple[int, int]] = ()


class BlockPainter:
    """Draws blocks of one view: its spans on its page, with its ink."""

    def __init__(self, painter: QPainter, spans: ShownSpans, page: Page, ink: Ink, arcs: ShownArcs | None = None) -> None:
        self._painter = painter
        self._spans = spans
        self._page = page
        self._ink = ink
        self._arcs = ShownArcs() if arcs is None else arcs

    def draw(self, block: Block, at: QPointF, drawing: Drawing) -> None:
        """Draw `block` with its upper left corner at `at`."""
        painter, palette = self._painter, self._ink.palette
        painter.save()
        painter.translate(at)
        for first, last in drawing.found:
            self._mark(block, first, last)
        for stretch in block.stretches:
            self._tint(block, stretch, stretch.number == drawing.current)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        block.layout.draw(painter, QPointF(0, 0), _selected(block, palette, drawing.selection))
        painter.setFont(self._page.tag_font)
        for stretch in block.stretches:
            self._underline(block, stretch, stretch.number == drawing.current)
        self._draw_arcs(block, drawing.current)
        if drawing.borders is not None:
            self._frame(block, drawing.borders)
        if drawing.caret is not None and block.start <= drawing.caret <= block.start + block.length:
            block.layout.drawCursor(painter, QPointF(0, 0), block.offsets.units(drawing.caret - block.start), 2)
        painter.restore()

    def _draw_arcs(self, block: Block, current: int | None) -> None:
        spans, page = self._spans, self._page
        place = None if current is None else (int(spans.starts[current]), int(spans.ends[current]))
        painter = ArcPainter(self._painter, self._arcs, self._ink.palette, self._ink.label, page.arc_height)
        painter.draw(block.lanes, lambda line: block.layout.lineAt(line).y(), place, page.width)

    def _colour(self, stretch: Stretch) -> QColor:
        return QColor(self._ink.label(self._spans.label_names[self._spans.labels[stretch.number]]))

    def _mark(self, block: Block, first: int, last: int) -> None:
        for number, left, right, _turned in block.stretches_of(*_units(block, first, last)):
            line = block.layout.lineAt(number)
            self._painter.fillRect(QRectF(left, line.y(), right - left, line.height()), self._ink.found)

    def _tint(self, block: Block, stretch: Stretch, is_current: bool) -> None:
        spans = self._spans
        is_labelled = spans.marks[stretch.number] in _LABELLING and spans.verdicts[stretch.number] != Verdict.REJECTED
        if not is_labelled and not is_current:
            return
        colour = self._colour(stretch)
        colour.setAlphaF(_TINT_CURRENT if is_current else _TINT)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(_box(block, stretch).adjusted(-1, 0, 1, 1), 3, 3)

    def _underline(self, block: Block, stretch: Stretch, is_current: bool) -> None:
        painter, mark, colour = self._painter, Mark(self._spans.marks[stretch.number]), self._colour(stretch)
        box = _box(block, stretch)
        y = box.bottom() + 2 + stretch.level * self._page.level_height
        pen = QPen(colour, 3.0 if is_current else 2.0, _PENS.get(mark, Qt.PenStyle.SolidLine))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QLineF(stretch.left, y, stretch.right, y))
        if mark is Mark.GOLD:
            painter.drawLine(QLineF(stretch.left, y + 3, stretch.right, y + 3))
        if self._spans.verdicts[stretch.number] == Verdict.REJECTED:
            painter.drawLine(QLineF(stretch.left, box.center().y(), stretch.right, box.center().y()))
        text = self._ink.palette.color(QPalette.ColorRole.Text)
        if is_current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(text, 1.0))
            painter.drawRoundedRect(box.adjusted(-1.5, -0.5, 1.5, 1.5), 3, 3)
        if stretch.is_first:
            painter.setPen(text if is_current else colour)
            self._tag(block, stretch, y)

    def _tag(self, block: Block, stretch: Stretch, y: float) -> None:
        """The tag below the underline, where reading begins; as wide as the next tag on its level leaves room for."""
        metrics = QFontMetricsF(self._page.tag_font)
        others = [item for item in block.stretches if (item.line, item.level) == (stretch.line, stretch.level)]
        if stretch.right_to_left:
            room = stretch.right - max((item.right + 4 for item in others if item.right <= stretch.left), default=0.0)
        else:
            room = min((item.left - 4 for item in others if item.left >= stretch.right), default=self._page.width) - stretch.left
        shown = metrics.elidedText(tag_text(self._spans, stretch.number), Qt.TextElideMode.ElideRight, room)
        left = stretch.right - metrics.horizontalAdvance(shown) if stretch.right_to_left else stretch.left
        self._painter.drawText(QPointF(left, y + metrics.ascent() + 1), shown)

    def _frame(self, block: Block, borders: tuple[int, int]) -> None:
        """The borders that a span would get, as a dashed frame."""
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._ink.palette.color(QPalette.ColorRole.Highlight), 2.0, Qt.PenStyle.DashLine))
        for number, left, right, _turned in block.stretches_of(*_units(block, *borders)):
            line = block.layout.lineAt(number)
            self._painter.drawRect(QRectF(left - 2, line.y() - 1, right - left + 4, line.height() + 2))


def tag_text(spans: ShownSpans, number: int) -> str:
    """What the tag of a span says: the verdict as a sign, the label, and what it is if it is not simply kept."""
    sign = {Verdict.ACCEPTED: "✓ ", Verdict.REJECTED: "✗ ", Verdict.UNDECIDED: "? "}.get(Verdict(spans.verdicts[number]), "")
    words = {
        Mark.LOST: QCoreApplication.translate("tag_text", " lost"),
        Mark.BLOCKED: QCoreApplication.translate("tag_text", " blocked"),
        Mark.GOLD: QCoreApplication.translate("tag_text", " gold"),
        Mark.ADDED: QCoreApplication.translate("tag_text", " added"),
    }
    label: str = spans.label_names[spans.labels[number]]
    return sign + label + words.get(Mark(spans.marks[number]), "")


def _box(block: Block, stretch: Stretch) -> QRectF:
    line = block.layout.lineAt(stretch.line)
    return QRectF(stretch.left, line.y(), stretch.right - stretch.left, line.height())


def _units(block: Block, first: int, last: int) -> tuple[int, int]:
    """The part of `[first, last)` that lies in the block, in its UTF-16 units."""
    begin, end = (block.offsets.units(min(max(point - block.start, 0), block.length)) for point in (first, last))
    return begin, end


def _selected(block: Block, palette: QPalette, selection: tuple[int, int] | None) -> list[QTextLayout.FormatRange]:
    first, last = (0, 0) if selection is None else _units(block, *selection)
    if first >= last:
        return []
    chosen = QTextLayout.FormatRange()
    chosen.start, chosen.length = first, last - first
    shape = QTextCharFormat()
    shape.setBackground(palette.brush(QPalette.ColorRole.Highlight))
    shape.setForeground(palette.brush(QPalette.ColorRole.HighlightedText))
    chosen.format = shape
    return [chosen]
