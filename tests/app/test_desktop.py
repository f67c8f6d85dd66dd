"""Farspan among the programs of a computer: what is written for each system, and that it starts the window."""

import configparser
import os
import plistlib
import shlex
import shutil
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from farspan.errors import InputError
from farspan_app.cli.main import main
from farspan_app.desktop import entry, freedesktop, macos, start, windows


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home with a desktop, and nothing told to the system on which the tests run."""
    folder = tmp_path / "home of Ana"
    (folder / "Escritorio").mkdir(parents=True)
    (folder / ".config").mkdir()
    (folder / ".config" / "user-dirs.dirs").write_text('XDG_DESKTOP_DIR="$HOME/Escritorio"\n')
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / ".config"))
    for name in ("XDG_DESKTOP_DIR",):
        monkeypatch.delenv(name, raising=False)
    return folder


def entry_of(path):
    read = configparser.ConfigParser(interpolation=None, strict=True)
    read.optionxform = str
    read.read_string(path.read_text("utf-8"))
    return read["Desktop Entry"]


def test_the_menu_the_desktop_and_the_type_of_file(home, capsys):
    assert main(["desktop"]) == 0
    assert "a double click on a project opens it" in capsys.readouterr().err
    made = entry_of(home / "data" / "applications" / "farspan.desktop")
    assert (made["Name"], made["Type"], made["Terminal"]) == ("Farspan", "Application", "false")
    assert made["MimeType"] == f"{freedesktop.MIME};"
    *command, field = shlex.split(made["Exec"])
    assert field == "%f"
    assert Path(command[0]).is_file()
    surface = home / "Escritorio" / "farspan.desktop"
    assert entry_of(surface) == made
    assert os.access(surface, os.X_OK)
    kind = ET.parse(home / "data" / "mime" / "packages" / "farspan.xml").getroot()[0]
    assert kind.get("type") == freedesktop.MIME
    assert [child.get("pattern") for child in kind if child.tag.endswith("glob")] == ["*.farspan"]
    assert (home / "data" / "icons" / "hicolor" / "scalable" / "apps" / "farspan.svg").is_file()
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", surface], check=True)


def test_twice_is_once_and_all_of_it_can_be_taken_away(home, capsys):
    before = sorted(home.rglob("*"))
    main(["desktop"])
    first = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    main(["desktop"])
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == first
    assert main(["desktop", "--remove"]) == 0
    files = [path for path in home.rglob("*") if path.is_file() and path not in before]
    # What the system's own programs noted when they were told belongs to them.
    assert not [path for path in files if "farspan" in path.name]
    capsys.readouterr()
    assert main(["desktop", "--remove"]) == 0
    assert "nothing to remove" in capsys.readouterr().err


def test_only_the_menu(home):
    assert main(["desktop", "--menu-only", "-q"]) == 0
    assert not list((home / "Escritorio").iterdir())


def test_a_folder_that_may_not_be_written_is_told(home, monkeypatch):
    (home / "data").write_text("a file where a folder has to be")
    with pytest.raises(InputError, match="cannot be written"):
        freedesktop.put()


@pytest.mark.parametrize("word", ["/plain", "/with blank", '/a"b', "/a$b`c", "/a\\b", "/100%", "/x;y"])
def test_the_exec_key_gives_the_word_back(word):
    """Read as the specification says: first the escapes of a string value, then the quoting, then the field codes."""
    value = freedesktop._quoted(word).replace("\\\\", "\0").replace("\0", "\\")
    if value.startswith('"'):
        out, escaped = "", False
        for character in value[1:-1]:
            if not escaped and character == "\\":
                escaped = True
            else:
                out, escaped = out + character, False
        value = out
    assert value.replace("%%", "%") == word


def test_the_started_program_opens_the_project(home, tmp_path):
    """The very command of the menu, offscreen, makes pictures of a sample: it is a whole program."""
    command = [
        *entry.program(),
        "--sample",
        "amharic-places",
        "--folder",
        str(tmp_path),
        "--screenshots",
        str(tmp_path / "shots"),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "shots" / "1-corpus.png").is_file()


def test_what_goes_wrong_without_a_terminal_is_shown(monkeypatch, tmp_path):
    shown = []
    monkeypatch.setattr(start, "show", shown.append)
    monkeypatch.setattr(sys, "argv", ["farspan-window", str(tmp_path / "none.farspan")])
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "stdout", None)
    assert start.main() == 1
    assert len(shown) == 1
    assert "no such file" in shown[0]


def test_an_application_of_macos(home):
    placed = macos.put()
    bundle = home / "Applications" / "Farspan.app"
    described = plistlib.loads((bundle / "Contents" / "Info.plist").read_bytes())
    assert described["CFBundleDocumentTypes"][0]["CFBundleTypeExtensions"] == ["farspan"]
    script = bundle / "Contents" / "MacOS" / described["CFBundleExecutable"]
    assert os.access(script, os.X_OK)
    assert subprocess.run([script, "--help"], capture_output=True, text=True, check=True).stdout.count("--screenshots")
    picture = (bundle / "Contents" / "Resources" / described["CFBundleIconFile"]).read_bytes()
    assert picture[:4] == b"icns"
    assert struct.unpack(">I", picture[4:8])[0] == len(picture)
    assert set(placed.paths) >= {script}
    assert macos.take_away().paths == (bundle, *([home / "Escritorio" / "Farspan"]))
    assert not bundle.exists()


def test_shortcuts_and_types_of_windows(home, monkeypatch):
    monkeypatch.setattr(windows, "program", lambda: (r"C:\Users\O'Neil Ana\farspan-window.exe",))
    script = windows.shortcut_script(Path("Farspan.lnk"), Path("farspan.ico"))
    assert r"$s.TargetPath = 'C:\Users\O''Neil Ana\farspan-window.exe'" in script
    assert script.endswith("$s.Save()")
    keys = windows.associations(Path("farspan.ico"))
    assert keys[r"Software\Classes\.farspan"] == "Farspan.Project"
    assert keys[r"Software\Classes\Farspan.Project\shell\open\command"] == r'"C:\Users\O' "'" r'Neil Ana\farspan-window.exe" "%1"'
    picture = entry.icon(".ico")
    count = struct.unpack("<HHH", picture[:6])[2]
    for at in range(count):
        size, begin = struct.unpack("<8xII", picture[6 + 16 * at : 22 + 16 * at])
        assert picture[begin : begin + 8] == b"\x89PNG\r\n\x1a\n"
        assert begin + size <= len(picture)
