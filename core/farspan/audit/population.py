"""What a run keeps, as the population that samples are drawn from and estimates speak of."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Self

import numpy as np

from farspan.decide.conflicts import Status
from farspan.errors import InputError
from farspan.model import BoolArray, IntArray, LongArray
from farspan.store.columns import PART
from farspan.store.results import Placed, Results

Place = tuple[int, int, int, str]
"""Document number, start, end (code points), label: how a judged span is known from run to run."""


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """The kept spans of a run before manual edits, in the order of the text; the nested layer does not count.

    documents: int64[n], numbers in the project. starts, ends: int32[n], code points. labels, sources: int32[n], indices into
    `label_names` and `source_names`. names: int32[n], rows of the source's list. rows: int64[n], places among all kept spans.
    surfaces: the names as their lists write them.
    outdated: how many documents have changed their text since the run; their spans are left out.
    """

    documents: LongArray
    starts: IntArray
    ends: IntArray
    labels: IntArray
    sources: IntArray
    names: IntArray
    rows: LongArray
    surfaces: Sequence[str]
    label_names: tuple[str, ...]
    source_names: tuple[str, ...]
    outdated: int = 0
    _places: list[Place] = field(default_factory=list, repr=False)

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def places(self) -> list[Place]:
        """How judgements know each span."""
        if not self._places and len(self):
            rows = zip(self.documents.tolist(), self.starts.tolist(), self.ends.tolist(), self.labels.tolist(), strict=True)
            self._places.extend((document, start, end, self.label_names[label]) for document, start, end, label in rows)
        return self._places

    @property
    def sha256(self) -> str:
        """The hash of places, labels and sources: equal hashes mean that one sample speaks for both."""
        digest = hashlib.sha256("\0".join((*self.label_names, "", *self.source_names)).encode())
        for column in (self.documents, self.starts, self.ends, self.labels, self.sources):
            digest.update(np.ascontiguousarray(column, "<i8").tobytes())
        return digest.hexdigest()

    def where(self, label: str = "", source: str = "") -> Self:
        """The spans of one label, of one source, or both; an empty name means all. Raises InputError for an unknown one."""
        return self.take(_is_called(self.labels, self.label_names, label, "label") & self._of(source))

    def _of(self, source: str) -> BoolArray:
        return _is_called(self.sources, self.source_names, source, "list")

    def take(self, chosen: BoolArray) -> Self:
        """The `chosen` spans."""
        columns = {item.name: getattr(self, item.name)[chosen] for item in fields(self)[:7]}
        surfaces = [self.surfaces[row] for row in np.flatnonzero(chosen).tolist()]
        return replace(self, **columns, surfaces=surfaces, _places=[])


def _is_called(numbers: IntArray, names: Sequence[str], name: str, what: str) -> BoolArray:
    if not name:
        return np.ones(len(numbers), np.bool_)
    if name not in names:
        known = ", ".join(names) or "none"
        raise InputError(f"the run keeps nothing of the {what} {name!r}", remedy=f"choose one of: {known}")
    called: BoolArray = numbers == names.index(name)
    return called


def population_of(results: Results) -> Population:
    """Everything that the run of `results` keeps in texts that have not changed since."""
    names = _Names(results)
    columns: list[list[LongArray]] = [[] for _ in range(6)]
    surfaces: list[str] = []
    outdated = 0
    for document in results.documents():
        if not results.is_current(document):
            outdated += 1
            continue
        placed = results.placed(document)
        rows = kept_rows(placed)
        described = names.of(placed, rows)
        surfaces += [surface for _label, _source, surface in described]
        numbers = [np.array([row[i] for row in described], np.int64) for i in (0, 1)]
        found = np.full(len(rows), document), placed.starts[rows], placed.ends[rows], *numbers, placed.columns.names[rows]
        for column, part in zip(columns, found, strict=True):
            column.append(part.astype(np.int64))
    joined = [np.concatenate(parts) if parts else np.zeros(0, np.int64) for parts in columns]
    starts, ends, labels, sources, name_rows = (column.astype(np.int32) for column in joined[1:])
    return Population(
        joined[0], starts, ends, labels, sources, name_rows, np.arange(len(surfaces)), surfaces,
        tuple(names.labels), tuple(names.sources), outdated,
    )  # fmt: skip


def kept_rows(placed: Placed) -> LongArray:
    """The candidates of a document that are spans of the top layer, by start and end."""
    kept = placed.columns.status == Status.KEPT
    if placed.columns.char_ends is not None:
        kept &= placed.columns.char_ends != PART
    rows = np.flatnonzero(kept)
    return rows[np.lexsort((placed.ends[rows], placed.starts[rows]))]


class _Names:
    """Labels and sources by number, in order of first appearance; each name is looked up once."""

    def __init__(self, results: Results) -> None:
        self.labels: dict[str, int] = {}
        self.sources: dict[str, int] = {}
        self._results = results
        self._known: dict[tuple[int, int], tuple[int, int, str]] = {}

    def of(self, placed: Placed, rows: LongArray) -> list[tuple[int, int, str]]:
        """Number of the label, number of the source, and the name as its list writes it, of each candidate."""
        pairs = zip(placed.columns.sources[rows].tolist(), placed.columns.names[rows].tolist(), strict=True)
        return [self._known.get(pair) or self._described(*pair) for pair in pairs]

    def _described(self, source: int, name: int) -> tuple[int, int, str]:
        names = self._results.names(source)
        label = self.labels.setdefault(self._results.label(source, name), len(self.labels))
        found = label, self.sources.setdefault(names.name, len(self.sources)), names.surfaces[name]
        self._known[source, name] = found
        return found
