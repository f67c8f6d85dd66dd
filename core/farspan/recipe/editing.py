"""Changing values in a TOML text and nothing else: comments, order, spacing and line ends stay as a person wrote them.

tomlkit writes the values; where they go is found by `positions`, since tomlkit itself moves keys behind comments that belong
to the next table. What comes out is parsed again and must say exactly what was asked for, or nothing is written.
"""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import tomlkit
from tomlkit.items import InlineTable

from farspan.errors import OutputError
from farspan.recipe.positions import Entry, KeyPath, Positions

Changes = Mapping[KeyPath, Any]

_INLINE: Final = 80  # characters; a longer table gets a header of its own


def edit_text(text: str, changes: Changes) -> str:
    """`text` with the value of each key path put in; None takes the key out. An index one past the end adds an element.

    `text` must be valid TOML. Raises OutputError where a change cannot be made in place.
    """
    before = tomllib.loads(text.removeprefix("\ufeff"))
    wanted = copy.deepcopy(before)
    new = text
    try:
        for path, value in changes.items():
            _put(wanted, path, value)
            new = _Edit(new).apply(path, value)
        done = tomllib.loads(new.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, LookupError, TypeError) as error:
        raise _unable(changes) from error
    if not is_same(done, wanted):
        raise _unable(changes)
    return new


def is_same(one: Any, other: Any) -> bool:
    """Whether two TOML values are the same in value and type (1, 1.0 and true differ), whatever the order of keys."""
    return json.dumps(one, sort_keys=True, default=repr) == json.dumps(other, sort_keys=True, default=repr)


def rendered(value: Any) -> str:
    """`value` as TOML writes it after an equals sign, on one line."""
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update({key: _item(item) for key, item in value.items()})
        return str(table.as_string())
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(rendered, value)) + "]"
    return str(tomlkit.item(value).as_string())


def rendered_key(key: str) -> str:
    """`key` as TOML writes it, quoted where it must be."""
    return str(tomlkit.key(key).as_string())


def _item(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return list(value) if isinstance(value, tuple) else value
    table: InlineTable = tomlkit.inline_table()
    table.update({key: _item(item) for key, item in value.items()})
    return table


def block(header: Sequence[str], values: Mapping[str, Any], end: str = "\n", *, element: bool = False) -> str:
    """A table with its header: plain values first, then tables too long for one line, each under a header of its own."""
    name = ".".join(map(rendered_key, header))
    lines = [f"[[{name}]]" if element else f"[{name}]"]
    long = {key: value for key, value in values.items() if isinstance(value, Mapping) and _is_long(value)}
    lines += [
        f"{rendered_key(key)} = {rendered(value)}" for key, value in values.items() if key not in long and value is not None
    ]
    blocks = [end.join(lines) + end, *(block((*header, key), value, end) for key, value in long.items())]
    return end.join(blocks)


def _is_long(table: Mapping[str, Any]) -> bool:
    """Whether a table is too long for one line; a large one is never rendered to find out."""
    return 4 * len(table) > _INLINE or len(rendered(table)) > _INLINE


def _unable(changes: Changes) -> OutputError:
    names = ", ".join(".".join(map(str, path)) for path in changes)
    return OutputError(f"{names} cannot be changed in place", remedy="change it in a text editor")


def _put(values: Any, path: KeyPath, value: Any) -> None:
    """Put `value` into plain values."""
    if not path:
        values.clear()
        values.update(copy.deepcopy(value))
        return
    *parents, last = path
    for key, following in zip(parents, path[1:], strict=True):
        if isinstance(values, dict) and key not in values:
            values[key] = [] if isinstance(following, int) else {}
        values = values[key]
    if value is None:
        del values[last]
    elif isinstance(values, list) and last == len(values):
        values.append(_plain(value))
    else:
        values[last] = _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


class _Edit:
    """One text and where its keys stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        first = text.find("\n")
        self.end = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"

    def apply(self, path: KeyPath, value: Any) -> str:
        """The text with `value` at `path`."""
        entry = self.positions.find(path) if path else Entry((), "table", 0, (0, 0), ())
        if value is None:
            return self._without(path)
        if entry is None:
            return self._add(path, value)
        if is_same(self._value_at(path), _plain(value)):
            return self.text
        if entry.kind in {"table", "element", "dotted"} and isinstance(value, Mapping):
            return self._merge(path, value)
        if self._is_tables(entry) and isinstance(value, (list, tuple)) and all(isinstance(item, Mapping) for item in value):
            return self._merge_elements(path, value)
        begin, end = entry.value
        return self.text[:begin] + rendered(value) + self.text[end:]

    @staticmethod
    def _is_tables(entry: Entry) -> bool:
        """Whether an array is one of tables, [[name]]."""
        return entry.kind == "array" and entry.table == entry.path

    def _value_at(self, path: KeyPath) -> Any:
        value: Any = tomllib.loads(self.text.removeprefix("\ufeff"))
        for key in path:
            value = value[key]
        return value

    def _merge(self, path: KeyPath, value: Mapping[str, Any]) -> str:
        gone = {(*path, key): None for key in self._value_at(path) if value.get(key) is None}
        return _all(self.text, {**gone, **{(*path, key): item for key, item in value.items() if item is not None}})

    def _merge_elements(self, path: KeyPath, value: Sequence[Any]) -> str:
        count = len(self._value_at(path))
        gone = {(*path, number): None for number in range(count - 1, len(value) - 1, -1)}
        return _all(self.text, {**gone, **{(*path, number): item for number, item in enumerate(value)}})

    def _without(self, path: KeyPath) -> str:
        entry = self.positions.find(path)
        if entry is None:
            raise KeyError(path)
        parent = self.positions.find(path[:-1])
        if parent and (parent.kind == "inline" or (parent.kind == "array" and not self._is_tables(parent))):
            return self._replace_parent(path, None)
        if entry.kind == "dotted":
            return _all(self.text, {(*path, key): None for key in self._value_at(path)})
        if self._is_tables(entry):
            return _all(self.text, {(*path, number): None for number in range(len(self._value_at(path)) - 1, -1, -1)})
        begin = self.text.rfind("\n", 0, entry.start) + 1
        if entry.start and self.text.startswith("\ufeff") and begin == 0:
            begin = 1
        return self.text[:begin] + self.text[self._line_end(self._extent(path)) :]

    def _replace_parent(self, path: KeyPath, value: Any) -> str:
        whole = self._value_at(path[:-1])
        _put(whole, path[-1:], value)
        return self.apply(path[:-1], whole)

    def _add(self, path: KeyPath, value: Any) -> str:
        depth = next(count for count in range(len(path) - 1, -1, -1) if not count or self.positions.find(path[:count]))
        parent = self.positions.find(path[:depth]) if depth else None
        rest = path[depth:]
        if parent and parent.kind == "inline":
            return self._replace_parent(path[: depth + 1], _nested(rest[1:], value))
        if parent and parent.kind == "array":
            if not self._is_tables(parent):
                return self._replace_parent(path[: depth + 1], _nested(rest[1:], value))
            return self._insert_block(self._extent(path[:depth]), block(_names(path), value, self.end, element=True))
        if len(rest) == 1 and not isinstance(value, Mapping) and not _are_tables(value):
            return self._insert_line(parent, rest, value)
        if parent and parent.kind == "dotted" and self.text[parent.start] != "[":
            return self._insert_line(parent, rest, value)
        return self._insert_tables(path[:depth], rest, value)

    def _insert_tables(self, parent: KeyPath, rest: KeyPath, value: Any) -> str:
        after = self._extent(parent) if parent else len(self.text)
        if _are_tables(value):
            blocks = [block(_names((*parent, *rest)), item, self.end, element=True) for item in value]
            return self._insert_block(after, self.end.join(blocks))
        if isinstance(value, Mapping):
            element = isinstance(rest[-1], int)
            return self._insert_block(after, block(_names((*parent, *rest)), value, self.end, element=element))
        return self._insert_block(after, block(_names((*parent, *rest[:-1])), {str(rest[-1]): value}, self.end))

    def _insert_line(self, parent: Entry | None, rest: KeyPath, value: Any) -> str:
        """A line for a new key, behind the last one of its table."""
        table = parent.table if parent else ()
        prefix = parent.path if parent else ()
        same = [
            entry
            for entry in self.positions.entries
            if entry.table == table and entry.path[: len(prefix)] == prefix and entry.kind in {"value", "inline", "array"}
        ]
        same = [entry for entry in same if not self._is_tables(entry)]
        before = max(same, key=lambda entry: entry.value[1]) if same else parent
        key = ".".join(rendered_key(str(part)) for part in (*prefix[len(table) :], *rest))
        line = f"{key} = {rendered(value)}{self.end}"
        if before is None:
            begin = 1 if self.text.startswith("\ufeff") else 0
            return self.text[:begin] + line + self.text[begin:]
        start = self.text.rfind("\n", 0, before.start) + 1
        indent = self.text[start : before.start] if self.text[start : before.start].isspace() else ""
        return self._insert(self._line_end(before.value[1]), indent + line)

    def _insert_block(self, after: int, text: str) -> str:
        return self._insert(self._line_end(after), self.end + text)

    def _insert(self, at: int, text: str) -> str:
        gap = "" if not at or self.text[at - 1] == "\n" else self.end
        return self.text[:at] + gap + text + self.text[at:]

    def _extent(self, path: KeyPath) -> int:
        """Where the last thing under `path` ends."""
        return max(entry.value[1] for entry in self.positions.entries if entry.path[: len(path)] == path)

    def _line_end(self, offset: int) -> int:
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found + 1


def _all(text: str, changes: Changes) -> str:
    for path, value in changes.items():
        text = _Edit(text).apply(path, value)
    return text


def _are_tables(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _names(path: KeyPath) -> tuple[str, ...]:
    return tuple(key for key in path if isinstance(key, str))


def _nested(rest: KeyPath, value: Any) -> Any:
    for key in reversed(rest):
        value = [value] if isinstance(key, int) else {key: value}
    return value
