"""The formats to choose from, grouped by who reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from farspan.formats import Format
from farspan_app.gui.beside import Beside
from farspan_app.gui.widgets.find_bar import SearchField
from farspan_app.gui.words import QT_TRANSLATE_NOOP

_GROUPS: Final = (
    (QT_TRANSLATE_NOOP("Formats", "Keeps everything"), ("jsonl",)),
    (
        QT_TRANSLATE_NOOP("Formats", "A token a line"),
        ("conll", "conll2002", "conll2003", "conllu", "conllup"),
    ),
    (
        QT_TRANSLATE_NOOP("Formats", "Annotation tools"),
        ("brat", "casjson", "doccano", "labelstudio", "prodigy", "webanno", "xmi"),
    ),
    (QT_TRANSLATE_NOOP("Formats", "Training"), ("docbin", "hfjsonl", "parquet", "wrench")),
    (QT_TRANSLATE_NOOP("Formats", "Relations"), ("dygie", "nyt10", "pubtator", "tacred")),
)
_OTHERS: Final = QT_TRANSLATE_NOOP("Formats", "Others")
_NAME: Final = int(Qt.ItemDataRole.UserRole)


class FormatTree(QWidget):
    """One format is always chosen. chosen: another one is."""

    chosen = Signal()

    def __init__(self, formats: Sequence[Format], beside: Sequence[Beside] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: list[tuple[QTreeWidgetItem, list[str]]] = []
        self.finder = SearchField(self.tr("Find a format"))
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Formats"))
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.finder)
        column.addWidget(self.tree, 1)
        self._fill({item.name: item for item in formats})
        if beside:
            self._add_beside(beside)
        self.current = next(iter(self._items))
        self.tree.currentItemChanged.connect(self._changed)
        self.finder.textChanged.connect(self._find)

    def choose(self, name: str) -> None:
        """Choose the format called `name`."""
        self.tree.setCurrentItem(self._items[name])

    def _fill(self, formats: dict[str, Format]) -> None:
        grouped = [name for _title, names in _GROUPS for name in names]
        others = tuple(name for name in formats if name not in grouped)
        for title, names in (*_GROUPS, (_OTHERS, others)):
            here = [formats[name] for name in names if name in formats]
            if here:
                rows = [(one.name, one.name, "  ".join(one.suffixes[:2]), described(one)) for one in here]
                self._add_group(QCoreApplication.translate("Formats", title), rows)
        self.tree.expandAll()
        self.tree.resizeColumnToContents(0)

    def _add_beside(self, beside: Sequence[Beside]) -> None:
        """What is no corpus stands above all formats: among them nobody would look for it."""
        said = QCoreApplication.translate
        rows = [
            (
                one.name,
                said("Beside", one.title),
                one.suffixes[0] if one.suffixes else self.tr("folder"),
                said("Beside", one.about),
            )
            for one in beside
        ]
        self._add_group(self.tr("The project"), rows, first=True)
        self.tree.expandAll()
        self.tree.resizeColumnToContents(0)

    def _add_group(self, title: str, rows: Sequence[tuple[str, str, str, str]], *, first: bool = False) -> None:
        """A heading, and below it what can be chosen: name, title, suffixes, what it is."""
        group = QTreeWidgetItem([title, ""])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        self.tree.insertTopLevelItem(0 if first else self.tree.topLevelItemCount(), group)
        group.setFirstColumnSpanned(True)
        self._groups.append((group, [row[0] for row in rows]))
        for name, shown, suffixes, about in rows:
            item = QTreeWidgetItem([shown, suffixes])
            item.setToolTip(0, about)
            item.setData(0, _NAME, name)
            item.setForeground(1, self.palette().placeholderText())
            group.addChild(item)
            self._items[name] = item

    def _changed(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        name = None if item is None else item.data(0, _NAME)
        if name is not None and name != self.current:
            self.current = name
            self.chosen.emit()

    def _find(self, text: str) -> None:
        """Show only formats whose name, suffix or description holds `text`."""
        wanted = text.strip().casefold()
        for item in self._items.values():
            said = f"{item.text(0)} {item.text(1)} {item.toolTip(0)}".casefold()
            item.setHidden(wanted not in said)
        for group, names in self._groups:
            group.setHidden(all(self._items[name].isHidden() for name in names))


def described(format: Format) -> str:
    """What a format is, in the person's language."""
    return QCoreApplication.translate("Format", format.description)
