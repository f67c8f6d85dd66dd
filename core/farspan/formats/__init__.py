"""The formats Farspan reads and writes: one table, and the two functions that the commands use.

for document in read_documents(["corpus/"]):
    ...

with written_aside("out.conll") as stream, writer_for("conll", stream) as writer:
    for document in documents:
        writer.write(document)
print(writer.loss.counts)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from types import TracebackType
from typing import IO, Any, Final, Protocol, Self

from farspan.encodings import NotText
from farspan.errors import InputError, OptionError, place
from farspan.files import InputFile, StrPath, TextFile, open_text, walk_inputs
from farspan.formats.detect import SUFFIXES, detect_format
from farspan.formats.loss import Loss, ReadReport
from farspan.model import Document

__all__ = ["FORMATS", "Format", "Loss", "ReadReport", "Writer", "format_for_output", "read_documents", "writer_for"]


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

    read(file, name, report, **options) yields documents; write(stream, **options) makes a Writer; None where there is none.
    read_options and write_options name the options each of the two takes.
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


def _later(module: str, name: str) -> Callable[..., Any]:
    """The function `name` of a format's module, imported when it is first called."""

    def call(*args: Any, **options: Any) -> Any:
        return getattr(import_module(f"farspan.formats.{module}"), name)(*args, **options)

    return call


_FLAT: Final = ("nested", "overlapping", "borders", "ids", "scores", "relations", "text", "columns", "documents")

_TABLE: Final = (
    Format("text", SUFFIXES["text"], "code point", (), "plain text, one document a file", read=_later("text", "read_text")),
    Format(
        "jsonl",
        SUFFIXES["jsonl"],
        "code point",
        (),
        "JSON, one document a line: the lossless form",
        read=_later("jsonl", "read_jsonl"),
        write=_later("jsonl_writer", "JsonlWriter"),
        write_options=("columns",),
    ),
    Format(
        "conll",
        SUFFIXES["conll"],
        "token",
        _FLAT,
        "one token a line and its tag, TOKEN<TAB>TAG; any columns are read",
        read=_later("conll", "read_conll"),
        write=_later("conll_writer", "ConllWriter"),
        read_options=("separator", "token_column", "tag_column"),
        write_options=("scheme", "docstart", "kinds"),
    ),
    Format(
        "conll2003",
        (".conll2003",),
        "token",
        _FLAT,
        "word, part of speech, chunk and tag with spaces between, as of the CoNLL-2003 task",
        read=_later("conll", "read_conll"),
        write=_later("conll_writer", "Conll2003Writer"),
        read_options=("separator", "token_column", "tag_column"),
        write_options=("scheme", "docstart", "kinds"),
    ),
    Format(
        "pubtator",
        (".pubtator",),
        "code point",
        ("kinds", "scores", "sources", "text", "tokens", "meta", "relations"),
        "title, abstract, mentions with ids and relations between entities",
        read=_later("pubtator", "read_pubtator"),
        write=_later("pubtator_writer", "PubtatorWriter"),
        write_options=("kinds",),
    ),
)

FORMATS: Final[Mapping[str, Format]] = {item.name: item for item in _TABLE}


def read_documents(
    paths: Iterable[StrPath],
    *,
    input_format: str = "auto",
    encoding: str | None = None,
    report: ReadReport | None = None,
    **options: Any,
) -> Iterator[Document]:
    """The documents in `paths` (files, folders, ``-``), one by one; no file but plain text is ever held whole.

    `input_format` names a format of `FORMATS`, or ``auto``: by suffix and content, see `detect.detect_format`. `options` go to
    the readers that take them. `report` collects what was put right. A file in which no document has anything but white space
    is an error; in a walked folder it is passed over, as binary files are, unless nothing else is there.
    Raises InputError and OptionError.
    """
    _check(options, {name for item in _TABLE for name in item.read_options}, "reader")
    known = None if input_format == "auto" else _format(input_format)
    if known is not None and known.read is None:
        raise OptionError(f"{input_format} can be written but not read", remedy=f"choose one of: {_names(reads=True)}")
    return _read_all(walk_inputs(paths), known, encoding, report or ReadReport(), options)


def _read_all(
    inputs: list[InputFile], known: Format | None, encoding: str | None, report: ReadReport, options: Mapping[str, Any]
) -> Iterator[Document]:
    empty: dict[str, bool] = {}
    for source in inputs:
        try:
            for document in _read_one(source, known, encoding, report, options):
                empty[source.folder] = False
                yield document
        except NotText as error:
            if not source.folder:
                raise
            empty.setdefault(source.folder, True)
            report.add("skipped", place(source.path), f"passed over: {error.what}")
    for folder, is_empty in empty.items():
        if is_empty:
            raise InputError("the folder holds no text", where=place(folder), remedy="give a folder with text files")


def _read_one(
    source: InputFile, known: Format | None, encoding: str | None, report: ReadReport, options: Mapping[str, Any]
) -> Iterator[Document]:
    with open_text(source.path, encoding) as file:
        if file.guessed:
            report.add(
                "encoding",
                place(source.path),
                f"not UTF-8; read as {file.encoding}, name another with --encoding if that is wrong",
            )
        chosen = known or FORMATS[detect_format(source.path, file.peek())]
        assert chosen.read is not None  # noqa: S101  (only readable formats are detected)
        taken = {name: value for name, value in options.items() if name in chosen.read_options}
        yield from _with_text(file, chosen.read(file, source.name, report, **taken))


def _with_text(file: TextFile, documents: Iterator[Document]) -> Iterator[Document]:
    """The documents, if one of them holds more than white space. Raises NotText if none does."""
    held: list[Document] = []
    for document in documents:
        held.append(document)
        if not document.text.isspace() and document.text:
            break
    else:
        raise NotText("the file holds no text", where=place(file.path), remedy="give a file with text in it")
    yield from held
    yield from documents


def writer_for(format: str, stream: IO[bytes], **options: Any) -> Writer:
    """A writer of `format` on the binary `stream`; options that are None take their defaults. Raises OptionError."""
    chosen = _format(format)
    if chosen.write is None:
        raise OptionError(f"{format} can be read but not written", remedy=f"choose one of: {_names(reads=False)}")
    given = {name: value for name, value in options.items() if value is not None}
    _check(given, set(chosen.write_options), f"format {format}")
    return chosen.write(stream, **given)


def format_for_output(path: StrPath, format: str | None = None) -> str:
    """The name of the format to write `path` in: `format` if given, else what the suffix says. Raises OptionError."""
    if format is not None:
        return _format(format).name
    suffix = PurePath(path).suffix.lower()
    for item in _TABLE:
        if item.write is not None and suffix in item.suffixes:
            return item.name
    raise OptionError(
        f"no format is known by the name of {place(path)}", remedy=f"say --format with one of: {_names(reads=False)}"
    )


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise OptionError(f"no format is called {name!r}", remedy=f"choose one of: {', '.join(FORMATS)}")
    return FORMATS[name]


def _names(*, reads: bool) -> str:
    return ", ".join(item.name for item in _TABLE if (item.read if reads else item.write) is not None)


def _check(options: Mapping[str, Any], known: set[str], taker: str) -> None:
    for name in options:
        if name not in known:
            choice = f"it takes: {', '.join(sorted(known))}" if known else "it takes none"
            raise OptionError(f"the {taker} has no option {name}", remedy=choice)
