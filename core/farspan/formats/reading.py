"""Reading inputs of any format: what each is, uncompressed, its companions with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from farspan.encodings import NotText
from farspan.errors import InputError, place
from farspan.files import BytesFile, ByteStream, InputFile, TextFile, open_input
from farspan.formats.detect import HEAD, detect_bytes, detect_text
from farspan.formats.format import Format
from farspan.formats.loss import ReadReport
from farspan.model import Document
from farspan.unpacking import Limits


@dataclass(frozen=True, slots=True)
class Reading:
    """One pass over inputs. table: all formats by name; known: the format of all inputs, None to look at each.

    tolerant: an input with a fault is left where the fault is, which the report says, and the next one is read.
    """

    table: Mapping[str, Format]
    known: Format | None
    encoding: str | None
    report: ReadReport
    options: Mapping[str, Any]
    limits: Limits
    tolerant: bool = False

    def documents(self, inputs: Iterable[InputFile]) -> Iterator[Document]:
        """The documents of all inputs. Raises InputError."""
        empty: dict[str, bool] = {}
        seen: set[int] = set()
        last: InputFile | None = None
        try:
            for source in self._without_companions(inputs):
                if last is not None and last.archive is not None and last.archive is not source.archive:
                    last.archive.close()
                last = source
                try:
                    for document in self._one(source):
                        empty[source.folder] = False
                        self._look_for_twins(document, source, seen)
                        yield document
                except NotText as error:
                    if not source.folder:
                        raise
                    empty.setdefault(source.folder, True)
                    self.report.add("skipped", place(source.path), f"passed over: {error.what}")
                except InputError as error:
                    if not self.tolerant:
                        raise
                    empty.setdefault(source.folder, False)
                    self.report.add(
                        "faulty", error.where or place(source.path), f"{error.what}; the rest of the file is left out"
                    )
        finally:
            if last is not None and last.archive is not None:
                last.archive.close()
        for folder, is_empty in empty.items():
            if is_empty:
                raise InputError("the folder holds no text", where=place(folder), remedy="give a folder with text files")

    def _look_for_twins(self, document: Document, source: InputFile, seen: set[int]) -> None:
        """Report a document whose id an earlier one has; of millions of ids only the hashes are kept."""
        key = hash(document.id)
        if key in seen:
            what = f"another document is called {document.id!r} too; both are kept, and nothing tells them apart"
            self.report.add("ids", place(source.path), what)
        seen.add(key)

    def _without_companions(self, inputs: Iterable[InputFile]) -> Iterator[InputFile]:
        """The inputs without files that are read with another; ``x.ann`` on its own stands for ``x.txt`` beside it."""
        formats = list(self.table.values()) if self.known is None else [self.known]
        names = {name for item in formats for name in item.companions if not name.startswith(".")}
        suffixes = {name for item in formats for name in item.companions if name.startswith(".")}
        endings = tuple(name for item in formats for name in item.companions if name.startswith("_"))
        for source in inputs:
            path = PurePath(source.path)
            if path.suffix.lower() in suffixes:
                text = source.beside(f"{path.stem}.txt")
                if text is None:
                    what = f"there is no {path.stem}.txt beside it"
                    raise InputError(what, where=place(source.path), remedy="give the text that the annotations are of")
                if not source.folder:
                    yield InputFile(text.path, source.name, "", text.archive, text.member)
            elif not (source.folder and (path.name in names or path.name.endswith(endings))):
                yield source

    def _one(self, source: InputFile) -> Iterator[Document]:
        with open_input(source, self.limits) as stream:
            chosen = self.known
            if chosen is None:
                found = detect_bytes(source.path, stream.peek(HEAD))
                chosen = None if found is None else self._readable(found, source)
            if chosen is not None and chosen.content == "bytes":
                file: TextFile | BytesFile = BytesFile(stream.path, stream, stream.size)
            else:
                file = self._text(stream)
                chosen = chosen or self._readable(self._detected(source, file), source)
            self.report.formats[chosen.name] += 1
            taken = {name: value for name, value in self.options.items() if name in chosen.read_options}
            read = chosen.read
            assert read is not None  # noqa: S101  (only readable formats are chosen)
            yield from _with_text(file.path, read(file, source.name, self.report, **taken))

    def _text(self, stream: ByteStream) -> TextFile:
        file = TextFile(stream.path, stream, self.encoding, stream.size)
        if file.guessed:
            self.report.add(
                "encoding", place(file.path), f"not UTF-8; read as {file.encoding}, name another with --encoding if that is wrong"
            )
        return file

    def _detected(self, source: InputFile, file: TextFile) -> str:
        stem = PurePath(source.path).stem
        return detect_text(file, lambda suffix: source.beside(stem + suffix) is not None)

    def _readable(self, name: str, source: InputFile) -> Format:
        found = self.table.get(name)
        if found is None or found.read is None:
            raise InputError(
                f"there is no reader for {name}", where=place(source.path), remedy="name another with --input-format"
            )
        return found


def _with_text(path: str, documents: Iterator[Document]) -> Iterator[Document]:
    """The documents, if one of them holds more than white space. Raises NotText if none does."""
    held: list[Document] = []
    for document in documents:
        held.append(document)
        if not document.text.isspace() and document.text:
            break
    else:
        raise NotText("the file holds no text", where=place(path), remedy="give a file with text in it")
    yield from held
    yield from documents
