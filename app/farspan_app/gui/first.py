"""The application, and what a person sees while the window is being made: loading the engine takes a second or two."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QSplashScreen, QWidget


class Application(QApplication):
    """The application, which macOS tells of a file that was double-clicked while it runs."""

    file_opened = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Pass on that a file is to be opened."""
        if isinstance(event, QFileOpenEvent):
            self.file_opened.emit(event.file())
            return True
        return super().event(event)


def make_application() -> QApplication:
    """The application, made once a process."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = Application(["farspan"])
    app.setApplicationName("farspan")
    app.setApplicationDisplayName("Farspan")
    app.setOrganizationName("farspan")
    app.setDesktopFileName("farspan")  # by which a desktop finds the icon and groups the windows
    app.setWindowIcon(QIcon(_drawing()))
    return app


def show_splash() -> None:
    """Show the program's sign until `end_splash`."""
    app = make_application()
    _Shown.splash = QSplashScreen(_drawing(), Qt.WindowType.WindowStaysOnTopHint)
    _Shown.splash.show()
    app.processEvents()


def end_splash(window: QWidget) -> None:
    """Take the sign away as soon as `window` is there."""
    if _Shown.splash is not None:
        _Shown.splash.finish(window)
        _Shown.splash = None


class _Shown:
    splash: QSplashScreen | None = None


_PICTURE: Final = "farspan.png"


def _drawing() -> QPixmap:
    drawing = QPixmap()
    drawing.loadFromData((files("farspan_resources") / "desktop" / _PICTURE).read_bytes())
    return drawing
