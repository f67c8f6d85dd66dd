"""The entities of a sentence in one line, to be typed or edited: ``PER=Ada Lovelace | LOC=Bath``, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from farspan.errors import InputError
from farspan.model import Span

BETWEEN: Final = " | "
Entity = tuple[int, int, str]


def write_entities(text: str, spans: Iterable[Span | Entity], offset: int = 0) -> str:
    """The line for `spans`, whose offsets count from `offset` before `text`."""
    places = sorted((span.start, span.end, span.label) if isinstance(span, Span) else span for span in spans)
    shown = ((label, " ".join(text[start - offset : end - offset].split())) for start, end, label in places)
    return BETWEEN.join(f"{label}={surface}" for label, surface in shown)


def read_entities(line: str, text: str, labels: Sequence[str], offset: int = 0) -> list[Entity]:
    """The entities that `line` names, found in `text`; the second of two equal ones is looked for behind the first.

    labels: those there are; with a single one it need not be said. Raises InputError for words that do not stand in the text.
    """
    found: list[Entity] = []
    reached: dict[str, int] = {}
    for part in (part.strip() for part in line.split("|")):
        if not part:
            continue
        label, surface = _labelled(part, labels)
        start = find_words(text, surface, reached.get(surface, 0))
        if start is None:
            again = " a second time" if surface in reached else ""
            raise InputError(f"{surface!r} does not stand in the sentence{again}", remedy="copy the words from it as they are")
        reached[surface] = start[1]
        found.append((start[0] + offset, start[1] + offset, label))
    return sorted(found)


def find_words(text: str, words: str, begin: int = 0) -> tuple[int, int] | None:
    """Where `words` stand in `text` from `begin` on, whatever blanks are between them; None if they do not."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.compile(pattern).search(text, begin) if pattern else None
    return None if found is None else found.span()


def _labelled(part: str, labels: Sequence[str]) -> tuple[str, str]:
    label, separator, surface = part.partition("=")
    if separator and label.strip() and " " not in label.strip():
        return label.strip(), surface.strip()
    if len(labels) == 1:
        return labels[0], part
    raise InputError(f"{part!r} has no label", remedy=f"write it as LABEL=words, with one of: {', '.join(labels)}")
