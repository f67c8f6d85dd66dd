"""Opening what is read: every fault of the file system becomes an error with a remedy. Writing is in `aside`."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Iterator
from os import fspath
from pathlib import Path
from typing import IO, Final, Self, cast

from farspan.aside import output_error, written_aside
from farspan.encodings import SAMPLE, NotText, find_encoding, undecodable
from farspan.errors import InputError, Place, place
from farspan.inputs import InputFile, StrPath, input_error, walk_inputs, walk_into_archives
from farspan.unpacking import Limits, Unpacked, compression_of

__all__ = [
    "LONGEST",
    "ByteStream",
    "BytesFile",
    "InputFile",
    "NotText",
    "StrPath",
    "TextFile",
    "input_error",
    "is_same_file",
    "open_input",
    "open_text",
    "output_error",
    "read_bytes",
    "read_text",
    "walk_inputs",
    "walk_into_archives",
    "written_aside",
]

LONGEST: Final = 2**31 - 1  # code points of a text; offsets are int32
_CHUNK: Final = 1 << 20


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


class ByteStream:
    """The bytes of an input, uncompressed; reads give as many bytes as they are asked for until the end. Raises InputError.

    path: as shown in messages, ``<stdin>`` for standard input. size: of the file on disk; None if not known.
    """

    def __init__(self, source: InputFile, inner: IO[bytes], size: int | None = None, limits: Limits | None = None) -> None:
        self.source = source
        self.path = place(source.path).path
        self.size = size
        self._inner = inner
        self._head = b""
        kind = compression_of(self.peek(16))
        if kind is not None:
            head, self._head = self._head, b""
            packed = cast("IO[bytes]", _Chained(head, inner))
            limits = limits or Limits.of_environment()
            self._inner = io.BufferedReader(Unpacked(packed, self.path, kind, limits), _CHUNK)
            self.size = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what was opened; standard input stays open."""
        if self.path != "<stdin>":
            self._inner.close()

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, fewer only before the end; nothing is consumed."""
        if len(self._head) < size:
            self._head += self._filled(size - len(self._head))
        return self._head[:size]

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes, fewer only at the end; all that are left without a size."""
        if size < 0:
            head, self._head = self._head, b""
            return head + b"".join(iter(lambda: self._filled(_CHUNK), b""))
        head, self._head = self._head[:size], self._head[size:]
        return head + self._filled(size - len(head)) if len(head) < size else head

    def _filled(self, size: int) -> bytes:
        try:
            return self._inner.read(size)
        except OSError as error:
            raise input_error(self.path, error) from error

    def beside(self, name: str) -> bytes | None:
        """All bytes of the file `name` in the same folder or archive; None if there is none. Raises InputError."""
        found = self.source.beside(name)
        if found is None:
            return None
        with open_input(found) as stream:
            return stream.read()


class _Chained(io.RawIOBase):
    """`head`, and then what `inner` has."""

    def __init__(self, head: bytes, inner: IO[bytes]) -> None:
        self._head = head
        self._inner = inner

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`."""
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        return self._inner.read(size)

    def close(self) -> None:
        self._inner.close()
        super().close()


class BytesFile:
    """An opened input that is no text: `stream` gives its bytes; `beside` those of another file in the same folder or archive."""

    def __init__(self, path: str, stream: IO[bytes] | ByteStream, size: int | None = None) -> None:
        self.path = path
        self.stream = stream if isinstance(stream, ByteStream) else ByteStream(InputFile(path, ""), stream, size)

    def content(self) -> bytes:
        """All of it."""
        return self.stream.read()

    def beside(self, name: str) -> bytes | None:
        """All bytes of the file `name` in the same folder or archive; None if there is none. Raises InputError."""
        return self.stream.beside(name)

    @property
    def meta(self) -> dict[str, object]:
        """What documents say of where they came from."""
        return {"path": self.path}


class TextFile:
    """An opened text: its encoding is known, and it is read once, either whole (`text`) or line by line (`lines`).

    path: as given, ``<stdin>`` for standard input. encoding: the codec. bom: whether a byte order mark stood before the text.
    guessed: whether the encoding was guessed. bytes_read: how far reading has come. size: in bytes; None if not known.
    head: the first bytes, at most `encodings.SAMPLE`, after the byte order mark.
    """

    def __init__(self, path: str, stream: IO[bytes] | ByteStream, encoding: str | None = None, size: int | None = None) -> None:
        self.path = path
        self.size = size
        self._stream = stream if isinstance(stream, ByteStream) else ByteStream(InputFile(path, ""), stream, size)
        head = self._stream.read(SAMPLE)
        found = find_encoding(head, Place(self.path), given=encoding, whole=len(head) < SAMPLE)
        self.encoding = found.name
        self.bom = bool(found.bom)
        self.guessed = found.guessed
        self._begin = self.bytes_read = len(found.bom)
        self.head = head[len(found.bom) :]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def beside(self, name: str) -> bytes | None:
        """All bytes of the file `name` in the same folder or archive; None if there is none. Raises InputError."""
        return self._stream.beside(name)

    @property
    def meta(self) -> dict[str, object]:
        """What documents say of where they came from."""
        return {"path": self.path, "encoding": self.encoding, "bom": self.bom}

    def peek(self, size: int = 64 << 10) -> str:
        """The text of the first `size` bytes, of `head` at most, up to the last line that is whole there; nothing is consumed."""
        text = codecs.getincrementaldecoder(self.encoding)("replace").decode(self.head[:size])
        cut = text.rfind("\n")
        return text if cut < 0 or len(self.head) <= size else text[: cut + 1]

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
            chunk = self._stream.read(_CHUNK)
            self.bytes_read += len(chunk)
            more = bool(chunk)
            if chunk:
                yield chunk
        yield b""


def open_text(path: StrPath, encoding: str | None = None) -> TextFile:
    """The text file `path` (``-``: standard input), uncompressed, ready to be read, as a context manager.

    `encoding` overrides what is found out by looking at it. Raises InputError (NotText if it is binary) and OptionError.
    """
    stream = open_input(InputFile(fspath(path), ""))
    try:
        return TextFile(stream.path, stream, encoding, stream.size)
    except BaseException:
        stream.close()
        raise


def open_input(source: InputFile, limits: Limits | None = None) -> ByteStream:
    """The bytes of `source`, uncompressed, as a context manager. Raises InputError."""
    limits = limits or Limits.of_environment()
    if source.archive is not None:
        return ByteStream(source, source.archive.open(source.member), None, limits)
    inner: IO[bytes]
    try:
        inner = _standard_input() if source.path == "-" else Path(source.path).open("rb")  # noqa: SIM115  (closed by ByteStream)
        size = None if source.path == "-" else os.fstat(inner.fileno()).st_size
    except OSError as error:
        raise input_error(source.path, error) from error
    except ValueError as error:
        raise InputError(f"this is no file name: {error}", where=place(source.path)) from error
    return ByteStream(source, inner, size, limits)


def is_same_file(one: StrPath, other: StrPath) -> bool:
    """Whether two names lead to one file, through links too, also where nothing is there yet; ``-`` is no file."""
    if "-" in {fspath(one), fspath(other)}:
        return False
    try:
        return Path(one).samefile(other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)
    except ValueError:  # a NUL
        return False


def _standard_input() -> IO[bytes]:
    if sys.stdin is None:
        raise InputError("there is no standard input", remedy="name a file")
    return cast("IO[bytes]", sys.stdin.buffer)
