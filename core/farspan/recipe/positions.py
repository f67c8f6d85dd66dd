"""Where the keys of a TOML text stand: neither tomllib nor tomlkit can say.

The text must be valid TOML (the caller has parsed it already), which lets this scanner be small: it follows keys, tables and
nesting, and skips over values. Offsets are code points of the text as given, with its line ends and its byte order mark.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

# Not re: before Python 3.11.5 its possessive repeats match wrongly.
import regex

KeyPath = tuple[str | int, ...]
Kind = Literal["value", "inline", "array", "table", "element", "dotted"]

_BLANK: Final = regex.compile(r"(?:[ \t\r\n\ufeff]|#[^\n]*)*+")
_SPACE: Final = regex.compile(r"[ \t]*+")
_KEY: Final = regex.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\]|\\.)*+"|'[^']*+'""")
_PLAIN: Final = regex.compile(
    r'''"""(?:[^\\"]|\\.|"{1,2}(?!"))*+"{3,5}'''
    r"""|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"""
    r'''|"(?:[^"\\]|\\.)*+"'''
    r"""|'[^']*+'"""
    r"""|\d{4}-\d\d-\d\d[ ]\d\d:[^\s,\]}#]++"""  # the one value that may hold a space
    r"""|[^\s,\]}#"'\[{]++""",
    regex.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a TOML text names.

    path: its keys; an element of an array, or of an array of tables, by its index. kind: value; inline ({...}); array ([...]);
    table ([name]); element (one [[name]]); dotted (a table that exists only as the first part of a dotted key or a header).
    start: where its key or header begins. value: half-open, its value; for tables the header. table: the path of the [header]
    it stands under.
    """

    path: KeyPath
    kind: Kind
    start: int
    value: tuple[int, int]
    table: KeyPath


class Positions:
    """Every entry of a TOML text, in the order of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries = list(_Scanner(text).run())
        self._first: dict[KeyPath, Entry] = {}
        for entry in self.entries:
            known = self._first.get(entry.path)
            if known is None or (known.kind == "dotted" and entry.kind == "table"):
                self._first[entry.path] = entry
        self._ends = [match.start() for match in regex.finditer("\n", text)]

    def find(self, path: KeyPath) -> Entry | None:
        """What stands under `path`, or None. A table written twice over (by parts of it) is its own header where it has one."""
        return self._first.get(path)

    def line(self, path: KeyPath) -> int:
        """The line, from 1, of `path`; of the nearest table around it where it is not in the text."""
        while path and path not in self._first:
            path = path[:-1]
        return self.line_at(self._first[path].start) if path else 1

    def line_at(self, offset: int) -> int:
        """The line, from 1, of the character at `offset`."""
        return bisect_right(self._ends, offset - 1) + 1


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.table: KeyPath = ()
        self.lengths: dict[KeyPath, int] = {}  # of each array of tables

    def run(self) -> Iterator[Entry]:
        while self._skip(_BLANK) < len(self.text):
            yield from self._header() if self.text[self.at] == "[" else self._pair(self.table)

    def _skip(self, pattern: regex.Pattern[str]) -> int:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"not TOML at offset {self.at}")
        self.at = match.end()
        return self.at

    def _keys(self) -> list[str]:
        keys = []
        while True:
            begin = self._skip(_SPACE)
            token = self.text[begin : self._skip(_KEY)]
            keys.append(tomllib.loads(f"k = {token}")["k"] if token[0] in "\"'" else token)
            if self.text[self._skip(_SPACE)] != ".":
                return keys
            self.at += 1

    def _header(self) -> Iterator[Entry]:
        start = self.at
        is_element = self.text.startswith("[[", start)
        self.at += 1 + is_element
        keys = self._keys()
        self.at += 1 + is_element
        path: KeyPath = ()
        for key in keys[:-1]:
            path = self._element((*path, key))
            yield Entry(path, "dotted", start, (start, self.at), path)
        path = (*path, keys[-1])
        if is_element:
            yield Entry(path, "array", start, (start, self.at), path)
            self.lengths[path] = self.lengths.get(path, 0) + 1
        self.table = self._element(path)
        yield Entry(self.table, "element" if is_element else "table", start, (start, self.at), self.table)

    def _element(self, path: KeyPath) -> KeyPath:
        """`path`, or where it is an array of tables its element written last."""
        return (*path, self.lengths[path] - 1) if path in self.lengths else path

    def _pair(self, prefix: KeyPath) -> Iterator[Entry]:
        start = self.at
        keys = self._keys()
        self.at += 1  # the equals sign
        self._skip(_SPACE)
        for count in range(1, len(keys)):
            yield Entry((*prefix, *keys[:count]), "dotted", start, (start, self.at), self.table)
        first, *inside = self._value((*prefix, *keys))
        yield replace(first, start=start)
        yield from inside

    def _value(self, path: KeyPath) -> list[Entry]:
        """The value that begins here, then what it holds."""
        start = self.at
        match self.text[start]:
            case "[":
                kind: Kind = "array"
                inside = list(self._array(path))
            case "{":
                kind = "inline"
                inside = list(self._inline(path))
            case _:
                kind, inside = "value", []
                self._skip(_PLAIN)
        return [Entry(path, kind, start, (start, self.at), self.table), *inside]

    def _array(self, path: KeyPath) -> Iterator[Entry]:
        index = 0
        self.at += 1
        while self.text[self._skip(_BLANK)] != "]":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            yield from self._value((*path, index))
            index += 1
        self.at += 1

    def _inline(self, path: KeyPath) -> Iterator[Entry]:
        self.at += 1
        while self.text[self._skip(_BLANK)] != "}":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            yield from self._pair(path)
        self.at += 1
