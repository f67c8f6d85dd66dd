"""The corpora with gold and noisy labels over the same tokens that the checks are made on, read from the data folder."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from farspan.noise.comparison import Comparison
from farspan_app.cli.console import Console
from farspan_app.cli.evaluate import read_comparison

NOISEBENCH = Path("noisebench/data/annotations")
NOISES = ("expert", "crowdbest", "distant", "weak")
WIKIGOLD = Path("roster/data/wikigold")
ESTNER = Path("estner/EstNER_v1_dev.json")
NOISYNER = Path("noisyner/data/only_labels")
BC5CDR = Path("chmm_alt/data/BC5CDR")
# Where the tokens of the EstNER development documents stand in NoisyNER's label sets, found by correlation.
ALIGNED = ((155992, 174246), (174247, 188883))

Sentence = list[tuple[str, str]]


def noisebench(folder: Path, noise: str) -> tuple[Path, Path]:
    """Gold and noisy file of NoiseBench, in CoNLL form."""
    return folder / NOISEBENCH / "clean.traindev", folder / NOISEBENCH / f"noise_{noise}.traindev"


@contextmanager
def wikigold(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Gold and distant labels of wikigold as two CoNLL files that last as long as the block."""
    with _as_files(*([_wikigold(folder, kind)] for kind in ("true", "dist"))) as files:
        yield files


@contextmanager
def noisyner(folder: Path, number: int) -> Iterator[tuple[Path, Path]]:
    """EstNER's development set and NoisyNER's label set `number` over its tokens, as two CoNLL files."""
    documents = _estner(folder)
    labels = (folder / NOISYNER / f"NoisyNER_labelset{number}.labels").read_text().split("\n")
    noisy = iter([label for begin, end in ALIGNED for label in labels[begin:end]])
    given = [[[(word, next(noisy)) for word, _ in sentence] for sentence in document] for document in documents]
    with _as_files(documents, given) as files:
        yield files


def comparisons(folder: Path) -> Iterator[tuple[str, Comparison]]:
    """Every corpus by name, gold and noisy labels side by side; those of NoiseBench and BC5CDR with their documents."""
    for noise in NOISES:
        with _as_files(*(_noisebench(folder, path) for path in noisebench(folder, noise))) as files:
            yield f"NoiseBench {noise}", _compared(files)
    with wikigold(folder) as files:
        yield "wikigold distant", _compared(files)
    for number in range(1, 8):
        with noisyner(folder, number) as files:
            yield f"NoisyNER {number}", _compared(files)

    with _as_files(_bc5cdr(folder, noisy=False), _bc5cdr(folder, noisy=True)) as files:
        yield "BC5CDR rules", _compared(files)


def _compared(files: tuple[Path, Path]) -> Comparison:
    paths = (str(files[0]), str(files[1]))
    return read_comparison(Console(quiet=True), paths, (None, None), ["GPE=LOC"], "auto", nested=False)


def _noisebench(folder: Path, path: Path) -> list[list[Sentence]]:
    documents: list[list[Sentence]] = []
    marks = [line for line in (folder / NOISEBENCH / "index.txt").read_text().split("\n") if line]
    for mark, sentence in zip(marks, path.read_text().strip().split("\n\n"), strict=True):
        if mark == "docstart":
            documents.append([])
        else:
            rows = (line.split("\t") for line in sentence.split("\n"))
            documents[-1].append([(token, tag) for token, tag in rows])
    return documents


def _wikigold(folder: Path, kind: str) -> list[Sentence]:
    rows = zip(_lines(folder / WIKIGOLD / "train_text.txt"), _lines(folder / WIKIGOLD / f"train_label_{kind}.txt"), strict=True)
    return [list(zip(words.split(" "), tags.split(" "), strict=True)) for words, tags in rows]


def _estner(folder: Path) -> list[list[Sentence]]:
    documents = json.loads((folder / ESTNER).read_text(encoding="utf-8"))["documents"]
    return [
        [[(word["word"], _noisyner_tag(word["ner_1"])) for word in sentence["words"]] for sentence in document["sentences"]]
        for document in documents
    ]


def _noisyner_tag(tag: str) -> str:
    """The tag in NoisyNER's inventory, which has three of EstNER's labels and no GPE."""
    place, _, label = tag.replace("GPE", "LOC").partition("-")
    return tag if tag == "O" else f"{place}-{label}" if label in {"PER", "LOC", "ORG"} else "O"


def _bc5cdr(folder: Path, *, noisy: bool) -> list[list[Sentence]]:
    """Abstracts with gold labels, or with those of the labelling functions: the first that labels a token keeps it."""
    documents = []
    for part in ("train", "valid"):
        for abstract in json.loads((folder / BC5CDR / f"{part}.json").read_text(encoding="utf-8")).values():
            sources = abstract["weak_labels"] if noisy else [abstract["label"]]
            words = abstract["data"]["text"]
            documents.append(_sentences(words, _first_wins(len(words), [span for source in sources for span in source])))
    return documents


def _first_wins(size: int, spans: list[tuple[int, int, str]]) -> list[str]:
    tags = ["O"] * size
    for start, end, label in spans:
        if label in {"Chemical", "Disease"} and all(tag == "O" for tag in tags[start:end]):
            tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return tags


def _sentences(words: list[str], tags: list[str]) -> list[Sentence]:
    """The words cut after each full stop, as the abstracts come without sentences."""
    made: list[Sentence] = [[]]
    for word, tag in zip(words, tags, strict=True):
        made[-1].append((word, tag))
        if word == ".":
            made.append([])
    return [sentence for sentence in made if sentence]


def _lines(path: Path) -> list[str]:
    return path.read_text().rstrip("\n").split("\n")


@contextmanager
def _as_files(*labelled: list[list[Sentence]]) -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory() as temporary:
        paths = (Path(temporary) / "gold.conll", Path(temporary) / "noisy.conll")
        for path, documents in zip(paths, labelled, strict=True):
            path.write_text("".join(map(_document, documents)), encoding="utf-8")
        yield paths


def _document(sentences: list[Sentence]) -> str:
    rows = ("".join(f"{word}\t{tag}\n" for word, tag in sentence) + "\n" for sentence in sentences)
    return "-DOCSTART-\tO\n\n" + "".join(rows)
