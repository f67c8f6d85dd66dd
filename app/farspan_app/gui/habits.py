"""Where a person left things: widths of columns, sorts, splitters, searches and filters, kept from one start to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

import orjson
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHeaderView, QSplitter, QTableView, QTreeView, QWidget

from farspan_app.gui.preferences import Preferences
from farspan_app.gui.views.concordance_view import ConcordanceView
from farspan_app.gui.workspace import Workspace

KEPT: Final = "keep-"
"""Boxes and buttons whose object name begins so are as a person left them."""


def remember(panels: Mapping[str, QWidget], preferences: Preferences) -> None:
    """Keep how the panels are arranged."""
    for name, widget in _arranged(panels):
        preferences.set_bytes(name, widget.saveState())
    for name, box in _boxes(panels):
        preferences.set_habit(name, _said(box))


def arrange(panels: Mapping[str, QWidget], preferences: Preferences) -> None:
    """Arrange the panels as they were; what makes no sense any more is left as it comes."""
    for name, widget in _arranged(panels):
        saved = preferences.bytes(name)
        if not saved.isEmpty():
            widget.restoreState(saved)
    for name, box in _boxes(panels):
        saved_value = preferences.habit(name)
        if saved_value is not None:
            _say(box, saved_value)


def follow_filter(workspace: Workspace, preferences: Preferences) -> None:
    """Let every project open with the filter it was left with."""
    workspace.facets_changed.connect(partial(_keep_filter, workspace, preferences))
    workspace.project_changed.connect(partial(_filter_again, workspace, preferences))


def _keep_filter(workspace: Workspace, preferences: Preferences) -> None:
    if workspace.path is not None:
        said = {facet: sorted(values) for facet, values in workspace.facets.items()}
        preferences.set_habit(_filter_name(workspace), orjson.dumps(said).decode() if said else None)


def _filter_again(workspace: Workspace, preferences: Preferences) -> None:
    saved = preferences.habit(_filter_name(workspace)) if workspace.path is not None else None
    try:
        said = orjson.loads(saved or "{}")
        workspace.choose({str(facet): frozenset(map(str, values)) for facet, values in said.items()})
    except (orjson.JSONDecodeError, AttributeError, TypeError):  # a settings file that somebody edited
        workspace.choose({})


def _filter_name(workspace: Workspace) -> str:
    return f"filter/{hashlib.sha256(str(workspace.path).encode()).hexdigest()[:16]}"


def _arranged(panels: Mapping[str, QWidget]) -> Iterator[tuple[str, QSplitter | QHeaderView]]:
    """The splitters and the headings of tables by name; the number of parts is in it, as another number fits no more."""
    for panel, widget in panels.items():
        for number, split in enumerate(widget.findChildren(QSplitter)):
            yield f"{panel}/split{number}x{split.count()}", split
        # The concordance shares its width out by itself.
        tables = [view.horizontalHeader() for view in widget.findChildren(QTableView) if not isinstance(view, ConcordanceView)]
        for number, head in enumerate([*tables, *(view.header() for view in widget.findChildren(QTreeView))]):
            if head.count() > 1:
                yield f"{panel}/head{number}x{head.count()}", head


def _boxes(panels: Mapping[str, QWidget]) -> Iterator[tuple[str, QWidget]]:
    for panel, widget in panels.items():
        for kind in (QComboBox, QAbstractButton):
            for box in widget.findChildren(kind):
                if box.objectName().startswith(KEPT):
                    yield f"{panel}/{box.objectName()}", box


def _said(box: QWidget) -> Any:
    if isinstance(box, QComboBox):
        return str(box.currentData())
    return box.isChecked() if isinstance(box, QAbstractButton) else None


def _say(box: QWidget, value: Any) -> None:
    if isinstance(box, QComboBox):
        index = box.findData(str(value))
        if index >= 0:
            box.setCurrentIndex(index)
    elif isinstance(box, QAbstractButton):
        box.setChecked(str(value).lower() == "true")
