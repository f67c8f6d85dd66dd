"""Other processes: how long they ran and how much memory they held at most."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Child:
    """A process that has ended. peak: its largest resident set, bytes."""

    seconds: float
    peak: int


def run_child(command: Sequence[str]) -> Child:
    """Run `command` to its end. Raises RuntimeError if it fails."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        begin = time.perf_counter()
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed: {said.decode(errors='replace')[-2000:]}")
    return Child(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def farspan_command(*arguments: str) -> list[str]:
    """The command as a user types it, from the environment that runs this."""
    script = Path(sys.executable).parent / "farspan"
    start = [str(script)] if script.exists() else [sys.executable, "-c", "from farspan_app.cli.main import main; main()"]
    return [*start, *arguments]
