"""Lists as JSON: one array or object in a file, or one value a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import orjson

from farspan.errors import InputError, place
from farspan.sources.arguments import ROLES, Columns
from farspan.sources.delimited import split_lines
from farspan.sources.rows import RowProblem, Rows, choose_columns

_REMEDY: Final = 'give an array of names, an array of objects like {"name": ..., "id": ...}, or one object {"name": "id"}'
_MISSING: Final = object()
"""The key under which the first row of a list says where the list comes from."""


def read_jsonl(text: str, path: str, wanted: Columns) -> Rows:
    """One object or one string a line."""
    lines = split_lines(text)
    try:
        values = list(map(orjson.loads, lines))
    except orjson.JSONDecodeError:
        return _read_each(lines, path, wanted)
    return rows_of(values, range(1, len(values) + 1), path, wanted, [])


def _read_each(lines: list[str], path: str, wanted: Columns) -> Rows:
    values: list[Any] = []
    numbers: list[int] = []
    problems: list[RowProblem] = []
    for number, line in enumerate(lines, 1):
        try:
            values.append(json.loads(line))
            numbers.append(number)
        except ValueError as error:
            what = f"not JSON ({_reason(error)})" if line.strip() else "blank line"
            problems.append(RowProblem(place(path, number), what))
        except RecursionError:
            problems.append(RowProblem(place(path, number), "nested too deeply"))
    if not values and problems:
        raise InputError("no line holds JSON", where=problems[0].place, remedy='give {"name": ...} or "a name" on each line')
    return rows_of(values, numbers, path, wanted, problems)


def _reason(error: ValueError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error)


def read_json(text: str, path: str, wanted: Columns) -> Rows:
    """An array of strings or objects, at the top or under the only key that holds one; or an object of names and ids."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value = _load_leniently(text, path)
    if isinstance(value, list):
        return rows_of(value, _Lines(text, len(value)), path, wanted, [])
    if isinstance(value, dict):
        return _read_object(value, text, path, wanted)
    raise InputError("neither an array nor an object", where=place(path, 1), remedy=_REMEDY)


def _load_leniently(text: str, path: str) -> Any:
    """What the slower reader makes of `text`: it takes lone surrogates, which are reported row by row later."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", where=place(path, error.lineno), remedy="check the file") from None
    except RecursionError:
        raise InputError("nested too deeply", where=place(path, 1), remedy=_REMEDY) from None


def _read_object(value: dict[str, Any], text: str, path: str, wanted: Columns) -> Rows:
    arrays = [key for key, item in value.items() if isinstance(item, list)]
    if len(arrays) == 1:
        items = value[arrays[0]]
        return rows_of(items, _Lines(text, len(items), arrays[0]), path, wanted, [])
    if arrays or any(isinstance(item, dict) for item in value.values()):
        what = f"{len(arrays)} arrays, under {', '.join(map(repr, arrays))}" if arrays else "an object of objects"
        raise InputError(f"{what}: which holds the names is not clear", where=place(path, 1), remedy=_REMEDY)
    pairs = json.loads(text, object_pairs_hook=list)
    rows = [{"name": name, "id": item} for name, item in pairs]
    return rows_of(rows, _Lines(text, len(rows)), path, Columns(), [])


def rows_of(values: list[Any], lines: Sequence[int], path: str, wanted: Columns, problems: list[RowProblem]) -> Rows:
    """The columns of `values`, each a name or an object with keys; anything else is a problem."""
    total = len(values) + len(problems)
    kinds = set(map(type, values))
    if kinds - {str, dict}:
        bad = [i for i, value in enumerate(values) if not isinstance(value, (str, dict))]
        problems.extend(RowProblem(place(path, lines[i]), "neither a name nor an object") for i in bad)
        keep = [i for i, value in enumerate(values) if isinstance(value, (str, dict))]
        values, lines = [values[i] for i in keep], [lines[i] for i in keep]
    if dict not in kinds:
        return Rows(path, lines, values, total=total, problems=problems)
    there = _keys(values)
    if str in kinds and wanted.name is None:
        there = tuple(dict.fromkeys((*there, "name")))  # bare names beside objects: an object without a name is a bad row
    columns = choose_columns(path, there, wanted, line=None)
    if str in kinds:
        values = [{columns["name"]: value} if isinstance(value, str) else value for value in values]
    names = [value.get(columns["name"], _MISSING) for value in values]
    missing = [i for i, name in enumerate(names) if name is _MISSING]
    if missing:
        problems.extend(RowProblem(place(path, lines[i]), f"no key {columns['name']!r}") for i in missing)
        gone = set(missing)
        keep = [i for i in range(len(values)) if i not in gone]
        values, lines, names = [values[i] for i in keep], [lines[i] for i in keep], [names[i] for i in keep]
    more = {role: [value.get(columns[role]) for value in values] for role in ROLES[1:] if role in columns}
    return Rows(path, lines, names, more.get("id"), more.get("aliases"), more.get("label"), there, total, problems)


def _keys(values: list[Any]) -> tuple[str, ...]:
    """All keys of the objects, in order of first appearance."""
    shapes = dict.fromkeys(tuple(value) for value in values if type(value) is dict)
    return tuple(dict.fromkeys(key for shape in shapes for key in shape))


class _Lines(Sequence[int]):
    """The line each element of a JSON array or object begins on, found only when one is asked for."""

    def __init__(self, text: str, count: int, key: str | None = None) -> None:
        self._text = text
        self._count = count
        self._key = key
        self._lines: list[int] | None = None

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        if self._lines is None:
            self._lines = list(element_lines(self._text, self._key))
        return self._lines[index]


def element_lines(text: str, key: str | None) -> Iterator[int]:
    """The line each element begins on: of the outer array or object, or of the array under `key` of the outer object."""
    line, last = 1, 0
    for start in _element_starts(text, key):
        line += text.count("\n", last, start)
        last = start
        yield line


def _element_starts(text: str, key: str | None) -> Iterator[int]:
    """Where the elements of the outer array or object begin, or those of the array under `key` of the outer object."""
    decode = json.JSONDecoder().raw_decode
    at = _skip(text, 0, " \t\r\n")
    is_object = text[at] == "{"
    at = _skip(text, at + 1, " \t\r\n")
    while text[at] not in "]}":
        if key is None:
            yield at
        item, at = decode(text, at)
        if is_object:
            at = _skip(text, at, " \t\r\n:")
            if item == key:
                yield from (at + offset for offset in _element_starts(text[at:], None))
            _, at = decode(text, at)
        at = _skip(text, at, " \t\r\n,")


def _skip(text: str, at: int, chars: str) -> int:
    while text[at] in chars:
        at += 1
    return at
