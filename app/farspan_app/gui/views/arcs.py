"""Relations as arcs above the lines: where each runs, and drawing it with its name and the direction it points in.

An arc whose ends stand on two lines leaves the one line at its end and comes back at the beginning of the other, as reading does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPalette, QPen, QPolygonF

from farspan.model import BoolArray, IntArray, LongArray
from farspan_app.gui.numbers import numeral
from farspan_app.gui.views.spans import ShownSpans, levels

MOST_LEVELS: Final = 8
"""Arcs above one line that are drawn; how many more there are is said."""

_SIGNS: Final = ("", "✓ ", "✗ ", "? ")
_WRONG: Final = 2
_NO_NUMBERS: Final = np.empty(0, np.int32)
_APART: Final = 3.0
_CORNER: Final = 6.0
_HEAD: Final = 4.0
_GAP: Final = 2.0
_BESIDE: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class ShownArcs:
    """Relations of one text. The columns: int32[n], code points of subject and object. names: uint of each into `labels`.

    verdicts: uint8[n] into `farspan.relations.browsing.STATUS`.
    """

    subject_starts: IntArray = field(default_factory=_NO_NUMBERS.copy)
    subject_ends: IntArray = field(default_factory=_NO_NUMBERS.copy)
    object_starts: IntArray = field(default_factory=_NO_NUMBERS.copy)
    object_ends: IntArray = field(default_factory=_NO_NUMBERS.copy)
    names: IntArray = field(default_factory=_NO_NUMBERS.copy)
    verdicts: npt.NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    labels: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.names)

    def touching(self, start: int, end: int) -> LongArray:
        """The arcs with an end in `[start, end)`."""
        subjects, objects = self.subject_starts, self.object_starts
        return np.flatnonzero(((subjects >= start) & (subjects < end)) | ((objects >= start) & (objects < end)))

    def take(self, chosen: BoolArray) -> ShownArcs:
        """Some of them."""
        return ShownArcs(
            self.subject_starts[chosen], self.subject_ends[chosen], self.object_starts[chosen], self.object_ends[chosen],
            self.names[chosen], self.verdicts[chosen], self.labels,
        )  # fmt: skip

    def between(self, spans: ShownSpans) -> ShownArcs:
        """Those whose two ends are both among `spans`: what is not shown is not joined."""
        if not len(self):
            return self
        there = spans.starts.astype(np.int64) << 32 | spans.ends
        ends = ((self.subject_starts, self.subject_ends), (self.object_starts, self.object_ends))
        one, other = (np.isin(starts.astype(np.int64) << 32 | stops, there) for starts, stops in ends)
        return self.take(one & other)

    def text(self, number: int) -> str:
        """What an arc is called, with the verdict as a sign."""
        name: str = self.labels[self.names[number]]
        return _SIGNS[self.verdicts[number]] + name


@dataclass(frozen=True, slots=True)
class Lane:
    """The part of an arc above one line, in pixels. tail, head: where subject and object stand; None: on another line.

    name_left: where its name begins, in the middle of it, or beside it where it is too short.
    """

    number: int
    line: int
    tail: float | None
    head: float | None
    left: float
    right: float
    name_left: float
    level: int


@dataclass(frozen=True, slots=True)
class Lanes:
    """All arcs above the lines of a block. more: line -> arcs that are not drawn, as there are too many."""

    lanes: Sequence[Lane] = ()
    more: dict[int, int] = field(default_factory=dict)

    def levels_above(self, line: int) -> int:
        """How many levels of arcs are drawn above a line."""
        return max((lane.level + 1 for lane in self.lanes if lane.line == line), default=0)


Anchor = Callable[[int, int], tuple[int, float] | None]
"""The line and the middle, in pixels, of a stretch of text; None: it does not begin in the block."""


def lay_out(arcs: ShownArcs, numbers: LongArray, anchor: Anchor, width: float, metrics: QFontMetricsF, *, turned: bool) -> Lanes:
    """The arcs `numbers` above the lines of a block of `width` pixels; turned: its lines run from right to left."""
    by_line: dict[int, list[tuple[int, float | None, float | None, float, float]]] = {}
    for number in numbers.tolist():
        tail = anchor(int(arcs.subject_starts[number]), int(arcs.subject_ends[number]))
        head = anchor(int(arcs.object_starts[number]), int(arcs.object_ends[number]))
        if tail is not None and head is not None and tail[0] == head[0]:
            by_line.setdefault(tail[0], []).append((number, tail[1], head[1], *sorted((tail[1], head[1]))))
            continue
        goes_on = bool(arcs.subject_starts[number] < arcs.object_starts[number])
        if tail is not None:
            edge = width if goes_on != turned else 0.0
            by_line.setdefault(tail[0], []).append((number, tail[1], None, *sorted((tail[1], edge))))
        if head is not None:
            edge = 0.0 if goes_on != turned else width
            by_line.setdefault(head[0], []).append((number, None, head[1], *sorted((head[1], edge))))
    lanes: list[Lane] = []
    more: dict[int, int] = {}
    for line, parts in by_line.items():
        wide = [metrics.horizontalAdvance(arcs.text(part[0])) for part in parts]
        names = [_name_left(part[3], part[4], room) for part, room in zip(parts, wide, strict=True)]
        starts = np.array([min(part[3], name) for part, name in zip(parts, names, strict=True)]).astype(np.int32)
        ends = np.array([max(part[4], name + room) for part, name, room in zip(parts, names, wide, strict=True)]).astype(np.int32)
        for part, name, level in zip(parts, names, levels(starts, ends + _BESIDE).tolist(), strict=True):
            if level < MOST_LEVELS:
                lanes.append(Lane(part[0], line, *part[1:], name, level))
            else:
                more[line] = more.get(line, 0) + 1
    return Lanes(lanes, more)


def _name_left(left: float, right: float, wide: float) -> float:
    """Where a name of so many pixels begins: in the middle if the ends of the arc stay visible, else before it, or behind it."""
    if right - left >= wide + 2 * (_CORNER + _BESIDE):
        return (left + right - wide) / 2
    return left - wide - _BESIDE if left >= wide + _BESIDE else right + _BESIDE


class ArcPainter:
    """Draws the lanes of blocks. level_height: pixels from one level to the next."""

    def __init__(
        self, painter: QPainter, arcs: ShownArcs, palette: QPalette, colour: Callable[[str], QColor], height: float
    ) -> None:
        self._painter = painter
        self._arcs = arcs
        self._palette = palette
        self._colour = colour
        self._height = height

    def draw(self, lanes: Lanes, top: Callable[[int], float], current: tuple[int, int] | None, width: float) -> None:
        """Draw `lanes`. top: the upper edge of a line. current: the span that is looked at, whose arcs stand out."""
        if not lanes.lanes:
            return
        painter = self._painter
        painter.save()
        for lane in sorted(lanes.lanes, key=lambda lane: -lane.level):
            self._draw(lane, top(lane.line), is_current=self._ends_at(lane.number, current))
        painter.setPen(self._palette.color(QPalette.ColorRole.Text))
        for line, more in lanes.more.items():
            box = QRectF(0, top(line) - self._height * (MOST_LEVELS + 1), width, self._height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute, f"+{numeral(more)}")
        painter.restore()

    def _ends_at(self, number: int, place: tuple[int, int] | None) -> bool:
        arcs = self._arcs
        ends = (
            (int(arcs.subject_starts[number]), int(arcs.subject_ends[number])),
            (int(arcs.object_starts[number]), int(arcs.object_ends[number])),
        )
        return place is not None and place in ends

    def _draw(self, lane: Lane, top: float, *, is_current: bool) -> None:
        painter = self._painter
        colour = QColor(self._colour(self._arcs.labels[self._arcs.names[lane.number]]))
        is_wrong = self._arcs.verdicts[lane.number] == _WRONG
        pen = QPen(colour, 2.0 if is_current else 1.2, Qt.PenStyle.DashLine if is_wrong else Qt.PenStyle.SolidLine)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        y = top - _GAP - (lane.level + 0.5) * self._height
        painter.drawPath(_path(lane, top - _GAP, y))
        if lane.head is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            tip = QPointF(_arrival(lane), top - _GAP)
            painter.drawPolygon(QPolygonF([tip, tip + QPointF(-_HEAD, -_HEAD * 1.6), tip + QPointF(_HEAD, -_HEAD * 1.6)]))
        self._name(lane, y, colour)

    def _name(self, lane: Lane, y: float, colour: QColor) -> None:
        painter, said = self._painter, self._arcs.text(lane.number)
        metrics = QFontMetricsF(painter.font())
        wide = metrics.horizontalAdvance(said)
        box = QRectF(lane.name_left - 3, y - metrics.height() / 2, wide + 6, metrics.height())
        painter.fillRect(box, self._palette.brush(QPalette.ColorRole.Base))
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)


def _arrival(lane: Lane) -> float:
    """Where an arc meets its object: beside the middle, on the side it comes from, so that tails and heads stand apart."""
    assert lane.head is not None  # noqa: S101  (asked for where there is one)
    comes_from_left = lane.head == lane.right
    return lane.head - _APART if comes_from_left else lane.head + _APART


def _path(lane: Lane, top: float, y: float) -> QPainterPath:
    """From the subject, or the edge of the line, up, along, and down to the object, or on to the edge."""
    if lane.tail is None:
        begin = lane.left if lane.head == lane.right else lane.right
        path = QPainterPath(QPointF(begin, y))
    else:
        begin = lane.tail + (_APART if lane.tail == lane.left else -_APART)
        path = QPainterPath(QPointF(begin, top))
    end = (lane.right if lane.tail == lane.left else lane.left) if lane.head is None else _arrival(lane)
    turn = min(_CORNER, abs(end - begin) / 2, top - y) * (1 if end > begin else -1)
    if lane.tail is not None:
        path.lineTo(begin, y + abs(turn))
        path.quadTo(begin, y, begin + turn, y)
    if lane.head is None:
        path.lineTo(end, y)
    else:
        path.lineTo(end - turn, y)
        path.quadTo(end, y, end, y + abs(turn))
        path.lineTo(end, top - _HEAD)
    return path
