"""Importing a list: what each column holds, what the names will be, what is wrong with which row; all before it is done."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
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

from farspan.errors import OptionError, Place
from farspan.sources.arguments import ROLES, Columns, check_label
from farspan.sources.kb.forms import bare_suffix
from farspan.sources.kb.vocabularies import is_vocabulary
from farspan.sources.lists import EntityList, ListArgument
from farspan.sources.rows import ColumnMissing, RowProblem, choose_columns
from farspan_app.gui.numbers import counted, numeral
from farspan_app.gui.told import told, told_fault
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.encodings import EncodingBox
from farspan_app.gui.widgets.headings import usual_columns
from farspan_app.gui.workspace import Workspace

LIST_FILES: Final = (
    "*.txt *.csv *.tsv *.json *.jsonl *.regex *.labels *.patterns *.lst *.def *.obo *.skos *.rdf *.owl *.ttl *.nt *.n3 *.nq"
    " *.trig *.jsonld *.srj *.srx *.gz *.bz2 *.zst"
)
"""What a list may be, as a dialog of files says it."""
LANGUAGE_SUFFIXES: Final = frozenset({".skos", ".rdf", ".owl", ".ttl", ".nt", ".n3", ".nq", ".trig", ".jsonld"})
SHOWN_NAMES: Final = 200
SHOWN_PROBLEMS: Final = 200
_LINES_OF_PROBLEMS: Final = 6
LABELS: Final = "PER, LOC, MOVIE ..."
"""What labels look like, where none is given yet."""
NO_LABEL: Final = "?"
"""Stands for the label while a person has given none, so that the names can be shown; nothing is imported under it."""


class ListImportDialog(QDialog):
    """Label and columns above, names and problems below; what is shown is what will be imported."""

    def __init__(self, workspace: Workspace, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import the list {}").format(path.name))
        self.resize(760, 640)
        self._workspace = workspace
        self._path = path
        self.label = QLineEdit()
        self.label.setPlaceholderText(LABELS)
        self.label.setAccessibleName(self.tr("Label of the matches"))
        self.label.setToolTip(self.tr("What a match is called in the corpus, such as PER, LOC or MOVIE"))
        self.encoding = EncodingBox()
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
        self._own_label = ""
        self._found: EntityList | None = None
        self._lay_out()
        self._read()

    @property
    def argument(self) -> ListArgument:
        """What is asked for. Where every name has a label of its own, the one that most have is that of the list."""
        return ListArgument(self._label or self._own_label or NO_LABEL, str(self._path), self._columns)

    @property
    def _label(self) -> str:
        return self.label.text().strip()

    @property
    def _columns(self) -> Columns:
        langs = ",".join(self.langs.text().replace(",", " ").split())
        chosen = {role: box.currentData() for role, box in self.roles.items()} if self._columns_known else {}
        return Columns(lang=langs or None) if self._has_languages else Columns(**chosen)

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
        form.addRow(self.tr("Encoding"), self.encoding)
        self.encoding.activated.connect(lambda _: self._later.start())
        for line in (self.label, self.langs):
            line.textEdited.connect(lambda _: self._later.start())
        self._form = form
        self._show_roles(False)
        self.status.setWordWrap(True)
        self.names.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Ids"), self.tr("Label")])
        head = self.names.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.names.verticalHeader().hide()
        self.names.setShowGrid(False)
        self.names.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.names.setAccessibleName(self.tr("Names as they will be matched"))
        self.problems.setReadOnly(True)
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
        self._enable(0)
        asked = ListArgument(self._label or NO_LABEL, str(self._path), self._columns)
        try:
            check_label(asked.label)
        except OptionError as error:
            self._say(told_fault(error), is_fault=True)
            return
        task = self._workspace.read_list(asked, encoding=self.encoding.chosen)
        task.error_shown = True
        task.succeeded.connect(self._take)
        task.failed.connect(self._refuse)

    def _refuse(self, error: BaseException) -> None:
        self.names.setRowCount(0)
        if isinstance(error, ColumnMissing) and error.there and not self._columns_known:
            self._fill_roles(error.there)
            self._read()
            return
        self._say(told_fault(error), is_fault=True)

    def _say(self, text: str, *, is_fault: bool = False) -> None:
        self.status.setText(displayable(text))
        if self.status.property("fault") != is_fault:
            self.status.setProperty("fault", is_fault)
            self.status.style().polish(self.status)

    def _take(self, found: EntityList) -> None:
        """Show what was read, or read it once more where the usual headings say more than the engine looks for."""
        if not self._columns_known and found.columns and not is_vocabulary(str(self._path)):
            self._fill_roles(found.columns)
            if usual_columns(found.columns) != choose_columns(str(self._path), found.columns, Columns()):
                self._read()
                return
        self._show(found)

    def _show(self, found: EntityList) -> None:
        self.names.setRowCount(min(len(found), SHOWN_NAMES))
        for row in range(self.names.rowCount()):
            label = found.labels[row] if found.labels is not None else found.label
            shown = (found.surfaces[row], ", ".join(found.ids[row]), "" if label == NO_LABEL else label)
            for column, text in enumerate(shown):
                item = QTableWidgetItem(displayable(text))
                item.setToolTip(displayable(text))
                self.names.setItem(row, column, item)
        self._show_problems(found)
        names, rows = self.tr("%n name(s)", "", len(found)), self.tr("from %n row(s)", "", found.rows)
        said = f"{counted(names, len(found))} {counted(rows, found.rows)}"
        if found.duplicates:
            said += self.tr("; {} stood twice").format(numeral(found.duplicates))
        if faulty := rows_with_problems(found):
            said += self.tr("; rows with problems: {}; the rest is imported").format(numeral(faulty))
        own = Counter(label for label in found.labels or () if label != NO_LABEL)
        self._own_label = own.most_common(1)[0][0] if own else ""
        without = 0 if self._label else len(found) - own.total()
        self._enable(0 if without else len(found))
        if without == len(found):
            said = self.tr("Give the matches a label, such as PER or LOC. {}").format(said)
        elif without:
            asked = self.tr("%n name(s) without a label of their own: give one for them.", "", without)
            said = f"{counted(asked, without)} {said}"
        self._say(said)

    def _show_problems(self, found: EntityList) -> None:
        lines = [_told(problem) for problem in found.problems[:SHOWN_PROBLEMS]]
        if len(found.problems) > SHOWN_PROBLEMS:
            lines.append(self.tr("... and {} more").format(numeral(len(found.problems) - SHOWN_PROBLEMS)))
        self.problems.setPlainText("\n".join(lines))
        room = self.problems.fontMetrics().lineSpacing() * min(max(len(lines), 2), _LINES_OF_PROBLEMS)
        edges = 2 * (round(self.problems.document().documentMargin()) + self.problems.frameWidth() + 2)
        self.problems.setFixedHeight(room + edges)
        self.problems.setVisible(bool(lines))

    def _enable(self, count: int) -> None:
        """Let `count` names be imported; 0: not yet."""
        button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        button.setText(counted(self.tr("Import %n name(s)", "", count), count) if count else self.tr("Import"))
        button.setEnabled(count > 0)

    def _fill_roles(self, columns: tuple[str, ...]) -> None:
        usual = usual_columns(columns)
        for role, box in self.roles.items():
            box.clear()
            if role != "name":
                box.addItem(self.tr("none"), "")
            for name in filter(None, columns):
                box.addItem(displayable(name), name)
            box.setCurrentIndex(max(0, box.findData(usual.get(role, ""))))
        self._columns_known = True
        self._show_roles(True)


def rows_with_problems(found: EntityList) -> int:
    """How many rows of the file have one; what is said of the file as a whole, such as its encoding, is none of a row."""
    return len({problem.place.line for problem in found.problems if problem.place.line is not None}) + sum(
        problem.place.line is None and not _is_of_the_file(problem) for problem in found.problems
    )


def _told(problem: RowProblem) -> str:
    """Where it is in the file, what it is, and, of a row, what becomes of it."""
    where = Place(Path(problem.place.path).name, problem.place.line)
    return f"{where}: {told(problem.what)}" + ("" if _is_of_the_file(problem) else f"; {told(problem.handled)}")


def _is_of_the_file(problem: RowProblem) -> bool:
    return problem.what.startswith(("not UTF-8;", "features that a list cannot hold"))
