"""Distinct stretches of a text, found without making a Python string of every one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from farspan.model import IntArray, LongArray


def distinct_slices(text: str, starts: IntArray, ends: IntArray) -> tuple[list[str], IntArray]:
    """The distinct stretches `[start, end)` of `text` in order of first appearance, and the number of each stretch's string.

    starts, ends: int32[n], code points, ascending and not overlapping. `text` must hold no lone surrogate.
    """
    raw = text.encode()
    offsets = _alternating(_bytes_before(raw, len(text)), starts, ends, len(raw))
    pieces = pa.LargeStringArray.from_buffers(2 * len(starts), pa.py_buffer(offsets), pa.py_buffer(raw)).dictionary_encode()
    codes = np.asarray(pieces.indices)[::2]
    # The last value written stays, so that going backwards leaves the first place of each.
    first_seen = np.full(len(pieces.dictionary), -1, np.int64)
    first_seen[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    used = np.flatnonzero(first_seen >= 0)
    used = used[np.argsort(first_seen[used])]
    numbers = np.empty(len(pieces.dictionary), np.int32)
    numbers[used] = np.arange(len(used), dtype=np.int32)
    return pieces.dictionary.take(pa.array(used)).to_pylist(), numbers[codes]


def _alternating(bytes_before: LongArray | None, starts: IntArray, ends: IntArray, size: int) -> LongArray:
    """Byte offsets at which stretches and the gaps behind them begin, by turns; at last the end."""
    offsets = np.empty(2 * len(starts) + 1, np.int64)
    offsets[0:-1:2] = starts if bytes_before is None else bytes_before[starts]
    offsets[1::2] = ends if bytes_before is None else bytes_before[ends]
    offsets[-1] = size
    return offsets


def _bytes_before(raw: bytes, length: int) -> LongArray | None:
    """The bytes before each code point and before the end, int64[length + 1]; None if each code point is one byte."""
    if len(raw) == length:
        return None
    units: npt.NDArray[np.int8] = np.frombuffer(raw, np.int8)
    # Continuation bytes are those from 0x80 to 0xBF: as signed numbers, below -64.
    return np.append(np.flatnonzero(units >= -64), len(raw))
