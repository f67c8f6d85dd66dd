"""The page where a sample is judged: one unit at a time, by key, with the running estimate."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from farspan.audit.judging import Item
from farspan.audit.samples import SENTENCES, TOKENS
from farspan_app.gui.auditing import Auditing, Queue
from farspan_app.gui.numbers import numeral, numeral_range
from farspan_app.gui.theme import found_colour, label_colour
from farspan_app.gui.told import told
from farspan_app.gui.views.ink import Ink
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.views.paragraphs import split_paragraphs
from farspan_app.gui.views.spans import Mark, ShownSpans
from farspan_app.gui.views.text_view import TextView
from farspan_app.gui.widgets.empty import EmptyState
from farspan_app.gui.widgets.verdict_row import VerdictRow, small_button

Entity = tuple[int, int, str]


class JudgePage(QWidget):
    """Shows the unit that comes next. Of spans: right, wrong, unsure. Of sentences: what they hold is marked in the text."""

    measure_asked = Signal()

    def __init__(self, auditing: Auditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.auditing = auditing
        self.queue: Queue | None = None
        self.entities: list[Entity] = []  # of a sentence, offsets in what is shown
        self._shift = 0
        self.heading, self.so_far = QLabel(), QLabel()
        self.where, self.reasons, self.before, self.after = QLabel(), QLabel(), QLabel(), QLabel()
        self.heading.setProperty("heading", True)
        for label in (self.where, self.reasons, self.so_far, self.before, self.after):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.where, self.reasons, self.before, self.after):
            label.setProperty("quiet", True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        self.progress.setAccessibleName(self.tr("How much of the sample is judged"))
        self.view = TextView(lambda: Ink(self.palette(), label_colour, found_colour()))
        self.view.setAccessibleName(self.tr("What is to be judged, in its context"))
        self.verdicts = VerdictRow(lambda: () if self.queue is None else self.queue.labels)
        self.verdicts.buttons["never"].hide()
        self.verdicts.add("back", small_button("undo", self.tr("Back"), self.tr("Take the last verdict back (B)")))
        self.verdicts.add("later", small_button("next", self.tr("Later"), self.tr("Leave it for later (S)")))
        self.nothing = EmptyState(
            self.tr("Nothing is to be judged"),
            self.tr("Draw a sample on the page Estimates: thirty spans take three minutes."),
            [(self.tr("Go to the estimates"), self.measure_asked.emit)],
        )
        self._lay_out()
        self._connect()
        self.show_queue(None)

    def _lay_out(self) -> None:
        self.content = QWidget()
        inner = QVBoxLayout(self.content)
        inner.setContentsMargins(16, 16, 16, 12)
        inner.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch()
        inner.addLayout(top)
        inner.addWidget(self.progress)
        inner.addWidget(self.so_far)
        inner.addWidget(self.before)
        inner.addWidget(self.view, 1)
        inner.addWidget(self.after)
        inner.addWidget(self.where)
        inner.addWidget(self.reasons)
        inner.addWidget(self.verdicts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.nothing)
        column.addWidget(self.content)

    def _connect(self) -> None:
        self.auditing.queue_changed.connect(self.show_queue)
        self.verdicts.judged.connect(self.answer)
        self.verdicts.labelled.connect(self.give_label)
        self.verdicts.buttons["back"].clicked.connect(lambda _=False: self.auditing.take_back())
        self.verdicts.buttons["later"].clicked.connect(lambda _=False: self.auditing.skip())
        self.view.current_changed.connect(lambda _: self._enable())
        self.view.caret_moved.connect(lambda *_: self._enable())

    @property
    def method(self) -> str:
        """What the units are: spans, sentences or tokens."""
        return "" if self.queue is None else self.queue.sample.method

    def show_queue(self, queue: Queue | None) -> None:
        """Show what comes next in `queue`."""
        self.queue = queue
        self.nothing.setVisible(queue is None)
        self.content.setVisible(queue is not None)
        if queue is None:
            return
        self.heading.setText(self.tr("{} of {} judged").format(numeral(queue.done), numeral(queue.total)))
        self.progress.setRange(0, max(queue.total, 1))
        self.progress.setValue(queue.done)
        self.so_far.setText(self._estimate(queue))
        self._name_buttons()
        self._show_item(queue.item)
        self._enable()

    def _show_item(self, item: Item | None) -> None:
        if item is None:
            self.view.set_text(split_paragraphs(""), ShownSpans())
            self.where.setText(self.tr("Nothing is left to judge in this sample. The estimates are up to date."))
            self.reasons.clear()
            return
        reads = self.method == SENTENCES
        self._shift = item.unit.start if reads else item.unit.start - len(item.before)
        if reads:
            self.entities = [(one.start - self._shift, one.end - self._shift, one.label) for one in item.found]
        else:
            self.entities = [(len(item.before), len(item.before) + len(item.surface), item.unit.label or "?")]
        text = item.surface if reads else item.before + item.surface + item.after
        self.view.set_text(split_paragraphs(text), self._shown())
        if not reads:
            self.view.set_current(0)
        self.before.setText(displayable(" ".join(item.before.split())) if reads else "")
        self.after.setText(displayable(" ".join(item.after.split())) if reads else "")
        parts = (item.document, item.source, item.name)
        self.where.setText(" · ".join(displayable(part) for part in parts if part))
        said = "; ".join(told(reason) for reason in item.reasons)
        self.reasons.setText(self.tr("Signals, not estimates: {}").format(displayable(said)) if said else "")

    def _shown(self) -> ShownSpans:
        self.entities.sort(key=lambda one: (one[0], -one[1]))
        labels = list(dict.fromkeys(label for *_place, label in self.entities))
        columns: Any = np.array([(a, b, labels.index(label)) for a, b, label in self.entities], np.int32).reshape(-1, 3)
        count = len(self.entities)
        marks = np.full(count, Mark.KEPT, np.uint8)
        rows = np.full(count, -1, np.int64)
        return ShownSpans(columns[:, 0], columns[:, 1], columns[:, 2], marks, np.zeros(count, np.uint8), rows, labels)

    def _estimate(self, queue: Queue) -> str:
        one = queue.so_far
        if one is None or one.estimate.value is None:
            return {
                SENTENCES: self.tr("Mark exactly the entities of this sentence, then go on with Enter."),
                TOKENS: self.tr("Is the marked word part of an entity? A: no. R: yes. 1-9: yes, with this label."),
            }.get(self.method, self.tr("Is the marked span right? A or Enter: yes. R: no. U: unsure. 1-9: another label."))
        interval = one.estimate.interval
        sure = "" if interval is None else self.tr(", 95% interval {}").format(numeral_range(interval.lower, interval.upper))
        steps = [
            self.tr("{} more: ±{} to {}").format(step.more, numeral(step.low, 2), numeral(step.high, 2))
            for step in queue.forecast
        ]
        said = self.tr("Precision so far {}{}").format(numeral(one.estimate.value, 2), sure)
        return f"{said}. {'; '.join(steps)}" if steps else said

    def _name_buttons(self) -> None:
        buttons = self.verdicts.buttons
        reads = self.method == SENTENCES
        names = {
            SENTENCES: (self.tr("Just these: next"), self.tr("Take the mark away")),
            TOKENS: (self.tr("No entity"), self.tr("An entity")),
        }.get(self.method, (self.tr("Right"), self.tr("Wrong")))
        buttons["accepted"].setText(names[0])
        buttons["rejected"].setText(names[1])
        buttons["undecided"].setVisible(not reads)
        buttons["undecided"].setText(self.tr("Unsure"))

    def _enable(self) -> None:
        has_item = self.queue is not None and self.queue.item is not None and not self.auditing.workspace.read_only
        start, end = self.view.selection
        reads = self.method == SENTENCES
        self.verdicts.enable(
            accepted=has_item,
            rejected=has_item and (not reads or self.view.current is not None),
            undecided=has_item,
            label=has_item and (not reads or start < end or self.view.current is not None),
            later=has_item,
            back=self.queue is not None and self.queue.done > 0 and not self.auditing.workspace.read_only,
        )

    # ---- answering

    def answer(self, verdict: str) -> None:
        """Right, wrong or unsure; of a sentence: it is read, or the mark that is looked at goes."""
        if self.method == SENTENCES:
            if verdict == "accepted":
                self.auditing.read([(a + self._shift, b + self._shift, label) for a, b, label in self.entities])
            elif verdict == "rejected" and self.view.current is not None:
                del self.entities[self.view.current]
                self._redraw()
            return
        if verdict == "undecided":
            self.auditing.decide("unsure")
        elif self.method == TOKENS:
            self.auditing.decide("right") if verdict == "accepted" else self.auditing.decide("wrong")
        elif verdict == "accepted":
            self.auditing.decide("right")
        else:
            self.auditing.decide("wrong", right_label="")

    def press(self, name: str) -> None:
        """As if the button called `name` were pressed."""
        if self._may(name):
            self.verdicts.buttons[name].click()

    def give_label(self, label: str) -> None:
        """The span is wrong, and this label is right; of a sentence: mark what is selected, or label the mark anew."""
        if self.queue is None or self.queue.item is None:
            return
        start, end = self.view.selection
        if self.method == SENTENCES:
            self._mark(start, end, label)
            return
        unit = self.queue.item.unit
        if label == unit.label and start == end:
            self.auditing.decide("right")
            return
        borders = (start + self._shift, end + self._shift) if start < end else None
        self.auditing.decide("wrong", right_label=label, right=borders)

    def _mark(self, start: int, end: int, label: str) -> None:
        if start < end:
            self.entities = [one for one in self.entities if one[1] <= start or one[0] >= end]
            self.entities.append((start, end, label))
        elif self.view.current is not None:
            a, b, _ = self.entities[self.view.current]
            self.entities[self.view.current] = (a, b, label)
        self._redraw()

    def _redraw(self) -> None:
        self.view.set_spans(self._shown())
        self._enable()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Answers by key, as everywhere."""
        key, labels = Qt.Key(event.key()), () if self.queue is None else self.queue.labels
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _ANSWERS:
            self.press(_ANSWERS[key])
        elif plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and int(key) - int(Qt.Key.Key_1) < len(labels):
            if self._may("label"):
                self.give_label(labels[int(key) - int(Qt.Key.Key_1)])
        elif plain and key in {Qt.Key.Key_B, Qt.Key.Key_S}:
            self.press("back" if key == Qt.Key.Key_B else "later")
        elif plain and key in {Qt.Key.Key_N, Qt.Key.Key_P} and self.method == SENTENCES:
            self.view.go(1 if key == Qt.Key.Key_N else -1)
        else:
            super().keyPressEvent(event)

    def _may(self, name: str) -> bool:
        return self.verdicts.buttons[name].isEnabled()


_ANSWERS = {
    Qt.Key.Key_A: "accepted",
    Qt.Key.Key_Return: "accepted",
    Qt.Key.Key_Enter: "accepted",
    Qt.Key.Key_R: "rejected",
    Qt.Key.Key_Delete: "rejected",
    Qt.Key.Key_U: "undecided",
}
