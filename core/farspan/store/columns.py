"""The columns of a run: candidates and decisions of many documents, as plain arrays of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Self

import numpy as np
import numpy.typing as npt

from farspan.model import IntArray, LongArray

if TYPE_CHECKING:
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
    char_starts, char_ends: int32[c], the code points that a candidate labels, where matches begin inside tokens or spans have grown;
    `PART` as the end: it is part of an earlier one's span. None: the code points of the tokens.
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
        contest, decisions, first_tokens = run.contest, run.decisions, run.corpus.doc_offsets
        extents = run.labelled_extents() if run.is_more_than_tokens else (None, None)
        offsets = np.searchsorted(contest.starts, first_tokens).astype(np.int64)
        counts = np.diff(offsets)
        shift = np.repeat(first_tokens[:-1], counts).astype(np.int32)
        winners = decisions.winner - np.repeat(offsets[:-1], counts).astype(np.int32)
        return cls(
            np.asarray(documents, np.int64), offsets, contest.starts - shift, contest.ends - shift,
            np.asarray(sources, np.int32)[contest.sources], contest.names, contest.scores, contest.blocked,
            decisions.status, np.where(decisions.winner < 0, np.int32(-1), winners), decisions.criterion, *extents,
        )._by_tokens()  # fmt: skip

    def _by_tokens(self) -> Self:
        """The same by start, end, source and name in tokens: candidates that begin inside tokens come by characters."""
        if self.char_starts is None:
            return self
        documents = np.repeat(np.arange(len(self.documents)), np.diff(self.offsets))
        place = np.zeros(int(self.sources.max(initial=0)) + 1, np.int64)
        place[list(dict.fromkeys(self.sources.tolist()))] = 0
        order = np.lexsort((self.char_starts, self.names, self.sources, self.ends, self.starts, documents))
        new_row = np.empty(len(order), np.int64)
        new_row[order] = np.arange(len(order))
        firsts = self.offsets[documents]
        winners = np.where(self.winners < 0, -1, new_row[np.maximum(self.winners, 0) + firsts] - firsts).astype(np.int32)
        moved = {item.name: getattr(self, item.name)[order] for item in fields(self)[2:]}
        return replace(self, **{**moved, "winners": winners[order]})

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
        joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
        return cls(offsets=np.append(0, np.cumsum(counts)), **joined)

    def rows(self, begin: int, end: int) -> RunColumns:
        """Candidates `begin:end` of the only document."""
        cut = {item.name: getattr(self, item.name)[begin:end] for item in fields(self)[2:]}
        return RunColumns(self.documents, np.array([0, end - begin]), **cut)
