"""Every option of a relation, defined once: the recipe, ``--relation`` on the command line, the window and the reference use it.

The fields of `RelationOptions` are the definition, as those of `farspan.options.MatchingOptions` are for lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Literal

from farspan.errors import OptionError
from farspan.options import Option, Step, described

Direction = Literal["any", "forward", "backward"]
Scope = Literal["sentence", "between"]

_LEVEL: Final = re.compile(r"sentence|document|window:([1-9][0-9]{0,5})")
LEVELS: Final = "sentence, window:k (k more sentences) or document"


@dataclass(frozen=True, slots=True, order=True)
class Level:
    """How far apart the two mentions of a pair may stand: further sentences, or None for anywhere in the document."""

    sentences: int | None = 0

    @property
    def is_document(self) -> bool:
        """Whether a document is one unit: then a pair of entities counts once in it."""
        return self.sentences is None

    def __str__(self) -> str:
        return "document" if self.sentences is None else f"window:{self.sentences}" if self.sentences else "sentence"


def parse_level(text: str) -> Level:
    """The level that ``sentence``, ``window:2`` or ``document`` names. Raises OptionError."""
    found = _LEVEL.fullmatch(text.strip())
    if found is None:
        raise OptionError(f"no level is called {text!r}", remedy=f"choose {LEVELS}")
    return Level(None if text.strip() == "document" else int(found[1] or 0))


def _option(default: Any, help: str) -> Any:
    return field(default=default, metadata={"help": help, "touches": Step.DECIDE})


@dataclass(frozen=True, slots=True)
class RelationOptions:
    """How one relation is found. Defaults are neutral: every pair that stands in a triple, in either order, at any distance."""

    active: bool = _option(True, "look for this relation")
    level: str = _option("", f"how far apart the two mentions may stand: {LEVELS}; empty: as --level says")
    subject_types: tuple[str, ...] = _option(
        (), "what the subject must be: labels of its mention, or types that the knowledge base gives it"
    )
    object_types: tuple[str, ...] = _option(
        (), "what the object must be: labels of its mention, or types that the knowledge base gives it"
    )
    direction: Direction = _option("any", "which stands first in the text: forward is the subject, backward the object")
    symmetric: bool = _option(
        False, "the relation holds both ways (married to): a triple counts both ways, a pair once, its first mention the subject"
    )
    inverse: str = _option(
        "", "the relation that says the same the other way round (has actor, acts in): triples of each count for both"
    )
    transitive: bool = _option(False, "if it holds of A and B, and of B and C, it holds of A and C: circles are contradictions")
    excludes: tuple[str, ...] = _option(
        (), "relations that cannot hold of the same pair in the same order: both is a contradiction"
    )
    min_distance: int = field(
        default=0, metadata={"help": "fewest tokens between the two mentions", "touches": Step.DECIDE, "minimum": 0}
    )
    max_distance: int = field(
        default=-1,
        metadata={"help": "most tokens between the two mentions; -1: any number", "touches": Step.DECIDE, "minimum": -1},
    )
    between: tuple[str, ...] = _option(
        (),
        "nothing but these may stand between the two mentions: words, phrases of them, words with * for any letters, /regular"
        " expressions/ for a word; case does not matter",
    )
    not_between: tuple[str, ...] = _option((), "none of these may stand between the two mentions")
    triggers: tuple[str, ...] = _option((), "one of these must stand in the sentences of the pair, outside its mentions")
    trigger_scope: Scope = _option("sentence", "where a trigger must stand: in the sentence, or between the mentions")
    unique: bool = _option(
        False, "both mentions must name one entity only; otherwise each entity that a mention may name is tried"
    )
    hierarchy: str = _option(
        "",
        "the relation of the knowledge base that says what a kind of what is (subclass_of): a triple then also holds of all that"
        " stands below its subject and its object",
    )

    def changed(self, values: Mapping[str, Any]) -> RelationOptions:
        """These options with `values` (already of the right types) put in. Raises OptionError for unknown names or bad values."""
        checked = {relation_option(name).name: relation_option(name).check(value) for name, value in values.items()}
        if checked.get("level"):
            parse_level(checked["level"])
        return replace(self, **checked)


RELATION_OPTIONS: Final[Mapping[str, Option]] = {
    item.name: described(item, {"direction": Direction, "trigger_scope": Scope}) for item in fields(RelationOptions)
}


def relation_option(name: str) -> Option:
    """The option of relations called `name` (dashes count as underscores). Raises OptionError if there is none."""
    found = RELATION_OPTIONS.get(name.replace("-", "_"))
    if found is None:
        raise OptionError(f"no option of a relation is called {name!r}", remedy=f"choose one of: {', '.join(RELATION_OPTIONS)}")
    return found


@dataclass(frozen=True, slots=True)
class RelationRules:
    """The options of every relation. options: by relation, "" for all that are not named; level: where theirs is empty."""

    options: Mapping[str, RelationOptions] = field(default_factory=dict)
    level: str = "sentence"
    exclude_evidence: bool = False

    def of(self, relation: str) -> RelationOptions:
        """The options of `relation`."""
        return self.options.get(relation) or self.options.get("") or _NEUTRAL

    def level_of(self, relation: str) -> Level:
        """How far apart the mentions of a pair of `relation` may stand."""
        return parse_level(self.of(relation).level or self.level)

    def inverse_of(self, relation: str) -> str:
        """The relation that says the same the other way round; "" if there is none."""
        own = self.of(relation)
        if own.symmetric:
            return relation
        return own.inverse or next((name for name, item in self.options.items() if name and item.inverse == relation), "")

    def changed(self, relation: str, values: Mapping[str, Any]) -> RelationRules:
        """These rules with `values` for `relation`. Raises OptionError."""
        return replace(self, options={**self.options, relation: self.of(relation).changed(values)})

    def as_dict(self) -> dict[str, Any]:
        """The rules as plain values, defaults left out: what is stored, hashed and written in a recipe."""
        said = {name: differing(options) for name, options in self.options.items()}
        whole: dict[str, Any] = {"level": self.level, "exclude_evidence": self.exclude_evidence}
        return {"relations": {name: values for name, values in said.items() if name or values}, **whole}

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> RelationRules:
        """The rules that `as_dict` gave. Raises OptionError for what this version does not know."""
        options = {name: RelationOptions().changed(values) for name, values in said.get("relations", {}).items()}
        return cls(options, said.get("level", "sentence"), bool(said.get("exclude_evidence")))


_NEUTRAL: Final = RelationOptions()


def differing(options: RelationOptions) -> dict[str, Any]:
    """The values in `options` that are not the defaults."""
    return {
        item.name: value for item in fields(options) if (value := getattr(options, item.name)) != getattr(_NEUTRAL, item.name)
    }


def parse_relation_setting(text: str) -> tuple[str, str, Any]:
    """The relation ("" for all), option and value of ``R.option=value``. Raises OptionError.

    The relation may hold dots: the option is what follows the last one before the first equals sign.
    """
    left, equals, value = text.partition("=")
    relation, _, name = left.strip().rpartition(".")
    if not equals or not name:
        raise OptionError(
            f"--relation {text!r} sets nothing",
            remedy="write R.OPTION=VALUE, for example born_in.max_distance=10; without R. for all",
        )
    known = relation_option(name)
    return relation, known.name, known.check(_lines(value[1:]) if _names_file(known, value) else known.parse(value))


def _names_file(known: Option, value: str) -> bool:
    return known.kind == "list" and value.startswith("@")


def _lines(path: str) -> tuple[str, ...]:
    from farspan.files import read_text  # noqa: PLC0415  (the command line reads options before it needs any file)

    return tuple(line.strip() for line in read_text(path).split("\n") if line.strip())


def rules_from(settings: list[str] | tuple[str, ...], base: RelationRules) -> RelationRules:
    """`base` under the settings of a command line; those for all relations come first. Raises OptionError."""
    parsed = [parse_relation_setting(text) for text in settings]
    everywhere = {name: value for relation, name, value in parsed if not relation}
    if everywhere:
        named = {name for name in base.options if name}
        for relation in ("", *sorted(named)):
            base = base.changed(relation, everywhere)
    for relation, name, value in parsed:
        if relation:
            base = base.changed(relation, {name: value})
    return base
