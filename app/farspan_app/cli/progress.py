"""Progress on a terminal, and Ctrl+C in good order.

While a job runs, the first Ctrl+C asks it to stop at its next progress call; the second, or the first after a second without
such a call, stops it where it stands. Either way the command ends with 130.
"""

import signal
import threading
import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from farspan.job import Cancelled, Job

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from farspan.model import Document

PATIENCE: Final = 1.0  # seconds without a progress call after which Ctrl+C no longer waits for one
REFRESH: Final = 0.1  # seconds between two updates of the screen


class TerminalJob:
    """A Job shown as a bar with rate and time left on stderr; with `shown` off it only listens for Ctrl+C."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._cancelled = threading.Event()
        self._last_call = time.monotonic()
        self._last_update = 0.0
        self._screen: Progress | None = None
        self._task: TaskID | None = None
        self._note = ""
        self._previous: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._previous = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._screen is not None:
            self._screen.stop()
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)

    def progress(self, done: int, total: int | None, note: str) -> None:
        """Show that `done` of `total` are finished. Raises Cancelled after Ctrl+C."""
        if self._cancelled.is_set():
            raise Cancelled
        self._last_call = now = time.monotonic()
        if self._shown and (note != self._note or done == total or now - self._last_update >= REFRESH):
            self._last_update = now
            self._show(done, total, note)

    def _interrupted(self, *_: object) -> None:
        if self._cancelled.is_set() or time.monotonic() - self._last_call > PATIENCE:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # one more must not interrupt the tidying up
            raise KeyboardInterrupt
        self._cancelled.set()

    def _show(self, done: int, total: int | None, note: str) -> None:
        if self._screen is None:
            self._screen = _bar()
            self._screen.start()
        if self._task is None:
            self._task = self._screen.add_task(note, total=total)
        self._note = note
        self._screen.update(self._task, completed=done, total=total, description=note)


def _bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Units done a second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text("" if speed is None else f"{speed:,.0f}/s")

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), Rate(), TimeRemainingColumn(compact=True))
    return Progress(*columns, console=Console(stderr=True), transient=True)


class Overall:
    """The Job of the engine, shown as bytes of text written out of bytes of input, so that one bar covers all steps."""

    def __init__(self, job: Job, total: int | None) -> None:
        self._job = job
        self._done = 0
        self._total = total

    def progress(self, done: int, total: int | None, note: str) -> None:  # noqa: ARG002  (the form of every Job)
        """Show `note`, and how much of everything is done. Raises what the Job it shows raises."""
        self._job.progress(self._done, self._total, note)

    def listening(self, documents: "Iterable[Document]") -> "Iterator[Document]":
        """`documents`, with a call of progress before each."""
        for document in documents:
            self._job.progress(self._done, self._total, "reading")
            yield document

    def finish(self, document: "Document") -> None:
        """Count `document` as done."""
        text = document.text
        self._done += len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
        if self._total is not None:
            self._done = min(self._done, self._total)
        self._job.progress(self._done, self._total, "writing")
