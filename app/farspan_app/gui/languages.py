"""Languages as people call them: a field takes English, deutsch or am, and the project keeps the tag."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCompleter, QWidget


def language_tag(text: str) -> str:
    """The tag of the language called `text`, in English or in its own words; what is no such name is taken as a tag."""
    return _tags().get(text.strip().casefold(), text.strip() or "xx")


def completer(parent: QWidget) -> QCompleter:
    """Offers the languages whose name or tag holds what was typed."""
    made = QCompleter(sorted(_offered(), key=str.casefold), parent)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    return made


@cache
def _names() -> dict[str, tuple[str, str]]:
    """By tag: the name in English, and the one in the language itself."""
    found: dict[str, tuple[str, str]] = {}
    for language in QLocale.Language:
        tag = QLocale.languageToCode(language)
        if tag and language not in {QLocale.Language.AnyLanguage, QLocale.Language.C}:
            own = QLocale(language).nativeLanguageName().partition(" de ")[0]  # Qt says Spanish of Spain
            found.setdefault(tag, (QLocale.languageToString(language), own))
    return found


@cache
def _tags() -> dict[str, str]:
    names = {name.casefold(): tag for tag, several in _names().items() for name in reversed(several) if name}
    return names | {name.casefold(): tag for name, tag in _offered().items()}


@cache
def _offered() -> dict[str, str]:
    """By what is offered: the tag."""
    return {" · ".join(dict.fromkeys(name for name in (tag, *several) if name)): tag for tag, several in _names().items()}
