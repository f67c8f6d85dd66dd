"""spaCy's tokenizer of a language, without the rest of its pipeline: its rules are kept, so that spaCy need not be loaded."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from farspan.errors import MissingPart
from farspan.text.languages import rules_language
from farspan.text.plain_tokenizers import CodePointTokenizer
from farspan.text.rules_cache import keep_rules, kept_rules
from farspan.text.spacy_tokenizer import SpacyTokenizer, WholeTextTokenizer
from farspan.text.special_cases import SpecialCases
from farspan.text.token_rules import rules_of
from farspan.text.tokens import Tokenizer
from farspan.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer as SpacyRules

# Languages whose tokenizer spaCy takes from another package.
_NEEDED: Final = {"ja": "sudachipy sudachidict_core", "ko": "natto-py", "th": "pythainlp", "vi": "pyvi"}


def make_spacy_tokenizer(lang: str, vocabulary: Vocabulary) -> Tokenizer:
    """A tokenizer with the tokens of `spacy.blank(lang)`; `xx` (any language) stands in where spaCy has no rules for `lang`.

    Raises OptionError for a malformed tag, MissingPart for Japanese, Korean, Thai and Vietnamese.
    """
    code = rules_language(lang)
    if code in _NEEDED:
        raise MissingPart(
            f"spaCy's tokenizer for {code!r} is not its own: it needs {_NEEDED[code]}",
            remedy="choose --tokenizer unicode or characters, or bring text that is already cut into tokens",
        )
    if code == "zh":
        return CodePointTokenizer(vocabulary)
    if (kept := kept_rules(code)) is not None:
        return SpacyTokenizer(kept, vocabulary)
    return tokenizer_of(load_rules(code), vocabulary, code)


def tokenizer_of(spacys: SpacyRules, vocabulary: Vocabulary, code: str | None = None) -> Tokenizer:
    """A tokenizer with the tokens of `spacys`, over `vocabulary`: the fast one wherever it is exact.

    Its rules are kept for the language `code`, if one is given.
    """
    rules = rules_of(spacys)
    if rules is None or SpecialCases(rules).reach_over_wide_gaps:
        return WholeTextTokenizer(spacys, vocabulary)
    if code is not None:
        keep_rules(code, rules)
    return SpacyTokenizer(rules, vocabulary)


def load_rules(code: str) -> SpacyRules:
    """SpaCy's tokenizer of the language `code`, over a vocabulary that computes nothing about words but their string."""
    from spacy.language import create_tokenizer  # noqa: PLC0415
    from spacy.util import get_lang_class  # noqa: PLC0415
    from spacy.vocab import Vocab  # noqa: PLC0415

    defaults = get_lang_class(code).Defaults
    return create_tokenizer()(SimpleNamespace(Defaults=defaults, vocab=Vocab()))  # type: ignore[arg-type]
