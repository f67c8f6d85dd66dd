"""One picture a tab, each with something chosen in it, as a person would see it at work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from farspan.decide.conflicts import Status
from farspan.errors import OutputError, place
from farspan_app.gui.tabs import TABS
from farspan_app.gui.workspace import Selection, Workspace

if TYPE_CHECKING:
    from farspan_app.gui.window import MainWindow


def take_screenshots(window: MainWindow, folder: Path, *, judges: bool = False) -> list[Path]:
    """The files written: ``1-corpus.png`` and so on. Raises OutputError.

    judges: whether some spans are judged for the picture; for sample projects only, never in a project of somebody's own.
    """
    written = []
    for number, tab in enumerate(TABS, 1):
        window.show_tab(tab.id)
        if tab.id in {"text", "concordance"}:
            _choose(window.workspace)
        if tab.id == "tuning":
            window.workspace.set_options(None, {"case": "ignore", "min_length": 4})
        if tab.id == "errors" and judges:
            _judge_some(window)
        if tab.id == "relations" and judges:
            _relate_some(window)
        _wait(window)
        path = folder / f"{number}-{tab.id}.png"
        if not window.grab().save(str(path)):
            raise OutputError("the picture cannot be written", where=place(path), remedy="choose another folder")
        written.append(path)
        window.workspace.discard()
    return written


def _judge_some(window: MainWindow) -> None:
    """Draw a sample and judge a third of it, so that there is something measured."""
    panel: Any = window.panels["errors"]
    if window.workspace.run is None or not len(window.workspace.run.spans) or window.workspace.read_only:
        return
    _wait(window)
    if panel.auditing.known is None or not panel.auditing.known.samples:
        panel.auditing.draw("spans", 30)
        _wait(window)
        for number in range(10):
            panel.judging.press("rejected" if number % 4 == 2 else "accepted")
            _wait_for_tasks(window)
    panel.show_page(panel.measure)


def _relate_some(window: MainWindow) -> None:
    """Find relations by the triples that came with the sample, and look at a pair."""
    panel: Any = window.panels["relations"]
    _wait(window)
    if panel.relating.standing.sample is not None and not window.workspace.read_only:
        panel.take_sample()
        _wait_for_tasks(window)
        _wait(window)
    if panel.relating.pairs is not None:
        panel.show_page(panel.pairs)
        _wait(window)
        if panel.pairs.model.rowCount():
            panel.pairs.view.choose(panel.pairs.model.rowCount() // 2)


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
    _wait_for_tasks(window)
    QTimer.singleShot(120, loop.quit)
    loop.exec()
    QApplication.processEvents()


def _wait_for_tasks(window: MainWindow) -> None:
    loop = QEventLoop()
    window.workspace.tasks.emptied.connect(loop.quit)
    while window.workspace.tasks.running:
        loop.exec()
