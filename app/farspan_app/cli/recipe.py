"""`farspan recipe`: make a recipe, show what it says, lock it to its files, check that they are still the same."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from farspan.errors import InputError, OptionError
from farspan.wording import counted
from farspan_app.cli import flags
from farspan_app.cli.console import Console, Json, Quiet, Verbose, warn
from farspan_app.cli.recipe_request import check_complete
from farspan_app.cli.rules import Setting, check_targets, distinct_names, options_for, parse_setting

if TYPE_CHECKING:
    from farspan.recipe import Recipe, Verdict
    from farspan.sources.lists import ListArgument

app = typer.Typer(help="Recipes: a text file that says what is annotated, with which lists and rules.", no_args_is_help=True)

RecipePath = Annotated[str, typer.Argument(metavar="R.toml", help="The recipe.")]
Inputs = Annotated[
    list[str] | None, typer.Option("--input", metavar="INPUT", help="Texts: files, folders, patterns; repeatable.")
]
Outputs = Annotated[list[str] | None, typer.Option("--output", "-o", metavar="FILE", help="File to write; may be repeated.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a recipe that is there already.")]


@app.command("new")
def new(  # noqa: PLR0917  (Typer calls it by name)
    path: RecipePath,
    inputs: Inputs = None,
    outputs: Outputs = None,
    lists: flags.Lists = None,
    settings: flags.Set = None,
    conflicts: flags.Conflicts = "greedy",
    criteria: flags.Criteria = None,
    nested: flags.Nested = False,
    lang: flags.Lang = "xx",
    tokenizer: flags.Tokenizer = "spacy",
    name_tokenizer: flags.NameTokenizer = None,
    input_format: flags.InputFormat = "auto",
    encoding: flags.Encoding = None,
    format: flags.Format = None,
    scheme: flags.Scheme = None,
    force: Force = False,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write a first recipe with comments, from the flags that annotate takes or from nothing."""
    from farspan.aside import written_aside
    from farspan.recipe import Start, new_recipe, parse_recipe

    if Path(path).exists() and not force:
        raise OptionError(f"{path} is there already", remedy="choose another name, or give --force to write over it")
    arguments, named = _lists(lists or ())
    read = [parse_setting(text, read_files=False) for text in settings or ()]
    check_targets(read, named, [argument.label for argument in arguments])
    start = Start(
        inputs=[_seen_from(path, name) for name in inputs or ()],
        lists=[type(argument)(argument.label, _seen_from(path, argument.path), argument.columns) for argument in arguments],
        options={item.name: _value(path, item) for item in read if not item.target},
        list_options={
            number: {item.name: _value(path, item) for item in options_for(read, name, arguments[number].label) if item.target}
            for number, name in enumerate(named)
        },
        names={number: name for number, name in enumerate(named) if name != Path(arguments[number].path).stem},
        policy=flags.parse_policy(conflicts, criteria, nested=nested),
        lang=lang,
        tokenizer=tokenizer,
        name_tokenizer=name_tokenizer or "",
        format=input_format,
        encoding=encoding or "",
        outputs=[(_seen_from(path, name), format or "auto", scheme or "") for name in outputs or ()],
    )
    text = new_recipe(start)
    try:
        parse_recipe(text, path)
    except InputError as error:  # a flag is wrong: nothing has been written that its line could be looked up in
        raise OptionError(error.what, remedy=error.remedy) from None
    with written_aside(path) as stream:
        stream.write(text.encode())
    console = Console(json, quiet, verbose)
    console.say(f"written to {path}; fill it in and run: farspan annotate --recipe {path}")
    if json:
        console.result({"recipe": path})


@app.command("show")
def show(path: RecipePath, json: Json = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Show what a recipe means: its files as found and the options of each list."""
    from farspan.recipe import load_recipe

    recipe = load_recipe(path)
    shown = _meaning(recipe)
    console = Console(json, quiet, verbose)
    if json:
        console.result(shown)
        return
    console.out(f"{path}: " + ", ".join(counted(len(shown[f"{thing}s"]), thing) for thing in ("input", "list", "output")))
    for name in shown["inputs"]:
        console.out(f"  reads {name}")
    for item in shown["lists"]:
        options = ", ".join(f"{name}={value}" for name, value in item["changed_options"].items())
        console.out(f"  {item['label']}  {item['file']}" + (f"  ({options})" if options else ""))
    for item in shown["outputs"]:
        console.out(f"  writes {item['file']}")
    console.out("  locked" if recipe.lock else "  not locked")


@app.command("lock")
def lock(path: RecipePath, json: Json = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Write into a recipe the SHA-256 of every file it reads and the versions in use."""
    from farspan.recipe import lock_recipe

    console = Console(json, quiet, verbose)
    with console.job() as job:
        recipe = lock_recipe(path, job)
    values = recipe.lock.model_dump(exclude_none=True) if recipe.lock else {}
    console.say(f"{path} is locked to {counted(len(values['files']), 'file')}")
    if json:
        console.result({"recipe": path, "hash": recipe.hash, "lock": values})


@app.command("check")
def check(path: RecipePath, json: Json = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Check a recipe and, if it is locked, that every file and version is still the same; else exit with 1."""
    from farspan.recipe import check_lock, load_recipe

    console = Console(json, quiet, verbose)
    recipe = load_recipe(path)
    check_complete(recipe, {"output"})  # what is written may be said by -o or --project
    if recipe.lock is None:
        recipe.input_paths()
        _check_lists(recipe)
        console.say(f"{path} can be run; it is not locked: farspan recipe lock {path}")
        if json:
            console.result({"recipe": path, "ok": True, "locked": False, "files": [], "versions": []})
        return
    with console.job() as job:
        verdict = check_lock(recipe, job=job)
    _show_verdict(console, recipe, verdict)
    if not verdict:
        raise typer.Exit(1)


def _show_verdict(console: Console, recipe: "Recipe", verdict: "Verdict") -> None:
    if console.json:
        console.result(
            {
                "recipe": str(recipe.path),
                "ok": bool(verdict),
                "locked": True,
                "files": [
                    {"file": item.file, "change": item.what, "expected": item.expected, "actual": item.actual}
                    for item in verdict.files
                ],
                "versions": [{"part": item.part, "expected": item.expected, "actual": item.actual} for item in verdict.versions],
            }
        )
    for item in verdict.files:
        warn(f"{recipe.where('lock', 'files', item.file)}: {item}")
    for change in verdict.versions:
        warn(f"{recipe.where('lock', change.part)}: {change}")
    if verdict:
        console.say(f"{recipe.path}: everything is as it was locked")
    else:
        warn(f"put it back, or if the change is wanted run: farspan recipe lock {recipe.path}")


def _check_lists(recipe: "Recipe") -> None:
    rules = recipe.rules()
    for number, rule in enumerate(rules.lists):
        if not Path(rule.argument.path).is_file():
            where = recipe.where("list", number, "file")
            raise InputError(f"there is no file {rule.argument.path}", where=where, remedy="correct the name")


def _meaning(recipe: "Recipe") -> dict[str, Any]:
    """The recipe with its files found and its options worked out, as JSON."""
    from dataclasses import asdict

    from farspan.options import MatchingOptions

    rules, neutral = recipe.rules(), asdict(MatchingOptions())
    every = [asdict(rule.options) for rule in rules.lists]
    return {
        "recipe": str(recipe.path),
        "hash": recipe.hash,
        "inputs": recipe.input_paths(),
        "text": recipe.text.model_dump(exclude={"inputs"}),
        "lists": [
            {
                "name": rule.name,
                "label": rule.argument.label,
                "file": rule.argument.path,
                "columns": asdict(rule.argument.columns),
                "options": options,
                "changed_options": {name: value for name, value in options.items() if value != neutral[name]},
            }
            for rule, options in zip(rules.lists, every, strict=True)
        ],
        "conflicts": asdict(rules.policy),
        "outputs": [{**table.model_dump(), "file": recipe.resolve(table.file)} for table in recipe.outputs],
        "lock": recipe.lock.model_dump(exclude_none=True) if recipe.lock else None,
    }


def _lists(texts: "list[str] | tuple[()]") -> "tuple[list[ListArgument], list[str]]":
    from farspan.sources.lists import parse_list_argument

    arguments = [parse_list_argument(text) for text in texts]
    return arguments, distinct_names(arguments)


def _seen_from(recipe: str, name: str) -> str:
    """The path `name`, given from where the command runs, as the recipe in the file `recipe` has to write it."""
    if Path(name).is_absolute():
        return Path(name).as_posix()
    return Path(os.path.relpath(name, Path(recipe).parent)).as_posix()


def _value(recipe: str, item: Setting) -> Any:
    """The value of a setting; files in it as the recipe has to name them."""
    from farspan.options import OPTIONS

    known, value = OPTIONS[item.name], item.value
    if known.kind == "list":
        return [f"@{_seen_from(recipe, part[1:])}" if part.startswith("@") else part for part in value]
    return _seen_from(recipe, value) if known.file and value and Path(value).is_file() else value
