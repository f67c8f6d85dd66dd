"""The sentence to quote a number in: what was measured, how sure it is, how it was drawn, and of which rules it speaks."""

from __future__ import annotations

from farspan.audit.estimates import Measured

HASH_SHOWN = 12


def quote(one: Measured, rule_set: str, level: float = 0.95) -> str:
    """A sentence for a paper or a corpus card. rule_set: its SHA-256. Says so where nothing was judged."""
    of = _subject(one)
    if one.estimate.value is None:
        return f"{one.quantity.capitalize() if one.quantity != 'F1' else 'F1'} of {of} is not known: nothing was judged."
    interval = one.estimate.interval
    if interval is None:
        sure = "no interval: too few groups were judged to see how they differ"
    else:
        sure = f"{level:.0%} interval {interval.lower:.2f}-{interval.upper:.2f}"
    parts = [sure, f"{one.estimate.n:,} {one.unit} judged", *_left_out(one), one.design, one.interval]
    name = "F1" if one.quantity == "F1" else one.quantity.capitalize()
    rules = f"rule set {rule_set[:HASH_SHOWN]}" if rule_set else ""
    return f"{name} of {of} is {one.estimate.value:.2f} ({', '.join(part for part in parts if part)}{'; ' * bool(rules)}{rules})."


def _subject(one: Measured) -> str:
    label = one.label or "all labels"
    return f"{label} from list {one.source}" if one.source else label


def _left_out(one: Measured) -> list[str]:
    found = []
    if one.unsure:
        found.append(f"{one.unsure:,} more unsure and left out")
    if one.covered is not None and one.covered < 0.9995:
        found.append(f"speaking for {one.covered:.1%} of the present result")
    elif one.covered is None:
        precision = "drawn from a run that is gone"
        found.append(precision if one.quantity == "precision" else "texts were added or changed since the sample was drawn")
    return found
