"""The acceptance figures of noise estimates and signals as Markdown: `python -m benchmarks.noise DATA_FOLDER [RESAMPLES] [PART]`.

PART is one of estimates, signals, simulation; by default all of them.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.noise.corpora import comparisons
from benchmarks.noise.recalls import audited
from benchmarks.noise.resampling import (
    Result,
    matrix_coverage,
    plan_coverage,
    precision_coverage,
    sentence_coverage,
    token_errors,
)
from benchmarks.noise.risk import risk_order
from benchmarks.noise.runs import known_runs
from benchmarks.noise.simulated import simulated

Check = tuple[str, Callable[[float], bool]]


def main(folder: Path, resamples: int, part: str = "") -> None:
    print(f"{resamples:,} resamples for each figure, fixed seeds. Worst is the worst corpus and setting.\n")
    print("| what | wanted | mean | worst | where | settings that miss |\n|---|---|---|---|---|---|")
    parts = {"estimates": estimates, "signals": order_and_recall, "simulation": simulation}
    for name, show in parts.items():
        if part in {"", name}:
            show(folder, resamples)


def estimates(folder: Path, resamples: int) -> None:
    """Parts 1 to 4 on resampled corpora."""
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


def order_and_recall(folder: Path, resamples: int) -> None:
    """Part 5, and recall by the audit of unlabelled tokens; the corpora one by one below the table."""
    order: list[Result] = []
    recalls: list[Result] = []
    for known in known_runs(folder):
        print(f"{known.name} ...", file=sys.stderr)
        order += risk_order(known)
        recalls += audited(known, resamples)
    large = [result for result in recalls if result.setting.startswith("200")]
    _line("4 coverage of recall by audit, 200 tokens", ">= 0.92", large, "coverage", _at_least(0.92))
    _line("4 mean error of recall by audit, 200 tokens", "0.03 to 0.05", large, "error", None, lambda v: v)
    _line("4 width of recall by audit, 200 tokens", "", large, "width", None, lambda v: v)
    _line("4 coverage of recall by audit, 100 and 200 tokens", "", recalls, "coverage", _at_least(0.92))
    _line("5 AUC of the signals, no verdicts", "mean >= 0.72", order, "gold-free", None)
    _line("5 AUC after 100 verdicts", "mean >= 0.82", order, "fitted", None)
    several = _by_corpus(order)
    _line("5 the same, NoisyNER's seven sets as one corpus: no verdicts", "", several, "gold-free", None)
    _line("5 the same, NoisyNER's seven sets as one corpus: 100 verdicts", "", several, "fitted", None)
    print("\n| corpus | spans | wrong | AUC, no verdicts | AUC after verdicts | verdicts |\n|---|---|---|---|---|---|")
    for result in order:
        figures = result.figures
        shown = f"{figures['spans']:,.0f} | {figures['wrong']:.2f} | {figures['gold-free']:.3f} | {figures['fitted']:.3f}"
        print(f"| {result.corpus} | {shown} | {result.setting.split()[0]} |")
    print()


def _by_corpus(results: Sequence[Result]) -> list[Result]:
    """The same with the label sets of one text as one corpus: their mean."""
    same = [result for result in results if result.corpus.startswith("NoisyNER")]
    names = ("gold-free", "fitted")
    mean = Result("NoisyNER", "mean", {name: sum(r.figures[name] for r in same) / len(same) for name in names})
    return [mean, *(result for result in results if result not in same)]


def simulation(_: Path, resamples: int) -> None:
    """Every estimator on samples made so that the truth is known."""
    found: dict[str, list[Result]] = {}
    for result in simulated(resamples):
        found.setdefault(result.corpus, []).append(result)
    for name, results in found.items():
        _line(f"6 simulated: {name}", ">= 0.93", results, "coverage", _at_least(0.93))


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
    if len(sys.argv) not in {2, 3, 4}:
        sys.exit("usage: python -m benchmarks.noise DATA_FOLDER [RESAMPLES] [PART]")
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000, *sys.argv[3:])
