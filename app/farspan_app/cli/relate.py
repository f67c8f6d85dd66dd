"""`farspan relate`: relations between the names in texts, by the triples of a knowledge base."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.errors import OptionError
from farspan.job import Job
from farspan_app.cli.console import Console, Json, Quiet, Verbose
from farspan_app.cli.flags import (
    Conflicts,
    Criteria,
    Encoding,
    InputFormat,
    Inputs,
    Lang,
    Lists,
    NameTokenizer,
    Nested,
    RecipeFile,
    Scheme,
    Set,
    Tokenizer,
    check_stdout,
    given_flags,
    parse_policy,
)
from farspan_app.cli.relate_report import show
from farspan_app.cli.relating import RelateRequest, linked_documents, load_knowledge, relate_files, relation_plan
from farspan_app.cli.relating_project import relate_in_project
from farspan_app.cli.request import Request
from farspan_app.cli.rules import parse_setting

if TYPE_CHECKING:
    from farspan.relations.splits import SplitPlan
    from farspan.relations.stories import PairStory

PARTS: Final = ("train", "dev", "test")

Kb = Annotated[
    str | None,
    typer.Option(
        "--kb",
        metavar="KB",
        help="Triples: a table with subject, relation, object (and subject_type, object_type, source), JSONL with these keys, or"
        " an annotated corpus, whose relations are the triples.",
    ),
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="OUT", help="File to write; - is standard output; not needed with --gold.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--relation", metavar="[R.]OPTION=VALUE", help="An option of one relation, or of all; may be repeated (see the manual)."
    ),
]
LevelName = Annotated[
    str, typer.Option("--level", metavar="sentence|window:k|document", help="How far apart the two names of a pair may stand.")
]
Negatives = Annotated[
    list[str] | None,
    typer.Option(
        "--negatives",
        metavar="STRATEGY:RATIO",
        help="Pairs without a relation, so many for each with one: random, same_types, corrupt_subject, corrupt_object, sibling,"
        " near; may be repeated.",
    ),
]
Seed = Annotated[int, typer.Option("--seed", min=0, metavar="N", help="Of the random numbers: the same seed, the same result.")]
CueFiles = Annotated[
    list[str] | None,
    typer.Option("--cues", metavar="LANG|FILE", help="Relations from connectives (en, es, de or a file); may be repeated."),
]
AliasFile = Annotated[
    str | None,
    typer.Option("--aliases", metavar="FILE", help="Ids that mean one entity: those of a line, with tabs between them."),
]
ExcludeEvidence = Annotated[
    bool,
    typer.Option("--exclude-evidence", help="Leave out triples whose source is the very document they would be found in."),
]
SplitBy = Annotated[
    str | None,
    typer.Option(
        "--split", metavar="pair|entity|document", help="Write OUT.train, OUT.dev and OUT.test, no such unit on two sides."
    ),
]
Train = Annotated[float, typer.Option("--train", metavar="SHARE", help="Share of the relations to train on.")]
Dev = Annotated[float, typer.Option("--dev", metavar="SHARE", help="Share to develop on.")]
Test = Annotated[float, typer.Option("--test", metavar="SHARE", help="Share to test on.")]
Format = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help="Of the output; by default what its suffix says, else jsonl.")
]
Gold = Annotated[
    str | None, typer.Option("--gold", metavar="FILE", help="Documents with the right relations: how well do ours agree?")
]
ProjectFile = Annotated[
    str | None,
    typer.Option(
        "--project",
        metavar="P.farspan",
        help="Keep the relations in this project, to be judged there; without INPUT those between the names of its newest run.",
    ),
]
Pair = Annotated[
    str | None,
    typer.Option("--pair", metavar="DOC:START:START", help="Only say why these two mentions are a relation, or why not."),
]


def relate(  # noqa: PLR0917  (Typer calls it by name)
    context: typer.Context,
    inputs: Inputs = None,
    kb: Kb = None,
    output: Output = None,
    lists: Lists = None,
    recipe: RecipeFile = None,
    settings: Set = None,
    relation: Settings = None,
    level: LevelName = "sentence",
    exclude_evidence: ExcludeEvidence = False,
    negatives: Negatives = None,
    seed: Seed = 0,
    cues: CueFiles = None,
    aliases: AliasFile = None,
    split: SplitBy = None,
    train: Train = 0.8,
    dev: Dev = 0.1,
    test: Test = 0.1,
    gold: Gold = None,
    pair: Pair = None,
    project: ProjectFile = None,
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
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Find relations between names: two that stand near each other and are joined by a triple of a knowledge base.

    INPUT is text, in which the names of your lists are found first (--list), or a format with labelled names and their ids.
    """
    console = Console(json, quiet, verbose)
    check_stdout(output, json=json)
    texts = Request(
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
        scheme=scheme,
    )
    request = RelateRequest(
        texts,
        kb=kb,
        output=output or "",
        format=format,
        settings=tuple(relation or ()),
        level=level,
        exclude_evidence=exclude_evidence,
        negatives=tuple(negatives or ()),
        seed=seed,
        cues=tuple(cues or ()),
        aliases=aliases,
        split=_split_plan(split, (train, dev, test)),
        gold=gold,
        given=given_flags(context),
    )
    given = request.given
    with console.job() as job:
        if recipe is not None:
            request = _with_recipe(request, recipe, given, job, (train, dev, test))
        _check_shares(request, given)
        _check_needed(request, pair, project)
        if pair is not None:
            _tell(console, request, pair, project, job)
            return
        done = relate_files(request, job) if project is None else relate_in_project(request, project, job)
    show(console, done)


def _split_plan(by: str | None, shares: tuple[float, float, float]) -> "SplitPlan | None":
    if by is None:
        return None
    from farspan.relations.splits import SplitPlan

    name: Any = by
    return SplitPlan(name, shares)


def _check_needed(request: RelateRequest, pair: str | None, project: str | None) -> None:
    texts = request.texts.inputs or project
    for what, value, remedy in (
        ("texts (INPUT...)", texts, "name them on the command line or in a recipe (--recipe R.toml)"),
        ("knowledge base (--kb KB)", request.kb or request.cues or project, "give one, or connectives: --cues en"),
        ("output (-o OUT)", request.output or request.gold or pair or project, "give a file, or --gold FILE for scores alone"),
    ):
        if not value:
            raise OptionError(f"no {what} given", remedy=remedy)
    if request.split is not None and request.output in {"", "-"}:
        raise OptionError("--split writes three files beside OUT", remedy="name a file: -o relations.jsonl")


def _check_shares(request: RelateRequest, given: frozenset[str]) -> None:
    for name in PARTS:
        if name in given and request.split is None:
            raise OptionError(f"--{name} is given, and nothing to split by", remedy="add --split pair, entity or document")


def _with_recipe(
    request: RelateRequest, path: str, given: frozenset[str], job: Job, shares: tuple[float, float, float]
) -> RelateRequest:
    """`request` with what was not given as a flag taken from the recipe; shares: those of the flags."""
    from farspan.recipe import load_recipe
    from farspan_app.cli.recipe_request import filled_in

    recipe = load_recipe(path)
    known = given | {"output"} | ({"lists"} if not recipe.lists else set())
    texts = replace(filled_in(replace(request.texts, output="-"), path, known, job), output="")
    asked = recipe.relations
    values: dict[str, Any] = {
        "kb": recipe.resolve(asked.kb) if asked.kb else None,
        "output": recipe.resolve(asked.output) if asked.output else "",
        "level": asked.level,
        "exclude_evidence": asked.exclude_evidence,
        "negatives": asked.negatives,
        "seed": asked.seed,
        "cues": tuple(recipe.resolve(name) if "." in name else name for name in asked.cues),
        "aliases": recipe.resolve(asked.aliases) if asked.aliases else None,
    }
    values = {name: value for name, value in values.items() if name not in given}
    if "split" not in given and asked.split is not None:
        said = (asked.train, asked.dev, asked.test)
        train, dev, test = (flag if name in given else own for name, flag, own in zip(PARTS, shares, said, strict=True))
        values["split"] = _split_plan(asked.split, (train, dev, test))
    return replace(request, texts=texts, options=dict(asked.options), **values)


def _tell(console: Console, request: RelateRequest, pair: str, project: str | None, job: Job) -> None:
    from farspan.relations.stories import lines

    head, _, second = pair.rpartition(":")
    name, _, first = head.rpartition(":")
    if not first.isdecimal() or not second.isdecimal():
        raise OptionError(f"--pair {pair!r} is no pair", remedy="write DOC:START:START, the characters where the two names begin")
    if project is not None:
        story = _story_in_project(project, name, int(first), int(second), job)
    else:
        story = _story(request, name, int(first), int(second), job)
    for line in lines(story):
        console.out(line)
    if console.json:
        console.result(asdict(story))


def _story(request: RelateRequest, name: str, first: int, second: int, job: Job) -> "PairStory":
    from farspan.formats import ReadReport
    from farspan.relations.relating import Relater
    from farspan.relations.stories import mention_at, pair_story

    read = ReadReport()
    relater = Relater(load_knowledge(request, job, read), replace(relation_plan(request), negatives=()), job)
    documents, _ = linked_documents(request.texts, job, read)
    wanted = [document for document in documents if document.id == name]
    if not wanted:
        raise _no_document(name)
    mentions = next(relater.relate(wanted)).mentions
    return pair_story(relater, mentions, mention_at(mentions, name, first), mention_at(mentions, name, second))


def _story_in_project(path: str, name: str, first: int, second: int, job: Job) -> "PairStory":
    from farspan.relations.project import project_story
    from farspan.store.project import Project

    with Project.open(path, read_only=True) as project:
        numbers = {document.name: document.id for document in project.documents.all()}
        if name not in numbers:
            raise _no_document(name)
        return project_story(project, numbers[name], first, second, job)


def _no_document(name: str) -> OptionError:
    return OptionError(f"there is no document {name!r}", remedy="write DOC:START:START with the id of a document")
