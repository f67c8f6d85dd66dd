"""`farspan lists`: make entity lists, and look at them before using them."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.errors import FarspanError
from farspan.wording import counted
from farspan_app.cli import lists_import
from farspan_app.cli.console import Console, Json, Quiet, Verbose, table, warn

if TYPE_CHECKING:
    from farspan.sources.lists import EntityList

SHOWN_PROBLEMS: Final = 10

app = typer.Typer(
    name="lists", help="Make entity lists and look at them before using them.", no_args_is_help=True, rich_markup_mode=None
)

app.command("import")(lists_import.import_list)
app.command("export")(lists_import.export_list)

Encoding = Annotated[str | None, typer.Option("--encoding", help="The encoding of the files; found out if not given.")]
_LIST_HELP: Final = "FILE, FILE?name=COLUMN&id=COLUMN or LABEL=FILE?..., as for `annotate --list`."


@app.command()
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=_LIST_HELP)],
    encoding: Encoding = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read lists as `annotate` would and report every row that was skipped or repaired.

    Ends with 1 if a file cannot be used at all; rows that are skipped or repaired are warnings.
    """
    console = Console(json, quiet, verbose)
    results: list[dict[str, Any]] = []
    code = 0
    for text in files:
        try:
            found = _load(text, encoding, console)
        except FarspanError as error:
            code = max(code, error.exit_code)
            results.append({"path": text, "usable": False, "error": str(error)})
            warn(str(error))
            continue
        results.append({"usable": True, **_counts(found), "problems": [_problem(item) for item in found.problems]})
        console.out(_summary(found))
        for problem in found.problems:
            console.out(f"  {problem}")
    if json:
        console.result({"lists": results})
    if code:
        raise typer.Exit(code)


@app.command()
def show(  # noqa: PLR0917  (Typer calls it by name)
    file: Annotated[str, typer.Argument(metavar="FILE", help=_LIST_HELP)],
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="How many names to show.")] = 20,
    encoding: Encoding = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show the first names of a list with their ids, and what kind of names they are."""
    from farspan.sources.statistics import list_statistics

    console = Console(json, quiet, verbose)
    found = _load(file, encoding, console)
    plain = _without_patterns(found)
    statistics = list_statistics(plain) if len(plain) else None
    names = [_name(found, i) for i in range(min(limit, len(found)))]
    if json:
        kinds = ("scripts", "characters", "words")
        shown = {kind: {} if statistics is None else getattr(statistics, kind) for kind in kinds}
        console.result({**_counts(found), **shown, "first": names})
        return
    console.out(_summary(found))
    if not found.patterns:
        console.out(f"  columns: {', '.join(found.columns) or 'none, a name a line'}")
    if found.origin:
        origin = (f"{key} {found.origin[key]}" for key in ("from", "file", "date") if found.origin.get(key))
        console.out(f"  imported: {_printable(', '.join(origin))}")
    if statistics is not None:
        console.out(f"  scripts: {', '.join(f'{script} {count:,}' for script, count in statistics.scripts.items())}")
        console.out(f"  words: {_range(statistics.words)}; characters: {_range(statistics.characters)}")
    if names:
        header = ("name or pattern" if found.patterns else "name", "ids", "label", "")
        rows = [(item["name"], " ".join(item["ids"]), item["label"], _kind(item)) for item in names]
        console.out(table(header, [[_printable(cell) for cell in row] for row in rows]))
    if len(found) > len(names):
        console.out(f"  ... and {len(found) - len(names):,} more: --limit {len(found)} shows all")
    _warn_of_problems(found, file)


def _load(text: str, encoding: str | None, console: Console) -> "EntityList":
    """The list that `text` asks for; where it gives no label, one that stands for any."""
    from farspan.sources.lists import load_list, parse_list_argument, parse_list_file

    has_label = "=" in text.split("?", maxsplit=1)[0]
    argument = parse_list_argument(text) if has_label and not _is_file(text) else parse_list_file(text)
    with console.job() as job:
        return load_list(argument.path, argument.label or "NAME", columns=argument.columns, encoding=encoding, job=job)


def _is_file(text: str) -> bool:
    from pathlib import Path

    try:
        return Path(text.split("?", maxsplit=1)[0]).is_file() or Path(text).is_file()
    except (OSError, ValueError):
        return False


def _warn_of_problems(found: "EntityList", text: str) -> None:
    for problem in found.problems[:SHOWN_PROBLEMS]:
        warn(str(problem))
    if len(found.problems) > SHOWN_PROBLEMS:
        warn(f"... and {len(found.problems) - SHOWN_PROBLEMS:,} more: farspan lists check {text!r} shows all")


def _counts(found: "EntityList") -> dict[str, Any]:
    skipped = sum(problem.handled == "skipped" for problem in found.problems)
    return {
        "path": found.path,
        "sha256": found.sha256,
        "rows": found.rows,
        "names": len(found) - len(found.patterns),
        "patterns": len(found.patterns),
        "aliases": int(found.is_alias.sum()),
        "with_id": sum(map(bool, found.ids)),
        "duplicates": found.duplicates,
        "skipped": skipped,
        "repaired": len(found.problems) - skipped,
        "labels": sorted(set(found.labels)) if found.labels else [],
        "columns": list(found.columns),
        "origin": dict(found.origin),
    }


def _problem(problem: Any) -> dict[str, Any]:
    return {"line": problem.place.line, "what": problem.what, "handled": problem.handled}


def _name(found: "EntityList", i: int) -> dict[str, Any]:
    label = found.labels[i] if found.labels else ("" if found.label == "NAME" else found.label)
    return {
        "name": found.surfaces[i],
        "ids": list(found.ids[i]),
        "label": label,
        "alias": bool(found.is_alias[i]),
        "pattern": i in found.patterns,
    }


def _kind(item: dict[str, Any]) -> str:
    return "pattern" if item["pattern"] else "alias" if item["alias"] else ""


def _without_patterns(found: "EntityList") -> "EntityList":
    """The names alone: how a pattern is written says nothing of what it matches."""
    from dataclasses import replace

    return replace(found, surfaces=[name for i, name in enumerate(found.surfaces) if i not in found.patterns])


def _summary(found: "EntityList") -> str:
    counts = _counts(found)
    patterns = f", {counted(counts['patterns'], 'pattern')}" if found.patterns else ""
    return (
        f"{found.path}: {counted(counts['rows'], 'row')}, {counted(counts['names'], 'name')} "
        f"({counted(counts['aliases'], 'alias', 'aliases')}, {counts['with_id']:,} with an id){patterns}, "
        f"{counted(counts['duplicates'], 'duplicate')} merged, {counts['skipped']:,} skipped, {counts['repaired']:,} repaired"
    )


def _range(values: dict[str, float]) -> str:
    return f"{values['least']:g} to {values['most']:g}, half up to {values['median']:g}"


def _printable(text: str) -> str:
    """`text` cut for a table, without characters that would move the cursor or turn the line around."""
    kept = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return kept if len(kept) <= 60 else kept[:59] + "…"
