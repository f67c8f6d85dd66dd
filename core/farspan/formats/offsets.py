"""Offsets in code points, as Farspan counts them, from and to UTF-16 units and bytes, as other tools do."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from farspan.model import LongArray

Unit = Literal["utf-16", "utf-8"]

# The lowest code point that takes one unit more.
_STEPS: Final[dict[Unit, tuple[int, ...]]] = {"utf-16": (0x10000,), "utf-8": (0x80, 0x800, 0x10000)}


class OffsetMap:
    """The offsets of one text in code points and in another unit: ``utf-16`` (Java, JavaScript, UIMA) or ``utf-8`` (bytes).

    Both directions take arrays or lists and give int64 arrays. Made in time and memory linear in the text, and of nothing where
    both units are the same, as they are in most texts.
    """

    def __init__(self, text: str, unit: Unit) -> None:
        self._count = len(text)
        self._starts: LongArray | None = None
        if text.isascii() or (unit == "utf-16" and max(text) < "\U00010000"):
            return
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        widths = np.ones(len(codes), np.int64)
        for step in _STEPS[unit]:
            widths += codes >= step
        self._starts = np.concatenate([[0], np.cumsum(widths)])

    @property
    def length(self) -> int:
        """How many units the text has."""
        return self._count if self._starts is None else int(self._starts[-1])

    def to_units(self, points: npt.ArrayLike) -> LongArray:
        """Code points as units. Raises IndexError beyond the text."""
        wanted = np.asarray(points, np.int64)
        if ((wanted < 0) | (wanted > self._count)).any():
            raise IndexError(f"an offset beyond the text of {self._count} code points")
        return wanted if self._starts is None else self._starts[wanted]

    def to_points(self, units: npt.ArrayLike) -> LongArray:
        """Units as code points; -1 for those beyond the text or inside a character."""
        wanted = np.asarray(units, np.int64)
        if self._starts is None:
            return np.where((wanted >= 0) & (wanted <= self._count), wanted, -1)
        found = np.searchsorted(self._starts, wanted)
        found = np.minimum(found, self._count)
        return np.where(self._starts[found] == wanted, found, -1)
