"""Named rule sets of a project: one setting that maps names to the numbers of immutable rule sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import orjson
from sqlalchemy import Connection

from farspan.store.history import Operation
from farspan.store.project import Project
from farspan.store.rules import Rules, put_in_force, set_value

_SETTING: Final = "versions"


def save_version(project: Project, name: str, rules: Rules) -> Operation | None:
    """Let `rules` count and be known as `name`; one action."""
    with project.history.action("save_version", f"Version {name}") as action:
        number = put_in_force(action, rules)
        set_value(action, _SETTING, {**_numbers(action.connection), name: number})
    return action.operation


def read_versions(project: Project) -> Mapping[str, Rules]:
    """The named rule sets, the oldest first."""
    with project.database.reading() as connection:
        numbers = _numbers(connection)
    return {name: project.rules.get(number) for name, number in numbers.items()}


def _numbers(connection: Connection) -> dict[str, int]:
    text = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (_SETTING,)).scalar()
    return {} if text is None else dict(orjson.loads(text))
