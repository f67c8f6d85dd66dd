"""The bar at the bottom: what was said last, and the job that runs, with its progress, the time left and Cancel."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from farspan_app.gui.tasks import Task

SHOWN_AFTER: Final = 300
"""Milliseconds: what is over sooner needs no bar."""


class JobBar(QStatusBar):
    """Shows the oldest task that runs long enough to be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks: list[Task] = []
        self._shown: Task | None = None
        self._title, self._left = QLabel(), QLabel()
        self._progress, self._cancel = QProgressBar(), QPushButton(self.tr("Cancel"))
        self._progress.setFixedWidth(200)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Progress of the job"))
        self._cancel.setAccessibleName(self.tr("Cancel the job"))
        self._cancel.setFlat(True)
        self._cancel.clicked.connect(self._cancel_shown)
        self._job = QWidget()
        row = QHBoxLayout(self._job)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._title, self._progress, self._left, self._cancel):
            row.addWidget(widget)
        self.addPermanentWidget(self._job)
        self._job.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_AFTER)
        self._timer.timeout.connect(self._show_oldest)

    def watch(self, task: Task) -> None:
        """Show `task` if it lasts."""
        self._tasks.append(task)
        task.progressed.connect(self._progressed)
        task.finished.connect(self._forget_ended)
        if self._shown is None and not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Watch nothing any more."""
        self._timer.stop()
        self._tasks.clear()

    def _forget_ended(self) -> None:
        self._tasks = [task for task in self._tasks if task.is_running]
        if self._shown is not None and not self._shown.is_running:
            self._show_oldest()
        if not self._tasks:
            self._timer.stop()

    def _show_oldest(self) -> None:
        self._shown = self._tasks[0] if self._tasks else None
        self._job.setVisible(self._shown is not None)
        if self._shown is not None:
            self._title.setText(self._shown.title)
            self._left.setText("")
            self._progress.setRange(0, 0)

    def _progressed(self, done: int, total: int | None, _note: str) -> None:
        task = self.sender()
        if task is not self._shown or self._shown is None:
            return
        self._progress.setRange(0, 1000 if total else 0)
        if total:
            share = min(1.0, done / total)
            self._progress.setValue(int(1000 * share))
            self._left.setText(self._time_left(time.monotonic() - self._shown.started_at, share))

    def _time_left(self, spent: float, share: float) -> str:
        if share < 0.02 or spent < 1:
            return ""
        left = spent / share - spent
        return self.tr("{} min left").format(round(left / 60)) if left >= 90 else self.tr("{} s left").format(max(1, round(left)))

    def _cancel_shown(self) -> None:
        if self._shown is not None:
            self._shown.cancel()
