"""simplemma's lemmas of many words at once.

simplemma tries one way after another with each word. Of a word of letters alone the first is its dictionary, which is asked
here for all words together; what no way but rules can follow for, rules settle. Every other word goes through simplemma itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Final

import simplemma
from simplemma.strategies import DefaultStrategy, ToLowercaseFallbackStrategy
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

# The versions whose order of steps this follows; others are asked word by word.
_KNOWN: Final = "2."


class SimplemmaLemmas:
    """Gives each word its lemma in the language `code`, as `simplemma.lemmatize` does."""

    def __init__(self, code: str) -> None:
        self._code = code
        # The steps of `simplemma.lemmatize`, which spends a quarter of its time on its cache: here each word comes once.
        self._strategy, self._fallback = DefaultStrategy(), ToLowercaseFallbackStrategy()
        self._in_dictionary = _dictionary(code) if simplemma.__version__.startswith(_KNOWN) else None
        self._rules = _rules_alone(code) if self._in_dictionary is not None else None

    def __call__(self, words: Sequence[str]) -> list[str]:
        """The lemma of each word; an unknown word is its own lemma."""
        composed = [word if word.isascii() else unicodedata.normalize("NFC", word) for word in words]
        if self._in_dictionary is None:
            return [self._one(word) for word in composed]
        rows = [row for row, word in enumerate(composed) if word.isalpha() and not word.isnumeric()]
        letters = [composed[row] for row in rows]
        lemmas: list[str | None] = [None] * len(composed)
        for row, lemma in zip(rows, self._of_letters(letters, self._in_dictionary), strict=True):
            lemmas[row] = lemma
        return [self._one(word) if lemma is None else lemma for word, lemma in zip(composed, lemmas, strict=True)]

    def _of_letters(self, words: list[str], in_dictionary: Callable[[bytes], bytes | None]) -> list[str | None]:
        """The lemma of each word of letters; None where simplemma has further ways to try."""
        found = list(map(in_dictionary, map(str.encode, words)))
        left = [row for row, raw in enumerate(found) if raw is None]
        turned = [word.lower() if (word := words[row])[:1].isupper() else word.capitalize() for row in left]
        for row, raw in zip(left, map(in_dictionary, map(str.encode, turned)), strict=True):
            found[row] = raw
        lemmas = [None if raw is None else raw.decode() for raw in found]
        if self._rules is not None:
            rules, otherwise = self._rules, str.lower if self._fallback.get_lemma("A", self._code) == "a" else str
            for row in left:
                if found[row] is None:
                    lemmas[row] = rules(words[row]) or otherwise(words[row])
        return lemmas

    def _one(self, word: str) -> str:
        lemma = self._strategy.get_lemma(word, self._code)
        return self._fallback.get_lemma(word, self._code) if lemma is None else lemma


def _dictionary(code: str) -> Callable[[bytes], bytes | None] | None:
    """Look-up in simplemma's dictionary, words and lemmas in UTF-8; None where words are not looked up as they are."""
    from simplemma.utils import CANON_LANGS  # noqa: PLC0415  (not in every version)

    if code in CANON_LANGS:
        return None
    words: Any = DEFAULT_DICTIONARY_FACTORY.get_dictionary(code)
    held = getattr(words, "_dict", None)
    if isinstance(held, dict):
        return held.get
    return lambda raw: None if (lemma := words.get(raw.decode())) is None else lemma.encode()


def _rules_alone(code: str) -> Callable[[str], str | None] | None:
    """The rules for words of letters that the dictionary lacks; None where there are further ways to find their lemma."""
    from simplemma.strategies.affix_decomposition import AFFIX_LANGS  # noqa: PLC0415
    from simplemma.strategies.clitic_decomposition import CLITIC_LANGS  # noqa: PLC0415
    from simplemma.strategies.defaultprefixes import DEFAULT_KNOWN_PREFIXES  # noqa: PLC0415
    from simplemma.strategies.defaultrules import RULE_FUNCTIONS  # noqa: PLC0415
    from simplemma.strategies.morpheme_decomposition import MORPHEME_LANGS  # noqa: PLC0415

    # What can be taken off a word of letters: in English all clitics have an apostrophe.
    clitics = [clitic for clitic in CLITIC_LANGS.get(code, ()) if clitic.isalpha()]
    if clitics or any(code in further for further in (AFFIX_LANGS, DEFAULT_KNOWN_PREFIXES, MORPHEME_LANGS)):
        return None
    return RULE_FUNCTIONS.get(code, _no_rule)


def _no_rule(_: str) -> None:
    return None
