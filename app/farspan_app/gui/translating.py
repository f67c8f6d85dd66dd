"""The language of the window: English as it is written, or a translation made with Qt Linguist (resources/translations)."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from farspan_app.gui.words import QT_TRANSLATE_NOOP

# Texts of Qt's own dialog of files that Qt's Spanish catalogue lacks.
_OF_QT: Final = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Computer"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File Folder"),
)

LANGUAGES: Final = {"en": "English", "es": "Español"}
"""What the window speaks; each name in its own language."""


def translations_folder() -> Path:
    """Where the translations are."""
    return Path(str(files("farspan_resources") / "translations"))


def language_of(wanted: str) -> str:
    """The language called `wanted`, or for ``system`` that of the system if it is one of `LANGUAGES`; else English."""
    code = QLocale.system().name().split("_")[0] if wanted == "system" else wanted
    return code if code in LANGUAGES else "en"


def use_language(wanted: str, app: QCoreApplication) -> list[QTranslator]:
    """Let `app` speak the language `wanted`, its own texts and those of Qt's dialogs; what was installed."""
    code = language_of(wanted)
    places = [(f"farspan_{code}", str(translations_folder()))]  # of English: one span, two spans
    if code != "en":
        places.append((f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))
    installed = []
    for name, folder in places:
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            installed.append(translator)
    return installed
