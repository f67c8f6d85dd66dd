"""Extraction from a knowledge base: what is wanted of it, and the first names found before hours are spent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.sources.arguments import label_fault
from farspan.sources.kb.forms import FORMS
from farspan_app.gui.extracting import Look, Request, found_form, look
from farspan_app.gui.numbers import numeral
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.told import told, told_fault
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.list_import import LABELS
from farspan_app.gui.words import QT_TRANSLATE_NOOP
from farspan_app.gui.workspace import Workspace

_PAUSE: Final = 400
_DEEPEST: Final = 30
_FORMS: Final = {
    "wikidata": QT_TRANSLATE_NOOP("Forms", "Dump of Wikidata (JSON)"),
    "rdf": QT_TRANSLATE_NOOP("Forms", "SKOS, OWL or other RDF"),
    "obo": QT_TRANSLATE_NOOP("Forms", "OBO ontology"),
    "esco": QT_TRANSLATE_NOOP("Forms", "Table of ESCO"),
    "geonames": QT_TRANSLATE_NOOP("Forms", "Table of GeoNames"),
    "gate": QT_TRANSLATE_NOOP("Forms", "GATE gazetteer"),
    "sparql": QT_TRANSLATE_NOOP("Forms", "Result of a SPARQL query"),
    "table": QT_TRANSLATE_NOOP("Forms", "Plain list or table"),
}
_FIELDS: Final = {  # which rows of the form a kind of knowledge base has, beside name, label and further names
    "wikidata": {"classes", "spec", "steps", "langs", "best", "partial"},
    "rdf": {"classes", "steps", "langs"},
    "obo": {"classes", "steps", "synonyms"},
    "geonames": {"features", "langs", "alternates"},
}


class DumpImportDialog(QDialog):
    """What `request` says when it is accepted is what is extracted."""

    def __init__(self, workspace: Workspace, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Extract names from {}").format(path.name))
        self.resize(960, 600)
        self._workspace, self._path = workspace, path
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._look)
        self._rows: dict[str, QWidget] = {}
        self._make_fields()
        self._lay_out()
        self._find_form()

    @property
    def request(self) -> Request:
        """What is asked for."""
        return Request(
            str(self._path),
            str(self.form.currentData()),
            self.name.text().strip(),
            self.label.text().strip(),
            self.classes.text(),
            self.langs.text(),
            self.steps.value(),
            self.aliases.isChecked(),
            self.ids.isChecked(),
            self.best.isChecked(),
            self.partial.isChecked(),
            self.spec.text().strip(),
            self.synonyms.text().strip() or "exact",
            self.features.text(),
            self.alternates.text().strip(),
        )

    def _make_fields(self) -> None:
        stem = self._path.name.partition(".")[0]
        self.form, self.steps = QComboBox(), QSpinBox()
        for name in FORMS:
            self.form.addItem(QCoreApplication.translate("Forms", _FORMS[name]), name)
        self.name, self.label = QLineEdit(stem), QLineEdit()
        self.label.setPlaceholderText(LABELS)
        self.classes, self.langs, self.spec = QLineEdit(), QLineEdit(), QLineEdit()
        self.synonyms, self.features, self.alternates = QLineEdit("exact"), QLineEdit(), QLineEdit()
        self.aliases, self.ids = QCheckBox(self.tr("Further names (aliases) too")), QCheckBox(self.tr("Keep the ids"))
        self.best = QCheckBox(self.tr("Only statements of the best rank"))
        self.partial = QCheckBox(self.tr("The dump may be cut off"))
        for box in (self.aliases, self.ids):
            box.setChecked(True)
        self.langs.setPlaceholderText(self.tr("am, en: the first that has a name"))
        self.features.setPlaceholderText(self.tr("P: populated places; A: regions; PPLC: capitals"))
        self.spec.setPlaceholderText(self.tr("Lines of class, language, label"))
        for line in (self.name, self.label, self.classes, self.langs, self.spec, self.synonyms, self.features, self.alternates):
            line.textChanged.connect(lambda *_: self._later.start())
        for check in (self.aliases, self.ids, self.best, self.partial):
            check.toggled.connect(lambda *_: self._later.start())
        self.steps.valueChanged.connect(lambda *_: self._later.start())
        self.form.activated.connect(self._form_chosen)

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._add("form", self.tr("Kind"), self.form)
        self._add("name", self.tr("Name of the list"), self.name)
        self._add("label", self.tr("Label"), self.label)
        self._add("classes", self.tr("Classes"), self.classes)
        self._add("steps", self.tr("Steps below them"), self.steps)
        self._add("langs", self.tr("Languages"), self.langs)
        self._add("synonyms", self.tr("Synonyms"), self.synonyms)
        self._add("features", self.tr("Features"), self.features)
        self._add("alternates", self.tr("Names by language"), self._with_button(self.alternates, self.tr("Names by language")))
        self._add("spec", self.tr("Specification"), self._with_button(self.spec, self.tr("Specification")))
        self.spec.setToolTip(self.tr("Many lists at once, in place of classes: a line has class, language and label, with tabs"))
        for name, box in (("aliases", self.aliases), ("ids", self.ids), ("best", self.best), ("partial", self.partial)):
            self._add(name, "", box)
        left = QWidget()
        left.setLayout(self._form)
        left.setFixedWidth(400)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
        columns.addLayout(self._preview(), 1)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Extract"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.hint = QLabel()
        self.hint.setProperty("quiet", True)
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(columns, 1)
        column.addWidget(self.hint)
        column.addWidget(self.buttons)

    def _preview(self) -> QVBoxLayout:
        self.status, self.names = QLabel(), QTableWidget(0, 4)
        self.status.setWordWrap(True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.names.setAccessibleName(self.tr("The first names found"))
        self.names.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Further names"), self.tr("Id"), self.tr("Label")])
        self.names.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.names.horizontalHeader().resizeSection(1, 150)
        self.names.verticalHeader().hide()
        self.names.setShowGrid(False)
        self.names.setWordWrap(False)
        self.names.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        found = QVBoxLayout()
        found.addWidget(self.names, 1)
        found.addWidget(self.status)
        return found

    def _add(self, name: str, title: str, widget: QWidget) -> None:
        control = getattr(self, name)
        control.setAccessibleName(title or control.text())
        self._rows[name] = widget
        self._form.addRow(title, widget)

    def _with_button(self, line: QLineEdit, title: str) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        button = QPushButton(self.tr("Choose ..."))
        button.setAccessibleName(self.tr("Choose a file: {}").format(title))
        button.clicked.connect(partial(self._choose, line, title))
        row.addWidget(line, 1)
        row.addWidget(button)
        return whole

    def _choose(self, line: QLineEdit, title: str) -> None:
        path, _ = QFileDialog.getOpenFileName(self, title, str(self._path.parent))
        if path:
            line.setText(path)

    # ---- what kind it is

    def _find_form(self) -> None:
        self._enable(False)
        self.status.setText(self.tr("Looking at the file ..."))
        self._run(self.tr("Looking at a file"), lambda _: found_form(str(self._path)), self._show_form, "dump form")

    def _show_form(self, name: str) -> None:
        self.form.setCurrentIndex(max(0, self.form.findData(name)))
        self._form_chosen()

    def _form_chosen(self) -> None:
        name = str(self.form.currentData())
        shown = {"form", "name", "label", "aliases", "ids"} | _FIELDS.get(name, set())
        for row, widget in self._rows.items():
            self._form.setRowVisible(widget, row in shown)
        is_dump = name == "wikidata"
        self.classes.setPlaceholderText(self.tr("Q515, Q5=PER") if is_dump else self.tr("Concepts or terms; none: all"))
        self.steps.setRange(0 if is_dump else -1, _DEEPEST)
        self.steps.setSpecialValueText(self.tr("none") if is_dump else self.tr("any"))
        self.steps.setValue(0 if is_dump else -1)
        goes_on = self.tr(
            "The dump is read in the background, with progress and time left below. Cancelled, it goes on the next time where it"
            " stood."
        )
        self.hint.setText(goes_on if is_dump else "")
        self.hint.setVisible(is_dump)
        self._later.start()

    # ---- what it would find

    def _look(self) -> None:
        self._enable(False)
        request = self.request
        fault = "" if request.spec and request.is_dump else label_fault(request.label)
        if fault or not request.name:
            self._say(told(f"the label {request.label!r} {fault}") if request.label and fault else self._missing(request))
            return
        self.status.setText(self.tr("Looking for the first names ..."))
        self._run(self.tr("Looking for the first names"), partial(look, request, self._folder()), self._show, "dump look")

    def _missing(self, request: Request) -> str:
        no_label = self.tr("Give the matches a label, such as PER or LOC")
        return self.tr("The list needs a name") if not request.name else no_label

    def _show(self, found: Look) -> None:
        self.names.setRowCount(len(found.names))
        for row, (list_name, item) in enumerate(found.names):
            label = item.label or list_name or self.label.text().strip()
            cells = (item.name, ", ".join(item.aliases), item.id if self.ids.isChecked() else "", label)
            for column, text in enumerate(cells):
                self.names.setItem(row, column, QTableWidgetItem(displayable(text)))
        self.names.horizontalHeader().resizeSection(2, 90)
        self.names.horizontalHeader().resizeSection(3, 80)
        self._say(self._said(found))
        self._enable(True)

    def _said(self, found: Look) -> str:
        count = numeral(len(found.names))
        if found.first is None:
            return self.tr("Names: {}").format(count) if found.names else self.tr("Nothing found")
        first = found.first
        if first.is_all and not self.steps.value():
            return self.tr("{} names in the whole dump").format(count)
        read = _size(first.read)
        if not first.size:
            said = self.tr("{} names in the first {}").format(count, read)
        else:
            said = self.tr("{} names in the first {} of {}").format(count, read, _size(first.size))
        if found.goes_on:
            said += "\n" + self.tr("An earlier reading was interrupted; it goes on where it stood.")
        return said

    def _folder(self) -> Path | None:
        return None if self._workspace.path is None else self._workspace.path.parent

    def _run(self, title: str, work: Callable[..., object], then: Callable[..., None], kind: str) -> None:
        task = self._workspace.tasks.start(title, work, kind=kind)
        task.error_shown = True
        task.succeeded.connect(then)
        task.failed.connect(self._refuse)
        self.finished.connect(task.drop)  # nobody waits for it any more

    def _refuse(self, error: BaseException) -> None:
        self.names.setRowCount(0)
        self._say(told_fault(error))

    def _say(self, text: str) -> None:
        self.status.setText(displayable(text))

    def _enable(self, may: bool) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(may)


def _size(count: int) -> str:
    """Bytes as people say them."""
    for unit, size in (("GB", 1e9), ("MB", 1e6)):
        if count >= size:
            return f"{numeral(count / size, 1)} {unit}"
    return f"{numeral(count / 1e3, 1)} kB"


def ask_for_dump(parent: QWidget, near: Path | None) -> Path | None:
    """The knowledge base that a person chooses; None if they do not."""
    preferences = Preferences.of(parent)
    title = QCoreApplication.translate("Forms", QT_TRANSLATE_NOOP("Forms", "Knowledge bases"))
    known = "*.json *.gz *.bz2 *.zst *.ttl *.rdf *.owl *.nt *.n3 *.jsonld *.skos *.obo *.csv *.txt *.lst *.def *.srj *.srx *.xml"
    path, _ = QFileDialog.getOpenFileName(parent, title, str(preferences.last_folder("dumps", near)), f"{title} ({known});;* (*)")
    if not path:
        return None
    preferences.set_last_folder("dumps", Path(path).parent)
    return Path(path)
