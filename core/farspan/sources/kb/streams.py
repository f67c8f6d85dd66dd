"""What a dump holds, in pieces: plain, gzip, bzip2 or zstandard, decompressed on all cores, from a place on where it was left."""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

from farspan.errors import InputError, Place, place
from farspan.files import input_error
from farspan.sources.kb.bz2_blocks import blocks

if TYPE_CHECKING:
    from farspan.files import StrPath

PIECE: Final = 1 << 20
"""Bytes of content that are handed on at a time: few enough to stay in the processor's cache while they are looked through."""
_SMALL: Final = 8 << 20  # compressed bytes up to which gzip is read by one core, which tells a file that is cut off
_WINDOW: Final = 1 << 30  # bytes that a zstandard frame may ask for
_GZIP, _BZIP2, _ZSTD = b"\x1f\x8b", b"BZh", b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some decompressed bytes. at: from where `Dump.pieces` would begin with this piece; done: bytes of the file used so far."""

    at: int
    data: bytes
    done: int


class Dump:
    """A file that is read as a stream of bytes, whatever its compression.

    path: as messages show it. size: bytes of the file, None for standard input. kind: plain, gzip, bzip2 or zstandard.
    """

    def __init__(self, path: StrPath, stream: IO[bytes], *, workers: int | None = None) -> None:
        self.path = place(path).path
        self._stream = stream
        self.is_file = self.path != "<stdin>"
        self.size = os.fstat(stream.fileno()).st_size if self.is_file else None
        self._workers = workers or _cores()
        self._head = self._read_head()
        self.kind = _kind(self._head)
        self._hash = hashlib.sha256()
        self._hashed = 0

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.replace("\\", "/").rsplit("/", 1)[-1]

    def pieces(self, at: int = 0) -> Iterator[Piece]:
        """The pieces from `at` on, which is 0 or the `at` of an earlier piece. Raises InputError for damaged data.

        In plain and bzip2 files reading begins there; in gzip and zstandard files what stands before is decompressed and dropped.
        """
        source: IO[bytes] = self._stream
        if self.is_file:
            self._stream.seek(0)
        else:
            source = cast("IO[bytes]", _Counted(self._stream, self._head, self._hash))
        try:
            for piece in self._by_kind(source, at):
                if self.is_file and piece.done - self._hashed >= PIECE:
                    self._hash_up_to(piece.done)
                if piece.data:
                    yield piece
        except OSError as error:
            raise input_error(self.path, error) from error

    def sha256(self) -> str:
        """The SHA-256 of the file, in hexadecimal; of standard input, of what was read."""
        if self.is_file:
            self._hash_up_to(self.size or 0)
        return self._hash.hexdigest()

    def _hash_up_to(self, end: int) -> None:
        """Hash along with reading: what was just read need not come from the disk again."""
        with Path(self.path).open("rb") as file:
            file.seek(self._hashed)
            while data := file.read(min(PIECE, end - self._hashed)):
                self._hash.update(data)
                self._hashed += len(data)

    def fingerprint(self) -> list[Any]:
        """What tells this file from another one without reading it: size, time of change, first bytes."""
        known = os.fstat(self._stream.fileno())
        return [known.st_size, known.st_mtime_ns, hashlib.sha256(self._head).hexdigest()]

    def _read_head(self) -> bytes:
        try:
            return self._stream.read(64)
        except OSError as error:
            raise input_error(self.path, error) from error

    def _by_kind(self, source: IO[bytes], at: int) -> Iterator[Piece]:
        match self.kind:
            case "bzip2":
                return self._bzip2(source, at)
            case "gzip" if self.is_file and (self.size or 0) > _SMALL:
                return _from(self._gzip_parallel(), at)
            case "gzip":
                return _from(_members(source, self.path, _inflater, "gzip", PIECE), at)
            case "zstandard":
                return _from(_members(source, self.path, _zstd, "zstandard", 4 << 10), at)
        return self._plain(source, at)

    def _plain(self, source: IO[bytes], at: int) -> Iterator[Piece]:
        if at:
            source.seek(at)
        for data in iter(partial(source.read, PIECE), b""):
            yield Piece(at, data, at + len(data))
            at += len(data)

    def _bzip2(self, source: IO[bytes], at: int) -> Iterator[Piece]:
        for bit, data in blocks(source, self.path, at, self._workers):
            yield Piece(bit, data, bit // 8)

    def _gzip_parallel(self) -> Iterator[Piece]:
        import rapidgzip  # noqa: PLC0415  (a library of 10 MB that only large files need)

        at = 0
        buffer = bytearray(PIECE)
        with rapidgzip.RapidgzipFile(self.path, parallelization=self._workers) as file:
            while True:
                try:
                    count = file.readinto(buffer)
                except (ValueError, RuntimeError, IndexError, EOFError) as error:
                    raise _damaged("gzip", self.path, str(error)) from error
                if not count and not at:
                    raise _cut_off("gzip", self.path)
                if (
                    not count
                ):  # also where the file is cut off later on; whoever reads the lines sees that the last one is missing
                    return
                yield Piece(at, bytes(memoryview(buffer)[:count]), file.tell_compressed() // 8)
                at += count


def _cores() -> int:
    """The cores this process may use, where the system says; else all."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _kind(head: bytes) -> str:
    if head.startswith(_BZIP2) and head[3:4].isdigit():
        return "bzip2"
    return "gzip" if head.startswith(_GZIP) else "zstandard" if head.startswith(_ZSTD) else "plain"


def _from(pieces: Iterator[Piece], at: int) -> Iterator[Piece]:
    """The pieces from `at` bytes of content on; those before have to be decompressed all the same."""
    for piece in pieces:
        end = piece.at + len(piece.data)
        if end > at:
            yield piece if piece.at >= at else Piece(at, piece.data[at - piece.at :], piece.done)


def _inflater() -> Any:
    return zlib.decompressobj(wbits=31)


def _zstd() -> Any:
    import zstandard  # noqa: PLC0415

    return zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()


def _members(source: IO[bytes], path: str, make: Any, name: str, step: int) -> Iterator[Piece]:
    """What a file of one or several compressed members holds; `step` bytes at a time, so that none can grow without bound."""
    import zstandard  # noqa: PLC0415

    at = done = 0
    member = make()
    is_open = False  # whether a member has begun and not ended
    for window in iter(partial(source.read, step), b""):
        done += len(window)
        rest = window
        while rest:
            if member.eof:
                member = make()
                if not rest.strip(b"\0"):
                    break  # padding, as tapes have it
            try:
                data = member.decompress(rest, PIECE) if name == "gzip" else member.decompress(rest)
            except (zlib.error, zstandard.ZstdError) as error:
                raise _damaged(name, path, str(error)) from error
            is_open = not member.eof
            rest = member.unused_data if member.eof else getattr(member, "unconsumed_tail", b"")
            yield Piece(at, data, done)
            at += len(data)
    if is_open:
        raise _cut_off(name, path)


def _cut_off(name: str, path: str) -> InputError:
    return InputError(f"the {name} data is cut off", where=Place(path), remedy="it is incomplete: fetch the file again")


def _damaged(name: str, path: str, why: str) -> InputError:
    return InputError(f"the {name} data is damaged: {why}", where=Place(path), remedy="fetch the file again")


class _Counted:
    """Standard input: the bytes that were looked at stand before the others, and all of them are hashed."""

    def __init__(self, stream: IO[bytes], head: bytes, digest: Any) -> None:
        self._stream = stream
        self._head = head
        self._digest = digest

    def read(self, size: int) -> bytes:
        data = self._head or self._stream.read(size)
        self._head = b""
        self._digest.update(data)
        return data


@contextmanager
def open_dump(path: StrPath, *, workers: int | None = None) -> Iterator[Dump]:
    """The dump `path` (``-``: standard input), decompressed by `workers` threads (default: one a core). Raises InputError."""
    with ExitStack() as stack:
        try:
            if os.fspath(path) == "-":
                if sys.stdin is None:
                    raise InputError("there is no standard input", remedy="name a file")
                stream = cast("IO[bytes]", sys.stdin.buffer)
            else:
                stream = stack.enter_context(Path(path).open("rb"))
        except OSError as error:
            raise input_error(path, error) from error
        except ValueError as error:
            raise InputError(f"this is no file name: {error}", where=place(path)) from error
        yield Dump(path, stream, workers=workers)
