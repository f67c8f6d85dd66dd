"""spaCy's special cases, looked for across tokens, and where they may reach over white space.

spaCy cuts each white-space chunk by itself (see cutter.py), then looks for the token sequences of its special cases in the whole
text. A found sequence is replaced only if its text is a special case, but even one that is not keeps shorter ones that overlap
it from being replaced: the longest wins, then the first. Both can matter across white space only where the last token of one
chunk and the first of the next stand side by side in some special case, before any replacement. This module knows those pairs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from typing import Final

import numpy as np

from farspan.model import IntArray
from farspan.text.token_rules import TokenRules

NOTHING: Final = -1


class SpecialCases:
    """The special cases of one language that are looked for across tokens.

    reach_over_wide_gaps: whether one holds white space that is a token, so that it may be found anywhere in a text.
    """

    def __init__(self, rules: TokenRules) -> None:
        sequences = list(dict.fromkeys(rules.looked_for.values()))
        self._cases = rules.cases
        # The others are one token that is replaced by itself.
        self._altering = frozenset(case for case, tokens in rules.cases.items() if tokens != (case,))
        self._lefts = _numbered(token for sequence in sequences for token in sequence[:-1])
        self._rights = _numbered(token for sequence in sequences for token in sequence[1:])
        self._token_pairs = frozenset(pair for sequence in sequences for pair in pairwise(sequence))
        self._pairs = frozenset((self._lefts[left], self._rights[right]) for left, right in self._token_pairs)
        self._begun_by: dict[str, list[tuple[str, ...]]] = {}
        for sequence in sequences:
            self._begun_by.setdefault(sequence[0], []).append(sequence)
        self.reach_over_wide_gaps = any(token.isspace() for sequence in sequences if len(sequence) > 1 for token in sequence)

    def borders(self, firsts: Sequence[str], lasts: Sequence[str]) -> tuple[IntArray, IntArray]:
        """What counts at the borders of chunks that begin with `firsts` and end with `lasts` before replacement, int32[n] each.

        Numbers for `may_join`: of the last token as the left side of a border, of the first as the right side; NOTHING if it is
        in no special case.
        """
        return _looked_up(self._lefts, lasts), _looked_up(self._rights, firsts)

    def may_join(self, left: int, right: int) -> bool:
        """Whether a special case may reach over the single space between two chunks, given their numbers at that border."""
        return (left, right) in self._pairs

    def may_join_tokens(self, last: str, first: str) -> bool:
        """Whether a special case may reach over the single space between two tokens."""
        return (last, first) in self._token_pairs

    def may_replace(self, tokens: Sequence[str]) -> bool:
        """Whether some of `tokens`, which stand side by side, may be replaced; False is sure."""
        if not self._altering.isdisjoint(tokens):
            return True
        return len(tokens) > 1 and not self._token_pairs.isdisjoint(pairwise(tokens))

    def replaced(self, text: str, tokens: Sequence[str], starts: Sequence[int]) -> Iterator[tuple[str, int]]:
        """`tokens` of `text` with their `starts` as they are after replacement: (token, start)."""
        ends = dict(self._found(tokens))
        place = 0
        while place < len(tokens):
            end = ends.get(place, place + 1)
            start = starts[place]
            case = self._cases.get(text[start : starts[end - 1] + len(tokens[end - 1])]) if place in ends else None
            if case is None:
                yield from zip(tokens[place:end], starts[place:end], strict=True)
            else:
                for token in case:
                    yield token, start
                    start += len(token)
            place = end

    def _found(self, tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The sequences of special cases in `tokens` that no longer one, or one before it as long, stands in the way of."""
        found = {
            (begin, begin + len(sequence))
            for begin, token in enumerate(tokens)
            for sequence in self._begun_by.get(token, ())
            if tuple(tokens[begin : begin + len(sequence)]) == sequence
        }
        seen: set[int] = set()
        for begin, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
            if begin not in seen and end - 1 not in seen:
                yield begin, end
            seen.update(range(begin, end))  # as spaCy has it: even what is not taken stands in the way


def _looked_up(numbers: Mapping[str, int], tokens: Collection[str]) -> IntArray:
    return np.fromiter(map(numbers.get, tokens, repeat(NOTHING)), np.int32, len(tokens))


def _numbered(tokens: Iterable[str]) -> dict[str, int]:
    return {token: number for number, token in enumerate(dict.fromkeys(tokens))}
