"""The tabs of the window, from left to right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from PySide6.QtWidgets import QWidget

from farspan_app.gui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: under what name it is remembered, and what makes it."""

    id: str
    module: str
    name: str

    def make(self, workspace: Workspace, parent: QWidget) -> QWidget:
        """The panel."""
        maker: Callable[[Workspace, QWidget], QWidget] = getattr(import_module(self.module), self.name)
        return maker(workspace, parent)


_ALL: Final = (
    Tab("corpus", "farspan_app.gui.panels.corpus", "CorpusPanel"),
    Tab("lists", "farspan_app.gui.panels.lists", "ListsPanel"),
    Tab("text", "farspan_app.gui.panels.text", "TextPanel"),
    Tab("concordance", "farspan_app.gui.panels.concordance", "ConcordancePanel"),
    Tab("tuning", "farspan_app.gui.panels.tuning", "TuningPanel"),
    Tab("errors", "farspan_app.gui.panels.errors", "ErrorsPanel"),
    Tab("relations", "farspan_app.gui.panels.relations", "RelationsPanel"),
    Tab("export", "farspan_app.gui.panels.export", "ExportPanel"),
)
TABS: Final = tuple(tab for tab in _ALL if find_spec(tab.module) is not None)
