"""The Errors tab: how good is it, what to judge next, why is it wrong, what would help. Measured and signals stand apart."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from farspan_app.gui.auditing import Auditing
from farspan_app.gui.errors.causes import CausesPage
from farspan_app.gui.errors.judge import JudgePage
from farspan_app.gui.errors.lists import ListsPage
from farspan_app.gui.errors.matrix import MatrixPage
from farspan_app.gui.errors.measure import MeasurePage
from farspan_app.gui.errors.missed import MissedPage
from farspan_app.gui.icons import icon
from farspan_app.gui.panel import Panel
from farspan_app.gui.widgets.empty import EmptyState
from farspan_app.gui.words import QT_TRANSLATE_NOOP
from farspan_app.gui.workspace import Workspace

_PAGE: Final = int(Qt.ItemDataRole.UserRole)


class ErrorsPanel(Panel):
    """Pages at the left: what is measured, then what is only counted, then signals."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Errors")
    help_page: ClassVar[str] = "window/errors"

    opened = Signal()
    concordance_asked = Signal()
    tuning_asked = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.auditing = Auditing(workspace, self)
        empty = EmptyState(
            self.tr("Nothing to judge yet"),
            self.tr("With texts and a list of names there are labelled spans; here you learn how many of them are right."),
            [(self.tr("Import texts ..."), lambda: self._go("import_texts"))],
        )
        self.set_faces(empty, self._content())
        workspace.run_changed.connect(self.refresh)
        workspace.judgements_changed.connect(self._judged)
        self.pages.currentRowChanged.connect(lambda _: self._ask())
        self.auditing.queue_changed.connect(self._queue_changed)
        self.refresh()

    def _content(self) -> QWidget:
        self.measure, self.judging = MeasurePage(self.auditing), JudgePage(self.auditing)
        self.causes, self.matrix = CausesPage(self.auditing), MatrixPage(self.auditing)
        self.lists, self.missed = ListsPage(self.auditing), MissedPage(self.auditing)
        self.stack, self.pages = QStackedWidget(), QListWidget()
        self.pages.setAccessibleName(self.tr("Pages"))
        self.pages.setFixedWidth(210)
        self.pages.setIconSize(QSize(16, 16))
        self._add_heading(self.tr("Measured"))
        self._add_page(self.tr("Estimates"), "errors", self.measure)
        self._add_page(self.tr("Judge"), "accept", self.judging)
        self._add_page(self.tr("Causes and proposals"), "tuning", self.causes)
        self._add_page(self.tr("Noise matrix"), "report", self.matrix)
        self._add_heading(self.tr("Counted"))
        self._add_page(self.tr("Lists"), "lists", self.lists)
        self._add_heading(self.tr("Signals, not estimates"))
        self._add_page(self.tr("Risky spans"), "concordance", None)
        self._add_page(self.tr("What may be missed"), "search", self.missed)
        self.report_button = QPushButton(icon("report"), self.tr("Report ..."))
        self.report_button.setAccessibleName(self.tr("Write the report"))
        self.report_button.clicked.connect(lambda _=False: self.ask_for_report())
        self.judging.measure_asked.connect(lambda: self.show_page(self.measure))
        self.causes.tried.connect(self.tuning_asked)
        self.lists.opened.connect(self.concordance_asked)
        for page in (self.causes, self.missed):
            page.opened.connect(self.opened)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.pages, 1)
        left.addWidget(self.report_button)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(12, 12, 0, 12)
        row.setSpacing(0)
        row.addLayout(left)
        row.addWidget(self.stack, 1)
        self.pages.setCurrentRow(1)
        return content

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setSizeHint(QSize(0, 34))
        item.setTextAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        self.pages.addItem(item)

    def _add_page(self, text: str, drawing: str, page: QWidget | None) -> None:
        item = QListWidgetItem(icon(drawing), text)
        item.setSizeHint(QSize(0, 30))
        item.setData(_PAGE, -1 if page is None else self.stack.addWidget(page))
        self.pages.addItem(item)

    def show_page(self, page: QWidget) -> None:
        """Go to one of the pages."""
        number = self.stack.indexOf(page)
        for row in range(self.pages.count()):
            if self.pages.item(row).data(_PAGE) == number:
                self.pages.setCurrentRow(row)

    def judge(self, verdict: str) -> None:
        """The window's keys for accept, reject and undecided: an answer where a sample is being judged."""
        if self.stack.currentWidget() is self.judging:
            self.judging.press(verdict)

    def refresh(self) -> None:
        """Show what the workspace has: another run is another thing to measure."""
        self.show_content(self.workspace.run is not None)
        self.measure.show_known(None)
        self.matrix.show_known(None)
        self.judging.show_queue(None)
        self.causes.clear()
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What is known is found out when somebody looks."""
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        """Find out what the page in front shows."""
        item = self.pages.currentItem()
        if not self.isVisible() or self.workspace.run is None or item is None:
            return
        number = item.data(_PAGE)
        if number == -1:
            self._show_risky()
            return
        self.stack.setCurrentIndex(number)
        page = self.stack.currentWidget()
        if page in {self.measure, self.matrix}:
            self.auditing.refresh()
        elif page is self.judging:
            self._open_newest()
        elif page is self.causes:
            self.auditing.find_errors()
        elif page is self.lists:
            self.auditing.find_lists()
        elif page is self.missed:
            self.auditing.find_missed()

    def _open_newest(self) -> None:
        if self.auditing.queue is None and self.auditing.known is not None and self.auditing.known.samples:
            self.auditing.open()
        else:
            self.judging.show_queue(self.auditing.queue)

    def _show_risky(self) -> None:
        """The concordance, the riskiest spans first, is the page for these."""
        self.show_page(self.measure)
        self.workspace.sort_asked.emit("risk")
        self.concordance_asked.emit()

    def _queue_changed(self) -> None:
        """A sample that was just drawn is judged at once."""
        if self.isVisible() and self.stack.currentWidget() is self.measure:
            self.show_page(self.judging)
        self.judging.view.setFocus()

    def _judged(self) -> None:
        if self.isVisible() and self.stack.currentWidget() in {self.measure, self.matrix}:
            self.auditing.refresh()

    def ask_for_report(self) -> None:
        """Ask where, write the report, and show it."""
        home = self.workspace.path
        suggested = str((home.parent / f"{home.stem}-report.html") if home is not None else Path("report.html"))
        kinds = "HTML (*.html);;Markdown (*.md);;JSON (*.json)"
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Report"), suggested, kinds)
        if path:
            task = self.auditing.write_report(Path(path))
            if task is not None and path.endswith(".html"):
                task.succeeded.connect(lambda made: QDesktopServices.openUrl(QUrl.fromLocalFile(str(made))))

    def _go(self, action: str) -> None:
        ask = getattr(self.window(), action, None)
        if ask is not None:
            ask()
