"""Formats: writing and reading an annotated corpus in each of them, in MB/s, beside the library that others would use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.results import Results
from benchmarks.setting import Setting
from benchmarks.timing import Rounds, Times, in_turn
from benchmarks.world import options, short
from farspan.annotate import Annotator
from farspan.formats import FORMATS, Format, open_target, read_documents, writer_for
from farspan.model import Document
from farspan.run import Source

SECTION = "Formats: an annotated corpus written and read (MB of the file a second; a peer does the same to the same file)"
ROUNDS = Rounds(3, 1, 4.0)
# By relations rather than by text: what they write is not the corpus.
LEFT_OUT = {"tacred", "nyt10"}


def measure(setting: Setting, results: Results) -> None:
    """Every format that is read and written; the fastest first."""
    world = setting.world(setting.tokens[0], setting.names[1])
    annotator = Annotator([Source(world.entity_list, options(case="ignore"))], lang=world.lang)
    documents = list(annotator.annotate(world.corpus.documents))
    tokens = sum(len(document.tokens) for document in documents if document.tokens is not None)
    for name, item in FORMATS.items():
        if item.read is not None and item.write is not None and name not in LEFT_OUT:
            _measure(setting.folder, item, documents, f"{name}, {short(tokens)} tokens", results)


def _measure(folder: Path, item: Format, documents: list[Document], case: str, results: Results) -> None:
    several = item.single or item.content == "pair"
    path = folder / (f"{item.name}.zip" if several else f"bench{item.suffixes[0]}")
    counts: dict[str, int] = {}

    def write() -> None:
        with open_target(str(path), item) as target, writer_for(item.name, target) as writer:
            for document in documents:
                writer.write(document)
        counts["spans lost"] = sum(writer.loss.counts.values())

    def read() -> None:
        counts["spans read"] = sum(len(document.spans) for document in read_documents([path], input_format=item.name))

    written = in_turn({"write": write}, ROUNDS)["write"]
    sides: dict[str, Callable[[], object]] = {"read": read}
    peer = PEERS.get(item.name)
    if peer is not None:
        sides[peer[0]] = lambda: peer[1](path)
    taken = in_turn(sides, ROUNDS)
    size = path.stat().st_size
    packed = " in an archive" if several else ""
    results.compare(SECTION, case, {"write": written}, {"write": _speed(size, written)}, f"{size / 1e6:,.1f} MB{packed}")
    found = {side: _speed(size, times) for side, times in taken.items()}
    results.compare(SECTION, case, taken, found, f"{counts['spans read']:,} spans")


def _speed(size: int, taken: Times) -> str:
    return f"{size / 1e6 / taken.median:,.1f} MB/s"


def _conllu(path: Path) -> int:
    import conllu

    with path.open(encoding="utf-8") as file:
        return sum(len(sentence) for sentence in conllu.parse_incr(file))


def _spacy(path: Path) -> int:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    return sum(len(doc.ents) for doc in DocBin().from_disk(path).get_docs(Vocab()))


def _pyarrow(path: Path) -> int:
    import pyarrow.parquet as pq

    return len(pq.read_table(path).to_pylist())


def _orjson(path: Path) -> int:
    import orjson

    with path.open("rb") as file:
        return sum(len(orjson.loads(line)) for line in file)


def _lines(path: Path) -> int:
    """What every reader of a token format that is written in an evening does."""
    with path.open(encoding="utf-8") as file:
        return len([line.rstrip("\n").split("\t") for line in file])


def _cassis(path: Path) -> int:
    import io
    import zipfile

    import cassis

    with zipfile.ZipFile(path) as archive:
        system = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
        names = [name for name in archive.namelist() if name.endswith(".xmi")]
        return sum(len(list(cassis.load_cas_from_xmi(io.BytesIO(archive.read(name)), system).select_all())) for name in names)


PEERS: dict[str, tuple[str, Callable[[Path], int]]] = {
    "conllu": ("conllu.parse_incr", _conllu),
    "conllup": ("conllu.parse_incr", _conllu),
    "docbin": ("DocBin.get_docs", _spacy),
    "parquet": ("pyarrow, to Python lists", _pyarrow),
    "jsonl": ("orjson, no documents made", _orjson),
    "conll": ("lines and columns alone", _lines),
    "xmi": ("cassis", _cassis),
}
