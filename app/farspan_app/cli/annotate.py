"""`farspan annotate`: the main job, texts and lists in, an annotated corpus out."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.errors import OptionError
from farspan.job import SILENT, Job
from farspan.options import CRITERIA, SCOPES, ConflictPolicy
from farspan_app.cli.console import Console, Json, Quiet, Verbose, table, warn
from farspan_app.cli.progress import Overall
from farspan_app.cli.rules import Setting, load_sources, parse_setting
from farspan_app.cli.storing import Passing, check_project, storing

if TYPE_CHECKING:
    from farspan.annotate import Annotator
    from farspan.files import InputFile
    from farspan.formats import Loss, ReadReport, Writer
    from farspan.model import Document
    from farspan.recipe import Recipe
    from farspan.report import Report
    from farspan.run import Source
    from farspan_app.cli.storing import StoredIn

TOKENIZERS: Final = ("spacy", "unicode", "whitespace", "characters", "given")
NAME_TOKENIZERS: Final = TOKENIZERS[:-1]
SCHEMES: Final = ("iob2", "iob1", "bioes", "bilou", "io")
PROBLEMS_SHOWN: Final = 10
EXPECTED_LOSSES: Final = ("text", "ids", "scores", "documents")  # what no token format holds: not worth a line each time

Inputs = Annotated[list[str] | None, typer.Argument(metavar="INPUT...", help="Texts: files, folders, or - for standard input.")]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="File to write; - is standard output.")]
RecipeFile = Annotated[
    str | None,
    typer.Option("--recipe", metavar="R.toml", help="A recipe that says all of this; flags win over what it says."),
]
Lists = Annotated[
    list[str] | None,
    typer.Option(
        "--list",
        metavar="LABEL=FILE",
        help="A list of names (.txt, .csv, .tsv, .json, .jsonl) and what they are called; may be repeated, order counts."
        " Columns: 'LABEL=FILE?name=title&id=qid&aliases=alt'.",
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="[LIST.]OPTION=VALUE", help="A matching option for all lists, one list or one label; may be repeated."
    ),
]
Conflicts = Annotated[str, typer.Option("--conflicts", metavar="|".join(SCOPES), help="How overlapping matches are settled.")]
Criteria = Annotated[
    str | None,
    typer.Option("--criteria", metavar="A,B,...", help=f"What counts first where matches compete, out of {','.join(CRITERIA)}."),
]
Nested = Annotated[bool, typer.Option("--nested", help="Keep matches inside a kept one as a second layer.")]
Lang = Annotated[str, typer.Option("--lang", metavar="TAG", help="Language of the text as a BCP-47 tag; xx is any.")]
Tokenizer = Annotated[
    str,
    typer.Option("--tokenizer", metavar="|".join(TOKENIZERS), help="How text is cut; token formats keep their own tokens."),
]
NameTokenizer = Annotated[
    str | None,
    typer.Option("--name-tokenizer", metavar="|".join(NAME_TOKENIZERS), help="How names are cut; by default as the text."),
]
InputFormat = Annotated[
    str, typer.Option("--input-format", metavar="FORMAT", help="auto, or one that `farspan convert --formats` lists.")
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="Encoding of the texts; by default found out by looking.")
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="conll, jsonl or another of `farspan convert --formats`; by default what the suffix of FILE says, else conll.",
    ),
]
Scheme = Annotated[
    str | None, typer.Option("--scheme", metavar="|".join(SCHEMES), help="Tags of token formats; by default iob2.")
]
ProjectFile = Annotated[
    str | None,
    typer.Option(
        "--project", metavar="P.farspan", help="Also store texts, lists, rules and the run in this project; then -o is optional."
    ),
]
Workers = Annotated[int, typer.Option("--workers", min=1, metavar="N", help="Threads that match and decide.")]


@dataclass(frozen=True, slots=True)
class Request:
    """All that `farspan annotate` was asked for, checked as far as it can be without opening a file."""

    inputs: tuple[str, ...]
    output: str
    lists: tuple[str, ...]
    settings: tuple[Setting, ...] = ()
    policy: ConflictPolicy = field(default_factory=ConflictPolicy)
    lang: str = "xx"
    tokenizer: str = "spacy"
    name_tokenizer: str | None = None
    input_format: str = "auto"
    encoding: str | None = None
    format: str | None = None
    scheme: str | None = None
    workers: int = 1
    recipe: "Recipe | None" = None  # where lists come from if `lists` is empty; paths in documents are relative to it
    more: tuple[tuple[str, str | None, str | None], ...] = ()  # further outputs: file, format, scheme
    project: str | None = None  # without an output ("") it alone takes the result

    def outputs(self) -> tuple[tuple[str, str | None, str | None], ...]:
        """Every file to be written, with its format and scheme."""
        return ((self.output, self.format, self.scheme), *self.more) if self.output else self.more


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
    if json and output == "-":
        raise OptionError("--json and -o - both want standard output", remedy="write to a file, or leave out --json")
    _check_choice("tokenizer", tokenizer, TOKENIZERS)
    _check_choice("name-tokenizer", name_tokenizer, NAME_TOKENIZERS)
    _check_choice("scheme", scheme, SCHEMES)
    if recipe is None:
        _check_needed(inputs, output or project, lists)
    for text in settings or ():
        # A file that an option names is read like any other input, so it is never written over.
        named = text.partition("=")[2].removeprefix("@")
        if (
            named
            and output
            and output != "-"
            and Path(named).is_file()
            and Path(output).exists()
            and Path(output).samefile(named)
        ):
            raise OptionError(f"the output {output} is also an input", remedy="choose another name with -o")
    request = Request(
        tuple(inputs or ()),
        output or "",
        tuple(lists or ()),
        tuple(parse_setting(text) for text in settings or ()),
        parse_policy(conflicts, criteria, nested=nested),
        lang,
        tokenizer,
        name_tokenizer,
        input_format,
        encoding,
        format,
        scheme,
        workers,
        project=project,
    )
    with console.job() as job:
        if recipe is not None:
            from farspan_app.cli.recipe_request import filled_in

            request = filled_in(request, recipe, given_flags(context), job)
        outcome = annotate_files(request, job)
    show_outcome(console, outcome)


def given_flags(context: typer.Context) -> frozenset[str]:
    """The parameters that stand on the command line, by name."""
    sources = {name: context.get_parameter_source(name) for name in context.params}
    return frozenset(name for name, source in sources.items() if source is not None and source.name == "COMMANDLINE")


def _check_needed(inputs: Sequence[str] | None, output: str | None, lists: Sequence[str] | None) -> None:
    """Raise OptionError if something is missing that no recipe gives."""
    for what, value in (("texts (INPUT...)", inputs), ("lists (--list LABEL=FILE)", lists), ("output (-o FILE)", output)):
        if not value:
            raise OptionError(f"no {what} given", remedy="name them on the command line or in a recipe (--recipe R.toml)")


def parse_policy(conflicts: str, criteria: str | None, *, nested: bool) -> ConflictPolicy:
    """The conflict policy that the flags mean. Raises OptionError."""
    names: Any = CRITERIA if criteria is None else tuple(name.strip() for name in criteria.split(",") if name.strip())
    scope: Any = conflicts
    return ConflictPolicy(names, scope, nested)


def _check_choice(flag: str, value: str | None, choices: Sequence[str]) -> None:
    if value is not None and value not in choices:
        raise OptionError(f"--{flag} {value!r} is not possible", remedy=f"choose one of: {', '.join(choices)}")


def annotate_files(request: Request, job: Job = SILENT) -> Outcome:
    """Annotate as `request` says and write the result. Raises FarspanError, and then leaves no output behind."""
    from farspan.annotate import Annotator
    from farspan.files import walk_inputs
    from farspan.fingerprint import recipe_hash
    from farspan.formats import (
        FORMATS,
        ReadReport,
        format_for_output,
        format_of_suffix,
        open_target,
        read_documents,
        write_companions,
        writer_for,
    )

    files = walk_inputs(request.inputs)
    _refuse_overwriting(request, files)
    targets = [
        (path, format_for_output(path, name or format_of_suffix(path) or "conll"), scheme)
        for path, name, scheme in request.outputs()
    ]
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
    store = None
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
            if store is not None:
                store.take_texts(passed)
            else:
                deque(passed, maxlen=0)
        with annotator.report.timed("write"):
            for place, writer, (path, _, _) in zip(places, writers, targets, strict=True):
                place.flush()
                write_companions(path, writer)
        # Outputs get their names before the project's transaction ends: where that fails, it keeps its earlier state.
        stored = store.run() if store is not None else None
    digest = recipe_hash(
        sources, request.policy, lang=request.lang, tokenizer=request.tokenizer, name_tokenizer=request.name_tokenizer
    )
    outputs = tuple(path for path, _, _ in targets)
    return Outcome(annotator.report, sources, digest, outputs, read, tuple(writer.loss for writer in writers), stored)


def _written(
    annotator: "Annotator", documents: "Iterable[Document]", writers: "Sequence[Writer]", shown: Overall
) -> "Iterator[Document]":
    """Each document as it was read, once it is annotated and written."""
    passing = Passing(documents)
    for document in annotator.annotate(passing):
        with annotator.report.timed("write"):
            for writer in writers:
                writer.write(document)
        shown.finish(document)
        yield passing.next_out()


def _told(documents: "Iterable[Document]", recipe: "Recipe | None") -> "Iterable[Document]":
    """The documents; under a recipe with their paths as seen from it, so that results are the same wherever it is run."""
    for document in documents:
        if recipe is None or "path" not in document.meta:
            yield document
        else:
            yield replace(document, meta={**document.meta, "path": recipe.relative(document.meta["path"])})


def _size_of(files: "Sequence[InputFile]") -> int | None:
    """The bytes of all files; None where that cannot be known."""
    try:
        return sum(Path(file.path).stat().st_size for file in files) if all(file.path != "-" for file in files) else None
    except OSError:
        return None


def _refuse_overwriting(request: Request, files: "Sequence[InputFile]") -> None:
    from farspan.sources.lists import parse_list_argument

    lists = [parse_list_argument(text).path for text in request.lists]
    if request.recipe is not None:
        lists += [str(request.recipe.path), *(request.recipe.resolve(table.file) for table in request.recipe.lists)]
    read, written = [*(file.path for file in files), *lists], [path for path, _, _ in request.outputs()]
    if request.project is not None:
        check_project(request.project, read, written)
    for name in written:
        for path in read:
            if "-" not in {name, path} and Path(name).exists() and Path(path).exists() and Path(name).samefile(path):
                raise OptionError(f"the output {name} is also an input", remedy="choose another name with -o")


def show_outcome(console: Console, outcome: Outcome) -> None:
    """Report problems, print the summary on stderr and the JSON object on stdout, as the flags want it."""
    for source in outcome.sources:
        show_problems(source, PROBLEMS_SHOWN)
    for kind, notices in outcome.read.notices.items():
        for notice in notices:
            warn(notice)
        _say_rest(outcome.read.counts[kind] - len(notices), f"of the kind '{kind}'")
    for line in summary(outcome):
        console.say(line)
    if console.json:
        console.result(outcome.as_dict())


def show_problems(source: "Source", most: int) -> None:
    """Print the first `most` problems of a list on stderr, and where the others are to be seen."""
    problems = source.entity_list.problems
    for problem in problems[:most]:
        warn(str(problem))
    _say_rest(len(problems) - most, f"in {source.entity_list.path}: `farspan lists check {source.entity_list.path}` shows all")


def _say_rest(count: int, what: str) -> None:
    if count > 0:
        warn(f"... and {count:,} more {what}")


def summary(outcome: Outcome) -> Iterator[str]:
    """The lines that tell a person what was done."""
    report = outcome.report
    yield (
        f"{_count(report.documents, 'document')}, {_count(report.sentences, 'sentence')}, {_count(report.tokens, 'token')},"
        f" {_count(report.spans, 'span')} in {sum(report.seconds.values()):.1f} s"
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


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
