"""What is to be known of a format, and what a writer is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from types import TracebackType
from typing import Any, Literal, Protocol, Self

from farspan.formats.loss import Loss
from farspan.model import Document

Content = Literal["text", "bytes", "pair"]


class Writer(Protocol):
    """Takes documents one by one and writes them to its stream, which stays open; `loss` is whole when the block has ended."""

    loss: Loss

    def write(self, document: Document) -> None:
        """Write one document."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


Reader = Callable[..., Iterator[Document]]
WriterMaker = Callable[..., Writer]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name and suffixes, what its offsets count, what it cannot express, how it is read and written.

    read(file, name, report, **options) yields documents; write(target, **options) makes a Writer; None where there is none.
    read_options and write_options name the options each of the two takes. content says what the two get: ``text``: a TextFile and
    a binary stream; ``bytes``: a BytesFile and a binary stream; ``pair`` (files that belong together): a TextFile of the text,
    its `beside` giving the others, and a FileSet. single: a file holds one document; more go into a folder or an archive.
    companions: names (with a dot first suffixes, with ``_`` first endings) of files that are read with another one and are no
    documents themselves.
    by_tokens: tokens are written, though offsets count something else.
    """

    name: str
    suffixes: tuple[str, ...]
    unit: str
    cannot: tuple[str, ...]
    description: str
    read: Reader | None = None
    write: WriterMaker | None = None
    read_options: tuple[str, ...] = ()
    write_options: tuple[str, ...] = ()
    content: Content = "text"
    aliases: tuple[str, ...] = ()
    single: bool = False
    companions: tuple[str, ...] = ()
    by_tokens: bool = False

    @property
    def needs_tokens(self) -> bool:
        """Whether documents must be tokenised before they can be written."""
        return self.unit == "token" or self.by_tokens


def later(module: str, name: str) -> Callable[..., Any]:
    """The function `name` of a format's module, imported when it is first called."""

    def call(*args: Any, **options: Any) -> Any:
        return getattr(import_module(f"farspan.formats.{module}"), name)(*args, **options)

    return call
