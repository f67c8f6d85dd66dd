"""The lines of a dump, in batches that remember from where they could be read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from farspan.sources.kb.streams import Dump, Piece

LONGEST: Final = 64 << 20
"""The most bytes a line may have: the largest entities of Wikidata have a few million."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The begin of a line: what to give to `Dump.pieces`, bytes to skip from there, and the number of the line, from 1."""

    at: int = 0
    skip: int = 0
    line: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines that stand together.

    lines: without their ends. line: the number of the first. next: where the line after the last one begins. done: bytes of
    the file used. too_long: a line of its own that was left out. has_end: whether the last line has its end.
    """

    lines: list[bytes]
    line: int
    next: Mark
    done: int
    too_long: bool = False
    has_end: bool = True


def batches(dump: Dump, start: Mark = Mark(), longest: int = LONGEST) -> Iterator[Batch]:
    """The lines of `dump` from `start` on. A line of more than `longest` bytes is left out, and its batch says so.

    A piece is cut once, and only the line that goes on from the piece before is joined: a dump has a million million bytes,
    and each further copy of them costs more than looking for what is wanted.
    """
    line = start.line
    held: list[bytes] = []  # the begin of a line whose end has not come yet
    size = 0
    is_dropping = False
    begin = start
    done = 0
    for piece, data, skipped in _skipping(dump, start):
        done = piece.done
        lines = data.split(b"\n")
        rest = lines.pop()
        if not lines:
            size += len(rest)
            if size > longest:
                is_dropping, held = True, []
            elif rest:
                held.append(rest)
            if size == len(rest):  # the piece begins a line
                begin = Mark(piece.at, skipped, line)
            continue
        if is_dropping or size + len(lines[0]) > longest:
            yield Batch([], line, begin, done, too_long=True)
            del lines[0]
            line += 1
        elif held:
            lines[0] = b"".join((*held, lines[0]))
        first, line = line, line + len(lines)
        begin = Mark(piece.at, skipped + len(data) - len(rest), line)
        held, size, is_dropping = [rest] if rest else [], len(rest), False
        yield Batch(lines, first, begin, done)
    if is_dropping:
        yield Batch([], line, begin, done, too_long=True)
    elif held:
        yield Batch([b"".join(held)], line, Mark(begin.at, begin.skip + size, line + 1), done, has_end=False)


def _skipping(dump: Dump, start: Mark) -> Iterator[tuple[Piece, bytes, int]]:
    """The pieces from `start` on, what is wanted of each, and how many of its bytes stand before that."""
    skip = start.skip
    for piece in dump.pieces(start.at):
        left = min(skip, len(piece.data))
        skip -= left
        yield piece, piece.data[left:] if left else piece.data, left
