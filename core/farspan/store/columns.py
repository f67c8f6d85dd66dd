"""The columns of a run: candidates and decisions of many documents, as plain arrays of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Self

import numpy as np
import numpy.typing as npt

from farspan.decide.conflicts import Decisions
from farspan.model import IntArray, LongArray

if TYPE_CHECKING:
    from farspan.decide.contest import Contest
    from farspan.run import Run

CANDIDATE_TYPES: Final = ("<i4", "<i4", "<i4", "<f4", "u1")
"""starts, ends, names, scores, blocked: how candidate_blob holds them."""

DECISION_TYPES: Final = ("<i4", "u1", "u1")
"""winners, status, criterion: how decision_blob holds them."""

EXTENT_TYPES: Final = ("<i4", "<i4")
"""char_starts, char_ends: how decision_blob holds them after the rest, where spans are not just ranges of tokens."""

PART: Final = -1
"""The end of a candidate that is part of an earlier one's span."""

LAST_SPAN_STATUS: Final = 1
"""Status numbers up to this one (kept, nested) are spans of the result."""


@dataclass(frozen=True, slots=True, eq=False)
class RunColumns:
    """Candidates of documents and what became of them; in each document by start, end, source and name.

    documents: int64[d], numbers of documents in the project. offsets: int64[d + 1]; the candidates of document `i` are
    `offsets[i]:offsets[i + 1]`. starts, ends: int32[c], half-open token ranges in the document. sources: int32[c], numbers of
    sources in the project. names: int32[c], rows of the source's list. scores: float32[c]. blocked: uint8[c], 0: free. status:
    uint8[c], a `Status`. winners: int32[c], counted in the document from 0; -1: none. criterion: uint8[c], as in `Decisions`.
    char_starts, char_ends: int32[c], the code points that a candidate labels, where matches begin inside tokens or spans have
    grown; `PART` as the end: it is part of an earlier one's span. None: the code points of the tokens.
    """

    documents: LongArray
    offsets: LongArray
    starts: IntArray
    ends: IntArray
    sources: IntArray
    names: IntArray
    scores: npt.NDArray[np.float32]
    blocked: npt.NDArray[np.uint8]
    status: npt.NDArray[np.uint8]
    winners: IntArray
    criterion: npt.NDArray[np.uint8]
    char_starts: IntArray | None = None
    char_ends: IntArray | None = None

    def __len__(self) -> int:
        return len(self.starts)

    @classmethod
    def of(cls, run: Run, documents: Sequence[int], sources: Sequence[int]) -> Self:
        """The columns of `run`; documents, sources: their numbers in the project, in the order of the corpus and of the rules."""
        contest, decisions, extents = _by_tokens(run)
        first_tokens = run.corpus.doc_offsets
        offsets = np.searchsorted(contest.starts, first_tokens).astype(np.int64)
        counts = np.diff(offsets)
        shift = np.repeat(first_tokens[:-1], counts).astype(np.int32)
        winners = decisions.winner - np.repeat(offsets[:-1], counts).astype(np.int32)
        return cls(
            np.asarray(documents, np.int64), offsets, contest.starts - shift, contest.ends - shift,
            np.asarray(sources, np.int32)[contest.sources], contest.names, contest.scores, contest.blocked,
            decisions.status, np.where(decisions.winner < 0, np.int32(-1), winners), decisions.criterion, *extents,
        )  # fmt: skip

    @classmethod
    def without_candidates(cls, documents: Sequence[int]) -> Self:
        """The columns of `documents` in which nothing was found."""
        number, small = np.empty(0, np.int32), np.empty(0, np.uint8)
        scores = np.empty(0, np.float32)
        offsets = np.zeros(len(documents) + 1, np.int64)
        return cls(np.array(documents, np.int64), offsets, number, number, number, number, scores, small, small, number, small)

    @classmethod
    def together(cls, parts: Sequence[RunColumns]) -> RunColumns:
        """`parts` one after the other."""
        if not parts:
            return cls.without_candidates([])
        counts = np.concatenate([np.diff(part.offsets) for part in parts])
        names = [item.name for item in fields(cls) if item.name != "offsets"]
        columns = {name: [getattr(part, name) for part in parts] for name in names}
        joined = {name: np.concatenate(found) for name, found in columns.items() if found[0] is not None}
        return cls(offsets=np.append(0, np.cumsum(counts)), **joined)

    def rows(self, begin: int, end: int) -> RunColumns:
        """Candidates `begin:end` of the only document."""
        columns = {item.name: getattr(self, item.name) for item in fields(self)[2:]}
        cut = {name: column[begin:end] for name, column in columns.items() if column is not None}
        return RunColumns(self.documents, np.array([0, end - begin]), **cut)


def _by_tokens(run: Run) -> tuple[Contest, Decisions, Sequence[IntArray]]:
    """Candidates and decisions of `run` by start, end, source and name in tokens, and the code points they label, if need be."""
    contest, decisions = run.contest, run.decisions
    if not run.is_more_than_tokens:
        return contest, decisions, ()
    extents = run.labelled_extents()
    if contest.char_starts is None:
        return contest, decisions, extents
    # Candidates that begin inside tokens come by their characters.
    order = np.lexsort((contest.char_starts, contest.names, contest.sources, contest.ends, contest.starts))
    new_row = np.empty(len(order), np.int32)
    new_row[order] = np.arange(len(order), dtype=np.int32)
    winners = np.where(decisions.winner < 0, np.int32(-1), new_row[decisions.winner])
    moved = Decisions(decisions.status[order], winners[order], decisions.criterion[order])
    return contest.take(order), moved, [extent[order] for extent in extents]
