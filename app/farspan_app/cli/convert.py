"""`farspan convert`: from one format to another, with a report of what is lost."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.errors import OptionError
from farspan_app.cli.console import Console, Json, Quiet, Verbose, table, warn
from farspan_app.cli.flags import Encoding, InputFormat, Lang, Scheme, Tokenizer, check_stdout

if TYPE_CHECKING:
    from farspan.conversion import Conversion, Converted

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="IN... OUT",
        help="Files, folders or archives to read, and last what to write; a folder (NAME/) or .zip gets one file a document.",
    ),
]
Format = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help="What to write; by default what the suffix of OUT says.")
]
Kinds = Annotated[
    str,
    typer.Option("--kinds", metavar="KIND,...", help="Spans to write, out of kept, nested, gold, candidate, lost, blocked."),
]
Formats = Annotated[bool, typer.Option("--formats", help="List the formats, and what each cannot express, and stop.")]
Strict = Annotated[bool, typer.Option("--strict", help="If anything would be lost, write nothing and end with 1.")]
Separator = Annotated[
    str | None, typer.Option("--separator", metavar="tab|space", help="What parts the columns of a token format.")
]
TokenColumn = Annotated[
    int | None, typer.Option("--token-column", min=1, metavar="N", help="Column of the tokens, counted from 1.")
]
TagColumn = Annotated[
    int | None, typer.Option("--tag-column", min=0, metavar="N", help="Column of the tags, counted from 1; 0: there is none.")
]
Unit = Annotated[
    str | None, typer.Option("--unit", metavar="codepoint|utf-16", help="What the offsets of doccano's files count.")
]
Style = Annotated[
    str | None,
    typer.Option("--style", metavar="both|label|entities", help="Which keys doccano gets: of projects with relations, entities."),
]

_KINDS: Final = ("kept", "nested", "gold", "candidate", "lost", "blocked")


def convert(  # noqa: PLR0917  (Typer calls it by name)
    paths: Paths = None,
    input_format: InputFormat = "auto",
    format: Format = None,
    scheme: Scheme = None,
    encoding: Encoding = None,
    kinds: Kinds = "kept,nested,gold",
    tokenizer: Tokenizer = "spacy",
    lang: Lang = "xx",
    separator: Separator = None,
    token_column: TokenColumn = None,
    tag_column: TagColumn = None,
    unit: Unit = None,
    style: Style = None,
    strict: Strict = False,
    formats: Formats = False,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write texts and their labels in another format, and say what it cannot hold.

    Names in .gz, .bz2 and .zst are read and written compressed.
    """
    console = Console(json, quiet, verbose)
    if formats:
        _show_formats(console)
        return
    if not paths or len(paths) < 2:
        raise OptionError("IN and OUT are needed", remedy="say farspan convert IN... OUT; --formats lists what there is")
    *inputs, output = paths
    check_stdout(output, json=json, flag="OUT -")
    from farspan.conversion import Conversion
    from farspan.conversion import convert as convert_files

    options = {"separator": separator, "token_column": token_column, "tag_column": tag_column, "unit": unit}
    wanted = Conversion(
        inputs,
        output,
        input_format,
        format,
        encoding,
        scheme,
        _checked_kinds(kinds),
        "whitespace" if tokenizer == "given" else tokenizer,
        lang,
        strict,
        {name: value for name, value in options.items() if value is not None},
        {name: value for name, value in (("unit", unit), ("style", style)) if value is not None},
    )
    _refuse_overwriting(wanted)
    with console.job() as job:
        done = convert_files(wanted, job)
    _tell(console, done)
    if json:
        console.result(done.as_dict())


def _checked_kinds(given: str) -> tuple[str, ...]:
    kinds = tuple(kind.strip() for kind in given.split(",") if kind.strip())
    for kind in kinds:
        if kind not in _KINDS:
            raise OptionError(f"--kinds {kind} is not possible", remedy=f"choose out of: {', '.join(_KINDS)}")
    return kinds


def _refuse_overwriting(wanted: "Conversion") -> None:
    from farspan.files import is_same_file, walk_inputs

    for file in walk_inputs(wanted.inputs):
        if is_same_file(wanted.output, file.path):
            raise OptionError(f"the output {wanted.output} is also an input", remedy="choose another name")


def _tell(console: Console, done: "Converted") -> None:
    """Say on stderr what was done, put right and lost."""
    from farspan.wording import counted

    for kind, notices in done.read.notices.items():
        for notice in notices if console.verbose else notices[:2]:
            warn(notice)
        more = done.read.counts[kind] - (len(notices) if console.verbose else min(2, len(notices)))
        if more > 0:
            warn(f"... and {more:,} more of the kind '{kind}'")
    size = f"{counted(done.documents, 'document')} with {counted(done.spans, 'span')}"
    console.say(f"{size} written to {', '.join(done.outputs)}")
    for kind, count in done.loss.counts.items():
        if count:
            examples = done.loss.examples.get(kind, [])
            shown = "; ".join(examples if console.verbose else examples[:2])
            warn(f"lost: {kind} {count:,}{f'  ({shown})' if shown else ''}")


def _show_formats(console: Console) -> None:
    from farspan.formats import FORMATS

    if console.json:
        console.result({"formats": [_described(item) for item in FORMATS.values()]})
        return
    rows = [
        (item.name, " ".join(item.suffixes), "yes" if item.read else "", "yes" if item.write else "", item.unit, item.description)
        for item in FORMATS.values()
    ]
    console.out(table(("format", "suffixes", "read", "write", "unit", "what"), rows))


def _described(item: Any) -> dict[str, Any]:
    return {
        "name": item.name,
        "aliases": list(item.aliases),
        "suffixes": list(item.suffixes),
        "reads": item.read is not None,
        "writes": item.write is not None,
        "unit": item.unit,
        "one_document_a_file": item.single or item.content == "pair",
        "cannot": list(item.cannot),
        "description": item.description,
    }
