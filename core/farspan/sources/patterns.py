"""Lists of what is no name: regular expressions, spaCy's token patterns as the EntityRuler writes them, labels of another tool.

``.regex`` has an expression a line; ``.labels`` a label of the input a line, and after a tab what it is called here. A pattern
stands among the names of an `EntityList`. Patterns of the EntityRuler that are plain strings are names like all others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson
import regex

from farspan.errors import InputError, Place, place
from farspan.files import open_text
from farspan.sources.arguments import label_fault
from farspan.sources.names import clean_name
from farspan.sources.rows import RowProblem

if TYPE_CHECKING:
    from farspan.sources.lists import EntityList

EXPRESSIONS: Final = ".regex"
LABELS: Final = ".labels"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern and its place.

    One of these is set. expression: a regular expression; label: what the input labels so; tokens: what spaCy's Matcher takes.
    """

    place: Place
    expression: str = ""
    label: str = ""
    tokens: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    surface: str
    label: str
    ids: tuple[str, ...] = ()
    pattern: Pattern | None = None


def holds_patterns(path: str) -> bool:
    """Whether the file `path` is one of patterns: by its suffix, or because its first line of JSON has a pattern and no name."""
    suffix = Path(path).suffix.lower()
    if suffix != ".jsonl":
        return suffix in {EXPRESSIONS, LABELS}
    with open_text(path) as file:
        first = next((line for line in file.lines() if line.strip()), "")
    try:
        value = orjson.loads(first)
    except orjson.JSONDecodeError:
        return False
    return isinstance(value, dict) and "pattern" in value and "name" not in value


def load_patterns(path: str, label: str, *, name: str | None = None, encoding: str | None = None) -> EntityList:
    """The patterns in the file `path` as a list called `name`; a pattern's own label goes before `label`.

    Lines that cannot be used are in `problems`. Raises InputError where none can.
    """
    from farspan.sources.lists import EntityList  # noqa: PLC0415  (that module sends files with patterns here)

    with open_text(path, encoding) as file:
        text = file.text()
    problems: list[RowProblem] = []
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    read = {EXPRESSIONS: _expressions, LABELS: _labels}.get(Path(path).suffix.lower(), _ruler_rows)
    rows = _merged(read(lines, path, problems))
    if not rows:
        what = f"no usable pattern: {problems[0].what}" if problems else "no pattern"
        raise InputError(what, where=problems[0].place if problems else place(path), remedy="give at least one pattern")
    return EntityList(
        name or Path(path).stem,
        label,
        [row.surface for row in rows],
        [row.ids for row in rows],
        [row.label or label for row in rows] if any(row.label for row in rows) else None,
        np.zeros(len(rows), np.bool_),
        tuple(problems),
        len(lines),
        len(lines) - len(rows) - len(problems),
        path,
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        patterns={number: row.pattern for number, row in enumerate(rows) if row.pattern is not None},
    )


def _merged(rows: Iterator[_Row]) -> list[_Row]:
    """One row for each pattern and label, with the ids of all that are equal."""
    merged: dict[tuple[str, str], _Row] = {}
    for row in rows:
        known = merged.get((row.surface, row.label))
        ids = row.ids if known is None else tuple(dict.fromkeys((*known.ids, *row.ids)))
        merged[row.surface, row.label] = _Row(row.surface, row.label, ids, row.pattern)
    return list(merged.values())


def _expressions(lines: Sequence[tuple[int, str]], path: str, problems: list[RowProblem]) -> Iterator[_Row]:
    for number, line in lines:
        where = place(path, number)
        fault = expression_fault(line)
        if fault:
            problems.append(RowProblem(where, f"no regular expression: {fault}"))
        else:
            yield _Row(f"/{line}/", "", pattern=Pattern(where, expression=line))


def _labels(lines: Sequence[tuple[int, str]], path: str, problems: list[RowProblem]) -> Iterator[_Row]:
    seen: set[str] = set()
    for number, line in lines:
        where = place(path, number)
        theirs, _, ours = (part.strip() for part in line.partition("\t"))
        fault = "stands twice" if theirs in seen else label_fault(ours or theirs)
        if fault:
            problems.append(RowProblem(where, f"the label {(ours or theirs)!r} {fault}"))
        else:
            seen.add(theirs)
            yield _Row(theirs, ours or theirs, pattern=Pattern(where, label=theirs))


def expression_fault(source: str) -> str:
    """What keeps `source` from being a regular expression that can match something; "" if nothing does."""
    try:
        compiled = regex.compile(source)
    except (regex.error, OverflowError, RecursionError) as error:
        return str(error)
    return "it matches the empty text" if compiled.fullmatch("") else ""


def _ruler_rows(lines: Sequence[tuple[int, str]], path: str, problems: list[RowProblem]) -> Iterator[_Row]:
    for number, line in lines:
        where = place(path, number)
        row, fault = _ruler_row(line, where)
        if row is None:
            problems.append(RowProblem(where, fault))
        else:
            yield row


def _ruler_row(line: str, where: Place) -> tuple[_Row | None, str]:
    """The pattern on one line, or what is wrong with it."""
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return None, f"not JSON: {error}"
    if not isinstance(value, dict) or "pattern" not in value:
        return None, "no key 'pattern'"
    label, pattern, number = value.get("label") or "", value["pattern"], value.get("id")
    if not isinstance(label, str) or (label and label_fault(label)):
        return None, f"the label {label!r} cannot stand in a tag"
    ids = (str(number),) if isinstance(number, (str, int)) and str(number) else ()
    if isinstance(pattern, str):
        name, fault = clean_name(pattern)
        return (_Row(name, label, ids), "") if name else (None, fault)
    fault = _tokens_fault(pattern)
    if fault:
        return None, fault
    return _Row(orjson.dumps(pattern).decode(), label, ids, Pattern(where, tokens=tuple(pattern))), ""


def _tokens_fault(pattern: object) -> str:
    """What spaCy has against a token pattern; "" if nothing."""
    from spacy.errors import MatchPatternError  # noqa: PLC0415  (spaCy takes half a second)
    from spacy.matcher import Matcher  # noqa: PLC0415
    from spacy.vocab import Vocab  # noqa: PLC0415

    if not isinstance(pattern, list) or not pattern or not all(isinstance(token, dict) for token in pattern):
        return "the pattern is no string and no list of tokens"
    try:
        Matcher(Vocab(), validate=True).add("pattern", [pattern])
    except MatchPatternError as error:
        return "not a token pattern: " + " ".join(str(error).split())[:200]
    except (ValueError, KeyError, TypeError, regex.error) as error:
        return "not a token pattern: " + " ".join(str(error).split())[:200]
    return ""
