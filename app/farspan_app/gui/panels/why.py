"""The Why? card: what could stand at the selected word, what became of each, and what would change the outcome."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from farspan.explain import Explanation, Flip, Story, shown
from farspan_app.gui.numbers import numeral
from farspan_app.gui.theme import label_colour
from farspan_app.gui.told import told
from farspan_app.gui.views.offsets import displayable, isolated
from farspan_app.gui.workspace import Workspace

_MOST_FLIPS = 12
_LEFT_TO_RIGHT = "\u200e"


class WhyCard(QScrollArea):
    """Explains the selection of the workspace. Each change that would flip the outcome is a button that tries it."""

    shown = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.buttons: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(210)
        self.setAccessibleName(self.tr("Why?"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        workspace.selection_changed.connect(self.refresh)
        workspace.run_changed.connect(self.refresh)
        self._show_hint()

    def refresh(self) -> None:
        """Ask for the story of what is selected now; an older question is dropped."""
        selection = self.workspace.selection
        task = None if selection is None else self.workspace.explain(selection.document, selection.start)
        if task is None:
            self._show_hint()
        else:
            task.succeeded.connect(self._show)

    def _show_hint(self) -> None:
        self._put(
            [self._text(self.tr("Select a word or a row to see which names could stand there, and what became of each."), True)]
        )

    def _show(self, found: Explanation | None) -> None:
        if found is None:
            self._show_hint()
            return
        parts: list[QWidget] = [self._heading(found)]
        if found.stories:
            parts += [self._story(story) for story in found.stories]
        else:
            parts.append(self._text(self.tr("No name of any list stands here."), True))
        if found.flips:
            parts.append(self._title(self.tr("What would change it")))
            self.buttons = [self._flip(flip) for flip in found.flips[:_MOST_FLIPS]]
            parts += self.buttons
            if len(found.flips) > _MOST_FLIPS:
                parts.append(self._text(self.tr("%n more change(s) would", "", len(found.flips) - _MOST_FLIPS), True))
        self._put(parts, keep=self.buttons if found.flips else [])
        self.shown.emit()

    def _put(self, parts: list[QWidget], keep: list[QPushButton] | None = None) -> None:
        self.buttons = keep or []
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for part in parts:
            column.addWidget(part)
        column.addStretch()
        self.setWidget(body)

    def _heading(self, found: Explanation) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 4)
        word = self._text(isolated(found.text))
        word.setProperty("heading", True)
        column.addWidget(word)
        column.addWidget(self._text(told(found.outcome)))
        column.addWidget(self._text(self.tr("{}, character {}").format(found.document, numeral(found.start)), True))
        return box

    def _story(self, story: Story) -> QWidget:
        """One candidate: the label in its colour and in words, the name with its list, and what became of it."""
        box = QFrame()
        box.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(2)
        head = self._text(f"{story.span.label}  {isolated(story.text)}")
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        palette = head.palette()
        palette.setColor(head.foregroundRole(), label_colour(story.span.label))
        head.setPalette(palette)
        column.addWidget(head)
        column.addWidget(self._text(self.tr("{} of {}").format(isolated(story.span.name), story.span.source), True))
        column.addWidget(self._text(told(story.reason)))
        if story.span.ids:
            column.addWidget(self._text(", ".join(story.span.ids), True))
        return box

    def _flip(self, flip: Flip) -> QPushButton:
        text = self.tr("{}.{} = {}").format(flip.source, flip.option, shown(flip.value))
        elsewhere = (
            self.tr("changes nothing else nearby")
            if not flip.elsewhere
            else self.tr("also changes %n span(s) nearby", "", flip.elsewhere)
        )
        button = QPushButton()
        button.setText(self.fontMetrics().elidedText(displayable(text), Qt.TextElideMode.ElideMiddle, 320))
        button.setAccessibleName(f"{text}: {told(flip.outcome)}")
        button.setToolTip(self.tr("Try it: {}; {}").format(told(flip.outcome), elsewhere))
        button.setEnabled(not self.workspace.read_only)
        button.clicked.connect(self._trier(flip))
        return button

    def _trier(self, flip: Flip) -> Callable[[], None]:
        def act() -> None:
            self.workspace.set_options(flip.source, {flip.option: flip.value})
            self.workspace.message.emit(self.tr("Trying {}: see the Tuning tab, then apply or discard").format(flip.option))

        return act

    def _title(self, text: str) -> QLabel:
        label = self._text(text)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        return label

    def _text(self, text: str, quiet: bool = False) -> QLabel:
        label = QLabel(_LEFT_TO_RIGHT + displayable(text))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if quiet:
            label.setProperty("quiet", True)
        return label
