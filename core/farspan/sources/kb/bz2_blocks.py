"""bzip2 on all cores: a file is cut at the marks of its blocks, and each block is decompressed as a small file of its own.

The marks (48 bits, at any bit) and the checksums are those of the bzip2 format; a block can be the first one that is read, so
that an interrupted reading goes on where it stood.
"""

from __future__ import annotations

import bz2
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO, Final

import numpy as np

from farspan.errors import InputError, Place
from farspan.threads import in_order

BLOCK: Final = 0x314159265359
END: Final = 0x177245385090
_MARK_BITS: Final = 48
_CRC_BITS: Final = 32
_WINDOW: Final = 1 << 20
_AHEAD: Final = 3  # blocks a worker that wait to be looked at: a megabyte each
_LONGEST: Final = 4 << 20  # bytes without a mark: a block has at most 900 kB and cannot grow by much


@dataclass(frozen=True, slots=True)
class Segment:
    """The bits from one mark to the next. bit: where they begin; bits: how many; value: their number."""

    bit: int
    bits: int
    value: int

    @property
    def is_end(self) -> bool:
        """Whether this is the end of a stream, not a block."""
        return self.value >> (self.bits - _MARK_BITS) == END

    @property
    def crc(self) -> int:
        """The checksum that follows the mark; 0 if the file ends before it."""
        left = self.bits - _MARK_BITS - _CRC_BITS
        return (self.value >> left) & 0xFFFFFFFF if left >= 0 else 0

    @property
    def rest(self) -> bytes:
        """What follows an end and its checksum: the header of the next stream, or nothing."""
        begin = self.bit + _MARK_BITS + _CRC_BITS
        bits = self.bit + self.bits - (begin + -begin % 8)
        return (self.value & ((1 << bits) - 1)).to_bytes(bits // 8, "big") if bits > 0 else b""

    def joined(self, other: Segment) -> Segment:
        """This segment and the one after it as one: the mark between them was none."""
        return Segment(self.bit, self.bits + other.bits, (self.value << other.bits) | other.value)


def blocks(stream: IO[bytes], path: str, start: int = 0, workers: int = 1) -> Iterator[tuple[int, bytes]]:
    """Each block's bit in the file and what it holds, in order; `start` is the bit of the first one wanted.

    Raises InputError for a file that is damaged or cut off.
    """
    reading = _read(stream, path, start)
    combined: int | None = 0 if start == 0 else None  # the checksum of a stream is known only from its first block on
    pending: Segment | None = None
    ended, rest = False, b""
    for read, unpacked in in_order(_unpacked, reading, workers, ahead=_AHEAD * workers):
        ended = pending is None and read.is_end
        if ended:
            _check_stream(read, combined, path)
            combined, rest = 0, read.rest
            continue
        segment, data = (read, unpacked) if pending is None else _unpacked(pending.joined(read))
        if data is None:
            if pending is not None:
                raise _damaged(path, pending.bit)
            pending = segment  # by chance its data hold a mark
            continue
        pending = None
        if combined is not None:
            combined = ((combined << 1 | combined >> 31) & 0xFFFFFFFF) ^ segment.crc
        yield segment.bit, data
    if not ended or (rest and rest.startswith(b"BZh"[: len(rest)])):
        raise InputError("the bzip2 data is cut off", where=Place(path), remedy="it is incomplete: fetch the file again")


def _check_stream(end: Segment, combined: int | None, path: str) -> None:
    if end.bits < _MARK_BITS + _CRC_BITS:
        raise InputError("the bzip2 data is cut off", where=Place(path), remedy="it is incomplete: fetch the file again")
    if combined is not None and end.crc != combined:
        raise _damaged(path, end.bit)


def _damaged(path: str, bit: int) -> InputError:
    return InputError(f"the bzip2 data is damaged near byte {bit // 8:,}", where=Place(path), remedy="fetch the file again")


def _unpacked(segment: Segment) -> tuple[Segment, bytes | None]:
    """The segment with what its block holds; None if it is no whole block."""
    if segment.is_end or segment.bits < _MARK_BITS + _CRC_BITS:
        return segment, None
    # The block between a header of its own and an end of its own, whose checksum is that of the only block.
    value = (((segment.value << _MARK_BITS) | END) << _CRC_BITS) | segment.crc
    bits = segment.bits + _MARK_BITS + _CRC_BITS
    padding = -bits % 8
    try:
        return segment, bz2.decompress(b"BZh9" + (value << padding).to_bytes((bits + padding) // 8, "big"))
    except (OSError, ValueError):
        return segment, None


def _read(stream: IO[bytes], path: str, start: int) -> Iterator[Segment]:
    """The segments of the file from bit `start` on, which is 0 or that of a block."""
    buffer = b""
    base = start // 8  # the byte of the file with which the buffer begins
    if start:
        stream.seek(base)
    begin: int | None = None  # the bit of the segment that is not closed yet
    scanned = 0
    for window in iter(partial(stream.read, _WINDOW), b""):
        buffer += window
        for mark in _marks(buffer, scanned, base, max(start, 0 if begin is None else begin + 1)):
            if begin is None and start == 0 and mark != 32:
                break
            if begin is not None:
                yield _cut(buffer, base, begin, mark)
            begin = mark
        if begin is None or len(buffer) > _LONGEST:
            raise _damaged(path, 8 * base)
        used = begin // 8 - base
        scanned = max(0, len(buffer) - used - 6)
        buffer, base = buffer[used:], base + used
    if begin is not None:
        yield _cut(buffer, base, begin, 8 * (base + len(buffer)))


def _cut(buffer: bytes, base: int, begin: int, end: int) -> Segment:
    first, last = begin // 8 - base, (end + 7) // 8 - base
    bits = end - begin
    value = (int.from_bytes(buffer[first:last], "big") >> (8 * (base + last) - end)) & ((1 << bits) - 1)
    return Segment(begin, bits, value)


def _marks(buffer: bytes, scanned: int, base: int, least: int) -> list[int]:
    """The bits of all marks in the buffer that stand at `least` or later, in order.

    A mark begins at any of the eight bits of a byte, so it is one of 16 patterns; five of its seven bytes are whole. All places
    are looked at once for the first two of these, which one place in 4,096 has by chance, and those few for the rest.
    """
    data = np.frombuffer(buffer, np.uint8)[scanned + 1 :]
    if len(data) < _WHOLE:
        return []
    pairs = (data[: 1 - _WHOLE].astype(np.uint16) << np.uint16(8)) | data[1 : 2 - _WHOLE]
    places = (np.flatnonzero(_BEGINS[pairs]) + (scanned + 1)).tolist()
    found = (mark for place in places if (mark := _mark(buffer, place)) is not None)
    return [mark + 8 * base for mark in found if mark + 8 * base >= least]


def _patterns() -> dict[bytes, tuple[int, int, int, int, int]]:
    """By the five whole bytes of a mark: its shift, and the mask and bits of the byte before and of the one behind."""
    found = {}
    for magic in (BLOCK, END):
        for shift in range(8):
            pattern = (magic << (8 - shift)).to_bytes(7, "big")
            masks = 0xFF >> shift, (0xFF << (8 - shift)) & 0xFF
            found[pattern[1:6]] = (shift, masks[0], pattern[0], masks[1], pattern[6])
    return found


_WHOLE: Final = 5
_PATTERNS: Final = _patterns()
_BEGINS: Final = np.zeros(1 << 16, np.bool_)
_BEGINS[[int.from_bytes(whole[:2], "big") for whole in _PATTERNS]] = True


def _mark(buffer: bytes, place: int) -> int | None:
    """The bit of the mark whose whole bytes begin at `place`, if one does."""
    known = _PATTERNS.get(buffer[place : place + _WHOLE])
    if known is None:
        return None
    shift, low, before, high, behind = known
    if buffer[place - 1] & low != before:
        return None
    if shift and (place + _WHOLE >= len(buffer) or buffer[place + _WHOLE] & high != behind):
        return None
    return 8 * (place - 1) + shift
