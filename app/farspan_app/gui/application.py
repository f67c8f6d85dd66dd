"""Starting the window, and its pictures."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QSettings,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QMessageBox

from farspan_app.gui import theme
from farspan_app.gui.first import Application, end_splash, make_application
from farspan_app.gui.pauses import avoid_pauses
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.screenshots import take_screenshots
from farspan_app.gui.translating import use_language
from farspan_app.gui.window import MainWindow


def show_fault(text: str) -> None:
    """A box that says why the window could not be opened, for those who started it without a terminal."""
    make_application()
    QMessageBox.critical(None, "Farspan", text)


def open_window(
    path: Path | None = None,
    theme_name: theme.ThemeName | None = None,
    size: tuple[int, int] | None = None,
    lang: str | None = None,
) -> int:
    """Show the window until it is closed; the exit code. lang: instead of the language in the preferences."""
    app = make_application()
    avoid_pauses()
    preferences = Preferences()
    use_language(lang or preferences.language, app)
    window = _window(preferences, theme_name)
    if size is not None:
        window.resize(*size)
    _show_what_nobody_caught(window)
    # Ctrl+C in the terminal closes the window in good order; Python's handlers run when Qt lets Python run.
    signal.signal(signal.SIGINT, lambda *_: window.close())
    signal.signal(signal.SIGTERM, lambda *_: window.close())
    heart = QTimer()
    heart.start(250)
    heart.timeout.connect(lambda: None)
    window.show()
    end_splash(window)
    if path is not None:
        window.open_path(path)
    if isinstance(app, Application):
        app.file_opened.connect(window.take_in_one)
    return app.exec()


def picture_window(
    start: Callable[[MainWindow], object],
    folder: Path,
    theme_name: theme.ThemeName | None = None,
    size: tuple[int, int] = (1440, 900),
    lang: str = "en",
    *,
    judges: bool = False,
) -> list[Path]:
    """Pictures of every tab with what `start` opens; the files. Raises what kept the project from being opened.

    judges: see `screenshots.take_screenshots`.

    The person's preferences are neither read nor changed.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_pass_on)
    use_language(lang, make_application())
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / ".preferences.ini"
    window = _window(Preferences(QSettings(str(settings), QSettings.Format.IniFormat)), theme_name or "light")
    try:
        window.resize(*size)
        window.show()
        _finish(window, start)
        return take_screenshots(window, folder, judges=judges)
    finally:
        window.close()
        settings.unlink(missing_ok=True)


def _pass_on(_kind: QtMsgType, _where: QMessageLogContext, said: str | None) -> None:
    """What Qt says, less what it says of every window that is on no screen."""
    if said is not None and "propagateSizeHints" not in said:
        sys.stderr.write(said + "\n")


def _window(preferences: Preferences, theme_name: theme.ThemeName | None) -> MainWindow:
    theme.use(theme_name or preferences.theme, preferences.text_size)
    return MainWindow(preferences)


def _finish(window: MainWindow, start: Callable[[MainWindow], object]) -> None:
    """Wait until what `start` began has come to its end."""
    faults: list[BaseException] = []
    window.workspace.task_started.connect(lambda task: task.failed.connect(faults.append))
    start(window)
    settle(window)
    if faults:
        raise faults[0]


def settle(window: MainWindow) -> None:
    """Wait until no task is under way."""
    loop = QEventLoop()
    window.workspace.tasks.emptied.connect(loop.quit)
    while window.workspace.tasks.running:
        loop.exec()
    QApplication.processEvents()


def _show_what_nobody_caught(window: MainWindow) -> None:
    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception):
            window.show_fault(window.tr("Something unexpected happened"), error)

    sys.excepthook = show
