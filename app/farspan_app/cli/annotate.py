"""`farspan annotate`: the main job, texts and lists in, an annotated corpus out."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.errors import OptionError
from farspan.job import SILENT, Job
from farspan.wording import counted
from farspan_app.cli.console import Console, Json, Quiet, Verbose, table
from farspan_app.cli.flags import (
    NAME_TOKENIZERS,
    SCHEMES,
    TOKENIZERS,
    Conflicts,
    Criteria,
    Encoding,
    Format,
    InputFormat,
    Inputs,
    Lang,
    Lists,
    NameTokenizer,
    Nested,
    Output,
    RecipeFile,
    Scheme,
    Set,
    Tokenizer,
    check_choice,
    check_stdout,
    given_flags,
    parse_policy,
)
from farspan_app.cli.notices import show_notices, show_problems
from farspan_app.cli.progress import Overall
from farspan_app.cli.request import Request, check_needed
from farspan_app.cli.rules import load_sources, parse_setting
from farspan_app.cli.storing import Passed, Passing, check_project, storing

if TYPE_CHECKING:
    from farspan.annotate import Annotator
    from farspan.files import InputFile
    from farspan.formats import Loss, ReadReport, Writer
    from farspan.model import Document
    from farspan.recipe import Recipe
    from farspan.report import Report
    from farspan.run import Source
    from farspan_app.cli.storing import StoredIn

EXPECTED_LOSSES: Final = ("text", "ids", "scores", "documents")  # what no token format holds: not worth a line each time

ProjectFile = Annotated[
    str | None,
    typer.Option(
        "--project", metavar="P.farspan", help="Also store texts, lists, rules and the run in this project; then -o is optional."
    ),
]
Workers = Annotated[int, typer.Option("--workers", min=1, metavar="N", help="Threads that match and decide.")]


_UNSPACED: Final = frozenset({"Cjk", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan"})
_LOOKED_AT: Final = 1000  # names of a list


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request."""

    report: "Report"
    sources: "list[Source]"
    recipe_hash: str
    outputs: tuple[str, ...]
    read: "ReadReport"
    losses: "tuple[Loss, ...]"  # one an output
    stored: "StoredIn | None" = None

    def as_dict(self) -> dict[str, Any]:
        """The object that ``--json`` prints."""
        projects = [] if self.stored is None else [self.stored.path]
        return {**self.report.as_dict(), "recipe_hash": self.recipe_hash, "outputs": [*self.outputs, *projects]}


def annotate(  # noqa: PLR0917  (Typer calls it by name)
    context: typer.Context,
    inputs: Inputs = None,
    output: Output = None,
    lists: Lists = None,
    recipe: RecipeFile = None,
    settings: Set = None,
    conflicts: Conflicts = "greedy",
    criteria: Criteria = None,
    nested: Nested = False,
    lang: Lang = "xx",
    tokenizer: Tokenizer = "spacy",
    name_tokenizer: NameTokenizer = None,
    input_format: InputFormat = "auto",
    encoding: Encoding = None,
    format: Format = None,
    scheme: Scheme = None,
    project: ProjectFile = None,
    workers: Workers = 1,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Find the names of your lists in texts and write the texts with labels."""
    console = Console(json, quiet, verbose)
    check_stdout(output, json=json)
    check_choice("tokenizer", tokenizer, TOKENIZERS)
    check_choice("name-tokenizer", name_tokenizer, NAME_TOKENIZERS)
    check_choice("scheme", scheme, SCHEMES)
    if recipe is None:
        check_needed(
            (("texts (INPUT...)", inputs), ("lists (--list LABEL=FILE)", lists), ("output (-o FILE)", output or project))
        )
    request = Request(
        inputs=tuple(inputs or ()),
        output=output or "",
        lists=tuple(lists or ()),
        settings=tuple(parse_setting(text) for text in settings or ()),
        policy=parse_policy(conflicts, criteria, nested=nested),
        lang=lang,
        tokenizer=tokenizer,
        name_tokenizer=name_tokenizer,
        input_format=input_format,
        encoding=encoding,
        format=format,
        scheme=scheme,
        workers=workers,
        project=project,
    )
    with console.job() as job:
        if recipe is not None:
            from farspan_app.cli.recipe_request import filled_in

            request = filled_in(request, recipe, given_flags(context), job)
        outcome = annotate_files(request, job)
    show_outcome(console, outcome)


def annotate_files(request: Request, job: Job = SILENT) -> Outcome:
    """Annotate as `request` says and write the result. Raises FarspanError, and then leaves no output behind."""
    from farspan.annotate import Annotator
    from farspan.files import walk_inputs
    from farspan.fingerprint import recipe_hash
    from farspan.formats import FORMATS, ReadReport, open_target, read_documents, write_companions, writer_for

    files = walk_inputs(request.inputs)
    _refuse_overwriting(request, files)
    targets = _targets(request)
    read = ReadReport()
    documents = read_documents(request.inputs, input_format=request.input_format, encoding=request.encoding, report=read)
    sources = load_sources(request.lists, request.settings, job, request.recipe)
    shown = Overall(job, _size_of(files))
    annotator = Annotator(
        sources,
        policy=request.policy,
        lang=request.lang,
        tokenizer=request.tokenizer,
        name_tokenizer=request.name_tokenizer,
        workers=request.workers,
        job=shown,
    )
    store = stored = None
    with ExitStack() as stack:
        if request.project is not None:
            store = stack.enter_context(storing(request.project, job))
            store.take_lists(sources, request)
        places = [stack.enter_context(open_target(path, FORMATS[written])) for path, written, _ in targets]
        with ExitStack() as writing:
            writers = [
                writing.enter_context(writer_for(written, place, scheme=scheme))
                for place, (_, written, scheme) in zip(places, targets, strict=True)
            ]
            passed = _written(annotator, shown.listening(_told(documents, request.recipe)), writers, shown)
            # Once all is written; outputs get their names before the project's transaction ends: where that fails, it keeps
            # its earlier state.
            if store is not None:
                stored = store.take_texts(passed, sources)
            else:
                deque(passed, maxlen=0)
        with annotator.report.timed("write"):
            for place, writer, (path, _, _) in zip(places, writers, targets, strict=True):
                place.flush()
                write_companions(path, writer)
    digest = recipe_hash(
        sources, request.policy, lang=request.lang, tokenizer=request.tokenizer, name_tokenizer=request.name_tokenizer
    )
    outputs = tuple(path for path, _, _ in targets)
    return Outcome(annotator.report, sources, digest, outputs, read, tuple(writer.loss for writer in writers), stored)


def _targets(request: Request) -> list[tuple[str, str, str | None]]:
    """Every file to be written, with the name of its format and its scheme."""
    from farspan.formats import format_for_output, format_of_suffix

    return [
        (path, format_for_output(path, name or format_of_suffix(path) or "conll"), scheme)
        for path, name, scheme in request.outputs()
    ]


def _written(
    annotator: "Annotator", documents: "Iterable[Document]", writers: "Sequence[Writer]", shown: Overall
) -> "Iterator[Passed]":
    """What was found in each batch of documents, once they are written, and the documents as they were read."""
    from farspan.annotate import annotated_documents

    passing = Passing(documents)
    for run in annotator.runs(passing):
        for document in annotated_documents(run):
            with annotator.report.timed("write"):
                for writer in writers:
                    writer.write(document)
            shown.finish(document)
        yield run, [passing.next_out() for _ in run.corpus.documents]


def _told(documents: "Iterable[Document]", recipe: "Recipe | None") -> "Iterable[Document]":
    """The documents; under a recipe with their paths as seen from it, so that results are the same wherever it is run."""
    for document in documents:
        if recipe is None or "path" not in document.meta:
            yield document
        else:
            yield replace(document, meta={**document.meta, "path": recipe.relative(document.meta["path"])})


def _size_of(files: "Sequence[InputFile]") -> int | None:
    """The bytes of all files; None where that cannot be known, as of compressed ones."""
    from farspan.unpacking import bare_name

    if any(file.path == "-" or bare_name(file.path) != file.path or file.path.lower().endswith(".zip") for file in files):
        return None
    try:
        return sum(Path(file.path).stat().st_size for file in files)
    except OSError:
        return None


def _refuse_overwriting(request: Request, files: "Sequence[InputFile]") -> None:
    """Raise OptionError if what is written is also read: texts, lists, the recipe, or a file that an option names."""
    from farspan.files import is_same_file

    read, written = [*(file.path for file in files), *request.files()], [path for path, _, _ in request.outputs()]
    if request.project is not None:
        check_project(request.project, read, written)
    for name in written:
        if any(is_same_file(name, path) for path in read):
            raise OptionError(f"the output {name} is also an input", remedy="choose another name with -o")


def show_outcome(console: Console, outcome: Outcome) -> None:
    """Report problems, print the summary on stderr and the JSON object on stdout, as the flags want it."""
    for source in outcome.sources:
        show_problems(source.entity_list)
    show_notices(outcome.read)
    for line in summary(outcome):
        console.say(line)
    for name in _unspaced(outcome):
        console.say(
            f"no name of {name} was found: words of its script are written without spaces; say --tokenizer characters, the"
            f" language (--lang zh), or --set {name}.boundary=anywhere"
        )
    if console.json:
        console.result(outcome.as_dict())


def _unspaced(outcome: Outcome) -> Iterator[str]:
    """The lists of which nothing was found, and whose script has no spaces: by default a sentence is one token there."""
    from farspan.sources.statistics import script_of

    for source in outcome.sources:
        counts = outcome.report.by_list.get(source.name)
        if counts is None or counts.matched.any() or source.options.boundary == "anywhere":
            continue
        if any(script_of(char) in _UNSPACED for surface in source.entity_list.surfaces[:_LOOKED_AT] for char in surface):
            yield source.name


def summary(outcome: Outcome) -> Iterator[str]:
    """The lines that tell a person what was done."""
    report = outcome.report
    yield (
        f"{counted(report.documents, 'document')}, {counted(report.sentences, 'sentence')}, {counted(report.tokens, 'token')},"
        f" {counted(report.spans, 'span')} in {sum(report.seconds.values()):.1f} s"
    )
    if report.by_label:
        yield table(("label", "spans"), sorted(report.by_label.items()))
    yield table(
        ("list", "names", "matched", "candidates", "kept", "lost", "blocked"),
        [(name, *counts.as_dict().values()) for name, counts in report.by_list.items()],
    )
    for path, loss in zip(outcome.outputs, outcome.losses, strict=True):
        lost = ", ".join(f"{kind} {count:,}" for kind, count in loss.counts.items() if kind not in EXPECTED_LOSSES)
        if lost:
            yield f"not expressed by the format{'' if len(outcome.outputs) == 1 else f' of {path}'}: {lost}"
    yield "seconds: " + ", ".join(f"{step} {seconds:.2f}" for step, seconds in report.seconds.items())
    for path in outcome.outputs:
        yield f"written to {'standard output' if path == '-' else path}"
    if outcome.stored is not None:
        yield str(outcome.stored)
