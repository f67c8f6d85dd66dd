"""What the tabs where people judge have in common: writing what was said, and knowing the news of it from news of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from farspan.job import Job
from farspan_app.gui.opened import OpenProject
from farspan_app.gui.tasks import Task
from farspan_app.gui.workspace import Workspace

_Made = TypeVar("_Made")


class OwnWork(QObject):
    """Starts tasks that write what a person said. While one is under way, the news of it is of our own doing: `is_own`."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.is_own = False

    def write(self, title: str, work: Callable[[OpenProject, Job], _Made]) -> Task:
        """A task that writes what a person said or asked for; the workspace shows it afterwards."""
        self.is_own = True
        task = self.workspace.write_work(title, work)
        task.finished.connect(self._written)
        return task

    def _written(self) -> None:
        self.is_own = False
