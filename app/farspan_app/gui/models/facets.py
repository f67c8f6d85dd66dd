"""Facets of the candidates: by list, label, status, verdict, rivals, risk, document and name, each value with its count.

Values of one facet are alternatives, facets are combined: `kept` or `nested`, and of the list `cities`. The counts of a facet are
those among the candidates that pass all other facets, so that a person sees what choosing one more value would give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from farspan.decide.conflicts import Status
from farspan.model import BoolArray, LongArray
from farspan_app.gui.views.spans import Verdict

if TYPE_CHECKING:
    from farspan_app.gui.models.kwic import Kwic

Chosen = Mapping[str, frozenset[str]]
"""Facet -> the values that are wanted; a facet that is missing or empty lets everything pass."""

RISKS: Final = ("riskiest fifth", "second fifth", "middle fifth", "fourth fifth", "safest fifth")

MOST: Final = 200
"""Values of a facet that are counted out; further ones are found by searching."""


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """codes: int64[rows], the value of each candidate as its number in `values`."""

    codes: LongArray
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How often the values of a facet occur, most frequent first, and how many further values there are."""

    facet: str
    values: Sequence[tuple[str, int]]
    further: int = 0


class Facets:
    """The facets of `rows`, each made when it is first asked for. makers: every facet by its name; those of a concordance."""

    def __init__(self, rows: Sized, makers: Mapping[str, Callable[[Any], Facet]] | None = None) -> None:
        self._rows = rows
        self._makers: Mapping[str, Callable[[Any], Facet]] = FACETS if makers is None else makers
        self._made: dict[str, Facet] = {}

    def facet(self, name: str) -> Facet:
        """The facet called `name`."""
        if name not in self._made:
            self._made[name] = self._makers[name](self._rows)
        return self._made[name]

    def passing(self, chosen: Chosen, but: str = "") -> BoolArray:
        """bool[rows]: what passes all facets in `chosen`, or all but one."""
        found = np.ones(len(self._rows), np.bool_)
        for name, wanted in chosen.items():
            facet = self.facet(name)
            if wanted and name != but and facet.values:
                found &= np.fromiter((value in wanted for value in facet.values), np.bool_, len(facet.values))[facet.codes]
        return found

    def counts(self, chosen: Chosen, among: BoolArray, find: str = "") -> list[FacetCount]:
        """The counts of all facets among the rows of `among` that pass the other facets; `find` stands in the values wanted."""
        whole = among & self.passing(chosen)  # what also counts for every facet that nothing is chosen of
        return [
            self._count(name, chosen, among & self.passing(chosen, name) if chosen.get(name) else whole, find.casefold())
            for name in self._makers
        ]

    def _count(self, name: str, chosen: Chosen, passing: BoolArray, find: str) -> FacetCount:
        facet = self.facet(name)
        if not facet.values:
            return FacetCount(name, [])
        found = np.bincount(facet.codes[passing], minlength=len(facet.values))
        wanted = chosen.get(name, frozenset())
        order = np.argsort(-found, kind="stable") if len(facet.values) > len(Status) * 2 else np.arange(len(found))
        some = [(facet.values[code], int(found[code])) for code in order.tolist() if found[code] or facet.values[code] in wanted]
        some = [pair for pair in some if find in pair[0].casefold()] if find else some
        return FacetCount(name, some[:MOST], max(0, len(some) - MOST))


def _lists(kwic: Kwic) -> Facet:
    return Facet(kwic.run.contest.sources.astype(np.int64), [source.name for source in kwic.run.rules.sources])


def _labels(kwic: Kwic) -> Facet:
    numbers = {label: number for number, label in enumerate(kwic.run.rules.labels)}
    codes = kwic.run.label_ids.astype(np.int64)
    for row, label in kwic.relabelled.items():
        codes[row] = numbers.setdefault(label, len(numbers))
    return Facet(codes, list(numbers))


def _statuses(kwic: Kwic) -> Facet:
    return Facet(kwic.run.decisions.status.astype(np.int64), [status.name.lower() for status in Status])


def _verdicts(kwic: Kwic) -> Facet:
    return Facet(kwic.verdicts.astype(np.int64), ["unjudged" if one is Verdict.NONE else one.name.lower() for one in Verdict])


def _rivals(kwic: Kwic) -> Facet:
    """Whether a candidate met another one: alone, it won, or it lost."""
    decisions = kwic.run.decisions
    lost = decisions.status == Status.LOST
    codes = np.zeros(len(kwic), np.int64)
    winners = decisions.winner[lost]
    codes[winners[winners >= 0]] = 1
    codes[lost] = 2
    return Facet(codes, ["alone", "won", "lost to another"])


def _documents(kwic: Kwic) -> Facet:
    return Facet(kwic.documents, [document.id for document in kwic.run.corpus.documents])


def _names(kwic: Kwic) -> Facet:
    codes, names = kwic.names
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return Facet(np.fromiter((numbers[name] for name in names), np.int64, len(names))[codes], list(numbers))


def _risks(kwic: Kwic) -> Facet:
    """Fifths of the candidates by risk, equal risks together; nothing while it is not known."""
    if kwic.risks is None or not len(kwic.risks):
        return Facet(np.zeros(len(kwic), np.int64), [])
    borders = np.quantile(kwic.risks, (0.2, 0.4, 0.6, 0.8))
    return Facet(4 - np.searchsorted(borders, kwic.risks).astype(np.int64), RISKS)


FACETS: Final[Mapping[str, Callable[[Kwic], Facet]]] = {
    "list": _lists,
    "label": _labels,
    "status": _statuses,
    "verdict": _verdicts,
    "rivals": _rivals,
    "risk": _risks,
    "document": _documents,
    "name": _names,
}
"""Every facet by its name, in the order in which they are shown."""
