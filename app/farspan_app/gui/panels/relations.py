"""The Relations tab: triples and rules, pairs with their sentences, bags, judging, estimates, and data for training."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from farspan_app.gui.icons import icon
from farspan_app.gui.models.pairs_table import JUDGED_WORDS, STATUS_WORDS
from farspan_app.gui.panel import Panel
from farspan_app.gui.relating import Relating
from farspan_app.gui.relations.bags import BagsPage
from farspan_app.gui.relations.estimates import RelationEstimatesPage
from farspan_app.gui.relations.importing import TripleImportDialog
from farspan_app.gui.relations.judge import RelationJudgePage
from farspan_app.gui.relations.pairs import PairsPage
from farspan_app.gui.relations.rules import RulesPage
from farspan_app.gui.relations.splitting import SplitDialog
from farspan_app.gui.widgets.empty import EmptyState
from farspan_app.gui.widgets.facet_tree import FacetTree
from farspan_app.gui.words import QT_TRANSLATE_NOOP
from farspan_app.gui.workspace import Workspace

_TITLES: Final = {
    "status": QT_TRANSLATE_NOOP("Facets", "Status"),
    "relation": QT_TRANSLATE_NOOP("Facets", "Relation"),
    "types": QT_TRANSLATE_NOOP("Facets", "Types"),
    "distance": QT_TRANSLATE_NOOP("Facets", "Distance in tokens"),
    "judged": QT_TRANSLATE_NOOP("Facets", "Judged"),
    "document": QT_TRANSLATE_NOOP("Facets", "Document"),
}
_ROW: Final = 30


class RelationsPanel(Panel):
    """Pages at the left, and below them what the pairs are narrowed down by."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Relations")
    help_page: ClassVar[str] = "window/relations"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.relating = Relating(workspace, self)
        self.empty = EmptyState(
            self.tr("No relations yet"),
            self.tr(
                "A table of triples (subject, relation, object) says which entities belong together. Where two of them stand near"
                " each other in your texts, they are a pair to look at, judge and export."
            ),
            [
                (self.tr("Import triples ..."), self.import_triples),
                (self.tr("Films and actors, cities and countries"), self.take_sample),
                (self.tr("Relations in time, by connectives ..."), lambda: self._show_content(True)),
            ],
        )
        self.set_faces(self.empty, self._content())
        self._wants_rules = False
        self.relating.changed.connect(self.refresh)
        self.refresh()

    def _content(self) -> QWidget:
        self.rules, self.pairs = RulesPage(self.relating), PairsPage(self.relating)
        self.bags, self.judging = BagsPage(self.relating), RelationJudgePage(self.relating)
        self.estimates = RelationEstimatesPage(self.relating)
        self.stack, self.pages = QStackedWidget(), QListWidget()
        self.pages.setAccessibleName(self.tr("Pages"))
        self.pages.setIconSize(QSize(16, 16))
        for text, drawing, page in (
            (self.tr("Triples and rules"), "database", self.rules),
            (self.tr("Pairs"), "concordance", self.pairs),
            (self.tr("Bags"), "lists", self.bags),
            (self.tr("Judge"), "accept", self.judging),
            (self.tr("Estimates"), "errors", self.estimates),
        ):
            item = QListWidgetItem(icon(drawing), text)
            item.setSizeHint(QSize(0, _ROW))
            self.pages.addItem(item)
            self.stack.addWidget(page)
        self.pages.setFixedHeight(self.pages.count() * _ROW + 2 * self.pages.frameWidth() + 2)
        self.pages.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.facets = FacetTree(_TITLES, {**STATUS_WORDS, **JUDGED_WORDS}, {"status", "judged"}, {"document"}, context="Pairs")
        self.split_button = QPushButton(icon("export"), self.tr("Split ..."))
        self.split_button.setAccessibleName(self.tr("Write training, development and test data"))
        self.split_button.setToolTip(self.split_button.accessibleName())
        self.split_button.clicked.connect(lambda _=False: self.ask_for_split())
        self._connect()
        left = QWidget()
        left.setFixedWidth(210)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.pages)
        inside.addWidget(self.facets, 1)
        inside.addStretch()
        inside.addWidget(self.split_button)
        content = QWidget()
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 0, 12)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self.stack, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stale_bar())
        column.addLayout(row, 1)
        self.pages.setCurrentRow(0)
        self._page_chosen(0)
        return content

    def _connect(self) -> None:
        self.pages.currentRowChanged.connect(self._page_chosen)
        self.facets.ticked.connect(self.pairs.choose)
        self.pairs.counted.connect(self.facets.show_counts)
        self.pairs.opened.connect(self._show_text)
        self.bags.opened.connect(self._show_bag)
        self.rules.importing_asked.connect(self.import_triples)
        self.estimates.judging_asked.connect(self._judge_queue)

    def _stale_bar(self) -> QFrame:
        self.stale = QFrame()
        self.stale.setObjectName("pending")
        self.stale_said = QLabel()
        self.again_button = QPushButton(icon("relations"), self.tr("Find relations"))
        self.again_button.setAccessibleName(self.tr("Find relations again"))
        self.again_button.clicked.connect(lambda _=False: self.relating.relate())
        row = QHBoxLayout(self.stale)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self.stale_said, 1)
        row.addWidget(self.again_button)
        return self.stale

    # ---- showing

    def refresh(self) -> None:
        """Show what there is of relations."""
        standing = self.relating.standing
        self._wants_rules = self._wants_rules and bool(self.workspace.documents)
        self.show_content(bool(self.workspace.documents) and (standing.plan is not None or self._wants_rules))
        has_texts, may = bool(self.workspace.documents), not self.workspace.read_only
        import_button, sample_button, rules_button = self.empty.buttons
        for button in self.empty.buttons:
            button.setEnabled(has_texts and may)
        sample_button.setVisible(standing.sample is not None)
        import_button.setToolTip("" if has_texts else self.tr("Import texts first"))
        rules_button.setVisible(standing.plan is None)
        self.stale.setVisible(standing.plan is not None and standing.is_stale)
        self.again_button.setEnabled(may)
        self.stale_said.setText(
            self.tr("These relations were found with other labels in the texts; they are not exported.")
            if standing.run is not None
            else self.tr("The relations of these rules are not found yet.")
        )
        self.split_button.setEnabled(self.relating.pairs is not None)

    def _show_content(self, wanted: bool) -> None:
        self._wants_rules = wanted
        self.refresh()

    def show_page(self, page: QWidget) -> None:
        """Go to one of the pages."""
        self.pages.setCurrentRow(self.stack.indexOf(page))

    def _page_chosen(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        page = self.stack.currentWidget()
        self.facets.setVisible(page is self.pairs)
        if page is self.judging and self.isVisible():
            self.judging.open()
            self.judging.view.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What comes next is found out when somebody looks."""
        super().showEvent(event)
        if self.stack.currentWidget() is self.judging:
            self.judging.open()

    def _show_text(self) -> None:
        show = getattr(self.window(), "show_tab", None)
        if show is not None:
            show("text")

    def _show_bag(self, what: str, rows: object) -> None:
        self.pairs.look_at(what, rows)  # type: ignore[arg-type]
        self.show_page(self.pairs)

    def _judge_queue(self, purpose: str) -> None:
        self.judging.open(purpose)
        self.show_page(self.judging)

    # ---- what a person does

    def judge(self, verdict: str) -> None:
        """The window's keys for accept, reject and undecided: an answer in a queue, a verdict in the table."""
        page = self.stack.currentWidget()
        if page is self.judging:
            self.judging.press(verdict)
        elif page is self.pairs:
            self.pairs.verdicts.buttons[verdict].click()

    def import_triples(self) -> None:
        """Ask for files, show what is in them, take them in."""
        home = self.workspace.path
        kinds = self.tr("Triples (*.tsv *.csv *.tab *.txt *.jsonl *.ndjson *.json *.gz *.bz2 *.zst);;All files (*)")
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Import triples"), "" if home is None else str(home.parent), kinds)
        if paths:
            self.ask_about([Path(path) for path in paths])

    def ask_about(self, paths: list[Path]) -> TripleImportDialog:
        """Show what is in `paths`, and take it in when the person says so."""
        dialog = TripleImportDialog(self.relating, paths, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def take_sample(self) -> None:
        """Take in the triples and lists that came with the sample project."""
        self.relating.take_sample()

    def ask_for_split(self) -> SplitDialog:
        """Write training, development and test data."""
        dialog = SplitDialog(self.relating, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog
