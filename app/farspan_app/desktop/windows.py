"""Windows: shortcuts in the start menu and on the desktop, made by the system's own scripting, and the type of project files.

All of it is the person's own (HKEY_CURRENT_USER), so that no administrator is needed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from platformdirs import user_desktop_path

from farspan.errors import FarspanError
from farspan_app.desktop.entry import ABOUT, NAME, SUFFIX, Placed, icon, program, remove, tell, write

_CLASSES: Final = r"Software\Classes"
_TYPE: Final = "Farspan.Project"


def put(*, on_desktop: bool = True) -> Placed:
    """Write the icon, the shortcuts and the type of file."""
    picture, *shortcuts = _places()
    written = [write(picture, icon(".ico"))]
    for path in shortcuts if on_desktop else shortcuts[:1]:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not tell("powershell", "-NoProfile", "-NonInteractive", "-Command", shortcut_script(path, picture)):
            raise FarspanError("the shortcut could not be made", remedy=f"make one by hand to {program()[0]}")
        written.append(path)
    for key, value in associations(picture).items():
        _register(key, value)
    return Placed(tuple(written))


def take_away() -> Placed:
    """Remove what `put` wrote."""
    for key in (rf"{_CLASSES}\{SUFFIX}", rf"{_CLASSES}\{_TYPE}"):
        tell("reg", "delete", rf"HKCU\{key}", "/f")
    return Placed(remove(_places()))


def shortcut_script(path: Path, picture: Path) -> str:
    """What PowerShell runs to make the shortcut `path`; strings in single quotes, in which only the quote itself is doubled."""
    first, *rest = program()
    values = {
        "TargetPath": first,
        "Arguments": subprocess.list2cmdline(rest),
        "IconLocation": str(picture),
        "Description": ABOUT,
        "WorkingDirectory": str(Path.home()),
    }
    lines = [f"$s.{name} = {_quoted(value)}" for name, value in values.items()]
    return "; ".join([f"$s = (New-Object -ComObject WScript.Shell).CreateShortcut({_quoted(str(path))})", *lines, "$s.Save()"])


def associations(picture: Path) -> dict[str, str]:
    """The keys below HKEY_CURRENT_USER that make a double click on a project open it, with their values."""
    command = subprocess.list2cmdline([*program(), "%1"])
    return {
        rf"{_CLASSES}\{SUFFIX}": _TYPE,
        rf"{_CLASSES}\{_TYPE}": "Farspan project",
        rf"{_CLASSES}\{_TYPE}\DefaultIcon": str(picture),
        rf"{_CLASSES}\{_TYPE}\shell\open\command": command.replace(" %1", ' "%1"'),
    }


def _places() -> list[Path]:
    local = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    roaming = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    menu = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    return [local / "farspan" / "farspan.ico", menu / f"{NAME}.lnk", user_desktop_path() / f"{NAME}.lnk"]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _register(key: str, value: str) -> None:
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415  (there is none elsewhere)

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, "", 0, winreg.REG_SZ, value)
