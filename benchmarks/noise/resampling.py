"""Draws samples from corpora whose noise is known, estimates it from each, and counts how often the intervals hold the truth."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from farspan.noise.alignment import TokenGrid
from farspan.noise.analysis import Unit
from farspan.noise.comparison import Comparison, token_labels
from farspan.noise.entities import entity_estimates
from farspan.noise.expected import random_sizes_error
from farspan.noise.intervals import Estimate, wilson
from farspan.noise.matrix import count_pairs, noise_matrix, sum_groups
from farspan.noise.plan import plan, tokens_needed
from farspan.noise.sampling import domain_estimate, draw_audit, precision_estimate
from farspan.noise.scoring import LabelledSpans, is_found

SIZES = (500, 1000, 2000, 4000)
AT_LEAST = 10


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: what was tried on what, and the figures by name."""

    corpus: str
    setting: str
    figures: dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """A corpus as the draws need it: counts[u, i, j] of tokens in each unit; matrix is the truth."""

    counts: np.ndarray
    matrix: np.ndarray

    @property
    def tokens(self) -> int:
        return int(self.counts.sum())


def population(comparison: Comparison, unit: Unit) -> Population:
    grid = _grid(comparison)
    firsts = grid.sentences if unit == "sentence" else grid.documents
    group = np.searchsorted(firsts, np.arange(len(grid)), side="right") - 1
    classes = len(comparison.labels) + 1
    true, given = (token_labels(spans, grid).astype(np.int64) + 1 for spans in (comparison.gold, comparison.predicted))
    cells = np.bincount((group * classes + true) * classes + given, minlength=len(firsts) * classes**2)
    everything = noise_matrix(count_pairs(true, given, group, classes, len(firsts)))
    return Population(cells.reshape(len(firsts), classes, classes).astype(np.float64), everything.matrix)


def token_errors(name: str, comparison: Comparison, resamples: int) -> Iterator[Result]:
    """Squared error of the matrix from random tokens over what the formula says (finite corpus, random class sizes)."""
    corpus = population(comparison, "sentence")
    counts = corpus.counts.sum(axis=0).astype(np.int64)
    seen = counts.sum(axis=1) > 0
    truth = np.nan_to_num(corpus.matrix)[seen]
    for n in SIZES:
        random = np.random.default_rng(n)
        drawn = random.multivariate_hypergeometric(counts.ravel(), n, size=resamples).reshape(resamples, *counts.shape)[:, seen]
        found = drawn / np.maximum(drawn.sum(axis=2, keepdims=True), 1)
        error = ((found - truth) ** 2).sum(axis=(1, 2)).mean()
        totals = counts.sum(axis=1)[seen]
        padded = np.zeros((len(totals), len(totals)))  # the formula needs sums of squares of rows only
        padded[:, 0] = np.sqrt((truth**2).sum(axis=1))
        yield Result(
            name, f"{n} tokens", {"ratio": error / random_sizes_error(padded, totals / totals.sum(), n, class_totals=totals)}
        )


def matrix_coverage(name: str, comparison: Comparison, unit: Unit, resamples: int) -> Iterator[Result]:
    """How often the diagonal's 95% intervals hold the truth, and how wide the clustered are against the naive."""
    corpus = population(comparison, unit)
    units = len(corpus.counts)
    for n in SIZES:
        random = np.random.default_rng(n)
        size = max(2, round(n * units / corpus.tokens))
        rows = [_one_draw(corpus, random.choice(units, size, replace=False)) for _ in range(resamples)]
        inside, naive, width, given, asked, cell = (np.concatenate(column) for column in zip(*rows, strict=True))
        figures = {
            "clustered": inside.mean(),
            "naive": naive.mean(),
            "width": width.mean(),
            "worst cell": _worst_cell(cell, inside, resamples),
            "no interval": 1 - given.sum() / asked.sum(),
        }
        yield Result(name, f"{n} tokens by {unit}", {key: float(value) for key, value in figures.items()})


def _one_draw(corpus: Population, chosen: np.ndarray) -> tuple[np.ndarray, ...]:
    drawn = corpus.counts[chosen]
    counted = sum_groups(drawn)
    share = len(chosen) / len(corpus.counts)
    clustered, naive = noise_matrix(counted, drawn_share=share), noise_matrix(counted, clustered=False)
    truth = np.diagonal(corpus.matrix)
    asked = counted.counts.sum(axis=1) >= AT_LEAST
    use = asked & np.isfinite(np.diagonal(clustered.lower))
    bounds = [(np.diagonal(found.lower)[use], np.diagonal(found.upper)[use]) for found in (clustered, naive)]
    inside = [(lower <= truth[use]) & (truth[use] <= upper) for lower, upper in bounds]
    width = (bounds[0][1] - bounds[0][0]) / (bounds[1][1] - bounds[1][0])
    return inside[0], inside[1], width, np.array([use.sum()]), np.array([asked.sum()]), np.flatnonzero(use)


def _worst_cell(cell: np.ndarray, inside: np.ndarray, resamples: int) -> float:
    """The lowest coverage of a single diagonal cell, of those that had an interval in at least a quarter of the samples."""
    tried = np.bincount(cell)
    often = 4 * tried >= resamples
    return (np.bincount(cell, weights=inside)[often] / tried[often]).min()


def plan_coverage(name: str, comparison: Comparison, resamples: int) -> Iterator[Result]:
    """How often a pilot's plan for plus or minus 5 points holds what the whole corpus says is needed."""
    corpus = population(comparison, "sentence")
    labels = ["O", *comparison.labels]
    whole = noise_matrix(sum_groups(corpus.counts))
    seen = [row for row in range(len(labels)) if whole.counts[row].any()]
    truth = {labels[row]: tokens_needed(whole.matrix[row], whole.effect[row], 0.05) for row in seen}
    for n in (1000, 4000):
        random = np.random.default_rng(n)
        size = round(n * len(corpus.counts) / corpus.tokens)
        held = []
        for _ in range(resamples):
            pilot = noise_matrix(sum_groups(corpus.counts[random.choice(len(corpus.counts), size, replace=False)]))
            needs = [need for need in plan(pilot, labels, [0.05]) if need.tokens is not None and need.have >= AT_LEAST]
            held += [need.tokens[0] <= truth[need.label] <= need.tokens[1] for need in needs if need.tokens is not None]
        yield Result(name, f"pilot of {n} tokens", {"held": _mean(held)})


RISKS = {"no better than chance": 0.0, "weak (AUC .64)": 0.5, "good (AUC .80)": 1.2, "very good (AUC .96)": 2.5}


def precision_coverage(name: str, comparison: Comparison, resamples: int, m: int = 100) -> Iterator[Result]:
    """Coverage and width of precision from `m` judgements stratified by risks of several strengths, and after a rule change."""
    right = is_found(comparison.predicted, comparison.gold)
    truth = right.mean()
    for label, strength in RISKS.items():
        random = np.random.default_rng(m)
        risk = random.normal(size=len(right)) + strength * ~right
        risk = np.round(risk, 1)  # ties, as real signals have
        kept = risk < np.quantile(risk, 0.8)
        stratified, simple, domain = [], [], []
        for seed in range(resamples):
            sample = draw_audit(risk, m, seed)
            verdicts = right[sample.items].tolist()
            stratified.append(precision_estimate(sample, verdicts))
            inside = kept[sample.items]
            size = int(kept.sum())
            domain.append(domain_estimate(sample, verdicts, inside, domain_size=size, common=size).estimate)
            p = right[random.choice(len(right), m, replace=False)].mean()
            simple.append(Estimate(p, wilson(p, m), m))
        figures = {
            "stratified": _coverage(stratified, truth),
            "simple": _coverage(simple, truth),
            "width": _width(stratified) / _width(simple),
            "interval": _width(stratified),
            "domain": _coverage(domain, right[kept].mean()),
        }
        yield Result(name, label, figures)


def sentence_coverage(name: str, comparison: Comparison, resamples: int, m: int = 100) -> Iterator[Result]:
    """Coverage of precision, recall and F1 from `m` sentences read whole: over all labels, and by label with enough entities."""
    grid = _grid(comparison)
    starts = grid.starts[grid.sentences]
    truth = entity_estimates(comparison, starts)
    where = [np.searchsorted(starts, spans.starts, side="right") - 1 for spans in (comparison.gold, comparison.predicted)]
    random = np.random.default_rng(m)
    overall: list[list[bool]] = [[], [], []]
    by_label: list[list[bool]] = [[], [], []]
    widths: list[list[float]] = [[], [], []]
    for _ in range(resamples):
        chosen = np.sort(random.choice(len(starts), m, replace=False))
        drawn = np.zeros(len(starts), dtype=bool)
        drawn[chosen] = True
        gold, predicted = (
            _part(spans, drawn[at]) for spans, at in zip((comparison.gold, comparison.predicted), where, strict=True)
        )
        part = Comparison(gold, predicted, comparison.labels, comparison.grid, None)
        found = entity_estimates(part, starts[chosen], drawn_share=m / len(starts))
        for i, (mine, true) in enumerate(zip(found.overall, truth.overall, strict=True)):
            _note(mine, true, overall[i])
            if mine.interval is not None:
                widths[i].append(mine.interval.width)
        for i, (mine, true) in enumerate(zip(_columns(found), _columns(truth), strict=True)):
            for label, estimate in mine.items():
                if estimate.n >= AT_LEAST:
                    _note(estimate, true[label], by_label[i])
    names = ("precision", "recall", "F1")
    yield Result(
        name,
        f"{m} sentences, all labels",
        dict(zip(names, map(_mean, overall), strict=True)) | {"recall width": _mean(widths[1])},
    )
    yield Result(name, f"{m} sentences, each label", dict(zip(names, map(_mean, by_label), strict=True)))


def _columns(found):
    return found.precision, found.recall, found.f1


def _note(mine: Estimate, true: Estimate, into: list[bool]) -> None:
    if mine.interval is not None and true.value is not None:
        into.append(mine.interval.lower <= true.value <= mine.interval.upper)


def _part(spans: LabelledSpans, chosen: np.ndarray) -> LabelledSpans:
    return spans.where(chosen)


def _mean(values: list[bool] | list[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


def _coverage(estimates: list[Estimate], truth: float) -> float:
    return _mean([e.interval is not None and e.interval.lower <= truth <= e.interval.upper for e in estimates])


def _width(estimates: list[Estimate]) -> float:
    return _mean([e.interval.width for e in estimates if e.interval is not None])


def _grid(comparison: Comparison) -> TokenGrid:
    if comparison.grid is None:
        raise ValueError("the corpus has no tokens")
    return comparison.grid
