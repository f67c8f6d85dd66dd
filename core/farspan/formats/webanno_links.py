"""WebAnno TSV 3: relations, and slots, which are relations from their host to what they point at; see `webanno`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from farspan.errors import Place
from farspan.formats.loss import ReadReport
from farspan.formats.webanno_annotations import Annotations, Row
from farspan.formats.webanno_cells import IDENTIFIER, Layer, name_words, read_cell, split_cell

_SOURCE: Final = re.compile(r"([0-9]+-[0-9]+(?:\.[0-9]+)?)(?:\[([0-9]{1,9})(?:_([0-9]{1,9}))?\])?")
_UNSET: Final = frozenset({"_", "*", ""})


@dataclass(frozen=True, slots=True)
class Link:
    """A relation or a slot from the annotation `subject` to `object`; `what` and `where` name it in messages."""

    label: str
    subject: int
    object: int
    what: str
    where: Place


class Links:
    """Finds the links between `annotations`. What has not two of them as ends goes to the `report`."""

    def __init__(self, annotations: Annotations, report: ReadReport) -> None:
        self._annotations = annotations
        self._report = report

    def relations(self, layer: Layer, row: Row) -> Iterator[Link]:
        """The relations of `layer` that end in `row`."""
        *columns, source_cell = row.cells[layer.column : layer.column + layer.width]
        if source_cell in {"_", ""}:
            return
        values = [read_cell(column) for column in columns]
        for place, source in enumerate(source_cell.split("|")):
            match = _SOURCE.fullmatch(source)
            subjects = self._annotations.find(layer.base, match[1], int(match[2] or 0)) if match else []
            objects = self._annotations.find(layer.base, row.unit, int(match[3] or 0)) if match else []
            what = f"the relation from {source}"
            if not subjects or not objects:
                self._report.add("skipped", row.where, f"{what} has no two ends; passed over")
                continue
            stacked = [column[place].text if place < len(column) else None for column in values]
            texts = {name: text for name, text in zip(layer.features, stacked, strict=False) if text is not None}
            subject, obj = self._first(subjects, what, row), self._first(objects, what, row)
            yield Link(self._label(layer, texts, row.where), subject, obj, what, row.where)

    def _label(self, layer: Layer, texts: dict[str, str], where: Place) -> str:
        label, ids, extra = name_words(texts, layer.plain)
        extra += [IDENTIFIER] if ids else []  # a relation has none here
        if extra:
            self._report.add("features", where, f"a {layer.short}: not kept: {', '.join(extra)}")
        return label or layer.short

    def slots(self, layer: Layer, row: Row) -> Iterator[Link]:
        """The slots of the annotations of `layer` whose first row this is."""
        for place in sorted(layer.targets):
            roles, targets = row.cells[layer.column + place - 1], row.cells[layer.column + place]
            if targets in {"_", ""} and roles in _UNSET:
                continue
            for role_cell, target_cell in zip_longest(split_cell(roles, "|"), targets.split("|"), fillvalue=""):
                values = read_cell(role_cell)
                hosts = self._annotations.find(layer.type, row.unit, values[0].number if values else 0)
                if hosts and self._annotations.items[hosts[0]].where == row.where:
                    names = split_cell(re.sub(r"\[[0-9]+\]$", "", role_cell), ";")
                    yield from self._slots_of(layer, layer.features[place], row, hosts[0], (names, target_cell.split(";")))

    def _slots_of(
        self, layer: Layer, type: str, row: Row, host: int, given: tuple[Sequence[str], Sequence[str]]
    ) -> Iterator[Link]:
        """The slots of `host`: of the names and targets `given`, the targets being of `type`."""
        for name, target in zip_longest(*given, fillvalue=""):
            if name in _UNSET and target in _UNSET:
                continue
            match = _SOURCE.fullmatch(target)
            found = self._annotations.find(type, match[1], int(match[2] or 0), host) if match else []
            values = read_cell(name)
            label = (values[0].text if values else None) or layer.short
            what = f"the slot {label} of a {layer.short} to {target or '_'}"
            if found:
                yield Link(label, host, self._first(found, what, row), what, row.where)
            else:
                self._report.add("skipped", row.where, f"{what} points at nothing; passed over")

    def _first(self, found: list[int], what: str, row: Row) -> int:
        if len(found) > 1:
            kinds = [self._annotations.items[index].layer.short for index in found]
            self._report.add("skipped", row.where, f"{what} may mean {' or '.join(kinds)}; taken is the first")
        return found[0]
