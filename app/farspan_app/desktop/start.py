"""`farspan-window`: the window, started by a double click, where no terminal shows what goes wrong.

On Windows such a program has no standard streams at all, so whatever would be printed is kept and shown in a box.
"""

from __future__ import annotations

import io
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from platformdirs import user_log_path

from farspan_app.cli.main import main as run_command

LOG: Final = "farspan-window.log"


def main() -> int:
    """Open the window, with the project that was double-clicked if there is one; the exit code."""
    kept = _Kept(sys.stderr)
    sys.stderr = kept
    if sys.stdout is None:
        sys.stdout = kept
    code = run_command(["gui", *sys.argv[1:]])
    if code and kept.getvalue().strip():
        show(kept.getvalue().strip())
    return code


class _Kept(io.StringIO):
    """What is written, kept and passed on to where it would have gone."""

    def __init__(self, stream: Any) -> None:
        super().__init__()
        self._stream = stream

    def write(self, text: str) -> int:
        if self._stream is not None:
            self._stream.write(text)
        return super().write(text)

    def flush(self) -> None:
        if self._stream is not None:
            self._stream.flush()


def show(text: str) -> None:
    """Show why there is no window: in a box where Qt can draw one, and in a log in any case."""
    log = user_log_path("farspan", ensure_exists=True) / LOG
    _append(log, text)
    try:
        import_module("farspan_app.gui.application").show_fault(text)
    except ImportError:
        _system_box(text)


def _append(log: Path, text: str) -> None:
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError:
        return  # there is nobody left to tell


def _system_box(text: str) -> None:
    """Without Qt: the box of Windows; elsewhere the log and the terminal have to do."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        ctypes.windll.user32.MessageBoxW(None, text, "Farspan", 0x10)


if __name__ == "__main__":
    sys.exit(main())
