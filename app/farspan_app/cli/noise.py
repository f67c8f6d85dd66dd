"""`farspan noise`: how noisy labels are, measured on a gold sample, with intervals and a plan for more."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from farspan_app.cli.console import Console, Json, Quiet, Verbose, table
from farspan_app.cli.evaluate import Gold, GoldColumn, InputFormat, Map, Nested, Pred, PredColumn, read_comparison

if TYPE_CHECKING:
    from farspan.noise.analysis import NoiseAnalysis
    from farspan.noise.intervals import Estimate


class Unit(StrEnum):
    """What was drawn at random to be labelled."""

    token = "token"  # noqa: S105
    sentence = "sentence"
    document = "document"


Matrix = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Also write the noise matrix to this file: .json, .csv or .npz."),
]


def noise(  # noqa: PLR0917  (Typer calls it by name)
    gold: Gold,
    pred: Pred,
    unit: Annotated[Unit, typer.Option("--unit", help="What was drawn at random to be labelled.")] = Unit.sentence,
    corpus_units: Annotated[
        int | None,
        typer.Option("--corpus-units", min=1, metavar="N", help="How many such units the corpus has; narrows the intervals."),
    ] = None,
    gold_column: GoldColumn = None,
    pred_column: PredColumn = None,
    map_labels: Map = None,
    nested: Nested = False,
    input_format: InputFormat = "auto",
    output: Matrix = None,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Measure the noise of labels on a gold sample: noise matrix, intervals, expected error, plan for more.

    Rows of the matrix are true labels, columns the labels given; it counts tokens. Precision, recall and F1 count entities.
    """
    from farspan.noise.analysis import analyse

    console = Console(json, quiet, verbose)
    write = _writer(output, (gold, pred))
    comparison = read_comparison(console, (gold, pred), (gold_column, pred_column), map_labels or [], input_format, nested=nested)
    found = analyse(comparison, unit.value, corpus_units=corpus_units)
    if found.units < 2:
        console.say(
            f"One {found.unit} says nothing about how {found.unit}s differ: no intervals. Was something else drawn (--unit)?"
        )
    if write is not None:
        write(found)
    if json:
        console.result(found.as_dict())
    else:
        _print(console, found)


def _writer(output: str | None, inputs: Sequence[str]) -> "Callable[[NoiseAnalysis], None] | None":
    """What writes the matrix to `output`. Raises OptionError for a suffix it does not know and for an input's own name."""
    from pathlib import Path

    from farspan.aside import written_aside
    from farspan.errors import OptionError
    from farspan.noise.export import writer_for

    if output is None:
        return None
    if Path(output).exists() and any(Path(path).is_file() and Path(output).samefile(path) for path in inputs):
        raise OptionError(f"the output {output} is also an input", remedy="choose another name with -o")
    write = writer_for(output)

    def written(found: "NoiseAnalysis") -> None:
        with written_aside(output) as stream:
            write(found, stream)

    return written


def _print(console: Console, found: "NoiseAnalysis") -> None:
    console.out(f"Measured on {found.units:,} {found.unit}s, with 95% intervals; numbers in per cent.")
    console.out()
    console.out("Entities with the same borders and label:")
    console.out(table(["label", "precision", "recall", "F1"], _entity_rows(found)))
    console.out()
    console.out("Noise matrix: of the tokens with a true label (row), how many were given each label (column):")
    console.out(table(["true", "tokens", *found.labels], _matrix_rows(found)))
    console.out()
    console.out(_error_line(found))
    console.out()
    console.out("To know every cell of a row to within 5 points, judge in all about (be sceptical, ask again after each batch):")
    console.out(table(["true", f"{found.unit}s", "tokens of it", "now ±"], _plan_rows(found)))


def _entity_rows(found: "NoiseAnalysis") -> Sequence[Sequence[str]]:
    entities = found.entities
    rows = [
        [label, *(_shown(column[label]) for column in (entities.precision, entities.recall, entities.f1))]
        for label in entities.f1
    ]
    return [*rows, ["all", *map(_shown, entities.overall)]]


def _shown(item: "Estimate") -> str:
    if item.value is None:
        return "-"
    if item.interval is None:
        return f"{100 * item.value:.1f} (no interval, n={item.n:,})"
    return f"{100 * item.value:.1f} ({100 * item.interval.lower:.1f} to {100 * item.interval.upper:.1f}, n={item.n:,})"


def _matrix_rows(found: "NoiseAnalysis") -> Sequence[Sequence[str | int]]:
    matrix = found.matrix
    rows: list[list[str | int]] = []
    for i, label in enumerate(found.labels):
        cells = zip(matrix.matrix[i].tolist(), matrix.lower[i].tolist(), matrix.upper[i].tolist(), strict=True)
        rows.append([label, int(matrix.counts[i].sum()), *(_cell(*cell) for cell in cells)])
    return rows


def _cell(value: float, lower: float, upper: float) -> str:
    if value != value:  # noqa: PLR0124  (not a number)
        return "-"
    return f"{100 * value:.1f}" if lower != lower else f"{100 * value:.1f} ({100 * lower:.1f}-{100 * upper:.1f})"  # noqa: PLR0124


def _error_line(found: "NoiseAnalysis") -> str:
    random = "-" if found.random_error is None else f"{found.random_error:.3g}"
    if found.unit == "token":
        return f"Expected squared error of the matrix: {random}"
    clustered = "-" if found.clustered_error is None else f"{found.clustered_error:.3g}"
    return f"Expected squared error of the matrix: {clustered} ({random} if as many tokens had been drawn one by one)"


def _plan_rows(found: "NoiseAnalysis") -> Sequence[Sequence[str]]:
    rows = []
    for need in found.plan:
        if need.half_width == 0.05:
            now = "-" if need.now is None else f"{100 * need.now:.1f}"
            rows.append([need.label, _range(need.groups), _range(need.tokens), now])
    return rows


def _range(pair: tuple[int, int] | None) -> str:
    return "-" if pair is None else f"{pair[0]:,} to {pair[1]:,}"
