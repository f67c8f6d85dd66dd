"""How long work reports its progress and learns that it should stop: one small protocol, no threads, no screen."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):  # not an error: a person asked to stop
    """A person asked to stop. Whoever catches it leaves nothing half-written."""


class Job(Protocol):
    """What long work calls from time to time, from whichever thread it runs on."""

    def progress(self, done: int, total: int | None, note: str) -> None:
        """`done` of `total` units (None: unknown) are finished; `note` says in a word what is going on.

        Raises Cancelled when the work should stop.
        """


class SilentJob:
    """A Job that shows nothing and is never cancelled."""

    def progress(self, done: int, total: int | None, note: str) -> None:
        """Do nothing."""


SILENT: Job = SilentJob()
