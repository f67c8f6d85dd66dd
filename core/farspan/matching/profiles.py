"""Normal forms as tables over the type vocabulary: what makes a rule change cost types, not tokens."""

from __future__ import annotations

import unicodedata

import numpy as np

from farspan.model import IntArray
from farspan.options import MatchingOptions
from farspan.text.normalize import Profile, normal_forms
from farspan.text.vocabulary import Vocabulary

_TURKIC = frozenset({"tr", "az", "crh", "gag"})


def coarse_profile(options: MatchingOptions, lang: str) -> Profile:
    """The profile under which names and text are looked up: never finer than what the options ask."""
    case = {"exact": "keep", "first": "first", "ignore": "fold", "smart": "fold"}[options.case]
    return Profile(case, options.diacritics == "fold", options.marks == "fold", _is_turkic(lang))  # type: ignore[arg-type]


def fine_profile(options: MatchingOptions, lang: str) -> Profile:
    """The same with case kept: what `case=first` and `case=smart` check token by token."""
    return Profile("keep", options.diacritics == "fold", options.marks == "fold", _is_turkic(lang))


def _is_turkic(lang: str) -> bool:
    return lang.split("-", maxsplit=1)[0] in _TURKIC


class NormalForms:
    """The normal form of every type of one vocabulary under one profile, extended as the vocabulary grows.

    A normal id is the id of the first type that has the normal form, so that ids stay valid while the table grows.
    """

    def __init__(self, vocabulary: Vocabulary, profile: Profile) -> None:
        self._vocabulary = vocabulary
        self._profile = profile
        self._first: dict[str, int] | None = None  # normal form -> normal id; None while the table is the identity
        self._table = np.empty(0, np.int32)

    def table(self) -> IntArray:
        """int32[types]: type id -> normal id."""
        known, size = len(self._table), len(self._vocabulary)
        if known == size:
            return self._table
        new = self._vocabulary.strings[known:size]
        if self._first is None:
            if self._profile == Profile(turkic=self._profile.turkic) and unicodedata.is_normalized("NFC", "\n".join(new)):
                self._table = np.arange(size, dtype=np.int32)
                return self._table
            known, new, self._first, self._table = 0, self._vocabulary.strings[:size], {}, np.empty(0, np.int32)
        forms = normal_forms(new, self._profile)
        added = np.fromiter(map(self._first.setdefault, forms, range(known, size)), np.int32, size - known)
        self._table = np.concatenate([self._table, added])
        return self._table

    @property
    def is_identity(self) -> bool:
        """Whether every type known so far is its own normal form."""
        return self._first is None


class Profiles:
    """The tables of all profiles in use over one vocabulary, each made once."""

    def __init__(self, vocabulary: Vocabulary, lang: str) -> None:
        self.vocabulary = vocabulary
        self.lang = lang
        self._made: dict[Profile, NormalForms] = {}

    def forms(self, profile: Profile) -> NormalForms:
        """The normal forms under `profile`."""
        if profile not in self._made:
            self._made[profile] = NormalForms(self.vocabulary, profile)
        return self._made[profile]
