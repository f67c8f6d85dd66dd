"""Places that a search finds in the texts themselves, candidates or not, and what is labelled there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from farspan.job import SILENT, Job
from farspan.model import BoolArray, Document, LongArray, Span
from farspan.run import Run
from farspan.store.edited import apply_edits
from farspan.store.work import Edit
from farspan_app.gui.holdings import document_spans
from farspan_app.gui.models.kwic import CONTEXT
from farspan_app.gui.models.searching import Finder
from farspan_app.gui.views.offsets import displayable

MOST: Final = 50_000
"""Places that are shown and labelled at once."""
BEFORE, MATCH, AFTER, DOCUMENT, NOW = range(5)
_BREAKS: Final = dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " ")
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Places in the order of the texts. places: int64[n, 3], number of the document, start, end in code points.

    labels: of the spans that touch each place, joined; "" where there is none. same: bool[n], whether a span has just this place.
    is_more: whether there are more than `MOST`.
    """

    documents: Sequence[Document]
    places: LongArray
    labels: Sequence[str]
    same: BoolArray
    is_more: bool = False

    def __len__(self) -> int:
        return len(self.places)

    def free(self, label: str, *, only_bare: bool) -> BoolArray:
        """bool[n]: the places that would be labelled `label`: not those that have it; only_bare: nor those that touch a span."""
        has = np.array([label in said.split(", ") for said in self.labels], np.bool_) & self.same
        return ~has & np.array([not said for said in self.labels], np.bool_) if only_bare else ~has


def find_hits(
    documents: Sequence[Document], run: Run | None, edits: Mapping[int, Sequence[Edit]], finder: Finder, job: Job = SILENT
) -> Hits:
    """The places of `finder` in all `documents`. edits: manual ones by the number of the document. Raises OptionError."""
    places: list[tuple[int, int, int]] = []
    labels: list[str] = []
    same: list[bool] = []
    for number, document in enumerate(documents):
        job.progress(number, len(documents), document.id)
        found: list[tuple[int, int]] = []
        for place in finder.places(document.text):
            if len(places) + len(found) == MOST:
                break
            found.append(place)
        if found:
            spans = apply_edits(document_spans(run, number), edits.get(number, ()))
            for said, is_same in _touching(found, spans):
                labels.append(said)
                same.append(is_same)
            places += [(number, *place) for place in found]
        if len(places) == MOST:
            break
    array = np.array(places, np.int64).reshape(-1, 3)
    return Hits(documents, array, labels, np.array(same, np.bool_), len(places) == MOST)


def _touching(places: Sequence[tuple[int, int]], spans: Sequence[Span]) -> list[tuple[str, bool]]:
    """For each place the labels of the spans that touch it, and whether one of them is just there."""
    ordered = sorted(spans, key=lambda span: span.start)
    starts = np.array([span.start for span in ordered], np.int64)
    longest = max((span.end - span.start for span in ordered), default=0)
    found = []
    for start, end in places:
        first, last = np.searchsorted(starts, (start - longest, end))
        here = [span for span in ordered[int(first) : int(last)] if span.end > start]
        labels = dict.fromkeys(span.label for span in here)
        found.append((", ".join(labels), any((span.start, span.end) == (start, end) for span in here)))
    return found


class HitModel(QAbstractTableModel):
    """Hits in their context; a line is read when it is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headings = (self.tr("Before"), self.tr("Match"), self.tr("After"), self.tr("Document"), self.tr("Labelled"))
        self.hits: Hits | None = None

    def show(self, hits: Hits | None) -> None:
        """Show `hits`."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  (Qt's own default)
        """The hits."""
        return 0 if parent.isValid() or self.hits is None else len(self.hits)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        """The columns."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if self.hits is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in {BEFORE, MATCH}:
            side = Qt.AlignmentFlag.AlignRight if index.column() == BEFORE else Qt.AlignmentFlag.AlignHCenter
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return displayable(self._text(self.hits, index.row(), index.column()))
        return None

    def _text(self, hits: Hits, row: int, column: int) -> str:
        number, start, end = (int(value) for value in hits.places[row])
        document = hits.documents[number]
        match column:
            case 0:
                said = document.text[max(0, start - CONTEXT) : start]
            case 1:
                said = document.text[start:end]
            case 2:
                said = document.text[end : end + CONTEXT]
            case 3:
                said = document.id
            case _:
                said = hits.labels[row]
        return said.translate(_BREAKS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        return None
