"""How spaCy cuts a white-space chunk, step by step as its tokenizer does it.

Prefixes and suffixes are peeled off until neither pattern finds anything or a special case is met; what is left is a special
case, a token that stays whole, or is cut at its infixes. Most chunks are letters with some punctuation around them: where a
language's patterns provably find nothing in letters alone, they are not asked.
"""

from __future__ import annotations

from typing import Final

from farspan.text.letters import LETTERS_END, finds_nothing_in_letters
from farspan.text.token_rules import TokenRules

_LAST_LETTER: Final = chr(LETTERS_END - 1)


class ChunkCutter:
    """Cuts chunks by the rules of one language, before special cases are looked for across tokens (see special_cases.py)."""

    def __init__(self, rules: TokenRules) -> None:
        self._cases = rules.cases
        self._prefix = rules.prefix.search if rules.prefix else _find_nothing
        self._suffix = rules.suffix.search if rules.suffix else _find_nothing
        self._infixes = rules.infix.finditer if rules.infix else None
        self._token_match = rules.token.match if rules.token else None
        self._url_match = rules.url.match if rules.url else None
        # What a match keeps whole is whole in letters too.
        self._is_sure = all(map(finds_nothing_in_letters, (rules.prefix, rules.suffix, rules.infix)))

    def cut(self, chunk: str) -> list[str]:
        """The tokens of `chunk`, which holds no white space."""
        if self._is_plain(chunk):
            return [chunk]
        prefixes: list[str] = []
        suffixes: list[str] = []
        middle = self._peeled(chunk, prefixes, suffixes)
        suffixes.reverse()
        return [*prefixes, *self._cut_inside(middle), *suffixes] if middle else prefixes + suffixes

    def _peeled(self, chunk: str, prefixes: list[str], suffixes: list[str]) -> str:
        """What is left of `chunk` without affixes, which are added to the lists, suffixes from behind."""
        cases, token_match = self._cases, self._token_match
        while chunk and not (self._is_plain(chunk) or chunk in cases or (token_match and token_match(chunk))):
            before = found.end() - found.start() if (found := self._prefix(chunk)) else 0
            rest = chunk[before:] if before else chunk
            if before:
                prefixes.append(chunk[:before])
                if rest in cases:
                    return rest
            behind = found.end() - found.start() if (found := self._suffix(rest)) else 0
            if not behind:
                if not before:
                    break
                chunk = rest
                continue
            suffixes.append(chunk[-behind:])
            if (less := chunk[:-behind]) in cases:
                # As spaCy has it: a special case is met with its prefix.
                if before:
                    prefixes.pop()
                return less
            chunk = rest[:-behind]
        return chunk

    def _cut_inside(self, middle: str) -> list[str] | tuple[str, ...]:
        """The tokens of a chunk without affixes."""
        if self._is_plain(middle):
            return [middle]
        if (case := self._cases.get(middle)) is not None:
            return case
        if (
            self._infixes is None
            or (self._token_match and self._token_match(middle))
            or (self._url_match and self._url_match(middle))
        ):
            return [middle]
        tokens: list[str] = []
        start = 0
        for found in self._infixes(middle):
            first, last = found.span()
            if first == 0:
                continue  # as spaCy has it: what the rest begins with is no infix
            tokens += (middle[start:first], middle[first:last])
            start = last
        return [token for token in (*tokens, middle[start:]) if token]

    def _is_plain(self, chunk: str) -> bool:
        """Whether `chunk` is letters in which no rule finds anything."""
        is_letters = chunk.isalpha() and (chunk.isascii() or max(chunk) <= _LAST_LETTER)
        return is_letters and self._is_sure and chunk not in self._cases


def _find_nothing(_: str) -> None:
    return None
