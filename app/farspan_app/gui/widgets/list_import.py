"""Importing a list: what each column holds, what the names will be, what is wrong with which row; all before it is done."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.errors import FarspanError, OptionError
from farspan.sources.arguments import ROLES, Columns, check_label
from farspan.sources.kb.forms import bare_suffix
from farspan.sources.kb.vocabularies import is_vocabulary
from farspan.sources.lists import EntityList, ListArgument
from farspan.sources.rows import ColumnMissing
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.workspace import Workspace

LIST_FILES: Final = (
    "*.txt *.csv *.tsv *.json *.jsonl *.regex *.labels *.patterns *.lst *.def *.obo *.skos *.rdf *.owl *.ttl *.nt *.n3 *.nq"
    " *.trig *.jsonld *.srj *.srx *.gz *.bz2 *.zst"
)
"""What a list may be, as a dialog of files says it."""
LANGUAGE_SUFFIXES: Final = frozenset({".skos", ".rdf", ".owl", ".ttl", ".nt", ".n3", ".nq", ".trig", ".jsonld"})
SHOWN_NAMES: Final = 200
SHOWN_PROBLEMS: Final = 200


class ListImportDialog(QDialog):
    """Label and columns above, names and problems below; what is shown is what will be imported."""

    def __init__(self, workspace: Workspace, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import the list {}").format(path.name))
        self.resize(760, 560)
        self._workspace = workspace
        self._path = path
        self.label = QLineEdit(suggested_label(path))
        self.label.setAccessibleName(self.tr("Label of the matches"))
        self.label.setToolTip(self.tr("What a match is called in the corpus, such as PER, LOC or MOVIE"))
        self.roles = {role: QComboBox() for role in ROLES}
        self.langs = QLineEdit()
        self.langs.setAccessibleName(self.tr("Languages of the names"))
        self.langs.setPlaceholderText(self.tr("am, en: the first that has a name; empty: whatever there is"))
        self._has_languages = bare_suffix(str(path)) in LANGUAGE_SUFFIXES
        self.status, self.names, self.problems = QLabel(), QTableWidget(0, 3), QPlainTextEdit()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(200)
        self._later.timeout.connect(self._read)
        self._columns_known = False
        self._lay_out()
        self._read()

    @property
    def argument(self) -> ListArgument:
        """What is asked for."""
        chosen = {role: box.currentData() for role, box in self.roles.items()} if self._columns_known else {}
        langs = ",".join(self.langs.text().replace(",", " ").split())
        columns = Columns(lang=langs or None) if self._has_languages else Columns(**chosen)
        return ListArgument(self.label.text().strip(), str(self._path), columns)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Label"), self.label)
        titles = {
            "name": self.tr("Names in"),
            "id": self.tr("Ids in"),
            "aliases": self.tr("Aliases in"),
            "label": self.tr("Own labels in"),
        }
        for role, box in self.roles.items():
            box.setAccessibleName(titles[role])
            form.addRow(titles[role], box)
            box.activated.connect(lambda _: self._later.start())
        form.addRow(self.tr("Languages"), self.langs)
        form.setRowVisible(self.langs, self._has_languages)
        for line in (self.label, self.langs):
            line.textEdited.connect(lambda _: self._later.start())
        self._form = form
        self._show_roles(False)
        self.status.setWordWrap(True)
        self.names.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Ids"), self.tr("Label")])
        self.names.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.names.verticalHeader().hide()
        self.names.setShowGrid(False)
        self.names.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.names.setAccessibleName(self.tr("Names as they will be matched"))
        self.problems.setReadOnly(True)
        self.problems.setMaximumHeight(110)
        self.problems.setAccessibleName(self.tr("Problems by row"))
        self.problems.hide()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(self.names, 1)
        column.addWidget(self.status)
        column.addWidget(self.problems)
        column.addWidget(self.buttons)

    def _show_roles(self, there_are_columns: bool) -> None:
        for box in self.roles.values():
            self._form.setRowVisible(box, there_are_columns)

    def _read(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(False)
        try:
            check_label(self.label.text().strip())
        except OptionError as error:
            self._say(str(error))
            return
        task = self._workspace.read_list(self.argument)
        task.error_shown = True
        task.succeeded.connect(self._show)
        task.failed.connect(self._refuse)

    def _refuse(self, error: BaseException) -> None:
        self.names.setRowCount(0)
        if isinstance(error, ColumnMissing) and error.there and not self._columns_known:
            self._fill_roles(error.there)
            self.roles["name"].setCurrentIndex(1)  # the first column is the best guess; a person sees it at once
            self._read()
            return
        self._say(str(error) if isinstance(error, FarspanError) else repr(error))

    def _say(self, text: str) -> None:
        self.status.setText(text)

    def _show(self, found: EntityList) -> None:
        if not self._columns_known and found.columns and not is_vocabulary(str(self._path)):
            self._fill_roles(found.columns)
        self.names.setRowCount(min(len(found), SHOWN_NAMES))
        for row in range(self.names.rowCount()):
            label = found.labels[row] if found.labels is not None else ""
            for column, text in enumerate((found.surfaces[row], ", ".join(found.ids[row]), label or found.label)):
                self.names.setItem(row, column, QTableWidgetItem(displayable(text)))
        said = self.tr("{:,} names from {:,} rows").format(len(found), found.rows)
        if found.duplicates:
            said += self.tr("; {:,} stood twice").format(found.duplicates)
        if found.problems:
            said += self.tr("; rows with problems: {:,}; the rest is imported").format(len(found.problems))
        self._say(said)
        lines = [str(problem) for problem in found.problems[:SHOWN_PROBLEMS]]
        if len(found.problems) > SHOWN_PROBLEMS:
            lines.append(self.tr("... and {:,} more").format(len(found.problems) - SHOWN_PROBLEMS))
        self.problems.setPlainText("\n".join(lines))
        self.problems.setVisible(bool(lines))
        button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        button.setText(self.tr("Import {:,} names").format(len(found)))
        button.setEnabled(True)

    def _fill_roles(self, columns: tuple[str, ...]) -> None:
        for role, box in self.roles.items():
            box.clear()
            box.addItem(self.tr("(by its name)"), None)
            if role != "name":
                box.addItem(self.tr("(none)"), "")
            for name in columns:
                box.addItem(name, name)
        self._columns_known = True
        self._show_roles(True)


def suggested_label(path: Path) -> str:
    """A label that the file's name suggests; a person changes it as they like."""
    stem = "".join(character if character.isalnum() else "-" for character in path.stem).strip("-")
    return stem.upper()[:20] or "NAME"
