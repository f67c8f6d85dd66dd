"""Writing several files as one: a folder that appears when it is whole, or a ZIP archive with the same bytes every time."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from farspan.aside import folder_aside, output_error, written_aside

_LONGEST: Final = 120  # bytes of one part of a name; with suffixes and counters it stays below the 255 of most file systems
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|\ud800-\udfff]')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP archive can hold


class FileSet(ABC):
    """Files with names, slashes between folder and file."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    @abstractmethod
    def add(self, name: str, data: bytes) -> None:
        """Write the file `name`. Raises OutputError."""

    def flush(self) -> None:
        """As of a stream; every file is handed on when it is added."""
        return

    def stem(self, document_id: str) -> str:
        """A file name without suffix for the document `document_id`, which no other has and every system can hold.

        It is the id itself wherever that is possible.
        """
        parts = [_safe(part) for part in document_id.split("/")]
        wanted = "/".join(part for part in parts if part) or "document"
        stem, number = wanted, 2
        while _folded(stem) in self._taken:
            stem = f"{wanted}-{number}"
            number += 1
        self._taken.add(_folded(stem))
        return stem


def _folded(stem: str) -> str:
    """What some systems take for the same name."""
    return unicodedata.normalize("NFC", stem).casefold()


def _safe(part: str) -> str:
    """`part` of a path as every system can hold it, inside its folder and not hidden."""
    name = _UNSAFE.sub("_", part).lstrip(".").rstrip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    return name.encode()[:_LONGEST].decode("utf-8", "ignore")


class FolderFiles(FileSet):
    """Files in the folder `folder`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def add(self, name: str, data: bytes) -> None:
        """Write the file `name`. Raises OutputError."""
        path = self._folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise output_error(path, error) from error


class ZipFiles(FileSet):
    """Files in a ZIP archive on `stream`; the same files give the same bytes. The archive is whole after `finish`."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._file = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, data: bytes) -> None:
        """Write the file `name`. Raises OutputError."""
        entry = zipfile.ZipInfo(name, _DATE)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        self._file.writestr(entry, data)

    def finish(self) -> None:
        """Write the list of files."""
        self._file.close()


@contextmanager
def open_fileset(path: str) -> Iterator[FileSet]:
    """The files of the archive (``.zip``) or else the folder `path`, which is there when the block has ended well.

    Raises OutputError; a folder that is there already must be empty.
    """
    if path.lower().endswith(".zip"):
        with written_aside(path) as stream:
            archive = ZipFiles(stream)
            yield archive
            archive.finish()
    else:
        with folder_aside(path) as folder:
            yield FolderFiles(folder)
