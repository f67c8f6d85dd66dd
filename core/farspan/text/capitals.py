"""Which words of a vocabulary are written with a capital, and which small; all are none in a script without case."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from farspan.model import BoolArray, IntArray, LongArray
from farspan.text.columns import Column, is_big, is_small, tell
from farspan.text.vocabulary import Vocabulary


def is_capitalised(word: str) -> bool:
    """Whether `word` begins with a capital letter and has a small one, or is a single capital."""
    return (word[:1].isupper() or word[:1].istitle()) and (len(word) == 1 or any(map(str.islower, word)))


def capitalised_types(vocabulary: Vocabulary) -> BoolArray:
    """bool[types]: words that begin with a capital and go on small, and single capitals; words all in capitals are none."""

    def of_ascii(words: Column) -> BoolArray:
        begun: BoolArray = is_big(words.first_bytes()) & ((words.lengths() == 1) | words.has(is_small))
        return begun

    return _types(vocabulary, "capitalised", of_ascii, is_capitalised)


def small_types(vocabulary: Vocabulary) -> BoolArray:
    """bool[types]: words with a small letter and no capital."""
    return _types(vocabulary, "small", lambda words: words.has(is_small) & ~words.has(is_big), str.islower)


def big_types(vocabulary: Vocabulary) -> BoolArray:
    """bool[types]: words with a capital letter anywhere."""
    return _types(vocabulary, "big", lambda words: words.has(is_big), lambda word: word != word.lower())


def before(types: BoolArray, ids: IntArray) -> LongArray:
    """int64[len(ids) + 1]: how many of the tokens `ids` before each place are of one of `types`."""
    # Made whole numbers first: adding up truth values holds up other threads for as long as it takes.
    found = types[ids].astype(np.int64)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(found)])


def are_all_capitals(strings: Sequence[str]) -> BoolArray:
    """bool[n]: `str.isupper` of each string."""
    return tell(strings, lambda words: words.has(is_big) & ~words.has(is_small), str.isupper)


def _types(vocabulary: Vocabulary, key: str, of_ascii: Callable[[Column], BoolArray], of_one: Callable[[str], bool]) -> BoolArray:
    table = vocabulary.table(key, lambda strings: tell(strings, of_ascii, of_one).astype(np.int32))
    return table > 0
