"""A row of controls that goes on in a further row where the window is too narrow for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


@dataclass(slots=True)
class _Row:
    """What stands side by side: the items, and how wide they are together with the gaps between them."""

    items: list[QLayoutItem] = field(default_factory=list)
    width: int = 0
    height: int = 0


class FlowRow(QLayout):
    """Controls side by side, each as wide as it likes to be; one that expands gets what is left of its row."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """One more at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """The one at `index`; None behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Take out the one at `index`."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """It takes the width that there is, and no more height than it needs."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of all rows."""
        margins = self.contentsMargins()
        rows = list(self._rows(width - margins.left() - margins.right()))
        gaps = max(0, len(rows) - 1) * self.spacing()
        return sum(row.height for row in rows) + gaps + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:  # noqa: N802
        """All in one row."""
        shown = [item for item in self._items if not item.isEmpty()]
        width = sum(item.sizeHint().width() for item in shown) + max(0, len(shown) - 1) * self.spacing()
        return QSize(width, max((item.sizeHint().height() for item in shown), default=0)).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:  # noqa: N802
        """No narrower than the widest of them."""
        sizes = [QSize(_needed(item), item.minimumSize().height()) for item in self._items if not item.isEmpty()]
        width, height = (max(side, default=0) for side in zip(*((size.width(), size.height()) for size in sizes), strict=True))
        return QSize(width, height).grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Put each into its place."""
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        y = inner.y()
        for row in self._rows(inner.width()):
            self._lay_out(row, QRect(inner.x(), y, inner.width(), row.height))
            y += row.height + self.spacing()

    def _lay_out(self, row: _Row, rect: QRect) -> None:
        left = max(0, rect.width() - row.width)
        takers = sum(_grows(item) for item in row.items)
        x = rect.x()
        for item in row.items:
            width = _needed(item)
            if _grows(item):
                width += left // takers
            height = min(item.sizeHint().height(), row.height)
            place = QRect(x, rect.y() + (row.height - height) // 2, width, height)
            item.setGeometry(self._mirrored(place, rect))
            x += width + self.spacing()

    def _mirrored(self, place: QRect, rect: QRect) -> QRect:
        """Where the window runs from right to left, so does the row."""
        widget = self.parentWidget()
        if widget is not None and widget.isRightToLeft():
            place.moveLeft(rect.left() + rect.right() - place.right())
        return place

    def _rows(self, width: int) -> Iterator[_Row]:
        row = _Row()
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            needed = _needed(item)
            if row.items and row.width + self.spacing() + needed > width:
                yield row
                row = _Row()
            row.width += needed + (self.spacing() if row.items else 0)
            row.height = max(row.height, item.sizeHint().height())
            row.items.append(item)
        if row.items:
            yield row


def _grows(item: QLayoutItem) -> bool:
    return bool(item.expandingDirections() & Qt.Orientation.Horizontal)


def _needed(item: QLayoutItem) -> int:
    """How much of a row it takes at least: what grows may begin small."""
    return item.minimumSize().width() if _grows(item) else item.sizeHint().width()


def growing(widget: QWidget) -> QWidget:
    """`widget`, which takes what is left of its row."""
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
    return widget
