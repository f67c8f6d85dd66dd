"""One writer at a time: a lock file beside the project that the operating system frees when its holder dies."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import IO

from farspan.errors import ProjectError, ProjectInUse, place

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        # A byte far behind the content, so that others can still read who holds the lock.
        file.seek(1 << 30)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """The right to write to the project at `path`, held until `release`.

    Raises ProjectInUse if another process, or another `Project` of this one, holds it. The lock is on a file of its own:
    closing any handle of the project file itself would drop the locks that SQLite holds on it.
    """

    def __init__(self, path: Path) -> None:
        self._project = path
        self._path = path.with_name(path.name + "-lock")
        self._file = self._acquire()

    def _acquire(self) -> IO[bytes]:
        while True:
            file = self._open()
            try:
                _take(file)
            except OSError as error:
                holder = _holder(file)
                file.close()
                raise self._in_use(holder) from error
            if self._is_current(file):
                file.truncate(0)
                file.seek(0)
                file.write(json.dumps({"process": os.getpid(), "host": socket.gethostname()}).encode())
                file.flush()
                return file
            file.close()  # its last holder removed it between our opening and our locking

    def _open(self) -> IO[bytes]:
        try:
            return os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644), "r+b")
        except OSError as error:
            raise ProjectError(
                f"cannot make the lock file {self._path.name}: {error.strerror}",
                where=place(self._project),
                remedy="put the project where you may write, or open it read-only",
            ) from error

    def _is_current(self, file: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        except FileNotFoundError:
            return False

    def _in_use(self, holder: str) -> ProjectInUse:
        return ProjectInUse(
            f"the project is open for writing in another window or command{holder}",
            where=place(self._project),
            remedy="close it there, or open it here read-only",
        )

    def release(self) -> None:
        """Let others write. Does nothing the second time."""
        if self._file.closed:
            return
        if sys.platform != "win32":
            self._path.unlink(missing_ok=True)
        self._file.close()


def _holder(file: IO[bytes]) -> str:
    try:
        file.seek(0)
        said = json.loads(file.read(1000))
        return f" (process {said['process']} on {said['host']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
