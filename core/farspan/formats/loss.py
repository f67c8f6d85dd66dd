"""What a format could not express of the documents written in it, and what reading had to put right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from farspan.errors import Place

EXAMPLES: Final = 5  # of each kind; more are only counted


@dataclass(slots=True)
class Loss:
    """What was left out when writing: how many of each kind, and the first examples.

    Of spans: ``nested``, ``overlapping``, ``borders`` (that do not begin and end with tokens or that run over the end of a
    sentence), ``merged`` (touching spans that the scheme makes one), ``spans`` (in no relation, where only these are written),
    ``labels`` (written otherwise), ``ids``, ``scores``, ``sources`` (the list, and the name as it stands there), ``kinds``, and
    the kinds of spans that were not asked for (``gold``, ``lost`` ...). ``relations``; ``bags`` (ends without an id).
    Of documents: ``text`` (white space is not kept), ``characters`` (some become U+FFFD), ``tokens`` (not written, or written
    with a character replaced), ``sentences``, ``columns``, ``meta``, ``attributes`` and ``notes`` (of brat), ``document_ids``,
    ``documents`` (their borders), ``units`` (the tool would show its offsets shifted).
    """

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, example: str = "", count: int = 1) -> None:
        """`count` more of `kind` are lost; `example` says which."""
        if count <= 0:
            return
        self.counts[kind] += count
        shown = self.examples.setdefault(kind, [])
        if example and len(shown) < EXAMPLES:
            shown.append(example)

    def __bool__(self) -> bool:
        return bool(self.counts)


@dataclass(slots=True)
class ReadReport:
    """What reading put right or passed over: how many of each kind, and the first of each as messages with their place.

    Kinds: ``orphan`` (tags that continue an entity which never began), ``encoding`` (guessed), ``skipped`` (files of a folder
    that hold no text, and what a format has no place for), ``keys`` (that are not kept), ``ids`` (documents with the id of an
    earlier one), ``moved`` (spans that stood beside their words), ``line ends``, ``unit`` and ``inclusive`` (offsets counted in
    another way), ``gaps`` (text that is not in the file), ``unlinked`` (relations of entities without a mention),
    ``unlabelled``, ``duplicates``, ``discontinuous``, ``events``, ``features``, ``names``, ``rejected``, ``columns``
    (separators, a header, which tag column was taken), ``brackets`` (that did not close), ``unread`` (what looks
    like spans under a key of another tool).
    """

    counts: Counter[str] = field(default_factory=Counter)
    notices: dict[str, list[str]] = field(default_factory=dict)
    formats: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, where: Place, what: str, count: int = 1) -> None:
        """`count` more of `kind`; the first few are kept as messages."""
        self.counts[kind] += count
        shown = self.notices.setdefault(kind, [])
        if len(shown) < EXAMPLES:
            shown.append(f"{where}: {what}")
