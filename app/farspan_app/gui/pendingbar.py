"""The line that tells of a rule change that is only tried: what it would do, and the two ways out of it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from farspan.diff import Difference
from farspan_app.gui.numbers import numeral
from farspan_app.gui.workspace import Workspace


class PendingBar(QFrame):
    """Shown while a change is pending."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pending")
        self._workspace = workspace
        self.said = QLabel()
        self.apply_button, self.discard_button = QPushButton(self.tr("Apply")), QPushButton(self.tr("Discard"))
        self.apply_button.setAccessibleName(self.tr("Apply the changed rules"))
        self.discard_button.setAccessibleName(self.tr("Discard the changed rules"))
        self.apply_button.setProperty("primary", True)
        self.apply_button.clicked.connect(lambda _=False: workspace.apply())
        self.discard_button.clicked.connect(lambda _=False: workspace.discard())
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self.said)
        row.addStretch()
        row.addWidget(self.apply_button)
        row.addWidget(self.discard_button)
        workspace.preview_changed.connect(self.refresh)
        workspace.project_changed.connect(self.refresh)
        self.hidden_here = False
        self.refresh()

    def hide_here(self, hidden: bool) -> None:
        """Stay hidden where the tab itself tells of the change."""
        self.hidden_here = hidden
        self.refresh()

    def refresh(self) -> None:
        """Say what the change does, or that it is being found out."""
        workspace = self._workspace
        self.setVisible(workspace.has_pending and not self.hidden_here)
        self.said.setText(self.tr("Trying changed rules ...") if workspace.preview is None else self._told(workspace.preview))
        self.apply_button.setEnabled(not workspace.read_only)

    def _told(self, found: Difference) -> str:
        said = self.tr("Changed rules, not in force yet: {} added, {} removed, {} changed")
        return said.format(numeral(len(found.added)), numeral(len(found.removed)), numeral(len(found.changed)))
