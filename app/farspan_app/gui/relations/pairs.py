"""The page of pairs: every pair with its sentence, to be searched, sorted, narrowed down, judged and explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from farspan.errors import OptionError
from farspan.job import Job
from farspan.model import LongArray
from farspan.store.work import Verdict
from farspan_app.gui.models.facets import Chosen, FacetCount
from farspan_app.gui.models.pairs import PairQuery, Pairs
from farspan_app.gui.models.pairs_table import (
    CONTEXT,
    DISTANCE,
    DOCUMENT,
    JUDGED,
    OBJECT,
    RELATION,
    STATUS,
    SUBJECT,
    TYPES,
    PairsModel,
)
from farspan_app.gui.models.searching import Finder
from farspan_app.gui.numbers import numeral
from farspan_app.gui.relating import Relating
from farspan_app.gui.relations.story import StoryCard
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.views.pairs_view import PairsView
from farspan_app.gui.widgets.find_bar import SearchField, SearchToggles
from farspan_app.gui.widgets.verdict_row import VerdictRow, small_button
from farspan_app.gui.workspace import Selection

_TYPING_PAUSE: Final = 180
_SORT_OF: Final = {CONTEXT: "place", RELATION: "relation", TYPES: "types", DISTANCE: "distance", STATUS: "status",
                   JUDGED: "judged", SUBJECT: "subject", OBJECT: "object", DOCUMENT: "place"}  # fmt: skip
_VERDICTS: Final = {"accepted": "right", "rejected": "wrong", "undecided": "unsure"}


@dataclass(frozen=True, slots=True)
class _Made:
    """What a worker made. rows: None: those shown stay."""

    pairs: Pairs
    rows: LongArray | None
    counts: Sequence[FacetCount]


class PairsPage(QWidget):
    """The table of pairs with what stands behind the chosen one. opened: it is shown in its text. counted: (counts, chosen)."""

    opened = Signal()
    counted = Signal(object, object)
    shown = Signal()

    def __init__(self, relating: Relating, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relating = relating
        self.model = PairsModel(self)
        self.view = PairsView(self.model)
        self.story = StoryCard(relating)
        self.query = PairQuery()
        self._only_said = ""
        self._sort, self._descending = "place", False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(self.refresh)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.field, self.toggles, self.fault, self.count = (
            SearchField(self.tr("Search the sentences")), SearchToggles(), QLabel(), QLabel(),
        )  # fmt: skip
        self.fault.setProperty("fault", True)
        self.count.setProperty("quiet", True)
        self.only, self.all_button = QLabel(), QPushButton(self.tr("Show all pairs"))
        self.all_button.setAccessibleName(self.tr("Show all pairs again"))
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.toggles)
        row.addWidget(self.fault)
        second = QHBoxLayout()
        second.addWidget(self.count)
        second.addSpacing(12)
        second.addWidget(self.only, 1)
        second.addWidget(self.all_button)
        self.verdicts = VerdictRow(lambda: ())
        for name in ("label", "never"):
            self.verdicts.buttons[name].hide()
        names = {"accepted": self.tr("Right"), "rejected": self.tr("Wrong"), "undecided": self.tr("Unsure")}
        for name, text in names.items():
            self.verdicts.buttons[name].setText(text)
        open_button = small_button("text", self.tr("In the text"), self.tr("Show the pair in its text (Space)"))
        open_button.clicked.connect(lambda _=False: self._open(self.view.currentIndex().row()))
        self.verdicts.add("open", open_button)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.view)
        split.addWidget(self.story)
        split.setStretchFactor(0, 1)
        split.setSizes([480, 150])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(row)
        column.addLayout(second)
        column.addWidget(split, 1)
        column.addWidget(self.verdicts)

    def _connect(self) -> None:
        self.relating.changed.connect(self.refresh)
        self.relating.judged.connect(self._judged)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.field.returnPressed.connect(self.refresh)
        self.toggles.changed.connect(self.refresh)
        self.all_button.clicked.connect(lambda _=False: self.look_at("", None))
        self.view.horizontalHeader().sectionClicked.connect(self._header_clicked)
        self.view.judged.connect(lambda verdict: self.judge(cast("Verdict", verdict)))
        self.view.opened.connect(self._open)
        self.view.chosen.connect(self._chosen)
        self.verdicts.judged.connect(lambda name: self.judge(cast("Verdict", _VERDICTS[name])))
        self._chosen()

    # ---- what is shown

    def choose(self, chosen: Chosen) -> None:
        """Narrow the pairs down."""
        self.query = replace(self.query, chosen={name: values for name, values in chosen.items() if values})
        self.refresh()

    def look_at(self, what: str, rows: LongArray | None) -> None:
        """Show only `rows` (None: no longer), whatever their status; `what` says in words which they are."""
        self._only_said = what
        self.query = PairQuery() if rows is None else PairQuery(chosen={}, only=rows)
        self.refresh()

    def refresh(self) -> None:
        """Filter and sort anew, as the controls say."""
        self._pause.stop()
        pairs = self.relating.pairs
        if pairs is not None and self.model.pairs is not None and pairs.run.id != self.model.pairs.run.id:
            self.query, self._only_said = replace(self.query, only=None), ""
        self._start(keep_rows=False)

    def _judged(self) -> None:
        pairs = self.relating.pairs
        if pairs is not None and self.model.pairs is not None and pairs.run.id == self.model.pairs.run.id:
            self._start(keep_rows=True)

    def _start(self, *, keep_rows: bool) -> None:
        pairs, query = self.relating.pairs, self._query()
        if pairs is None:
            self.model.show(None, np.empty(0, np.int64))
            self._chosen()
            return
        if query is None:
            return
        sort, descending = self._sort, self._descending

        def work(job: Job) -> _Made:
            found = pairs.found(query, job)
            counts = pairs.facets.counts(query.chosen, found)
            if keep_rows:
                return _Made(pairs, None, counts)
            rows = np.flatnonzero(found & pairs.facets.passing(query.chosen))
            return _Made(pairs, pairs.sorted(rows, sort, descending=descending), counts)

        tasks = self.relating.workspace.tasks
        tasks.start(self.tr("Sorting the pairs"), work, kind="pairs").succeeded.connect(self._show)

    def _query(self) -> PairQuery | None:
        search = self.toggles.search(self.field.text())
        try:
            if search:
                Finder(search)
        except OptionError as error:
            self.fault.setText(error.what)
            return None
        self.fault.clear()
        return replace(self.query, search=search)

    def _show(self, made: _Made) -> None:
        if made.rows is not None:
            self.model.show(made.pairs, made.rows)
        elif self.model.pairs is not None:
            self.model.renew(made.pairs)
        self.only.setText(self.tr("Just {}").format(displayable(self._only_said)) if self._only_said else "")
        self.all_button.setVisible(self.query.only is not None)
        self.counted.emit(made.counts, self.query.chosen)
        self._chosen()
        self.shown.emit()

    def _header_clicked(self, column: int) -> None:
        key = _SORT_OF[column]
        self._descending = key == self._sort and not self._descending
        self._sort = key
        self.refresh()

    def _chosen(self) -> None:
        numbers, pairs = self.view.numbers, self.model.pairs
        may = len(numbers) > 0 and not self.relating.workspace.read_only
        self.verdicts.enable(accepted=may, rejected=may, undecided=may, open=len(numbers) == 1)
        total = 0 if pairs is None else len(pairs)
        self.count.setText(self.tr("{} of {} pairs").format(numeral(self.model.rowCount()), numeral(total)))
        hint = self.tr("%n selected · verdicts given here count for no estimate", "", len(numbers))
        self.verdicts.about.setText(hint if len(numbers) else self.tr("A right, R wrong, U unsure, N and P next and previous"))
        self.story.show_line(self.model.line(int(numbers[0])) if len(numbers) == 1 else None)

    # ---- what a person does

    def judge(self, verdict: Verdict) -> None:
        """Say of all pairs that are selected whether they are right; one action."""
        rows = self.model.rows[self.view.numbers].tolist()
        if rows and not self.relating.workspace.read_only:
            self.relating.judge(rows, verdict)

    def _open(self, number: int) -> None:
        if not 0 <= number < self.model.rowCount() or self.model.pairs is None:
            return
        line = self.model.line(number)
        (start, end), _ = self.model.pairs.places(line.row)
        self.relating.workspace.select(Selection(line.document, start, end))
        self.opened.emit()
