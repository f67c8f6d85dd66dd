"""The bar that searches the text: plain, whole words, by case or by a regular expression."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from farspan.errors import OptionError
from farspan_app.gui.models.searching import Finder, Search
from farspan_app.gui.numbers import numeral
from farspan_app.gui.tasks import Tasks
from farspan_app.gui.views.text_view import TextView
from farspan_app.gui.widgets.flow import FlowRow

_STEP = 200_000
_AT_ONCE = 300_000
_DRAWING = 0.01
_MOST_LABELLED = 50_000


class SearchToggles(QWidget):
    """Three buttons that say how a search is meant. changed: one of them was pressed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._case = self._toggle("Aa", self.tr("Upper and lower case differ"))
        self._words = self._toggle("W", self.tr("Whole words only"))
        self._regex = self._toggle(".*", self.tr("Regular expression"))
        for button in (self._case, self._words, self._regex):
            row.addWidget(button)

    def _toggle(self, text: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.toggled.connect(lambda _: self.changed.emit())
        return button

    def search(self, text: str) -> Search:
        """A search for `text`, meant as the buttons say."""
        return Search(text, self._regex.isChecked(), self._words.isChecked(), self._case.isChecked())

    def take(self, search: Search) -> None:
        """Press the buttons as `search` has them."""
        self._case.setChecked(search.match_case)
        self._words.setChecked(search.whole_words)
        self._regex.setChecked(search.regex)


class SearchField(QLineEdit):
    """A line to type a search into, with a button that empties it."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Empty the search"))


class FindBar(QWidget):
    """Searches a text view; all places on the screen are marked. label_wanted: places that a person wants labelled."""

    label_wanted = Signal(object)

    def __init__(self, view: TextView, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._tasks = tasks
        self._finder: Finder | None = None
        self.field = SearchField(self.tr("Find in this text"))
        self.toggles = SearchToggles()
        self.said = QLabel()
        self.said.setProperty("quiet", True)
        self.field.setMinimumWidth(180)
        row = FlowRow(self)
        row.setContentsMargins(12, 0, 12, 8)
        row.addWidget(self.field)
        row.addWidget(self.toggles)
        row.addWidget(self._button(self.tr("Previous"), lambda: self.go(-1)))
        row.addWidget(self._button(self.tr("Next"), lambda: self.go(1)))
        row.addWidget(self.said)
        row.addWidget(self._button(self.tr("Label every one …"), self._label_all))
        row.addWidget(self._button(self.tr("Close"), self.stop))
        self.field.textChanged.connect(self._changed)
        self.field.returnPressed.connect(lambda: self.go(1))
        self.toggles.changed.connect(self._changed)
        self.hide()

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _: act())
        return button

    def start(self) -> None:
        """Show the bar, with what is selected as what is searched for."""
        chosen = self._view.selected_text
        self.show()
        if chosen and "\n" not in chosen:
            self.field.setText(chosen)
        self.field.setFocus()
        self.field.selectAll()
        self._changed()

    def stop(self) -> None:
        """Hide the bar and its marks."""
        self.hide()
        self._view.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Take the marks away."""
        self._view.set_finder(None)
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape closes the bar; what is typed here is no verdict on a span."""
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete}:
            event.accept()
        else:
            super().keyPressEvent(event)

    def go(self, step: int) -> None:
        """Select the next (1) or previous (-1) place, past the end from the other one."""
        finder, text, selection = self._finder, self._view.text, self._view.selection
        if finder is not None:
            look = _after if step > 0 else _before
            self._ask(lambda: look(finder, text, *selection), self._found)

    def _ask(self, work: Callable[[], Any], take: Callable[[Any], None]) -> None:
        """Search short texts at once, long ones on a thread of their own."""
        if len(self._view.text) > _AT_ONCE:
            task = self._tasks.start(self.tr("Searching"), lambda _: work(), kind="find")
            task.succeeded.connect(take)
            return
        try:
            take(work())
        except OptionError as error:
            self._say(str(error))

    def _found(self, place: tuple[int, int] | None) -> None:
        self._say("" if place else self.tr("not found"))
        if place is not None:
            self._view.select(*place)

    def _changed(self) -> None:
        try:
            search = self.toggles.search(self.field.text())
            self._finder = Finder(search) if search else None
        except OptionError as error:
            self._finder = None
            self._say(error.what)
        else:
            self._say("")
        finder = self._finder
        self._view.set_finder(None if finder is None else lambda text: _on_screen(finder, text))

    def _label_all(self) -> None:
        finder, text = self._finder, self._view.text
        if finder is not None:
            self._ask(lambda: list(islice(finder.places(text), _MOST_LABELLED + 1)), self._offer)

    def _offer(self, places: list[tuple[int, int]]) -> None:
        if len(places) > _MOST_LABELLED:
            self._say(self.tr("more than {} places: search for less").format(numeral(_MOST_LABELLED)))
        elif places:
            self.label_wanted.emit(places)

    def _say(self, text: str) -> None:
        self.said.setText(text)


def _after(finder: Finder, text: str, _start: int, end: int) -> tuple[int, int] | None:
    return next(finder.places(text, end), None) or next(finder.places(text), None)


def _before(finder: Finder, text: str, start: int, _end: int) -> tuple[int, int] | None:
    """Looks at larger and larger stretches before the caret, so that long texts cost no more than they must."""
    for stop in (start, len(text)):
        size = _STEP
        while True:
            found = list(finder.places(text, max(stop - size, 0), stop))
            if found:
                return found[-1]
            if size >= stop:
                break
            size *= 8
    return None


def _on_screen(finder: Finder, text: str) -> list[tuple[int, int]]:
    """What is marked while the text is drawn: nothing where looking for it would hold the drawing up."""
    try:
        return list(finder.places(text, seconds=_DRAWING))
    except OptionError:
        return []
