"""`farspan kb`: triples out of knowledge bases, for `farspan relate`."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from farspan.errors import OptionError
from farspan.wording import counted
from farspan_app.cli.console import Console, Json, Quiet, Verbose, warn
from farspan_app.cli.lists_import import PROBLEMS_SHOWN, BestRank, Encoding, Partial, Subclasses, Timeout, Workers, check_output

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.sources.kb.facts import FoundFacts, NamedTriple

app = typer.Typer(name="kb", help="Make triples out of knowledge bases.", no_args_is_help=True, rich_markup_mode=None)

Source = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE", help="A dump of Wikidata, RDF, a result of a query, a table: FILE?subject=COLUMN&object=COLUMN."
    ),
]
Output = Annotated[
    str, typer.Option("--output", "-o", metavar="KB.tsv", help="Triples to write: .tsv, .csv or .jsonl; - is TSV.")
]
Properties = Annotated[
    list[str] | None,
    typer.Option(
        "--property", metavar="P57[=NAME]", help="A property whose triples are wanted, and its name here. May be repeated."
    ),
]
Lang = Annotated[
    str | None,
    typer.Option("--lang", metavar="es[,en]", help="Give the names of both ends in this language in two more columns."),
]
Types = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="Q5=PER", help="Class that gives the ends a type; the first that fits. May be repeated."),
]
Depth = Annotated[int, typer.Option("--depth", min=0, help="Steps of subclasses below the classes of --type.")]
Names = Annotated[
    str | None,
    typer.Option("--names", metavar="LIST.jsonl", help="Also write the entities of the triples as a list, with --lang."),
]
Aliases = Annotated[bool, typer.Option("--aliases", help="Give the entities in --names their further names.")]


@dataclass(slots=True)
class _Taken:
    """Triples that were made ready, and what there is to say of them when they are written."""

    triples: "Iterable[NamedTriple]"
    says: dict[str, Any]
    found: "FoundFacts | None" = None


@app.command("import")
def import_triples(  # noqa: PLR0917  (Typer calls it by name)
    source: Source,
    output: Output,
    properties: Properties = None,
    lang: Lang = None,
    types: Types = None,
    depth: Depth = 0,
    names: Names = None,
    aliases: Aliases = False,
    subclasses: Subclasses = None,
    best_rank: BestRank = False,
    partial: Partial = False,
    workers: Workers = None,
    timeout: Timeout = 300,
    encoding: Encoding = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Make a table of triples, with the columns subject, relation, object, subject_type, object_type and source.

    An import from a dump that is interrupted goes on where it stood when the same command is given again.
    """
    from farspan.sources.kb.triples import split_columns, write_triples
    from farspan.sources.kb.writing import list_form, write_list

    console = Console(json, quiet, verbose)
    path, columns = split_columns(source)
    check_output(output, None, path, json=json)
    if names is not None:
        if lang is None:
            raise OptionError("in which language are the names wanted?", remedy="say --lang es, or --lang es,en")
        list_form(names)
    began = time.perf_counter()
    with console.job() as job:
        if _is_dump(path) and not columns:
            options = {"subclasses": subclasses, "partial": partial, "workers": workers}
            plan = _plan(properties, lang, types, depth=depth, aliases=aliases, best=best_rank)
            taking = _from_dump(path, plan, output, job, **options)
        else:
            if names or types or lang:
                raise OptionError("--lang, --type and --names are for dumps of Wikidata", remedy="leave them out")
            taking = _from_other(path, columns, properties or [], job, timeout=timeout, encoding=encoding)
        with taking as taken:
            count = write_triples(output, taken.triples, has_names=lang is not None)
            result = {"triples": count, **taken.says, "outputs": [output]}
            if names is not None and taken.found is not None:
                written = write_list(names, taken.found.names(), origin=taken.found.origin)
                result |= {"names": written.items, "outputs": [output, names]}
    result["seconds"] = round(time.perf_counter() - began, 3)
    _tell(console, result)


def _is_dump(path: str) -> bool:
    from farspan.sources.kb.forms import form_of

    return form_of(path) == "wikidata"


def _plan(properties: list[str] | None, lang: str | None, types: list[str] | None, **options: Any) -> Any:
    from farspan.sources.kb.extraction import parse_class, parse_langs, parse_property
    from farspan.sources.kb.facts import FactPlan

    if not properties:
        raise OptionError(
            "which relations are wanted?", remedy="name a property: --property P57 (director), P19 (place of birth) ..."
        )
    wanted = dict(parse_property(text) for text in properties)
    langs = () if lang is None else parse_langs(lang)
    return FactPlan(wanted, langs, types=tuple(parse_class(text) for text in types or ()), **options)


@contextmanager
def _from_dump(path: str, plan: Any, output: str, job: "Job", **options: Any) -> Iterator[_Taken]:
    from farspan.sources.kb.facts import facts

    with facts(path, plan, state="" if output == "-" else output + ".resume", job=job, **options) as found:
        says = {
            "lines": found.counts.get("lines", 0),
            "duplicates": found.counts.get("duplicates", 0),
            "skipped": found.counts.get("problems", 0),
            "problems": [{"line": line, "what": f"{found.path}:{line}: {what}; skipped"} for line, what in found.problems],
            "resumed": found.resumed,
            "source": {"path": found.path, **found.origin},
        }
        yield _Taken(found.triples(), says, found)


def _named(text: str) -> tuple[str, str]:
    """The property and the relation that ``http://...#authorOf=writes`` means."""
    key, equals, name = text.rpartition("=")
    return (key, name or key) if equals else (text, text)


@contextmanager
def _from_other(
    path: str, columns: dict[str, str], properties: list[str], job: "Job", *, timeout: float, encoding: str | None
) -> Iterator[_Taken]:
    """Triples of RDF, of a result, or of any table or corpus that `farspan relate` takes."""
    import hashlib

    from farspan.relations.reading import load_kb
    from farspan.sources.kb.facts import NamedTriple
    from farspan.sources.kb.forms import form_of
    from farspan.sources.kb.triples import read_columns, read_rdf_relations

    wanted = dict(map(_named, properties))
    form = form_of(path)
    problems: list[Any] = []
    triples: Iterable[NamedTriple]
    if form == "rdf":
        triples = read_rdf_relations(path, wanted, timeout, job)
    elif columns or form == "sparql":
        triples = read_columns(path, columns, next(iter(wanted.values()), ""), problems, encoding)
    else:
        known = load_kb(path, encoding, job)
        problems += known.problems
        kept = (triple for triple in known.triples() if not wanted or triple.relation in wanted)
        triples = (NamedTriple(triple) for triple in kept)
    digest = "" if path == "-" else hashlib.sha256(Path(path).read_bytes()).hexdigest()
    says: dict[str, Any] = {"source": {"path": path, "from": form, "sha256": digest}}
    taken = _Taken(triples, says)
    says["problems"] = problems
    yield taken


def _tell(console: Console, result: dict[str, Any]) -> None:
    result["problems"] = [
        item if isinstance(item, dict) else {"line": item.place.line, "what": str(item)} for item in result["problems"]
    ]
    result.setdefault("skipped", len(result["problems"]))
    for problem in result["problems"][:PROBLEMS_SHOWN]:
        warn(problem["what"])
    if result["skipped"] > PROBLEMS_SHOWN:
        warn(f"... and {result['skipped'] - PROBLEMS_SHOWN:,} more")
    if result.get("resumed"):
        console.say("went on where an earlier import was interrupted")
    more = f", {counted(result['names'], 'name')}" if "names" in result else ""
    console.say(
        f"{counted(result['triples'], 'triple')}{more} written to {', '.join(result['outputs'])} in {result['seconds']:.1f} s"
    )
    if console.json:
        console.result(result)
