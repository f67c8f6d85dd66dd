"""The Tuning tab: every rule as a control, and beside it what the changed rules do, before they are in force."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from farspan.errors import FarspanError
from farspan.job import Job
from farspan.noise.changes import Effect
from farspan.options import OPTIONS, ConflictPolicy
from farspan.store.rules import Rules
from farspan_app.gui.icons import icon
from farspan_app.gui.panel import Panel
from farspan_app.gui.pendingbar import PendingBar
from farspan_app.gui.tasks import Task
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.widgets.before_after import BeforeAfter
from farspan_app.gui.widgets.effects import Effects, EffectsView, find_effects
from farspan_app.gui.widgets.empty import EmptyState
from farspan_app.gui.widgets.option_control import ChoiceBox, title, told
from farspan_app.gui.widgets.option_form import OptionForm, group_heading
from farspan_app.gui.widgets.policy_form import PolicyForm
from farspan_app.gui.words import QT_TRANSLATE_NOOP
from farspan_app.gui.workspace import Workspace

_PAUSE: Final = 80
_CONTROLS_WIDTH: Final = 400


_ANYTHING: Final = 2.0
"""The width of an interval from -1 to +1: nothing is known."""


class TuningPanel(Panel):
    """Controls at the left, what they do at the right."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Tuning")
    help_page: ClassVar[str] = "window/tuning"
    opened = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._edits: dict[str | None, dict[str, Any]] = {}
        self._policy: ConflictPolicy | None = None
        self._good: Rules | None = None  # the last rules that could be tried
        self._faulty = self._last = ""  # the option whose value cannot be tried; the one changed last
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.flush)
        empty = EmptyState(
            self.tr("Nothing to tune yet"),
            self.tr("With texts and a list of names in the project, you see here at once what a changed rule would do."),
            [
                (self.tr("Import a list ..."), lambda: self._go("import_list")),
                (self.tr("Import texts ..."), lambda: self._go("import_texts")),
            ],
        )
        self.set_faces(empty, self._content())
        self._connect()
        self.refresh()

    # ---- making

    def _content(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._controls())
        split.addWidget(self._outcome())
        split.setSizes([_CONTROLS_WIDTH, 880])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        return split

    def _controls(self) -> QWidget:
        self.source, self.form, self.policy_form, self.help = ChoiceBox(), OptionForm(), PolicyForm(), QLabel()
        self.source.setAccessibleName(self.tr("The list that the options are for"))
        self.source.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 4, 12, 12)
        column.addWidget(self.form)
        column.addWidget(group_heading(self.tr("Conflicts, in all lists")))
        column.addWidget(self.policy_form)
        column.addStretch()
        self.scroller = QScrollArea()
        self.scroller.setWidget(inner)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.help.setWordWrap(True)
        self.help.setProperty("quiet", True)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.help.setContentsMargins(12, 6, 12, 6)
        self.help.setFixedHeight(self.help.fontMetrics().lineSpacing() * 5 + 12)
        self.help.setText(self.tr("Point at an option to read what it does."))
        page = QWidget()
        page.setMinimumWidth(_CONTROLS_WIDTH - 40)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(self._source_row())
        whole.addWidget(self.scroller, 1)
        whole.addWidget(self.help)
        return page

    def _source_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        label = QLabel(self.tr("Options of"))
        label.setBuddy(self.source)
        row.addWidget(label)
        row.addWidget(self.source, 1)
        self.versions = QPushButton(icon("version"), self.tr("Versions"))
        self.versions.setAccessibleName(self.tr("Compare with a saved version, or go back to it"))
        self.versions.setToolTip(self.tr("What a saved version of the rules would change; apply it to go back to it"))
        self.versions.setMenu(QMenu(self.versions))
        row.addWidget(self.versions)
        return row

    def _fill_versions(self) -> None:
        """The saved versions, the newest first; choosing one tries it, like any other change."""
        menu = self.versions.menu()
        menu.clear()
        for name, rules in reversed(list(self.workspace.versions.items())):
            menu.addAction(displayable(name)).triggered.connect(lambda _=False, rules=rules: self.workspace.try_rules(rules))
        self.versions.setEnabled(bool(self.workspace.versions))

    def _outcome(self) -> QWidget:
        self.bar, self.effects, self.fault = PendingBar(self.workspace), EffectsView(), QLabel()
        self.save_button = QPushButton(self.tr("Save as a version ..."))
        self.save_button.setAccessibleName(self.tr("Apply the changed rules and keep them as a version"))
        self.save_button.clicked.connect(lambda _=False: self._go("save_version"))
        layout = self.bar.layout()
        if layout is not None:
            layout.addWidget(self.save_button)
        self.fault.setProperty("fault", True)
        self.fault.setWordWrap(True)
        self.fault.setContentsMargins(12, 8, 12, 0)
        calm = EmptyState(
            self.tr("No change is being tried"),
            self.tr("Change a rule at the left. What it would do is shown here; nothing is in force until you apply it."),
        )
        self.outcome = QStackedWidget()
        self.outcome.addWidget(calm)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(12, 12, 12, 12)
        self.judged = QLabel()
        self.judged.setWordWrap(True)
        self.judged.hide()
        inside.addWidget(self.judged)
        self.sides = BeforeAfter(self.workspace)
        self.side_by_side = QCheckBox(self.tr("Before and after side by side"))
        self.side_by_side.toggled.connect(self._show_sides)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.effects)
        split.addWidget(self.sides)
        split.setSizes([360, 300])
        split.setChildrenCollapsible(False)
        self.sides.hide()
        inside.addWidget(split, 1)
        inside.addWidget(self.side_by_side)
        self.outcome.addWidget(inner)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.fault)
        column.addWidget(self.outcome, 1)
        return page

    def _connect(self) -> None:
        workspace = self.workspace
        for signal in (workspace.project_changed, workspace.sources_changed, workspace.run_changed):
            signal.connect(self._renew)
        workspace.preview_changed.connect(self.refresh)
        workspace.task_started.connect(self._watch)
        self.source.currentIndexChanged.connect(lambda _: self._source_chosen())
        self.form.edited.connect(self._edited)
        self.form.entered.connect(self._show_help)
        self.policy_form.edited.connect(self._policy_edited)
        self.effects.chosen.connect(workspace.select)
        self.effects.chosen.connect(lambda _: self._show_sides())
        self.effects.opened.connect(self.opened)
        # A change that waits for the pause belongs to what is applied, and goes with what is discarded.
        for button in (self.bar.apply_button, self.save_button):
            button.pressed.connect(self.flush)
        self.bar.discard_button.clicked.connect(lambda _=False: self._renew())

    # ---- what the workspace says

    def _renew(self) -> None:
        """Forget what was typed: other rules are in force, or the change was discarded."""
        self._pause.stop()
        self._edits, self._policy, self._good = {}, None, None
        self._say_fault("", "")
        self.refresh()

    def refresh(self) -> None:
        """Show the rules that are tried, or those in force, and what they do."""
        workspace = self.workspace
        self.show_content(bool(workspace.sources) and workspace.run is not None)
        self._fill_sources()
        self._fill_versions()
        if not workspace.has_pending:
            self._good = None
        if workspace.sources and not self._edits and self._policy is None:
            self._show_rules()
        for button in (self.bar.apply_button, self.save_button):
            button.setEnabled(not workspace.read_only)
        self.outcome.setCurrentIndex(1 if workspace.has_pending else 0)
        if workspace.has_pending:
            self._show_outcome()

    def _fill_sources(self) -> None:
        names = [one.name for one in self.workspace.sources]
        if names == [self.source.itemData(row) for row in range(1, self.source.count())] and self.source.count():
            return
        chosen = self.source.currentData()
        self.source.blockSignals(True)
        self.source.clear()
        self.source.addItem(self.tr("All lists"), None)
        for name in names:
            self.source.addItem(name, name)
        self.source.setCurrentIndex(max(0, self.source.findData(chosen)) if chosen is not None else 0)
        self.source.blockSignals(False)

    def _show_rules(self) -> None:
        chosen, workspace = self.source.currentData(), self.workspace
        pairs = [
            (tried.options, old.options)
            for tried, old in zip(workspace.pending_sources, workspace.sources, strict=True)
            if chosen in {None, old.name}
        ]
        self.form.show_options([tried for tried, _ in pairs], [old for _, old in pairs], self._faulty)
        self.policy_form.show_policy(workspace.pending_policy)

    def _show_outcome(self) -> None:
        found = self.workspace.preview
        if found is None:
            self.effects.show_effects(None)
            return
        self._good = self._tried_rules()
        opened, state = self.workspace.opened, self.workspace.state

        def count(job: Job) -> tuple[Effects, Effect | None]:
            judged = None if opened is None or state.run is not found.before else opened.judged_effect(state, found)
            return find_effects(found, job), judged

        def show(made: tuple[Effects, Effect | None]) -> None:
            if self.workspace.preview is found:
                self.effects.show_effects(made[0])
                self._show_judged(made[1])
                self._show_sides()

        self.workspace.tasks.start(self.tr("Counting changes"), count, kind="effects").succeeded.connect(show)

    def _show_sides(self) -> None:
        """Show the chosen change in its text, as it is and as it would be."""
        wanted, found, place = self.side_by_side.isChecked(), self.workspace.preview, self.workspace.selection
        self.sides.setVisible(wanted)
        if wanted and found is not None and place is not None:
            self.sides.show_change(found.before, found.after, place)

    def _show_judged(self, effect: Effect | None) -> None:
        """What the change does on what was judged, with its interval; nothing where nobody judged anything."""
        self.judged.setVisible(effect is not None)
        if effect is None:
            return
        gains = ((self.tr("precision"), effect.precision), (self.tr("recall"), effect.recall), ("F1", effect.f1))
        said = [
            self.tr("{} {:+.3f} (95% interval {:+.3f} to {:+.3f})").format(
                name, gain.value, gain.interval.lower, gain.interval.upper
            )
            for name, gain in gains
            if gain.value is not None and gain.interval is not None and gain.interval.upper - gain.interval.lower < _ANYTHING
        ]
        if not (effect.wrong or effect.right):
            self.judged.setText(self.tr("Nothing that was judged would change."))
            return
        counts = self.tr("Of what was judged: {:+,} wrong, {:+,} right").format(effect.wrong, effect.right)
        self.judged.setText("; ".join([counts, *(said or [self.tr("too few judgements for an estimate")])]))

    def _tried_rules(self) -> Rules:
        workspace = self.workspace
        options = {one.name: one.options for one in workspace.pending_sources}
        return replace(workspace.rules, options=options, policy=workspace.pending_policy)

    def _watch(self, task: Task) -> None:
        if task.kind == "preview":
            task.error_shown = True  # here, beside the control, and not in a dialog
            task.failed.connect(self._failed)

    def _failed(self, error: BaseException) -> None:
        """Say what is wrong, keep what was typed, and go back to rules that can be tried: faulty ones must not be applied."""
        said = f"{error.what}; {error.remedy}" if isinstance(error, FarspanError) else str(error)
        self._say_fault(self._last, said)
        if self._good is None:
            self.workspace.discard()
        else:
            self.workspace.try_rules(self._good)

    def _say_fault(self, name: str, said: str) -> None:
        self._faulty = name
        self.fault.setVisible(bool(said))
        self.fault.setText(said)

    # ---- what a person does

    def _edited(self, name: str, value: Any) -> None:
        self._say_fault("", "")
        self._last = name
        self._edits.setdefault(self.source.currentData(), {})[name] = value
        self._pause.start()

    def _policy_edited(self, policy: ConflictPolicy) -> None:
        self._say_fault("", "")
        self._last, self._policy = "", policy
        self._pause.start()

    def _source_chosen(self) -> None:
        self.flush()
        self._say_fault("", "")
        self.refresh()

    def flush(self) -> None:
        """Try at once what waits for a pause in the typing."""
        self._pause.stop()
        edits, policy = self._edits, self._policy
        self._edits, self._policy = {}, None
        try:
            for source, values in edits.items():
                self.workspace.set_options(source, values)
            if policy is not None:
                self.workspace.set_policy(policy)
        except FarspanError as error:
            self._failed(error)

    def _show_help(self, name: str) -> None:
        self.help.setText(f"{title(OPTIONS[name])}: {told(OPTIONS[name])}")

    def _go(self, action: str) -> None:
        """What the window does about it; alone, the panel does nothing."""
        act: Any = getattr(self.window(), action, None)
        if act is not None:
            act()
