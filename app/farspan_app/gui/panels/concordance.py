"""The Concordance tab: every candidate in its context, to be searched, sorted, judged, labelled and copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from farspan.decide.conflicts import Status
from farspan.errors import OptionError
from farspan.job import Job
from farspan.model import LongArray
from farspan_app.gui.counting import candidate_risks
from farspan_app.gui.models.concordance import DOCUMENT, LABEL, LEFT, LIST, MATCH, NAME, RIGHT, RISK, STATUS, ConcordanceModel
from farspan_app.gui.models.facets import FacetCount
from farspan_app.gui.models.kwic import SORTS, Kwic, Query
from farspan_app.gui.models.searching import Finder
from farspan_app.gui.numbers import numeral
from farspan_app.gui.panel import Panel
from farspan_app.gui.views.block import is_mostly_right_to_left
from farspan_app.gui.views.concordance_view import ConcordanceView
from farspan_app.gui.widgets.bulk_dialog import after_a_word
from farspan_app.gui.widgets.empty import EmptyState
from farspan_app.gui.widgets.find_bar import SearchField, SearchToggles
from farspan_app.gui.widgets.flow import FlowRow, growing
from farspan_app.gui.widgets.hits_dialog import HitsDialog
from farspan_app.gui.widgets.verdict_row import VerdictRow, small_button
from farspan_app.gui.workspace import Decision, Selection, Workspace

_TYPING_PAUSE: Final = 180
_CALM: Final = 700
_SAMPLE: Final = 500
_SORT_LETTERS: Final = 12
_OF_COLUMN: Final = {LEFT: "L1", MATCH: "match", RIGHT: "R1", LABEL: "label", STATUS: "status", NAME: "name", LIST: "list",
                     DOCUMENT: "document", RISK: "risk"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Made:
    """What a worker made. rows: None: those shown stay. passing: those that pass the facets, None: all; counts: of the facets."""

    kwic: Kwic
    rows: LongArray | None
    passing: LongArray | None
    counts: Sequence[FacetCount]


class ConcordancePanel(Panel):
    """The editing surface: whole blocks of candidates at once."""

    title: ClassVar[str] = str(QT_TRANSLATE_NOOP("Panel", "Concordance"))
    help_page: ClassVar[str] = "window/concordance"

    opened = Signal()
    shown = Signal()
    counted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.model = ConcordanceModel(self)
        self.view = ConcordanceView(self.model)
        self._find = ""
        self._owes_rows = False
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self._find_signals)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(self.refresh)
        empty = EmptyState(
            self.tr("Nothing found yet"),
            self.tr("As soon as the project has texts and a list of names, every place where a name stands is a row here."),
        )
        self.set_faces(empty, self._content())
        self._connect()
        self._run_changed()

    # ---- making

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(self._search_row())
        column.addLayout(self._sort_row())
        column.addWidget(self.view, 1)
        column.addWidget(self._action_row())
        return content

    def _search_row(self) -> FlowRow:
        self.field = SearchField(self.tr("Search the matches"))
        self.field.setToolTip(self.tr("Ctrl+F"))
        self.toggles = SearchToggles()
        self.around = QCheckBox(self.tr("and around them"))
        self.around.setObjectName("keep-around")
        self.fault = QLabel()
        self.fault.setProperty("fault", True)
        row = FlowRow()
        row.addWidget(growing(self.field))
        row.addWidget(self.toggles)
        row.addWidget(self.around)
        row.addWidget(self.fault)
        self.everywhere = small_button(
            "search", self.tr("In the texts ..."), self.tr("Search the texts themselves, and label every place found")
        )
        self.everywhere.clicked.connect(lambda _: self.search_texts())
        row.addWidget(self.everywhere)
        return row

    def _sort_row(self) -> FlowRow:
        self.count = QLabel()
        self.count.setProperty("quiet", True)
        row = FlowRow()
        row.addWidget(growing(self.count))
        row.addWidget(QLabel(self.tr("Sort by")))
        self.sorts = [self._choice(self.tr("Sort by, level {}").format(level)) for level in (1, 2, 3)]
        for level, box in enumerate(self.sorts):
            box.setObjectName(f"keep-sort{level}")
            for key in ("place", *SORTS[:-1]) if level == 0 else ("", *SORTS[:-1]):
                box.addItem(self._sort_name(key), key)
            row.addWidget(box)
        self.descending = QCheckBox(self.tr("descending"))
        self.descending.setObjectName("keep-descending")
        row.addWidget(self.descending)
        return row

    def _action_row(self) -> VerdictRow:
        self.verdicts = VerdictRow(self._labels)
        self.verdicts.judged.connect(self.judge)
        self.verdicts.labelled.connect(self.give_label)
        self.verdicts.never_asked.connect(self.exclude)
        copy = small_button("copy", self.tr("Copy"), self.tr("Copy the rows as tab-separated values (Ctrl+C)"))
        copy.clicked.connect(lambda _: self.view.copy())
        self.verdicts.add("copy", copy)
        return self.verdicts

    def _labels(self) -> Sequence[str]:
        run = self.workspace.run
        return () if run is None else run.rules.labels

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_SORT_LETTERS)
        box.setToolTip(self.tr("L1 is the first word before the match, R1 the first one after it"))
        return box

    def _sort_name(self, key: str) -> str:
        names = {
            "": self.tr("–"), "place": self.tr("place in the text"), "match": self.tr("match"), "name": self.tr("name"),
            "list": self.tr("list"), "label": self.tr("label"), "status": self.tr("status"), "document": self.tr("document"),
            "risk": self.tr("risk"),
        }  # fmt: skip
        return names.get(key, key)

    def _connect(self) -> None:
        self.workspace.run_changed.connect(self._run_changed)
        self.workspace.judgements_changed.connect(self._judgements_changed)
        self.workspace.selection_changed.connect(self._follow)
        self.workspace.facets_changed.connect(self.refresh)
        self.workspace.signals_changed.connect(self._signals_changed)
        self.workspace.sort_asked.connect(self.sort_by)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.field.returnPressed.connect(self.refresh)
        self.toggles.changed.connect(self.refresh)
        for box in (self.around, self.descending):
            box.toggled.connect(lambda _: self.refresh())
        for choice in self.sorts:
            choice.currentIndexChanged.connect(lambda _: self.refresh())
        self.view.horizontalHeader().sectionClicked.connect(self._header_clicked)
        self.view.judged.connect(self.judge)
        self.view.label_asked.connect(self._label_numbered)
        self.view.opened.connect(self._open)
        self.view.conflict_asked.connect(self.next_conflict)
        self.view.chosen.connect(self._chosen)
        self._chosen()

    # ---- following the workspace

    def _run_changed(self) -> None:
        run = self.workspace.run
        self.show_content(run is not None)
        if run is None:
            self.model.show(None, np.empty(0, np.int64))
            return
        texts = [document.text[:_SAMPLE] for document in run.corpus.documents[:9]]
        self.view.turn(sum(map(is_mostly_right_to_left, texts)) * 2 > len(texts))
        self._start(self._kwic_maker(), keep_rows=False)

    def _judgements_changed(self) -> None:
        if self.workspace.run is not None:
            self._start(self._kwic_maker(), keep_rows=self.model.kwic is not None and self.model.kwic.run is self.workspace.run)

    def _signals_changed(self) -> None:
        if self.workspace.run is not None:
            self._start(self._kwic_maker(), keep_rows=not self._is_by_risk)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Signals are looked for when somebody looks."""
        super().showEvent(event)
        self._ask_for_signals()

    def _ask_for_signals(self) -> None:
        """At once where rows are sorted or narrowed down by them; else when the table has been drawn."""
        self._calm.start(0 if self._is_by_risk else _CALM)

    @property
    def _is_by_risk(self) -> bool:
        return "risk" in self.workspace.facets or any(box.currentData() == "risk" for box in self.sorts)

    def _find_signals(self) -> None:
        if self.isVisible():
            self.workspace.find_signals()

    def refresh(self) -> None:
        """Filter and sort anew, as the controls say."""
        self._pause.stop()
        self._show_order()
        kwic = self.model.kwic
        if kwic is not None and kwic.run is self.workspace.run:
            self._start(lambda: kwic, keep_rows=False)
        elif self.workspace.run is not None:
            self._start(self._kwic_maker(), keep_rows=False)

    def _show_order(self) -> None:
        """The arrow on the head of the column that comes first in the order; none where the text's own order counts."""
        head, key = self.view.horizontalHeader(), self.sorts[0].currentData()
        column = next((number for number, sort in _OF_COLUMN.items() if sort == key), None)
        head.blockSignals(True)
        head.setSortIndicatorShown(column is not None)
        if column is not None:
            order = Qt.SortOrder.DescendingOrder if self.descending.isChecked() else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(column, order)
        head.blockSignals(False)

    def _kwic_maker(self) -> Callable[[], Kwic]:
        state, signals = self.workspace.state, self.workspace.signals

        def make() -> Kwic:
            assert state.run is not None  # noqa: S101  (asked for only where there is one)
            risks = None if signals is None else candidate_risks(signals)
            numbered = enumerate(state.stored_documents)
            edits = {number: state.edits[stored.id] for number, stored in numbered if stored.id in state.edits}
            return Kwic(state.run, state.judgements, edits, risks)

        return make

    def _query(self) -> Query | None:
        """What the controls ask for; None, and the fault said, where the expression is faulty."""
        search = self.toggles.search(self.field.text())
        try:
            if search:
                Finder(search)
        except OptionError as error:
            self.fault.setText(error.what)
            return None
        self.fault.clear()
        only = self.workspace.only
        return Query(search, self.around.isChecked(), self.workspace.facets, None if only is None else only[1])

    def find_values(self, text: str) -> None:
        """Count only facet values that hold `text`."""
        if text != self._find:
            self._find = text
            self.refresh()

    def _start(self, make: Callable[[], Kwic], *, keep_rows: bool) -> None:
        query = self._query()
        if query is None:
            return
        # A task that would have shown other rows may be dropped for this one, which then has to show them.
        self._owes_rows = self._owes_rows or not keep_rows
        keep_rows, find = not self._owes_rows, self._find
        keys, descending = [box.currentData() for box in self.sorts], self.descending.isChecked()

        def work(job: Job) -> _Made:
            kwic = make()
            found = kwic.found(query, job)
            counts = kwic.facets.counts(query.chosen, found, find)
            passing = np.flatnonzero(kwic.facets.passing(query.chosen)) if query.chosen else None
            if keep_rows:
                return _Made(kwic, None, passing, counts)
            rows = np.flatnonzero(found) if passing is None else passing[found[passing]]
            for level in (2, 1, 0):
                if keys[level]:
                    rows = kwic.sorted(rows, keys[level], descending=descending and level == 0)
            return _Made(kwic, rows, passing, counts)

        task = self.workspace.tasks.start(self.tr("Sorting the concordance"), work, kind="concordance")
        task.succeeded.connect(self._show)

    def _show(self, made: _Made) -> None:
        if made.rows is None:
            self.model.renew(made.kwic)
        else:
            self._owes_rows = False
            self.model.show(made.kwic, made.rows)
        self.workspace.let_pass(made.passing)
        self.counted.emit(made.counts)
        if self.isVisible():
            self._ask_for_signals()
        self._follow()
        self._chosen()
        self.shown.emit()

    def _follow(self) -> None:
        """Choose the row of the workspace's selection, if it is among those shown."""
        selection = self.workspace.selection
        if selection is None or selection.row is None or bool((self._chosen_array() == selection.row).any()):
            return
        found = np.flatnonzero(self.model.rows == selection.row)
        if len(found):
            self.view.choose(int(found[0]))

    # ---- what a person does

    def _header_clicked(self, column: int) -> None:
        """The first level becomes the second, as people expect of sorting one column after the other."""
        if self.sorts[0].currentData() == _OF_COLUMN[column]:
            self.descending.toggle()
        else:
            self.sort_by(_OF_COLUMN[column])

    def sort_by(self, key: str) -> None:
        """Sort by `key` first, then by what it was sorted by before."""
        first, second, _third = self.sorts
        for box in (*self.sorts, self.descending):
            box.blockSignals(True)
        before = first.currentData()
        second.setCurrentIndex(max(second.findData(before), 0))
        first.setCurrentIndex(first.findData(key))
        self.descending.setChecked(key == "risk")  # the riskiest first
        for box in (*self.sorts, self.descending):
            box.blockSignals(False)
        self.refresh()

    def _chosen(self) -> None:
        numbers, kwic = self.view.numbers, self.model.kwic
        may = len(numbers) > 0 and not self.workspace.read_only
        self.verdicts.enable(accepted=may, rejected=may, undecided=may, label=may, never=may)
        self.verdicts.enable(copy=len(numbers) > 0)
        total = 0 if kwic is None else len(kwic)
        said = self.tr("{} of {} candidates").format(numeral(self.model.rowCount()), numeral(total))
        added = sum(edit.action == "add" for edits in self.workspace.state.edits.values() for edit in edits)
        if added:  # they come from no list, so that they are no candidates
            said += self.tr(" · %n span(s) added by hand: see Text", "", added)
        self.count.setText(said)
        self.verdicts.about.setText(self.tr("%n selected", "", len(numbers)) if len(numbers) else "")
        if len(numbers) == 1:
            self.workspace.select(self._selection(int(numbers[0])))

    def _selection(self, number: int) -> Selection:
        line = self.model.line(number)
        return Selection(line.document, line.start, line.end, int(self.model.rows[number]))

    def chosen_rows(self) -> list[int]:
        """The candidates that are selected."""
        rows: list[int] = self._chosen_array().tolist()
        return rows

    def _chosen_array(self) -> LongArray:
        return self.model.rows[self.view.numbers]

    def judge(self, verdict: Decision) -> None:
        """Accept, reject or leave open what is selected; one action."""
        said = {"accepted": self.tr("Accept"), "rejected": self.tr("Reject"), "undecided": self.tr("Leave undecided")}[verdict]
        self._after_a_word(said, lambda rows: self.workspace.judge(rows, verdict))

    def give_label(self, label: str) -> None:
        """Give what is selected another label; one action."""
        self._after_a_word(self.tr("Label {}").format(label), lambda rows: self.workspace.relabel(rows, label))

    def _after_a_word(self, said: str, act: Callable[[Sequence[int]], object]) -> None:
        """Do `act` on what is selected; of many rows it is said first which they are."""
        if (run := self.workspace.run) is not None and not self.workspace.read_only:
            after_a_word(said, run, self._chosen_array(), act, self)

    def search_texts(self) -> HitsDialog:
        """Search the texts, not only the candidates, and label what is found; one action."""
        dialog = HitsDialog(self.workspace, self.toggles.search(self.field.text()), self)
        dialog.accepted.connect(lambda: self.workspace.add_spans(dialog.places, dialog.label))
        dialog.open()
        return dialog

    def exclude(self) -> None:
        """Let the names of the selected rows match nowhere any more."""
        self.workspace.exclude_rows(self.chosen_rows())

    def next_conflict(self) -> None:
        """Go to the next candidate that lost against another one."""
        run, current = self.workspace.run, self.view.currentIndex().row()
        rows = self.model.rows[current + 1 :]
        found = np.flatnonzero(run.decisions.status[rows] == Status.LOST) if run is not None else rows[:0]
        if len(found):
            self.view.choose(current + 1 + int(found[0]))
        else:
            self.workspace.message.emit(self.tr("No further conflict below"))

    def _label_numbered(self, number: int) -> None:
        labels = self._labels()
        if number <= len(labels):
            self.give_label(labels[number - 1])

    def _open(self, number: int) -> None:
        self.workspace.select(self._selection(number))
        self.opened.emit()
