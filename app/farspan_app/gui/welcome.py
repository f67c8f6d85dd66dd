"""What stands in the window before a project is open: samples, a new project, and those opened last."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from farspan_app.gui.preferences import Preferences
from farspan_resources import samples

_FOLDER_WIDTH: Final = 340


class Welcome(QWidget):
    """One click away: the whole loop on a sample."""

    sample_wanted = Signal(str)
    new_wanted = Signal()
    open_wanted = Signal()
    path_wanted = Signal(Path)

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        title, said = QLabel("Farspan"), QLabel(self.tr("From raw text and lists of names to an annotated corpus."))
        title.setProperty("heading", True)
        said.setProperty("quiet", True)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self._column.addStretch(2)
        self._column.addWidget(title)
        self._column.addWidget(said)
        self._column.addSpacing(14)
        self._add_start()
        self._add_samples()
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._column.addSpacing(14)
        self._column.addLayout(self._recent)
        self._column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch()
        row.addLayout(self._column)
        row.addStretch()
        self.refresh()

    def refresh(self) -> None:
        """Show the projects opened last."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        paths = self._preferences.recent
        if paths:
            self._recent.addWidget(_quiet(self.tr("Opened last")))
        for path in paths[:5]:
            self._recent.addWidget(self._row(path))

    def _add_start(self) -> None:
        row = QHBoxLayout()
        for text, signal, primary in (
            (self.tr("New project ..."), self.new_wanted, True),
            (self.tr("Open project ..."), self.open_wanted, False),
        ):
            button = QPushButton(text)
            button.setProperty("primary", primary)
            button.setAutoDefault(True)  # outside a dialog only such a button is pressed by Enter
            button.setAccessibleName(text)
            button.clicked.connect(lambda _=False, wanted=signal: wanted.emit())
            row.addWidget(button)
        row.addStretch()
        self._column.addLayout(row)

    def _add_samples(self) -> None:
        self._column.addSpacing(14)
        self._column.addWidget(_quiet(self.tr("See it work on a sample, one click")))
        for sample in samples():
            title = QCoreApplication.translate("Sample", sample.title)
            button = QPushButton(title)
            button.setAccessibleName(self.tr("Open the sample: {}").format(title))
            button.setObjectName(f"sample-{sample.name}")
            button.setAutoDefault(True)
            button.clicked.connect(lambda _=False, name=sample.name: self.sample_wanted.emit(name))
            about = _quiet(QCoreApplication.translate("Sample", sample.description))
            about.setWordWrap(True)
            about.setFixedWidth(520)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._column.addWidget(about)

    def _row(self, path: Path) -> QWidget:
        """A project opened before: its name to press, and its folder."""
        button = QPushButton(path.stem)
        button.setProperty("link", True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAutoDefault(True)
        button.setToolTip(str(path))
        button.setAccessibleName(self.tr("Open {}").format(path))
        button.clicked.connect(lambda: self.path_wanted.emit(path))
        folder = _quiet("")
        folder.setProperty("data", True)
        folder.setText(folder.fontMetrics().elidedText(at_home(path.parent), Qt.TextElideMode.ElideMiddle, _FOLDER_WIDTH))
        folder.setToolTip(str(path.parent))
        row = QWidget()
        columns = QHBoxLayout(row)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(10)
        columns.addWidget(button)
        columns.addWidget(folder)
        columns.addStretch()
        return row


def at_home(folder: Path) -> str:
    """`folder` as people write it: with a tilde for their own."""
    home = Path.home()
    return str(Path("~") / folder.relative_to(home)) if folder.is_relative_to(home) else str(folder)


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("quiet", True)
    return label
