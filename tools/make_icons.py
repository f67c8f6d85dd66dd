"""The program's icon as the systems want it: PNG, ICO (Windows) and ICNS (macOS), all drawn from farspan.svg.

    python tools/make_icons.py

Run it after farspan.svg has changed; what it makes is committed beside the drawing. Both containers hold PNGs as they are:
ICO has a directory of 16 bytes for each before them, ICNS a type and a length before each.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER: Final = Path(__file__).parent.parent / "resources" / "farspan_resources" / "desktop"
ICO_SIZES: Final = (16, 24, 32, 48, 64, 256)
ICNS_TYPES: Final = {b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512}
PNG_SIZE: Final = 256


def drawn(renderer: QSvgRenderer, size: int) -> bytes:
    """The drawing as a PNG of `size` x `size` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return data.data()


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon of PNGs by their size in pixels; a size of 256 is written as 0."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    for size, data in pictures.items():
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), at)
        at += len(data)
    return head + b"".join(pictures.values())


def icns(pictures: dict[bytes, bytes]) -> bytes:
    """A macOS icon of PNGs by their type."""
    parts = [kind + struct.pack(">I", len(data) + 8) + data for kind, data in pictures.items()]
    return b"icns" + struct.pack(">I", 8 + sum(map(len, parts))) + b"".join(parts)


def main() -> None:
    """Write the three files beside the drawing."""
    app = QGuiApplication([])
    renderer = QSvgRenderer(str(FOLDER / "farspan.svg"))
    (FOLDER / "farspan.png").write_bytes(drawn(renderer, PNG_SIZE))
    (FOLDER / "farspan.ico").write_bytes(ico({size: drawn(renderer, size) for size in ICO_SIZES}))
    (FOLDER / "farspan.icns").write_bytes(icns({kind: drawn(renderer, size) for kind, size in ICNS_TYPES.items()}))
    del app


if __name__ == "__main__":
    main()
