"""The window: menus and keys from `actions`, the tabs from `tabs`, one workspace, and the bar of jobs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QDockWidget,
    QMenu,
    QSizePolicy,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from farspan_app.gui import habits, theme
from farspan_app.gui.actions import ACTIONS, MENUS, PROJECT, VIEW, Action
from farspan_app.gui.commands import Commands
from farspan_app.gui.dropping import Dropped, is_clear, sorted_out
from farspan_app.gui.facets import FacetsDock
from farspan_app.gui.help import HelpDock
from farspan_app.gui.icons import icon
from farspan_app.gui.jobbar import JobBar
from farspan_app.gui.panels.concordance import ConcordancePanel
from farspan_app.gui.panels.why import WhyCard
from farspan_app.gui.pendingbar import PendingBar
from farspan_app.gui.preferences import Preferences
from farspan_app.gui.tabs import TABS
from farspan_app.gui.tasks import Task
from farspan_app.gui.told import told
from farspan_app.gui.welcome import Welcome
from farspan_app.gui.workspace import Workspace

EXPLAINED_TABS = frozenset({"text", "concordance"})


class MainWindow(Commands):
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
        self.workspace.run_changed.connect(self._name_labels)  # before any panel draws with the colours
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
            index = self.tabs.addTab(panel, icon(tab.id), title)
            self.tabs.setTabToolTip(index, f"{title} (Ctrl+{number})")
        self.tabs.currentChanged.connect(self._make_room)
        self._make_room(self.tabs.currentIndex())
        self.pending_bar = PendingBar(self.workspace, self)
        self._centre = _Centre(self.welcome, self.pending_bar, self.tabs)
        self.setCentralWidget(self._centre)

    def _make_room(self, current: int) -> None:
        """Only the tab in front says how narrow the window may become: docks stand beside some tabs and not beside others."""
        for number, panel in enumerate(self.panels.values()):
            policy = QSizePolicy.Policy.Preferred if number == current else QSizePolicy.Policy.Ignored
            panel.setSizePolicy(policy, policy)
        widget: QWidget | None = self.tabs
        while widget is not None and widget is not self:  # at once: docks may be shown before events go round
            widget.updateGeometry()
            widget = widget.parentWidget()

    def _make_docks(self) -> None:
        self.facets_dock = FacetsDock(self.workspace, self)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.facets_dock)
        self.help_dock = HelpDock(self)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.help_dock)
        self.help_dock.hide()
        self.why_dock = QDockWidget(self.tr("Why?"), self)
        self.why_dock.setObjectName("why")
        self.why_dock.setWidget(WhyCard(self.workspace, self.why_dock))
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.why_dock)
        self.tabifyDockWidget(self.why_dock, self.help_dock)
        self._wants = {self.why_dock: True, self.facets_dock: True}
        for dock in self._wants:
            dock.toggleViewAction().triggered.connect(partial(self._wants.__setitem__, dock))
        self.tabs.currentChanged.connect(self._show_docks)
        self.tabs.currentChanged.connect(self._focus_content)

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
        self._make_dock_actions(menus[VIEW])
        for number in range(self.tabs.count()):
            go = QAction(self.tabs.tabText(number), self)
            go.setShortcut(f"Ctrl+{number + 1}")
            go.triggered.connect(partial(self.tabs.setCurrentIndex, number))
            menus[VIEW].addAction(go)
            self.actions_by_id[f"tab{number + 1}"] = go

    def _make_dock_actions(self, menu: QMenu) -> None:
        for dock, text in ((self.facets_dock, self.tr("Facets")), (self.why_dock, self.tr("Why? card"))):
            shown = dock.toggleViewAction()
            shown.setText(text)
            menu.addAction(shown)

    def _make_action(self, action: Action) -> QAction:
        made = QAction(icon(action.icon), action.text, self) if action.icon else QAction(action.text, self)
        given = () if action.value is None else (action.value,)
        made.triggered.connect(lambda _=False: getattr(self, action.callback)(*given))
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
        workspace.task_started.connect(self._watch)
        habits.follow_filter(workspace, self.preferences)
        concordance = self.panels.get("concordance")
        if isinstance(concordance, ConcordancePanel):
            concordance.opened.connect(lambda: self.show_tab("text"))
            concordance.counted.connect(self.facets_dock.show_counts)
            self.facets_dock.find_asked.connect(concordance.find_values)
        tuning: Any = self.panels.get("tuning")
        if tuning is not None:
            tuning.opened.connect(lambda: self.show_tab("text"))
        errors: Any = self.panels.get("errors")
        if errors is not None:
            errors.opened.connect(lambda: self.show_tab("text"))
            errors.concordance_asked.connect(lambda: self.show_tab("concordance"))
            errors.tuning_asked.connect(lambda: self.show_tab("tuning"))
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
        if not self.restoreState(self.preferences.bytes("window")):
            # The first time: what stands at the sides leaves the middle as much room as it can.
            docks = [self.facets_dock, self.why_dock]
            self.resizeDocks(docks, [dock.minimumSizeHint().width() + 20 for dock in docks], Qt.Orientation.Horizontal)
        habits.arrange(self.panels, self.preferences)
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

    def _refresh(self) -> None:
        for action in ACTIONS:
            self.actions_by_id[action.id].setEnabled(action.when(self.workspace))
        for name, operation in (("undo", self.workspace.undo_operation), ("redo", self.workspace.redo_operation)):
            plain = next(action.text for action in ACTIONS if action.id == name)
            self.actions_by_id[name].setText(plain if operation is None else f"{plain}: {told(operation.title)}")
        path = self.workspace.path
        self._centre.show_tabs(path is not None)
        self._show_docks()
        self.setWindowTitle("Farspan" if path is None else f"{path.stem}{self._mark()} — Farspan")

    def _show_docks(self) -> None:
        """Facets and card stand beside what they narrow down and explain, and nowhere else."""
        name = TABS[max(0, self.tabs.currentIndex())].id
        self.pending_bar.hide_here(name == "tuning")
        for dock, wanted in self._wants.items():
            dock.setVisible(wanted and name in EXPLAINED_TABS and self.workspace.run is not None)

    def _focus_content(self, _: int) -> None:
        """Keys mean what the tab in front shows, not the box that happens to come first in it."""
        view = getattr(self.tabs.currentWidget(), "view", None)
        if isinstance(view, QWidget):
            view.setFocus(Qt.FocusReason.TabFocusReason)

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
        """Open a project, or import lists and texts, as the suffixes of `paths` say, or else what is in them."""
        if is_clear(paths):
            self._take_in(sorted_out(paths))
            return
        task = self.workspace.tasks.start(
            self.tr("Looking at what was dropped"), lambda _: sorted_out(paths), kind="drop", lane="database"
        )
        task.succeeded.connect(self._take_in)

    def take_in_one(self, path: str) -> None:
        """Open or import the file that was double-clicked while the window is open."""
        self.take_in([Path(path)])

    def _take_in(self, dropped: Dropped) -> None:
        if dropped.project is not None:
            self.open_path(dropped.project)
            return
        if self.workspace.project is None or self.workspace.read_only:
            self.job_bar.showMessage(self.tr("Open or make a project first, then drop texts and lists into it"), 8000)
            return
        if dropped.texts:
            self.show_tab("corpus")
            corpus: Any = self.panels["corpus"]
            corpus.ask_about(list(dropped.texts))
        if dropped.lists or dropped.dumps:
            self.show_tab("lists")
            lists: Any = self.panels["lists"]
            lists.ask_about_all(dropped.lists, dropped.dumps)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember where things stood, end all work, close the file."""
        self.preferences.set_bytes("geometry", self.saveGeometry())
        self.preferences.set_bytes("window", self.saveState())
        habits.remember(self.panels, self.preferences)
        if TABS:
            self.preferences.tab = TABS[max(0, self.tabs.currentIndex())].id
        self.preferences.sync()
        self.job_bar.stop()
        self.workspace.shut()
        event.accept()


class _Centre(QWidget):
    """Either the welcome or the tabs."""

    def __init__(self, welcome: QWidget, above: QWidget, tabs: QWidget) -> None:
        super().__init__()
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(above)
        column.addWidget(tabs)
        self._faces = QStackedLayout(self)
        self._faces.addWidget(welcome)
        self._faces.addWidget(work)

    def show_tabs(self, there_are_some: bool) -> None:
        """Show the tabs, or the welcome."""
        self._faces.setCurrentIndex(1 if there_are_some else 0)
