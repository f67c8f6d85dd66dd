"""What happened when something unexpected did: a report in plain text, for the screen and to be sent on."""

from __future__ import annotations

import platform
import traceback
from importlib.metadata import PackageNotFoundError, version
from typing import Final

_PACKAGES: Final = ("farspan", "PySide6-Essentials", "numpy", "spacy", "SQLAlchemy")


def crash_report(error: BaseException) -> str:
    """Where the error came from and what it ran on. No text of the corpus and no file of the person but paths in the trace."""
    trace = "".join(traceback.format_exception(error))
    versions = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    return f"{type(error).__name__}: {error}\n\n{trace}\n{versions}\nPython {platform.python_version()}, {platform.platform()}\n"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"
