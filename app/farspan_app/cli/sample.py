"""`farspan sample`: draw what a person should judge, and write it as a sheet."""

import io
from typing import TYPE_CHECKING, Annotated, Any

import typer

from farspan.errors import OptionError
from farspan.wording import counted
from farspan_app.cli.console import Console, Json, Quiet, Verbose
from farspan_app.cli.flags import File, check_project_output

if TYPE_CHECKING:
    from farspan.audit.samples import Sample
    from farspan.job import Job
    from farspan.store.project import Project


def sample(  # noqa: PLR0917  (Typer calls it by name)
    file: File,
    size: Annotated[int, typer.Option("--size", "-n", min=1, metavar="N", help="How many to draw.")] = 100,
    label: Annotated[str | None, typer.Option("--label", metavar="LABEL", help="Only spans with this label.")] = None,
    source: Annotated[str | None, typer.Option("--list", metavar="NAME", help="Only spans of this list.")] = None,
    sentences: Annotated[
        bool, typer.Option("--sentences", help="Random sentences to be read whole: what recall is estimated from.")
    ] = False,
    tokens: Annotated[
        bool, typer.Option("--tokens", help="Unlabelled words that look like entities: recall together with judged spans.")
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option("--seed", min=0, metavar="N", help="Of the random numbers; by default the draws made before."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE.csv", help="Also write it as a sheet to be judged; - is standard output."),
    ] = None,
    again: Annotated[
        int | None,
        typer.Option("--again", min=1, metavar="SAMPLE", help="Draw nothing: write the sheet of this sample."),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Draw a sample of what the newest run keeps, to be judged: stratified by risk, seeded, never the same span twice.

    A second sample of the same spans extends the first. Judge it with `farspan judge`, in the window, or in a spreadsheet.
    """
    from farspan.store.project import Project

    console = Console(json, quiet, verbose)
    method = "sentences" if sentences else "tokens" if tokens else "spans"
    if sentences and tokens:
        raise OptionError("--sentences and --tokens are two samples", remedy="draw one after the other")
    _check(file, output, again, method, narrowed=bool(label or source), json=json)
    with Project.open(file, read_only=again is not None) as project, console.job() as job:
        drawn = _drawn(project, again, method, (size, label or "", source or "", seed), job)
        rows = _write(project, drawn, output) if output is not None else None
    design = drawn.designs[-1]
    console.say(_said(drawn, again))
    if rows is not None:
        console.say(f"{counted(rows, 'row')} to be judged written to {'standard output' if output == '-' else output}")
        console.say(f"fill in the column verdict, then: farspan judge {file} --from {output if output != '-' else 'SHEET.csv'}")
    else:
        console.say(f"next: farspan judge {file}")
    if json:
        outputs = [output] if output is not None else []
        console.result(
            {
                "project": file,
                "sample": drawn.number,
                "method": drawn.method,
                "label": drawn.label or None,
                "list": drawn.source or None,
                "population": design.population,
                "drawn": design.drawn,
                "units": len(drawn.units),
                "seed": design.seed,
                "strata": list(drawn.first.details.get("strata", ())),
                "extends": design.details.get("extends"),
                "outputs": outputs,
            }
        )


def _check(file: str, output: str | None, again: int | None, method: str, *, narrowed: bool, json: bool) -> None:
    if method != "spans" and narrowed:
        raise OptionError(f"{method} are drawn of the whole corpus", remedy="leave out --label and --list")
    if again is not None and (method != "spans" or narrowed):
        raise OptionError("--again draws nothing", remedy="leave out --label, --list, --sentences and --tokens")
    if again is not None and output is None:
        raise OptionError("--again writes the sheet of a sample", remedy="say where with -o SHEET.csv")
    check_project_output(output, file, json=json)


def _drawn(project: "Project", again: int | None, method: str, asked: tuple[int, str, str, int | None], job: "Job") -> "Sample":
    from farspan.audit.drawing import draw_sentences, draw_spans
    from farspan.audit.samples import sample as stored
    from farspan.audit.tokens import draw_unlabelled

    size, label, source, seed = asked
    if again is not None:
        return stored(project, again)
    if method == "spans":
        return draw_spans(project, size, label=label, source=source, seed=seed, job=job)
    draw = draw_sentences if method == "sentences" else draw_unlabelled
    return draw(project, size, seed=seed, job=job)


def _write(project: "Project", drawn: "Sample", output: str) -> int:
    from farspan.audit.sheets import write_sheet
    from farspan.files import written_aside

    text = io.StringIO(newline="")
    rows = write_sheet(project, drawn, text)
    with written_aside(output) as stream:
        stream.write(b"\xef\xbb\xbf" * (output != "-") + text.getvalue().encode())  # the mark tells spreadsheets that it is UTF-8
    return rows


def _said(drawn: "Sample", again: int | None) -> str:
    design: Any = drawn.designs[-1]
    if again is not None:
        return f"sample {drawn.number}: {len(drawn.units):,} {drawn.title}"
    more = f", {len(drawn.units):,} with those drawn before" if len(drawn.designs) > 1 else ""
    return f"sample {drawn.number}: {design.drawn:,} of {design.population:,} drawn, {drawn.title} (seed {design.seed}){more}"
