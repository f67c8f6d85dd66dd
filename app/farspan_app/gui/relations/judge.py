"""The page where queues of relations are judged: one pair at a time, by key, with the running sentence to quote."""

from __future__ import annotations

from typing import Any, Final, cast

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QProgressBar, QVBoxLayout, QWidget

from farspan.relations.table import NEGATIVE
from farspan.store.relation_work import Purpose
from farspan_app.gui.models.arcs import arcs_of
from farspan_app.gui.models.pairs import Pairs
from farspan_app.gui.numbers import numeral
from farspan_app.gui.relating import Relating
from farspan_app.gui.relation_queue import RelationQueue
from farspan_app.gui.relations.quotes import quoted
from farspan_app.gui.theme import found_colour, label_colour
from farspan_app.gui.views.ink import Ink
from farspan_app.gui.views.offsets import displayable, isolated
from farspan_app.gui.views.pairs_view import VERDICT_KEYS
from farspan_app.gui.views.paragraphs import split_paragraphs
from farspan_app.gui.views.spans import Mark, ShownSpans
from farspan_app.gui.views.text_view import TextView
from farspan_app.gui.widgets.verdict_row import VerdictRow, small_button
from farspan_app.gui.words import QT_TRANSLATE_NOOP

PURPOSES: Final = {
    "sentence": QT_TRANSLATE_NOOP("RelationQueue", "Sentences: does it say so?"),
    "bag": QT_TRANSLATE_NOOP("RelationQueue", "Bags: does any sentence say so?"),
    "negative": QT_TRANSLATE_NOOP("RelationQueue", "Negatives: is there really none?"),
}
_BUTTONS: Final = {"right": "accepted", "wrong": "rejected", "unsure": "undecided"}
_VERDICTS: Final = {name: verdict for verdict, name in _BUTTONS.items()}


class RelationJudgePage(QWidget):
    """Shows the pair that comes next in a queue. What is judged of a queue is a random sample, however far one gets."""

    def __init__(self, relating: Relating, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relating = relating
        self.queue: RelationQueue | None = None
        self.purpose, self.relation = QComboBox(), QComboBox()
        self.purpose.setAccessibleName(self.tr("What is judged"))
        self.relation.setAccessibleName(self.tr("Of which relation"))
        for box in (self.purpose, self.relation):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for name, text in PURPOSES.items():
            self.purpose.addItem(QCoreApplication.translate("RelationQueue", text), name)
        self.heading, self.question, self.so_far, self.where = QLabel(), QLabel(), QLabel(), QLabel()
        self.heading.setProperty("heading", True)
        for label in (self.question, self.so_far, self.where):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.so_far.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.where.setProperty("quiet", True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        self.progress.setAccessibleName(self.tr("How much of the queue is judged"))
        self.view = TextView(lambda: Ink(self.palette(), label_colour, found_colour()))
        self.view.setAccessibleName(self.tr("The pair to be judged, in its sentences"))
        self.verdicts = VerdictRow(lambda: ())
        self.verdicts.buttons["never"].hide()
        self.verdicts.buttons["label"].hide()
        other = small_button("relations", self.tr("Another relation"), self.tr("Wrong: it stands in another relation"))
        other.clicked.connect(lambda _=False: self._show_relations())
        self.verdicts.add("other", other)
        self.verdicts.add("later", small_button("next", self.tr("Later"), self.tr("Leave it for later (S)")))
        self._lay_out()
        self._connect()
        self.show_queue(None)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.purpose)
        top.addWidget(self.relation)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.progress)
        column.addWidget(self.so_far)
        column.addWidget(self.question)
        column.addWidget(self.view, 1)
        column.addWidget(self.where)
        column.addWidget(self.verdicts)

    def _connect(self) -> None:
        self.relating.changed.connect(self._fill)
        self.relating.queue_changed.connect(self.show_queue)
        self.purpose.activated.connect(lambda _: self.open())
        self.relation.activated.connect(lambda _: self.open())
        self.verdicts.judged.connect(self._answer)
        self.verdicts.buttons["later"].clicked.connect(lambda _=False: self.relating.skip())

    def _fill(self) -> None:
        pairs, chosen = self.relating.pairs, self.relation.currentData()
        self.relation.clear()
        self.relation.addItem(self.tr("all relations"), None)
        for name in () if pairs is None else pairs.run.names:
            if name != NEGATIVE:
                self.relation.addItem(displayable(name), name)
        self.relation.setCurrentIndex(max(self.relation.findData(chosen), 0))

    def open(self, purpose: str | None = None) -> None:
        """Go on with the queue that is chosen, or with one of another purpose."""
        if purpose is not None:
            self.purpose.setCurrentIndex(self.purpose.findData(purpose))
        chosen = cast("Purpose", self.purpose.currentData())
        self.relation.setEnabled(chosen != "negative")
        self.relating.open_queue(chosen, None if chosen == "negative" else self.relation.currentData())

    def show_queue(self, queue: RelationQueue | None) -> None:
        """Show what comes next in `queue`."""
        self.queue = queue
        pairs = self.relating.pairs
        if queue is None or pairs is None:
            self.heading.setText(self.tr("Nothing to judge yet"))
            self.question.setText(self.tr("Find relations first, on the page of triples and rules."))
            self.view.set_text(split_paragraphs(""), ShownSpans())
            self._enable()
            return
        self.heading.setText(self.tr("{} of {} judged").format(numeral(queue.done), numeral(queue.total)))
        self.progress.setRange(0, max(queue.total, 1))
        self.progress.setValue(queue.done)
        said = None if queue.so_far is None else quoted(queue.purpose, queue.relation or "", queue.so_far)
        self.so_far.setText(
            displayable(said or self.tr("A or Enter: right. R: wrong. U: unsure. S: later. Ctrl+Z takes it back."))
        )
        self._show_pair(pairs, queue)
        self._enable()

    def _show_pair(self, pairs: Pairs, queue: RelationQueue) -> None:
        row = queue.row
        if row is None:
            self.view.set_text(split_paragraphs(""), ShownSpans())
            nothing = self.tr("There is nothing of this kind to judge.")
            self.question.setText(self.tr("Nothing is left to judge in this queue.") if queue.total else nothing)
            self.where.clear()
            return
        text, begin = pairs.context(row)
        self.view.set_text(split_paragraphs(text), _spans(pairs, row, begin))
        self.view.set_arcs(arcs_of(pairs, np.array([row]), begin))
        self.question.setText(self._question(pairs, row, queue))
        line = pairs.line(row)
        triple = " · ".join(isolated(part) for part in (line.ids[0], line.relation, line.ids[1]))
        self.where.setText(displayable(f"{line.name} · {triple}"))

    def _question(self, pairs: Pairs, row: int, queue: RelationQueue) -> str:
        subject, object_ = (isolated(word) for word in pairs.words(row))
        relation = isolated(pairs.relation(row))
        if queue.purpose == "negative":
            return self.tr("Do {} and {} stand in no relation here? Right: none.").format(subject, object_)
        said = self.tr("Does this say: {} – {} – {}?").format(subject, relation, object_)
        if queue.purpose == "bag":
            said += " " + self.tr("Sentence {} of {} of its bag; the first that is right settles it.").format(*queue.bag)
        return said

    def _enable(self) -> None:
        may = self.queue is not None and self.queue.row is not None and not self.relating.workspace.read_only
        self.verdicts.enable(accepted=may, rejected=may, undecided=may, later=may, other=may and len(self._others()) > 0)
        names = {"accepted": self.tr("Right"), "rejected": self.tr("Wrong"), "undecided": self.tr("Unsure")}
        for name, text in names.items():
            self.verdicts.buttons[name].setText(text)

    # ---- answering

    def press(self, name: str) -> None:
        """As if the button called `name` were pressed."""
        button = self.verdicts.buttons[name]
        if button.isEnabled():
            button.click()

    def _answer(self, name: str) -> None:
        self.relating.decide(cast("Any", _VERDICTS[name]))

    def _others(self) -> list[str]:
        pairs, queue = self.relating.pairs, self.queue
        if pairs is None or queue is None or queue.row is None:
            return []
        return [name for name in pairs.run.names if name not in {NEGATIVE, pairs.relation(queue.row)}]

    def _show_relations(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self._others():
            action = menu.addAction(displayable(name))
            action.triggered.connect(lambda _=False, name=name: self.relating.decide("wrong", right_relation=name))
        button = self.verdicts.buttons["other"]
        menu.popup(button.mapToGlobal(button.rect().topLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Answers by key, as everywhere."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in VERDICT_KEYS:
            self.press(_BUTTONS[VERDICT_KEYS[key]])
        elif plain and key in {Qt.Key.Key_S, Qt.Key.Key_N}:
            self.press("later")
        else:
            super().keyPressEvent(event)


def _spans(pairs: Pairs, row: int, begin: int) -> ShownSpans:
    """Subject and object as spans of the context that begins at the character `begin`."""
    both = sorted(zip(pairs.places(row), pairs.types(row), strict=True), key=lambda one: (one[0][0], -one[0][1]))
    labels = list(dict.fromkeys(label for _, label in both))
    columns: Any = np.array([(a - begin, b - begin, labels.index(label)) for (a, b), label in both], np.int32)
    marks = np.full(2, Mark.KEPT, np.uint8)
    return ShownSpans(
        columns[:, 0], columns[:, 1], columns[:, 2], marks, np.zeros(2, np.uint8), np.full(2, -1, np.int64), labels
    )  # fmt: skip
