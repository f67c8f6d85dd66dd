"""Recall from an audit of unlabelled tokens, drawn again and again from runs whose truth is known, with real scores."""

from collections.abc import Iterator

import numpy as np

from benchmarks.noise.resampling import Result
from benchmarks.noise.runs import Known
from farspan.noise.evidence import line_starts, outcome_of
from farspan.noise.intervals import proportion
from farspan.noise.recall import audited_recall, draw_tokens
from farspan.noise.tagger import token_scores

SIZES = (100, 200)
JUDGED = 100


def audited(known: Known, resamples: int) -> Iterator[Result]:
    """Coverage, width and mean error of recall; 100 spans judged for precision, and what stands on an entity told apart."""
    scores = token_scores(known.run)
    outcome = outcome_of(known.run, known.evidence)
    parts, read = missed_parts(known, outcome.found)
    seen, labelled = scores.scores[read].astype(np.float64), scores.labelled[read]
    right = int((outcome.verdict == 1).sum())
    spans = int((outcome.verdict >= 0).sum())
    missed = float(parts[read][~labelled].sum())
    beside = len(known.evidence.gold) - right - missed  # of missed entities, what stands under wrong spans
    truth = right / len(known.evidence.gold)
    for size in SIZES:
        inside, errors, widths = [], [], []
        for seed in range(resamples):
            audit = draw_tokens(seen, labelled, size, seed)
            random = np.random.default_rng(seed)
            n = min(JUDGED, spans)
            counts = random.multivariate_hypergeometric([right, round(beside), max(spans - right - round(beside), 0)], n)
            found = audited_recall(
                audit, parts[read][audit.tokens].tolist(), proportion(int(counts[0]), n), spans,
                beside=proportion(int(counts[1]), n),
            ).recall  # fmt: skip
            if found.value is not None and found.interval is not None:
                inside.append(found.interval.lower <= truth <= found.interval.upper)
                errors.append(abs(found.value - truth))
                widths.append(found.interval.width)
        figures = {"coverage": float(np.mean(inside)), "error": float(np.mean(errors)), "width": float(np.mean(widths))}
        yield Result(known.name, f"{size} tokens", figures)


def missed_parts(known: Known, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each token what part of a missed entity it is (1 / its tokens, or 0), and which tokens have gold."""
    corpus, gold = known.run.corpus, known.evidence.gold
    bases = np.repeat(line_starts(corpus), np.diff(corpus.doc_offsets))
    starts, ends = bases + corpus.starts, bases + corpus.ends
    parts = np.zeros(len(corpus))
    for row in np.flatnonzero(~found).tolist():
        first = int(np.searchsorted(ends, gold.starts[row], side="right"))
        last = int(np.searchsorted(starts, gold.ends[row], side="left"))
        parts[first:last] = 1 / max(last - first, 1)
    return parts, known.evidence.is_read(starts, ends)
