"""`farspan explain`: the whole story of one word."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from farspan.errors import InputError, OptionError, place
from farspan_app.cli.annotate import (
    Conflicts,
    Criteria,
    Encoding,
    InputFormat,
    Inputs,
    Lang,
    Lists,
    Nested,
    RecipeFile,
    Request,
    Set,
    Tokenizer,
    given_flags,
    parse_policy,
)
from farspan_app.cli.console import Console, Json, Quiet, Verbose
from farspan_app.cli.rules import load_sources, parse_setting

if TYPE_CHECKING:
    from farspan.explain import Explanation
    from farspan.job import Job
    from farspan.model import Document, Span

At = Annotated[str, typer.Option("--at", metavar="DOC:START", help="The document's id and the character where the word begins.")]


def explain(  # noqa: PLR0917  (Typer calls it by name)
    context: typer.Context,
    at: At,
    inputs: Inputs = None,
    lists: Lists = None,
    recipe: RecipeFile = None,
    settings: Set = None,
    conflicts: Conflicts = "greedy",
    criteria: Criteria = None,
    nested: Nested = False,
    lang: Lang = "xx",
    tokenizer: Tokenizer = "spacy",
    input_format: InputFormat = "auto",
    encoding: Encoding = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say why a word is labelled as it is, and what would change that."""
    console = Console(json, quiet, verbose)
    document, start = parse_place(at)
    request = Request(
        inputs=tuple(inputs or ()),
        output="",
        lists=tuple(lists or ()),
        settings=tuple(parse_setting(text) for text in settings or ()),
        policy=parse_policy(conflicts, criteria, nested=nested),
        lang=lang,
        tokenizer=tokenizer,
        input_format=input_format,
        encoding=encoding,
    )
    with console.job() as job:
        story = explain_word(with_recipe(request, recipe, context, job), document, start, job)
    if json:
        console.result(as_dict(story))
    for line in lines(story):
        console.out(line)


def with_recipe(request: Request, recipe: str | None, context: typer.Context, job: "Job") -> Request:
    """`request` filled in from `recipe`, whose outputs do not matter here. Raises OptionError where something is missing."""
    if recipe is not None:
        from farspan_app.cli.recipe_request import filled_in

        return replace(filled_in(replace(request, output="-"), recipe, given_flags(context) | {"output"}, job), output="")
    for what, value in (("texts (INPUT...)", request.inputs), ("lists (--list LABEL=FILE)", request.lists)):
        if not value:
            raise OptionError(f"no {what} given", remedy="name them on the command line or in a recipe (--recipe R.toml)")
    return request


def parse_place(text: str) -> tuple[str, int]:
    """The document id and character of ``DOC:START``; the id may hold colons, and is empty in ``:START``. Raises OptionError."""
    document, colon, start = text.rpartition(":")
    if not colon or not start.isdecimal():
        raise OptionError(
            f"--at {text!r} is no place", remedy="write DOC:START, for example news-01:117; START counts characters from 0"
        )
    return document, int(start)


def explain_word(request: Request, document: str, start: int, job: "Job") -> "Explanation":
    """The story of the word at character `start` of `document` (empty: the only one). Raises FarspanError."""
    from farspan.explain import explain as tell
    from farspan.session import Lexicon, Session
    from farspan.text.corpus import build_corpus
    from farspan.text.tokenizers import make_tokenizer
    from farspan.text.vocabulary import Vocabulary

    found = _document(request, document)
    sources = load_sources(request.lists, request.settings, job, request.recipe)
    vocabulary = Vocabulary()
    text_tokenizer = make_tokenizer("whitespace" if request.tokenizer == "given" else request.tokenizer, request.lang, vocabulary)
    by_default = "whitespace" if found.tokens is not None else request.tokenizer
    name_tokenizer = make_tokenizer(request.name_tokenizer or by_default, request.lang, vocabulary)
    # Nothing that decides about a word lies outside its document.
    session = Session(build_corpus([found], text_tokenizer, request.lang), Lexicon(name_tokenizer, request.lang))
    try:
        return tell(session.run(sources, request.policy), session, sources, 0, start)
    except IndexError:
        raise InputError(
            f"document {found.id!r} has no word at character {start}", remedy=f"choose one from 0 to {len(found.text) - 1}"
        ) from None


def _document(request: Request, wanted: str) -> "Document":
    from farspan.formats import read_documents

    seen: list[str] = []
    only = None
    for document in read_documents(request.inputs, input_format=request.input_format, encoding=request.encoding):
        if document.id == wanted:
            return document
        only = document if not seen else None
        seen.append(document.id)
    if only is not None and not wanted:
        return only
    some = ", ".join(seen[:8]) + (f" and {len(seen) - 8:,} more" if len(seen) > 8 else "")
    raise InputError(f"there is no document {wanted!r}", where=place(request.inputs[0]), remedy=f"there are: {some}")


def lines(story: "Explanation") -> Iterator[str]:
    """The story for people."""
    yield f"{story.document}:{story.start}  {story.text!r}: {story.outcome}"
    if not story.stories:
        yield "  no name of any list matches here"
    for one in story.stories:
        span = one.span
        about = f" ({', '.join(span.ids)})" if span.ids else ""
        yield f"  {span.source}: {span.label} {span.name!r}{about} at {span.start}-{span.end}, {one.reason}"
    if story.flips:
        yield "what would change it, the smallest change first:"
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
