"""The names of one list as rows: how often each is found, its ids, and the form in which it is compared; lazy."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, Literal

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from farspan.job import SILENT, Job
from farspan.matching.profiles import coarse_view
from farspan.model import LongArray
from farspan.run import Source
from farspan.sources.editing import Name
from farspan.text.normalize import normal_forms
from farspan_app.gui.counting import ListCounts
from farspan_app.gui.numbers import numeral
from farspan_app.gui.views.offsets import displayable

NAME, FOUND, KEPT, IDS, COMPARED = range(5)
SortKey = Literal["name", "found", "kept", "list"]
SORT_OF_COLUMN: Final[dict[int, SortKey]] = {NAME: "name", FOUND: "found", KEPT: "kept"}
Index = QModelIndex | QPersistentModelIndex
_ASK_AFTER: Final = 4096


def ordered(
    source: Source, counts: ListCounts, query: str, key: SortKey = "found", *, descending: bool = True, job: Job = SILENT
) -> LongArray:
    """int64: the names of `source` that contain `query`, by one of the sorts; what is equal keeps the order of the list."""
    names = source.entity_list
    match key:
        case "found":
            order = counts.order if descending else counts.order[::-1]
        case "kept":
            order = np.argsort(-counts.kept if descending else counts.kept, kind="stable")
        case "name":
            by_name = sorted(range(len(names)), key=lambda row: names.surfaces[row].casefold(), reverse=descending)
            order = np.array(by_name, np.int64)
        case _:
            order = np.arange(len(names))
    if not query:
        return order
    wanted = query.casefold()
    has = np.zeros(len(names), np.bool_)
    for row, surface in enumerate(names.surfaces):
        if row % _ASK_AFTER == 0:
            job.progress(row, len(names), "")
        has[row] = wanted in surface.casefold() or any(wanted in one.casefold() for one in names.ids[row])
    return order[has[order]]


class NameModel(QAbstractTableModel):
    """The names of one list in a given order. changed: the row of the list, and what it should say."""

    changed = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headings = (self.tr("Name"), self.tr("Found"), self.tr("Kept"), self.tr("Ids"), self.tr("Compared as"))
        self.may_edit = False
        self._source: Source | None = None
        self._counts: ListCounts | None = None
        self._order: LongArray = np.empty(0, np.int64)
        self._compared = lru_cache(maxsize=4096)(str)
        self._sorted = FOUND, True

    def mark_sort(self, column: int, *, descending: bool) -> None:
        """Say in the headings by which column the names are sorted; -1: by none."""
        self._sorted = column, descending
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    @property
    def source(self) -> Source | None:
        """The list that is shown."""
        return self._source

    def show(self, source: Source | None, counts: ListCounts | None, order: LongArray | None = None, lang: str = "xx") -> None:
        """Show the names of `source` in `order`; None: those found most often first."""
        self.beginResetModel()
        self._source, self._counts = source, counts
        if source is None or counts is None:
            self._order = np.empty(0, np.int64)
        else:
            self._order = counts.order if order is None else order
            profile = coarse_view(source.options, lang).profile
            self._compared = lru_cache(maxsize=4096)(lambda name: normal_forms([name], profile)[0])
        self.endResetModel()

    def number(self, row: int) -> int:
        """Which name of the list stands in `row`."""
        return int(self._order[row])

    def compared(self, row: int) -> str:
        """The form in which the name in `row` is compared with the text."""
        assert self._source is not None  # noqa: S101  (there is a row)
        return self._compared(self._source.entity_list.surfaces[self.number(row)])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  (Qt's own default)
        """The names."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """The columns."""
        return 0 if parent.isValid() else len(self.headings)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Name and ids can be written, but not those of patterns."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_written = self.may_edit and index.column() in {NAME, IDS} and not self._has_patterns
        return flags | Qt.ItemFlag.ItemIsEditable if is_written else flags

    @property
    def _has_patterns(self) -> bool:
        return self._source is not None and bool(self._source.entity_list.patterns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if self._source is None or self._counts is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.EditRole and column in {NAME, IDS}:
            return self._text(index.row(), column)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return displayable(self._text(index.row(), column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in {FOUND, KEPT}:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, row: int, column: int) -> str:
        assert self._source is not None and self._counts is not None  # noqa: S101, PT018  (there is a row)
        number, names = self.number(row), self._source.entity_list
        match column:
            case 0:
                return names.surfaces[number]
            case 1:
                return numeral(int(self._counts.found[number]))
            case 2:
                return numeral(int(self._counts.kept[number]))
            case 3:
                return ", ".join(names.ids[number])
        return "" if self._has_patterns else self.compared(row)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Ask for another name or other ids; the table follows when the list has changed."""
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or self._source is None or text == self._text(index.row(), index.column()):
            return False
        number, names = self.number(index.row()), self._source.entity_list
        surface, ids = names.surfaces[number], names.ids[number]
        if index.column() == NAME:
            surface = text
        else:
            ids = tuple(part.strip() for part in text.split(",") if part.strip())
        if not surface:
            return False
        label = names.labels[number] if names.labels else ""
        self.changed.emit(number, Name(surface, ids, label, bool(names.is_alias[number])))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The headings."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            mark = "▾" if self._sorted[1] else "▴"
            return f"{self.headings[section]} {mark}" if section == self._sorted[0] else self.headings[section]
        if role == Qt.ItemDataRole.ToolTipRole and section == COMPARED:
            return self.tr("What must be equal in the text under the options of this list; lemmas and affixes come on top of it")
        if role == Qt.ItemDataRole.TextAlignmentRole and section in {FOUND, KEPT}:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None
