"""Names as they are written in lists -> names that can be matched, with what was wrong with the others."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from farspan.errors import place
from farspan.sources.rows import RowProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST: Final = 1000
"""The most characters a name may have: a longer line is text, not a name."""

_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_INVISIBLE: Final = "\ufeff\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
_HAS_INVISIBLE: Final = re.compile(f"[{_INVISIBLE}]")
_EDGES: Final = re.compile(f"^[{_INVISIBLE}\\s]+|[{_INVISIBLE}\\s]+$|\ufeff")
_LINE_ENDS: Final = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")


def clean_names(names: Sequence[Any], lines: Sequence[int], path: str) -> tuple[list[str], list[RowProblem]]:
    """The names as they are matched, "" for each that cannot be, and the problems.

    White space around a name is stripped and each run of it inside becomes one space. Not names: what is blank, longer
    than `LONGEST`, all punctuation, or holds a control character, half a surrogate pair or U+FFFD.
    """
    if set(map(type, names)) - {str}:
        return _clean_mixed(names, lines, path)
    cleaned = [" ".join(name.split()) for name in names]
    suspects = _suspects(names, cleaned)
    problems: list[RowProblem] = []
    for i in suspects:
        cleaned[i], what = clean_name(names[i])
        if what:
            problems.append(RowProblem(place(path, lines[i]), what, "repaired" if cleaned[i] else "skipped"))
    return cleaned, problems


def _suspects(names: Sequence[str], cleaned: list[str]) -> list[int]:
    """The names that need a closer look: a superset of those with a problem, found by tests on the whole column."""
    joined = "".join(names)
    is_odd = "�" in joined or any(p.search(joined) for p in (_CONTROL, _LONE_SURROGATE, _HAS_INVISIBLE))
    if is_odd or _LINE_ENDS.search(joined) or max(map(len, names), default=0) > LONGEST:
        return list(range(len(names)))
    return [i for i, name in enumerate(cleaned) if not name[:1].isalnum()]


def _clean_mixed(names: Sequence[Any], lines: Sequence[int], path: str) -> tuple[list[str], list[RowProblem]]:
    cleaned: list[str] = []
    problems: list[RowProblem] = []
    for name, line in zip(names, lines, strict=True):
        good, what = clean_name(name) if isinstance(name, str) else ("", f"the name is {_kind(name)}, not text")
        cleaned.append(good)
        if what:
            problems.append(RowProblem(place(path, line), what, "repaired" if good else "skipped"))
    return cleaned, problems


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case _:
            return "an array" if isinstance(value, list) else "an object"


def clean_name(name: str) -> tuple[str, str]:
    """One name as it is matched ("" if it cannot be) and what was wrong with it ("" if nothing)."""
    fault = _fault(name)
    if fault:
        return "", fault
    stripped = _EDGES.sub("", name)
    cleaned = " ".join(stripped.split())
    if not cleaned:
        return "", "blank name"
    if not any(_is_matchable(char) for char in cleaned):
        return "", f"the name {cleaned[:20]!r} is all punctuation"
    if _LINE_ENDS.search(stripped):
        return cleaned, "a line break or tab inside the name"
    if stripped != name and _HAS_INVISIBLE.search(name) and " ".join(name.split()) != cleaned:
        return cleaned, "invisible characters around the name"
    return cleaned, ""


def _fault(name: str) -> str:
    if len(name) > LONGEST:
        return f"the name has {len(name):,} characters; at most {LONGEST:,} are possible"
    control = _CONTROL.search(name)
    if control:
        return f"a control character (U+{ord(control[0]):04X}) in the name"
    if _LONE_SURROGATE.search(name):
        return "half a surrogate pair in the name"
    return "U+FFFD in the name: it was read in a wrong encoding" if "�" in name else ""


def _is_matchable(char: str) -> bool:
    """Letters, digits, currency signs, and other symbols such as emoji; not punctuation, mathematical signs or lone marks."""
    category = unicodedata.category(char)
    return category[0] in "LN" or category in {"So", "Sc"}
