"""Where lemmas come from: simplemma, a user's table, a spaCy pipeline, or a column of the input."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from farspan.errors import InputError, MissingPart, OptionError, place
from farspan.files import read_text
from farspan.text.languages import primary_language

OFF: Final = "off"
ON: Final = "on"
COLUMN: Final = "column"
_PIPELINE: Final = "spacy:"

Lemmatize = Callable[[Sequence[str]], list[str]]

# simplemma has one data set for the standard varieties of Serbo-Croatian, and its own names for two others.
_AS_SIMPLEMMA: Final = {"sr": "hbs", "hr": "hbs", "bs": "hbs", "sh": "hbs", "fil": "tl", "no": "nb"}


def load_lemmatizer(source: str, lang: str) -> Lemmatize:
    """What gives each word its lemma: simplemma (`on`), a spaCy pipeline (`spacy:MODEL`) or a table (a path).

    Words are looked up one by one, without their context; an unknown word is its own lemma. Raises OptionError where simplemma
    lacks the language, MissingPart where the pipeline is not installed, InputError for a table that cannot be read.
    """
    if source == ON:
        return _of_simplemma(lang)
    if source.startswith(_PIPELINE):
        return _of_pipeline(source.removeprefix(_PIPELINE).strip())
    return _of_table(read_lemma_table(source))


def _of_simplemma(lang: str) -> Lemmatize:
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES  # noqa: PLC0415  (it takes a while)

    from farspan.text.simplemma_lemmas import SimplemmaLemmas  # noqa: PLC0415

    code = primary_language(lang)
    code = _AS_SIMPLEMMA.get(code, code)
    if code not in SUPPORTED_LANGUAGES:
        known = ", ".join(sorted(SUPPORTED_LANGUAGES))
        raise OptionError(
            f"there are no lemmas for the language {lang!r}",
            remedy=f"choose --lang out of {known}; or give a table: lemma=FILE with word<TAB>lemma a line",
        )
    return SimplemmaLemmas(code)


def read_lemma_table(path: str) -> Mapping[str, str]:
    """Word to lemma, both in NFC, of a file with ``word<TAB>lemma`` a line; of two lemmas of a word the first counts.

    Further columns are not looked at. Raises InputError for a line without a tab and for a file without a word.
    """
    table: dict[str, str] = {}
    for number, line in enumerate(read_text(path).replace("\r\n", "\n").split("\n"), 1):
        if not line.strip():
            continue
        word, lemma = (unicodedata.normalize("NFC", part.strip()) for part in (*line.split("\t"), "")[:2])
        if not word or not lemma:
            raise InputError(
                f"no lemma in {line.strip()[:40]!r}", where=place(path, number), remedy="write word<TAB>lemma, one a line"
            )
        table.setdefault(word, lemma)
    if not table:
        raise InputError("the file holds no lemma", where=place(path), remedy="write word<TAB>lemma, one a line")
    return table


def _of_table(table: Mapping[str, str]) -> Lemmatize:
    def lemmatize(words: Sequence[str]) -> list[str]:
        forms = (unicodedata.normalize("NFC", word) for word in words)
        return [table.get(form) or table.get(form.lower(), form) for form in forms]

    return lemmatize


def _of_pipeline(model: str) -> Lemmatize:
    nlp = _load_pipeline(model)
    from spacy.tokens import Doc  # noqa: PLC0415

    def lemmatize(words: Sequence[str]) -> list[str]:
        docs = (Doc(nlp.vocab, words=[word]) for word in words)
        return [doc[0].lemma_ or word for word, doc in zip(words, nlp.pipe(docs, batch_size=512), strict=True)]

    return lemmatize


@lru_cache(maxsize=2)
def _load_pipeline(model: str) -> Any:
    import spacy  # noqa: PLC0415

    try:
        return spacy.load(model, exclude=["ner", "parser", "senter"])
    except OSError as error:
        raise MissingPart(
            f"the spaCy pipeline {model!r} is not installed", remedy=f"install it: python -m spacy download {model}"
        ) from error
    except (ValueError, ImportError) as error:
        what = " ".join(str(error).split())[:200]
        raise MissingPart(f"the spaCy pipeline {model!r} cannot be loaded: {what}", remedy="install what it names") from error
