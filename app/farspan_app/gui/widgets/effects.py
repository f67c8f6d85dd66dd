"""What a tried rule change does: counts a list and a label, and the first rows with their context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPalette, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.diff import Difference, SpanChange
from farspan.job import Job
from farspan.model import Span
from farspan_app.gui import theme
from farspan_app.gui.numbers import numeral
from farspan_app.gui.views.offsets import Offsets, displayable
from farspan_app.gui.workspace import Selection

ROWS: Final = 200
CONTEXT: Final = 50
_KINDS: Final[tuple[Literal["added", "removed", "changed"], ...]] = ("added", "removed", "changed")
_PART: Final = Qt.ItemDataRole.UserRole
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Effects:
    """A difference as it is shown. rows: document number and change, the first `ROWS` in the order of the text."""

    totals: tuple[int, int, int]
    lists: Counts
    labels: Counts
    rows: tuple[tuple[int, SpanChange], ...]


def find_effects(found: Difference, _job: Job) -> Effects:
    """What is shown of `found`; off the window's thread, since all of it is counted."""
    numbers = {document.id: number for number, document in enumerate(found.before.corpus.documents)}
    rows = tuple((numbers[change.document], change) for change in islice(found.changes(CONTEXT), ROWS))
    return Effects((len(found.added), len(found.removed), len(found.changed)), found.by_list, found.by_label, rows)


class EffectsView(QWidget):
    """Counts above, rows below them; the totals stand in the bar of the pending change."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lists, self.labels, self.rows = QTableWidget(0, 4), QTableWidget(0, 4), QTableWidget(0, 4)
        self.shown: Effects | None = None
        self.rows_heading = QLabel()
        self.rows_heading.setProperty("quiet", True)
        self._set_up_counts(self.lists, self.tr("List"), self.tr("Changes a list"))
        self._set_up_counts(self.labels, self.tr("Label"), self.tr("Changes a label"))
        self._set_up_rows()
        self._lay_out()

    def show_effects(self, effects: Effects | None) -> None:
        """Show `effects`; None: they are being found out, so what is there stays, greyed."""
        self.setEnabled(effects is not None)
        if effects is None:
            return
        self.shown = effects
        self._fill_counts(self.lists, effects.lists)
        self._fill_counts(self.labels, effects.labels)
        self._fill_rows(effects)

    def _names(self) -> tuple[str, str, str]:
        return self.tr("added"), self.tr("removed"), self.tr("changed")

    def _lay_out(self) -> None:
        counts = QHBoxLayout()
        counts.setSpacing(12)
        counts.addWidget(self.lists)
        counts.addWidget(self.labels)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(counts)
        column.addWidget(self.rows_heading)
        column.addWidget(self.rows, 1)

    def _set_up_counts(self, table: QTableWidget, heading: str, name: str) -> None:
        _set_up(table, [heading, *(text.capitalize() for text in self._names())], name)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, 4):
            item = table.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _set_up_rows(self) -> None:
        headings = [self.tr("Change"), self.tr("In context"), self.tr("Before"), self.tr("After")]
        _set_up(self.rows, headings, self.tr("The first changed rows"))
        self.rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.rows.setItemDelegateForColumn(1, _ContextDelegate(self.rows))
        header = self.rows.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 84), (2, 170), (3, 170)):
            header.resizeSection(column, width)
        self.rows.itemSelectionChanged.connect(self._choose)
        self.rows.itemActivated.connect(lambda _: self.opened.emit())

    def _fill_counts(self, table: QTableWidget, counts: Counts) -> None:
        table.setRowCount(len(counts))
        for row, (name, several) in enumerate(counts.items()):
            table.setItem(row, 0, _item(name))
            for column, kind in enumerate(_KINDS, 1):
                item = _item(numeral(several[kind]))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setForeground(theme.change_colour(kind) if several[kind] else theme.muted_colour())
                table.setItem(row, column, item)
        both = max(self.lists.rowCount(), self.labels.rowCount(), 1)
        for one in (self.lists, self.labels):
            one.setFixedHeight(
                one.horizontalHeader().sizeHint().height() + min(both, 5) * one.verticalHeader().defaultSectionSize() + 4
            )

    def _fill_rows(self, effects: Effects) -> None:
        total, shown = sum(effects.totals), len(effects.rows)
        said = self.tr("The first {} of {} changes; Enter or a double click opens the text") if shown < total else ""
        self.rows_heading.setText(
            said.format(numeral(shown), numeral(total))
            if said
            else self.tr("Enter or a double click opens the text")
            if total
            else self.tr("The labelled spans stay the same.")
        )
        self.rows.clearSelection()
        self.rows.setRowCount(shown)
        for row, (_, change) in enumerate(effects.rows):
            for column, item in enumerate(self._cells(change)):
                item.setToolTip(change.document if column < 2 else item.text())
                self.rows.setItem(row, column, item)

    def _cells(self, change: SpanChange) -> list[QTableWidgetItem]:
        names = {"added": self.tr("added"), "removed": self.tr("removed"), "border": self.tr("border"), "label": self.tr("label")}
        kind = _item(names.get(change.change, self.tr("border, label")))
        kind.setForeground(theme.change_colour(_kind(change)))
        left, text, right = (displayable(part).replace("\n", " ") for part in (change.left, change.text, change.right))
        whole, offsets = _item(left + text + right), Offsets(left + text + right)
        begin, end = offsets.units(len(left)), offsets.units(len(left) + len(text))
        whole.setData(_PART, (begin, end - begin, _kind(change)))
        return [kind, whole, _item(_said(change, change.before)), _item(_said(change, change.after))]

    def _choose(self) -> None:
        rows = self.rows.selectionModel().selectedRows()
        if rows and self.shown is not None:
            number, change = self.shown.rows[rows[0].row()]
            span = change.after or change.before
            if span is not None:
                self.chosen.emit(Selection(number, span.start, span.end))


class _ContextDelegate(QStyledItemDelegate):
    """Paints a line of text with the span in it bold; one layout, so that both directions of writing come out right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint the cell."""
        options = QStyleOptionViewItem(option)
        self.initStyleOption(options, index)
        text, options.text = options.text, ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, options, painter, None)
        is_chosen = bool(options.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        layout = QTextLayout(text, options.font)
        layout.setFormats([_bold(index.data(_PART), is_chosen=is_chosen)])
        layout.beginLayout()
        line = layout.createLine()
        line.setNumColumns(len(text) * 2)
        layout.endLayout()
        area = options.rect.adjusted(8, 0, -8, 0)
        # The spans stand below each other, and in sight in a narrow column.
        start, length, _ = index.data(_PART)
        place_of: Any = line.cursorToX  # (x, cursor)
        middle = (place_of(start)[0] + place_of(start + length)[0]) / 2
        painter.save()
        painter.setClipRect(area)
        painter.setPen(options.palette.color(role))
        layout.draw(painter, QPointF(area.left() + area.width() / 2 - middle, area.top() + (area.height() - line.height()) / 2))
        painter.restore()


def _bold(part: tuple[int, int, Literal["added", "removed", "changed"]], *, is_chosen: bool) -> QTextLayout.FormatRange:
    made, look = QTextLayout.FormatRange(), QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    if not is_chosen:
        look.setForeground(theme.change_colour(part[2]))
    made.start, made.length = part[0], part[1]
    made.format = look
    return made


def _kind(change: SpanChange) -> Literal["added", "removed", "changed"]:
    match change.change:
        case "added" | "removed" as kind:
            return kind
        case _:
            return "changed"


def _said(change: SpanChange, span: Span | None) -> str:
    """Label and wording of one side of a change."""
    if span is None:
        return ""
    start = min(one.start for one in (change.before, change.after) if one is not None)
    wording = change.text[span.start - start : span.end - start].replace("\n", " ")
    return f"{span.label}: {displayable(wording)}"


def _item(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item


def _set_up(table: QTableWidget, headings: list[str], name: str) -> None:
    table.setHorizontalHeaderLabels(headings)
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
