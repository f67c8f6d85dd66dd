"""The column of laid out pieces: exact where it has been looked at, estimated elsewhere, so that any length opens at once."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QFontMetricsF

from farspan_app.gui.views.arcs import ShownArcs
from farspan_app.gui.views.block import Block, Page, font_for
from farspan_app.gui.views.paragraphs import Paragraphs
from farspan_app.gui.views.spans import ShownSpans

_REMEMBERED: Final = 160
_SAMPLE: Final = 2_000


class Column:
    """The pieces of a text below each other, in pixels. The place on top of the screen is (`piece`, `inside`): a piece and how
    many pixels of it are scrolled out.
    """  # noqa: D205

    def __init__(self, paragraphs: Paragraphs, spans: ShownSpans, page: Page) -> None:
        self.paragraphs = paragraphs
        self.spans = spans
        self.arcs = ShownArcs()
        self.page = page
        self.piece = 0
        self.inside = 0.0
        self._blocks: OrderedDict[int, Block] = OrderedDict()
        self._heights = self._estimated()
        self._tops: npt.NDArray[np.float64] | None = None

    def _estimated(self) -> npt.NDArray[np.float64]:
        sample = self.paragraphs.text[:_SAMPLE]
        metrics = QFontMetricsF(font_for(sample, self.page.font))
        advance = metrics.horizontalAdvance(sample.replace("\n", " ")) / len(sample) if sample else 1.0
        lines = np.ceil((self.paragraphs.ends - self.paragraphs.starts) * advance / max(self.page.width, 1))
        heights: npt.NDArray[np.float64] = np.maximum(lines, 1) * (metrics.height() + self.page.line_gap)
        return heights

    def set_spans(self, spans: ShownSpans) -> None:
        """Show other spans, the place on the screen unchanged."""
        self.spans = spans
        self._blocks.clear()

    def set_arcs(self, arcs: ShownArcs) -> None:
        """Show other relations between the spans, the place on the screen unchanged."""
        self.arcs = arcs
        self._blocks.clear()

    def set_page(self, page: Page) -> None:
        """Lay out anew for another width or font; the piece on top stays on top."""
        self.page = page
        self._blocks.clear()
        self._heights, self._tops, self.inside = self._estimated(), None, 0.0

    def block(self, number: int) -> Block:
        """The piece numbered `number`, laid out."""
        found = self._blocks.get(number)
        if found is None:
            start = int(self.paragraphs.starts[number])
            found = self._blocks[number] = Block(self.paragraphs.shown(number), start, self.page, self.spans, self.arcs)
            if self._heights[number] != found.height:
                self._heights[number] = found.height
                self._tops = None
            if len(self._blocks) > _REMEMBERED:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(number)
        return found

    @property
    def tops(self) -> npt.NDArray[np.float64]:
        """float64[pieces + 1]: the y at which each piece begins, and the height of all."""
        if self._tops is None:
            self._tops = np.concatenate([[0.0], np.cumsum(self._heights)])
        return self._tops

    @property
    def y(self) -> float:
        """The y of the place on top of the screen."""
        return float(self.tops[self.piece]) + self.inside

    def jump(self, y: float) -> None:
        """Put the place at `y` on top."""
        tops = self.tops
        self.piece = min(max(int(np.searchsorted(tops, y, "right")) - 1, 0), len(self.paragraphs) - 1)
        share = (y - tops[self.piece]) / max(tops[self.piece + 1] - tops[self.piece], 1.0)
        self.inside = min(max(share, 0.0), 1.0) * self.block(self.piece).height

    def move(self, pixels: float) -> None:
        """Scroll by so many pixels, laying out what is passed, so that nothing jumps."""
        self.inside += pixels
        while self.inside < 0 and self.piece > 0:
            self.piece -= 1
            self.inside += self.block(self.piece).height
        while self.inside >= (height := self.block(self.piece).height) and self.piece < len(self.paragraphs) - 1:
            self.inside -= height
            self.piece += 1
        self.inside = max(self.inside, 0.0)

    def visible(self, height: float) -> list[tuple[int, float]]:
        """The pieces on a screen of `height` pixels: their numbers, and the y of each on the screen."""
        found, number, y = [], self.piece, -self.inside
        while y < height and number < len(self.paragraphs):
            found.append((number, y))
            y += self.block(number).height
            number += 1
        return found

    def show(self, point: int, height: float) -> None:
        """Scroll so that the code point is on a screen of `height` pixels, no further than must be if its piece is there."""
        number = self.paragraphs.at(point)
        line, _x = self.block(number).place_of(point)
        bottom = line.y() + line.height() + self.page.level_height
        for shown, y in self.visible(height):
            if shown == number:
                self.move(min(y + line.y(), 0.0) + max(y + bottom - height, 0.0))
                return
        self.piece, self.inside = number, line.y()
        self.move(-height / 3)
