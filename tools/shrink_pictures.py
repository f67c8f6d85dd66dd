"""Put pictures of the window into the guide: python tools/shrink_pictures.py TAKEN FOLDER.

TAKEN holds the folders of `TABS` as ``farspan gui --screenshots`` writes them; a picture is called by its tab and the
first word of its folder.
"""

import sys
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from scipy.spatial import KDTree

TABS: Final = {
    "light": ("corpus", "lists", "text", "concordance", "tuning", "errors", "export"),
    "light-sample": ("relations",),
    "dark": ("text", "tuning"),
    "amharic": ("text",),
}
COMMON: Final = 128
FAR: Final = 128  # colours of a picture with a palette: the commonest, then those that are furthest from all chosen before


def main(taken: Path, folder: Path) -> None:
    """Write ``corpus-light.png`` and so on into `folder`, and say how large they are."""
    for name, tabs in TABS.items():
        for tab in tabs:
            [source] = (taken / name).glob(f"*-{tab}.png")
            target = folder / f"{tab}-{name.partition('-')[0]}.png"
            write_small(QImage(str(source)), target)
            print(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")  # noqa: T201


def write_small(picture: QImage, target: Path) -> None:
    """Write `picture` as PNG with 256 of its own colours."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels: NDArray[np.uint32] = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)
    colours, which, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    palette = colours[_chosen(_channels(colours), np.argsort(counts)[::-1][:COMMON])]
    nearest = KDTree(_channels(palette)).query(_channels(colours))[1].astype(np.uint8)
    rows = np.ascontiguousarray(nearest[which].reshape(pixels.shape))
    small = QImage(rows.data, picture.width(), picture.height(), rows.shape[1], QImage.Format.Format_Indexed8)
    small.setColorTable([int(colour) for colour in palette])
    if not small.save(str(target), "PNG", 0):  # 0: compressed as far as it goes
        raise SystemExit(f"{target}: the picture cannot be written")


def _chosen(points: NDArray[np.int64], first: NDArray[np.int64]) -> list[int]:
    """The rows of `points`, shape (n, 3), that make the palette: `first`, then `FAR` times the one furthest from all of them."""
    chosen = [int(row) for row in first]
    distance = KDTree(points[chosen]).query(points)[0]
    for _ in range(min(FAR, len(points) - len(chosen))):
        chosen.append(int(distance.argmax()))
        distance = np.minimum(distance, np.linalg.norm(points - points[chosen[-1]], axis=1))
    return chosen


def _channels(colours: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Red, green and blue of each, shape (n, 3)."""
    return np.stack([(colours.astype(np.int64) >> shift) & 0xFF for shift in (16, 8, 0)], axis=1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
