"""The page of bags: all sentences of one pair of entities in one relation are a row; opening it shows its sentences."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from farspan.job import Job
from farspan.model import LongArray
from farspan.relations.browsing import STATUS
from farspan.relations.table import NEGATIVE
from farspan_app.gui.models.kwic import ranked
from farspan_app.gui.models.pairs import Pairs
from farspan_app.gui.numbers import numeral
from farspan_app.gui.relating import Relating
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.find_bar import SearchField

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
SUBJECT, RELATION, OBJECT, SENTENCES, JUDGED, SUPPORT = range(6)
_NUMBERS: Final = frozenset({SENTENCES, JUDGED})
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BagsModel(QAbstractTableModel):
    """Shows some bags of `pairs` in some order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pairs: Pairs | None = None
        self.rows: LongArray = np.empty(0, np.int64)

    def show(self, pairs: Pairs | None, rows: LongArray) -> None:
        """Show the bags numbered `rows`."""
        self.beginResetModel()
        self.pairs, self.rows = pairs, rows
        self.endResetModel()

    def members(self, number: int) -> LongArray:
        """The pairs of the bag in a row."""
        assert self.pairs is not None  # noqa: S101  (without them there are no rows)
        return self.pairs.bags.members(int(self.rows[number]))

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802
        """How many bags are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802
        """How many columns there are."""
        return 0 if parent.isValid() else SUPPORT + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The titles of columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Subject"), self.tr("Relation"), self.tr("Object"), self.tr("Sentences"), self.tr("Judged"),
                self.tr("Supported"),
            )[section]  # fmt: skip
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, read when it is wanted."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _NUMBERS:
            return _RIGHT
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._text(index.row(), index.column())
        return None

    def _text(self, number: int, column: int) -> str:
        assert self.pairs is not None  # noqa: S101  (without them there are no rows)
        members = self.members(number)
        first = int(members[0])
        if column == RELATION:
            return displayable(self.pairs.relation(first))
        if column in {SUBJECT, OBJECT}:
            side = 0 if column == SUBJECT else 1
            word, entity = self.pairs.words(first)[side], self.pairs.ids(first)[side]
            return displayable(word if word == entity else f"{word} ({entity})")
        said = [STATUS[one] for one in self.pairs.verdicts[members].tolist()]
        if column == SENTENCES:
            return numeral(len(members))
        if column == JUDGED:
            return numeral(sum(bool(one) for one in said))
        if "right" in said:
            return self.tr("✓ by a sentence")
        return self.tr("✗ by none") if said.count("wrong") == len(said) else ""


class BagsPage(QWidget):
    """The table of bags. opened: what a bag is, and its pairs."""

    opened = Signal(str, object)

    def __init__(self, relating: Relating, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relating = relating
        self.model, self.view = BagsModel(self), QTableView()
        self._sort, self._descending = SENTENCES, True
        self.relation, self.field, self.count = QComboBox(), SearchField(self.tr("Search entities")), QLabel()
        self.relation.setAccessibleName(self.tr("Relation"))
        self.relation.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.count.setProperty("quiet", True)
        self._set_up_view()
        row = QHBoxLayout()
        row.addWidget(self.relation)
        row.addWidget(self.field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.count)
        column.addWidget(self.view, 1)
        relating.changed.connect(self.refresh)
        relating.judged.connect(self._renew)
        self.relation.activated.connect(lambda _: self._start())
        self.field.textChanged.connect(lambda _: self._start())

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setAccessibleName(self.tr("Bags; Enter opens the sentences"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setAlternatingRowColors(True)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.7))
        head = view.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        for column in (SUBJECT, OBJECT):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(SUPPORT, 150)
        head.sectionClicked.connect(self._header_clicked)
        view.activated.connect(lambda index: self._open(index.row()))

    def refresh(self) -> None:
        """Show what there is."""
        pairs, chosen = self.relating.pairs, self.relation.currentData()
        self.relation.clear()
        self.relation.addItem(self.tr("All relations"), None)
        for name in () if pairs is None else pairs.run.names:
            shown = self.tr("{} (negatives)").format(name) if name == NEGATIVE else name
            self.relation.addItem(displayable(shown), name)
        self.relation.setCurrentIndex(max(self.relation.findData(chosen), 0))
        self._start()

    def _renew(self) -> None:
        self.model.pairs = self.relating.pairs
        self.view.viewport().update()

    def _header_clicked(self, column: int) -> None:
        self._descending = not self._descending if column == self._sort else column in _NUMBERS
        self._sort = column
        self._start()

    def _start(self) -> None:
        pairs = self.relating.pairs
        if pairs is None:
            self.model.show(None, np.empty(0, np.int64))
            return
        relation, find = self.relation.currentData(), self.field.text().strip().casefold()
        sort, descending = self._sort, self._descending

        def work(_: Job) -> tuple[Pairs, LongArray]:
            return pairs, _chosen_bags(pairs, relation, find, sort, descending=descending)

        tasks = self.relating.workspace.tasks
        tasks.start(self.tr("Sorting the bags"), work, kind="bags").succeeded.connect(self._show)

    def _show(self, made: tuple[Pairs, LongArray]) -> None:
        self.model.show(*made)
        many = int((made[0].bags.sizes[made[1]] > 1).sum())
        said = self.tr("{} bags, {} with several sentences; double click opens the sentences")
        self.count.setText(said.format(numeral(len(made[1])), numeral(many)))

    def _open(self, number: int) -> None:
        texts = [self.model.index(number, column).data() for column in (SUBJECT, RELATION, OBJECT)]
        self.opened.emit(" · ".join(texts), self.model.members(number))


def _chosen_bags(pairs: Pairs, relation: str | None, find: str, sort: int, *, descending: bool) -> LongArray:
    """int64: the bags of `relation` with an entity or a first mention that holds `find`, sorted by a column."""
    bags = pairs.bags
    chosen = np.ones(len(bags), np.bool_)
    if relation is not None:
        chosen &= bags.relations == list(pairs.run.names).index(relation)
    if find:
        held = np.fromiter((find in entity.casefold() for entity in pairs.entities), np.bool_, len(pairs.entities))
        fits = held[bags.subject_ids] | held[bags.object_ids]
        for bag in np.flatnonzero(chosen & ~fits).tolist():
            fits[bag] = any(find in word.casefold() for word in pairs.words(int(bags.rows[bags.offsets[bag]])))
        chosen &= fits
    rows = np.flatnonzero(chosen)
    ranks = _ranks(pairs, sort)[rows]
    return rows[np.argsort(-ranks if descending else ranks, kind="stable")]


def _ranks(pairs: Pairs, sort: int) -> LongArray:
    bags = pairs.bags
    if sort == RELATION:
        return ranked(pairs.run.names)[bags.relations]
    if sort in {SUBJECT, OBJECT}:
        return ranked(pairs.entities)[bags.subject_ids if sort == SUBJECT else bags.object_ids]
    if sort == SENTENCES:
        return bags.sizes
    verdicts = pairs.verdicts[bags.rows] > 0 if sort == JUDGED else pairs.verdicts[bags.rows] == STATUS.index("right")
    return np.add.reduceat(verdicts.astype(np.int64), bags.offsets[:-1]) if len(bags) else np.empty(0, np.int64)
