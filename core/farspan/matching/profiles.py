"""Normal forms as tables over the type vocabulary: what makes a rule change cost types, not tokens."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import RLock

import numpy as np

from farspan.matching.affixes import Affixes
from farspan.model import IntArray
from farspan.options import MatchingOptions
from farspan.text.lemmas import COLUMN, OFF, Lemmatize, load_lemmatizer
from farspan.text.normalize import Profile, normal_forms
from farspan.text.vocabulary import Vocabulary

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
        self._first: dict[str, int] | None = None  # normal form -> normal id; None while the table is the identity
        self._table = np.empty(0, np.int32)
        self._lock = RLock()

    def table(self) -> IntArray:
        """int32[types]: type id -> normal id."""
        if len(self._table) == len(self._vocabulary):
            return self._table
        with self._lock:
            self._extend(len(self._vocabulary))
            return self._table

    def _extend(self, size: int) -> None:
        known = len(self._table)
        new = self._vocabulary.strings[known:size]
        if self._first is None:
            if self._changes_nothing(new):
                self._table = np.arange(size, dtype=np.int32)
                return
            known, new, self._first, self._table = 0, self._vocabulary.strings[:size], {}, np.empty(0, np.int32)
        forms = self.normalize(new)
        added = np.fromiter(map(self._first.setdefault, forms, range(known, size)), np.int32, size - known)
        self._table = np.concatenate([self._table, added])

    def _changes_nothing(self, strings: Sequence[str]) -> bool:
        plain = self._lemmatize is None and self._profile == Profile(turkic=self._profile.turkic)
        return plain and unicodedata.is_normalized("NFC", "\n".join(strings))

    def normalize(self, strings: Sequence[str]) -> list[str]:
        """The normal form of each string, be it a type or not."""
        return normal_forms(strings if self._lemmatize is None else self._lemmatize(strings), self._profile)

    def strings(self, normal_ids: IntArray) -> list[str]:
        """The normal form behind each normal id."""
        return self.normalize([self._vocabulary.strings[number] for number in normal_ids.tolist()])

    def ids_of(self, forms: Sequence[str]) -> IntArray:
        """int32: the normal id of each normal form, -1 where no type has it."""
        self.table()
        if self._first is None:
            return np.fromiter(map(self._vocabulary.id_of, forms), np.int32, len(forms))
        known = self._first
        return np.fromiter((known.get(form, -1) for form in forms), np.int32, len(forms))

    @property
    def is_identity(self) -> bool:
        """Whether every type known so far is its own normal form."""
        return self._first is None


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
