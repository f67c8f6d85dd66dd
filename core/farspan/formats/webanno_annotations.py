"""WebAnno TSV 3: the rows of a file, and the annotations that are put together from them; see `webanno`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from farspan.errors import Place
from farspan.formats.webanno_cells import Layer, Value

ANY: Final = "uima.tcas.Annotation"  # as a type of what is pointed at: a span of any layer


@dataclass(frozen=True, slots=True)
class Row:
    """One token or part of one: its offsets are UTF-16 units."""

    where: Place
    unit: str
    begin: int
    end: int
    form: str
    cells: list[str]

    @property
    def is_token(self) -> bool:
        """Whether it is a whole token."""
        return "." not in self.unit


@dataclass(slots=True)
class Annotation:
    """A span that is being put together from its units; `where` is its first row, number 0 where it has none."""

    layer: Layer
    number: int
    begin: int
    end: int
    values: dict[str, str]
    where: Place


class Annotations:
    """The annotations of all span layers in the order of the file. They are known by their indices in `items`."""

    def __init__(self) -> None:
        self.items: list[Annotation] = []
        self._numbered: dict[tuple[str, int], int] = {}
        self._first: dict[tuple[str, str], int] = {}
        self._with: dict[int, list[int]] = {}
        self._on: dict[str, list[int]] = {}

    def add(self, layer: Layer, row: Row, cells: Sequence[Sequence[Value]]) -> None:
        """Add what `cells`, the columns of `layer` in `row`, hold: new annotations, or more of those with a known number."""
        for place in range(max(map(len, cells))):
            values = [cell[place] if place < len(cell) else Value(None) for cell in cells]
            number = _number(layer, values)
            index = self._numbered.get((layer.type, number)) if number else None
            if index is None:
                index = self._new(layer, number, row, values)
            known = self.items[index]
            known.begin, known.end = min(known.begin, row.begin), max(known.end, row.end)
            self._on.setdefault(row.unit, []).append(index)

    def _new(self, layer: Layer, number: int, row: Row, values: Sequence[Value]) -> int:
        named = zip(layer.features, values, strict=False)
        texts = {name: value.text for name, value in named if name in layer.plain and value.text is not None}
        index = len(self.items)
        self.items.append(Annotation(layer, number, row.begin, row.end, texts, row.where))
        self._first.setdefault((layer.type, row.unit), index)
        if number:
            self._numbered[layer.type, number] = index
            self._with.setdefault(number, []).append(index)
        return index

    def find(self, type: str, unit: str, number: int, host: int | None = None) -> list[int]:
        """What `unit` with `number` (0: none) may mean: an annotation of `type`, or for `ANY` of any layer; empty if none.

        More than one only for `ANY` without a number. Then `host`, whose slot it is, is given only if there is nothing else.
        """
        if type != ANY:
            index = self._numbered.get((type, number), self._first.get((type, unit)))
            return [] if index is None else [index]
        here = sorted(self._on.get(unit, []), key=lambda index: index == host)
        if number:
            known = self._with.get(number, [])
            # Some files count anew in every layer: then the one that covers the unit is meant.
            return ([index for index in known if index in here] or known or here)[:1]
        unnumbered = [index for index in here if not self.items[index].number] or here
        return [index for index in unnumbered if index != host] or unnumbered[:1]


def _number(layer: Layer, values: Sequence[Value]) -> int:
    """The number of the annotation that has `values`; the numbers of what its slots point at are not its own."""
    return max(value.number for column, value in enumerate(values) if column not in layer.targets or value.text is None)
