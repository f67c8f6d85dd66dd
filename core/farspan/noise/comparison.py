"""What scores and noise matrices are made of: the gold and the predicted spans of one text, and its tokens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from farspan.job import SILENT, Job
from farspan.model import IntArray
from farspan.noise.alignment import Side, SpanColumns, TextLayout, TokenGrid, TokenLayout
from farspan.noise.scoring import LabelledSpans

OUTSIDE: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Gold and predicted spans over one text; labels are indices into `labels`.

    grid is None where neither file has tokens. same_tags: how many tokens carry one tag in both files (None without tokens).
    """

    gold: LabelledSpans
    predicted: LabelledSpans
    labels: tuple[str, ...]
    grid: TokenGrid | None
    same_tags: int | None


def compare(
    gold: Side,
    predicted: Side,
    *,
    by_tokens: bool,
    mapping: Mapping[str, str] | None = None,
    nested: bool = False,
    job: Job = SILENT,
) -> Comparison:
    """Both files side by side.

    by_tokens: whether one of the files is made of tokens; then tokens must agree, else document ids and texts. mapping renames
    labels of both. nested: count the nested layer too. Raises TokenMismatch and InputError.
    """
    names = mapping or {}
    labels: dict[str, int] = {}
    first, second = (SpanColumns(labels, lambda label: names.get(label, label)) for _ in range(2))
    layout = (TokenLayout if by_tokens else TextLayout)((gold, predicted), (first, second))
    layout.read(job)
    one, other = first.chosen("gold", nested=nested), second.chosen("kept", nested=nested)
    grid = layout.grid()
    same = None if names else layout.same_tags()
    if same is None and grid is not None:
        same = int(np.count_nonzero(_tags(one, grid) == _tags(other, grid)))
    return Comparison(one, other, tuple(labels), grid, same if grid is not None else None)


def token_labels(spans: LabelledSpans, grid: TokenGrid) -> IntArray:
    """int32[n]: the label of each token, `OUTSIDE` where no span touches it; of spans over one token the longest counts."""
    return _painted(spans, grid)[0]


def _tags(spans: LabelledSpans, grid: TokenGrid) -> IntArray:
    """int32[n]: what IOB2 says of each token, as a number."""
    labels, begins = _painted(spans, grid)
    return labels * 2 + begins


def _painted(spans: LabelledSpans, grid: TokenGrid) -> tuple[IntArray, IntArray]:
    order = np.argsort(spans.ends - spans.starts, kind="stable")
    first = np.searchsorted(grid.ends, spans.starts[order], side="right")
    last = np.maximum(np.searchsorted(grid.starts, spans.ends[order], side="left"), first)
    sizes = last - first
    begins_at = np.cumsum(sizes) - sizes
    where = np.arange(int(sizes.sum())) + np.repeat(first - begins_at, sizes)
    labels = np.full(len(grid), OUTSIDE, dtype=np.int32)
    begins = np.zeros(len(grid), dtype=np.int32)
    labels[where] = np.repeat(spans.labels[order], sizes)
    flags = np.zeros(len(where), dtype=np.int32)
    flags[begins_at[sizes > 0]] = 1
    begins[where] = flags
    return labels, begins
