"""ANEA's own report: which tokens are falsely labelled and which are missed most often, with the label given and the true one.

Hedderich, Lange, Klakow 2021: errors of precision are tokens with a label that is not theirs, errors of recall tokens without the
label that is; a token with another label than its own is an error of both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from farspan.model import IntArray
from farspan.noise.alignment import TokenGrid
from farspan.noise.comparison import OUTSIDE, Comparison, token_labels
from farspan.noise.evidence import Evidence, line_starts, run_spans
from farspan.noise.scoring import labelled_spans
from farspan.run import Run

NO_LABEL = "O"


@dataclass(frozen=True, slots=True)
class FrequentError:
    """A token with the label it was given and the true one, and how often; the label of tokens outside entities is O."""

    token: str
    given: str
    true: str
    count: int


@dataclass(frozen=True, slots=True)
class FrequentErrors:
    """The most frequent errors of each kind. tokens: how many tokens are wrong in all, and missed in all."""

    precision: Sequence[FrequentError]
    recall: Sequence[FrequentError]
    wrong_tokens: int
    missed_tokens: int


def frequent_errors(
    tokens: Iterable[str], given: IntArray, true: IntArray, labels: Sequence[str], most: int = 20
) -> FrequentErrors:
    """The errors of one text. given, true: int32[n], the label of each token as an index into `labels`, -1 outside entities.

    Of equally frequent errors the first in the alphabet comes first. most: how many of each kind are listed.
    """
    wrong, missed = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    names = [*labels, NO_LABEL]
    differ = given != true
    for token, got, right, is_error in zip(tokens, given.tolist(), true.tolist(), differ.tolist(), strict=True):
        if is_error:
            row = token, names[got], names[right]
            if got != OUTSIDE:
                wrong[row] += 1
            if right != OUTSIDE:
                missed[row] += 1
    return FrequentErrors(_most(wrong, most), _most(missed, most), wrong.total(), missed.total())


def frequent_errors_of(comparison: Comparison, tokens: Iterable[str], most: int = 20) -> FrequentErrors:
    """The errors of two annotations; `tokens` are those of the comparison's grid, in order."""
    grid = comparison.grid
    assert grid is not None  # noqa: S101  (there are tokens)
    given, true = token_labels(comparison.predicted, grid), token_labels(comparison.gold, grid)
    return frequent_errors(tokens, given, true, comparison.labels, most)


def _most(counts: Counter[tuple[str, str, str]], most: int) -> list[FrequentError]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [FrequentError(*row, count) for row, count in ordered]


def frequent_errors_of_run(run: Run, evidence: Evidence, most: int = 20) -> FrequentErrors:
    """The errors of a run in the tokens that were read whole."""
    names = {label: number for number, label in enumerate(evidence.labels)}
    table = np.array([names.setdefault(label, len(names)) for label in run.rules.labels], np.int64)
    starts, ends, labels = run_spans(run)
    grid = _grid(run)
    given = token_labels(labelled_spans(starts, ends, table[labels] if len(labels) else labels), grid)
    true = token_labels(evidence.gold, grid)
    inside = evidence.is_read(grid.starts, grid.ends)
    words = (run.corpus.vocabulary[number] for number in run.corpus.ids[inside].tolist())
    return frequent_errors(words, given[inside], true[inside], list(names), most)


def _grid(run: Run) -> TokenGrid:
    corpus = run.corpus
    bases = np.repeat(line_starts(corpus), np.diff(corpus.doc_offsets))
    return TokenGrid(bases + corpus.starts, bases + corpus.ends, corpus.sentences, corpus.doc_offsets[:-1])
