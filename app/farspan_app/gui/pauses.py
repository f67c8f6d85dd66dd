"""What keeps Python itself from holding up the window: how threads take turns, and when rubbish is collected."""

from __future__ import annotations

import gc
import sys
from typing import Final

TURN: Final = 0.00002
"""Seconds that a worker may go on when the window wants to draw. A paint event asks for its turn dozens of times, and with
Python's 5 ms a frame beside a busy worker took over 100 ms."""

_YOUNG: Final = (5_000, 10, 1_000_000)


def avoid_pauses() -> None:
    """Short turns, and no collection of everything while a project is open: with millions of names that took 100 ms and more.

    Young objects are collected as ever. Old ones that only a circle of references holds wait for `collect_rubbish`.
    """
    sys.setswitchinterval(TURN)
    gc.set_threshold(*_YOUNG)


def collect_rubbish() -> None:
    """Collect everything: for when a project has been closed and little is left to look through."""
    gc.collect()
