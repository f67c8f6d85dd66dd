"""Work off the window's thread: a Task a job, three lanes, newer work of one kind in place of older.

The engine lane has one thread because a Session serves one thread at a time; the database lane has one so that a judgement is on
the disk at once while a long preview still runs; the reading lane is for dumps, which take hours. Workers never touch a QObject
of the window: they speak through a relay.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final, Literal

from PySide6.QtCore import QObject, Qt, Signal

from farspan.job import Cancelled, Job

Lane = Literal["engine", "database", "reading"]
Work = Callable[[Job], Any]

_TELL_EVERY: Final = 0.05
"""Seconds between two reports of progress; more of them would only keep the window busy."""


class _Relay(QObject):
    """Carries what workers say to the window's thread."""

    progressed = Signal(int, object)
    ended = Signal(int, str, object)


class _TaskJob:
    """The Job of one task, on the worker's side."""

    def __init__(self, number: int, relay: _Relay) -> None:
        self.number = number
        self.stop = threading.Event()
        self._relay = relay
        self._told = 0.0

    def progress(self, done: int, total: int | None, note: str) -> None:
        """Tell the window, not too often. Raises Cancelled when the task should stop."""
        if self.stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._told >= _TELL_EVERY:
            self._told = now
            self._relay.progressed.emit(self.number, (done, total, note))


class Unstoppable:
    """A Job that reports but does not stop: the file has changed already, and the window must come to show it."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def progress(self, done: int, total: int | None, note: str) -> None:
        """Report, whatever was asked."""
        with suppress(Cancelled):
            self._job.progress(done, total, note)


class Task(QObject):
    """One piece of work. One of `succeeded`, `failed`, `cancelled` is sent, then `finished`; all on the window's thread.

    progressed: done, total (None: unknown), note. succeeded: the result. failed: the exception.
    """

    progressed = Signal(object, object, str)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, title: str, kind: str, job: _TaskJob, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.kind = kind
        self.started_at = time.monotonic()
        self.error_shown = False
        self._job = job
        self._dropped = False
        self._on_success: Callable[[Any], None] | None = None
        self._result: Callable[[Any], Any] | None = None
        self.is_running = True

    def cancel(self) -> None:
        """Ask the work to stop. What it has finished by then counts."""
        self._job.stop.set()

    def drop(self) -> None:
        """Ask the work to stop and let nothing of it count: newer work has taken its place."""
        self._dropped = True
        self.cancel()

    def _end(self, how: str, value: Any) -> None:
        self.is_running = False
        if self._dropped or how == "cancelled":
            self.cancelled.emit()
        elif how == "failed":
            self.failed.emit(value)
        else:
            if self._on_success is not None:
                self._on_success(value)
            self.succeeded.emit(value if self._result is None else self._result(value))
        self.finished.emit()


class Tasks(QObject):
    """Starts tasks and knows which are under way. `close` ends them all."""

    started = Signal(object)
    emptied = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._relay = _Relay(self)
        self._relay.progressed.connect(self._progressed, Qt.ConnectionType.QueuedConnection)
        self._relay.ended.connect(self._ended, Qt.ConnectionType.QueuedConnection)
        self._lanes: dict[Lane, ThreadPoolExecutor] = {
            "engine": ThreadPoolExecutor(1, "farspan-engine"),
            "database": ThreadPoolExecutor(1, "farspan-database"),
            "reading": ThreadPoolExecutor(1, "farspan-reading"),
        }
        self._running: dict[int, Task] = {}
        self._next = 0
        self._closed = False

    @property
    def running(self) -> list[Task]:
        """The tasks that have not ended, the oldest first."""
        return list(self._running.values())

    def start(
        self,
        title: str,
        work: Work,
        *,
        kind: str = "",
        lane: Lane = "engine",
        then: Callable[[Any], None] | None = None,
        result: Callable[[Any], Any] | None = None,
    ) -> Task:
        """The task that does `work(job)` on a lane's thread; `then` gets what it returns before any listener does.

        result: makes of it what listeners get; by default they get it as it is.

        Tasks of the same `kind` that have not ended are dropped.
        """
        if kind:
            for older in self.running:
                if older.kind == kind:
                    older.drop()
        self._next += 1
        job = _TaskJob(self._next, self._relay)
        task = Task(title, kind, job, self)
        task._on_success, task._result = then, result  # noqa: SLF001  (one module, one mechanism)
        if self._closed:  # a last timer may still fire while the window goes
            task.is_running = False
            return task
        self._running[self._next] = task
        self._lanes[lane].submit(_do, work, job, self._relay)
        self.started.emit(task)
        return task

    def close(self) -> None:
        """Stop everything and wait for the threads; what they still say is not heard."""
        if self._closed:
            return
        self._closed = True
        for task in self.running:
            task.drop()
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._relay.progressed.disconnect(self._progressed)
        self._relay.ended.disconnect(self._ended)
        self._running.clear()

    def _progressed(self, number: int, said: tuple[int, int | None, str]) -> None:
        task = self._running.get(number)
        if task is not None:
            task.progressed.emit(*said)

    def _ended(self, number: int, how: str, value: Any) -> None:
        task = self._running.pop(number, None)
        if task is not None:
            task._end(how, value)  # noqa: SLF001
        if not self._running:
            self.emptied.emit()


def _do(work: Work, job: _TaskJob, relay: _Relay) -> None:
    """Runs on a worker's thread: whatever happens, one `ended` comes of it."""
    try:
        job.progress(0, None, "")
        result = work(job)
    except Cancelled:
        relay.ended.emit(job.number, "cancelled", None)
    except BaseException as error:  # noqa: BLE001  (shown by the window, never swallowed)
        relay.ended.emit(job.number, "failed", error)
    else:
        relay.ended.emit(job.number, "succeeded", result)
