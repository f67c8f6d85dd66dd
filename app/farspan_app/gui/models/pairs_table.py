"""Pairs as an item model: a million rows cost nothing until they are on the screen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from farspan.model import LongArray
from farspan_app.gui.models.pairs import PairLine, Pairs
from farspan_app.gui.numbers import numeral
from farspan_app.gui.theme import change_colour, muted_colour
from farspan_app.gui.views.offsets import displayable
from farspan_app.gui.words import QT_TRANSLATE_NOOP

COLUMNS: Final = ("context", "relation", "types", "distance", "status", "judged", "subject", "object", "document")
CONTEXT, RELATION, TYPES, DISTANCE, STATUS, JUDGED, SUBJECT, OBJECT, DOCUMENT = range(len(COLUMNS))
LINE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The `PairLine` of a row."""

STATUS_WORDS: Final = {
    "kept": QT_TRANSLATE_NOOP("Pairs", "kept"),
    "negative": QT_TRANSLATE_NOOP("Pairs", "negative"),
    "active": QT_TRANSLATE_NOOP("Pairs", "left out: switched off"),
    "overlap": QT_TRANSLATE_NOOP("Pairs", "left out: overlapping"),
    "same_entity": QT_TRANSLATE_NOOP("Pairs", "left out: same entity"),
    "unique": QT_TRANSLATE_NOOP("Pairs", "left out: ambiguous"),
    "subject_types": QT_TRANSLATE_NOOP("Pairs", "left out: type of subject"),
    "object_types": QT_TRANSLATE_NOOP("Pairs", "left out: type of object"),
    "direction": QT_TRANSLATE_NOOP("Pairs", "left out: other order"),
    "min_distance": QT_TRANSLATE_NOOP("Pairs", "left out: too near"),
    "max_distance": QT_TRANSLATE_NOOP("Pairs", "left out: too far"),
    "between": QT_TRANSLATE_NOOP("Pairs", "left out: words between"),
    "not_between": QT_TRANSLATE_NOOP("Pairs", "left out: forbidden word"),
    "triggers": QT_TRANSLATE_NOOP("Pairs", "left out: no trigger"),
    "exclude_evidence": QT_TRANSLATE_NOOP("Pairs", "left out: own evidence"),
    "nearer": QT_TRANSLATE_NOOP("Pairs", "left out: nearer one"),
}
JUDGED_WORDS: Final = {
    "unjudged": QT_TRANSLATE_NOOP("Pairs", "not judged"),
    "right": QT_TRANSLATE_NOOP("Pairs", "✓ right"),
    "wrong": QT_TRANSLATE_NOOP("Pairs", "✗ wrong"),
    "unsure": QT_TRANSLATE_NOOP("Pairs", "? unsure"),
}

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_REMEMBERED: Final = 500
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def told(word: str) -> str:
    """A status or verdict in the person's language."""
    return QCoreApplication.translate("Pairs", {**STATUS_WORDS, **JUDGED_WORDS}[word])


class PairsModel(QAbstractTableModel):
    """Shows `rows` of `Pairs` in their order. renewed: the same rows are to be painted anew."""

    renewed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pairs: Pairs | None = None
        self.rows: LongArray = np.empty(0, np.int64)
        self._lines: OrderedDict[int, PairLine] = OrderedDict()

    def show(self, pairs: Pairs | None, rows: LongArray) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.pairs, self.rows = pairs, rows
        self._lines.clear()
        self.endResetModel()

    def renew(self, pairs: Pairs) -> None:
        """Read the same rows anew: verdicts changed."""
        self.pairs = pairs
        self._lines.clear()
        self.renewed.emit()

    def line(self, number: int) -> PairLine:
        """The row numbered `number` on the screen."""
        assert self.pairs is not None  # noqa: S101  (without it there are no rows)
        row = int(self.rows[number])
        found = self._lines.get(row)
        if found is None:
            found = self._lines[row] = self.pairs.line(row)
            if len(self._lines) > _REMEMBERED:
                self._lines.popitem(last=False)
        return found

    def tsv(self, numbers: Iterable[int]) -> str:
        """Rows as lines of tab-separated values, with a head."""
        lines = ["\t".join(COLUMNS)]
        lines += ["\t".join(self._text(self.line(number), column) for column in range(len(COLUMNS))) for number in numbers]
        return "\n".join(lines) + "\n"

    # ---- what Qt asks

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The titles of columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == DISTANCE else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and section == CONTEXT:
            return self.tr("The subject is underlined, the object has a dotted line")
        if role == Qt.ItemDataRole.ToolTipRole and section == DISTANCE:
            return self.tr("Tokens between the two mentions")
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Sentence"), self.tr("Relation"), self.tr("Types"), self.tr("Distance"), self.tr("Status"),
                self.tr("Judged"), self.tr("Subject"), self.tr("Object"), self.tr("Document"),
            )[section]  # fmt: skip
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, read when it is wanted."""
        if not index.isValid():
            return None
        line, column = self.line(index.row()), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(line, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(line) if column == CONTEXT else self._text(line, column)
            case Qt.ItemDataRole.TextAlignmentRole if column == DISTANCE:
                return _RIGHT
            case Qt.ItemDataRole.ForegroundRole if column == JUDGED and line.judged in {"right", "wrong"}:
                return change_colour("added" if line.judged == "right" else "removed")
            case Qt.ItemDataRole.ForegroundRole if line.status not in {"kept", "negative"} or line.judged == "wrong":
                return muted_colour()
            case _ if role == LINE_ROLE:
                return line
        return None

    def _spoken(self, line: PairLine) -> str:
        (a, b), (c, d) = line.subject, line.object
        said = self.tr("Subject {}, object {}: {}").format(line.text[a:b], line.text[c:d], line.text)
        return displayable(said)

    def _text(self, line: PairLine, column: int) -> str:
        match column:
            case 0:
                return displayable(line.text)
            case 1:
                return displayable(line.relation)
            case 2:
                return displayable(f"{line.types[0]} → {line.types[1]}")
            case 3:
                return numeral(line.distance)
            case 4:
                return told(line.status)
            case 5:
                return "" if line.judged == "unjudged" else told(line.judged)
            case 6 | 7:
                return displayable(line.ids[column - SUBJECT])
        return displayable(line.name)
