"""Words without their clitics and endings: what a word of the text may also be read as, so that የኢትዮጵያ finds ኢትዮጵያ.

Any word of a match may have lost a prefix, a suffix or one of each. Languages differ in where affixes stand: an Amharic
preposition is written on the first word of a name, an Estonian ending on every word of it or on the last alone. A rule for one
would be wrong for the other, and a name that only matches with an affix in its middle is rare in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import RLock
from typing import Final, Protocol

import numpy as np
import regex

from farspan.matching.readings import LooseReadings, Readings, collect_readings
from farspan.model import BoolArray, IntArray
from farspan.text.columns import column_of
from farspan.text.vocabulary import Vocabulary

_JOINERS: Final = "-‐‑־'’ʼ:"
"""Hyphens, apostrophes and the Finnish colon: what stands between a word and its affix (NATO-s, İstanbul'da, EU:ssa)."""

_ENOUGH: Final = regex.compile(r"\P{M}\p{M}*+.*\P{M}|[\p{Han}\p{Ethiopic}]", regex.DOTALL)


class Forms(Protocol):
    """Normal forms under a view."""

    def table(self) -> IntArray:
        """int32[types]: type id -> normal id."""
        ...

    def strings(self, normal_ids: IntArray) -> list[str]:
        """The normal form of each type."""
        ...

    def normalize(self, strings: Sequence[str]) -> list[str]:
        """The normal form of each string."""
        ...

    def ids_of(self, forms: Sequence[str]) -> IntArray:
        """The normal id of each normal form, -1 where no type has it."""
        ...


class Affixes:
    """Every type of a vocabulary without the affixes it may lose, extended as the vocabulary grows.

    plain: the normal forms that affixes are taken from; forms: those that what is left is compared under. prefixes, suffixes:
    normal forms; joiners at their inner end are notation and belong to every affix.
    """

    def __init__(
        self, vocabulary: Vocabulary, plain: Forms, forms: Forms, prefixes: Sequence[str], suffixes: Sequence[str]
    ) -> None:
        self._vocabulary = vocabulary
        self._plain = plain
        self._forms = forms
        self._prefixes = tuple(dict.fromkeys(p.rstrip(_JOINERS) for p in prefixes if p.rstrip(_JOINERS)))
        self._suffixes = tuple(dict.fromkeys(s.lstrip(_JOINERS) for s in suffixes if s.lstrip(_JOINERS)))
        self._known = 0
        self._owners: list[int] = []
        self._left: list[str] = []
        self._readings: Readings | None = None
        self._lock = RLock()

    def loose(self) -> tuple[IntArray, list[str]]:
        """Every (type, normal form of what is left of it), also where no type has that form."""
        with self._lock:
            self._extend(len(self._vocabulary))
            return np.array(self._owners, np.int32), self._left

    def readings(self) -> Readings:
        """What every type may also be read as, by type."""
        with self._lock:
            if self._readings is None or len(self._readings) < len(self._vocabulary):
                owners, left = self.loose()
                tokens = self._forms.ids_of(left)
                # Another thread may have brought further types since: theirs are not among the owners yet.
                base = self._forms.table()[: self._known]
                found = LooseReadings(owners, tokens, np.zeros(len(tokens), np.uint8), np.ones(len(tokens), np.bool_))
                self._readings = collect_readings([found], base)
            return self._readings

    def _extend(self, size: int) -> None:
        if size == self._known:
            return
        self._plain.table()
        forms = self._plain.strings(np.arange(self._known, size, dtype=np.int32))
        owners, left = rests_of(forms, self._prefixes, self._suffixes)
        self._owners += [self._known + row for row in owners]
        self._left = self._left + self._forms.normalize(left)
        self._known = size


def rests_of(forms: Sequence[str], prefixes: tuple[str, ...], suffixes: tuple[str, ...]) -> tuple[list[int], list[str]]:
    """Every (row of `forms`, what is left of it without a prefix, a suffix or both); a form may have the same rest twice."""
    column = column_of(forms)
    if column is None:  # in doubt each is tried
        found = [(row, rest) for row, form in enumerate(forms) for rest in without_affixes(form, prefixes, suffixes)]
        return [row for row, _ in found], [rest for _, rest in found]
    owners, left = list[int](), list[str]()
    begun = _found_with(column.begins_with, prefixes, len(forms))
    for row in np.flatnonzero(begun).tolist():
        rests = list(without_affixes(forms[row], prefixes, suffixes))
        owners += [row] * len(rests)
        left += rests
    for suffix in suffixes:
        for row in np.flatnonzero(column.ends_with(suffix) & ~begun).tolist():
            rest = forms[row][: -len(suffix)].rstrip(_JOINERS)
            if _is_enough(rest):
                owners.append(row)
                left.append(rest)
    return owners, left


def _found_with(ask: Callable[[str], BoolArray], affixes: tuple[str, ...], size: int) -> BoolArray:
    found = np.zeros(size, np.bool_)
    for affix in affixes:
        found |= ask(affix)
    return found


def without_affixes(form: str, prefixes: tuple[str, ...], suffixes: tuple[str, ...]) -> Iterator[str]:
    """What `form` may be without a prefix, a suffix or both, where enough is left."""
    if not form.startswith(prefixes) and not form.endswith(suffixes):
        return
    for rest in (form, *_without_one(form, prefixes, at_end=False)):
        if rest is not form:
            yield rest
        yield from _without_one(rest, suffixes, at_end=True)


def _without_one(form: str, affixes: tuple[str, ...], *, at_end: bool) -> Iterator[str]:
    for affix in affixes:
        if form.endswith(affix) if at_end else form.startswith(affix):
            rest = form[: -len(affix)].rstrip(_JOINERS) if at_end else form[len(affix) :].lstrip(_JOINERS)
            if _is_enough(rest):
                yield rest


def _is_enough(rest: str) -> bool:
    return (len(rest) > 1 and rest.isascii()) or _ENOUGH.search(rest) is not None
