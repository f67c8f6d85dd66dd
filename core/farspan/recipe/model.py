"""A recipe as values: what is read, how it is matched, which match wins, what is written.

[text] [options] [[list]] [conflicts] [[output]] [relations] [lock]
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, PrivateAttr

from farspan.errors import InputError, Place, place
from farspan.files import read_text
from farspan.options import OPTIONS, ConflictPolicy, MatchingOptions
from farspan.recipe.positions import KeyPath, Positions
from farspan.recipe.tables import VERSION, ConflictsTable, ListTable, LockTable, OutputTable, RelationsTable, Table, TextTable
from farspan.recipe.values import Listed, OptionValues
from farspan.sources.arguments import Columns, ListArgument


@dataclass(frozen=True, slots=True)
class Rule:
    """One list as the engine takes it: its file (relative to where the program runs), name, encoding and all its options."""

    argument: ListArgument
    name: str
    encoding: str | None
    options: MatchingOptions


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule set of a recipe: its lists in order, what decides between them, and the options for any further list."""

    lists: tuple[Rule, ...]
    options: MatchingOptions
    policy: ConflictPolicy


class Recipe(Table):
    """A whole recipe. `farspan` is the version of the recipe's form."""

    farspan: int = Field(ge=VERSION, le=VERSION)
    text: TextTable = TextTable()
    options: OptionValues = Field(default_factory=dict)
    lists: Annotated[tuple[ListTable, ...], Listed] = Field(default=(), alias="list")
    conflicts: ConflictsTable = ConflictsTable()
    outputs: Annotated[tuple[OutputTable, ...], Listed] = Field(default=(), alias="output")
    relations: RelationsTable = RelationsTable()
    lock: LockTable | None = None

    _path: Path = PrivateAttr(default=Path("recipe.toml"))
    _positions: Positions | None = PrivateAttr(default=None)

    def read_from(self, path: Path, positions: Positions | None) -> Recipe:
        """This very recipe, told which file it stands in."""
        self._path, self._positions = path, positions
        return self

    def with_inputs(self, names: tuple[str, ...]) -> Recipe:
        """This recipe with other inputs, in the same file."""
        text = self.text.model_copy(update={"inputs": names})
        return self.model_copy(update={"text": text})

    @property
    def path(self) -> Path:
        """The file the recipe stands in; relative paths in it are relative to that file's folder."""
        return self._path

    def where(self, *keys: str | int) -> Place:
        """The place of `keys` in the recipe's file, for a message."""
        return place(self._path, self._positions.line(keys) if self._positions else None)

    def resolve(self, name: str) -> str:
        """The path of the file that the recipe calls `name`; ``~`` and variables are plain characters."""
        return os.path.normpath(self._path.parent / name)

    def relative(self, path: str) -> str:
        """How the recipe calls the file `path`: from its folder on, with slashes, the same on every machine."""
        try:
            return Path(os.path.relpath(path, self._path.parent)).as_posix()
        except ValueError:  # another drive
            return Path(path).as_posix()

    def input_paths(self) -> list[str]:
        """The input files and folders, patterns (* ? [...] **) replaced by what they match, in order of code points, none twice.

        Raises InputError for a name or pattern that nothing has.
        """
        found: dict[str, None] = {}
        for number, name in enumerate(self.text.inputs):
            path = self.resolve(name)
            matched = [path] if Path(path).exists() or not glob.has_magic(name) else self._matching(name)
            if not matched or not Path(matched[0]).exists():
                raise InputError(
                    f"nothing is called {name!r}",
                    where=self.where("text", "inputs", number),
                    remedy=f"names are looked up from the recipe's folder, {self._path.parent}: correct it or take it out",
                )
            found.update(dict.fromkeys(matched))
        return list(found)

    def _matching(self, pattern: str) -> list[str]:
        names = glob.glob(pattern, root_dir=self._path.parent, recursive=True)  # noqa: PTH207  (Path.glob takes no absolute pattern)
        return [self.resolve(name) for name in sorted(names, key=lambda name: Path(name).as_posix())]

    def rules(self) -> Rules:
        """What the engine takes: the lists in order, each with its options over those for all lists, and the conflict policy.

        Files that options name are found, and the names in ``@FILE`` read. Raises InputError.
        """
        shared = {name: self._ready(name, value, ("options",)) for name, value in self.options.items()}
        lists = tuple(self._rule(number) for number in range(len(self.lists)))
        return Rules(lists, MatchingOptions().changed(shared), self.conflicts.policy())

    def _rule(self, number: int) -> Rule:
        table = self.lists[number]
        argument = ListArgument(table.label, self.resolve(table.file), Columns(**table.columns.model_dump()))
        shared = {
            name: self._ready(name, value, ("options",)) for name, value in self.options.items() if name not in table.options
        }
        own = {name: self._ready(name, value, ("list", number, "options")) for name, value in table.options.items()}
        return Rule(argument, table.title, table.encoding or None, MatchingOptions().changed({**shared, **own}))

    def _ready(self, name: str, value: Any, table: KeyPath) -> Any:
        """An option's value with the files in it found or read."""
        if isinstance(value, tuple):
            return tuple(item for part in value for item in self._names_of(part, (*table, name)))
        if isinstance(value, str) and (path := self.file_of(name, value)):
            return path
        return value

    def _names_of(self, part: str, keys: KeyPath) -> list[str]:
        if not part.startswith("@"):
            return [part]
        if part.startswith("@@"):
            return [part[1:]]
        path = self.resolve(part[1:])
        if not Path(path).is_file():
            raise InputError(
                f"there is no file {path}", where=self.where(*keys), remedy="correct the name; a name with @ is written @@"
            )
        return [line.strip() for line in read_text(path).split("\n") if line.strip()]

    def relation_files(self) -> list[str]:
        """The paths of the files that relations are found by: knowledge base, aliases, connectives of one's own."""
        asked = self.relations
        own = [name for name in asked.cues if "." in name]
        return [self.resolve(name) for name in (asked.kb, asked.aliases, *own) if name]

    def file_of(self, name: str, value: str) -> str | None:
        """The path of the file that `value` of the option `name` means; None where it means no file."""
        if OPTIONS[name].kind == "list":
            return self.resolve(value[1:]) if value.startswith("@") and not value.startswith("@@") else None
        if not OPTIONS[name].file or value in {"", "off", "on", "column"} or value.startswith("spacy:"):
            return None
        path = Path(self.resolve(value))
        looks_like_one = "/" in value or "\\" in value or "." in value
        return str(path) if path.is_file() or looks_like_one else None

    @property
    def hash(self) -> str:
        """SHA-256 of what the recipe says: comments, order of keys, spelled-out defaults and the lock make no difference."""
        return hashlib.sha256(json.dumps(plain(self, lock=False), sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def plain(recipe: Recipe, *, lock: bool = True) -> dict[str, Any]:
    """The recipe as TOML has it, defaults left out."""
    values = recipe.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set() if lock else {"lock"})
    for table in (values, *values.get("list", ())):
        if not table.get("options", True):
            del table["options"]
    return values
