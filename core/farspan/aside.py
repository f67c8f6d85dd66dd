"""Writing aside: a file appears under its name when it is whole, and not before."""

from __future__ import annotations

import errno
import io
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from os import PathLike, fspath
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Literal, cast, overload

from farspan.errors import OutputError, Place
from farspan.leftovers import clear_leftovers, hold, part_of

if TYPE_CHECKING:
    from typing_extensions import Buffer

_BUFFER: Final = 1 << 20


class _Guarded(io.RawIOBase):
    """A raw stream over another one: what goes wrong when writing becomes an OutputError that names the path."""

    def __init__(self, inner: IO[bytes] | io.FileIO, path: str) -> None:
        self._inner = inner
        self._path = path
        self.ended = False  # from then on what comes is dropped: closing a buffer would write it all the same

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        if self.ended:
            return memoryview(data).nbytes
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


def output_error(path: str | PathLike[str], error: OSError) -> OutputError:
    """`error`, met when writing `path`, as an error that a person can use."""
    what, remedy = _WHY_NOT.get(error.errno or 0, (f"it cannot be written: {error.strerror or error}", ""))
    name = fspath(path)
    return OutputError(what, where=Place("<stdout>" if name == "-" else name), remedy=remedy)


@overload
def written_aside(path: str | PathLike[str], mode: Literal["wb"] = "wb") -> AbstractContextManager[IO[bytes]]: ...
@overload
def written_aside(path: str | PathLike[str], mode: Literal["w"]) -> AbstractContextManager[IO[str]]: ...
def written_aside(path: str | PathLike[str], mode: str = "wb") -> AbstractContextManager[IO[Any]]:
    """A stream whose content becomes the file `path` when the block ends well, and leaves nothing behind otherwise.

    It goes to a temporary file in the same folder, which is flushed, synced and renamed over `path`; permissions of a file that
    is replaced are kept, and a symbolic link stays a link. ``-`` is standard output; devices and pipes are written directly.
    A missing folder is an error, not made. The stream is binary; with mode ``w`` it takes text, written as UTF-8 with line ends
    as they are. Under a name in ``.gz``, ``.bz2`` or ``.zst`` it is compressed; the same content gives the same bytes.
    Raises OutputError, and lets BrokenPipeError through.
    """
    return _written(fspath(path), mode)


@contextmanager
def _written(name: str, mode: str) -> Iterator[IO[Any]]:
    if name == "-":
        if sys.stdout is None:
            raise OutputError("there is no standard output", remedy="name a file")
        yield from _direct(cast("IO[bytes]", sys.stdout.buffer), name, mode)
        return
    target, known = _resolved(name)
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


def _resolved(name: str) -> tuple[str, os.stat_result | None]:
    """What `name` leads to through symbolic links, and what is there; None if nothing."""
    with _output_errors(name):
        try:
            target = os.path.realpath(name)
            return target, Path(target).stat()
        except FileNotFoundError:
            return target, None
        except ValueError as error:  # a NUL
            raise OutputError(f"this is no file name: {error}", where=Place(name)) from error


def _direct(inner: IO[bytes] | io.FileIO, name: str, mode: str) -> Iterator[IO[Any]]:
    raw = _Guarded(inner, name)
    with _stream(raw, mode, "", to_disk=False) as stream:
        yield stream


def _aside(name: str, target: str, known: os.stat_result | None, mode: str) -> Iterator[IO[Any]]:
    clear_leftovers(Path(target))
    part = part_of(Path(target))
    with _output_errors(name):
        # Made by open, not by tempfile, so that a new file gets the permissions that the user's mask gives any file.
        inner = io.FileIO(part, "xb")
    hold(inner.fileno())
    try:
        with inner:
            raw = _Guarded(inner, name)
            with _stream(raw, mode, name, to_disk=True) as stream:
                yield stream
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
def _stream(raw: _Guarded, mode: str, name: str, *, to_disk: bool) -> Iterator[IO[Any]]:
    """A buffered stream over `raw`, compressing as `name` says; if the block fails, what is still in a buffer is forgotten."""
    buffered = io.BufferedWriter(raw, _BUFFER)
    packed = _packing(buffered, name)
    stream = cast("IO[Any]", packed if mode == "wb" else io.TextIOWrapper(cast("IO[bytes]", packed), "utf-8", newline=""))
    try:
        yield stream
        stream.flush()
        if packed is not buffered:
            stream.close()  # which writes the end of the compressed data
            buffered.flush()
        raw.sync(to_disk=to_disk)
    finally:
        raw.ended = True
        stream.close()
        buffered.close()


def _packing(stream: io.BufferedWriter[Any], name: str) -> Any:
    """A stream that compresses to `stream` if `name` says so, without a time or a name in it; else `stream` itself."""
    match Path(name).suffix.lower():
        case ".gz":
            import gzip  # noqa: PLC0415  (start-up)

            return gzip.GzipFile("", "wb", 6, stream, mtime=0)
        case ".bz2":
            import bz2  # noqa: PLC0415

            return bz2.BZ2File(stream, "wb")
        case ".zst":
            import zstandard  # noqa: PLC0415

            return zstandard.ZstdCompressor(level=6, write_checksum=True).stream_writer(stream, closefd=False)
    return stream


@contextmanager
def folder_aside(path: str | PathLike[str]) -> Iterator[Path]:
    """A folder whose content becomes the folder `path` when the block ends well, and leaves nothing behind otherwise.

    Raises OutputError, also where `path` is there already and is not an empty folder.
    """
    name = fspath(path)
    with _output_errors(name):
        target = Path(os.path.realpath(name))
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            what = "it is a folder that is not empty" if target.is_dir() else "there is a file of that name"
            raise OutputError(what, where=Place(name), remedy="choose another name")
        part = target.parent / f".{target.name[:80]}.{secrets.token_hex(4)}.part"
        part.mkdir()
    try:
        yield part
        with _output_errors(name):
            if target.exists():
                target.rmdir()
            part.rename(target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
