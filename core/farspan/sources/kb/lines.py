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

    data: bytes that end with a line's end, or with the end of the dump. line: the number of the first line.
    next: where the line after the last one begins. done: bytes of the file used. too_long: whether the last line was left out.
    """

    data: bytes
    line: int
    next: Mark
    done: int
    too_long: bool = False


def batches(dump: Dump, start: Mark = Mark(), longest: int = LONGEST) -> Iterator[Batch]:
    """The lines of `dump` from `start` on. A line of more than `longest` bytes is left out, and its batch says so."""
    line = start.line
    held: list[bytes] = []  # the begin of a line whose end has not come yet
    size = 0
    is_dropping = False
    begin = start
    done = 0
    for piece, data, skipped in _skipping(dump, start):
        done = piece.done
        cut = data.rfind(b"\n") + 1
        if not cut:
            size += len(data)
            if size > longest:
                is_dropping, held = True, []
            elif data:
                held.append(data)
            if size == len(data):  # the piece begins a line
                begin = Mark(piece.at, skipped, line)
            continue
        whole, rest = data[:cut], data[cut:]
        dropped = is_dropping or size + whole.find(b"\n") > longest
        if dropped:
            yield Batch(b"", line, begin, done, too_long=True)
            whole = whole[whole.find(b"\n") + 1 :]
            line += 1
        else:
            whole = b"".join((*held, whole)) if held else whole
        first, line = line, line + whole.count(b"\n")
        begin = Mark(piece.at, skipped + cut, line)
        held, size, is_dropping = [rest] if rest else [], len(rest), False
        yield Batch(whole, first, begin, done)
    if is_dropping:
        yield Batch(b"", line, begin, done, too_long=True)
    elif held:
        yield Batch(b"".join(held), line, Mark(begin.at, begin.skip + size, line + 1), done)


def _skipping(dump: Dump, start: Mark) -> Iterator[tuple[Piece, bytes, int]]:
    """The pieces from `start` on, what is wanted of each, and how many of its bytes stand before that."""
    skip = start.skip
    for piece in dump.pieces(start.at):
        left = min(skip, len(piece.data))
        skip -= left
        yield piece, piece.data[left:] if left else piece.data, left
