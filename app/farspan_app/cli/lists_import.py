"""`farspan lists import` and `farspan lists export`: lists out of knowledge bases, and lists in the forms of other tools."""

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.errors import InputError, OptionError, Place
from farspan.wording import counted
from farspan_app.cli.console import Console, Json, Quiet, Verbose, table, warn
from farspan_app.cli.flags import check_stdout

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.sources.kb.extraction import Plan
    from farspan.sources.kb.forms import NamesRead, Wanted
    from farspan.sources.kb.wikidata import Found
    from farspan.sources.kb.writing import Written

PROBLEMS_SHOWN: Final = 10
_DUMP: Final = "--type, --spec, --subclasses, --best-rank and --partial are for dumps of Wikidata"


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the list goes and how."""

    path: str
    form: str | None
    label: str
    ids: bool


Source = Annotated[
    str | None, typer.Argument(metavar="[SOURCE]", help="A dump, vocabulary, table or result; without it, what can be read.")
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="OUT", help="List to write, - for standard output; with --spec a folder."),
]
Form = Annotated[str | None, typer.Option("--form", metavar="FORM", help="What SOURCE is; by default found out by looking.")]
Types = Annotated[
    list[str] | None,
    typer.Option(
        "--type",
        metavar="CLASS[=LABEL]",
        help="Class whose items are wanted: Q515 (Wikidata), or what stands below a concept or term. May be repeated.",
    ),
]
Spec = Annotated[
    str | None,
    typer.Option("--spec", metavar="FILE", help="Many lists of Wikidata at once: lines Q5<TAB>et<TAB>PER, as ANEA has them."),
]
Depth = Annotated[
    int | None, typer.Option("--depth", min=0, help="Steps of subclasses below each class; 0 for Wikidata, else all.")
]
Lang = Annotated[
    str | None, typer.Option("--lang", metavar="am[,en]", help="Language of the names; if several, the first one that there is.")
]
Aliases = Annotated[bool, typer.Option("--aliases", help="Take further names of each entity too.")]
Ids = Annotated[bool, typer.Option("--ids/--no-ids", help="Whether to write the ids of the entities.")]
Label = Annotated[str | None, typer.Option("--label", metavar="LABEL", help="Label of names that have none of their own.")]
Subclasses = Annotated[
    str | None,
    typer.Option("--subclasses", metavar="FILE", help="Table of Wikidata's subclasses: read if it is there, else written."),
]
BestRank = Annotated[
    bool, typer.Option("--best-rank", help="Where a statement is preferred, leave out those of normal rank (Wikidata).")
]
Partial = Annotated[bool, typer.Option("--partial", help="Take what there is of a dump that is cut off.")]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Threads that decompress; by default one a core.")]
Synonyms = Annotated[
    str,
    typer.Option("--synonyms", metavar="exact,...", help="Synonyms of OBO taken with --aliases: exact, narrow, broad, related."),
]
Feature = Annotated[
    list[str] | None,
    typer.Option("--feature", metavar="P[.PPL]", help="Feature class or code of GeoNames that is wanted; may be repeated."),
]
Alternates = Annotated[
    str | None, typer.Option("--alternate-names", metavar="FILE", help="GeoNames' table of names by language, for --lang.")
]
Endpoint = Annotated[str | None, typer.Option("--endpoint", metavar="URL", help="SPARQL endpoint to ask; needs --query.")]
Query = Annotated[str | None, typer.Option("--query", metavar="FILE", help="The SPARQL query to ask it.")]
Timeout = Annotated[float, typer.Option("--timeout", min=1, help="Seconds to wait for the endpoint, or for reading RDF.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="Encoding of SOURCE; found out if not given.")]
Plain = Annotated[str | None, typer.Option("--format", metavar="FORM", help="Form of OUT; by default what its suffix says.")]


def import_list(  # noqa: PLR0917  (Typer calls it by name)
    source: Source = None,
    output: Output = None,
    form: Form = None,
    types: Types = None,
    spec: Spec = None,
    depth: Depth = None,
    lang: Lang = None,
    aliases: Aliases = False,
    ids: Ids = True,
    label: Label = None,
    subclasses: Subclasses = None,
    best_rank: BestRank = False,
    partial: Partial = False,
    workers: Workers = None,
    synonyms: Synonyms = "exact",
    feature: Feature = None,
    alternate_names: Alternates = None,
    endpoint: Endpoint = None,
    query: Query = None,
    timeout: Timeout = 300,
    encoding: Encoding = None,
    format: Plain = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Make a list of names out of a knowledge base: a dump, a vocabulary, a table, the result of a query.

    An import from a dump that is interrupted goes on where it stood when the same command is given again.
    """
    from farspan.sources.kb.forms import FORMS, Wanted, form_of

    console = Console(json, quiet, verbose)
    if source is None and endpoint is None:
        _show_forms(console)
        return
    if label is not None:
        from farspan.sources.arguments import check_label

        check_label(label)
    check_output(output, spec, source, json=json)
    if form is not None and form not in FORMS:
        raise OptionError(f"no form is called {form!r}", remedy=f"choose one of: {', '.join(FORMS)}")
    langs = _langs(lang)
    scopes = tuple(part.strip() for part in synonyms.split(","))
    wanted = Wanted(langs, aliases, tuple(types or ()), depth, scopes, tuple(feature or ()), encoding, timeout, alternate_names)
    target = _Target(str(output), format, label or "", ids)
    began = time.perf_counter()
    with console.job() as job:
        if endpoint is not None:
            result = _ask(endpoint, query, wanted, target)
        elif (form or form_of(str(source), spec=spec is not None)) == "wikidata":
            plan = _plan(wanted, spec, best=best_rank, label=label)
            options = {"subclasses": subclasses, "partial": partial, "workers": workers}
            result = _from_dump(str(source), plan, target, job, is_folder=spec is not None, **options)
        else:
            if spec or subclasses or best_rank or partial:
                raise OptionError(f"{source} is no dump of Wikidata", remedy=_DUMP)
            from farspan.sources.kb.forms import read_names

            result = _write_read(read_names(str(source), form, wanted, job), target)
    result["seconds"] = round(time.perf_counter() - began, 3)
    _tell(console, result)


def export_list(  # noqa: PLR0917  (Typer calls it by name)
    file: Annotated[str, typer.Argument(metavar="FILE", help="FILE or FILE?name=COLUMN&..., as for `annotate --list`.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help="List to write; - is standard output.")],
    format: Plain = None,
    ids: Ids = True,
    label: Label = None,
    encoding: Encoding = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write a list in another form: .jsonl, .txt, .csv, .tsv, GATE's .lst, or .patterns for spaCy's EntityRuler."""
    from farspan.sources.kb.entries import entries
    from farspan.sources.kb.writing import write_list
    from farspan.sources.lists import load_list, parse_list_file

    console = Console(json, quiet, verbose)
    argument = parse_list_file(file)
    check_output(output, None, argument.path, json=json)
    with console.job() as job:
        found = load_list(argument.path, label or "NAME", columns=argument.columns, encoding=encoding, job=job)
        if found.patterns:
            raise InputError("this is a list of patterns", where=Place(argument.path), remedy="give a list of names")
        written = write_list(output, entries(found, label or ""), form=format, origin=found.origin, ids=ids)
    problems = [{"line": item.place.line, "what": item.what} for item in found.problems]
    result = {**_counts(written, output), "problems": problems, "outputs": [output]}
    for problem in found.problems[:PROBLEMS_SHOWN]:
        warn(str(problem))
    console.say(f"{_sizes(written.items, written.names)} written to {output}{_lost(written)}")
    if json:
        console.result(result)


def _langs(text: str | None) -> tuple[str, ...]:
    from farspan.sources.kb.extraction import parse_langs

    return () if text is None else parse_langs(text)


def check_output(output: str | None, spec: str | None, source: str | None, *, json: bool) -> None:
    """Raise OptionError for no output, standard output wanted twice, and an output that is the input."""
    from farspan.files import is_same_file

    if not output:
        raise OptionError("no output is named", remedy="say where to: -o FOLDER" if spec else "say where to: -o LIST.jsonl")
    check_stdout(output, json=json)
    if source is not None and is_same_file(output, source):
        raise OptionError(f"the output {output} is also the input", remedy="choose another name with -o")


def _plan(wanted: "Wanted", spec: str | None, *, best: bool, label: str | None) -> "Plan":
    """What is to be taken out of a dump. Raises OptionError where nothing says what."""
    from farspan.sources.kb.extraction import Extraction, Plan, WantedClass, parse_class, parse_specification

    depth = wanted.depth or 0
    if spec is not None:
        from farspan.files import read_text

        if wanted.roots:
            raise OptionError("--spec and --type both say what is wanted", remedy="give one of the two")
        return Plan(parse_specification(read_text(spec), spec), depth, wanted.aliases, best)
    if not wanted.roots:
        raise OptionError(
            "this is a dump of Wikidata: which of its items are wanted?",
            remedy="name a class: --type Q515 (cities), Q5 (people), Q6256 (countries), Q11424 (films); --depth 2 goes below it",
        )
    if not wanted.langs:
        raise OptionError("in which language are the names wanted?", remedy="say --lang am, or --lang am,en")
    classes = tuple(parse_class(text) for text in wanted.roots)
    labelled = tuple(WantedClass(item.id, item.label or label or "") for item in classes)
    return Plan((Extraction("", labelled, wanted.langs),), depth, wanted.aliases, best)


def _from_dump(source: str, plan: "Plan", target: _Target, job: "Job", *, is_folder: bool, **options: Any) -> dict[str, Any]:
    from farspan.sources.kb.wikidata import extracted
    from farspan.sources.kb.writing import list_form

    names = dict.fromkeys(item.name for item in plan.extractions)
    if is_folder:
        _make_folder(target.path)
        suffix = "jsonl" if target.form is None else list_form("", target.form).suffixes[0][1:]
        targets = {name: replace(target, path=str(Path(target.path, f"{name}.{suffix}"))) for name in names}
        state = str(Path(target.path, "import.resume"))
    else:
        targets = dict.fromkeys(names, target)
        state = "" if target.path == "-" else target.path + ".resume"
        list_form(target.path, target.form)
    with extracted(source, plan, state=state, job=job, **options) as found:
        lists = [_one_list(found, name, own, is_only=len(targets) == 1) for name, own in targets.items()]
        if all("error" in item for item in lists):
            raise InputError("none of the lists has a name", where=Place(source), remedy="see the messages above")
    return _dump_result(found, lists)


def _one_list(found: "Found", name: str, target: _Target, *, is_only: bool) -> dict[str, Any]:
    from farspan.sources.kb.entries import labelled
    from farspan.sources.kb.writing import write_list

    shown = {"name": name} if name else {}
    try:
        names = labelled(found.names(name), target.label)
        written = write_list(target.path, names, form=target.form, origin=found.origin_of(name), ids=target.ids)
    except InputError as error:
        if is_only:
            raise
        warn(str(error))
        return {**shown, "error": str(error)}
    return {**shown, **_counts(written, target.path)}


def _make_folder(path: str) -> None:
    from farspan.files import output_error

    try:
        Path(path).mkdir(exist_ok=True)
    except OSError as error:
        raise output_error(path, error) from error


def _dump_result(found: "Found", lists: list[dict[str, Any]]) -> dict[str, Any]:
    counts = found.counts
    return {
        **_sums(lists),
        "lists": lists,
        "classes": len(found.classes),
        "lines": counts.get("lines", 0),
        "parsed": counts.get("parsed", 0),
        "unnamed": counts.get("unnamed", 0),
        "duplicates": counts.get("duplicates", 0),
        "skipped": counts.get("problems", 0),
        "problems": [{"line": line, "what": f"{found.path}:{line}: {what}; skipped"} for line, what in found.problems],
        "resumed": found.resumed,
        "source": {"path": found.path, **found.origin},
        "outputs": [item["path"] for item in lists if "path" in item],
    }


def _ask(endpoint: str, query: str | None, wanted: "Wanted", target: _Target) -> dict[str, Any]:
    from farspan.files import read_text
    from farspan.sources.kb.endpoint import ask
    from farspan.sources.kb.forms import read_answer

    if query is None:
        raise OptionError("what is the endpoint to be asked?", remedy="name a file with a SPARQL query: --query FILE")
    text = read_text(query)
    return _write_read(read_answer(ask(endpoint, text, wanted.timeout), endpoint, text, wanted), target)


def _write_read(read: "NamesRead", target: _Target) -> dict[str, Any]:
    from farspan.sources.kb.entries import labelled
    from farspan.sources.kb.writing import write_list

    written = write_list(target.path, labelled(read.names, target.label), form=target.form, origin=read.origin, ids=target.ids)
    lists = [_counts(written, target.path)]
    return {
        **_sums(lists),
        "lists": lists,
        "skipped": sum(item.handled == "skipped" for item in read.problems),
        "problems": [{"line": item.place.line, "what": str(item)} for item in read.problems],
        "source": {"path": read.path, **read.origin},
        "outputs": [target.path],
    }


def _counts(written: "Written", path: str) -> dict[str, Any]:
    lost = {part: count for part, count in written.lost.items() if count}
    return {"path": path, "items": written.items, "names": written.names, "lost": lost}


def _sums(lists: list[dict[str, Any]]) -> dict[str, Any]:
    return {key: sum(item.get(key, 0) for item in lists) for key in ("items", "names")}


def _sizes(items: int, names: int) -> str:
    return f"{counted(items, 'entity', 'entities')}, {counted(names, 'name')}"


def _lost(written: "Written") -> str:
    lost = ", ".join(f"{part} {count:,}" for part, count in written.lost.items() if count)
    return f"; not held by this form: {lost}" if lost else ""


def _tell(console: Console, result: dict[str, Any]) -> None:
    path = result["source"]["path"]
    for problem in result["problems"][:PROBLEMS_SHOWN]:
        warn(problem["what"])
    hidden = max(len(result["problems"]), result["skipped"]) - PROBLEMS_SHOWN
    if hidden > 0:
        warn(f"... and {hidden:,} more in {path}")
    if result.get("resumed"):
        console.say("went on where an earlier import was interrupted")
    for item in result["lists"]:
        if "path" in item:
            lost = ", ".join(f"{part} {count:,}" for part, count in item["lost"].items())
            shown = "standard output" if item["path"] == "-" else item["path"]
            more = f"; not held by this form: {lost}" if lost else ""
            console.say(f"{_sizes(item['items'], item['names'])} written to {shown}{more}")
    if result.get("unnamed"):
        console.say(f"without a label in the language, left out: {counted(result['unnamed'], 'direct item')}")
    if result.get("duplicates"):
        console.say(f"more than once in the dump, where the first counts: {counted(result['duplicates'], 'item')}")
    console.say(f"{result['seconds']:.1f} s")
    if console.json:
        console.result(result)


def _show_forms(console: Console) -> None:
    """What can be read, for people and as JSON."""
    from farspan.sources.kb.forms import FORMS

    console.out("farspan lists import SOURCE -o LIST.jsonl reads:")
    console.out(table(("form", "what", "suffixes"), [(item.name, item.what, " ".join(item.suffixes)) for item in FORMS.values()]))
    if console.json:
        forms = [{"name": item.name, "what": item.what, "suffixes": list(item.suffixes)} for item in FORMS.values()]
        console.result({"forms": forms})
