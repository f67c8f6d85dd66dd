"""A project as plain files: a recipe that makes its labels again, with its lists and texts beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from farspan.aside import folder_aside, written_aside
from farspan.errors import OutputError, place
from farspan.formats import writer_for
from farspan.job import SILENT, Job
from farspan.options import OPTIONS
from farspan.recipe.reading import parse_recipe
from farspan.recipe.tables import VERSION
from farspan.recipe.writing import whole_text
from farspan.sources.kb.entries import entries
from farspan.sources.kb.writing import write_list
from farspan.sources.lists import EntityList
from farspan.store.project import Project

RECIPE: Final = "recipe.toml"
TEXTS: Final = "texts.jsonl"
_PATTERN_SUFFIXES: Final = {"expression": ".regex", "label": ".labels", "tokens": ".jsonl"}


def write_portable(project: Project, path: str | Path, job: Job = SILENT) -> None:
    """Make the folder `path` with the recipe of the rules in force, the lists, the texts and the files that options name.

    `farspan annotate --recipe` makes the labels of the project again from it; what people judged and changed by hand is not in a
    recipe. Raises OutputError, also where `path` is there and not empty.
    """
    with folder_aside(path) as folder:
        fill_portable(project, folder, job)


def fill_portable(project: Project, folder: Path, job: Job = SILENT) -> None:
    """Write what `write_portable` writes into the folder `folder`, which is there."""
    said = _recipe(project, folder, job)
    _write_texts(project, folder, job)
    with written_aside(folder / RECIPE, "w") as stream:
        stream.write(said)


def recipe_text(project: Project, job: Job = SILENT) -> str:
    """The recipe of the rules in force, as `write_portable` writes it; nothing is written."""
    return _recipe(project, None, job)


def _recipe(project: Project, folder: Path | None, job: Job) -> str:
    """The text of the recipe; with a folder, the lists and the files that options name are put there."""
    rules = orjson.loads(project.rules.in_force().to_json())
    files = _Files(folder)
    listed = project.lists.all()
    lists = []
    for number, stored in enumerate(listed, 1):
        job.progress(number, len(listed), stored.name)
        options = files.taken_along(rules.get("sources", {}).get(stored.name, {}))
        file = _write_names(project.lists.load(stored.name), folder, number)
        item = {"label": stored.label, "file": file, "name": stored.name}
        lists.append({**item, **({"options": options} if options else {})})
    text = {"inputs": [TEXTS], "lang": rules.get("lang", "xx"), "tokenizer": rules.get("tokenizer", "spacy")}
    if rules.get("name_tokenizer"):
        text["name_tokenizer"] = rules["name_tokenizer"]
    values: dict[str, Any] = {"farspan": VERSION, "text": text, "list": lists}
    if rules.get("conflicts"):
        values["conflicts"] = rules["conflicts"]
    said = whole_text({**values, "output": [{"file": "corpus.jsonl"}]})
    parse_recipe(said, RECIPE)
    return said


class _Files:
    """The files that options name, copied into the folder once each; with no folder only named."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = None if folder is None else folder / "files"
        self._known: dict[str, str] = {}

    def taken_along(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """`options` as they stand in the recipe: files by their new place, names that begin with @ written @@."""
        return {name: self._value(name, value) for name, value in options.items()}

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [f"@{part}" if str(part).startswith("@") else part for part in value]
        if OPTIONS[name].file and isinstance(value, str) and Path(value).is_file():
            return self._copy(value)
        return value

    def _copy(self, path: str) -> str:
        if path not in self._known:
            name = f"{len(self._known) + 1:02}-{plain_name(Path(path).name)}"
            self._known[path] = f"files/{name}"
            if self._folder is not None:
                _copy_file(path, self._folder / name)
        return self._known[path]


def _copy_file(path: str, target: Path) -> None:
    try:
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
    except OSError as error:
        raise OutputError(
            f"it cannot be taken along: {error.strerror or error}", where=place(path), remedy="check that it can be read"
        ) from error


def plain_name(name: str) -> str:
    """`name` as a file may be called on every system."""
    kept = "".join(character if character.isalnum() or character in "-_. " else "-" for character in name).strip(" .")
    return kept[:60] or "list"


def _write_names(names: EntityList, folder: Path | None, number: int) -> str:
    """The name of the file of a list in the folder; with a folder it is written."""
    kinds = [kind for kind in _PATTERN_SUFFIXES if any(getattr(one, kind) for one in names.patterns.values())]
    suffix = _PATTERN_SUFFIXES[kinds[0]] if kinds else ".jsonl"
    file = f"lists/{number:02}-{plain_name(names.name)}{suffix}"
    if folder is None:
        return file
    (folder / "lists").mkdir(exist_ok=True)
    if kinds:
        with written_aside(folder / file, "w") as stream:
            stream.writelines(_pattern_lines(names))
    else:
        write_list(str(folder / file), entries(names), origin=names.origin)
    return file


def _pattern_lines(names: EntityList) -> Iterator[str]:
    for row, surface in enumerate(names.surfaces):
        label = (names.labels[row] if names.labels else "") or names.label
        pattern = names.patterns.get(row)
        if pattern is not None and pattern.expression:
            yield f"{pattern.expression}\n"
        elif pattern is not None and pattern.label:
            yield f"{pattern.label}\t{label}\n"
        else:
            said: dict[str, Any] = {"label": label, "pattern": surface if pattern is None else list(pattern.tokens)}
            for key in names.ids[row] or ("",):
                yield orjson.dumps(said | ({"id": key} if key else {})).decode() + "\n"


def _write_texts(project: Project, folder: Path, job: Job) -> None:
    total = len(project.documents.all())
    with written_aside(folder / TEXTS) as stream, writer_for("jsonl", stream, columns=True) as writer:
        for number, document in enumerate(project.documents.read(), 1):
            job.progress(number, total, document.id)
            writer.write(document)
