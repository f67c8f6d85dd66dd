"""What every tokenizer gives back, and the white space that none of them gives back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import numpy.typing as npt

from farspan.model import BoolArray, IntArray, LongArray

if TYPE_CHECKING:
    from farspan.text.vocabulary import Vocabulary

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LAST_SPACE: Final = 0x3000
_AT_ONCE: Final = 1 << 20  # characters
_SPACES: Final = np.array([point for point in range(_LAST_SPACE + 1) if chr(point).isspace()])


@dataclass(frozen=True, slots=True, eq=False)
class TokenBatch:
    """The tokens of several texts, one after the other.

    ids: int32[n] into the vocabulary. starts, ends: int32[n], code points inside each text, ascending.
    offsets: int64[texts + 1]; the tokens of text `i` are `offsets[i]:offsets[i + 1]`.
    """

    ids: IntArray
    starts: IntArray
    ends: IntArray
    offsets: LongArray

    def __len__(self) -> int:
        return len(self.ids)


class Tokenizer(Protocol):
    """Called with texts, gives their tokens, interned into the vocabulary it was made with."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that token ids stand for."""
        ...

    @property
    def words_hold_points(self) -> bool:
        """Whether the point that ends a sentence stays on its last word."""
        ...

    def __call__(self, texts: Sequence[str]) -> TokenBatch:
        """The tokens of `texts`; no token is or holds only white space. A lone surrogate counts as U+FFFD."""
        ...


def space_table(size: int) -> BoolArray:
    """bool[size]: which code points are white space in the sense of `str.isspace`; none lies behind U+3000."""
    table = np.zeros(size, np.bool_)
    table[_SPACES[size > _SPACES]] = True
    return table


def code_points(text: str) -> npt.NDArray[np.unsignedinteger]:
    """The code points of `text`, unsigned[len(text)] in the narrowest of 8, 16 and 32 bits that is quick to get."""
    if len(text) <= _AT_ONCE:
        return _points(text)
    # In pieces: encoding 20 million characters in one call would hold up every other thread, the window's too.
    return np.concatenate([_points(text[at : at + _AT_ONCE]) for at in range(0, len(text), _AT_ONCE)])


def _points(text: str) -> npt.NDArray[np.unsignedinteger]:
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    pairs = text.encode("utf-16-le", "surrogatepass")
    if len(pairs) == 2 * len(text):
        return np.frombuffer(pairs, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def whole_characters(text: str) -> str:
    """`text` with U+FFFD for each lone surrogate, which no encoding can write; offsets stay the same."""
    if text.isascii() or _SURROGATE.search(text) is None:
        return text
    return _SURROGATE.sub("\ufffd", text)
