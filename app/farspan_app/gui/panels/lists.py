"""The Lists tab: the sources in the order in which they win ties, what each gave, and the names behind them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.run import Source
from farspan_app.gui.counting import ListCounts
from farspan_app.gui.icons import icon
from farspan_app.gui.panel import Panel
from farspan_app.gui.widgets.empty import EmptyState
from farspan_app.gui.widgets.list_import import ListImportDialog
from farspan_app.gui.words import QT_TRANSLATE_NOOP
from farspan_app.gui.workspace import Workspace

LIST_FILES: Final = "*.txt *.csv *.tsv *.json *.jsonl *.regex *.labels"
NUMBERS: Final = 5
Index = QModelIndex | QPersistentModelIndex


class NameModel(QAbstractTableModel):
    """The names of one list by how often they are found; lazy, so that a million names open at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headings = (self.tr("Name"), self.tr("Found"), self.tr("Kept"), self.tr("Ids"))
        self._source: Source | None = None
        self._counts: ListCounts | None = None
        self._order = np.empty(0, np.int64)

    def show(self, source: Source | None, counts: ListCounts | None, query: str = "") -> None:
        """Show the names of `source` that contain `query`, those found most often first."""
        self.beginResetModel()
        self._source, self._counts = source, counts
        order = np.empty(0, np.int64) if source is None or counts is None else counts.order
        if query and source is not None:
            wanted, surfaces = query.casefold(), source.entity_list.surfaces
            order = np.array([number for number in order.tolist() if wanted in surfaces[number].casefold()], np.int64)
        self._order = order
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  (Qt's own default)
        """The names."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """The columns."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if self._source is None or self._counts is None:
            return None
        number, names = int(self._order[index.row()]), self._source.entity_list
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            match index.column():
                case 0:
                    return names.surfaces[number]
                case 1:
                    return f"{self._counts.found[number]:,}"
                case 2:
                    return f"{self._counts.kept[number]:,}"
                case _:
                    return ", ".join(names.ids[number])
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in {1, 2}:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole and section in {1, 2}:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


class ListsPanel(Panel):
    """Sources above, the names of the chosen one below."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Lists")
    help_page: ClassVar[str] = "window"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        empty = EmptyState(
            self.tr("No lists of names yet"),
            self.tr("Names of one kind of thing: people, places, films. Text, CSV, TSV and JSON are read."),
            [(self.tr("Import a list ..."), self.ask_for_list), (self.tr("Type or paste names ..."), self.ask_for_names)],
        )
        self._filling = False
        self.set_faces(empty, self._content())
        for signal in (workspace.sources_changed, workspace.run_changed):
            signal.connect(self.refresh)
        self.refresh()

    def _content(self) -> QWidget:
        self.table, self.names = QTableWidget(0, 4 + NUMBERS), QTableView()
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("On"),
                self.tr("List"),
                self.tr("Label"),
                self.tr("Names"),
                self.tr("Names found"),
                self.tr("Candidates"),
                self.tr("Kept"),
                self.tr("Lost"),
                self.tr("Blocked"),
            ]
        )
        for number in range(3, 4 + NUMBERS):
            heading = self.table.horizontalHeaderItem(number)
            if heading is not None:
                heading.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table.setAccessibleName(self.tr("Lists in the order in which they win ties"))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.itemChanged.connect(self._edited)
        self.table.itemSelectionChanged.connect(self._show_names)
        self.model = NameModel(self)
        self.names.setModel(self.model)
        self.names.setAccessibleName(self.tr("Names of the list"))
        self.names.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.names.horizontalHeader().resizeSection(3, 260)
        for view in (self.table, self.names):
            view.setShowGrid(False)
            view.setWordWrap(False)
            view.verticalHeader().hide()
            view.horizontalHeader().setHighlightSections(False)
            view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.query = QLineEdit()
        self.query.setPlaceholderText(self.tr("Find in the names"))
        self.query.setClearButtonEnabled(True)
        self.query.setAccessibleName(self.tr("Find in the names"))
        self.query.textChanged.connect(self._show_names)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 8, 0, 0)
        below.addWidget(self.query)
        below.addWidget(self.names)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(lower)
        split.setSizes([220, 400])
        split.setChildrenCollapsible(False)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(self._bar())
        column.addWidget(split)
        return page

    def _bar(self) -> QHBoxLayout:
        self.buttons: list[QPushButton] = []
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for drawing, text, act, hint in (
            ("import", self.tr("Import a list ..."), self.ask_for_list, ""),
            ("add", self.tr("Type or paste names ..."), self.ask_for_names, ""),
            ("up", self.tr("Move up"), lambda: self.move_chosen(-1), self.tr("Where all else is equal, the upper list wins")),
            ("down", self.tr("Move down"), lambda: self.move_chosen(1), self.tr("Where all else is equal, the upper list wins")),
            ("remove", self.tr("Remove"), self.remove_chosen, self.tr("Take the list out of the project; undo brings it back")),
        ):
            primary = not self.buttons
            button = QPushButton(icon(drawing, on_accent=primary), text)
            button.setAccessibleName(text)
            button.setToolTip(hint)
            button.setProperty("primary", primary)
            button.clicked.connect(lambda _=False, do=act: do())
            self.buttons.append(button)
            bar.addWidget(button)
        bar.addStretch()
        hint_label = QLabel(self.tr("Double click a name or label to change it"))
        hint_label.setProperty("quiet", True)
        bar.addWidget(hint_label)
        return bar

    def refresh(self) -> None:
        """Show what the workspace has."""
        workspace, chosen = self.workspace, self.chosen
        self.show_content(bool(workspace.sources))
        self._filling = True
        self.table.setRowCount(len(workspace.sources))
        for row, source in enumerate(workspace.sources):
            self._fill(row, source)
            if source.name == chosen:
                self.table.selectRow(row)
        self._filling = False
        if workspace.sources and not self.table.selectedItems():
            self.table.selectRow(0)
        for button in self.buttons:
            button.setEnabled(not workspace.read_only)
        self._show_names()

    @property
    def chosen(self) -> str | None:
        """The name of the list that is chosen."""
        rows = self.table.selectionModel().selectedRows()
        item = self.table.item(rows[0].row(), 1) if rows else None
        return None if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def ask_for_list(self) -> None:
        """Ask for a file, then about it."""
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Import a list"), "", self.tr("Lists ({})").format(LIST_FILES))
        if path:
            self.ask_about(Path(path))

    def ask_about(self, path: Path) -> ListImportDialog:
        """Show what is in the file `path`, and import it as the person says."""
        dialog = ListImportDialog(self.workspace, path, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.workspace.import_list(dialog.argument))
        dialog.open()
        return dialog

    def ask_for_names(self) -> None:
        """Let a person type or paste names."""
        dialog = NamesDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.workspace.add_names(*dialog.values))
        dialog.open()

    def move_chosen(self, step: int) -> None:
        """Move the chosen list up or down."""
        names = [source.name for source in self.workspace.sources]
        if self.chosen not in names:
            return
        place = names.index(self.chosen)
        other = place + step
        if 0 <= other < len(names):
            names[place], names[other] = names[other], names[place]
            self.workspace.reorder_sources(names)

    def remove_chosen(self) -> None:
        """Take the chosen list out."""
        if self.chosen is not None:
            self.workspace.remove_source(self.chosen)

    def _fill(self, row: int, source: Source) -> None:
        counted = self._counts_of(source)
        counts = (0,) * NUMBERS if counted is None else counted.totals
        texts = [source.name, source.options.label or source.entity_list.label, f"{len(source.entity_list):,}"]
        on = QTableWidgetItem()
        on.setCheckState(Qt.CheckState.Checked if source.options.active else Qt.CheckState.Unchecked)
        on.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        on.setToolTip(self.tr("Use this list"))
        self.table.setItem(row, 0, on)
        for column, text in enumerate([*texts, *(f"{count:,}" for count in counts)], 1):
            item = QTableWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, source.name)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if column in {1, 2} else flags)
            if column > 2:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)

    def _counts_of(self, source: Source | None) -> ListCounts | None:
        return None if source is None else self.workspace.state.list_counts.get(source.name)

    def _edited(self, item: QTableWidgetItem) -> None:
        if self._filling:
            return
        source = self.workspace.sources[item.row()]
        text = item.text().strip()
        if item.column() == 0:
            self.workspace.set_active(source.name, item.checkState() == Qt.CheckState.Checked)
        elif item.column() == 1 and text and text != source.name:
            self.workspace.rename_source(source.name, text).failed.connect(lambda _: self.refresh())
        elif item.column() == 2 and text and text != source.entity_list.label:
            self.workspace.relabel_source(source.name, text).failed.connect(lambda _: self.refresh())
        else:
            self.refresh()

    def _show_names(self) -> None:
        if self._filling:
            return
        chosen = next((source for source in self.workspace.sources if source.name == self.chosen), None)
        self.model.show(chosen, self._counts_of(chosen), self.query.text().strip())


class NamesDialog(QDialog):
    """Names typed or pasted, one a line; of a spreadsheet's columns the first counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A list of your own"))
        self.resize(460, 420)
        self.name, self.label, self.names = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.name.setAccessibleName(self.tr("Name of the list"))
        self.label.setAccessibleName(self.tr("Label of the matches"))
        self.names.setAccessibleName(self.tr("Names, one a line"))
        self.names.setPlaceholderText(self.tr("One name a line"))
        form = QFormLayout()
        form.addRow(self.tr("Name of the list"), self.name)
        form.addRow(self.tr("Label"), self.label)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.names)
        column.addWidget(self._buttons)
        for signal in (self.name.textChanged, self.label.textChanged, self.names.textChanged):
            signal.connect(self._check)
        self._check()

    @property
    def values(self) -> tuple[str, str, Sequence[str]]:
        """Name of the list, label, names."""
        lines = (line.split("\t")[0].strip() for line in self.names.toPlainText().split("\n"))
        return self.name.text().strip(), self.label.text().strip(), [line for line in lines if line]

    def _check(self) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(all(self.values))
