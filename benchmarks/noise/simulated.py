"""Every estimator on simulated samples whose truth is known by construction, the awkward ones above all.

Few judgements, strata and rows without anything, a label that never occurs, all right, all wrong.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from benchmarks.noise.resampling import Result
from farspan.noise.changes import effect_of, f1_change, precision_change, recall_change
from farspan.noise.clusters import ratio
from farspan.noise.intervals import METHODS, Estimate, Interval, paired_difference, proportion
from farspan.noise.matrix import noise_matrix, sum_groups
from farspan.noise.recall import audited_recall, draw_tokens
from farspan.noise.sampling import domain_estimate, draw_audit, precision_estimate

Draw = Callable[[np.random.Generator], Iterator[tuple[Estimate, float]]]


def simulated(resamples: int) -> Iterator[Result]:
    """Coverage of each estimator in each setting, and how often it gave an interval."""
    for name, setting, draw in _settings():
        inside, given, asked = 0, 0, 0
        for seed in range(resamples):
            for estimate, truth in draw(np.random.default_rng(seed)):
                asked += 1
                if estimate.interval is not None:
                    given += 1
                    inside += estimate.interval.lower - 1e-9 <= truth <= estimate.interval.upper + 1e-9
        yield Result(name, setting, {"coverage": inside / given if given else float("nan"), "given": given / asked})


def _settings() -> Iterator[tuple[str, str, Draw]]:
    for share in (0.0, 0.02, 0.3, 0.95, 1.0):
        for n in (5, 30, 200):
            for method in METHODS:
                yield f"proportion, {method}", f"{share:.2f} of {n}", _proportion(share, n, method)
            yield "proportion in groups", f"{share:.2f} of {n} in groups of about 5", _clustered(share, n)
            yield "precision, stratified", f"{share:.2f}, {n} verdicts", _precision(share, n)
            yield "precision after a rule change", f"{share:.2f}, {n} verdicts", _domain(share, n)
            yield "recall by audit", f"{share:.2f} right, {n} tokens", _recall(share, n)
    for kinds, what in _CHANGES.items():
        for n in (30, 100, 400):
            yield "paired differences", f"{what}, {n} items", _effect(kinds, n)
            yield "paired share (Tango)", f"{what}, {n} items", _paired(kinds, n)
    for what, matrix, sizes in _MATRICES:
        for groups in (10, 100):
            yield "noise matrix", f"{what}, {groups} groups", _matrix(matrix, sizes, groups)


def _proportion(share: float, n: int, method: str) -> Draw:
    def draw(random: np.random.Generator) -> Iterator[tuple[Estimate, float]]:
        yield proportion(int(random.binomial(n, share)), n, method=method), share

    return draw


def _clustered(share: float, n: int) -> Draw:
    def draw(random: np.random.Generator) -> Iterator[tuple[Estimate, float]]:
        items = random.poisson(5, max(n // 5, 2)).astype(np.float64)
        own = random.beta(share * 8, (1 - share) * 8, len(items)) if 0 < share < 1 else np.full(len(items), share)
        yield ratio(random.binomial(items.astype(int), own).astype(np.float64), items).estimate(), share

    return draw


def _items(random: np.random.Generator, share: float, size: int = 1000) -> tuple[np.ndarray, np.ndarray]:
    """Which of `size` items are right, exactly `share` of them, and a risk that tells something, with ties and a gap."""
    right = random.permutation(np.arange(size) < round(share * size))
    return right, np.round(np.clip(random.normal(size=size) + 1.0 * ~right, -1, 2.5), 1)


def _precision(share: float, n: int) -> Draw:
    def draw(random: np.random.Generator) -> Iterator[tuple[Estimate, float]]:
        right, risk = _items(random, share)
        sample = draw_audit(risk, n, int(random.integers(1 << 30)))
        said: Sequence[bool | None] = [None if random.random() < 0.1 else bool(right[item]) for item in sample.items]
        yield precision_estimate(sample, said), float(right.mean())

    return draw


def _domain(share: float, n: int) -> Draw:
    def draw(random: np.random.Generator) -> Iterator[tuple[Estimate, float]]:
        right, risk = _items(random, share)
        kept = risk < np.quantile(risk, 0.7)
        sample = draw_audit(risk, n, int(random.integers(1 << 30)))
        verdicts = right[sample.items].tolist()
        size = int(kept.sum())
        found = domain_estimate(sample, verdicts, kept[sample.items], domain_size=size, common=size)
        yield found.estimate, float(right[kept].mean()) if size else 0.0

    return draw


def _recall(share: float, n: int) -> Draw:
    def draw(random: np.random.Generator) -> Iterator[tuple[Estimate, float]]:
        tokens, spans = 4000, 300
        labelled = np.arange(tokens) < spans
        missed = ~labelled & (random.random(tokens) < 0.03)
        scores = np.clip(random.normal(size=tokens) * 0.2 + 0.3 + 0.4 * missed, 0, 1)
        audit = draw_tokens(scores, labelled, n, int(random.integers(1 << 30)))
        right = round(share * spans)
        judged = proportion(int(random.hypergeometric(right, spans - right, 100)), 100)
        truth = right / (right + int(missed.sum())) if right + missed.sum() else 0.0
        yield audited_recall(audit, missed[audit.tokens].astype(float).tolist(), judged, spans).recall, truth

    return draw


_CHANGES = {
    (60, 3, 0, 20, 20, 17, 0): "a filter",
    (40, 0, 10, 20, 20, 0, 8): "a wider rule",
    (70, 1, 0, 10, 18, 1, 0): "hardly any change",
    (70, 0, 0, 10, 20, 0, 0): "no change",
    (80, 10, 0, 10, 0, 0, 0): "all right",
    (0, 0, 0, 20, 60, 20, 0): "all wrong",
}


def _effect(kinds: tuple[int, ...], n: int) -> Draw:
    shares = np.array(kinds, np.float64) / sum(kinds)

    def draw(random: np.random.Generator) -> Iterator[tuple[Estimate, float]]:
        units = max(n // 4, 5)
        own = random.dirichlet(shares * 6 + 1e-9, units)
        counts = np.stack(
            [random.multinomial(size, row) for size, row in zip(random.poisson(n / units, units), own, strict=True)]
        )
        found = effect_of(counts.astype(np.float64), complete=True)
        for estimate, change in ((found.precision, precision_change), (found.recall, recall_change), (found.f1, f1_change)):
            truth = float(change(shares))
            if np.isfinite(truth):
                yield estimate, truth

    return draw


def _paired(kinds: tuple[int, ...], n: int) -> Draw:
    shares = np.array(kinds, np.float64) / sum(kinds)
    better, worse = shares[2] + shares[5], shares[1] + shares[6]

    def draw(random: np.random.Generator) -> Iterator[tuple[Estimate, float]]:
        gained, lost, _ = random.multinomial(n, [better, worse, 1 - better - worse])
        yield paired_difference(int(gained), int(lost), n), float(better - worse)

    return draw


_MATRICES = (
    ("three labels, one rare", ((0.97, 0.02, 0.01), (0.2, 0.75, 0.05), (0.3, 0.1, 0.6)), (0.85, 0.13, 0.02)),
    ("a label that never occurs", ((0.95, 0.05, 0.0), (0.3, 0.7, 0.0), (0.0, 0.0, 1.0)), (0.9, 0.1, 0.0)),
    ("all right", ((1.0, 0.0), (0.0, 1.0)), (0.9, 0.1)),
    ("all wrong", ((1.0, 0.0), (1.0, 0.0)), (0.9, 0.1)),
)


def _matrix(rows: tuple[tuple[float, ...], ...], sizes: tuple[float, ...], groups: int) -> Draw:
    truth = np.array(rows)

    def draw(random: np.random.Generator) -> Iterator[tuple[Estimate, float]]:
        counts = np.zeros((groups, len(truth), len(truth)))
        for group in range(groups):
            for row, size in enumerate(random.multinomial(random.poisson(25), sizes)):
                own = random.dirichlet(truth[row] * 12 + 1e-9)
                counts[group, row] = random.multinomial(size, own)
        found = noise_matrix(sum_groups(counts))
        for row in range(len(truth)):
            if found.counts[row].sum() >= 10:
                yield _cell(found, row), float(truth[row, row])

    return draw


def _cell(found, row: int) -> Estimate:
    lower, upper = float(found.lower[row, row]), float(found.upper[row, row])
    interval = Interval(lower, upper) if np.isfinite(lower) else None
    return Estimate(float(found.matrix[row, row]), interval, int(found.counts[row].sum()))
