"""Prodigy: JSON lines as `db-out` writes them and recipes read them.

`{"text", "tokens": [{"text", "start", "end", "id", "ws"}], "spans": [{"start", "end", "token_start", "token_end", "label"}],
"relations": [{"head", "child", "label", "head_span", "child_span"}], "answer", "meta"}`. Offsets are half-open code points, but
`token_end` is the last token itself; `head` and `child` are token numbers (the last of a span), their spans say which span is
meant. Spans keep further keys, so ``ids``, ``source``, ``name``, ``kind`` and ``score`` stand there.

An example that was rejected or ignored keeps its spans as ``lost`` and ``candidate``; the others are gold
unless they say their kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from farspan.files import TextFile
from farspan.formats.loss import ReadReport
from farspan.formats.records import Fields, fields_of, read_records
from farspan.formats.surfaces import outside
from farspan.model import Document, Relation, Span, Tokens

KIND_OF_ANSWER: Final = {"reject": "lost", "ignore": "candidate"}
_OWN_KINDS: Final = ("kept", "nested", "gold", "candidate", "lost", "blocked")
OF_RECORD: Final = ("_input_hash", "_task_hash", "_view_id", "_session_id", "_timestamp", "_annotator_id")
"""What Prodigy knows a record by; kept in the meta of a document."""

_USUAL: Final = (("answer", "accept"), ("_is_binary", False))  # of no interest
_TAKEN: Final = frozenset({"text", "tokens", "spans", "relations", "meta"})


def read_prodigy(file: TextFile, name: str, report: ReadReport) -> Iterator[Document]:
    """The examples of the file as documents; those without a text are passed over. Raises InputError with file and line."""
    for number, record in enumerate(read_records(file), 1):
        if not isinstance(record.record.get("text"), str):
            report.add("skipped", record.where, 'an example without a "text" is passed over')
            continue
        yield _document(record, f"{name}-{number}", report)


def _document(record: Fields, default: str, report: ReadReport) -> Document:
    text = record.string("text")
    tokens = _tokens(record, text)
    answer = record.record.get("answer")
    kind = KIND_OF_ANSWER.get(answer, "gold") if isinstance(answer, str) else "gold"
    if kind != "gold" and record.rows("spans"):
        report.add("rejected", record.where, f"the answer is {answer}: spans are kept as {kind}", len(record.rows("spans")))
    spans = [_span(item, text, kind, report) for item in record.each("spans", "span")]
    relations = _relations(record, spans, report)
    meta = _meta(record)
    identity = meta.pop("id", None)
    key = str(identity) if isinstance(identity, (str, int)) and not isinstance(identity, bool) else default
    return Document(key, text, meta, tokens, spans, relations)


def _meta(record: Fields) -> dict[str, Any]:
    given = record.record.get("meta")
    meta = dict(given) if isinstance(given, dict) else {}
    for key, value in record.record.items():
        if key not in _TAKEN and (key, value) not in _USUAL:
            meta[f"record.{key}" if key in meta else key] = value
    return meta


def _tokens(record: Fields, text: str) -> Tokens | None:
    """The tokens of the example, without those that are only white space; None if it has none."""
    if "tokens" not in record:
        return None
    ranges: list[tuple[int, int]] = []
    for item in record.each("tokens", "token"):
        start, end = item.whole("start"), item.whole("end")
        if not (ranges[-1][1] if ranges else 0) <= start <= end <= len(text):
            raise item.error(f"{start} to {end} does not lie behind the token before it, in the text of {len(text)} code points")
        ranges.append((start, end))
    words = [(start, end) for start, end in ranges if text[start:end].strip()]
    pairs = np.array(words, np.int32).reshape(-1, 2)
    return Tokens(pairs[:, 0].copy(), pairs[:, 1].copy(), np.zeros(min(1, len(words)), np.int32))


def _span(item: Fields, text: str, kind: str, report: ReadReport) -> Span:
    start, end = item.whole("start"), item.whole("end")
    if not 0 <= start < end <= len(text):
        raise outside(text, start, end, item.where)
    label = item.name("label", "")
    if not label:
        report.add("unlabelled", item.where, f"{item.what} has no label; it is called _")
    own = item.string("kind", kind)
    if own not in _OWN_KINDS:
        raise item.error(f'"kind" is {own!r}', f"it must be one of: {', '.join(_OWN_KINDS)}")
    return Span(
        start,
        end,
        label or "_",
        item.name("source", ""),
        item.name("name", ""),
        tuple(item.strings("ids")),
        own if kind == "gold" else kind,
        item.number("score"),
    )


def _relations(record: Fields, spans: list[Span], report: ReadReport) -> list[Relation]:
    """The relations; a token that no span is at becomes a span called ``_``, at the end of `spans`."""
    ends = _Ends(record, spans, report)
    relations = []
    for item in record.each("relations", "relation"):
        subject, obj = (ends.index(item, key) for key in ("head", "child"))
        first, second = (item.string(key, "") or None for key in ("subject_id", "object_id"))
        relations.append(Relation(item.name("label", "_"), subject, obj, first, second, item.string("source", "")))
    return relations


class _Ends:
    """Which spans the relations of one example are between."""

    def __init__(self, record: Fields, spans: list[Span], report: ReadReport) -> None:
        self._record = record
        self._spans = spans
        self._report = report
        self._tokens = record.rows("tokens")
        self._at: dict[tuple[int, int], list[int]] = {}
        self._ending: dict[int, list[int]] = {}
        for number, span in enumerate(spans):
            self._at.setdefault((span.start, span.end), []).append(number)
            self._ending.setdefault(span.end, []).append(number)

    def index(self, item: Fields, key: str) -> int:
        """The index of the span that is the `key` (head or child) of the relation `item`."""
        if f"{key}_span" in item:
            given = item.fields(f"{key}_span")
            start, end, label = given.whole("start"), given.whole("end"), given.name("label", "")
            known = given.record.get("index")
            at = self._at.get((start, end), [])
            if isinstance(known, int) and known in at:
                return known
            named = [number for number in at if self._spans[number].label == label]
            if at:
                return (named or at)[0]
            return self._added(item, key, (start, end), label)
        number = item.whole(key)
        if not 0 <= number < len(self._tokens):
            raise item.error(f"there is no token {number}, its {key}", "give head_span and child_span, or all tokens")
        token = fields_of(self._tokens[number], item.where, f"token {number + 1}")
        start, end = token.whole("start"), token.whole("end")
        ending = [index for index in self._ending.get(end, []) if self._spans[index].start <= start]
        return ending[0] if ending else self._added(item, key, (start, end), "")

    def _added(self, item: Fields, key: str, place: tuple[int, int], label: str) -> int:
        """The index of a new span."""
        start, end = place
        text = self._record.string("text")
        if not 0 <= start < end <= len(text):
            raise outside(text, start, end, item.where)
        what = f"{item.what}: its {key} is no span; it becomes one called {label or '_'}"
        self._report.add("unlabelled", item.where, what)
        self._spans.append(Span(start, end, label or "_", kind="gold"))
        number = len(self._spans) - 1
        self._at.setdefault(place, []).append(number)
        self._ending.setdefault(end, []).append(number)
        return number
