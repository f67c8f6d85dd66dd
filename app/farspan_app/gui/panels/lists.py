"""The Lists tab: the sources in the order in which they win ties, what each gave, and the names behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.job import Job
from farspan.run import Source
from farspan.sources.editing import Name, edited, merged
from farspan.sources.lists import EntityList
from farspan.store.project import Project
from farspan_app.gui.counting import ListCounts
from farspan_app.gui.extracting import Request, add_lists, extract
from farspan_app.gui.icons import icon
from farspan_app.gui.numbers import numeral
from farspan_app.gui.panel import Panel
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.tasks import Task
from farspan_app.gui.widgets.dump_import import DumpImportDialog, ask_for_dump
from farspan_app.gui.widgets.empty import EmptyState
from farspan_app.gui.widgets.flow import FlowRow, growing
from farspan_app.gui.widgets.list_import import LIST_FILES, ListImportDialog
from farspan_app.gui.widgets.name_table import EDIT_TRIGGERS, NameTable, edit_on_enter, key_on
from farspan_app.gui.widgets.names_dialog import NamesDialog
from farspan_app.gui.widgets.source_table import NUMBERS, SourceTable
from farspan_app.gui.words import QT_TRANSLATE_NOOP
from farspan_app.gui.workspace import Workspace


class ListsPanel(Panel):
    """Sources above, the names of the chosen one below."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Lists")
    help_page: ClassVar[str] = "window/lists"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        empty = EmptyState(
            self.tr("No lists of names yet"),
            self.tr("Names of one kind of thing: people, places, films. Lists, tables, vocabularies and dumps are read."),
            [
                (self.tr("Import a list ..."), self.ask_for_list),
                (self.tr("Type or paste names ..."), self.ask_for_names),
                (self.tr("Extract from a dump ..."), self.ask_for_dump),
            ],
        )
        self._filling = False
        self._waiting: list[Callable[[], QDialog]] = []
        self.set_faces(empty, self._content())
        for signal in (workspace.sources_changed, workspace.run_changed):
            signal.connect(self.refresh)
        self.refresh()

    # ---- making

    def _content(self) -> QWidget:
        self.table, self.names = SourceTable(), NameTable(self.workspace.tasks)
        self.table.itemChanged.connect(self._edited)
        self.table.itemSelectionChanged.connect(self._chosen_changed)
        self.table.moved.connect(self._moved)
        self.table.setEditTriggers(EDIT_TRIGGERS)
        edit_on_enter(self.table)
        key_on(self.table, "Alt+Up", lambda: self.move_chosen(-1))
        key_on(self.table, "Alt+Down", lambda: self.move_chosen(1))
        key_on(self.table, "Del", self.remove_chosen)
        self.model, self.query = self.names.model, self.names.query
        self.names.changed.connect(lambda number, name: self.change_names(changed={number: name}))
        self.names.removed.connect(lambda numbers: self.change_names(removed=numbers))
        self.names.more_asked.connect(self.ask_for_more_names)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setObjectName("lists")
        split.addWidget(self.table)
        split.addWidget(self.names)
        split.setSizes([220, 400])
        split.setChildrenCollapsible(False)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(self._bar())
        column.addWidget(split)
        return page

    def _bar(self) -> FlowRow:
        self.buttons: list[QPushButton] = []
        bar = FlowRow()
        order = self.tr("Where all else is equal, the upper list wins; a list can be dragged too")
        for drawing, text, act, hint in (
            ("import", self.tr("Import a list ..."), self.ask_for_list, self.tr("A list, table, gazetteer or vocabulary")),
            ("add", self.tr("Type or paste names ..."), self.ask_for_names, self.tr("Columns of a spreadsheet are read too")),
            (
                "database",
                self.tr("Extract from a dump ..."),
                self.ask_for_dump,
                self.tr("Wikidata, SKOS, OBO, GeoNames ..."),
            ),
            ("up", self.tr("Move up"), lambda: self.move_chosen(-1), f"{order} (Alt+Up)"),
            ("down", self.tr("Move down"), lambda: self.move_chosen(1), f"{order} (Alt+Down)"),
            ("lists", self.tr("Merge ..."), self.ask_to_merge, self.tr("Make one list of those that are chosen")),
            (
                "remove",
                self.tr("Remove"),
                self.remove_chosen,
                self.tr("Take the list out (Del); undo brings it back"),
            ),
        ):
            primary = not self.buttons
            button = QPushButton(icon(drawing, on_accent=primary), text)
            button.setAccessibleName(text)
            button.setToolTip(hint)
            button.setProperty("primary", primary)
            button.clicked.connect(lambda _=False, do=act: do())
            self.buttons.append(button)
            bar.addWidget(button)
        self.merge_button = self.buttons[5]
        self._hint = QLabel(self.tr("Double click, F2 or Enter to change"))
        self._hint.setProperty("quiet", True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bar.addWidget(growing(self._hint))
        return bar

    # ---- following the workspace

    def refresh(self) -> None:
        """Show what the workspace has."""
        workspace, chosen = self.workspace, self.chosen_names
        self.show_content(bool(workspace.sources))
        self._filling = True
        self.table.clearSelection()
        self.table.setRowCount(len(workspace.sources))
        for row, source in enumerate(workspace.sources):
            self._fill(row, source)
            if source.name in chosen:
                self.table.choose(row)
        self._filling = False
        if workspace.sources and not self.table.selectedItems():
            self.table.choose(0)  # whatever keys are held down
        self._chosen_changed()

    @property
    def chosen_names(self) -> list[str]:
        """The names of the lists that are chosen, from top to bottom."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        items = (self.table.item(row, 1) for row in rows)
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item is not None]

    @property
    def chosen(self) -> str | None:
        """The name of the first list that is chosen."""
        return next(iter(self.chosen_names), None)

    def _chosen_source(self) -> Source | None:
        return next((source for source in self.workspace.sources if source.name == self.chosen), None)

    def _chosen_changed(self) -> None:
        if not self._filling:
            self._show_names()
            self._enable()

    def _enable(self) -> None:
        may = not self.workspace.read_only
        for button in self.buttons:
            button.setEnabled(may)
        self.merge_button.setEnabled(may and len(self.chosen_names) > 1)

    # ---- taking lists in

    def ask_for_list(self) -> None:
        """Ask for a file, then about it."""
        preferences = Preferences.of(self)
        filters = f"{self.tr('Lists ({})').format(LIST_FILES)};;* (*)"
        folder = str(preferences.last_folder("lists", self.workspace.path))
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Import a list"), folder, filters)
        if path:
            preferences.set_last_folder("lists", Path(path).parent)
            self.ask_about(Path(path))

    def ask_about(self, path: Path) -> ListImportDialog:
        """Show what is in the file `path`, and import it as the person says."""
        dialog = ListImportDialog(self.workspace, path, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.workspace.import_list(dialog.argument, encoding=dialog.encoding.chosen))
        dialog.finished.connect(lambda _: self._ask_next())
        dialog.open()
        return dialog

    def ask_about_all(self, lists: Sequence[Path], dumps: Sequence[Path] = ()) -> None:
        """Ask about one file after the other."""
        self._waiting += [partial(self.ask_about, path) for path in lists]
        self._waiting += [partial(self.ask_about_dump, path) for path in dumps]
        self._ask_next()

    def _ask_next(self) -> None:
        if self._waiting:
            self._waiting.pop(0)()

    def ask_for_dump(self) -> None:
        """Ask for a knowledge base, then what is wanted of it."""
        path = ask_for_dump(self, self.workspace.path)
        if path is not None:
            self.ask_about_dump(path)

    def ask_about_dump(self, path: Path) -> DumpImportDialog:
        """Ask what is wanted of the knowledge base `path`, and extract it."""
        dialog = DumpImportDialog(self.workspace, path, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.extract(dialog.request))
        dialog.finished.connect(lambda _: self._ask_next())
        dialog.open()
        return dialog

    def extract(self, request: Request) -> Task | None:
        """Extract what `request` asks for in the background, and take it in. Succeeds with the lists; None without a project."""
        workspace, home = self.workspace, self.workspace.path
        if home is None:
            return None
        task = workspace.tasks.start(
            self.tr("Extracting from {}").format(Path(request.path).name),
            lambda job: extract(request, home.parent, job),
            kind=f"extract {request.path}",
            lane="reading",
        )
        task.succeeded.connect(lambda lists: self._take(lists, home))
        return task

    def _take(self, lists: Sequence[EntityList], home: Path) -> None:
        if self.workspace.path != home or self.workspace.read_only:
            self.workspace.message.emit(self.tr("The project was closed meanwhile: extract again, it will go quickly"))
            return
        task = self.workspace.change_lists(self.tr("Adding lists"), lambda project, job: add_lists(project, lists, job))
        task.succeeded.connect(lambda names: self.workspace.message.emit(self.tr("Extracted: {}").format(", ".join(names))))

    # ---- names by hand

    def ask_for_names(self) -> None:
        """Let a person type or paste names."""
        dialog = NamesDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.add_list(*dialog.values))
        dialog.open()

    def add_list(self, name: str, label: str, rows: Sequence[Name]) -> Task:
        """Take `rows` in as a list called `name`."""

        def work(project: Project, job: Job) -> object:
            none = EntityList(name, label, [], [], None, np.empty(0, np.bool_))
            return project.add_source(edited(none, added=rows), job=job)

        return self.workspace.change_lists(self.tr("Adding names"), work)

    def ask_for_more_names(self, text: str = "") -> NamesDialog:
        """Let a person type or paste names into the chosen list."""
        dialog = NamesDialog(self, is_new=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.names.setPlainText(text)
        dialog.accepted.connect(lambda: self.change_names(added=dialog.rows))
        dialog.open()
        return dialog

    def change_names(
        self, *, changed: dict[int, Name] | None = None, removed: Sequence[int] = (), added: Sequence[Name] = ()
    ) -> Task | None:
        """Change the names of the chosen list; one action."""
        source = self._chosen_source()
        if source is None or self.workspace.read_only:
            return None

        def work(project: Project, job: Job) -> object:
            return project.lists.replace_names(source.name, edited(source.entity_list, changed, removed, added), job)

        return self.workspace.change_lists(self.tr("Changing names"), work)

    # ---- lists as a whole

    def move_chosen(self, step: int) -> None:
        """Move the chosen list up or down."""
        names = [source.name for source in self.workspace.sources]
        if self.chosen not in names:
            return
        place = names.index(self.chosen)
        if 0 <= place + step < len(names):
            self._moved(place, place + step)

    def _moved(self, row: int, place: int) -> None:
        """Let the list in `row` stand at `place`."""
        names = [source.name for source in self.workspace.sources]
        if row != place and not self.workspace.read_only:
            names.insert(place, names.pop(row))
            self.workspace.reorder_sources(names)

    def remove_chosen(self) -> None:
        """Take the chosen list out."""
        if self.chosen is not None and not self.workspace.read_only:
            self.workspace.remove_source(self.chosen)

    def ask_to_merge(self) -> QMessageBox:
        """Say what a merger of the chosen lists will do, and do it if the person agrees."""
        chosen = [source for source in self.workspace.sources if source.name in self.chosen_names]
        first, *others = chosen
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Merge {} lists into {}?").format(len(chosen), first.name))
        sizes = "\n".join(f"{one.name}: {numeral(len(one.entity_list))} ({one.entity_list.label})" for one in chosen)
        said = self.tr("Names that are in several become one, with the ids of all. Labels stay; the options of {} count for all.")
        box.setInformativeText(f"{sizes}\n\n{said.format(first.name)}")
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        box.accepted.connect(lambda: self.merge([first.name, *(one.name for one in others)]))
        box.open()
        return box

    def merge(self, names: Sequence[str]) -> Task:
        """Make the first of `names` hold the names of all; the others go. One action."""
        known = {source.name: source.entity_list for source in self.workspace.sources}
        lists = [known[name] for name in names]

        def work(project: Project, job: Job) -> object:
            return project.lists.merge(names[0], names[1:], merged(lists), job)

        return self.workspace.change_lists(self.tr("Merging lists"), work)

    # ---- the tables

    def _fill(self, row: int, source: Source) -> None:
        counted = self._counts_of(source)
        counts = (0,) * NUMBERS if counted is None else counted.totals
        texts = [source.name, source.options.label or source.entity_list.label, numeral(len(source.entity_list))]
        on = QTableWidgetItem()
        on.setCheckState(Qt.CheckState.Checked if source.options.active else Qt.CheckState.Unchecked)
        on.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        on.setToolTip(self.tr("Use this list"))
        self.table.setItem(row, 0, on)
        for column, text in enumerate([*texts, *(numeral(count) for count in counts)], 1):
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
        if not self._filling:
            source = self._chosen_source()
            may = not self.workspace.read_only
            self.names.show_names(source, self._counts_of(source), self.workspace.rules.lang, may_edit=may)
