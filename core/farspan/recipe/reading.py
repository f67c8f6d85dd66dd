"""From a TOML file to a Recipe; whatever is wrong with it is said with its line and with what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from farspan.errors import InputError, Place, place
from farspan.files import read_text
from farspan.recipe.model import Recipe
from farspan.recipe.positions import KeyPath, Positions
from farspan.recipe.tables import VERSION
from farspan.recipe.values import FAULT, nearest

_MISTYPED: Final = {
    "string_type": "text, in quotes",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "tuple_type": 'a list, ["one", "two"]',
    "dict_type": "a table of its own",
    "model_type": "a table of its own",
    "model_attributes_type": "a table of its own",
}
_AT: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a recipe."""

    where: Place
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.remedy}"


def load_recipe(path: str | Path) -> Recipe:
    """The recipe in the file `path`. Raises InputError, which names the first fault and the lines of the others."""
    return parse_recipe(read_text(path, "utf-8"), path)


def parse_recipe(text: str, path: str | Path) -> Recipe:
    """The recipe that `text` is; `path` is the file it stands in, or will stand in. Raises InputError."""
    values, positions = _parsed(text, path)
    try:
        recipe = Recipe.model_validate(values).read_from(Path(path), positions)
    except ValidationError as error:
        raise _as_one(_faults(error, positions, path)) from None
    faults = _doubles(recipe)
    if faults:
        raise _as_one(faults)
    return recipe


def recipe_faults(text: str, path: str | Path) -> list[Fault]:
    """All that is wrong with the recipe `text`, by line; for an editor. Raises InputError only where it is no TOML at all."""
    values, positions = _parsed(text, path)
    try:
        return _doubles(Recipe.model_validate(values).read_from(Path(path), positions))
    except ValidationError as error:
        return _faults(error, positions, path)


def parse_toml(text: str, path: str | Path) -> dict[str, Any]:
    """The values of a TOML text. Raises InputError with the line of the fault."""
    body = text.removeprefix("\ufeff")
    try:
        return tomllib.loads(body)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _AT.search(message)
        line = int(found[1]) if found and found[1] else body.count("\n") + 1
        what = _AT.sub("", message)
        remedy = "correct the line: texts stand in quotes, each key once, lists in [ ]"
        raise InputError(f"this is not TOML: {what[:1].lower()}{what[1:]}", where=place(path, line), remedy=remedy) from None
    except RecursionError:
        raise _too_deep(path) from None


def _too_deep(path: str | Path) -> InputError:
    return InputError("this is nested too deeply", where=place(path), remedy="write a recipe as the manual shows it")


def _parsed(text: str, path: str | Path) -> tuple[dict[str, Any], Positions]:
    try:
        return parse_toml(text, path), Positions(text)
    except RecursionError:
        raise _too_deep(path) from None


def _as_one(faults: list[Fault]) -> InputError:
    first, *others = faults
    lines = sorted({fault.where.line for fault in others if fault.where.line})
    more = f" ({len(others)} more: line {', '.join(map(str, lines))})" if others else ""
    return InputError(first.what, where=first.where, remedy=first.remedy + more)


def _faults(error: ValidationError, positions: Positions, path: str | Path) -> list[Fault]:
    found = [_fault(item, positions, path) for item in error.errors(include_url=False)]
    return sorted(found, key=lambda fault: fault.where.line or 0)


def _fault(item: ErrorDetails, positions: Positions, path: str | Path) -> Fault:
    keys: KeyPath = item["loc"]
    where = place(path, positions.line(keys))
    name = _shown(keys)
    match item["type"]:
        case _ if keys == ("farspan",):
            return Fault(where, *_version_fault(item))
        case kind if kind == FAULT:
            context = item["ctx"]
            return Fault(where, context["what"], context["remedy"])
        case "extra_forbidden":
            return Fault(where, f"no key is called {name} here", nearest(keys[-1], _keys_at(keys[:-1])))
        case "missing":
            return Fault(where, f"{keys[-1]} is missing in {_table(keys[:-1])}", f'add a line such as {keys[-1]} = "..."')
        case "tuple_type" if keys in {("list",), ("output",)}:
            return Fault(where, f"{name} = {_short(item['input'])} is not possible", f"write a table [[{name}]] for each")
        case kind if kind in _MISTYPED:
            return Fault(where, f"{name} = {_short(item['input'])} is not possible", f"{name} takes {_MISTYPED[kind]}")
        case _:
            return Fault(where, f"{name} = {_short(item['input'])} is not possible", item["msg"])


def _version_fault(item: ErrorDetails) -> tuple[str, str]:
    if item["type"] == "missing":
        return "this is no recipe: its version is missing", f"begin it with: farspan = {VERSION}"
    later = isinstance(item["input"], int) and item["input"] > VERSION
    remedy = "install a newer Farspan" if later else f"write: farspan = {VERSION}"
    return f"recipes of version {_short(item['input'])} are not known", remedy


def _shown(keys: KeyPath) -> str:
    names = [str(key) for key in keys if isinstance(key, str)]
    return names[-1] if names else "this"


def _table(keys: KeyPath) -> str:
    names = ".".join(str(key) for key in keys if isinstance(key, str))
    return f"[[{names}]]" if keys and isinstance(keys[-1], int) else f"[{names}]"


def _short(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (Mapping, list)):
        return "{...}" if isinstance(value, Mapping) else "[...]"
    shown = repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."


def _keys_at(keys: KeyPath) -> list[str]:
    """The keys that the table `keys` may hold."""
    model: type[BaseModel] = Recipe
    for key in keys:
        if isinstance(key, str):
            model = next(
                part
                for name, field in model.model_fields.items()
                if (field.alias or name) == key
                for part in (field.annotation, *get_args(field.annotation))
                if isinstance(part, type) and issubclass(part, BaseModel)
            )
    return [field.alias or name for name, field in model.model_fields.items()]


def _doubles(recipe: Recipe) -> list[Fault]:
    """Lists of one name and outputs to one file: each would hide the other."""
    faults = []
    titles: set[str] = set()
    for number, table in enumerate(recipe.lists):
        if table.title in titles:
            where = recipe.where("list", number, "name" if table.name else "file")
            faults.append(Fault(where, f"two lists are called {table.title!r}", 'give one of them another name = "..."'))
        titles.add(table.title)
    files: set[str] = set()
    for number, output in enumerate(recipe.outputs):
        if recipe.resolve(output.file) in files:
            faults.append(Fault(recipe.where("output", number, "file"), f"{output.file} is written twice", "choose another file"))
        files.add(recipe.resolve(output.file))
    return faults
