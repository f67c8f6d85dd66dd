"""Help beside the work: the pages of the guide, as they are on paper."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QDockWidget, QTextBrowser, QWidget

GENERAL: Final = "window"
"""The page for every place that has none of its own."""


class HelpDock(QDockWidget):
    """One page of the guide; links lead to the others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.setObjectName("help")
        self._pages = QTextBrowser()
        self._pages.setAccessibleName(self.tr("Page of help"))
        self._pages.setOpenLinks(False)
        self._pages.anchorClicked.connect(self._follow)
        self._pages.setMinimumWidth(320)
        self.setWidget(self._pages)
        self.page = ""

    def show_page(self, name: str) -> None:
        """Show the page `name`; hide the dock if it shows it already."""
        if self.page == name and self.isVisible():
            self.hide()
            return
        text = page_text(name) or page_text(GENERAL)
        self._pages.setMarkdown(text if text is not None else self.tr("The guide is not installed."))
        self.page = name
        self.show()
        self.raise_()

    def _follow(self, address: QUrl) -> None:
        name = Path(address.path()).stem
        if not address.scheme() and page_text(name) is not None:
            self.page = ""
            self.show_page(name)


def page_text(name: str) -> str | None:
    """The Markdown of the page `name` of the guide; None if there is none."""
    installed = files("farspan_resources") / "help" / f"{name}.md"
    if installed.is_file():
        return installed.read_text("utf-8")
    beside = Path(__file__).parents[3] / "docs" / f"{name}.md"  # a checkout: the guide itself
    return beside.read_text("utf-8") if beside.is_file() else None
