"""The facets at the left: by what the candidates can be narrowed down, with counts; values are ticked and combine freely."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from farspan_app.gui.models.facets import FacetCount
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.facet_tree import FacetTree
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
_TYPING_PAUSE: Final = 180


class FacetsDock(QDockWidget):
    """Shows counts and sets `workspace.facets`. find_asked: count only values that hold this."""

    find_asked = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setObjectName("facets")
        self.setWindowTitle(self.tr("Narrow down"))
        self.tree = FacetTree(_TITLES, _VALUES, _SAID, _CLOSED)
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
        self.tree.ticked.connect(workspace.choose)
        self.finder.textChanged.connect(lambda _: self._pause.start())
        self.clear_button.clicked.connect(lambda _=False: self._show_all())

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
        self.tree.show_counts(counts, chosen, unfold=bool(self.finder.text()))
        only = self.workspace.only
        self.only.setText("" if only is None else self.tr("Just {}").format(displayable(only[0])))
        self.only.setVisible(only is not None)
        self.clear_button.setEnabled(bool(chosen) or only is not None)

    def _show_all(self) -> None:
        self.workspace.look_at("", None)
        self.workspace.choose({})
