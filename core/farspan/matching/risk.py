"""Signs, without gold, that a name is often wrong: how it is written in the corpus and what else stands where it matches.

No sign is an estimate. Each orders the names of a list; a name's risk is the mean of its ranks (0: the safest, 1: the riskiest).
Signs that are alike for all names, such as small letters in a script without case, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from farspan.model import BoolArray, IntArray, LongArray
from farspan.text.capitals import capitalised_types
from farspan.text.columns import first_same
from farspan.text.corpus import Corpus
from farspan.text.normalize import casefolded

FloatArray = npt.NDArray[np.float64]

REASONS: Final[Mapping[str, Callable[[str, float], str]]] = {
    "small": lambda name, value: f"{name!r} is lower-case in {value:.0%} of its uses",
    "small_words": lambda name, value: f"the words of {name!r} are lower-case in {value:.0%} of their uses",
    "shortness": lambda name, value: f"{name!r} has {round(1 / value)} characters",
    "capital_neighbour": lambda name, value: f"beside {name!r} stands another capitalised word in {value:.0%} of its matches",
    "unmatched_uses": lambda name, value: f"{value:.0%} of the uses of {name!r} do not match",
    "no_agreement": lambda name, value: f"no other list agrees in {value:.0%} of the matches of {name!r}",
    "type_conflict": lambda name, value: f"a list of another label says otherwise in {value:.0%} of the matches of {name!r}",
    "longer_rival": lambda name, value: f"{name!r} lies inside a longer match in {value:.0%} of its matches",
    "ambiguity": lambda name, value: f"{name!r} stands in lists of {round(value) + 1} labels",
    "stop_word": lambda name, _: f"{name!r} is a stop word",
}
"""What each sign says of a name, in words, given its value."""


@dataclass(frozen=True, slots=True, eq=False)
class NameUses:
    """How the names of one list are written in a corpus, whether they match there or not.

    uses: int64[n], places where a name stands in any case. small: int64[n], those without a capital. small_words: float64[n],
    the mean share of lower-case uses of its words. is_stop_word: bool[n].
    """

    uses: LongArray
    small: LongArray
    small_words: FloatArray
    is_stop_word: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class ListPlaces:
    """One list as its candidates show it. labels: int32[n], the label of each name. starts, ends, names: free candidates."""

    surfaces: Sequence[str]
    labels: IntArray
    starts: IntArray
    ends: IntArray
    names: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class NameRisks:
    """The signs of the names of a list.

    values: sign -> float64[n], higher is worse. ranks: sign -> float64[n], 0..1, of the signs that differ among the names that
    match. risks: float32[n], the mean rank; 0 for names that match nowhere.
    """

    surfaces: Sequence[str]
    values: Mapping[str, FloatArray]
    ranks: Mapping[str, FloatArray]
    risks: npt.NDArray[np.float32]

    def reasons(self, name: int) -> list[str]:
        """What speaks against a name, in words, the sign it stands worst in first; signs that do not apply are left out."""
        return [self.reason(name, sign) for sign in self.worst(name)]

    def worst(self, name: int) -> list[str]:
        """The signs that apply to a name, the one it stands worst in first."""
        worst = sorted(self.ranks, key=lambda sign: -self.ranks[sign][name])
        return [sign for sign in worst if self.values[sign][name] > 0]

    def reason(self, name: int, sign: str) -> str:
        """What one sign says of a name, in words."""
        return REASONS[sign](self.surfaces[name], float(self.values[sign][name]))


def name_risks(corpus: Corpus, lists: Sequence[ListPlaces], number: int, uses: NameUses) -> NameRisks:
    """The risks of the names of list `number` of `lists`, over the whole corpus."""
    mine = lists[number]
    size = len(mine.surfaces)
    matches = np.bincount(mine.names, minlength=size)

    def share(flags: BoolArray) -> FloatArray:
        """float64[n]: the part of each name's matches that `flags` marks."""
        return np.bincount(mine.names, flags, minlength=size) / np.maximum(matches, 1)

    labels = labels_at(lists, number)
    values: dict[str, FloatArray] = {
        "small": uses.small / np.maximum(uses.uses, 1),
        "small_words": uses.small_words,
        "shortness": 1 / np.maximum(np.fromiter(map(len, mine.surfaces), np.float64, size), 1),
        "capital_neighbour": share(has_capital_neighbour(corpus, mine)),
        "unmatched_uses": np.clip(1 - matches / np.maximum(uses.uses, 1), 0, 1),
        "no_agreement": share(~labels[0]),
        "type_conflict": share(labels[1]),
        "longer_rival": share(_is_inside_longer(lists, mine)),
        "ambiguity": _ambiguity(lists, mine),
        "stop_word": uses.is_stop_word.astype(np.float64),
    }
    matched = matches > 0
    telling = [sign for sign, column in values.items() if len(set(column[matched].tolist())) > 1]
    ranked = {sign: ranks(values[sign], matched) for sign in telling}
    risks = np.mean(list(ranked.values()), axis=0) if ranked else np.zeros(size)
    return NameRisks(mine.surfaces, values, ranked, np.where(matched, risks, 0).astype(np.float32))


def ranks(values: FloatArray, among: BoolArray) -> FloatArray:
    """float64[n]: the rank of each value among those marked, from 0 to 1; equal values share the mean of their ranks."""
    _, back, counts = np.unique(values[among], return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts + 1) / 2
    ranks = np.zeros(len(values))
    ranks[among] = (middle / max(len(back) - 1, 1))[back]
    return ranks


def _keys(places: ListPlaces) -> LongArray:
    return places.starts.astype(np.int64) << 32 | places.ends


def labels_at(lists: Sequence[ListPlaces], number: int) -> tuple[BoolArray, BoolArray]:
    """For each place of list `number`: whether another list has its label exactly there, whether one has another label."""
    mine = lists[number]
    keys, labels = _keys(mine), mine.labels[mine.names].astype(np.int64)
    agrees, conflicts = np.zeros(len(keys), np.bool_), np.zeros(len(keys), np.bool_)
    for other in (places for index, places in enumerate(lists) if index != number):
        theirs, their_labels = _keys(other), other.labels[other.names].astype(np.int64)
        for label in np.unique(their_labels).tolist():
            there = np.isin(keys, theirs[their_labels == label])
            agrees |= there & (labels == label)
            conflicts |= there & (labels != label)
    return agrees, conflicts


def _is_inside_longer(lists: Sequence[ListPlaces], mine: ListPlaces) -> BoolArray:
    """For each place of `mine` whether a candidate of any list covers it and more."""
    starts = np.concatenate([places.starts for places in lists])
    ends = np.concatenate([places.ends for places in lists])
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    reach = np.concatenate([[0], np.maximum.accumulate(ends)]) if len(ends) else np.zeros(1, np.int32)
    earlier = reach[np.searchsorted(starts, mine.starts, "left")] >= mine.ends
    last = np.searchsorted(starts, mine.starts, "right")  # of those with one start the longest stands last
    longer = ends[np.maximum(last - 1, 0)] > mine.ends if len(ends) else np.zeros(len(mine.starts), np.bool_)
    inside: BoolArray = earlier | longer
    return inside


def has_capital_neighbour(corpus: Corpus, mine: ListPlaces) -> BoolArray:
    """For each place whether the word before it (unless that begins a sentence) or after it has a capital."""
    capital = capitalised_types(corpus.vocabulary)
    found = np.zeros(len(mine.starts), np.bool_)
    first = corpus.sentences[corpus.sentence_of(mine.starts)]
    left = np.flatnonzero(mine.starts - 1 > first)
    found[left] = capital[corpus.ids[mine.starts[left] - 1]]
    last = np.append(corpus.sentences, len(corpus))[corpus.sentence_of(mine.ends - 1) + 1]
    right = np.flatnonzero(mine.ends < last)
    found[right] |= capital[corpus.ids[mine.ends[right]]]
    return found


def _ambiguity(lists: Sequence[ListPlaces], mine: ListPlaces) -> FloatArray:
    """float64[n]: how many other labels a name that matches has, in any list."""
    others = np.zeros(len(mine.surfaces))
    labels = np.concatenate([mine.labels, *(places.labels for places in lists)]).astype(np.int64)
    if not len(labels) or labels.min() == labels.max():
        return others
    spellings = first_same(casefolded([*mine.surfaces, *(surface for places in lists for surface in places.surfaces)]))
    pairs = np.unique(spellings.astype(np.int64) << 32 | labels) >> 32
    many = np.bincount(pairs, minlength=len(spellings))
    matching = np.unique(mine.names)
    others[matching] = many[spellings[matching]] - 1
    return others
