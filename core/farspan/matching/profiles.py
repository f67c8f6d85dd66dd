"""Normal forms as tables over the type vocabulary: what makes a rule change cost types, not tokens."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import RLock

import numpy as np

from farspan.matching.affixes import Affixes
from farspan.model import BoolArray, IntArray
from farspan.options import MatchingOptions
from farspan.text.alike import first_alike
from farspan.text.columns import first_same
from farspan.text.lemmas import COLUMN, OFF, Lemmatize, load_lemmatizer
from farspan.text.normalize import Profile, normal_forms
from farspan.text.vocabulary import Vocabulary

# Types that cost as much to bring into normal form by a table of all as one does by itself.
_MANY = 8

_TURKIC = frozenset({"tr", "az", "crh", "gag"})


@dataclass(frozen=True, slots=True)
class View:
    """All that changes how a corpus is read: its normal forms, where lemmas come from, what words may lose; or its characters."""

    profile: Profile
    lemma: str = OFF
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    anywhere: bool = False

    @property
    def has_affixes(self) -> bool:
        """Whether a word may lose anything."""
        return bool(self.prefixes or self.suffixes)

    def under(self, profile: Profile) -> View:
        """The same under another profile."""
        return replace(self, profile=profile)


def coarse_view(options: MatchingOptions, lang: str) -> View:
    """The view under which names and text are looked up: never finer than what the options ask."""
    case = {"exact": "keep", "first": "first", "ignore": "fold", "smart": "fold"}[options.case]
    profile = Profile(case, options.diacritics == "fold", options.marks == "fold", _is_turkic(lang))  # type: ignore[arg-type]
    return View(profile, options.lemma, options.prefixes, options.suffixes, options.boundary == "anywhere")


def fine_view(options: MatchingOptions, lang: str) -> View:
    """The same with case kept: what `case=first` and `case=smart` check token by token."""
    coarse = coarse_view(options, lang)
    return coarse.under(replace(coarse.profile, case="keep"))


def _is_turkic(lang: str) -> bool:
    return lang.split("-", maxsplit=1)[0] in _TURKIC


class NormalForms:
    """The normal form of every type of one vocabulary under one profile, extended as the vocabulary grows.

    A normal id is the id of the first type that has the normal form, so that ids stay valid while the table grows.
    """

    def __init__(self, vocabulary: Vocabulary, profile: Profile, lemmatize: Lemmatize | None = None) -> None:
        self._vocabulary = vocabulary
        self._profile = profile
        self._lemmatize = lemmatize
        self._is_plain = lemmatize is None and profile == Profile(turkic=profile.turkic)
        # Normal form -> normal id, filled when first needed. Where only NFC is asked for, of decomposed types alone: all others
        # are their own form.
        self._first: dict[str, int] = {}
        self._table = np.empty(0, np.int32)
        self._lock = RLock()

    def table(self) -> IntArray:
        """int32[types]: type id -> normal id."""
        if len(self._table) == len(self._vocabulary):
            return self._table
        with self._lock:
            known, size = len(self._table), len(self._vocabulary)
            added = self._composed(known, size) if self._is_plain else self._folded(known, size)
            self._table = np.concatenate([self._table, added])
            return self._table

    def _folded(self, known: int, size: int) -> IntArray:
        """The normal ids of the types known:size."""
        strings = self._vocabulary.strings[known:size]
        if not known and self._lemmatize is None:
            return first_alike(strings, self._profile)
        first = self._known_forms()
        return np.fromiter(map(first.setdefault, self.normalize(strings), range(known, size)), np.int32, size - known)

    def _known_forms(self) -> dict[str, int]:
        """Normal form -> normal id, of the types that are in the table."""
        with self._lock:
            if not self._first and not self._is_plain and len(self._table):
                firsts = np.flatnonzero(self._table == np.arange(len(self._table)))
                self._first = dict(zip(self.strings(firsts.astype(np.int32)), firsts.tolist(), strict=True))
            return self._first

    def _composed(self, known: int, size: int) -> IntArray:
        """The same where only NFC is asked for: each type's own id, but for those that share their form with an earlier one."""
        added = np.arange(known, size, dtype=np.int32)
        decomposed = self._vocabulary.table("decomposed", _are_decomposed)[known:size]
        for number in (np.flatnonzero(decomposed) + known).tolist():
            form = unicodedata.normalize("NFC", self._vocabulary.strings[number])
            composed = self._vocabulary.id_of(form)
            self._first.setdefault(form, composed if 0 <= composed < number else number)
            added[number - known] = self._first[form]
        for form, first in self._first.items():
            if known <= (composed := self._vocabulary.id_of(form)) < size:
                added[composed - known] = first
        return added

    def normalize(self, strings: Sequence[str]) -> list[str]:
        """The normal form of each string, be it a type or not."""
        return normal_forms(strings if self._lemmatize is None else self._lemmatize(strings), self._profile)

    def strings(self, normal_ids: IntArray) -> list[str]:
        """The normal form behind each normal id, or of each type."""
        strings = [self._vocabulary.strings[number] for number in normal_ids.tolist()]
        are_known = int(normal_ids.max(initial=-1)) < len(self._table)
        return strings if are_known and self.is_identity else self.normalize(strings)

    def are_same(self, types: IntArray, others: IntArray) -> BoolArray:
        """Whether each type has the normal form of the one beside it. A few types are compared without a table of all."""
        if _MANY * len(types) >= len(self._vocabulary) - len(self._table):
            table = self.table()
            same: BoolArray = table[types] == table[others]
            return same
        distinct, back = np.unique(np.concatenate([types, others]), return_inverse=True)
        forms = first_same(self.strings(distinct.astype(np.int32)))[back]
        apart: BoolArray = forms[: len(types)] == forms[len(types) :]
        return apart

    def ids_of(self, forms: Sequence[str]) -> IntArray:
        """int32: the normal id of each normal form, -1 where no type has it."""
        size = len(self.table())
        known, there = self._known_forms(), self._vocabulary.id_of if self._is_plain else _nowhere
        ids = np.fromiter((known[form] if form in known else there(form) for form in forms), np.int32, len(forms))
        # Another thread may be reading further text: a type that came since is in no table yet.
        ids[ids >= size] = -1
        return ids

    @property
    def is_identity(self) -> bool:
        """Whether every type known so far is its own normal form."""
        return self._is_plain and not self._first


def _are_decomposed(strings: list[str]) -> IntArray:
    """int32[n]: 1 where a string is not in NFC."""
    if unicodedata.is_normalized("NFC", "\n".join(strings)):
        return np.zeros(len(strings), np.int32)
    flags = (not string.isascii() and not unicodedata.is_normalized("NFC", string) for string in strings)
    return np.fromiter(flags, np.int32, len(strings))


def _nowhere(_: str) -> int:
    return -1


class Profiles:
    """The tables of all views in use over one vocabulary, each made once."""

    def __init__(self, vocabulary: Vocabulary, lang: str) -> None:
        self.vocabulary = vocabulary
        self.lang = lang
        self._forms: dict[tuple[Profile, str], NormalForms] = {}
        self._affixes: dict[View, Affixes] = {}
        self._lemmatizers: dict[str, Lemmatize] = {}

    def forms(self, view: View) -> NormalForms:
        """The normal forms under `view`, affixes and all. Raises what `load_lemmatizer` does."""
        key = view.profile, view.lemma
        if key not in self._forms:
            self._forms[key] = NormalForms(self.vocabulary, view.profile, self._lemmatizer(view.lemma))
        return self._forms[key]

    def affixes(self, view: View) -> Affixes:
        """What the types are without their affixes under `view`."""
        if view not in self._affixes:
            plain = self.forms(replace(view, lemma=OFF))
            prefixes = normal_forms(view.prefixes, view.profile)
            # The first character of a suffix is not that of a word.
            case = "keep" if view.profile.case == "first" else view.profile.case
            suffixes = normal_forms(view.suffixes, replace(view.profile, case=case))
            self._affixes[view] = Affixes(self.vocabulary, plain, self.forms(view), prefixes, suffixes)
        return self._affixes[view]

    def _lemmatizer(self, source: str) -> Lemmatize | None:
        if source in {OFF, COLUMN}:
            return None
        if source not in self._lemmatizers:
            self._lemmatizers[source] = load_lemmatizer(source, self.lang)
        return self._lemmatizers[source]
