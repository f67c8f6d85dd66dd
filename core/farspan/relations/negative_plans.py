"""How negatives are asked for: a way to draw them and how many for each positive. What the ways are is in `negatives`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from farspan.errors import OptionError

STRATEGIES: Final = ("random", "same_types", "corrupt_subject", "corrupt_object", "sibling", "near")


@dataclass(frozen=True, slots=True)
class NegativePlan:
    """How negatives are drawn: `ratio` of them for each positive, by `strategy`."""

    strategy: str
    ratio: float = 1.0

    def __str__(self) -> str:
        return f"{self.strategy}:{self.ratio:g}"


def parse_negatives(text: str) -> NegativePlan:
    """The plan that ``STRATEGY:ratio`` or ``STRATEGY`` (as many as positives) means. Raises OptionError."""
    name, colon, ratio = text.strip().partition(":")
    strategy = name.strip().replace("-", "_")
    if strategy not in STRATEGIES:
        raise OptionError(f"no way to draw negatives is called {name!r}", remedy=f"choose one of: {', '.join(STRATEGIES)}")
    try:
        value = float(ratio) if colon else 1.0
    except ValueError:
        value = -1.0
    if not 0 < value < float("inf"):
        raise OptionError(f"{text!r} has no ratio above 0", remedy=f"write {strategy}:2 for two negatives a positive")
    return NegativePlan(strategy, value)
