"""Opening what is read and writing aside what is made: every fault of the file system becomes an error with a remedy."""

from __future__ import annotations

import codecs
import errno
import io
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Literal, Self, cast

from farspan.encodings import SAMPLE, NotText, find_encoding, undecodable
from farspan.errors import InputError, OutputError, Place, place

if TYPE_CHECKING:
    from typing_extensions import Buffer

StrPath = str | PathLike[str]

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
        if self._stream is not sys.stdin.buffer:
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


class _Guarded(io.RawIOBase):
    """A raw stream over another one: what goes wrong when writing becomes an OutputError that names the path."""

    def __init__(self, inner: IO[bytes] | io.FileIO, path: str) -> None:
        self._inner = inner
        self._path = path

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        with _output_errors(self._path):
            return self._inner.write(data)

    def sync(self, *, to_disk: bool) -> None:
        with _output_errors(self._path):
            self._inner.flush()
            if to_disk:
                _sync(self._inner.fileno())


def _sync(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some file systems and devices have no such call
            raise


@contextmanager
def _output_errors(path: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # whoever reads us has gone: not a fault of the output
    except OSError as error:
        raise output_error(path, error) from error


_WHY_NOT: Final = {
    errno.ENOENT: ("its folder does not exist", "make the folder first"),
    errno.ENOTDIR: ("part of the path is not a folder", "check the path"),
    errno.EACCES: ("it may not be written", "change the permissions or choose another place"),
    errno.EPERM: ("it may not be written", "change the permissions or choose another place"),
    errno.EROFS: ("the file system is read-only", "choose another place"),
    errno.EISDIR: ("it is a folder", "give the name of a file"),
    errno.ENOSPC: ("the disk is full", "make room or choose another place; nothing was left there"),
    errno.EDQUOT: ("the disk quota is used up", "make room or choose another place; nothing was left there"),
    errno.EFBIG: ("the file would be larger than is allowed here", "choose another place; nothing was left there"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
}


def output_error(path: StrPath, error: OSError) -> OutputError:
    """`error`, met when writing `path`, as an error that a person can use."""
    what, remedy = _WHY_NOT.get(error.errno or 0, (f"it cannot be written: {error.strerror or error}", ""))
    name = fspath(path)
    return OutputError(what, where=Place("<stdout>" if name == "-" else name), remedy=remedy)


@contextmanager
def written_aside(path: StrPath, mode: Literal["wb", "w"] = "wb") -> Iterator[IO[bytes]]:
    """A binary stream whose content becomes the file `path` when the block ends well, and leaves nothing behind otherwise.

    It goes to a temporary file in the same folder, which is flushed, synced and renamed over `path`; permissions of a file that
    is replaced are kept, and a symbolic link stays a link. ``-`` is standard output; devices and pipes are written directly.
    With mode ``w`` the stream takes text, written as UTF-8 with line ends as they are. Raises OutputError, and lets
    BrokenPipeError through.
    """
    name = fspath(path)
    if name == "-":
        yield from _direct(cast("IO[bytes]", sys.stdout.buffer), name, mode)
        return
    with _output_errors(name):
        target = os.path.realpath(name)
        known = _status(target)
    if name.endswith(os.sep) or (known is not None and stat.S_ISDIR(known.st_mode)):
        raise output_error(name, IsADirectoryError(errno.EISDIR, ""))
    if known is not None and not stat.S_ISREG(known.st_mode):
        with _output_errors(name):
            device = io.FileIO(target, "wb")
        with device:
            yield from _direct(device, name, mode)
        return
    if known is not None and not os.access(target, os.W_OK):
        raise output_error(name, PermissionError(errno.EACCES, ""))
    yield from _aside(name, target, known, mode)


def _status(target: str) -> os.stat_result | None:
    try:
        return Path(target).stat()
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise OutputError(f"this is no file name: {error}", where=Place(target)) from error


def _direct(inner: IO[bytes] | io.FileIO, name: str, mode: str) -> Iterator[IO[bytes]]:
    raw = _Guarded(inner, name)
    with _stream(raw, mode) as stream:
        yield stream
        stream.flush()
        raw.sync(to_disk=False)


def _aside(name: str, target: str, known: os.stat_result | None, mode: str) -> Iterator[IO[bytes]]:
    folder, last = os.path.split(target)
    part = Path(folder, f".{last[:80]}.{secrets.token_hex(4)}.part")
    with _output_errors(name):
        # Made by open, not by tempfile, so that a new file gets the permissions that the user's mask gives any file.
        inner = io.FileIO(part, "xb")
    try:
        with inner:
            raw = _Guarded(inner, name)
            with _stream(raw, mode) as stream:
                yield stream
                stream.flush()
                raw.sync(to_disk=True)
            with _output_errors(name):
                inner.close()
        with _output_errors(name):
            if known is not None:
                part.chmod(stat.S_IMODE(known.st_mode))
            part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


@contextmanager
def _stream(raw: io.RawIOBase, mode: str) -> Iterator[IO[bytes]]:
    """A buffered stream over `raw`; if the block fails, what is still in the buffer is forgotten."""
    buffered = io.BufferedWriter(raw, _CHUNK)
    stream = buffered if mode == "wb" else io.TextIOWrapper(buffered, "utf-8", newline="")
    try:
        yield cast("IO[bytes]", stream)
    except BaseException:
        with suppress(OSError, OutputError):
            stream.close()
        raise
    with suppress(OSError, OutputError):
        stream.close()
