"""Normal forms: the strings that two tokens must share to count as the same word under a rule.

A normal form never touches an offset: offsets live on tokens, normal forms on types. NFC and NFD spellings of a word always
share their normal form (Unicode Standard, section 3.13, "canonical caseless matching").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

_AT_ONCE: Final = 1 << 14


@dataclass(frozen=True, slots=True)
class Profile:
    """The options that change how strings compare.

    case: keep; first: the first character is folded; fold: all are. diacritics, marks: leave them out. turkic: i and ı are
    different letters, as in Turkish and Azerbaijani.
    """

    case: Literal["keep", "first", "fold"] = "keep"
    diacritics: bool = False
    marks: bool = False
    turkic: bool = False


def normal_forms(strings: Sequence[str], profile: Profile) -> list[str]:
    """The normal form of each string. A string that would lose all its characters keeps its NFC form."""
    # Plain letters are folded many times faster than others, so that the two kinds go separate ways.
    others = [row for row, string in enumerate(strings) if not string.isascii()]
    if len(others) == len(strings):
        forms = _all_at_once(strings, _normalizer(profile))
    else:
        # What this makes of the others does not matter: their forms are put in below.
        forms = _all_at_once(strings, _ascii_normalizer(profile))
        for row, form in zip(others, _all_at_once([strings[row] for row in others], _normalizer(profile)), strict=True):
            forms[row] = form
    if profile.case == "first":
        # What begins with a to z is folded already.
        fold = str.casefold if not profile.turkic else _fold_turkic
        forms = [form if "a" <= form[:1] <= "z" else fold(form[:1]) + form[1:] for form in forms]
    return forms


def casefolded(strings: Sequence[str]) -> list[str]:
    """`str.casefold` of each string."""
    return _all_at_once(strings, str.casefold)


def _all_at_once(strings: Sequence[str], normalize: Callable[[str], str] | None) -> list[str]:
    """`normalize` of each string, of many in one call: no thread can do anything during a call, so that it is not of all."""
    if normalize is None:
        return list(strings)
    parts = (strings[begin : begin + _AT_ONCE] for begin in range(0, len(strings), _AT_ONCE))
    return [form for part in parts for form in _in_one_call(part, normalize)]


def _in_one_call(strings: Sequence[str], normalize: Callable[[str], str]) -> list[str]:
    """`normalize` of each string, in one call where no string holds a line feed: every step is blind to it."""
    joined = "\n".join(strings)
    if joined.count("\n") >= len(strings):
        return [normalize(string) or unicodedata.normalize("NFC", string) for string in strings]
    forms = normalize(joined).split("\n")
    if "" in forms:
        forms = [form or unicodedata.normalize("NFC", string) for form, string in zip(forms, strings, strict=True)]
    return forms


def _ascii_normalizer(profile: Profile) -> Callable[[str], str] | None:
    if profile.case == "fold":
        return lambda text: _fold_case(text, profile.turkic)
    return None


def _normalizer(profile: Profile) -> Callable[[str], str]:
    def normalize(text: str) -> str:
        if profile.case != "fold" and not profile.diacritics and not profile.marks:
            return unicodedata.normalize("NFC", text)
        text = unicodedata.normalize("NFD" if profile.diacritics else "NFC", text)
        if profile.case == "fold":
            text = _fold_case(text, profile.turkic)
        if profile.diacritics:
            text = _DIACRITIC.sub("", unicodedata.normalize("NFD", text)).translate(_undecomposed_letters())
        if profile.marks:
            text = _MARK.sub("", text)
        return unicodedata.normalize("NFC", text)

    return normalize


def _fold_case(text: str, turkic: bool) -> str:
    return _fold_turkic(text) if turkic else text.casefold()


def _fold_turkic(text: str) -> str:
    """Full case folding where I pairs with ı and İ with i, also where İ is written as I and a dot."""
    return text.replace("I\u0307", "i").replace("İ", "i").replace("I", "ı").casefold()


# The blocks of combining diacritical marks only: the vowel signs of Indic scripts are marks too, but not diacritics.
_DIACRITIC: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")

_MARK: Final = re.compile(
    "["
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # soft hyphen, zero-width and direction marks
    "\u0640\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"  # tatweel, Arabic vowel signs
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points and accents
    "\u02c8\u02cc"  # IPA stress
    "\ufe00-\ufe0f"  # variation selectors
    "]+"
)


def is_only_marks(string: str) -> bool:
    """Whether nothing of `string` is left without its marks."""
    return not _MARK.sub("", string)


_LIGATURES: Final = {
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ß": "ss",
    "ẞ": "SS",
    "ı": "i",
    "ð": "d",
    "Ð": "D",
    "þ": "th",
    "Þ": "TH",
}


@cache
def _undecomposed_letters() -> Mapping[int, str]:
    """Latin letters with a stroke, hook or bar that Unicode does not decompose (ł ø đ ħ ɓ ɗ ƙ), to their base letter."""
    table = {ord(letter): plain for letter, plain in _LIGATURES.items()}
    pattern = re.compile(r"LATIN (CAPITAL|SMALL) LETTER ([A-Z]) WITH (?!.*\bDIGRAPH\b)")
    for code in (*range(0xC0, 0x250), *range(0x250, 0x2B0), *range(0x1E00, 0x1F00), *range(0x2C60, 0x2C80)):
        found = pattern.match(unicodedata.name(chr(code), ""))
        if found and not unicodedata.decomposition(chr(code)):
            table[code] = found[2] if found[1] == "CAPITAL" else found[2].lower()
    return table
