"""What each action of the window does."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QTabWidget,
    QWidget,
)

from farspan.errors import FarspanError, ProjectInUse
from farspan_app.desktop.entry import Placed
from farspan_app.desktop.systems import this_system
from farspan_app.gui import theme
from farspan_app.gui.dialogs import CrashDialog, FaultDialog, PreferencesDialog
from farspan_app.gui.help import HelpDock
from farspan_app.gui.palette import CommandPalette
from farspan_app.gui.preferences import PROJECTS, Preferences
from farspan_app.gui.tasks import Task
from farspan_app.gui.workspace import Workspace

PROJECT_FILES = "Farspan (*.farspan)"
OPENED_FILES = "Farspan (*.farspan *.zip)"


class Commands(QMainWindow):
    """The methods that `actions.ACTIONS` names. `MainWindow` makes what they work on."""

    workspace: Workspace
    preferences: Preferences
    tabs: QTabWidget
    panels: dict[str, QWidget]
    help_dock: HelpDock
    actions_by_id: dict[str, QAction]

    def new_project(self) -> None:
        """Ask where, and make a project there."""
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("New project"), str(self._projects() / "corpus.farspan"), PROJECT_FILES
        )
        if path:
            self.workspace.new_project(path if path.endswith(".farspan") else path + ".farspan")
            self.show_tab("corpus")

    def open_project(self) -> None:
        """Ask for a project and open it."""
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open project"), str(self._projects()), OPENED_FILES)
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path) -> Task:
        """Open the project at `path`; a ZIP file is unpacked beside itself, or else into the person's folder."""
        if path.suffix.lower() == ".zip":
            return self.workspace.open_archive(path, None if os.access(path.parent, os.W_OK) else self._folder())
        return self.workspace.open_project(path)

    def open_sample(self) -> None:
        """Open the first sample."""
        self.open_sample_named("film-news")

    def open_sample_named(self, name: str) -> Task:
        """Open the sample called `name`, copied into the folder of the person."""
        return self.workspace.open_sample(name, self.preferences.folder)

    def import_texts(self) -> None:
        """Ask for texts and take them in."""
        self.show_tab("corpus")
        self._ask("corpus", "ask_for_texts")

    def import_list(self) -> None:
        """Ask for a list and take it in."""
        self.show_tab("lists")
        self._ask("lists", "ask_for_list")

    def show_export(self) -> None:
        """Go to the tab that exports."""
        self.show_tab("export")

    def close_project(self) -> None:
        """Close the project; everything is saved."""
        self.workspace.close_project()

    def undo(self) -> None:
        """Take the last action back."""
        self.workspace.undo()

    def redo(self) -> None:
        """Do the action undone last again."""
        self.workspace.redo()

    def accept(self) -> None:
        """Accept what is chosen."""
        self._judge("accepted")

    def reject(self) -> None:
        """Reject what is chosen."""
        self._judge("rejected")

    def leave_undecided(self) -> None:
        """Take the verdict on what is chosen back."""
        self._judge("undecided")

    def exclude_name(self) -> None:
        """Let the chosen names match nowhere any more."""
        self.workspace.exclude_rows(self._chosen_rows())

    def start_search(self) -> None:
        """Go to where the tab in front is searched."""
        panel = self.tabs.currentWidget()
        start: Any = getattr(panel, "start_find", None)
        if start is not None:
            start()
            return
        fields = [field for field in panel.findChildren(QLineEdit) if field.isVisible() and field.isClearButtonEnabled()]
        if fields:
            fields[0].setFocus()
            fields[0].selectAll()

    def press(self, keys: str) -> None:
        """Let the tab in front do what it does at `keys`, whichever key a person gave to that."""
        panel, focus = self.tabs.currentWidget(), QApplication.focusWidget()
        view: Any = getattr(panel, "view", panel)
        target = focus if focus is not None and panel.isAncestorOf(focus) else view
        sequence: Any = QKeySequence(keys)  # whose stubs do not know that it is one
        key = sequence[0]
        text = keys if len(keys) == 1 else ""
        event = QKeyEvent(QEvent.Type.KeyPress, key.key(), key.keyboardModifiers(), text)
        while target is not None and panel.parentWidget() is not target:  # sent by Qt it would be the shortcut once more
            event.accept()
            target.event(event)
            target = None if event.isAccepted() else target.parentWidget()

    def apply_rules(self) -> None:
        """Put the pending rule change in force."""
        self.workspace.apply()

    def discard_rules(self) -> None:
        """Forget the pending rule change."""
        self.workspace.discard()

    def save_version(self) -> None:
        """Ask for a name and keep the rules under it."""
        name, given = QInputDialog.getText(self, self.tr("Save as a version"), self.tr("Name of the version"))
        if given and name.strip():
            self.workspace.save_version(name.strip())

    def show_palette(self) -> None:
        """Let a person find an action by its name."""
        palette = CommandPalette(list(self.actions_by_id.values()), self)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.accepted.connect(lambda: palette.chosen.trigger() if palette.chosen is not None else None)
        palette.open()

    def show_preferences(self) -> None:
        """Let a person change look and keys."""
        dialog = PreferencesDialog(self.preferences, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._apply_preferences)
        dialog.open()

    def show_help(self) -> None:
        """Show the page of help for this place, or hide it."""
        panel = self.tabs.currentWidget()
        page = getattr(panel, "help_page", "window") if self.workspace.project is not None else "window"
        self.help_dock.show_page(page)

    def put_in_menu(self) -> None:
        """Put Farspan among the programs of this computer, so that a double click starts it."""
        title = self.tr("Putting Farspan into the menu")
        task = self.workspace.tasks.start(title, lambda _: this_system().put(), kind="desktop", lane="database")
        task.succeeded.connect(self._tell_placed)

    def _tell_placed(self, placed: Placed) -> None:
        said = self.tr("Farspan stands in the menu of this computer now, and a double click on a project opens it.")
        self._tell(said, "\n".join([*placed.notes, *map(str, placed.paths)]))

    def show_about(self) -> None:
        """Say what this is."""
        self._tell(
            f"Farspan {version('farspan')}", self.tr("Annotated corpora from raw text and lists of names. Apache License 2.0.")
        )

    def _tell(self, text: str, more: str) -> None:
        box = QMessageBox(self)
        box.setWindowTitle("Farspan")
        box.setIconPixmap(QApplication.windowIcon().pixmap(64, 64))
        box.setText(text)
        box.setInformativeText(more)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def enlarge_text(self) -> None:
        """One point more."""
        self._set_text_size(self.preferences.text_size + 1)

    def shrink_text(self) -> None:
        """One point less."""
        self._set_text_size(self.preferences.text_size - 1)

    def reset_text(self) -> None:
        """The size it came with."""
        self._set_text_size(theme.DEFAULT_TEXT_SIZE)

    def use_light(self) -> None:
        """Light colours."""
        self._set_theme("light")

    def use_dark(self) -> None:
        """Dark colours."""
        self._set_theme("dark")

    def use_system(self) -> None:
        """Colours as the system has them."""
        self._set_theme("system")

    def show_tab(self, name: str) -> None:
        """Bring the tab `name` to the front."""
        if name in self.panels:
            self.tabs.setCurrentWidget(self.panels[name])

    def show_fault(self, title: str, error: BaseException) -> None:
        """Tell what went wrong: a person's to put right, or a fault of the program."""
        dialog = FaultDialog(title, error, self) if isinstance(error, FarspanError) else CrashDialog(error, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if isinstance(dialog, FaultDialog) and isinstance(error, ProjectInUse) and error.where is not None:
            path = Path(error.where.path)
            button = dialog.addButton(self.tr("Open for reading only"), FaultDialog.ButtonRole.AcceptRole)
            button.clicked.connect(lambda _=False: self.workspace.open_project(path, read_only=True))
            dialog.addButton(FaultDialog.StandardButton.Cancel)
        dialog.open()

    def _projects(self) -> Path:
        """Where the project was that was made or opened last."""
        return self.preferences.last_folder(PROJECTS)

    def _folder(self) -> Path:
        folder = self.preferences.folder
        return folder if folder.is_dir() else Path.home()

    def _ask(self, tab: str, method: str) -> None:
        ask: Any = getattr(self.panels.get(tab), method, None)
        if ask is not None:
            ask()

    def _chosen_rows(self) -> Sequence[int]:
        chosen = getattr(self.tabs.currentWidget(), "chosen_rows", None)
        rows = list(chosen()) if chosen is not None else []
        selection = self.workspace.selection
        if not rows and selection is not None and selection.row is not None:
            rows = [selection.row]
        return rows

    def _judge(self, verdict: Literal["accepted", "rejected", "undecided"]) -> None:
        judge: Any = getattr(self.tabs.currentWidget(), "judge", None)
        if judge is not None:
            judge(verdict)
        elif rows := self._chosen_rows():
            self.workspace.judge(rows, verdict)

    def _apply_preferences(self) -> None:
        self._set_keys()
        theme.use(self.preferences.theme, self.preferences.text_size)

    def _set_text_size(self, points: int) -> None:
        self.preferences.text_size = points
        theme.use(self.preferences.theme, self.preferences.text_size)

    def _set_theme(self, name: theme.ThemeName) -> None:
        self.preferences.theme = name
        theme.use(name, self.preferences.text_size)

    def _set_keys(self) -> None:
        """Give the actions the keys of the person."""
        raise NotImplementedError
