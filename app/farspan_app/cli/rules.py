"""The lists and options of a command line: what ``--list`` and ``--set`` mean together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from farspan.errors import OptionError
from farspan.options import MatchingOptions, option

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.options import Option
    from farspan.recipe import Recipe
    from farspan.run import Source
    from farspan.sources.lists import EntityList, ListArgument

_EXAMPLE: Final = "write OPTION=VALUE or LIST.OPTION=VALUE, for example case=ignore or films.min_length=4"


@dataclass(frozen=True, slots=True)
class Setting:
    """One ``--set``: the option, its value, and the list or label it is for; "" is all lists. file: what the value names."""

    target: str
    name: str
    value: Any
    file: str = ""


def parse_setting(text: str, *, read_files: bool = True) -> Setting:
    """What ``[LIST.]OPTION=VALUE`` sets; where the option takes a list, ``@FILE`` is the lines of a file. Raises OptionError.

    Without `read_files` such a file stays ``@FILE``.
    """
    left, equals, value = text.partition("=")
    if not equals:
        raise OptionError(f"{text!r} sets nothing", remedy=_EXAMPLE)
    target, _, name = left.strip().rpartition(".")
    known = option(name)
    read = _lines(value[1:]) if read_files and known.kind == "list" and value.startswith("@") else known.parse(value)
    checked = known.check(read)
    if known.name == "label" and checked:
        from farspan.sources.arguments import check_label

        check_label(checked)
    return Setting(target, known.name, checked, _file_of(known, value.strip()))


def _file_of(known: "Option", value: str) -> str:
    """The file that an option's value, as typed, names; "" if none."""
    if known.kind == "list":
        return value[1:] if value.startswith("@") else ""
    from pathlib import Path

    return value if known.file and Path(value).is_file() else ""


def load_sources(lists: Sequence[str], settings: Sequence[Setting], job: "Job", recipe: "Recipe | None" = None) -> "list[Source]":
    """The lists that the ``--list`` arguments name, in order, each with its options. Raises OptionError and InputError.

    A list is called by its file's stem, a second one of that name gets -2. Settings for all lists come first, then those for a
    label, then those for one list; of two that stand equal the later wins. With a recipe, its lists are taken where `lists` is
    empty, and settings change the options it gives.
    """
    from farspan.run import Source
    from farspan.sources.lists import load_list, parse_list_argument

    # Not made a Rule: without a recipe its part of the engine is not loaded.
    rules: list[tuple[ListArgument, str, str | None, MatchingOptions]]
    if recipe is not None and not lists:
        rules = [(rule.argument, rule.name, rule.encoding, rule.options) for rule in recipe.rules().lists]
    else:
        shared = recipe.rules().options if recipe is not None else MatchingOptions()
        arguments = [parse_list_argument(text) for text in lists]
        names = distinct_names(arguments)
        rules = [(argument, name, None, shared) for argument, name in zip(arguments, names, strict=True)]
    check_targets(settings, [name for _, name, _, _ in rules], [argument.label for argument, _, _, _ in rules])
    options = [options_of(settings, name, argument.label, base) for argument, name, _, base in rules]
    loaded: list[EntityList] = []
    for argument, name, encoding, _ in rules:
        path, label, columns = argument.path, argument.label, argument.columns
        loaded.append(load_list(path, label, name=name, columns=columns, encoding=encoding, job=job))
    return [Source(entity_list, chosen) for entity_list, chosen in zip(loaded, options, strict=True)]


def options_of(settings: Iterable[Setting], name: str, label: str, base: MatchingOptions | None = None) -> MatchingOptions:
    """The options of the list `name` with `label`: `base` (by default the neutral ones) under `settings`."""
    return (base or MatchingOptions()).changed({item.name: item.value for item in options_for(settings, name, label)})


def options_for(settings: Iterable[Setting], name: str, label: str) -> list[Setting]:
    """The settings for the list `name` with `label`, the later to win: for all lists, for the label, for the list."""
    ordered = list(settings)
    return [item for targets in ({""}, {label} - {name}, {name}) for item in ordered if item.target in targets]


def distinct_names(arguments: "Sequence[ListArgument]") -> list[str]:
    """What each list is called: its file's stem, with -2 and so on where that is taken."""
    from pathlib import PurePath

    names: list[str] = []
    for argument in arguments:
        stem = PurePath(argument.path).stem
        name, number = stem, 2
        while name in names:
            name, number = f"{stem}-{number}", number + 1
        names.append(name)
    return names


def check_targets(settings: Iterable[Setting], names: Sequence[str], labels: Sequence[str]) -> None:
    """Raise OptionError if a setting is for a list or label that is not there."""
    there: Mapping[str, None] = dict.fromkeys([*names, *labels])
    for setting in settings:
        if setting.target and setting.target not in there:
            raise OptionError(
                f"no list or label is called {setting.target!r}", remedy=f"choose one of: {', '.join(there) or 'none'}"
            )


def _lines(path: str) -> tuple[str, ...]:
    from farspan.files import read_text

    return tuple(line.strip() for line in read_text(path).split("\n") if line.strip())
