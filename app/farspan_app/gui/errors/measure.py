"""The page of numbers: what is measured, how sure it is, the sentence to quote, and what to judge next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.audit.estimates import STRATIFIED, Measured, forecasts
from farspan.audit.samples import SENTENCES, SPANS, TOKENS
from farspan.store.audits import Estimate
from farspan_app.gui import theme
from farspan_app.gui.auditing import Auditing, Known
from farspan_app.gui.icons import icon
from farspan_app.gui.numbers import numeral, numeral_range
from farspan_app.gui.told import told
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.flow import FlowRow
from farspan_app.gui.widgets.interval import RANGE, IntervalDelegate

_WHAT, _OF, _VALUE, _INTERVAL, _BAR, _N, _NEXT, _FROM = range(8)
_WIDEST_OF = 280
_ASKED = {SPANS: 30, SENTENCES: 20, TOKENS: 50}


class MeasurePage(QWidget):
    """What is known, and the three ways to know more."""

    def __init__(self, auditing: Auditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.auditing = auditing
        self._rows: list[Measured] = []
        self.label = QComboBox()
        self.label.setAccessibleName(self.tr("Spans of which label are drawn"))
        self.lead = QLabel()
        self.lead.setWordWrap(True)
        self.table = self._table()
        self.quote = QLabel()
        self.quote.setWordWrap(True)
        self.quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = self._button("copy", self.tr("Copy the sentence"), self._copy)
        self.keep_button = self._button("version", self.tr("Keep these numbers"), auditing.keep)
        self.keep_button.setToolTip(self.tr("Store them in the project, where they do not change any more"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        heading = QLabel(self.tr("How good is it?"))
        heading.setProperty("heading", True)
        column.addWidget(heading)
        column.addWidget(self.lead)
        column.addLayout(self._steps())
        column.addWidget(self.table, 100)
        column.addWidget(self.quote)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addWidget(self.keep_button)
        row.addStretch()
        column.addLayout(row)
        self.kept = self._kept_table()
        column.addWidget(self.kept)
        column.addStretch()
        auditing.known_changed.connect(self.show_known)
        self.table.itemSelectionChanged.connect(self._show_quote)
        self.show_known(None)

    def _steps(self) -> FlowRow:
        """The ways to know more, each with what it tells."""
        row = FlowRow()
        self.draw_buttons = {
            SPANS: self._button(
                "accept", self.tr("Judge {} spans").format(_ASKED[SPANS]), lambda: self._draw(SPANS), primary=True
            ),
            SENTENCES: self._button(
                "text", self.tr("Read {} sentences").format(_ASKED[SENTENCES]), lambda: self._draw(SENTENCES)
            ),
            TOKENS: self._button(
                "search", self.tr("Check {} unlabelled words").format(_ASKED[TOKENS]), lambda: self._draw(TOKENS)
            ),
        }
        self.draw_buttons[SPANS].setToolTip(self.tr("Tells the precision: how many of the labelled spans are right"))
        self.draw_buttons[SENTENCES].setToolTip(self.tr("Tells the recall: how many of the entities in the text are labelled"))
        self.draw_buttons[TOKENS].setToolTip(
            self.tr("Tells the recall with less reading: words that look like entities come first")
        )
        row.addWidget(self.draw_buttons[SPANS])
        row.addWidget(self.label)
        row.addWidget(self.draw_buttons[SENTENCES])
        row.addWidget(self.draw_buttons[TOKENS])
        return row

    def _button(self, drawing: str, text: str, act: object, *, primary: bool = False) -> QPushButton:
        button = QPushButton(icon(drawing, on_accent=primary), text)
        button.setAccessibleName(text)
        button.setProperty("primary", primary)
        button.clicked.connect(lambda _=False: act())  # type: ignore[operator]
        return button

    def _table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(self.tr("What is measured"))
        table.setHeaderLabels(
            [
                self.tr("Measured"),
                self.tr("Label · list"),
                self.tr("Estimate"),
                self.tr("95% interval"),
                "0 … 1",
                self.tr("Judged"),
                self.tr("30 more"),
                self.tr("From"),
            ]
        )
        for column in (_VALUE, _INTERVAL, _N, _NEXT):
            table.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        table.setRootIsDecorated(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names of lists often begin alike, and end alike
        table.setItemDelegateForColumn(_BAR, IntervalDelegate(table))
        head = table.header()
        head.resizeSection(_BAR, 130)
        return table

    def _kept_table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(self.tr("Numbers that were kept"))
        table.setHeaderLabels([self.tr("Kept on"), self.tr("Rules"), self.tr("Number")])
        table.setRootIsDecorated(True)
        table.setUniformRowHeights(True)
        table.setMaximumHeight(7 * table.fontMetrics().lineSpacing())
        return table

    def _show_kept(self, kept: Sequence[Estimate]) -> None:
        """What was kept, for good: of rules that are no longer in force it says so."""
        self.kept.clear()
        for one in kept:
            sentences = [told(str(row.get("sentence", ""))) for row in one.figures.get("estimates", ())]
            rules = self.tr("older rules") if one.stale else self.tr("present rules")
            item = QTreeWidgetItem([one.made_at[:10], rules, displayable(sentences[0] if sentences else one.method)])
            if one.stale:
                for column in range(3):
                    item.setForeground(column, theme.muted_colour())
            item.addChildren([QTreeWidgetItem(["", "", displayable(sentence)]) for sentence in sentences[1:]])
            self.kept.addTopLevelItem(item)
        self.kept.resizeColumnToContents(0)
        self.kept.resizeColumnToContents(1)
        self.kept.setVisible(bool(kept))

    def _draw(self, method: str) -> None:
        self.auditing.draw(method, _ASKED[method], str(self.label.currentData() or "") if method == SPANS else "")

    def show_known(self, known: Known | None) -> None:
        """Show what is measured."""
        self._fill_labels()
        found = None if known is None else known.measured
        self._rows = [] if found is None else found.all()
        self.table.clear()
        self.table.addTopLevelItems([self._row(one) for one in self._rows])
        for column in (_WHAT, _OF, _VALUE, _INTERVAL, _N, _NEXT, _FROM):
            self.table.resizeColumnToContents(column)
        self.table.setColumnWidth(_OF, min(self.table.columnWidth(_OF), _WIDEST_OF))
        self.table.setVisible(bool(self._rows))
        for widget in (self.quote, self.copy_button, self.keep_button):
            widget.setVisible(bool(self._rows))
        self._show_kept(() if known is None else known.kept)
        self.lead.setText(self._lead(self._rows, 0 if found is None else found.edits))
        first = self.table.topLevelItem(0)
        if first is not None:
            self.table.setCurrentItem(first)
        for button in self.draw_buttons.values():
            button.setEnabled(self.auditing.workspace.run is not None and not self.auditing.workspace.read_only)

    def _lead(self, rows: Sequence[Measured], edits: int) -> str:
        if not rows:
            return self.tr(
                "Nothing is measured yet. Judge 30 spans, and you know how many of all labelled spans are right, and how sure "
                "that number is. Read 20 sentences, and you know how many entities were missed."
            )
        said = self.tr(
            "Every number comes from what people judged or read, with the interval in which the truth lies 95 times of 100."
        )
        return said + (" " + self.tr("%n manual edit(s) are not counted in.", "", edits) if edits else "")

    def _fill_labels(self) -> None:
        run, chosen = self.auditing.workspace.run, self.label.currentData()
        self.label.clear()
        self.label.addItem(self.tr("of all labels"), "")
        for name in () if run is None else run.rules.labels:
            self.label.addItem(self.tr("of {}").format(name), name)
        self.label.setCurrentIndex(max(self.label.findData(chosen), 0))

    def _row(self, one: Measured) -> QTreeWidgetItem:
        value, interval = one.estimate.value, one.estimate.interval
        of = " · ".join(part for part in (one.label or self.tr("all labels"), one.source) if part)
        names = {"precision": self.tr("Precision"), "recall": self.tr("Recall"), "F1": self.tr("F1")}
        steps = forecasts(one.estimate, (30,)) if one.design == STRATIFIED else []
        item = QTreeWidgetItem([
            names[one.quantity],
            displayable(of),
            "" if value is None else numeral(value, 2),
            self.tr("not known") if interval is None else numeral_range(interval.lower, interval.upper),
            "",
            numeral(one.estimate.n),
            f"± {numeral_range(steps[0].low, steps[0].high)}" if steps else "",
            told(one.design),
        ])  # fmt: skip
        item.setToolTip(_OF, displayable(of))
        item.setForeground(_FROM, theme.muted_colour())
        item.setToolTip(_NEXT, self.tr("How far the interval would reach to either side after 30 more judgements"))
        ends = (None, None) if interval is None else (interval.lower, interval.upper)
        item.setData(_BAR, RANGE, None if value is None else (value, *ends))
        for column in (_VALUE, _INTERVAL, _N, _NEXT):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _show_quote(self) -> None:
        known, row = self.auditing.known, self.table.indexOfTopLevelItem(self.table.currentItem())  # type: ignore[arg-type]
        if known is not None and known.measured is not None and 0 <= row < len(self._rows):
            self.quote.setText(told(known.measured.quoted(self._rows[row])))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.quote.text())
        self.auditing.workspace.message.emit(self.tr("The sentence is on the clipboard"))
