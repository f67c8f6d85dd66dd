"""Help beside the work: the pages of the guide, as they are on paper."""

from __future__ import annotations

import posixpath
import re
from importlib.resources import files
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QTextBlock, QTextCursor
from PySide6.QtWidgets import QDockWidget, QTextBrowser, QWidget

GENERAL: Final = "window"
"""The page for every place that has none of its own."""
_PICTURE: Final = re.compile(r"^!\[.*\]\(.*\)\n", re.MULTILINE)


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
        """Show the page `name`, such as ``window/text``; hide the dock if it shows it already."""
        if self.page == name and self.isVisible():
            self.hide()
            return
        text = page_text(name) or page_text(GENERAL)
        # Without the pictures of the window: the window itself stands beside this page.
        self._pages.setMarkdown(self.tr("The guide is not installed.") if text is None else _PICTURE.sub("", text))
        self.page = name
        self.show()
        self.raise_()

    def _follow(self, address: QUrl) -> None:
        if address.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(address)
            return
        path = address.path().removesuffix(".md")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), path)) if path else self.page
        if page_text(name) is None:
            return
        if name != self.page:
            self.show_page(name)
        self._show_heading(address.fragment())

    def _show_heading(self, anchor: str) -> None:
        """Scroll to the heading that `anchor` names, as the guide on paper names it."""
        block = self._pages.document().begin()
        while anchor and block.isValid():
            if _is_heading(block) and slug(block.text()) == anchor:
                self._pages.moveCursor(QTextCursor.MoveOperation.End)  # so that the heading comes to stand on top
                self._pages.setTextCursor(QTextCursor(block))
                return
            block = block.next()


def _is_heading(block: QTextBlock) -> bool:
    return block.blockFormat().headingLevel() > 0


def slug(heading: str) -> str:
    """The anchor of `heading` in the guide: lower case, hyphens for blanks, without punctuation."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower())


def page_text(name: str) -> str | None:
    """The Markdown of the page `name` of the guide; None if there is none."""
    installed = files("farspan_resources") / "help" / f"{name}.md"
    if installed.is_file():
        return installed.read_text("utf-8")
    beside = Path(__file__).parents[3] / "docs" / f"{name}.md"  # a checkout: the guide itself
    return beside.read_text("utf-8") if beside.is_file() else None
