"""The values that flow through Farspan: frozen, without behaviour of their own.

Every character offset is a half-open range of Unicode code points in the document's own text.
Every token offset is a half-open range of token indices in the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from farspan.text.vocabulary import Vocabulary

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of text.

    `source` names the list or rule that proposed it, `name` the name as it stands in the list, `ids` the entities it may
    name. `kind` is kept, nested, gold, candidate, lost or blocked. `score` is 1.0 for an exact match.
    """

    start: int
    end: int
    label: str
    source: str = ""
    name: str = ""
    ids: tuple[str, ...] = ()
    kind: str = "kept"
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A labelled, directed pair of spans: `subject` and `object` are indices into the document's spans."""

    relation: str
    subject: int
    object: int
    subject_id: str | None = None
    object_id: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Triple:
    """One fact of a knowledge base; `source` may name the document it was curated from."""

    subject: str
    relation: str
    object: str
    subject_type: str = ""
    object_type: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens and sentences of one document.

    starts, ends: int32[n], code points, ascending and not overlapping.
    sentences: int32[s], the index of each sentence's first token, ascending; empty if the document has no token.
    ids: int32[n] into `vocabulary` where the tokens were interned, so that writers need not slice the text; else None.
    columns: further columns of a token format by name, each with n values; kept as read.
    """

    starts: IntArray
    ends: IntArray
    sentences: IntArray
    ids: IntArray | None = None
    vocabulary: Vocabulary | None = None
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One text with what is known about it.

    `text` is exactly what was read, less a byte order mark (noted in `meta`); `tokens` is None until it is tokenised.
    `meta` holds what was said of the document (``encoding``, ``path``, the `meta` of JSONL ...).
    """

    id: str
    text: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    tokens: Tokens | None = None
    spans: Sequence[Span] = ()
    relations: Sequence[Relation] = ()
