"""The Export tab: formats with what each cannot express, told before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.formats import FORMATS
from farspan.formats.loss import Loss
from farspan.formats.schemes import SCHEMES
from farspan.job import Job
from farspan_app.gui.beside import BESIDE, Beside
from farspan_app.gui.icons import icon
from farspan_app.gui.numbers import numeral
from farspan_app.gui.panel import Panel
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.tasks import Task
from farspan_app.gui.told import told
from farspan_app.gui.widgets.empty import EmptyState
from farspan_app.gui.widgets.format_tree import FormatTree, described
from farspan_app.gui.words import QT_TRANSLATE_NOOP
from farspan_app.gui.workspace import Workspace

_MOST_SHOWN: Final = 9
WRITABLE: Final = tuple(item for item in FORMATS.values() if item.write is not None)


class ExportPanel(Panel):
    """Choose a format, read what it leaves out, see the beginning, write."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Export")
    help_page: ClassVar[str] = "window/export"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        empty = EmptyState(
            self.tr("Nothing to export yet"),
            self.tr("With texts and a list of names in the project there is a corpus to write: CoNLL, JSON lines and others."),
            [
                (self.tr("Import texts ..."), lambda: self._go("import_texts")),
                (self.tr("Import a list ..."), lambda: self._go("import_list")),
            ],
        )
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(150)
        self._later.timeout.connect(self._ask)
        self.set_faces(empty, self._content())
        for signal in (workspace.run_changed, workspace.judgements_changed):
            signal.connect(self.refresh)
        self.refresh()

    def _content(self) -> QWidget:
        self.scheme = QComboBox()
        self.scheme.setAccessibleName(self.tr("Scheme of the tags"))
        self.scheme.addItems([str(name) for name in SCHEMES])
        self.heading, self.about, self.verdict = QLabel(), QLabel(), QLabel()
        self.heading.setProperty("heading", True)
        for label in (self.about, self.verdict):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about.setProperty("quiet", True)
        self.losses = QTreeWidget()
        self.losses.setAccessibleName(self.tr("What the format leaves out"))
        self.losses.setHeaderLabels([self.tr("Left out"), self.tr("How many"), self.tr("For example")])
        self.losses.setRootIsDecorated(False)
        self.losses.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.losses.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.beginning = QPlainTextEdit()
        self.beginning.setReadOnly(True)
        self.beginning.setAccessibleName(self.tr("The beginning of the file"))
        self.beginning.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.beginning.setTabStopDistance(160)
        self.beginning.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.write_button = QPushButton(icon("export", on_accent=True), self.tr("Export ..."))
        self.write_button.setProperty("primary", True)
        self.write_button.setAccessibleName(self.tr("Export"))
        self.write_button.clicked.connect(self.ask_and_export)
        self.formats = FormatTree(WRITABLE, tuple(BESIDE.values()))
        self.formats.setFixedWidth(280)
        self.formats.choose("conll")
        self.formats.chosen.connect(self._format_changed)
        self.scheme.currentTextChanged.connect(self._format_changed)
        return self._page()

    def _page(self) -> QWidget:
        self._scheme_label = QLabel(self.tr("Tags"))
        self._scheme_label.setBuddy(self.scheme)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.heading)
        row.addStretch()
        row.addWidget(self._scheme_label)
        row.addWidget(self.scheme)
        row.addWidget(self.write_button)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(row)
        right.addWidget(self.about)
        right.addWidget(self.verdict)
        right.addWidget(self.losses)
        self._caption = QLabel()
        self._caption.setProperty("quiet", True)
        right.addWidget(self._caption)
        right.addWidget(self.beginning, 1)
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(12, 12, 12, 12)
        columns.setSpacing(18)
        columns.addWidget(self.formats)
        columns.addLayout(right, 1)
        return page

    @property
    def format(self) -> str:
        """The format chosen."""
        return self.formats.current

    @property
    def beside(self) -> Beside | None:
        """What is chosen instead of a format: the recipe, the report or the archive."""
        return BESIDE.get(self.format)

    @property
    def chosen_scheme(self) -> str | None:
        """The scheme chosen; None where the format has none."""
        return self.scheme.currentText() if "scheme" in FORMATS[self.format].write_options else None

    def refresh(self) -> None:
        """Show what the workspace has."""
        self.show_content(self.workspace.run is not None)
        self._format_changed()

    def showEvent(self, event: object) -> None:  # noqa: N802
        """What it cannot express is counted when somebody looks."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._format_changed()

    def export(self, path: str | Path) -> Task:
        """Write what is chosen to `path`."""
        one = self.beside
        task = (
            self.workspace.export(path, self.format, self.chosen_scheme) if one is None else self._write_beside(one, Path(path))
        )
        task.succeeded.connect(lambda _: self.workspace.message.emit(self.tr("Written to {}").format(path)))
        return task

    def ask_and_export(self) -> None:
        """Ask where, and write."""
        home = self.workspace.path
        stem = home.stem if home is not None else "corpus"
        kinds = self._kinds()
        first = kinds[0][1]
        suggested = Preferences.of(self).last_folder("export", home) / (stem + (first or "-recipe" * (self.format == "recipe")))
        filters = ";;".join(title for title, _suffix in kinds)
        path, chosen = QFileDialog.getSaveFileName(self, self.tr("Export"), str(suggested), filters)
        if path:
            Preferences.of(self).set_last_folder("export", Path(path).parent)
            suffix = next((suffix for title, suffix in kinds if title == chosen), first)
            is_folder = not suffix and self.beside is None
            bare = path.removesuffix(first) if is_folder else path  # the dialog keeps the suffix it suggested
            self.export(bare if is_folder or not suffix or Path(bare).suffix else bare + suffix)

    def _kinds(self) -> list[tuple[str, str]]:
        """What the file may be, as the dialog says it, and its suffix; "" for a folder. The first is suggested."""
        one = self.beside
        if one is not None:
            return [(f"{self._title(one)} (*{suffix})", suffix) for suffix in one.suffixes] or [(self.tr("Folder (*)"), "")]
        item = FORMATS[self.format]
        if item.single or item.content == "pair":  # one file a document: an archive takes them all
            return [(self.tr("{} in a ZIP archive (*.zip)").format(item.name), ".zip"), (self.tr("Folder (*)"), "")]
        patterns = " ".join(f"*{suffix}" for suffix in item.suffixes)
        return [(f"{item.name} ({patterns})", item.suffixes[0])]

    def _title(self, one: Beside) -> str:
        return QCoreApplication.translate("Beside", one.title)

    def _write_beside(self, one: Beside, path: Path) -> Task:
        opened, state = self.workspace.opened, self.workspace.state
        assert opened is not None  # noqa: S101  (there is something to export)

        def work(job: Job) -> object:
            opened.record(state, job)
            return one.write(opened.project, path, job)

        return self.workspace.tasks.start(self.tr("Exporting {}").format(path.name), work, lane="database")

    def _format_changed(self) -> None:
        one = self.beside
        self._caption.setText(self.tr("How it will begin") if one is None else self.tr("What it will hold"))
        self.scheme.setVisible(one is None and "scheme" in FORMATS[self.format].write_options)
        self._scheme_label.setVisible(not self.scheme.isHidden())
        if one is None:
            item = FORMATS[self.format]
            offsets, said = self.tr("Offsets count: {}.").format(told(item.unit)), described(item)
            self.heading.setText(item.name)
            self.about.setText(f"{said[:1].upper()}{said[1:]}. {offsets} {', '.join(item.suffixes)}")
        else:
            self.heading.setText(self._title(one))
            self.about.setText(QCoreApplication.translate("Beside", one.about))
        if self.workspace.run is not None and self.isVisible():
            self.verdict.show()
            self.verdict.setText(self.tr("Checking what it can express ...") if one is None else self.tr("Looking ..."))
            self._later.start()

    def _ask(self) -> None:
        if self.workspace.project is None or self.workspace.run is None:
            return
        if (one := self.beside) is not None:
            self._preview(one)
            return
        self.workspace.measure_loss(self.format, self.chosen_scheme).succeeded.connect(self._show_loss)

    def _preview(self, one: Beside) -> None:
        opened, state = self.workspace.opened, self.workspace.state
        assert opened is not None  # noqa: S101  (there is a project)

        def work(job: Job) -> tuple[Loss, str]:
            opened.record(state, job)
            return Loss(), one.preview(opened.project, job)

        title = self.tr("Looking at the {}").format(self._title(one).lower())
        task = self.workspace.tasks.start(title, work, kind="loss", lane="database")
        task.succeeded.connect(self._show_loss)

    def _show_loss(self, found: tuple[Loss, str]) -> None:
        loss, beginning = found
        keeps = self.tr("This format keeps everything.") if self.beside is None else ""
        self.verdict.setText(self.tr("This format cannot hold all of it:") if loss.counts else keeps)
        self.verdict.setVisible(bool(self.verdict.text()))
        self.losses.clear()
        for kind, count in loss.counts.most_common():
            row = QTreeWidgetItem([_what(kind), numeral(count), "; ".join(loss.examples.get(kind, ())[:3])])
            row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.setToolTip(2, "\n".join(loss.examples.get(kind, ())))
            self.losses.addTopLevelItem(row)
        self.losses.setVisible(bool(loss.counts))
        for column in (0, 1):
            self.losses.resizeColumnToContents(column)
        rows = self.losses.sizeHintForRow(0) * min(len(loss.counts), _MOST_SHOWN)
        self.losses.setFixedHeight(self.losses.header().sizeHint().height() + rows + 2 * self.losses.frameWidth())
        self.beginning.setPlainText(beginning)

    def _go(self, action: str) -> None:
        ask = getattr(self.window(), action, None)
        if ask is not None:
            ask()


_KINDS: Final = {
    "nested": QT_TRANSLATE_NOOP("Loss", "spans inside others"),
    "overlapping": QT_TRANSLATE_NOOP("Loss", "overlapping spans"),
    "borders": QT_TRANSLATE_NOOP("Loss", "spans that do not begin and end with tokens"),
    "merged": QT_TRANSLATE_NOOP("Loss", "touching spans made one"),
    "ids": QT_TRANSLATE_NOOP("Loss", "ids of entities"),
    "scores": QT_TRANSLATE_NOOP("Loss", "scores"),
    "relations": QT_TRANSLATE_NOOP("Loss", "relations"),
    "text": QT_TRANSLATE_NOOP("Loss", "documents whose white space is not kept"),
    "columns": QT_TRANSLATE_NOOP("Loss", "further columns"),
    "tokens": QT_TRANSLATE_NOOP("Loss", "tokens with a character replaced"),
    "labels": QT_TRANSLATE_NOOP("Loss", "labels with a character replaced"),
    "documents": QT_TRANSLATE_NOOP("Loss", "borders between documents"),
    "sources": QT_TRANSLATE_NOOP("Loss", "sources of spans"),
    "names": QT_TRANSLATE_NOOP("Loss", "names behind spans"),
    "meta": QT_TRANSLATE_NOOP("Loss", "what is said of documents"),
}


def _what(kind: str) -> str:
    return QCoreApplication.translate("Loss", _KINDS.get(kind, kind))
