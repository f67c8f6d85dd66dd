"""What every tab is: a widget over the workspace, with a title, a page of help and perhaps rows that are chosen."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QStackedLayout, QWidget

from farspan_app.gui.workspace import Workspace


class Panel(QWidget):
    """A tab with two faces: its content, and what it shows while there is none."""

    title: ClassVar[str] = ""
    shortcut: ClassVar[str] = ""
    help_page: ClassVar[str] = "window"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._faces = QStackedLayout(self)
        self._faces.setContentsMargins(0, 0, 0, 0)

    def set_faces(self, empty: QWidget, content: QWidget) -> None:
        """Show `empty` until `show_content` is told otherwise."""
        self._faces.addWidget(empty)
        self._faces.addWidget(content)

    def show_content(self, there_is_some: bool) -> None:
        """Show the content, or what stands in its place."""
        self._faces.setCurrentIndex(1 if there_is_some else 0)

    @property
    def is_empty(self) -> bool:
        """Whether the face without content is shown."""
        return self._faces.currentIndex() == 0
