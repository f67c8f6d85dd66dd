"""Rule sets as the project keeps them: immutable, in canonical JSON, known by their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

import orjson
from sqlalchemy import Connection

from farspan.errors import OptionError, ProjectError
from farspan.options import ConflictPolicy, MatchingOptions
from farspan.store import schema
from farspan.store.database import Database, now
from farspan.store.history import Action, History, Operation
from farspan.text.languages import primary_language

IN_FORCE: Final = "rule_set"
"""The setting that holds the number of the rule set in force."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How every source is matched and how conflicts are settled.

    options: by source name; a source that is not named has the defaults. lang, tokenizer, name_tokenizer: as in `Annotator`.
    """

    options: Mapping[str, MatchingOptions] = field(default_factory=dict)
    policy: ConflictPolicy = field(default_factory=ConflictPolicy)
    lang: str = "xx"
    tokenizer: str = "spacy"
    name_tokenizer: str | None = None

    def of(self, source: str) -> MatchingOptions:
        """The options of the source called `source`."""
        return self.options.get(source, MatchingOptions())

    def with_source(self, source: str, options: MatchingOptions) -> Rules:
        """These rules with `options` for `source`."""
        return replace(self, options={**self.options, source: options})

    def renamed(self, old: str, new: str) -> Rules:
        """These rules with the source `old` called `new`."""
        return replace(self, options={new if name == old else name: options for name, options in self.options.items()})

    def to_json(self) -> str:
        """The rules in one line: keys sorted, only what differs from the defaults, so that a new option changes no old hash."""
        sources = {name: values for name, options in self.options.items() if (values := _differing(options))}
        said: dict[str, Any] = {"sources": sources, "conflicts": _differing(self.policy)}
        said = {name: values for name, values in said.items() if values}
        said |= {name: value for name in _PLAIN if (value := getattr(self, name)) != getattr(_NEUTRAL, name)}
        return orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()

    @classmethod
    def from_json(cls, text: str) -> Rules:
        """The rules that `text` holds. Raises OptionError for an option this version does not know."""
        said = orjson.loads(text)
        options = {name: MatchingOptions().changed(values) for name, values in said.get("sources", {}).items()}
        conflicts: dict[str, Any] = dict(said.get("conflicts", {}))
        if "criteria" in conflicts:
            conflicts["criteria"] = tuple(conflicts["criteria"])
        return cls(options, ConflictPolicy(**conflicts), **{name: said[name] for name in _PLAIN if name in said})


_PLAIN: Final = ("lang", "tokenizer", "name_tokenizer")
_NEUTRAL: Final = Rules()


def _differing(values: MatchingOptions | ConflictPolicy) -> dict[str, Any]:
    neutral = type(values)()
    return {item.name: value for item in fields(values) if (value := getattr(values, item.name)) != getattr(neutral, item.name)}


class RuleSets:
    """The room of the rule sets. They are kept for ever; which one counts is a setting."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history

    def in_force(self) -> Rules:
        """The rules that count now."""
        with self._database.reading() as connection:
            return rules_in_force(connection)

    def put_in_force(self, rules: Rules, title: str = "New rules") -> Operation | None:
        """Let `rules` count from now on; None if they do already. Estimates made under other rules become stale."""
        with self._history.action("set_rules", title) as action:
            put_in_force(action, rules)
        return action.operation

    def never_anywhere(self, source: str, name: str) -> Operation | None:
        """Let `name` of `source` match nowhere: it joins the names that the source excludes."""
        with self._history.action("never_anywhere", f"{name} never anywhere ({source})") as action:
            rules = rules_in_force(action.connection)
            options = rules.of(source)
            if name not in options.exclude:
                put_in_force(action, rules.with_source(source, replace(options, exclude=(*options.exclude, name))))
        return action.operation

    def get(self, number: int) -> Rules:
        """The rule set with this number. Raises ProjectError if there is none."""
        with self._database.reading() as connection:
            text = connection.exec_driver_sql("SELECT rules FROM rule_set WHERE id = ?", (number,)).scalar()
        if text is None:
            raise ProjectError(f"no rule set has the number {number}", where=self._database.where, remedy="choose that of a run")
        return read_rules(text)

    def sha256(self, number: int) -> str:
        """The hash of the rule set with this number. Raises ProjectError if there is none."""
        return hashlib.sha256(self.get(number).to_json().encode()).hexdigest()

    def number_in_force(self) -> int | None:
        """The number of the rule set that counts now; None before the first."""
        with self._database.reading() as connection:
            return _number_in_force(connection)


def rules_in_force(connection: Connection) -> Rules:
    """The rules that count now; neutral ones before the first."""
    number = _number_in_force(connection)
    if number is None:
        return Rules()
    return read_rules(connection.exec_driver_sql("SELECT rules FROM rule_set WHERE id = ?", (number,)).scalar_one())


def put_in_force(action: Action, rules: Rules) -> int:
    """The number of `rules`, which count from now on. Raises OptionError for a language that is none: nothing could be opened."""
    primary_language(rules.lang)
    present = _number_in_force(action.connection)
    number = _keep(action, rules, present)
    if number != present:
        set_value(action, IN_FORCE, number)
        query = "SELECT id, rule_set_id <> ? FROM noise_estimate WHERE stale <> (rule_set_id <> ?) ORDER BY id"
        action.update(
            schema.noise_estimate, ["stale"], [tuple(row) for row in action.connection.exec_driver_sql(query, (number, number))]
        )
    return number


def set_value(action: Action, name: str, value: Any) -> None:
    """Give the setting `name` a new value."""
    text = orjson.dumps(value).decode()
    row = action.connection.exec_driver_sql("SELECT id, value FROM setting WHERE name = ?", (name,)).first()
    if row is None:
        action.insert(schema.setting, [{"name": name, "value": text}])
    elif row[1] != text:
        action.update(schema.setting, ["value"], [(row[0], text)])


def _keep(action: Action, rules: Rules, parent: int | None) -> int:
    text = rules.to_json()
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    number = action.connection.exec_driver_sql("SELECT id FROM rule_set WHERE sha256 = ?", (sha256,)).scalar()
    if number is not None:
        return int(number)
    return action.insert(schema.rule_set, [{"sha256": sha256, "rules": text, "parent_id": parent, "made_at": now()}])[0]


def _number_in_force(connection: Connection) -> int | None:
    value = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (IN_FORCE,)).scalar()
    return None if value is None else int(value)


def read_rules(text: str) -> Rules:
    """The rules a row of rule_set holds. Raises ProjectError where this version does not know an option in them."""
    try:
        return Rules.from_json(text)
    except (OptionError, TypeError) as error:
        raise ProjectError(
            f"the project's rules hold what this version does not know: {error}", remedy="install a newer one"
        ) from error
