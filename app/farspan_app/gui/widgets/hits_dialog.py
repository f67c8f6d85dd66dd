"""Searching the texts themselves, and labelling every place that is found; how many is said before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from farspan.errors import FarspanError, OptionError
from farspan.model import BoolArray
from farspan.sources.arguments import label_fault
from farspan_app.gui.models.hits import AFTER, BEFORE, DOCUMENT, MATCH, MOST, NOW, HitModel, Hits, find_hits
from farspan_app.gui.models.searching import Finder, Search
from farspan_app.gui.numbers import counted, numeral
from farspan_app.gui.views.block import is_mostly_right_to_left
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.find_bar import SearchField, SearchToggles
from farspan_app.gui.workspace import Workspace

_PAUSE = 250


class _FarEnd(QStyledItemDelegate):
    """Cuts what stands before a match at its far end."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        if index.column() == BEFORE:
            option.textElideMode = Qt.TextElideMode.ElideLeft


class HitsDialog(QDialog):
    """What is found in all texts as a concordance. When it is accepted, `places` are to be labelled `label`."""

    def __init__(self, workspace: Workspace, search: Search, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Search in the texts"))
        self.resize(980, 560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace = workspace
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._find)
        self.field, self.toggles = SearchField(self.tr("Search in all texts")), SearchToggles()
        self.field.setText(search.text)
        self.toggles.take(search)
        self.field.textChanged.connect(lambda *_: self._later.start())
        self.toggles.changed.connect(lambda *_: self._later.start())
        self.model, self.view = HitModel(self), QTableView()
        self.status, self.choice = QLabel(), QComboBox()
        self.only_bare = QCheckBox(self.tr("Leave out what touches a labelled place"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._set_up()
        self._lay_out()
        self._find()

    @property
    def label(self) -> str:
        """The label to be given."""
        return self.choice.currentText().strip()

    @property
    def places(self) -> Sequence[tuple[int, int, int]]:
        """(document number, start, end) of what is to be labelled."""
        hits = self.model.hits
        if hits is None:
            return []
        return [(int(number), int(start), int(end)) for number, start, end in hits.places[self._wanted(hits)]]

    def _set_up(self) -> None:
        run = self._workspace.run
        self.choice.setEditable(True)
        self.choice.addItems(() if run is None else list(run.rules.labels))
        self.choice.setAccessibleName(self.tr("Label"))
        self.choice.editTextChanged.connect(self._count)
        self.only_bare.setChecked(True)
        self.only_bare.toggled.connect(self._count)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.setWordWrap(True)
        view = self.view
        view.setModel(self.model)
        view.setObjectName("hits")
        view.setAccessibleName(self.tr("Places found"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setItemDelegate(_FarEnd(view))
        view.verticalHeader().hide()
        head = view.horizontalHeader()
        head.setHighlightSections(False)
        for column in (BEFORE, AFTER):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, width in ((MATCH, 160), (DOCUMENT, 130), (NOW, 110)):
            head.resizeSection(column, width)
        view.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.field, 1)
        top.addWidget(self.toggles)
        name = QLabel(self.tr("Label"))
        name.setBuddy(self.choice)
        bottom.addWidget(name)
        bottom.addWidget(self.choice)
        bottom.addWidget(self.only_bare)
        bottom.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self.status)
        column.addLayout(bottom)
        column.addWidget(self.buttons)

    def _find(self) -> None:
        self.model.show(None)
        self._count()
        search = self.toggles.search(self.field.text())
        if not search:
            self._say(self.tr("Type what is to be found in the texts, labelled or not"))
            return
        try:
            finder = Finder(search)
        except OptionError as error:
            self._say(error.what)
            return
        documents, run = self._workspace.documents, self._workspace.run
        edits = {number: found for number in range(len(documents)) if (found := self._workspace.edits_of(number))}
        task = self._workspace.tasks.start(
            self.tr("Searching the texts"), lambda job: find_hits(documents, run, edits, finder, job), kind="hits"
        )
        task.error_shown = True
        task.succeeded.connect(self._show)
        task.failed.connect(lambda error: self._say(error.what if isinstance(error, FarspanError) else repr(error)))
        self.finished.connect(task.drop)

    def _show(self, hits: Hits) -> None:
        self.model.show(hits)
        head, first = self.view.horizontalHeader(), [hits.documents[number].text[:500] for number in hits.places[:9, 0]]
        reads_left = sum(map(is_mostly_right_to_left, first)) * 2 > len(first)
        if (head.visualIndex(BEFORE) > head.visualIndex(AFTER)) != reads_left:
            head.swapSections(head.visualIndex(BEFORE), head.visualIndex(AFTER))
        self._count()

    def _wanted(self, hits: Hits) -> BoolArray:
        """bool[n]: what would be labelled: of what is chosen, or else of all."""
        wanted = hits.free(self.label, only_bare=self.only_bare.isChecked())
        rows = [index.row() for index in self.view.selectionModel().selectedRows()]
        if rows:
            chosen = np.zeros(len(hits), np.bool_)
            chosen[rows] = True
            wanted &= chosen
        return wanted

    def _count(self) -> None:
        """Say how many places there are, and what would be done to which."""
        ok, hits = self.buttons.button(QDialogButtonBox.StandardButton.Ok), self.model.hits
        ok.setEnabled(False)
        ok.setText(self.tr("Label"))
        if hits is None:
            return
        fault = label_fault(self.label)
        count = int(self._wanted(hits).sum())
        documents = len(np.unique(hits.places[:, 0]))
        places = counted(self.tr("%n place(s)", "", len(hits)), len(hits))
        inside = counted(self.tr("%n document(s)", "", documents), documents)
        said = self.tr("{} in {}").format(places, inside)
        if hits.is_more:
            said = self.tr("The first {} places; there are more").format(numeral(MOST))
        elif count < len(hits) and not fault:
            said += "; " + self.tr("{} of them are left as they are").format(numeral(len(hits) - count))
        self._say(self.tr("the label {}").format(fault) if fault and len(hits) else said)
        ok.setText(self.tr("Label {} places").format(numeral(count)))
        ok.setEnabled(count > 0 and not fault and not self._workspace.read_only)

    def _say(self, text: str) -> None:
        self.status.setText(displayable(text))
