"""What a recipe and the flags beside it ask for together: flags win."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from farspan.errors import InputError
from farspan.options import ConflictPolicy
from farspan_app.cli.console import warn
from farspan_app.cli.request import Request

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.recipe import Recipe


def filled_in(request: Request, path: str, given: AbstractSet[str], job: "Job") -> Request:
    """`request` with all that was not `given` as a flag taken from the recipe `path`.

    A locked recipe is checked first, as far as its inputs and lists are used. Raises InputError.
    """
    from farspan.recipe import load_recipe

    recipe = load_recipe(path)
    check_complete(recipe, given if request.project is None else given | {"output"})
    _check_locked(recipe, given, job)
    inputs = request.inputs if "inputs" in given else tuple(recipe.input_paths())
    return replace(
        _with_outputs(request, recipe, given),
        inputs=inputs,
        policy=_policy(request, recipe, given),
        recipe=recipe,
        **{name: value for name, value in _text_values(recipe).items() if name not in given},
    )


def _text_values(recipe: "Recipe") -> dict[str, Any]:
    text = recipe.text
    return {
        "lang": text.lang,
        "tokenizer": text.tokenizer,
        "name_tokenizer": text.name_tokenizer,
        "input_format": text.format,
        "encoding": text.encoding or None,
    }


def check_complete(recipe: "Recipe", given: AbstractSet[str] = frozenset()) -> None:
    """Raise InputError if the recipe names no inputs, lists or outputs that are not `given` otherwise."""
    for flag, there, what, remedy in (
        ("inputs", recipe.text.inputs, "inputs", 'write inputs = ["texts"] under [text], or name them on the command line'),
        ("lists", recipe.lists, "lists", "write a [[list]] with its label and file, or give one with --list LABEL=FILE"),
        ("output", recipe.outputs, "output", 'write an [[output]] with file = "corpus.conll", or give -o FILE'),
    ):
        if flag not in given and not there:
            raise InputError(f"the recipe names no {what}", where=recipe.where("text"), remedy=remedy)


def _check_locked(recipe: "Recipe", given: AbstractSet[str], job: "Job") -> None:
    from farspan.recipe import require_lock

    if recipe.lock is None:
        return
    used = [part for part in ("inputs", "lists") if part not in given]
    for change in require_lock(recipe, used, job):  # type: ignore[arg-type]
        warn(f"{recipe.path}: {change}; results may differ from those it was locked with")


def _policy(request: Request, recipe: "Recipe", given: AbstractSet[str]) -> ConflictPolicy:
    flags, said = request.policy, recipe.conflicts.policy()
    return ConflictPolicy(
        flags.criteria if "criteria" in given else said.criteria,
        flags.scope if "conflicts" in given else said.scope,
        flags.nested if "nested" in given else said.nested,
    )


def _with_outputs(request: Request, recipe: "Recipe", given: AbstractSet[str]) -> Request:
    if "output" in given or not recipe.outputs:  # without one, a project takes the result
        return request
    first, *more = [
        (
            recipe.resolve(table.file),
            request.format if "format" in given else None if table.format == "auto" else table.format,
            request.scheme if "scheme" in given else table.scheme,
        )
        for table in recipe.outputs
    ]
    output, name, scheme = first
    return replace(request, output=output, format=name, scheme=scheme, more=tuple(more))
