"""ZIP archives as folders: their files are read in place, within a bound; nothing is ever unpacked to disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from farspan.errors import InputError, Place
from farspan.unpacking import COMPRESSED, Limits

if TYPE_CHECKING:
    from typing_extensions import Buffer

MOST: Final = 1_000_000  # files in an archive
_FAULTS: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error, NotImplementedError, RuntimeError)
_NESTED: Final = (".zip", ".tar", ".tgz", ".7z", ".rar", *COMPRESSED)


class Archive:
    """A ZIP archive, open from the first `open` to `close`; all that is expanded counts against one bound. Raises InputError."""

    def __init__(self, path: str, limits: Limits) -> None:
        self.path = path
        self._limits = limits
        self._made = 0
        self._file = self._opened()
        members = self._file.infolist()
        self._file.close()
        if len(members) > MOST:
            raise InputError(f"the archive has {len(members):,} files", where=Place(path), remedy=f"give at most {MOST:,}")
        self._known = {item.filename: item for item in members if not item.is_dir()}
        self.names = tuple(name for name in self._known if not _is_hidden(name))
        for name in self.names:
            self._check(name)

    def _opened(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self.path)
        except _FAULTS as error:
            raise InputError(
                f"this is no sound ZIP archive: {error}", where=Place(self.path), remedy="get the file again"
            ) from error

    def close(self) -> None:
        """Close the file; `open` opens it again."""
        self._file.close()

    def _check(self, name: str) -> None:
        where = Place(f"{self.path}/{name}")
        if name.startswith(("/", "\\")) or ".." in PurePosixPath(name.replace("\\", "/")).parts or name[1:2] == ":":
            raise InputError(
                f"the file {name!r} leads out of the archive", where=Place(self.path), remedy="do not trust this archive"
            )
        if name.lower().endswith(_NESTED):
            raise InputError(
                "archives and compressed files inside an archive are not read", where=where, remedy="unpack it first"
            )
        if self._known[name].flag_bits & 1:
            raise InputError("the file is encrypted", where=where, remedy="unpack it with its password first")

    def open(self, name: str) -> IO[bytes]:
        """The content of the file `name`."""
        if self._file.fp is None:
            self._file = self._opened()
        try:
            return io.BufferedReader(_Member(self, self._file.open(self._known[name]), name))
        except _FAULTS as error:
            raise self.damaged(name, error) from error

    def has(self, name: str) -> bool:
        """Whether there is a file `name`, hidden or not."""
        return name in self._known

    def grow(self, name: str, made: int, all_made: int) -> None:
        """Count `made` more bytes of `name`, `all_made` in all. Raises InputError beyond the bound."""
        self._made += made
        where = Place(f"{self.path}/{name}")
        self._limits.check(all_made, self._known[name].compress_size, where)
        self._limits.check(self._made, self._made, Place(self.path))

    def damaged(self, name: str, error: Exception) -> InputError:
        """The error for a file of the archive that cannot be read."""
        return InputError(
            f"the file in the archive is damaged: {error}", where=Place(f"{self.path}/{name}"), remedy="get it again"
        )


def _is_hidden(name: str) -> bool:
    return any((part.startswith(".") and part not in {".", ".."}) or part == "__MACOSX" for part in name.split("/"))


class _Member(io.RawIOBase):
    """One file of an archive as a raw stream, counted while it expands."""

    def __init__(self, archive: Archive, inner: IO[bytes], name: str) -> None:
        self._archive = archive
        self._inner = inner
        self._name = name
        self._made = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._inner.read(len(view))
        except _FAULTS as error:
            raise self._archive.damaged(self._name, error) from error
        self._made += len(data)
        self._archive.grow(self._name, len(data), self._made)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()
