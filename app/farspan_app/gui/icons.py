"""The icons: line drawings of one set, drawn in the colour of the text, so that they fit the light and the dark look."""

from __future__ import annotations

from functools import cache
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


class _Drawing(QIconEngine):
    """Draws when asked, in the colours in use then: a change of theme needs no new icons."""

    def __init__(self, name: str, *, on_accent: bool) -> None:
        super().__init__()
        self._name = name
        self._on_accent = on_accent
        _source(name)  # a misspelt name shows at once

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw into `rect`."""
        look = theme.current()
        colour = look.on_accent if self._on_accent else look.text
        if mode == QIcon.Mode.Disabled:
            colour = look.muted
        elif mode == QIcon.Mode.Selected:
            colour = look.on_accent
        side = min(rect.width(), rect.height())
        place = QRectF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side)
        _renderer(self._name, colour).render(painter, place)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """A drawing of `size`."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        """Another one like it."""
        return _Drawing(self._name, on_accent=self._on_accent)
