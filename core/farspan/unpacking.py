"""Undoing compression while reading: gzip, bzip2 and Zstandard, told by their first bytes, within a bound.

A few kilobytes can be made to expand to terabytes, so what comes out is counted against what went in. The bound is generous to
real text and is raised with the environment variable ``FARSPAN_MAX_UNPACKED`` (bytes, or with K, M, G or T behind).
"""

from __future__ import annotations

import bz2
import io
import os
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, Final

from farspan.errors import InputError, OptionError, Place

if TYPE_CHECKING:
    from typing_extensions import Buffer

COMPRESSED: Final = (".gz", ".bz2", ".zst")
VARIABLE: Final = "FARSPAN_MAX_UNPACKED"
_PIECE: Final = 1 << 18
_ZSTD_PIECE: Final = 1 << 11  # its decompressor takes no bound for what comes out: at most 64 MiB of a piece this small
_WINDOW: Final = 1 << 27  # bytes that a Zstandard frame may ask for
_UNITS: Final = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may come out of compressed data: `total` bytes of one file or archive, and `ratio` times what went in.

    The ratio counts from `free` bytes on.
    """

    total: int = 16 << 30
    ratio: int = 200
    free: int = 64 << 20

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> Limits:
        """The limits; with ``FARSPAN_MAX_UNPACKED`` set that total, and no other bound. Raises OptionError."""
        given = environment.get(VARIABLE, "").strip()
        if not given:
            return cls()
        found = re.fullmatch(r"([0-9]{1,15})\s*([KMGT]?)(?:i?B)?", given, re.IGNORECASE)
        if found is None:
            raise OptionError(f"{VARIABLE}={given} is no number of bytes", remedy="write 50G, for example")
        total = int(found[1]) * _UNITS[found[2].upper()]
        return cls(total, ratio=max(1, total), free=total)

    def check(self, made: int, taken: int, where: Place) -> None:
        """Raise InputError if `made` bytes are too many, or too many for `taken` compressed ones."""
        if made > self.total or (made > self.free and made > self.ratio * max(1, taken)):
            raise InputError(
                f"{taken:,} compressed bytes expand to more than {min(made, self.total):,}; this may be a trap",
                where=where,
                remedy=f"if the file is sound, unpack it yourself or set {VARIABLE}=100G (or as much as it needs)",
            )


def bare_name(path: str) -> str:
    """`path` without a suffix that says only how it is compressed: ``a.jsonl.gz`` is ``a.jsonl``."""
    suffix = PurePath(path).suffix
    return path[: -len(suffix)] if suffix.lower() in COMPRESSED else path


class Unpacked(io.RawIOBase):
    """What a compressed stream holds, as a raw stream; frames that follow each other are one. Raises InputError."""

    def __init__(self, inner: IO[bytes], path: str, kind: str, limits: Limits) -> None:
        self._inner = inner
        self._where = Place(path)
        self._kind = kind
        self._limits = limits
        self._new, faults, self._step = _KINDS[kind]
        self._faults = faults()
        self._engine: Any = self._new()
        self._waiting = b""  # read, and not yet taken by the decompressor
        self._ready = b""
        self._taken = self._made = 0
        self._has_more = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fill the beginning of `buffer`; how many bytes it got, 0 at the end."""
        view = memoryview(buffer).cast("B")
        while not self._ready:
            more = self._next()
            if more is None:
                return 0
            self._ready = more
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _next(self) -> bytes | None:
        """The next piece, perhaps empty; None at the end."""
        if self._engine.eof and not self._is_followed():
            return None
        if not self._waiting and not self._has_more and getattr(self._engine, "needs_input", True):
            self._waiting = self._inner.read(self._step)
            self._taken += len(self._waiting)
            if not self._waiting:
                raise self._error("the compressed data ends too early", "get the whole file again")
        try:
            piece = self._expand()
        except self._faults as error:
            raise self._error(f"the {self._kind} data is damaged: {error}", "get the file again") from error
        self._has_more = len(piece) == _PIECE  # gzip may hold on to more than it was allowed to give
        self._made += len(piece)
        self._limits.check(self._made, self._taken, self._where)
        return piece

    def _expand(self) -> bytes:
        data, self._waiting = self._waiting, b""
        if self._kind == "Zstandard":
            piece: bytes = self._engine.decompress(data)
        else:
            piece = self._engine.decompress(data, _PIECE)
            self._waiting = getattr(self._engine, "unconsumed_tail", b"")
        if self._engine.eof:
            self._waiting = self._engine.unused_data
        return piece

    def _is_followed(self) -> bool:
        """Whether another frame follows the one that has ended; it is then begun."""
        while not self._waiting.strip(b"\0"):  # zeros at the end fill up a block of a tape
            self._waiting = self._inner.read(self._step)
            self._taken += len(self._waiting)
            if not self._waiting:
                return False
        if len(self._waiting) < len(_MAGIC[self._kind]):
            more = self._inner.read(self._step)
            self._taken += len(more)
            self._waiting += more
        if not self._waiting.startswith(_MAGIC[self._kind]):
            raise self._error("something else follows the compressed data", "get the file again")
        self._engine = self._new()
        return True

    def _error(self, what: str, remedy: str) -> InputError:
        return InputError(what, where=self._where, remedy=remedy)


_MAGIC: Final = {"gzip": b"\x1f\x8b", "bzip2": b"BZh", "Zstandard": b"\x28\xb5\x2f\xfd"}
_BZIP2_BLOCK: Final = (b"1AY&SY", b"\x17rE8P\x90")  # of data, or of none


def _new_zstd() -> Any:
    import zstandard  # noqa: PLC0415  (start-up)

    return zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()


def _zstd_faults() -> tuple[type[Exception], ...]:
    import zstandard  # noqa: PLC0415

    return (zstandard.ZstdError,)


_KINDS: Final[dict[str, tuple[Callable[[], Any], Callable[[], tuple[type[Exception], ...]], int]]] = {
    "gzip": (lambda: zlib.decompressobj(wbits=31), lambda: (zlib.error,), 1 << 16),
    "bzip2": (bz2.BZ2Decompressor, lambda: (OSError, ValueError), 1 << 16),
    "Zstandard": (_new_zstd, _zstd_faults, _ZSTD_PIECE),
}


def compression_of(head: bytes) -> str | None:
    """How data that begins with `head` is compressed; None if it is not."""
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if head.startswith(b"BZh") and head[4:10] in _BZIP2_BLOCK:
        return "bzip2"
    return "Zstandard" if head.startswith(_MAGIC["Zstandard"]) else None
