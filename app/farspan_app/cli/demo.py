"""`farspan demo`: a sample project, annotated and scored in front of you."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.errors import OptionError, OutputError, place
from farspan.job import Job
from farspan.wording import counted
from farspan_app.cli.annotate import Outcome, annotate_files
from farspan_app.cli.console import Console, Json, Quiet, Verbose, table
from farspan_app.cli.request import Request
from farspan_app.cli.rules import parse_setting

if TYPE_CHECKING:
    from farspan.model import Document, Span
    from farspan.noise.scoring import Score
    from farspan_resources import Sample

MARK: Final = ".farspan-demo"  # holds the sample's name, so that a folder is known as an earlier demo
EXAMPLES: Final = 6
CONTEXT: Final = 45  # characters shown on either side of a span

Folder = Annotated[str, typer.Argument(metavar="[DIR]", help="Folder to make; an earlier demo may be there.")]
SampleName = Annotated[str, typer.Option("--sample", metavar="NAME", help="film-news or amharic-places.")]
Force = Annotated[bool, typer.Option("--force", help="Put back the files of an earlier demo that were changed.")]


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to annotate the gold part: further lists and settings, and what they are for."""

    title: str
    lists: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


_SPANISH: Final = ("MOVIE=lists/spanish_titles.txt",)
VARIANTS: Final[Mapping[str, tuple[Variant, ...]]] = {
    "film-news": (
        Variant("English titles"),
        Variant("English and 93 Spanish titles", _SPANISH),
        Variant("the same, --set min_length=4", _SPANISH, ("min_length=4",)),
        Variant("the same, --set min_tokens=2", _SPANISH, ("min_tokens=2",)),
    ),
}
GOLD_NAME_TOKENIZER: Final = "unicode"  # the labelled files part punctuation from words, so names must be cut that way


@dataclass(frozen=True, slots=True)
class Scored:
    """A variant and how well it did."""

    title: str
    score: "Score"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo did. outputs: the files it wrote, beside those of the sample project."""

    sample: "Sample"
    folder: Path
    outcome: Outcome
    scores: tuple[Scored, ...]
    outputs: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The object that ``--json`` prints."""
        scores = [{"title": scored.title, **asdict(scored.score)} for scored in self.scores]
        about = {"sample": self.sample.name, "folder": str(self.folder)}
        return {**about, **self.outcome.as_dict(), "scores": scores, "outputs": list(self.outputs)}


def demo(  # noqa: PLR0917  (Typer calls it by name)
    folder: Folder = "farspan-demo",
    sample: SampleName = "film-news",
    force: Force = False,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Copy a sample project, annotate it, and show what was found and how good it is."""
    console = Console(json, quiet, verbose)
    chosen = _find_sample(sample)
    with console.job() as job:
        done = run_demo(chosen, Path(folder), job, force=force)
    for line in _story(done, is_terminal=sys.stdout.isatty() and "NO_COLOR" not in os.environ):
        console.out(line)
    if json:
        console.result(done.as_dict())


def run_demo(sample: "Sample", folder: Path, job: Job, *, force: bool) -> Demo:
    """Copy the sample into `folder`, annotate its texts and score its gold part. Raises FarspanError."""
    _copy(sample, folder, force=force)
    lists = tuple(_inside(folder, text) for text in sample.lists)
    texts = str(folder / sample.texts)
    outputs = [str(folder / "corpus.conll"), str(folder / "corpus.jsonl")]
    outcome, *_ = [annotate_files(Request((texts,), output, lists, lang=sample.language), job) for output in outputs]
    if sample.gold is None:
        return Demo(sample, folder, outcome, (), tuple(outputs))
    outputs.append(str(folder / "predicted.conll"))
    variants = VARIANTS.get(sample.name, (Variant("no tuning"),))
    scores = tuple(Scored(variant.title, _score(sample, folder, variant, outputs[-1], job)) for variant in variants)
    return Demo(sample, folder, outcome, scores, tuple(outputs))


def _score(sample: "Sample", folder: Path, variant: Variant, output: str, job: Job) -> "Score":
    from farspan.api import evaluate

    gold = str(folder / str(sample.gold))
    lists = tuple(_inside(folder, text) for text in (*sample.lists, *variant.lists))
    settings = tuple(parse_setting(text) for text in variant.settings)
    annotate_files(Request((gold,), output, lists, settings, lang=sample.language, name_tokenizer=GOLD_NAME_TOKENIZER), job)
    return evaluate(gold, output).overall["strict"]


def _inside(folder: Path, argument: str) -> str:
    """``LABEL=FILE`` with the file looked for in `folder`."""
    label, _, file = argument.partition("=")
    return f"{label}={folder / file}"


def _find_sample(name: str) -> "Sample":
    from farspan_resources import samples

    there = {sample.name: sample for sample in samples()}
    if name not in there:
        raise OptionError(f"no sample is called {name!r}", remedy=f"choose one of: {', '.join(there)}")
    return there[name]


def _copy(sample: "Sample", folder: Path, *, force: bool) -> None:
    from farspan.aside import output_error
    from farspan_resources import copy_sample

    _refuse_foreign(sample.name, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).write_text(sample.name + "\n", "utf-8")
        while True:
            try:
                copy_sample(sample.name, folder)
                return
            except FileExistsError as error:
                _remove_changed(Path(str(error)), force=force)
    except OSError as error:
        raise output_error(error.filename or folder, error) from error


def _refuse_foreign(name: str, folder: Path) -> None:
    """Raise OutputError if `folder` holds anything but an earlier demo of the sample."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError("it is a file", where=place(folder), remedy="name a folder for the demo")
    mark = folder / MARK
    if not mark.is_file():
        if any(folder.iterdir()):
            raise OutputError("the folder holds other files", where=place(folder), remedy="name a new or empty folder")
        return
    earlier = mark.read_text("utf-8", "replace").strip()
    if earlier != name:
        raise OutputError(f"the folder holds the demo {earlier!r}", where=place(folder), remedy="name another folder")


def _remove_changed(path: Path, *, force: bool) -> None:
    if path.is_dir() or not force:
        raise OutputError("it was changed since the demo made it", where=place(path), remedy="--force puts it back")
    path.unlink()


def _story(done: Demo, *, is_terminal: bool) -> Iterator[str]:
    """What the demo tells, line by line."""
    report = done.outcome.report
    yield f"{done.sample.title}\n{done.sample.description}\n"
    yield (
        f"Found {counted(report.spans, 'name')} in {counted(report.tokens, 'token')} of {counted(report.documents, 'document')}"
        f" ({sum(report.seconds.values()):.1f} s). Some of them:\n"
    )
    yield from _examples(done.outputs[1], is_terminal=is_terminal)
    yield ""
    rows = [(name, counts.names, int(counts.matched.sum()), counts.kept) for name, counts in report.by_list.items()]
    yield table(("list", "names", "found in the text", "spans"), rows)
    if done.scores:
        yield f"\nCompared with the labels that people gave ({done.sample.gold}), in per cent:\n"
        yield table(("", "precision", "recall", "F1"), [_score_row(scored) for scored in done.scores])
        yield "\nPrecision: how many of the found names are right. Recall: how many of the right names were found."
    yield "\nWritten:"
    yield from (f"  {path}" for path in done.outputs)
    yield f"\nTry next:\n  cd {_quoted(str(done.folder))}"
    yield from (f"  {command}" for command in done.sample.try_next)


def _score_row(scored: Scored) -> Sequence[str | float]:
    return (scored.title, 100 * scored.score.precision, 100 * scored.score.recall, 100 * scored.score.f1)


def _quoted(text: str) -> str:
    from shlex import quote

    return quote(text)


def _examples(path: str, *, is_terminal: bool) -> Iterator[str]:
    """Spans in their context from all over the corpus, no name twice."""
    from farspan.formats import read_documents

    seen: set[str] = set()
    places: list[tuple[Document, Span]] = []
    for document in read_documents([path]):
        for span in document.spans:
            name = document.text[span.start : span.end]
            if name not in seen:
                seen.add(name)
                places.append((document, span))
    step = max(1, len(places) // EXAMPLES)
    for document, span in places[::step][:EXAMPLES]:
        yield "  " + _in_context(document.text, span, is_terminal=is_terminal)


def _in_context(text: str, span: "Span", *, is_terminal: bool) -> str:
    left, name, right = (
        " ".join(part.split())
        for part in (
            text[max(0, span.start - CONTEXT) : span.start] + "|",
            text[span.start : span.end],
            "|" + text[span.end : span.end + CONTEXT],
        )
    )
    left, right = left.removesuffix("|"), right.removeprefix("|")
    shown = f"\x1b[1;7m{name}\x1b[0m\x1b[2m {span.label}\x1b[0m" if is_terminal else f"[{name}]({span.label})"
    return f"... {left}{shown}{right} ..."
