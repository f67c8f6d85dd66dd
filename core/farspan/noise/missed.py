"""Where an entity may have been missed: stretches without a label that look like the labelled ones to a tagger.

A signal: it orders stretches and says why, and estimates nothing. How many are missed is what `recall` is for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from farspan.job import SILENT, Job
from farspan.model import LongArray
from farspan.noise.tagger import TokenScores, token_scores
from farspan.run import Run


@dataclass(frozen=True, slots=True)
class Missed:
    """A stretch without a label that looks like an entity. document: its number in the corpus; start, end: code points.

    tokens: its first and last but one token in the corpus. label: what it looks like. value: 0..1, it orders and is no
    probability. rank: 1 is the likeliest. count: how often the text stands unlabelled in stretches like this. reasons: in words.
    """

    document: int
    start: int
    end: int
    tokens: tuple[int, int]
    text: str
    label: str
    value: float
    rank: int
    count: int
    reasons: tuple[str, ...]


def missed_entities(run: Run, most: int = 100, job: Job = SILENT) -> list[Missed]:
    """The unlabelled stretches of `run` that look most like entities, the likeliest first; each text once."""
    return ranked(run, token_scores(run, job), most)


def ranked(run: Run, scores: TokenScores, most: int = 100) -> list[Missed]:
    """The same from scores that are there already."""
    starts, ends = stretches(run, scores)
    if not len(starts):
        return []
    sums = np.concatenate([[0.0], np.cumsum(scores.scores, dtype=np.float64)])
    values = (sums[ends] - sums[starts]) / (ends - starts)
    corpus, seen = run.corpus, dict[str, int]()
    found: list[Missed] = []
    for row in np.argsort(-values, kind="stable").tolist():
        first, last = int(starts[row]), int(ends[row])
        number = int(corpus.document_of(np.array([first]))[0])
        begin, end = int(corpus.starts[first]), int(corpus.ends[last - 1])
        text = " ".join(corpus.documents[number].text[begin:end].split())
        seen[text] = seen.get(text, 0) + 1
        if seen[text] == 1 and len(found) < most:
            peak = first + int(scores.scores[first:last].argmax())
            label = scores.labels[int(scores.looks[peak])]
            reasons = scores.reasons(peak)
            found.append(Missed(number, begin, end, (first, last), text, label, float(values[row]), len(found) + 1, 1, reasons))
    return [replace(missed, count=seen[missed.text]) for missed in found]


def stretches(run: Run, scores: TokenScores) -> tuple[LongArray, LongArray]:
    """int64[s], twice: token ranges of one sentence without a label, all of whose tokens look enough like those of entities.

    Enough is what three of four labelled tokens reach by models that did not see them, one half, or what one of fifty unlabelled
    tokens reaches, whichever is least.
    """
    corpus = run.corpus
    if not scores.labelled.any() or not scores.scores.any():
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    labelled, rest = scores.scores[scores.labelled], scores.scores[~scores.labelled]
    enough = min(float(np.quantile(labelled, 0.25)), 0.5, float(np.quantile(rest, 0.98)))
    open_ = ~scores.labelled & (scores.scores >= max(enough, 1e-6)) & _has_letter(run)
    sentence = corpus.sentence_of(np.arange(len(corpus)))
    joins = np.zeros(len(corpus) + 1, np.bool_)
    joins[1:-1] = open_[1:] & open_[:-1] & (sentence[1:] == sentence[:-1])
    starts = np.flatnonzero(open_ & ~joins[:-1])
    ends = np.flatnonzero(open_ & ~joins[1:]) + 1
    return starts, ends


def _has_letter(run: Run) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    def classify(strings: list[str]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        return np.fromiter((any(map(str.isalpha, string)) for string in strings), np.int32, len(strings))

    table = run.corpus.vocabulary.table("has a letter", classify)
    flags: np.ndarray[tuple[int], np.dtype[np.bool_]] = table[run.corpus.ids] > 0
    return flags
