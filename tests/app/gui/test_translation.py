"""Given a language in which every text is marked, when the window is opened, then no text is found that cannot be translated.

Given the translations that ship, then they are whole, keep what stands in for data, and are made from the texts that there are.
"""

import importlib.util
import re
import shutil
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QLineEdit, QTableView, QTabWidget, QTreeWidget, QWidget

from farspan.options import OPTIONS
from farspan_app.cli import gui as cli
from farspan_app.gui import theme
from farspan_app.gui.palette import matches
from farspan_app.gui.tabs import TABS
from farspan_app.gui.translating import LANGUAGES, language_of, translations_folder, use_language
from farspan_app.gui.window import MainWindow

ROOT = Path(__file__).resolve().parents[3]


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
    r"^[\W\d_]*$|^(Aa|W|\.\*|F1|de|en|es|spacy|pt|film_titles|MOVIE|conll|iob2|Forrest Gump|3\d{6}-.*|film-news.*|English|Español|Farspan)$|^qt_|^0 … 1$"
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


def widened(window, pixels):
    """`pixels` where the letters are as wide as those of Noto Sans; a system may have none but wider ones."""
    return pixels * max(1.0, window.fontMetrics().horizontalAdvance("The concordance of every document") / 222)


def test_longer_texts_fit_into_a_small_window(foreign, settled):
    for tab in TABS:
        foreign.show_tab(tab.id)
        settled(foreign.workspace)
        assert foreign.width() <= widened(foreign, 1366), f"{tab.id} needs {foreign.width()} pixels"


@pytest.fixture(params=LANGUAGES)
def spoken(request, qapp):
    installed = use_language(request.param, qapp)
    yield
    for translator in installed:
        qapp.removeTranslator(translator)


def test_every_tab_is_in_sight_beside_the_docks_of_a_small_window(qtbot, spoken, preferences, settled, film_news):
    theme.use("light")
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.open_path(film_news)
    settled(window.workspace)
    window.show_tab("concordance")
    qtbot.waitUntil(lambda: window.why_dock.isVisible() and window.tabs.width() < window.width() - 100)
    bar = window.tabs.tabBar()
    assert bar.tabRect(bar.count() - 1).right() <= widened(window, window.tabs.width())
    window.close()


def test_one_thing_is_one_in_english_and_two_are_more(qapp):
    installed = use_language("en", qapp)
    said = [QCoreApplication.translate("TextPanel", "Label for %n place(s)", "", count) for count in (1, 2)]
    for translator in installed:
        qapp.removeTranslator(translator)
    assert said == ["Label for 1 place", "Label for 2 places"]


def test_an_unknown_language_is_english(qapp):
    assert language_of("xx") == "en"
    assert translations_folder().name == "translations"
    assert set(LANGUAGES) >= {"en", "es"}
    assert ("system", *LANGUAGES) == cli.LANGUAGES


HOLE = re.compile(r"\{[^{}]*\}|%n|%L?\d")
SPANISH, ENGLISH = (translations_folder() / f"farspan_{code}.ts" for code in ("es", "en"))


def tool():
    spec = importlib.util.spec_from_file_location("make_translations", ROOT / "tools" / "make_translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def messages(path):
    """(context, source, forms of the translation, whether it is finished) of a .ts file."""
    for context in ET.parse(path).iter("context"):
        for message in context.iter("message"):
            made = message.find("translation")
            forms = [form.text or "" for form in made.iter("numerusform")] or [made.text or ""]
            yield context.findtext("name"), message.findtext("source"), forms, made.get("type") is None


@pytest.mark.parametrize(("path", "at_least"), [(SPANISH, 1000), (ENGLISH, 10)])
def test_every_message_is_translated_into_every_form(path, at_least):
    found = list(messages(path))
    assert len(found) >= at_least
    assert [(context, source) for context, source, forms, done in found if not done or not all(forms)] == []
    assert [source for _, source, forms, _ in found if "%n" in source and len(forms) != 2] == []


@pytest.mark.parametrize("path", [SPANISH, ENGLISH])
def test_translations_keep_what_stands_in_for_data(path):
    for context, source, forms, _ in messages(path):
        holes = Counter(HOLE.findall(source))
        # One thing may be called one, and not 1.
        for form in forms[1:] or forms:
            assert Counter(HOLE.findall(form)) == holes, (context, source)
        assert all(set(HOLE.findall(form)) <= set(holes) for form in forms), (context, source)
        assert all(
            (form[:1].isspace(), form[-1:].isspace()) == (source[:1].isspace(), source[-1:].isspace()) for form in forms
        ), source
        assert all(source.endswith(mark) == form.endswith(mark) for form in forms for mark in (" ...", " …", ":")), source


def test_keys_of_menus_are_not_given_twice():
    titles = [forms[0] for context, _, forms, _ in messages(SPANISH) if context == "Menu"]
    keys = [title[title.index("&") + 1].lower() for title in titles]
    assert len(keys) == len(set(keys)) == len(titles)


@pytest.mark.parametrize("path", [SPANISH, ENGLISH])
def test_translations_hold_just_the_texts_that_there_are(tmp_path, path):
    shutil.copy(path, tmp_path)
    tool().update(tmp_path, [path.stem.removeprefix("farspan_")])
    fresh = tmp_path / path.name
    assert list(messages(path)) == list(messages(fresh)), "run python tools/make_translations.py and translate what is new"
    assert fresh.with_suffix(".qm").read_bytes() == path.with_suffix(".qm").read_bytes()


@pytest.fixture
def spanish(qapp):
    installed = use_language("es", qapp)
    yield installed
    for translator in installed:
        qapp.removeTranslator(translator)


def test_the_window_speaks_spanish_and_so_do_the_dialogs_of_qt(spanish, window):
    assert [action.text() for action in window.menuBar().actions()] == [
        "&Proyecto",
        "&Edición",
        "&Juicio",
        "&Reglas",
        "&Ver",
        "A&yuda",
    ]
    assert "Concordancias" in {window.tabs.tabText(at).strip() for at in range(window.tabs.count())}
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancelar"


def test_orders_are_found_without_their_accents():
    assert matches("guardar version", "Guardar las reglas como versión ...")
    assert matches("ordenes", "Paleta de órdenes ...")
    assert not matches("versoin", "Guardar como versión")
