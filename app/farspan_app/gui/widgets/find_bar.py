"""The bar that searches the text: plain, whole words, by case or by a regular expression."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from farspan.errors import OptionError
from farspan_app.gui.models.searching import Finder, Search
from farspan_app.gui.views.text_view import TextView

_STEP = 200_000
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

    def __init__(self, view: TextView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._finder: Finder | None = None
        self.field = SearchField(self.tr("Find in this text"))
        self.toggles = SearchToggles()
        self.said = QLabel()
        self.said.setProperty("quiet", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 8)
        row.addWidget(self.field, 2)
        row.addWidget(self.toggles)
        row.addWidget(self._button(self.tr("Previous"), lambda: self.go(-1)))
        row.addWidget(self._button(self.tr("Next"), lambda: self.go(1)))
        row.addWidget(self.said, 1)
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
        """Escape closes the bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
        else:
            super().keyPressEvent(event)

    def go(self, step: int) -> bool:
        """Select the next (1) or previous (-1) place, past the end from the other one; whether there is one."""
        if self._finder is None:
            return False
        try:
            found = self._after(self._finder) if step > 0 else self._before(self._finder)
        except OptionError as error:
            self._say(str(error))
            return False
        self._say("" if found else self.tr("not found"))
        if found is not None:
            self._view.select(*found)
        return found is not None

    def _after(self, finder: Finder) -> tuple[int, int] | None:
        text, (start, end) = self._view.text, self._view.selection
        behind = max(start, end)
        return next(finder.places(text, behind), None) or next(finder.places(text), None)

    def _before(self, finder: Finder) -> tuple[int, int] | None:
        """Looks at larger and larger stretches before the caret, so that long texts cost no more than they must."""
        text, start = self._view.text, self._view.selection[0]
        for end in (start, len(text)):
            size = _STEP
            while True:
                found = list(finder.places(text, max(end - size, 0), end))
                if found:
                    return found[-1]
                if size >= end:
                    break
                size *= 8
        return None

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
        self._view.set_finder(None if finder is None else lambda text: list(finder.places(text)))

    def _label_all(self) -> None:
        if self._finder is None:
            return
        places = []
        for place in self._finder.places(self._view.text):
            places.append(place)
            if len(places) > _MOST_LABELLED:
                self._say(self.tr("more than {} places: search for less").format(f"{_MOST_LABELLED:,}"))
                return
        if places:
            self.label_wanted.emit(places)

    def _say(self, text: str) -> None:
        self.said.setText(text)
