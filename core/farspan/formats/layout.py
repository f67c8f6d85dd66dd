"""The columns of a token format, found by looking at its first lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from farspan.errors import InputError, OptionError, Place
from farspan.formats.detect import DOCSTART, TAG, TYPED_TAG

Row = list[str]

SEPARATORS: Final = ("tab", "space")
_MOST_LABELS: Final = 200
_LABEL: Final = re.compile(r"[^\W\d_][\w./-]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """How lines become columns: separator ``tab`` or ``space``, the number of columns, the indices of token and tag from 0.

    names: of the columns; ``token`` and ``tag``, ``pos`` and ``chunk`` between them where there are four, else numbers from 1.
    comments: whether lines that begin with ``# `` are comments even if they have the right number of columns.
    """

    separator: str
    width: int
    token: int
    tag: int | None
    names: tuple[str, ...]
    comments: bool

    @property
    def split(self) -> Callable[[str], Row]:
        """The function that splits a line into columns."""
        return _split_tabs if self.separator == "tab" else _split_spaces

    def is_comment(self, line: str, fields: Row) -> bool:
        """Whether `line`, which begins a sentence, is a comment: never if it may be a token."""
        if not line.startswith("#"):
            return False
        if len(fields) != self.width:
            return self.width > 1
        return self.comments and line.startswith("# ") and self.tag is not None and not TAG.fullmatch(fields[self.tag])


def _split_tabs(line: str) -> Row:
    return (line[:-1] if line[-1:] == "\r" else line).split("\t")


def _split_spaces(line: str) -> Row:
    if line[-1:] == "\r":
        line = line[:-1]
    if "\t" in line:
        line = line.replace("\t", " ")
    fields = line.split(" ")
    return [part for part in fields if part] or [""] if "" in fields else fields


def find_layout(
    head: Sequence[str],
    where: Place,
    *,
    separator: str | None = None,
    token_column: int | None = None,
    tag_column: int | None = None,
) -> Layout:
    """The layout of a file that begins with the lines `head`; what is given is not looked for.

    Columns are parted by tabs if most lines have one. Their number is the commonest. The token is the first column, the second if
    the first counts from 0 or 1 in each sentence; the tag is the last column in which every value may be a tag (nearly every:
    95 of 100) and one has a type or all are ``O``; else one with bare labels, ``O`` and
    ``PER``. Raises InputError for a column that is not there, OptionError for a separator.
    """
    if separator is not None and separator not in SEPARATORS:
        raise OptionError(f"separator={separator} is not possible", remedy="say tab or space")
    usual = [line for line in head if line.strip(" \t\r") and not line.startswith((DOCSTART, "# "))]
    usual = usual or [line for line in head if line.strip(" \t\r") and not line.startswith(DOCSTART)]
    chosen = separator or ("tab" if 2 * sum("\t" in line for line in usual) > len(usual) else "space")
    split = _split_tabs if chosen == "tab" else _split_spaces
    rows = [split(line) for line in usual]
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 1
    fitting = [row for row in rows if len(row) == width]
    token = _column(token_column, width, where, "token")
    if token is None:
        # Where the only other column has tags, numbers are what the text is about.
        token = 1 if width > 1 and _tag_column(fitting, 2, 0) is None and _counts(head, split, width) else 0
    tag = None if tag_column == 0 else _column(tag_column, width, where, "tag")
    if tag_column is None:
        tag = _tag_column(fitting, width, token)
    comments = any(line.startswith("# ") and len(split(line)) != width for line in head)
    return Layout(chosen, width, token, tag, _names(width, token, tag), comments)


def _column(given: int | None, width: int, where: Place, what: str) -> int | None:
    if given is None:
        return None
    if not 1 <= given <= width:
        raise InputError(
            f"there is no column {given} for the {what}: the file has {width}", where=where, remedy="count columns from 1"
        )
    return given - 1


def _counts(head: Sequence[str], split: Callable[[str], Row], width: int) -> bool:
    """Whether the first column numbers the tokens of each sentence."""
    expected: int | None = None
    goes_on = False
    for line in head:
        fields = split(line)
        if len(fields) != width or not line.strip(" \t\r"):
            expected = None
            continue
        if line.startswith(("#", DOCSTART)):
            continue
        first = fields[0]
        if not (first.isascii() and first.isdecimal()) or int(first) not in ({0, 1} if expected is None else {expected}):
            return False
        goes_on |= expected is not None
        expected = int(first) + 1
    return goes_on


def _tag_column(rows: Sequence[Row], width: int, token: int) -> int | None:
    for column in range(width - 1, -1, -1):
        values = Counter(row[column] for row in rows)
        fitting = sum(count for value, count in values.items() if TAG.fullmatch(value))
        typed = any(TYPED_TAG.fullmatch(value) for value in values)
        if column != token and fitting >= 0.95 * len(rows) and (typed or set(values) == {"O"}):
            return column
    return next((column for column in range(width - 1, -1, -1) if column != token and _is_bare(rows, column)), None)


def _is_bare(rows: Sequence[Row], column: int) -> bool:
    """Whether a column has bare labels, as Few-NERD's: most are ``O``, and one says more than a mark or number could."""
    values = Counter(row[column] for row in rows)
    others = [value for value in values if value != "O"]
    return 0 < len(others) <= _MOST_LABELS and 2 * values["O"] >= len(rows) and all(_LABEL.fullmatch(value) for value in others)


def _names(width: int, token: int, tag: int | None) -> tuple[str, ...]:
    if (width, token, tag) == (4, 0, 3):
        return ("token", "pos", "chunk", "tag")
    known = {token: "token", tag: "tag"}
    return tuple(known.get(number, str(number + 1)) for number in range(width))
