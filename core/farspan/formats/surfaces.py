"""Whether a span is where its file says it is: the text at its offsets against the words that stand beside them."""

from __future__ import annotations

import re
from typing import Final

from farspan.errors import InputError, Place
from farspan.formats.loss import ReadReport

NEAR: Final = 200  # code points; a span further off than that is not looked for
_WHITE: Final = re.compile(r"\s+")
_RETURN: Final = re.compile("\r(?=\n)")


def agree(text: str, start: int, end: int, surface: str) -> bool:
    """Whether `surface` stands at `start` to `end`, white space aside: many tools write a line feed as a space, or two as one."""
    found = text[start:end]
    return found == surface or _WHITE.sub(" ", found).strip() == _WHITE.sub(" ", surface).strip()


def nearest(text: str, start: int, surface: str) -> int | None:
    """Where `surface` stands nearest to `start`, at most `NEAR` code points away; None if it does not."""
    if not surface:
        return None
    begin = max(0, start - NEAR)
    piece = text[begin : max(0, start) + NEAR + len(surface)]
    places = [begin + match.start() for match in re.finditer(f"(?={re.escape(surface)})", piece)]
    return min(places, key=lambda place: (abs(place - start), place), default=None)


class LineEnds:
    """A text as browsers and many editors count it: every CR LF one character. shown: that text."""

    def __init__(self, text: str) -> None:
        self.shown = _RETURN.sub("", text)
        dropped = {match.start() for match in _RETURN.finditer(text)}
        self._places = [place for place in range(len(text)) if place not in dropped]

    def range(self, start: int, end: int) -> tuple[int, int] | None:
        """Where `start` to `end` of the shown text are in the text itself; None for what is no range in it."""
        return (self._places[start], self._places[end - 1] + 1) if 0 <= start < end <= len(self._places) else None


def checked(text: str, given: tuple[int, int], surface: str, where: Place, report: ReadReport) -> tuple[int, int]:
    """The range `given` of a span that should read `surface`, moved (and reported) where it stands beside its offsets.

    Raises InputError for a range outside the text and for a surface that is nowhere near.
    """
    start, end = given
    inside = 0 <= start < end <= len(text)
    if inside and agree(text, start, end, surface):
        return start, end
    found = nearest(text, start, surface)
    if found is not None:
        ends = found + len(surface)
        report.add("moved", where, f"{surface!r} stands at {found} to {ends}, not {start} to {end}; the span was moved there")
        return found, ends
    if not inside:
        raise outside(text, start, end, where)
    raise InputError(
        f"the span should be {surface!r}, but {text[start:end]!r} stands at {start} to {end}",
        where=where,
        remedy="give the text that the annotations were made on",
    )


def outside(text: str, start: int, end: int, where: Place) -> InputError:
    """The error that `start` to `end` is no range in `text`."""
    return InputError(
        f"the span {start} to {end} does not lie in the text of {len(text)} code points",
        where=where,
        remedy="give the text that the annotations were made on",
    )
