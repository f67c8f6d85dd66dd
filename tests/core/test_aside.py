"""Writing aside: the file is there whole, or nothing is there."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from farspan import aside
from farspan.aside import written_aside
from farspan.errors import OutputError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_and_fail(target: Path, fault: type[BaseException]) -> None:
    with written_aside(target) as stream:
        stream.write(b"new" * 10_000_000)
        raise fault


def write(target: Path, pieces: int) -> None:
    with written_aside(target) as stream:
        for _ in range(pieces):
            stream.write(b"12345")


def test_the_file_appears_when_the_block_has_ended(tmp_path: Path) -> None:
    target = tmp_path / "out.conll"
    with written_aside(target) as stream:
        stream.write(b"Lima\tB-LOC\n")
        stream.flush()
        assert not target.exists()
    assert target.read_bytes() == b"Lima\tB-LOC\n"
    assert names(tmp_path) == ["out.conll"]


def test_text_keeps_its_line_ends(tmp_path: Path) -> None:
    with written_aside(tmp_path / "a.txt", "w") as stream:
        stream.write("é\r\nb\n")
    assert (tmp_path / "a.txt").read_bytes() == b"\xc3\xa9\r\nb\n"


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError, BrokenPipeError])
def test_any_fault_leaves_the_old_file_and_nothing_else(tmp_path: Path, fault: type[BaseException]) -> None:
    target = tmp_path / "out"
    target.write_bytes(b"old")
    with pytest.raises(fault):
        write_and_fail(target, fault)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["out"]


class FullDisk(io.FileIO):
    """A file on a disk that has room for `room` bytes."""

    room = 0

    def write(self, data: Any) -> int:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        type(self).room -= len(data)
        return super().write(data)


@pytest.mark.parametrize(("room", "size"), [(0, 5), (0, 9_000_000), (3_000_000, 9_000_000)])
def test_a_full_disk_is_an_error_that_names_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int, size: int
) -> None:
    monkeypatch.setattr(FullDisk, "room", room)
    monkeypatch.setattr(aside.io, "FileIO", FullDisk)
    target = tmp_path / "out.jsonl"
    with pytest.raises(OutputError, match=r"out.jsonl: the disk is full"):
        write(target, size // 5)
    assert names(tmp_path) == []


@pytest.mark.parametrize("call", ["fsync", "close", "replace"])
def test_a_disk_that_is_full_only_at_the_end_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    class FailsToClose(io.FileIO):
        def close(self) -> None:
            was_open = not self.closed
            super().close()
            if was_open:
                fail()

    if call == "fsync":
        monkeypatch.setattr(aside.os, "fsync", fail)
    elif call == "close":
        monkeypatch.setattr(aside.io, "FileIO", FailsToClose)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="the disk is full"), written_aside(tmp_path / "out") as stream:
        stream.write(b"x")
    assert names(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_devices_are_written_directly_and_stay() -> None:
    with pytest.raises(OutputError, match=r"/dev/full: the disk is full"), written_aside("/dev/full") as stream:
        stream.write(b"x")
    with written_aside("/dev/null") as stream:
        stream.write(b"x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_places_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for wrong, message in [
        (tmp_path, "it is a folder"),
        (f"{tmp_path}/new/", "it is a folder"),
        (tmp_path / "no" / "out", "its folder does not exist; make the folder first"),
        (tmp_path / "file" / "out", "part of the path is not a folder"),
        ("a\0b", "no file name"),
        (tmp_path / ("x" * 300), "the name is too long"),
    ]:
        with pytest.raises(OutputError, match=message), written_aside(wrong):
            pytest.fail("the block must not be entered")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_or_file_is_named(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    (locked / "old").write_bytes(b"")
    (locked / "old").chmod(0o444)
    for target in (locked / "old", locked / "new"):
        locked.chmod(0o555 if target.name == "new" else 0o755)
        with pytest.raises(OutputError, match="it may not be written"), written_aside(target):
            pass


def test_refused_permission_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old").write_bytes(b"keep")
    monkeypatch.setattr(aside.os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="old: it may not be written"), written_aside(tmp_path / "old"):
        pass
    assert (tmp_path / "old").read_bytes() == b"keep"


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_bytes(b"old")
    real.chmod(0o640)
    (tmp_path / "link").symlink_to(real)
    with written_aside(tmp_path / "link") as stream:
        stream.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (real.read_bytes(), stat.S_IMODE(real.stat().st_mode)) == (b"new", 0o640)


def test_a_new_file_gets_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    with written_aside(tmp_path / "a"):
        pass
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_dash_is_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with written_aside("-") as stream:
        stream.write("né\n".encode())
    assert capfdbinary.readouterr().out == "né\n".encode()
    assert not sys.stdout.buffer.closed


class Gone(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


class Full(Gone):
    def write(self, data: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_broken_pipe_passes_through_and_full_output_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    class Out:
        buffer: io.RawIOBase = Gone()

    monkeypatch.setattr(sys, "stdout", Out())
    with pytest.raises(BrokenPipeError), written_aside("-") as stream:
        stream.write(b"x")
    Out.buffer = Full()
    with pytest.raises(OutputError, match="<stdout>: the disk is full"), written_aside("-") as stream:
        stream.write(b"x")
