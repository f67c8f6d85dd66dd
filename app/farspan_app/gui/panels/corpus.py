"""The Corpus tab: the documents, what they hold, how they are read, and texts coming in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from farspan_app.gui.icons import icon
from farspan_app.gui.languages import completer, language_tag
from farspan_app.gui.numbers import numeral
from farspan_app.gui.panel import Panel
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.told import told_notice
from farspan_app.gui.widgets.empty import EmptyState
from farspan_app.gui.widgets.flow import FlowRow, growing
from farspan_app.gui.widgets.plots import BarPlot, LinePlot
from farspan_app.gui.widgets.text_import import TextImportDialog
from farspan_app.gui.words import QT_TRANSLATE_NOOP
from farspan_app.gui.workspace import Imported, Selection, Workspace

TOKENIZERS: Final = ("spacy", "unicode", "whitespace", "characters")
SHOWN_NOTICES: Final = 8
Index = QModelIndex | QPersistentModelIndex


class DocumentModel(QAbstractTableModel):
    """The documents: name, tokens, sentences, characters, spans, how many of them were judged."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        counted = (self.tr("Tokens"), self.tr("Sentences"), self.tr("Characters"), self.tr("Spans"), self.tr("Gold"))
        self.headings = (self.tr("Document"), *counted)
        self._columns: list[Any] = []
        self.order = np.empty(0, np.int64)

    def refresh(self) -> None:
        """Read the workspace again; the order is that of the corpus."""
        self.beginResetModel()
        documents, corpus, run = self._workspace.documents, self._workspace.corpus, self._workspace.run
        count = len(documents)
        spans = np.zeros(count, np.int64)
        if run is not None:
            spans = np.diff(np.searchsorted(run.spans.starts, run.corpus.doc_offsets))
        tokens = np.zeros(count, np.int64) if corpus is None else np.diff(corpus.doc_offsets)
        sentences = tokens if corpus is None else np.diff(np.searchsorted(corpus.sentences, corpus.doc_offsets))
        characters = np.array([len(document.text) for document in documents], np.int64)
        gold = self._workspace.state.gold_counts
        self._columns = [[document.id for document in documents], tokens, sentences, characters, spans, gold]
        self.order = np.arange(count)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  (Qt's own default)
        """The documents."""
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """The columns."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; numbers stand to the right."""
        value = self._columns[index.column()][self.order[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return value if isinstance(value, str) else numeral(int(value))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0:
            return value
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > 0:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; equals stay in the order of the corpus."""
        if not self._columns:
            return
        self.beginResetModel()
        values = self._columns[column]
        ranked = np.argsort(np.array(values) if column else np.array([str(value) for value in values]), kind="stable")
        self.order = ranked if order == Qt.SortOrder.AscendingOrder else ranked[::-1]
        self.endResetModel()


class CorpusPanel(Panel):
    """Documents in a table, language and tokenizer above, what the last import said below."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Corpus")
    help_page: ClassVar[str] = "window/corpus"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.model = DocumentModel(workspace, self)
        empty = EmptyState(
            self.tr("No texts yet"),
            self.tr(
                "Drop text files or folders here, or choose them. Plain text, Word, OpenDocument, XML, CoNLL, JSON and more are"
                " read."
            ),
            [(self.tr("Import texts ..."), self.ask_for_texts), (self.tr("Import a folder ..."), self.ask_for_folder)],
        )
        self.set_faces(empty, self._content())
        for signal in (workspace.documents_changed, workspace.run_changed):
            signal.connect(self.refresh)
        workspace.sources_changed.connect(self._show_language)
        self.refresh()

    def _content(self) -> QWidget:
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("Documents"))
        self.table.setModel(self.model)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSortingEnabled(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self.model.sort)
        self.table.doubleClicked.connect(self._open_text)
        self.notices = QLabel()
        self.notices.setWordWrap(True)
        self.notices.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notices.hide()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(self._bar())
        column.addWidget(self._table_and_plots(), 1)
        column.addWidget(self.notices)
        return page

    def _table_and_plots(self) -> QSplitter:
        self.by_label = BarPlot(self.tr("Spans by label"))
        self.by_list = BarPlot(self.tr("Spans by list"))
        self.over_corpus = LinePlot(self.tr("Over the corpus"))
        self.plots = QWidget()
        self.plots.setMinimumWidth(260)
        column = QVBoxLayout(self.plots)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(12)
        for plot in (self.by_label, self.by_list, self.over_corpus):
            column.addWidget(plot, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.plots)
        split.setSizes([900, 360])
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setCollapsible(0, False)
        return split

    def _draw(self) -> None:
        found = self.workspace.state.overview
        self.plots.setVisible(self.workspace.run is not None)
        self.by_label.show_counts(found.by_label, by_label=True)
        self.by_list.show_counts(found.by_list, by_label=False)
        self.over_corpus.show_lines(found.over_corpus)

    def _bar(self) -> FlowRow:
        self.counts = QLabel()
        self.counts.setProperty("quiet", True)
        self.language, self.tokenizer = QLineEdit(), QComboBox()
        self.language.setFixedWidth(150)
        self.language.setPlaceholderText(self.tr("any language"))
        offered = completer(self.language)
        offered.activated.connect(lambda _: self._set_language(), Qt.ConnectionType.QueuedConnection)
        self.language.setCompleter(offered)
        self.language.setAccessibleName(self.tr("Language of the texts"))
        self.language.setToolTip(self.tr("A language such as Amharic, or its BCP-47 tag: am, et, pt-BR; xx is any language"))
        self.language.editingFinished.connect(self._set_language)
        self.tokenizer.addItems(TOKENIZERS)
        self.tokenizer.setAccessibleName(self.tr("How text is cut into tokens"))
        self.tokenizer.activated.connect(self._set_language)
        self.add_button = self._button("import", self.tr("Import texts ..."), self.ask_for_texts, primary=True)
        self.folder_button = self._button("folder", self.tr("Import a folder ..."), self.ask_for_folder)
        self.remove_button = self._button("remove", self.tr("Remove"), self.remove_chosen)
        self.remove_button.setToolTip(self.tr("Take the chosen documents out of the corpus; your work in them is kept"))
        bar = FlowRow()
        for button in (self.add_button, self.folder_button, self.remove_button):
            bar.addWidget(button)
        bar.addWidget(growing(self.counts))
        for text, widget in ((self.tr("Language"), self.language), (self.tr("Tokens by"), self.tokenizer)):
            label = QLabel(text)
            label.setBuddy(widget)
            pair = QWidget()  # a box goes into the next row with its title
            pair.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            side = QHBoxLayout(pair)
            side.setContentsMargins(0, 0, 0, 0)
            side.addWidget(label)
            side.addWidget(widget)
            bar.addWidget(pair)
        return bar

    def _button(self, drawing: str, text: str, act: Any, *, primary: bool = False) -> QPushButton:
        button = QPushButton(icon(drawing, on_accent=primary), text)
        button.setAccessibleName(text)
        button.setProperty("primary", primary)
        button.clicked.connect(lambda _=False: act())
        return button

    def refresh(self) -> None:
        """Show what the workspace has."""
        self.model.refresh()
        self._draw()
        workspace = self.workspace
        self.show_content(len(workspace.documents) > 0)
        tokens = 0 if workspace.corpus is None else len(workspace.corpus)
        self.counts.setText(self.tr("{} documents, {} tokens").format(numeral(len(workspace.documents)), numeral(tokens)))
        controls: tuple[QWidget, ...] = (self.add_button, self.folder_button, self.remove_button, self.language, self.tokenizer)
        for control in controls:
            control.setEnabled(not workspace.read_only)
        if not workspace.documents:
            self._say([])
        self._show_language()

    def ask_for_texts(self) -> None:
        """Ask for files, and how they are read."""
        preferences = Preferences.of(self)
        folder = str(preferences.last_folder("texts", self.workspace.path))
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Import texts"), folder)
        if paths:
            preferences.set_last_folder("texts", Path(paths[0]).parent)
            self.ask_about(paths)

    def ask_for_folder(self) -> None:
        """Ask for a folder and take all texts below it in."""
        preferences = Preferences.of(self)
        folder = str(preferences.last_folder("texts", self.workspace.path))
        path = QFileDialog.getExistingDirectory(self, self.tr("Import a folder"), folder)
        if path:
            preferences.set_last_folder("texts", Path(path))
            self.ask_about([path])

    def ask_about(self, paths: Sequence[str | Path]) -> TextImportDialog:
        """Show how `paths` would be read, and take them in as a person says."""
        dialog = TextImportDialog(self.workspace, paths, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.import_texts(paths, **dialog.chosen))
        dialog.open()
        return dialog

    def import_texts(self, paths: Sequence[str | Path], **how: Any) -> None:
        """Take `paths` in, and say what was put right on the way."""
        self.workspace.import_texts(list(paths), **how).succeeded.connect(self._imported)

    def remove_chosen(self) -> None:
        """Take the chosen documents out."""
        rows = self.table.selectionModel().selectedRows()
        numbers = [int(self.model.order[index.row()]) for index in rows]
        if numbers:
            self.workspace.remove_documents(numbers)

    def _imported(self, imported: Imported) -> None:
        done, lines = imported.done, []
        lines.append(
            self.tr("{} added, {} changed, {} as they were").format(*map(numeral, (done.added, done.changed, done.unchanged)))
        )
        if done.detached:
            lines.append(
                self.tr("{} judgements or edits found no place in the changed texts; they are kept").format(
                    numeral(done.detached)
                )
            )
        for kind, notices in imported.report.notices.items():
            lines += [told_notice(str(notice)) for notice in notices[:SHOWN_NOTICES]]
            if imported.report.counts[kind] > len(notices):
                lines.append(
                    self.tr("... and {} more of the kind {}").format(numeral(imported.report.counts[kind] - len(notices)), kind)
                )
        self._say(lines)

    def _say(self, lines: Sequence[str]) -> None:
        self.notices.setText("\n".join(lines))
        self.notices.setVisible(bool(lines))

    def _show_language(self) -> None:
        rules = self.workspace.rules
        self.language.setText(rules.lang)
        if self.tokenizer.findText(rules.tokenizer) < 0:
            self.tokenizer.addItem(rules.tokenizer)
        self.tokenizer.setCurrentText(rules.tokenizer)

    def _set_language(self) -> None:
        lang, tokenizer = language_tag(self.language.text()), self.tokenizer.currentText()
        rules = self.workspace.rules
        if self.workspace.project is not None and (lang, tokenizer) != (rules.lang, rules.tokenizer):
            self.workspace.set_language(lang, tokenizer).failed.connect(lambda _: self._show_language())
        else:
            self._show_language()

    def _open_text(self, index: QModelIndex) -> None:
        self.workspace.select(Selection(int(self.model.order[index.row()]), 0, 0))
        show: Any = getattr(self.window(), "show_tab", None)
        if show is not None:
            show("text")
