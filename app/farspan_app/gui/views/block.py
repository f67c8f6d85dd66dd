"""One piece of text laid out: its lines, and where on them each span is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import regex
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextLine, QTextOption

from farspan.model import IntArray, LongArray
from farspan_app.gui.views.arcs import Lanes, ShownArcs, lay_out
from farspan_app.gui.views.offsets import Offsets, displayable
from farspan_app.gui.views.spans import ShownSpans, levels

_STRONG: Final = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=L}]")
_TURNED: Final = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_DEVANAGARI: Final = regex.compile(r"\p{Script=Devanagari}")
_TOUCHING: Final = 0.75
_BAR: Final = 3.0
_TOP: Final = 16.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a span on one line, from left to right in pixels. number: of the span. is_first: whether the span begins here."""

    number: int
    line: int
    left: float
    right: float
    level: int
    is_first: bool
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class Page:
    """How text is laid out: the width of a line in pixels, the fonts of text and tags."""

    width: float
    font: QFont
    tag_font: QFont

    @property
    def level_height(self) -> float:
        """Pixels that one level of underlines takes, with its tag."""
        return QFontMetricsF(self.tag_font).height() + _BAR

    @property
    def arc_height(self) -> float:
        """Pixels from one arc above a line to the next."""
        return QFontMetricsF(self.tag_font).height() + _BAR

    @property
    def line_gap(self) -> float:
        """Pixels between a line and the next."""
        return QFontMetricsF(self.font).height() * 0.3


class Block:
    """A laid out piece that begins at the code point `start` of its text. `stretches`: every span on it, line by line."""

    def __init__(self, text: str, start: int, page: Page, spans: ShownSpans, arcs: ShownArcs | None = None) -> None:
        self.start = start
        self.length = len(text)
        self.text = displayable(text)
        self.offsets = Offsets(text)
        self._page = page
        self.layout = QTextLayout(self.text, font_for(text, page.font))
        option = QTextOption()
        self._turned = runs_right_to_left(text)
        if self._turned:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.layout.setTextOption(option)
        self.layout.setCacheEnabled(True)
        self._numbers = spans.within(start, start + max(self.length, 1))
        self._levels = levels(spans.starts[self._numbers], spans.ends[self._numbers])
        self._first = self._units(spans.starts[self._numbers])
        self._last = self._units(spans.ends[self._numbers])
        self._begins_here = spans.starts[self._numbers] >= start
        self.lanes = Lanes()
        self.height = self._lay_out(arcs)
        self.stretches = list(self._all_stretches())

    def _units(self, points: IntArray) -> LongArray:
        return self.offsets.units(np.clip(points.astype(np.int64) - self.start, 0, self.length))

    def _lay_out(self, arcs: ShownArcs | None) -> float:
        self.layout.beginLayout()
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(self._page.width)
        self.layout.endLayout()
        if arcs is not None and len(arcs):
            self.lanes = self._lanes(arcs)
        y = self._page.line_gap / 2 + (_TOP if self.start == 0 else 0.0)
        for number, line in enumerate(self.lines()):
            above = self.lanes.levels_above(number) + (number in self.lanes.more)
            y += above * self._page.arc_height
            line.setPosition(QPointF(0, y))
            begin, end = line.textStart(), line.textStart() + line.textLength()
            here = (self._first < end) & (self._last > begin)
            deepest = int(self._levels[here].max()) + 1 if here.any() else 0
            y += line.height() + deepest * self._page.level_height + self._page.line_gap
        return y

    def _lanes(self, arcs: ShownArcs) -> Lanes:
        """Where the arcs run that begin or end here."""
        end = self.start + max(self.length, 1)

        @cache
        def anchor(first: int, last: int) -> tuple[int, float] | None:
            if not self.start <= first < end:
                return None
            units = self.offsets.units(np.clip(np.array([first, last]) - self.start, 0, self.length)).tolist()
            found = next(self.stretches_of(*units), None)
            return None if found is None else (found[0], (found[1] + found[2]) / 2)

        metrics = QFontMetricsF(self._page.tag_font)
        return lay_out(arcs, arcs.touching(self.start, end), anchor, self._page.width, metrics, turned=self._turned)

    def lines(self) -> Iterator[QTextLine]:
        """The lines from top to bottom."""
        return (self.layout.lineAt(number) for number in range(self.layout.lineCount()))

    def line_at(self, y: float) -> QTextLine:
        """The line at the height `y` in the block, the nearest one outside it."""
        tops = np.array([line.y() for line in self.lines()])
        return self.layout.lineAt(max(int(np.searchsorted(tops, y, "right")) - 1, 0))

    def point_at(self, x: float, y: float) -> int:
        """The code point of the whole text whose leading edge is nearest to a place in the block."""
        units = self.line_at(y).xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters)
        return self.start + self.offsets.points(units)

    def place_of(self, point: int) -> tuple[QTextLine, float]:
        """The line on which the code point stands, and the x of its leading edge."""
        units = self.offsets.units(min(max(point - self.start, 0), self.length))
        line = self.layout.lineForTextPosition(units)
        return line, _x(line, units)

    def stretches_of(self, first: int, last: int) -> Iterator[tuple[int, float, float, bool]]:
        """What the UTF-16 units `[first, last)` cover: (line, left, right, runs from right to left); several a line if mixed."""
        for number, line in enumerate(self.lines()):
            begin, end = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
            if begin < end:
                yield from ((number, *found) for found in _pieces(line, begin, end))

    def _all_stretches(self) -> Iterator[Stretch]:
        for at, number in enumerate(self._numbers):
            is_first = bool(self._begins_here[at])
            for line, left, right, turned in self.stretches_of(int(self._first[at]), int(self._last[at])):
                yield Stretch(int(number), line, left, right, int(self._levels[at]), is_first, turned)
                is_first = False


def runs_right_to_left(text: str) -> bool:
    """Whether a paragraph runs from right to left: its first letter with a direction says so (UAX 9, P2)."""
    first = _STRONG.search(text)
    return first is not None and _TURNED.match(first[0]) is not None


def is_mostly_right_to_left(text: str) -> bool:
    """Whether most of the letters of a stretch of text, cut anywhere, run from right to left."""
    return _TURNED.search(text) is not None and 2 * len(_TURNED.findall(text)) > len(_STRONG.findall(text))


def font_for(text: str, font: QFont) -> QFont:
    """`font`, for Devanagari with the family that can shape it first: others have its letters but not their joins."""
    if _DEVANAGARI.search(text) is None:
        return font
    shaped = QFont(font)
    shaped.setFamilies(["Noto Sans Devanagari", *font.families()])
    return shaped


def _pieces(line: QTextLine, begin: int, end: int) -> list[tuple[float, float, bool]]:
    """(left, right, runs from right to left) of what a range covers of a line: one stretch of text may be several of screen."""
    found: list[tuple[float, float, bool]] = []
    for run in sorted(line.glyphRuns(begin, end - begin), key=lambda run: run.boundingRect().x()):
        box, turned = run.boundingRect(), run.isRightToLeft()
        if found and found[-1][2] == turned and box.left() - found[-1][1] < _TOUCHING:
            left, right, _ = found.pop()
            found.append((left, max(right, box.right()), turned))
        else:
            found.append((box.left(), box.right(), turned))
    in_order = [item for item in found if item[1] > item[0]]
    return in_order[::-1] if in_order and in_order[-1][2] else in_order


def _x(line: QTextLine, units: int) -> float:
    # Qt gives the place back with the position it belongs to.
    found: tuple[float, int] = line.cursorToX(units)  # type: ignore[assignment]
    return found[0]
