"""The parts of names: what `split` looks for beside the names themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import regex

from farspan.matching.names import NameTokens, Patterns, PreparedList
from farspan.model import BoolArray, IntArray, LongArray
from farspan.options import Split
from farspan.sources.stopwords import stop_words
from farspan.text.columns import Column, is_big, is_digit, is_small, tell
from farspan.text.languages import primary_language
from farspan.text.normalize import casefolded
from farspan.text.vocabulary import Vocabulary
from farspan_resources import stop_word_languages

PART_SCORE: Final = 0.9

_ENOUGH: Final = regex.compile(r"\P{M}\p{M}*+.*\P{M}|[\p{Han}]", regex.DOTALL)


def split_names(split: Split, lang: str) -> Callable[[PreparedList], Patterns]:
    """What makes the patterns of a list under `split`: every name, then the parts of names that white space parts in two or more.

    Left out, because they are hardly ever the name: parts of one character (unless it is Han), parts without a letter, stop
    words of `lang`, and parts without a capital of a name that has one (van, de la).
    """

    def make(prepared: PreparedList) -> Patterns:
        owners, first, last = _runs(prepared)
        if split == "first_last":
            ends = np.append(np.diff(owners) > 0, np.ones(min(1, len(owners)), np.bool_))
            begins = np.append(np.ones(min(1, len(owners)), np.bool_), np.diff(owners) > 0)
            owners, first, last = owners[begins | ends], first[begins | ends], last[begins | ends]
        starts, stops = prepared.batch.starts[first].tolist(), prepared.batch.ends[last].tolist()
        texts = prepared.entity_list.surfaces
        surfaces = [texts[name][start:stop] for name, start, stop in zip(owners.tolist(), starts, stops, strict=True)]
        used = _are_usable(surfaces, ~prepared.names.have_capitals[owners], lang)
        return _with_parts(prepared, owners[used], first[used], last[used], [surfaces[row] for row in np.flatnonzero(used)])

    return make


def _runs(prepared: PreparedList) -> tuple[IntArray, LongArray, LongArray]:
    """The stretches between white space of names with several, less the punctuation at their ends: (name, first, last token)."""
    batch = prepared.batch
    names = np.repeat(np.arange(len(prepared.names), dtype=np.int32), np.diff(batch.offsets))
    opens = np.ones(len(names), np.bool_)
    opens[1:] = (names[1:] != names[:-1]) | (batch.starts[1:] > batch.ends[:-1])
    words = np.flatnonzero(_word_types(prepared.vocabulary)[batch.ids])
    run = np.cumsum(opens)[words]
    begins = np.diff(run, prepend=-1) > 0
    first, last = words[begins], words[np.append(begins[1:], np.ones(min(1, len(words)), np.bool_))]
    owners = names[first]
    several = np.bincount(owners, minlength=len(prepared.names))[owners] > 1
    return owners[several], first[several], last[several]


def _word_types(vocabulary: Vocabulary) -> BoolArray:
    """bool[types]: those with a letter or a digit."""

    def of_ascii(types: Column) -> BoolArray:
        return types.has(lambda points: is_big(points) | is_small(points) | is_digit(points))

    table = vocabulary.table(
        "has a word", lambda strings: tell(strings, of_ascii, lambda one: any(map(str.isalnum, one))).astype(np.int32)
    )
    return table > 0


def _are_usable(parts: Sequence[str], of_small_names: BoolArray, lang: str) -> BoolArray:
    """bool[parts]: see `split_names`. of_small_names: bool[parts], whether the name of each has no capital."""
    code = primary_language(lang)
    small = {word.casefold() for word in stop_words(code)} if code in stop_word_languages() else set()

    def of_ascii(column: Column) -> BoolArray:
        enough: BoolArray = (column.lengths() > 1) & column.has(lambda points: is_big(points) | is_small(points))
        return enough

    used = tell(parts, of_ascii, lambda part: _ENOUGH.search(part) is not None and any(map(str.isalpha, part)))
    used &= tell(parts, lambda column: column.has(is_big), lambda one: one != one.lower()) | of_small_names
    if small:
        used &= np.fromiter((part not in small for part in casefolded(parts)), np.bool_, len(parts))
    return used


def _with_parts(prepared: PreparedList, owners: IntArray, first: LongArray, last: LongArray, parts: list[str]) -> Patterns:
    whole = prepared.names.tokens
    lengths = last - first + 1
    inside = np.repeat(first - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))
    ids = np.concatenate([whole.ids, whole.ids[inside]])
    offsets = np.concatenate([whole.offsets, whole.offsets[-1] + np.cumsum(lengths)])
    every = np.arange(len(whole), dtype=np.int32)
    every_owner = np.concatenate([every, owners])
    return Patterns([*prepared.names.surfaces, *parts], NameTokens(ids, offsets), every_owner, names=prepared.names)
