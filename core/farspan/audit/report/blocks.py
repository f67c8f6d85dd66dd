"""What a report is made of, whatever it is written as: headings, paragraphs, tables, figures, in bands that are never mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

BandKind = Literal["measured", "signals", "counts", "record"]
BANDS: Final[dict[BandKind, tuple[str, str]]] = {
    "measured": ("Measured", "From what people judged or labelled. Every number carries how much stands behind it."),
    "signals": (
        "Signals",
        "Not an estimate: hints, without any judgement, of where to look first. They order, they measure nothing.",
    ),
    "counts": ("Counts", "What the run found, counted. Nothing here says whether it is right."),
    "record": ("Record", "What is needed to make all of this again."),
}
"""Title and meaning of each band."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a band."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; kind: text, note (small print), quote (to be cited), warning."""

    text: str
    kind: Literal["text", "note", "quote", "warning"] = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a header; strings go left, numbers right. words: the columns that hold words of the corpus."""

    header: Sequence[str]
    rows: Sequence[Sequence[str | int | float | None]]
    caption: str = ""
    words: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (SVG) of what `table` says in numbers; where no picture can stand the table does."""

    svg: str
    caption: str
    table: Table | None = None


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class Band:
    """Blocks of one kind of knowledge."""

    kind: BandKind
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report."""

    title: str
    lead: tuple[str, ...]
    bands: tuple[Band, ...]
