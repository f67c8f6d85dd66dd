"""Where characters begin, as a reader counts them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import regex

from farspan.model import BoolArray, LongArray
from farspan.text.tokens import code_points

# Above lie Han characters only, then tags and selectors, which continue a cluster.
_TABLE_SIZE: Final = 0x20000
_FIRST_TAG: Final = 0xE0000
_CLUSTER: Final = regex.compile(r"\X")


def grapheme_starts(text: str, spaces: BoolArray) -> BoolArray:
    """bool[len(text)]: where a grapheme cluster (UAX 29) begins. A white-space character (`spaces`) is always one by itself.

    Only stretches with a code point that may join its neighbours are looked at by `regex`; elsewhere every code point begins a
    cluster.
    """
    starts: BoolArray = np.ones(len(text), np.bool_)
    if text.isascii():
        return starts
    joining = _joining(text)
    touched = joining.copy()
    touched[1:] |= joining[:-1]
    touched[:-1] |= joining[1:]
    touched &= ~spaces
    edges = np.flatnonzero(np.diff(touched, prepend=False, append=False))
    for begin, end in zip(edges[0::2].tolist(), edges[1::2].tolist(), strict=True):
        starts[begin:end] = False
        starts[[match.start() for match in _CLUSTER.finditer(text, begin, end)]] = True
    return starts


def cluster_counts(texts: Sequence[str]) -> LongArray:
    """int64[n]: the grapheme clusters in each of `texts`. Only those with a code point that may join another are looked at."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    joined = "\n".join(texts)
    if joined.count("\n") >= max(len(texts), 1) or "\r" in joined:
        rows = np.arange(len(texts))
    elif joined.isascii():
        return sizes
    else:
        joining = _joining(joined)
        joining[np.cumsum(sizes[:-1] + 1) - 1] = False  # the line feeds
        rows = np.unique(np.searchsorted(np.cumsum(sizes + 1), np.flatnonzero(joining), "right"))
    sizes[rows] = [sum(1 for _ in _CLUSTER.finditer(texts[row])) for row in rows.tolist()]
    return sizes


def _joining(text: str) -> BoolArray:
    points = code_points(text)
    table = _joining_table()
    joining: BoolArray = table[np.minimum(points, len(table) - 1)] if points.dtype.itemsize == 4 else table[points]
    if points.dtype.itemsize == 4:
        joining |= points >= _FIRST_TAG
    return joining


@cache
def _joining_table() -> BoolArray:
    """bool: which code points may belong to a cluster of several; the last entry stands for all above and is False."""
    plain = regex.compile(r"[\p{Grapheme_Cluster_Break=Other}--\p{Extended_Pictographic}]", regex.VERSION1)
    points = "".join(map(chr, [*range(0xD800), *[0xFFFD] * 0x800, *range(0xE000, _TABLE_SIZE)]))
    table: BoolArray = np.ones(_TABLE_SIZE + 1, np.bool_)
    table[[match.start() for match in plain.finditer(points)]] = False
    table[_TABLE_SIZE] = False
    return table
