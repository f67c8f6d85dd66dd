"""The page of causes: what is wrong or missed, why, and which rule changes would help on what was judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.noise.causes import ErrorCase
from farspan.noise.changes import Effect
from farspan.noise.effects import Tried
from farspan_app.gui import theme
from farspan_app.gui.auditing import Auditing, texts_of
from farspan_app.gui.icons import icon
from farspan_app.gui.numbers import numeral
from farspan_app.gui.told import told
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.words import QT_TRANSLATE_NOOP
from farspan_app.gui.workspace import Selection

_CASE: Final = int(Qt.ItemDataRole.UserRole)
_MOST: Final = 500
_SIGNS: Final = {
    "helps": QT_TRANSLATE_NOOP("Causes", "helps there too"),
    "hurts": QT_TRANSLATE_NOOP("Causes", "hurts there"),
    "no difference": QT_TRANSLATE_NOOP("Causes", "no difference there"),
}


class CausesPage(QWidget):
    """Errors by cause at the left, proposals at the right."""

    opened = Signal()
    tried = Signal()

    def __init__(self, auditing: Auditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.auditing = auditing
        self.lead = QLabel()
        self.lead.setWordWrap(True)
        self.cases = self._tree(
            [self.tr("Cause"), self.tr("Given"), self.tr("True"), self.tr("Why")], self.tr("Errors by their cause")
        )
        self.proposals = self._tree(
            [self.tr("Change"), self.tr("Wrong"), self.tr("Right"), self.tr("Precision"), self.tr("On held-out parts")],
            self.tr("Proposed rule changes"),
        )
        self.proposals.setRootIsDecorated(False)
        self.try_button = QPushButton(icon("tuning", on_accent=True), self.tr("Try it in the Tuning tab"))
        self.try_button.setProperty("primary", True)
        self.try_button.setAccessibleName(self.tr("Try the proposed change in the Tuning tab"))
        self.try_button.clicked.connect(lambda _=False: self._try())
        self._lay_out()
        auditing.errors_found.connect(self.show_errors)
        self.cases.itemActivated.connect(lambda item, _column: self._open(item))
        self.proposals.itemSelectionChanged.connect(self._enable)
        self.proposals.itemActivated.connect(lambda *_: self._try())
        self._tried: Sequence[Tried] = ()
        self.clear()

    def _tree(self, headings: list[str], name: str) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels(headings)
        tree.setAccessibleName(name)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.header().setStretchLastSection(True)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        return tree

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Why is it wrong, and what would help?"))
        heading.setProperty("heading", True)
        left, right = QWidget(), QWidget()
        for page, text, tree in (
            (left, self.tr("Causes"), self.cases), (right, self.tr("Proposed changes"), self.proposals),
        ):  # fmt: skip
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            caption = QLabel(text)
            caption.setProperty("quiet", True)
            column.addWidget(caption)
            column.addWidget(tree, 1)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.try_button)
        right.layout().addLayout(row)  # type: ignore[union-attr]
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([320, 260])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(self.lead)
        column.addWidget(split, 1)

    def clear(self) -> None:
        """Forget what was found."""
        self._tried = ()
        self.cases.clear()
        self.proposals.clear()
        self.lead.setText(self.tr("Causes are looked for among the errors that were judged or read."))
        self._enable()

    def show_errors(self, found: tuple[Sequence[ErrorCase], Sequence[Tried]]) -> None:
        """Show the errors and the proposals."""
        cases, self._tried = found
        self.cases.clear()
        self.proposals.clear()
        counts = Counter((case.kind, str(case.cause)) for case in cases)
        for (kind, cause), count in counts.most_common():
            self.cases.addTopLevelItem(self._group(kind, cause, count, cases))
        self.cases.expandToDepth(0)
        self.proposals.addTopLevelItems([self._proposal(one) for one in self._tried])
        for tree, columns in ((self.cases, 3), (self.proposals, 4)):
            for column in range(columns):
                tree.resizeColumnToContents(column)
        wrong = sum(case.kind == "wrong" for case in cases)
        self.lead.setText(
            self.tr("{} wrong and {} missed among what was judged. Double click an error to see it in its text.").format(
                numeral(wrong), numeral(len(cases) - wrong)
            )
            if cases
            else self.tr("No error is known yet: judge spans or read sentences on the page Estimates, then look here again.")
        )
        self._enable()

    def _group(self, kind: str, cause: str, count: int, cases: Sequence[ErrorCase]) -> QTreeWidgetItem:
        said = self.tr("wrong") if kind == "wrong" else self.tr("missed")
        group = QTreeWidgetItem([f"{said}: {told(cause)}  ({numeral(count)})"])
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        group.setForeground(0, theme.change_colour("removed" if kind == "wrong" else "changed"))
        mine = [case for case in cases if (case.kind, str(case.cause)) == (kind, cause)]
        for case in mine[:_MOST]:
            before, text, after = texts_of(self.auditing.workspace.state, case)
            item = QTreeWidgetItem(
                [displayable(" ".join(text.split())), case.given or "O", case.true or "O", displayable(told(case.why))]
            )
            item.setToolTip(0, displayable(" ".join(f"{before}[{text}]{after}".split())))
            item.setToolTip(3, displayable(told(case.why)))
            item.setData(0, _CASE, (case.document, case.start, case.end))
            group.addChild(item)
        if len(mine) > _MOST:
            group.addChild(QTreeWidgetItem([self.tr("and %n more", "", len(mine) - _MOST)]))
        return group

    def _proposal(self, one: Tried) -> QTreeWidgetItem:
        effect = one.effect
        if effect is None:
            item = QTreeWidgetItem([displayable(told(str(one.proposal))), "", "", one.problem, ""])
            item.setDisabled(True)
            return item
        held = effect.held_out
        item = QTreeWidgetItem([
            displayable(told(str(one.proposal))),
            f"{effect.wrong:+,d}",
            f"{effect.right:+,d}",
            self._gain(effect),
            "" if held is None else QCoreApplication.translate("Causes", _SIGNS[held.sign]),
        ])  # fmt: skip
        for column in (1, 2):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if effect.overfits:
            item.setForeground(4, theme.change_colour("removed"))
        item.setToolTip(
            0, self.tr("Also {:+,d} spans that nobody judged").format(effect.unjudged_added - effect.unjudged_removed)
        )
        return item

    def _gain(self, effect: Effect) -> str:
        """What a change does to the precision, with its interval."""
        value, interval = effect.precision.value, effect.precision.interval
        if value is None:
            return ""
        if interval is None:
            return f"{value:+.2f}"
        return self.tr("{:+.2f} ({:+.2f} to {:+.2f})").format(value, interval.lower, interval.upper)

    def _enable(self) -> None:
        row = self.proposals.indexOfTopLevelItem(self.proposals.currentItem())  # type: ignore[arg-type]
        may = 0 <= row < len(self._tried) and self._tried[row].effect is not None
        self.try_button.setEnabled(may and not self.auditing.workspace.read_only)

    def _try(self) -> None:
        row = self.proposals.indexOfTopLevelItem(self.proposals.currentItem())  # type: ignore[arg-type]
        if self.try_button.isEnabled():
            self.auditing.try_proposal(self._tried[row].proposal)
            self.tried.emit()

    def _open(self, item: QTreeWidgetItem) -> None:
        place = item.data(0, _CASE)
        if place is not None:
            self.auditing.workspace.select(Selection(*place))
            self.opened.emit()
