"""The facets at the left: by what the candidates can be narrowed down, with counts; values are ticked and combine freely."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan_app.gui import theme
from farspan_app.gui.models.facets import FacetCount
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.find_bar import SearchField
from farspan_app.gui.words import QT_TRANSLATE_NOOP
from farspan_app.gui.workspace import Workspace

_TITLES: Final = {
    "list": QT_TRANSLATE_NOOP("Facets", "List"),
    "label": QT_TRANSLATE_NOOP("Facets", "Label"),
    "status": QT_TRANSLATE_NOOP("Facets", "Status"),
    "verdict": QT_TRANSLATE_NOOP("Facets", "Judged"),
    "rivals": QT_TRANSLATE_NOOP("Facets", "Conflict"),
    "risk": QT_TRANSLATE_NOOP("Facets", "Risk (a signal)"),
    "document": QT_TRANSLATE_NOOP("Facets", "Document"),
    "name": QT_TRANSLATE_NOOP("Facets", "Name"),
}
_VALUES: Final = {
    "kept": QT_TRANSLATE_NOOP("Facets", "kept"),
    "nested": QT_TRANSLATE_NOOP("Facets", "nested"),
    "lost": QT_TRANSLATE_NOOP("Facets", "lost"),
    "blocked": QT_TRANSLATE_NOOP("Facets", "blocked"),
    "unjudged": QT_TRANSLATE_NOOP("Facets", "not judged"),
    "accepted": QT_TRANSLATE_NOOP("Facets", "accepted"),
    "rejected": QT_TRANSLATE_NOOP("Facets", "rejected"),
    "undecided": QT_TRANSLATE_NOOP("Facets", "undecided"),
    "alone": QT_TRANSLATE_NOOP("Facets", "no rival"),
    "won": QT_TRANSLATE_NOOP("Facets", "won"),
    "riskiest fifth": QT_TRANSLATE_NOOP("Facets", "riskiest fifth"),
    "second fifth": QT_TRANSLATE_NOOP("Facets", "second fifth"),
    "middle fifth": QT_TRANSLATE_NOOP("Facets", "middle fifth"),
    "fourth fifth": QT_TRANSLATE_NOOP("Facets", "fourth fifth"),
    "safest fifth": QT_TRANSLATE_NOOP("Facets", "safest fifth"),
    "lost to another": QT_TRANSLATE_NOOP("Facets", "lost"),
}
_SAID: Final = frozenset({"status", "verdict", "rivals", "risk"})
_CLOSED: Final = frozenset({"document", "name"})
_FACET: Final = int(Qt.ItemDataRole.UserRole)
_VALUE: Final = _FACET + 1
_TYPING_PAUSE: Final = 180


class FacetsDock(QDockWidget):
    """Shows counts and sets `workspace.facets`. find_asked: count only values that hold this."""

    find_asked = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setObjectName("facets")
        self.setWindowTitle(self.tr("Narrow down"))
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Facets"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(12)
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.finder = SearchField(self.tr("Find a value"))
        self.clear_button = QPushButton(self.tr("Show all"))
        self.clear_button.setAccessibleName(self.tr("Show all candidates: untick every facet"))
        self.only = QLabel()
        self.only.setWordWrap(True)
        self.only.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(lambda: self.find_asked.emit(self.finder.text().strip()))
        self.setWidget(self._content())
        self.tree.itemChanged.connect(self._ticked)
        self.finder.textChanged.connect(lambda _: self._pause.start())
        self.clear_button.clicked.connect(lambda _=False: self._show_all())
        self._groups: dict[str, QTreeWidgetItem] = {}

    def _content(self) -> QWidget:
        page = QWidget()
        page.setMinimumWidth(190)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.finder, 1)
        row.addWidget(self.clear_button)
        column = QVBoxLayout(page)
        column.setContentsMargins(8, 8, 4, 8)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.only)
        column.addWidget(self.tree, 1)
        return page

    def show_counts(self, counts: Sequence[FacetCount]) -> None:
        """Show these values and counts; what is open stays open."""
        chosen = self.workspace.facets
        blocker = QSignalBlocker(self.tree)
        for count in counts:
            group = self._group(count.facet)
            group.takeChildren()
            wanted = chosen.get(count.facet, frozenset())
            group.addChildren([self._item(count.facet, value, number, value in wanted) for value, number in count.values])
            if count.further:
                more = QTreeWidgetItem([self.tr("and %n more: find them above", "", count.further), ""])
                more.setFlags(Qt.ItemFlag.NoItemFlags)
                group.addChild(more)
            group.setHidden(group.childCount() == 0)
            group.setText(1, f"{len(wanted)} ✓" if wanted else "")
            if self.finder.text() and count.values:
                group.setExpanded(True)
        blocker.unblock()
        only = self.workspace.only
        self.only.setText("" if only is None else self.tr("Just {}").format(displayable(only[0])))
        self.only.setVisible(only is not None)
        self.clear_button.setEnabled(bool(chosen) or only is not None)

    def _show_all(self) -> None:
        self.workspace.look_at("", None)
        self.workspace.choose({})

    def _group(self, facet: str) -> QTreeWidgetItem:
        if facet not in self._groups:
            group = QTreeWidgetItem([QCoreApplication.translate("Facets", _TITLES[facet]), ""])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            group.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.tree.addTopLevelItem(group)
            group.setExpanded(facet not in _CLOSED)
            self._groups[facet] = group
        return self._groups[facet]

    def _item(self, facet: str, value: str, number: int, is_wanted: bool) -> QTreeWidgetItem:
        text = QCoreApplication.translate("Facets", _VALUES[value]) if facet in _SAID else displayable(value)
        item = QTreeWidgetItem([text, f"{number:,}"])
        item.setToolTip(0, text)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Checked if is_wanted else Qt.CheckState.Unchecked)
        item.setData(0, _FACET, facet)
        item.setData(0, _VALUE, value)
        item.setForeground(1, theme.muted_colour())
        if facet == "label":
            item.setForeground(0, theme.label_colour(value))
        return item

    def _ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        facet, value = item.data(0, _FACET), item.data(0, _VALUE)
        if facet is None:
            return
        chosen = dict(self.workspace.facets)
        before = chosen.get(facet, frozenset())
        chosen[facet] = before | {value} if item.checkState(0) == Qt.CheckState.Checked else before - {value}
        # Later: the tree must not be filled anew while it still tells of this tick.
        QTimer.singleShot(0, lambda: self.workspace.choose(chosen))
