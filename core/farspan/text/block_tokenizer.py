"""What the tokenizers share: they cut one block of text at a time; here blocks are made of texts and texts of blocks again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Final

import numpy as np

from farspan.model import IntArray, LongArray
from farspan.text.chunks import BLOCK_CHARACTERS, Block, cut_blocks
from farspan.text.tokens import TokenBatch
from farspan.text.vocabulary import Vocabulary

Cut = tuple[IntArray, IntArray, IntArray]


class BlockTokenizer(ABC):
    """A tokenizer whose tokens never hold white space next to which a text may be cut."""

    words_hold_points: bool = False
    block_characters: int = BLOCK_CHARACTERS

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary: Final = vocabulary

    def __call__(self, texts: Sequence[str]) -> TokenBatch:
        """The tokens of `texts`; no token is or holds only white space. A lone surrogate counts as U+FFFD."""
        counts = np.zeros(len(texts), np.int64)
        parts = [self._tokens(block, counts) for block in cut_blocks(texts, self.is_safe, self.block_characters)]
        ids, starts, ends = (_joined([part[column] for part in parts]) for column in range(3))
        return TokenBatch(ids, starts, ends, np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]))

    @abstractmethod
    def cut(self, text: str) -> Cut:
        """ids, starts and ends of the tokens of `text`, int32[n] each, which holds no lone surrogate."""

    def is_safe(self, left: str, gap: str, right: str) -> bool:  # noqa: ARG002
        """Whether a text may be cut at the white space `gap` between the chunks `left` and `right`."""
        return True

    def _tokens(self, block: Block, counts: LongArray) -> Cut:
        """ids, starts and ends in the texts' own offsets; the number of tokens is added to the `counts` of the texts."""
        ids, starts, ends = self.cut(block.characters)
        borders = np.searchsorted(starts, np.append(block.begins, len(block.characters) + 1))
        in_piece = np.diff(borders)
        np.add.at(counts, block.texts, in_piece)
        shifts = (block.bases - block.begins).astype(np.int32)
        if len(shifts) > 1 or shifts[0]:
            shift = shifts[0] if len(shifts) == 1 else np.repeat(shifts, in_piece)
            starts, ends = starts + shift, ends + shift
        return ids, starts, ends


def _joined(parts: Sequence[IntArray]) -> IntArray:
    return parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, np.int32), *parts])
