"""Brings the translations up to date: `python tools/make_translations.py` after a text of the window has changed.

Texts are read out of the window's sources by Qt's lupdate, and out of what is defined elsewhere (options, samples, formats).
New ones stand in farspan_LANG.ts as unfinished; Qt Linguist, or any editor, finishes them. The .qm files are made from the .ts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from farspan.formats import FORMATS
from farspan.options import OPTIONS
from farspan.relations.options import RELATION_OPTIONS
from farspan_app.gui.translating import LANGUAGES, translations_folder
from farspan_app.gui.widgets.option_control import plain_title
from farspan_resources import samples

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "app" / "farspan_app" / "gui"


def defined_elsewhere() -> Iterator[tuple[str, str]]:
    """(context, text) of what the window shows and other rooms define."""
    for options in (OPTIONS, RELATION_OPTIONS):
        for name, option in options.items():
            yield "Option", plain_title(name)
            yield "Option", option.help
    for sample in samples():
        yield "Sample", sample.title
        yield "Sample", sample.description
    for item in FORMATS.values():
        yield "Format", item.description


def update(folder: Path, languages: list[str]) -> None:
    """Write the .ts and .qm files of `languages` in `folder`; what was translated stays. Of English, plurals alone."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        others = Path(place) / "elsewhere.py"
        lines = (f"QT_TRANSLATE_NOOP({context!r}, {text!r})" for context, text in dict.fromkeys(defined_elsewhere()))
        others.write_text("\n".join(lines) + "\n", encoding="utf-8")
        files = sorted(str(path) for path in SOURCES.rglob("*.py"))
        for code in languages:
            made = folder / f"farspan_{code}.ts"
            asked = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", code]
            asked += ["-pluralonly"] * (code == "en")
            run("lupdate", *asked, *files, str(others), "-ts", str(made))
            run("lrelease", "-silent", str(made), "-qm", str(made.with_suffix(".qm")))


def run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools. Raises CalledProcessError."""
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([str(program), *arguments], check=True, capture_output=True)  # noqa: S603


if __name__ == "__main__":
    update(translations_folder(), list(LANGUAGES))
