"""The formats Farspan reads and writes: one table, and the functions that the commands use.

for document in read_documents(["corpus/"]):
    ...

print(write_documents(documents, "out.conll").counts)

A format is one row of `table` and one module (a reader, and perhaps NAME_writer); `detect` tells which one a file is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from pathlib import PurePath
from typing import Any, Final

from farspan.errors import OptionError, place
from farspan.files import InputFile, StrPath, TextFile, open_input, walk_into_archives
from farspan.formats.detect import HEAD, detect_bytes, detect_text
from farspan.formats.format import Format, Writer
from farspan.formats.loss import Loss, ReadReport
from farspan.formats.reading import Reading
from farspan.formats.table import TABLE
from farspan.formats.writing import Target, fitted, open_target, write_companions
from farspan.model import Document
from farspan.unpacking import Limits, bare_name

__all__ = [
    "FORMATS",
    "Format",
    "Loss",
    "ReadReport",
    "Writer",
    "format_for_output",
    "format_of_input",
    "format_of_suffix",
    "named_format",
    "open_target",
    "read_documents",
    "write_companions",
    "write_documents",
    "writer_for",
]

FORMATS: Final[Mapping[str, Format]] = {item.name: item for item in TABLE}
_BY_NAME: Final[Mapping[str, Format]] = {name: item for item in TABLE for name in (item.name, *item.aliases)}


def read_documents(
    paths: Iterable[StrPath],
    *,
    input_format: str = "auto",
    encoding: str | None = None,
    report: ReadReport | None = None,
    limits: Limits | None = None,
    tolerant: bool = False,
    **options: Any,
) -> Iterator[Document]:
    """The documents in `paths` (files, folders, archives, ``-``), one by one, uncompressed where they are compressed.

    `input_format` names a format of `FORMATS`, or ``auto``: by suffix and content, see `detect`. `options` go to the readers that
    take them. `report` collects what was put right. `tolerant`: read on behind an input with a fault. `limits` bound what
    compressed data may expand to. A file in which no document has anything but white space is an error; in a walked folder or
    archive it is passed over, as binary files are, unless nothing else is there.
    Raises InputError and OptionError.
    """
    _check(options, {name for item in TABLE for name in item.read_options}, "reader")
    known = None if input_format == "auto" else named_format(input_format)
    if known is not None and known.read is None:
        raise OptionError(f"{input_format} can be written but not read", remedy=f"choose one of: {_names(reads=True)}")
    limits = limits or Limits.of_environment()
    reading = Reading(FORMATS, known, encoding, report or ReadReport(), options, limits, tolerant)
    return reading.documents(walk_into_archives(paths, limits))


def format_of_input(path: StrPath) -> str:
    """The name of the format that the file `path` is in, by its suffix and content. Raises InputError, also for archives."""
    with open_input(InputFile(str(path), "")) as stream:
        found = detect_bytes(str(path), stream.peek(HEAD))
        if found is not None:
            return found
        file = TextFile(stream.path, stream, None, stream.size)
        return detect_text(file, lambda suffix: stream.source.beside(PurePath(path).stem + suffix) is not None)


def writer_for(format: str, target: Target, **options: Any) -> Writer:
    """A writer of `format` on `target`, a binary stream or what `open_target` gives; options that are None take their defaults.

    Raises OptionError.
    """
    chosen = named_format(format)
    if chosen.write is None:
        raise OptionError(f"{format} can be read but not written", remedy=f"choose one of: {_names(reads=False)}")
    given = {name: value for name, value in options.items() if value is not None}
    _check(given, set(chosen.write_options), f"format {format}")
    return fitted(chosen, target, partial(chosen.write, **given))


def write_documents(documents: Iterable[Document], path: StrPath, format: str | None = None, **options: Any) -> Loss:
    """What the format could not hold of `documents`, which then stand in `path`, whole.

    format: by default what the suffix of `path` says. options: those of the format, such as ``scheme``.
    Raises OptionError, OutputError.

    >>> import farspan
    >>> found = farspan.annotate("Ada met Charles.", {"PER": ["Ada"]})
    >>> dict(farspan.write_documents(found, "letter.jsonl").counts)
    {}
    >>> [document] = farspan.read_documents(["letter.jsonl"])
    >>> document.text, [(span.label, span.name) for span in document.spans]
    ('Ada met Charles.', [('PER', 'Ada')])
    """
    chosen = FORMATS[format_for_output(path, format)]
    with open_target(str(path), chosen) as target, writer_for(chosen.name, target, **options) as writer:
        for document in documents:
            writer.write(document)
    write_companions(str(path), writer)
    return writer.loss


def format_of_suffix(path: StrPath) -> str | None:
    """The name of the format that the suffix of `path` says to write, ``.gz`` and ``.zip`` left out of account; None if none.

    A name in .txt says nothing: plain text would lose every label.
    """
    name = bare_name(str(path))
    lowered = name.lower().removesuffix(".zip")
    fitting = [
        (-len(end), item.name)
        for item in TABLE
        if item.write is not None and item.name != "text"
        for end in item.suffixes
        if lowered.endswith(end)
    ]
    return min(fitting, key=itemgetter(0))[1] if fitting else None


def format_for_output(path: StrPath, format: str | None = None) -> str:
    """The name of the format to write `path` in: `format` if given, else what the suffix says. Raises OptionError."""
    found = named_format(format).name if format is not None else format_of_suffix(path)
    if found is None:
        raise OptionError(
            f"no format is known by the name of {place(path)}", remedy=f"say --format with one of: {_names(reads=False)}"
        )
    return found


def named_format(name: str) -> Format:
    """The format called `name`. Raises OptionError."""
    if name not in _BY_NAME:
        raise OptionError(f"no format is called {name!r}", remedy=f"choose one of: {', '.join(FORMATS)}")
    return _BY_NAME[name]


def _names(*, reads: bool) -> str:
    return ", ".join(item.name for item in TABLE if (item.read if reads else item.write) is not None)


def _check(options: Mapping[str, Any], known: set[str], taker: str) -> None:
    for name in options:
        if name not in known:
            choice = f"it takes: {', '.join(sorted(known))}" if known else "it takes none"
            raise OptionError(f"the {taker} has no option {name}", remedy=choice)
