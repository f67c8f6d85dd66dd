"""The corpora with two label sets over the same tokens that the checks are made on, read from the data folder."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOISEBENCH = Path("noisebench/data/annotations")
WIKIGOLD = Path("roster/data/wikigold")


def noisebench(folder: Path, noise: str) -> tuple[Path, Path]:
    """Gold and noisy file of NoiseBench, in CoNLL form."""
    return folder / NOISEBENCH / "clean.traindev", folder / NOISEBENCH / f"noise_{noise}.traindev"


@contextmanager
def wikigold(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Gold and distant labels of wikigold, written as two CoNLL files that last as long as the block."""
    with tempfile.TemporaryDirectory() as temporary:
        made = []
        for labels in ("true", "dist"):
            target = Path(temporary) / f"{labels}.conll"
            target.write_text(_joined(folder / WIKIGOLD / "train_text.txt", folder / WIKIGOLD / f"train_label_{labels}.txt"))
            made.append(target)
        yield made[0], made[1]


def _joined(text: Path, labels: Path) -> str:
    rows = zip(_lines(text), _lines(labels), strict=True)
    return "\n".join(_sentence(words.split(" "), tags.split(" ")) for words, tags in rows)


def _lines(path: Path) -> list[str]:
    return path.read_text().rstrip("\n").split("\n")


def _sentence(words: list[str], tags: list[str]) -> str:
    return "".join(f"{word}\t{tag}\n" for word, tag in zip(words, tags, strict=True))
