"""Which system this is."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Protocol, cast

from farspan_app.desktop.entry import Placed


class System(Protocol):
    """What each system's module has."""

    def put(self, *, on_desktop: bool = True) -> Placed:
        """Put Farspan into the menu and, if wanted, onto the desktop."""

    def take_away(self) -> Placed:
        """Remove what `put` wrote."""


def this_system() -> System:
    """The module that knows this system."""
    name = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "freedesktop")
    return cast("System", import_module(f"farspan_app.desktop.{name}"))
