"""The few dialogs: what went wrong, with what is safe; the preferences; a page of help."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from farspan.errors import FarspanError
from farspan_app.crash import crash_report
from farspan_app.gui.actions import ACTIONS
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.theme import LARGEST_TEXT, SMALLEST_TEXT
from farspan_app.gui.told import told
from farspan_app.gui.translating import LANGUAGES


class FaultDialog(QMessageBox):
    """A fault that a person can put right: what, where, what to do."""

    def __init__(self, title: str, error: FarspanError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(title)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(_sentence(error.what))
        lines = [str(error.where)] if error.where is not None else []
        lines += [_sentence(error.remedy)] if error.remedy else []
        self.setInformativeText("\n\n".join(lines))


def _sentence(text: str) -> str:
    said = told(text)
    return said[:1].upper() + said[1:] + "."


class CrashDialog(QDialog):
    """Something unexpected: what happened, that the work is safe, and a report to copy."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something unexpected happened"))
        self.resize(720, 440)
        self.report = crash_report(error)
        said = QLabel(
            self.tr(
                "This is a fault in Farspan, not in what you did. Everything you did up to now is saved in the project file."
                " You can go on, or close the window and open the project again."
            )
        )
        said.setWordWrap(True)
        text = QPlainTextEdit(self.report)
        text.setReadOnly(True)
        text.setAccessibleName(self.tr("Report of the fault"))
        buttons = QDialogButtonBox()
        copy = buttons.addButton(self.tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        buttons.addButton(self.tr("Go on"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.addWidget(said)
        column.addWidget(text)
        column.addWidget(buttons)


class PreferencesDialog(QDialog):
    """Look, text size, and a key for every action."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.resize(520, 480)
        self._preferences = preferences
        pages = QTabWidget()
        pages.addTab(self._look(), self.tr("Look"))
        pages.addTab(self._keys(), self.tr("Keys"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._clash = QLabel()
        self._clash.setProperty("fault", True)
        self._clash.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(pages)
        column.addWidget(self._clash)
        column.addWidget(buttons)

    def accept(self) -> None:
        """Save what was chosen, unless two actions have one key."""
        chosen = {name: edit.keySequence().toString() for name, edit in self.edits.items()}
        taken: dict[str, str] = {}
        for name, keys in chosen.items():
            if keys and keys in taken:
                titles = {action.id: action.text for action in ACTIONS}
                self._clash.setText(self.tr("{} is given to both: {} and {}").format(keys, titles[taken[keys]], titles[name]))
                return
            taken[keys] = name
        for action in ACTIONS:
            default = QKeySequence(action.keys[0]).toString() if action.keys else ""
            self._preferences.set_key(action.id, None if chosen[action.id] == default else chosen[action.id])
        self._preferences.theme = self.theme.currentData()
        self._preferences.text_size = self.size_box.value()
        self._preferences.language = self.language.currentData()
        super().accept()

    def _look(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        self.theme = QComboBox()
        for name, title in (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))):
            self.theme.addItem(title, name)
        self.theme.setCurrentIndex(self.theme.findData(self._preferences.theme))
        self.theme.setAccessibleName(self.tr("Colours"))
        self.language = QComboBox()
        for code, name in (("system", self.tr("As the system")), *LANGUAGES.items()):
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(self._preferences.language))
        self.language.setAccessibleName(self.tr("Language"))
        self.size_box = QSpinBox()
        self.size_box.setRange(SMALLEST_TEXT, LARGEST_TEXT)
        self.size_box.setSuffix(self.tr(" pt"))
        self.size_box.setValue(self._preferences.text_size)
        self.size_box.setAccessibleName(self.tr("Text size"))
        form.addRow(self.tr("Colours"), self.theme)
        form.addRow(self.tr("Text size"), self.size_box)
        form.addRow(self.tr("Language"), self.language)
        hint = QLabel(self.tr("Another language is spoken from the next start on."))
        hint.setProperty("quiet", True)
        form.addRow("", hint)
        return page

    def _keys(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        self.edits: dict[str, QKeySequenceEdit] = {}
        own = self._preferences.keys
        for action in ACTIONS:
            edit = QKeySequenceEdit(QKeySequence(own.get(action.id, action.keys[0] if action.keys else "")))
            edit.setClearButtonEnabled(True)
            edit.setAccessibleName(self.tr("Key for: {}").format(action.text))
            inner = edit.findChild(QLineEdit)
            if inner is not None:
                inner.setAccessibleName(edit.accessibleName())
            self.edits[action.id] = edit
            form.addRow(action.text, edit)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        scroll.setAccessibleName(self.tr("Keys"))
        reset = QPushButton(self.tr("All keys as they came"))
        reset.clicked.connect(self._reset_keys)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.addWidget(scroll)
        column.addWidget(reset, 0, Qt.AlignmentFlag.AlignLeft)
        return whole

    def _reset_keys(self) -> None:
        for action in ACTIONS:
            self.edits[action.id].setKeySequence(QKeySequence(action.keys[0] if action.keys else ""))
