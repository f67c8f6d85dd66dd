"""A tree of facets with counts: values are ticked and combine freely."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from farspan_app.gui import theme
from farspan_app.gui.models.facets import Chosen, FacetCount
from farspan_app.gui.numbers import numeral
from farspan_app.gui.views.offsets import displayable

_FACET: Final = int(Qt.ItemDataRole.UserRole)
_VALUE: Final = _FACET + 1
_GROUP: Final = _FACET + 2


class FacetTree(QTreeWidget):
    """Shows counts. ticked: what is wanted after a tick.

    titles: of facets, for the translators; values: those that are words of the program, in the translators' `context`; said: the
    facets whose values these are; closed: facets that are folded at first.
    """

    ticked = Signal(object)

    def __init__(
        self,
        titles: Mapping[str, str],
        values: Mapping[str, str],
        said: Collection[str],
        closed: Collection[str],
        parent: QWidget | None = None,
        *,
        context: str = "Facets",
    ) -> None:
        super().__init__(parent)
        self._titles, self._values, self._said, self._closed = titles, values, said, closed
        self._context = context
        self.groups: dict[str, QTreeWidgetItem] = {}
        self._chosen: Chosen = {}
        self._counts: dict[str, FacetCount] = {}
        self.setAccessibleName(self.tr("Facets"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(True)
        self.setUniformRowHeights(True)
        self.setIndentation(12)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemChanged.connect(self._ticked)
        self.itemExpanded.connect(self._unfolded)

    def show_counts(self, counts: Sequence[FacetCount], chosen: Chosen, *, unfold: bool = False) -> None:
        """Show these values and counts, those of `chosen` ticked; what is open stays open, `unfold`: all is opened."""
        self._chosen = chosen
        blocker = QSignalBlocker(self)
        self.setUpdatesEnabled(False)
        for count in counts:
            group = self._group(count.facet)
            self._counts[count.facet] = count
            wanted = chosen.get(count.facet, frozenset())
            group.setHidden(not count.values)
            group.setText(1, f"{len(wanted)} ✓" if wanted else "")
            if unfold and count.values:
                group.setExpanded(True)
            self._fill(group)
        self.setUpdatesEnabled(True)
        blocker.unblock()

    def _fill(self, group: QTreeWidgetItem) -> None:
        """Show the values of an open facet. A folded one has a single one: hundreds that nobody sees would hold up the window."""
        count = self._counts[group.data(0, _GROUP)]
        wanted = self._chosen.get(count.facet, frozenset())
        shown = count.values if group.isExpanded() else count.values[:1]
        group.takeChildren()
        group.addChildren([self._item(count.facet, value, number, value in wanted) for value, number in shown])
        if count.further and group.isExpanded():
            more = QTreeWidgetItem([self.tr("and %n more: find them above", "", count.further), ""])
            more.setFlags(Qt.ItemFlag.NoItemFlags)
            group.addChild(more)

    def _unfolded(self, group: QTreeWidgetItem) -> None:
        if group.data(0, _GROUP) is not None:
            blocker = QSignalBlocker(self)
            self._fill(group)
            blocker.unblock()

    def _group(self, facet: str) -> QTreeWidgetItem:
        if facet not in self.groups:
            group = QTreeWidgetItem([QCoreApplication.translate("Facets", self._titles[facet]), ""])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            group.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            group.setData(0, _GROUP, facet)
            self.addTopLevelItem(group)
            group.setExpanded(facet not in self._closed)
            self.groups[facet] = group
        return self.groups[facet]

    def _item(self, facet: str, value: str, number: int, is_wanted: bool) -> QTreeWidgetItem:
        text = QCoreApplication.translate(self._context, self._values[value]) if facet in self._said else displayable(value)
        item = QTreeWidgetItem([text, numeral(number)])
        item.setToolTip(0, text)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Checked if is_wanted else Qt.CheckState.Unchecked)
        item.setData(0, _FACET, facet)
        item.setData(0, _VALUE, value)
        item.setForeground(1, theme.muted_colour())
        if facet == "label":
            item.setForeground(0, theme.label_colour(value))
        return item

    def _ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        facet, value = item.data(0, _FACET), item.data(0, _VALUE)
        if facet is None:
            return
        chosen = dict(self._chosen)
        before = chosen.get(facet, frozenset())
        chosen[facet] = before | {value} if item.checkState(0) == Qt.CheckState.Checked else before - {value}
        # Later: the tree must not be filled anew while it still tells of this tick.
        QTimer.singleShot(0, self, lambda: self.ticked.emit(chosen))
