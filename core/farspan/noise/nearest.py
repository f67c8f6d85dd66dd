"""The listed name that comes nearest to what was missed, and in what it differs: case, ending, spelling, or a part of it.

The questions are few and the names many, so the questions are filed and every name is looked up once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import regex
from rapidfuzz.distance import Prefix

from farspan.errors import FarspanError
from farspan.job import SILENT, Job
from farspan.matching.fuzzy import FuzzyIndex
from farspan.run import Source
from farspan.text.lemmas import ON, load_lemmatizer
from farspan.text.normalize import Profile, normal_forms

Question = tuple[str, str]
"""What was missed: its text and its label."""

_ANY_CASE: Final = Profile("fold")
_PLAIN: Final = Profile("fold", diacritics=True, marks=True)
_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_AT_ONCE: Final = 50_000  # names looked up at a time
_STEM: Final = 3  # characters that an inflected word shares with its name at least
_KEPT: Final = 0.7  # of the name's characters, likewise
_ENDING: Final = 5  # longest ending
_PREFIX: Final = 4  # longest clitic


class How(IntEnum):
    """In what a name differs from what was missed; the lower, the nearer."""

    SAME = 0
    CASE = 1
    INFLECTED = 2
    SPELLING = 3
    PART = 4
    INITIALS = 5


@dataclass(frozen=True, slots=True)
class Nearest:
    """A name of a list: number of the source, row of the list, how it differs, and the affix where it differs by one."""

    how: How
    source: int
    name: int
    surface: str
    note: str = ""


def nearest_names(
    questions: Sequence[Question], sources: Sequence[Source], lang: str = "xx", job: Job = SILENT
) -> dict[Question, Nearest]:
    """For each question the nearest name that has its label; those that no name comes near are left out.

    Of equally near names that of the first source counts, and in it the first.
    """
    asked: dict[str, _Questions] = {}
    for text, label in dict.fromkeys(questions):
        asked.setdefault(label, _Questions([], lang)).texts.append(text)
    found: dict[Question, Nearest] = {}
    for number, source in enumerate(sources):
        for label, rows in _rows_by_label(source).items():
            if label not in asked:
                continue
            for first in range(0, len(rows), _AT_ONCE):
                job.progress(number, len(sources), "near names")
                part = rows[first : first + _AT_ONCE]
                surfaces = [source.entity_list.surfaces[row] for row in part]
                for text, place, how, note in asked[label].near(surfaces):
                    known = found.get((text, label))
                    if known is None or how < known.how:
                        found[text, label] = Nearest(how, number, part[place], surfaces[place], note)
    return found


def _rows_by_label(source: Source) -> dict[str, list[int]]:
    names, override = source.entity_list, source.options.label
    default = override or names.label
    rows: dict[str, list[int]] = defaultdict(list)
    for row in range(len(names)):
        if row not in names.patterns:
            rows[default if override or names.labels is None else names.labels[row] or default].append(row)
    return rows


class _Questions:
    """Texts of one label, filed by all that a name may share with them."""

    def __init__(self, texts: list[str], lang: str) -> None:
        self.texts = texts
        self._lang = lang
        self._filed = False

    def near(self, surfaces: Sequence[str]) -> Iterator[tuple[str, int, How, str]]:
        """(text, place in `surfaces`, how, note) of every name that comes near a text, in no order."""
        if not self._filed:
            self._file()
        cased = normal_forms(surfaces, Profile())
        folded, plain = normal_forms(surfaces, _ANY_CASE), normal_forms(surfaces, _PLAIN)
        for place, (same, fold, bare) in enumerate(zip(cased, folded, plain, strict=True)):
            yield from ((text, place, How.SAME, "") for text in self._same.get(same, ()))
            yield from ((text, place, How.CASE, "") for text in self._folded.get(fold, ()))
            words = _words(fold)
            yield from self._inflected(place, fold, words)
            yield from ((text, place, How.INFLECTED, "") for text in self._lemmas.get(fold, ()))
            yield from ((text, place, How.SPELLING, "") for text in self._plain.get(_joined(bare), ()))
            if len(words) > 1:
                yield from self._parts(place, words, surfaces[place])
        texts, names, _ = self._index.near(plain) if self._index is not None else ((), (), ())
        for place, row in zip(texts, names, strict=True):
            for text in self._plain_forms[self._near_forms[row]]:
                yield text, int(place), How.SPELLING, ""

    def _file(self) -> None:
        self._filed = True
        texts = self.texts
        self._same, self._folded, self._plain = (defaultdict[str, list[str]](list) for _ in range(3))
        self._plain_forms: dict[str, list[str]] = defaultdict(list)
        self._stems: dict[tuple[str, ...], list[tuple[str, list[str]]]] = defaultdict(list)
        self._clitics: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._first_words: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        self._initials: dict[str, list[str]] = defaultdict(list)
        folded, plain = normal_forms(texts, _ANY_CASE), normal_forms(texts, _PLAIN)
        for text, same, fold, bare in zip(texts, normal_forms(texts, Profile()), folded, plain, strict=True):
            self._same[same].append(text)
            self._folded[fold].append(text)
            self._plain[_joined(bare)].append(text)
            self._plain_forms[bare].append(text)
            words = _words(fold)
            if words:
                self._stems[_stem(words)].append((text, words))
                self._first_words[words[0]].append((text, words))
            for size in range(1, min(_PREFIX, len(fold) - 2) + 1):
                self._clitics[fold[size:]].append((text, text[:size]))
            letters = text.replace(".", "")
            if letters.isupper() and 2 <= len(letters) <= 6:
                self._initials[letters.casefold()].append(text)
        self._lemmas = self._by_lemma()
        self._near_forms = list(self._plain_forms)
        self._index = FuzzyIndex(self._near_forms, 2) if self._near_forms else None

    def _by_lemma(self) -> dict[str, list[str]]:
        """Lemmas of the texts, word by word, that differ from them."""
        found: dict[str, list[str]] = defaultdict(list)
        try:
            lemmatize = load_lemmatizer(ON, self._lang)
        except FarspanError:  # a language without lemmas
            return found
        for text in self.texts:
            lemma = " ".join(lemmatize(text.split()))
            if lemma.casefold() != text.casefold():
                found[normal_forms([lemma], _ANY_CASE)[0]].append(text)
        return found

    def _inflected(self, place: int, fold: str, words: Sequence[str]) -> Iterator[tuple[str, int, How, str]]:
        for text, prefix in self._clitics.get(fold, ()):
            if prefix == prefix.lower():  # All-, A-: a compound, no clitic
                yield text, place, How.INFLECTED, f"{prefix.rstrip('-')}-"
        for text, others in self._stems.get(_stem(words), ()) if words else ():
            endings = [_ending(name, word) for name, word in zip(words, others, strict=True)]
            if all(ending is not None for ending in endings) and (changed := [ending for ending in endings if ending]):
                yield text, place, How.INFLECTED, f"-{changed[-1]}"

    def _parts(self, place: int, words: Sequence[str], surface: str) -> Iterator[tuple[str, int, How, str]]:
        for word in dict.fromkeys(words):
            for text, others in self._first_words.get(word, ()):
                if len(others) < len(words) and _is_within(others, words) and sum(map(len, others)) > 2:
                    yield text, place, How.PART, ""
        if not self._initials:
            return
        big = "".join(word[0] for word in _words(surface) if word[0].isupper())
        for text in self._initials.get(big.casefold(), ()) if len(big) > 1 else ():
            yield text, place, How.INITIALS, ""


def _words(text: str) -> list[str]:
    """The stretches of letters and numbers of a text."""
    return [text] if text.isalnum() else _WORD.findall(text)


def _joined(text: str) -> str:
    """The text without all that is neither letter nor number."""
    return text if text.isalnum() else "".join(_WORD.findall(text)) or text


def _stem(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word[:_STEM] for word in words)


def _ending(name: str, word: str) -> str | None:
    """What `word` has after the stem that it shares with `name`: "" if they are equal; None if it is no form of it."""
    if name == word:
        return ""
    shared = Prefix.similarity(name, word)
    if shared < len(name) and name[-1] == word[-1]:  # Anderson, Andersen: the middle differs, not the ending
        return None
    if (
        shared < max(_STEM, _KEPT * len(name))
        or len(name) - shared > 2
        or not 0 < len(word) - shared <= min(_ENDING, len(name) - 1)
    ):
        return None
    return word[shared:]


def _is_within(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether the words `few` all stand in `many`, in their order."""
    rest = iter(many)
    return all(word in rest for word in few)
