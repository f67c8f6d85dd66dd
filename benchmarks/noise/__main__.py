"""The acceptance figures of the noise estimates as a Markdown table: `python -m benchmarks.noise DATA_FOLDER [RESAMPLES]`."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.noise.corpora import comparisons
from benchmarks.noise.resampling import (
    Result,
    matrix_coverage,
    plan_coverage,
    precision_coverage,
    sentence_coverage,
    token_errors,
)

Check = tuple[str, Callable[[float], bool]]


def main(folder: Path, resamples: int) -> None:
    errors, sentences, documents, precision, reading, plans = [], [], [], [], [], []
    for name, comparison in comparisons(folder):
        print(f"{name} ...", file=sys.stderr)
        errors += token_errors(name, comparison, resamples)
        sentences += matrix_coverage(name, comparison, "sentence", resamples)
        if name.startswith(("NoiseBench", "BC5CDR")):
            documents += matrix_coverage(name, comparison, "document", resamples)
        precision += precision_coverage(name, comparison, resamples)
        reading += sentence_coverage(name, comparison, resamples)
        plans += plan_coverage(name, comparison, min(resamples, 200))
    large = [result for result in sentences if result.setting.split()[0] in {"2000", "4000"}]
    whole = [result for result in reading if result.setting.endswith("all labels")]
    each = [result for result in reading if result.setting.endswith("each label")]
    print(f"{resamples:,} resamples for each figure, fixed seeds. Worst is the worst corpus and setting.\n")
    print("| what | wanted | mean | worst | where | settings that miss |\n|---|---|---|---|---|---|")
    _line(
        "1 squared error / formula, random tokens",
        "0.93 to 1.07",
        errors,
        "ratio",
        lambda v: 0.93 <= v <= 1.07,
        lambda v: abs(v - 1),
    )
    _line("2 coverage, sentence samples", ">= 0.93", sentences, "clustered", _at_least(0.93))
    _line("2 the same, worst single cell of each setting", "", sentences, "worst cell", _at_least(0.93))
    _line("2 the same, naive interval", "", sentences, "naive", None)
    _line("2 width / naive width, n >= 2000", "<= 1.6", large, "width", _at_most(1.6), lambda v: v)
    _line("2 coverage, document samples", ">= 0.93", documents, "clustered", _at_least(0.93))
    _line("2 the same, worst single cell of each setting", "", documents, "worst cell", _at_least(0.93))
    _line("2 the same, naive interval", "", documents, "naive", None)
    _line("2 cells left without an interval, documents", "", documents, "no interval", None, lambda v: v)
    _line("2 the plan's range holds the need (200 resamples)", "", plans, "held", None)
    _line("3 coverage of precision, 100 judgements", ">= 0.93", precision, "stratified", _at_least(0.93))
    _line("3 the same, simple random sample", "", precision, "simple", None)
    _line("3 width / width of a simple sample", "<= 1.03", precision, "width", _at_most(1.03), lambda v: v)
    _line("3 coverage after dropping the riskiest fifth", "", precision, "domain", _at_least(0.93))
    _line("4 coverage of recall, 100 sentences", ">= 0.92", whole, "recall", _at_least(0.92))
    _line("4 coverage of F1, 100 sentences", ">= 0.92", whole, "F1", _at_least(0.92))
    _line("4 coverage of precision, 100 sentences", "", whole, "precision", _at_least(0.92))
    _line("4 coverage of recall by label", "", each, "recall", _at_least(0.92))
    _line("4 coverage of F1 by label", "", each, "F1", _at_least(0.92))
    _line("4 width of recall, 100 sentences", "", whole, "recall width", None, lambda v: v)


def _at_least(limit: float) -> Callable[[float], bool]:
    return lambda value: value >= limit


def _at_most(limit: float) -> Callable[[float], bool]:
    return lambda value: value <= limit


def _line(  # noqa: PLR0917  (the columns of the table)
    what: str,
    wanted: str,
    results: Sequence[Result],
    figure: str,
    good: Callable[[float], bool] | None,
    badness: Callable[[float], float] = lambda value: -value,
) -> None:
    """Print one figure over all corpora and settings."""
    known = [result for result in results if result.figures[figure] == result.figures[figure]]
    values = [result.figures[figure] for result in known]
    worst = max(known, key=lambda result: badness(result.figures[figure]))
    missed = "" if good is None else f"{sum(not good(value) for value in values)} of {len(values)}"
    mean = sum(values) / len(values)
    print(f"| {what} | {wanted} | {mean:.3f} | {worst.figures[figure]:.3f} | {worst.corpus}, {worst.setting} | {missed} |")


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3}:
        sys.exit("usage: python -m benchmarks.noise DATA_FOLDER [RESAMPLES]")
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else 1000)
