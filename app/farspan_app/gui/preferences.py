"""What the window remembers of a person: look, keys, recent projects, where things stood."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths
from PySide6.QtWidgets import QWidget

from farspan_app.gui.theme import DEFAULT_TEXT_SIZE, LARGEST_TEXT, SMALLEST_TEXT, THEMES, ThemeName
from farspan_app.gui.translating import LANGUAGES

_RECENT: Final = 9
PROJECTS: Final = "projects"
"""What `Preferences.last_folder` calls the folder of the project that was made or opened last."""


def _unkept() -> QSettings:
    """Settings of nobody: they go with the program."""
    return QSettings(os.devnull, QSettings.Format.IniFormat)


class Preferences:
    """Typed access to the settings file of the person; a value that makes no sense reads as its default."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "farspan", "farspan")

    @property
    def theme(self) -> ThemeName:
        """The look: light, dark, or as the system has it."""
        value = str(self._settings.value("theme", "system"))
        return value if value in THEMES else "system"  # type: ignore[return-value]

    @theme.setter
    def theme(self, name: ThemeName) -> None:
        self._settings.setValue("theme", name)

    @property
    def language(self) -> str:
        """The language of the window: a key of `translating.LANGUAGES`, or ``system``."""
        value = str(self._settings.value("language", "system"))
        return value if value in LANGUAGES else "system"

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("language", code)

    @property
    def text_size(self) -> int:
        """Points."""
        try:
            size = int(str(self._settings.value("text_size", DEFAULT_TEXT_SIZE)))
        except ValueError:
            return DEFAULT_TEXT_SIZE
        return max(SMALLEST_TEXT, min(LARGEST_TEXT, size))

    @text_size.setter
    def text_size(self, points: int) -> None:
        self._settings.setValue("text_size", max(SMALLEST_TEXT, min(LARGEST_TEXT, points)))

    @property
    def recent(self) -> list[Path]:
        """The projects opened last that still exist, the last one first."""
        value: Any = self._settings.value("recent", [])
        paths = [value] if isinstance(value, str) else list(value or [])
        return [Path(str(path)) for path in paths if Path(str(path)).is_file()][:_RECENT]

    def opened(self, path: Path) -> None:
        """Remember that `path` was opened."""
        path = path.absolute()
        self._settings.setValue("recent", [str(path), *(str(other) for other in self.recent if other != path)][:_RECENT])
        self.set_last_folder(PROJECTS, path.parent)

    @property
    def keys(self) -> Mapping[str, str]:
        """Action -> the key a person gave it; "" for none."""
        self._settings.beginGroup("keys")
        found = {name: str(self._settings.value(name)) for name in self._settings.childKeys()}
        self._settings.endGroup()
        return found

    def set_key(self, action: str, keys: str | None) -> None:
        """Let `action` have `keys`; None: those it came with."""
        if keys is None:
            self._settings.remove(f"keys/{action}")
        else:
            self._settings.setValue(f"keys/{action}", keys)

    @property
    def folder(self) -> Path:
        """Where samples and new projects go."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(str(self._settings.value("folder", str(Path(documents or str(Path.home())) / "Farspan"))))

    @folder.setter
    def folder(self, path: Path) -> None:
        self._settings.setValue("folder", str(path))

    @staticmethod
    def of(widget: QWidget) -> Preferences:
        """The preferences of the window that `widget` stands in; outside a window some that are not kept."""
        found = getattr(widget.window(), "preferences", None)
        if not isinstance(found, Preferences):
            found = getattr(widget.window().parentWidget(), "preferences", None)  # of a dialog
        return found if isinstance(found, Preferences) else Preferences(_unkept())

    def last_folder(self, what: str, near: Path | None = None) -> Path:
        """The folder that was chosen last for `what`, if it is still there; else that of the file `near`, else the person's."""
        value = self._settings.value(f"folders/{what}")
        kept = Path(str(value)) if value else None
        if kept is not None and kept.is_dir():
            return kept
        if near is not None:
            return near.parent
        return self.folder if self.folder.is_dir() else Path.home()

    def set_last_folder(self, what: str, folder: Path) -> None:
        """Remember that `folder` was chosen for `what`."""
        self._settings.setValue(f"folders/{what}", str(folder))

    def bytes(self, name: str) -> QByteArray:
        """A saved layout; empty before the first."""
        value: Any = self._settings.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_bytes(self, name: str, value: QByteArray) -> None:
        """Save a layout."""
        self._settings.setValue(f"layout/{name}", value)

    def habit(self, name: str) -> str | None:
        """How a person left the control `name`; None if they never did."""
        value: Any = self._settings.value(f"habits/{name}")
        return None if value is None else str(value)

    def set_habit(self, name: str, value: str | bool | None) -> None:
        """Remember how a person left the control `name`; None: forget it."""
        if value is None:
            self._settings.remove(f"habits/{name}")
        else:
            self._settings.setValue(f"habits/{name}", str(value))

    @property
    def tab(self) -> str:
        """The tab that was open last."""
        return str(self._settings.value("tab", ""))

    @tab.setter
    def tab(self, name: str) -> None:
        self._settings.setValue("tab", name)

    def sync(self) -> None:
        """Write everything to the disk."""
        self._settings.sync()
