"""The Text tab: a document with its spans, for reading, judging and correcting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QInputDialog, QMenu, QPushButton, QVBoxLayout, QWidget

from farspan.job import Job
from farspan.model import Span
from farspan_app.gui.models.arcs import shown_arcs
from farspan_app.gui.models.shown import Wanted, shown_spans
from farspan_app.gui.numbers import numeral
from farspan_app.gui.panel import Panel
from farspan_app.gui.theme import found_colour, label_colour
from farspan_app.gui.views.arcs import ShownArcs
from farspan_app.gui.views.ink import Ink, tag_text
from farspan_app.gui.views.offsets import isolated
from farspan_app.gui.views.paragraphs import Paragraphs, split_paragraphs
from farspan_app.gui.views.spans import Mark, ShownSpans
from farspan_app.gui.views.text_view import TextView
from farspan_app.gui.widgets.empty import EmptyState
from farspan_app.gui.widgets.find_bar import FindBar
from farspan_app.gui.widgets.flow import FlowRow, growing
from farspan_app.gui.widgets.verdict_row import VerdictRow, small_button
from farspan_app.gui.workspace import Decision, Selection, Workspace

_VERDICTS: Final[Mapping[Qt.Key, Decision]] = {
    Qt.Key.Key_A: "accepted", Qt.Key.Key_Return: "accepted", Qt.Key.Key_Enter: "accepted",
    Qt.Key.Key_R: "rejected", Qt.Key.Key_Delete: "rejected", Qt.Key.Key_U: "undecided",
}  # fmt: skip


class TextPanel(Panel):
    """One document at a time; it follows the selection of the workspace and makes it."""

    title: ClassVar[str] = str(QT_TRANSLATE_NOOP("Panel", "Text"))
    help_page: ClassVar[str] = "window/text"

    shown = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._document = -1
        self._shown_text: str | None = None
        self.view = TextView(lambda: Ink(self.palette(), label_colour, found_colour()))
        self.find_bar = FindBar(self.view, workspace.tasks)
        self.find_bar.label_wanted.connect(self._label_places)
        empty = EmptyState(
            self.tr("No text yet"),
            self.tr("Import texts in the Corpus tab, and lists of names in the Lists tab. Here you then read what was found."),
        )
        self.set_faces(empty, self._content())
        self._connect()
        self._documents_changed()

    # ---- making

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top_row())
        column.addWidget(self.find_bar)
        column.addWidget(self.view, 1)
        column.addWidget(self._bottom_row())
        return content

    def _top_row(self) -> FlowRow:
        self.documents = QComboBox()
        self.documents.setAccessibleName(self.tr("Document"))
        self.documents.setMinimumContentsLength(22)
        self.documents.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.lost = QCheckBox(self.tr("What lost or was blocked"))
        self.gold = QCheckBox(self.tr("Gold labels"))
        self.relations = QCheckBox(self.tr("Relations"))
        self.relations.setChecked(True)
        self.relations.hide()
        row = FlowRow()
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.documents)
        row.addWidget(self._button("previous", "", self.tr("Previous document"), lambda: self._turn_page(-1)))
        row.addWidget(self._button("next", "", self.tr("Next document"), lambda: self._turn_page(1)))
        row.addWidget(self.lost)
        row.addWidget(self.gold)
        row.addWidget(self.relations)
        row.addWidget(growing(QWidget()))
        row.addWidget(self._button("search", self.tr("Find …"), self.tr("Find in the text (Ctrl+F)"), self.find_bar.start))
        return row

    def _bottom_row(self) -> VerdictRow:
        self.verdicts = VerdictRow(lambda: self.labels)
        self.verdicts.setContentsMargins(12, 8, 12, 8)
        self.verdicts.judged.connect(self.judge)
        self.verdicts.labelled.connect(self.give_label)
        self.verdicts.never_asked.connect(self.exclude)
        return self.verdicts

    def _button(self, name: str, text: str, described: str, act: Callable[[], object]) -> QPushButton:
        button = small_button(name, text, described)
        button.clicked.connect(lambda _: act())
        return button

    def _connect(self) -> None:
        workspace = self.workspace
        workspace.documents_changed.connect(self._documents_changed)
        workspace.run_changed.connect(self._load)
        workspace.judgements_changed.connect(self._load)
        workspace.passing_changed.connect(self._load)
        workspace.relations_changed.connect(self._load)
        workspace.selection_changed.connect(self._follow)
        self.documents.currentIndexChanged.connect(self._document_chosen)
        self.lost.toggled.connect(self._load)
        self.gold.toggled.connect(self._load)
        self.relations.toggled.connect(self._load)
        self.view.current_changed.connect(self._current_changed)
        self.view.caret_moved.connect(self._caret_moved)
        self.view.borders_asked.connect(self._move)
        self.view.menu_asked.connect(self._show_menu)
        self._enable()

    # ---- following the workspace

    def _documents_changed(self) -> None:
        documents = self.workspace.documents
        self.documents.blockSignals(True)
        self.documents.clear()
        self.documents.addItems([document.id for document in documents])
        self.documents.blockSignals(False)
        self.show_content(bool(documents))
        self._shown_text = None
        self._document = min(max(self._document, 0), len(documents) - 1)
        self.documents.setCurrentIndex(self._document)
        self._load()

    def _document_chosen(self, number: int) -> None:
        if number in {-1, self._document}:
            return
        self._document = number
        selection = self.workspace.selection
        if selection is not None and selection.document != number:
            # A key pressed now must not reach a span of the text left behind.
            self.workspace.select(None)
        self._load()

    def _turn_page(self, step: int) -> None:
        number = self._document + step
        if 0 <= number < len(self.workspace.documents):
            self.documents.setCurrentIndex(number)

    def _load(self) -> None:
        """Make what is shown anew, off the window's thread."""
        state, number = self.workspace.state, self._document
        if not 0 <= number < len(state.documents):
            return
        document, known = state.documents[number], self._shown_text
        self.gold.setVisible(any(span.kind == "gold" for span in document.spans))
        edits = self.workspace.edits_of(number)
        wanted = Wanted(self.lost.isChecked(), self.gold.isChecked(), self.workspace.passing)
        self.relations.setVisible(self.workspace.relations is not None)
        pairs = self.workspace.relations if self.relations.isChecked() else None

        def work(_: Job) -> tuple[Paragraphs | None, ShownSpans, ShownArcs]:
            pieces = None if known is document.text else split_paragraphs(document.text)
            spans = shown_spans(state.run, number, document, state.judgements, edits, wanted=wanted)
            return pieces, spans, shown_arcs(pairs, number)

        self.workspace.tasks.start(self.tr("Laying out the text"), work, kind="text", lane="database").succeeded.connect(
            self._show
        )

    def _show(self, made: tuple[Paragraphs | None, ShownSpans, ShownArcs]) -> None:
        pieces, spans, arcs = made
        if pieces is None:
            self.view.set_spans(spans)
        else:
            self.view.set_text(pieces, spans)
            self._shown_text = pieces.text
        self.view.set_arcs(arcs)
        self._follow()
        self._enable()
        self.shown.emit()

    def _follow(self) -> None:
        """Show what the workspace's selection is at."""
        selection = self.workspace.selection
        if selection is None:
            return
        if selection.document != self._document:
            self.documents.setCurrentIndex(selection.document)
            return
        if self._shown_text is None or self._selection_here() == selection:
            return
        number = None if selection.row is None else self.view.spans.of_row(selection.row)
        if number is not None:
            self.view.set_current(number)
        elif self.view.selection != (selection.start, selection.end):
            self.view.select(selection.start, selection.end)

    def _selection_here(self) -> Selection:
        number = self.view.current
        if number is None:
            return Selection(self._document, *self.view.selection)
        spans = self.view.spans
        row = int(spans.rows[number])
        return Selection(self._document, int(spans.starts[number]), int(spans.ends[number]), row if row >= 0 else None)

    def _current_changed(self, number: int) -> None:
        self._enable()
        if number >= 0:
            self.workspace.select(self._selection_here())

    def _caret_moved(self, start: int, end: int) -> None:
        self._enable()
        if self.view.current is None or start < end:
            self.workspace.select(Selection(self._document, start, end))

    def _enable(self) -> None:
        number, may = self.view.current, not self.workspace.read_only
        has_row = number is not None and self.view.spans.rows[number] >= 0
        of_span = bool(has_row) and may
        start, end = self.view.selection
        labelling = may and (of_span or start < end)
        self.verdicts.enable(accepted=of_span, rejected=of_span, undecided=of_span, never=of_span, label=labelling)
        self.verdicts.about.setText(self._about(number))

    def _about(self, number: int | None) -> str:
        spans = self.view.spans
        if number is None:
            return self.tr("%n span(s) · N and P go through them", "", len(spans))
        text = self.view.text[int(spans.starts[number]) : int(spans.ends[number])]
        text = isolated(" ".join(text.split()))
        return self.tr("{} of {} · {}: {}").format(numeral(number + 1), numeral(len(spans)), tag_text(spans, number), text)

    # ---- working

    def chosen_rows(self) -> list[int]:
        """The candidate that is looked at."""
        number = self.view.current
        row = -1 if number is None else int(self.view.spans.rows[number])
        return [row] if row >= 0 else []

    @property
    def labels(self) -> list[str]:
        """The labels that the keys 1 to 9 give, in order."""
        run = self.workspace.run
        return [] if run is None else list(run.rules.labels)

    def judge(self, verdict: Decision) -> None:
        """Accept, reject or leave open the span that is looked at."""
        if rows := self.chosen_rows():
            self.workspace.judge(rows, verdict)

    def exclude(self) -> None:
        """Let the name behind the span match nowhere any more."""
        self.workspace.exclude_rows(self.chosen_rows())

    def give_label(self, label: str) -> None:
        """Label what is selected, or else the span that is looked at."""
        start, end = self.view.selection
        if start < end:
            self.workspace.add_span(self._document, start, end, label)
        elif rows := self.chosen_rows():
            self.workspace.relabel(rows, label)

    def never_here(self) -> None:
        """Let no list label this place."""
        selection = self._selection_here()
        if selection.start < selection.end:
            self.workspace.never_here(self._document, selection.start, selection.end)

    def _label_places(self, places: list[tuple[int, int]]) -> None:
        """Label every place that was found, after asking which label."""
        question = self.tr("Label for %n place(s)", "", len(places))
        label, given = QInputDialog.getItem(self, self.tr("Label every one"), question, self.labels, 0, True)
        if given and label.strip():
            self.workspace.add_spans([(self._document, start, end) for start, end in places], label.strip())

    def _move(self, number: int, start: int, end: int) -> None:
        spans = self.view.spans
        label = spans.label_names[spans.labels[number]]
        span = Span(int(spans.starts[number]), int(spans.ends[number]), label)
        row, run = int(spans.rows[number]), self.workspace.run
        if row >= 0 and run is not None:
            source, name, ids = run.rules.origin(int(run.contest.sources[row]), int(run.contest.names[row]))
            span = Span(span.start, span.end, label, source, name, ids)
        if Mark(spans.marks[number]) is not Mark.GOLD and not self.workspace.read_only:
            self.workspace.move_span(self._document, span, start, end)

    def start_find(self) -> None:
        """Search the text."""
        self.find_bar.start()

    def _next(self, step: int) -> None:
        """The next or previous place that is searched for, or span if nothing is."""
        if self.find_bar.isVisible():
            self.find_bar.go(step)
        else:
            self.view.go(step)

    def _next_conflict(self) -> None:
        """The next candidate that lost; the first time those are not shown yet."""
        if not self.lost.isChecked():
            self.lost.setChecked(True)
        elif not self.view.go(1, Mark.LOST):
            self.workspace.message.emit(self.tr("No further conflict in this text"))

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, button in self.verdicts.buttons.items():
            if name == "label":
                labels = self.verdicts.label_menu(menu)
                labels.setEnabled(button.isEnabled())
                menu.addMenu(labels)
            else:
                action = menu.addAction(button.accessibleName())
                action.setEnabled(button.isEnabled())
                action.triggered.connect(button.click)
        here = menu.addAction(self.tr("Never label exactly this place"))
        selection = self._selection_here()
        here.setEnabled(selection.start < selection.end and not self.workspace.read_only)
        here.triggered.connect(self.never_here)
        menu.popup(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """What the text leaves: going from span to span, judging, labels, borders."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and modifiers in {alt, alt | shift}:
            self.view.move_border("end" if modifiers & shift else "start", 1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_F3:
            self._next(-1 if modifiers & shift else 1)
        elif key == Qt.Key.Key_N and modifiers == shift:
            self._next_conflict()
        elif modifiers:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_N, Qt.Key.Key_P}:
            self.view.go(1 if key == Qt.Key.Key_N else -1)
        elif key == Qt.Key.Key_Escape:
            self.view.settle_borders(take=False)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.view.settle_borders(take=True):
            return
        elif key in _VERDICTS:
            self.judge(_VERDICTS[key])
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and int(key) - int(Qt.Key.Key_1) < len(self.labels):
            self.give_label(self.labels[int(key) - int(Qt.Key.Key_1)])
        elif key == Qt.Key.Key_X:
            self.exclude()
        else:
            super().keyPressEvent(event)
