"""What the writers of annotation formats share: which spans they write, and what of them goes unsaid."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from types import TracebackType
from typing import IO, Final, Self

from farspan.errors import OutputError
from farspan.formats.loss import Loss
from farspan.model import Document, Span

WRITTEN: Final = ("kept", "nested", "gold")
_ORIGIN: Final = frozenset({"path", "encoding", "bom"})  # of the file a document was read from; no loss in another


class StreamWriter:
    """Writes documents to a binary stream, which stays open. kinds: the kinds of spans that are written, the rest is counted."""

    def __init__(self, stream: IO[bytes], *, kinds: Collection[str] = WRITTEN) -> None:
        self.loss = Loss()
        self._stream = stream
        self._kinds = kinds

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.finish()

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

    def _put(self, document: Document, text: str) -> None:
        """Write `text`, which belongs to `document`. Raises OutputError for half surrogates."""
        try:
            data = text.encode()
        except UnicodeEncodeError as error:
            raise OutputError(
                f"document {document.id!r} holds half of a surrogate pair, which no file can hold", remedy="repair the text"
            ) from error
        self._stream.write(data)


def count_unsaid(loss: Loss, document: Document, spans: Iterable[Span], keeps: Collection[str] = ()) -> None:
    """Count in `loss` what the format does not say of `document` and its written `spans`; `keeps` names what it does.

    Of spans ``ids``, ``scores`` and ``sources`` (the list that proposed a span and the name as it stands there); of the
    document ``tokens`` and ``meta`` (or single keys of it).
    """
    if document.tokens is not None and "tokens" not in keeps:
        loss.add("tokens", document.id)
    unsaid = document.meta.keys() - _ORIGIN - set(keeps)
    if unsaid and "meta" not in keeps:
        loss.add("meta", f"{document.id}: {', '.join(sorted(unsaid))}")
    for span in spans:
        if span.ids and "ids" not in keeps:
            loss.add("ids", f"{shown(document, span)}: {', '.join(span.ids)}")
        if span.score not in {None, 1.0} and "scores" not in keeps:
            loss.add("scores", f"{shown(document, span)}: {span.score}")
        if (span.source or span.name) and "sources" not in keeps:
            loss.add("sources", f"{shown(document, span)}: {span.source} {span.name}")


def shown(document: Document, span: Span) -> str:
    """A span as loss reports show it."""
    return f"{document.id}:{span.start}-{span.end} {span.label} {document.text[span.start : span.end][:60]!r}"
