"""Sentence bounds by few, fixed rules over tokens.

A sentence ends behind a token of terminal punctuation of any script (Unicode's Sentence_Terminal, and the ellipsis) and the
closing quotes and brackets that follow it. A blank line always ends one. Otherwise a sentence does not end

- before a comma, semicolon or colon;
- before a word in lower case, if it would end with a point, an ellipsis, or a closing quote or bracket;
- at `.`, `!` or `?` with no space behind, unless a word with a capital or of a script without case follows;
- at the point of an abbreviation (abbreviations.py), an initial, a number that begins the text, or in German a number of
  up to two digits (an ordinal).

A point inside a token (spaCy's ``Dr.``) ends nothing, unless the tokenizer leaves the points of sentences on their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag
from functools import partial
from typing import Final

import numpy as np
import regex

from farspan.model import BoolArray, IntArray, LongArray
from farspan.text.abbreviations import BEFORE_NUMBERS, abbreviations
from farspan.text.columns import column_of, is_big, is_small
from farspan.text.languages import primary_language
from farspan.text.tokens import TokenBatch
from farspan.text.vocabulary import Vocabulary


class Kind(IntFlag):
    """What a token may be to a sentence."""

    POINT = 1  # ends with one full stop
    ELLIPSIS = 2
    MARK = 4  # ends with another terminal
    WIDE = 8  # the terminal needs no space behind it
    BARE = 16  # nothing but terminals
    CLOSER = 32
    OPENER = 64
    COMMA = 128
    LOWER = 256
    LETTER = 512  # begins with a letter that is not lower case
    INITIAL = 1024
    ABBREVIATION = 2048
    NUMBER = 4096  # nothing but digits
    SHORT_NUMBER = 8192
    COUNTING = 65536  # shortened only before a number
    NUMERAL = 131072  # begins with a digit
    TURNING = 32768  # a quote that opens in some languages and closes in others
    QUOTED = 16384  # ends with a closing quote or bracket behind its terminal


TERMINAL: Final = Kind.POINT | Kind.ELLIPSIS | Kind.MARK

_ENDING: Final = regex.compile(r"""([\p{Sentence_Terminal}…\u037e]+)([\p{Pe}\p{Pi}\p{Pf}"']*)$""")
_GREEK_ENDING: Final = regex.compile(r"""([\p{Sentence_Terminal}…\u037e;]+)([\p{Pe}\p{Pi}\p{Pf}"']*)$""")
_CLOSER: Final = regex.compile(r"""[\p{Pe}\p{Pi}\p{Pf}"']+""")
_OPENERS: Final = regex.compile(r"""[\p{Ps}\p{Pi}\p{Pf}"'¿¡]+""")
_TURNING: Final = regex.compile(r"\p{Pi}+")
_COMMAS: Final = frozenset(",;:،؛、，；：፣፤")
_NARROW: Final = frozenset(".!?…;")


def sentence_starts(
    texts: Sequence[str], batch: TokenBatch, vocabulary: Vocabulary, lang: str, *, words_hold_points: bool = False
) -> LongArray:
    """The index in `batch` of each sentence's first token, int64[s], ascending; every text that has a token begins one.

    words_hold_points: the tokenizer leaves the point that ends a sentence on its last word. Raises OptionError for a malformed
    tag.
    """
    code = primary_language(lang)
    classify = partial(_kinds, lang=code, words_hold_points=words_hold_points)
    kinds = vocabulary.table(("sentences", code, words_hold_points), classify)[batch.ids]
    firsts = batch.offsets[:-1][np.diff(batch.offsets) > 0]
    tokens = _Neighbours.of(batch, kinds, firsts)
    # Marked, not sorted; one place more for what stands behind the last token.
    begins = np.zeros(len(batch) + 1, np.bool_)
    for starts in (firsts, _blank_lines(texts, batch, tokens.gaps), _ends(tokens, batch.offsets, code)):
        begins[starts] = True
    return np.flatnonzero(begins[:-1])


@dataclass(frozen=True, slots=True, eq=False)
class _Neighbours:
    """What stands at and before each token, and at one place more, behind the last.

    kinds: int32[n + 1], 0 at the end. gaps: int32[n + 1], the characters since the token before; -1 for the first of a text.
    """

    kinds: IntArray
    gaps: IntArray

    @classmethod
    def of(cls, batch: TokenBatch, kinds: IntArray, firsts: LongArray) -> _Neighbours:
        gaps = np.full(len(batch) + 1, -1, np.int32)
        np.subtract(batch.starts[1:], batch.ends[:-1], out=gaps[1:-1])
        gaps[firsts] = -1
        return cls(np.append(kinds, np.int32(0)), gaps)

    def has(self, tokens: LongArray, kind: Kind) -> BoolArray:
        """bool: which of `tokens` are of `kind`."""
        found: BoolArray = (self.kinds[tokens] & int(kind)) != 0
        return found


def _blank_lines(texts: Sequence[str], batch: TokenBatch, gaps: IntArray) -> LongArray:
    """The tokens before which there is a blank line."""
    wide = np.flatnonzero(gaps[:-1] >= 2)
    owners = np.searchsorted(batch.offsets, wide, side="right") - 1
    places = zip(wide.tolist(), owners.tolist(), batch.ends[wide - 1].tolist(), batch.starts[wide].tolist(), strict=True)
    return np.array([token for token, owner, end, start in places if _is_blank_line(texts[owner][end:start])], np.int64)


def _is_blank_line(gap: str) -> bool:
    return gap.count("\n") > 1 or gap.count("\r") > 1


def _ends(tokens: _Neighbours, offsets: LongArray, lang: str) -> LongArray:
    """The tokens behind the ends of sentences that punctuation marks."""
    hits = np.flatnonzero(tokens.kinds & int(TERMINAL))
    limits = offsets[np.searchsorted(offsets, hits, side="right")]
    nexts = np.minimum(_behind_closers(tokens, hits), limits)
    has_closer = (nexts > hits + 1) | tokens.has(hits, Kind.QUOTED)
    words = _behind_openers(tokens, nexts, limits)
    before_lower = tokens.has(words, Kind.LOWER)
    goes_on = tokens.has(nexts, Kind.COMMA) | tokens.has(nexts, Kind.BARE)
    goes_on |= before_lower & (tokens.has(hits, Kind.POINT | Kind.ELLIPSIS) | has_closer)
    glued = (tokens.gaps[nexts] == 0) & ~tokens.has(hits, Kind.WIDE)
    goes_on |= glued & ~tokens.has(words, Kind.LETTER)
    goes_on |= tokens.has(hits, Kind.POINT) & ~has_closer & _is_shortening(tokens, hits, lang)
    return nexts[~goes_on]


def _behind_closers(tokens: _Neighbours, hits: LongArray) -> LongArray:
    """For each hit the first token behind it that is not a closing quote or bracket which belongs to it."""
    closers = np.flatnonzero(tokens.kinds & int(Kind.CLOSER))
    turns = tokens.has(closers, Kind.TURNING) & ~tokens.has(closers + 1, Kind.COMMA | Kind.CLOSER | TERMINAL)
    closers = closers[(tokens.gaps[closers + 1] != 0) | ((tokens.gaps[closers] == 0) & ~turns)]
    if not len(closers):
        return hits + 1
    lasts = np.flatnonzero(np.append(np.diff(closers) != 1, np.True_))
    behind = closers[lasts[np.searchsorted(lasts, np.arange(len(closers)))]] + 1
    found = np.minimum(np.searchsorted(closers, hits + 1), len(closers) - 1)
    return np.where(closers[found] == hits + 1, behind[found], hits + 1)


def _behind_openers(tokens: _Neighbours, places: LongArray, limits: LongArray) -> LongArray:
    """`places`, moved behind up to two opening quotes or brackets; those not before `limits` become a place without a token."""
    nothing = len(tokens.gaps) - 1
    places = np.where(places < limits, places, nothing)
    for _ in range(2):
        moved = places + tokens.has(places, Kind.OPENER)
        places = np.where(moved < limits, moved, nothing)
    return places


def _is_shortening(tokens: _Neighbours, hits: LongArray, lang: str) -> BoolArray:
    """bool: whether the point of each hit belongs to what stands before it."""
    is_bare = tokens.has(hits, Kind.BARE)
    stems = np.where(is_bare, hits - 1, hits)
    has_stem = ~is_bare | (tokens.gaps[hits] == 0)
    short = tokens.has(stems, Kind.INITIAL | Kind.ABBREVIATION)
    short |= tokens.has(stems, Kind.COUNTING) & tokens.has(hits + 1, Kind.NUMERAL)
    short |= tokens.has(stems, Kind.NUMBER) & (tokens.gaps[stems] == -1)
    if lang == "de":
        short |= tokens.has(stems, Kind.SHORT_NUMBER)
    shortened: BoolArray = has_stem & short
    return shortened


def _kinds(strings: list[str], *, lang: str, words_hold_points: bool) -> IntArray:
    """The `Kind` of each string, int32[n]."""
    ending = _GREEK_ENDING if lang in {"el", "grc"} else _ENDING
    shortened = abbreviations(lang)

    def kind(string: str) -> int:
        found = None if string[-1].isalnum() else ending.search(string)
        if found is None:
            return _beginning(string) | _stem(string, shortened, lang)
        stem = string[: found.start()]
        last = _terminal(found[1])
        if stem and last & Kind.POINT and not (words_hold_points or _is_whole(stem, lang)):
            return int(_beginning(string))
        kinds = last | (_beginning(stem) | _stem(stem, shortened, lang) if stem else Kind.BARE)
        return int(kinds | (Kind.QUOTED if found[2] else 0))

    kinds = _plain_kinds(strings, shortened)
    rest = np.flatnonzero(kinds < 0)
    kinds[rest] = [kind(strings[row]) for row in rest.tolist()]
    return kinds


def _plain_kinds(strings: list[str], shortened: frozenset[str]) -> IntArray:
    """int32[n]: the kind of every word of two or more letters a to z that shortens nothing; -1 for all other strings."""
    column = column_of(strings)
    if column is None:
        return np.full(len(strings), -1, np.int32)
    is_word = (column.lengths() > 1) & ~column.has(lambda points: ~(is_small(points) | is_big(points) | (points == ord("\n"))))
    kinds = np.where(is_small(column.first_bytes()), int(Kind.LOWER), int(Kind.LETTER)).astype(np.int32)
    longest = max(map(len, (*shortened, *BEFORE_NUMBERS)))
    is_word[
        [
            row
            for row in np.flatnonzero(is_word & (column.lengths() <= longest)).tolist()
            if (lower := strings[row].lower()) in shortened or lower in BEFORE_NUMBERS
        ]
    ] = False
    return np.where(is_word, kinds, np.int32(-1))


def _is_whole(stem: str, lang: str) -> bool:
    """Whether a point on `stem` ends a sentence though the tokenizer left it there: a number, or the English word I."""
    return stem.isdecimal() or (lang == "en" and stem == "I")


def _terminal(marks: str) -> int:
    if marks == ".":
        return Kind.POINT
    if set(marks) <= {".", "…"}:
        return Kind.ELLIPSIS
    return Kind.MARK if marks[-1] in _NARROW else Kind.MARK | Kind.WIDE


def _beginning(string: str) -> int:
    first = string[0]
    if not first.isalnum():
        if first in _COMMAS:
            return Kind.COMMA
        openers = _OPENERS.match(string)
        if openers is not None and openers.end() < len(string):
            return _beginning(string[openers.end() :])
        kinds = (Kind.OPENER if openers is not None else 0) | (Kind.CLOSER if _CLOSER.fullmatch(string) else 0)
        return kinds | (Kind.TURNING if _TURNING.fullmatch(string) else 0)
    if first.islower():
        return Kind.LOWER
    return Kind.LETTER if first.isalpha() else Kind.NUMERAL


def _stem(string: str, shortened: frozenset[str], lang: str) -> int:
    """What a word, without a point that may follow it, is to that point."""
    if len(string) == 1 and string.lower() != string.upper():
        return 0 if lang == "en" and string == "I" else Kind.INITIAL
    if string.isdecimal():
        return Kind.NUMBER | (Kind.SHORT_NUMBER if len(string) <= 2 else 0)
    if "." in string[:-1] and string[-1].isalpha():
        return Kind.INITIAL if all(len(part) == 1 for part in string.split(".")) else 0
    lower = string.lower()
    return Kind.COUNTING if lower in BEFORE_NUMBERS else Kind.ABBREVIATION if lower in shortened else 0
