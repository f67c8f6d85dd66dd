"""Distinct stretches of a text, found without making a Python string of every one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from farspan.model import IntArray


def distinct_slices(text: str, starts: IntArray, ends: IntArray) -> tuple[list[str], IntArray]:
    """The distinct stretches `[start, end)` of `text` in order of first appearance, and the number of each stretch's string.

    starts, ends: int32[n], code points, ascending and not overlapping. `text` must hold no lone surrogate.
    """
    raw = text.encode()
    offsets = np.empty(2 * len(starts) + 1, np.int64)
    offsets[0:-1:2], offsets[1::2] = byte_offsets(raw, len(text), starts, ends)
    offsets[-1] = len(raw)
    pieces = pa.LargeStringArray.from_buffers(2 * len(starts), pa.py_buffer(offsets), pa.py_buffer(raw)).dictionary_encode()
    codes = codes_of(pieces)[::2]
    # The last value written stays, so that going backwards leaves the first place of each.
    first_seen = np.full(len(pieces.dictionary), -1, np.int64)
    first_seen[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    used = np.flatnonzero(first_seen >= 0)
    used = used[np.argsort(first_seen[used])]
    numbers = np.empty(len(pieces.dictionary), np.int32)
    numbers[used] = np.arange(len(used), dtype=np.int32)
    firsts = first_seen[used]
    strings = [text[start:end] for start, end in zip(starts[firsts].tolist(), ends[firsts].tolist(), strict=True)]
    return strings, numbers[codes]


def byte_offsets(raw: bytes, length: int, *places: IntArray) -> tuple[npt.NDArray[np.integer], ...]:
    """Where the code points at each of `places` (ascending) begin in `raw`, the UTF-8 of a text of `length` code points."""
    if len(raw) == length:
        return places
    units: npt.NDArray[np.int8] = np.frombuffer(raw, np.int8)
    # Continuation bytes are those from 0x80 to 0xBF: as signed numbers, below -64.
    if len(raw) - length > length // 4:
        bytes_before = np.append(np.flatnonzero(units >= -64), len(raw))
        return tuple(bytes_before[asked] for asked in places)
    further = np.flatnonzero(units < -64)
    characters_before = further - np.arange(len(further))
    return tuple(asked + np.searchsorted(characters_before, asked, "right") for asked in places)


def codes_of(encoded: pa.DictionaryArray) -> IntArray:
    """int32[n]: the place of each value in the dictionary; read from memory, for to ask pyarrow is to import pandas."""
    codes: IntArray = np.frombuffer(encoded.indices.buffers()[1], np.int32, len(encoded), 4 * encoded.offset)
    return codes
