"""A text in the pieces it is laid out in: its paragraphs, those that are too long for one layout cut at a good place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import regex

from farspan.model import LongArray
from farspan.text.tokens import code_points

LONGEST: Final = 6_000
"""Characters laid out as one piece; a paragraph above it is cut."""

_CLUSTER: Final = regex.compile(r"\X")
_SPACE: Final = regex.compile(r"\s")
_NEARBY: Final = 400
# What breaks a line or has no shape, drawn as what Qt's layout breaks at or can draw: one unit for one unit.
_DRAWN_AS: Final = str.maketrans({0x0B: 0x2028, 0x0C: 0x2028, 0x0D: 0x2028, 0x85: 0x2028, 0x2029: 0x2028, 0: 0x2400})


@dataclass(frozen=True, slots=True, eq=False)
class Paragraphs:
    """The pieces of `text`. starts, ends: int64[n], code points, without the line break; at least one piece."""

    text: str
    starts: LongArray
    ends: LongArray

    def __len__(self) -> int:
        return len(self.starts)

    def shown(self, number: int) -> str:
        """What is drawn of the piece: as many code points, line breaks inside it as Qt knows them."""
        return self.text[self.starts[number] : self.ends[number]].translate(_DRAWN_AS)

    def at(self, point: int) -> int:
        """The number of the piece that holds the code point, or of the one whose line break it is."""
        return max(int(np.searchsorted(self.starts, point, "right")) - 1, 0)


def split_paragraphs(text: str) -> Paragraphs:
    """`text` as paragraphs. Safe to call on any thread."""
    points = code_points(text)
    breaks = np.flatnonzero(points == ord("\n"))
    starts = np.append(0, breaks + 1)
    ends = np.append(breaks, len(text))
    # The other half of a Windows line end is no character of the line.
    has_return = ends > starts
    has_return[has_return] = points[ends[has_return] - 1] == ord("\r")
    ends = ends - has_return
    long = np.flatnonzero(ends - starts > LONGEST)
    if len(long):
        cuts = [list(_cuts(text, int(starts[number]), int(ends[number]))) for number in long]
        counts = [len(places) for places in cuts]
        inner = np.array([place for places in cuts for place in places], np.int64)
        starts, ends = np.insert(starts, np.repeat(long + 1, counts), inner), np.insert(ends, np.repeat(long, counts), inner)
    return Paragraphs(text, starts.astype(np.int64), ends.astype(np.int64))


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Where a long paragraph is cut: behind white space if there is some near, never inside a character as readers see it."""
    while end - start > LONGEST:
        limit = start + LONGEST
        spaces = [match.end() for match in _SPACE.finditer(text, limit - _NEARBY, limit)]
        start = spaces[-1] if spaces else _before_cluster(text, limit)
        yield start


def _before_cluster(text: str, limit: int) -> int:
    """The last beginning of a cluster that is not behind `limit`."""
    begins = [match.start() for match in _CLUSTER.finditer(text, limit - _NEARBY, limit + _NEARBY) if match.start() <= limit]
    return begins[-1] if len(begins) > 1 else limit
