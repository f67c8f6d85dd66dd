"""What the writers of annotation formats share: which spans they write, and what of them goes unsaid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import TracebackType
from typing import IO, Any, Final, Self

import orjson

from farspan.errors import OutputError
from farspan.formats.loss import Loss
from farspan.model import Document, Relation, Span

WRITTEN: Final = ("kept", "nested", "gold")
# What meta says of the file that a document was read from, and of its format: no loss in another.
ORIGIN: Final = frozenset({"path", "encoding", "bom", "format", "docstart"})


class SpanWriter:
    """Chooses what is written of documents. kinds: the kinds of spans that are written, the rest is counted."""

    def __init__(self, *, kinds: Collection[str] = WRITTEN) -> None:
        self.loss = Loss()
        self._kinds = kinds

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.finish()

    @property
    def beside(self) -> dict[str, bytes]:
        """Further files that the tool needs, by name (``*``: the stem of the output's name); whole when the block has ended."""
        return {}

    def finish(self) -> None:
        """Write what stands at the end of the file."""

    def _chosen(self, document: Document) -> dict[int, Span]:
        """The spans of `document` that are to be written, by index; the others are counted by their kind."""
        chosen: dict[int, Span] = {}
        for index, span in enumerate(document.spans):
            if span.kind in self._kinds:
                chosen[index] = span
            else:
                self.loss.add(span.kind, shown(document, span))
        return chosen

    def _held(self, document: Document, spans: Collection[int], *, ids: bool = False) -> Iterator[tuple[int, Relation]]:
        """The relations between the written spans, numbered; the others are counted, and so are sources and, unless kept, ids."""
        for number, relation in enumerate(document.relations):
            what = f"{document.id}: {relation.relation} of {relation.subject} and {relation.object}"
            if relation.subject not in spans or relation.object not in spans:
                self.loss.add("relations", f"{what}, which are not both written")
                continue
            if not ids and (relation.subject_id is not None or relation.object_id is not None):
                self.loss.add("ids", what)
            if relation.source:
                self.loss.add("sources", f"{what}: {relation.source}")
            yield number, relation


class StreamWriter(SpanWriter):
    """Writes documents to a binary stream, which stays open."""

    def __init__(self, stream: IO[bytes], *, kinds: Collection[str] = WRITTEN) -> None:
        super().__init__(kinds=kinds)
        self._stream = stream

    def _dump(self, document: Document, record: Mapping[str, Any]) -> None:
        """Write `record` as a line of JSON."""
        self._stream.write(dumped(document, record) + b"\n")

    def _put(self, document: Document, text: str) -> None:
        """Write `text`, which belongs to `document`. Raises OutputError for half surrogates."""
        self._stream.write(encoded(document, text))


class ListWriter(StreamWriter):
    """Writes one JSON list, an item a line."""

    def __init__(self, stream: IO[bytes], *, kinds: Collection[str] = WRITTEN) -> None:
        super().__init__(stream, kinds=kinds)
        self._is_begun = False

    def _item(self, document: Document, record: Mapping[str, Any]) -> None:
        """Write `record` as the next item."""
        self._stream.write((b",\n" if self._is_begun else b"[\n") + dumped(document, record))
        self._is_begun = True

    def finish(self) -> None:
        """Write the end of the list."""
        self._stream.write(b"\n]\n" if self._is_begun else b"[]\n")


def count_unsaid(loss: Loss, document: Document, spans: Iterable[Span], keeps: Collection[str] = ()) -> None:
    """Count in `loss` what the format does not say of `document` and its written `spans`; `keeps` names what it does.

    Of spans ``ids``, ``scores``, ``sources`` (the list that proposed a span and the name as it stands there) and, where there
    are several, ``kinds``; of the document ``tokens`` and ``meta`` (or single keys of it).
    """
    spans = list(spans)
    kinds = Counter(span.kind for span in spans)
    if len(kinds) > 1 and "kinds" not in keeps:
        loss.add("kinds", f"{document.id}: {', '.join(kinds)}", kinds.total() - max(kinds.values()))
    if document.tokens is not None and "tokens" not in keeps:
        loss.add("tokens", document.id)
    unsaid = document.meta.keys() - ORIGIN - set(keeps)
    if unsaid and "meta" not in keeps:
        loss.add("meta", f"{document.id}: {', '.join(sorted(unsaid))}")
    for span in spans:
        if span.ids and "ids" not in keeps:
            loss.add("ids", f"{shown(document, span)}: {', '.join(span.ids)}")
        if span.score not in {None, 1.0} and "scores" not in keeps:
            loss.add("scores", f"{shown(document, span)}: {span.score}")
        if (span.source or span.name) and "sources" not in keeps:
            loss.add("sources", f"{shown(document, span)}: {span.source} {span.name}")


def encoded(document: Document, text: str) -> bytes:
    """`text`, which belongs to `document`, in UTF-8. Raises OutputError for half surrogates."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise OutputError(
            f"document {document.id!r} holds half of a surrogate pair, which no file can hold", remedy="repair the text"
        ) from error


def dumped(document: Document, record: Any) -> bytes:
    """`record` as JSON. Raises OutputError for what JSON cannot hold."""
    try:
        return orjson.dumps(record, option=orjson.OPT_SERIALIZE_NUMPY)
    except TypeError as error:
        raise OutputError(
            f"document {document.id!r} cannot be written as JSON: {error}",
            remedy="its text, names and meta must be plain Unicode",
        ) from error


def shown(document: Document, span: Span) -> str:
    """A span as loss reports show it."""
    return f"{document.id}:{span.start}-{span.end} {span.label} {document.text[span.start : span.end][:60]!r}"
