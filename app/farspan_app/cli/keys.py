"""Answers of a person: single keys on a terminal, or a line each where answers come through a pipe."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO


class Answers:
    """Reads answers from `stream`. is_typed: from a terminal, where a key needs no Enter. line: the line of a pipe read last."""

    def __init__(self, stream: IO[str] | None = None) -> None:
        self._stream = stream if stream is not None else sys.stdin
        self.is_typed = self._stream.isatty()
        self.line = 0

    def next(self) -> str | None:
        """A key, or a line without its end; None at the end of the input. Enter is the empty string."""
        if not self.is_typed:
            return self._from_line()
        with _single_keys(self._stream) as has_keys:
            if not has_keys:
                return self._from_line()
            key = self._stream.read(1)
        if key in {"", "\x04"}:
            return None
        return "" if key in {"\r", "\n"} else key

    def ask(self, prompt: str, known: str = "") -> str:
        """A line typed after `prompt`, which begins as `known` where the terminal can; empty at the end of the input.

        From a pipe nothing is asked for: there an answer says everything in its line.
        """
        if not self.is_typed:
            return ""
        try:
            import readline
        except ImportError:  # no such thing on this system
            return _typed(prompt)
        readline.set_startup_hook(lambda: readline.insert_text(known))
        try:
            return _typed(prompt)
        finally:
            readline.set_startup_hook(None)

    def _from_line(self) -> str | None:
        text = self._stream.readline()
        self.line += 1
        return text.rstrip("\r\n") if text else None


def _typed(prompt: str) -> str:
    try:
        return input(prompt)
    except EOFError:
        return ""


@contextmanager
def _single_keys(stream: IO[str]) -> Iterator[bool]:
    """Inside the block a key is there as soon as it is pressed; False where the system has no such thing. Ctrl+C still stops."""
    try:
        import termios
        import tty
    except ImportError:
        yield False
        return
    before = termios.tcgetattr(stream.fileno())
    try:
        tty.setcbreak(stream.fileno())
        yield True
    finally:
        termios.tcsetattr(stream.fileno(), termios.TCSADRAIN, before)
