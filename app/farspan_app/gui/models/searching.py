"""What a person searches for, as a pattern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import regex

from farspan.errors import OptionError

_LETTER: Final = r"[\p{L}\p{M}\p{N}_]"
_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Search:
    """A search for `text`. Without `regex` every sign stands for itself; whole_words: no letter, mark or digit beside it."""

    text: str
    regex: bool = False
    whole_words: bool = False
    match_case: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)


class Finder:
    """A search, ready to be used. Raises OptionError for a faulty expression, and when one takes too long."""

    def __init__(self, search: Search) -> None:
        source = f"(?:{search.text})" if search.regex else regex.escape(search.text, special_only=True)
        if search.whole_words:
            source = f"(?<!{_LETTER}){source}(?!{_LETTER})"
        flags = regex.VERSION1 | regex.MULTILINE | (0 if search.match_case else regex.IGNORECASE | regex.FULLCASE)
        try:
            self._pattern: Any = regex.compile(source, flags)
        except regex.error as error:
            raise OptionError(
                f"{search.text!r} is no regular expression: {error}", remedy="correct it, or search for plain text"
            ) from None
        self._text = search.text

    def is_in(self, text: str) -> bool:
        """Whether `text` holds what is searched for."""
        return next(self.places(text), None) is not None

    def places(
        self, text: str, start: int = 0, end: int | None = None, *, seconds: float = _SECONDS
    ) -> Iterator[tuple[int, int]]:
        """Every place in `text[start:end]`, `[start, end)` in code points of `text`; empty ones are left out.

        seconds: how long it may take. Raises OptionError when it takes longer.
        """
        try:
            for match in self._pattern.finditer(text, start, len(text) if end is None else end, timeout=seconds):
                if match.end() > match.start():
                    yield match.span()
        except TimeoutError:
            raise OptionError(f"searching for {self._text!r} takes too long", remedy="write a simpler expression") from None
