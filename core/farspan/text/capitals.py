"""Which words of a vocabulary are written with a capital, and which small; all are none in a script without case."""

from __future__ import annotations

import numpy as np

from farspan.model import BoolArray
from farspan.text.vocabulary import Vocabulary


def is_capitalised(word: str) -> bool:
    """Whether `word` begins with a capital letter and has a small one, or is a single capital."""
    return (word[:1].isupper() or word[:1].istitle()) and (len(word) == 1 or any(map(str.islower, word)))


def capitalised_types(vocabulary: Vocabulary) -> BoolArray:
    """bool[types]: words that begin with a capital and go on small, and single capitals; words all in capitals are none."""
    table = vocabulary.table("capitalised", lambda strings: np.fromiter(map(is_capitalised, strings), np.int32, len(strings)))
    return table > 0


def small_types(vocabulary: Vocabulary) -> BoolArray:
    """bool[types]: words with a small letter and no capital."""
    table = vocabulary.table("small", lambda strings: np.fromiter(map(str.islower, strings), np.int32, len(strings)))
    return table > 0


def big_types(vocabulary: Vocabulary) -> BoolArray:
    """bool[types]: words with a capital letter anywhere."""
    table = vocabulary.table("big", lambda strings: np.fromiter((s != s.lower() for s in strings), np.int32, len(strings)))
    return table > 0
