"""One picture a tab, each with something chosen in it, as a person would see it at work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from farspan.decide.conflicts import Status
from farspan.errors import OutputError, place
from farspan_app.gui.tabs import TABS
from farspan_app.gui.workspace import Selection, Workspace

if TYPE_CHECKING:
    from farspan_app.gui.window import MainWindow


def take_screenshots(window: MainWindow, folder: Path) -> list[Path]:
    """The files written: ``1-corpus.png`` and so on. Raises OutputError."""
    written = []
    for number, tab in enumerate(TABS, 1):
        window.show_tab(tab.id)
        if tab.id in {"text", "concordance"}:
            _choose(window.workspace)
        if tab.id == "tuning":
            window.workspace.set_options(None, {"case": "ignore", "min_length": 4})
        _wait(window)
        path = folder / f"{number}-{tab.id}.png"
        if not window.grab().save(str(path)):
            raise OutputError("the picture cannot be written", where=place(path), remedy="choose another folder")
        written.append(path)
        window.workspace.discard()
    return written


def _choose(workspace: Workspace) -> None:
    """Look at a span from the middle of the texts."""
    run = workspace.run
    if run is None or not len(run.spans):
        return
    row = int(np.flatnonzero(run.decisions.status == Status.KEPT)[len(run.spans) // 2 - 1])
    number = int(run.corpus.document_of(run.contest.starts[row : row + 1])[0])
    start, end = (int(side[0]) for side in run.characters(np.array([row])))
    workspace.select(Selection(number, start, end, row))


def _wait(window: MainWindow) -> None:
    """Until nothing runs and what was asked for by timers has been drawn."""
    loop = QEventLoop()
    QTimer.singleShot(250, loop.quit)
    loop.exec()
    while window.workspace.tasks.running:
        window.workspace.tasks.emptied.connect(loop.quit)
        loop.exec()
    QTimer.singleShot(120, loop.quit)
    loop.exec()
    QApplication.processEvents()
