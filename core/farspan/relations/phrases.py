"""Where words and phrases stand in a corpus, and whether one stands in a stretch of it: one prefix sum a length of phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from farspan.errors import OptionError
from farspan.matching.context import compile_patterns
from farspan.matching.profiles import Profiles, View
from farspan.model import BoolArray, LongArray
from farspan.text.corpus import Corpus
from farspan.text.normalize import Profile

_VIEW = View(Profile(case="fold"))
Places = npt.NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Phrases:
    """The places of some phrases. starts: for each length, bool[tokens]: whether such a phrase begins there."""

    starts: dict[int, BoolArray]
    size: int

    def stand_in(self, begins: Places, ends: Places) -> BoolArray:
        """bool[n]: whether one of the phrases stands wholly in each stretch of tokens `[begin, end)`."""
        found = np.zeros(len(begins), np.bool_)
        for length, upto in self._upto.items():
            last = np.maximum(ends - (length - 1), begins)
            found |= upto[last] > upto[begins]
        return found

    def cover(self, begins: Places, ends: Places) -> BoolArray:
        """bool[n]: whether every token of each stretch belongs to one of the phrases."""
        upto = self._covered_upto
        whole: BoolArray = upto[ends] - upto[begins] == ends - begins
        return whole

    @cached_property
    def _upto(self) -> dict[int, LongArray]:
        """For each length, int32[tokens + 1]: how many phrases begin before each token."""
        return {length: np.append(0, np.cumsum(starts, dtype=np.int32)) for length, starts in self.starts.items()}

    @cached_property
    def _covered_upto(self) -> LongArray:
        """int32[tokens + 1]: how many tokens before each belong to a phrase."""
        change = np.zeros(self.size + 1, np.int32)
        for length, starts in self.starts.items():
            at = np.flatnonzero(starts)
            np.add.at(change, at, 1)
            np.add.at(change, at + length, -1)
        return np.append(0, np.cumsum(np.cumsum(change[:-1]) > 0, dtype=np.int32))


class PhraseFinder:
    """Looks phrases up in one corpus; what a word of a phrase matches is asked once for each distinct token."""

    def __init__(self, corpus: Corpus, lang: str) -> None:
        self._corpus = corpus
        self._profiles = Profiles(corpus.vocabulary, lang)
        self._words: dict[str, BoolArray] = {}
        self._found: dict[tuple[str, ...], Phrases] = {}

    def find(self, option: str, phrases: Sequence[str]) -> Phrases:
        """The places of `phrases`, inside a sentence each. Raises OptionError for one that is empty or a wrong expression."""
        key = tuple(phrases)
        if key not in self._found:
            self._found[key] = self._find(option, key)
        return self._found[key]

    def _find(self, option: str, phrases: Sequence[str]) -> Phrases:
        size = len(self._corpus)
        starts: dict[int, BoolArray] = {}
        for phrase in phrases:
            words = [phrase] if phrase.startswith("/") and phrase.endswith("/") else phrase.split()
            if not words:
                raise OptionError(f"{option}: an empty phrase", remedy="write a word or several")
            if len(words) > size:
                continue
            begins = self._fits(option, words[0])[: size - len(words) + 1].copy()
            for offset, word in enumerate(words[1:], 1):
                begins &= self._fits(option, word)[offset : size - len(words) + 1 + offset]
            whole = np.append(begins, np.zeros(len(words) - 1, np.bool_))
            whole[whole] = self._in_one_sentence(np.flatnonzero(whole), len(words))
            starts[len(words)] = starts.get(len(words), np.zeros(size, np.bool_)) | whole
        return Phrases(starts, size)

    def _in_one_sentence(self, begins: LongArray, length: int) -> BoolArray:
        same: BoolArray = self._corpus.sentence_of(begins) == self._corpus.sentence_of(begins + length - 1)
        return same

    def _fits(self, option: str, word: str) -> BoolArray:
        """bool[tokens]: whether each token fits the pattern `word`."""
        if word not in self._words:
            pattern = compile_patterns(option, [word], self._profiles, _VIEW)
            types, back = self._types
            self._words[word] = pattern.matches(types, self._profiles, _VIEW)[back]
        return self._words[word]

    @property
    def _types(self) -> tuple[list[str], Places]:
        numbers, back = np.unique(self._corpus.ids, return_inverse=True)
        strings = self._corpus.vocabulary.strings
        return [strings[number] for number in numbers.tolist()], back
