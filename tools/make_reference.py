"""Write docs/commands.md and docs/options.md from the program itself: python tools/make_reference.py [--check].

With --check nothing is written; the exit code is 1 if a page is not what the program says.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from farspan.options import CRITERIA, OPTIONS, SCOPES, Option
from farspan.relations.options import RELATION_OPTIONS
from farspan_app.cli.main import app

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH = 100


COMMANDS_HEAD = """# Commands

This page is made from the program: it is what `--help` shows.

Results go to standard output, messages and progress to standard error; `-` stands for standard input or output. Exit codes:
0 done; 1 a file or its content is wrong, the message says where and what to do; 2 wrong usage; 130 stopped by Ctrl+C or SIGTERM,
with nothing half-written; 141 whoever read the output stopped reading.
"""

OPTIONS_HEAD = """# Matching options

This page is made from the program. Every list has its own options. On the command line: `--set OPTION=VALUE` for all lists,
`--set LIST.OPTION=VALUE` for one list (its file's name without suffix) or for all lists of a label. In Python:
`farspan.annotate(texts, lists, OPTION=VALUE)`, or `{"names": [...], "OPTION": VALUE}` for one list.

Defaults are neutral: exact case, nothing folded, nothing left out.
"""

RELATIONS_HEAD = """# Relation options

This page is made from the program. Every relation has its own options. On the command line: `--relation OPTION=VALUE` for all
relations, `--relation R.OPTION=VALUE` for the relation R; a list of words may be `@FILE`, one a line. In a recipe:
`[relations.options.R]`. What they are for is told in [Relations](relations.md).
"""

CONFLICTS = f"""## Where matches compete

`--conflicts` is one of {", ".join(SCOPES)}: greedy keeps the best match, then the best of what is left, and so on; cluster keeps
one for each chain of overlaps, as ANEA does.

`--criteria` says what is best; the default is `{",".join(CRITERIA)}`. What stays equal goes to the earlier start, the longer
match, the earlier list and the earlier name, so that the same input always gives the same output.

`--nested` keeps matches inside a kept one as a second layer.
"""


def commands_page() -> str:
    """Every command with what its --help shows."""
    command: Any = typer.main.get_command(app)
    return "\n".join([COMMANDS_HEAD, *_described(command, "farspan", 2)])


def _described(command: Any, name: str, level: int, parent: Any = None) -> Iterator[str]:
    context = command.make_context(name.rsplit(maxsplit=1)[-1], [], parent=parent, resilient_parsing=True, terminal_width=WIDTH)
    shown = "\n".join(line.rstrip() for line in command.get_help(context).split("\n"))
    yield f"{'#' * level} {name}\n"
    yield f"```text\n{shown.strip()}\n```\n"
    for sub_name, sub in getattr(command, "commands", {}).items():
        yield from _described(sub, f"{name} {sub_name}", min(level + 1, 4), context)


def options_page() -> str:
    """Every matching option and the conflict policy."""
    return "\n".join([OPTIONS_HEAD, *(_option(item) for item in OPTIONS.values()), CONFLICTS])


def _option(item: Option) -> str:
    is_choice = item.help.split(";")[0].split(":")[0] in item.choices
    text = item.help if is_choice else item.help[0].upper() + item.help[1:]
    return f"## {item.name}\n\n{text}.\n\nTakes {item.values}. Default: {_default(item)}.\n"


def _default(item: Option) -> str:
    match item.kind:
        case "flag":
            return "yes" if item.default else "no"
        case "list" | "text" if not item.default:
            return "none"
        case _:
            return str(item.default)


def relation_options_page() -> str:
    """Every option of a relation."""
    return "\n".join([RELATIONS_HEAD, *(_option(item) for item in RELATION_OPTIONS.values())])


PAGES = {"commands.md": commands_page, "options.md": options_page, "relation-options.md": relation_options_page}


def stale_pages() -> list[str]:
    """The pages that are not what the program says."""
    return [name for name, page in PAGES.items() if not (DOCS / name).is_file() or (DOCS / name).read_text("utf-8") != page()]


if __name__ == "__main__":
    stale = stale_pages()
    if "--check" in sys.argv[1:]:
        sys.exit(f"not up to date: {', '.join(stale)}; run python tools/make_reference.py" if stale else 0)
    for page_name in stale:
        (DOCS / page_name).write_text(PAGES[page_name](), "utf-8")
