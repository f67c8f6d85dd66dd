"""The flags that several commands share, each defined once, and what they mean."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer

from farspan.errors import OptionError
from farspan.options import CRITERIA, SCOPES, ConflictPolicy

TOKENIZERS: Final = ("spacy", "unicode", "whitespace", "characters", "given")
NAME_TOKENIZERS: Final = TOKENIZERS[:-1]
SCHEMES: Final = ("iob2", "iob1", "bioes", "bilou", "io")

Inputs = Annotated[list[str] | None, typer.Argument(metavar="INPUT...", help="Texts: files, folders, or - for standard input.")]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="File to write; - is standard output.")]
File = Annotated[str, typer.Argument(metavar="P.farspan", help="The project file.")]
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
RunNumber = Annotated[int | None, typer.Option("--run", metavar="N", help="Of a project: which run; by default the newest.")]


def given_flags(context: typer.Context) -> frozenset[str]:
    """The parameters that stand on the command line, by name."""
    sources = {name: context.get_parameter_source(name) for name in context.params}
    return frozenset(name for name, source in sources.items() if source is not None and source.name == "COMMANDLINE")


def check_stdout(output: str | None, *, json: bool, flag: str = "-o -") -> None:
    """Raise OptionError if both ``--json`` and the output, which `flag` sends there, want standard output."""
    if json and output == "-":
        raise OptionError(f"--json and {flag} both want standard output", remedy="write to a file, or leave out --json")


def check_project_output(output: str | None, project: str, *, json: bool) -> None:
    """Raise OptionError as `check_stdout` does, and if what is written would take the place of the project it comes from."""
    from farspan.files import is_same_file

    check_stdout(output, json=json)
    if output is not None and is_same_file(output, project):
        raise OptionError(f"the output {output} is the project itself", remedy="choose another name with -o")


def parse_policy(conflicts: str, criteria: str | None, *, nested: bool) -> ConflictPolicy:
    """The conflict policy that the flags mean. Raises OptionError."""
    names: Any = CRITERIA if criteria is None else tuple(name.strip() for name in criteria.split(",") if name.strip())
    scope: Any = conflicts
    return ConflictPolicy(names, scope, nested)


def check_choice(flag: str, value: str | None, choices: Sequence[str]) -> None:
    """Raise OptionError if `value` of ``--flag`` is none of `choices`; None is what is not given."""
    if value is not None and value not in choices:
        raise OptionError(f"--{flag} {value!r} is not possible", remedy=f"choose one of: {', '.join(choices)}")
