"""Sentences that are alike: their words in common are a share of the words of both (Jaccard, each word as often as it stands).

Alike ones are found exactly and without comparing all with all: two of them must share one of their rarest words (Xiao, Wang,
Lin, Yu 2008).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Final, TypeVar

import numpy as np

from farspan.model import IntArray

NEAR: Final = 0.8

_T = TypeVar("_T", str, int)

Words = frozenset[tuple[str, int]]
"""The words of a sentence, each with how often it stood before."""


def near_pairs(theirs: Sequence[str], mine: Sequence[str], near: float = NEAR) -> list[tuple[str, str]]:
    """For each of `mine` one of `theirs` that is alike but not equal, (theirs, mine), in the order of `mine`."""
    bags, prefixes = _prepared({*theirs, *mine}, near)
    index: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for text in theirs:
        for word in prefixes[text]:
            index[word].append(text)
    found = []
    for text in mine:
        others = _sharing(prefixes[text], index)
        alike = next((other for other in others if other != text and _jaccard(bags[text], bags[other]) >= near), None)
        if alike is not None:
            found.append((alike, text))
    return found


def near_groups(texts: Sequence[str], near: float = NEAR) -> IntArray:
    """int32[n]: a group for each of the different `texts`; two that are alike are in one, and so on in chains."""
    bags, prefixes = _prepared(texts, near)
    index: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    groups = list(range(len(texts)))

    def root(number: int) -> int:
        while groups[number] != number:
            groups[number] = groups[groups[number]]
            number = groups[number]
        return number

    for number, text in enumerate(texts):
        for other in _sharing(prefixes[text], index):
            # What is in one group already need not be compared again.
            if root(other) != root(number) and _jaccard(bags[text], bags[texts[other]]) >= near:
                groups[root(number)] = root(other)
        for word in prefixes[text]:
            index[word].append(number)
    return np.array([root(number) for number in range(len(texts))], np.int32)


def _prepared(texts: Iterable[str], near: float) -> tuple[Mapping[str, Words], Mapping[str, Sequence[tuple[str, int]]]]:
    """The words of each text, and so many of the rarest that texts which are alike must have one of them in common."""
    bags = {text: _words(text) for text in texts}
    frequency = Counter(word for words in bags.values() for word in words)
    rare = {text: sorted(words, key=lambda word: (frequency[word], word)) for text, words in bags.items()}
    return bags, {text: words[: len(words) - ceil(near * len(words) - 1e-9) + 1] for text, words in rare.items()}


def _sharing(words: Sequence[tuple[str, int]], index: Mapping[tuple[str, int], Sequence[_T]]) -> Iterator[_T]:
    """What `index` holds under any of `words`, each once."""
    seen: set[_T] = set()
    for word in words:
        for other in index.get(word, ()):
            if other not in seen:
                seen.add(other)
                yield other


def _words(text: str) -> Words:
    """The words of a sentence without what is neither letter nor digit, each with how often it stood before."""
    plain = "".join(character if character.isalnum() else " " for character in text).split()
    seen: Counter[str] = Counter()
    words = []
    for word in plain:
        words.append((word, seen[word]))
        seen[word] += 1
    return frozenset(words)


def _jaccard(one: Words, other: Words) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both) if one or other else 0.0
