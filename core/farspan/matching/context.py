"""What must and must not stand beside a match, and what its words must be: rules that look at neighbours and parts of speech."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import regex

from farspan.errors import OptionError
from farspan.matching.profiles import Profiles, View
from farspan.matching.views import column_of
from farspan.model import BoolArray, IntArray
from farspan.options import MatchingOptions
from farspan.text.corpus import Corpus
from farspan.text.lemmas import OFF

Side = Literal["left", "right"]
SIDES: Final[tuple[Side, Side]] = ("left", "right")

_BORDER: Final = {"left": "^", "right": "$"}
_TAG_COLUMNS: Final = (("upos", "UPOS"), ("pos", "POS"), ("xpos", "XPOS"))
_TIMEOUT: Final = 1.0  # seconds that a pattern of the user may take for one word


@dataclass(frozen=True, slots=True)
class WordPattern:
    """Patterns for one word: words as they stand, words with `*`, regular expressions between slashes, `^` or `$` for none."""

    option: str
    words: tuple[str, ...]
    expressions: tuple[tuple[str, regex.Pattern[str]], ...]
    at_border: bool

    def matches(self, strings: Sequence[str], profiles: Profiles, view: View) -> BoolArray:
        """Whether each word fits one of the patterns, compared under `view` and under its profile alone."""
        fits = np.zeros(len(strings), np.bool_)
        plain = profiles.forms(View(view.profile))
        for forms in (plain, profiles.forms(view)) if view.lemma != OFF else (plain,):
            wanted = set(forms.normalize(self.words))
            fits |= np.fromiter(map(wanted.__contains__, forms.normalize(strings)), np.bool_, len(strings))
        for source, expression in self.expressions:
            texts = plain.normalize(strings) if not source.startswith("/") else [unicodedata.normalize("NFC", s) for s in strings]
            fits |= np.fromiter((self._is_found(source, expression, text) for text in texts), np.bool_, len(texts))
        return fits

    def _is_found(self, source: str, expression: regex.Pattern[str], text: str) -> bool:
        try:
            return expression.search(text, timeout=_TIMEOUT) is not None
        except TimeoutError:
            raise OptionError(
                f"{self.option}: {source} takes too long on {text[:40]!r}", remedy="write it without repeats inside repeats"
            ) from None


def compile_patterns(option: str, patterns: Sequence[str], profiles: Profiles, view: View) -> WordPattern:
    """The patterns of the option `option`. Raises OptionError for one that is empty, several words or no regular expression."""
    border = _BORDER.get(option.removeprefix("not_"), "")
    words, expressions = [], []
    for pattern in patterns:
        if len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/"):
            expressions.append((pattern, _compiled(option, pattern, view)))
        elif not pattern or any(map(str.isspace, pattern)):
            raise OptionError(f"{option}: {pattern!r} is not one word", remedy="a pattern is one word, with * for any letters")
        elif "*" in pattern:
            form = profiles.forms(View(view.profile)).normalize([pattern])[0]
            source = ".*".join(regex.escape(part, special_only=True) for part in form.split("*"))
            expressions.append((pattern, regex.compile(rf"\A{source}\Z", regex.DOTALL)))
        elif pattern != border:
            words.append(pattern)
    return WordPattern(option, tuple(words), tuple(expressions), border in patterns)


def _compiled(option: str, pattern: str, view: View) -> regex.Pattern[str]:
    try:
        return regex.compile(unicodedata.normalize("NFC", pattern[1:-1]), regex.IGNORECASE if view.profile.case == "fold" else 0)
    except (regex.error, OverflowError, RecursionError) as error:
        raise OptionError(
            f"{option}: {pattern} is no regular expression: {error}", remedy="put \\ before . ( [ * + ? as they stand"
        ) from None


class ContextRules:
    """The options left, right, not_left, not_right and pos of one source."""

    def __init__(self, options: MatchingOptions, profiles: Profiles, view: View) -> None:
        self._profiles = profiles
        self._view = view
        self._tags = frozenset(options.pos)
        self._patterns = {
            option: compile_patterns(option, patterns, profiles, view)
            for side in SIDES
            for option, patterns in ((side, getattr(options, side)), (f"not_{side}", getattr(options, f"not_{side}")))
            if patterns
        }

    def broken(self, corpus: Corpus, starts: IntArray, ends: IntArray) -> dict[str, BoolArray]:
        """For each rule that there is, which of the places break it. Raises OptionError where tags are asked for and missing."""
        found: dict[str, BoolArray] = {}
        for option, pattern in self._patterns.items():
            at_left = option.endswith("left")
            there = _neighbours(corpus, starts - 1 if at_left else ends, starts if at_left else ends - 1)
            matched = self._matched(corpus, there, pattern)
            found[option] = matched if option.startswith("not_") else ~matched
        if self._tags:
            found["pos"] = ~_has_tag(corpus, starts, ends, self._tags)
        return found

    def _matched(self, corpus: Corpus, neighbours: IntArray, pattern: WordPattern) -> BoolArray:
        """Whether the token at each of `neighbours` (-1: none in the sentence) fits `pattern`. Each type is looked at once."""
        types, back = np.unique(corpus.ids[neighbours[neighbours >= 0]], return_inverse=True)
        strings = [corpus.vocabulary.strings[number] for number in types.tolist()]
        matched = np.full(len(neighbours), pattern.at_border)
        matched[neighbours >= 0] = pattern.matches(strings, self._profiles, self._view)[back]
        return matched


def _neighbours(corpus: Corpus, neighbours: IntArray, tokens: IntArray) -> IntArray:
    """`neighbours`, or -1 where one is not in the sentence of the token beside it."""
    inside = (neighbours >= 0) & (neighbours < len(corpus))
    inside[inside] = corpus.sentence_of(neighbours[inside]) == corpus.sentence_of(tokens[inside])
    found: IntArray = np.where(inside, neighbours, np.int32(-1)).astype(np.int32)
    return found


def _has_tag(corpus: Corpus, starts: IntArray, ends: IntArray, tags: frozenset[str]) -> BoolArray:
    """Whether a token of each place has one of `tags` in a column of parts of speech."""
    tagged = np.zeros(len(corpus) + 1, np.int64)
    for number in np.unique(corpus.document_of(starts)).tolist():
        begin, end = int(corpus.doc_offsets[number]), int(corpus.doc_offsets[number + 1])
        columns = [column for names in _TAG_COLUMNS if (column := column_of(corpus, number, names)) is not None]
        if not columns:
            raise OptionError(
                f"document {corpus.documents[number].id!r} has no parts of speech",
                remedy="pos needs input with a column named upos, pos or xpos; leave the option out for plain text",
            )
        for column in columns:
            tagged[begin + 1 : end + 1] |= np.fromiter(map(tags.__contains__, column), np.bool_, end - begin)
    upto = np.cumsum(tagged)
    has: BoolArray = upto[ends] > upto[starts]
    return has
