"""Signs, without gold, that a span or a name is wrong, with the reasons in words. No sign is an estimate of anything.

What a name's spans have in common comes from `matching.risk`; what tells one span from another of the same name is added here.
Each sign orders the spans of a run; a span's value is the mean of its ranks (0 the safest, 1 the riskiest).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from farspan.job import SILENT, Job
from farspan.matching.profiles import coarse_view
from farspan.matching.risk import ListPlaces, NameRisks, has_capital_neighbour, labels_at, name_risks, ranks
from farspan.matching.uses import name_uses
from farspan.model import BoolArray, LongArray
from farspan.run import Run, list_places
from farspan.session import Lexicon
from farspan.text.capitals import before, big_types, small_types

FloatArray = npt.NDArray[np.float64]

HERE: Final[Mapping[str, Callable[[str], str]]] = {
    "small_here": lambda text: f"{text!r} is written without a capital here",
    "capital_neighbour_here": lambda text: f"beside {text!r} stands another capitalised word here",
    "no_agreement_here": lambda text: f"no other list agrees on {text!r} here",
    "conflict_here": lambda text: f"a list of another label matches {text!r} here",
    "first_in_sentence": lambda text: f"{text!r} begins its sentence, where a capital says nothing",
    "inexact": lambda text: f"{text!r} is not exactly as in the list",
}
"""What each sign of a single span says, in words."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A hint that a span or a name is wrong; not an estimate, and never shown as one.

    value: from 0 (the safest) to 1; it orders, and is no probability. rank: 1 is the riskiest. reasons: what speaks against it,
    the strongest first.
    """

    value: float
    rank: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class RunSignals:
    """The signs of the spans of one run.

    signs: the names of the columns. values: float64[spans, k], each sign of each of `run.spans`, higher is worse. features: the
    same as ranks from 0 to 1, what a model is fitted on. risks: float64[spans], the mean rank over the signs that differ.
    names: by source number, the signs of its names. telling: the signs that differ among the spans.
    """

    run: Run
    signs: tuple[str, ...]
    values: FloatArray
    features: FloatArray
    risks: FloatArray
    names: Mapping[int, NameRisks]
    telling: frozenset[str] = frozenset()
    _lists: dict[str, list[int]] = field(default_factory=dict, repr=False)

    @cached_property
    def order(self) -> LongArray:
        """int64[spans]: the rows of `run.spans`, the riskiest first; of equals the first in the text."""
        return np.argsort(-self.risks, kind="stable")

    @cached_property
    def _rank(self) -> LongArray:
        rank = np.empty(len(self.order), np.int64)
        rank[self.order] = np.arange(1, len(self.order) + 1)
        return rank

    def of_span(self, row: int) -> Signal:
        """The signal of row `row` of `run.spans`."""
        run, candidate = self.run, int(self.run.spans.rows[row])
        source, name = int(run.contest.sources[candidate]), int(run.contest.names[candidate])
        text = run.rules.sources[source].entity_list.surfaces[name]
        values = dict(zip(self.signs, self.values[row].tolist(), strict=True))
        if values.get("small_words") == values.get("small"):
            values.pop("small_words", None)
        applying = [column for column, sign in enumerate(self.signs) if sign in self.telling and values.get(sign, 0) > 0]
        reasons = []
        for column in sorted(applying, key=lambda column: -self.features[row, column]):
            sign = self.signs[column]
            reasons.append(HERE[sign](text) if sign in HERE else self._of_name(source, name, sign))
        return Signal(float(self.risks[row]), int(self._rank[row]), tuple(dict.fromkeys(reasons)))

    def of_name(self, source: int, name: int) -> Signal:
        """The signal of a name: its value and rank are those within its list; a name that matches nowhere has the value 0."""
        risks = self.names[source].risks
        reasons = (self._of_name(source, name, sign) for sign in self.names[source].worst(name))
        return Signal(float(risks[name]), 1 + int((risks > risks[name]).sum()), tuple(reasons))

    def _of_name(self, source: int, name: int, sign: str) -> str:
        if sign == "ambiguity" and (others := self._others(source, name)):
            return f"{self.names[source].surfaces[name]!r} is also in {', '.join(others)}"
        return self.names[source].reason(name, sign)

    def _others(self, source: int, name: int) -> list[str]:
        """The other lists that hold the name, in any case, as ``list NAME``."""
        sources = self.run.rules.sources
        if not self._lists:
            for number, one in enumerate(sources):
                for surface in one.entity_list.surfaces:
                    holders = self._lists.setdefault(surface.casefold(), [])
                    if not holders or holders[-1] != number:
                        holders.append(number)
        surface = sources[source].entity_list.surfaces[name].casefold()
        return [f"list {sources[number].name}" for number in self._lists[surface] if number != source]


def signals(run: Run, lexicon: Lexicon, job: Job = SILENT) -> RunSignals:
    """The signs of the spans of `run`. lexicon: that of the session that made it."""
    found = [list_places(run.rules, number, one) for number, one in enumerate(run.found)]
    names = {}
    for number, source in enumerate(run.rules.sources):
        job.progress(number, len(found), "signals")
        view = coarse_view(source.options, lexicon.profiles.lang)
        uses = name_uses(run.corpus, lexicon.profiles, lexicon.prepared(source.entity_list).names, view)
        names[number] = name_risks(run.corpus, found, number, uses)
    values = {**_of_names(run, names), **_here(run, found)}
    columns = np.stack(list(values.values()), axis=1) if values else np.zeros((len(run.spans), 0))
    everywhere = np.ones(len(columns), np.bool_)
    features = np.stack([ranks(column, everywhere) for column in columns.T], axis=1) if len(columns) else columns
    telling = [len(np.unique(column)) > 1 for column in columns.T]
    risks = features[:, telling].mean(axis=1) if any(telling) else np.zeros(len(columns))
    told = frozenset(sign for sign, differs in zip(values, telling, strict=True) if differs)
    return RunSignals(run, tuple(values), columns, features, risks, names, told)


def _of_names(run: Run, names: Mapping[int, NameRisks]) -> dict[str, FloatArray]:
    """The signs of the name of each span."""
    sources, rows = run.contest.sources[run.spans.rows], run.contest.names[run.spans.rows]
    signs = list(names[0].values) if names else []
    made = {sign: np.zeros(len(rows)) for sign in signs}
    for number, risks in names.items():
        mine = sources == number
        for sign in signs:
            made[sign][mine] = risks.values[sign][rows[mine]]
    return made


def _here(run: Run, found: Sequence[ListPlaces]) -> dict[str, FloatArray]:
    """The signs of each span's own place."""
    spans, corpus = run.spans, run.corpus
    chosen = spans.rows
    places = ListPlaces((), run.label_ids, run.contest.starts[chosen], run.contest.ends[chosen], chosen.astype(np.int32))
    small, big = (before(types(corpus.vocabulary), corpus.ids) for types in (small_types, big_types))
    is_small = (big[spans.ends] == big[spans.starts]) & (small[spans.ends] > small[spans.starts])
    agrees, conflicts = _others_at(run, found, places)
    first = corpus.sentences[corpus.sentence_of(spans.starts)] == spans.starts
    flags: dict[str, BoolArray | FloatArray] = {
        "small_here": is_small,
        "capital_neighbour_here": has_capital_neighbour(corpus, places),
        "no_agreement_here": ~agrees,
        "conflict_here": conflicts,
        "first_in_sentence": first,
        "inexact": 1 - run.contest.scores[chosen].astype(np.float64),
    }
    return {sign: flag.astype(np.float64) for sign, flag in flags.items()}


def _others_at(run: Run, found: Sequence[ListPlaces], places: ListPlaces) -> tuple[BoolArray, BoolArray]:
    """For each span: whether another list has its label exactly there, and whether one has another label."""
    agrees, conflicts = np.zeros(len(places.starts), np.bool_), np.zeros(len(places.starts), np.bool_)
    sources = run.contest.sources[run.spans.rows]
    for number in range(len(found)):
        mine = np.flatnonzero(sources == number)
        part = ListPlaces((), places.labels, places.starts[mine], places.ends[mine], places.names[mine])
        agrees[mine], conflicts[mine] = labels_at([part, *(one for other, one in enumerate(found) if other != number)], 0)
    return agrees, conflicts
