"""Which entities have been met, in a bit an entity: a hundred million items of Wikidata take some 15 MB."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_MOST: Final = 1 << 30  # numbers up to which there is a bit; ids beyond, and of another form, are kept as they are


class Seen:
    """A set of ids such as Q42 that can only grow."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self._others: set[str] = set()

    def __contains__(self, id: str) -> bool:
        number = _number(id)
        if number is None:
            return id in self._others
        return number >> 3 < len(self._bits) and bool(self._bits[number >> 3] & (1 << (number & 7)))

    def add(self, id: str) -> None:
        """Take `id` in."""
        number = _number(id)
        if number is None:
            self._others.add(id)
            return
        if number >> 3 >= len(self._bits):
            self._bits.extend(bytes(max((number >> 3) + 1 - len(self._bits), len(self._bits) // 2)))
        self._bits[number >> 3] |= 1 << (number & 7)

    def update(self, ids: Iterable[str]) -> None:
        """Take all of `ids` in."""
        for key in ids:
            self.add(key)


def _number(id: str) -> int | None:
    digits = id[1:]
    if id[:1] != "Q" or not digits.isascii() or not digits.isdecimal() or digits[0] == "0" or len(digits) > 10:
        return None
    number = int(digits)
    return number if number < _MOST else None
