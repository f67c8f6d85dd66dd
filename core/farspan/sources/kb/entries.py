"""Lists as entities with their names, the other way round from how they are matched: aliases back under their name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from farspan.sources.kb.extraction import KbName

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.sources.kb.forms import Wanted
    from farspan.sources.lists import EntityList
    from farspan.sources.rows import RowProblem


def entries(names: EntityList, label: str = "") -> Iterator[KbName]:
    """The entities of a list, each with its name and aliases; `label` for those that have none of their own.

    A name that may name several entities gives a row for each. An alias goes to the entity whose id it has, or else to
    the name before it.
    """
    rows: list[KbName] = []
    aliases: list[list[str]] = []
    of_id: dict[str, int] = {}
    for i, surface in enumerate(names.surfaces):
        own = names.labels[i] if names.labels else ""
        ids = names.ids[i] or ("",)
        for key in ids:
            at = of_id.get(key) if key else len(rows) - 1
            if names.is_alias[i] and at is not None and at >= 0:
                aliases[at].append(surface)
                continue
            of_id.setdefault(key, len(rows))
            rows.append(KbName(surface, key, (), own if own and own != names.label else label))
            aliases.append([])
    return (replace(row, aliases=tuple(others)) for row, others in zip(rows, aliases, strict=True))


def labelled(names: Iterable[KbName], label: str) -> Iterable[KbName]:
    """The names, with `label` where they have none."""
    return (item if item.label or not label else replace(item, label=label) for item in names)


def read_table(path: str, wanted: Wanted, problems: list[RowProblem], job: Job) -> Iterator[KbName]:
    """The entities of any list that `farspan annotate` reads; ``FILE?name=title&id=qid`` chooses columns."""
    from farspan.errors import InputError, Place  # noqa: PLC0415
    from farspan.sources.lists import load_list, parse_list_file  # noqa: PLC0415

    argument = parse_list_file(path)
    found = load_list(argument.path, "NAME", columns=argument.columns, encoding=wanted.encoding, job=job)
    problems += found.problems
    if any(pattern.tokens or pattern.expression for pattern in found.patterns.values()):
        raise InputError(
            "this holds patterns, not names", where=Place(found.path), remedy="give it to `annotate --list` as it is"
        )
    for item in entries(found):
        yield item if wanted.aliases else replace(item, aliases=())
