"""The columns of a token format, found by looking at its first lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from farspan.errors import InputError, OptionError, Place
from farspan.formats.detect import DOCSTART, TAG, TYPED_TAG
from farspan.formats.ontonotes import BEGIN, END

Row = list[str]

SEPARATORS: Final = ("tab", "space")
_COMMENTS: Final = ("# ", BEGIN, END)  # how lines begin that are comments, and seldom tokens
_MOST_LABELS: Final = 200
_LABEL: Final = re.compile(r"[^\W\d_][\w./-]+")
# Labels of phrases, as chunkers give them: columns of these look like those of names, and say much less of what is wanted.
_PHRASES: Final = frozenset(
    """
    NP VP PP ADJP ADVP SBAR PRT CONJP INTJ LST UCP QP WHNP WHPP NC VC PC AC ADJC ADVC VN AP AdP NGP VGF VGNF VGINF VGNN JJP RBP
    CCP BLK
    """.split()  # noqa: SIM905  (a word list reads better)
)
_HEADER_TOKEN: Final = re.compile(r"(?:tokens?|words?|forms?|word_?forms?)", re.IGNORECASE)
_HEADER_TAG: Final = re.compile(
    r"(?:tags?|labels?|ner?|entity|entities|iob[12]?|bio|(?:ner?|iob|bio|entity)[-_].+|.+[-_](?:tags?|labels?|ner))",
    re.IGNORECASE,
)
_KEYED: Final = re.compile(r"# *[A-Za-z][\w:.-]* *=")


@dataclass(frozen=True, slots=True)
class Layout:
    """How lines become columns: separator ``tab`` or ``space``, the number of columns, the indices of token and tag from 0.

    names: of the columns; ``token`` and ``tag``, ``pos`` and ``chunk`` between them where there are four, else numbers from 1.
    typed: whether tags have types (``B-PER``), so that a line is known by its tag. comments: whether there are comments with
    another number of columns, so that any line with ``# `` and no tag is one too. header: the cells of a first line that names
    the columns. rivals: further columns, from 0, that may as well be the tags.
    """

    separator: str
    width: int
    token: int
    tag: int | None
    names: tuple[str, ...]
    comments: bool
    typed: bool = False
    header: tuple[str, ...] = ()
    rivals: tuple[int, ...] = ()

    @property
    def split(self) -> Callable[[str], Row]:
        """The function that splits a line into columns."""
        return _split_tabs if self.separator == "tab" else _split_spaces

    def is_comment(self, line: str, fields: Row) -> bool:
        """Whether `line`, which begins a sentence, is a comment, or names the columns: never if it may be a token."""
        if not line.startswith("#"):
            return bool(self.header) and tuple(fields) == self.header
        if len(fields) != self.width:
            return self.width > 1
        is_known_by_tag = self.tag is not None and (self.comments or self.typed)
        return is_known_by_tag and line.startswith(_COMMENTS) and not TAG.fullmatch(fields[self.tag or 0])

    def is_inner_comment(self, line: str, fields: Row) -> bool:
        """Whether `line`, which stands inside a sentence, is a comment: only ``# key = value`` that cannot be columns."""
        return line.startswith("#") and len(fields) != self.width > 1 and _KEYED.match(line) is not None


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
    the first counts from 0 or 1 in each sentence, or has the tags and no other does. A tag column is one in which every value may
    be a tag (nearly every: 95 of 100) and one has a type or all are ``O``. Of several that with most tags other than ``O`` is
    taken, the first if there are more (inner names stand behind the outer ones), and columns of phrases (``B-NP``) only if there
    is no other. Where there is none it is the last with bare labels, ``O`` and ``PER``. A first line such as ``TOKEN<TAB>NER``
    is a header. Raises InputError for a column that is not there, OptionError for a separator.
    """
    if separator is not None and separator not in SEPARATORS:
        raise OptionError(f"separator={separator} is not possible", remedy="say tab or space")
    usual = [line for line in head if line.strip(" \t\r") and not line.startswith((DOCSTART, *_COMMENTS))]
    usual = usual or [line for line in head if line.strip(" \t\r") and not line.startswith(DOCSTART)]
    chosen = separator or ("tab" if 2 * sum("\t" in line for line in usual) > len(usual) else "space")
    split = _split_tabs if chosen == "tab" else _split_spaces
    rows = [split(line) for line in usual]
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 1
    header = tuple(rows[0]) if len(rows) > 1 and len(rows[0]) == width and _is_header(rows[0]) else ()
    fitting = [row for row in rows[bool(header) :] if len(row) == width]
    given = None if tag_column == 0 else _column(tag_column, width, where, "tag")
    token = _column(token_column, width, where, "token")
    if token is None:
        token = _token_column(fitting, width, given, lambda: _counts(head, split, width, header))
    tags = () if tag_column == 0 else (given,) if given is not None else _tag_columns(fitting, width, token)
    tag = tags[0] if tags else None
    comments = any(line.startswith("# ") and len(split(line)) != width for line in head)
    typed = tag is not None and any(TYPED_TAG.fullmatch(row[tag]) for row in fitting)
    return Layout(chosen, width, token, tag, _names(width, token, tag), comments, typed, header, tags[1:])


def _is_header(row: Row) -> bool:
    """Whether cells are the names of columns: one calls itself a token, another a tag, and none is a tag."""
    return (
        any(_HEADER_TOKEN.fullmatch(cell) for cell in row)
        and any(_HEADER_TAG.fullmatch(cell) for cell in row)
        and not any(cell == "O" or TYPED_TAG.fullmatch(cell) for cell in row if not _HEADER_TAG.fullmatch(cell))
    )


def _column(given: int | None, width: int, where: Place, what: str) -> int | None:
    if given is None:
        return None
    if not 1 <= given <= width:
        raise InputError(
            f"there is no column {given} for the {what}: the file has {width}", where=where, remedy="count columns from 1"
        )
    return given - 1


def _counts(head: Sequence[str], split: Callable[[str], Row], width: int, header: tuple[str, ...]) -> bool:
    """Whether the first column numbers the tokens of each sentence."""
    expected: int | None = None
    goes_on = False
    for line in head:
        fields = split(line)
        if len(fields) != width or not line.strip(" \t\r"):
            expected = None
            continue
        if line.startswith(("#", DOCSTART)) or (header and tuple(fields) == header):
            continue
        first = fields[0]
        if not (first.isascii() and first.isdecimal()) or int(first) not in ({0, 1} if expected is None else {expected}):
            return False
        goes_on |= expected is not None
        expected = int(first) + 1
    return goes_on


def _token_column(rows: Sequence[Row], width: int, tag: int | None, counts: Callable[[], bool]) -> int:
    """The column of the token where none is given. tag: that of the tag, if given; counts(): whether the first has numbers."""
    if width == 1:
        return 0
    if tag == 0 or (tag is None and not _tag_columns(rows, width, 0) and _is_typed(rows, 0)):
        # The tag stands first, as in `B-Dish<TAB>soup`; numbers behind it are offsets.
        return next((column for column in range(1, width) if not all(row[column].isdecimal() for row in rows)), 1)
    # Where the only other column has tags, numbers are what the text is about.
    return 1 if not _tag_columns(rows, 2, 0) and counts() else 0


def _tag_columns(rows: Sequence[Row], width: int, token: int) -> tuple[int, ...]:
    """The columns that may be the tags, the likeliest first; with types if any has them, else one alone."""
    others = [column for column in range(width) if column != token]
    fitting = [column for column in others if _fits(rows, column)]
    typed = [column for column in fitting if _is_typed(rows, column)]
    names = [column for column in typed if not _is_of_phrases(rows, column, token, typed)]
    plain = [column for column in fitting if column not in typed]
    if names:
        return tuple(sorted(names, key=lambda column: -_count_tags(rows, column)))
    for column in reversed(plain or typed):
        return (column,)
    return next(((column,) for column in reversed(others) if _is_bare(rows, column)), ())


def _fits(rows: Sequence[Row], column: int) -> bool:
    """Whether nearly every value of a column may be a tag, and one has a type or all are ``O``."""
    values = Counter(row[column] for row in rows)
    fitting = sum(count for value, count in values.items() if TAG.fullmatch(value))
    return fitting >= 0.95 * len(rows) and (set(values) == {"O"} or any(TYPED_TAG.fullmatch(value) for value in values))


def _is_typed(rows: Sequence[Row], column: int) -> bool:
    return _fits(rows, column) and any(TYPED_TAG.fullmatch(row[column]) for row in rows)


def _count_tags(rows: Sequence[Row], column: int) -> int:
    return sum(row[column] != "O" for row in rows)


def _is_of_phrases(rows: Sequence[Row], column: int, token: int, typed: Sequence[int]) -> bool:
    """Whether the tags of a column are phrases, as between the parts of speech and the names of CoNLL-2003.

    Their labels say it, or they are most of the text, behind a column of something else and before one of fewer tags.
    """
    labels = {row[column][2:] for row in rows if TYPED_TAG.fullmatch(row[column])}
    if labels <= _PHRASES:
        return True
    count = _count_tags(rows, column)
    behind = [other for other in typed if other > column]
    is_behind_classes = column - 1 not in {-1, token} and not _fits(rows, column - 1)
    return is_behind_classes and 2 * count > len(rows) and any(2 * _count_tags(rows, other) <= len(rows) for other in behind)


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
