"""Tag schemes: IOB2, IOB1, BIOES, BILOU and IO, to spans of tokens and back; IOE1 and IOE2 are read too.

Decoding follows conlleval, and seqeval's default mode to the digit: a chunk also begins at an ``I-`` (or ``E-``) that follows
``O`` or another type. So it is the same for every scheme, and which scheme a file is in only says which tags were a repair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from farspan.model import BoolArray, IntArray, LongArray

Scheme = Literal["iob2", "iob1", "bioes", "bilou", "io"]
SCHEMES: Final[tuple[Scheme, ...]] = get_args(Scheme)

_O, _B, _I, _E, _S = range(5)
_CODES: Final = {"B": _B, "I": _I, "M": _I, "E": _E, "L": _E, "S": _S, "U": _S}
# The prefix of a span's first, inner, last and only token.
_PREFIXES: Final[dict[Scheme, str]] = {"iob2": "BIIB", "iob1": "IIII", "bioes": "BIES", "bilou": "BILU", "io": "IIII"}
_FIRST, _INNER, _LAST, _ONLY = range(4)


@dataclass(frozen=True, slots=True)
class FlatSpans:
    """Token ranges in ascending order that do not overlap: starts, ends int32[n], half-open; label_ids int32[n] into `labels`."""

    starts: IntArray
    ends: IntArray
    label_ids: IntArray
    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Chunks:
    """Labelled token ranges: starts, ends int32[n], half-open; label_ids int32[n] into `labels`, in order of first appearance.

    orphans: int64[m], the tokens whose tag continues a chunk that never began. counts: of tags by what they say about the scheme.
    """

    starts: IntArray
    ends: IntArray
    label_ids: IntArray
    labels: tuple[str, ...]
    orphans: LongArray
    counts: TagCounts


@dataclass(frozen=True, slots=True)
class TagCounts:
    """What the tags of a file say about its scheme; counts of several parts add up.

    free: B- (or S-) where IOB1 would say I-. touching: B- right behind a chunk of the same type. orphans: chunks that begin with
    I- or E-. single: tags with E, S, L or U. last: those with L or U.
    """

    free: int = 0
    touching: int = 0
    orphans: int = 0
    single: int = 0
    last: int = 0

    def __add__(self, other: TagCounts) -> TagCounts:
        return TagCounts(
            self.free + other.free,
            self.touching + other.touching,
            self.orphans + other.orphans,
            self.single + other.single,
            self.last + other.last,
        )

    @property
    def scheme(self) -> Scheme | Literal["ioe"] | None:
        """The scheme that fits best; None where there is no chunk. IO and IOB1 look the same until two chunks touch.

        ``ioe`` is IOE1 or IOE2, which mark ends and no beginnings: they are read, not written.
        """
        if self.single and not self.free + self.touching:
            return "ioe"
        if self.single:
            return "bilou" if self.last else "bioes"
        if not self.free + self.touching + self.orphans:
            return None
        if self.orphans > self.free:
            return "iob1" if self.free + self.touching else "io"
        return "iob2"

    @property
    def repaired(self) -> int:
        """How many chunks began with a tag that the scheme does not begin them with."""
        return {"iob1": self.free, "io": 0, "ioe": 0, None: 0}.get(self.scheme, self.orphans)


def decode(tags: Sequence[str], sentences: npt.ArrayLike) -> Chunks:
    """The chunks that `tags` mean; `sentences` are the indices of sentences' first tokens, over which no chunk runs.

    A tag without a known prefix (``PER``) is a type in the scheme IO; a prefix without a type (``B``) has the type ``_``.
    """
    known: dict[str, tuple[int, int]] = {}
    labels: dict[str, int] = {}
    codes, types = np.zeros(len(tags), np.int32), np.full(len(tags), -1, np.int32)
    kinds = {tag: number for number, tag in enumerate(dict.fromkeys(tags))}
    for tag in kinds:
        known[tag] = _parsed(tag, labels)
    if tags:
        which = np.fromiter(map(kinds.__getitem__, tags), np.int32, len(tags))
        table = np.array(list(known.values()), np.int32)
        codes, types = table[which, 0], table[which, 1]
    starts, ends, orphan = _borders(codes, types, np.asarray(sentences, np.int64))
    first = np.flatnonzero(starts).astype(np.int32)
    touching = np.zeros(len(tags), np.bool_)
    touching[1:] = starts[1:] & (codes[:-1] != _O) & (types[1:] == types[:-1])
    begins = starts & ((codes == _B) | (codes == _S))
    letters = np.array([tag[:1] in "LU" and known[tag][0] in {_E, _S} for tag in kinds], np.bool_)
    counts = TagCounts(
        int((begins & ~touching).sum()),
        int((begins & touching).sum()),
        int(orphan.sum()),
        int(((codes == _E) | (codes == _S)).sum()),
        int(letters[which].sum()) if tags else 0,
    )
    return Chunks(
        first,
        np.flatnonzero(ends).astype(np.int32) + np.int32(1),
        types[first],
        tuple(labels),
        np.flatnonzero(orphan),
        counts,
    )


def _parsed(tag: str, labels: dict[str, int]) -> tuple[int, int]:
    """The code and the type of `tag`; spaces around it are nobody's wish."""
    tag = tag.strip(" ")
    if tag == "O" or not tag:
        return _O, -1
    prefix, dash, label = tag.partition("-")
    if prefix in _CODES and (dash or tag in _CODES):
        return _CODES[prefix], labels.setdefault(label or "_", len(labels))
    return _I, labels.setdefault(tag, len(labels))


def _borders(codes: IntArray, types: IntArray, sentences: LongArray) -> tuple[BoolArray, BoolArray, BoolArray]:
    """Where chunks start, which tokens are their last, and which starts are not marked as such."""
    n = len(codes)
    fresh = np.ones(n + 1, np.bool_)  # whether nothing goes on from the token before
    fresh[1:n] = (codes[:-1] == _O) | (codes[:-1] == _E) | (codes[:-1] == _S) | (types[1:] != types[:-1])
    fresh[sentences] = True
    begins = (codes == _B) | (codes == _S)
    starts = begins | ((codes != _O) & fresh[:n])
    stops = np.ones(n, np.bool_)
    stops[:-1] = starts[1:] | (codes[1:] == _O) | fresh[1:n]
    return starts, (codes != _O) & stops, starts & ~begins


def encode(flat: FlatSpans, scheme: Scheme, sentences: npt.ArrayLike) -> tuple[LongArray, IntArray, list[str]]:
    """The tags of `flat`: token indices int64[m], tag numbers int32[m], and the string of each tag number.

    Tokens not named are ``O``. `sentences`, the indices of first tokens, matter to IOB1 alone: a span at the start of a
    sentence touches nothing.
    """
    starts, ends, label_ids = flat.starts, flat.ends, flat.label_ids
    lengths = (ends - starts).astype(np.int64)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    total = int(offsets[-1])
    tokens = np.arange(total, dtype=np.int64) + np.repeat(starts - offsets[:-1], lengths)
    roles = np.full(total, _INNER, np.int32)
    roles[offsets[1:] - 1] = _LAST
    roles[offsets[:-1]] = _FIRST
    roles[offsets[:-1][lengths == 1]] = _ONLY
    numbers = np.repeat(label_ids, lengths).astype(np.int32) * 5 + roles
    if scheme == "iob1":
        touching = find_touching(flat, sentences)
        numbers[offsets[:-1][touching]] = label_ids[touching] * 5 + 4
    tags = [f"{prefix}-{label}" for label in flat.labels for prefix in _PREFIXES[scheme] + "B"]
    return tokens, numbers, tags


def find_touching(flat: FlatSpans, sentences: npt.ArrayLike) -> LongArray:
    """The indices of spans that follow at once, in the same sentence, on one with the same label."""
    touching = (flat.starts[1:] == flat.ends[:-1]) & (flat.label_ids[1:] == flat.label_ids[:-1])
    return np.flatnonzero(touching & ~np.isin(flat.starts[1:], np.asarray(sentences))) + 1


def tags_of_label(label: str, scheme: Scheme) -> list[str]:
    """Every tag of `label` in `scheme`, that of a first token first."""
    prefixes = _PREFIXES[scheme] + ("B" if scheme == "iob1" else "")
    return [f"{prefix}-{label}" for prefix in dict.fromkeys(prefixes)]
