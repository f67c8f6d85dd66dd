"""The window: menus and keys from `actions`, the tabs from `tabs`, one workspace, and the bar of jobs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QDockWidget,
    QFileDialog,
    QInputDialog,
    QMainWindow,
    QMenu,
    QMessageBox,
    QStackedLayout,
    QTabWidget,
    QWidget,
)

from farspan.errors import FarspanError
from farspan_app.gui import theme
from farspan_app.gui.actions import ACTIONS, MENUS, PROJECT, VIEW, Action
from farspan_app.gui.dialogs import CrashDialog, FaultDialog, PreferencesDialog
from farspan_app.gui.help import HelpDock
from farspan_app.gui.jobbar import JobBar
from farspan_app.gui.palette import CommandPalette
from farspan_app.gui.panels.concordance import ConcordancePanel
from farspan_app.gui.panels.why import WhyCard
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.tabs import TABS
from farspan_app.gui.tasks import Task
from farspan_app.gui.welcome import Welcome
from farspan_app.gui.workspace import Workspace

PROJECT_FILES = "Farspan (*.farspan)"
EXPLAINED_TABS = frozenset({"text", "concordance"})
LIST_SUFFIXES = frozenset({".csv", ".tsv"})


class MainWindow(QMainWindow):
    """One window, one project."""

    def __init__(self, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.preferences = preferences or Preferences()
        self.workspace = Workspace(self)
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self.actions_by_id: dict[str, QAction] = {}
        self.panels: dict[str, QWidget] = {}
        self._faces = QTabWidget()
        self._make_tabs()
        self._make_docks()
        self._make_menus()
        self.job_bar = JobBar(self)
        self.setStatusBar(self.job_bar)
        self._connect()
        self._restore()
        self._refresh()

    # ---- making

    def _make_tabs(self) -> None:
        self.tabs = self._faces
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Tabs"))
        self.welcome = Welcome(self.preferences, self)
        self.welcome.sample_wanted.connect(self.open_sample_named)
        self.welcome.new_wanted.connect(self.new_project)
        self.welcome.open_wanted.connect(self.open_project)
        self.welcome.path_wanted.connect(self.open_path)
        for number, tab in enumerate(TABS, 1):
            panel = tab.make(self.workspace, self)
            self.panels[tab.id] = panel
            title = QCoreApplication.translate("Panel", getattr(panel, "title", tab.id))
            index = self.tabs.addTab(panel, title)
            self.tabs.setTabToolTip(index, f"{title} (Ctrl+{number})")
        self._centre = _Centre(self.welcome, self.tabs)
        self.setCentralWidget(self._centre)

    def _make_docks(self) -> None:
        self.help_dock = HelpDock(self)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.help_dock)
        self.help_dock.hide()
        self.why_dock = QDockWidget(self.tr("Why?"), self)
        self.why_dock.setObjectName("why")
        self.why_dock.setWidget(WhyCard(self.workspace, self.why_dock))
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.why_dock)
        self._wants_why = True
        self.why_dock.toggleViewAction().triggered.connect(self._why_toggled)
        self.tabs.currentChanged.connect(self._show_why)

    def _make_menus(self) -> None:
        menus = {name: self.menuBar().addMenu(QCoreApplication.translate("Menu", name)) for name in MENUS}
        for action in ACTIONS:
            made = self._make_action(action)
            menus[action.menu].addAction(made)
            if action.ends_group:
                menus[action.menu].addSeparator()
            if action.id == "sample":
                self.recent_menu = QMenu(self.tr("Open recent"), self)
                menus[PROJECT].insertMenu(made, self.recent_menu)
                self.recent_menu.aboutToShow.connect(self._fill_recent)
        self._make_why_action(menus[VIEW])
        for number in range(self.tabs.count()):
            go = QAction(self.tabs.tabText(number), self)
            go.setShortcut(f"Ctrl+{number + 1}")
            go.triggered.connect(partial(self.tabs.setCurrentIndex, number))
            menus[VIEW].addAction(go)
            self.actions_by_id[f"tab{number + 1}"] = go

    def _make_why_action(self, menu: QMenu) -> None:
        shown = self.why_dock.toggleViewAction()
        shown.setText(self.tr("Why? card"))
        menu.addAction(shown)

    def _make_action(self, action: Action) -> QAction:
        made = QAction(action.text, self)
        made.triggered.connect(lambda _=False: getattr(self, action.callback)())
        self.actions_by_id[action.id] = made
        return made

    def _connect(self) -> None:
        workspace = self.workspace
        for signal in (
            workspace.project_changed, workspace.run_changed, workspace.preview_changed, workspace.history_changed,
            workspace.selection_changed,
        ):  # fmt: skip
            signal.connect(self._refresh)
        workspace.project_changed.connect(self._project_changed)
        workspace.run_changed.connect(self._name_labels)
        workspace.task_started.connect(self._watch)
        concordance = self.panels.get("concordance")
        if isinstance(concordance, ConcordancePanel):
            concordance.opened.connect(lambda: self.show_tab("text"))
        workspace.message.connect(lambda text: self.job_bar.showMessage(text, 8000))

    def _set_keys(self) -> None:
        own = self.preferences.keys
        for action in ACTIONS:
            keys = [own[action.id]] if action.id in own else list(action.keys)
            made = self.actions_by_id[action.id]
            made.setShortcuts([QKeySequence(key) for key in keys if key])
            made.setToolTip(f"{action.text} ({keys[0]})" if keys and keys[0] else action.text)

    def _restore(self) -> None:
        self._set_keys()
        self.restoreGeometry(self.preferences.bytes("geometry"))
        self.restoreState(self.preferences.bytes("window"))
        names = [tab.id for tab in TABS]
        if self.preferences.tab in names:
            self.tabs.setCurrentIndex(names.index(self.preferences.tab))

    # ---- what the workspace says

    def _watch(self, task: Task) -> None:
        self.job_bar.watch(task)
        task.failed.connect(partial(self._failed, task))

    def _failed(self, task: Task, error: BaseException) -> None:
        if not task.error_shown:
            self.show_fault(task.title, error)

    def show_fault(self, title: str, error: BaseException) -> None:
        """Tell what went wrong: a person's to put right, or a fault of the program."""
        dialog = FaultDialog(title, error, self) if isinstance(error, FarspanError) else CrashDialog(error, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _refresh(self) -> None:
        for action in ACTIONS:
            self.actions_by_id[action.id].setEnabled(action.when(self.workspace))
        for name, operation in (("undo", self.workspace.undo_operation), ("redo", self.workspace.redo_operation)):
            plain = next(action.text for action in ACTIONS if action.id == name)
            self.actions_by_id[name].setText(plain if operation is None else f"{plain}: {operation.title}")
        path = self.workspace.path
        self._centre.show_tabs(path is not None)
        self._show_why()
        self.setWindowTitle("Farspan" if path is None else f"{path.stem}{self._mark()} - Farspan")

    def _why_toggled(self, wanted: bool) -> None:
        self._wants_why = wanted

    def _show_why(self) -> None:
        """The card stands beside what it explains, and nowhere else."""
        name = TABS[max(0, self.tabs.currentIndex())].id
        self.why_dock.setVisible(self._wants_why and name in EXPLAINED_TABS and self.workspace.run is not None)

    def _mark(self) -> str:
        return self.tr(" (read-only)") if self.workspace.read_only else ""

    def _project_changed(self) -> None:
        path = self.workspace.path
        if path is not None:
            self.preferences.opened(path)
        else:
            self.welcome.refresh()

    def _name_labels(self) -> None:
        if self.workspace.run is not None:
            theme.name_labels(self.workspace.run.rules.labels)

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for path in self.preferences.recent:
            self.recent_menu.addAction(str(path), partial(self.open_path, path))
        self.recent_menu.setEnabled(True)
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(self.tr("(none yet)")).setEnabled(False)

    # ---- the actions

    def new_project(self) -> None:
        """Ask where, and make a project there."""
        path, _ = QFileDialog.getSaveFileName(self, self.tr("New project"), str(self._folder() / "corpus.farspan"), PROJECT_FILES)
        if path:
            self.workspace.new_project(path if path.endswith(".farspan") else path + ".farspan")
            self.show_tab("corpus")

    def open_project(self) -> None:
        """Ask for a project and open it."""
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open project"), str(self._folder()), PROJECT_FILES)
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path) -> Task:
        """Open the project at `path`."""
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
        """Let the chosen name match nowhere any more."""
        rows, run = self._chosen_rows(), self.workspace.run
        if run is not None and rows:
            source, name, _ids = run.rules.origin(int(run.contest.sources[rows[0]]), int(run.contest.names[rows[0]]))
            self.workspace.exclude(name, source)

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

    def show_about(self) -> None:
        """Say what this is."""
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("About Farspan"))
        box.setText(f"Farspan {version('farspan')}")
        box.setInformativeText(self.tr("Annotated corpora from raw text and lists of names. Apache License 2.0."))
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

    # ---- inside

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

    # ---- events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files may be dropped anywhere: a project is opened, lists and texts are imported."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take in what was dropped."""
        self.take_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def take_in(self, paths: Sequence[Path]) -> None:
        """Open a project, or import lists and texts, as the suffixes of `paths` say."""
        projects = [path for path in paths if path.suffix == ".farspan"]
        if projects:
            self.open_path(projects[0])
            return
        if self.workspace.project is None or self.workspace.read_only:
            self.job_bar.showMessage(self.tr("Open or make a project first, then drop texts and lists into it"), 8000)
            return
        lists = [path for path in paths if path.suffix.lower() in LIST_SUFFIXES]
        texts = [path for path in paths if path not in lists]
        if texts:
            self.workspace.import_texts(texts)
            self.show_tab("corpus")
        if lists:
            self.show_tab("lists")
            ask: Any = getattr(self.panels.get("lists"), "ask_about", None)
            if ask is not None:
                ask(lists[0])

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember where things stood, end all work, close the file."""
        self.preferences.set_bytes("geometry", self.saveGeometry())
        self.preferences.set_bytes("window", self.saveState())
        if TABS:
            self.preferences.tab = TABS[max(0, self.tabs.currentIndex())].id
        self.preferences.sync()
        self.job_bar.stop()
        self.workspace.shut()
        event.accept()


class _Centre(QWidget):
    """Either the welcome or the tabs."""

    def __init__(self, welcome: QWidget, tabs: QWidget) -> None:
        super().__init__()
        self._faces = QStackedLayout(self)
        self._faces.addWidget(welcome)
        self._faces.addWidget(tabs)

    def show_tabs(self, there_are_some: bool) -> None:
        """Show the tabs, or the welcome."""
        self._faces.setCurrentIndex(1 if there_are_some else 0)
