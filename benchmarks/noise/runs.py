"""Runs over corpora with gold for every token, which signals are measured on: labels as given, and lists matched afresh."""

import gzip
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.noise.corpora import BC5CDR, noisyner, wikigold
from farspan.formats import read_documents
from farspan.model import Document, Span, Tokens
from farspan.noise.evidence import Evidence, gold_evidence
from farspan.noise.given import run_of_labels
from farspan.options import MatchingOptions
from farspan.run import Run, Source
from farspan.session import Lexicon, Session
from farspan.sources.lists import EntityList
from farspan.text.corpus import build_corpus
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A run, the session it was made in, and the truth."""

    name: str
    run: Run
    session: Session
    sources: Sequence[Source]
    evidence: Evidence


def known_runs(folder: Path) -> Iterator[Known]:
    """Every corpus, one after the other."""
    yield _es_movie(folder)
    yield _autoner(folder)
    yield _dsner(folder)
    yield _wnut(folder)
    yield from given_runs(folder)


def given_runs(folder: Path) -> Iterator[Known]:
    """The corpora whose distant labels were given. NoiseBench is not among them: its words are masked."""
    with wikigold(folder) as files:
        yield _given("wikigold distant", files, "en")
    for number in range(1, 8):
        with noisyner(folder, number) as files:
            yield _given(f"NoisyNER {number}", files, "et")
    yield _functions(folder)


def _given(name: str, files: tuple[Path, Path], lang: str) -> Known:
    gold, noisy = ([_mapped(document) for document in read_documents([str(path)])] for path in files)
    session = _session(gold, lang)
    run = run_of_labels(session.corpus, noisy)
    return Known(name, run, session, run.rules.sources, gold_evidence(session.corpus, gold))


def _mapped(document: Document) -> Document:
    return replace(document, spans=[replace(span, label="LOC") if span.label == "GPE" else span for span in document.spans])


def _session(documents: Sequence[Document], lang: str, names: str = "whitespace") -> Session:
    tokenizer = make_tokenizer(names, lang, Vocabulary())
    return Session(build_corpus(documents, tokenizer, lang), Lexicon(tokenizer, lang))


def _matched(  # noqa: PLR0917  (a corpus and its lists)
    name: str,
    lang: str,
    gold: Sequence[Document],
    unread: Sequence[Document],
    sources: Sequence[Source],
    tokenizer: str = "whitespace",
) -> Known:
    """Lists matched on gold documents, with further text to count uses in."""
    named = [replace(document, id=f"{number}") for number, document in enumerate([*gold, *unread])]
    session = _session(named, lang, tokenizer)
    return Known(name, session.run(sources), session, sources, gold_evidence(session.corpus, named[: len(gold)]))


def _functions(folder: Path) -> Known:
    """Abstracts with the spans of 30 labelling functions, each a source of its own."""
    gold, given = [], []
    for part in ("train", "valid"):
        for key, abstract in json.loads((folder / BC5CDR / f"{part}.json").read_text(encoding="utf-8")).items():
            words = abstract["data"]["text"]
            ends = np.cumsum([len(word) + 1 for word in words])
            starts = ends - [len(word) + 1 for word in words]
            stops = np.array([0, *(i + 1 for i, word in enumerate(words[:-1]) if word == ".")], np.int32)
            tokens = Tokens(starts.astype(np.int32), (ends - 1).astype(np.int32), stops)
            document = Document(f"{part}-{key}", " ".join(words), tokens=tokens)
            gold.append(replace(document, spans=_spans(abstract["label"], starts, ends, "", "gold")))
            each = [_spans(rows, starts, ends, f"f{n}", "kept") for n, rows in enumerate(abstract["weak_labels"])]
            given.append(replace(document, spans=[span for spans in each for span in spans]))
    session = _session(gold, "en")
    run = run_of_labels(session.corpus, given)
    return Known("BC5CDR functions", run, session, run.rules.sources, gold_evidence(session.corpus, gold))


def _spans(rows: Sequence[tuple[int, int, str]], starts: np.ndarray, ends: np.ndarray, source: str, kind: str) -> list[Span]:
    wanted = [row for row in rows if row[2] in {"Chemical", "Disease"}]
    return [Span(int(starts[first]), int(ends[last - 1]) - 1, label, source, kind=kind) for first, last, label in wanted]


def _es_movie(folder: Path) -> Known:
    data = folder / "anea/additional/data/es_movie"
    gold = [
        d for part in ("test", "first1500tokens.train") for p in data.glob(f"es-movie*{part}") for d in read_documents([str(p)])
    ]
    unread = list(read_documents([str(data / "es-movie_unlabeled.txt")]))
    titles = [row["title"] for path in sorted((folder / "movie_titles").glob("*.json")) for row in json.loads(path.read_text())]
    return _matched("es_movie titles", "es", gold, unread, [Source(EntityList.from_names("MOVIE", titles, name="titles"))])


def _autoner(folder: Path) -> Known:
    data = folder / "autoner_bc5cdr/data/BC5CDR"
    names: dict[str, list[str]] = {}
    for line in (data / "dict_core.txt").read_text().split("\n"):
        if line:
            label, name = line.split("\t")
            names.setdefault(label, []).append(name)
    sources = [Source(EntityList.from_names(label, rows, name=label.lower())) for label, rows in names.items()]
    with tempfile.TemporaryDirectory() as temporary:
        path, raw = Path(temporary) / "gold.conll", Path(temporary) / "raw.conll"
        path.write_text("".join(_autoner_rows(data / "truth_dev.ck")), encoding="utf-8")
        words = (data / "raw_text.txt").read_text().split("\n")
        raw.write_text("\n".join(f"{word}\tO" if word.strip() else "" for word in words), encoding="utf-8")
        return _matched("BC5CDR AutoNER core", "en", list(read_documents([str(path)])), list(read_documents([str(raw)])), sources)


def _autoner_rows(path: Path) -> Iterator[str]:
    """Tokens with tags: each line has a token, whether a new chunk begins before it (I) and the type of its chunk."""
    before = "None"
    for line in path.read_text().split("\n"):
        if not line.strip():
            yield "\n"
            before = "None"
            continue
        token, border, label = line.split(" ")
        if token in {"<s>", "<eof>"}:
            continue
        yield f"{token}\t{'O' if label == 'None' else ('B-' if border == 'I' or before != label else 'I-') + label}\n"
        before = label


def _dsner(folder: Path) -> Known:
    data = folder / "dsner_zh/data"
    labels = {"Brand": "pp", "Material": "yl", "Model": "xh", "Product": "cp", "Specification": "gg"}
    sources = []
    for path in sorted((data / "supplementary_documents/EC.dict").iterdir()):
        names = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        sources.append(Source(EntityList.from_names(labels[path.name], names, name=path.name.lower())))
    gold = list(read_documents([str(data / "EC/dev")], input_format="conll"))
    unread = list(read_documents([str(data / "EC/train")], input_format="conll"))
    return _matched("Chinese products", "zh", gold, unread, sources, tokenizer="characters")


def _wnut(folder: Path) -> Known:
    names = folder / "name_databases/NamesDatabases"
    people = [_lines_of(names / part / "us.txt") for part in ("first_names", "surnames")]
    places = json.loads((folder / "skweak_gazetteers/data/geonames.json").read_text())["GPE"]
    things = json.loads((folder / "skweak_gazetteers/data/products.json").read_text())["PRODUCT"]
    with gzip.open(folder / "skweak_gazetteers/data/crunchbase_companies.json.gz") as file:
        firms = json.loads(file.read())["COMPANY"]
    lists = {
        "first": ("person", people[0]), "surnames": ("person", people[1]), "places": ("location", places),
        "products": ("product", things), "firms": ("corporation", firms),
    }  # fmt: skip
    join = MatchingOptions(min_length=3)
    sources = [Source(EntityList.from_names(label, rows, name=name), join) for name, (label, rows) in lists.items()]
    data = folder / "wnut17"
    gold = [d for name in ("emerging.dev.conll", "wnut17train.conll") for d in read_documents([str(data / name)])]
    return _matched("WNUT17 gazetteers", "en", gold, (), sources)


def _lines_of(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8", errors="replace").split("\n") if line.strip()]
