"""What a killed process left beside an output goes when the output is next written; what is in use stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from farspan.aside import written_aside
from farspan.leftovers import GRACE, clear_leftovers, part_of

WRITER = """
import sys, time
from farspan.aside import written_aside
with written_aside(sys.argv[1]) as stream:
    stream.write(b"half" * 1000)
    stream.flush()
    print("writing", flush=True)
    time.sleep(60)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def aged(path: Path) -> Path:
    then = time.time() - GRACE - 5
    os.utime(path, (then, then))
    return path


def parts(folder: Path) -> list[Path]:
    return sorted(folder.glob(".out.conll.*.part"))


def writing(target: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline() == b"writing\n"
    return process


def write(target: Path) -> None:
    with written_aside(target) as stream:
        stream.write(b"whole")


def test_what_a_killed_writer_left_goes_and_what_a_living_one_holds_stays(tmp_path: Path) -> None:
    target = tmp_path / "out.conll"
    dead = writing(target)
    dead.send_signal(signal.SIGKILL)
    dead.wait()
    alive = writing(target)
    try:
        assert len([aged(part) for part in parts(tmp_path)]) == 2
        write(target)
        (left,) = parts(tmp_path)
    finally:
        alive.kill()
        alive.wait()
    assert left.exists()
    write(target)
    assert not left.exists()
    (tmp_path / ".out.conll.0123abcd.part").write_bytes(b"just made")
    write(target)  # too young to be told from one whose writer has not locked it yet
    assert names(tmp_path) == [".out.conll.0123abcd.part", "out.conll"]
    aged(tmp_path / ".out.conll.0123abcd.part")
    write(target)
    assert names(tmp_path) == ["out.conll"]
    assert target.read_bytes() == b"whole"


def test_files_of_other_outputs_and_of_other_programs_stay(tmp_path: Path) -> None:
    others = [
        ".out.conll.part",
        ".out.conll.12345678",
        "out.conll.12345678.part",
        ".out2.conll.12345678.part",
        ".out.conll.zz345678.part",
    ]
    for name in others:
        (tmp_path / name).write_bytes(b"x")
        aged(tmp_path / name)
    write(tmp_path / "out.conll")
    assert names(tmp_path) == sorted([*others, "out.conll"])


def test_a_database_goes_with_its_side_files_unless_its_lock_is_held(tmp_path: Path) -> None:
    import fcntl

    target = tmp_path / "p.farspan"
    part = part_of(target)
    for suffix in ("", "-wal", "-shm", "-lock"):
        file = part.with_name(part.name + suffix)
        file.write_bytes(b"x")
        aged(file)
    with part.with_name(part.name + "-lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        clear_leftovers(target)
        assert len(names(tmp_path)) == 4
    clear_leftovers(target)
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    clear_leftovers(tmp_path / "nowhere" / "out.conll")
