"""Stop words: those that ship with Farspan by language, or a user's own file."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from farspan.errors import InputError, OptionError, place
from farspan.files import read_text
from farspan.sources.delimited import split_lines
from farspan_resources import stop_word_languages, stop_word_text


def stop_words(language_or_path: str) -> frozenset[str]:
    """The stop words of a language (``es``, ``pt-BR``) or of a file with one word a line, stripped, in NFC.

    What names a file is taken as one, else as a language. Raises OptionError for a language without stop words and
    InputError for a file that cannot be read or is empty. The words are those of Stopwords ISO (MIT).
    """
    wanted = language_or_path.strip()
    if _is_path(wanted):
        return _of_file(wanted)
    language = wanted.replace("_", "-").split("-")[0].lower()
    if language not in stop_word_languages():
        raise OptionError(
            f"there are no stop words for {wanted!r}",
            remedy=f"choose one of {', '.join(stop_word_languages())}, or give a file with one word a line",
        )
    return _of_language(language)


def _is_path(text: str) -> bool:
    if "/" in text or "\\" in text or "." in text:
        return True
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=8)
def _of_language(language: str) -> frozenset[str]:
    return _words(stop_word_text(language))


def _of_file(path: str) -> frozenset[str]:
    words = _words(read_text(path))
    if not words:
        raise InputError("the file holds no stop word", where=place(path), remedy="give one word a line")
    return words


def _words(text: str) -> frozenset[str]:
    lines = (" ".join(line.split()) for line in split_lines(text))
    return frozenset(unicodedata.normalize("NFC", line) for line in lines if line)
