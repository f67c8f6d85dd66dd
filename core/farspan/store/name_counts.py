"""How often each name of a source matched in a run, counted while the run is stored."""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt

from farspan.decide.conflicts import Status
from farspan.model import IntArray
from farspan.store.columns import LAST_SPAN_STATUS, RunColumns
from farspan.store.packing import pack_columns, unpack_columns

_Counts = npt.NDArray[np.int64]


class NameCounts:
    """The counts of one source, batch by batch."""

    def __init__(self) -> None:
        self._found: _Counts = np.zeros(0, np.int64)
        self._kept: _Counts = np.zeros(0, np.int64)
        self._by_status: _Counts = np.zeros(len(Status), np.int64)

    def add(self, columns: RunColumns, source: int) -> None:
        """Count the candidates that the source numbered `source` has in `columns`."""
        mine = columns.sources == source
        names, status = columns.names[mine], columns.status[mine]
        self._found = _sum(self._found, names)
        self._kept = _sum(self._kept, names[status <= LAST_SPAN_STATUS])
        self._by_status += np.bincount(status, minlength=len(Status))

    def row(self) -> tuple[int, int, int, int, int, bytes]:
        """matched, candidates, kept, lost, blocked, data: the rest of a row of name_stat."""
        names = np.flatnonzero(self._found)
        kept = np.zeros(len(self._found), np.int64)
        kept[: len(self._kept)] = self._kept
        data = zlib.compress(pack_columns([names, self._found[names], kept[names]], ["<i4"] * 3), 1)
        spans = int(self._by_status[: LAST_SPAN_STATUS + 1].sum())
        lost, blocked = int(self._by_status[Status.LOST]), int(self._by_status[Status.BLOCKED])
        return len(names), int(self._by_status.sum()), spans, lost, blocked, data


def read_counts(data: bytes, matched: int) -> tuple[IntArray, IntArray, IntArray]:
    """Names that have a candidate, their candidates, how many of these are kept: the data of a row of name_stat."""
    names, candidates, kept = unpack_columns(zlib.decompress(data), [matched] * 3, ["<i4"] * 3)
    return names, candidates, kept


def _sum(counts: _Counts, names: IntArray) -> _Counts:
    more = np.bincount(names, minlength=len(counts))
    more[: len(counts)] += counts
    return more
