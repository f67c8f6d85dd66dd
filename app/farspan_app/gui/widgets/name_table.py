"""The names of one list in a table: to be searched, sorted, written anew, added and taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from farspan.run import Source
from farspan_app.gui.counting import ListCounts
from farspan_app.gui.models.names import COMPARED, FOUND, IDS, KEPT, NAME, SORT_OF_COLUMN, NameModel, SortKey, ordered
from farspan_app.gui.tasks import Tasks
from farspan_app.gui.widgets.columns import Fitted
from farspan_app.gui.widgets.verdict_row import small_button

EDIT_TRIGGERS: Final = QTableView.EditTrigger.DoubleClicked | QTableView.EditTrigger.EditKeyPressed
"""When a cell may be written anew: not by any letter, which would take the place of what stands there."""
_AT_ONCE: Final = 20_000
"""Names that are looked through while a person types; of longer lists a worker does it."""


class NameTable(QWidget):
    """Shows names; what a person wants changed is told.

    changed: the number of a name in the list, and what it should say. removed: numbers. more_asked: text to begin with.
    """

    changed = Signal(int, object)
    removed = Signal(object)
    more_asked = Signal(str)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._sort: tuple[SortKey, bool] = ("found", True)
        self._shown: tuple[Source | None, ListCounts | None, str] = (None, None, "xx")
        self._may_edit = False
        self.view, self.model = QTableView(), NameModel(self)
        self.model.changed.connect(self.changed)
        self._set_up()
        self.query = QLineEdit()
        self.query.setPlaceholderText(self.tr("Find in the names"))
        self.query.setClearButtonEnabled(True)
        self.query.setAccessibleName(self.tr("Find in the names"))
        self.query.textChanged.connect(self._order)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(self._bar())
        column.addWidget(self.view)

    def show_names(self, source: Source | None, counts: ListCounts | None, lang: str, *, may_edit: bool) -> None:
        """Show the names of `source`. lang: of the texts, as it is compared by."""
        self._shown, self._may_edit = (source, counts, lang), may_edit
        self._order()

    def _set_up(self) -> None:
        view, head = self.view, self.view.horizontalHeader()
        view.setObjectName("names")
        view.setModel(self.model)
        view.setAccessibleName(self.tr("Names of the list"))
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setEditTriggers(EDIT_TRIGGERS)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        Fitted(head, {FOUND: 90, KEPT: 90, IDS: 180, COMPARED: 220})
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self.sort_by)
        view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.model.modelReset.connect(self._enable)
        edit_on_enter(view)
        key_on(view, "Del", self.remove)
        key_on(view, "Ctrl+V", self.paste)

    def _bar(self) -> QHBoxLayout:
        self.add_button = small_button("add", self.tr("Add names ..."), self.tr("Type or paste names into this list (Ctrl+V)"))
        self.add_button.clicked.connect(lambda _: self.more_asked.emit(""))
        self.cut_button = small_button("remove", self.tr("Remove names"), self.tr("Take the chosen names out of the list (Del)"))
        self.cut_button.clicked.connect(lambda _: self.remove())
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.query, 1)
        bar.addWidget(self.add_button)
        bar.addWidget(self.cut_button)
        return bar

    def _enable(self) -> None:
        source = self._shown[0]
        is_names = self._may_edit and source is not None and not source.entity_list.patterns
        self.model.may_edit = is_names
        self.add_button.setEnabled(is_names)
        self.cut_button.setEnabled(self._may_edit and self.view.selectionModel().hasSelection())

    def remove(self) -> None:
        """Ask for the chosen names to be taken out."""
        numbers = [self.model.number(index.row()) for index in self.view.selectionModel().selectedRows()]
        if numbers and self.cut_button.isEnabled():
            self.removed.emit(numbers)

    def paste(self) -> None:
        """Ask for what is on the clipboard to be added."""
        text = QGuiApplication.clipboard().text()
        if self.add_button.isEnabled() and text.strip():
            self.more_asked.emit(text)

    def sort_by(self, column: int) -> None:
        """By that column; a second click turns the order round, one on another column sorts by the order of the list."""
        key = SORT_OF_COLUMN.get(column, "list")
        descending = not self._sort[1] if key == self._sort[0] and key != "list" else key in {"found", "kept"}
        self._sort = key, descending
        self.model.mark_sort(column if key != "list" else -1, descending=descending)
        self._order()

    def _order(self) -> None:
        (source, counts, lang), query, (key, descending) = self._shown, self.query.text().strip(), self._sort
        if source is None or counts is None:
            self.model.show(None, None)
            return
        if len(source.entity_list) <= _AT_ONCE or (not query and key == "found"):
            self.model.show(source, counts, ordered(source, counts, query, key, descending=descending), lang)
            return
        task = self._tasks.start(
            self.tr("Finding names"),
            lambda job: ordered(source, counts, query, key, descending=descending, job=job),
            kind="find names",
        )
        task.succeeded.connect(lambda order: self._take(source, order))

    def _take(self, source: Source, order: object) -> None:
        shown, counts, lang = self._shown
        if shown is source:  # another list may have been chosen meanwhile
            self.model.show(source, counts, order, lang)  # type: ignore[arg-type]


def edit_on_enter(view: QAbstractItemView) -> None:
    """Let Enter write the current cell of `view` anew, where that may be."""

    def edit() -> None:
        if view.model().flags(view.currentIndex()) & Qt.ItemFlag.ItemIsEditable:
            view.edit(view.currentIndex())

    key_on(view, "Return", edit)
    key_on(view, "Enter", edit)


def key_on(view: QWidget, keys: str, act: Callable[[], object]) -> None:
    """Let `keys` do `act` while `view` has the focus."""
    made = QShortcut(QKeySequence(keys), view)
    made.setContext(Qt.ShortcutContext.WidgetShortcut)
    made.activated.connect(act)
