"""The story of a pair: its triple, its mentions, their distance, and which option left it out."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from farspan.errors import FarspanError
from farspan.relations.stories import PairStory, RelationStory
from farspan.relations.table import NEGATIVE
from farspan_app.gui.models.pairs import PairLine
from farspan_app.gui.models.pairs_table import told
from farspan_app.gui.relating import Relating
from farspan_app.gui.told import told as retold
from farspan_app.gui.views.offsets import displayable, isolated

_PAUSE = 150
_LEFT_TO_RIGHT = "\u200e"


class StoryCard(QScrollArea):
    """Explains the pair that is looked at."""

    def __init__(self, relating: Relating, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relating = relating
        self._line: PairLine | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.heading, self.body = QLabel(), QLabel()
        for label in (self.heading, self.body):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Why?"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.body)
        column.addStretch()
        self.setWidget(inside)
        self.show_line(None)

    def show_line(self, line: PairLine | None) -> None:
        """Tell of another pair, in a moment; None: of none."""
        self._line = line
        self._pause.stop()
        if line is None:
            self.heading.clear()
            self.body.setText(self.tr("Choose a pair to see why it is a relation, or why not."))
            return
        (a, b), (c, d) = line.subject, line.object
        self.heading.setText(_LEFT_TO_RIGHT + self.tr("{} → {}: {}, {}").format(
            isolated(line.text[a:b]), isolated(line.text[c:d]), isolated(line.relation), told(line.status)
        ))  # fmt: skip
        self._pause.start()

    def _ask(self) -> None:
        line = self._line
        task = None if line is None else self.relating.tell(line.row)
        if task is not None and line is not None:
            task.succeeded.connect(lambda story: self._show(line, story))
            task.failed.connect(lambda error: self._refuse(line, error))

    def _refuse(self, line: PairLine, error: BaseException) -> None:
        if line is self._line:
            said = self.tr("{}; {}").format(error.what, error.remedy) if isinstance(error, FarspanError) else str(error)
            self.body.setText(displayable(said))

    def _show(self, line: PairLine, story: PairStory) -> None:
        if line is not self._line:
            return
        said = [self._mentions(story), self._near(story)]
        if line.source == "negative":
            said.append(self.tr("Drawn as a negative: nothing that is known joins the two."))
        shown = sorted(story.relations, key=lambda one: (one.relation != line.relation, bool(one.option)))
        said += [self._relation(story, one) for one in shown if one.relation != NEGATIVE]
        if story.why_none and line.source != "negative":
            said.append(self.tr("No relation: {}").format(retold(story.why_none)))
        self.body.setText(displayable("\n".join(f"{_LEFT_TO_RIGHT}{one}" for one in said)))

    def _mentions(self, story: PairStory) -> str:
        parts = [
            self.tr("{} is {}, known as {}").format(isolated(word), label, ", ".join(map(isolated, ids)))
            for word, label, ids in zip(story.words, story.labels, story.ids, strict=True)
        ]
        return "; ".join(parts)

    def _near(self, story: PairStory) -> str:
        tokens = self.tr("%n token(s) between them", "", story.distance)
        ends = self.tr("%n sentence end(s)", "", story.sentences) if story.sentences else self.tr("in one sentence")
        return f"{tokens}, {ends}"

    def _relation(self, story: PairStory, one: RelationStory) -> str:
        names = isolated(story.words[one.subject]), isolated(story.words[1 - one.subject])
        if one.triple is None:
            origin = self.tr("a connective says so")
        else:
            origin = self.tr("triple {} {} {}").format(
                *map(isolated, (one.triple.subject, one.triple.relation, one.triple.object))
            )
            if one.way != "triple":
                origin = self.tr("{}, by {}").format(origin, retold(one.way))
            if one.triple.source:
                origin = self.tr("{}, source {}").format(origin, isolated(one.triple.source))
        value = f" ({one.option} = {one.value})" if one.value else ""
        sign = "✗" if one.option else "✓"
        return self.tr("{} {}: {} → {}: {}{}; {}").format(sign, isolated(one.relation), *names, retold(one.reason), value, origin)
