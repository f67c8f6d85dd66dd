"""`farspan report`: what is known of a project, as a page to read, a text to keep, or values for programs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from farspan.errors import OptionError
from farspan.wording import counted
from farspan_app.cli.console import Console, Json, Quiet, Verbose
from farspan_app.cli.flags import File, check_project_output

if TYPE_CHECKING:
    from farspan.audit.report import ReportFormat


def report(  # noqa: PLR0917  (Typer calls it by name)
    file: File,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="File to write: .html, .md or .json; - is standard output.")
    ],
    format: Annotated[
        str | None, typer.Option("--format", metavar="html|md|json", help="By default what the suffix of FILE says, else md.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write a report: what was judged and what it says, errors and their causes, signals (set apart), lists, hashes, seeds.

    The HTML file needs nothing else. Equal projects give equal bytes.
    """
    from farspan.audit.report import gather, write_report
    from farspan.files import written_aside
    from farspan.store.project import Project

    console = Console(json, quiet, verbose)
    kind = _format(format, output)
    check_project_output(output, file, json=json)
    with Project.open(file, read_only=True) as project, console.job() as job:
        content = gather(project, job)
    with written_aside(output) as stream:
        stream.write(write_report(content, kind))
    measured: dict[str, Any] = content["measured"]
    estimates, causes = measured["estimates"], measured["causes"]
    console.say(
        f"{counted(len(estimates), 'measured number')} and {counted(sum(one['count'] for one in causes), 'error')} with causes"
        f" written to {'standard output' if output == '-' else output}"
    )
    if not estimates:
        console.say(f"nothing is measured before somebody judges: farspan sample {file}, then farspan judge {file}")
    if json:
        console.result({"project": file, "run": content["run"]["number"], "estimates": estimates, "outputs": [output]})


def _format(format: str | None, output: str) -> "ReportFormat":
    from farspan.audit.report import FORMATS, SUFFIXES

    if format is None:
        return SUFFIXES.get(Path(output).suffix.lower(), "md")
    for known in FORMATS:
        if format == known:
            return known
    raise OptionError(f"--format {format!r} is not possible", remedy=f"choose one of: {', '.join(FORMATS)}")
