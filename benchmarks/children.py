"""Other processes: how long they ran and how much memory they held at most."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Linux counts the resident set of whoever starts a process as the process's own peak: so a small process starts it.
_STARTER = """
import os, sys, time
null = os.open(os.devnull, os.O_WRONLY)
begin = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - begin
print([seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status)])
"""


@dataclass(frozen=True, slots=True)
class Child:
    """A process that has ended. worked: seconds of the processor; peak: its largest resident set, bytes."""

    seconds: float
    worked: float
    peak: int


def run_child(command: Sequence[str]) -> Child:
    """Run `command` to its end. Raises RuntimeError if it fails."""
    starter = subprocess.run([sys.executable, "-I", "-S", "-c", _STARTER, *command], capture_output=True, check=False)
    said = starter.stderr.decode(errors="replace")[-2000:]
    if starter.returncode:
        raise RuntimeError(f"{command[0]} could not be started: {said}")
    seconds, worked, peak, code = json.loads(starter.stdout)
    if code:
        raise RuntimeError(f"{command[0]} failed: {said}")
    return Child(seconds, worked, peak * (1 if sys.platform == "darwin" else 1024))


def farspan_command(*arguments: str) -> list[str]:
    """The command as a user types it, from the environment that runs this."""
    script = Path(sys.executable).parent / "farspan"
    start = [str(script)] if script.exists() else [sys.executable, "-c", "from farspan_app.cli.main import main; main()"]
    return [*start, *arguments]
