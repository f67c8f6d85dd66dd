"""Where documents are written to: one stream, or one file a document in a folder or an archive."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from farspan.aside import written_aside
from farspan.errors import OutputError, place
from farspan.filesets import FileSet, ZipFiles, open_fileset
from farspan.formats.format import Format, Writer
from farspan.formats.loss import EXAMPLES, Loss
from farspan.model import Document
from farspan.unpacking import bare_name

Target = IO[bytes] | FileSet


def is_for_files(path: str, format: Format) -> bool:
    """Whether `path` means a folder or an archive, with one file (or pair) a document: ``dir/``, ``x.zip``, an existing folder.

    A name without a suffix is a folder where the format needs several files.
    """
    if path == "-":
        return False
    several = format.content == "pair" and not Path(path).suffix
    return path.lower().endswith(".zip") or path.endswith(("/", "\\")) or Path(path).is_dir() or several


@contextmanager
def open_target(path: str, format: Format) -> Iterator[Target]:
    """What to give to `writer_for` so that `path` is there, whole, when the block has ended well. Raises OutputError."""
    if is_for_files(path, format):
        with open_fileset(path) as files:
            yield files
    elif format.content == "pair" and path != "-":
        raise OutputError(
            f"{format.name} writes several files", where=place(path), remedy=f"give a folder ({path}/) or an archive ({path}.zip)"
        )
    else:
        with written_aside(path) as stream:
            yield stream


def write_companions(path: str, writer: Writer) -> list[str]:
    """The further files that a writer which has ended wants beside its output `path`, written; none beside ``-`` or in folders.

    Raises OutputError.
    """
    wanted: dict[str, bytes] = {} if path == "-" else getattr(writer, "beside", {})
    written = []
    for name, data in wanted.items():
        beside = Path(path).parent / name.replace("*", _stem(path))
        with written_aside(beside) as stream:
            stream.write(data)
        written.append(str(beside))
    return written


def _stem(path: str) -> str:
    return Path(bare_name(Path(path).name)).stem


def fitted(format: Format, target: Target, make: Callable[..., Writer]) -> Writer:
    """A writer of `format` on `target`; make(target) makes the format's own, as often as one is needed."""
    if isinstance(target, FileSet):
        return make(target) if format.content == "pair" else _ManyFiles(format, target, make)
    if format.content == "pair":
        return _Zipping(ZipFiles(target), make)
    return _OneFile(format, make(target)) if format.single else make(target)


class _Wrapper:
    """What the writers here have in common: they end as the writer inside does."""

    def __init__(self, inner: Writer) -> None:
        self._inner = inner
        self.loss = inner.loss

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._inner.__exit__(kind, error, trace)

    @property
    def beside(self) -> dict[str, bytes]:
        """Further files that the tool needs, as the writer inside says."""
        found: dict[str, bytes] = getattr(self._inner, "beside", {})
        return found

    def write(self, document: Document) -> None:
        """Write one document."""
        self._inner.write(document)


class _Zipping(_Wrapper):
    """A writer of several files on one stream: a ZIP archive."""

    def __init__(self, files: ZipFiles, make: Callable[..., Writer]) -> None:
        super().__init__(make(files))
        self._files = files

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        super().__exit__(kind, error, trace)
        if kind is None:
            self._files.finish()


class _OneFile(_Wrapper):
    """A writer of a format whose files hold one document."""

    def __init__(self, format: Format, inner: Writer) -> None:
        super().__init__(inner)
        self._format = format
        self._has_one = False

    def write(self, document: Document) -> None:
        """Write the one document. Raises OutputError for a second."""
        if self._has_one:
            raise OutputError(
                f"a file of the format {self._format.name} holds one document, and {document.id!r} is the second",
                remedy="give a folder (NAME/) or an archive (NAME.zip), which get one file a document",
            )
        self._has_one = True
        super().write(document)


class _ManyFiles:
    """A file of its own for each document."""

    def __init__(self, format: Format, files: FileSet, make: Callable[..., Writer]) -> None:
        self.loss = Loss()
        self._suffix = format.suffixes[0]
        self._files = files
        self._make = make
        self._beside: dict[str, bytes] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            for name, data in self._beside.items():
                self._files.add(name, data)

    def write(self, document: Document) -> None:
        """Write one document to its file. Raises OutputError."""
        stem = self._files.stem(document.id)
        name = stem + self._suffix
        stream = io.BytesIO()
        with self._make(stream) as writer:
            writer.write(document)
        self._files.add(name, stream.getvalue())
        for beside, data in getattr(writer, "beside", {}).items():
            if "*" in beside:  # what is about this document alone
                self._files.add(beside.replace("*", name.removesuffix(Path(name).suffix)), data)
            else:
                self._beside[beside] = data
        for kind, count in writer.loss.counts.items():
            self.loss.add(kind, "", count)
        for kind, examples in writer.loss.examples.items():
            shown = self.loss.examples.setdefault(kind, [])
            shown += examples[: EXAMPLES - len(shown)]
