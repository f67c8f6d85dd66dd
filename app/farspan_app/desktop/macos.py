"""macOS: a small application folder that starts the program and owns the project files."""

from __future__ import annotations

import plistlib
import shlex
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_desktop_path

from farspan_app.desktop.entry import NAME, SUFFIX, Placed, icon, program, remove, tell, write

_ID = "org.farspan.Farspan"


def put(*, on_desktop: bool = True) -> Placed:
    """Write Farspan.app into the person's Applications and, if wanted, a link to it on the desktop."""
    bundle, link = _places()
    remove([bundle])
    inside = bundle / "Contents"
    written = [
        write(inside / "Info.plist", plistlib.dumps(_description())),
        write(inside / "MacOS" / NAME, f'#!/bin/sh\nexec {shlex.join(program())} "$@"\n', runs=True),
        write(inside / "Resources" / "farspan.icns", icon(".icns")),
    ]
    tell("/System/Library/Frameworks/CoreServices.framework/Frameworks/LaunchServices.framework/Support/lsregister", str(bundle))
    if on_desktop and link.parent.is_dir() and not link.exists():
        link.unlink(missing_ok=True)  # a link that leads nowhere
        link.symlink_to(bundle)
        written.append(link)
    return Placed(tuple(written))


def take_away() -> Placed:
    """Remove what `put` wrote."""
    bundle, link = _places()
    return Placed(remove([bundle, *([link] if link.is_symlink() else [])]))


def _places() -> tuple[Path, Path]:
    return Path.home() / "Applications" / f"{NAME}.app", user_desktop_path() / NAME


def _description() -> dict[str, object]:
    return {
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundleIdentifier": _ID,
        "CFBundleExecutable": NAME,
        "CFBundleIconFile": "farspan.icns",
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": version("farspan"),
        "CFBundleVersion": version("farspan"),
        "NSHighResolutionCapable": True,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Farspan project",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeExtensions": [SUFFIX[1:]],
                "CFBundleTypeIconFile": "farspan.icns",
                "LSHandlerRank": "Owner",
            }
        ],
    }
