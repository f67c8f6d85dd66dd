r"""JSONL, one document a line: the lossless form.

`{"id", "text", "meta"?, "tokens"?: [[start, end], ...], "sentences"?: [[start, end], ...], "columns"?: {name: [value, ...]},
"spans": [{"start", "end", "label", "source", "name", "ids", "kind", "score"?}], "relations": [{"relation", "subject", "object",
"subject_id"?, "object_id"?, "source"?}]}`

All offsets are half-open ranges of Unicode code points in `text`, those of sentences too: from the start of a sentence's first
token to the end of its last. Any file with a JSON object a line that has a `text` is read; keys that are not named above are kept
in the document's meta. A text with half of a surrogate pair (``"\ud800"``) is refused: it is no Unicode text, cannot be written
as UTF-8 again, and whoever made the file cut a character in two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import orjson

from farspan.errors import InputError, Place
from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.model import Document, IntArray, Relation, Span, Tokens

_KEYS: Final = frozenset({"id", "text", "meta", "tokens", "sentences", "columns", "spans", "relations"})
_SPAN_KEYS: Final = frozenset({"start", "end", "label", "source", "name", "ids", "kind", "score", "text"})


def read_jsonl(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The documents of the file, one a line; blank lines are passed over. Raises InputError with file and line."""
    for number, line in enumerate(file.lines(), 1):
        if line and not line.isspace():
            yield _Record(_object(line, Place(file.path, number)), Place(file.path, number), report).document(f"{name}-{number}")


def _object(line: str, where: Place) -> dict[str, Any]:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        if "surrogate" in error.msg:
            raise InputError(
                "half of a surrogate pair stands in a string (\\ud800 to \\udfff alone)",
                where=where,
                remedy="write the whole character, or U+FFFD in its place",
            ) from error
        raise InputError(
            f"this is not JSON: {error.msg} (column {error.colno})", where=where, remedy="put one object a line"
        ) from error
    if not isinstance(record, dict):
        raise InputError(f"a line must be an object, not {_kind(record)}", where=where, remedy='write {"text": "..."}')
    return record


def _looks_like_spans(value: Any) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and any(names <= first.keys() for names in _OFFSETS)


_OFFSETS: Final = ({"start", "end"}, {"start_offset", "end_offset"}, {"begin", "end"})


@dataclass(frozen=True, slots=True)
class _Record:
    """One line, checked as it is taken apart."""

    record: Mapping[str, Any]
    where: Place
    report: ReadReport

    def document(self, default_id: str) -> Document:
        text = self._get("text", str)
        if text is None:
            raise self._error('there is no "text"', 'write {"text": "..."}')
        spans = [self._span(item, index, text) for index, item in enumerate(self._get("spans", list) or ())]
        relations = [self._relation(item, index, len(spans)) for index, item in enumerate(self._get("relations", list) or ())]
        return Document(self._id(default_id), text, self._meta(), self._tokens(text), spans, relations)

    def _error(self, what: str, remedy: str = "") -> InputError:
        return InputError(what, where=self.where, remedy=remedy)

    def _get(self, key: str, kind: type) -> Any:
        """The value of `key`; None if it is missing or null."""
        value = self.record.get(key)
        if value is not None and not isinstance(value, kind):
            raise self._error(f'"{key}" must be {_KINDS[kind]}, not {_kind(value)}')
        return value

    def _id(self, default: str) -> str:
        value = self.record.get("id")
        if value is None:
            return default
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            return str(value)
        raise self._error(f'"id" must be a string or a whole number, not {_kind(value)}')

    def _meta(self) -> dict[str, Any]:
        meta = dict(self._get("meta", dict) or {})
        for key, value in self.record.items():
            if key not in _KEYS or (key == "sentences" and self.record.get("tokens") is None):
                meta[f"record.{key}" if key in meta else key] = value
                if _looks_like_spans(value):
                    what = (
                        f'"{key}" looks like spans and is kept as meta; only "spans" is read, --input-format names another tool'
                    )
                    self.report.add("unread", self.where, what)
        return meta

    def _tokens(self, text: str) -> Tokens | None:
        given = self._get("tokens", list)
        if given is None:
            return None
        starts, ends = self._ranges("tokens", given, text)
        if len(starts) and (starts[1:] < ends[:-1]).any():
            raise self._error('"tokens" must stand in order and not overlap')
        sentences = self._get("sentences", list)
        firsts = np.zeros(min(1, len(starts)), np.int32) if sentences is None else self._sentences(sentences, text, starts, ends)
        return Tokens(starts, ends, firsts, columns=self._columns(len(starts)))

    def _sentences(self, given: list[Any], text: str, starts: IntArray, ends: IntArray) -> IntArray:
        begins, stops = self._ranges("sentences", given, text)
        firsts = np.searchsorted(starts, begins)
        lasts = np.searchsorted(ends, stops)
        fits = len(begins) > 0 or len(starts) == 0
        if fits and len(begins):
            fits = bool(
                firsts[0] == 0
                and lasts[-1] == len(starts) - 1
                and (firsts[1:] == lasts[:-1] + 1).all()
                and (firsts <= lasts).all()
                and (starts[firsts] == begins).all()
                and (ends[lasts] == stops).all()
            )
        if not fits:
            raise self._error(
                '"sentences" do not fit the tokens', "each runs from the start of its first token to the end of its last"
            )
        return firsts.astype(np.int32)

    def _ranges(self, key: str, given: list[Any], text: str) -> tuple[IntArray, IntArray]:
        """Half-open ranges, each within the text and not empty."""
        try:
            pairs = np.array(given or np.zeros((0, 2)))
        except ValueError:  # rows of different lengths
            pairs = np.array("")
        if pairs.ndim != 2 or pairs.shape[1] != 2 or (given and pairs.dtype.kind != "i"):
            raise self._error(f'"{key}" must be [[start, end], ...] with whole numbers')
        starts, ends = pairs[:, 0], pairs[:, 1]
        wrong = np.flatnonzero((starts < 0) | (ends <= starts) | (ends > len(text)))
        if len(wrong):
            raise self._error(
                f'"{key}" number {wrong[0] + 1}, {given[wrong[0]]}, does not lie in the text of {len(text)} code points'
            )
        return starts.astype(np.int32), ends.astype(np.int32)

    def _columns(self, count: int) -> dict[str, list[str]]:
        columns = self._get("columns", dict) or {}
        for name, values in columns.items():
            if not isinstance(values, list) or len(values) != count or not all(isinstance(value, str) for value in values):
                raise self._error(f'column "{name}" must have {count} strings, one a token')
        return columns

    def _span(self, item: Any, index: int, text: str) -> Span:
        what = f"span {index + 1}"
        if not isinstance(item, dict):
            raise self._error(f"{what} must be an object, not {_kind(item)}")
        start, end = self._whole(item, "start", what), self._whole(item, "end", what)
        if not 0 <= start < end <= len(text):
            raise self._error(
                f"{what}, {start} to {end}, does not lie in the text of {len(text)} code points",
                "offsets count Unicode code points",
            )
        surface = item.get("text")
        if surface is not None and surface != text[start:end]:
            raise self._error(
                f"{what} should be {surface!r}, but {text[start:end]!r} stands at {start} to {end}",
                "offsets count Unicode code points, not bytes or UTF-16 units",
            )
        if not _SPAN_KEYS.issuperset(item):
            extra = ", ".join(sorted(item.keys() - _SPAN_KEYS))
            self.report.add("keys", self.where, f"{what}: not kept: {extra}")
        score = item.get("score")
        if score is not None and (isinstance(score, bool) or not isinstance(score, (int, float))):
            raise self._error(f'{what}: "score" must be a number, not {_kind(score)}')
        return Span(
            start,
            end,
            self._string(item, "label", what, None),
            self._string(item, "source", what, ""),
            self._string(item, "name", what, ""),
            self._ids(item, what),
            self._string(item, "kind", what, "kept"),
            score,
        )

    def _ids(self, item: Mapping[str, Any], what: str) -> tuple[str, ...]:
        ids = item.get("ids")
        if ids is None:
            return ()
        if not isinstance(ids, list) or not all(isinstance(value, str) for value in ids):
            raise self._error(f'{what}: "ids" must be a list of strings')
        return tuple(ids)

    def _relation(self, item: Any, index: int, count: int) -> Relation:
        what = f"relation {index + 1}"
        if not isinstance(item, dict):
            raise self._error(f"{what} must be an object, not {_kind(item)}")
        subject, obj = (self._whole(item, key, what) for key in ("subject", "object"))
        if not (0 <= subject < count and 0 <= obj < count):
            raise self._error(f"{what} joins spans {subject} and {obj}, but there are {count}", "spans are counted from 0")
        return Relation(
            self._string(item, "relation", what, None),
            subject,
            obj,
            self._optional(item, "subject_id", what),
            self._optional(item, "object_id", what),
            self._string(item, "source", what, ""),
        )

    def _optional(self, item: Mapping[str, Any], key: str, what: str) -> str | None:
        return None if item.get(key) is None else self._string(item, key, what, None)

    def _whole(self, item: Mapping[str, Any], key: str, what: str) -> int:
        value = item.get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._error(f'{what}: "{key}" must be a whole number, not {_kind(value)}')
        return value

    def _string(self, item: Mapping[str, Any], key: str, what: str, default: str | None) -> str:
        value = item.get(key, default)
        if value is None and default is not None:
            value = default
        if not isinstance(value, str):
            raise self._error(f'{what}: "{key}" must be a string, not {_kind(value)}')
        return value


_KINDS: Final[dict[type, str]] = {str: "a string", list: "a list", dict: "an object"}


def _kind(value: Any) -> str:
    if value is None:
        return "missing or null"
    if isinstance(value, bool):
        return "true or false"
    return "a number" if isinstance(value, (int, float)) else _KINDS[type(value)]
