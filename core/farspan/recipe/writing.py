"""From a Recipe to its TOML file, written aside and renamed; what a person wrote there stays where it was."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from farspan.aside import written_aside
from farspan.files import read_text
from farspan.job import SILENT, Job
from farspan.recipe.editing import Changes, block, edit_text, rendered
from farspan.recipe.locking import make_lock
from farspan.recipe.model import Recipe
from farspan.recipe.reading import load_recipe, parse_recipe, parse_toml

_BOM = "\ufeff"


def edit_recipe(path: str | Path, changes: Changes) -> Recipe:
    r"""The recipe in the file `path` after `changes`: key paths, as ("list", 0, "options", "case"), and values; None takes out.

    Only the lines of those keys change. Raises InputError, and leaves the file as it was, if the result would be no recipe.

    >>> import farspan
    >>> from pathlib import Path
    >>> text = "farspan = 1  # the form\n\n[[list]]\nlabel = 'PER'\nfile = 'people.txt'\n"
    >>> _ = Path("letters.toml").write_text(text, "utf-8")
    >>> changed = farspan.edit_recipe("letters.toml", {("list", 0, "options", "case"): "ignore"})
    >>> dict(changed.lists[0].options), Path("letters.toml").read_text("utf-8").startswith("farspan = 1  # the form")
    ({'case': 'ignore'}, True)
    """
    text = _read(path)
    parse_recipe(text, path)
    new = edit_text(text, changes)
    recipe = parse_recipe(new, path)
    if new != text:
        _write(path, new)
    return recipe


def lock_recipe(path: str | Path, job: Job = SILENT) -> Recipe:
    """The recipe in the file `path`, with a [lock] for its files as they are now in place of any older one. Raises InputError."""
    recipe = load_recipe(path)
    lock = make_lock(recipe, job)
    if lock == recipe.lock:
        return recipe
    text = _read(path)
    if recipe.lock is not None:  # taken out first: thousands of single changes would take minutes
        text = edit_text(text, {("lock",): None}).rstrip("\r\n") + ("\r\n" if "\r\n" in text else "\n")
    new = edit_text(text, {("lock",): lock.model_dump(exclude_none=True)})
    locked = parse_recipe(new, path)
    _write(path, new)
    return locked


def save_recipe(recipe: Recipe, path: str | Path) -> None:
    """Write `recipe` to the file `path`; of a recipe that stands there already only what differs is changed.

    In another folder than the recipe's own, relative paths are written anew so that they name the same files.
    """
    values = _spelled(_moved(recipe, Path(path)))
    if Path(path).exists():
        text = _read(path)
        parse_toml(text, path)
        new = edit_text(text, {(): values})
    else:
        new = whole_text(values)
    parse_recipe(new, path)
    _write(path, new)


def whole_text(values: Mapping[str, Any]) -> str:
    """A whole recipe as TOML, without comments."""
    blocks = ["".join(f"{key} = {rendered(value)}\n" for key, value in values.items() if not isinstance(value, (Mapping, list)))]
    for key, value in values.items():
        match value:
            case Mapping():
                blocks.append(block((key,), value))
            case list():
                blocks += [block((key,), item, element=True) for item in value]
    return "\n".join(blocks)


def _spelled(recipe: Recipe) -> dict[str, Any]:
    """What the recipe says, without the defaults that it leaves unsaid."""
    return recipe.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)


def _moved(recipe: Recipe, path: Path) -> Recipe:
    """`recipe` as it has to be written in the file `path`."""
    if recipe.path.parent.resolve() == path.parent.resolve():
        return recipe
    there = recipe.model_copy().read_from(path, None)

    def name(old: str) -> str:
        return old if Path(old).is_absolute() else there.relative(recipe.resolve(old))

    def options(values: Mapping[str, Any]) -> dict[str, Any]:
        return {key: _moved_option(recipe, there, key, value) for key, value in values.items()}

    update: dict[str, Any] = {}
    if recipe.text.inputs:
        update["text"] = recipe.text.model_copy(update={"inputs": tuple(map(name, recipe.text.inputs))})
    if recipe.options:
        update["options"] = options(recipe.options)
    if recipe.lists:
        update["lists"] = tuple(
            item.model_copy(update={"file": name(item.file)} | ({"options": options(item.options)} if item.options else {}))
            for item in recipe.lists
        )
    if recipe.outputs:
        update["outputs"] = tuple(item.model_copy(update={"file": name(item.file)}) for item in recipe.outputs)
    if recipe.lock:
        files = {name(file): digest for file, digest in recipe.lock.files.items()}
        update["lock"] = recipe.lock.model_copy(update={"files": files})
    return there.model_copy(update=update)


def _moved_option(old: Recipe, new: Recipe, name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_moved_option(old, new, name, part) for part in value)
    path = old.file_of(name, value) if isinstance(value, str) else None
    if path is None or Path(str(value).removeprefix("@")).is_absolute():
        return value
    return "@" * value.startswith("@") + new.relative(path)


def _read(path: str | Path) -> str:
    """The text of the recipe with its byte order mark, which a rewrite keeps."""
    data = Path(path).read_bytes() if Path(path).is_file() else b""
    return (_BOM if data.startswith(_BOM.encode()) else "") + read_text(path, "utf-8")


def _write(path: str | Path, text: str) -> None:
    with written_aside(path) as stream:
        stream.write(text.encode())
