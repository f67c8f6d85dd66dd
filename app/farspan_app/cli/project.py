"""`farspan project`: the project file without a window."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from farspan.errors import OptionError
from farspan.options import SCOPES, ConflictPolicy, MatchingOptions
from farspan.wording import counted
from farspan_app.cli.console import Console, Json, Quiet, Verbose, table, warn
from farspan_app.cli.flags import (
    NAME_TOKENIZERS,
    TOKENIZERS,
    Criteria,
    Encoding,
    File,
    Format,
    InputFormat,
    NameTokenizer,
    RunNumber,
    Scheme,
    Set,
    check_choice,
    check_project_output,
    given_flags,
    parse_policy,
)
from farspan_app.cli.notices import show_notices, show_problems
from farspan_app.cli.project_info import described, show
from farspan_app.cli.rules import Setting, check_targets, load_sources, options_of, parse_setting

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.run import Source
    from farspan.store.documents import Import
    from farspan.store.project import Project
    from farspan.store.rules import Rules
    from farspan.store.runs import StoredRun

app = typer.Typer(
    name="project", help="Keep texts, lists, rules, runs and your work in one file.", no_args_is_help=True, rich_markup_mode=None
)

Inputs = Annotated[list[str] | None, typer.Argument(metavar="[INPUT...]", help="Texts: files, folders, or - for standard input.")]
Lists = Annotated[
    list[str] | None,
    typer.Option(
        "--list", metavar="LABEL=FILE", help="A list of names, as for `annotate`; one the project has gets the new names."
    ),
]
Conflicts = Annotated[
    str | None, typer.Option("--conflicts", metavar="|".join(SCOPES), help="How overlapping matches are settled.")
]
Nested = Annotated[bool | None, typer.Option("--nested/--flat", help="Keep matches inside a kept one as a second layer, or not.")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="TAG", help="Language of the texts as a BCP-47 tag; xx is any.")]
Tokenizer = Annotated[str | None, typer.Option("--tokenizer", metavar="|".join(TOKENIZERS), help="How text is cut into tokens.")]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="File to write; - is standard output.")]
Confidence = Annotated[
    bool,
    typer.Option("--confidence", help="JSONL only: what a model fitted on your verdicts says of each span. A signal."),
]
Check = Annotated[bool, typer.Option("--check", help="Read the whole file and report every fault in it.")]


@app.command()
def new(file: File, json: Json = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Make an empty project."""
    from farspan.store.project import Project

    console = Console(json, quiet, verbose)
    Project.create(file).close()
    console.say(f"made {file}; next: farspan project add {file} TEXT... --list LABEL=FILE")
    if json:
        console.result({"project": file})


@app.command()
def add(  # noqa: PLR0917  (Typer calls it by name)
    context: typer.Context,
    file: File,
    inputs: Inputs = None,
    lists: Lists = None,
    settings: Set = None,
    conflicts: Conflicts = None,
    criteria: Criteria = None,
    nested: Nested = None,
    lang: Lang = None,
    tokenizer: Tokenizer = None,
    name_tokenizer: NameTokenizer = None,
    input_format: InputFormat = "auto",
    encoding: Encoding = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take texts and lists into a project, and change its rules.

    A text with an id that is there already replaces that one; what you judged and edited in it moves to its new place.
    """
    from farspan.store.project import Project

    console = Console(json, quiet, verbose)
    _check_something(given_flags(context))
    plain: dict[str, Any] = _given(lang, tokenizer, name_tokenizer)
    chosen = [parse_setting(text) for text in settings or ()]
    with Project.open(file) as project, console.job() as job:
        # Whatever may be wrong is found before anything is changed.
        rules = project.rules.in_force()
        policy = _changed_policy(rules.policy, conflicts, criteria, nested)
        sources = load_sources(lists or (), (), job)
        _check_targets(project, sources, chosen)
        done = _add_texts(project, inputs or (), input_format, encoding, job)
        _add_lists(project, sources, job)
        changed = replace(project.rules.in_force(), policy=policy, **plain)
        project.rules.put_in_force(replace(changed, options=_changed_options(project, changed, chosen)), "Rules by command")
    for source in sources:
        show_problems(source.entity_list)
    _say_added(console, done, sources)
    if json:
        counts = {"added": 0, "changed": 0, "unchanged": 0, "detached": 0}
        counts |= {name: getattr(done, name) for name in counts} if done is not None else {}
        console.result(
            {"project": file, "documents": counts, "lists": {source.name: len(source.entity_list) for source in sources}}
        )


@app.command()
def run(file: File, json: Json = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Apply the project's rules to its texts and store the result."""
    from farspan.store.project import Project
    from farspan.store.running import run_project

    console = Console(json, quiet, verbose)
    with Project.open(file) as project, console.job() as job:
        made = run_project(project, job)
    for line in _run_lines(made):
        console.say(line)
    if json:
        console.result({"project": file, "run": made.id, **made.report})


@app.command()
def export(  # noqa: PLR0917
    file: File,
    output: Output,
    format: Format = None,
    scheme: Scheme = None,
    number: RunNumber = None,
    confidence: Confidence = False,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the texts with the labels of a run, after your manual edits."""
    from farspan.formats import FORMATS, format_for_output, format_of_suffix, open_target, write_companions, writer_for
    from farspan.store.project import Project
    from farspan.store.running import labelled_documents, ran_on

    console = Console(json, quiet, verbose)
    check_project_output(output, file, json=json)
    written = format_for_output(output, format or format_of_suffix(output) or "conll")
    if confidence and (written != "jsonl" or number is not None):
        raise OptionError("--confidence is for the newest run as JSONL", remedy="give -o FILE.jsonl and leave out --run")
    documents = spans = 0
    with Project.open(file, read_only=True) as project, console.job() as job, open_target(output, FORMATS[written]) as place:
        results, stored = ran_on(project, number), project.documents.all()
        for one in stored:
            results.check_seen(one.id, one.name)
        with writer_for(written, _confident(project, place, job) if confidence else place, scheme=scheme) as writer:
            for document in labelled_documents(project, number):
                writer.write(document)
                documents, spans = documents + 1, spans + len(document.spans)
                job.progress(documents, len(stored), "writing")
        write_companions(output, writer)
    lost = {kind: count for kind, count in writer.loss.counts.items() if count}
    where = "standard output" if output == "-" else output
    console.say(f"{counted(documents, 'document')} with {counted(spans, 'span')} written to {where}")
    if lost:
        console.detail("not expressed by the format: " + ", ".join(f"{kind} {count:,}" for kind, count in lost.items()))
    if json:
        console.result({"project": file, "documents": documents, "spans": spans, "lost": lost, "outputs": [output]})


def _confident(project: "Project", target: Any, job: "Job") -> Any:
    from farspan.audit.confidence import ConfidentStream, confidences

    return ConfidentStream(target, confidences(project, job))


@app.command()
def info(file: File, check: Check = False, json: Json = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Show what is in a project: texts, lists with their counts, runs, your work."""
    from farspan.store.project import Project

    console = Console(json, quiet, verbose)
    with Project.open(file, read_only=True) as project:
        said = described(project)
        faults = project.check() if check else []
    if check:
        said["faults"] = faults
    if json:
        console.result({"project": file, **said})
    else:
        show(console, file, said)
    for fault in faults:
        warn(f"{file}: {fault}")
    if faults:
        warn(f"{file}: the file is damaged; `farspan project replay {file} -o NEW.farspan` may rebuild what you did")
        raise typer.Exit(1)
    if check:
        console.say("the file is whole")


@app.command("replay")
def replay_command(file: File, output: Output, json: Json = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Rebuild a project from its log, action by action, in a new file."""
    from farspan.store.replay import replay

    console = Console(json, quiet, verbose)
    if output == "-":
        raise OptionError("a project cannot be standard output", remedy="name a file: -o NEW.farspan")
    with console.job() as job:
        done = replay(file, output, job)
    steps = f"{counted(done.actions, 'action')} and {counted(done.steps, 'undo or redo step')} ({counted(done.rows, 'row')})"
    console.say(f"{steps} made again in {output}")
    for name in done.differing:
        warn(f"{file}: the rows of {name} are not what its log says; {output} holds what the log says")
    if json:
        console.result(
            {
                "project": output,
                "actions": done.actions,
                "steps": done.steps,
                "rows": done.rows,
                "differing": list(done.differing),
            }
        )


def _check_targets(project: "Project", sources: "Sequence[Source]", chosen: Sequence[Setting]) -> None:
    stored = project.lists.all()
    names = [*(one.name for one in stored), *(source.name for source in sources)]
    check_targets(chosen, names, [*(one.label for one in stored), *(source.entity_list.label for source in sources)])


def _add_lists(project: "Project", sources: "Sequence[Source]", job: "Job") -> None:
    known = {stored.name for stored in project.lists.all()}
    for source in sources:
        if source.name in known:
            project.lists.replace_names(source.name, source.entity_list, job)
        else:
            project.lists.add(source.entity_list, source.options, job)


def _changed_options(project: "Project", rules: "Rules", chosen: Sequence[Setting]) -> dict[str, MatchingOptions]:
    stored = project.lists.all()
    return {one.name: options_of(chosen, one.name, one.label, rules.of(one.name)) for one in stored}


def _check_something(given: AbstractSet[str]) -> None:
    """Raise OptionError where the command line names nothing to take in and nothing to change."""
    if not given - {"file", "input_format", "encoding", "json", "quiet", "verbose"}:
        remedy = "name texts, or a list with --list LABEL=FILE, or a rule such as --set case=ignore"
        raise OptionError("there is nothing to add", remedy=remedy)


def _given(lang: str | None, tokenizer: str | None, name_tokenizer: str | None) -> dict[str, str]:
    """What the command line says of language and tokenizers. Raises OptionError."""
    if lang is not None:
        from farspan.text.languages import primary_language

        primary_language(lang)
    check_choice("tokenizer", tokenizer, TOKENIZERS)
    check_choice("name-tokenizer", name_tokenizer, NAME_TOKENIZERS)
    said = {"lang": lang, "tokenizer": tokenizer, "name_tokenizer": name_tokenizer}
    return {name: value for name, value in said.items() if value is not None}


def _changed_policy(policy: ConflictPolicy, conflicts: str | None, criteria: str | None, nested: bool | None) -> ConflictPolicy:
    said = parse_policy(conflicts or policy.scope, criteria, nested=policy.nested if nested is None else nested)
    return said if criteria is not None else replace(said, criteria=policy.criteria)


def _add_texts(project: "Project", inputs: Sequence[str], input_format: str, encoding: str | None, job: "Job") -> "Import | None":
    from farspan.formats import ReadReport, read_documents

    if not inputs:
        return None
    read = ReadReport()
    done = project.add_documents(read_documents(inputs, input_format=input_format, encoding=encoding, report=read), job)
    show_notices(read)
    return done


def _say_added(console: Console, done: "Import | None", sources: "Sequence[Source]") -> None:
    if done is not None:
        console.say(f"texts: {done.added:,} added, {done.changed:,} changed, {done.unchanged:,} as they were")
        if done.detached:
            warn(f"judgements or edits without a place in the changed texts: {done.detached:,}; they are kept and wait for it")
    for source in sources:
        console.say(f"list {source.name}: {counted(len(source.entity_list), 'name')}")


def _run_lines(made: "StoredRun") -> list[str]:
    report = made.report
    columns = ("names", "matched_names", "candidates", "kept", "lost", "blocked")
    rows = [(name, *(counts[column] for column in columns)) for name, counts in report["by_list"].items()]
    return [
        f"run {made.id}: " + ", ".join(counted(report[f"{thing}s"], thing) for thing in ("document", "token", "span")),
        table(("list", "names", "matched", "candidates", "kept", "lost", "blocked"), rows),
    ]
