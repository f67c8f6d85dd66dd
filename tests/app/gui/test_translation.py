"""Given a language in which every text is marked, when the window is opened, then no text is found that cannot be translated."""

import re

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QLineEdit, QTableView, QTabWidget, QTreeWidget, QWidget

from farspan.options import OPTIONS
from farspan_app.gui import theme
from farspan_app.gui.tabs import TABS
from farspan_app.gui.translating import LANGUAGES, language_of, translations_folder, use_language
from farspan_app.gui.window import MainWindow


class Marked(QTranslator):
    """Every text between brackets, longer by a third, as translations are."""

    def translate(self, context, text, disambiguation=None, number=-1):
        return f"⟦{text}{'~' * (len(text) // 3)}⟧"


@pytest.fixture
def marked(qapp):
    translator = Marked()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def foreign(qtbot, marked, preferences, film_news, settled):
    """The window in the marked language, with the sample project."""
    theme.use("light")
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.open_path(film_news)
    settled(window.workspace)
    yield window
    window.close()


def shown(window):
    """(where, text) of everything that a person can read of the window itself."""
    for action in window.findChildren(QAction):
        yield "menu", action.text()
    for widget in window.findChildren(QWidget):
        name = type(widget).__name__
        if isinstance(widget, QAbstractButton | QLabel) and not widget.property("data"):
            yield name, widget.text()
        if isinstance(widget, QLineEdit):
            yield name, widget.placeholderText()
        if isinstance(widget, QGroupBox):
            yield name, widget.title()
        if isinstance(widget, QTabWidget):
            yield from ((name, widget.tabText(at)) for at in range(widget.count()))
        if isinstance(widget, QTreeWidget) and not widget.isHeaderHidden():
            yield from ((name, widget.headerItem().text(at)) for at in range(widget.columnCount()))
        yield name, widget.accessibleName()
        yield name, widget.toolTip()
        if isinstance(widget, QTableView):
            heads = range(widget.horizontalHeader().count())
            yield from ((name, str(widget.model().headerData(at, Qt.Orientation.Horizontal) or "")) for at in heads)


# What stands in the window and is no English: names, signs, numbers, data of the sample project, values of options.
DATA = re.compile(
    r"^[\W\d_]*$|^(Aa|W|\.\*|F1|es|spacy|pt|film_titles|MOVIE|conll|iob2|Forrest Gump|3\d{6}-.*|film-news.*|English|Español|Farspan)$|^qt_|^0 … 1$"
)


def test_every_text_of_every_tab_can_be_translated(foreign, settled):
    forgotten = set()
    for tab in TABS:
        foreign.show_tab(tab.id)
        settled(foreign.workspace)
        for where, text in shown(foreign):
            if text and "⟦" not in text and not DATA.match(text) and text not in OPTIONS:
                forgotten.add(f"{where}: {text}")
    assert not forgotten, "\n".join(sorted(forgotten))


def test_longer_texts_fit_into_a_small_window(foreign, settled):
    for tab in TABS:
        foreign.show_tab(tab.id)
        settled(foreign.workspace)
        assert foreign.width() <= 1366, f"{tab.id} needs {foreign.width()} pixels"


def test_an_unknown_language_is_english(qapp):
    assert language_of("xx") == "en"
    assert use_language("en", qapp) == []
    assert translations_folder().name == "translations"
    assert set(LANGUAGES) >= {"en", "es"}
