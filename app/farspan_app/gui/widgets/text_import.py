"""Importing texts: in which encoding and format, which column holds what, how the first text will look; before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from farspan.formats import FORMATS
from farspan_app.gui.numbers import numeral
from farspan_app.gui.opened import ReadSample
from farspan_app.gui.told import told_fault, told_notice
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.encodings import EncodingBox
from farspan_app.gui.widgets.format_tree import described
from farspan_app.gui.workspace import Workspace

_SHOWN: Final = 4000
_PAUSE: Final = 200
_LINE_ENDS: Final = (("\r\n", "CRLF"), ("\r", "CR"), ("\n", "LF"))


class TextImportDialog(QDialog):
    """How the files are read above, what comes of the first one below."""

    def __init__(self, workspace: Workspace, paths: Sequence[str | Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import texts"))
        self.resize(780, 600)
        self._workspace = workspace
        self._paths = list(paths)
        self.format, self.encoding = QComboBox(), EncodingBox()
        self.token_column, self.tag_column = QSpinBox(), QSpinBox()
        self.tolerant = QCheckBox(self.tr("Import the rest where a file is faulty"))
        self.status, self.preview = QLabel(), QPlainTextEdit()
        self.counted = QLabel()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._read)
        self._fill()
        self._lay_out()
        self._read()

    @property
    def chosen(self) -> dict[str, Any]:
        """What `Workspace.import_texts` takes beside the paths."""
        asked: dict[str, Any] = {
            "input_format": str(self.format.currentData()),
            "encoding": self.encoding.chosen,
            "tolerant": self.tolerant.isChecked(),
        }
        for name, box in (("token_column", self.token_column), ("tag_column", self.tag_column)):
            if self._takes(name) and box.value() > 0:
                asked[name] = box.value()
        return asked

    def _takes(self, option: str) -> bool:
        known = FORMATS.get(str(self.format.currentData()))
        return known is not None and option in known.read_options

    def _fill(self) -> None:
        self.format.addItem(self.tr("as the file looks"), "auto")
        for item in FORMATS.values():
            if item.read is not None:
                self.format.addItem(item.name, item.name)
                self.format.setItemData(self.format.count() - 1, described(item), Qt.ItemDataRole.ToolTipRole)
        for box in (self.token_column, self.tag_column):
            box.setRange(0, 99)
            box.setSpecialValueText(self.tr("found by looking"))
            box.valueChanged.connect(lambda _: self._later.start())
        for choice in (self.format, self.encoding):
            choice.currentIndexChanged.connect(lambda _: self._format_changed())

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        names = self._paths if len(self._paths) <= 3 else [*self._paths[:3], "…"]
        files = QLabel(", ".join(displayable(Path(path).name) for path in names))
        files.setWordWrap(True)
        self._form.addRow(self.tr("Files"), files)
        self.counted.setWordWrap(True)
        self._form.addRow("", self.counted)
        for text, widget in (
            (self.tr("Format"), self.format), (self.tr("Encoding"), self.encoding),
            (self.tr("Column of the token"), self.token_column), (self.tr("Column of the tag"), self.tag_column),
        ):  # fmt: skip
            widget.setAccessibleName(text)
            self._form.addRow(text, widget)
        self._form.addRow("", self.tolerant)
        self.status.setWordWrap(True)
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName(self.tr("The beginning of the first text"))
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Import"))
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(self._form)
        column.addWidget(self.status)
        column.addWidget(self.preview, 1)
        column.addWidget(self.buttons)
        self._show_columns()

    def _show_columns(self) -> None:
        for name, box in (("token_column", self.token_column), ("tag_column", self.tag_column)):
            self._form.setRowVisible(box, self._takes(name))

    def _format_changed(self) -> None:
        self._show_columns()
        self._later.start()

    def _read(self) -> None:
        task = self._workspace.read_sample(self._paths, **self.chosen)
        task.error_shown = True
        task.succeeded.connect(self._show)
        task.failed.connect(self._refuse)

    def _told(self, suffixes: Mapping[str, int]) -> str:
        """How many files of which kind, since a folder may hold more than texts."""
        said = self.tr("%n file(s)", "", sum(suffixes.values()))
        if len(suffixes) > 1:
            kinds = ", ".join(f"{count} {end or '?'}" for end, count in sorted(suffixes.items(), key=lambda item: -item[1]))
            told = self.tr("{}: {}. All of them become texts of the corpus; labels that files bring count as gold.")
            said = told.format(said, kinds)
        return said

    def _refuse(self, error: BaseException) -> None:
        self.preview.clear()
        self.status.setText(told_fault(error))
        self.status.setProperty("fault", True)
        self.status.style().polish(self.status)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.tolerant.isChecked())

    def _show(self, found: ReadSample) -> None:
        document = found.document
        self.counted.setText(self._told(found.suffixes))
        ends = next((name for end, name in _LINE_ENDS if end in document.text), self.tr("none"))
        parts = [
            self.tr("Format: {}").format(found.format),
            self.tr("Encoding: {}").format(document.meta.get("encoding", "UTF-8")),
            self.tr("Line ends: {}").format(ends),
        ]
        gold = sum(span.kind == "gold" for span in document.spans)
        if document.tokens is not None:
            parts.append(self.tr("{} tokens of its own").format(numeral(len(document.tokens))))
        if gold:
            parts.append(self.tr("{} gold labels").format(numeral(gold)))
        self.status.setText(" · ".join(parts) + "".join(f"\n{told_notice(notice)}" for notice in found.notices))
        self.status.setProperty("fault", False)
        self.status.style().polish(self.status)
        self.preview.setPlainText(displayable(document.text[:_SHOWN]))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(True)
