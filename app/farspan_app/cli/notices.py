"""What reading put right or passed over, told on stderr."""

from typing import TYPE_CHECKING, Final

from farspan_app.cli.console import warn

if TYPE_CHECKING:
    from farspan.formats import ReadReport
    from farspan.sources.lists import EntityList

SHOWN_PROBLEMS: Final = 10


def show_notices(read: "ReadReport") -> None:
    """Print what reading texts put right: the first of each kind, and how many more there are."""
    for kind, notices in read.notices.items():
        for notice in notices:
            warn(notice)
        _say_rest(read.counts[kind] - len(notices), f"of the kind '{kind}'")


def show_problems(names: "EntityList", most: int = SHOWN_PROBLEMS) -> None:
    """Print the first `most` problems of a list, and where the others are to be seen."""
    for problem in names.problems[:most]:
        warn(str(problem))
    _say_rest(len(names.problems) - most, f"in {names.path}: `farspan lists check {names.path}` shows all")


def _say_rest(count: int, what: str) -> None:
    if count > 0:
        warn(f"... and {count:,} more {what}")
