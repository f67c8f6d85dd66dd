"""The dialog that writes training, development and test data, and then says what they have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from farspan.errors import FarspanError
from farspan.formats import FORMATS
from farspan.relations.leakage import Leak
from farspan.relations.splits import PARTS, By, SplitPlan
from farspan_app.gui.icons import icon
from farspan_app.gui.numbers import numeral, numeral_locale
from farspan_app.gui.parting import Parted
from farspan_app.gui.relating import Relating
from farspan_app.gui.tasks import Task
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.words import QT_TRANSLATE_NOOP

LEAKS: Final = {
    "pair": QT_TRANSLATE_NOOP("Leaks", "pairs of entities"),
    "unordered_pair": QT_TRANSLATE_NOOP("Leaks", "pairs in either order"),
    "triple": QT_TRANSLATE_NOOP("Leaks", "pairs with their relation"),
    "entity": QT_TRANSLATE_NOOP("Leaks", "entities"),
    "sentence": QT_TRANSLATE_NOOP("Leaks", "sentences"),
    "near_sentence": QT_TRANSLATE_NOOP("Leaks", "sentences that are alike"),
}
_USUAL: Final = (0.8, 0.1, 0.1)
_LARGEST_SEED: Final = 2**31 - 1


class SplitDialog(QDialog):
    """What nothing may share, how large the parts are, and where they go; below, the report of what they share all the same."""

    def __init__(self, relating: Relating, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Training, development and test data"))
        self.resize(820, 600)
        self.relating = relating
        self.by, self.format, self.seed = QComboBox(), QComboBox(), QSpinBox()
        self.shares = {part: QDoubleSpinBox() for part in PARTS}
        self.said, self.table = QLabel(), self._table()
        self._fill()
        self._lay_out()
        self._check()

    def _fill(self) -> None:
        for text, name in (
            (self.tr("No pair of entities on two sides"), "pair"),
            (self.tr("No entity on two sides"), "entity"),
            (self.tr("No document on two sides"), "document"),
        ):
            self.by.addItem(text, name)
        # One file a part: what is written as many files, and what cannot hold relations, is not for this.
        for item in FORMATS.values():
            if item.write is not None and "relations" not in item.cannot and not item.single and item.content != "pair":
                self.format.addItem(item.name, item.name)
        self.format.setCurrentIndex(max(self.format.findData("jsonl"), 0))
        self.by.setAccessibleName(self.tr("What is kept apart"))
        self.format.setAccessibleName(self.tr("Format"))
        self.seed.setAccessibleName(self.tr("Seed of the draw"))
        self.seed.setRange(0, _LARGEST_SEED)
        plan = self.relating.standing.made
        self.seed.setValue(0 if plan is None else plan.seed)
        names = (self.tr("Share of training data"), self.tr("Share of development data"), self.tr("Share of test data"))
        for box, share, name in zip(self.shares.values(), _USUAL, names, strict=True):
            box.setLocale(numeral_locale())
            box.setRange(0, 1)
            box.setSingleStep(0.05)
            box.setDecimals(3)
            box.setValue(share)
            box.setAccessibleName(name)
            box.valueChanged.connect(lambda _: self._check())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for part, box in self.shares.items():
            row.addWidget(QLabel(part))
            row.addWidget(box)
        row.addStretch()
        form = QFormLayout()
        form.addRow(self.tr("Kept apart"), self.by)
        form.addRow(self.tr("Shares"), row)
        form.addRow(self.tr("Seed"), self.seed)
        form.addRow(self.tr("Format"), self.format)
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.write_button = QPushButton(icon("export", on_accent=True), self.tr("Write three files ..."))
        self.write_button.setAccessibleName(self.tr("Write three files"))
        self.write_button.setProperty("primary", True)
        self.write_button.clicked.connect(lambda _=False: self._ask())
        buttons.addButton(self.write_button, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)

    def _table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(self.tr("What the parts have in common"))
        table.setHeaderLabels(
            [self.tr("From"), self.tr("To"), self.tr("In common"), self.tr("Shared"), self.tr("Of"), self.tr("Relations"),
             self.tr("For example")]
        )  # fmt: skip
        table.setRootIsDecorated(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.hide()
        return table

    @property
    def plan(self) -> SplitPlan:
        """What is asked for. Raises OptionError for shares that are not possible."""
        train, dev, test = (box.value() for box in self.shares.values())
        return SplitPlan(cast("By", self.by.currentData()), (train, dev, test))

    def _check(self) -> None:
        try:
            _ = self.plan
        except FarspanError as error:
            self.said.setText(f"{error.what}; {error.remedy}")
            self.write_button.setEnabled(False)
            return
        self.said.setText(
            self.tr("A sentence goes to one side only; what would have to be on two sides is left out, and counted.")
        )
        self.write_button.setEnabled(True)

    def _ask(self) -> None:
        item, home = FORMATS[str(self.format.currentData())], self.relating.workspace.path
        suggested = str((home.parent / home.stem) if home is not None else Path("relations")) + item.suffixes[0]
        patterns = " ".join(f"*{suffix}" for suffix in item.suffixes)
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Three files beside"), suggested, f"{item.name} ({patterns})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> Task | None:
        """Write the parts beside `path`, then show what they have in common."""
        task = self.relating.split(self.plan, self.seed.value(), path, str(self.format.currentData()))
        if task is not None:
            task.error_shown = True
            self.write_button.setEnabled(False)
            self.said.setText(self.tr("Writing ..."))
            task.succeeded.connect(self._show)
            task.failed.connect(lambda error: self.said.setText(displayable(str(error))))
            task.cancelled.connect(self._check)
            task.finished.connect(lambda: self.write_button.setEnabled(True))
        return task

    def _show(self, made: Parted) -> None:
        counts = ", ".join(f"{name} {numeral(count)}" for name, count in made.counts.items())
        said = [
            self.tr("Relations: {}; {} left out, whose sentence or entity is on another side.").format(
                counts, numeral(made.left_out)
            ),
            self.tr("Written: {}").format(", ".join(made.files)),
        ]
        lost = {kind: sum(loss.counts[kind] for loss in made.losses) for loss in made.losses for kind in loss.counts}
        if lost:
            listed = ", ".join(f"{kind} {numeral(count)}" for kind, count in lost.items())
            said.append(self.tr("Not expressed by this format: {}").format(listed))
        if not any(leak.keys for leak in made.leaks):
            said.append(self.tr("The parts have nothing in common."))
        self.said.setText(displayable("\n".join(said)))
        self.table.clear()
        self.table.addTopLevelItems([_row(leak) for leak in made.leaks])
        self.table.show()


def _row(leak: Leak) -> QTreeWidgetItem:
    what = QCoreApplication.translate("Leaks", LEAKS[leak.kind])
    example = displayable(leak.examples[0]) if leak.examples else ""
    counts = [numeral(number) for number in (leak.keys, leak.of, leak.rows)]
    item = QTreeWidgetItem([leak.source, leak.to, what, *counts, example])
    item.setToolTip(6, example)
    for column in (3, 4, 5):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
