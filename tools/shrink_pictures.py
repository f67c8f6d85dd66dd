"""Put pictures of the window into the guide: python tools/shrink_pictures.py TAKEN FOLDER.

TAKEN holds the folders ``light`` and ``dark`` as ``farspan gui --screenshots`` writes them. Every tab is taken in light colours,
those of `IN_DARK` in dark ones too.
"""

import sys
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from scipy.spatial import KDTree

IN_DARK: Final = ("text", "tuning")
COLOURS: Final = 256  # of a picture with a palette; plain areas have few, and the edges of letters are near to some of them


def main(taken: Path, folder: Path) -> None:
    """Write ``corpus-light.png`` and so on into `folder`, and say how large they are."""
    for theme in ("light", "dark"):
        for source in sorted((taken / theme).glob("*.png")):
            tab = source.stem.partition("-")[2]
            if theme == "light" or tab in IN_DARK:
                target = folder / f"{tab}-{theme}.png"
                write_small(QImage(str(source)), target)
                print(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")  # noqa: T201


def write_small(picture: QImage, target: Path) -> None:
    """Write `picture` as PNG with its own `COLOURS` commonest colours."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels: NDArray[np.uint32] = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)
    colours, which, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    palette = colours[np.argsort(counts)[::-1][:COLOURS]]
    nearest = KDTree(_channels(palette)).query(_channels(colours))[1].astype(np.uint8)
    rows = np.ascontiguousarray(nearest[which].reshape(pixels.shape))
    small = QImage(rows.data, picture.width(), picture.height(), rows.shape[1], QImage.Format.Format_Indexed8)
    small.setColorTable([int(colour) for colour in palette])
    if not small.save(str(target), "PNG", 0):  # 0: compressed as far as it goes
        raise SystemExit(f"{target}: the picture cannot be written")


def _channels(colours: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Red, green and blue of each, shape (n, 3)."""
    return np.stack([(colours >> shift) & 0xFF for shift in (16, 8, 0)], axis=1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
