"""Labels that another program, or an earlier run, has given, as a run: each label is a list of what it was given to.

So that signals, causes and counts of errors are there for two files alone, without the lists that made them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from farspan.matching.matcher import Candidates
from farspan.model import Document, Span
from farspan.options import ConflictPolicy
from farspan.run import RuleSet, Run, Source, settle
from farspan.sources.lists import EntityList
from farspan.text.corpus import Corpus

_UNDECIDED = frozenset({"candidate", "lost", "blocked"})


def run_of_labels(corpus: Corpus, documents: Sequence[Document], *, nested: bool = False) -> Run:
    """The spans of `documents`, which are those of `corpus` in its order, as a run over it.

    A span belongs to the list it says it comes from, or to a list called like its label; its name is the one it gives, or its
    text. Spans that cover no token are left out. Of spans that overlap the longer is kept, unless the nested layer counts.
    """
    rows: dict[tuple[str, str], list[tuple[int, int, str, int, int]]] = defaultdict(list)
    for number, document in enumerate(documents):
        first, last = (int(corpus.doc_offsets[place]) for place in (number, number + 1))
        starts, ends = corpus.starts[first:last], corpus.ends[first:last]
        for span in _counted(document.spans, nested=nested):
            begin = int(np.searchsorted(ends, span.start, side="right"))
            end = int(np.searchsorted(starts, span.end, side="left"))
            if begin < end:
                name = span.name or " ".join(document.text[span.start : span.end].split())
                rows[span.source or span.label, span.label].append((first + begin, first + end, name, span.start, span.end))
    sources, found = [], []
    on_tokens = all(_is_on_tokens(corpus, row) for part in rows.values() for row in part)
    names = _distinct_names(rows)
    for (key, part), name in zip(sorted(rows.items()), names, strict=True):
        entity_list = EntityList.from_names(key[1], dict.fromkeys(row[2] for row in part), name=name)
        sources.append(Source(entity_list))
        found.append(_candidates(part, entity_list, on_tokens=on_tokens))
    return settle(corpus, RuleSet(sources, ConflictPolicy(nested=nested)), found)


def _counted(spans: Iterable[Span], *, nested: bool) -> list[Span]:
    dropped = _UNDECIDED if nested else _UNDECIDED | {"nested"}
    return [span for span in spans if span.kind not in dropped]


def _distinct_names(rows: Iterable[tuple[str, str]]) -> list[str]:
    """What each list is called: as its source; with the label too, where a source gives several."""
    keys = sorted(rows)
    sources = [source for source, _ in keys]
    return [source if sources.count(source) == 1 else f"{source}:{label}" for source, label in keys]


def _is_on_tokens(corpus: Corpus, row: tuple[int, int, str, int, int]) -> bool:
    return int(corpus.starts[row[0]]) == row[3] and int(corpus.ends[row[1] - 1]) == row[4]


def _candidates(rows: list[tuple[int, int, str, int, int]], names: EntityList, *, on_tokens: bool) -> Candidates:
    numbers = {surface: number for number, surface in enumerate(names.surfaces)}
    ordered = sorted(rows, key=lambda row: (row[0], row[3], row[4]))
    starts, ends, char_starts, char_ends = (np.array([row[i] for row in ordered], np.int32) for i in (0, 1, 3, 4))
    which = np.array([numbers.get(row[2], 0) for row in ordered], np.int32)
    ones, free = np.ones(len(ordered), np.float32), np.zeros(len(ordered), np.uint8)
    if on_tokens:
        return Candidates(starts, ends, which, ones, free)
    return Candidates(starts, ends, which, ones, free, char_starts, char_ends)
