"""The concordance as an item model: a million rows cost nothing until they are on the screen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from farspan.decide.conflicts import Status
from farspan.model import LongArray
from farspan_app.gui.models.kwic import Kwic, Line
from farspan_app.gui.theme import label_colour, muted_colour
from farspan_app.gui.views.block import is_mostly_right_to_left
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.views.spans import Verdict

COLUMNS: Final = ("left", "match", "right", "label", "status", "name", "list", "document", "risk")
LEFT, MATCH, RIGHT, LABEL, STATUS, NAME, LIST, DOCUMENT, RISK = range(len(COLUMNS))
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_REMEMBERED: Final = 500


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as it is painted. texts: of each column; turned: it reads from right to left; is_quiet: it is not in the result."""

    line: Line
    texts: tuple[str, ...]
    turned: bool
    is_quiet: bool


class ConcordanceModel(QAbstractTableModel):
    """Shows `rows` of a `Kwic` in their order; filtering and sorting make other rows, elsewhere.

    renewed: the same rows are to be painted anew.
    """

    renewed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kwic: Kwic | None = None
        self._rows: LongArray = np.empty(0, np.int64)
        self._shown: OrderedDict[int, ShownRow] = OrderedDict()

    @property
    def kwic(self) -> Kwic | None:
        """What the rows are read from."""
        return self._kwic

    @property
    def rows(self) -> LongArray:
        """int64: the candidates shown, in order."""
        return self._rows

    def show(self, kwic: Kwic | None, rows: LongArray) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._kwic, self._rows = kwic, rows
        self._shown.clear()
        self.endResetModel()

    def renew(self, kwic: Kwic) -> None:
        """Read the same rows of the same run anew: verdicts or labels changed."""
        self._kwic = kwic
        self._shown.clear()
        # Not dataChanged: the table would visit a million cells to learn that it has to paint thirty rows.
        self.renewed.emit()

    def line(self, number: int) -> Line:
        """The row numbered `number` on the screen."""
        return self.shown(number).line

    def shown(self, number: int) -> ShownRow:
        """The row numbered `number` as it is painted; remembered, as each of its cells asks for it."""
        assert self._kwic is not None  # noqa: S101  (without it there are no rows)
        row = int(self._rows[number])
        found = self._shown.get(row)
        if found is None:
            line = self._kwic.line(row)
            texts = tuple(self._text(line, column) for column in range(len(COLUMNS)))
            is_quiet = line.status >= Status.LOST or line.verdict == Verdict.REJECTED
            turned = is_mostly_right_to_left(line.left + line.match + line.right)
            found = self._shown[row] = ShownRow(line, texts, turned, is_quiet)
            if len(self._shown) > _REMEMBERED:
                self._shown.popitem(last=False)
        return found

    def tsv(self, numbers: Iterable[int]) -> str:
        """Rows as lines of tab-separated values, in the order of the columns, with a head."""
        lines = ["\t".join(COLUMNS)]
        lines.extend("\t".join(text.replace("\t", " ") for text in self.shown(number).texts) for number in numbers)
        return "\n".join(lines) + "\n"

    # ---- what Qt asks

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The titles of columns, on the side on which their cells stand."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal and section > RIGHT:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (
                self.tr("Before"), self.tr("Match"), self.tr("After"), self.tr("Label"),
                self.tr("Status"), self.tr("Name"), self.tr("List"), self.tr("Document"), self.tr("Risk"),
            )[section]  # fmt: skip
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, read when it is wanted."""
        if not index.isValid():
            return None
        shown = self.shown(index.row())
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown.texts[column]
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                if column == RISK:
                    return self.tr("Risk {}: a signal, not an estimate").format(shown.texts[column])
                return shown.texts[column] if column > RIGHT else "".join(shown.texts[: RIGHT + 1])
            case Qt.ItemDataRole.FontRole if column in {MATCH, LABEL}:
                return _bold()
            case Qt.ItemDataRole.ForegroundRole if column in {MATCH, LABEL}:
                return label_colour(shown.line.label)
            case Qt.ItemDataRole.ForegroundRole if shown.is_quiet:
                return muted_colour()
        return None

    def _text(self, line: Line, column: int) -> str:
        match column:
            case 0:
                return displayable(line.left)
            case 1:
                return displayable(line.match)
            case 2:
                return displayable(line.right)
            case 3:
                return line.label
            case 4:
                return self._status(line)
            case 5:
                return displayable(line.name)
            case 6:
                return line.source
            case 7:
                return self._document(line)
        return "" if line.risk is None else f"{line.risk:.2f}"

    def _document(self, line: Line) -> str:
        assert self._kwic is not None  # noqa: S101  (there is a line)
        return self._kwic.run.corpus.documents[line.document].id

    def _status(self, line: Line) -> str:
        status = {
            Status.KEPT: self.tr("kept"),
            Status.NESTED: self.tr("nested"),
            Status.LOST: self.tr("lost"),
            Status.BLOCKED: self.tr("blocked"),
        }[line.status]
        verdict = {
            Verdict.ACCEPTED: self.tr("✓ accepted"),
            Verdict.REJECTED: self.tr("✗ rejected"),
        }.get(line.verdict)
        if verdict is None:
            return status
        return verdict if line.status <= Status.NESTED else f"{verdict} ({status})"


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
