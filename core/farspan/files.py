"""Opening what is read: every fault of the file system becomes an error with a remedy. Writing is in `aside`."""

from __future__ import annotations

import codecs
import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Final, Self, cast

from farspan.aside import output_error, written_aside
from farspan.encodings import SAMPLE, NotText, find_encoding, undecodable
from farspan.errors import InputError, Place, place

__all__ = [
    "LONGEST",
    "InputFile",
    "NotText",
    "StrPath",
    "TextFile",
    "input_error",
    "open_text",
    "output_error",
    "read_bytes",
    "read_text",
    "walk_inputs",
    "written_aside",
]

StrPath = str | PathLike[str]

LONGEST: Final = 2**31 - 1  # code points of a text; offsets are int32
_CHUNK: Final = 1 << 20
_WHY: Final = {
    errno.ENOENT: ("there is no such file or folder", "check the name"),
    errno.EACCES: ("it may not be read", "change its permissions"),
    errno.EPERM: ("it may not be read", "change its permissions"),
    errno.EISDIR: ("it is a folder", "give a file"),
    errno.ENOTDIR: ("part of the path is not a folder", "check the path"),
    errno.ENAMETOOLONG: ("the name is too long", "check the name"),
    errno.ELOOP: ("its symbolic links lead in a circle", "give the file itself"),
}


def input_error(path: StrPath, error: OSError) -> InputError:
    """`error`, met when reading `path`, as an error that a person can use."""
    what, remedy = _WHY.get(error.errno or 0, (f"it cannot be read: {error.strerror or error}", ""))
    return InputError(what, where=place(path), remedy=remedy)


def read_bytes(path: StrPath) -> bytes:
    """All bytes of the file `path`; ``-`` is standard input. Raises InputError."""
    try:
        return _standard_input().read() if fspath(path) == "-" else Path(path).read_bytes()
    except OSError as error:
        raise input_error(path, error) from error
    except ValueError as error:  # a NUL in the path
        raise InputError(f"this is no file name: {error}", where=place(path)) from error


def read_text(path: StrPath, encoding: str | None = None) -> str:
    """The whole text of the file `path`, without a byte order mark, line ends kept. Raises InputError."""
    with open_text(path, encoding) as file:
        return file.text()


class TextFile:
    """An opened text: its encoding is known, and it is read once, either whole (`text`) or line by line (`lines`).

    path: as given, ``<stdin>`` for standard input. encoding: the codec. bom: whether a byte order mark stood before the text.
    guessed: whether the encoding was guessed. bytes_read: how far reading has come. size: in bytes; None if not known.
    head: the first bytes, at most `encodings.SAMPLE`, after the byte order mark.
    """

    def __init__(self, path: str, stream: IO[bytes], encoding: str | None, size: int | None) -> None:
        self.path = path
        self.size = size
        self._stream = stream
        head = self._read(SAMPLE)
        found = find_encoding(head, Place(path), given=encoding, whole=len(head) < SAMPLE)
        self.encoding = found.name
        self.bom = bool(found.bom)
        self.guessed = found.guessed
        self._begin = self.bytes_read = len(found.bom)
        self.head = head[len(found.bom) :]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.path != "<stdin>":
            self._stream.close()

    @property
    def meta(self) -> dict[str, object]:
        """What documents say of where they came from."""
        return {"path": self.path, "encoding": self.encoding, "bom": self.bom}

    def peek(self) -> str:
        """The text of the first 64 KiB, up to the last line that is whole there; nothing is consumed."""
        text = codecs.getincrementaldecoder(self.encoding)("replace").decode(self.head[: 64 << 10])
        cut = text.rfind("\n")
        return text if cut < 0 or len(self.head) <= 64 << 10 else text[: cut + 1]

    def text(self) -> str:
        """All of the text. Raises InputError where it is not text in the encoding."""
        return "".join(self._pieces())

    def lines(self) -> Iterator[str]:
        r"""The lines, split at ``\n`` alone and without it; a last line without its end counts. Raises InputError."""
        pending: list[str] = []
        for piece in self._pieces():
            first, *rest = piece.split("\n")
            pending.append(first)
            if rest:
                yield "".join(pending)
                yield from rest[:-1]
                pending = [rest[-1]]
        last = "".join(pending)
        if last:
            yield last

    def _pieces(self) -> Iterator[str]:
        """The text in pieces of about a mebibyte."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        line = 1
        for chunk in self._chunks():
            try:
                piece = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                # The decoder puts the bytes it held back before the chunk: count the offset from the chunk's end.
                offset = self.bytes_read - len(error.object) + error.start
                line += error.object[: error.start].decode(self.encoding, "replace").count("\n")
                fault = error.object[error.start : error.start + 1]
                raise undecodable(self.path, self.encoding, line, offset, fault) from error
            except UnicodeError as error:  # some codecs cannot say where
                raise InputError(f"this is not {self.encoding} text: {error}", where=Place(self.path, line)) from error
            if "\0" in piece:
                line += piece.count("\n", 0, piece.index("\0"))
                raise NotText(
                    "a NUL character stands here", where=Place(self.path, line), remedy="give a text file, or take it out"
                )
            line += piece.count("\n")
            yield piece

    def _chunks(self) -> Iterator[bytes]:
        """The bytes after the mark; an empty chunk is the end."""
        for begin in range(0, len(self.head), _CHUNK):
            chunk = self.head[begin : begin + _CHUNK]
            self.bytes_read += len(chunk)
            yield chunk
        more = self._begin + len(self.head) >= SAMPLE
        while more:
            chunk = self._read(_CHUNK)
            self.bytes_read += len(chunk)
            more = bool(chunk)
            if chunk:
                yield chunk
        yield b""

    def _read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except OSError as error:
            raise input_error(self.path, error) from error


def open_text(path: StrPath, encoding: str | None = None) -> TextFile:
    """The text file `path` (``-``: standard input), ready to be read, as a context manager.

    `encoding` overrides what is found out by looking at it. Raises InputError (NotText if it is binary) and OptionError.
    """
    name = fspath(path)
    stream: IO[bytes]
    try:
        stream = _standard_input() if name == "-" else Path(path).open("rb")  # noqa: SIM115  (closed by TextFile)
        size = None if name == "-" else os.fstat(stream.fileno()).st_size
    except OSError as error:
        raise input_error(path, error) from error
    except ValueError as error:
        raise InputError(f"this is no file name: {error}", where=place(path)) from error
    try:
        return TextFile(place(path).path, stream, encoding, size)
    except BaseException:
        if name != "-":
            stream.close()
        raise


def _standard_input() -> IO[bytes]:
    if sys.stdin is None:
        raise InputError("there is no standard input", remedy="name a file")
    return cast("IO[bytes]", sys.stdin.buffer)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be read: its path, a name that no other input has, and the folder it was found in (empty if it was named)."""

    path: str
    name: str
    folder: str = ""


def walk_inputs(paths: Iterable[StrPath]) -> list[InputFile]:
    """The files that `paths` mean: files as given, folders walked in the order of their names, hidden files left out.

    Names are the stem of a file, or its path inside the walked folder without the suffix; where two would be equal the later one
    gets its suffix, then a number. Each real folder is entered once, so links that lead in a circle do no harm.
    Raises InputError for what does not exist and for a folder without a file.
    """
    found: list[tuple[str, str, str]] = []
    for given in paths:
        path = fspath(given)
        if path == "-" or not _is_folder(path):
            found.append((path, "stdin" if path == "-" else Path(path).name, ""))
            continue
        inside = [(file, name, path) for file, name in _walk(path, "", set())]
        if not inside:
            raise InputError("the folder holds no file to read", where=place(path), remedy="give a folder with text files")
        found += inside
    return _named(found)


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116  (Path.stat would hide nothing, but a NUL raises here too)
    except OSError as error:
        raise input_error(path, error) from error
    except ValueError as error:
        raise InputError(f"this is no file name: {error}", where=place(path)) from error


def _walk(folder: str, prefix: str, entered: set[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Every file below `folder` and its path inside, with slashes."""
    try:
        known = Path(folder).stat()
        if (known.st_dev, known.st_ino) in entered:
            return
        entered.add((known.st_dev, known.st_ino))
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        raise input_error(folder, error) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry.path, f"{prefix}{entry.name}/", entered)
        elif entry.is_file():
            yield entry.path, prefix + entry.name


def _named(found: list[tuple[str, str, str]]) -> list[InputFile]:
    taken: set[str] = set()
    files = []
    for path, shown, folder in found:
        full = os.fsencode(shown).decode("utf-8", "replace")  # a name that is not UTF-8 could not be written again
        stem = full.rsplit("/", 1)
        stem[-1] = Path(stem[-1]).stem
        name = "/".join(stem)
        if name in taken:
            name = full
        number = 2
        while name in taken:
            name = f"{full}-{number}"
            number += 1
        taken.add(name)
        files.append(InputFile(path, name, folder))
    return files
