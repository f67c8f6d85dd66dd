"""`farspan leakage`: what training, development and test data have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.errors import OptionError
from farspan.wording import counted
from farspan_app.cli.console import Console, Json, Quiet, Verbose, table

if TYPE_CHECKING:
    from farspan.model import Document
    from farspan.relations.leakage import Leak

_NAMES: Final = ("train", "dev", "test")
_SAID: Final = {
    "pair": "pair of entities",
    "unordered_pair": "pair in either order",
    "triple": "pair with its relation",
    "entity": "entity",
    "sentence": "sentence",
    "near_sentence": "sentence that is alike",
}

Files = Annotated[list[str], typer.Argument(metavar="TRAIN [DEV] TEST", help="Two or three files with relations, in this order.")]
Aliases = Annotated[
    list[str] | None,
    typer.Option("--aliases", metavar="FILE", help="Ids or names that mean one entity: those of a line, with tabs between them."),
]
InputFormat = Annotated[str, typer.Option("--input-format", metavar="FORMAT", help="Format of the files; auto looks at each.")]
Near = Annotated[
    float, typer.Option("--near", min=0.1, max=1.0, metavar="SHARE", help="Words in common that make two sentences alike.")
]
Lang = Annotated[str, typer.Option("--lang", metavar="TAG", help="Language, for the ends of sentences in plain text.")]


def leakage(  # noqa: PLR0917  (Typer calls it by name)
    files: Files,
    aliases: Aliases = None,
    near: Near = 0.8,
    lang: Lang = "xx",
    input_format: InputFormat = "auto",
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Find what training data give away of test data: pairs, triples, entities, sentences.

    Entities are known by their ids, by their names where they have none. Only sentences with a relation count.
    """
    from farspan.relations.aliases import read_aliases
    from farspan.relations.leakage import find_leaks, read_sides

    console = Console(json, quiet, verbose)
    if not 2 <= len(files) <= 3:
        raise OptionError(f"{counted(len(files), 'file')} cannot be compared", remedy="name two or three: TRAIN [DEV] TEST")
    names = _NAMES if len(files) == 3 else (_NAMES[0], _NAMES[2])
    known = [names for path in aliases or () for names in read_aliases(path)]
    documents = {name: _documents(path, input_format) for name, path in zip(names, files, strict=True)}
    sides = read_sides(documents, known, lang=lang)
    for side, path in zip(sides, files, strict=True):
        if not side.records:
            console.say(f"{PurePath(path)}: there is no relation in it")
    leaks = find_leaks(sides, near)
    for line in lines(leaks):
        console.out(line)
    if json:
        console.result(as_dict(leaks, {side.name: len(side.records) for side in sides}))


def _documents(path: str, input_format: str) -> "Iterable[Document]":
    """The documents of a side; a part of a split that got nothing is an empty file."""
    from farspan.formats import read_documents

    if path != "-" and Path(path).is_file() and not Path(path).stat().st_size:
        return ()
    return read_documents([path], input_format=input_format)


def lines(leaks: "Sequence[Leak]") -> list[str]:
    """The report for people."""
    rows = [(f"{leak.source} > {leak.to}", _SAID[leak.kind], leak.keys, leak.of, leak.rows, leak.all_rows) for leak in leaks]
    shown = [table(("from > to", "what", "shared", "of", "relations", "of all"), rows)] if rows else []
    worst = [leak for leak in leaks if leak.examples]
    return [*shown, *(f"{leak.source} > {leak.to}, {_SAID[leak.kind]}: {leak.examples[0]}" for leak in worst)]


def as_dict(leaks: "Sequence[Leak]", relations: Mapping[str, int]) -> dict[str, Any]:
    """The object that ``--json`` prints."""
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in _SAID}
    for leak in leaks:
        values = asdict(leak)
        found[leak.kind].append(
            {
                "from": leak.source,
                "to": leak.to,
                "shared": leak.keys,
                "of": leak.of,
                "relations": leak.rows,
                "of_relations": leak.all_rows,
                "examples": list(values["examples"]),
            }
        )
    return {
        "relations": dict(relations),
        "leaks": found,
        "shared": {kind: sum(one["shared"] for one in rows) for kind, rows in found.items()},
    }
