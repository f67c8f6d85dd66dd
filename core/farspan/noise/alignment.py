"""Two annotations of one text laid side by side: from two streams of documents to spans and tokens on one line of positions.

Files of tokens must hold the same tokens in the same order; documents and sentences may be cut differently, and a chunk never
crosses a sentence break of its own file. Files of text are paired by document id, must hold the same text, and are compared by
code points, so their tokens need not agree.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from operator import eq
from typing import Final, Never

import numpy as np

from farspan.errors import InputError, Place, TokenMismatch
from farspan.job import Job
from farspan.model import Document, IntArray, LongArray, Tokens
from farspan.noise.scoring import LabelledSpans, labelled_spans
from farspan.spans import KINDS, SpanTable

# A position in a file of tokens is (token << 32) + code point inside it: a span off the token borders equals no other.
TOKEN: Final = 1 << 32
_UNDECIDED: Final = frozenset({"candidate", "lost", "blocked"})


@dataclass(frozen=True, slots=True, eq=False)
class TokenGrid:
    """The tokens of both files on the line of positions that the spans use.

    starts, ends: int64[n], ascending. sentences, documents: int64, the index of each one's first token.
    """

    starts: LongArray
    ends: LongArray
    sentences: LongArray
    documents: LongArray

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files: its documents, its name for messages, and where its nth token (or document) stands, if known."""

    path: str
    documents: Iterable[Document]
    locate: Callable[[int], Place] | None = None

    def place(self, number: int) -> Place:
        """Where token number `number` of a file of tokens stands, or document number `number` of another file."""
        return Place(self.path) if self.locate is None else self.locate(number)


_Position = Callable[[LongArray, LongArray], tuple[LongArray, LongArray]]


@dataclass(slots=True)
class SpanColumns:
    """The spans of one file as they come in, by kind; `labels` is shared between the two files."""

    labels: dict[str, int]
    rename: Callable[[str], str]
    rows: dict[str, list[tuple[LongArray, LongArray, IntArray]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, document: Document, position: _Position) -> None:
        """Take the spans of `document`, their borders turned into positions by `position`."""
        for kind, starts, ends, labels in self._columns(document.spans):
            first, last = position(starts, ends)
            self.rows[kind].append((first, last, labels))

    def _columns(self, spans: Sequence[object]) -> Iterator[tuple[str, LongArray, LongArray, IntArray]]:
        if isinstance(spans, SpanTable):
            numbers = np.array([self._number(label) for label in spans.labels], dtype=np.int32)
            for number, kind in enumerate(KINDS):
                of_kind = spans.kinds == number
                if of_kind.any():
                    labels = numbers[spans.label_ids[of_kind]]
                    yield kind, spans.starts[of_kind].astype(np.int64), spans.ends[of_kind].astype(np.int64), labels
            return
        by_kind: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for span in spans:
            by_kind[span.kind].append((span.start, span.end, self._number(span.label)))  # type: ignore[attr-defined]
        for kind, rows in by_kind.items():
            starts, ends, labels = np.array(rows, dtype=np.int64).T
            yield kind, starts, ends, labels.astype(np.int32)

    def _number(self, label: str) -> int:
        return self.labels.setdefault(self.rename(label), len(self.labels))

    def chosen(self, preferred: str, *, nested: bool) -> LabelledSpans:
        """The spans that count: those of kind `preferred` if the file has any, else all that were kept."""
        dropped = _UNDECIDED if nested else _UNDECIDED | {"nested"}
        kinds = [kind for kind in self.rows if kind not in dropped]
        if preferred in kinds:
            kinds = [kind for kind in kinds if kind in {preferred, "nested"}]
        rows = [row for kind in kinds for row in self.rows[kind]]
        if not rows:
            empty = np.zeros(0, dtype=np.int64)
            return LabelledSpans(empty, empty, empty.astype(np.int32))
        starts, ends, labels = (np.concatenate([row[i] for row in rows]) for i in range(3))
        return labelled_spans(starts, ends, labels)


@dataclass(slots=True)
class _TagPairs:
    """How many tokens carry the same tag as read in both files, as long as both files are tagged in one family of schemes."""

    waiting: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    families: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))
    equal: int = 0
    whole: bool = True

    def add(self, number: int, tokens: Tokens) -> None:
        tags = tokens.columns.get("tag")
        self.whole = self.whole and (tags is not None or not len(tokens))
        if not self.whole or tags is None:
            return
        self.families[number].update(_family(tag) for tag in set(tags))
        self.waiting[number].extend(tags)
        size = min(map(len, self.waiting))
        self.equal += sum(map(eq, self.waiting[0][:size], self.waiting[1][:size]))
        for tags in self.waiting:
            del tags[:size]

    def same(self) -> int | None:
        one, other = (max(family, default="") for family in self.families)
        return self.equal if self.whole and (one == other or not one or not other) else None


def _family(tag: str) -> str:
    """A letter that grows with what the scheme of `tag` can say: nothing for O, IOB, IO without prefixes, BIOES, BILOU."""
    if tag == "O":
        return ""
    if tag[1:2] not in {"", "-"} or tag[0] not in "BIESLUM":
        return "b"
    return {"B": "a", "I": "a", "L": "d", "U": "d"}.get(tag[0], "c")


@dataclass(slots=True)
class TokenLayout:
    """Two streams of tokens that must be the same; documents that are equal as they stand are compared at once."""

    sides: tuple[Side, Side]
    spans: tuple[SpanColumns, SpanColumns]
    counts: list[int] = field(default_factory=lambda: [0, 0])
    checked: int = 0
    words: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    tags: _TagPairs = field(default_factory=_TagPairs)
    sentences: list[LongArray] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)

    def read(self, job: Job) -> None:
        """Take in both files to their ends. Raises TokenMismatch at the first token that differs."""
        for pair in zip_longest(*(side.documents for side in self.sides)):
            for number, document in enumerate(pair):
                if document is not None:
                    self._take(number, document)
            self._check(*pair)
            job.progress(self.counts[0], None, "reading")
        if self.words[0] or self.words[1]:
            self._differ(self.checked, "the end of the file")

    def _take(self, number: int, document: Document) -> None:
        tokens = document.tokens
        if tokens is None:
            raise InputError(
                f"document {document.id!r} has no tokens",
                where=Place(self.sides[number].path),
                remedy="write it with its tokens, or compare two files of text",
            )
        base = self.counts[number]
        self.spans[number].add(document, lambda starts, ends: _at_tokens(tokens, base, starts, ends))
        self.tags.add(number, tokens)
        if number == 0:
            self.documents.append(base)
            self.sentences.append(tokens.sentences.astype(np.int64) + base)
        self.counts[number] += len(tokens)

    def _check(self, gold: Document | None, predicted: Document | None) -> None:
        if gold is not None and predicted is not None and not any(self.words) and _same_tokens(gold, predicted):
            self.checked = self.counts[0]
            return
        for words, document in zip(self.words, (gold, predicted), strict=True):
            if document is not None:
                words.extend(_words(document))
        size = min(map(len, self.words))
        first, second = self.words[0][:size], self.words[1][:size]
        if first != second:
            wrong = next(index for index in range(size) if first[index] != second[index])
            self._differ(self.checked + wrong)
        for words in self.words:
            del words[:size]
        self.checked += size

    def _differ(self, token: int, end: str = "") -> Never:
        """Say at which lines the files differ, and how."""
        shown = []
        for words in self.words:
            index = token - self.checked
            shown.append(f"{words[index]!r}" if index < len(words) else end)
        there = self.sides[1].place(token) if token < self.counts[1] else Place(self.sides[1].path)
        here = self.sides[0].place(token) if token < self.counts[0] else Place(self.sides[0].path)
        raise TokenMismatch(
            f"{shown[0]} stands here, but {shown[1]} in {there} (token {token + 1})",
            where=here,
            remedy="compare files made from one text with one tokenizer",
        )

    def grid(self) -> TokenGrid:
        """The tokens of both files, sentences and documents as the gold file has them."""
        starts = np.arange(self.counts[0], dtype=np.int64) * TOKEN
        sentences = np.concatenate(self.sentences) if self.sentences else np.zeros(0, dtype=np.int64)
        return TokenGrid(starts, starts + TOKEN, sentences, _distinct(self.documents, self.counts[0]))

    def same_tags(self) -> int | None:
        """How many tokens have the same tag as read; None where that cannot be said."""
        return self.tags.same()


@dataclass(slots=True)
class TextLayout:
    """Two streams of texts, paired by document id; what has no partner by id is paired in order if the texts are equal."""

    sides: tuple[Side, Side]
    spans: tuple[SpanColumns, SpanColumns]
    waiting: tuple[dict[str, tuple[int, Document]], dict[str, tuple[int, Document]]] = field(default_factory=lambda: ({}, {}))
    seen: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))
    size: int = 0
    tokens: int = 0
    has_grid: bool = True
    starts: list[LongArray] = field(default_factory=list)
    ends: list[LongArray] = field(default_factory=list)
    sentences: list[LongArray] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)

    def read(self, job: Job) -> None:
        """Take in both files to their ends. Raises TokenMismatch for texts that differ or have no partner."""
        for count, pair in enumerate(zip_longest(*(side.documents for side in self.sides))):
            for number, document in enumerate(pair):
                if document is not None:
                    self._take(number, count, document)
            job.progress(count + 1, None, "reading")
        gold, predicted = (list(waiting.values()) for waiting in self.waiting)
        if len(gold) == len(predicted) and all(g.text == p.text for (_, g), (_, p) in zip(gold, predicted, strict=True)):
            for one, other in zip(gold, predicted, strict=True):
                self._pair(one, other)
        else:
            self._lonely(gold, predicted)

    def _take(self, number: int, count: int, document: Document) -> None:
        if document.id in self.seen[number]:
            raise InputError(
                f"two documents are called {document.id!r}", where=self.sides[number].place(count), remedy="give each its own id"
            )
        self.seen[number].add(document.id)
        other = self.waiting[1 - number].pop(document.id, None)
        mine = (count, document)
        if other is None:
            self.waiting[number][document.id] = mine
        elif number == 0:
            self._pair(mine, other)
        else:
            self._pair(other, mine)

    def _pair(self, gold: tuple[int, Document], predicted: tuple[int, Document]) -> None:
        document, other = gold[1], predicted[1]
        if document.text != other.text:
            self._differ(gold, predicted)
        base = self.size
        for spans, side in zip(self.spans, (document, other), strict=True):
            spans.add(side, lambda starts, ends: (starts + base, ends + base))
        tokens = document.tokens if document.tokens is not None else other.tokens
        if tokens is None:
            self.has_grid = self.has_grid and not document.text.strip()
        else:
            self.documents.append(self.tokens)
            self.sentences.append(tokens.sentences.astype(np.int64) + self.tokens)
            self.starts.append(tokens.starts.astype(np.int64) + base)
            self.ends.append(tokens.ends.astype(np.int64) + base)
            self.tokens += len(tokens)
        self.size += len(document.text) + 1

    def _differ(self, gold: tuple[int, Document], predicted: tuple[int, Document]) -> Never:
        one, other = gold[1].text, predicted[1].text
        size = min(len(one), len(other))
        wrong = next((index for index in range(size) if one[index] != other[index]), size)
        raise TokenMismatch(
            f"the text of document {gold[1].id!r} differs at code point {wrong}: {one[wrong : wrong + 12]!r} here,"
            f" {other[wrong : wrong + 12]!r} in {self.sides[1].place(predicted[0])}",
            where=self.sides[0].place(gold[0]),
            remedy="compare files made from one text",
        )

    def _lonely(self, gold: list[tuple[int, Document]], predicted: list[tuple[int, Document]]) -> Never:
        number, (line, document) = (0, gold[0]) if gold else (1, predicted[0])
        raise TokenMismatch(
            f"document {document.id!r} does not stand in {self.sides[1 - number].path}",
            where=self.sides[number].place(line),
            remedy="give both files the same documents",
        )

    def grid(self) -> TokenGrid | None:
        """The tokens of the gold file, or of the other where it has none; None if a document has none in either."""
        if not self.has_grid or not self.starts:
            return None
        starts, ends, sentences = (np.concatenate(parts) for parts in (self.starts, self.ends, self.sentences))
        return TokenGrid(starts, ends, sentences, _distinct(self.documents, self.tokens))

    def same_tags(self) -> int | None:
        """None: files of text have spans, not tags."""
        return None


def _same_tokens(gold: Document, predicted: Document) -> bool:
    one, other = gold.tokens, predicted.tokens
    assert one is not None and other is not None  # noqa: S101, PT018  (checked when they were taken)
    return gold.text == predicted.text and np.array_equal(one.starts, other.starts) and np.array_equal(one.ends, other.ends)


def _words(document: Document) -> list[str]:
    tokens = document.tokens
    assert tokens is not None  # noqa: S101  (checked when it was taken)
    return [document.text[start:end] for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]


def _at_tokens(tokens: Tokens, base: int, starts: LongArray, ends: LongArray) -> tuple[LongArray, LongArray]:
    """Borders in code points as positions in tokens; white space beside tokens does not count."""
    count = len(tokens)
    token_starts = np.append(tokens.starts.astype(np.int64), np.iinfo(np.int32).max)
    token_ends = np.append(tokens.ends.astype(np.int64), np.iinfo(np.int32).max)
    first = np.searchsorted(token_ends[:count], starts, side="right")
    into = np.maximum(starts - token_starts[first], 0)
    last = np.searchsorted(token_ends[:count], ends, side="left")
    out_of = np.where(ends == token_ends[last], TOKEN, np.maximum(ends - token_starts[last], 0))
    return (base + first) * TOKEN + into, (base + last) * TOKEN + out_of


def _distinct(firsts: list[int], count: int) -> LongArray:
    """The ascending first tokens of documents, without documents that have no token."""
    unique = np.unique(np.array(firsts, dtype=np.int64))
    return unique[unique < count]
