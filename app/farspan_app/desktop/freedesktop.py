"""Linux and other systems with the conventions of freedesktop.org: a desktop entry, icons of the theme, a type of file.

https://specifications.freedesktop.org: Desktop Entry 1.5, Icon Theme 0.13, Shared MIME-info 0.21, Base Directory 0.8.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from platformdirs import user_desktop_path

from farspan_app.desktop.entry import ABOUT, NAME, SUFFIX, Placed, icon, program, remove, tell, write

MIME: Final = "application/x-farspan-project"
_RESERVED: Final = re.compile(r"[\s\"'\\><~|&;$*?#()`]")
_TYPE: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{MIME}">
    <comment>Farspan project</comment>
    <comment xml:lang="es">Proyecto de Farspan</comment>
    <sub-class-of type="application/vnd.sqlite3"/>
    <glob pattern="*{SUFFIX}"/>
  </mime-type>
</mime-info>
"""


def put(*, on_desktop: bool = True) -> Placed:
    """Write what the menu, the file manager and, if wanted, the desktop need; what was there of an earlier time is replaced."""
    entry, shown, kind, surface, *pictures = _places()
    text = _entry()
    written = [write(entry, text), write(kind, _TYPE)]
    written += [write(path, icon(path.suffix)) for path in (shown, *pictures)]
    if on_desktop and surface.parent.is_dir():
        written.append(write(surface, text, runs=True))
        tell("gio", "set", str(surface), "metadata::trusted", "true")  # else GNOME does not start it
    return Placed(tuple(written), _notes(_refresh()))


def take_away() -> Placed:
    """Remove what `put` wrote."""
    removed = remove(_places())
    _refresh()
    return Placed(removed)


def _places() -> list[Path]:
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    icons = data / "icons" / "hicolor"
    picture = f"{MIME.replace('/', '-')}"
    return [
        data / "applications" / "farspan.desktop",
        icons / "scalable" / "apps" / "farspan.svg",
        data / "mime" / "packages" / "farspan.xml",
        user_desktop_path() / "farspan.desktop",
        icons / "256x256" / "apps" / "farspan.png",
        icons / "scalable" / "mimetypes" / f"{picture}.svg",
    ]


def _entry() -> str:
    command = " ".join(map(_quoted, program()))
    return f"""[Desktop Entry]
Type=Application
Version=1.0
Name={NAME}
GenericName=Corpus annotation
GenericName[es]=Anotación de corpus
Comment={ABOUT}
Comment[es]=Convertir textos y listas de nombres en corpus anotados
Exec={command} %f
Icon=farspan
Terminal=false
StartupNotify=true
StartupWMClass=farspan
MimeType={MIME};
Categories=Education;Languages;
Keywords=corpus;annotation;concordance;named entities;linguistics;
"""


def _quoted(word: str) -> str:
    """A word of the Exec key, which has rules of its own: quotes where a character is reserved, and %% for a percent sign."""
    word = word.replace("%", "%%")
    if not _RESERVED.search(word):
        return word
    quoted = re.sub(r'([\\"`$])', r"\\\1", word)
    return '"' + quoted.replace("\\", "\\\\") + '"'  # a key's value takes one more backslash before each


def _refresh() -> list[str]:
    """Tell the system; the programs for it that are missing."""
    data = str(_places()[0].parent.parent)
    asked = {"update-desktop-database": f"{data}/applications", "update-mime-database": f"{data}/mime"}
    missing = [name for name, folder in asked.items() if Path(folder).is_dir() and not tell(name, folder)]
    tell("gtk-update-icon-cache", "-q", "-t", "-f", f"{data}/icons/hicolor")
    return missing


def _notes(missing: list[str]) -> tuple[str, ...]:
    if not missing:
        return ()
    packages = {"update-desktop-database": "desktop-file-utils", "update-mime-database": "shared-mime-info"}
    wanted = " ".join(packages[name] for name in missing)
    return (f"to open {SUFFIX} files by double click, install {wanted} and run this again",)
