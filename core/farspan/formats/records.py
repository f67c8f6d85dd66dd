"""JSON as annotation tools write it: an object a line, one list, or one object with a record under each key.

Each record comes with its place, so that a fault can be told by file and line wherever the line breaks are. JSON lines are read
one by one; a list or object is held as text, and its records are made one at a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

import orjson

from farspan.errors import InputError, Place
from farspan.files import LONGEST, TextFile

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_KINDS: Final[dict[type, str]] = {str: "a string", list: "a list", dict: "an object", int: "a whole number", float: "a number"}


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)


def read_records(file: TextFile) -> Iterator[Fields]:
    """The objects of a file with one a line or one after another, or in one list. Raises InputError with file and line."""
    head = file.peek().lstrip()
    if head.startswith("{") and _is_line(head):
        for number, line in enumerate(file.lines(), 1):
            if line and not line.isspace():
                yield fields_of(_loaded(line, Place(file.path, number)), Place(file.path, number))
        return
    scanner = _Scanner(file.text(), file.path)
    values = scanner.items() if scanner.next_is("[") else scanner.sequence()
    for where, value in values:
        yield fields_of(value, where)


def read_members(file: TextFile) -> Iterator[tuple[str, Any, Place]]:
    """The keys and values of the one object that the file is. Raises InputError with file and line."""
    return _Scanner(file.text(), file.path).members()


def _is_line(head: str) -> bool:
    """Whether the first line is a whole object, as far as can be seen."""
    line, ended, _ = head.partition("\n")
    if not ended and len(head) > 60_000:
        return True
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return line.rstrip() not in {"{", "{}"} and ended != "" and line.count('"') > 3
    return True


def _loaded(text: str, where: Place) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if "surrogate" in error.msg:
            raise half_surrogate(where) from error
        raise InputError(f"this is not JSON: {error.msg}", where=where, remedy="repair it, or export it again") from error


def half_surrogate(where: Place) -> InputError:
    """The error for a string that is no Unicode text."""
    return InputError(
        "half of a surrogate pair stands in a string (\\ud800 to \\udfff alone)",
        where=where,
        remedy="write the whole character, or U+FFFD in its place",
    )


class _Scanner:
    """JSON values one by one, each with its line."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._at = 0
        self._line = 1
        self._counted = 0

    def next_is(self, mark: str) -> bool:
        """Whether the next character but white space is `mark`."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text.startswith(mark, self._at)

    def sequence(self) -> Iterator[tuple[Place, Any]]:
        """Values after each other up to the end."""
        while not self._ended():
            yield self._place(), self._value()

    def items(self) -> Iterator[tuple[Place, Any]]:
        """The items of the list that comes next; nothing but white space may follow."""
        self._take("[")
        more = not self._taken("]")
        while more:
            where = self._place()
            yield where, self._value()
            more = self._goes_on("]")
        self._end()

    def members(self) -> Iterator[tuple[str, Any, Place]]:
        """The keys and values of the object that comes next; nothing but white space may follow."""
        self._take("{")
        more = not self._taken("}")
        while more:
            where = self._place()
            key = self._value()
            if not isinstance(key, str):
                raise self._error("a key must be a string")
            self._take(":")
            yield key, self._value(), where
            more = self._goes_on("}")
        self._end()

    def _goes_on(self, mark: str) -> bool:
        if self._taken(","):
            return True
        self._take(mark)
        return False

    def _taken(self, mark: str) -> bool:
        found = self.next_is(mark)
        self._at += found
        return found

    def _take(self, mark: str) -> None:
        if not self._taken(mark):
            raise self._error(f"{mark!r} is missing")

    def _ended(self) -> bool:
        self.next_is("")
        return self._at == len(self._text)

    def _end(self) -> None:
        if not self._ended():
            raise self._error("something follows after the end")

    def _value(self) -> Any:
        self.next_is("")
        try:
            value, end = _DECODER.raw_decode(self._text, self._at)
        except (ValueError, RecursionError) as error:
            why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).partition(":")[0]
            self._at = max(self._at, getattr(error, "pos", self._at))
            raise self._error(why) from error
        if _SURROGATE.search(self._text, self._at, end):
            _loaded(self._text[self._at : end], self._place())
        self._at = end
        return value

    def _place(self) -> Place:
        self.next_is("")
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return Place(self._path, self._line)

    def _error(self, what: str) -> InputError:
        return InputError(f"this is not JSON: {what}", where=self._place(), remedy="repair it, or export it again")


def fields_of(value: Any, where: Place, what: str = "a record") -> Fields:
    """`value` as fields. Raises InputError if it is no object."""
    if not isinstance(value, dict):
        raise InputError(f"{what} must be an object, not {kind_of(value)}", where=where, remedy="is this the right format?")
    return Fields(value, where, what)


@dataclass(frozen=True, slots=True)
class Fields:
    """One object out of JSON; its values are checked as they are taken. what: what it is called in messages."""

    record: Mapping[str, Any]
    where: Place
    what: str = "a record"

    def error(self, what: str, remedy: str = "") -> InputError:
        """An error about this object."""
        return InputError(f"{self.what}: {what}", where=self.where, remedy=remedy)

    def __contains__(self, key: str) -> bool:
        return self.record.get(key) is not None

    def string(self, key: str, default: str | None = None) -> str:
        """The string under `key`; `default` where it is missing or null."""
        value = self.record.get(key)
        if value is None and default is not None:
            return default
        return str(self._of(key, value, str))

    def name(self, key: str, default: str | None = None) -> str:
        """As `string`, but a whole number is taken as its digits."""
        value = self.record.get(key)
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else self.string(key, default)

    def whole(self, key: str) -> int:
        """The whole number under `key`."""
        value = int(self._of(key, self.record.get(key), int))
        if abs(value) > LONGEST:
            raise self.error(f'"{key}" is {value}, which no text is long enough for')
        return value

    def number(self, key: str) -> float | None:
        """The number under `key`; None where it is missing or null."""
        value = self.record.get(key)
        return value if value is None or isinstance(value, int) else self._of(key, value, float)

    def rows(self, key: str) -> list[Any]:
        """The list under `key`; empty where it is missing or null."""
        value = self.record.get(key)
        return [] if value is None else self._of(key, value, list)

    def strings(self, key: str) -> list[str]:
        """The list of strings under `key`; empty where it is missing or null."""
        rows = self.rows(key)
        for row in rows:
            self._of(key, row, str)
        return rows

    def fields(self, key: str) -> Fields:
        """The object under `key`."""
        return Fields(self._of(key, self.record.get(key), dict), self.where, f"{self.what}, {key}")

    def each(self, key: str, what: str) -> Iterator[Fields]:
        """The objects in the list under `key`, called `what` 1, 2 ... in messages."""
        for number, row in enumerate(self.rows(key), 1):
            yield fields_of(row, self.where, f"{what} {number}")

    def _of(self, key: str, value: Any, kind: type) -> Any:
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.error(f'"{key}" must be {_KINDS[kind]}, not {kind_of(value)}')
        return value


def kind_of(value: Any) -> str:
    """What kind of JSON `value` is, in words."""
    if value is None:
        return "missing or null"
    return "true or false" if isinstance(value, bool) else _KINDS[type(value)]
