"""Coverage-guided fuzzing of one reader: `python tools/fuzz/fuzz_reader.py FORMAT [CORPUS_DIR] [-max_total_time=60]`.

Needs the extra `fuzz` (atheris). A file that makes a reader raise anything but an error for people is written beside the call as
crash-*, and is best kept as a test. Without a corpus folder it begins with files that the format's own writer makes.
"""

from __future__ import annotations

import pkgutil
import sys
import tempfile
import zlib
from importlib import import_module
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["farspan"]):
    import farspan.formats
    from farspan.errors import FarspanError

    for module in pkgutil.iter_modules(farspan.formats.__path__):
        import_module(f"farspan.formats.{module.name}")

import numpy as np

from farspan.formats import FORMATS, open_target, read_documents, writer_for
from farspan.model import Document, Relation, Span, Tokens

LONGEST = 1 << 14
TEXT = "Ana vio\n\U0001f3db Lima."
# What stands inside a container that mutations would only break: how it is taken out and put back.
INSIDE = {"docbin": (zlib.decompress, zlib.compress)}


def seeds(name: str, folder: Path) -> None:
    """Write a sound file or two of the format into `folder`."""
    tokens = Tokens(np.array([0, 4, 8, 11], np.int32), np.array([3, 7, 10, 15], np.int32), np.array([0, 2], np.int32))
    spans = [Span(0, 3, "PER", ids=("Q1",), kind="gold"), Span(11, 15, "LOC", ids=("Q2",), kind="gold")]
    document = Document("d", TEXT, {}, tokens, spans, [Relation("saw", 0, 1)])
    item = FORMATS[name]
    if item.write is None:
        (folder / "seed").write_bytes(b"<TEI><text><p>De <persName ref='#a'>Ana</persName></p></text></TEI>")
        return
    if item.content == "pair":
        (folder / "seed").write_text("T1\tPER 0 3\tAna\nT2\tLOC 11 15\tLima\nR1\tsaw Arg1:T1 Arg2:T2\n")
        return
    with open_target(str(folder / "seed"), item) as target, writer_for(name, target) as writer:
        writer.write(document)
    if name in INSIDE:
        (folder / "seed").write_bytes(INSIDE[name][0]((folder / "seed").read_bytes()))


def main() -> None:
    """Fuzz until the time is up or something is found."""
    name = sys.argv.pop(1)
    scratch = tempfile.TemporaryDirectory()
    path = Path(scratch.name) / f"a{FORMATS[name].suffixes[0]}"
    if FORMATS[name].content == "pair":
        path = path.with_suffix(".ann")
        path.with_suffix(".txt").write_text(TEXT, "utf-8", newline="")
    if not any(not argument.startswith("-") for argument in sys.argv[1:]):
        corpus = Path(scratch.name) / "corpus"
        corpus.mkdir()
        seeds(name, corpus)
        sys.argv.insert(1, str(corpus))

    def one(data: bytes) -> None:
        path.write_bytes(INSIDE[name][1](data[:LONGEST]) if name in INSIDE else data[:LONGEST])
        try:
            for document in read_documents([path], input_format=name):
                size = len(document.text)
                if not all(0 <= span.start < span.end <= size for span in document.spans):
                    raise AssertionError("a span outside its text")
        except FarspanError:
            pass

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
