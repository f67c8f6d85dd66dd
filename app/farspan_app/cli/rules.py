"""The lists and options of a command line: what ``--list`` and ``--set`` mean together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from farspan.errors import OptionError
from farspan.options import MatchingOptions, option

if TYPE_CHECKING:
    from farspan.run import Source
    from farspan.job import Job
    from farspan.sources.lists import EntityList, ListArgument

_EXAMPLE: Final = "write OPTION=VALUE or LIST.OPTION=VALUE, for example case=ignore or films.min_length=4"


@dataclass(frozen=True, slots=True)
class Setting:
    """One ``--set``: the option, its value, and the list or label it is for; "" is all lists."""

    target: str
    name: str
    value: Any


def parse_setting(text: str) -> Setting:
    """What ``[LIST.]OPTION=VALUE`` sets; where the option takes a list, ``@FILE`` is the lines of a file. Raises OptionError."""
    left, equals, value = text.partition("=")
    if not equals:
        raise OptionError(f"{text!r} sets nothing", remedy=_EXAMPLE)
    target, _, name = left.strip().rpartition(".")
    known = option(name)
    read = _lines(value[1:]) if known.kind == "list" and value.startswith("@") else known.parse(value)
    checked = known.check(read)
    if known.name == "label" and checked:
        from farspan.sources.arguments import check_label

        check_label(checked)
    return Setting(target, known.name, checked)


def load_sources(lists: Sequence[str], settings: Sequence[Setting], job: "Job") -> "list[Source]":
    """The lists that the ``--list`` arguments name, in order, each with its options. Raises OptionError and InputError.

    A list is called by its file's stem, a second one of that name gets -2. Settings for all lists come first, then those for a
    label, then those for one list; of two that stand equal the later wins.
    """
    from farspan.run import Source
    from farspan.sources.lists import load_list, parse_list_argument

    arguments = [parse_list_argument(text) for text in lists]
    names = _distinct_names(arguments)
    _check_targets(settings, names, [argument.label for argument in arguments])
    options = [options_of(settings, name, argument.label) for name, argument in zip(names, arguments, strict=True)]
    loaded: list[EntityList] = []
    for name, argument in zip(names, arguments, strict=True):
        loaded.append(load_list(argument.path, argument.label, name=name, columns=argument.columns, job=job))
    return [Source(entity_list, chosen) for entity_list, chosen in zip(loaded, options, strict=True)]


def options_of(settings: Iterable[Setting], name: str, label: str) -> MatchingOptions:
    """The options of the list `name` with `label` under `settings`."""
    values: dict[str, Any] = {}
    for targets in ({""}, {label} - {name}, {name}):
        values |= {setting.name: setting.value for setting in settings if setting.target in targets}
    return MatchingOptions().changed(values)


def _distinct_names(arguments: "Sequence[ListArgument]") -> list[str]:
    from pathlib import PurePath

    names: list[str] = []
    for argument in arguments:
        stem = PurePath(argument.path).stem
        name, number = stem, 2
        while name in names:
            name, number = f"{stem}-{number}", number + 1
        names.append(name)
    return names


def _check_targets(settings: Iterable[Setting], names: Sequence[str], labels: Sequence[str]) -> None:
    there: Mapping[str, None] = dict.fromkeys([*names, *labels])
    for setting in settings:
        if setting.target and setting.target not in there:
            raise OptionError(
                f"no list or label is called {setting.target!r}", remedy=f"choose one of: {', '.join(there) or 'none'}"
            )


def _lines(path: str) -> tuple[str, ...]:
    from farspan.files import read_text

    return tuple(line.strip() for line in read_text(path).split("\n") if line.strip())
