"""`farspan gui`: the window, and its pictures.

The command knows the window by name only, so that no other command ever loads Qt.
"""

import os
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from farspan.errors import InputError, MissingPart, OptionError, place

_WINDOW: Final = "farspan_app.gui.application"
_FIRST: Final = "farspan_app.gui.first"
_LIBRARIES: Final = "libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3"
THEMES: Final = ("system", "light", "dark")
LANGUAGES: Final = ("system", "en", "es")

File = Annotated[str | None, typer.Argument(metavar="[P.farspan]", help="The project to open.")]
Screenshots = Annotated[
    str | None, typer.Option("--screenshots", metavar="DIR", help="Write one PNG a tab into DIR and stop; needs no display.")
]
Size = Annotated[str | None, typer.Option("--size", metavar="WxH", help="Size of the window, such as 1440x900.")]
Look = Annotated[str | None, typer.Option("--theme", metavar="|".join(THEMES), help="Colours; by default those chosen last.")]
Speech = Annotated[
    str | None, typer.Option("--lang", metavar="|".join(LANGUAGES), help="Language of the window; by default that chosen last.")
]
SampleName = Annotated[str | None, typer.Option("--sample", metavar="NAME", help="Open a sample: film-news or amharic-places.")]
Folder = Annotated[str | None, typer.Option("--folder", metavar="DIR", help="Where --sample puts its copy.")]


def gui(  # noqa: PLR0917  (Typer calls it by name)
    file: File = None,
    screenshots: Screenshots = None,
    size: Size = None,
    theme: Look = None,
    lang: Speech = None,
    sample: SampleName = None,
    folder: Folder = None,
) -> None:
    """Open the window."""
    wanted = _size(size)
    if theme is not None and theme not in THEMES:
        raise OptionError(f"--theme {theme!r} is not possible", remedy=f"choose one of: {', '.join(THEMES)}")
    if lang is not None and lang not in LANGUAGES:
        raise OptionError(f"--lang {lang!r} is not possible", remedy=f"choose one of: {', '.join(LANGUAGES)}")
    if file is not None and not Path(file).is_file():
        raise InputError(
            "no such file", where=place(file), remedy="name a project, or open the window without one and make it there"
        )
    path = _sample_path(sample, folder) if sample is not None else None if file is None else Path(file)
    if screenshots is not None:
        _take(path, Path(screenshots), theme, wanted, lang, judges=sample is not None)
        return
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise MissingPart(
            "there is no display", remedy="start it from a desktop; `farspan --help` shows the commands without a window"
        )
    _load(_FIRST).show_splash()
    raise typer.Exit(_window().open_window(path, theme, wanted, lang))


def has_display() -> bool:
    """Whether a window could be shown."""
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _take(
    path: Path | None, folder: Path, theme: str | None, size: tuple[int, int] | None, lang: str | None, *, judges: bool
) -> None:
    if path is None:
        raise OptionError("--screenshots needs a project", remedy="name one, or give --sample film-news")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    start: Any = lambda window: window.open_path(path)  # noqa: E731
    written = _window().picture_window(start, folder, theme, size or (1440, 900), lang or "en", judges=judges)
    for picture in written:
        typer.echo(str(picture))


def _sample_path(name: str, folder: str | None) -> Path:
    from farspan.job import SILENT
    from farspan_resources import samples

    known = [sample.name for sample in samples()]
    if name not in known:
        raise OptionError(f"no sample is called {name!r}", remedy=f"choose one of: {', '.join(known)}")
    make: Any = import_module("farspan_app.gui.samples").make_sample_project
    made: Path = make(name, Path(folder or "."), SILENT)
    return made


def _window() -> Any:
    return _load(_WINDOW)


def _load(name: str) -> Any:
    """A module of the window. Raises MissingPart where Qt or a library of the system is missing."""
    try:
        return import_module(name)
    except ImportError as error:
        if error.name is not None and error.name.startswith("farspan"):
            raise
        remedy = f"on Debian or Ubuntu: sudo apt-get install {_LIBRARIES}; else: pip install PySide6-Essentials pyqtgraph"
        raise MissingPart(f"the window cannot start: {error}", remedy=remedy) from error


def _size(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    found = re.fullmatch(r"(\d{3,5})x(\d{3,5})", text.strip())
    if found is None:
        raise OptionError(f"--size {text!r} is no size", remedy="write it like 1440x900")
    return int(found[1]), int(found[2])
