"""A text twice, side by side: as it is labelled now, and as it would be with the rules that are tried. Both scroll together."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollBar, QVBoxLayout, QWidget

from farspan.job import Job
from farspan.run import Run
from farspan_app.gui.models.shown import Wanted, shown_spans
from farspan_app.gui.theme import found_colour, label_colour
from farspan_app.gui.views.ink import Ink
from farspan_app.gui.views.paragraphs import Paragraphs, split_paragraphs
from farspan_app.gui.views.spans import ShownSpans
from farspan_app.gui.views.text_view import TextView
from farspan_app.gui.workspace import Selection, Workspace

_Made = tuple[Paragraphs, ShownSpans, ShownSpans]


class BeforeAfter(QWidget):
    """Two views of one document. shown: both are filled."""

    shown = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._is_following = False
        self.before, self.after = (TextView(lambda: Ink(self.palette(), label_colour, found_colour())) for _ in range(2))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for view, caption in ((self.before, self.tr("As it is now")), (self.after, self.tr("With the changed rules"))):
            label = QLabel(caption)
            label.setProperty("quiet", True)
            view.setAccessibleName(caption)
            view.setMinimumWidth(160)
            view.set_point_size(11)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(label)
            column.addWidget(view, 1)
            row.addLayout(column, 1)
        for one, other in ((self.before, self.after), (self.after, self.before)):
            one.verticalScrollBar().valueChanged.connect(
                lambda _, one=one, other=other: self._follow(one.verticalScrollBar(), other.verticalScrollBar())
            )

    def show_change(self, before: Run, after: Run, place: Selection) -> None:
        """Show the document of `place` under both runs, scrolled to it."""
        state, number = self.workspace.state, place.document
        document, edits = state.documents[number], self.workspace.edits_of(number)

        def work(_: Job) -> _Made:
            sides = [shown_spans(run, number, document, state.judgements, edits, wanted=Wanted()) for run in (before, after)]
            return split_paragraphs(document.text), sides[0], sides[1]

        task = self.workspace.tasks.start(self.tr("Laying out the text"), work, kind="before and after", lane="database")
        task.succeeded.connect(lambda made: self._show(made, place))

    def _show(self, made: _Made, place: Selection) -> None:
        paragraphs, *sides = made
        self._is_following = True
        for view, spans in zip((self.before, self.after), sides, strict=True):
            view.set_text(paragraphs, spans)
            view.select(place.start, place.end)
        self._is_following = False
        self.shown.emit()

    def _follow(self, one: QScrollBar, other: QScrollBar) -> None:
        """Lines with labels are higher, so that the two differ in height: what counts is how far one has read."""
        if not self._is_following:
            self._is_following = True
            other.setValue(round(one.value() / max(one.maximum(), 1) * other.maximum()))
            self._is_following = False
