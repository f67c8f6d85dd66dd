"""Many spans as columns: what the pipeline makes and fast writers read, and still a plain sequence of `Span`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, overload

import numpy as np
import numpy.typing as npt

from farspan.model import IntArray, Span

KINDS: Final = ("kept", "nested")

MANUAL: Final = "manual"
"""The source of spans that a person made."""

Origin = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class SpanTable(Sequence[Span]):
    """The spans of one document, by ascending start; of those with one start the longest first.

    starts, ends: int32[n], code points in the document. token_starts, token_ends: int32[n], half-open token ranges.
    label_ids: int32[n] into `labels`. kinds: int32[n] into `KINDS`. sources, names: int32[n], which list and which name of it;
    `origin` turns the two into (source, name, ids). scores: float32[n], 1.0 for an exact match.
    """

    starts: IntArray
    ends: IntArray
    token_starts: IntArray
    token_ends: IntArray
    label_ids: IntArray
    kinds: IntArray
    sources: IntArray
    names: IntArray
    scores: npt.NDArray[np.float32]
    labels: Sequence[str]
    origin: Callable[[int, int], Origin]

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Span]: ...
    def __getitem__(self, index: int | slice) -> Span | Sequence[Span]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        source, name, ids = self.origin(int(self.sources[index]), int(self.names[index]))
        return Span(
            int(self.starts[index]),
            int(self.ends[index]),
            self.labels[self.label_ids[index]],
            source,
            name,
            ids,
            KINDS[self.kinds[index]],
            round(float(self.scores[index]), 4),
        )

    def __iter__(self) -> Iterator[Span]:
        return (self[i] for i in range(len(self)))
