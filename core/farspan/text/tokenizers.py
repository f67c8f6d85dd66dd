"""Making a tokenizer by its name."""

from __future__ import annotations

from typing import Final

from farspan.errors import OptionError
from farspan.text.tokens import TokenBatch, Tokenizer
from farspan.text.vocabulary import Vocabulary

__all__ = ["TOKENIZERS", "TokenBatch", "Tokenizer", "make_tokenizer"]

TOKENIZERS: Final = ("spacy", "unicode", "whitespace", "characters")


def make_tokenizer(name: str, lang: str, vocabulary: Vocabulary) -> Tokenizer:
    """The tokenizer `name` for the language `lang` (a BCP-47 tag), which interns into `vocabulary`.

    ``spacy``: the tokens of spaCy's blank pipeline of the language; ``unicode``: runs of letters, marks and digits, single
    symbols; ``whitespace``: what white space separates; ``characters``: what a reader counts as characters. Raises OptionError
    for an unknown name or a malformed tag, MissingPart if spaCy's rules for the language need another package.
    """
    # Each is imported when it is asked for: spaCy takes half a second.
    match name:
        case "spacy":
            from farspan.text.spacy_rules import make_spacy_tokenizer  # noqa: PLC0415

            return make_spacy_tokenizer(lang, vocabulary)
        case "unicode":
            from farspan.text.unicode_tokenizer import UnicodeTokenizer  # noqa: PLC0415

            return UnicodeTokenizer(vocabulary)
        case "whitespace":
            from farspan.text.plain_tokenizers import WhitespaceTokenizer  # noqa: PLC0415

            return WhitespaceTokenizer(vocabulary)
        case "characters":
            from farspan.text.plain_tokenizers import CharacterTokenizer  # noqa: PLC0415

            return CharacterTokenizer(vocabulary)
    raise OptionError(f"no tokenizer is called {name!r}", remedy=f"choose one of: {', '.join(TOKENIZERS)}")
