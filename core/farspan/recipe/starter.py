"""A first recipe with comments, from nothing or from what is known already."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from farspan.options import CRITERIA, OPTIONS, SCOPES, ConflictPolicy, Option
from farspan.recipe.editing import rendered, rendered_key
from farspan.recipe.tables import VERSION
from farspan.sources.arguments import CHOICES, ListArgument


@dataclass(frozen=True, slots=True)
class Start:
    """What a new recipe begins with; paths as they are to stand in it.

    options: for all lists. list_options: by the number of the list. names: of lists that are not called by their file.
    outputs: file, format ("auto": by suffix) and scheme ("").
    """

    inputs: Sequence[str] = ()
    lists: Sequence[ListArgument] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    list_options: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    policy: ConflictPolicy = field(default_factory=ConflictPolicy)
    lang: str = "xx"
    tokenizer: str = "spacy"
    name_tokenizer: str = ""
    format: str = "auto"
    encoding: str = ""
    names: Mapping[int, str] = field(default_factory=dict)
    outputs: Sequence[tuple[str, str, str]] = ()


def new_recipe(start: Start) -> str:
    """The text of a recipe with comments that say what may stand in it. It may have to be checked by `parse_recipe`."""
    lists = "".join(_list(start, number) for number in range(len(start.lists))) or _EXAMPLE_LIST
    outputs = "".join(_output(*output) for output in start.outputs) or _EXAMPLE_OUTPUT
    return f"""\
# A Farspan recipe. Run it with: farspan annotate --recipe THIS_FILE
# Relative paths begin at this file's folder. Take the # from a line to use it.

farspan = {VERSION}

[text]
# Files, folders, and patterns such as "texts/*.txt"
inputs = {rendered(list(start.inputs))}
# Language of the text: es, am, de ...; xx: any
lang = {rendered(start.lang)}
# spacy, unicode, whitespace, characters; given: the tokens of the input
tokenizer = {rendered(start.tokenizer)}
{_optional("name_tokenizer", start.name_tokenizer, "whitespace")}format = {rendered(start.format)}
{_optional("encoding", start.encoding, "cp1252")}
# Options for every list; a list's own win.
[options]
{_assignments(start.options)}# All there are, as they are without being set:
{"".join(map(_described, OPTIONS.values()))}
# One [[list]] for each list of names; earlier lists win where all else is equal.
{lists}
# Which of several overlapping matches are kept
[conflicts]
# In this order, out of: {", ".join(CRITERIA)}
criteria = {rendered(list(start.policy.criteria))}
# {", ".join(SCOPES)}
scope = {rendered(start.policy.scope)}
# true: matches inside a kept one are kept as a second layer
nested = {rendered(start.policy.nested)}

# One [[output]] for each file to be written; its form goes by the suffix unless format = "..." says it
{outputs}"""


_EXAMPLE_LIST = """\
# [[list]]
# label = "MOVIE"
# file = "lists/films.csv"
# columns = {name = "title", id = "qid"}
# options = {case = "smart", min_length = 3}
"""

_EXAMPLE_OUTPUT = """\
# [[output]]
# file = "corpus.conll"
# scheme = "iob2"
"""


def _list(start: Start, number: int) -> str:
    argument = start.lists[number]
    chosen = {role: getattr(argument.columns, role) for role in CHOICES if getattr(argument.columns, role) is not None}
    values: dict[str, Any] = {
        "label": argument.label,
        "file": argument.path,
        **_named(start, number),
        **({"columns": chosen} if chosen else {}),
    }
    own = start.list_options.get(number, {})
    options = f"\n[list.options]\n{_assignments(own)}" if own else ""
    return f"\n[[list]]\n{_assignments(values)}{options}"


def _named(start: Start, number: int) -> dict[str, str]:
    return {"name": start.names[number]} if number in start.names else {}


def _output(file: str, format: str, scheme: str) -> str:
    more = ({"format": format} if format not in {"", "auto"} else {}) | ({"scheme": scheme} if scheme else {})
    return f"[[output]]\n{_assignments({'file': file, **more})}"


def _assignments(values: Mapping[str, Any]) -> str:
    return "".join(f"{rendered_key(name)} = {rendered(value)}\n" for name, value in values.items())


def _optional(name: str, value: str, example: str) -> str:
    return f"{name} = {rendered(value)}\n" if value else f"# {name} = {rendered(example)}\n"


def _described(option: Option) -> str:
    return "".join(
        f"# {line}\n"
        for line in textwrap.wrap(
            f"{option.name} = {rendered(option.default)}  # {option.help}", 110, subsequent_indent="    ", break_on_hyphens=False
        )
    )
