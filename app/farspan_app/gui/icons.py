"""The icons: line drawings of one set, drawn in the colour of the text, so that they fit the light and the dark look."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from farspan_app.gui import theme

_STROKE: Final = 'stroke="#000000"'


def icon(name: str, *, on_accent: bool = False) -> QIcon:
    """The icon called `name` (a file in farspan_resources/icons). on_accent: for a button in the accent colour."""
    return QIcon(_Drawing(name, on_accent=on_accent))


@cache
def _source(name: str) -> str:
    return (files("farspan_resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace(_STROKE, f'stroke="{colour}"').encode()))


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, width: int, height: int) -> QPixmap:
    made = QPixmap(width, height)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _draw(painter, name, colour, made.rect())
    painter.end()
    return made


def _draw(painter: QPainter, name: str, colour: str, rect: QRect) -> None:
    """Draw into the square in the middle of `rect`."""
    side = min(rect.width(), rect.height())
    place = QRectF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side)
    _renderer(name, colour).render(painter, place)


class _Drawing(QIconEngine):
    """Draws when asked, in the colours in use then: a change of theme needs no new icons."""

    def __init__(self, name: str, *, on_accent: bool) -> None:
        super().__init__()
        self._name = name
        self._on_accent = on_accent
        _source(name)  # a misspelt name shows at once

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw into `rect`."""
        _draw(painter, self._name, self._colour(mode), rect)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """A drawing of `size`, made once for each colour: every repaint of a button asks for it."""
        return _pixmap(self._name, self._colour(mode), size.width(), size.height())

    def _colour(self, mode: QIcon.Mode) -> str:
        look = theme.current()
        if mode == QIcon.Mode.Disabled:
            return look.muted
        return look.on_accent if self._on_accent or mode == QIcon.Mode.Selected else look.text

    def clone(self) -> QIconEngine:
        """Another one like it."""
        return _Drawing(self._name, on_accent=self._on_accent)
