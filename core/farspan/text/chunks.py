"""White-space chunks: where they stand in many texts at once, and blocks of text small enough to work on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from farspan.model import BoolArray, LongArray
from farspan.text.tokens import code_points, space_table, whole_characters

BLOCK_CHARACTERS: Final = 1 << 22

Piece = tuple[int, int, str]
"""A stretch of a text: the number of the text, its first character there, its characters."""

_GAP: Final = re.compile(r"\s+")
_NARROW_SPACES: Final = space_table(1 << 16)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Pieces joined by line feeds.

    characters: the joined text. begins: int64[pieces], where each piece begins in it. bases: int64[pieces], where each begins in
    its own text. texts: int64[pieces], the number of each piece's text.
    """

    characters: str
    begins: LongArray
    bases: LongArray
    texts: LongArray


def cut_blocks(texts: Sequence[str], is_safe: Callable[[str, str, str], bool], size: int) -> Iterator[Block]:
    """Blocks of about `size` characters that hold all of `texts` in order; a longer text is cut where `is_safe` allows.

    `is_safe(left, gap, right)` says whether a text may be cut between two neighbouring chunks with the white space `gap`
    between them.
    """
    pieces: list[Piece] = []
    held = 0
    for number, text in enumerate(texts):
        for piece in ((number, 0, text),) if len(text) <= size else _pieces(number, text, is_safe, size):
            length = len(piece[2])
            if pieces and held + length > size:
                yield _joined(pieces)
                pieces, held = [], 0
            pieces.append(piece)
            held += length + 1
    if pieces:
        yield _joined(pieces)


def _pieces(number: int, text: str, is_safe: Callable[[str, str, str], bool], size: int) -> Iterator[Piece]:
    start = 0
    while len(text) - start > size:
        cut = _safe_cut(text, start + size, is_safe)
        yield number, start, text[start:cut]
        start = cut
    yield number, start, text[start:] if start else text


def _safe_cut(text: str, target: int, is_safe: Callable[[str, str, str], bool]) -> int:
    """The end of the first stretch of white space behind `target` at which the text may be cut, or the end of the text."""
    gaps = (_GAP.finditer(text, target) for _ in range(3))
    for before, middle, after in zip(*(islice(found, skipped, None) for skipped, found in enumerate(gaps)), strict=False):
        if is_safe(text[before.end() : middle.start()], middle.group(), text[middle.end() : after.start()]):
            return int(middle.end())
    return len(text)


def _joined(pieces: Sequence[Piece]) -> Block:
    numbers, bases = [piece[0] for piece in pieces], [piece[1] for piece in pieces]
    strings = [piece[2] for piece in pieces]
    ends = np.cumsum(np.fromiter(map(len, strings), np.int64, len(strings)) + 1)
    characters = whole_characters(strings[0] if len(strings) == 1 else "\n".join(strings))
    return Block(characters, np.concatenate([[0], ends[:-1]]), np.array(bases, np.int64), np.array(numbers, np.int64))


def chunk_bounds(text: str) -> tuple[LongArray, LongArray]:
    """Starts and ends of the white-space chunks of `text`, int64[n] each: exactly where `text.split()` cuts."""
    is_space = space_mask(text)
    edges = np.flatnonzero(is_space[1:] != is_space[:-1]) + 1
    if len(is_space) and not is_space[0]:
        edges = np.concatenate([[0], edges])
    if len(edges) % 2:
        edges = np.append(edges, len(text))
    return edges[0::2], edges[1::2]


def space_mask(text: str) -> BoolArray:
    """bool[len(text)]: which characters are white space."""
    points = code_points(text)
    if points.dtype.itemsize == 4:
        points = np.minimum(points, len(_NARROW_SPACES) - 1)
    spaces: BoolArray = _NARROW_SPACES[points]
    return spaces
