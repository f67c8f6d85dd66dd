"""Which classes stand below a class: the closure of a table of (child, parent), with a bound on the steps; circles do no harm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from farspan.aside import written_aside
from farspan.errors import InputError, Place
from farspan.files import open_text
from farspan.wording import counted

if TYPE_CHECKING:
    from farspan.sources.kb.spool import Spool

_HEADER: Final = "child\tparent"


def below(roots: Iterable[str], depth: int, children: Callable[[str], Iterable[str]]) -> dict[str, int]:
    """Everything at most `depth` steps below `roots`, with the fewest steps to it; the roots themselves are 0 steps away."""
    found = dict.fromkeys(roots, 0)
    level = list(found)
    for step in range(1, depth + 1):
        level = [child for parent in level for child in children(parent) if found.setdefault(child, step) == step]
        level = list(dict.fromkeys(level))
        if not level:
            break
    return found


def children_in(spool: Spool) -> Callable[[str], Iterator[str]]:
    """The children of a class, out of the edges in `spool`."""
    spool.index("edge", "parent")
    return lambda parent: (child for (child,) in spool.rows("SELECT child FROM edge WHERE parent = ?", (parent,)))


def children_of(edges: Iterable[tuple[str, str]]) -> Callable[[str], list[str]]:
    """The children of a node, out of (child, parent) pairs."""
    table: dict[str, list[str]] = {}
    for child, parent in edges:
        table.setdefault(parent, []).append(child)
    return lambda parent: table.get(parent, [])


def first_roots(roots: Iterable[str], depth: int, spool: Spool) -> dict[str, int]:
    """The number of the first root for each class that is it or stands at most `depth` steps below it."""
    children = children_in(spool)
    numbers: dict[str, int] = {}
    for number, root in enumerate(roots):
        for key in below([root], depth, children):
            numbers.setdefault(key, number)
    return numbers


def read_table(path: str) -> Iterator[tuple[str, str]]:
    """The (child, parent) pairs of a saved table: two columns with a tab between them. Raises InputError."""
    with open_text(path) as file:
        for number, line in enumerate(file.lines(), 1):
            content = line.strip()
            if not content or content.startswith("#") or content == _HEADER:
                continue
            cells = content.split("\t")
            if len(cells) != 2 or not all(cells):
                raise InputError(
                    f"{counted(len(cells), 'column')} where child and parent are needed",
                    where=Place(file.path, number),
                    remedy="give a table that --subclasses wrote, or remove it and it is made anew",
                )
            yield cells[0], cells[1]


def write_table(path: str, edges: Iterable[tuple[str, str]], comments: Mapping[str, str]) -> None:
    """Write (child, parent) pairs to `path`, with what they come from as comments. Raises OutputError."""
    with written_aside(path, "w") as file:
        for key, value in comments.items():
            file.write(f"# {key}: {value}\n")
        file.write(_HEADER + "\n")
        for child, parent in edges:
            file.write(f"{child}\t{parent}\n")


def is_there(path: str | None) -> bool:
    """Whether a saved table can be read from `path`."""
    return bool(path) and Path(path or "").exists()
