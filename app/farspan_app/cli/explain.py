"""`farspan explain`: the whole story of one word."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from farspan.errors import InputError, OptionError
from farspan.errors import place as file_place
from farspan_app.cli.console import Console, Json, Quiet, Verbose
from farspan_app.cli.flags import (
    NAME_TOKENIZERS,
    Conflicts,
    Criteria,
    Encoding,
    InputFormat,
    Lang,
    Lists,
    NameTokenizer,
    Nested,
    RecipeFile,
    RunNumber,
    Set,
    Tokenizer,
    check_choice,
    given_flags,
    parse_policy,
)
from farspan_app.cli.notices import show_notices
from farspan_app.cli.request import Request, open_session, with_recipe
from farspan_app.cli.rules import load_sources, parse_setting
from farspan_app.cli.storing import is_project

if TYPE_CHECKING:
    from farspan.errors import Place
    from farspan.explain import Explanation
    from farspan.job import Job
    from farspan.model import Document, Span

At = Annotated[
    str,
    typer.Option(
        "--at",
        metavar="DOC:START",
        help="The document's id and a character of the word, counted from 0; DOC:START-END for several words, :START if there is"
        " one document only.",
    ),
]
TextsOrProject = Annotated[
    list[str] | None, typer.Argument(metavar="INPUT...", help="Texts: files, folders, or - for standard input; or a project.")
]


def explain(  # noqa: PLR0917  (Typer calls it by name)
    context: typer.Context,
    at: At,
    inputs: TextsOrProject = None,
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
    run: RunNumber = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say why a word is labelled as it is, and what would change that.

    Of a project, a stored run is explained as it stands there, with what you judged and edited.
    """
    console = Console(json, quiet, verbose)
    check_choice("name-tokenizer", name_tokenizer, NAME_TOKENIZERS)
    place = parse_place(at)
    projects = [path for path in inputs or () if is_project(path)]
    if projects:
        check_alone(inputs or (), given_flags(context))
        show(console, explain_in_project(projects[0], place, run))
        return
    if run is not None:
        raise OptionError("--run is for a project", remedy="name a project, P.farspan, instead of texts")
    request = Request(
        inputs=tuple(inputs or ()),
        output="",
        lists=tuple(lists or ()),
        settings=tuple(parse_setting(text) for text in settings or ()),
        policy=parse_policy(conflicts, criteria, nested=nested),
        lang=lang,
        tokenizer=tokenizer,
        name_tokenizer=name_tokenizer,
        input_format=input_format,
        encoding=encoding,
    )
    with console.job() as job:
        story = explain_word(with_recipe(request, recipe, context, job), place, job)
    show(console, story)


def show(console: Console, story: "Explanation") -> None:
    """Print the story as the flags want it."""
    if console.json:
        console.result(as_dict(story))
    for line in lines(story):
        console.out(line)


def check_alone(inputs: Sequence[str], given: AbstractSet[str]) -> None:
    """Raise OptionError if a project is not all that is asked about: what it was matched with stands in it."""
    if len(inputs) > 1:
        raise OptionError("a project is explained by itself", remedy="name the project alone")
    more = sorted(given - {"at", "inputs", "run", "json", "quiet", "verbose"})
    if more:
        flag = {"lists": "list", "settings": "set"}.get(more[0], more[0]).replace("_", "-")
        what = f"--{flag} has no part in the runs of a project"
        raise OptionError(what, remedy="leave it out; `farspan project add` changes lists and rules")


def explain_in_project(path: str, place: "Spot", run: int | None) -> "Explanation":
    """The story of the word at `place` in a run of the project `path`. Raises FarspanError."""
    from farspan.store.project import Project

    with Project.open(path, read_only=True) as project:
        return project.explain(place.document, place.start, place.end, run=run)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is asked about: the document's id ("": the only one), a character, and where the last word ends, if said."""

    document: str
    start: int
    end: int | None = None


def parse_place(text: str) -> Spot:
    """What ``DOC:START`` or ``DOC:START-END`` means; the id may hold colons, and is empty in ``:START``. Raises OptionError."""
    document, colon, offsets = text.rpartition(":")
    found = re.fullmatch(r"([0-9]{1,10})(?:-([0-9]{1,10}))?", offsets)
    if not colon or found is None:
        raise OptionError(
            f"--at {text!r} is no place",
            remedy="write DOC:START or DOC:START-END, for example news-01:117; START counts characters from 0",
        )
    start, end = int(found[1]), None if found[2] is None else int(found[2])
    if end is not None and end <= start:
        raise OptionError(f"--at {text!r} ends before it begins", remedy="END is the character after the last one")
    return Spot(document, start, end)


def explain_word(request: Request, place: Spot, job: "Job") -> "Explanation":
    """The story of the words at `place`. Raises FarspanError."""
    from farspan.explain import explain as tell

    found = _document(request, place.document)
    sources = load_sources(request.lists, request.settings, job, request.recipe)
    session = open_session(request, [found])  # nothing that decides about a word lies outside its document
    try:
        return tell(session.run(sources, request.policy), session, sources, 0, place.start, end=place.end)
    except IndexError:
        raise InputError(
            f"document {found.id!r} has no word at character {place.start}", remedy=f"choose one from 0 to {len(found.text) - 1}"
        ) from None


def _document(request: Request, wanted: str) -> "Document":
    from farspan.formats import ReadReport, read_documents

    seen: list[str] = []
    found = None
    read = ReadReport()
    for document in read_documents(request.inputs, input_format=request.input_format, encoding=request.encoding, report=read):
        if document.id == wanted or (not wanted and not seen):
            if found is not None:
                raise InputError(f"two documents are called {wanted!r}", where=_origin(document), remedy="give each its own id")
            found = document
        seen.append(document.id)
    show_notices(read)
    if found is not None and (wanted or len(seen) == 1):
        return found
    some = ", ".join(seen[:8]) + (f" and {len(seen) - 8:,} more" if len(seen) > 8 else "")
    raise InputError(f"there is no document {wanted!r}", where=file_place(request.inputs[0]), remedy=f"there are: {some}")


def _origin(document: "Document") -> "Place | None":
    path = document.meta.get("path")
    return file_place(path) if isinstance(path, str) else None


def lines(story: "Explanation") -> Iterator[str]:
    """The story for people."""
    of_run = "" if story.run is None else f"  (run {story.run})"
    yield f"{story.document}:{story.start}  {story.text!r}: {story.outcome}{of_run}"
    for remark in story.remarks:
        when = f" on {remark.made_at[:10]}" if remark.made_at else ""
        yield f"  {remark.text}{when}"
    if story.by_rules != story.outcome:
        yield f"  by the rules alone: {story.by_rules}"
    if not story.stories:
        yield "  no name of any list matches here"
    for one in story.stories:
        span = one.span
        about = f" ({', '.join(span.ids)})" if span.ids else ""
        yield f"  {span.source}: {span.label} {span.name!r}{about} at {span.start}-{span.end}, {one.reason}"
    if story.untried:
        yield f"what would change it cannot be tried: {story.untried}"
    if story.flips:
        what = "it" if story.by_rules == story.outcome else "what the rules make of it"
        yield f"what would change {what}, the smallest change first:"
    for flip in story.flips:
        beside = "" if not flip.elsewhere else f"; changes {flip.elsewhere} more nearby"
        yield f"  {flip}{beside}"


def as_dict(story: "Explanation") -> dict[str, Any]:
    """The story as the object that ``--json`` prints."""
    return {
        "document": story.document,
        "start": story.start,
        "end": story.end,
        "text": story.text,
        "outcome": story.outcome,
        "by_rules": story.by_rules,
        "run": story.run,
        "work": [
            {"kind": one.kind, "start": one.start, "end": one.end, "what": one.text, "made_at": one.made_at or None}
            for one in story.remarks
        ],
        "candidates": [
            {
                **span_dict(one.span),
                "text": one.text,
                "reason": one.reason,
                "option": one.option or None,
                "criterion": one.criterion or None,
                "winner": span_dict(one.winner) if one.winner else None,
            }
            for one in story.stories
        ],
        "untried": story.untried or None,
        "changes": [
            {
                "list": flip.source,
                "option": flip.option,
                "value": flip.value,
                "outcome": flip.outcome,
                "elsewhere": flip.elsewhere,
            }
            for flip in story.flips
        ],
    }


def span_dict(span: "Span") -> dict[str, Any]:
    """A span under the names of the JSONL form."""
    return {
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "source": span.source,
        "name": span.name,
        "ids": list(span.ids),
        "kind": span.kind,
    }
