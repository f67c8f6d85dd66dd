"""`farspan evaluate`: how well labels agree with gold labels, counted as conlleval and seqeval count."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.wording import counted
from farspan_app.cli.console import Console, Json, Quiet, Verbose, table

if TYPE_CHECKING:
    from farspan.errors import Place
    from farspan.model import Document
    from farspan.noise.alignment import Side, TokenGrid
    from farspan.noise.comparison import Comparison
    from farspan.noise.scoring import Score, Scores

Gold = Annotated[str, typer.Option("--gold", metavar="FILE", help="File with the right labels; - is standard input.")]
Pred = Annotated[str, typer.Option("--pred", metavar="FILE", help="File with the labels to be judged; - is standard input.")]
GoldColumn = Annotated[
    int | None, typer.Option("--gold-column", min=1, metavar="N", help="Column of the tags in the gold file, counted from 1.")
]
PredColumn = Annotated[
    int | None, typer.Option("--pred-column", min=1, metavar="N", help="Column of the tags in the other file, counted from 1.")
]
Map = Annotated[
    list[str] | None, typer.Option("--map", metavar="FROM=TO", help="Rename a label in both files, as GPE=LOC; may be repeated.")
]
Nested = Annotated[bool, typer.Option("--nested", help="Count spans of the nested layer too.")]
InputFormat = Annotated[str, typer.Option("--input-format", metavar="FORMAT", help="Format of both files; auto looks at each.")]

_OTHERS: Final = {"partial": "partial", "type": "type", "exact_boundary": "exact boundary"}


def evaluate(  # noqa: PLR0917  (Typer calls it by name)
    gold: Gold,
    pred: Pred,
    gold_column: GoldColumn = None,
    pred_column: PredColumn = None,
    map_labels: Map = None,
    nested: Nested = False,
    input_format: InputFormat = "auto",
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Compare labels with gold labels: precision, recall and F1 of entities.

    Two files of tokens must hold the same tokens; two JSONL files are paired by document id. Strict scores are those of
    conlleval and seqeval; partial, type and exact boundary are those of SemEval-2013 task 9.
    """
    from farspan.noise.scoring import score

    console = Console(json, quiet, verbose)
    comparison = read_comparison(console, (gold, pred), (gold_column, pred_column), map_labels or [], input_format, nested=nested)
    scores = score(comparison.gold, comparison.predicted, comparison.labels)
    if json:
        console.result(_as_json(scores, comparison))
    else:
        _print(console, scores, comparison)


def read_comparison(
    console: Console,
    paths: tuple[str, str],
    columns: tuple[int | None, int | None],
    renamed: Sequence[str],
    input_format: str,
    *,
    nested: bool,
) -> "Comparison":
    """Gold and prediction side by side, read with progress; repairs are told on stderr. Raises FarspanError."""
    from farspan.errors import OptionError
    from farspan.noise.comparison import compare

    if paths == ("-", "-"):
        raise OptionError("both files are to be read from standard input", remedy="give one of them by name")
    files = [_File(path, column, input_format) for path, column in zip(paths, columns, strict=True)]
    mapping = dict(_renaming(text) for text in renamed)
    with console.job() as job:
        by_tokens = [file.is_of_tokens() for file in files]
        comparison = compare(files[0].side(), files[1].side(), by_tokens=any(by_tokens), mapping=mapping, nested=nested, job=job)
    for file in files:
        file.tell_repairs(console)
    return comparison


def _renaming(text: str) -> tuple[str, str]:
    from farspan.errors import OptionError

    old, equals, new = text.partition("=")
    if not (old and equals and new):
        raise OptionError(f"--map {text} says no renaming", remedy="write it as OLD=NEW, for example GPE=LOC")
    return old, new


class _File:
    """One of the two files, read once as documents; looked at a second time only to name a line in an error."""

    def __init__(self, path: str, column: int | None, input_format: str) -> None:
        from farspan.errors import place
        from farspan.formats import ReadReport, read_documents

        self.path = path
        self.shown = place(path).path
        self.input_format = input_format
        self.report = ReadReport()
        self.documents = read_documents([path], input_format=input_format, report=self.report, tag_column=column)
        self.first: list[Document] = []

    def is_of_tokens(self) -> bool:
        """Whether the file is in a format whose unit is the token; reads its first document. Raises InputError for plain text."""
        self._refuse_plain_text()
        for document in self.documents:
            self.first.append(document)
            return document.meta.get("format") == "conll"
        return False

    def _refuse_plain_text(self) -> None:
        from pathlib import Path

        from farspan.errors import InputError, place
        from farspan.formats import format_of_input

        if self.path.endswith(".zip") or not Path(self.path).is_file() or self.input_format not in {"auto", "text"}:
            return
        if self.input_format == "text" or format_of_input(self.path) == "text":
            raise InputError(
                "plain text has no labels", where=place(self.path), remedy="give one token a line and its tag, or JSONL"
            )

    def side(self) -> "Side":
        """The file as `compare` wants it."""
        from pathlib import Path

        from farspan.noise.alignment import Side

        return Side(self.shown, self._labelled(), self._locate if Path(self.path).is_file() else None)

    def tell_repairs(self, console: Console) -> None:
        """Say on stderr what reading put right; single places only with -v."""
        for kind, notices in self.report.notices.items():
            for notice in notices if console.verbose else notices[:1]:
                console.say(notice)
            more = self.report.counts[kind] - 1
            if more > 0 and not console.verbose:
                console.say(f"{self.shown}: {more:,} more like this; -v shows some")

    def _labelled(self) -> "Iterator[Document]":
        while self.first:
            yield self._with_spans(self.first.pop(0))
        for document in self.documents:
            yield self._with_spans(document)

    def _with_spans(self, document: "Document") -> "Document":
        """The document, its spans read from the last column where the reader knew no tags, as in the scheme IO without ``I-``."""
        from dataclasses import replace

        from farspan.errors import InputError, place
        from farspan.formats.schemes import decode
        from farspan.model import Span

        tokens = document.tokens
        if document.meta.get("format") != "conll" or tokens is None or not len(tokens) or "tag" in tokens.columns:
            return document
        tags = list(tokens.columns.values())[-1] if tokens.columns else []
        if "O" not in tags:
            raise InputError(
                "no column of tags was found",
                where=place(self.path),
                remedy="name it with --gold-column or --pred-column, counted from 1",
            )
        chunks = decode(tags, tokens.sentences)
        rows = zip(
            tokens.starts[chunks.starts].tolist(), tokens.ends[chunks.ends - 1].tolist(), chunks.label_ids.tolist(), strict=True
        )
        spans = [Span(start, end, chunks.labels[label], kind="gold") for start, end, label in rows]
        return replace(document, tokens=replace(tokens, columns={**tokens.columns, "tag": tags}), spans=spans)

    def _locate(self, number: int) -> "Place":
        """The line of token (or JSONL document) `number` of the file, found by reading it again."""
        from itertools import islice

        from farspan.errors import Place
        from farspan.files import open_text

        with open_text(self.path) as file:
            line = next(islice(_lines_that_count(file.lines(), self.shown), number, None), None)
        return Place(self.shown, line)


def _lines_that_count(lines: Iterator[str], path: str) -> Iterator[int]:
    """The numbers of the lines that hold a token, or in JSONL a document."""
    from itertools import chain, islice

    from farspan.errors import Place
    from farspan.formats.conll import HEAD
    from farspan.formats.detect import DOCSTART
    from farspan.formats.layout import find_layout

    head = list(islice(lines, HEAD))
    is_json = bool(head) and head[0].lstrip().startswith("{")
    layout = find_layout(head, Place(path))
    fresh = True
    for number, line in enumerate(chain(head, lines), 1):
        fields = layout.split(line)
        if is_json:
            if line.strip():
                yield number
        elif not line.strip(" \t\r") or (layout.width > 1 and line.strip(" \t\r") == "--"):
            fresh = True
        elif not (fresh and (line.startswith(DOCSTART) or layout.is_comment(line, fields))):
            fresh = False
            yield number


def _as_json(scores: "Scores", comparison: "Comparison") -> Mapping[str, Any]:
    from dataclasses import asdict

    grid = comparison.grid
    return {
        "strict": asdict(scores.overall["strict"]),
        "by_label": {label: asdict(each["strict"]) for label, each in scores.by_label.items()},
        **{mode: asdict(scores.overall[mode]) for mode in ("partial", "type", "exact_boundary")},
        "token_accuracy": _accuracy(comparison),
        "tokens": None if grid is None else len(grid),
        "sentences": None if grid is None else len(grid.sentences),
    }


def _accuracy(comparison: "Comparison") -> float | None:
    if comparison.grid is None or comparison.same_tags is None:
        return None
    return comparison.same_tags / len(comparison.grid) if len(comparison.grid) else 0.0


def _print(console: Console, scores: "Scores", comparison: "Comparison") -> None:
    header = ["label", "precision", "recall", "F1", "right", "wrong", "missed", "gold"]
    rows = [_row(label, each["strict"]) for label, each in scores.by_label.items()]
    console.out("Entities with the same borders and label (strict), in per cent:")
    console.out(table(header, [*rows, _row("all", scores.overall["strict"])]))
    others = (f"{shown} {100 * scores.overall[mode].f1:.2f}" for mode, shown in _OTHERS.items())  # type: ignore[index]
    console.out("F1 by other counts: " + " · ".join(others))
    accuracy = _accuracy(comparison)
    if comparison.grid is not None and accuracy is not None:
        console.out(f"{_size(comparison.grid)}; {100 * accuracy:.2f} of 100 tags agree")


def _size(grid: "TokenGrid") -> str:
    return f"{counted(len(grid), 'token')} in {counted(len(grid.sentences), 'sentence')}"


def _row(label: str, score: "Score") -> list[str | int | float]:
    percent = [100 * score.precision, 100 * score.recall, 100 * score.f1]
    return [label, *percent, int(score.tp), int(score.fp), int(score.fn), score.support]
