"""Holding human work to its place in a text, and finding the place again when the text has changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

CONTEXT: Final = 40
"""Characters kept on either side of a place."""

_NEAR: Final = 20_000
_MARGIN: Final = 10
"""Characters beside a place that must be the same too: two texts may begin or end alike by chance."""

_STEPS: Final = (40, 20, 10, 5)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of a text, `[start, end)` in code points, with what stands in it and beside it."""

    start: int
    end: int
    surface: str
    left: str
    right: str


def anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]`."""
    return Anchor(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


class Reattacher:
    """Finds places of the text `old` again in the text `new`."""

    def __init__(self, old: str, new: str) -> None:
        self._new = new
        self._growth = len(new) - len(old)
        self._same_head = _common(len(old), len(new), lambda size: old[:size] == new[:size])
        self._same_tail = len(old) - _common(len(old), len(new), lambda size: old[len(old) - size :] == new[len(new) - size :])

    def find(self, place: Anchor) -> int | None:
        """Where `place` begins in the new text; None if it is gone.

        What stands before the first or after the last change only moves. In between, the surface must stand with as much of
        its old context as can be found, the nearest of several equal places counts; without any context it must be the only one.
        """
        if place.end + _MARGIN <= self._same_head:
            return place.start
        if place.start - _MARGIN >= self._same_tail:
            return place.start + self._growth
        return self.search(place)

    def search(self, place: Anchor) -> int | None:
        """The same for a place that is known by its words alone."""
        for left, right in _contexts(place):
            at = self._nearest(left + place.surface + right, place.start - len(left))
            if at is not None:
                return at + len(left)
        return self._only(place)

    def _nearest(self, needle: str, expected: int) -> int | None:
        for low, high in ((max(0, expected - _NEAR), expected + _NEAR + len(needle)), (0, len(self._new))):
            after = self._new.find(needle, max(low, expected), high)
            before = self._new.rfind(needle, low, max(0, expected) + len(needle))
            found = [at for at in (before, after) if at >= 0]
            if found:
                return min(found, key=lambda at: abs(at - expected))
        return None

    def _only(self, place: Anchor) -> int | None:
        at = self._new.find(place.surface) if place.surface else -1
        if at < 0 or self._new.find(place.surface, at + 1) >= 0:
            return None
        end = at + len(place.surface)
        alike = _is_joined(place.left[-1:]) == _is_joined(self._new[max(0, at - 1) : at])
        return at if alike and _is_joined(place.right[:1]) == _is_joined(self._new[end : end + 1]) else None


def _contexts(place: Anchor) -> Iterator[tuple[str, str]]:
    """Contexts to look for, the longest first: both sides, then one."""
    for size in _STEPS:
        yield place.left[-size:], place.right[:size]
    for size in _STEPS[1:3]:
        if len(place.left) >= size:
            yield place.left[-size:], ""
        if len(place.right) >= size:
            yield "", place.right[:size]


def _common(first: int, second: int, is_same: Callable[[int], bool]) -> int:
    """The largest size up to both lengths for which `is_same`, which holds for all smaller sizes too."""
    low, high = 0, min(first, second)
    while low < high:
        middle = (low + high + 1) // 2
        if is_same(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _is_joined(character: str) -> bool:
    """Whether `character` (or none) would make a longer word of what it touches."""
    return character.isalnum() or (character != "" and unicodedata.category(character).startswith("M"))
